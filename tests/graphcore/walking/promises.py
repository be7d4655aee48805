"""What must hold of any project, however it was drawn."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import torch

from graphcore.analysis.analyse import analyse
from graphcore.analysis.result import Analysis, NodeFacts, Value
from graphcore.code.build import build
from graphcore.code.code import Code
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.project.file import parse, to_text
from graphcore.project.graph import Graph
from graphcore.project.project import Project
from graphcore.types import ListOf, Record, Tensor, Type, value_at

MOST_BYTES = 4_000_000
"""What is larger is not run: a walk takes many steps."""

# What only the numbers decide, which no analysis can know.
_OF_NUMBERS = ("index out of range", "out of bounds", "is not invertible", "singular")


def plain(error: UserError) -> None:
    """A refusal is a short sentence with something to do."""
    assert error.message, "says nothing"
    assert len(str(error)) < 500, str(error)[:600]
    assert error.hint, f"no hint: {error.message}"
    str(error).encode()


def analysed(project: Project) -> tuple[Analysis, Code]:
    """Analysis and text: neither raises, and the text always parses.

    The same project gives the same text, whatever order its dicts are in.
    """
    analysis = analyse(project)
    code = write_code(project, analysis)
    ast.parse(code.text)
    assert write_code(project, analysis) == code
    turned = _turned(project)
    assert turned == project
    assert write_code(turned, analyse(turned)).text == code.text, "the text depends on dict order"
    return analysis, code


def _turned(project: Project) -> Project:
    """An equal project whose nodes and wires were put in the other way around."""
    copy = project.copy()
    for definition in copy.definitions.values():
        graph = definition.graph
        definition.graph = Graph(reversed(graph.nodes.values()), reversed(graph.wires.values()))
    return copy


def comes_back(project: Project, code: Code) -> None:
    """Saved and loaded, it is the same project with the same text."""
    text = to_text(project)
    again = parse(text)
    assert to_text(again) == text
    assert _numbered(again) == _numbered(project)
    assert write_code(again, analyse(again)).text == code.text


def _numbered(project: Project) -> Project:
    """The project as a file keeps it: orders counted from 0."""
    copy = project.copy()
    for definition in copy.definitions.values():
        nodes = sorted(definition.graph.nodes.values(), key=lambda n: (n.order, n.id))
        graph = Graph(nodes, definition.graph.wires.values())
        for place, node in enumerate(nodes):
            graph.nodes[node.id] = type(node)(
                node.id, node.kind, node.name, node.params, node.settings, node.title, node.note,
                place,
            )  # fmt: skip
        definition.graph = graph
    return copy


def runs(project: Project, analysis: Analysis, code: Code) -> bool:
    """What nothing blocks builds and runs on tensors with the shapes that analysis told.

    Whether it was run: what is large is not.
    """
    if analysis.blocking("build") or _is_large(analysis):
        return False
    torch.manual_seed(0)
    built = build(code)
    assert sum(p.numel() for p in built.model.parameters()) == analysis.parameters
    model = built.model.eval()
    for batch in (2, 3):
        sizes = {"B": batch, "T": 5}
        given = [
            _example(_type(analysis, value), sizes) for value in analysis.parts.inputs.values()
        ]
        with torch.no_grad():
            try:
                results = model(*given)
            except (IndexError, RuntimeError) as error:
                if any(words in str(error) for words in _OF_NUMBERS):
                    return False
                raise
        _compare(results, list(analysis.parts.outputs.values()), analysis, sizes)
    return True


def _is_large(analysis: Analysis) -> bool:
    sizes = [4 * analysis.parameters, analysis.flops // 10]
    sizes += [facts.memory for facts in analysis.nodes.values()]
    return max(sizes) > MOST_BYTES


def _type(analysis: Analysis, value: Value) -> Type:
    return analysis.by_node[value.node].outputs[value.port]


def _compare(
    results: object, values: list[Value], analysis: Analysis, sizes: Mapping[str, int]
) -> None:
    if len(values) < 2:
        results = (results,) if values else ()
    assert isinstance(results, tuple)
    for value, result in zip(values, results, strict=True):
        facts: NodeFacts = analysis.by_node[value.node]
        assert _form(result) == _expected(facts.outputs[value.port], sizes), (facts.path, value)


def _form(result: object) -> object:
    if isinstance(result, torch.Tensor):
        return tuple(result.shape), str(result.dtype).removeprefix("torch.")
    if isinstance(result, dict):
        return {name: _form(item) for name, item in result.items()}
    return [_form(item) for item in result][:1]  # type: ignore[attr-defined]


def _expected(kind: Type, sizes: Mapping[str, int]) -> object:
    match kind:
        case Tensor(dims=dims, dtype=dtype):
            return tuple(value_at(dim, sizes) for dim in dims), dtype
        case Record(fields=fields):
            return {name: _expected(item, sizes) for name, item in fields}
        case ListOf(item=item):
            return [_expected(item, sizes)]


def _example(kind: Type, sizes: Mapping[str, int]) -> object:
    match kind:
        case Tensor(dims=dims, dtype=dtype):
            shape = [value_at(dim, sizes) for dim in dims]
            if kind.is_float:
                return torch.rand(shape).to(getattr(torch, dtype))
            return torch.zeros(shape, dtype=getattr(torch, dtype))
        case Record(fields=fields):
            return {name: _example(item, sizes) for name, item in fields}
        case ListOf(item=item):
            return [_example(item, sizes)]
