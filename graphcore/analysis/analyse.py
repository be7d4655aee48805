"""Analysis: everything that can be said of a project without running it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from graphcore.analysis.parts import divide
from graphcore.analysis.result import Analysis, NodeFacts, Parts, Problem, Value
from graphcore.analysis.rules import node_problem, project_problems, say
from graphcore.analysis.shapes import Question, batch_of, bytes_of, outcome
from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import REQUIRED, Infer, Kind
from graphcore.kinds.params import Ints
from graphcore.kinds.spell import call, construction, unpacking
from graphcore.project.graph import Node, NodeId
from graphcore.project.project import Project
from graphcore.types import Tensor, Type, parse_type


def analyse(project: Project) -> Analysis:
    """Types, params, costs and problems of every node of the main drawing.

    Runs on a snapshot in any one thread; raises nothing for what a person can draw.
    """
    walk = _Walk(project)
    for node in project.graph.ordered():
        walk.visit(node)
    parts = divide(project)
    problems = (*walk.problems, *project_problems(project, parts, walk.facts))
    analysis = Analysis({facts.path: facts for facts in walk.facts.values()}, problems, parts)
    return replace(
        analysis,
        parameters=sum(_of(analysis, node).parameters for node in parts.model),
        flops=sum(_of(analysis, node).flops for node in parts.model),
        memory_bytes=_peak(project, parts, analysis),
    )


def _of(analysis: Analysis, node: NodeId) -> NodeFacts:
    return analysis.by_node.get(node) or NodeFacts("", node)


@dataclass(slots=True)
class _Walk:
    """One pass over the drawing, sources first."""

    project: Project
    facts: dict[NodeId, NodeFacts] = field(default_factory=dict)
    types: dict[Value, Type] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    scope: Mapping[str, object] = field(init=False)
    into: Mapping[NodeId, list[tuple[str, Value]]] = field(init=False)

    def __post_init__(self) -> None:
        self.scope = self.project.names_in_scope()
        self.into = {
            target: [(wire.input, Value(wire.source, wire.output)) for wire in wires]
            for target, wires in self.project.graph.wires_by_target().items()
        }

    def visit(self, node: Node) -> None:
        """Add the facts of a node, or the problem that stands in the way."""
        kind = self.project.kind(node.kind)
        inputs = {
            slot: self.types[value]
            for slot, value in self.into.get(node.id, ())
            if value in self.types
        }
        params, inferred, problem = self._resolve(node, kind, inputs)
        facts = NodeFacts(node.name, node.id, params, frozenset(inferred), inputs)
        self.facts[node.id] = facts
        problem = problem or node_problem(self.project, node, kind, facts, self._wired(node))
        if problem is not None:
            self.problems.append(problem)
        elif self._is_complete(node, kind, inputs):
            self._add_outputs(node, kind, facts)

    def _wired(self, node: Node) -> frozenset[str]:
        return frozenset(slot for slot, _ in self.into.get(node.id, ()))

    def _is_complete(self, node: Node, kind: Kind, inputs: Mapping[str, Type]) -> bool:
        """Whether everything that is wired has a type (else the problem is upstream)."""
        return all(slot in inputs for slot in self._wired(node)) and kind.role != "unknown"

    def _resolve(
        self, node: Node, kind: Kind, inputs: Mapping[str, Type]
    ) -> tuple[dict[str, object], list[str], Problem | None]:
        values: dict[str, object] = {}
        inferred: list[str] = []
        problem: Problem | None = None
        for param in kind.params:
            value = node.params.get(param.name, param.default)
            try:
                if isinstance(value, Formula):
                    value = param.check(evaluate(value, self.scope))
                elif value is REQUIRED and param.infer is not None:
                    value = _inferred(param.infer, inputs)
                    if isinstance(param.type, Ints) and isinstance(value, int):
                        value = (value,)
                    inferred.append(param.name)
            except UserError as error:
                text = f"{say(kind, node)}, {param.name}: {error}"
                problem = Problem("param", "error", "build", node.name, "", text)
                continue
            if value is REQUIRED and (param.infer is None or inputs):
                text = f"{say(kind, node)} needs a value for {param.name}. Set it at the right."
                problem = Problem("param", "error", "build", node.name, "", text)
            elif value is not REQUIRED:
                values[param.name] = value
        return values, inferred, problem

    def _add_outputs(self, node: Node, kind: Kind, facts: NodeFacts) -> None:
        match kind.role:
            case "dataset":
                outputs = {f.name: batch_of(f.type) for f in self.project.data.fields}
                self._keep(replace(facts, outputs=outputs))
            case "input":
                declared = batch_of(parse_type(str(facts.params["type"])))
                self._keep(replace(facts, outputs={"output": facts.inputs.get("field", declared)}))
            case "output" | "block":
                pass
            case _:
                self._ask(node, kind, facts)

    def _ask(self, node: Node, kind: Kind, facts: NodeFacts) -> None:
        slots = list(facts.inputs)
        names = {slot: f"a{place}" for place, slot in enumerate(slots)}
        ports = kind.ports(facts.params)[1]
        outputs = [port.name for port in ports] or ["output"]
        targets = {name: f"o{place}" for place, name in enumerate(outputs)}
        question = Question(
            construct=construction(kind, facts.params) if kind.is_layer else "",
            call=call(kind, facts.params, names),
            unpack=unpacking(kind, targets, facts.params) if ports else "o0",
            inputs=tuple(facts.inputs.values()),
            outputs=len(outputs),
        )
        found = outcome(question)
        if found.error:
            self.problems.append(_refusal(node, kind, facts, found.error))
            return
        self._keep(
            replace(
                facts,
                outputs=dict(zip(outputs, found.outputs, strict=True)) if ports else {},
                parameters=found.parameters,
                flops=found.flops,
                memory=found.memory,
            )
        )

    def _keep(self, facts: NodeFacts) -> None:
        self.facts[facts.node] = facts
        for port, kind in facts.outputs.items():
            self.types[Value(facts.node, port)] = kind


def _inferred(rule: Infer, inputs: Mapping[str, Type]) -> object:
    found = inputs.get(rule.port)
    if not isinstance(found, Tensor) or not -len(found.dims) <= rule.axis < len(found.dims):
        return REQUIRED
    size = found.dims[rule.axis]
    return size if isinstance(size, int) else REQUIRED


def _refusal(node: Node, kind: Kind, facts: NodeFacts, words: str) -> Problem:
    given = ", ".join(str(item) for item in facts.inputs.values()) or "nothing"
    text = f"{say(kind, node)} can't work with {given}. Change its settings or what is wired to it."
    return Problem("shape", "error", "build", node.name, "", text, details=words)


# Copies of the parameters that an optimizer keeps beside the parameters and their gradients.
_STATES = {"SGD": 1, "Adam": 2, "AdamW": 2, "NAdam": 2, "RAdam": 2, "Adamax": 2, "RMSprop": 1,
           "Adagrad": 1, "Adadelta": 2}  # fmt: skip


def _peak(project: Project, parts: Parts, analysis: Analysis) -> int:
    """Estimated peak bytes of a training step: parameters, gradients, optimizer, activations.

    Every value of model and objective is kept for the backward pass, and the largest one's
    gradient lives beside it.
    """
    optimizer = project.plan.objectives[0].optimizer.name if project.plan.objectives else "AdamW"
    nodes = [_of(analysis, node) for node in (*parts.model, *parts.objective)]
    parameters = 4 * sum(facts.parameters for facts in nodes)
    sizes = {"B": project.plan.batch_size}
    values = [bytes_of(kind, sizes) for facts in nodes for kind in facts.outputs.values()]
    return parameters * (2 + _STATES.get(optimizer, 2)) + sum(values) + max(values, default=0)
