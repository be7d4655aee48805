"""What the inspector says of a block beyond its params: its definition and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from graphcore.errors import UserError
from graphcore.project.edits import RenameDefinition
from graphcore.project.exposing import instances
from graphcore.project.graph import check_name
from gui.document import Document
from gui.panels.tiles import label
from gui.panels.value_line import ValueLine


class DefinitionName(QWidget):
    """The name of a definition, to be edited: all its instances and the code follow."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._name = document, ""
        self.line = ValueLine(self)
        self.line.setAccessibleName(self.tr("Name of the definition"))
        self.line.setToolTip(self.tr("The class in the code; letters, digits and _."))
        self._message = label("", "error", wraps=True)
        self._message.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addWidget(self._message)
        self.line.textEdited.connect(self._on_typed)
        self.line.finished.connect(self._on_finished)
        self.line.escaped.connect(self._restore)

    def show_name(self, name: str) -> None:
        """Show this definition; a name that is being typed stays."""
        if self.line.is_typing and name == self._name:
            return
        self._name = name
        self._restore()

    def _restore(self) -> None:
        self.line.is_typing = False
        self.line.setText(self._name)
        self._say("")

    def _on_typed(self, text: str) -> None:
        try:
            check_name(text.strip())
            is_taken = text.strip() in self._document.project.definitions
            if is_taken and text.strip() != self._name:
                raise UserError(
                    self.tr("There is a block “{}” already.").format(text.strip()),
                    self.tr("Use another name."),
                )
            self._say("")
        except UserError as error:
            self._say(str(error))

    def _on_finished(self) -> None:
        name = self.line.text().strip()
        self._on_typed(name)
        if self._message.text() or name == self._name:
            return
        old, self._name = self._name, name
        text = self.tr("Rename block {} to {}").format(old, name)
        self._document.do(RenameDefinition(old, name), text)

    def _say(self, message: str) -> None:
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self.line.set_wrong(bool(message))


class BlockBox(QWidget):
    """The definition of the selected block; `asked` carries the name of a command."""

    asked = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._name = DefinitionName(document, self)
        self._count = label("", "secondary", wraps=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        self._unique = self._button(self.tr("Make unique"), "graph.unique")
        for button in (self._button(self.tr("Enter"), "graph.enter"), self._unique,
                       self._button(self.tr("Unpack"), "graph.unpack")):  # fmt: skip
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(self.tr("Definition"), "heading"))
        layout.addWidget(self._name)
        layout.addWidget(self._count)
        layout.addLayout(buttons)

    def show_definition(self, name: str) -> None:
        """Show how this definition stands now."""
        self._name.show_name(name)
        number = len(instances(self._document.project, name))
        self._count.setText(
            self.tr("One block of it.") if number == 1
            else self.tr("{} blocks share it; what changes inside changes in all.").format(number)
        )  # fmt: skip
        self._unique.setEnabled(number > 1)
        self._unique.setToolTip(
            self.tr("Give this block a definition of its own") if number > 1
            else self.tr("It is unique already: no other block shares its definition.")
        )  # fmt: skip

    def _button(self, text: str, command: str) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(lambda: self.asked.emit(command))
        return button
