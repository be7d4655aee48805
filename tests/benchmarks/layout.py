"""The layout: time, crossings, wires through cards and area, beside grandalf where installed.

Milliseconds of process time, best of three. Crossings are of pieces of wires of unlike values.
grandalf gives bend points too; its layers run down, so sizes and places are turned.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from time import process_time

from graphcore.project import templates
from graphcore.project.downwards import arrange_down
from graphcore.project.edits import bend_key
from graphcore.project.graph import Graph, NodeId, Wire
from graphcore.project.grouping import arrange_to_fit
from graphcore.project.layout import Layout, arrange, usual_sizes
from tests.graphcore.project.test_layout import drawing, resnet

VIEW = (1600, 1000)
Piece = tuple[tuple[float, float], tuple[float, float]]


def _best_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = process_time()
        work()
        times.append((process_time() - start) * 1000)
    return min(times)


def unet(depth: int) -> Graph:
    """Down and up again with a long wire at each level."""
    edges, count, open_ends = list[tuple[int, int]](), 1, list[int]()
    for step in range(2 * depth):
        edges.append((count - 1, count))
        if step < depth:
            open_ends.append(count)
        else:
            edges.append((open_ends.pop(), count))
        count += 1
    return drawing(count, edges)


def drawings() -> Iterator[tuple[str, Graph]]:
    """What is laid out."""
    yield "ResNet-152", resnet(3, 8, 36, 3)
    yield "GPT-2 block", templates.open_template("gpt2-small").definitions["Block"].graph
    yield "U-Net of 12 levels", unet(12)
    draw = random.Random(0)
    pairs = {tuple(sorted(draw.sample(range(60), 2))) for _ in range(90)}
    yield "60 nodes at random", drawing(60, sorted((a, b) for a, b in pairs if b - a < 15))
    yield "999 nodes", resnet(*(6,) * 16)
    yield "9,927 nodes", resnet(*(6,) * 160)


def pieces(graph: Graph, layout: Layout) -> list[tuple[object, Piece]]:
    """Straight pieces of every wire with the value that runs there, from card to card."""
    sizes, found = usual_sizes(graph), list[tuple[object, Piece]]()
    for wire in graph.wires.values():
        way = _way(wire, layout, sizes)
        found += [((wire.source, wire.output), pair) for pair in pairwise(way)]
    return found


def through_cards(graph: Graph, layout: Layout) -> int:
    """Wires of which a piece runs through a card that it doesn't end at."""
    sizes, hit = usual_sizes(graph), 0
    for wire in graph.wires.values():
        boxes = [
            (x + 8, y + 8, x + sizes[n][0] - 8, y + sizes[n][1] - 8)
            for n, (x, y) in layout.positions.items() if n not in (wire.source, wire.target)
        ]  # fmt: skip
        way = _way(wire, layout, sizes)
        hit += any(_cuts(piece, box) for piece in pairwise(way) for box in boxes)
    return hit


def _way(
    wire: Wire, layout: Layout, sizes: Mapping[NodeId, tuple[int, int]]
) -> list[tuple[float, float]]:
    """The corners from card to card; ports are taken to be where a single one is."""
    (ax, ay), (bx, by) = layout.positions[wire.source], layout.positions[wire.target]
    corners = layout.bends.get(bend_key(wire), ())
    return [(ax + sizes[wire.source][0], ay + 42), *corners, (bx, by + 42)]


def _cuts(piece: Piece, box: tuple[int, int, int, int]) -> bool:
    (ax, ay), (bx, by) = piece
    low, high = 0.0, 1.0
    for start, way, first, last in ((ax, bx - ax, box[0], box[2]), (ay, by - ay, box[1], box[3])):
        if not way:
            if not first <= start <= last:
                return False
            continue
        ends = sorted(((first - start) / way, (last - start) / way))
        low, high = max(low, ends[0]), min(high, ends[1])
    return low < high


def crossings(graph: Graph, layout: Layout) -> int:
    """Pairs of pieces of unlike values that cross."""
    every, found = pieces(graph, layout), 0
    every.sort(key=lambda row: min(row[1][0][0], row[1][1][0]))
    for i, (value, one) in enumerate(every):
        right = max(one[0][0], one[1][0])
        for other_value, other in every[i + 1 :]:
            if min(other[0][0], other[1][0]) > right:
                break
            found += value != other_value and _cross(one, other)
    return found


def _cross(one: Piece, other: Piece) -> bool:
    def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return side(*one, other[0]) * side(*one, other[1]) < 0 and (
        side(*other, one[0]) * side(*other, one[1]) < 0
    )


def by_grandalf(graph: Graph) -> Layout:
    """The same by grandalf's Sugiyama layout, with routed edges."""
    from grandalf.graphs import Edge, Vertex
    from grandalf.graphs import Graph as Drawn
    from grandalf.layouts import SugiyamaLayout
    from grandalf.routing import EdgeViewer, route_with_lines

    sizes = usual_sizes(graph)
    dots = {node: Vertex(node) for node in graph.nodes}
    for node, dot in dots.items():
        dot.view = type("View", (), {"w": sizes[node][1] + 22, "h": sizes[node][0] + 28})()
    edges = {key: Edge(dots[w.source], dots[w.target]) for key, w in graph.wires.items()}
    for edge in edges.values():
        edge.view = EdgeViewer()
    drawn = Drawn(list(dots.values()), list(edges.values()))
    found = Layout()
    for part in drawn.C:
        work = SugiyamaLayout(part)
        work.route_edge = route_with_lines
        work.init_all()
        work.draw(3)
        work.draw_edges()
    for node, dot in dots.items():
        (y, x), (width, height) = dot.view.xy, sizes[node]
        found.positions[node] = (round(x - width / 2), round(y - height / 2))
    for (node, port), edge in edges.items():
        points = getattr(edge.view, "_pts", [])[1:-1]
        found.bends[f"{node}.{port}"] = tuple((round(x), round(y)) for y, x in points)
    return found


def run() -> Iterator[dict[str, object]]:
    """Times first, then what each looks like in one row."""
    try:
        import grandalf  # noqa: F401

        peer = "grandalf"
    except ImportError:
        sys.stderr.write("grandalf is not installed, so nothing stands beside ours.\n")
        peer = ""
    for name, graph in drawings():
        known = peer if len(graph.nodes) < 2000 else ""
        ours = arrange(graph)
        other = by_grandalf(graph) if known else None
        time = _best_ms(lambda graph=graph: arrange(graph))
        slow = _best_ms(lambda graph=graph: by_grandalf(graph)) if other else None
        yield _line(f"{name}, one row", time, slow, "ms", known)
        fit = _best_ms(lambda graph=graph: arrange_to_fit(graph, VIEW, {}))
        yield _line(f"{name}, rows that fit a window", fit, None, "ms", "")
        fit = _best_ms(lambda graph=graph: arrange_down(graph, VIEW, {}, {}))
        yield _line(f"{name}, columns from top to bottom", fit, None, "ms", "")
        if len(graph.nodes) < 2000:
            for what, count in (("crossings", crossings), ("wires through cards", through_cards)):
                theirs = count(graph, other) if other else None
                yield _line(f"{name}: {what}", count(graph, ours), theirs, "", known)


def _line(name: str, ours: float, theirs: float | None, unit: str, peer: str) -> dict[str, object]:
    ratio = round(theirs / ours, 1) if theirs is not None and ours else None
    return {"name": name, "ours": round(ours, 1), "unit": unit, "ratio": ratio,
            "peer": None if theirs is None else round(theirs, 1), "peer_name": peer}  # fmt: skip
