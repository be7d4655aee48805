"""A project's drawing as a picture, without a window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication

from graphcore.analysis.overlays import Overlay
from graphcore.errors import UserError
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from gui.analyser import Analyser
from gui.canvas.posing import Part
from gui.canvas.view import CanvasView
from gui.document import Document
from gui.picture import Wish, check_suffix, write_picture
from gui.selection import Selection
from gui.theme import Appearance

if TYPE_CHECKING:
    from graphcore.training.watching import Watched

ANALYSIS_MS = 60_000


def render(
    project: Project,
    output: Path,
    theme: Literal["dark", "light"] = "dark",
    scale: float = 1.0,
    *,
    is_transparent: bool = False,
    block: str = "",
    nodes: Sequence[str] = (),
    overlay: Overlay | Literal[""] = "",
    watched: Watched | None = None,
) -> QSize:
    """Write the drawing as PNG, SVG or PDF, as the name ends, and return its size in pixels.

    `block` is the path of a block to draw the inside of; with `nodes` only those of that name are
    drawn. `overlay` lies over the cards, time and gradient as they were `watched`. Raises
    UserError where there are none such, where the file can't be written or the picture would be
    too large.
    """
    check_suffix(output)
    app = _application()
    appearance = Appearance(app, theme)
    document = Document(project)
    analyser = Analyser(document)
    view = CanvasView(document, analyser, Selection(), appearance)
    try:
        if block:
            _enter(view, block)
        part = Part(_found(view, nodes)) if nodes else None
        _wait_for_analysis(analyser)
        view.canvas.overlaid.show(overlay or None, watched)
        app.processEvents()
        return write_picture(view, output, Wish(None, scale, is_transparent, part))
    finally:
        analyser.stop()
        view.stop()
        view.deleteLater()


def _enter(view: CanvasView, block: str) -> None:
    place = view.selection.place
    node = place.reveal(block)
    if node is None or not view.is_block(node):
        raise UserError(
            f"There is no block “{block}” in the drawing.",
            "Name it by its path, such as stage1 or stage1.first.",
        )
    place.enter(node)


def _found(view: CanvasView, names: Sequence[str]) -> frozenset[NodeId]:
    graph = view.selection.place.graph(view.document.project)
    nodes = {name: graph.by_name(name) for name in names}
    missing = [name for name, node in nodes.items() if node is None]
    if missing:
        raise UserError(
            f"There is no node “{missing[0]}” in the drawing.",
            f"There are: {', '.join(node.name for node in graph.nodes.values())}.",
        )
    return frozenset(node.id for node in nodes.values() if node is not None)


def _application() -> QApplication:
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    if not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QApplication(sys.argv[:1])


def _wait_for_analysis(analyser: Analyser) -> None:
    loop = QEventLoop()
    analyser.analysed.connect(loop.quit)
    analyser.failed.connect(loop.quit)  # a drawing without sizes is still a drawing
    QTimer.singleShot(ANALYSIS_MS, loop, loop.quit)
    analyser.refresh()
    loop.exec()
