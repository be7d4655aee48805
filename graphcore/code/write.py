"""Project and analysis to Python text: the model as a person would write it. Torch-free.

The same project always gives the same text. Taps add lines that return more values; without
them the text is byte for byte the one that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from graphcore.analysis.parts import argument_name
from graphcore.analysis.result import Analysis, Value
from graphcore.code.blocks import BlockClass, block_classes
from graphcore.code.code import Code, Tap
from graphcore.code.drawing import Drawing, body_and_forward
from graphcore.code.lines import Line, assignment, class_lines, file_text, function_lines
from graphcore.kinds.spell import NOT_WIRED
from graphcore.project.graph import NodeId
from graphcore.project.modules import PREFIX, UserModule, used_modules
from graphcore.project.project import Project


def write_code(project: Project, analysis: Analysis, taps: Sequence[Tap] = ()) -> Code:
    """The text of `Model` and, where there are terms, `Objective` (and `Preprocessing`).

    A node that is not complete yet is written as `...`, so that the text always parses.
    Raises KeyError for a tap whose node is not in the drawing.
    """
    return _Writer(project, analysis, tuple(taps)).write()


@dataclass(slots=True)
class _Writer:
    project: Project
    analysis: Analysis
    taps: tuple[Tap, ...]
    blocks: Mapping[str, BlockClass] = field(init=False)
    drawing: Drawing = field(init=False)

    def __post_init__(self) -> None:
        self.blocks = block_classes(self.project, self.analysis, taps=self.taps)
        self.drawing = Drawing(
            self.project, self.project.graph, self.analysis.by_node, self.blocks,
            keeps_values=bool(self.taps), scope=self.project.names_in_scope(),
        )  # fmt: skip

    # -- names -------------------------------------------------------------------------------

    def _fields(self) -> dict[str, str]:
        """Dataset fields as arguments of the objective beside the inputs."""
        return {name: argument_name(self.project, name) for name in self.analysis.parts.fields}

    def _tapped(self) -> list[tuple[Tap, Value]]:
        for tap in self.taps:
            if tap.path not in self.analysis.nodes:
                raise KeyError(tap.path)
        return [(tap, self.drawing.tapped(f"{tap.path}.{tap.port}")) for tap in self.taps]

    # -- the whole ---------------------------------------------------------------------------

    def write(self) -> Code:
        parts = self.analysis.parts
        classes = [block.lines for block in self.blocks.values()]
        if parts.preprocessing:
            classes.append(self._preprocessing())
        classes.append(self._model())
        if parts.terms:
            classes.append(self._objective())
        imports = self._imports()
        text, lines = file_text(classes, imports)
        fields = (*parts.inputs, *self._fields().values()) if parts.terms else ()
        return Code(
            text, lines, tuple(parts.inputs), tuple(parts.outputs), fields,
            tuple(term.name for term in parts.terms),
            {term.name: term.objective for term in parts.terms}, self.taps,
            (*parts.outputs.values(), *self._hidden()), self._modules(imports),
        )  # fmt: skip

    def _imports(self) -> set[str]:
        parts = self.analysis.parts
        nodes = (*parts.preprocessing, *parts.model, *parts.objective)
        kinds = {self.project.graph.nodes[node].kind for node in nodes}
        found = {line for name in kinds for line in self.project.kind(name).imports}
        return found.union(*(block.imports for block in self.blocks.values()))

    def _modules(self, imports: set[str]) -> tuple[UserModule, ...]:
        found = used_modules(self.project)
        lines = {name: self.project.kind(f"{PREFIX}{name}").imports for name in found}
        return tuple(module for name, module in found.items() if imports.issuperset(lines[name]))

    # -- classes -----------------------------------------------------------------------------

    def _model(self) -> list[Line]:
        parts = self.analysis.parts
        inside = set(parts.model)
        scope = {v: n for v, n in self.drawing.names.items() if v.node in inside}
        scope |= {value: name for name, value in parts.inputs.items()}
        results = [scope.get(value, NOT_WIRED) for value in parts.outputs.values()]
        hidden = self._hidden()
        read = {*parts.outputs.values(), *hidden}
        body = self.drawing.statements(parts.model, scope, read)
        arguments = [(name, self.drawing.hint(value)) for name, value in parts.inputs.items()]
        hints = [self.drawing.hint(value) for value in parts.outputs.values()]
        methods: list[list[Line]] = [self.drawing.constructor(parts.model)]
        others = [(scope.get(value, NOT_WIRED), self.drawing.hint(value)) for value in hidden]
        methods += body_and_forward(arguments, hints, body, results, others)
        return class_lines("Model", "What is trained and shipped.", methods)

    def _hidden(self) -> list[Value]:
        """Values inside the model that the objective or a tap reads and that are no outputs."""
        parts = self.analysis.parts
        inside = set(parts.model)
        known = {*parts.outputs.values(), *parts.inputs.values()}
        tapped = [v for _, v in self._tapped() if v.node in inside and v not in known]
        return list(dict.fromkeys((*parts.hidden, *tapped)))

    def _objective(self) -> list[Line]:
        parts = self.analysis.parts
        scope = {value: name for name, value in parts.inputs.items()}
        fields = self._fields()
        dataset = [n.id for n in self.project.graph.nodes.values() if n.kind == "data.Dataset"]
        scope |= {Value(node, f): name for node in dataset for f, name in fields.items()}
        arguments = [(name, self.drawing.hint(value)) for name, value in parts.inputs.items()]
        arguments += [(name, "Tensor") for name in fields.values()]

        hidden = self._hidden()
        received = [*parts.outputs.values(), *hidden]
        scope |= {value: self.drawing.names.get(value, NOT_WIRED) for value in received}
        inner = {v: n for v, n in self.drawing.names.items() if v.node in set(parts.objective)}
        read = {term.prediction for term in parts.terms} | {v for _, v in self._tapped()}
        needed = read | {v for n in parts.objective for v in self.drawing.into.get(n, {}).values()}
        pattern = [_target(scope[v]) if v in needed else "_" for v in received]
        if len(received) == 1:
            pattern = [_target(scope[received[0]])]
        method = "self.model.body" if hidden else "self.model"
        body = []
        if received:
            body = [assignment(", ".join(pattern), f"{method}({', '.join(parts.inputs)})")]
        scope |= inner
        for node in parts.objective:  # an Input that only a loss reads is what is wired to it
            source = self.drawing.into.get(node, {}).get("field")
            if self.project.graph.nodes[node].kind == "io.Input" and source is not None:
                scope[Value(node, "output")] = scope.get(source, NOT_WIRED)
        drawing = replace(self.drawing, elsewhere=parts.model)
        terms = {Value(term.node, "output") for term in parts.terms}
        body += drawing.statements(parts.objective, scope, read | terms)
        entries = [(term.name, self._term(term.node, scope, term.weight)) for term in parts.terms]
        entries += [(tap.key, scope.get(value, NOT_WIRED)) for tap, value in self._tapped()]
        returned = "{" + ", ".join(f'"{key}": {text}' for key, text in entries) + "}"
        methods = [
            drawing.constructor(parts.objective, [("model", "Model")], ["self.model = model"]),
            function_lines("forward", arguments, ["dict[str, Tensor]"], body, [returned]),
        ]
        return class_lines("Objective", "What training minimizes: every term by name.", methods)

    def _term(self, node: NodeId, scope: Mapping[Value, str], weight: float) -> str:
        kind = self.project.kind(self.project.graph.nodes[node].kind)
        name = self.project.graph.nodes[node].name
        if kind.role == "term":
            source = self.drawing.into.get(node, {}).get("input")
            name = scope.get(source, NOT_WIRED) if source else NOT_WIRED
        return name if weight == 1.0 else f"{weight!r} * {name}"

    def _preprocessing(self) -> list[Line]:
        parts, graph = self.analysis.parts, self.project.graph
        inside = set(parts.preprocessing)
        wired = {
            name: self.drawing.into.get(v.node, {}).get("field") for name, v in parts.inputs.items()
        }
        read = [v for n in parts.preprocessing for v in self.drawing.into.get(n, {}).values()]
        read += [value for value in wired.values() if value is not None]
        raw = [v for v in dict.fromkeys(read) if graph.nodes[v.node].kind == "data.Dataset"]
        scope = {value: argument_name(self.project, value.port) for value in raw}
        arguments = [(scope[value], self.drawing.hint(value)) for value in raw]
        scope |= {v: n for v, n in self.drawing.names.items() if v.node in inside}
        outputs = {value for value in wired.values() if value is not None}
        body = self.drawing.statements(parts.preprocessing, scope, outputs)
        entries = [f'"{n}": {scope.get(v, NOT_WIRED)}' for n, v in wired.items() if v is not None]
        returned = "{" + ", ".join(entries) + "}"
        methods = [
            self.drawing.constructor(parts.preprocessing),
            function_lines("forward", arguments, ["dict[str, Tensor]"], body, [returned]),
        ]
        return class_lines("Preprocessing", "From the data's fields to the inputs.", methods)


def _target(name: str) -> str:
    """What stands at the left of an assignment; a value that is not known yet has no name."""
    return "_" if name == NOT_WIRED else name
