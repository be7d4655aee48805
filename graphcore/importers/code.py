"""PyTorch code to a drawing: `nn.Sequential(…)`, or a class of plain layers. Read, never run.

What can't be read is told with its line, and then nothing is put in.
"""

from __future__ import annotations

import ast
import textwrap

from graphcore.errors import UserError
from graphcore.importers.forward import Forward
from graphcore.importers.making import Layer, refused
from graphcore.project.grouping import arrange_to_fit
from graphcore.project.project import Project

LONGEST = 200_000


def read_code(text: str) -> Project:
    """The drawing that the code is, its nodes placed; what comes in is left unwired.

    Sizes that a layer reads off its input are inferred again. Raises UserError.
    """
    tree = _parsed(text)
    found = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    project = Project()
    if len(found) > 1:
        raise refused(found[1], "A second class", "Paste one class at a time.")
    forward = Forward(project)
    if found:
        forward.read_class(found[0])
    else:
        layers = [call for node in tree.body if (call := _sequence(node)) is not None]
        if len(layers) != 1:
            raise UserError(
                "This is no code of layers that can be read.",
                "Paste one nn.Sequential(…), or a class with __init__ and forward.",
            )
        forward.run(Layer.of(layers[0], "x"), None)
    layout = arrange_to_fit(project.graph, (1600, 1000), {})
    project.layout["main"], project.bends["main"] = layout.positions, layout.bends
    return project


def _parsed(text: str) -> ast.Module:
    if len(text) > LONGEST:
        raise UserError("This code is too long to be read.", "Paste one class at a time.")
    try:
        return ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        raise UserError(f"Line {line} is not Python.", "Paste whole statements.") from error


def _sequence(node: ast.stmt) -> ast.Call | None:
    match node:
        case ast.Expr(value=ast.Call() as call) | ast.Assign(value=ast.Call() as call):
            return call
    return None
