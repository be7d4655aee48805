"""A project's drawing as a picture, without a window."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from graphcore.errors import UserError
from graphcore.project.project import Project
from gui.analyser import Analyser
from gui.canvas.view import CanvasView
from gui.document import Document
from gui.selection import Selection
from gui.theme import Appearance

LARGEST_SIDE = 16_000
ANALYSIS_MS = 60_000


def render(
    project: Project, output: Path, theme: Literal["dark", "light"] = "dark", scale: float = 1.0
) -> QSize:
    """Paint the drawing to a PNG and return its size in pixels.

    Raises UserError where the file can't be written or the picture would be too large.
    """
    app = _application()
    appearance = Appearance(app, theme)
    document = Document(project)
    analyser = Analyser(document)
    view = CanvasView(document, analyser, Selection(), appearance)
    try:
        _wait_for_analysis(analyser)
        app.processEvents()
        image = _painted(view, scale)
    finally:
        analyser.stop()
        view.stop()
        view.deleteLater()
    if not image.save(str(output), "PNG"):  # type: ignore[call-overload]  # the stub is wrong
        raise UserError(
            f"The picture could not be written to “{output}”.",
            "Check that the folder exists and can be written to.",
        )
    return image.size()


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


def _painted(view: CanvasView, scale: float) -> QImage:
    area = view.canvas.drawn_bounds()
    width, height = area.width() * scale, area.height() * scale
    if max(width, height) > LARGEST_SIDE:
        raise UserError(
            f"The picture would be {width:.0f} × {height:.0f} pixels.",
            "Render it at a smaller scale.",
        )
    return view.to_image(scale)
