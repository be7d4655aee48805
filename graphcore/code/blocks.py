"""Blocks as classes of their own: one class a definition, whatever the sizes of its instances.

A param that a formula computes from the block's own params prints as that formula. An inferred
size that is not the same in all instances becomes an argument of the constructor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graphcore.analysis.result import Analysis, NodeFacts, Value
from graphcore.code.code import Tap
from graphcore.code.drawing import Drawing, body_and_forward
from graphcore.code.lines import Line, class_lines
from graphcore.kinds.formula import Formula, names_of, written
from graphcore.kinds.kind import Written
from graphcore.kinds.spell import NOT_WIRED
from graphcore.project.definitions import MAIN, Definition
from graphcore.project.graph import REPEAT_INDEX, Node, NodeId
from graphcore.project.project import Project


@dataclass(frozen=True, slots=True)
class BlockClass:
    """The class of a definition.

    `sizes` are arguments for inferred sizes, by name and then by instance path; `params` are the
    definition's params with their defaults, `values` what they are at each instance.
    """

    name: str
    lines: list[Line]
    imports: frozenset[str]
    sizes: Mapping[str, Mapping[str, object]]
    params: Mapping[str, object]
    values: Mapping[str, Mapping[str, object]]
    taps: tuple[str, ...] = ()

    def construction(self, path: str, written: Mapping[str, Written]) -> str:
        """The expression for the instance at this path; `written` args read as expressions."""
        found = [_text(written.get(name, at.get(path))) for name, at in self.sizes.items()]
        for name, default in self.params.items():
            value = written.get(name, self.values.get(path, {}).get(name, default))
            if value != default or type(value) is not type(default):
                found.append(f"{name}={_text(value)}")
        return f"{self.name}({', '.join(found)})"


def _text(value: object) -> str:
    return value.text if isinstance(value, Written) else repr(value)


def block_classes(
    project: Project, analysis: Analysis, *, taps: Sequence[Tap] = ()
) -> dict[str, BlockClass]:
    """The classes of all blocks that the main drawing uses, inner ones first.

    A class hands out every value that is tapped in one of its instances.
    """
    instances: dict[str, list[str]] = {}
    for name, path in _uses(project, MAIN, ""):
        if path in analysis.nodes:
            instances.setdefault(name, []).append(path)
    done: dict[str, BlockClass] = {}
    for name in _inner_first(project, list(instances)):
        inside = _tapped_in(instances[name], taps)
        writer = _Writer(project, analysis, name, instances[name], done, inside, bool(taps))
        done[name] = writer.write()
    return done


def _tapped_in(paths: Sequence[str], taps: Sequence[Tap]) -> list[str]:
    """The taps inside any of these instances, by path in the block and port."""
    found = (
        f"{tap.path.removeprefix(f'{path}.')}.{tap.port}"
        for tap in taps
        for path in paths
        if tap.path.startswith(f"{path}.")
    )
    return list(dict.fromkeys(found))


def _uses(project: Project, definition: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Every instance of a block, as definition and path."""
    for node in project.definitions[definition].graph.ordered():
        name = node.kind.removeprefix("block.")
        if node.kind.startswith("block.") and name in project.definitions and not node.is_bypassed:
            for path in turn_paths(node, f"{prefix}{node.name}"):
                yield name, path
                yield from _uses(project, name, f"{path}.")


def turn_paths(node: Node, path: str) -> list[str]:
    """The paths of a block's instances: its own, or one a turn where it is repeated."""
    return [f"{path}.{turn}" for turn in range(node.repeat)] if node.repeat else [path]


def _inner_first(project: Project, names: list[str]) -> list[str]:
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        for inner, _ in _uses(project, name, ""):
            if inner not in found:
                visit(inner)
        found.setdefault(name)

    for name in names:
        visit(name)
    return [name for name in found if name in names]


@dataclass(slots=True)
class _Writer:
    """Writes the class of one definition."""

    project: Project
    analysis: Analysis
    name: str
    paths: list[str]
    inner: Mapping[str, BlockClass]
    inside: list[str]
    keeps_values: bool
    sizes: dict[str, dict[str, object]] = field(default_factory=dict)
    formulas: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def definition(self) -> Definition:
        return self.project.definitions[self.name]

    def write(self) -> BlockClass:
        """The class and what its constructor takes."""
        graph = self.definition.graph
        ends = [node for node in graph.ordered() if node.kind == "io.Output"]
        kept = graph.ancestors(node.id for node in ends)
        nodes = [node for node in graph.ordered() if node.id in kept]
        self.formulas = {
            text: at for node in nodes for text, at in self._computed(node)
        }  # fmt: skip
        texts = {key: text for node in nodes for key, text in self._written(node)}
        drawing = Drawing(
            self.project, graph, self._common_facts(nodes), self.inner, texts,
            f"{self.paths[0]}.", self.keeps_values, tuple(self.definition.params),
            self.project.names_in_scope(self.name),
        )  # fmt: skip
        params = {name: param.default for name, param in self.definition.params.items()}
        values = {path: self._values(path) for path in self.paths}
        taps = tuple(tap for tap in self.inside if drawing.tapped(tap).node in kept)
        drawing.keep_params([node.id for node in nodes])
        lines = self._class(drawing, [node.id for node in nodes], params, taps)
        imports = {line for node in nodes for line in self.project.kind(node.kind).imports}
        return BlockClass(self.name, lines, frozenset(imports), self.sizes, params, values, taps)

    def _values(self, path: str) -> Mapping[str, object]:
        return self.analysis.nodes[path].params

    def _class(
        self,
        drawing: Drawing,
        nodes: list[NodeId],
        params: Mapping[str, object],
        taps: Sequence[str],
    ) -> list[Line]:
        graph = drawing.graph
        every = sorted(graph.nodes.values(), key=lambda node: node.order)
        inputs = [node for node in every if node.kind == "io.Input"]
        given = self.project.given_out(f"block.{self.name}")
        outputs = [n for n in every if n.kind == "io.Output" and n.name in given]
        arguments = [(n, _hint(next(iter(at.values())))) for n, at in self.sizes.items()]
        arguments += [(n, f"{_hint(value)} = {value!r}") for n, value in params.items()]
        scope = dict(drawing.names)
        wired = [drawing.into[node.id]["input"] for node in outputs]
        results = [scope.get(value, NOT_WIRED) for value in wired]
        hidden = [drawing.tapped(tap) for tap in taps]
        read = {*wired, *hidden}
        body = drawing.statements(nodes, scope, read)
        takes = [(node.name, drawing.hint(Value(node.id, "output"))) for node in inputs]
        hints = [drawing.hint(value) for value in wired]
        others = [(scope.get(value, NOT_WIRED), drawing.hint(value)) for value in hidden]
        methods = body_and_forward(takes, hints, body, results, others)
        ways = f"From {_list(inputs)} to {_list(outputs)}."
        said = f"{_sentence(self.definition.help)} {ways}".strip()
        return class_lines(self.name, said, [drawing.constructor(nodes, arguments), *methods])

    def _common_facts(self, nodes: list[Node]) -> dict[NodeId, NodeFacts]:
        """Facts of the first instance; a type that differs between instances is left out."""
        found = {}
        for node in nodes:
            every = [f for path in self.paths if (f := self._facts(path, node)) is not None]
            if every:
                same = {
                    port: kind
                    for port, kind in every[0].outputs.items()
                    if all(other.outputs.get(port) == kind for other in every)
                }
                found[node.id] = replace(every[0], outputs=same)
        return found

    def _facts(self, path: str, node: Node) -> NodeFacts | None:
        return self.analysis.nodes.get(f"{path}.{node.name}")

    # -- params that are not the same everywhere -------------------------------------------------

    def _computed(self, node: Node) -> Iterator[tuple[str, dict[str, object]]]:
        """What formulas of the block's own params come to, by their text and then by instance."""
        own = set(self.definition.params)
        for name, value in node.params.items():
            if isinstance(value, Formula) and names_of(value) and names_of(value) <= own:
                at = {path: self._param(path, node, name) for path in self.paths}
                if None not in at.values():  # else it has no value, which analysis tells
                    yield self._formula(value, at).text, at

    def _written(self, node: Node) -> Iterator[tuple[tuple[NodeId, str], Written]]:
        """The params of a node that read as an expression."""
        for param in self.project.params_at(node):
            value = node.params.get(param.name)
            at = {path: self._param(path, node, param.name) for path in self.paths}
            if isinstance(value, Formula) and node.repeat and REPEAT_INDEX in names_of(value):
                continue  # the drawing writes it turn by turn
            if isinstance(value, Formula) and names_of(value) & set(self.definition.params):
                if None not in at.values():
                    yield (node.id, param.name), self._formula(value, at)
            elif len(set(at.values())) > 1:
                yield (node.id, param.name), self._size(node, param.name, at)
        block = self.inner.get(node.kind.removeprefix("block."))
        for name, by_path in block.sizes.items() if block else ():
            yield from self._sizes_of_block(node, name, by_path)

    def _sizes_of_block(
        self, node: Node, name: str, by_path: Mapping[str, object]
    ) -> Iterator[tuple[tuple[NodeId, str], Written]]:
        """A size that the inner block takes and that differs between the instances of this one."""
        turns = [""] if not node.repeat else [f".{turn}" for turn in range(node.repeat)]
        at_turns = [
            {path: by_path.get(f"{path}.{node.name}{turn}") for path in self.paths}
            for turn in turns
        ]
        if all(at == at_turns[0] for at in at_turns):
            if len(set(at_turns[0].values())) > 1:
                yield (node.id, name), self._size(node, name, at_turns[0])
            return
        for turn, at in zip(turns, at_turns, strict=True):
            if len(set(at.values())) > 1:
                yield (node.id, f"{name}{turn}"), self._size(node, name, at)

    def _param(self, path: str, node: Node, param: str) -> object:
        facts = self._facts(path, node)
        return facts.params.get(param) if facts else None

    def _formula(self, formula: Formula, at: Mapping[str, object]) -> Written:
        scope = self.project.names_in_scope(self.name)
        text = written(formula, set(self.definition.params), scope)
        value = next(iter(at.values()))
        is_cut = isinstance(value, int) and not isinstance(value, bool) and " / " in text
        return Written(f"int({text})" if is_cut else text, value)

    def _size(self, node: Node, param: str, at: dict[str, object]) -> Written:
        """The argument that carries these values, or a formula that comes to them already."""
        first = next(iter(at.values()))
        for name in self.definition.params:
            if all(self._values(path).get(name) == value for path, value in at.items()):
                return Written(name, first)
        for name, known in (*self.sizes.items(), *self.formulas.items()):
            if known == at:
                return Written(name, first)
        taken = {*self.sizes, *self.definition.params}
        name = param if param not in taken else f"{node.name}_{param}"
        self.sizes[name] = at
        return Written(name, first)


def _hint(value: object) -> str:
    match value:
        case bool():
            return "bool"
        case tuple():
            return "tuple[int, ...]"
        case float():
            return "float"
    return "int"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _list(nodes: list[Node]) -> str:
    return ", ".join(node.name for node in nodes) or "nothing"
