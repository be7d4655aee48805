"""The text of a project file: JSON that reads well in a diff.

One node a line, one wire a line, in the order of creation; places on the canvas come last, since
they change most and matter least.
"""

from __future__ import annotations

import json
from typing import Any

from graphcore.kinds.formula import Formula
from graphcore.project.allowed import field_names
from graphcore.project.data import Field
from graphcore.project.definitions import MAIN, Definition, DefinitionParam
from graphcore.project.edits import bend_key
from graphcore.project.graph import SETTINGS, Graph, Node, place_of_slot
from graphcore.project.plan import ObjectivePlan, Plan, Schedule
from graphcore.project.project import Note, Project
from graphcore.project.reading import SCHEMA


class _Row(dict[str, Any]):
    """A record that is written on one line."""


class _Line(list[Any]):
    """A list that is written on one line."""


def to_text(project: Project) -> str:
    """The project as the text of its file; equal projects give equal text."""
    names = [MAIN, *sorted(project.definitions.keys() - {MAIN})]
    data: dict[str, Any] = {"schema": SCHEMA, "title": project.title, "about": project.about}
    if project.modules:
        modules = sorted(project.modules.items())
        data["modules"] = {name: _Row(_plain(module)) for name, module in modules}
    data["definitions"] = {name: _spell(project, project.definitions[name]) for name in names}
    data["data"] = {
        "source": project.data.source,
        "options": _Row(project.data.options),
        "fields": [_spell_field(item) for item in project.data.fields],
        "samples": project.data.samples,
        "normalize": _Row(project.data.normalize),
        "split": _Row(_plain(project.data.split)),
        "fingerprint": project.data.fingerprint,
    }
    data["plan"] = _spell_plan(project.plan)
    data["weights"] = [_Row(_plain(item)) for item in project.weights]
    data["notes"] = {key: _spell_note(project.notes[key]) for key in sorted(project.notes)}
    data["layout"] = {name: _spell_places(project, name) for name in names}
    return _lines(data, "") + "\n"


def _spell(project: Project, definition: Definition) -> dict[str, Any]:
    nodes = _in_order(definition.graph)
    rank = {node.id: i for i, node in enumerate(nodes)}
    drawn = definition.graph.wires.values()
    wires = sorted(drawn, key=lambda wire: (rank[wire.target], place_of_slot(wire)))
    found: dict[str, Any] = {"help": definition.help} if definition.help else {}
    if definition.params:
        params = definition.params.items()
        found["params"] = {name: _spell_definition_param(item) for name, item in params}
    found["nodes"] = [_spell_node(project, node) for node in nodes]
    found["wires"] = [_Line((w.source, w.output, w.target, w.input)) for w in wires]
    return found


def _in_order(graph: Graph) -> list[Node]:
    return sorted(graph.nodes.values(), key=lambda node: (node.order, node.id))


def _spell_definition_param(param: DefinitionParam) -> _Row:
    return _Row(_plain(param) | {"default": _spell_value(param.default)})


def _spell_node(project: Project, node: Node) -> _Row:
    """Params in the kind's order, so that the order of editing leaves no trace."""
    known = [param.name for param in project.params_of(node.kind) or ()]
    params = sorted(node.params, key=known.index) if known else list(node.params)
    found = _Row(id=node.id, kind=node.kind, name=node.name)
    rest = {
        "title": node.title,
        "params": {name: _spell_value(node.params[name]) for name in params},
        "settings": {name: node.settings[name] for name in SETTINGS if name in node.settings},
        "note": node.note,
    }
    found.update((key, value) for key, value in rest.items() if value)
    return found


def _spell_value(value: object) -> object:
    return str(value) if isinstance(value, Formula) else value


def _spell_field(item: Field) -> _Row:
    facts = {key: value for key, value in _plain(item).items() if value not in (None, ())}
    return _Row(facts | {"type": str(item.type)})


def _spell_plan(plan: Plan) -> dict[str, Any]:
    """What came with later versions is left out where it is off, so that older ones open it."""
    found = _without_defaults(plan, keep=_FIRST_PLAN)
    found["objectives"] = [_spell_objective(item) for item in plan.objectives]
    return found


def _spell_objective(plan: ObjectivePlan) -> _Row:
    found = _without_defaults(plan, keep=("name", "params", "every"))
    order = ("name", "optimizer", "schedule", "params", "every", "warmup", "then")
    found["optimizer"], found["schedule"] = _plain(plan.optimizer), _spell_schedule(plan.schedule)
    if plan.then:
        found["then"] = [_spell_schedule(item) for item in plan.then]
    return _Row((name, found[name]) for name in order if name in found)


def _spell_schedule(schedule: Schedule) -> dict[str, Any]:
    return _without_defaults(schedule, keep=("name", "params"))


_FIRST_PLAN = ("objectives", "epochs", "batch_size", "seed", "threads", "device", "precision",
               "metrics")  # fmt: skip


def _without_defaults(value: Any, keep: tuple[str, ...]) -> dict[str, Any]:
    default = type(value)()
    shown = {name: getattr(value, name) for name in field_names(type(value))}
    return {k: v for k, v in shown.items() if k in keep or v != getattr(default, k)}


def _spell_note(note: Note) -> _Row:
    return _Row((key, value) for key, value in _plain(note).items() if value != "")


def _spell_places(project: Project, name: str) -> dict[str, Any]:
    graph, points = project.definitions[name].graph, project.layout.get(name, {})
    bends, dots = project.bends.get(name, {}), project.dots.get(name, {})
    keys = [bend_key(graph.wires[slot]) for slot in sorted(graph.wires)]
    found = {
        "positions": {n.id: _Line(points[n.id]) for n in _in_order(graph) if n.id in points},
        "bends": {key: _Line(bends[key]) for key in keys if key in bends},
    }
    kept = {key: _Line(dots[key]) for key in keys if key in dots}
    # Left out where there are none, so that a Netwright without dots opens such a file.
    return found | {"dots": kept} if kept else found


def _plain(value: object) -> dict[str, Any]:
    """A flat dataclass as a record; inner dataclasses too."""
    found = {name: getattr(value, name) for name in field_names(type(value))}
    return {k: _plain(v) if hasattr(v, "__dataclass_fields__") else v for k, v in found.items()}


def _lines(value: object, indent: str) -> str:
    inner = f"{indent}  "
    match value:
        case _Row() | _Line():
            pass
        case dict() if value:
            rows = [f"{inner}{_compact(k)}: {_lines(v, inner)}" for k, v in value.items()]
            return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
        case list() if value:
            return "[\n" + ",\n".join(inner + _lines(v, inner) for v in value) + f"\n{indent}]"
    return _compact(value)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
