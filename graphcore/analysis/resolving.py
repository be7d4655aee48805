"""The values of a node's params: literals as they are, formulas worked out, the rest inferred."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphcore.analysis.result import Problem
from graphcore.analysis.rules import say
from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import REQUIRED, Kind, Param
from graphcore.kinds.params import Ints
from graphcore.project.graph import Node
from graphcore.types import Tensor, Type


@dataclass(slots=True)
class Resolved:
    """Params that have a value, which of them were inferred, and the last problem, if any."""

    values: dict[str, object] = field(default_factory=dict)
    inferred: list[str] = field(default_factory=list)
    problem: Problem | None = None


def resolve(
    kind: Kind, node: Node, params: Iterable[Param], inputs: Mapping[str, Type],
    scope: Mapping[str, object],
) -> Resolved:  # fmt: skip
    """The params of a node with these types at its inputs; formulas know the names in `scope`."""
    found = Resolved()
    for param in params:
        try:
            value = _value(param, node, inputs, scope, found)
        except UserError as error:
            found.problem = _problem(node, f"{say(kind, node)}, {param.name}: {error}")
            continue
        if value is not REQUIRED:
            found.values[param.name] = value
        elif param.infer is None or inputs:
            text = f"{say(kind, node)} needs a value for {param.name}. Set it at the right."
            found.problem = _problem(node, text)
    return found


def _value(
    param: Param, node: Node, inputs: Mapping[str, Type], scope: Mapping[str, object],
    found: Resolved,
) -> object:  # fmt: skip
    value = node.params.get(param.name, param.default)
    if isinstance(value, Formula):
        return param.check(evaluate(value, scope))
    if param.infer is None or param.name in node.params:
        return value
    value = _inferred(param, inputs, found.values)
    if isinstance(param.type, Ints) and isinstance(value, int):
        value = (value,)
    if value is not param.default or value is REQUIRED:
        found.inferred.append(param.name)
    return value


def _inferred(
    param: Param, inputs: Mapping[str, Type], values: Mapping[str, object]
) -> object:  # fmt: skip
    rule = param.infer
    found = inputs.get(rule.port) if rule else None
    if rule is None or not isinstance(found, Tensor):
        return param.default
    if not -len(found.dims) <= rule.axis < len(found.dims):
        return param.default
    size = found.dims[rule.axis]
    is_known = isinstance(size, int) and not (rule.unless and values.get(rule.unless) == size)
    return size if is_known else param.default


def _problem(node: Node, text: str) -> Problem:
    return Problem("param", "error", "build", node.name, "", text)
