"""What differs between runs: plan, data, drawing and environment, in words. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

from graphcore.errors import UserError
from graphcore.project.definitions import MAIN
from graphcore.project.graph import Graph
from graphcore.project.project import Project
from graphcore.training.runs import Run

Part = Literal["plan", "data", "drawing", "environment"]
PARTS: tuple[Part, ...] = ("plan", "data", "drawing", "environment")
NONE = "—"
_UNTOLD = ("title", "process", "seed", "folder", "later")
"""Of the environment: told elsewhere, or always another."""

Facts = dict[tuple[Part, str], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that is not the same in all runs: `values[i]` is that of run i, — where it has none.

    `what` is a path such as `epochs`, `objectives.main.optimizer.lr`, `conv1.kernel_size` or
    `versions.torch`.
    """

    part: Part
    what: str
    values: tuple[str, ...]


def differences(runs: Sequence[Run]) -> list[Difference]:
    """Every fact in which the runs differ, in the order of `PARTS`; what can't be read is —."""
    known = [dict(_facts(run)) for run in runs]
    places = dict.fromkeys(place for facts in known for place in facts)
    found = [
        Difference(part, what, tuple(facts.get((part, what), NONE) for facts in known))
        for part, what in places
    ]
    kept = [item for item in found if len(set(item.values)) > 1]
    return sorted(kept, key=lambda item: PARTS.index(item.part))


def _facts(run: Run) -> Iterator[tuple[tuple[Part, str], str]]:
    try:
        project = run.project()
    except UserError:
        project = None
    if project is not None:
        for what, text in _flat("", project.plan):
            yield ("plan", what), text
        for what, text in _flat("", project.data):
            if not what.startswith("fields."):  # these follow from source and options
                yield ("data", what), text
        for what, text in _drawn(project):
            yield ("drawing", what), text
    environment = {k: v for k, v in run.environment().items() if k not in _UNTOLD}
    for what, text in _flat("", environment):
        yield ("environment", what), text


def _drawn(project: Project) -> Iterator[tuple[str, str]]:
    for name, definition in project.definitions.items():
        prefix = "" if name == MAIN else f"{name}."
        yield f"{prefix}nodes" if prefix else "nodes", str(len(definition.graph.nodes))
        yield from _nodes(prefix, definition.graph)


def _nodes(prefix: str, graph: Graph) -> Iterator[tuple[str, str]]:
    for node in sorted(graph.nodes.values(), key=lambda node: (node.order, node.id)):
        yield f"{prefix}{node.name}", node.kind.rpartition(".")[2]
        yield from _flat(f"{prefix}{node.name}.", node.params)
        yield from _flat(f"{prefix}{node.name}.", node.settings)
    for wire in graph.wires.values():
        source, target = graph.nodes.get(wire.source), graph.nodes.get(wire.target)
        if source is not None and target is not None:
            yield f"{prefix}{source.name} → {target.name}", "wire"


def _flat(prefix: str, value: object) -> Iterator[tuple[str, str]]:
    """Every single value inside, by its path; members of a list by name where they have one."""
    if is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield from _flat(f"{prefix}{item.name}.", getattr(value, item.name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{prefix}{key}.", inner)
    elif isinstance(value, tuple | list) and any(is_dataclass(inner) for inner in value):
        for place, inner in enumerate(value):
            yield from _flat(f"{prefix}{getattr(inner, 'name', place)}.", inner)
    else:
        yield prefix.removesuffix("."), _text(value)


def _text(value: object) -> str:
    match value:
        case None | "" | () | []:
            return NONE
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case tuple() | list():
            return ", ".join(_text(item) for item in value)
    return str(value)
