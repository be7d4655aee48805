"""The middle of the window: notices, and below them the canvas with round corners."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.notices import Notices
from gui.theme import Appearance

RADIUS, SMALLEST = 10, (220, 130)
_SETTLED_MS = 60


class CanvasFrame(QWidget):
    """A column of notices and the canvas; small covers round the corners of what it holds."""

    def __init__(
        self, notices: Notices, canvas: QAbstractScrollArea, appearance: Appearance, parent: QWidget
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._notices = notices
        notices.kept = SMALLEST[1] + column.spacing()
        column.addWidget(notices)
        self._holder = _Rounded(canvas, appearance)
        column.addWidget(self._holder, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._notices.fit()


class _Rounded(QWidget):
    def __init__(self, canvas: QAbstractScrollArea, appearance: Appearance) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(canvas)
        self.setMinimumSize(*SMALLEST)  # panels give way before the canvas does
        # A cover over the whole canvas would be painted with every frame; corners hardly ever are.
        self._corners = [_Corner(self, canvas, appearance, x, y) for x in (0, 1) for y in (0, 1)]
        # Qt moves what the canvas had painted to its new place, also over the corners.
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(canvas.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for corner in self._corners:
            corner.place(self.width(), self.height())
        self._settled.start()


class _Corner(QWidget):
    def __init__(
        self, parent: QWidget, canvas: QWidget, appearance: Appearance, right: int, low: int
    ) -> None:
        super().__init__(parent)
        self._canvas, self._appearance = canvas, appearance
        self._right, self._low = right, low
        canvas.installEventFilter(self)
        self.setFixedSize(RADIUS, RADIUS)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        appearance.changed.connect(self._on_theme_changed)

    def place(self, width: int, height: int) -> None:
        self.move(self._right * (width - RADIUS), self._low * (height - RADIUS))
        self.raise_()

    def _on_theme_changed(self) -> None:
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance.theme
        line = look.accent if self._canvas.hasFocus() else look.line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(-self._right * RADIUS, -self._low * RADIUS, 2 * RADIUS, 2 * RADIUS)
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(QRectF(self.rect()))
        inside.addEllipse(circle)
        painter.fillPath(outside - inside, theme.color(look.window))
        painter.setPen(QPen(theme.color(line), 1))
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
