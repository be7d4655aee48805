"""One pass over a drawing, sources first: params resolved, types found, blocks unfolded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from graphcore.analysis.result import NodeFacts, Parts, Problem, Value
from graphcore.analysis.rules import node_problem, project_problems, say
from graphcore.analysis.shapes import MEMO_SIZE, Outcome, Question, batch_of, outcome
from graphcore.analysis.sharing import owner_of, shared_numbers
from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import REQUIRED, Kind, Param
from graphcore.kinds.params import Ints
from graphcore.kinds.spell import call, construction, unpacking
from graphcore.project.definitions import MAIN
from graphcore.project.graph import REPEAT_INDEX, Graph, Node, NodeId
from graphcore.project.project import Project
from graphcore.types import Tensor, Type, parse_type


@dataclass(frozen=True, slots=True)
class _Unfolded:
    """What a block comes to at certain params and input types; paths are inside the block."""

    nodes: tuple[NodeFacts, ...]
    problems: tuple[Problem, ...]
    outputs: Mapping[str, Type]

    def total(self, cost: str) -> int:
        """The sum of one cost over the block's own nodes (inner blocks count theirs in)."""
        return sum(int(getattr(n, cost)) for n in self.nodes if "." not in n.path)


_Memo = dict[tuple[object, ...], _Unfolded]


@dataclass(slots=True)
class Walk:
    """One pass over a drawing, sources first.

    For a block, `values` are its params, `given` the types at its Inputs by name.
    """

    project: Project
    definition: str = MAIN
    values: Mapping[str, object] = field(default_factory=dict)
    given: Mapping[str, Type] = field(default_factory=dict)
    memo: _Memo = field(default_factory=dict)
    inner: dict[str, NodeFacts] = field(default_factory=dict)
    facts: dict[NodeId, NodeFacts] = field(default_factory=dict)
    types: dict[Value, Type] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    scope: Mapping[str, object] = field(init=False)
    into: Mapping[NodeId, list[tuple[str, Value]]] = field(init=False)

    def __post_init__(self) -> None:
        self.scope = {**self.project.names_in_scope(self.definition), **self.values}
        self.into = {
            target: [(wire.input, Value(wire.source, wire.output)) for wire in wires]
            for target, wires in self.graph.wires_by_target().items()
        }

    @property
    def graph(self) -> Graph:
        """The drawing that is walked."""
        return self.project.definitions[self.definition].graph

    def run(self) -> None:
        """Visit every node that is on no circle."""
        for node in self.graph.ordered():
            self.visit(node)

    def visit(self, node: Node) -> None:
        """Add the facts of a node, or the problem that stands in the way."""
        kind = self.project.kind(node.kind)
        inputs = {
            slot: self.types[value]
            for slot, value in self.into.get(node.id, ())
            if value in self.types
        }
        chosen = owner_of(self.graph, node) or node
        params, inferred, problem = self._resolve(chosen, inputs, {REPEAT_INDEX: 0})
        facts = NodeFacts(node.name, node.id, params, frozenset(inferred), inputs)
        self.facts[node.id] = facts
        problem = problem or node_problem(
            self.project, node, kind, facts, self._wired(node), self.definition, self.facts
        )
        if problem is not None:
            self.problems.append(problem)
        elif node.is_bypassed and inputs:
            outputs = self.project.ports(node)[1][:1]
            first = next(iter(inputs.values()))
            self._keep(replace(facts, outputs={port.name: first for port in outputs}))
        elif self._is_complete(node, kind, inputs):
            self._add_outputs(node, kind, facts)

    def _wired(self, node: Node) -> frozenset[str]:
        return frozenset(slot for slot, _ in self.into.get(node.id, ()))

    def _is_complete(self, node: Node, kind: Kind, inputs: Mapping[str, Type]) -> bool:
        """Whether everything that is wired has a type (else the problem is upstream)."""
        return all(slot in inputs for slot in self._wired(node)) and kind.role != "unknown"

    def _resolve(
        self, node: Node, inputs: Mapping[str, Type], turn: Mapping[str, object]
    ) -> tuple[dict[str, object], list[str], Problem | None]:
        kind = self.project.kind(node.kind)
        scope = {**self.scope, **turn} if node.repeat else self.scope
        values: dict[str, object] = {}
        inferred: list[str] = []
        problem: Problem | None = None
        for param in self.project.params_at(node):
            value = node.params.get(param.name, param.default)
            try:
                if isinstance(value, Formula):
                    value = param.check(evaluate(value, scope))
                elif param.infer is not None and param.name not in node.params:
                    value = _inferred(param, inputs, values)
                    if isinstance(param.type, Ints) and isinstance(value, int):
                        value = (value,)
                    if value is not param.default or value is REQUIRED:
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
                found = self.given.get(node.name) or facts.inputs.get("field", declared)
                self._keep(replace(facts, outputs={"output": found}))
            case "block":
                self._unfold(node, kind, facts)
            case "output":
                pass
            case _:
                self._ask(node, kind, facts)

    def _ask(self, node: Node, kind: Kind, facts: NodeFacts) -> None:
        outputs, found = _answer(kind, facts)
        if found.error:
            self.problems.append(_refusal(node, kind, facts, found.error))
            return
        self._keep(
            replace(
                facts,
                outputs=dict(zip(outputs, found.outputs, strict=False)),
                parameters=found.parameters - shared_numbers(self.graph, node, found),
                flops=found.flops,
                memory=found.memory,
                weights=found.weights,
            )
        )

    def _unfold(self, node: Node, kind: Kind, facts: NodeFacts) -> None:
        """A block is what its drawing comes to at these params and input types.

        A repeated block runs its turns one after the other: what comes out of the first port
        goes into the first port of the next turn, everything else stays as it is.
        """
        if not node.repeat:
            once = _summed(facts, [self._turn(kind, facts, facts.path)])
            self._keep(self._without_shared(node, once))
            return
        turns, inputs = [], dict(facts.inputs)
        for turn in range(node.repeat):
            params, _, problem = self._resolve(node, inputs, {REPEAT_INDEX: turn})
            if problem is not None:
                self.problems.append(problem)
                return
            path = f"{facts.path}.{turn}"
            here = replace(facts, path=path, params=params, inputs=dict(inputs))
            found = self._turn(kind, here, path)
            turns.append(found)
            self.inner[path] = _summed(here, [found])
            first, result = next(iter(inputs), None), next(iter(found.outputs.values()), None)
            if first is None or result is None:
                break
            inputs[first] = result
        self._keep(self._without_shared(node, _summed(facts, turns)))

    def _without_shared(self, node: Node, facts: NodeFacts) -> NodeFacts:
        """A block that is used again has no parameters of its own, nor have its nodes."""
        if owner_of(self.graph, node) is None:
            return facts
        for path in [path for path in self.inner if path.startswith(f"{facts.path}.")]:
            self.inner[path] = replace(self.inner[path], parameters=0)
        return replace(facts, parameters=0)

    def _turn(self, kind: Kind, facts: NodeFacts, path: str) -> _Unfolded:
        name = kind.name.removeprefix("block.")
        key = (name, *facts.params.items(), *facts.inputs.items())
        found = self.memo.get(key)
        if found is None:
            found = self.memo[key] = self._walked(name, facts)
        nodes = [replace(n, path=f"{path}.{n.path}") for n in found.nodes]
        self.inner |= {n.path: n for n in nodes}
        self.problems += [replace(p, path=f"{path}.{p.path}") for p in found.problems]
        return found

    def _walked(self, name: str, facts: NodeFacts) -> _Unfolded:
        walk = Walk(self.project, name, facts.params, facts.inputs, self.memo)
        walk.run()
        outputs = {
            node.name: walk.facts[node.id].inputs["input"]
            for node in walk.graph.nodes.values()
            if node.kind == "io.Output" and walk.facts[node.id].inputs
        }
        nodes = (*walk.facts.values(), *walk.inner.values())
        wise = project_problems(self.project, Parts(), walk.facts, name)
        return _Unfolded(nodes, (*walk.problems, *wise), outputs)

    def _keep(self, facts: NodeFacts) -> None:
        self.facts[facts.node] = facts
        for port, kind in facts.outputs.items():
            self.types[Value(facts.node, port)] = kind


_answers: dict[tuple[object, ...], tuple[tuple[str, ...], Outcome]] = {}


def _answer(kind: Kind, facts: NodeFacts) -> tuple[tuple[str, ...], Outcome]:
    """The output ports and the outcome of a node, remembered without spelling it again."""
    params = tuple((name, value, type(value)) for name, value in facts.params.items())
    key = (kind.name, params, *facts.inputs.items())
    if kind.role == "constant" or key not in _answers:  # 2 and 2.0 in a list are other constants
        if len(_answers) >= MEMO_SIZE:
            _answers.clear()
        _answers[key] = _asked(kind, facts)
    return _answers[key]


def _asked(kind: Kind, facts: NodeFacts) -> tuple[tuple[str, ...], Outcome]:
    names = {slot: f"a{place}" for place, slot in enumerate(facts.inputs)}
    ports = tuple(port.name for port in kind.ports(facts.params)[1])
    targets = {name: f"o{place}" for place, name in enumerate(ports)}
    question = Question(
        construct=construction(kind, facts.params) if kind.is_layer else "",
        call=call(kind, facts.params, names),
        unpack=unpacking(kind, targets, facts.params) if ports else "o0",
        inputs=tuple(facts.inputs.values()),
        outputs=len(ports) or 1,
        real=not kind.on_meta,
    )
    return ports, outcome(question)


def _summed(facts: NodeFacts, turns: list[_Unfolded]) -> NodeFacts:
    """A block's facts: the last turn's outputs, the costs of all turns."""
    return replace(
        facts,
        outputs=turns[-1].outputs,
        parameters=sum(turn.total("parameters") for turn in turns),
        flops=sum(turn.total("flops") for turn in turns),
        memory=sum(turn.total("memory") for turn in turns),
    )


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


def _refusal(node: Node, kind: Kind, facts: NodeFacts, words: str) -> Problem:
    given = ", ".join(str(item) for item in facts.inputs.values())
    text = (
        f"{say(kind, node)} can't work with {given}. Change its settings or what is wired to it."
        if given
        else f"{say(kind, node)} can't be made with these settings: {words}"
    )
    return Problem("shape", "error", "build", node.name, "", text, details=words)
