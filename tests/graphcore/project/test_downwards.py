"""Layout from top to bottom: as clear as the one to the right, deterministic, groups together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphcore.project.arranging import tidied, usual_boxes
from graphcore.project.downwards import arrange_down
from graphcore.project.graph import NodeId
from graphcore.project.layout import NODE_HEIGHT, NODE_WIDTH
from tests.build import digits_cnn
from tests.graphcore.project.test_layout import EDGES, check, drawing, resnet

ENDLESS = 200, 1_000_000


@given(EDGES, st.sampled_from([ENDLESS, (1600, 1000), (900, 500)]))
def test_any_drawing_is_clear(edges: list[tuple[int, int]], view: tuple[int, int]) -> None:
    graph = drawing(14, [(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]])
    layout = arrange_down(graph, view, {}, {})
    check(graph, layout)
    assert layout == arrange_down(graph, view, {}, {})
    if view is ENDLESS:
        for wire in graph.wires.values():
            assert layout.positions[wire.source][1] < layout.positions[wire.target][1]


@given(EDGES)
def test_circles_are_drawn_too(edges: list[tuple[int, int]]) -> None:
    graph = drawing(14, [edge for edge in edges if edge[0] != edge[1]])
    check(graph, arrange_down(graph, (1600, 1000), {}, {}))


@given(EDGES, st.sets(st.integers(0, 13), min_size=1, max_size=6))
def test_nothing_else_enters_a_group(edges: list[tuple[int, int]], chosen: set[int]) -> None:
    graph = drawing(14, [(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]])
    group = {NodeId(f"n{number}") for number in chosen}
    layout = arrange_down(graph, (1600, 1000), {"frame": group}, {})
    left, top, width, height = layout.frames["frame"]
    for node, (x, y) in layout.positions.items():
        across = left < x + NODE_WIDTH and x < left + width
        is_in = across and top < y + NODE_HEIGHT and y < top + height
        assert is_in == (node in group)


def test_a_chain_stands_in_one_column() -> None:
    layout = arrange_down(drawing(4, [(0, 1), (1, 2), (2, 3)]), ENDLESS, {}, {})
    assert len({x for x, _ in layout.positions.values()}) == 1


def test_a_large_drawing_stands_in_columns() -> None:
    layout = arrange_down(resnet(3, 8, 36, 3), (1600, 1000), {}, {})
    lowest = max(y for _, y in layout.positions.values())
    farthest = max(x for x, _ in layout.positions.values())
    assert 0.8 < farthest / lowest < 3.2


def test_tidying_down_leaves_pinned_nodes() -> None:
    project = digits_cnn()
    nodes = project.graph.nodes
    (pool,) = (node for node in nodes.values() if node.name == "pool")
    nodes[pool.id] = type(pool)(
        pool.id, pool.kind, pool.name, pool.params, {"pinned": True}, order=pool.order
    )
    before = project.layout["main"][pool.id]
    edit = tidied(project, "main", usual_boxes(project, "main"), (400, 2000), (), "down")
    assert edit is not None
    edit.apply(project)
    places = project.layout["main"]
    assert places[pool.id] == before
    heights = [places[node.id][1] for node in project.graph.ordered() if node.name != "loss"]
    assert heights == sorted(heights)
