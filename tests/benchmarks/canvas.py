"""The canvas at 100, 1,000 and 10,000 nodes: what a frame takes that a person waits for.

Process time, so that other work on the machine counts less; 1600 x 1000 pixels on the CPU's
rasterizer.
"""

from __future__ import annotations

import math
import os
import random
import statistics
from collections.abc import Callable, Iterator
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphcore.analysis.result import Analysis, NodeFacts
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.project import Project
from graphcore.types import B, Tensor
from gui.analyser import Analyser
from gui.canvas.scene import NOTHING
from gui.canvas.view import CanvasView
from gui.document import Document
from gui.selection import Selection
from gui.theme import Appearance

SIZES, FRAMES, ROUNDS = (100, 1000, 10_000), 40, 5
KINDS = ("nn.Conv2d", "nn.BatchNorm2d", "nn.ReLU", "nn.Linear", "nn.MaxPool2d", "ops.add")


class _Paints(QObject):
    """Counts what is painted, so that a frame ends when it is on the screen."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def drawing(count: int) -> Project:
    """A snake of nodes in rows, with half as many shortcuts over two to eight of them."""
    project, draw = Project(), random.Random(0)
    columns = max(1, int(math.sqrt(count * 0.75)))
    for number in range(count):
        row, column = divmod(number, columns)
        column = columns - 1 - column if row % 2 else column
        node = Node(NodeId(f"n{number}"), KINDS[number % 6], f"node{number}", order=number)
        kind = project.kind(node.kind)
        node = Node(node.id, node.kind, node.name, kind.starting_params(), order=number)
        project.graph.nodes[node.id] = node
        project.layout["main"][node.id] = (column * 264, row * 144)
        if number:
            _connect(project, number - 1, number, 0)
    for _ in range(count // 2):
        start = draw.randrange(0, max(1, count - 9))
        _connect(project, start, min(count - 1, start + draw.randint(2, 8)), 1)
    project.graph.changed()
    return project


def _connect(project: Project, source: int, target: int, slot: int) -> None:
    is_add = KINDS[target % 6] == "ops.add"
    if slot and not is_add:
        target = min(len(project.graph.nodes) - 1, target - target % 6 + 5)
        if KINDS[target % 6] != "ops.add" or target <= source:
            return
    name = f"tensors.{slot + len(project.graph.wires) % 3 * bool(slot)}" if KINDS[target % 6] == (
        "ops.add") else "input"  # fmt: skip
    wire = Wire(NodeId(f"n{source}"), "output", NodeId(f"n{target}"), name)
    project.graph.wires[wire.target, wire.input] = wire


def analysed(project: Project) -> Analysis:
    """Facts such as a real analysis finds, so that every card has words on it."""
    out = {"output": Tensor((B, 64, 32, 32))}
    return Analysis({
        node.name: NodeFacts(node.name, node.id, node.params, inputs={"input": out["output"]},
                             outputs=out, parameters=node.order * 97)
        for node in project.graph.nodes.values()
    })  # fmt: skip


def _opened(project: Project, app: QApplication, look: Appearance) -> tuple[CanvasView, float]:
    document = Document(project)
    analyser = Analyser(document)
    analyser.analysis = analysed(project)
    selection = Selection()
    start = process_time()
    view = CanvasView(document, analyser, selection, look)
    view.resize(1600, 1000)
    view.show()
    app.processEvents()
    return view, (process_time() - start) * 1000


def _frame_ms(app: QApplication, view: CanvasView, act: Callable[[int], object]) -> float:
    paints = _Paints()
    view.viewport().installEventFilter(paints)
    times = []
    for number in range(FRAMES):
        before, start = paints.count, process_time()
        act(number)
        for _ in range(8):
            app.processEvents()
            if paints.count > before:
                break
        times.append((process_time() - start) * 1000)
    view.viewport().removeEventFilter(paints)
    return statistics.median(times)


def _there_and_back(number: int) -> int:
    return 1 if number % 20 < 10 else -1


def _measured(view: CanvasView, app: QApplication) -> Iterator[tuple[str, float]]:
    def pan(number: int) -> None:
        view.pan(QPoint(7, 5) * _there_and_back(number))

    def zoom(number: int) -> None:
        view.set_zoom(view.zoom * 1.03 ** _there_and_back(number))

    middle = view.canvas.bounds().center()
    view.set_zoom(1.0)
    view.look_at(middle)
    app.processEvents()
    yield "pan", _frame_ms(app, view, pan)
    yield "zoom", _frame_ms(app, view, zoom)
    view.set_zoom(1.0)
    view.look_at(middle)
    app.processEvents()
    yield "drag", _drag_ms(view, app, middle, 1)
    yield "drag of 50", _drag_ms(view, app, middle, 50)
    yield "band", _band_ms(view, app)
    view.selection.select()
    view.frame_all()
    app.processEvents()
    yield "pan_all", _frame_ms(app, view, pan)
    view.frame_all()
    yield "zoom_all", _frame_ms(app, view, zoom)


def _drag_ms(view: CanvasView, app: QApplication, middle: QPointF, count: int) -> float:
    """So many cards near the middle dragged with the mouse, step by step of the grid."""

    def away(node: NodeId) -> float:
        delta = view.canvas.nodes[node].rect.center() - middle
        return delta.x() ** 2 + delta.y() ** 2

    chosen = sorted(view.canvas.nodes, key=away)[:count]
    view.selection.select(chosen)
    return _swept_ms(view, app, view.point_of(chosen[0]), QPoint(24, 24))


def _band_ms(view: CanvasView, app: QApplication) -> float:
    """A rubber band over half of what is seen, from the first free spot of the upper edge."""
    view.selection.select()
    spots = (QPoint(x, 3) for x in range(3, 800))
    free = next(s for s in spots if view.canvas.hit(view.mapToScene(s), view.zoom) == NOTHING)
    return _swept_ms(view, app, free, QPoint(80, 50))


def _swept_ms(view: CanvasView, app: QApplication, spot: QPoint, step: QPoint) -> float:
    """The left button held down from a spot, ten steps away and back again."""
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, Qt.KeyboardModifier.NoModifier, spot)
    places = [spot + step * (turn if turn < 10 else 20 - turn) for turn in range(20)]
    taken = _frame_ms(app, view, lambda number: QTest.mouseMove(port, places[(number + 1) % 20]))
    QTest.mouseRelease(port, left, Qt.KeyboardModifier.NoModifier, spot)
    return taken


def run() -> Iterator[dict[str, object]]:
    """One line an area and size; milliseconds of process time."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    look = Appearance(app, "dark")
    for size in SIZES:
        project = drawing(size)
        built, rest = [], dict[str, float]()
        for _ in range(ROUNDS if size <= 1000 else 2):
            view, taken = _opened(project, app, look)
            built.append(taken)
            rest = {name: min(ms, rest.get(name, ms)) for name, ms in _measured(view, app)}
            view.close()
            view.deleteLater()
            app.processEvents()
        for name, value in {"build": statistics.median(built), **rest}.items():
            yield {"name": f"canvas {name} at {size} nodes", "ours": round(value, 2), "peer": None,
                   "peer_name": None, "unit": "ms", "ratio": None}  # fmt: skip
