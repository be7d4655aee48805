"""A line of Python over the values that come in: `x * torch.sigmoid(y)`.

Its free names are the input ports, its parts between commas at the outermost level the outputs.
A line is parsed, checked and spelled anew; it never runs while it is typed.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from graphcore.errors import UserError
from graphcore.kinds.kind import Port, Ports
from graphcore.kinds.line_check import line_tree, names_of_line
from graphcore.kinds.line_text import line_text
from graphcore.kinds.op import parts
from graphcore.kinds.params import refuse


@dataclass(frozen=True, slots=True)
class Line:
    """A line over the values that come in, in a spelling of our own."""

    def check(self, value: object) -> object:
        if not isinstance(value, str):
            raise refuse(value, self)
        return line_text(line_tree(value.strip(" ")), {})

    def spell(self, value: object) -> str:
        return str(value)

    def describe(self) -> str:
        return "a line over the values that come in, such as x * torch.sigmoid(y)"


def line_ports(params: Mapping[str, object]) -> Ports:
    """A port for every name in the line, in order of appearance; an output for every part."""
    line = params.get("line")
    try:
        tree = line_tree(str(line))
    except UserError:  # a formula, which analysis refuses with a sentence
        return (), parts(1)
    count = len(tree.elts) if isinstance(tree, ast.Tuple) else 1
    return tuple(Port(name) for name in names_of_line(tree)), parts(count)


def filled(line: object, values: Mapping[str, str]) -> str:
    """The line with the names of values in the code in place of its own."""
    return line_text(line_tree(str(line)), values)
