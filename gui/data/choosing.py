"""The ways to data: sample sets and files, as a menu and as large buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from graphcore.data.sample_set import SAMPLE_SETS
from gui import assets
from gui.data.words import label
from gui.theme import Theme

AskPath = Callable[[str], Path | None]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to data: a source and, for a sample set, its name."""

    source: str
    sample: str
    title: str
    about: str
    icon: str


def ways() -> tuple[Way, ...]:
    """Every way to data, the sample sets first."""
    samples = tuple(
        Way("sample", name, title, about, "image" if name == "digits" else "table")
        for name, (title, about) in SAMPLE_SETS.items()
    )
    return (
        *samples,
        Way("csv", "", _tr("CSV file…"), _tr("A table with a column to predict"), "table"),
        Way("images", "", _tr("Folder of images…"), _tr("One folder for each class"), "folder"),
        Way("npz", "", _tr("NumPy file…"), _tr("An .npz with arrays of samples"), "data"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Ways", text)


def ask_with_dialog(parent: QWidget) -> AskPath:
    """Asks for the path of a source's data in a file dialog."""

    def ask(source: str) -> Path | None:
        if source == "images":
            title = _tr("Choose the folder that has a folder for each class")
            chosen = QFileDialog.getExistingDirectory(parent, title)
        elif source == "csv":
            kinds = _tr("Tables (*.csv *.tsv *.txt);;All files (*)")
            chosen, _ = QFileDialog.getOpenFileName(parent, _tr("Choose a CSV file"), "", kinds)
        else:
            kinds = _tr("NumPy archives (*.npz)")
            chosen, _ = QFileDialog.getOpenFileName(parent, _tr("Choose a NumPy file"), "", kinds)
        return Path(chosen) if chosen else None

    return ask


class EmptyPage(QWidget):
    """What a person sees before there is data: each way as a large button."""

    def __init__(self, choose: Callable[[Way], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self.buttons = [self._button(way, choose) for way in ways()]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(6)
        layout.addWidget(label(self.tr("What should the network learn from?"), "title", wraps=True))
        layout.addWidget(
            label(self.tr("Begin with a sample set, or bring your own data. A file or folder can "
                          "also be dropped here."), "secondary", wraps=True)
        )  # fmt: skip
        layout.addSpacing(6)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self._columns = 0
        self.arrange(0)

    def paint_with(self, look: Theme) -> None:
        """Take the colours of a theme."""
        for button, way in zip(self.buttons, ways(), strict=True):
            button.setIcon(assets.icon(way.icon, look.family_color("data"), 22))

    def arrange(self, width: int) -> None:
        """Put the buttons into as many columns as fit that width."""
        columns = 1 if width < 520 else 2 if width < 1100 else 3
        if columns != self._columns:
            self._columns = columns
            for at, button in enumerate(self.buttons):
                self._grid.addWidget(button, at // columns, at % columns)

    def _button(self, way: Way, choose: Callable[[Way], None]) -> QPushButton:
        button = QPushButton(f"{way.title}\n{way.about}")
        button.setObjectName(f"choose_{way.sample or way.source}")
        button.setIconSize(QSize(22, 22))
        button.setMinimumSize(200, 52)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setStyleSheet("text-align: left; padding: 4px 12px;")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: choose(way))
        return button
