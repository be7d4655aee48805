"""The canvas at 100, 1,000 and 10,000 nodes: what a frame takes that a person waits for.

Process time, so that other work on the machine counts less; 1600 x 1000 pixels on the CPU's
rasterizer. The same moves in NodeGraphQt stand beside ours where it is installed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication

from graphcore.analysis.result import Analysis, NodeFacts
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from graphcore.types import B, Tensor
from gui.analyser import Analyser
from gui.canvas.hits import NOTHING
from gui.canvas.view import CanvasView
from gui.document import Document
from gui.selection import Selection
from gui.theme import Appearance
from tests.benchmarks import _nodegraphqt
from tests.benchmarks._drawing import drawing
from tests.benchmarks._frames import frame_ms, swept_ms, there_and_back

SIZES = (100, 1000, 10_000)


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


def _measured(view: CanvasView, app: QApplication) -> Iterator[tuple[str, float]]:
    def pan(number: int) -> None:
        view.pan(QPoint(7, 5) * there_and_back(number))

    def zoom(number: int) -> None:
        view.zoom_by(1.03 ** there_and_back(number))

    middle = view.canvas.bounds().center()
    view.set_zoom(1.0)
    view.look_at(middle)
    app.processEvents()
    yield "pan", frame_ms(view, pan)
    yield "zoom", frame_ms(view, zoom)
    view.set_zoom(1.0)
    view.look_at(middle)
    app.processEvents()
    yield "drag", _drag_ms(view, middle, 1)
    yield "drag of 50", _drag_ms(view, middle, 50)
    yield "band", _band_ms(view)
    view.selection.select()
    view.frame_all()
    app.processEvents()
    yield "pan_all", frame_ms(view, pan)
    view.frame_all()
    yield "zoom_all", frame_ms(view, zoom)


def _drag_ms(view: CanvasView, middle: QPointF, count: int) -> float:
    """So many cards near the middle dragged with the mouse, step by step of the grid."""

    def away(node: NodeId) -> float:
        delta = view.canvas.nodes[node].rect.center() - middle
        return delta.x() ** 2 + delta.y() ** 2

    chosen = sorted(view.canvas.nodes, key=away)[:count]
    view.selection.select(chosen)
    return swept_ms(view, view.point_of(chosen[0]), QPoint(24, 24))


def _band_ms(view: CanvasView) -> float:
    """A rubber band over half of what is seen, from the first free spot of the upper edge."""
    view.selection.select()
    spots = (QPoint(x, 3) for x in range(3, 800))
    free = next(s for s in spots if view.canvas.hit(view.mapToScene(s), view.zoom) == NOTHING)
    return swept_ms(view, free, QPoint(80, 50))


def _ours(size: int, app: QApplication, look: Appearance) -> dict[str, float]:
    """The best of so many rounds, move by move."""
    project, best = drawing(size), dict[str, float]()
    for _ in range(5 if size <= 1000 else 2):
        view, built = _opened(project, app, look)
        for name, taken in [("build", built), *_measured(view, app)]:
            best[name] = min(taken, best.get(name, taken))
        view.close()
        view.deleteLater()
        app.processEvents()
    return best


def run() -> Iterator[dict[str, object]]:
    """One line a move and size; milliseconds of process time."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    look = Appearance(app, "dark")
    for size in SIZES:
        ours, theirs = _ours(size, app, look), _nodegraphqt.taken_ms(size)
        for name, taken in ours.items():
            yield _line(f"canvas {name} at {size} nodes", taken, theirs.get(name))


def _line(name: str, ours: float, peer: float | None) -> dict[str, object]:
    return {
        "name": name,
        "ours": round(ours, 2),
        "peer": None if peer is None else round(peer, 2),
        "unit": "ms",
        "ratio": None if peer is None else round(peer / ours, 1),
        "peer_name": _nodegraphqt.NAME if _nodegraphqt.is_there() else _nodegraphqt.HOW_TO_GET,
    }
