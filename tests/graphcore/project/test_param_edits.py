"""Params of copied nodes at others."""

from __future__ import annotations

import pytest

from graphcore.errors import UserError
from graphcore.project.graph import NodeId
from graphcore.project.param_edits import pasted_params
from graphcore.project.project import Project
from tests.build import add, wire


def _part(kind: str, params: dict[str, object]) -> Project:
    part = Project()
    add(part, kind, "copied", **params)
    return part


def test_a_node_of_the_same_kind_becomes_just_like_it() -> None:
    project = Project()
    add(project, "nn.Conv2d", "conv", out_channels=8, stride=2)
    part = _part("nn.Conv2d", {"out_channels": 16})
    found = pasted_params(project, part.graph, [NodeId("conv")])
    found.edit.apply(project)
    assert project.graph.nodes[NodeId("conv")].params == part.graph.nodes[NodeId("copied")].params
    assert set(found.names) == {"out_channels", "stride"}


def test_ports_that_go_take_their_wires_along_and_undo_brings_them_back() -> None:
    project = Project()
    for name in ("a", "b", "c"):
        add(project, "nn.ReLU", name)
    add(project, "ops.split", "split", sizes=(2, 2, 2))
    wire(project, "a", "split")
    wire(project, "split.output", "b")
    wire(project, "split.output_3", "c")
    before = project.copy()
    copied = _part("ops.split", {"sizes": (4, 4), "dim": 2}).graph
    back = pasted_params(project, copied, [NodeId("split")]).edit.apply(project)
    assert set(project.graph.wires) == {(NodeId("split"), "input"), (NodeId("b"), "input")}
    back.apply(project)
    assert project == before


@pytest.mark.parametrize("kind", ["nn.ReLU", "nn.Conv2d"])
def test_where_nothing_would_change_it_says_so(kind: str) -> None:
    project = Project()
    add(project, "nn.Conv2d", "conv", **{"out_channels": 8, "kernel_size": 3})
    same = {"out_channels": 8, "kernel_size": 3} if kind == "nn.Conv2d" else {}
    with pytest.raises(UserError, match="No selected node takes"):
        pasted_params(project, _part(kind, same).graph, [NodeId("conv")])
