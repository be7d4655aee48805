"""One pass over a drawing, sources first: params resolved, types found, blocks unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graphcore.analysis import asking
from graphcore.analysis.outside import Here, Outside
from graphcore.analysis.resolving import Resolved, resolve
from graphcore.analysis.result import NodeFacts, Problem
from graphcore.analysis.rules import node_problem, refused_problem
from graphcore.analysis.shapes import Outcome, batch_of
from graphcore.analysis.sharing import owner_of, shared_numbers
from graphcore.analysis.unfolded import Instance, Memo, Unfolded, kept, summed
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.kind import Kind
from graphcore.project.definitions import MAIN
from graphcore.project.graph import REPEAT_INDEX, Graph, Node, NodeId, Wire
from graphcore.project.project import Project
from graphcore.types import Type, parse_type

# Kinds whose facts follow from the node and what is wired to it.
_STEADY = frozenset(name for name, kind in CATALOG.items() if kind.role != "dataset")


@dataclass(slots=True)
class Walk:
    """One pass over a drawing, sources first.

    For a block, `values` are its params, `given` the types at its Inputs by name. `before` is a
    walk over an older snapshot: what nothing has changed for is taken from it.
    """

    project: Project
    definition: str = MAIN
    values: Mapping[str, object] = field(default_factory=dict)
    given: Mapping[str, Type] = field(default_factory=dict)
    memo: Memo = field(default_factory=dict)
    outside: Outside = field(default_factory=Here)
    before: Walk | None = None
    inner: dict[str, NodeFacts] = field(default_factory=dict)
    instances: list[Instance] = field(default_factory=list)
    facts: dict[NodeId, NodeFacts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    graph: Graph = field(init=False)
    order: list[NodeId] = field(init=False)
    scope: Mapping[str, object] = field(init=False)
    into: Mapping[NodeId, list[Wire]] = field(init=False)
    _troubled: set[NodeId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.graph = self.project.definitions[self.definition].graph
        self.scope = {**self.project.names_in_scope(self.definition), **self.values}
        before = self.before
        if before is not None and before.scope != self.scope:
            before = self.before = None
        if before is not None:
            self.memo = kept(before.memo, before.project, self.project)
        if before is not None and before.graph.wires == self.graph.wires:
            self.into = before.into
        else:
            self.into = self.graph.wires_by_target()
        self.order = self._ordered()

    def _ordered(self) -> list[NodeId]:
        """Ids, sources first; the last walk's where nodes and wires are the same ones."""
        before, nodes = self.before, self.graph.nodes
        if before is None or before.into is not self.into:
            return [node.id for node in self.graph.ordered()]
        if before.graph.nodes.keys() == nodes.keys():
            return before.order
        return [node.id for node in self.graph.ordered()]

    def run(self) -> None:
        """Visit every node that is on no circle."""
        nodes = self.graph.nodes
        for node_id in self.order:
            if self.before is None or not self._stays(node_id, self.before):
                self._visit(nodes[node_id])

    def _stays(self, node_id: NodeId, before: Walk) -> bool:
        """Take a node's facts from the walk before where nothing has changed for it."""
        past, node = before.facts.get(node_id), self.graph.nodes[node_id]
        if past is None or before.graph.nodes.get(node_id) is not node:
            return False
        if node.kind not in _STEADY or node_id in before._troubled or _borrows(node):
            return False
        wires = self.into.get(node_id, ())
        if self.into is not before.into and wires != before.into.get(node_id, ()):
            return False
        for wire in wires:
            source = self.facts.get(wire.source)
            now = source.outputs.get(wire.output) if source else None
            if now is not past.inputs.get(wire.input):
                return False
        self.facts[node_id] = past
        return True

    def _visit(self, node: Node) -> None:
        """Add the facts of a node, or the problem that stands in the way."""
        wires = self.into.get(node.id, ())
        inputs: dict[str, Type] = {}
        for wire in wires:
            source = self.facts.get(wire.source)
            if source is not None and wire.output in source.outputs:
                inputs[wire.input] = source.outputs[wire.output]
        key = asking.sound_key(node, inputs) if len(inputs) == len(wires) else None
        known = asking.sound(key, node, inputs) if key is not None else None
        if known is not None:
            self.facts[node.id] = known
            return
        self._study(node, inputs, frozenset(wire.input for wire in wires))
        if key is not None and node.id not in self._troubled:
            asking.remember(key, self.facts[node.id])

    def _study(self, node: Node, inputs: Mapping[str, Type], wired: frozenset[str]) -> None:
        kind = self.project.kind(node.kind)
        chosen = owner_of(self.graph, node) or node
        found = self._resolve(chosen, inputs, {REPEAT_INDEX: 0})
        facts = NodeFacts(node.name, node.id, found.values, frozenset(found.inferred), inputs)
        self.facts[node.id] = facts
        problem = found.problem or node_problem(
            self.project, node, kind, facts, wired, self.definition, self.facts
        )
        if problem is not None:
            self._trouble(node, [problem])
        elif node.is_bypassed and inputs:
            outputs = self.project.ports(node)[1][:1]
            slot = self.project.first_slot(node, inputs)
            passed = {port.name: inputs[slot] for port in outputs} if slot else {}
            self._keep(replace(facts, outputs=passed))
        elif len(inputs) == len(wired) and kind.role != "unknown":  # else the problem is upstream
            self._add_outputs(node, kind, facts)

    def _resolve(
        self, node: Node, inputs: Mapping[str, Type], turn: Mapping[str, object]
    ) -> Resolved:
        kind = self.project.kind(node.kind)
        scope = {**self.scope, **turn} if node.repeat else self.scope
        return resolve(kind, node, self.project.params_at(node), inputs, scope)

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
        outputs, found = asking.answer(self.project, kind, facts, self.outside)
        if found.error:
            self._trouble(node, [self._refusal(node, kind, facts, found)])
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

    def _refusal(self, node: Node, kind: Kind, facts: NodeFacts, found: Outcome) -> Problem:
        if found.rule != "shape":
            return asking.refusal(node, kind, found)
        return refused_problem(
            self.project, node, kind, facts, found.error, self.definition, self.facts
        )

    def _unfold(self, node: Node, kind: Kind, facts: NodeFacts) -> None:
        """A block is what its drawing comes to at these params and input types.

        A repeated block runs its turns one after the other: what comes out of the first port
        goes into the first port of the next turn, everything else stays as it is.
        """
        if not node.repeat:
            once = summed(facts, [self._turn(node, kind, facts, facts.path)])
            self._keep(self._without_shared(node, once))
            return
        turns, inputs = [], dict(facts.inputs)
        for turn in range(node.repeat):
            resolved = self._resolve(
                owner_of(self.graph, node) or node, inputs, {REPEAT_INDEX: turn}
            )
            if resolved.problem is not None:
                self._trouble(node, [resolved.problem])
                return
            path = f"{facts.path}.{turn}"
            here = replace(facts, path=path, params=resolved.values, inputs=dict(inputs))
            found = self._turn(node, kind, here, path)
            turns.append(found)
            self.inner[path] = summed(here, [found])
            first = self.project.first_slot(node, inputs)
            result = found.outputs.get(kind.outputs[0].name) if kind.outputs else None
            if first is None or result is None:
                break
            inputs[first] = result
        self._keep(self._without_shared(node, summed(facts, turns)))

    def _without_shared(self, node: Node, facts: NodeFacts) -> NodeFacts:
        """A block that is used again has no parameters of its own, nor have its nodes."""
        if owner_of(self.graph, node) is None:
            return facts
        for path in [path for path in self.inner if path.startswith(f"{facts.path}.")]:
            self.inner[path] = replace(self.inner[path], parameters=0)
        return replace(facts, parameters=0)

    def _turn(self, node: Node, kind: Kind, facts: NodeFacts, path: str) -> Unfolded:
        name = kind.name.removeprefix("block.")
        key = (name, *facts.params.items(), *facts.inputs.items())
        found = self.memo.get(key)
        if found is None:
            found = self.memo[key] = self._walked(name, facts)
        self.instances.append((path, found))
        self.inner |= {f"{path}.{n.path}": replace(n, path=f"{path}.{n.path}") for n in found.nodes}
        self._trouble(node, [replace(p, path=f"{path}.{p.path}") for p in found.problems])
        return found

    def _walked(self, name: str, facts: NodeFacts) -> Unfolded:
        walk = Walk(self.project, name, facts.params, facts.inputs, self.memo, self.outside)
        walk.run()
        ends = [node for node in walk.graph.nodes.values() if node.kind == "io.Output"]
        outputs = {n.name: found for n in ends if (found := walk.facts[n.id].inputs.get("input"))}
        kept = frozenset(walk.graph.ancestors(node.id for node in ends))
        problems, instances = tuple(walk.problems), tuple(walk.instances)
        return Unfolded(name, walk.facts, walk.inner, problems, outputs, instances, kept)

    def _trouble(self, node: Node, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.problems.append(problem)
            self._troubled.add(node.id)

    def _keep(self, facts: NodeFacts) -> None:
        self.facts[facts.node] = facts


def _borrows(node: Node) -> bool:
    return "shares" in node.settings or "ties" in node.settings
