"""What a node's card says: pure values made of the project and what analysis knows of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from graphcore.analysis.result import NodeFacts, Problem, Severity
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import REQUIRED, Kind, Param, Port
from graphcore.kinds.params import Size
from graphcore.project.graph import Node
from graphcore.project.project import Project
from graphcore.types import INTEGERS, Dim, Tensor, Type, symbols
from gui.canvas.marks import Mark, is_frozen, marks_of

Form = Literal["circle", "diamond", "triangle", "square"]
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
_FIELD = re.compile(r"\{(\w+)(?:\|([^}]*))?\}")


@dataclass(frozen=True, slots=True)
class PortFace:
    """A port as it is drawn; `form` tells the dtype without colour."""

    name: str
    form: Form = "circle"
    wired: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """All that a card shows; equal faces need no repaint.

    `rows` are a Dataset's fields (shape, name); `message` is what the badge says, `brief` how the
    worst of it begins; `state` is why nothing of the node runs.
    """

    title: str
    name: str
    line: str
    shape: str
    count: str
    family: str
    icon: str
    inputs: tuple[PortFace, ...] = ()
    outputs: tuple[PortFace, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    severity: Severity | None = None
    message: str = ""
    brief: str = ""
    marks: tuple[Mark, ...] = ()
    state: Literal["", "bypass", "mute"] = ""


def face_of(
    project: Project,
    node: Node,
    slots: Sequence[str],
    wired: frozenset[str],
    facts: NodeFacts | None,
    problems: Sequence[Problem],
    around: Sequence[Node] = (),
) -> Face:
    """The face of a node with these input slots, of which `wired` hold a wire.

    `around` are the blocks dived into, outermost first.
    """
    kind = project.kind(node.kind)
    worst = min(problems, key=lambda problem: _RANK[problem.severity], default=None)
    title = node.title or kind.title
    return Face(
        title=title,
        name="" if node.name.lower() == title.lower() else node.name,
        line=_line(project, node, kind, facts),
        shape=_shape(kind, facts),
        count=_count(kind, facts),
        family=kind.family,
        icon=kind.icon,
        inputs=tuple(_input(project, node, slot, slot in wired, facts) for slot in slots),
        outputs=tuple(_output(port.name, facts) for port in project.ports(node)[1]),
        rows=_rows(project) if kind.role == "dataset" else (),
        severity=worst.severity if worst else None,
        message="\n".join(problem.message for problem in problems),
        # The card itself says which node it is.
        brief=worst.message.removeprefix(f"{kind.title} “{node.name}” ") if worst else "",
        marks=marks_of(node, is_frozen=is_frozen(node, around, has_weights=_weighs(facts))),
        state="bypass" if node.is_bypassed else "mute" if node.is_muted else "",
    )


def _weighs(facts: NodeFacts | None) -> bool:
    return facts is not None and bool(facts.parameters or facts.weights)


def shape_text(type_: Type | None) -> str:
    """A type without its batch, as `16 × 8 × 8`; `scalar` for a single number."""
    if not isinstance(type_, Tensor):
        return "" if type_ is None else str(type_)
    dims = type_.dims[1:] if type_.dims and _is_batch(type_.dims[0]) else type_.dims
    return " × ".join(str(dim) for dim in dims) if dims else "scalar"


def _is_batch(dim: Dim) -> bool:
    return "B" in symbols(dim)


def count_text(number: int) -> str:
    """A number of parameters in short: `128`, `73.9 K`, `1.3 M`."""
    for size, unit in ((10**9, "G"), (10**6, "M"), (10**3, "K")):
        if number >= size:
            return f"{number / size:.1f} {unit}"
    return str(number)


def form_of(type_: Type | None, role: str = "any") -> Form:
    """The form of a port: circle for float, diamond for integer, triangle for bool."""
    if isinstance(type_, Tensor):
        if type_.dtype == "bool":
            return "triangle"
        return "diamond" if type_.dtype in INTEGERS else "circle"
    if type_ is not None:
        return "square"
    return "diamond" if role == "integer" else "circle"


def summary(kind: Kind, node: Node, facts: NodeFacts | None) -> str:
    """The kind's one line of params with values put in; parts without a value are left out."""
    parts = (_filled(part, kind, node, facts) for part in kind.summary.split(" · "))
    return " · ".join(part for part in parts if part)


def _filled(part: str, kind: Kind, node: Node, facts: NodeFacts | None) -> str:
    for match in _FIELD.finditer(part):
        text = _value_text(kind.param(match[1]), node, facts, match[2])
        if not text:
            return ""
        part = part.replace(match[0], text)
    return part


def _value_text(param: Param | None, node: Node, facts: NodeFacts | None, join: str | None) -> str:
    if param is None:
        return ""
    value = node.params.get(param.name, REQUIRED)
    if facts is not None and param.name in facts.params:
        value = facts.params[param.name]
    if value is REQUIRED:
        value = param.default
    if value is REQUIRED:
        return "?" if param.infer else ""
    return "" if value is None else _spelled(value, param, join)


def _spelled(value: object, param: Param, join: str | None) -> str:
    if isinstance(value, Formula):
        return str(value)
    if join is not None and isinstance(value, int) and isinstance(param.type, Size):
        return join.join([str(value)] * param.type.axes)
    if isinstance(value, tuple):
        return (join or ", ").join(map(_number, value[:4])) + ("…" if len(value) > 4 else "")
    return _number(value)


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _line(project: Project, node: Node, kind: Kind, facts: NodeFacts | None) -> str:
    match kind.role:
        case "dataset":
            return _data_line(project)
        case "unknown":
            return f"unknown kind {node.kind}"
        case "block":
            times = f"{node.repeat} times · " if node.repeat else ""
            return times + _block_line(kind)
        case "input":
            return "" if facts is None or facts.inputs else str(node.params.get("type", ""))
    return summary(kind, node, facts) or _chosen(kind, node)


def _block_line(kind: Kind) -> str:
    """The names of a block's ports: `x, skip → y`."""
    sides = (", ".join(port.name for port in ports) for ports in (kind.inputs, kind.outputs))
    return " → ".join(side or "–" for side in sides)


def _data_line(project: Project) -> str:
    data = project.data
    if not data.source:
        return "no data yet"
    name = str(data.options.get("name") or data.options.get("path") or data.source)
    short = name.replace(chr(92), "/").rpartition("/")[2]
    return f"{short} · {_spaced(data.samples)} samples"


def _chosen(kind: Kind, node: Node) -> str:
    """The params that a person set, for kinds without a line of their own."""
    said = []
    for param in kind.params:
        value = node.params.get(param.name, REQUIRED)
        if value is REQUIRED or value is None or value == param.default:
            continue
        words = param.name.replace("_", " ")
        said.append(words if value is True else f"{words} {_spelled(value, param, None)}")
    return " · ".join(said[:2])


def _shape(kind: Kind, facts: NodeFacts | None) -> str:
    if facts is None:
        return ""
    # Only what has no output shows what comes in.
    shown: Mapping[str, Type] = facts.outputs if kind.outputs or facts.outputs else facts.inputs
    return shape_text(next(iter(shown.values()), None))


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _count(kind: Kind, facts: NodeFacts | None) -> str:
    if kind.is_term or kind.role in ("dataset", "input", "output", "constant", "unknown"):
        return ""
    if kind.role == "op" and not (facts and facts.parameters):
        return "0" if facts and facts.outputs else ""
    return count_text(facts.parameters) if facts and facts.outputs else ""


def _rows(project: Project) -> tuple[tuple[str, str], ...]:
    return tuple((shape_text(field.type), field.name) for field in project.data.fields)


def _input(
    project: Project, node: Node, slot: str, wired: bool, facts: NodeFacts | None
) -> PortFace:
    port = project.port_of(node, slot)
    carried = facts.inputs.get(slot) if facts else None
    return PortFace(slot, form_of(carried, port.dtype if port else "any"), wired,
                    _port_text(slot, port, carried))  # fmt: skip


def _output(name: str, facts: NodeFacts | None) -> PortFace:
    carried = facts.outputs.get(name) if facts else None
    return PortFace(name, form_of(carried), False, _port_text(name, None, carried))


def _port_text(name: str, port: Port | None, carried: Type | None) -> str:
    about = f" — {port.help}" if port is not None and port.help else ""
    return f"{name}{about}" + (f"\n{carried}" if carried is not None else "")


def called(face: Face) -> str:
    """What a card is called: its kind and its name, `Conv2d conv1`; of `add3` only the number."""
    title = face.title[:1].upper() + face.title[1:]
    rest = face.name.lower().removeprefix(face.title.lower()).strip("_")
    return f"{title} {rest if rest.isdecimal() else face.name}".strip()


def spoken(face: Face, feeds: Sequence[str]) -> str:
    """The card for ears: `Conv2d conv1, 64 x 16 x 16, feeds Add 3`."""
    say = QCoreApplication.translate
    parts = [called(face), face.shape.replace(" × ", " x ")]
    parts += [mark.words for mark in face.marks]
    text = say("canvas", "feeds {}").format(", ".join(feeds))
    parts.append(text if feeds else say("canvas", "feeds nothing"))
    if face.severity:
        parts.append(_problem_words(face.severity).format(face.message))
    return ", ".join(part for part in parts if part)


def _problem_words(severity: Severity) -> str:
    say = QCoreApplication.translate
    match severity:
        case "error":
            return say("canvas", "error: {}")
        case "warning":
            return say("canvas", "warning: {}")
    return say("canvas", "info: {}")
