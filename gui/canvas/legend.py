"""The legend of the overlay in a corner of the canvas, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from gui import assets
from gui.canvas.shade_painting import LEGEND, paint_legend
from gui.canvas.shades import LegendFace
from gui.canvas.style import Style
from gui.voice import announce


class OverlayLegend(QWidget):
    """Hidden while there is no overlay.

    `closed` when a person wants none, `measure_asked` when the figures shall be measured.
    """

    closed = Signal()
    measure_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._face: LegendFace | None = None
        self._style: Style | None = None
        self.setFixedSize(LEGEND.toSize())
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setFixedSize(QSize(22, 22))
        self._close.move(self.width() - 27, 5)
        self._close.setToolTip(self.tr("No overlay"))
        self._close.setAccessibleName(self.tr("No overlay"))
        self._close.clicked.connect(self.closed)
        self._measure = QPushButton(self.tr("Measure"), self)
        self._measure.setFixedHeight(24)
        self._measure.adjustSize()
        self._measure.setToolTip(self.tr("Run one batch a few times in a process of its own"))
        self._measure.clicked.connect(self.measure_asked)
        self.hide()

    @property
    def face(self) -> LegendFace | None:
        """What it says; None while there is no overlay."""
        return self._face

    def show_face(self, face: LegendFace | None, style: Style, *, can_measure: bool) -> None:
        """Say this; None hides it."""
        is_new = face is not None and (self._face is None or self._face.title != face.title)
        self._face, self._style = face, style
        self._close.setIcon(assets.icon("close", style.theme.secondary, 12))
        self._measure.setVisible(can_measure)
        self._measure.move(self.width() - self._measure.width() - 8,
                           self.height() - self._measure.height() - 7)  # fmt: skip
        if face is None:
            self.hide()
        self.setAccessibleName(face.words if face is not None else "")
        self.setToolTip(face.words if face is not None else "")
        if is_new and face is not None:
            announce(self, face.words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._face is not None and self._style is not None:
            painter = QPainter(self)
            paint_legend(painter, self._style, self._face)
            painter.end()
