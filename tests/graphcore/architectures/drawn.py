"""Words for drawings: a chain of layers, each a kind or a kind with params."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from graphcore.project.graph import NodeId
from tests.sketch import Sketch

Step = str | tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Architecture:
    """A network as it is drawn from Inputs of these types, and as it is written by hand."""

    draw: Callable[..., object]
    by_hand: Callable[[], nn.Module]
    types: tuple[str, ...]


def chain(s: Sketch, x: NodeId | tuple[NodeId, str], *steps: Step) -> NodeId:
    """One after the other, from a node's first output or a named one."""
    at: NodeId | tuple[NodeId, str] = x
    for step in steps:
        kind, params = (step, {}) if isinstance(step, str) else step
        at = s.add(kind, at, **params)
    return at if isinstance(at, str) else at[0]


def conv(width: object, kernel: object = 3, padding: object = 0, **params: object) -> Step:
    """A Conv2d."""
    return "nn.Conv2d", {
        "out_channels": width, "kernel_size": kernel, "padding": padding, **params,
    }  # fmt: skip


def linear(size: object, **params: object) -> Step:
    """A Linear."""
    return "nn.Linear", {"out_features": size, **params}


def pool(kernel: int = 2, kind: str = "nn.MaxPool2d", **params: object) -> Step:
    """A pooling layer."""
    return kind, {"kernel_size": kernel, **params}
