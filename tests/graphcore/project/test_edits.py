"""Every edit takes effect, can be taken back and done again, and a refused one changes nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.params import Float, Int, Numbers, Size
from graphcore.project.data import DataChoice, Field, Split
from graphcore.project.definitions import Definition, DefinitionParam
from graphcore.project.edits import (
    MISSING,
    AddDefinition,
    AddNode,
    Connect,
    Disconnect,
    Edit,
    RemoveDefinition,
    RemoveNode,
    Rename,
    Set,
    SetParam,
    Together,
    bend_key,
    touched_nodes,
)
from graphcore.project.file import parse, to_text
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.make import new_node
from graphcore.project.plan import ObjectivePlan, Plan
from graphcore.project.project import Note, Project
from graphcore.types import Tensor, parse_type
from tests.build import add, chain, digits_cnn, wire

CONV, RELU, HEAD, LOSS = NodeId("conv"), NodeId("relu"), NodeId("head"), NodeId("loss")


def bent() -> Project:
    """The digits with a bent wire into the loss, a note and a block definition."""
    project = digits_cnn()
    Set(("bends", "main", "loss.target"), ((10, 200), (900, 200))).apply(project)
    Set(("dots", "main", "loss.target"), ((10, 240),)).apply(project)
    Set(("notes", "n"), Note("main", 0, 0, 100, 100, text="Hello")).apply(project)
    AddDefinition("Block", _content()).apply(project)
    Set(("layout", "Block", "i"), (24, 48)).apply(project)
    Set(("bends", "Block", "o.input"), ((1, 2),)).apply(project)
    return project


def _content() -> Definition:
    nodes = [Node(NodeId("i"), "io.Input", "x"), Node(NodeId("o"), "io.Output", "y", order=1)]
    wires = [Wire(NodeId("i"), "output", NodeId("o"), "input")]
    return Definition(Graph(nodes, wires), {"width": DefinitionParam(8)})


def state(project: Project) -> tuple[Project, str]:
    """All of it: the values, and the text with its order of nodes, wires and params."""
    return project.copy(), to_text(project)


EDITS: dict[str, Edit] = {
    "add": AddNode(Node(NodeId("n"), "nn.ReLU", "extra", order=99), (24, 48)),
    "add without place": AddNode(Node(NodeId("n"), "nn.ReLU", "extra")),
    "add a block": AddNode(Node(NodeId("n"), "block.Block", "extra", {"width": Formula("2")})),
    "add in a definition": AddNode(Node(NodeId("n"), "nn.ReLU", "extra"), (1, 1), "Block"),
    "remove": RemoveNode(RELU),
    "remove with bends": RemoveNode(LOSS),
    "remove where bends begin": RemoveNode(NodeId("data")),
    "remove in a definition": RemoveNode(NodeId("o"), "Block"),
    "connect": Connect(Wire(RELU, "output", HEAD, "input")),
    "connect over bends": Connect(Wire(HEAD, "output", LOSS, "target")),
    "connect as it is": Connect(Wire(CONV, "output", RELU, "input")),
    "disconnect": Disconnect(Wire(CONV, "output", RELU, "input")),
    "disconnect with bends": Disconnect(Wire(NodeId("data"), "label", LOSS, "target")),
    "param": SetParam(CONV, "out_channels", 32),
    "new param": SetParam(CONV, "stride", [2, 1]),
    "param to a formula": SetParam(CONV, "out_channels", Formula("2 * label.classes")),
    "param back to inferred": SetParam(CONV, "out_channels", MISSING),
    "param that was not there": SetParam(CONV, "bias", MISSING),
    "rename": Rename(CONV, "edges"),
    "rename to the same": Rename(CONV, "conv"),
    "definition": AddDefinition("Other", _content()),
    "definition gone": RemoveDefinition("Block"),
    "title": Set(("title",), "Other"),
    "plan": Set(("plan",), Plan(epochs=3)),
    "epochs": Set(("plan", "epochs"), 3),
    "learning rate": Set(("plan", "objectives", 0, "optimizer", "params", "lr"), 0.1),
    "new optimizer param": Set(("plan", "objectives", 0, "optimizer", "params", "eps"), 1e-6),
    "objectives": Set(("plan", "objectives"), (ObjectivePlan("g"), ObjectivePlan("d"))),
    "data": Set(("data",), DataChoice("csv", {"path": "a.csv"})),
    "split": Set(("data", "split", "validation"), 0.3),
    "field": Set(("data", "fields", 1, "classes"), 9),
    "option": Set(("data", "options", "deep", "er"), (1, 2)),
    "place": Set(("layout", "main", "conv"), (48, 48)),
    "place gone": Set(("layout", "main", "conv"), MISSING),
    "places": Set(("layout", "main"), {"conv": (1, 2)}),
    "layout": Set(("layout",), {"main": {"conv": (1, 2)}}),
    "bends": Set(("bends", "main", "relu.input"), ((1, 2),)),
    "bends gone": Set(("bends", "main", "loss.target"), MISSING),
    "dots": Set(("dots", "main", "relu.input"), ((1, 2),)),
    "dots gone": Set(("dots", "main", "loss.target"), MISSING),
    "all dots": Set(("dots", "main"), {}),
    "all bends": Set(("bends", "main"), {}),
    "note": Set(("notes", "m"), Note("main", 1, 2, 3, 4)),
    "note moved": Set(("notes", "n", "x"), 48),
    "note gone": Set(("notes", "n"), MISSING),
    "freeze": Set(("nodes", "main", "conv", "settings", "freeze"), True),
    "setting not there": Set(("nodes", "main", "conv", "settings", "freeze"), MISSING),
    "a setting in a setting": Set(("nodes", "main", "conv", "settings", "ties", "weight"), "a.b"),
    "settings": Set(("nodes", "main", "loss", "settings"), {"weight": 2}),
    "node title": Set(("nodes", "main", "conv", "title"), "Edges"),
    "node note": Set(("nodes", "main", "conv", "note"), "See the paper."),
    "nothing": Together(()),
    "several": Together((RemoveNode(RELU), Rename(CONV, "relu"), RemoveNode(LOSS))),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_undone_and_done_again(name: str) -> None:
    edit, project = EDITS[name], bent()
    first = state(project)
    inverse = edit.apply(project)
    second = state(project)
    for _ in range(2):
        redo = inverse.apply(project)
        assert state(project) == first
        inverse = redo.apply(project)
        assert state(project) == second
        edit_again = inverse.apply(project)
        assert state(project) == first
        inverse = edit.apply(project)
        assert state(project) == second
        assert edit_again is not None
    changes = name not in (
        "connect as it is", "param that was not there", "rename to the same", "setting not there",
        "nothing",
    )  # fmt: skip
    assert (first != second) == changes
    assert parse(to_text(project)) == _numbered(project)


def _numbered(project: Project) -> Project:
    """The project with orders from 0 on, as the file gives them back."""
    copy = project.copy()
    for definition in copy.definitions.values():
        nodes = sorted(definition.graph.nodes.values(), key=lambda n: (n.order, n.id))
        for i, node in enumerate(nodes):
            definition.graph.nodes[node.id] = dataclasses.replace(node, order=i)
    return copy


def test_a_wire_that_gives_way_takes_its_bends_along() -> None:
    project = bent()
    inverse = Connect(Wire(HEAD, "output", LOSS, "target")).apply(project)
    assert "loss.target" not in project.bends["main"]
    inverse.apply(project)
    assert project.bends["main"]["loss.target"] == ((10, 200), (900, 200))
    assert project.graph.wire_into(LOSS, "target") == Wire(NodeId("data"), "label", LOSS, "target")


REFUSED: dict[str, Edit] = {
    "taken id": AddNode(Node(CONV, "nn.ReLU", "extra")),
    "taken name": AddNode(Node(NodeId("n"), "nn.ReLU", "conv")),
    "bad name": AddNode(Node(NodeId("n"), "nn.ReLU", "class")),
    "bad id": AddNode(Node(NodeId("a.b"), "nn.ReLU", "extra")),
    "bad param": AddNode(Node(NodeId("n"), "nn.Linear", "extra", {"out_features": 0})),
    "bad setting": AddNode(Node(NodeId("n"), "nn.ReLU", "extra", {}, {"freeze": "yes"})),
    "block in itself": AddNode(Node(NodeId("n"), "block.Block", "extra"), None, "Block"),
    "no definition": AddNode(Node(NodeId("n"), "nn.ReLU", "extra"), None, "Ghost"),
    "no node": RemoveNode(NodeId("ghost")),
    "circle": Connect(Wire(RELU, "output", CONV, "input")),
    "to itself": Connect(Wire(CONV, "output", CONV, "input")),
    "from nothing": Connect(Wire(NodeId("ghost"), "output", CONV, "input")),
    "no port": Connect(Wire(CONV, "output", LOSS, "side")),
    "no output": Connect(Wire(CONV, "side", LOSS, "target")),
    "no wire": Disconnect(Wire(CONV, "output", LOSS, "input")),
    "param's value": SetParam(CONV, "out_channels", "many"),
    "param's name": SetParam(CONV, "channels", 3),
    "long formula": SetParam(CONV, "out_channels", Formula("1" * 3000)),
    "name that is taken": Rename(CONV, "relu"),
    "name that is reserved": Rename(CONV, "forward"),
    "definition there is": AddDefinition("Block", _content()),
    "definition holding itself": AddDefinition(
        "Self", Definition(Graph([Node(NodeId("n"), "block.Self", "n")]))
    ),
    "main gone": RemoveDefinition("main"),
    "path": Set(("definitions",), {}),
    "empty path": Set((), 1),
    "no such setting": Set(("plan", "epoch"), 1),
    "index too high": Set(("plan", "objectives", 1), ObjectivePlan()),
    "wrong plan": Set(("plan", "epochs"), "ten"),
    "plan that is none": Set(("plan",), {"epochs": 0}),
    "epochs deleted": Set(("plan", "epochs"), MISSING),
    "title that is none": Set(("title",), 3),
    "place that is none": Set(("layout", "main", "conv"), (0.5, 1)),
    "place in no definition": Set(("layout", "ghost", "conv"), (0, 1)),
    "layout of no definition": Set(("layout",), {"ghost": {}}),
    "setting's value": Set(("nodes", "main", "conv", "settings", "freeze"), 1),
    "setting's name": Set(("nodes", "main", "conv", "settings", "frozen"), True),
    "a node's name": Set(("nodes", "main", "conv", "name"), "a b"),
    "two fields alike": Set(("data", "fields"), (Field("a", Tensor(())), Field("a", Tensor(())))),
    "no sample to train on": Set(("data", "split"), Split(0.5, 0.5)),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("wrap", [lambda edit: edit, lambda edit: Together((*EDITS_FIRST, edit))])
def test_a_refused_edit_changes_nothing(name: str, wrap: Callable[[Edit], Edit]) -> None:
    project = bent()
    first = state(project)
    with pytest.raises(UserError) as caught:
        wrap(REFUSED[name]).apply(project)
    assert caught.value.hint
    assert state(project) == first


EDITS_FIRST = (
    Set(("title",), "Changed"), SetParam(CONV, "stride", 2),
    Connect(Wire(NodeId("flatten"), "output", LOSS, "input")), RemoveNode(HEAD),
)  # fmt: skip


def test_a_definition_in_use_stays() -> None:
    project = bent()
    add(project, "block.Block", "b")
    with pytest.raises(UserError, match="in use"):
        RemoveDefinition("Block").apply(project)


def test_snapshots_do_not_move_with_the_project() -> None:
    project = bent()
    snapshot = project.copy()
    first = to_text(snapshot)
    for edit in EDITS_FIRST:
        edit.apply(project)
    RemoveDefinition("Block").apply(project)
    assert to_text(snapshot) == first


def test_touched_nodes_names_what_an_edit_changes() -> None:
    assert touched_nodes(Rename(CONV, "a")) == {CONV}
    assert touched_nodes(Connect(Wire(CONV, "output", RELU, "input"))) == {CONV, RELU}
    assert touched_nodes(Set(("layout", "main", "conv"), (0, 0))) == {CONV}
    assert touched_nodes(Set(("bends", "main", "add.tensors.1"), ())) == {NodeId("add")}
    assert touched_nodes(Set(("plan", "epochs"), 1)) is None
    assert touched_nodes(Together((RemoveNode(CONV), Rename(RELU, "a")))) == {CONV, RELU}


def test_slots_of_a_variadic_port_grow() -> None:
    project = Project()
    chain(project, "nn.ReLU", "ops.add")
    node = project.graph.nodes[NodeId("add")]
    assert project.slots(node) == ("tensors.0", "tensors.1")
    Connect(Wire(RELU, "output", node.id, "tensors.2")).apply(project)
    assert project.slots(node) == ("tensors.0", "tensors.1", "tensors.2", "tensors.3")
    for slot in ("tensors.1000", "tensors.01", "tensors.x", "tensors", "tensors.-1"):
        with pytest.raises(UserError, match="no input"):
            Connect(Wire(RELU, "output", node.id, slot)).apply(project)


def test_new_nodes_have_free_names_and_rising_orders() -> None:
    project = Project()
    for _ in range(3):
        AddNode(new_node(project, "nn.Conv2d")).apply(project)
    assert [n.name for n in project.graph.ordered()] == ["conv", "conv2", "conv3"]
    assert [n.order for n in project.graph.ordered()] == [0, 1, 2]


def test_wires_to_a_field_that_is_gone_are_kept() -> None:
    """The data may change back; until then analysis tells of the wire."""
    project = digits_cnn()
    Set(("data",), DataChoice()).apply(project)
    assert parse(to_text(project)) == project


def test_huge_values_are_refused_in_a_sentence() -> None:
    for kind in (Int(), Float(), Size(2), Numbers()):
        for value in (10**5000, float("nan"), float("inf"), [10**5000], [[[[[[1]]]]]]):
            with pytest.raises(UserError):
                kind.check(value)
    for text in ("9007199254740992**64", "1e400", "(" * 150, "2**2**2**9", "a.__class__", "'x'"):
        with pytest.raises(UserError):
            evaluate(Formula(text), {"a": 2})
    for text in ("float32[-3]", "float32[" + "1," * 40 + "1]", "list[" * 30, "{a:" * 30):
        with pytest.raises(UserError):
            parse_type(text)


class RandomEdits(RuleBasedStateMachine):
    """Any walk of edits leads back to where it began."""

    def __init__(self) -> None:
        super().__init__()
        self.project = bent()
        self.first = state(self.project)
        self.undo: list[Edit] = []
        self.count = 0

    def do(self, edit: Edit) -> None:
        before = state(self.project)
        try:
            self.undo.append(edit.apply(self.project))
        except UserError:
            assert state(self.project) == before

    def pick(self, data: st.DataObject, definition: str = "main") -> NodeId:
        nodes = sorted(self.project.definitions[definition].graph.nodes)
        return data.draw(st.sampled_from(nodes)) if nodes else NodeId("ghost")

    @rule(kind=st.sampled_from(["nn.ReLU", "ops.add", "nn.Linear", "user.odd", "block.Block"]),
          place=st.none() | st.tuples(st.integers(-99, 99), st.integers(-99, 99)),
          definition=st.sampled_from(["main", "Block"]))  # fmt: skip
    def add(self, kind: str, place: tuple[int, int] | None, definition: str) -> None:
        self.count += 1
        graph = self.project.definitions.get(definition, Definition()).graph
        node = Node(NodeId(f"n{self.count}"), kind, f"n{self.count}", order=graph.next_order())
        self.do(AddNode(node, place, definition))

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.do(RemoveNode(self.pick(data)))

    @rule(data=st.data(), slot=st.sampled_from(["input", "target", "tensors.0", "tensors.1"]))
    def connect(self, data: st.DataObject, slot: str) -> None:
        self.do(Connect(Wire(self.pick(data), "output", self.pick(data), slot)))

    @rule(data=st.data())
    def disconnect(self, data: st.DataObject) -> None:
        wires = sorted(self.project.graph.wires.values(), key=bend_key)
        if wires:
            self.do(Disconnect(data.draw(st.sampled_from(wires))))

    @rule(data=st.data())
    def bend(self, data: st.DataObject) -> None:
        wires = sorted(self.project.graph.wires.values(), key=bend_key)
        if wires:
            key = bend_key(data.draw(st.sampled_from(wires)))
            points = data.draw(st.sampled_from([MISSING, ((1, 2),), ((3, 4), (5, 6))]))
            self.do(Set((data.draw(st.sampled_from(["bends", "dots"])), "main", key), points))

    @rule(data=st.data(), name=st.sampled_from(["bias", "out_features", "inplace", "ghost"]),
          value=st.sampled_from([MISSING, True, 3, "x", Formula("label.classes")]))  # fmt: skip
    def set_param(self, data: st.DataObject, name: str, value: object) -> None:
        self.do(SetParam(self.pick(data), name, value))

    @rule(data=st.data(), name=st.sampled_from(["a", "b", "conv", "class"]))
    def rename(self, data: st.DataObject, name: str) -> None:
        self.do(Rename(self.pick(data), name))

    @rule(epochs=st.integers(0, 3), lr=st.sampled_from([MISSING, 0.1, "x"]))
    def plan(self, epochs: int, lr: object) -> None:
        learning_rate = Set(("plan", "objectives", 0, "optimizer", "params", "lr"), lr)
        self.do(Together((Set(("plan", "epochs"), epochs), learning_rate)))

    @rule(data=st.data(), place=st.sampled_from([MISSING, (0, 0), (24, 48)]))
    def move(self, data: st.DataObject, place: object) -> None:
        self.do(Set(("layout", "main", self.pick(data)), place))

    @rule(data=st.data(), name=st.sampled_from(["freeze", "weight", "decay"]),
          value=st.sampled_from([MISSING, True, 0.5]))  # fmt: skip
    def setting(self, data: st.DataObject, name: str, value: object) -> None:
        self.do(Set(("nodes", "main", self.pick(data), "settings", name), value))

    @rule(name=st.sampled_from(["Block", "Other"]), is_new=st.booleans())
    def definition(self, name: str, is_new: bool) -> None:
        self.do(AddDefinition(name, _content()) if is_new else RemoveDefinition(name))

    @rule()
    def take_back(self) -> None:
        if self.undo:
            after = state(self.project)
            redo = self.undo.pop().apply(self.project)
            self.undo.append(redo.apply(self.project))
            assert state(self.project) == after
            self.undo.pop().apply(self.project)

    @invariant()
    def it_can_be_saved(self) -> None:
        assert parse(to_text(self.project)) == _numbered(self.project)

    def teardown(self) -> None:
        while self.undo:
            self.undo.pop().apply(self.project)
        assert state(self.project) == self.first


TestRandomEdits = RandomEdits.TestCase
TestRandomEdits.settings = settings(max_examples=60, stateful_step_count=30)


def test_two_wires_between_the_same_nodes_are_two() -> None:
    project = Project()
    add(project, "nn.ReLU", "relu")
    add(project, "ops.add", "both")
    wire(project, "relu", "both.tensors.0")
    wire(project, "relu", "both.tensors.1")
    assert project.graph.ids.number_of_edges("relu", "both") == 2
    RemoveNode(RELU).apply(project).apply(project)
    assert len(project.graph.wires) == 2
