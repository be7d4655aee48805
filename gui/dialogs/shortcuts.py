"""Every shortcut in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from gui.actions import COMMANDS

if TYPE_CHECKING:
    from gui.main_window import MainWindow

# What the canvas does by itself, beside the commands of the menus.
ON_THE_CANVAS = (
    ("Search a layer at the pointer", "Tab, double-click"),
    ("Move the view", "Middle button, Space and drag"),
    ("Zoom", "Wheel"),
    ("Walk along the wires", "Arrow keys"),
    ("Add to the selection", "Shift and click"),
)


class ShortcutsDialog(QDialog):
    """Commands by menu with their keys; typing narrows the list."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search"))
        self.field.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self._groups: dict[str, list[QTreeWidgetItem]] = {}
        self._heads: dict[str, QTreeWidgetItem] = {}
        self._fill(window)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for widget in (self.field, self.tree, buttons):
            column.addWidget(widget)
        self.field.textChanged.connect(self._on_text_changed)
        self.resize(520, 640)

    def _fill(self, window: MainWindow) -> None:
        for command in COMMANDS:
            action = window.commands[command.name]
            if not action.shortcut().isEmpty():
                menu = command.name.partition(".")[0].capitalize()
                title = QCoreApplication.translate("commands", command.text).rstrip("…")
                self._add(menu, title, action.shortcut().toString())
        for title, keys in ON_THE_CANVAS:
            self._add(self.tr("Canvas"), title, keys)
        self.tree.expandAll()

    def _add(self, menu: str, title: str, keys: str) -> None:
        if menu not in self._heads:
            self._heads[menu] = QTreeWidgetItem(self.tree, [menu])
            self._heads[menu].setFlags(Qt.ItemFlag.ItemIsEnabled)
        item = QTreeWidgetItem(self._heads[menu], [title, keys])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._groups.setdefault(menu, []).append(item)

    def _on_text_changed(self, text: str) -> None:
        for menu, items in self._groups.items():
            for item in items:
                item.setHidden(text.lower() not in f"{item.text(0)} {item.text(1)}".lower())
            self._heads[menu].setHidden(all(item.isHidden() for item in items))
