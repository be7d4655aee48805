"""Samples page by page: of which part, shuffled or in order."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from graphcore.data.samples import Samples
from graphcore.data.splits import Split3, split
from graphcore.project.data import DataChoice
from gui import assets
from gui.data.sample_strip import TABLE_ROWS, PictureStrip, SampleTable, picture_field
from gui.data.words import QuietWheel, label
from gui.theme import Theme


class SampleView(QWidget):
    """Pictures where a field has them, else rows; `shown` are the indices of the samples."""

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._choice, self._samples = DataChoice(), Samples({})
        self._parts: Split3 | None = None
        self._order = np.zeros(0, dtype=np.int64)
        self._at, self._columns = 0, 0
        self._shuffles = 0
        self.part = QComboBox()
        for title in (self.tr("All"), self.tr("Training"), self.tr("Validation"), self.tr("Test")):
            self.part.addItem(title)
        self.part.setAccessibleName(self.tr("Which samples to show"))
        self.place = label("", "caption")
        self.shuffle = self._button(self.tr("Show others, drawn at random"))
        self.back = self._button(self.tr("Page before"))
        self.next = self._button(self.tr("Next page"))
        self.strip, self.table = PictureStrip(look, self), SampleTable(self)
        self._lay_out()
        QuietWheel(self).watch(self.part)
        self.part.activated.connect(self._on_part_chosen)
        self.shuffle.clicked.connect(self._on_shuffle_clicked)
        self.back.clicked.connect(lambda: self._turn(-1))
        self.next.clicked.connect(lambda: self._turn(1))

    @property
    def shown(self) -> tuple[int, ...]:
        """The indices of the samples on show."""
        return tuple(self._order[self._at : self._at + self._page_size()].tolist())

    def show_choice(self, choice: DataChoice, samples: Samples, look: Theme) -> None:
        """Show samples of a choice; the page stays where only facts changed."""
        is_new = samples is not self._samples or choice.split != self._choice.split
        self._choice, self._samples, self._look = choice, samples, look
        for name, button in (
            ("shuffle", self.shuffle), ("chevron-left", self.back), ("chevron-right", self.next),
        ):  # fmt: skip
            button.setIcon(assets.icon(name, look.secondary, 16))
        if is_new:
            self._parts = split(choice, samples)
            self._arrange()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.strip.page_size != self._columns:
            self._columns = self.strip.page_size
            self._show()

    def _arrange(self) -> None:
        parts = self._parts
        if parts is None:
            return
        everything = np.arange(len(self._samples))
        found = (everything, parts.train, parts.validation, parts.test)
        self._order = found[self.part.currentIndex()]
        # Folders of pictures come class by class; rows of a table are known by their order.
        if self._shuffles or picture_field(self._choice, self._samples) is not None:
            self._order = np.random.default_rng(self._shuffles).permutation(self._order)
        self._at = 0

    def _page_size(self) -> int:
        has_pictures = picture_field(self._choice, self._samples) is not None
        return self.strip.page_size if has_pictures else TABLE_ROWS

    def _show(self) -> None:
        page = self._order[self._at : self._at + self._page_size()]
        has_pictures = picture_field(self._choice, self._samples) is not None
        self.strip.setVisible(has_pictures)
        self.table.setVisible(not has_pictures)
        if has_pictures:
            self.strip.show_samples(self._choice, self._samples, page, self._look)
        else:
            self.table.show_samples(self._choice, self._samples, page)
        self.back.setEnabled(self._at > 0)
        self.next.setEnabled(self._at + len(page) < len(self._order))
        first = f"{self._at + 1:,} – {self._at + len(page):,}" if len(page) else "0"
        self.place.setText(self.tr("{0} of {1}").format(first, f"{len(self._order):,}"))

    def _turn(self, pages: int) -> None:
        size = self._page_size()
        self._at = max(0, min(self._at + pages * size, max(len(self._order) - 1, 0)))
        self._show()

    def _on_part_chosen(self) -> None:
        self._arrange()
        self._show()

    def _on_shuffle_clicked(self) -> None:
        self._shuffles += 1
        self._arrange()
        self._show()

    def _button(self, tip: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.part)
        row.addStretch(1)
        for widget in (self.place, self.shuffle, self.back, self.next):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.strip)
        layout.addWidget(self.table)
