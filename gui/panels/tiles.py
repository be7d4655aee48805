"""Small pieces that pages of figures are made of: headings and tiles."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """A label of one of the style sheet's roles that can be copied from."""
    made = QLabel(text, wordWrap=wraps, textFormat=Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def set_role(shown: QLabel, role: str) -> None:
    """Give a label another role of the style sheet."""
    if shown.property("role") != role:
        shown.setProperty("role", role)
        shown.style().polish(shown)


class ElidedLabel(QLabel):
    """A label that ends in … where it has no room; the tooltip has all of it."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText)
        self._whole = ""
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> str:
        """The text without elision."""
        return self._whole

    def set_whole(self, text: str, tooltip: str = "") -> None:
        """Show a text, as much of it as there is room for."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()
        self.setToolTip(tooltip or (text if self.text() != text else ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class ElidedButton(QPushButton):
    """A button whose text ends in … where it has no room; the tooltip has all of it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_whole(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - 30 - (0 if self.icon().isNull() else self.iconSize().width())
        metrics = self.fontMetrics()
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class Tile(QFrame):
    """A caption over a figure."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._caption = label(caption, "caption")
        self._figure = ElidedLabel("stat", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 7)
        layout.setSpacing(2)
        layout.addWidget(self._caption)
        layout.addWidget(self._figure)
        self.setAccessibleName(caption)

    @property
    def text(self) -> str:
        """The figure as it is shown."""
        return self._figure.whole

    def show_figure(self, text: str, tooltip: str = "") -> None:
        """Show a figure; the tooltip says more of it."""
        if text != self.text or tooltip != self._figure.toolTip():
            self._figure.set_whole(text, tooltip)
            self.setAccessibleDescription(text)


class Tiles(QWidget):
    """Tiles in two columns, by key."""

    def __init__(self, captions: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: dict[str, Tile] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for place, (key, caption) in enumerate(captions):
            self._tiles[key] = Tile(caption, self)
            grid.addWidget(self._tiles[key], place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def __getitem__(self, key: str) -> Tile:
        return self._tiles[key]
