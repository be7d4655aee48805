"""The drawing: nodes and wires, and what a networkx graph of their ids answers about them.

Changed only by the edits of `graphcore.project.edits`.
"""

from __future__ import annotations

import heapq
import keyword
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NewType

from graphcore.errors import UserError
from graphcore.kinds.inits import check_init
from graphcore.kinds.params import Bool, Float, Int, shown
from graphcore.project.checks import Check, check_record, each, like, pairs, text

if TYPE_CHECKING:
    import networkx as nx  # takes a tenth of a second: imported where a question needs it

NodeId = NewType("NodeId", str)

# Attributes of nn.Module and names that the generated code itself uses.
_RESERVED = """
    T_destination add_module apply bfloat16 body buffers call_super_init children compile cpu
    cuda double dump_patches eval extra_repr float forward get_buffer get_extra_state
    get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers
    named_children named_modules named_parameters parameters register_backward_hook
    register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook
    register_full_backward_pre_hook register_load_state_dict_post_hook
    register_load_state_dict_pre_hook register_module register_parameter
    register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state
    set_submodule share_memory state_dict to to_empty train training type xpu zero_grad self
    super torch nn F math dict int bool tuple list str Tensor Model Objective Preprocessing
    model fields
"""
RESERVED_NAMES = frozenset(_RESERVED.split())
ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}\Z")


def check_name(name: object) -> str:
    """The name itself where it can stand in the code. Raises UserError otherwise."""
    if not isinstance(name, str) or not NAME.match(name):
        raise UserError(
            f"{shown(name)} can't be a node's name.",
            "Use letters A-Z, digits and _, beginning with a letter.",
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in RESERVED_NAMES:
        raise UserError(f"“{name}” has a meaning of its own in Python or torch.", "Add a digit.")
    return name


def new_id() -> NodeId:
    """A short random id, so that nodes added on two branches don't meet."""
    return NodeId(secrets.token_hex(4))


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on the canvas.

    `params` holds only what a person (or a kind's `start`) chose; an absent param is inferred or
    torch's default. `settings` are the node's own: freeze, weight, objective, … (SETTINGS).
    `order` is the order of creation; it breaks ties between statements in the code.
    """

    id: NodeId
    kind: str
    name: str
    params: Mapping[str, object] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    title: str = ""
    note: str = ""
    order: int = 0

    def with_param(self, name: str, value: object) -> Node:
        """The same node with one param set."""
        return replace(self, params={**self.params, name: value})

    def without_param(self, name: str) -> Node:
        """The same node with one param back to inferred or default."""
        return replace(self, params={k: v for k, v in self.params.items() if k != name})

    @property
    def weight(self) -> float:
        """How much this node's term counts in its objective."""
        value = self.settings.get("weight", 1.0)
        return float(value) if isinstance(value, int | float) else 1.0

    @property
    def repeat(self) -> int:
        """How many turns a block takes; 0 for one that is not repeated."""
        value = self.settings.get("repeat", 0)
        return value if isinstance(value, int) else 0

    @property
    def shares(self) -> str:
        """The name of the node whose layer this one uses; empty where it has its own."""
        return str(self.settings.get("shares", ""))

    @property
    def ties(self) -> Mapping[str, str]:
        """Own weights that are somebody else's: `weight` to `embedding.weight`."""
        value = self.settings.get("ties", {})
        return value if isinstance(value, Mapping) else {}

    @property
    def silenced(self) -> tuple[str, ...]:
        """The rules that are not told at this node."""
        value = self.settings.get("silenced", ())
        return tuple(map(str, value)) if isinstance(value, tuple | list) else ()

    def following(self, old: str, new: str) -> Node:
        """The same node where what it shares with or is tied to is called `new` now."""
        changed = dict[str, object]()
        if self.shares == old:
            changed["shares"] = new
        ties = {name: _renamed(path, old, new) for name, path in self.ties.items()}
        if ties != dict(self.ties):
            changed["ties"] = ties
        return replace(self, settings={**self.settings, **changed}) if changed else self

    @property
    def is_bypassed(self) -> bool:
        """Whether its first input passes on unchanged."""
        return self.settings.get("bypass") is True

    @property
    def is_muted(self) -> bool:
        """Whether its term doesn't count, or its output is zero."""
        return self.settings.get("mute") is True

    @property
    def objective(self) -> str:
        """The objective that this node's term belongs to."""
        return str(self.settings.get("objective", "main"))


def _renamed(path: str, old: str, new: str) -> str:
    """The path of a tied weight (`embedding.weight`, or `embedding` alone) after a rename."""
    head, _, weight = path.partition(".")
    return new if path == old else f"{new}.{weight}" if head == old else path


@dataclass(frozen=True, slots=True)
class Wire:
    """A value on its way from an output port to an input port (`tensors.1` for a grown slot)."""

    source: NodeId
    output: str
    target: NodeId
    input: str


REPEAT_INDEX = "i"
"""What formulas of a repeated block call the turn, from 0."""

Slot = tuple[NodeId, str]
"""An input port of a node: holds one wire at most."""


class Graph:
    """Nodes by id and wires by the slot they end in."""

    def __init__(self, nodes: Iterable[Node] = (), wires: Iterable[Wire] = ()) -> None:
        self.nodes: dict[NodeId, Node] = {node.id: node for node in nodes}
        self.wires: dict[Slot, Wire] = {(wire.target, wire.input): wire for wire in wires}
        self._ids: nx.MultiDiGraph | None = None

    def copy(self) -> Graph:
        """A snapshot: two dict copies, since nodes and wires are frozen."""
        copy = Graph()
        copy.nodes, copy.wires, copy._ids = dict(self.nodes), dict(self.wires), self._ids
        return copy

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and (self.nodes, self.wires) == (other.nodes, other.wires)

    __hash__ = None  # type: ignore[assignment]

    @property
    def ids(self) -> nx.MultiDiGraph:
        """The ids as a networkx graph (parallel wires are parallel edges). Read only."""
        if self._ids is None:
            import networkx as nx

            graph = nx.MultiDiGraph()
            graph.add_nodes_from(self.nodes)
            graph.add_edges_from((wire.source, wire.target) for wire in self.wires.values())
            self._ids = graph
        return self._ids

    def changed(self) -> None:
        """Forget what was derived from the structure; edits call it."""
        self._ids = None

    def wire_into(self, node: NodeId, port: str) -> Wire | None:
        """The wire that ends in this input port."""
        return self.wires.get((node, port))

    def wires_at(self, node: NodeId) -> list[Wire]:
        """Every wire that begins or ends at the node."""
        return [wire for wire in self.wires.values() if node in (wire.source, wire.target)]

    def wires_by_target(self) -> dict[NodeId, list[Wire]]:
        """Incoming wires of every node that has some, by slot, in whatever order drawn."""
        found: dict[NodeId, list[Wire]] = {}
        for wire in self.wires.values():
            found.setdefault(wire.target, []).append(wire)
        for wires in found.values():
            if len(wires) > 1:
                wires.sort(key=place_of_slot)
        return found

    def by_name(self, name: str) -> Node | None:
        """The node of that name."""
        return next((node for node in self.nodes.values() if node.name == name), None)

    def ordered(self) -> list[Node]:
        """Nodes so that each comes after those that feed it, ties by creation order.

        Nodes on a cycle, and all behind it, are left out; `cycle` names it.
        """
        waiting = dict.fromkeys(self.nodes, 0)
        targets: dict[NodeId, list[NodeId]] = {}
        for wire in self.wires.values():
            waiting[wire.target] += 1
            targets.setdefault(wire.source, []).append(wire.target)
        ready = [(self.nodes[n].order, n) for n, count in waiting.items() if not count]
        heapq.heapify(ready)
        found = []
        while ready:
            _, node = heapq.heappop(ready)
            found.append(self.nodes[node])
            for target in targets.get(node, ()):
                waiting[target] -= 1
                if not waiting[target]:
                    heapq.heappush(ready, (self.nodes[target].order, target))
        return found

    def cycle(self) -> list[NodeId]:
        """The ids along one cycle; empty where there is none."""
        import networkx as nx

        try:
            return [edge[0] for edge in nx.find_cycle(self.ids)]
        except nx.NetworkXNoCycle:
            return []

    def would_cycle(self, source: NodeId, target: NodeId) -> bool:
        """Whether a wire from source to target would close a circle."""
        if not any(wire.source == target for wire in self.wires.values()):
            return source == target  # most wires go to a node that feeds nothing yet
        import networkx as nx

        return source == target or nx.has_path(self.ids, target, source)

    def ancestors(self, ids: Iterable[NodeId], stop: Iterable[NodeId] = ()) -> set[NodeId]:
        """These nodes and all that feed them; what feeds a node in `stop` doesn't count."""
        into, end = self.wires_by_target(), set(stop)
        found: set[NodeId] = set()
        waiting = list(ids)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                if node not in end:
                    waiting.extend(wire.source for wire in into.get(node, ()))
        return found

    def descendants(self, ids: Iterable[NodeId]) -> set[NodeId]:
        """These nodes and all that they feed."""
        fed: dict[NodeId, list[NodeId]] = {}
        for wire in self.wires.values():
            fed.setdefault(wire.source, []).append(wire.target)
        found: set[NodeId] = set()
        waiting = list(ids)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting.extend(fed.get(node, ()))
        return found

    def free_name(self, wish: str) -> str:
        """The wish, or the wish with the smallest number that is free: `conv`, `conv2`, …"""
        taken = {node.name for node in self.nodes.values()}
        return next(name for name in _names(wish) if name not in taken)

    def next_order(self) -> int:
        """The creation order of the next node."""
        return max((node.order for node in self.nodes.values()), default=-1) + 1


def place_of_slot(wire: Wire) -> tuple[str, int]:
    """Where a wire's slot stands among those of its node: `tensors.2` before `tensors.10`."""
    stem, _, number = wire.input.rpartition(".")
    return (stem, int(number)) if stem and number.isdigit() else (wire.input, 0)


def _names(wish: str) -> Iterator[str]:
    yield wish
    stem = wish.rstrip("0123456789") or wish
    number = 2
    while True:
        yield f"{stem}{number}"
        number += 1


def wished_name(title: str) -> str:
    """A first name for a node of that kind: `conv` for Conv2d, `relu` for ReLU.

    Digits at the end are dropped and what is left is lower case with underscores at humps.
    """
    if title.endswith("Loss"):
        return "loss"
    stem = re.sub(r"\d+d?$", "", title)
    short = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", stem).lower()
    short = {"dataset": "data"}.get(short, short)
    return short if NAME.match(short) and short not in RESERVED_NAMES else f"{short}_1"


_NAMED = text("a name", r"[A-Za-z][A-Za-z0-9_]*", 100)
_RULE = text("the name of a rule", r"[A-Za-z][A-Za-z0-9_-]*", 100)
_YES_NO = like(Bool())
_PATH = text("the path of a node", r"[A-Za-z0-9_.]+", 500)


def _init(value: object, where: str) -> object:
    try:
        return check_init(value)
    except UserError as error:
        raise UserError(f"{where}: {error.message}", error.hint) from error


_STEPS = r"[A-Za-z][A-Za-z0-9_]*(\.([A-Za-z][A-Za-z0-9_]*|[0-9]+))*"
_WEIGHT = text("a weight such as embedding.weight", _STEPS, 500)


def _weight(value: object, where: str) -> str:
    """The path of a weight, which is written into the code."""
    path: str = _WEIGHT(value, where)
    if any(keyword.iskeyword(step) for step in path.split(".")):
        raise UserError(f"{where}: {shown(path)} is no weight.", "Choose one of a layer's.")
    return path


# What a node's settings may hold.
SETTINGS: Mapping[str, Check] = {
    "weight": like(Float()), "objective": _NAMED, "freeze": _YES_NO, "lr_factor": like(Float(0)),
    "decay": _YES_NO, "init": _init,
    "bypass": _YES_NO, "mute": _YES_NO, "shares": _PATH, "ties": pairs(_weight, _weight),
    "pinned": _YES_NO, "silenced": each(_RULE, most=100), "repeat": like(Int(0, 1000)),
}  # fmt: skip


def check_settings(settings: object, where: str) -> dict[str, object]:
    """A node's settings, normalized. Raises UserError for one that is unknown or wrong."""
    return check_record(settings, where, SETTINGS)


def check_id(node: object) -> NodeId:
    """The id itself where it can stand in files. Raises UserError otherwise."""
    if not isinstance(node, str) or not ID.fullmatch(node):
        raise UserError(
            f"{shown(node)} can't be a node's id.", "Use letters A-Z, digits, - and _, no dots."
        )
    return NodeId(node)
