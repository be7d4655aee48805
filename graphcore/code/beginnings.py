"""Initial weights as lines of a constructor. Torch-free.

A layer with a weight and a bias gets a line each; one with many weights (recurrent layers,
attention, transformers) a loop over them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphcore.code.lines import Line
from graphcore.kinds.inits import Weight, begun, init_call, own_weights
from graphcore.kinds.kind import Kind, Written
from graphcore.project.graph import Node

_PLAIN = {"", "weight", "bias"}
_Begun = Sequence[tuple[Weight, Mapping[str, object]]]


def init_lines(
    node: Node, kind: Kind, params: Mapping[str, object], known: Sequence[Weight], path: str
) -> list[Line]:
    """The lines that make a node's weights begin as its setting `init` says; else none."""
    setting = node.settings.get("init")
    if not isinstance(setting, Mapping):
        return []
    weights = [w for w in own_weights(kind, params, known) if w[0] not in node.ties]
    found, layer = begun(weights, setting), f"self.{node.name}"
    if any(name not in _PLAIN for (name, _), _ in found):
        return [Line(line.text, path=path, depth=line.depth) for line in _loop(layer, found)]
    lines = [init_call(choice, f"{layer}.{name}".rstrip(".")) for (name, _), choice in found]
    lines += _padding(layer, params) if any(name == "weight" for (name, _), _ in found) else []
    return [Line(text, path=path) for text in lines]


def _padding(layer: str, params: Mapping[str, object]) -> list[str]:
    """The row of an embedding that stands for nothing stays zero."""
    place = params.get("padding_idx")
    if place is None:
        return []
    return [
        f"nn.init.zeros_({layer}.weight[{place.text if isinstance(place, Written) else place}])"
    ]


def _loop(layer: str, found: _Begun) -> list[Line]:
    calls = {len(shape) > 1: init_call(choice, "weights") for (_, shape), choice in found}
    matrix, vector = calls.get(True, ""), calls.get(False, "")
    named = "name, weights" if vector else "weights"
    every = "named_parameters()" if vector else "parameters()"
    lines = [Line(f"for {named} in {layer}.{every}:")]
    if matrix:
        lines += [Line("if weights.dim() > 1:", depth=1), Line(matrix, depth=2)]
    if vector:
        is_matrix = "elif" if matrix else "if"
        lines += [Line(f'{is_matrix} "bias" in name:', depth=1), Line(vector, depth=2)]
    return lines
