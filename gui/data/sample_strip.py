"""Samples to look at: pictures with their labels, or the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QToolTip,
    QWidget,
)

from graphcore.data.samples import Samples
from graphcore.project.data import DataChoice, Field
from gui import theme
from gui.data.words import number
from gui.theme import Theme
from gui.thumbnails import is_picture, thumbnail

_THUMB, _LABEL, _GAP = 56, 18, 8
_ROWS, _MOST_COLUMNS = 3, 24
TABLE_ROWS = 8


def picture_field(choice: DataChoice, samples: Samples) -> Field | None:
    """The first field that can be shown as pictures."""
    for field in choice.fields:
        if field.name in samples.arrays and is_picture(samples.arrays[field.name].shape[1:]):
            return field
    return None


def label_of(choice: DataChoice, samples: Samples, index: int) -> str:
    """The name of a sample's class, by the first field that has one class a sample."""
    for field in choice.fields:
        known = samples.arrays.get(field.name)
        if field.classes is not None and known is not None and known.ndim == 1:
            value = int(known[index])
            return field.class_names[value] if 0 <= value < len(field.class_names) else str(value)
    return ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One sample in the strip."""

    index: int
    label: str
    image: QImage


class PictureStrip(QWidget):
    """Thumbnails in rows, as many as fit; `cells` are those on show."""

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.cells: tuple[Cell, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_ROWS * (_THUMB + _LABEL + _GAP))

    @property
    def page_size(self) -> int:
        """How many samples fit."""
        return self._columns() * _ROWS

    def show_samples(
        self, choice: DataChoice, samples: Samples, indices: NDArray[np.int64], look: Theme
    ) -> None:
        """Show these samples by their pictures."""
        self._look = look
        field = picture_field(choice, samples)
        if field is None:
            return
        array, ratio = samples.arrays[field.name], self.devicePixelRatioF()
        low = field.low if field.low is not None else 0.0
        high = field.high if field.high is not None else 1.0
        cells = []
        for index in indices.tolist():
            image = thumbnail(array[index], low, high, round(_THUMB * ratio))
            image.setDevicePixelRatio(ratio)
            cells.append(Cell(index, label_of(choice, samples, index), image))
        self.cells = tuple(cells)
        self.setAccessibleName(self.tr("Pictures of samples"))
        self.setAccessibleDescription(", ".join(cell.label for cell in cells))
        rows = -(-len(cells) // self._columns()) if cells else 1
        self.setFixedHeight(rows * (_THUMB + _LABEL + _GAP))
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for at, cell in enumerate(self.cells):
                if self._place(at).contains(event.pos()):
                    text = self.tr("Sample {0}").format(f"{cell.index:,}")
                    tip = f"{text} · {cell.label}" if cell.label else text
                    QToolTip.showText(event.globalPos(), tip, self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        for at, cell in enumerate(self.cells):
            self._paint_cell(painter, self._place(at), cell)

    def _paint_cell(self, painter: QPainter, place: QRectF, cell: Cell) -> None:
        size = cell.image.deviceIndependentSize()
        frame = QRectF(place.x(), place.y(), _THUMB, _THUMB)
        shape = QPainterPath()
        shape.addRoundedRect(frame, 5, 5)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(frame, theme.color(self._look.raised))
        left = frame.x() + (_THUMB - size.width()) / 2
        top = frame.y() + (_THUMB - size.height()) / 2
        painter.drawImage(QRectF(left, top, size.width(), size.height()), cell.image)
        painter.restore()
        painter.setPen(theme.color(self._look.strong_line))
        painter.drawPath(shape)
        painter.setPen(theme.color(self._look.secondary))
        below = QRectF(place.x() - 2, place.y() + _THUMB, _THUMB + 4, _LABEL)
        elided = painter.fontMetrics().elidedText(
            cell.label, Qt.TextElideMode.ElideRight, int(below.width())
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, elided)

    def _place(self, at: int) -> QRectF:
        row, column = divmod(at, self._columns())
        wide, tall = _THUMB + _GAP, _THUMB + _LABEL + _GAP
        return QRectF(column * wide + 0.5, row * tall + 0.5, _THUMB, _THUMB + _LABEL)

    def _columns(self) -> int:
        return max(1, (self.width() + _GAP) // (_THUMB + _GAP))

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * (_THUMB + _GAP), self.height())


class SampleTable(QTableWidget):
    """A few samples as rows: label first, then every column of the vector fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Rows of samples"))

    def show_samples(
        self, choice: DataChoice, samples: Samples, indices: NDArray[np.int64]
    ) -> None:
        """Show these samples as rows."""
        columns = _columns(choice, samples)
        self.setColumnCount(len(columns))
        self.setHorizontalHeaderLabels([title for title, _, _ in columns])
        self.setRowCount(len(indices))
        for row, index in enumerate(indices.tolist()):
            for at, (_, field, part) in enumerate(columns):
                item = QTableWidgetItem(_text(field, samples, index, part))
                item.setFont(theme.figure_font(12))
                self.setItem(row, at, item)
        self.setFixedHeight(28 + 26 * max(len(indices), 1) + 12)


def _columns(choice: DataChoice, samples: Samples) -> list[tuple[str, Field, int | None]]:
    """Title, field and place in it of every column: classes first, as they are the question."""
    found: list[tuple[str, Field, int | None]] = []
    for field in sorted(choice.fields, key=lambda field: field.classes is None):
        array = samples.arrays.get(field.name)
        if array is None:
            continue
        if array.ndim == 2:
            names = samples.column_names.get(field.name, ())
            for part in range(array.shape[1]):
                title = names[part] if part < len(names) else f"{field.name}[{part}]"
                found.append((title, field, part))
        else:
            found.append((field.name, field, None))
    return found[:_MOST_COLUMNS]


def _text(field: Field, samples: Samples, index: int, part: int | None) -> str:
    value = samples.arrays[field.name][index]
    if part is not None:
        value = value[part]
    if value.ndim:
        return f"{value.dtype}[{', '.join(map(str, value.shape))}]"
    if field.classes is not None:
        known = 0 <= int(value) < len(field.class_names)
        return field.class_names[int(value)] if known else str(int(value))
    return str(value) if part is None else number(float(value))
