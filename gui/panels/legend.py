"""The row above a plot: its title, and what each line is called and worth."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.theme import Appearance

SAMPLE = 20.0
GAP = 14.0


@dataclass(frozen=True, slots=True)
class Line:
    """How a series is drawn: never by colour alone, but by dashes and markers too."""

    label: str
    color: str
    pen: Qt.PenStyle = Qt.PenStyle.SolidLine
    has_markers: bool = False


class Legend(QWidget):
    """Title at left, lines with their values at right; what doesn't fit is left out."""

    def __init__(self, title: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._note = title, ""
        self._appearance = appearance
        self._entries: list[tuple[Line, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def show_values(self, entries: list[tuple[Line, float]], note: str = "") -> None:
        """Each line with its value; `note` says where along the run these values are."""
        self._entries, self._note = entries, note
        self.setAccessibleDescription(
            ", ".join([f"{line.label} {figure(value)}" for line, value in entries])
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._paint_title(painter)
        room, shown = self.width() - 2.0 - left, list[tuple[Line, float]]()
        for line, value in self._entries:
            if room < _width(line, value) + GAP:
                break
            room -= _width(line, value) + GAP
            shown.append((line, value))
        x = left + room + GAP
        for line, value in shown:
            self._paint_entry(painter, x, line, value)
            x += _width(line, value) + GAP

    def _paint_title(self, painter: QPainter) -> float:
        look, font = self._appearance.theme, theme.font(13, QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(theme.color(look.text))
        painter.drawText(QRectF(2, 0, self.width(), self.height()), _MIDDLE, self._title)
        left = 2 + QFontMetricsF(font).horizontalAdvance(self._title) + 10
        painter.setFont(theme.figure_font(11))
        painter.setPen(theme.color(look.tertiary))
        painter.drawText(QRectF(left, 0, self.width(), self.height()), _MIDDLE, self._note)
        return left + QFontMetricsF(theme.figure_font(11)).horizontalAdvance(self._note)

    def _paint_entry(self, painter: QPainter, x: float, line: Line, value: float) -> None:
        look, middle = self._appearance.theme, self.height() / 2
        painter.setPen(QPen(theme.color(line.color), 2, line.pen))
        painter.drawLine(QPointF(x, middle), QPointF(x + SAMPLE, middle))
        if line.has_markers:
            painter.setBrush(theme.color(line.color))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(x + SAMPLE / 2, middle), 3.5, 3.5)
        x += SAMPLE + 5
        painter.setFont(_label_font())
        painter.setPen(theme.color(look.secondary))
        painter.drawText(QRectF(x, 0, 400, self.height()), _MIDDLE, line.label)
        x += QFontMetricsF(_label_font()).horizontalAdvance(line.label) + 4
        painter.setFont(_value_font())
        painter.setPen(theme.color(look.text))
        painter.drawText(QRectF(x, 0, 400, self.height()), _MIDDLE, figure(value))


def figure(value: float) -> str:
    """A measured value in four digits or so."""
    if not math.isfinite(value):
        return "—" if math.isnan(value) else "∞"
    if value == 0 or 0.001 <= abs(value) < 1000:
        return f"{value:.3f}"
    return f"{value:.1e}"


_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _label_font() -> QFont:
    return theme.font(12)


def _value_font() -> QFont:
    return theme.figure_font(12, QFont.Weight.DemiBold)


def _width(line: Line, value: float) -> float:
    label = QFontMetricsF(_label_font()).horizontalAdvance(line.label)
    return SAMPLE + 9 + label + QFontMetricsF(_value_font()).horizontalAdvance(figure(value))
