"""Edits as plain records of JSON and back, checked value by value like a project file.

A record is the edit's name with its fields: `{"Rename": {"node": "a1", "name": "conv"}}`. What is
MISSING is left out, and formulas begin with `=`, as in the file. What only a project can tell
(kinds, params, free names) is checked where the edit is applied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.kinds.params import LARGEST_INT, shown
from graphcore.project import edits
from graphcore.project.allowed import (
    DEFINITION_PARAM,
    HELP,
    KIND_NAME,
    PARAM_NAME,
    POINT,
    POINTS,
    PORT_NAME,
    argument,
    check_module,
    module_name,
    param_value,
    placed,
)
from graphcore.project.checks import (
    Check,
    check_record,
    each,
    frozen,
    optional,
    pairs,
    plain,
    record_of,
    refuse,
    text,
    whole,
)
from graphcore.project.definitions import Definition
from graphcore.project.edits import MISSING, Edit
from graphcore.project.graph import Graph, Node, Wire, check_id
from graphcore.project.module_edits import RemoveModule, RenameModule, SetModule
from graphcore.types import ListOf, Record, Tensor

MOST_PARTS = 400_000
DEEPEST = 12
Plain = dict[str, Any]


def record_of_edit(edit: Edit) -> Plain:
    """The edit as JSON has it. Raises TypeError for a value that JSON can't hold."""
    if type(edit).__name__ not in _EDITS:
        raise TypeError(f"{type(edit).__name__} is no edit that can be written down.")
    found: Plain = _plain(edit)
    return found


def edit_of(record: object, where: str = "The edit", depth: int = 0) -> Edit:
    """The edit that a record spells. Raises UserError for whatever is wrong in it."""
    items = record_of(record, where)
    name = next(iter(items), "")
    if len(items) != 1 or name not in _EDITS:
        raise UserError(f"{where}: {shown(name)} is no edit.", "A newer Netwright may have it.")
    if depth > DEEPEST:
        raise UserError(f"{where}: edits are nested too deeply.", "It is damaged.")
    check = _EDITS[name]
    found: Edit = check(items[name], f"{where}, {name}", depth)
    return found


# To records


def _plain(value: object) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Formula() | Tensor() | ListOf() | Record():
            return str(value)
        case Graph():
            wires = [[w.source, w.output, w.target, w.input] for w in value.wires.values()]
            return {"nodes": _plain(list(value.nodes.values())), "wires": wires}
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case _ if type(value).__name__ in _EDITS:
            return {type(value).__name__: _fields(value)}
        case _ if is_dataclass(value):
            return _fields(value)
    raise TypeError(f"{type(value).__name__} can't be written down.")


def _fields(value: Any) -> Plain:
    held = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: _plain(item) for name, item in held.items() if item is not MISSING}


# From records


def _id(value: object, where: str) -> str:
    return str(placed(where, lambda: check_id(value)))


def _param(value: object, where: str) -> object:
    return MISSING if value is MISSING else param_value(value, where)


def _anything(value: object, where: str) -> object:
    return MISSING if value is MISSING else plain(value, where)


def _path(value: object, where: str) -> tuple[object, ...]:
    keys: tuple[object, ...] = each(plain, 1, 20)(value, where)
    if not all(isinstance(key, str | int) and not isinstance(key, bool) for key in keys):
        raise refuse(where, value, "a path of names and numbers")
    return keys


_LINE = text(longest=500)
_ORDER = whole(-LARGEST_INT, LARGEST_INT)
_NODE = frozen(
    Node, id=_id, kind=KIND_NAME, name=_LINE, params=pairs(PARAM_NAME, param_value),
    settings=pairs(_LINE, plain), title=text(longest=2000), note=HELP, order=_ORDER,
)  # fmt: skip
_WIRE = frozen(Wire, source=_id, output=PORT_NAME, target=_id, input=PORT_NAME)
_ENDS = each(_LINE, 4, 4)
_NODES, _WIRES = each(_NODE), each(_ENDS)


def _graph(value: object, where: str) -> Graph:
    """A drawing in which no id, no name and no slot stands twice, and no wire hangs loose."""
    found = check_record(value, where, {"nodes": _NODES, "wires": _WIRES})
    nodes: tuple[Node, ...] = found.get("nodes", ())
    wires = [_WIRE(dict(zip(_WIRE_KEYS, ends, strict=True)), where) for ends in found["wires"]]
    ids = {node.id for node in nodes}
    slots = {(wire.target, wire.input) for wire in wires}
    names = {node.name for node in nodes}
    loose = any(wire.source not in ids or wire.target not in ids for wire in wires)
    if min(len(ids), len(names)) < len(nodes) or len(slots) < len(wires) or loose:
        raise UserError(f"{where}: its nodes and wires don't fit together.", "It is damaged.")
    graph = Graph(nodes, wires)
    if len(graph.ordered()) < len(nodes):
        raise UserError(f"{where}: its wires close a circle.", "It is damaged.")
    return graph


_WIRE_KEYS = ("source", "output", "target", "input")
_DEFINITION = frozen(
    Definition, graph=_graph, params=pairs(argument, DEFINITION_PARAM), help=HELP
)  # fmt: skip


def _together(value: object, where: str, depth: int) -> Edit:
    rows = record_of(value, where).get("edits")
    if not isinstance(rows, list) or len(rows) > MOST_PARTS:
        raise refuse(where, rows, f"a list of at most {MOST_PARTS} edits")
    return edits.Together(
        tuple(edit_of(row, f"{where}.{i}", depth + 1) for i, row in enumerate(rows))
    )


def _one(cls: type, **checks: Check) -> Callable[[object, str, int], Any]:
    """A reader of one edit; a field that may be MISSING is that where it is left out."""
    check = frozen(cls, **checks)
    absent = {name: MISSING for name, item in checks.items() if item in (_param, _anything)}

    def read(value: object, where: str, depth: int) -> Any:
        return check({**absent, **record_of(value, where)}, where)

    return read


_WHERE: Mapping[str, Check] = {"definition": _LINE}
_NAMED: Mapping[str, Check] = {"name": _LINE, "new": _LINE}
_EDITS: Mapping[str, Callable[[object, str, int], Any]] = {
    "AddNode": _one(edits.AddNode, node=_NODE, position=optional(POINT), **_WHERE),
    "RemoveNode": _one(edits.RemoveNode, node=_id, **_WHERE),
    "Connect": _one(edits.Connect, wire=_WIRE, **_WHERE),
    "Disconnect": _one(edits.Disconnect, wire=_WIRE, **_WHERE),
    "SetParam": _one(edits.SetParam, node=_id, name=PARAM_NAME, value=_param, **_WHERE),
    "Rename": _one(edits.Rename, node=_id, name=_LINE, **_WHERE),
    "AddDefinition": _one(edits.AddDefinition, name=_LINE, content=_DEFINITION),
    "RemoveDefinition": _one(edits.RemoveDefinition, name=_LINE),
    "ReplaceDefinition": _one(edits.ReplaceDefinition, name=_LINE, content=_DEFINITION,
                              positions=pairs(_LINE, POINT), bends=pairs(_LINE, POINTS),
                              dots=pairs(_LINE, POINTS)),
    "RenameDefinition": _one(edits.RenameDefinition, **_NAMED),
    "SetDefinitionParams": _one(edits.SetDefinitionParams, definition=_LINE,
                                params=pairs(argument, DEFINITION_PARAM)),
    "Set": _one(edits.Set, path=_path, value=_anything),
    "SetModule": _one(SetModule, name=module_name, module=check_module),
    "RemoveModule": _one(RemoveModule, name=_LINE),
    "RenameModule": _one(RenameModule, **_NAMED),
    "Together": _together,
}  # fmt: skip
"""A reader for every edit there is."""
