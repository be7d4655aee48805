"""A project's drawing as a picture, without a window."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication

from graphcore.project.project import Project
from gui.analyser import Analyser
from gui.canvas.view import CanvasView
from gui.document import Document
from gui.picture import check_suffix, write_picture
from gui.selection import Selection
from gui.theme import Appearance

ANALYSIS_MS = 60_000


def render(
    project: Project, output: Path, theme: Literal["dark", "light"] = "dark", scale: float = 1.0
) -> QSize:
    """Write the drawing as PNG, SVG or PDF, as the name ends, and return its size in pixels.

    Raises UserError where the file can't be written or the picture would be too large.
    """
    check_suffix(output)
    app = _application()
    appearance = Appearance(app, theme)
    document = Document(project)
    analyser = Analyser(document)
    view = CanvasView(document, analyser, Selection(), appearance)
    try:
        _wait_for_analysis(analyser)
        app.processEvents()
        return write_picture(view, output, scale)
    finally:
        analyser.stop()
        view.stop()
        view.deleteLater()


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
