"""Layout: nothing overlaps, data flows to the right, wires run around nodes, soon and the same."""

from __future__ import annotations

import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.layout import NODE_HEIGHT, NODE_WIDTH, Layout, arrange
from tests.build import digits_cnn

Box = tuple[int, int, int, int]


def drawing(count: int, edges: list[tuple[int, int]], kind: str = "ops.add") -> Graph:
    """Nodes n0, n1, … and wires between them by number, each into a slot of its own."""
    ids = [NodeId(f"n{i}") for i in range(count)]
    nodes = [Node(node, kind, node, order=i) for i, node in enumerate(ids)]
    slots = dict.fromkeys(ids, 0)
    wires = []
    for source, target in edges:
        into = ids[target]
        slot = f"tensors.{slots[into]}" if kind == "ops.add" else "input"
        wires.append(Wire(ids[source], "output", into, slot))
        slots[into] += 1
    return Graph(nodes, wires)


def resnet(*stages: int) -> Graph:
    """The graph of a residual network with bottlenecks; (3, 8, 36, 3) has 515 nodes."""
    edges: list[tuple[int, int]] = []
    count = 1

    def follow(*sources: int) -> int:
        nonlocal count
        edges.extend((source, count) for source in sources)
        count += 1
        return count - 1

    x = follow(follow(follow(0)))
    for blocks in stages:
        for block in range(blocks):
            y = x
            for _ in range(8):
                y = follow(y)
            x = follow(follow(y, follow(follow(x)) if block == 0 else x))
    follow(follow(follow(x)), 0)
    return drawing(count, edges)


def boxes(graph: Graph, layout: Layout) -> dict[NodeId, Box]:
    """Left, top, right and bottom of each node, 18 higher a port beyond two."""
    found = {}
    for node, (x, y) in layout.positions.items():
        ports = sum(wire.target == node for wire in graph.wires.values())
        found[node] = (x, y, x + NODE_WIDTH, y + NODE_HEIGHT + 18 * max(0, ports - 2))
    return found


def overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def check(graph: Graph, layout: Layout) -> None:
    """No nodes overlap, and no wire with bends runs through a node or at a slant."""
    assert layout.positions.keys() == graph.nodes.keys()
    places = boxes(graph, layout)
    for one, two in combinations(places.values(), 2):
        assert not overlap(one, two)
    for wire in graph.wires.values():
        bends = layout.bends.get(f"{wire.target}.{wire.input}")
        if bends:
            start = (places[wire.source][2], bends[0][1])
            end = (places[wire.target][0], bends[-1][1])
            assert places[wire.source][1] <= start[1] <= places[wire.source][3]
            assert places[wire.target][1] <= end[1] <= places[wire.target][3]
            for (ax, ay), (bx, by) in pairwise((start, *bends, end)):
                assert ax == bx or ay == by
                line = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
                assert not any(overlap(_thick(line), box) for box in places.values())
        elif wire.source != wire.target:
            assert _is_clear(places, wire)


def _thick(line: Box) -> Box:
    """The line with half a unit around it, ends drawn in so that ports don't count."""
    left, top, right, bottom = line
    if top == bottom:
        return (left + 1, top, right - 1, bottom + 1) if right - left > 2 else (0, 0, 0, 0)
    return left, top, right + 1, bottom


def _is_clear(places: dict[NodeId, Box], wire: Wire) -> bool:
    """A wire without bends goes to the next column, or straight along an empty stretch."""
    source, target = places[wire.source], places[wire.target]
    band = (source[2], max(source[1], target[1]), target[0], min(source[3], target[3]))
    between = (box for node, box in places.items() if node not in (wire.source, wire.target))
    gap = target[0] - source[2]
    return 0 < gap < NODE_WIDTH or not any(overlap(_middle(band), box) for box in between)


def _middle(band: Box) -> Box:
    return band[0], band[1] + 41, band[2], band[1] + 43


EDGES = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=24)


@given(EDGES, st.sampled_from([None, 200, 700, 1400]))
def test_any_drawing_is_clear(edges: list[tuple[int, int]], wrap: int | None) -> None:
    forward = [(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]]
    graph = drawing(14, forward)
    layout = arrange(graph, wrap_width=wrap)
    check(graph, layout)
    assert layout == arrange(graph, wrap_width=wrap)
    if wrap is None:
        for wire in graph.wires.values():
            assert layout.positions[wire.source][0] < layout.positions[wire.target][0]
    else:
        right = max(x + NODE_WIDTH for x, _ in layout.positions.values())
        assert right <= max(wrap, NODE_WIDTH)


@given(EDGES, st.sampled_from([None, 700]))
def test_circles_are_drawn_too(edges: list[tuple[int, int]], wrap: int | None) -> None:
    graph = drawing(14, edges)
    layout = arrange(graph, wrap_width=wrap)
    check(graph, layout)


@given(EDGES, st.lists(st.tuples(st.integers(40, 700), st.integers(60, 600)), min_size=14,
                       max_size=14))  # fmt: skip
def test_nodes_of_any_size_stay_apart(
    edges: list[tuple[int, int]], sizes: list[tuple[int, int]]
) -> None:
    graph = drawing(14, [(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]])
    known = {NodeId(f"n{i}"): size for i, size in enumerate(sizes)}
    layout = arrange(graph, known, 2000)
    places = [(x, y, x + known[n][0], y + known[n][1]) for n, (x, y) in layout.positions.items()]
    for one, two in combinations(places, 2):
        assert not overlap(one, two)


def test_nothing_has_an_empty_layout() -> None:
    assert arrange(Graph()) == Layout({}, {})


def test_a_chain_is_one_level_row_on_the_grid() -> None:
    layout = arrange(drawing(5, [(i, i + 1) for i in range(4)], "nn.ReLU"))
    assert [layout.positions[NodeId(f"n{i}")] for i in range(5)] == [(264 * i, 0) for i in range(5)]
    assert layout.bends == {}


def test_places_are_on_the_grid() -> None:
    graph = resnet(2, 2)
    for x, y in arrange(graph, None, 1700).positions.values():
        assert (x % 24, y % 24) == (0, 0)


def test_rows_wrap_and_wires_loop_around_them() -> None:
    graph = drawing(6, [(i, i + 1) for i in range(5)], "nn.ReLU")
    layout = arrange(graph, wrap_width=3 * 264)
    places = [layout.positions[NodeId(f"n{i}")] for i in range(6)]
    assert [x for x, _ in places] == [0, 264, 528, 0, 264, 528]
    assert places[0][1] == places[2][1] < places[3][1] == places[5][1]
    ((key, corners),) = layout.bends.items()
    assert key == "n3.input"
    right, left, lane = corners[0][0], corners[2][0], corners[1][1]
    assert corners == ((right, 42), (right, lane), (left, lane), (left, places[3][1] + 42))
    assert right > 528 + NODE_WIDTH
    assert left < 0
    assert NODE_HEIGHT < lane < places[3][1]


def test_a_source_stands_next_to_what_it_feeds() -> None:
    layout = arrange(drawing(6, [(0, 1), (1, 2), (2, 3), (3, 4), (5, 4)]))
    assert layout.positions[NodeId("n5")][0] == layout.positions[NodeId("n3")][0]


def test_nodes_without_wires_stand_in_rows_below() -> None:
    layout = arrange(drawing(10, [(0, 1)]))
    alone = [layout.positions[NodeId(f"n{i}")] for i in range(2, 10)]
    assert len({y for _, y in alone}) == 2
    assert min(y for _, y in alone) > NODE_HEIGHT


def test_the_label_runs_below_the_network() -> None:
    project = digits_cnn()
    layout = arrange(project.graph)
    assert list(layout.bends) == ["loss.target"]
    assert max(y for _, y in layout.bends["loss.target"]) > NODE_HEIGHT


def test_time_grows_about_as_the_drawing_does() -> None:
    """Twice the nodes may take four times as long, not eight: both taken in one run."""
    small, large = resnet(3, 8, 36, 3), resnet(*(6,) * 16)
    assert (len(small.nodes), len(large.nodes)) == (515, 999)
    times: dict[int, list[float]] = {515: [], 999: []}
    for _ in range(7):
        for graph in (small, large):
            start = time.process_time()
            arrange(graph, wrap_width=1600)
            times[len(graph.nodes)].append(time.process_time() - start)
    assert min(times[999]) < 5 * min(times[515])


@pytest.mark.slow
def test_a_huge_tangle_ends() -> None:
    """A tangle of twice the size takes a few times as long: not eight times, as by the cube."""
    seconds = []
    for count in (1500, 3000):
        edges = [(i, j) for i in range(count) for j in (i + 1, i + 350, count - 1) if i < j < count]
        start = time.process_time()
        layout = arrange(drawing(count, edges), wrap_width=4000)
        seconds.append(time.process_time() - start)
        assert len(layout.positions) == count
    assert seconds[1] < seconds[0] * 8
