"""How many samples each class has: names, bars and numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.theme import Theme

_ROW = 20
_MOST_ROWS = 40


class ClassBars(QWidget):
    """A row for each class; beyond forty the rest are summed up in a last row.

    `rows` are the names and counts that are shown.
    """

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.rows: tuple[tuple[str, int], ...] = ()
        self._is_summed = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_counts(self, rows: tuple[tuple[str, int], ...], look: Theme) -> None:
        """Show the count of every class."""
        self._look, self._is_summed = look, len(rows) > _MOST_ROWS
        if self._is_summed:
            rest = rows[_MOST_ROWS - 1 :]
            last = self.tr("{0} more classes").format(len(rest))
            rows = (*rows[: _MOST_ROWS - 1], (last, sum(count for _, count in rest)))
        self.rows = rows
        self.setFixedHeight(max(1, len(rows) * _ROW))
        self.setAccessibleName(self.tr("Samples of each class"))
        self.setAccessibleDescription(", ".join(f"{name}: {count}" for name, count in rows))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.figure_font(12))
        metrics = painter.fontMetrics()
        bars = self.rows[:-1] if self._is_summed else self.rows
        most = max((count for _, count in bars), default=0) or 1
        widest = max((metrics.horizontalAdvance(name) for name, _ in self.rows), default=0)
        left = min(widest + 12, self.width() * 0.4)
        right = max((metrics.horizontalAdvance(f"{c:,}") for _, c in self.rows), default=0) + 10
        room = max(self.width() - left - right, 10)
        for index, (name, count) in enumerate(self.rows):
            top = index * _ROW
            if not event.rect().intersects(QRectF(0, top, self.width(), _ROW).toAlignedRect()):
                continue
            self._paint_row(painter, QRectF(0, top, self.width(), _ROW), name, count, left)
            if index < len(bars):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color(self._look.raised))
                painter.drawRoundedRect(QRectF(left, top + 5, room, _ROW - 10), 4, 4)
                painter.setBrush(theme.color(self._look.family_color("data")))
                wide = max(room * count / most, 3.0 if count else 0.0)
                painter.drawRoundedRect(QRectF(left, top + 5, wide, _ROW - 10), 4, 4)

    def _paint_row(
        self, painter: QPainter, place: QRectF, name: str, count: int, left: float
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(theme.color(self._look.text))
        shown = painter.fontMetrics().elidedText(name, elide, int(left - 8))
        painter.drawText(place, middle, shown)
        painter.setPen(theme.color(self._look.secondary))
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, f"{count:,}")
