"""What a person puts into the model: a drawing, or a number for each feature."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import Param
from graphcore.kinds.params import Float
from gui import assets, format, theme
from gui.panels.pad import DrawingPad, picture_of
from gui.panels.tiles import label
from gui.panels.typed_field import TextField
from gui.predictions import Trial, dims_of
from gui.theme import Appearance
from gui.thumbnails import thumbnail

Raw = NDArray[np.float32]
SEEN = 56
MOST_FEATURES = 64
MOST_BARS = 12


class DrawnInput(QWidget):
    """A pad with its tools, and a small picture of what the network sees of it."""

    changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.pad = DrawingPad(appearance, self)
        self.pad.drawn.connect(self.changed)
        self.undo, self.clear = QToolButton(self), QToolButton(self)
        self.seen = QLabel(self)
        self.seen.setFixedSize(SEEN, SEEN)
        self.seen.setAccessibleName(self.tr("What the network sees"))
        self.seen.setToolTip(self.tr("What the network sees: your drawing, scaled and centred"))
        self._caption = label(self.tr("seen"), "caption")
        for button, act, tip in (
            (self.undo, self.pad.undo, self.tr("Take the last stroke back (Backspace)")),
            (self.clear, self.pad.clear, self.tr("Clear the pad (Delete)")),
        ):
            button.setIconSize(QSize(16, 16))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(act)
        tools = QVBoxLayout()
        tools.setSpacing(2)
        tools.addWidget(self.seen)
        tools.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignHCenter)
        tools.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addWidget(self.undo)
        buttons.addWidget(self.clear)
        tools.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.pad)
        row.addLayout(tools)
        self._paint_icons()
        appearance.changed.connect(self._paint_icons)

    def reader(self, trial: Trial) -> Callable[[], Raw | None]:
        """What makes the raw picture [C, H, W] of the drawing as it stands, in any thread."""
        field = trial.field
        low, high = field.low or 0.0, 1.0 if field.high is None else field.high
        is_dark = bool(field.mean) and float(np.mean(field.mean)) > (low + high) / 2
        return partial(picture_of, self.pad.strokes, dims_of(field), low, high, is_dark)

    def show_seen(self, trial: Trial, raw: Raw | None) -> None:
        """Show the picture that went into the model."""
        if raw is None:
            self.seen.setPixmap(_blank(self._appearance.theme.raised))
            return
        low, high = trial.field.low or 0.0, 1.0 if trial.field.high is None else trial.field.high
        self.seen.setPixmap(QPixmap.fromImage(thumbnail(raw, low, high, SEEN)))

    def _paint_icons(self) -> None:
        color = self._appearance.theme.secondary
        self.undo.setIcon(assets.icon("undo", color, 16))
        self.clear.setIcon(assets.icon("eraser", color, 16))
        if not self.pad.strokes:
            self.seen.setPixmap(_blank(self._appearance.theme.raised))


class TypedInput(QScrollArea):
    """A number for each feature, at first the mean of the training samples."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields: list[TextField] = []
        self._key: object = None
        self._values = np.zeros(0, np.float32)

    def fit(self, trial: Trial) -> None:
        """A field for each feature of the trial; those that are there already stay."""
        width = dims_of(trial.field)[0]
        key = (trial.field.name, width, trial.column_names, trial.field.mean)
        if key == self._key:
            return
        self._key = key
        mean = trial.field.mean if len(trial.field.mean) == width else (0.0,) * width
        self._values = np.asarray(mean, np.float32)
        content = QWidget()
        content.setObjectName("content")
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setVerticalSpacing(4)
        names = trial.column_names if len(trial.column_names) == width else ()
        self.fields = []
        for place in range(min(width, MOST_FEATURES)):
            name = names[place] if names else f"x{place}"
            field = TextField(Param(name, Float(), float(f"{mean[place]:.4g}")), content)
            field.show_value(float(f"{mean[place]:.4g}"), None)
            field.entered.connect(partial(self._on_entered, place))
            self.fields.append(field)
            grid.addWidget(label(name, "secondary"), place, 0)
            grid.addWidget(field, place, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(content)

    def reader(self, trial: Trial) -> Callable[[], Raw | None]:
        """What gives the raw vector as it stands."""
        values = self._values.copy()
        return lambda: values

    def _on_entered(self, place: int, value: object) -> None:
        if isinstance(value, Formula) or not isinstance(value, int | float):
            return
        self._values[place] = value
        self.changed.emit()


class Bars(QWidget):
    """The probability of each class (the likeliest ones where there are many), as bars."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: list[tuple[str, float]] = []
        self._best = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(90, 60)
        self.setAccessibleName(self.tr("Probability of each class"))
        appearance.changed.connect(self.update)

    @property
    def best(self) -> str:
        """The likeliest class; empty where nothing is shown."""
        return self._rows[self._best][0] if self._rows and self._best >= 0 else ""

    def show_probabilities(self, names: tuple[str, ...], values: NDArray | None) -> None:
        """Show these; None leaves the bars empty."""
        numbers = [0.0] * len(names) if values is None else [float(v) for v in values]
        rows = [(names[i] if i < len(names) else str(i), v) for i, v in enumerate(numbers)]
        if len(rows) > MOST_BARS:
            rows = sorted(rows, key=lambda row: -row[1])[:MOST_BARS]
        self._rows = rows
        likeliest = max(range(len(rows)), key=lambda i: rows[i][1], default=-1)
        self._best = -1 if values is None else likeliest
        said = (
            [f"{name} {format.share(value)}" for name, value in rows] if values is not None else []
        )
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.figure_font(11)
        metrics = QFontMetricsF(font)
        height = min(20.0, self.height() / len(self._rows))
        names = min(self.width() * 0.4, max(metrics.horizontalAdvance(n) for n, _ in self._rows))
        left, right = names + 8, self.width() - metrics.horizontalAdvance("100 %") - 8
        for place, (name, value) in enumerate(self._rows):
            row = QRectF(0, place * height, self.width(), height)
            self._paint_row(painter, row, left, right, name, value, place == self._best)

    def _paint_row(
        self, painter: QPainter, row: QRectF, left: float, right: float, name: str, value: float,
        is_best: bool,
    ) -> None:  # fmt: skip
        look = self._appearance.theme
        weight = QFont.Weight.DemiBold if is_best else QFont.Weight.Normal
        painter.setFont(theme.figure_font(11, weight))
        painter.setPen(theme.color(look.text if is_best else look.secondary))
        flag = Qt.AlignmentFlag
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(left - 8))
        painter.drawText(QRectF(0, row.top(), left - 8, row.height()),
                         flag.AlignRight | flag.AlignVCenter, shown)  # fmt: skip
        thick = min(8.0, row.height() - 4)
        bar = QRectF(left, row.center().y() - thick / 2, max(0.0, right - left), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(look.hover))
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        if value > 0.002:
            bar.setWidth(max(thick, bar.width() * min(1.0, value)))
            painter.setBrush(theme.color(look.accent if is_best else look.tertiary))
            painter.drawRoundedRect(bar, thick / 2, thick / 2)
        if self._best >= 0:
            painter.setPen(theme.color(look.text if is_best else look.secondary))
            painter.drawText(QRectF(right + 4, row.top(), self.width() - right - 4, row.height()),
                             flag.AlignRight | flag.AlignVCenter, format.share(value))  # fmt: skip


def _blank(color: str) -> QPixmap:
    image = QImage(SEEN, SEEN, QImage.Format.Format_RGB32)
    image.fill(theme.color(color))
    return QPixmap.fromImage(image)
