"""An instance of a pasted class as a drawing of its own: the block that it becomes."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphcore.importers.guessing import guessed
from graphcore.importers.reading import Reader
from graphcore.importers.sketch import Sketch
from graphcore.importers.values import (
    Bound,
    Chain,
    Layer,
    Listed,
    Made,
    Weight,
    Wired,
    plain,
    refused,
)
from graphcore.project.graph import Node

if TYPE_CHECKING:
    from graphcore.importers.classes import Classes


class Drawn:
    """One instance's forward as a drawing with Inputs and Outputs."""

    def __init__(self, classes: Classes, made: Made, sketch: Sketch) -> None:
        self.classes, self.made, self.sketch = classes, made, sketch
        self.inputs: dict[str, Wired] = {}
        self.outputs: dict[Wired, str] = {}

    def read(
        self, reader: Reader, node: ast.AST, args: Sequence[object], words: Mapping[str, object]
    ) -> object:
        """What forward gives, in terms of this drawing's own values."""
        code = self.classes.method(self.made.cls, "forward")
        if code is None:
            return self._chained(reader, node, [self._entered("x", item, node) for item in args])
        found = self.classes.bound(reader, node, code, args, words)
        names = {name: self._entered(name, item, node) for name, item in found.items()}
        return self._followed(reader, node, code, names)

    def read_whole(self, reader: Reader, node: ast.AST) -> object:
        """The same where nothing is given: an Input for each argument without a default."""
        code = self.classes.method(self.made.cls, "forward")
        if code is None:
            return self._chained(reader, node, [self.entered("x")])
        defaults = self.classes.defaults(code)
        names: dict[str, object] = {}
        for item in (*code.args.posonlyargs, *code.args.args, *code.args.kwonlyargs)[1:]:
            tree = defaults.get(item.arg)
            names[item.arg] = self.entered(item.arg) if tree is None else reader.value(tree)
        return self._followed(reader, node, code, names)

    def entered(self, name: str) -> Wired:
        """A new Input."""
        return self.sketch.outputs(self.sketch.put("io.Input", {}, name))[0]

    def guesses(self) -> dict[str, str]:
        """The types that may come in, by Input."""
        graph, written = self.sketch.graph, self.sketch.written
        heads = [node for node in graph.nodes.values() if node.kind == "io.Input"]
        found = {node.name: guessed(graph, written, node.id) for node in heads}
        return {name: kind for name, kind in found.items() if kind}

    def _chained(self, reader: Reader, node: ast.AST, given: Sequence[object]) -> object:
        if not self.classes.has_forward(self.made.cls):
            name = f"“{self.made.cls.name}” without forward"
            raise refused(node, name, "Paste its forward too.")
        inner = Reader(self.classes, {}, self.sketch, self.made, reader.depth + 1)
        return self.finished(node, self.classes.applied_chain(inner, node, self.made, given))

    def _followed(
        self, reader: Reader, node: ast.AST, code: ast.FunctionDef, names: dict[str, object]
    ) -> object:
        owner = code.args.args[0].arg if code.args.args else "self"
        names = {**names, owner: self.made}
        result = self.classes.follow(code, names, self.sketch, self.made, reader.depth + 1)
        return self.finished(node, result)

    def finished(self, node: ast.AST, result: object) -> object:
        """The result, its values led to Outputs and weights tied."""
        inner = Reader(self.classes, {}, self.sketch, self.made)
        result = _wired(inner, node, result)
        for value, name in _values(result):
            if value not in self.outputs:
                end = self.sketch.put("io.Output", {}, name or "y")
                self.sketch.wire(value, end, "input")
                self.outputs[value] = end.name
        if not self.outputs:
            raise refused(node, f"“{self.made.cls.name}”, which gives no value,", "Return one.")
        for line, own, other in self.made.ties:
            self._tie(line, own, other)
        return result

    def _tie(self, line: ast.stmt, own: Weight, other: Weight) -> None:
        one, two = self.sketch.name_of(own.layer), self.sketch.name_of(other.layer)
        node = self.sketch.graph.by_name(one) if one else None
        if node is None or not two:
            hint = "Tie layers that forward calls, of one class."
            raise refused(line, "These tied weights", hint)
        ties = {**node.ties, own.name: f"{two}.{other.name}"}
        self.sketch.graph.nodes[node.id] = replace(node, settings={**node.settings, "ties": ties})

    def _entered(self, name: str, value: object, node: ast.AST) -> object:
        """An argument as this drawing sees it: a value comes in by an Input."""
        match value:
            case Wired():
                head = self.sketch.put("io.Input", {}, name)
                self.inputs[head.name] = value
                return self.sketch.outputs(head)[0]
            case tuple() | list():
                found = [self._entered(f"{name}_{place}", item, node)
                         for place, item in enumerate(value)]  # fmt: skip
                return type(value)(found)
            case Layer() | Made() | Chain() | Listed() | Bound() | ast.ClassDef():
                return value
        if isinstance(plain(value), bool | int | float | str | None) or isinstance(value, dict):
            return plain(value)
        hint = "Read the size inside, off what comes in."
        raise refused(node, f"“{name}”, a size that is given on,", hint)


def _wired(reader: Reader, node: ast.AST, value: object) -> object:
    match value:
        case tuple() | list():
            return type(value)(_wired(reader, node, item) for item in value)
        case dict():
            return {name: _wired(reader, node, item) for name, item in value.items()}
    return reader.wired(node, value)


def _values(result: object, name: str = "") -> list[tuple[Wired, str]]:
    """Every value in what forward returns, with a name where it has one."""
    match result:
        case Wired():
            return [(result, name)]
        case tuple() | list():
            return [row for item in result for row in _values(item)]
        case dict():
            return [row for key, item in result.items() for row in _values(item, str(key))]
    return []


def handed_out(result: object, outputs: Mapping[Wired, str], block: Node) -> object:
    """What a block's call gives: the same in terms of the block's own outputs."""
    match result:
        case Wired():
            return Wired(block.id, outputs[result])
        case tuple() | list():
            return type(result)(handed_out(item, outputs, block) for item in result)
        case dict():
            return {name: handed_out(item, outputs, block) for name, item in result.items()}
    return result
