"""Numbers that are none: the node, the direction, the step and the batch of the first one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import torch

from graphcore.project import templates
from graphcore.project.edits import AddNode, Connect, Disconnect, Set
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.project import Project
from graphcore.project.structure import collapse
from graphcore.training.control import Control
from graphcore.training.events import Event, Failed, Probed, StepsDone
from graphcore.training.randomness import APART, Draws, seed_all
from graphcore.training.resuming import place_to_resume
from graphcore.training.runs import RunStore
from graphcore.training.session import train_project


def digits(*between: str, rate: float = 1e-3, epochs: int = 2) -> Project:
    """The small network on digits with operations between its flatten and its dropout."""
    project = templates.open_template("digits-mlp")
    graph = project.graph
    old = graph.wire_into(NodeId("loss"), "input")
    assert old is not None
    Disconnect(old).apply(project)
    last, port = old.source, old.output
    for kind in between:
        name = graph.free_name("my_" + kind.partition(".")[2].lower())
        AddNode(Node(NodeId(name), kind, name, order=graph.next_order()), (0, 0)).apply(project)
        Connect(Wire(last, port, NodeId(name), "input")).apply(project)
        last, port = NodeId(name), "output"
    Connect(Wire(last, port, old.target, old.input)).apply(project)
    plan = replace(project.plan, epochs=epochs, threads=1)
    Set(("plan",), plan).apply(project)
    return project


def failed(project: Project, folder: Path) -> tuple[Failed, list[Event]]:
    run = RunStore(folder).create(project)
    control, events = Control(), list[Event]()
    for event in train_project(project, run, control):
        events.append(event)
        if isinstance(event, StepsDone) and event.first_step == 0:
            control.save()
    assert isinstance(events[-1], Failed), events[-1]
    assert run.events()[-1] == events[-1]
    return events[-1], events


def test_what_a_probe_saw_of_it_is_told(tmp_path: Path) -> None:
    project = digits("nn.ReLU", "ops.log")
    run, control = RunStore(tmp_path).create(project), Control()
    control.probe("my_log")
    events = list(train_project(project, run, control))
    (seen,) = (e for e in events if isinstance(e, Probed) and e.direction == "forward")
    assert (seen.path, seen.step) == ("my_log", 1)
    assert 0.1 < seen.nans < 0.9
    assert isinstance(events[-1], Failed)


def test_a_logarithm_of_zero_is_named(tmp_path: Path) -> None:
    event, _ = failed(digits("nn.ReLU", "ops.log"), tmp_path)
    assert (event.cause, event.node) == ("numbers", "my_log")
    assert (
        "“my_log” gave -inf in the forward pass, first at step 0 (batch 1 of epoch 1)"
        in event.message
    )
    assert "clamp before it" in event.hint


def test_the_slope_of_a_root_at_zero_is_named(tmp_path: Path) -> None:
    event, events = failed(digits("nn.ReLU", "nn.Dropout", "ops.sqrt"), tmp_path)
    assert (event.cause, event.node) == ("numbers", "my_sqrt")
    assert "in the backward pass, first at step 0 (batch 1 of epoch 1)" in event.message
    assert "slope of a square root at 0" in event.hint
    first = next(event for event in events if isinstance(event, StepsDone))
    assert first.values["loss"][0] > 0  # the loss of that very step was still a number


def test_a_node_in_a_block_is_named_by_its_path(tmp_path: Path) -> None:
    project = digits("nn.ReLU", "nn.Dropout", "ops.sqrt")
    collapse(project, (NodeId("my_dropout"), NodeId("my_sqrt")), "Root").apply(project)
    event, _ = failed(project, tmp_path)
    assert event.node.endswith(".my_sqrt")


def test_what_overflows_late_is_found_from_the_state_saved_last(tmp_path: Path) -> None:
    project = digits("ops.exp", "ops.exp", epochs=200)
    main = project.plan.objectives[0]
    optimizer = replace(main.optimizer, name="SGD", params={"lr": 0.02})
    plan = replace(project.plan, objectives=(replace(main, optimizer=optimizer),))
    Set(("plan",), plan).apply(project)
    event, _ = failed(project, tmp_path)
    assert event.cause == "numbers"
    assert event.node in {node.name for node in project.graph.nodes.values()}
    (run,) = RunStore(tmp_path).runs()
    state = place_to_resume(run).state
    assert state is not None
    step = int(re.findall(r"first at step (\d+)", event.message)[0])
    assert 0 < int(state.stem) <= step


def test_what_several_processes_drew_is_drawn_again_by_each_its_own() -> None:
    seed_all(3)
    draws, found = Draws(2, 3, uses_cuda=False), list[torch.Tensor]()
    with draws.unchanged(), draws.of(1):
        torch.rand(5)
    for process in (1, 0, 1):
        with draws.of(process):
            found.append(torch.rand(2))
    for process, own in ((0, found[1:2]), (1, found[::2])):
        seed_all(3 + process * APART)
        assert torch.equal(torch.cat(own), torch.cat([torch.rand(2) for _ in own]))
