"""How the drawing hangs together: wires, branches, and values that must be one number."""

from __future__ import annotations

from collections.abc import Sequence

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, Sheet, problem, shown
from graphcore.analysis.rules.targets import CLASSES
from graphcore.analysis.rules.ways import STEP, insert, made, rewire, set_setting
from graphcore.project.definitions import MAIN
from graphcore.project.edits import (
    MISSING,
    AddNode,
    Connect,
    Disconnect,
    Edit,
    RemoveNode,
    Together,
)
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.types import INTEGERS, Tensor


def unknown_kind(case: Case) -> Problem:
    """A node of a kind that this version does not have keeps its data and can't be used."""
    text = f"This version doesn't know “{case.node.kind}”. Its settings are kept; it can't be used."
    return problem(case, "unknown-kind", "error", "build", "", text)


def unwired(case: Case, wired: frozenset[str]) -> Problem | None:
    """A port that must have a value has none."""
    kind = case.kind
    ports = case.sheet.project.ports(case.node)[0] if kind.ports_from else kind.inputs
    if kind.role != "dataset" and all(port.name in wired for port in ports):
        return None  # most nodes
    for port in ports:
        count = sum(slot.partition(".")[0] == port.name for slot in wired)
        together = {other.name for other in ports if other.group == port.group}
        is_free = port.optional and not (port.group and together & wired)
        if is_free or count >= (port.fewest if port.variadic else 1):
            continue
        many = f"{port.fewest} wires" if port.variadic else "a wire"
        text = f"{case.said} needs {many} into “{port.name}”. Drag one from another node."
        slot = f"{port.name}.{count}" if port.variadic else port.name
        if not wired and case.node.id not in case.sheet.readers:  # just put down: no reproach
            text = f"{case.said} isn't wired yet. Drag {many} into “{port.name}”."
            return problem(case, "unwired", "info", "", port.name, text, _sources(case, slot))
        return problem(case, "unwired", "error", "build", port.name, text, _sources(case, slot))
    return None


MOST_SOURCES = 3


def _sources(case: Case, slot: str) -> Sequence[Repair | None]:
    """Wires that may have been meant: a field that fits a target, or the last loose end above."""
    sheet = case.sheet
    port = next((p for p in case.kind.inputs if p.name == slot.partition(".")[0]), None)
    if port is not None and port.role == "target":
        return [_to(case, value, slot) for value in _fields(case)][:MOST_SOURCES]
    loose = [
        node for node in sheet.graph.nodes.values()
        if node.id not in sheet.readers and node.id != case.node.id
        and sheet.kind(node).role in ("layer", "op", "input")
    ]  # fmt: skip
    below = sheet.graph.descendants([case.node.id])
    free = sorted((n for n in loose if n.id not in below), key=lambda n: -n.order)
    values = [Value(n.id, sheet.project.ports(n)[1][0].name) for n in free]
    if not values and case.kind.role == "layer":
        values = _fields(case)
    return [_to(case, value, slot) for value in values][:MOST_SOURCES]


def _fields(case: Case) -> list[Value]:
    """Fields of the data, those first that this node most likely wants."""
    sheet = case.sheet
    data = next((n for n in sheet.graph.nodes.values() if sheet.kind(n).role == "dataset"), None)
    if data is None:
        return []
    wants_classes = case.kind.name in CLASSES

    def fit(item: object) -> tuple[bool, bool]:
        kind = getattr(item, "type", None)
        whole = isinstance(kind, Tensor) and kind.dtype in INTEGERS
        return (whole != wants_classes, not getattr(item, "classes", None))

    items = sorted(sheet.project.data.fields, key=fit)
    return [Value(data.id, item.name) for item in items]


def _to(case: Case, value: Value, slot: str) -> Repair:
    source = case.sheet.graph.nodes[value.node].name
    wire = Wire(value.node, value.port, case.node.id, slot)
    port = f".{value.port}" if value.port != "output" else ""
    return rewire(case.sheet, wire, f"Wire “{source}{port}” to “{case.node.name}”")


def lost_wires(sheet: Sheet) -> list[Problem]:
    """Wires whose port is gone: a field of data that was changed, a port that a param removed."""
    found = []
    ports: dict[NodeId, tuple[set[str], set[str]]] = {}
    for wire in sheet.graph.wires.values():
        for end in (wire.source, wire.target):
            if end not in ports:
                ports[end] = _ports(sheet, sheet.graph.nodes[end])
        if _is_lost(sheet, wire.source, wire.output, ports[wire.source][1]):
            found.append(_lost(sheet, wire, _why_lost(sheet, wire)))
        elif _is_lost(sheet, wire.target, wire.input.partition(".")[0], ports[wire.target][0]):
            case = sheet.case(wire.target)
            text = f"{case.said} has no input “{wire.input}” that a wire leads to."
            found.append(_lost(sheet, wire, f"{text} Wire it to another one, or take it off."))
    return found + [said for node in sheet.graph.nodes.values() if (said := _stuck(sheet, node))]


def _stuck(sheet: Sheet, node: Node) -> Problem | None:
    """A repeated block hands its first output to its first input, turn by turn."""
    case = sheet.case(node.id)
    if not node.repeat or case.kind.role != "block" or node.is_bypassed:
        return None
    outputs = [port.name for port in case.kind.outputs]
    if not case.kind.inputs:
        why = "takes nothing in that the next turn could get"
    elif outputs and outputs[0] not in sheet.project.given_out(node.kind):
        why = f"gives out nothing at “{outputs[0]}”, which the next turn takes"
    else:
        return None
    text = f"{case.said} is repeated, but it {why}. Wire it inside, or don't repeat it."
    once = set_setting(case, "repeat", MISSING, f"Don't repeat “{node.name}”")
    return problem(case, "lost-wire", "error", "build", "", text, [once])


def _is_lost(sheet: Sheet, node: NodeId, port: str, ports: set[str]) -> bool:
    return port not in ports and sheet.kind(sheet.graph.nodes[node]).role != "unknown"


def _lost(sheet: Sheet, wire: Wire, text: str) -> Problem:
    case = sheet.case(wire.target)
    has_data = sheet.kind(sheet.graph.nodes[wire.source]).role == "dataset"
    fields = _fields(case)[:1] if has_data else []
    other = [_to(case, value, wire.input) for value in fields]
    cut = Repair(f"Take the wire off “{case.node.name}”", Disconnect(wire, sheet.definition))
    gone = RemoveNode(case.node.id, sheet.definition) if case.kind.is_term else None
    away = Repair(f"Remove “{case.node.name}”", gone) if gone else None
    return problem(case, "lost-wire", "error", "build", wire.input, text, [*other, cut, away])


def _why_lost(sheet: Sheet, wire: Wire) -> str:
    source, target = sheet.case(wire.source), sheet.graph.nodes[wire.target].name
    end = _end_of_block(sheet, source.node, wire.output)
    if end is not None:
        return (
            f"{source.said} gives out nothing at “{wire.output}”, which “{target}” reads: inside, "
            f"its Output is not wired. Wire it there, or take this wire off."
        )
    what = "field" if source.kind.role == "dataset" else "output"
    return (
        f"{source.said} has no {what} “{wire.output}” that “{target}” was wired to. "
        f"Wire another one, or take the wire off."
    )


def _end_of_block(sheet: Sheet, node: Node, port: str) -> Node | None:
    """The Output inside of a block that is this port of it."""
    inner = sheet.project.definitions.get(node.kind.removeprefix("block."))
    if inner is None or not node.kind.startswith("block."):
        return None
    found = inner.graph.by_name(port)
    return found if found is not None and found.kind == "io.Output" else None


def _ports(sheet: Sheet, node: Node) -> tuple[set[str], set[str]]:
    """The names of a node's inputs and of the outputs that have a value."""
    kind = sheet.kind(node)
    fixed = kind.ports_from is None and kind.role != "dataset"
    inputs, outputs = (kind.inputs, kind.outputs) if fixed else sheet.project.ports(node)
    names = {port.name for port in outputs}
    if kind.role == "block":
        names &= sheet.project.given_out(node.kind)
    return {port.name for port in inputs}, names


def not_one_number(sheet: Sheet) -> list[Problem]:
    """What is minimized must be one number."""
    found = []
    for term in sheet.parts.terms:
        case = sheet.case(term.node)
        outputs = case.facts.outputs
        kind = next(iter(outputs.values()), None) or sheet.type_of(term.prediction)
        if term.kind == "loss.Term" and isinstance(kind, Tensor) and kind.dims:
            text = (
                f"Term “{term.name}” must be one number but gets {shown(kind)}. "
                f"Put a mean before it."
            )
            mean = insert(sheet, case.wire("input"), [("ops.mean", {"dim": None})],
                          "Insert a mean over everything")  # fmt: skip
            found.append(problem(case, "term", "error", "train", "input", text, [mean]))
    return found


def unused(sheet: Sheet) -> list[Problem]:
    """Branches that neither an output nor a loss needs, each said at its end."""
    used = _used(sheet)
    if not used:
        return []
    skipped = ("dataset", "unknown", "loss", "term", "output")
    dead = {
        node.id for node in sheet.graph.nodes.values()
        if node.id not in used and sheet.kind(node).role not in skipped
    }  # fmt: skip
    found = []
    for node in dead:
        readers = [w.target for w in sheet.readers.get(node, ())]
        constant = sheet.kind(sheet.graph.nodes[node]).family == "constant"
        is_placed = readers or sheet.into.get(node) or (constant and sheet.facts[node].parameters)
        if any(reader in dead for reader in readers) or not is_placed:
            continue  # said further on, or not wired at all yet, which `unwired` says
        case = sheet.case(node)
        branch = _branch(sheet, node, dead)
        more = f" (with {_nodes(len(branch) - 1)} before it)" if len(branch) > 1 else ""
        text = f"Nothing uses {case.said}{more}: no output and no loss depends on it."
        edits = tuple(RemoveNode(item, sheet.definition) for item in branch)
        what = f"“{case.node.name}”" if len(branch) == 1 else f"the branch of {len(branch)} nodes"
        away = Repair(f"Remove {what}", Together(edits))
        found.append(problem(case, "unused", "info", "", "output", text, [away]))
    return sorted(found, key=lambda item: item.path)


def _nodes(count: int) -> str:
    return f"{count} node{'s' if count > 1 else ''}"


def _used(sheet: Sheet) -> set[NodeId]:
    """What outputs and losses need; inside a block, what its ports need."""
    parts = sheet.parts
    if parts.terms or parts.outputs:
        return {*parts.model, *parts.objective, *parts.preprocessing}
    if sheet.definition == MAIN:
        return set()
    roles = {node.id: sheet.kind(node).role for node in sheet.graph.nodes.values()}
    ends = [node for node, role in roles.items() if role == "output"]
    ports = {node for node, role in roles.items() if role == "input"}
    return sheet.graph.ancestors(ends) | ports if ends else set()


def _branch(sheet: Sheet, end: NodeId, dead: set[NodeId]) -> list[NodeId]:
    """The end and all dead nodes that feed nothing else."""
    branch, waiting = [end], [end]
    while waiting:
        for wire in sheet.into.get(waiting.pop(), ()):
            source = wire.source
            readers = {w.target for w in sheet.readers.get(source, ())}
            if source in dead and source not in branch and readers <= set(branch):
                branch.append(source)
                waiting.append(source)
    return branch


def add_loss(sheet: Sheet, value: Value) -> Repair | None:
    """A loss on an output, with the field of the data that has the right form as target."""
    kind = sheet.dims_of(value)
    data = next((n for n in sheet.graph.nodes.values() if sheet.kind(n).role == "dataset"), None)
    if kind is None or data is None:
        return None
    for item in sheet.project.data.fields:
        if not isinstance(item.type, Tensor):
            continue
        per_sample = kind.dims[1:]
        if item.classes and not item.type.dims and per_sample == (item.classes,):
            return _loss(sheet, "loss.CrossEntropyLoss", value, data.id, item.name)
        if item.type.is_float and item.type.dims == per_sample:
            return _loss(sheet, "loss.MSELoss", value, data.id, item.name)
    return None


def _loss(sheet: Sheet, kind: str, value: Value, data: NodeId, field: str) -> Repair:
    node = made(sheet, kind, f"{value.node}.{value.port}.loss")
    at = sheet.project.layout.get(sheet.definition, {}).get(value.node)
    place = (at[0] + 2 * STEP, at[1] + STEP) if at else None
    edits: tuple[Edit, ...] = (
        AddNode(node, place, sheet.definition),
        Connect(Wire(value.node, value.port, node.id, "input"), sheet.definition),
        Connect(Wire(data, field, node.id, "target"), sheet.definition),
    )
    title = kind.partition(".")[2]
    name = sheet.graph.nodes[value.node].name
    return Repair(f"Add a {title} between “{name}” and “{field}”", Together(edits))
