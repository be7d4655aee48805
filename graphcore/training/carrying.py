"""Weights of a run carried into a drawing that has changed since: by path, where shapes fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from torch import Tensor, nn

from graphcore.project.definitions import MAIN
from graphcore.project.project import Project
from graphcore.training.blame import owner
from graphcore.training.checkpoint import read_tensors
from graphcore.training.runs import Run

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """Names of weights: those that were carried, those of another shape, new ones, lost ones.

    `reshaped` are sentences with both shapes.
    """

    carried: tuple[str, ...] = ()
    reshaped: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was carried and what not, for a person."""
        total = len(self.carried) + len(self.reshaped) + len(self.fresh)
        text = f"{len(self.carried)} of {total} weights are carried over"
        rows = (
            ("of another shape and begin anew", self.reshaped),
            ("new", self.fresh),
            ("not needed any more", self.lost),
        )
        for words, names in rows:
            if names:
                shown = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
                text += f"; {len(names)} {words} ({shown})"
        return f"{text}."


def carry(run: Run, model: nn.Module, project: Project) -> Carried:
    """Put the last weights of a run into a model of the project, where they fit; all others stay.

    A node that was renamed since is still the same node. Raises UserError where the run has none.
    """
    given = _renamed(read_tensors(run.weights_path("last")), run.project(), project)
    own = model.state_dict()
    fits = {name: value for name, value in given.items()
            if name in own and own[name].shape == value.shape}  # fmt: skip
    model.load_state_dict({**own, **fits})
    both = [name for name in own if name in given and name not in fits]
    return Carried(
        tuple(fits),
        tuple(f"{n} {list(given[n].shape)} → {list(own[n].shape)}" for n in both),
        tuple(name for name in own if name not in given),
        tuple(name for name in given if name not in own),
    )


def _renamed(given: Mapping[str, Tensor], before: Project, now: Project) -> dict[str, Tensor]:
    """The weights by the names that their nodes have now."""
    old, new = dict(_places(before)), {place: path for path, place in _places(now)}
    known, found = set(old), dict[str, Tensor]()
    for name, value in given.items():
        path = owner(name, known)
        there = new.get(old[path], path) if path else ""
        found[there + name[len(path) :]] = value
    return found


def _places(project: Project, definition: str = MAIN, path: str = "",
            place: Place = ()) -> Iterator[tuple[str, Place]]:  # fmt: skip
    """Every node's path, and where it is by what never changes: ids of nodes, and turns."""
    for node in project.definitions[definition].graph.nodes.values():
        here, spot = f"{path}{node.name}", (*place, str(node.id))
        yield here, spot
        inner = node.kind.removeprefix("block.")
        if inner == node.kind or inner not in project.definitions:
            continue
        turns = [str(turn) for turn in range(node.repeat)]
        yield from () if turns else _places(project, inner, f"{here}.", spot)
        for turn in turns:
            yield from _places(project, inner, f"{here}.{turn}.", (*spot, turn))
