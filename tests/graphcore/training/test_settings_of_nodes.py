"""Settings of nodes reach the optimizer: one step equals one of a network made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from graphcore.code.build import Built, build
from graphcore.data.sources import describe
from graphcore.project.edits import AddDefinition, AddNode, Connect, Set
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.paths import settings_by_path
from graphcore.project.plan import Optimizer, Schedule
from graphcore.training.checkpoint import read_tensors
from graphcore.training.control import Control
from graphcore.training.events import Finished
from graphcore.training.minimizers import add_gradients, at_turn, make_minimizers
from graphcore.training.runs import RunStore
from graphcore.training.schedules import Moment
from graphcore.training.session import train_project
from tests.drawing import Drawing, digits_choice
from tests.graphcore.code.test_blocks import definition

RATE, DECAY = 0.1, 0.5


class Step(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Linear(6, 6)
        self.norm = nn.LayerNorm(6)

    def forward(self, x: Tensor) -> Tensor:
        return self.norm(self.inner(x))


class ByHand(nn.Module):
    """What `network` draws."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(64, 6)
        self.steps = nn.ModuleList([Step() for _ in range(2)])
        self.alone = Step()
        self.twice = nn.Linear(6, 6)
        self.head = nn.Linear(6, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.first(x.flatten(1))
        for step in self.steps:
            x = step(x)
        x = self.twice(self.twice(self.alone(x)))
        return self.head(x)


def network() -> Drawing:
    drawing = Drawing(digits_choice())
    step = definition(
        [("x", "io.Input", {}), ("inner", "nn.Linear", {"out_features": 6}),
         ("norm", "nn.LayerNorm", {}), ("y", "io.Output", {})],
        [("x", "inner", "input"), ("inner", "norm", "input"), ("norm", "y", "input")], {},
    )  # fmt: skip
    drawing.do(AddDefinition("Step", step))
    data = drawing.add("data.Dataset")
    flat = drawing.add("nn.Flatten", (data, "image"))
    first = drawing.add("nn.Linear", flat, name="first", out_features=6)
    drawing.do(AddNode(Node(NodeId("s"), "block.Step", "steps", {}, {"repeat": 2}, order=10)))
    drawing.do(AddNode(Node(NodeId("a"), "block.Step", "alone", order=11)))
    drawing.wire(first, NodeId("s"), "x")
    drawing.do(Connect(Wire(NodeId("s"), "y", NodeId("a"), "x")))
    once = drawing.add("nn.Linear", (NodeId("a"), "y"), name="twice", out_features=6)
    again = drawing.add("nn.Linear", once, name="again", out_features=6)
    drawing.setting(again, "shares", "twice")
    head = drawing.add("nn.Linear", again, name="head", out_features=10)
    drawing.add("loss.CrossEntropyLoss", head, (data, "label"), name="loss")
    objective = drawing.project.plan.objectives[0]
    plain = replace(
        objective, optimizer=Optimizer("SGD", {"lr": RATE, "weight_decay": DECAY}),
        schedule=Schedule("constant"),
    )  # fmt: skip
    drawing.do(Set(("plan", "objectives"), (plain,)))
    return drawing


def inside(drawing: Drawing, node: str, name: str, value: object) -> None:
    drawing.do(Set(("nodes", "Step", NodeId(node), "settings", name), value))


def at(drawing: Drawing, node: str, name: str, value: object) -> None:
    found = drawing.project.graph.by_name(node)
    assert found is not None
    drawing.setting(found.id, name, value)


def stepped(drawing: Drawing) -> Built:
    """The network after one step."""
    torch.manual_seed(0)
    built = build(drawing.code())
    assert built.objective is not None
    minimizers = make_minimizers(
        built.objective, drawing.project.plan, settings_by_path(drawing.project)
    )
    add_gradients(minimizers, [built.objective(*batch())["loss"]], minimizers)
    for minimizer in at_turn(minimizers, Moment(0, 10, 10)):
        minimizer.optimizer.step()
    return built


def batch() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(1)
    return torch.rand(8, 1, 8, 8, generator=generator), torch.arange(8)


def by_hand(group: Callable[[str], dict[str, float] | None]) -> nn.Module:
    """The same step in plain torch; `group` gives a param's own settings, None for a frozen one."""
    torch.manual_seed(0)
    model = ByHand()
    groups = []
    for name, param in model.named_parameters():
        own = group(name)
        param.requires_grad_(own is not None)
        if own is not None:
            groups.append({"params": [param], **own})
    optimizer = torch.optim.SGD(groups, lr=RATE, weight_decay=DECAY)
    images, labels = batch()
    nn.functional.cross_entropy(model(images), labels).backward()
    optimizer.step()
    return model


def assert_same(drawing: Drawing, group: Callable[[str], dict[str, float] | None]) -> None:
    ours, theirs = dict(stepped(drawing).model.named_parameters()), by_hand(group)
    for name, param in theirs.named_parameters():
        torch.testing.assert_close(ours[name], param, msg=name)
    assert len(ours) == len(list(theirs.parameters()))


def test_without_settings() -> None:
    assert_same(network(), lambda name: {})


def test_a_frozen_node_inside_every_turn() -> None:
    drawing = network()
    inside(drawing, "inner", "freeze", True)
    assert_same(drawing, lambda name: None if ".inner." in name else {})


def test_a_frozen_block_with_a_node_that_is_thawed() -> None:
    drawing = network()
    at(drawing, "steps", "freeze", True)
    inside(drawing, "norm", "freeze", False)
    assert_same(drawing, lambda name: None if name.startswith("steps") and "inner" in name else {})


def test_a_factor_and_no_decay_inside_blocks_and_out() -> None:
    drawing = network()
    inside(drawing, "inner", "lr_factor", 0.25)
    inside(drawing, "norm", "decay", False)
    at(drawing, "head", "lr_factor", 2.0)
    at(drawing, "head", "decay", False)

    def group(name: str) -> dict[str, float]:
        if name.startswith("head"):
            return {"lr": RATE * 2, "weight_decay": 0.0}
        if ".inner." in name:
            return {"lr": RATE / 4}
        return {"weight_decay": 0.0} if ".norm." in name else {}

    assert_same(drawing, group)


def test_a_factor_of_a_repeated_block() -> None:
    drawing = network()
    at(drawing, "steps", "lr_factor", 0.5)
    assert_same(drawing, lambda name: {"lr": RATE / 2} if name.startswith("steps") else {})


def test_a_shared_layer_moves_as_its_owner_says() -> None:
    drawing = network()
    at(drawing, "twice", "lr_factor", 0.5)
    at(drawing, "again", "freeze", True)
    assert_same(drawing, lambda name: {"lr": RATE / 2} if name.startswith("twice") else {})


def test_paths_are_those_of_the_weights() -> None:
    drawing = network()
    inside(drawing, "inner", "freeze", True)
    paths = {path for path, held in settings_by_path(drawing.project).items() if "freeze" in held}
    assert paths == {"steps.0.inner", "steps.1.inner", "alone.inner"}


def test_a_whole_run_leaves_frozen_layers_inside_blocks_alone(tmp_path: Path) -> None:
    drawing = network()
    choice = digits_choice()
    drawing.do(Set(("data",), describe(choice.source, choice.options, None, choice)))
    drawing.do(Set(("plan", "epochs"), 1))
    inside(drawing, "inner", "freeze", True)
    run = RunStore(tmp_path / "runs").create(drawing.project)
    events = list(train_project(drawing.project, run, Control()))
    assert isinstance(events[-1], Finished)
    torch.manual_seed(drawing.project.plan.seed)
    start = build(drawing.code()).model.state_dict()
    after = read_tensors(run.weights_path("last"))
    for name, value in start.items():
        assert torch.equal(value, after[name]) == (".inner." in name), name
