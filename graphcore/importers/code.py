"""PyTorch code to a drawing: `nn.Sequential(…)`, classes, functions. Read, never run.

Classes that others use become blocks. What can't be read is told with its line, and then nothing
is put in.
"""

from __future__ import annotations

import ast
import textwrap
from dataclasses import replace

from graphcore.errors import UserError
from graphcore.importers.calls import applied
from graphcore.importers.classes import Classes
from graphcore.importers.drawn import Drawn
from graphcore.importers.reading import Reader
from graphcore.importers.sketch import Sketch
from graphcore.importers.values import Chain, Layer, Listed, Made, plain, refused
from graphcore.kinds.formula import Formula, evaluate
from graphcore.parsing import parse
from graphcore.project.allowed import check_node
from graphcore.project.definitions import MAIN, Definition
from graphcore.project.graph import Graph
from graphcore.project.grouping import arrange_to_fit
from graphcore.project.project import Note, Project

LONGEST = 200_000
_ENDS = ("io.Input", "io.Output")


def read_code(text: str, *, with_ends: bool = False) -> Project:
    """The drawing that the code is, its nodes placed.

    What forward takes and returns is left unwired, or with `with_ends` has an Input and an Output
    each, of a type that the first layer suggests. Sizes that a layer reads off its input are
    inferred again. Raises UserError.
    """
    tree = _parsed(text)
    project = Project()
    classes = Classes(project, tree)
    try:
        drawn = _drawn(classes, tree)
    except RecursionError as error:
        raise UserError("This code is nested too deeply to be read.", "Paste a part.") from error
    _put_in(project, drawn, with_ends)
    _lay_out(project)
    if classes.left_out:
        project.notes["left-out"] = _note(classes.left_out, project)
    return project


def _parsed(text: str) -> ast.Module:
    if len(text) > LONGEST:
        raise UserError("This code is too long to be read.", "Paste one class at a time.")
    try:
        return parse(textwrap.dedent(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        raise UserError(f"Line {line} is not Python.", "Paste whole statements.") from error


def _drawn(classes: Classes, tree: ast.Module) -> Drawn:
    """The drawing of what the text ends in: a model that it makes, or its last whole class."""
    found = _outside(classes, tree)
    reader = Reader(classes, {})
    if not isinstance(found, Layer | Chain | Made):
        cls = _root(classes)
        found = classes.constructed(reader, cls, cls, (), {}, may_lack=True)
    made = found if isinstance(found, Made) else Made(ast.ClassDef("The code", [], [], [], []), {})
    drawn = Drawn(classes, made, Sketch(classes.project, made))
    place = tree.body[-1]
    if isinstance(found, Made):
        drawn.read_whole(reader, place)
    else:
        value = drawn.entered("x")
        inner = Reader(classes, {}, drawn.sketch, made)
        drawn.finished(place, applied(inner, place, found, [value], {}))
    return drawn


def _outside(classes: Classes, tree: ast.Module) -> object:
    """What statements outside of classes come to at last, where that is a layer."""
    reader = Reader(classes, classes.outer, None)
    found: object = None
    refusal: UserError | None = None
    for line in tree.body:
        if isinstance(line, ast.ClassDef):
            continue
        if isinstance(line, ast.If) and "__name__" in ast.unparse(line.test):
            continue
        try:
            value = _statement(reader, line)
        except UserError as error:
            refusal = refusal or error
            continue  # what stands around a model need not be readable
        found = value if isinstance(value, Layer | Chain | Made | Listed) else found
    if refusal is not None and found is None and not classes.classes:
        raise refusal
    return found


def _statement(reader: Reader, line: ast.stmt) -> object:
    match line:
        case ast.Expr(value=ast.Call() as call):
            return None if reader.classes.is_beside(reader, call) else reader.value(call)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            found = reader.names[name] = reader.value(value)
            return found
    reader.run([line])
    return None


def _root(classes: Classes) -> ast.ClassDef:
    """The last class with forward that no other constructs, and that takes no model."""
    used = {
        node.func.id
        for cls in classes.classes.values()
        for node in ast.walk(cls)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id != cls.name
    }
    rooted = [
        cls for name, cls in classes.classes.items()
        if name not in used and classes.has_forward(cls) and not _takes_model(classes, cls)
    ]  # fmt: skip
    if rooted:
        return rooted[-1]
    for cls in classes.classes.values():
        if not classes.has_forward(cls):
            raise refused(cls, f"“{cls.name}” without forward", "Paste its forward too.")
    raise UserError(
        "This is no code of layers that can be read.",
        "Paste one nn.Sequential(…), or a class with __init__ and forward.",
    )


def _takes_model(classes: Classes, cls: ast.ClassDef) -> bool:
    """Whether its constructor is given an instance of another class here."""
    init = classes.method(cls, "__init__")
    given = init.args.args if init is not None else ()
    hints = [ast.unparse(item.annotation) for item in given if item.annotation]
    return any(hint in classes.classes for hint in hints)


def _put_in(project: Project, drawn: Drawn, with_ends: bool) -> None:
    """The main drawing; it has no params, so what is computed from them becomes numbers."""
    graph = drawn.sketch.graph
    names = {name: plain(value) for name, value in drawn.made.arguments.items()}
    kept = {node.id for node in graph.nodes.values() if with_ends or node.kind not in _ENDS}
    guesses = drawn.guesses()
    nodes = []
    for node in graph.nodes.values():
        params = {
            name: evaluate(value, names) if isinstance(value, Formula) else value
            for name, value in node.params.items()
        }
        if node.kind == "io.Input" and node.name in guesses:
            params["type"] = guesses[node.name]
        if node.id in kept:
            nodes.append(check_node(project, replace(node, params=params)))
    wires = [wire for wire in graph.wires.values() if {wire.source, wire.target} <= kept]
    project.definitions[MAIN] = Definition(Graph(nodes, wires))


def _lay_out(project: Project) -> None:
    for name, definition in project.definitions.items():
        layout = arrange_to_fit(definition.graph, (1600, 1000), {})
        project.layout[name], project.bends[name] = layout.positions, layout.bends


def _note(left_out: dict[int, str], project: Project) -> Note:
    """What was not taken over, told on the canvas."""
    lines = [f"Line {number}: {text}" for number, text in list(left_out.items())[:6]]
    said = "\n".join(["Not taken over; initial weights are chosen in the inspector:", *lines])
    top = min((y for _, y in project.layout[MAIN].values()), default=0)
    left = min((x for x, _ in project.layout[MAIN].values()), default=0)
    return Note(MAIN, left, top - 40 - 24 * (len(lines) + 3), 520, 24 * (len(lines) + 3), text=said)
