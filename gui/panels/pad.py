"""A pad to draw on with the mouse, and its strokes as the picture that a model takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.theme import Appearance

Stroke = Sequence[QPointF]
FINE_SIDE = 256
# Coarse pictures are filled to the edge, as scikit-learn's digits are; finer ones keep the
# margin of MNIST. The pen is about as wide as the strokes in either.
COARSE = 16
COARSE_BOX, FINE_BOX = 1.0, 20 / 28
COARSE_PEN, FINE_PEN = 0.16, 0.085
SMALLEST = 0.2


class DrawingPad(QWidget):
    """Strokes in units of the pad's side; `drawn` after each piece of one."""

    drawn = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._strokes: list[list[QPointF]] = []
        self._is_drawing = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Drawing pad"))
        self.setToolTip(self.tr("Draw with the mouse. Backspace takes the last stroke back."))
        appearance.changed.connect(self.update)

    @property
    def strokes(self) -> list[list[QPointF]]:
        """What was drawn, each stroke a line of points from (0, 0) to (1, 1)."""
        return [list(stroke) for stroke in self._strokes]

    def clear(self) -> None:
        """Take everything back."""
        self._strokes.clear()
        self._tell()

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._tell()

    def sizeHint(self) -> QSize:
        return QSize(150, 150)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_drawing = True
            self._strokes.append([self._placed(event)])
            self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_drawing:
            self._strokes[-1].append(self._placed(event))
            self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_drawing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Backspace:
                self.undo()
            case Qt.Key.Key_Delete | Qt.Key.Key_Escape:
                self.clear()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._appearance.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(look.strong_line), 1))
        painter.setBrush(theme.color(look.canvas))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if not self._strokes:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color(look.tertiary))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Draw here"))
            return
        painter.scale(self.width(), self.height())
        _paint_strokes(painter, self._strokes, theme.color(look.text), 0.07)

    def _placed(self, event: QMouseEvent) -> QPointF:
        at = event.position()
        return QPointF(
            min(max(at.x() / self.width(), 0), 1), min(max(at.y() / self.height(), 0), 1)
        )

    def _tell(self) -> None:
        self.update()
        self.drawn.emit()


def picture_of(
    strokes: Sequence[Stroke], dims: tuple[int, ...], low: float, high: float, dark_ink: bool
) -> NDArray[np.float32] | None:
    """The strokes as a raw picture [C, H, W] from low to high; None where there are none.

    They are scaled so that they fill the picture as its own kind of digits do, centred by mass,
    and each pixel is the share of it that ink covers. May be called in any thread.
    """
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return None
    channels, height, width = dims
    ink = _ink(strokes, _bounds(points), height, width)
    shares = _centred(ink).reshape(height, ink.shape[0] // height, width, -1).mean(axis=(1, 3))
    if dark_ink:
        shares = 1 - shares
    return np.repeat((low + shares * (high - low)).astype(np.float32)[None], channels, axis=0)


def _bounds(points: list[QPointF]) -> QRectF:
    left, right = min(p.x() for p in points), max(p.x() for p in points)
    top, bottom = min(p.y() for p in points), max(p.y() for p in points)
    return QRectF(left, top, right - left, bottom - top)


def _ink(strokes: Sequence[Stroke], bounds: QRectF, height: int, width: int) -> NDArray[np.float32]:
    """How much ink is where, 0 … 1, many times finer than the picture."""
    fine = max(2, FINE_SIDE // max(height, width))
    image = QImage(width * fine, height * fine, QImage.Format.Format_Grayscale8)
    image.fill(0)
    is_coarse = max(height, width) <= COARSE
    side = min(width, height) * fine
    box, pen = (COARSE_BOX, COARSE_PEN) if is_coarse else (FINE_BOX, FINE_PEN)
    scale = side * (box - pen) / max(bounds.width(), bounds.height(), SMALLEST)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(image.width() / 2, image.height() / 2)
    painter.scale(scale, scale)
    painter.translate(-bounds.center())
    _paint_strokes(painter, strokes, Qt.GlobalColor.white, pen * side / scale)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width()].astype(np.float32) / np.float32(255)


def _centred(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """The ink with its centre of mass in the middle, as far as none of it falls off the edge."""
    total = float(ink.sum()) or 1.0
    for axis in (0, 1):
        along = ink.sum(axis=1 - axis)
        middle = float((along * np.arange(len(along))).sum()) / total
        wanted = round((len(along) - 1) / 2 - middle)
        inked = np.flatnonzero(along)
        if len(inked):
            wanted = int(np.clip(wanted, -inked[0], len(along) - 1 - inked[-1]))
        ink = np.roll(ink, wanted, axis=axis)
    return ink


def _paint_strokes(painter: QPainter, strokes: Sequence[Stroke], ink, width: float) -> None:
    Cap, Join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Cap, Join))
    for stroke in strokes:
        path = QPainterPath(stroke[0])
        path.lineTo(stroke[0] + QPointF(1e-4, 0))  # a dot is a very short line
        for point in stroke[1:]:
            path.lineTo(point)
        painter.drawPath(path)
