"""The text of a run with taps, worn by the run's own modules for a step.

The tapped text has the same classes with the same layers; only what `forward` returns is more. So
the modules of the run take its classes for a step and give them back: params, buffers, mode and
hooks are the very same, and nothing is computed twice.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from graphcore.code.build import build
from graphcore.code.code import Tap
from graphcore.code.write import write_code
from graphcore.project.project import Project
from graphcore.training.blame import taps_of
from graphcore.training.control import EVERY
from graphcore.training.prepare import Prepared, metrics_of
from graphcore.training.randomness import undisturbed
from graphcore.types import Tensor


@dataclass(frozen=True, slots=True)
class Dress:
    """What the modules of an objective wear in a step: their own class, and that of a tapped one.

    What would be overwritten in place is kept then too.
    """

    worn: tuple[tuple[nn.Module, type[nn.Module], type[nn.Module]], ...]
    in_place: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Tapped:
    """The dress in which an objective has taps, and what is tapped.

    `probes` are looked at closely, `spreads` only for their spread; `unknown` are the names that
    name no value that a run computes. `added` are the keys of what is returned beside what a run
    reads anyway.
    """

    dress: Dress
    probes: tuple[Tap, ...]
    spreads: tuple[Tap, ...] = ()
    unknown: tuple[str, ...] = ()
    added: frozenset[str] = frozenset()


Tapper = Callable[[Sequence[str]], Tapped]


def tapper(project: Project, ready: Prepared) -> Tapper:
    """What makes the tapped objective of a run, for the names of its probes."""

    def tapped(names: Sequence[str]) -> Tapped:
        found = {name: _tap(project, ready, name) for name in names if name != EVERY}
        probes = tuple(dict.fromkeys(tap for tap in found.values() if tap is not None))
        spreads = taps_of(project, ready.analysis) if EVERY in names else ()
        unknown = tuple(name for name, tap in found.items() if tap is None)
        taps, _ = metrics_of(project, ready.analysis)
        every = tuple(dict.fromkeys((*taps, *probes, *spreads)))
        with undisturbed(ready.device), torch.device("meta"):
            like = build(write_code(project, ready.analysis, every)).objective
        assert like is not None
        added = frozenset(tap.key for tap in every if tap not in taps)
        return Tapped(dress(ready.objective, like), probes, spreads, unknown, added)

    return tapped


def _tap(project: Project, ready: Prepared, name: str) -> Tap | None:
    """The value that a name such as `stage.0.conv1:output` means; without a port the first one."""
    path, _, port = name.partition(":")
    facts, parts = ready.analysis.nodes.get(path), ready.analysis.parts
    if facts is None or not facts.outputs:
        return None
    port = port or next(iter(facts.outputs))
    top = project.graph.by_name(path.partition(".")[0])
    computed = {*parts.model, *parts.objective}
    is_computed = top is not None and (top.id in computed or port in parts.fields)
    is_tensor = isinstance(facts.outputs.get(port), Tensor)
    return Tap(path, port) if is_computed and is_tensor else None


def dress(objective: nn.Module, like: nn.Module) -> Dress:
    """The classes of a tapped objective, for the modules of one that is not."""
    pairs = list(_pairs(objective, like))
    return Dress(
        tuple((own, type(own), type(other)) for own, other in pairs if _is_ours(own)),
        tuple(own for own, _ in pairs if getattr(own, "inplace", None) is True),
    )


@contextlib.contextmanager
def wearing(dress: Dress) -> Iterator[None]:
    """Meanwhile the modules wear it."""
    try:
        for own, _, tapped in dress.worn:
            own.__class__ = tapped
        for layer in dress.in_place:
            layer.inplace = False
        yield
    finally:
        for own, before, _ in dress.worn:
            own.__class__ = before
        for layer in dress.in_place:
            layer.inplace = True


def _pairs(own: nn.Module, other: nn.Module) -> Iterator[tuple[nn.Module, nn.Module]]:
    """The modules of both that lie at the same place.

    Below a layer of torch nothing is looked at: a parametrization may have put something there.
    """
    yield own, other
    if _is_ours(own) or isinstance(own, nn.ModuleList):
        children = dict(other.named_children())
        for name, child in own.named_children():
            if name in children:
                yield from _pairs(child, children[name])


def _is_ours(module: nn.Module) -> bool:
    return type(module).__module__.startswith("netwright_generated")
