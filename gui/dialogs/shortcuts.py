"""Every shortcut, to look up and to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.canvas.keys import shown_keys
from gui.dialogs.key_field import KeyField
from gui.dialogs.shortcut_tree import ShortcutTree
from gui.line_buttons import let_clear
from gui.shortcuts import why_not
from gui.voice import announce

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class ShortcutsDialog(QDialog):
    """The keys of all commands; what is chosen takes effect at once and is kept.

    Enter on a row goes to the field for its keys, which takes the next press. Keys that another
    command has are taken from it only when that was confirmed.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._commands, self._shortcuts = window.commands, window.commands.shortcuts
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search by command or keys"))
        self.field.setAccessibleName(self.tr("Search shortcuts"))
        let_clear(self.field)
        self.tree = ShortcutTree(window)
        self.title, self.keys, self.words = QLabel(), KeyField(), QLabel()
        self.none = _button(self.tr("No keys"), self._take_away)
        self.first = _button(self.tr("Back to default"), self._reset)
        self.answer = _button("", self._on_answered)
        self.all_first = _button(self.tr("All back to default"), self._reset_all)
        self._do: Callable[[], object] = lambda: None
        self._lay_out()
        self.field.textChanged.connect(self.tree.narrow)
        self.field.installEventFilter(self)
        self.tree.chosen.connect(self._on_chosen)
        self.tree.asked.connect(self._ask)
        self.keys.taken.connect(self._on_taken)
        self.keys.left.connect(self.tree.setFocus)
        self._shortcuts.changed.connect(self._on_changed)
        self.tree.narrow("")
        self.resize(560, 640)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Down:
                    self.tree.setFocus()
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._ask()
                    return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.words.setWordWrap(True)
        self.words.setProperty("role", "secondary")
        self.words.setMinimumHeight(36)
        self.keys.setFixedWidth(150)
        self.title.setMinimumWidth(60)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.all_first, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.tree, 1)
        column.addLayout(_row((self.title, 1), (self.keys, 0), (self.none, 0), (self.first, 0)))
        column.addLayout(_row((self.words, 1), (self.answer, 0)))
        column.addWidget(buttons)

    def _on_chosen(self, name: str) -> None:
        self._tell("" if name else self.tr("These keys always mean the same."))
        self.title.setText(self._commands.titles.get(name, ""))
        self._show()

    def _on_changed(self) -> None:
        self.tree.show_keys()
        self._show()

    def _show(self) -> None:
        name = self.tree.current
        self.keys.setEnabled(bool(name))
        self.keys.setAccessibleName(self.tr("Keys of {}").format(self.title.text()))
        self.keys.show_keys(self._shortcuts[name] if name else "")
        self.none.setEnabled(bool(name and self._shortcuts[name]))
        self.first.setEnabled(bool(name) and self._shortcuts.is_chosen(name))

    def _ask(self) -> None:
        if self.tree.current:
            self.keys.setFocus()
            self._tell(self.tr("Press the keys for this command. Esc leaves it as it is."))

    def _on_taken(self, keys: str) -> None:
        name = self.tree.current
        why = why_not(keys, on_canvas=self._commands.is_on_canvas(name))
        if why:
            self._tell(why)
        else:
            self._give(name, keys)

    def _give(self, name: str, keys: str) -> None:
        owner = self._shortcuts.owner(keys)
        if owner in ("", name):
            self._choose(name, keys)
            return
        titles = self._commands.titles
        text = self.tr("{0} is what “{1}” has. Press others, or take it from there.")
        self._tell(text.format(shown_keys(keys), titles[owner]),
                   self.tr("Take it from “{}”").format(titles[owner]),
                   lambda: self._choose(name, keys))  # fmt: skip
        self.answer.setFocus()

    def _choose(self, name: str, keys: str) -> None:
        owner = self._shortcuts.owner(keys)
        self._shortcuts.choose(name, keys)
        titles, shown = self._commands.titles, shown_keys(keys)
        if owner not in ("", name):
            text = self.tr("“{0}” has {1} now, and “{2}” has no keys.")
            self._tell(text.format(titles[name], shown, titles[owner]))
        elif keys:
            self._tell(self.tr("“{0}” has {1} now.").format(titles[name], shown))
        else:
            self._tell(self.tr("“{}” has no keys now.").format(titles[name]))
        self.tree.setFocus()

    def _take_away(self) -> None:
        self._choose(self.tree.current, "")

    def _reset(self) -> None:
        self._give(self.tree.current, self._shortcuts.first(self.tree.current))

    def _reset_all(self) -> None:
        before = self._shortcuts.reset()
        if before:
            self._tell(self.tr("All commands have their default keys."),
                       self.tr("Undo"), lambda: self._restore(before))  # fmt: skip
        else:
            self._tell(self.tr("No command had other keys."))

    def _restore(self, before: object) -> None:
        assert isinstance(before, dict)
        self._shortcuts.restore(before)
        self._tell(self.tr("The keys that you chose are back."))

    def _tell(
        self, text: str, answer: str = "", do: Callable[[], object] = lambda: None
    ) -> None:  # fmt: skip
        """A sentence, and a button that does what it offers."""
        self.words.setText(text)
        self.answer.setText(answer)
        self.answer.setVisible(bool(answer))
        self._do = do
        if text:
            announce(self, text)

    def _on_answered(self) -> None:
        self._do()


def _button(text: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)  # Enter belongs to the list and the field
    button.clicked.connect(lambda: do())
    return button


def _row(*widgets: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget, stretch in widgets:
        row.addWidget(widget, stretch)
    return row
