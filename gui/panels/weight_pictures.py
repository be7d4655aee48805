"""Weights as they are painted: a histogram, filters side by side, or a map of a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Theme, mix

if TYPE_CHECKING:
    from graphcore.training.weight_looks import WeightLook

GAP = 3
CELL, TALLEST = 30, 128
HIGH = 44


class Histogram(QWidget):
    """Bars by the square root of their counts: a peak at 0 hides nothing then."""

    def __init__(self, look: WeightLook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._theme = look, theme
        self.setFixedHeight(HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, counts = QPainter(self), self._look.counts
        base = self.height() - 1
        painter.fillRect(QRectF(0, base, self.width(), 1), QColor(self._theme.strong_line))
        most, wide = max(*counts, 1), self.width() / len(counts)
        tone = QColor(self._theme.accent)
        for place, count in enumerate(counts):
            high = max(1.0, base * (count / most) ** 0.5)
            left, right = round(place * wide), round((place + 1) * wide)
            if count:
                painter.fillRect(QRectF(left, base - high, right - left, high), tone)


class Pictures(QWidget):
    """Filters in rows, or the one map, each point a crisp square."""

    def __init__(self, look: WeightLook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = _images(look, theme)
        self._is_map = look.form == "map"
        self._frame = QColor(theme.strong_line)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size, across = self._cell(width)
        rows = -(-len(self._images) // across)
        return rows * (size.height() + GAP) - GAP

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        size, across = self._cell(self.width())
        painter.setPen(self._frame)
        for place, image in enumerate(self._images):
            row, column = divmod(place, across)
            box = QRect(
                column * (size.width() + GAP), row * (size.height() + GAP),
                size.width(), size.height(),
            )  # fmt: skip
            painter.drawImage(box.adjusted(1, 1, -1, -1), image)
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _cell(self, width: int) -> tuple[QSize, int]:
        """The size of one with its frame, and how many lie in a row."""
        wide, high = self._images[0].width(), self._images[0].height()
        if self._is_map:
            grow = min((width - 2) / wide, TALLEST / high)
            grow = int(grow) if grow >= 1 else grow
        else:
            grow = max(1, CELL // max(wide, high))
        size = QSize(max(1, int(wide * grow)) + 2, max(1, int(high * grow)) + 2)
        return size, max(1, (width + GAP) // (size.width() + GAP))


def _images(look: WeightLook, theme: Theme) -> list[QImage]:
    made = []
    for points in look.pictures:
        high, wide, *planes = points.shape
        row = wide * (planes[0] if planes else 1)
        form = QImage.Format.Format_RGB888 if planes else QImage.Format.Format_Grayscale8
        if look.form == "map":
            form = QImage.Format.Format_Indexed8
        # The copy owns its bytes; the array may be gone before the picture is painted.
        image = QImage(points.tobytes(), wide, high, row, form).copy()
        if look.form == "map":
            image.setColorTable([_shade(point, theme) for point in range(256)])
        made.append(image)
    return made


def _shade(point: int, theme: Theme) -> int:
    """From the colour of what is below 0 over that of the panel to the colour of what is above."""
    far = min(1.0, abs(point - 128) / 127)
    over = theme.warn if point > 128 else theme.accent
    return QColor(mix(over, theme.panel, far)).rgb()
