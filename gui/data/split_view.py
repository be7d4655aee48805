"""How the samples are divided: a bar, the numbers, and fields to change them."""

from __future__ import annotations

import secrets
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.data.splits import sizes
from graphcore.project.data import DataChoice, Split
from gui import assets, theme
from gui.data.words import PercentBox, QuietWheel, label
from gui.document import new_gesture
from gui.theme import Theme

_LARGEST_SEED = 2**31 - 1
_BURST_MS = 1500


def part_brush(part: int, look: Theme, ground: str) -> tuple[str, QBrush | None]:
    """Colour and pattern of training, validation and test: shape tells as much as colour."""
    match part:
        case 0:
            return look.accent, None
        case 1:
            pattern = Qt.BrushStyle.BDiagPattern
            return look.family_color("activation"), QBrush(theme.color(ground, 0.55), pattern)
    pattern = Qt.BrushStyle.Dense6Pattern
    return look.family_color("pooling"), QBrush(theme.color(ground, 0.75), pattern)


class SplitBar(QWidget):
    """One bar in up to three stretches, as long as their shares."""

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._counts = look, (0, 0, 0)
        self.setFixedHeight(14)

    def show_counts(self, counts: tuple[int, int, int], look: Theme) -> None:
        """Show how many samples train, validate and test."""
        self._counts, self._look = counts, look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 5, 5)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), theme.color(self._look.raised))
        left, total = 0.0, sum(self._counts)
        for part, count in enumerate(self._counts):
            if not count:
                continue
            wide = max(self.width() * count / total, 3.0)
            place = QRectF(left, 0, wide - 2, self.height())
            color, pattern = part_brush(part, self._look, self._look.panel)
            painter.fillRect(place, theme.color(color))
            if pattern is not None:
                painter.fillRect(place, pattern)
            left += wide


class Swatch(QWidget):
    """The colour and pattern of one part, beside its name."""

    def __init__(self, part: int, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part, self._look = part, look
        self.setFixedSize(QSize(12, 12))

    def paint_with(self, look: Theme) -> None:
        """Take the colours of a theme."""
        self._look = look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        color, pattern = part_brush(self._part, self._look, self._look.panel)
        for brush in (QBrush(theme.color(color)), pattern):
            if brush is not None:
                painter.setBrush(brush)
                painter.drawRoundedRect(QRectF(self.rect()), 3, 3)


class SplitView(QWidget):
    """Bar, counts and fields; `changed` carries the wanted Split and the gesture it belongs to."""

    changed = Signal(object, int)

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._split, self._gesture = look, Split(), -1
        self._pause = QTimer(self, singleShot=True, interval=_BURST_MS)
        self._pause.timeout.connect(self._end_gesture)
        self.bar = SplitBar(look, self)
        names = (self.tr("Training"), self.tr("Validation"), self.tr("Test"))
        self._swatches = tuple(Swatch(part, look, self) for part in range(3))
        self._names = tuple(label(name) for name in names)
        self.counts = tuple(label("", "secondary") for _ in names)
        self.validation = self._percent_box(self.tr("Share of the samples that validate"))
        self.test = self._percent_box(self.tr("Share of the samples kept for a last test"))
        self.seed = QSpinBox()
        self.seed.setRange(0, _LARGEST_SEED)
        self.seed.setKeyboardTracking(False)
        self.seed.setToolTip(self.tr("The same seed always gives the same parts"))
        self.seed.setAccessibleName(self.tr("Seed of the split"))
        self.shuffle = QToolButton()
        self.shuffle.setToolTip(self.tr("Divide anew, with another seed"))
        self.shuffle.setAccessibleName(self.tr("Divide anew"))
        self.stratify = QCheckBox(self.tr("Same shares of every class"))
        self.stratify.setToolTip(self.tr("Each part holds about the same share of each class"))
        self._lay_out()
        QuietWheel(self).watch(self.validation, self.test, self.seed)
        self.validation.valueChanged.connect(self._on_share_changed)
        self.test.valueChanged.connect(self._on_share_changed)
        self.seed.valueChanged.connect(self._on_seed_changed)
        self.shuffle.clicked.connect(self._on_shuffle_clicked)
        self.stratify.toggled.connect(self._on_stratify_toggled)

    def show_choice(self, choice: DataChoice, look: Theme) -> None:
        """Show the split of a data choice."""
        self._split, self._look = choice.split, look
        validation, test = sizes(choice.samples, choice.split.validation, choice.split.test)
        counts = (choice.samples - validation - test, validation, test)
        self.bar.show_counts(counts, look)
        for shown, count in zip(self.counts, counts, strict=True):
            shown.setText(f"{count:,}")
        total = max(choice.samples, 1)
        self.counts[0].setText(f"{counts[0]:,} · {100 * counts[0] / total:.3g} %")
        for swatch in self._swatches:
            swatch.paint_with(look)
        self.shuffle.setIcon(assets.icon("shuffle", look.secondary, 16))
        self._fill(choice)

    def _fill(self, choice: DataChoice) -> None:
        values = ((self.validation, choice.split.validation), (self.test, choice.split.test))
        for box, share in values:
            box.blockSignals(True)
            box.setValue(100 * share)
            box.blockSignals(False)
        self.seed.blockSignals(True)
        self.seed.setValue(min(abs(choice.split.seed), _LARGEST_SEED))
        self.seed.blockSignals(False)
        self.stratify.blockSignals(True)
        self.stratify.setChecked(choice.split.stratify)
        self.stratify.blockSignals(False)
        self.stratify.setVisible(any(field.classes for field in choice.fields))

    def _percent_box(self, tip: str) -> PercentBox:
        box = PercentBox()
        box.setRange(0, 90)
        box.setDecimals(1)
        box.setSingleStep(5)
        box.setSuffix(" %")
        box.setKeyboardTracking(False)
        box.setToolTip(tip)
        box.setAccessibleName(tip)
        box.setFixedWidth(84)
        return box

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, name in enumerate(self._names):
            grid.setRowMinimumHeight(row, 30)
            grid.addWidget(self._swatches[row], row, 0)
            grid.addWidget(name, row, 1)
            grid.addWidget(self.counts[row], row, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.validation, 1, 3)
        grid.addWidget(self.test, 2, 3)
        seed = label(self.tr("Seed"))
        seed.setBuddy(self.seed)
        grid.addWidget(seed, 3, 1)
        seeds = QHBoxLayout()
        seeds.setSpacing(4)
        seeds.addWidget(self.shuffle)
        seeds.addWidget(self.seed)
        self.seed.setFixedWidth(84)
        grid.addLayout(seeds, 3, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.bar)
        layout.addLayout(grid)
        layout.addWidget(self.stratify)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _tell(self, split: Split) -> None:
        if split == self._split:
            return
        if self._gesture < 0:
            self._gesture = new_gesture()
        self._pause.start()
        self.changed.emit(split, self._gesture)

    def _end_gesture(self) -> None:
        self._gesture = -1

    def _on_share_changed(self) -> None:
        """Training keeps a tenth: the field that was not touched gives way."""
        shares = [round(box.value() / 100, 4) for box in (self.validation, self.test)]
        touched = 1 if self.sender() is self.test else 0
        shares[1 - touched] = round(min(shares[1 - touched], 0.9 - shares[touched]), 4)
        self._tell(replace(self._split, validation=shares[0], test=shares[1]))

    def _on_seed_changed(self, seed: int) -> None:
        self._tell(replace(self._split, seed=seed))

    def _on_shuffle_clicked(self) -> None:
        self._end_gesture()
        self._tell(replace(self._split, seed=secrets.randbelow(10_000)))

    def _on_stratify_toggled(self, is_on: bool) -> None:
        self._end_gesture()
        self._tell(replace(self._split, stratify=is_on))
