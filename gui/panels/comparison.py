"""Predictions beside the truth: a page of pictures, or a table for vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from gui import assets, format, theme
from gui.panels.legend import figure
from gui.panels.tiles import ElidedLabel, label
from gui.predictions import Answers
from gui.theme import Appearance
from gui.thumbnails import thumbnail

PICTURE, GAP, TEXT = 52, 8, 18
TABLE_ROWS = 50
RIGHT, WRONG = "✓", "✗"


@dataclass(frozen=True, slots=True)
class Cell:
    """One sample: its picture (and the model's), what stands below it, whether that is right."""

    pictures: tuple[QImage, ...]
    text: str
    tip: str
    is_right: bool | None = None


class PictureGrid(QWidget):
    """As many cells as there is room for; `capacity_changed` when that is another number."""

    capacity_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._cells: list[Cell] = []
        self._width = PICTURE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(PICTURE + TEXT)
        self.setAccessibleName(self.tr("Predictions beside the truth"))
        appearance.changed.connect(self.update)

    def set_pictures_per_cell(self, count: int, text_width: int) -> None:
        """How wide a cell is."""
        self._width = max(count * PICTURE + (count - 1) * 4, text_width)

    def show_cells(self, cells: list[Cell]) -> None:
        """Show these."""
        self._cells = cells
        self.setAccessibleDescription(", ".join(cell.text for cell in cells))
        self.update()

    @property
    def capacity(self) -> int:
        """How many cells there is room for, at least one."""
        return self._columns * max(1, (self.height() + GAP) // (PICTURE + TEXT + GAP))

    @property
    def _columns(self) -> int:
        return max(1, (self.width() + GAP) // (self._width + GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.capacity_changed.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos())
            QToolTip.showText(event.globalPos(), cell.tip if cell else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for place, cell in enumerate(self._cells):
            self._paint_cell(painter, self._place(place), cell)

    def _place(self, index: int) -> QRectF:
        row, column = divmod(index, self._columns)
        return QRectF(column * (self._width + GAP), row * (PICTURE + TEXT + GAP),
                      self._width, PICTURE + TEXT)  # fmt: skip

    def _cell_at(self, at: QPoint) -> Cell | None:
        for place, cell in enumerate(self._cells):
            if self._place(place).contains(at.toPointF()):
                return cell
        return None

    def _paint_cell(self, painter: QPainter, place: QRectF, cell: Cell) -> None:
        look = self._appearance.theme
        wide = len(cell.pictures) * (PICTURE + 4) - 4
        x = place.left() + (place.width() - wide) / 2
        for picture in cell.pictures:
            box = QRectF(x, place.top(), PICTURE, PICTURE)
            painter.drawImage(box, picture)
            tone = look.error if cell.is_right is False else look.line
            painter.setPen(QPen(theme.color(tone), 2 if cell.is_right is False else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            x += PICTURE + 4
        tones = {True: look.ok, False: look.error, None: look.secondary}
        painter.setPen(theme.color(tones[cell.is_right]))
        weight = QFont.Weight.Medium if cell.is_right is False else QFont.Weight.Normal
        painter.setFont(theme.figure_font(12, weight))
        below = QRectF(place.left() - GAP / 2, place.top() + PICTURE, place.width() + GAP, TEXT)
        text = painter.fontMetrics().elidedText(
            cell.text, Qt.TextElideMode.ElideMiddle, int(below.width())
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)


class Comparison(QWidget):
    """Validation samples with what the model says of them, by the page."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._answers: Answers | None = None
        self._first = 0
        self._cells: list[Cell] = []
        self._says = ElidedLabel("", self)
        self._about = ElidedLabel("caption", self)
        self.wrong_first = QToolButton(self)
        self.wrong_first.setCheckable(True)
        self.wrong_first.setText(self.tr("Wrong ones first"))
        self.wrong_first.setToolTip(self.tr("Show the surest mistakes first"))
        self.wrong_first.setStyleSheet("padding: 2px 6px; font-size: 12px;")
        self.wrong_first.toggled.connect(self._on_sorted)
        self.back, self.next = QToolButton(self), QToolButton(self)
        self._pages = label("", "secondary")
        self._pages.setFont(theme.figure_font(12))
        self._grid = PictureGrid(appearance, self)
        self._table = QTableWidget(self)
        self._lay_out()
        self._paint_icons()
        appearance.changed.connect(self._paint_icons)

    @property
    def texts(self) -> list[str]:
        """What stands under the pictures (or in the rows) of this page: `3 → 8 ✗`."""
        return [cell.text for cell in self._cells]

    @property
    def summary(self) -> str:
        """What it says of all of them."""
        return self._says.whole

    @property
    def about(self) -> str:
        """Which samples these are, and whose weights."""
        return self._about.whole

    def show_answers(self, answers: Answers) -> None:
        """Show these, at the place where the others were."""
        self._answers = answers
        self._order = answers.order(self.wrong_first.isChecked())
        self._first = min(self._first, max(0, len(answers) - 1))
        self._says.set_whole(self._sentence(answers))
        whose = answers.run.id if answers.run else self.tr("untrained weights")
        about = self.tr("Training samples · {0}")
        if answers.part == "validation":
            about = self.tr("Validation samples · {0}")
        self._about.set_whole(about.format(whose))
        has_classes = answers.trial.form == "classes"
        self.wrong_first.setText(
            self.tr("Wrong ones first") if has_classes else self.tr("Worst ones first")
        )
        self.wrong_first.setVisible(answers.truths is not None)
        is_grid = answers.trial.takes_picture
        self._grid.set_pictures_per_cell(2 if answers.trial.form == "picture" else 1,
                                         _text_width(answers))  # fmt: skip
        self._stack.setCurrentIndex(0 if is_grid else 1)
        self._show_page()

    # -- pages -------------------------------------------------------------------------------

    @property
    def _size(self) -> int:
        return self._grid.capacity if self._stack.currentIndex() == 0 else TABLE_ROWS

    def _show_page(self) -> None:
        answers = self._answers
        if answers is None:
            return
        rows = self._order[self._first : self._first + self._size]
        self._cells = [_cell(answers, int(row)) for row in rows]
        if self._stack.currentIndex() == 0:
            self._grid.show_cells(self._cells)
        else:
            self._show_rows(answers, rows)
        last = self._first + len(rows)
        self._pages.setText(f"{self._first + 1}-{last} / {len(answers)}")
        self.back.setEnabled(self._first > 0)
        self.next.setEnabled(last < len(answers))

    def _turn(self, pages: int) -> None:
        total = len(self._answers) if self._answers else 0
        self._first = max(0, min(self._first + pages * self._size, max(0, total - 1)))
        self._show_page()

    def _on_sorted(self, wrong_first: bool) -> None:
        self._first = 0
        if self._answers is not None:
            self._order = self._answers.order(wrong_first)
            self._show_page()

    def _sentence(self, answers: Answers) -> str:
        count = len(answers)
        if answers.trial.form == "classes" and answers.truths is not None:
            wrong = int(answers.wrong.sum())
            right = format.share(1 - wrong / max(1, count))
            return self.tr("{0} right · {1} of {2} wrong").format(right, wrong, count)
        return self.tr("{0} samples").format(count)

    def _show_rows(self, answers: Answers, rows: np.ndarray) -> None:
        names = [self.tr("Truth → prediction"), *_columns(answers)]
        self._table.setColumnCount(len(names))
        self._table.setHorizontalHeaderLabels(names)
        self._table.setRowCount(len(rows))
        self._table.setColumnWidth(0, 170)
        look = self._appearance.theme
        for place, (row, cell) in enumerate(zip(rows, self._cells, strict=True)):
            for column, value in enumerate(answers.inputs[row].ravel()[: len(names) - 1]):
                self._table.setItem(place, column + 1, _item(f"{float(value):.4g}"))
            item = _item(cell.text)
            item.setToolTip(cell.tip)
            if cell.is_right is not None:
                item.setForeground(theme.color(look.ok if cell.is_right else look.error))
            self._table.setItem(place, 0, item)

    def _paint_icons(self) -> None:
        color = self._appearance.theme.secondary
        self.back.setIcon(assets.icon("chevron-left", color, 16))
        self.next.setIcon(assets.icon("chevron-right", color, 16))
        self._show_page()

    def _lay_out(self) -> None:
        for button, pages, tip in (
            (self.back, -1, self.tr("Page back")),
            (self.next, 1, self.tr("Page on")),
        ):
            button.setIconSize(QSize(16, 16))
            button.setFixedSize(24, 24)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _=False, pages=pages: self._turn(pages))
        self._grid.capacity_changed.connect(self._show_page)
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self._table.setAccessibleName(self.tr("Predictions beside the truth"))
        header = self._table.horizontalHeader()
        header.setDefaultSectionSize(88)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self._says.setFont(theme.figure_font(13))
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._says, 1)
        for widget in (self.wrong_first, self.back, self._pages, self.next):
            top.addWidget(widget)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._about)
        layout.addLayout(self._stack, 1)


def _cell(answers: Answers, row: int) -> Cell:
    trial, pictures = answers.trial, list[QImage]()
    truth = None if answers.truths is None else answers.truths[row]
    if trial.takes_picture:
        pictures.append(_picture(answers.inputs[row], trial.field.low, trial.field.high))
    if trial.form == "picture" and trial.target is not None:
        made = answers.answers[row] if truth is None else answers.answers[row].reshape(truth.shape)
        pictures.append(_picture(made, trial.target.low, trial.target.high))
        error = float(np.abs(made - truth).mean()) if truth is not None else float("nan")
        return Cell(tuple(pictures), f"± {figure(error)}", f"Off by {figure(error)} on average")
    if trial.form == "classes":
        return _class_cell(answers, row, tuple(pictures), truth)
    said = _numbers(answers.answers[row])
    known = f"{_numbers(truth)} → " if truth is not None else ""
    return Cell(tuple(pictures), f"{known}{said}", f"Truth {known}prediction {said}")


def _class_cell(answers: Answers, row: int, pictures: tuple[QImage, ...], truth: object) -> Cell:
    names, chosen = answers.trial.class_names, int(answers.chosen[row])
    sure = format.share(float(answers.answers[row][chosen]))
    said = _name(names, chosen)
    if truth is None:
        return Cell(pictures, said, f"Prediction {said} ({sure})")
    is_right = chosen == int(str(truth))
    known = _name(names, int(str(truth)))
    text = f"{known} → {said} {RIGHT if is_right else WRONG}"
    return Cell(pictures, text, f"Truth {known}, prediction {said} ({sure})", is_right)


def _picture(values: np.ndarray, low: float | None, high: float | None) -> QImage:
    floor = float(values.min()) if low is None else low
    top = float(values.max()) if high is None else high
    return thumbnail(values, floor, top, PICTURE)


def _name(names: tuple[str, ...], index: int) -> str:
    return names[index] if 0 <= index < len(names) else str(index)


def _numbers(values: object) -> str:
    flat = np.asarray(values).ravel()
    more = ", …" if len(flat) > 3 else ""
    return ", ".join(f"{float(value):.4g}" for value in flat[:3]) + more


def _text_width(answers: Answers) -> int:
    """Room for the longest names of classes, within reason."""
    longest = max((len(name) for name in answers.trial.class_names), default=3)
    return min(150, 34 + 14 * longest)


def _columns(answers: Answers) -> list[str]:
    width = answers.inputs[0].size if len(answers) else 0
    names = answers.trial.column_names
    return list(names) if len(names) == width else [f"x{i}" for i in range(width)]


def _item(text: str) -> QTableWidgetItem:
    made = QTableWidgetItem(text)
    made.setFont(theme.figure_font(12))
    return made
