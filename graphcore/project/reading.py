"""From the text of a project file to the project, checked value by value.

The keys are those here and in `writing`, and the names of the dataclasses' fields. Nothing is
ignored silently: what this version does not know is refused with its place.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.kinds.params import shown
from graphcore.parsing import no_collection
from graphcore.project.allowed import (
    DEFINITION_PARAM,
    HELP,
    MODULES,
    POINT,
    POINTS,
    PORT_NAME,
    SECTIONS,
    argument,
    check_node,
    placed,
)
from graphcore.project.checks import each, known_keys, pairs, record_of, refuse, some, text
from graphcore.project.definitions import MAIN, Definition
from graphcore.project.edits import bend_key, check_inside
from graphcore.project.graph import Graph, Node, Wire, check_id, check_name
from graphcore.project.project import Project, check_unfolded

SCHEMA = 1
LARGEST_FILE = 16 * 2**20
MOST_NODES = 50_000
MOST_WIRES = 100_000
MOST_RECORDS = 400_000
MOST_VALUES = 1_200_000
FOREIGN = "Choose a file that Netwright saved."
TOO_LARGE = f"It is larger than {LARGEST_FILE // 2**20} MB, too large for a project."

# From each older schema to the next: data in, data out.
MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def parse(text: str, name: str = "") -> Project:
    """The project that a file's text spells. Raises UserError for whatever is wrong in it."""
    try:
        return _project(migrate(_json(text)))
    except UserError as error:
        what = f"“{name}” can't be opened. " if name else ""
        raise UserError(f"{what}{error.message}", error.hint) from error


def migrate(data: dict[str, Any]) -> dict[str, Any]:
    """The same data in the newest schema. Raises UserError where it is from the future."""
    schema = data.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise UserError("This is not a Netwright project.", FOREIGN)
    if schema > SCHEMA:
        raise UserError(
            f"It was saved by a newer Netwright (its format is {shown(schema)}, this version"
            f" reads up to {SCHEMA}).",
            "Update Netwright to open it.",
        )
    for step in range(schema, SCHEMA):
        data = MIGRATIONS[step](data)
    return data


def _json(text: str) -> dict[str, Any]:
    if len(text) > LARGEST_FILE:
        raise UserError(TOO_LARGE, FOREIGN)
    if text.count("[") + text.count("{") > MOST_RECORDS or text.count(",") > MOST_VALUES:
        raise UserError("It holds more values than any project.", FOREIGN)  # told before parsing
    try:
        with no_collection():  # the thousands of values made here stay
            data = json.loads(text, object_pairs_hook=_unique, parse_int=_int, parse_constant=float)
    except json.JSONDecodeError as error:
        raise UserError(
            f"The text is broken or cut off at line {error.lineno}: {error.msg}.",
            "A backup may lie beside it, whose name ends with ~: open that.",
        ) from error
    except (RecursionError, MemoryError) as error:
        raise UserError("Its values are nested too deeply.", "It is not a project.") from error
    if not isinstance(data, dict):
        raise UserError("This is not a Netwright project.", FOREIGN)
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = _first_double(name for name, _ in pairs)
        raise UserError(f"The name {shown(twice)} stands twice in one record.", "Remove one.")
    return found


def _int(digits: str) -> int | float:
    return int(digits) if len(digits) <= 20 else math.inf  # inf is refused wherever it stands


_KEYS = dict.fromkeys(("schema", *SECTIONS, "modules", "definitions", "layout"))
_DEFINITION_KEYS = dict.fromkeys(("help", "params", "nodes", "wires"))
_WAYS = pairs(text(), POINTS, MOST_WIRES)
_PLACES = some(positions=pairs(text(), POINT), bends=_WAYS, dots=_WAYS)


def _project(data: Mapping[str, Any]) -> Project:
    known_keys(data, "The project", _KEYS)
    given = record_of(data.get("definitions", {}), "definitions", 1000)
    project = Project(definitions={MAIN: Definition()})
    for name, check in SECTIONS.items():
        if name in data:
            setattr(project, name, check(data[name], name))
    project.modules = MODULES(data.get("modules", {}), "modules")
    for name in given:
        if name != MAIN:
            placed("definitions", lambda name=name: check_name(name))  # type: ignore[misc]
        project.definitions[name] = Definition()
    for name, content in given.items():
        project.definitions[name] = _definition(project, content, f"definitions.{name}")
    _check_size(project)
    check_unfolded(project.definitions)
    for name, definition in project.definitions.items():  # wires last: ports come from the whole
        wires = record_of(given.get(name, {}), name).get("wires", [])
        _add_wires(project, definition.graph, wires, f"definitions.{name}.wires")
    _place(project, data.get("layout", {}))
    return project


def _definition(project: Project, content: object, where: str) -> Definition:
    items = known_keys(content, where, _DEFINITION_KEYS)
    params = pairs(argument, DEFINITION_PARAM)
    given = {
        name: {**record_of(item, where), "default": _value(record_of(item, where).get("default"))}
        for name, item in record_of(items.get("params", {}), where).items()
    }
    nodes = _rows(items.get("nodes", []), f"{where}.nodes", MOST_NODES)
    graph = Graph(_node(project, row, f"{where}.nodes.{i}", i) for i, row in enumerate(nodes))
    if len(graph.nodes) < len(nodes):
        twice = _first_double(row["id"] for row in nodes)
        raise UserError(f"{where}: two nodes have the id “{twice}”.", "Give one another id.")
    twice = _first_double(node.name for node in graph.nodes.values())
    if twice is not None:
        raise UserError(f"{where}: two nodes are named “{twice}”.", "Rename one.")
    if where != f"definitions.{MAIN}":
        for node in graph.nodes.values():
            placed(where, lambda node=node: check_inside(project, node))  # type: ignore[misc]
    return Definition(graph, params(given, f"{where}.params"), HELP(items.get("help", ""), where))


def _rows(value: object, where: str, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise refuse(where, value, "a list")
    if len(value) > most:
        raise UserError(f"{where}: there are more than {most:,}.", "That is too many to draw.")
    return value


def _first_double(values: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


def _value(value: object) -> object:
    """A param's value: text that begins with `=` is a formula."""
    is_formula = isinstance(value, str) and value.startswith("=")
    return Formula(str(value)[1:]) if is_formula else value


_NODE_KEYS = dict.fromkeys(("id", "kind", "name", "title", "params", "settings", "note"))


def _node(project: Project, row: object, where: str, order: int) -> Node:
    items = known_keys(row, where, _NODE_KEYS)
    for key in ("id", "kind", "name"):
        if not isinstance(items.get(key), str):
            raise UserError(f"{where} has no {key}.", "Every node has an id, a kind and a name.")
    params = record_of(items.get("params", {}), f"{where}.params", 1000)
    given = {**items, "params": {k: _value(v) for k, v in params.items()}, "order": order}
    try:
        return check_node(project, Node(**given))  # type: ignore[arg-type]
    except UserError as error:
        raise UserError(f"{where}: {error.message}", error.hint) from error


_ENDS = each(text(longest=200), 4, 4)


def _add_wires(project: Project, graph: Graph, rows: object, where: str) -> None:
    for i, row in enumerate(_rows(rows, where, MOST_WIRES)):
        place = f"{where}.{i}"
        source, output, target, into = _ENDS(row, place)
        wire = Wire(
            check_id(source), PORT_NAME(output, place), check_id(target), PORT_NAME(into, place)
        )
        placed(place, lambda wire=wire: project.check_wire(graph, wire))  # type: ignore[misc]
        if (wire.target, wire.input) in graph.wires:
            name = graph.nodes[wire.target].name
            raise UserError(f"{place}: two wires end in “{name}.{into}”.", "Remove one.")
        graph.wires[wire.target, wire.input] = wire
    graph.changed()
    if len(graph.ordered()) < len(graph.nodes):
        around = [graph.nodes[node].name for node in graph.cycle()]
        shown_names = " → ".join(around[:6]) + (" → …" if len(around) > 6 else "")
        raise UserError(f"{where} close a circle: {shown_names}.", "Remove one of its wires.")


def _check_size(project: Project) -> None:
    total = sum(len(definition.graph.nodes) for definition in project.definitions.values())
    if total > MOST_NODES:
        raise UserError(f"There are more than {MOST_NODES:,} nodes.", "That is too many to draw.")


def _place(project: Project, layout: object) -> None:
    places = pairs(text(), _PLACES)(layout, "layout")
    for name in places:
        if name not in project.definitions:
            raise UserError(f"layout: there is no definition {shown(name)}.", "Remove it there.")
    for name, definition in project.definitions.items():
        points = places.get(name, {}).get("positions", {})
        bends = places.get(name, {}).get("bends", {})
        dots = places.get(name, {}).get("dots", {})
        slots = {bend_key(wire) for wire in definition.graph.wires.values()}
        for what, lost in (("node", points.keys() - definition.graph.nodes.keys()),
                           ("wire into", (bends.keys() | dots.keys()) - slots)):  # fmt: skip
            if lost:
                raise UserError(
                    f"layout.{name}: there is no {what} {shown(min(lost))}.", "Remove it there."
                )
        project.layout[name], project.bends[name], project.dots[name] = points, bends, dots
    for key, note in project.notes.items():
        if note.definition not in project.definitions:
            raise UserError(f"notes.{key}: there is no definition {shown(note.definition)}.",
                            "Set it to main.")  # fmt: skip
