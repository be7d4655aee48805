"""Which node belongs to the model, to the objective, to preprocessing. Torch-free."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping

from graphcore.analysis.result import Parts, Term, Value
from graphcore.project.graph import NAME, Graph, Node, NodeId
from graphcore.project.project import Project


def divide(project: Project) -> Parts:
    """Parts of the main drawing.

    The model is every node between Input and Output. Where no Input is drawn, each Dataset field
    that reaches an output is an input; where no Output is drawn, the outputs are what the losses
    take as predictions (or, without losses, the values that nothing reads).
    """
    graph = project.graph
    order = graph.ordered()
    roles = {node.id: project.kind(node.kind).role for node in order}
    dataset = {node.id for node in order if roles[node.id] == "dataset"}
    inputs = {node.id for node in order if roles[node.id] == "input"}
    terms = [term for node in order if (term := _term(project, node)) is not None]
    outputs = _outputs(project, order, roles, terms)

    reached = graph.ancestors((value.node for value in outputs.values()), stop=inputs)
    ends = {node.id for node in order if roles[node.id] == "output"}
    model = _in_order(order, (reached | ends) - dataset)
    arguments = _arguments(project, model, inputs, dataset)

    before = graph.ancestors(reached & inputs) - inputs - dataset - set(model)
    heads = graph.ancestors(term.node for term in terms)
    # An Input that only a loss reads stays with the objective.
    objective = _in_order(order, heads - set(model) - dataset - graph.ancestors(reached & inputs))
    read = _read_by(graph, objective)
    taken = {value for value in arguments.values() if value.node in dataset}
    fields = [v.port for v in read if v.node in dataset and v not in taken]
    known = set(outputs.values()) | set(arguments.values())
    hidden = [v for v in read if v.node in reached - dataset - inputs and v not in known]
    return Parts(
        preprocessing=_in_order(order, before), model=model, objective=objective,
        inputs=arguments, outputs=outputs, fields=tuple(fields), hidden=tuple(hidden),
        terms=tuple(terms),
    )  # fmt: skip


def field_of_input(project: Project, parts: Parts, name: str) -> str | None:
    """The Dataset field that an input of the model is fed with; None where it is computed."""
    value = parts.inputs[name]
    graph = project.graph
    if project.kind(graph.nodes[value.node].kind).role == "input":
        wire = graph.wire_into(value.node, "field")
        if wire is None:
            return None
        value = Value(wire.source, wire.output)
    return value.port if project.kind(graph.nodes[value.node].kind).role == "dataset" else None


def _term(project: Project, node: Node) -> Term | None:
    kind = project.kind(node.kind)
    if not kind.is_term or node.is_muted:
        return None
    by_role = {port.role: port.name for port in kind.inputs}
    prediction = _source(project.graph, node, by_role.get("prediction", ""))
    if prediction is None:
        return None
    target = _source(project.graph, node, by_role.get("target", ""))
    return Term(node.id, node.name, node.kind, prediction, target, node.weight, node.objective)


def _source(graph: Graph, node: Node, port: str) -> Value | None:
    wire = graph.wire_into(node.id, port)
    return Value(wire.source, wire.output) if wire else None


def _outputs(
    project: Project, order: list[Node], roles: Mapping[NodeId, str], terms: list[Term]
) -> dict[str, Value]:
    graph = project.graph
    drawn = [node for node in order if roles[node.id] == "output"]
    if drawn:
        found = [(node.name, _source(graph, node, "input")) for node in drawn]
        return {name: value for name, value in found if value is not None}
    losses = [t for t in terms if roles[t.node] == "loss"] or terms
    values = [t.prediction for t in losses] if losses else _ends(project, order, roles)
    kept = [v for v in dict.fromkeys(values) if roles[v.node] not in ("dataset", "loss", "term")]
    return {_value_name(project, value): value for value in kept}


def _ends(project: Project, order: list[Node], roles: Mapping[NodeId, str]) -> list[Value]:
    """The values of nodes that nothing reads: the ends of a drawing without losses.

    A block may have an Output that nothing inside is wired to: that is no value.
    """
    sources = {wire.source for wire in project.graph.wires.values()}
    wired = {wire.target for wire in project.graph.wires.values()}
    found: list[Value] = []
    for node in order:
        inputs, ports = project.ports(node)
        if inputs and node.id not in wired and roles[node.id] != "input":
            continue  # just put down
        if roles[node.id] == "block":
            given = project.given_out(node.kind)
            ports = tuple(port for port in ports if port.name in given)
        if node.id not in sources and ports and roles[node.id] not in ("dataset", "unknown"):
            found.append(Value(node.id, ports[0].name))
    return found


def _value_name(project: Project, value: Value) -> str:
    node = project.graph.nodes[value.node]
    ports = project.ports(node)[1]
    first = not ports or ports[0].name == value.port
    return node.name if first else f"{node.name}_{value.port}"


def _arguments(
    project: Project, model: tuple[NodeId, ...], inputs: set[NodeId], dataset: set[NodeId]
) -> dict[str, Value]:
    nodes = project.graph.nodes
    found = {nodes[i].name: Value(i, "output") for i in model if i in inputs}
    for value in _read_by(project.graph, [i for i in model if i not in inputs]):
        if value.node in dataset:
            found[argument_name(project, value.port)] = value
    return found


def argument_name(project: Project, field: str) -> str:
    """A field's name as an argument: itself, or with `_field` where a node has that name."""
    taken = {node.name for node in project.graph.nodes.values()}
    name = field if NAME.match(field) and not keyword.iskeyword(field) else "field"
    others = {item.name for item in project.data.fields} - {name}
    while name in taken:
        name += "_field"
        taken |= others
    return name


def _read_by(graph: Graph, nodes: Iterable[NodeId]) -> list[Value]:
    """What these nodes read, each value once, in order."""
    into = graph.wires_by_target()
    found = [Value(wire.source, wire.output) for n in nodes for wire in into.get(n, ())]
    return list(dict.fromkeys(found))


def _in_order(order: list[Node], ids: set[NodeId]) -> tuple[NodeId, ...]:
    return tuple(node.id for node in order if node.id in ids)
