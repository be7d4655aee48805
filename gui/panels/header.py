"""The top of the inspector's page: chip, title, name to be edited, help and its link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from graphcore.errors import UserError
from graphcore.kinds.kind import Kind
from gui import assets
from gui.panels.chip import chip
from gui.panels.tiles import ElidedLabel, label
from gui.panels.value_line import ValueLine
from gui.theme import Appearance

Check = Callable[[str], None]
"""Raises UserError where a name can't be taken."""


class Header(QWidget):
    """What is selected; `renamed` carries the name that was typed, already checked."""

    renamed = Signal(str)

    def __init__(self, kind: Kind, appearance: Appearance, check: Check, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind, self._check, self._text = kind, check, ""
        icon = QLabel(self)
        icon.setPixmap(chip(kind, appearance.theme, self.devicePixelRatioF(), 30))
        self._title = ElidedLabel("title", self)
        self.name = ValueLine(self)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setToolTip(self.tr("The name in the code; letters, digits and _."))
        self._message = label("", "error", wraps=True)
        self._message.hide()
        self._help = label(kind.help, "secondary", wraps=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._link(appearance), 0, 2)
        grid.addWidget(self.name, 1, 0, 1, 3)
        grid.addWidget(self._message, 2, 0, 1, 3)
        grid.addWidget(self._help, 3, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.name.textEdited.connect(self._on_typed)
        self.name.finished.connect(self._on_finished)
        self.name.escaped.connect(self._on_escaped)

    def show_name(self, title: str, name: str, *, is_editable: bool) -> None:
        """Show title and name; a name that is being typed stays."""
        self._title.set_whole(title)
        self.name.setReadOnly(not is_editable)
        if self.name.is_typing and name == self._text:
            return
        self._text = name
        self._on_escaped()

    def abandon(self) -> None:
        """Drop a half-typed name."""
        self.name.is_typing = False
        self._on_escaped()

    def _link(self, appearance: Appearance) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(assets.icon("external-link", appearance.theme.secondary, 16))
        button.setToolTip(self.tr("Open the documentation: {0}").format(self._kind.url))
        button.setAccessibleName(self.tr("Documentation"))
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._kind.url)))
        button.setVisible(bool(self._kind.url))
        return button

    def _on_typed(self, text: str) -> None:
        try:
            if text != self._text:
                self._check(text)
            self._say("")
        except UserError as error:
            self._say(str(error))

    def _on_finished(self) -> None:
        text = self.name.text().strip()
        self._on_typed(text)
        if self._message.text():
            self.name.is_typing = True
        elif text != self._text:
            self._text = text
            self.renamed.emit(text)

    def _on_escaped(self) -> None:
        if self.name.text() != self._text:  # else what is selected in it would be lost
            self.name.setText(self._text)
        self._say("")

    def _say(self, message: str) -> None:
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self.name.set_wrong(bool(message))
