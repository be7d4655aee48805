"""What a person prefers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.language import NAMES, Language
from gui.preferences import data_folder

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class PreferencesDialog(QDialog):
    """Every choice takes effect at once, so there is nothing to confirm."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._preferences = window, window.preferences
        self.setWindowTitle(self.tr("Preferences"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Theme"), self._theme())
        form.addRow(self.tr("Colours"), self._colors())
        form.addRow(self.tr("Motion"), self._motion())
        form.addRow(self.tr("Language"), self._language())
        form.addRow(self.tr("At start"), self._session())
        form.addRow(self.tr("Opening"), self._opening())
        form.addRow(self.tr("Canvas"), self._minimap())
        form.addRow(self.tr("Keyboard"), self._shortcuts())
        place = QLabel(
            self.tr("Settings, autosaves, runs of unsaved projects and the log are in\n{}").format(
                data_folder()
            )
        )
        place.setProperty("role", "secondary")
        place.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        page = QVBoxLayout()
        page.setContentsMargins(20, 20, 20, 16)
        page.setSpacing(16)
        page.addLayout(form)
        page.addWidget(place)
        buttons.setContentsMargins(20, 0, 20, 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Page(page), 1)
        column.addWidget(buttons)
        self.setMinimumWidth(440)

    def _theme(self) -> QComboBox:
        box = QComboBox()
        for title, choice in (
            (self.tr("Follow the system"), "system"),
            (self.tr("Dark"), "dark"),
            (self.tr("Light"), "light"),
        ):
            box.addItem(title, choice)
        box.setCurrentIndex(box.findData(self._preferences.theme))
        box.activated.connect(lambda: self._window.choose_theme(box.currentData()))
        return box

    def _colors(self) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("Standard"), "standard")
        box.addItem(self.tr("Safe for colour-blind people"), "safe")
        box.setCurrentIndex(box.findData(self._preferences.colors))
        box.activated.connect(lambda: self._window.choose_colors(box.currentData()))
        return box

    def _motion(self) -> QComboBox:
        box = QComboBox()
        for title, choice in (
            (self.tr("Follow the system"), "system"),
            (self.tr("Things move"), "full"),
            (self.tr("Things jump: reduced motion"), "reduced"),
        ):
            box.addItem(title, choice)
        box.setCurrentIndex(box.findData(self._preferences.motion))
        box.activated.connect(lambda: setattr(self._preferences, "motion", box.currentData()))
        return box

    def _language(self) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("Follow the system"), "system")
        for choice, name in NAMES.items():
            box.addItem(name, choice)
        box.setCurrentIndex(box.findData(self._preferences.language))
        box.setToolTip(self.tr("Another language is spoken from the next start on."))
        box.activated.connect(lambda: self._on_language(box.currentData()))
        return box

    def _on_language(self, choice: Language) -> None:
        if choice != self._preferences.language:
            self._preferences.language = choice
            self._window.notices.tell(self.tr("Another language is spoken from the next start on."))

    def _session(self) -> QCheckBox:
        box = QCheckBox(self.tr("Open what was open last"))
        box.setChecked(self._preferences.restores_session)
        box.toggled.connect(lambda on: setattr(self._preferences, "restores_session", on))
        return box

    def _opening(self) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("Another project gets a window of its own"), True)
        box.addItem(self.tr("Another project takes the place of this one"), False)
        box.setCurrentIndex(box.findData(self._preferences.opens_windows))
        box.activated.connect(
            lambda: setattr(self._preferences, "opens_windows", box.currentData())
        )
        return box

    def _minimap(self) -> QCheckBox:
        box = QCheckBox(self.tr("Show the minimap"))
        box.setChecked(self._preferences.shows_minimap)
        box.toggled.connect(lambda on: setattr(self._preferences, "shows_minimap", on))
        return box

    def _shortcuts(self) -> QPushButton:
        button = QPushButton(self.tr("Change shortcuts…"))
        button.setAutoDefault(False)
        button.clicked.connect(self._window.dialogs.show_shortcuts)
        return button


class _Page(QScrollArea):
    """As high as what it holds, unless the screen is lower; then it scrolls."""

    def __init__(self, layout: QVBoxLayout) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setLayout(layout)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint().boundedTo(self.screen().availableSize() * 0.7)
