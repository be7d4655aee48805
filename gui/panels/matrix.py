"""The confusion matrix: how often which truth was said to be what, cell by cell."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import format, theme
from gui.theme import Appearance, Theme
from gui.voice import announce

FONT, SMALL, SMALL_BELOW = 11, 10, 15
CAPTION = 18
LARGEST_CELL = 44.0
WIDEST = 3.0
"""How many times its height a cell may be wide: the panel is flat, and counts need room."""
CAPTION_FROM = 220
MOST_PAINTED = 1600
SWATCH = 9
NAMES_FROM = 9.0
"""The least height of a row that is named."""
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
          Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}  # fmt: skip


class Matrix(QWidget):
    """Rows are true classes, columns what was said; a click or the arrow keys choose a cell.

    `chosen` carries row and column.
    """

    chosen = Signal(int, int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._counts = np.zeros((0, 0), np.int64)
        self._rows: tuple[str, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._right: tuple[int, ...] = ()
        self._swatches: tuple[str, ...] = ()
        self._cell: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, 140)
        self.setAccessibleName(self.tr("Which class is taken for which"))
        appearance.changed.connect(self.update)

    def show_counts(
        self, counts: np.ndarray, rows: tuple[str, ...], columns: tuple[str, ...],
        right: tuple[int, ...] = (), swatches: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Show counts [rows, columns].

        `right` are the columns that are right in every row; none means each row's own.
        `swatches` are the colours that rows have elsewhere.
        """
        self._swatches = swatches
        self._counts, self._rows, self._columns, self._right = counts, rows, columns, right
        if self._cell is not None and not self._holds(*self._cell):
            self._cell = None
        self._describe()
        self.update()

    @property
    def cell(self) -> tuple[int, int] | None:
        """Row and column of the cell that is chosen."""
        return self._cell

    def choose(self, cell: tuple[int, int] | None) -> None:
        """Mark a cell, or none, without telling."""
        self._cell = cell
        self._describe()
        self.update()

    def sentence(self, row: int, column: int) -> str:
        """What a cell says."""
        count, total = int(self._counts[row, column]), int(self._counts[row].sum())
        part = format.share(count / total) if total else "–"
        if self._right:
            return self.tr("{0}: {1} {2} times, {3}").format(
                self._rows[row], self._columns[column], count, part
            )
        if row == column:
            return self.tr("{0} found: {1} of {2}, {3}").format(self._rows[row], count, total, part)
        return self.tr("{0} taken for {1}: {2} of {3}, {4}").format(
            self._rows[row], self._columns[column], count, total, part
        )

    def sizeHint(self) -> QSize:
        side = 80 + 28 * max(4, min(12, len(self._columns)))
        return QSize(side, side)

    # -- hand and keys -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self._take(cell)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._counts.size:
            super().keyPressEvent(event)
            return
        row, column = self._cell or (0, -1 if step == (0, 1) else 0)
        height, width = self._counts.shape
        self._take((min(max(row + step[0], 0), height - 1),
                    min(max(column + step[1], 0), width - 1)))  # fmt: skip

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos())
            QToolTip.showText(event.globalPos(), self.sentence(*cell) if cell else "", self)
            return True
        return super().event(event)

    def _take(self, cell: tuple[int, int]) -> None:
        self.choose(cell)
        announce(self, self.sentence(*cell))
        self.chosen.emit(*cell)

    def _describe(self) -> None:
        said = self.sentence(*self._cell) if self._cell else ""
        self.setAccessibleDescription(said)

    def _holds(self, row: int, column: int) -> bool:
        return row < self._counts.shape[0] and column < self._counts.shape[1]

    # -- where things are --------------------------------------------------------------------

    def cell_box(self, row: int, column: int) -> QRectF:
        """Where a cell is painted."""
        area = self._area()
        wide, tall = area.width() / len(self._columns), area.height() / len(self._rows)
        return QRectF(area.left() + column * wide, area.top() + row * tall, wide, tall)

    def _cell_at(self, at: QPoint) -> tuple[int, int] | None:
        area = self._area()
        if not self._counts.size or not area.contains(at.toPointF()):
            return None
        row = int((at.y() - area.top()) / area.height() * len(self._rows))
        column = int((at.x() - area.left()) / area.width() * len(self._columns))
        return min(row, len(self._rows) - 1), min(column, len(self._columns) - 1)

    @property
    def _has_caption(self) -> bool:
        return self.height() >= CAPTION_FROM and not self._right

    def _area(self) -> QRectF:
        """The cells, without the names around them."""
        font = QFontMetricsF(theme.figure_font(FONT))
        names = max((font.horizontalAdvance(name) for name in self._rows), default=0.0)
        left = min(names, self.width() * 0.3) + 10 + CAPTION
        left += SWATCH + 4 if self._swatches else 0
        top = (CAPTION if self._has_caption else 0) + font.height() + 4
        count = max(1, len(self._rows)), max(1, len(self._columns))
        widest = LARGEST_CELL * (2 if self._right else 1)
        wide = min(widest, (self.width() - left - 4) / count[1])
        tall = min(LARGEST_CELL, (self.height() - top - 4) / count[0])
        if not self._right:
            wide, tall = min(wide, WIDEST * tall), min(tall, wide)
        return QRectF(left, top, wide * count[1], tall * count[0])

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._counts.size:
            return
        painter = QPainter(self)
        is_flat = self._area().height() < SMALL_BELOW * len(self._rows)
        painter.setFont(theme.figure_font(SMALL if is_flat else FONT))
        self._paint_names(painter)
        shares = self._counts / np.maximum(self._counts.sum(1, keepdims=True), 1)
        if shares.size > MOST_PAINTED:
            painter.drawImage(self._area(), self._image(shares))
        else:
            for row, column in np.ndindex(shares.shape):
                self._paint_cell(painter, row, column, float(shares[row, column]))
        if self._cell is not None:
            painter.setPen(QPen(theme.color(self._appearance.theme.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell_box(*self._cell).adjusted(1, 1, -1, -1))

    def _image(self, shares: np.ndarray) -> QImage:
        """A pixel a cell: there are too many to be painted one by one."""
        height, width = shares.shape
        made = QImage(width, height, QImage.Format.Format_ARGB32)
        made.fill(theme.color(self._appearance.theme.raised))
        for row, column in np.argwhere(shares > 0).tolist():
            tint = self._tint(row, column, float(shares[row, column]))
            made.setPixelColor(column, row, tint)
        return made

    def _tint(self, row: int, column: int, share: float) -> QColor:
        look = self._appearance.theme
        is_right = column in self._right if self._right else row == column
        tint = QColor(look.accent if is_right else look.error)
        # A rare mistake must still be seen among many that are right.
        tint.setAlphaF(0.0 if share == 0 else 0.12 + 0.78 * share ** (1.0 if is_right else 0.6))
        return tint

    def _paint_cell(self, painter: QPainter, row: int, column: int, share: float) -> None:
        look, box = self._appearance.theme, self.cell_box(row, column)
        tint = self._tint(row, column, share)
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5) if box.width() > 6 else box
        painter.fillRect(inner, theme.color(look.raised))
        painter.fillRect(inner, tint)
        count = int(self._counts[row, column])
        text = format.count(count)
        if count and painter.fontMetrics().horizontalAdvance(text) + 2 < box.width() and (
            painter.fontMetrics().height() - 3 < box.height()
        ):  # fmt: skip
            painter.setPen(_readable(tint, look))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_names(self, painter: QPainter) -> None:
        look, area, flag = self._appearance.theme, self._area(), Qt.AlignmentFlag
        painter.setPen(theme.color(look.secondary))
        metrics, right = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        for row, name in enumerate(self._rows):
            box = self.cell_box(row, 0)
            if box.height() >= NAMES_FROM:
                end = area.left() - 6 - (SWATCH + 4 if self._swatches else 0)
                left = QRectF(CAPTION, box.top(), end - CAPTION, box.height())
                if self._swatches:
                    spot = QRectF(end + 4, box.center().y() - SWATCH / 2, SWATCH, SWATCH)
                    tone = self._swatches[row % len(self._swatches)]
                    painter.fillRect(spot, theme.color(tone))
                shown = metrics.elidedText(name, right, int(left.width()))
                painter.drawText(left, flag.AlignRight | flag.AlignVCenter, shown)
        for column, name in enumerate(self._columns):
            box = self.cell_box(0, column)
            shown = metrics.elidedText(name, right, int(box.width()) - 2)
            if box.width() >= NAMES_FROM and shown != "…":
                top = QRectF(box.left(), 0, box.width(), area.top() - 3)
                painter.drawText(top, flag.AlignHCenter | flag.AlignBottom, shown)
        painter.setPen(theme.color(look.tertiary))
        if self._has_caption:
            above = QRectF(area.left(), 0, max(area.width(), 90), CAPTION)
            painter.drawText(above, flag.AlignLeft | flag.AlignVCenter, self.tr("Prediction →"))
        painter.save()
        painter.translate(CAPTION / 2, area.center().y())
        painter.rotate(-90)
        beside = QRectF(-area.height() / 2, -CAPTION / 2, area.height(), CAPTION)
        both = self.tr("← Truth · prediction ↓")
        is_short = self._has_caption or metrics.horizontalAdvance(both) > area.height()
        painter.drawText(beside, flag.AlignCenter, self.tr("← Truth") if is_short else both)
        painter.restore()


def _readable(tint: QColor, look: Theme) -> QColor:
    """The colour of text that stands out of a tint over the surface."""
    share = tint.alphaF()
    below = _light(theme.color(look.raised)) * (1 - share) + _light(tint) * share
    colors = theme.color(look.text), theme.color(look.on_accent)
    return max(colors, key=lambda color: _contrast(_light(color), below))


def _light(color: QColor) -> float:
    """How light a colour is to the eye, 0 … 1."""
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (part**2.2 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
