"""What is said about a drawing, in our own words and before torch is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graphcore.analysis.result import NodeFacts, Parts, Problem, Repair, Value
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import Kind
from graphcore.project.edits import MISSING, AddNode, Connect, Disconnect, SetParam, Together
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.make import new_node
from graphcore.project.project import Project
from graphcore.types import INTEGERS, Dim, Tensor, Type

Facts = Mapping[NodeId, NodeFacts]


def say(kind: Kind, node: Node) -> str:
    """How a node is called in a sentence: `Conv2d “conv1”`."""
    return f"{kind.title} “{node.name}”"


def shown(kind: Type) -> str:
    """A type in a sentence: `[B, 16, 8, 8]`, with the dtype where it is not float32."""
    if isinstance(kind, Tensor):
        dims = f"[{', '.join(map(str, kind.dims))}]"
        return dims if kind.dtype == "float32" else f"{dims} of {kind.dtype}"
    return str(kind)


def node_problem(
    project: Project, node: Node, kind: Kind, facts: NodeFacts, wired: frozenset[str]
) -> Problem | None:
    """The first thing that keeps this node from working; None where nothing does.

    Silent where a wire comes from a node that has a problem of its own.
    """
    if kind.role == "unknown":
        text = f"This version doesn't know “{node.kind}”. Its settings are kept; it can't be used."
        return Problem("unknown-kind", "error", "build", node.name, "", text)
    problem = _unwired(project, node, kind, wired)
    if problem is not None or any(slot not in facts.inputs for slot in wired):
        return problem
    for check in _CHECKS:
        problem = check(project, node, kind, facts)
        if problem is not None:
            return problem
    return None


def _unwired(
    project: Project, node: Node, kind: Kind, wired: frozenset[str]
) -> Problem | None:  # fmt: skip
    for port in project.ports(node)[0]:
        count = sum(slot.partition(".")[0] == port.name for slot in wired)
        if port.optional or count >= (port.fewest if port.variadic else 1):
            continue
        many = f"{port.fewest} wires" if port.variadic else "a wire"
        text = f"{say(kind, node)} needs {many} into “{port.name}”. Drag one from another node."
        return Problem("unwired", "error", "build", node.name, port.name, text)
    return None


def _wants_float(project: Project, node: Node, kind: Kind, facts: NodeFacts) -> Problem | None:
    wants = {
        "convolution", "normalization", "activation", "linear", "recurrent", "attention"
    }  # fmt: skip
    for slot, found in facts.inputs.items():
        port = project.port_of(node, slot)
        is_float = kind.family in wants or (port is not None and port.dtype == "float")
        if is_float and isinstance(found, Tensor) and not found.is_float:
            text = (
                f"{say(kind, node)} works on decimal numbers but gets {shown(found)}. "
                f"Put “to float32” before it, or an Embedding if these are indices."
            )
            return Problem("dtype", "error", "build", node.name, slot, text)
        is_index = port is not None and port.dtype == "integer"
        if is_index and isinstance(found, Tensor) and found.dtype not in INTEGERS:
            text = f"{say(kind, node)} needs whole numbers but gets {shown(found)}."
            return Problem("dtype", "error", "build", node.name, slot, text)
    return None


_RANKS = {"1d": (3, "channels, length"), "2d": (4, "channels, height, width"),
          "3d": (5, "channels, depth, height, width")}  # fmt: skip


def _rank(project: Project, node: Node, kind: Kind, facts: NodeFacts) -> Problem | None:
    found = facts.inputs.get("input")
    expected = _RANKS.get(kind.name[-2:])
    windows = kind.family in ("convolution", "pooling") or kind.name == "nn.BatchNorm2d"
    if not windows or expected is None or not isinstance(found, Tensor):
        return None
    rank, names = expected
    if len(found.dims) == rank:
        return None
    text = f"{say(kind, node)} expects [B, {names}] but gets {shown(found)}."
    repairs: list[Repair] = []
    if len(found.dims) == rank - 1:
        repairs = _insert(project, node, "ops.unsqueeze", {"dim": 1}, "Add a channel axis")
        text += " A channel axis is missing."
    return Problem("rank", "error", "build", node.name, "input", text, tuple(repairs))


def _channels(project: Project, node: Node, kind: Kind, facts: NodeFacts) -> Problem | None:
    for param in kind.params:
        if param.infer is None or param.name in facts.inferred:
            continue
        found = facts.inputs.get(param.infer.port)
        typed = facts.params.get(param.name)
        if isinstance(typed, tuple) and len(typed) == 1:
            typed = typed[0]
        if not isinstance(found, Tensor) or not isinstance(typed, int):
            continue
        if not -len(found.dims) <= param.infer.axis < len(found.dims):
            continue
        size = found.dims[param.infer.axis]
        if isinstance(size, int) and size != typed:
            return _wrong_size(project, node, kind, param.name, typed, size, param.infer.port)
    return None


def _wrong_size(
    project: Project, node: Node, kind: Kind, param: str, typed: int, size: int, port: str
) -> Problem:
    wire = project.graph.wire_into(node.id, port)
    source = project.graph.nodes[wire.source].name if wire else "its input"
    word = "channels" if "channels" in param else "features"
    text = (
        f"{say(kind, node)} expects {typed} {word} but gets {size} from “{source}”. "
        f"Set {param} to {size}, or let it be inferred."
    )
    repair = Repair(f"Let {param} be inferred ({size})", SetParam(node.id, param, MISSING))
    return Problem("size", "error", "build", node.name, port, text, (repair,))


def _window(project: Project, node: Node, kind: Kind, facts: NodeFacts) -> Problem | None:
    """A window larger than what it slides over."""
    found = facts.inputs.get("input")
    size = facts.params.get("kernel_size")
    if not isinstance(found, Tensor) or size is None or "Transpose" in kind.name:
        return None
    padding, dilation = facts.params.get("padding", 0), facts.params.get("dilation", 1)
    cells = found.dims[2:]
    for axis, cell in enumerate(cells):
        pad = _at(padding, axis)
        reach = (_at(size, axis) - 1) * _at(dilation, axis) + 1
        if isinstance(cell, int) and padding != "same" and reach > cell + 2 * pad:
            text = (
                f"{say(kind, node)} has a window of {reach} px but its input is only {cell} px"
                f"{f' with {pad} added at each edge' if pad else ''}. "
                f"Make kernel_size smaller, or shrink the map less before it."
            )
            return Problem("window", "error", "build", node.name, "input", text)
    return None


def _at(value: object, axis: int) -> int:
    if isinstance(value, tuple):
        return int(value[axis]) if axis < len(value) else 0
    return value if isinstance(value, int) else 0


def _groups(project: Project, node: Node, kind: Kind, facts: NodeFacts) -> Problem | None:
    pairs = (("in_channels", "groups"), ("out_channels", "groups"),
             ("num_channels", "num_groups"), ("embed_dim", "num_heads"))  # fmt: skip
    for whole, part in pairs:
        size, count = facts.params.get(whole), facts.params.get(part)
        if isinstance(size, int) and isinstance(count, int) and count and size % count:
            text = f"{say(kind, node)}: {whole} {size} can't be divided by {part} {count}."
            text += f" Choose a {part} that divides {size}."
            return Problem("divide", "error", "build", node.name, "", text)
    return None


def _same_shapes(project: Project, node: Node, kind: Kind, facts: NodeFacts) -> Problem | None:
    """Values that are combined element by element must match (or be broadcast)."""
    if kind.name not in ("ops.add", "ops.sub", "ops.mul", "ops.div"):
        return None
    tensors = [item for item in facts.inputs.values() if isinstance(item, Tensor)]
    dims: tuple[Dim, ...] = ()
    for found in tensors:
        joined = _broadcast(dims, found.dims)
        if joined is None:
            both = " and ".join(shown(item) for item in tensors[:3])
            text = f"{say(kind, node)} can't combine {both}: sizes must be equal or 1."
            return Problem("broadcast", "error", "build", node.name, "", text)
        dims = joined
    return None


def _broadcast(left: tuple[Dim, ...], right: tuple[Dim, ...]) -> tuple[Dim, ...] | None:
    short, long = sorted((left, right), key=len)
    padded = (1,) * (len(long) - len(short)) + short
    joined = []
    for a, b in zip(padded, long, strict=True):
        if a != b and 1 not in (a, b):
            return None
        joined.append(b if a == 1 else a)
    return tuple(joined)


def _class_scores(project: Project, node: Node, kind: Kind, facts: NodeFacts) -> Problem | None:
    """CrossEntropyLoss and NLLLoss: [B, classes, …] against [B, …] of whole numbers."""
    if kind.name not in ("loss.CrossEntropyLoss", "loss.NLLLoss"):
        return None
    scores, label = facts.inputs.get("input"), facts.inputs.get("target")
    if not isinstance(scores, Tensor) or not isinstance(label, Tensor):
        return None
    if label.dtype in INTEGERS and len(label.dims) != len(scores.dims) - 1:
        text = (
            f"{say(kind, node)} needs scores of [B, classes] for labels of {shown(label)} "
            f"but gets {shown(scores)}."
        )
        repairs = _flatten_first(project, node)
        if repairs:
            text += " Flatten the map before the last Linear."
        return Problem("scores", "error", "train", node.name, "input", text, tuple(repairs))
    return _wrong_classes(project, node, kind, scores)


def _wrong_classes(project: Project, node: Node, kind: Kind, scores: Tensor) -> Problem | None:
    wire = project.graph.wire_into(node.id, "target")
    item = project.data.field(wire.output) if wire else None
    if wire is None or item is None or item.classes is None or len(scores.dims) < 2:
        return None
    if project.kind(project.graph.nodes[wire.source].kind).role != "dataset":
        return None
    size = scores.dims[1]
    if not isinstance(size, int) or size == item.classes:
        return None
    last = _last_layer(project, node, "input")
    text = (
        f"{say(kind, node)} gets {size} scores, but “{item.name}” has {item.classes} classes."
    )  # fmt: skip
    repairs: tuple[Repair, ...] = ()
    if last is not None:
        name = next(p for p in ("out_features", "out_channels") if p in last.params)
        formula = Formula(f"{item.name}.classes")
        text += f" Set {name} of “{last.name}” to {item.classes}."
        wish = f"Set {name} of “{last.name}” to {formula} ({item.classes})"
        repairs = (Repair(wish, SetParam(last.id, name, formula)),)
    few = size < item.classes
    return Problem(
        "classes", "error" if few else "warning", "train" if few else "", node.name, "input", text,
        repairs,
    )  # fmt: skip


def _last_layer(project: Project, node: Node, port: str) -> Node | None:
    """The layer with a chosen number of outputs that feeds this port through a single line."""
    wire = project.graph.wire_into(node.id, port)
    while wire is not None:
        source = project.graph.nodes[wire.source]
        if "out_features" in source.params or "out_channels" in source.params:
            return source
        wire = project.graph.wire_into(source.id, "input")
    return None


def _insert(
    project: Project, node: Node, kind: str, params: Mapping[str, object], text: str
) -> list[Repair]:
    """Put a node of that kind on the wire into `input`."""
    wire = project.graph.wire_into(node.id, "input")
    if wire is None:
        return []
    made = new_node(project, kind)
    for name, value in params.items():
        made = made.with_param(name, value)
    at = project.layout.get("main", {}).get(node.id)
    position = (at[0] - 120, at[1] + 120) if at else None
    edit = Together(
        (
            AddNode(made, position),
            Connect(Wire(wire.source, wire.output, made.id, "input")),
            Connect(Wire(made.id, "output", node.id, "input")),
        )
    )
    return [Repair(text, edit)]


def _flatten_first(project: Project, loss: Node) -> list[Repair]:
    last = _last_layer(project, loss, "input")
    if last is None or last.kind != "nn.Linear":
        return []
    return _insert(project, last, "nn.Flatten", {}, f"Insert Flatten before “{last.name}”")


def _pairs_up(project: Project, node: Node, kind: Kind, facts: NodeFacts) -> Problem | None:
    """Losses that compare element by element."""
    compared = ("loss.MSELoss", "loss.L1Loss", "loss.SmoothL1Loss", "loss.HuberLoss",
                "loss.BCELoss", "loss.BCEWithLogitsLoss")  # fmt: skip
    said, true = facts.inputs.get("input"), facts.inputs.get("target")
    if kind.name not in compared or not isinstance(said, Tensor) or not isinstance(true, Tensor):
        return None
    if said.dims != true.dims:
        text = f"{say(kind, node)} compares {shown(said)} with {shown(true)}; shapes must be equal."
        return Problem("pairs", "error", "train", node.name, "target", text)
    if not true.is_float:
        text = (
            f"{say(kind, node)} needs a target of decimal numbers but gets {shown(true)}. "
            f"Put “to float32” before it, or use CrossEntropyLoss for classes."
        )
        return Problem("dtype", "error", "train", node.name, "target", text)
    return None


Check = Callable[[Project, Node, Kind, NodeFacts], Problem | None]
_CHECKS: tuple[Check, ...] = (
    _wants_float, _rank, _channels, _groups, _window, _same_shapes, _class_scores, _pairs_up,
)  # fmt: skip


def project_problems(project: Project, parts: Parts, facts: Facts) -> list[Problem]:
    """What concerns the drawing as a whole."""
    return [
        *_lost_wires(project),
        *_no_scalar_terms(project, parts, facts),
        *_loose(project, parts),
        *_no_data(project, parts),
    ]


def _lost_wires(project: Project) -> list[Problem]:
    """Wires whose port is gone: a field of data that was changed, a port that a param removed."""
    graph = project.graph
    found = []
    for wire in graph.wires.values():
        source, target = graph.nodes[wire.source], graph.nodes[wire.target]
        kind = project.kind(source.kind)
        outputs = {port.name for port in project.ports(source)[1]}
        if kind.role not in ("unknown", "block") and wire.output not in outputs:
            what = "field" if kind.role == "dataset" else "output"
            text = (
                f"{say(kind, source)} has no {what} “{wire.output}” that “{target.name}” was "
                f"wired to. Wire another one, or take the wire off."
            )
            repair = Repair(f"Take the wire off “{target.name}”", Disconnect(wire))
            found.append(
                Problem("lost-wire", "error", "build", target.name, wire.input, text, (repair,))
            )
    return found


def _no_scalar_terms(project: Project, parts: Parts, facts: Facts) -> list[Problem]:
    found = []
    for term in parts.terms:
        outputs = facts[term.node].outputs
        kind = next(iter(outputs.values()), None) or _type_at(facts, term.prediction)
        if term.kind == "loss.Term" and isinstance(kind, Tensor) and kind.dims:
            text = (
                f"Term “{term.name}” must be one number but gets {shown(kind)}. "
                f"Put a mean before it."
            )
            found.append(Problem("term", "error", "train", term.name, "input", text))
    return found


def _type_at(facts: Facts, value: Value) -> Type | None:
    return facts[value.node].outputs.get(value.port) if value.node in facts else None


def _loose(project: Project, parts: Parts) -> list[Problem]:
    """Nodes that neither an output nor a loss needs."""
    if not parts.terms and not parts.outputs:
        return []
    used = {*parts.model, *parts.objective, *parts.preprocessing}
    found = []
    for node in project.graph.nodes.values():
        kind = project.kind(node.kind)
        if node.id not in used and kind.role not in ("dataset", "unknown", "loss", "term"):
            text = f"Nothing uses {say(kind, node)}: no output and no loss depends on it."
            found.append(Problem("unused", "info", "", node.name, "", text))
    return found


def _no_data(project: Project, parts: Parts) -> list[Problem]:
    if not parts.terms or project.data.source:
        return []
    text = "There is a loss but no data to train on. Choose data in the Data panel."
    return [Problem("no-data", "error", "train", "", "", text)]
