"""The list of everything that can have keys, by menu; typing narrows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from gui import theme
from gui.actions import MENUS
from gui.canvas.keys import shown_keys

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_NAME = Qt.ItemDataRole.UserRole
# What the canvas does by itself, beside the commands of the menus.
_ALWAYS = (
    ("Move the view", "Middle button, Space and drag"),
    ("Zoom", "Wheel, + and -"),
    ("Actual size", "1"),
    ("Walk along the wires", "Arrow keys"),
    ("Move what is selected", "Ctrl and arrow keys"),
    ("Delete, or leave the block", "Backspace"),
    ("Search a layer at the pointer", "Double-click"),
    ("Add to the selection", "Shift and click"),
    ("Stop, select nothing, leave the block", "Esc"),
)


class ShortcutTree(QTreeWidget):
    """Commands with their keys, chosen ones in bold; `asked` for other keys by Enter or clicks.

    `chosen` names the command of the current row; it is empty on rows that can't be changed.
    """

    chosen = Signal(str)
    asked = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window, self._shortcuts = window, window.commands.shortcuts
        self.setAccessibleName(self.tr("Commands and their keys"))
        self.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setStyleSheet("QTreeWidget::item { min-height: 24px; }")
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self._rows: dict[str, QTreeWidgetItem] = {}
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._fill()
        self.show_keys()
        self.expandAll()
        self.currentItemChanged.connect(lambda: self.chosen.emit(self.current))
        self.itemActivated.connect(lambda: self.asked.emit())

    @property
    def current(self) -> str:
        """The name of the command in the current row; empty where there is none."""
        item = self.currentItem()
        return str(item.data(0, _NAME) or "") if item is not None else ""

    def show_keys(self) -> None:
        """Every command with the keys that it has now."""
        for name, item in self._rows.items():
            keys = shown_keys(self._shortcuts[name])
            item.setText(1, keys)
            said = keys or self.tr("no keys")
            item.setData(1, Qt.ItemDataRole.AccessibleTextRole, said)
            font = QFont(self.font())
            font.setBold(self._shortcuts.is_chosen(name))
            item.setFont(1, font)
            first = shown_keys(self._shortcuts.first(name)) or self.tr("none")
            item.setToolTip(1, self.tr("Default: {}").format(first))

    def narrow(self, text: str) -> None:
        """Only rows that hold these words, in the command or in the keys."""
        for head, rows in self._groups:
            for item in rows:
                item.setHidden(text.lower() not in f"{item.text(0)} {item.text(1)}".lower())
            head.setHidden(all(item.isHidden() for item in rows))
        shown = next((item for item in self._rows.values() if not item.isHidden()), None)
        if shown is None:
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentItem(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # or the dialog would press a button of its own
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        titles = self._window.commands.titles
        for menu, entries in MENUS:
            title = QCoreApplication.translate("menus", menu).replace("&", "")
            self._add_group(title, {name: titles[name] for name in _names(entries, titles)})
        left = {name: title for name, title in titles.items() if name not in self._rows}
        self._add_group(self.tr("Panels"), left)
        self._add_always()

    def _add_always(self) -> None:
        say, pale = QCoreApplication.translate, self._window.appearance.theme.secondary
        head = self._head(self.tr("Canvas, always the same"))
        for title, keys in _ALWAYS:
            item = QTreeWidgetItem(head, [say("shortcuts", title), say("shortcuts", keys)])
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for column in (0, 1):
                item.setForeground(column, theme.color(pale))
            self._groups[-1][1].append(item)

    def _add_group(self, title: str, names: dict[str, str]) -> None:
        head = self._head(title)
        for name, text in names.items():
            item = QTreeWidgetItem(head, [text])
            item.setData(0, _NAME, name)
            self._rows[name] = item
            self._groups[-1][1].append(item)

    def _head(self, title: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem(self, [title])
        head.setData(1, Qt.ItemDataRole.AccessibleTextRole, title)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._groups.append((head, []))
        return head


def _names(entries: tuple, titles: dict[str, str]) -> Iterator[str]:
    """The commands of a menu and of the menus in it."""
    for entry in entries:
        if isinstance(entry, tuple):
            yield from _names(entry[1], titles)
        elif entry in titles:
            yield entry
