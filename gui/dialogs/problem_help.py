"""What each problem means and what to do about it: the help's sections, one at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphcore.project.help import Section, sections
from gui.line_buttons import let_clear

_RULE = Qt.ItemDataRole.UserRole


class ProblemHelpDialog(QDialog):
    """Rules by group at the left, the chosen one's section at the right; typing narrows them."""

    def __init__(self, parent: QWidget, rule: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Problems explained"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search"))
        self.field.setAccessibleName(self.tr("Search problems"))
        let_clear(self.field)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(self.tr("Problems"))
        self.tree.setIndentation(12)
        self.tree.setUniformRowHeights(True)
        self.tree.setStyleSheet("QTreeWidget::item { min-height: 24px; }")
        self.page = QTextBrowser()
        self.page.setOpenExternalLinks(True)
        self.page.setAccessibleName(self.tr("What it means"))
        self.page.setStyleSheet("padding: 12px; border: 0;")
        self._items: dict[str, QTreeWidgetItem] = {}
        self._lay_out()
        self._fill()
        self.tree.currentItemChanged.connect(self._on_item_changed)
        self.field.textChanged.connect(self._on_typed)
        self.resize(820, 560)
        self.show_rule(rule)

    def show_rule(self, rule: str) -> None:
        """Show the section of a rule; the first one where there is none of it."""
        first = next(iter(self._items.values()), None)
        item = self._items.get(rule, first)
        if item is not None:
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.addWidget(self.field)
        side.addWidget(self.tree, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(side, 2)
        row.addWidget(self.page, 5)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(row, 1)
        column.addWidget(buttons)

    def _fill(self) -> None:
        heads: dict[str, QTreeWidgetItem] = {}
        for rule, section in sections().items():
            if section.group not in heads:
                heads[section.group] = QTreeWidgetItem(self.tree, [section.group])
                heads[section.group].setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = self._items[rule] = QTreeWidgetItem(heads[section.group], [section.title])
            item.setData(0, _RULE, rule)
        self.tree.expandAll()

    def _on_item_changed(self, item: QTreeWidgetItem | None) -> None:
        section = sections().get(item.data(0, _RULE)) if item is not None else None
        if section is not None:
            self.page.setMarkdown(f"## {section.title}\n\n{section.text}")
            self._let_breathe()

    def _let_breathe(self) -> None:
        """Room between paragraphs, which Markdown comes without."""
        room = QTextBlockFormat()
        room.setBottomMargin(10)
        room.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.page.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(room)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        item = self.tree.currentItem()
        if item is not None:
            self.tree.scrollToItem(item, QTreeWidget.ScrollHint.PositionAtCenter)
        self.tree.setFocus()

    def _on_typed(self, text: str) -> None:
        wanted = text.lower().strip()
        for rule, item in self._items.items():
            item.setHidden(wanted not in _words(sections()[rule]))
        for place in range(self.tree.topLevelItemCount()):
            head = self.tree.topLevelItem(place)
            assert head is not None
            inside = [item for item in self._items.values() if item.parent() is head]
            head.setHidden(all(item.isHidden() for item in inside))
        seen = [item for item in self._items.values() if not item.isHidden()]
        if seen and self.tree.currentItem() not in seen:
            self.tree.setCurrentItem(seen[0])


def _words(section: Section) -> str:
    """All that can be searched of a section."""
    return f"{section.rule} {section.title} {section.group} {section.text}".lower()
