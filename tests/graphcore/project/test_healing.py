"""What fed nodes that go or come off feeds their followers."""

from __future__ import annotations

from graphcore.project.graph import NodeId, Wire
from graphcore.project.healing import detached, healed, outer_wires
from tests.build import digits_cnn


def test_a_way_leads_across_nodes_with_one_wire_in_and_one_port_out() -> None:
    graph = digits_cnn().graph
    found = healed(graph, [NodeId("relu"), NodeId("pool")])
    assert found == [Wire(NodeId("conv"), "output", NodeId("flatten"), "input")]
    assert healed(graph, [NodeId("relu")], fits=lambda wire: False) == []


def test_detached_nodes_keep_the_wires_among_them() -> None:
    project = digits_cnn()
    before, chosen = project.copy(), [NodeId("relu"), NodeId("pool")]
    inverse = detached(project, chosen).apply(project)
    assert outer_wires(project.graph, chosen) == []
    assert (NodeId("pool"), "input") in project.graph.wires
    assert project.graph.wires[NodeId("flatten"), "input"].source == "conv"
    inverse.apply(project)
    assert project == before
