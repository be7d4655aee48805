"""The same drawing and moves in NodeGraphQt, by the fork of it that runs on PySide6: OdenGraphQt.

It runs in a process of its own that is given a minute a size: `python -m
tests.benchmarks._nodegraphqt SIZE` writes a line a move, and what came in time counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsView

from graphcore.project.project import Project
from tests.benchmarks._drawing import drawing
from tests.benchmarks._frames import frame_ms, swept_ms, there_and_back

NAME = "NodeGraphQt (OdenGraphQt)"
HOW_TO_GET = "pip install -c .ci/constraints.txt -e '.[bench]'"
PATIENCE_S = 60


def is_there() -> bool:
    """Whether it is installed (the extra `bench`)."""
    return find_spec("OdenGraphQt") is not None


def taken_ms(size: int) -> dict[str, float]:
    """Milliseconds by move, the best of its rounds; only those that it got done in a minute."""
    if not is_there():
        return {}
    best: dict[str, float] = {}
    for line in _told([sys.executable, "-m", __spec__.name, str(size)]).splitlines():
        name, taken = json.loads(line)
        best[name] = min(taken, best.get(name, taken))
    return best


def _told(command: list[str]) -> str:
    """What it wrote until it was done or given up; its many warnings are of no use here."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        try:
            return child.communicate(timeout=PATIENCE_S)[0]
        except subprocess.TimeoutExpired:
            child.kill()
            return child.communicate()[0]


def _measured(project: Project, app: QApplication) -> Iterator[tuple[str, float]]:
    """Milliseconds of the same moves as ours, one after another."""
    start = process_time()
    graph = _drawn(project)
    view = graph.viewer()
    view.resize(1600, 1000)
    view.show()
    app.processEvents()
    yield "build", (process_time() - start) * 1000
    middle = view.scene().itemsBoundingRect().center()
    items = [node.view for node in graph.all_nodes()]
    items.sort(key=lambda item: (item.scenePos() - middle).manhattanLength())
    _look(view, items[0], app)
    yield from _looked_about(view, "")
    _look(view, items[0], app)
    spot = view.mapFromScene(items[0].mapToScene(QPointF(40, 8)))
    yield "drag", swept_ms(view, spot, QPoint(24, 24))
    for item in items[:50]:
        item.setSelected(True)
    yield "drag of 50", swept_ms(view, spot, QPoint(24, 24))
    view.scene().clearSelection()
    view.zoom_to_nodes(items)
    app.processEvents()
    yield from _looked_about(view, "_all")
    view.close()


def _look(view: QGraphicsView, item: QGraphicsItem, app: QApplication) -> None:
    view.reset_zoom(item.sceneBoundingRect().center())
    app.processEvents()


def _looked_about(view: QGraphicsView, how: str) -> Iterator[tuple[str, float]]:
    def pan(number: int) -> None:
        view._set_viewer_pan(*(step * there_and_back(number) for step in (7, 5)))

    def zoom(number: int) -> None:
        view._set_viewer_zoom(0.03 * there_and_back(number), 0)

    yield f"pan{how}", frame_ms(view, pan)
    yield f"zoom{how}", frame_ms(view, zoom)


def _drawn(project: Project):  # type: ignore[no-untyped-def]
    """A graph with a node a node and a pipe a wire, built as quickly as it can be.

    Nothing goes on its undo stack, and its search for circles is off: that one goes all ways
    through the drawing, and at 200 nodes it had not ended after 100 s.
    """
    from OdenGraphQt import BaseNode, NodeGraph

    class Plain(BaseNode):
        __identifier__ = "bench"
        NODE_NAME = "Plain"

        def __init__(self) -> None:
            super().__init__()
            self.add_input("input", multi_input=True)
            self.add_output("output")

    graph, made = NodeGraph(), {}
    graph.set_acyclic(False)
    graph.register_node(Plain)
    for node in project.graph.nodes.values():
        pos = project.layout["main"][node.id]
        made[node.id] = graph.create_node(
            "bench.Plain", name=node.name, pos=pos, selected=False, push_undo=False
        )
    for wire in project.graph.wires.values():
        made[wire.source].output(0).connect_to(made[wire.target].input(0), push_undo=False)
    return graph


def main(size: int) -> None:
    """Two rounds, each move written at once."""
    app = QApplication([])
    for _ in range(2):
        for name, taken in _measured(drawing(size), app):
            sys.stdout.write(json.dumps((name, taken)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
