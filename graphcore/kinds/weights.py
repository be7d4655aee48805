"""Which kinds have weights to learn, known without torch."""

from __future__ import annotations

from collections.abc import Mapping

from graphcore.kinds.kind import Kind

_WITHOUT = frozenset(("activation", "dropout", "loss", "math", "pooling", "shape"))
_UNLIKE_THEIR_FAMILY = frozenset(
    ("nn.PReLU", "loss.LinearCrossEntropyLoss", "nn.LocalResponseNorm", "nn.CrossMapLRN2d")
)
_SWITCHES = ("affine", "elementwise_affine")


def may_have_weights(kind: Kind, params: Mapping[str, object]) -> bool:
    """Whether a layer may have something to learn at these params.

    A person's own class may always: nobody looks into it here.
    """
    if not kind.is_layer:
        return False
    if any(_is_off(kind, params, name) for name in _SWITCHES):
        return False
    return (kind.family in _WITHOUT) == (kind.name in _UNLIKE_THEIR_FAMILY)


def _is_off(kind: Kind, params: Mapping[str, object], name: str) -> bool:
    param = kind.param(name)
    return param is not None and params.get(name, param.default) is False
