"""The search at the cursor: a few letters, Enter, and the node is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphcore.kinds.kind import Kind
from gui import assets
from gui.canvas.style import Style
from gui.line_buttons import name_buttons

_WIDTH, _ROWS, _ROW_HEIGHT = 320, 8, 30
# What a small canvas must leave beside the search, and above and below its list.
_EDGE, _AROUND_LIST = 8, 130
_MISS = 10_000


def _plain(text: str) -> str:
    """Without what people leave out: capitals, spaces, hyphens."""
    return text.lower().replace(" ", "").replace("-", "")


def match_cost(query: str, text: str) -> int:
    """How badly letters match a text in order: 0 for the same, 10,000 for not at all."""
    query, text = _plain(query), _plain(text)
    if query == text:
        return 0
    if text.startswith(query):
        return 1 + len(text) - len(query)
    if query in text:
        return 100 + text.index(query)
    at, gaps = -1, 0
    for letter in query:
        found = text.find(letter, at + 1)
        if found < 0:
            return _MISS
        gaps += found - at - 1
        at = found
    return 300 + gaps * 4 + len(text)


def ranked(query: str, kinds: Sequence[Kind], uses: Mapping[str, int]) -> list[Kind]:
    """The kinds that match, best first; among equals those that are used most."""
    found = []
    for place, kind in enumerate(kinds):
        cost = min(
            match_cost(query, kind.title),
            *(40 + match_cost(query, word) for word in kind.words),
            45 + match_cost(query, kind.family),
        ) if query else 0  # fmt: skip
        if cost < 300 or (cost < _MISS and match_cost(query, kind.title) < _MISS):
            found.append((cost - 12 * min(uses.get(kind.name, 0), 3), place, kind))
    return [kind for *_, kind in sorted(found, key=lambda item: item[:2])]


class Search(QFrame):
    """A field over a list of kinds.

    `chosen` carries the kind's name and whether it shall follow the selected node; `closed`
    says that it is gone. `can_hang` says whether there is a node that it can follow.
    """

    chosen = Signal(str, bool)
    closed = Signal()

    def __init__(
        self, kinds: Sequence[Kind], uses: Mapping[str, int], style: Style, parent: QWidget,
        *, can_hang: bool,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._kinds, self._uses, self._style = kinds, uses, style
        self._around, self._can_hang = parent, can_hang
        self._is_done = False
        self.setObjectName("search")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Search layers, losses, operations"))
        self.field.setAccessibleName(self.tr("Search for a node to add"))
        icon = assets.icon("search", style.theme.tertiary, 16)
        self.field.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        name_buttons(self.field)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(16, 16))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Kinds that match"))
        self.help = QLabel(self)
        self.help.setProperty("role", "caption")
        self.help.setWordWrap(True)
        self.help.setMinimumHeight(32)
        self._lay_out()
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.list.itemClicked.connect(lambda _: self._choose(append=False))
        self._fill("")

    def _lay_out(self) -> None:
        theme = self._style.theme
        self.setStyleSheet(
            f"QFrame#search {{ background: {theme.panel}; border: 1px solid {theme.strong_line};"
            " border-radius: 10px; }"
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        for part in (self.field, self.list, self.help):
            box.addWidget(part)
        self.setFixedWidth(min(_WIDTH, self._around.width() - 2 * _EDGE))

    @property
    def shown(self) -> list[str]:
        """The names of the kinds that match, best first."""
        return [self.list.item(row).data(Qt.ItemDataRole.UserRole)
                for row in range(self.list.count())]  # fmt: skip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self._is_done:
            self._finish()
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # Tab and the like mean the list here, not a command of the window
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._heard(event)
        return super().eventFilter(watched, event)

    def _heard(self, event: QKeyEvent) -> bool:
        rows = self.list.count()
        match event.key():
            case Qt.Key.Key_Escape:
                self._finish()
            case Qt.Key.Key_Down | Qt.Key.Key_Tab if rows:
                self.list.setCurrentRow((self.list.currentRow() + 1) % rows)
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab if rows:
                self.list.setCurrentRow((self.list.currentRow() - 1) % rows)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(append=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            case _:
                return False
        return True

    def _fill(self, query: str) -> None:
        self.list.clear()
        for kind in ranked(query.strip(), self._kinds, self._uses):
            family = self._style.theme.family_color(kind.family)
            name = kind.icon if kind.icon in assets.icon_names() else "help"
            item = QListWidgetItem(assets.icon(name, family, 16), kind.title)
            item.setData(Qt.ItemDataRole.UserRole, kind.name)
            item.setSizeHint(QSize(10, _ROW_HEIGHT))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        has_room = (self._around.height() - _AROUND_LIST) // _ROW_HEIGHT
        rows = min(max(self.list.count(), 1), max(has_room, 2), _ROWS)
        self.list.setFixedHeight(rows * _ROW_HEIGHT + 4)
        self.adjustSize()
        if not self.list.count():
            self.help.setText(self.tr("Nothing is called that. Try fewer letters."))

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            name = self.list.item(row).data(Qt.ItemDataRole.UserRole)
            kind = next(kind for kind in self._kinds if kind.name == name)
            keys = self.tr("Enter places it, Shift+Enter hangs it on the selected node.")
            self.help.setText(f"{kind.help}\n{keys}" if self._can_hang else kind.help)

    def _choose(self, *, append: bool) -> None:
        item = self.list.currentItem()
        if item is not None:
            name = item.data(Qt.ItemDataRole.UserRole)
            self._finish()
            self.chosen.emit(name, append)

    def _finish(self) -> None:
        if not self._is_done:
            self._is_done = True
            self.hide()
            self.closed.emit()
            self.deleteLater()
