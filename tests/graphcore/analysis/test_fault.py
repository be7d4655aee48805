"""Which node is at fault where what comes into another one is not known."""

from __future__ import annotations

import pytest

from graphcore.analysis.analyse import analyse
from graphcore.analysis.fault import at_fault
from graphcore.project.edits import MISSING, Set, SetParam
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from graphcore.project.structure import collapse
from tests.build import add, chain, digits_cnn, wire


def blamed(project: Project, path: str) -> str:
    return at_fault(project, analyse(project), path)


def test_the_nearest_node_before_with_an_error_is_at_fault() -> None:
    project = digits_cnn()
    assert blamed(project, "loss") == ""
    SetParam(NodeId("conv"), "in_channels", 5).apply(project)
    for name in ("relu", "pool", "head", "loss"):
        assert blamed(project, name) == "conv"
    assert blamed(project, "conv") == ""  # what comes into it is known
    SetParam(NodeId("conv"), "in_channels", MISSING).apply(project)
    SetParam(NodeId("head"), "in_features", 77).apply(project)
    assert blamed(project, "loss") == "head"
    assert blamed(project, "pool") == ""


def test_a_warning_is_no_fault_and_a_branch_that_is_known_is_left_alone() -> None:
    project = Project()
    x = add(project, "io.Input", "x", type="float32[8, 8, 8]")
    for name in ("left", "right"):
        wire(project, x, add(project, "nn.Conv2d", name, out_channels=8))
    add(project, "ops.add", "sum")
    wire(project, "left", "sum.tensors.0")
    wire(project, "right", "sum.tensors.1")
    SetParam(NodeId("right"), "in_channels", 5).apply(project)
    assert blamed(project, "sum") == "right"
    assert blamed(project, "left") == ""


def test_a_circle_is_walked_once() -> None:
    project = Project()
    first, second = chain(project, "nn.ReLU", "nn.ReLU")
    assert blamed(project, second) in ("", first)


@pytest.mark.parametrize("repeat", [0, 3])
def test_inside_a_block_the_fault_may_lie_before_it(repeat: int) -> None:
    project = digits_cnn()
    collapse(project, [NodeId("relu"), NodeId("pool")], "Inner").apply(project)
    block = project.graph.wires[NodeId("flatten"), "input"].source
    inner = project.graph.nodes[block].name
    if repeat:
        Set(("nodes", "main", block, "settings"), {"repeat": repeat}).apply(project)
    turn = f"{inner}.{repeat - 1}" if repeat else inner
    SetParam(NodeId("conv"), "in_channels", 5).apply(project)
    for path in (f"{turn}.pool", f"{turn}.relu", inner, "flatten"):
        assert blamed(project, path) == "conv", path


def test_a_turn_owes_it_to_the_turn_before() -> None:
    project = digits_cnn()
    collapse(project, [NodeId("conv"), NodeId("relu")], "Inner").apply(project)
    block = project.graph.wires[NodeId("pool"), "input"].source
    Set(("nodes", "main", block, "settings"), {"repeat": 3}).apply(project)
    SetParam(NodeId("conv"), "in_channels", 1, "Inner").apply(project)
    inner = project.graph.nodes[block].name
    assert blamed(project, "head") == f"{inner}.1.conv"
    assert blamed(project, f"{inner}.2.relu") == f"{inner}.1.conv"
