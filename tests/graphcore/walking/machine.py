"""A hand that does at random whatever a person can do, and takes it back again.

Half of what it does is gentle: an edit that makes a new error is taken back, so that drawings grow
that work. The other half may break anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TypeVar
from unittest.mock import patch

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PySide6.QtCore import QPointF

from graphcore.analysis.repairs import proven
from graphcore.analysis.result import Analysis
from graphcore.code.code import Code
from graphcore.errors import UserError
from graphcore.project import exposing, folding, structure, unpacking
from graphcore.project.definitions import MAIN
from graphcore.project.edits import (
    MISSING,
    AddDefinition,
    AddNode,
    Connect,
    Disconnect,
    Edit,
    RemoveDefinition,
    Rename,
    RenameDefinition,
    Set,
    SetParam,
    Together,
    bend_key,
)
from graphcore.project.file import to_text
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.journal import Step, replay, step_line
from graphcore.project.make import new_node
from graphcore.project.project import Note, Project
from gui.canvas.changes import inserted, part_of, pasted, removed
from tests.build import digits_cnn
from tests.examples import COMPUTED, drawing_of
from tests.graphcore.walking import promises
from tests.graphcore.walking.choices import (
    COMMON,
    DATA,
    JUNK,
    KINDS,
    NAMES,
    PARAM_NAMES,
    PLANS,
    TYPES,
    settings_of_nodes,
    values,
)
from tests.sketch import Sketch

Thing = TypeVar("Thing")
MOST_NODES = 150
_PLACES = st.tuples(st.integers(-99, 99), st.integers(-99, 99))
_PORTS = ("input", "output", "target", "tensors.0", "tensors.2", "tensors.999", "h_n", "x", "ghost",
          "image", "label", "a b")  # fmt: skip
_SMALL_KINDS = [kind for kind in COMPUTED if not kind.name.startswith("nn.Transformer")]


def _residual() -> Project:
    """A block used twice and repeated."""
    s = Sketch(DATA[1])
    inner = s.block("Residual", width=6)
    x = inner.x()
    y = inner.add("nn.ReLU", inner.add("nn.Linear", x, name="a"))
    inner.y(inner.add("ops.add", inner.add("nn.Linear", y, name="b", out_features=6), x))
    x = s.add("block.Residual", s.x("x", "float32[6]"), name="first")
    x = s.add("block.Residual", x, name="more", repeat=2)
    x = s.add("nn.Linear", x, name="linear", out_features=6)
    s.y(s.add("nn.Linear", x, name="again", out_features=6))
    return s.project


STARTS: dict[str, Callable[[], Project]] = {
    "empty": Project, "digits": digits_cnn, "residual": _residual,
}  # fmt: skip


class Walk(RuleBasedStateMachine):
    """Any walk of edits keeps all promises, and leads back to where it began."""

    def __init__(self) -> None:
        super().__init__()
        count = iter(range(10**9))
        ids = SimpleNamespace(token_hex=lambda _: f"id{next(count)}")
        self.ids = patch("graphcore.project.graph.secrets", ids)  # a walk must repeat
        self.ids.start()
        self.project = Project()
        self.first = self.project.copy()
        self.done: list[tuple[Edit, Edit]] = []
        self.undone: list[Edit] = []
        self.journal: list[str] = []
        self.known: tuple[Analysis, Code] | None = None

    @initialize(start=st.sampled_from(list(STARTS)), data=st.sampled_from(DATA))
    def begin(self, start: str, data: object) -> None:
        self.project = STARTS[start]()
        if start == "empty":
            Set(("data",), data).apply(self.project)
        self.first = self.project.copy()

    # -- what a hand does to edits -------------------------------------------------------------

    def make(self, edit: Callable[[], Edit], gently: bool = False) -> None:
        """Do what an operation comes to; it may be refused."""
        before = self.project.copy()
        try:
            made = edit()
        except UserError as error:
            promises.plain(error)
            assert self.project == before
            return
        self.do(made, gently)

    def do(self, edit: Edit, gently: bool = False) -> None:
        """Apply it, take it back and do it again: all or nothing, and back exactly."""
        before, bad = self.project.copy(), self._errors() if gently else 0
        try:
            inverse = edit.apply(self.project)
        except UserError as error:
            promises.plain(error)
            assert self.project == before
            return
        after = self.project.copy()
        inverse.apply(self.project)
        assert self.project == before
        inverse = edit.apply(self.project)
        assert self.project == after
        self.known = None
        if self._size() > MOST_NODES or (gently and self._errors() > bad):
            inverse.apply(self.project)
            self.known = None
        else:
            self.done.append((edit, inverse))
            self.undone.clear()
            self.journal.append(step_line(Step("do", edit)))

    def _errors(self) -> int:
        return len(self.look()[0].blocking("build"))

    def _size(self) -> int:
        """How many nodes it unfolds to, as far as that matters here."""

        def count(name: str, most: int) -> int:
            found = 0
            for node in self.project.definitions[name].graph.nodes.values():
                inner = node.kind.removeprefix("block.")
                is_block = inner != node.kind and inner in self.project.definitions
                found += 1 + (count(inner, most - found) * max(1, node.repeat) if is_block else 0)
                if found > most:
                    break
            return found

        return max(count(name, MOST_NODES) for name in self.project.definitions)

    def look(self) -> tuple[Analysis, Code]:
        """Analysis and code of the project as it is."""
        if self.known is None:
            self.known = promises.analysed(self.project)
        return self.known

    # -- what a hand picks ---------------------------------------------------------------------

    def place(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([MAIN, *sorted(self.project.definitions)]))

    def nodes(self, definition: str) -> list[Node]:
        nodes = self.project.definitions[definition].graph.nodes.values()
        return sorted(nodes, key=lambda node: (-node.order, node.name))

    def graph(self, definition: str) -> Graph:
        return self.project.definitions[definition].graph

    def one(self, data: st.DataObject, things: Sequence[Thing]) -> Thing | None:
        return data.draw(st.sampled_from(things)) if things else None

    def node(self, data: st.DataObject, definition: str) -> Node | None:
        return self.one(data, self.nodes(definition))

    def wire(self, data: st.DataObject, definition: str) -> Wire | None:
        wires = sorted(self.graph(definition).wires.values(), key=bend_key)
        return self.one(data, wires)

    def some(self, data: st.DataObject, definition: str) -> list[NodeId]:
        ids = [node.id for node in self.nodes(definition)]
        if not ids:
            return []
        return data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=5, unique=True))

    def kinds(self) -> list[str]:
        blocks = [f"block.{name}" for name in sorted(self.project.definitions)]
        return [*blocks, "block.Ghost", "user.odd", *COMMON, *KINDS]

    def block(self, data: st.DataObject, definition: str) -> Node | None:
        blocks = [n for n in self.nodes(definition) if n.kind.startswith("block.")]
        return self.one(data, blocks) or self.node(data, definition)

    # -- nodes and wires -----------------------------------------------------------------------

    @rule(data=st.data(), at=st.none() | _PLACES, gently=st.booleans())
    def put_down(self, data: st.DataObject, at: tuple[int, int] | None, gently: bool) -> None:
        where = self.place(data)
        kind = data.draw(st.sampled_from(self.kinds()))
        node = new_node(self.project, kind, where)
        if kind == "io.Input":
            node = node.with_param("type", data.draw(st.sampled_from(TYPES)))
        self.do(AddNode(node, at, where), gently)

    @rule(data=st.data())
    def put_down_what_works(self, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(_SMALL_KINDS))
        part = drawing_of(kind).project
        self.make(lambda: pasted(self.project, part, QPointF(9, 9), self.place(data))[0], True)

    @rule(data=st.data(), gently=st.sampled_from([True, True, False]))
    def append(self, data: st.DataObject, gently: bool) -> None:
        """A node with every input wired to something."""
        where = self.place(data)
        kind = data.draw(st.sampled_from(self.kinds()))
        values = self._values(where)
        node = new_node(self.project, kind, where)
        edits: list[Edit] = [AddNode(node, None, where)]
        for port in self.project.ports(node)[0]:
            source = (
                self.one(data, values) if not port.optional or data.draw(st.booleans()) else None
            )
            if source is not None:
                slots = [f"{port.name}.{i}" for i in range(2)] if port.variadic else [port.name]
                edits += [Connect(Wire(*source, node.id, slot), where) for slot in slots]
        self.make(lambda: Together(tuple(edits)), gently)

    def _values(self, where: str) -> list[tuple[NodeId, str]]:
        return [(n.id, p.name) for n in self.nodes(where) for p in self.project.ports(n)[1]]

    @rule(data=st.data(), gently=st.booleans())
    def connect(self, data: st.DataObject, gently: bool) -> None:
        where = self.place(data)
        source, target = self.one(data, self._values(where)), self.node(data, where)
        if source is None or target is None:
            return
        slots = self.project.slots(target, self.graph(where))
        slot = data.draw(st.sampled_from([*slots, *slots, *_PORTS]))
        output = data.draw(st.sampled_from([source[1]] * 8 + list(_PORTS)))
        self.do(Connect(Wire(source[0], output, target.id, slot), where), gently)

    @rule(data=st.data(), gently=st.booleans())
    def disconnect(self, data: st.DataObject, gently: bool) -> None:
        where = self.place(data)
        wire = self.wire(data, where)
        if wire is not None:
            self.do(Disconnect(wire, where), gently)

    @rule(data=st.data(), gently=st.booleans())
    def put_into_a_wire(self, data: st.DataObject, gently: bool) -> None:
        where = self.place(data)
        wire, node = self.wire(data, where), self.node(data, where)
        if wire is None or node is None:
            return
        inputs, outputs = self.project.ports(node)
        if inputs and outputs:
            slot = f"{inputs[0].name}.0" if inputs[0].variadic else inputs[0].name
            ends = ((node.id, slot), (node.id, outputs[0].name))
            self.do(inserted(wire, *ends, where), gently)

    @rule(data=st.data(), heal=st.booleans(), gently=st.booleans())
    def delete(self, data: st.DataObject, heal: bool, gently: bool) -> None:
        where = self.place(data)
        nodes = self.some(data, where)
        self.make(lambda: removed(self.project, nodes, heal=heal, definition=where), gently)

    @rule(data=st.data(), gently=st.booleans())
    def paste(self, data: st.DataObject, gently: bool) -> None:
        """Nodes of one place copied into the same or another."""
        source, where = self.place(data), self.place(data)
        part = part_of(self.project, self.some(data, source), source)
        self.make(lambda: pasted(self.project, part, QPointF(24, 24), where)[0], gently)

    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def rename(self, data: st.DataObject, name: str) -> None:
        where = self.place(data)
        node = self.node(data, where)
        if node is not None:
            self.do(Rename(node.id, name, where))

    # -- params, settings and texts ------------------------------------------------------------

    @rule(data=st.data(), gently=st.booleans())
    def set_param(self, data: st.DataObject, gently: bool) -> None:
        where = self.place(data)
        node = self.node(data, where)
        params = self.project.params_at(node) if node else ()
        param = self.one(data, params)
        if node is not None and param is not None:
            self.do(SetParam(node.id, param.name, data.draw(values(param)), where), gently)

    @rule(data=st.data(), name=st.sampled_from(("ghost", "class", "a b")), value=JUNK)
    def set_a_wrong_param(self, data: st.DataObject, name: str, value: object) -> None:
        node = self.node(data, MAIN)
        if node is not None:
            self.do(SetParam(node.id, name, value))

    @rule(data=st.data(), setting=settings_of_nodes(), gently=st.booleans())
    def set_setting(
        self, data: st.DataObject, setting: tuple[str, object], gently: bool
    ) -> None:  # fmt: skip
        where = self.place(data)
        node, (name, value) = self.node(data, where), setting
        if node is not None:
            self.do(Set(("nodes", where, node.id, "settings", name), value), gently)

    @rule(data=st.data(), gently=st.booleans())
    def share_or_tie(self, data: st.DataObject, gently: bool) -> None:
        """A layer or a weight of one node for another, often of the same kind."""
        where = self.place(data)
        node, other = self.node(data, where), self.node(data, where)
        if node is None or other is None:
            return
        alike = [n for n in self.nodes(where) if n.kind == node.kind and n.id != node.id]
        other = self.one(data, alike) or other
        tie = ("ties", {"weight": f"{other.name}.weight"})
        name, value = data.draw(st.sampled_from([("shares", other.name), tie]))
        self.do(Set(("nodes", where, node.id, "settings", name), value), gently)

    @rule(data=st.data(), what=st.sampled_from(("title", "note")),
          value=st.text(max_size=4) | JUNK)  # fmt: skip
    def annotate(self, data: st.DataObject, what: str, value: object) -> None:
        node = self.node(data, MAIN)
        if node is not None:
            self.do(Set(("nodes", MAIN, node.id, what), value))

    @rule(data=st.data(), value=st.just(MISSING) | _PLACES | JUNK)
    def move(self, data: st.DataObject, value: object) -> None:
        where = self.place(data)
        node, wire = self.node(data, where), self.wire(data, where)
        if node is not None:
            self.do(Set(("layout", where, node.id), value))
        if wire is not None:
            bends = (value, value) if isinstance(value, tuple) else value
            self.do(Set(("bends", where, bend_key(wire)), bends))
            self.do(Set(("dots", where, bend_key(wire)), bends))

    @rule(value=st.sampled_from([*DATA, None]))
    def choose_data(self, value: object) -> None:
        self.do(Set(("data",), value))

    @rule(value=st.sampled_from([*PLANS, None]) | JUNK)
    def plan(self, value: object) -> None:
        self.do(Set(("plan",), value))

    @rule(path=st.sampled_from([("plan", "epochs"), ("plan", "objectives", 0, "optimizer", "params",
                                "lr"), ("data", "samples"), ("data", "options", "a"), ("title",),
                                ("weights",), ("data", "fields", 0, "name"), ("notes", "n"),
                                ("about",), ("definitions", "main"), ("plan", "objectives", 9)]),
          value=st.sampled_from([1, "x", (), Note(MAIN, 0, 0, 9, 9), MISSING]) | JUNK)  # fmt: skip
    def set_anything(self, path: tuple[str | int, ...], value: object) -> None:
        self.do(Set(path, value))

    # -- blocks --------------------------------------------------------------------------------

    @rule(data=st.data(), name=st.sampled_from(("Block1", "Block2", "class", "Model", "Linear")),
          gently=st.booleans())  # fmt: skip
    def collapse(self, data: st.DataObject, name: str, gently: bool) -> None:
        where = self.place(data)
        nodes = self.some(data, where)
        self.make(lambda: structure.collapse(self.project, nodes, name, where), gently)

    @rule(data=st.data(), gently=st.booleans())
    def collapse_a_stretch(self, data: st.DataObject, gently: bool) -> None:
        """All nodes between two, which is what a person mostly selects."""
        where = self.place(data)
        first, last = self.node(data, where), self.node(data, where)
        if first is None or last is None:
            return
        graph = self.graph(where)
        between = graph.descendants([first.id]) & graph.ancestors([last.id])
        name = structure.free_block_name(self.project)
        self.make(lambda: structure.collapse(self.project, between, name, where), gently)

    @rule(data=st.data(), gently=st.booleans())
    def unpack(self, data: st.DataObject, gently: bool) -> None:
        where = self.place(data)
        block = self.block(data, where)
        if block is not None:
            self.make(lambda: unpacking.unpack(self.project, block.id, where), gently)

    @rule(data=st.data(), gently=st.booleans())
    def fold(self, data: st.DataObject, gently: bool) -> None:
        where = self.place(data)
        self.make(lambda: folding.folded(self.project, where), gently)

    @rule(data=st.data())
    def make_unique(self, data: st.DataObject) -> None:
        where = self.place(data)
        block = self.block(data, where)
        if block is not None:
            self.make(lambda: structure.make_unique(self.project, block.id, where))

    @rule(data=st.data(), gently=st.booleans())
    def expose(self, data: st.DataObject, gently: bool) -> None:
        where = self.place(data)
        node = self.node(data, where)
        param = self.one(data, self.project.params_at(node)) if node else None
        if node is not None and param is not None:
            value = node.params.get(param.name, param.default)
            chosen = data.draw(st.sampled_from([value, 6]))
            self.make(lambda: exposing.expose(self.project, where, node.id, param.name, chosen),
                      gently)  # fmt: skip

    @rule(data=st.data(), what=st.sampled_from(("add", "rename", "raise", "remove", "default")),
          new=st.sampled_from(PARAM_NAMES), value=st.sampled_from([2, 6, 0.5, True, (2, 2), "x"]),
          gently=st.booleans())  # fmt: skip
    def change_params_of_a_block(
        self, data: st.DataObject, what: str, new: str, value: object, gently: bool
    ) -> None:
        where = self.place(data)
        name = self.one(data, sorted(self.project.definitions[where].params))
        if name is None or what == "add":
            self.make(lambda: exposing.add_param(self.project, where, new, value), gently)
        elif what == "rename":
            self.make(lambda: exposing.rename_param(self.project, where, name, new), gently)
        elif what == "raise":
            self.make(lambda: exposing.raise_param(self.project, where, name), gently)
        elif what == "remove":
            self.make(lambda: exposing.remove_param(self.project, where, name), gently)
        else:
            self.make(lambda: exposing.set_default(self.project, where, name, value), gently)

    @rule(data=st.data(), name=st.sampled_from(NAMES), is_new=st.booleans())
    def name_a_definition(self, data: st.DataObject, name: str, is_new: bool) -> None:
        old = self.place(data)
        content = self.project.definitions[old]
        self.do(AddDefinition(name, content) if is_new else RenameDefinition(old, name))

    @rule(data=st.data())
    def remove_a_definition(self, data: st.DataObject) -> None:
        self.do(RemoveDefinition(self.place(data)))

    # -- repairs and history -------------------------------------------------------------------

    @rule(data=st.data())
    def repair(self, data: st.DataObject) -> None:
        analysis = self.look()[0]
        found = [problem for problem in analysis.problems if problem.repairs]
        problem = self.one(data, found)
        if problem is not None:
            offered = proven(self.project, problem, analysis)
            for repair in offered[:1] or problem.repairs[:1]:
                self.do(repair.edit)

    @rule(times=st.integers(1, 5))
    def undo(self, times: int) -> None:
        for edit, inverse in [self.done.pop() for _ in range(min(times, len(self.done)))]:
            inverse.apply(self.project)
            self.undone.append(edit)
            self.journal.append(step_line(Step("undo", inverse)))
        self.known = None

    @precondition(lambda self: bool(self.undone))
    @rule()
    def redo(self) -> None:
        edit = self.undone.pop()
        self.done.append((edit, edit.apply(self.project)))
        self.journal.append(step_line(Step("redo", edit)))
        self.known = None

    # -- promises ------------------------------------------------------------------------------

    @invariant()
    def it_is_analysed_and_written(self) -> None:
        self.look()

    @invariant()
    def it_is_saved_and_loaded(self) -> None:
        promises.comes_back(self.project, self.look()[1])

    @invariant()
    def it_builds_and_runs(self) -> None:
        promises.runs(self.project, *self.look())

    def teardown(self) -> None:
        self.ids.stop()
        replayed = replay(self.first.copy(), self.journal)
        assert not replayed.damage
        assert replayed.project == self.project, "the journal leads elsewhere"
        assert len(replayed.changes) <= len(self.done)  # history is let go where in doubt
        while self.done:
            self.done.pop()[1].apply(self.project)
        assert self.project == self.first
        assert to_text(self.project) == to_text(self.first)
