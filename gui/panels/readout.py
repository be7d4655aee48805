"""The values of all curves at the pointer, in a small box beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.panels.legend import SAMPLE, Line, paint_sample
from gui.theme import Appearance

ROW, PAD, MOST, FEWEST = 17, 8, 12, 1


class Readout(QWidget):
    """A row a curve, the largest value first; of very many those at the top and at the bottom."""

    def __init__(self, appearance: Appearance, plot: QWidget, say: Callable[[float], str]) -> None:
        super().__init__(plot)
        self._plot, self._appearance, self._say = plot, appearance, say
        self._rows: list[tuple[Line, float]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setVisible(False)

    def show_at(self, spot: QPointF, entries: Sequence[tuple[Line, float]]) -> None:
        """Show these beside a point; few need no box, they stand above the plot."""
        known = sorted((e for e in entries if e[1] == e[1]), key=lambda entry: -entry[1])
        if len(known) <= FEWEST:
            self.hide()
            return
        half = MOST // 2
        self._rows = known if len(known) <= MOST else [*known[:half], *known[-half:]]
        parent = self._plot
        height = min(parent.height() - 4, len(self._rows) * ROW + PAD)
        self.resize(math.ceil(self._room()), height)
        x = spot.x() + 14
        if x + self.width() > parent.width() - 4:
            x = spot.x() - 14 - self.width()
        y = min(max(2, spot.y() - height / 2), max(2, parent.height() - height - 2))
        self.move(round(max(2, x)), round(y))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._appearance.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(look.strong_line), 1))
        painter.setBrush(theme.color(look.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        for place, (line, value) in enumerate(self._rows):
            y = PAD / 2 + place * ROW
            box = QRectF(PAD + SAMPLE + 6, y, self.width() - 2 * PAD - SAMPLE - 6, ROW)
            paint_sample(painter, QPointF(PAD, y + ROW / 2), line)
            painter.setFont(theme.font(11))
            painter.setPen(theme.color(look.secondary))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line.label)
            painter.setFont(theme.figure_font(11))
            painter.setPen(theme.color(look.text))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box, right, self._say(value))

    def _room(self) -> float:
        labels, values = QFontMetricsF(theme.font(11)), QFontMetricsF(theme.figure_font(11))
        widest = max(
            labels.horizontalAdvance(line.label) + values.horizontalAdvance(self._say(value))
            for line, value in self._rows
        )
        return widest + SAMPLE + 6 + 14 + 2 * PAD
