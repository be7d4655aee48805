"""The row above a plot: its title, and what each line is called and worth."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
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
    symbol: str = ""
    """The form of its markers, as pyqtgraph names it; empty for a line without."""


class Legend(QWidget):
    """Title at left, lines with their values at right; what doesn't fit is left out."""

    opened = Signal()

    def __init__(
        self,
        title: str,
        appearance: Appearance,
        parent: QWidget | None = None,
        say: Callable[[float], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._note, self._say = title, "", say or figure
        self._appearance = appearance
        self._entries: list[tuple[Line, float]] = []
        self._grow = 1.0
        self._make_letters()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def show_values(self, entries: list[tuple[Line, float]], note: str = "") -> None:
        """Each line with its value; `note` says where along the run these values are."""
        self._entries, self._note = entries, note
        self.setAccessibleDescription(
            ", ".join([f"{line.label} {self._say(value)}".strip() for line, value in entries])
        )
        self.update()

    @property
    def note(self) -> str:
        """Where along the run these values are."""
        return self._note

    def grow(self, times: float) -> None:
        """Letters that many times as large as at a desk."""
        self._grow = times
        self._make_letters()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, round(22 * self._grow))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._paint_title(painter)
        room, shown = self.width() - 2.0 - left, list[tuple[Line, str, float]]()
        for line, value in self._entries:
            said = self._say(value)
            label, wide = self._label.width(line.label), self._worth.width(said)
            if room < (whole := SAMPLE + 9 + label + wide + GAP):
                break
            room -= whole
            shown.append((line, said, whole))
        x = left + room + GAP
        for line, said, whole in shown:
            self._paint_entry(painter, x, line, said)
            x += whole

    def _paint_title(self, painter: QPainter) -> float:
        look = self._appearance.theme
        self._heading.write(painter, 2, self.height(), self._title, look.text)
        left = 2 + self._heading.width(self._title) + 10
        self._remark.write(painter, left, self.height(), self._note, look.tertiary)
        return left + self._remark.width(self._note)

    def _paint_entry(self, painter: QPainter, x: float, line: Line, said: str) -> None:
        look, tall = self._appearance.theme, self.height()
        paint_sample(painter, QPointF(x, tall / 2), line)
        x += SAMPLE + 5
        self._label.write(painter, x, tall, line.label, look.secondary)
        self._worth.write(painter, x + self._label.width(line.label) + 4, tall, said, look.text)

    def _make_letters(self) -> None:
        """The four sorts of letters: made once, since a plot of a run is painted all the time."""
        times = self._grow
        self._heading = _Letters(theme.font(round(13 * times), QFont.Weight.Medium))
        self._label = _Letters(theme.font(round(12 * times)))
        self._remark = _Letters(theme.figure_font(round(11 * times)))
        self._worth = _Letters(theme.figure_font(round(12 * times), QFont.Weight.DemiBold))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()
        event.accept()


class _Letters:
    """Letters of one font, and how wide they are."""

    def __init__(self, font: QFont) -> None:
        self._font, self._metrics = font, QFontMetricsF(font)

    def width(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)

    def write(self, painter: QPainter, x: float, tall: float, text: str, color: str) -> None:
        painter.setFont(self._font)
        painter.setPen(theme.color(color))
        painter.drawText(QRectF(x, 0, 4000, tall), _MIDDLE, text)


def paint_sample(painter: QPainter, at: QPointF, line: Line) -> None:
    """A piece of a line with its marker, from that point to the right."""
    color = theme.color(line.color)
    painter.setPen(QPen(color, 2, line.pen, Qt.PenCapStyle.FlatCap))
    painter.drawLine(at, at + QPointF(SAMPLE, 0))
    if line.symbol:
        painter.setBrush(color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(_marker(line.symbol).translated(at + QPointF(SAMPLE / 2, 0)))


def _marker(symbol: str) -> QPainterPath:
    """The forms of pyqtgraph's markers, 7 px in size, without waiting for pyqtgraph."""
    path, r = QPainterPath(), 3.5
    corners = {
        "s": ((-1, -1), (1, -1), (1, 1), (-1, 1)), "t": ((-1, -1), (1, -1), (0, 1)),
        "d": ((0, -1.2), (0.8, 0), (0, 1.2), (-0.8, 0)),
    }.get(symbol)  # fmt: skip
    if corners is None:
        path.addEllipse(QPointF(0, 0), r, r)
    else:
        path.addPolygon(QPolygonF([QPointF(x * r, y * r) for x, y in corners]))
    return path


def figure(value: float) -> str:
    """A measured value in four digits or so."""
    if not math.isfinite(value):
        return "—" if math.isnan(value) else "∞"
    if value == 0 or 0.001 <= abs(value) < 1000:
        return f"{value:.3f}"
    return f"{value:.1e}"


_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
