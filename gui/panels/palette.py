"""The palette: every kind, by family, to be dragged onto the canvas."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QDrag,
    QFont,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphcore.kinds.kind import Kind
from graphcore.project.definitions import MAIN
from graphcore.project.edits import Edit, touched_definitions
from gui import assets, theme
from gui.document import Document
from gui.library import MINE, Library
from gui.line_buttons import let_clear
from gui.panels.chip import CHIP, card, icon_of
from gui.panels.panel import Panel
from gui.panels.shelves import MORE, NEW_MODULE, Shelf, matches, shelves
from gui.theme import Appearance

KIND_MIME = "application/x-netwright-kind"
_KIND = Qt.ItemDataRole.UserRole
_FOLD = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


def kind_mime(kind: str) -> QMimeData:
    """What a drag of a kind carries."""
    data = QMimeData()
    data.setData(KIND_MIME, QByteArray(kind.encode()))
    return data


class PalettePanel(Panel):
    """A search field over the families of kinds; `chosen` is a kind's name to be added.

    What is asked for with blocks carries the name of the block.
    """

    chosen = Signal(str)
    update_asked = Signal(str)
    removal_asked = Signal(str)
    keeping_asked = Signal(str)

    def __init__(
        self, *, document: Document, appearance: Appearance, library: Library | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("palette", parent)
        self._library = library
        self._document, self._appearance = document, appearance
        self._definitions: tuple[str, ...] = ()
        self._collapsed = {shelf.key + MORE for shelf in shelves(document.project)}
        self._search = _SearchField(self)
        self._search.setPlaceholderText(self.tr("Search layers"))
        self._search.setAccessibleName(self.tr("Search layers"))
        self._search_icon = self._search.addAction(
            assets.icon("search"), QLineEdit.ActionPosition.LeadingPosition
        )
        let_clear(self._search)
        self._tree = KindTree(appearance, self)
        self._tree.setAccessibleName(self.tr("Layers"))
        self._nothing = QLabel(self, wordWrap=True)
        self._nothing.setProperty("role", "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 4, 8)
        layout.setSpacing(6)
        layout.addWidget(self._search)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self._tree, 1)
        self._search.textChanged.connect(self.refresh)
        self._search.moved_down.connect(self._tree.focus_first)
        self._search.returnPressed.connect(self._on_return_pressed)
        self._tree.picked.connect(self.chosen)
        self._tree.folded.connect(self._on_folded)
        self._tree.typed.connect(self._on_typed)
        self._tree.asked.connect(self._on_row_asked)
        if library is not None:
            library.changed.connect(self.mark_stale)
        document.edited.connect(self._on_edited)
        document.replaced.connect(self.mark_stale)
        appearance.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def collapsed(self) -> set[str]:
        """Folded families, and `family/more` where only a family's common kinds are shown."""
        return set(self._collapsed)

    @collapsed.setter
    def collapsed(self, keys: Iterable[str]) -> None:
        self._collapsed = set(keys)
        self.mark_stale()

    def focus_search(self) -> None:
        """Put the cursor into the search field, its text selected."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def point_of(self, kind: str) -> QPoint | None:
        """Where the row of a kind is, in the panel; None where it can't be seen."""
        row = self._tree.row_of(kind)
        if row is None or not self._tree.viewport().rect().contains(row):
            return None
        return self._tree.viewport().mapTo(self, row)

    def refresh(self) -> None:
        wanted = self._search.text().strip()
        mine = self._library.kinds() if self._library else []
        found = matches(self._document.project, wanted, mine) if wanted else []
        if wanted:
            self._tree.show_kinds(found)
        else:
            self._tree.show_shelves(shelves(self._document.project, mine), self._collapsed)
        self._show_state_of_blocks()
        self._nothing.setVisible(bool(wanted) and not found)
        self._nothing.setText(self.tr("No layer matches “{0}”.").format(wanted))
        self._tree.setVisible(not wanted or bool(found))

    def _on_return_pressed(self) -> None:
        mine = self._library.kinds() if self._library else []
        found = matches(self._document.project, self._search.text().strip(), mine)
        if self._search.text().strip() and found:
            self.chosen.emit(found[0].name)

    def _show_state_of_blocks(self) -> None:
        """Which of the library's blocks differ here, and which of its files can't be read."""
        if self._library is None:
            return
        for name in self._library.blocks:
            if self._library.differs(name):
                self._tree.hint_at(
                    MINE + name, self.tr("{0} · differs here").format(name),
                    self.tr("This project has another {0}. “Update this project from it” makes it"
                            " this one, wherever it is used.").format(name),
                )  # fmt: skip
        for file in self._library.broken if not self._search.text().strip() else ():
            self._tree.add_broken(file.path.name, file.message)

    def _on_row_asked(self, verb: str, name: str) -> None:
        {"update": self.update_asked, "remove": self.removal_asked,
         "keep": self.keeping_asked}[verb].emit(name)  # fmt: skip

    def _on_folded(self, key: str) -> None:
        self._collapsed ^= {key}
        self.mark_stale()

    def _on_typed(self, text: str) -> None:
        self.focus_search()
        self._search.setText(self._search.text() + text)
        self._search.setCursorPosition(len(self._search.text()))

    def _on_edited(self, edit: Edit) -> None:
        definitions = (*self._document.project.definitions, *self._document.project.modules)
        may_differ = self._library is not None and touched_definitions(edit) != {MAIN}
        if definitions != self._definitions or (may_differ and self._is_any_in_both()):
            self._definitions = definitions
            self.mark_stale()

    def _is_any_in_both(self) -> bool:
        known = self._library.blocks if self._library else {}
        return bool(known.keys() & self._document.project.definitions.keys())

    def _on_theme_changed(self) -> None:
        self._search_icon.setIcon(assets.icon("search", self._appearance.theme.tertiary, 16))
        self.mark_stale()


class _SearchField(QLineEdit):
    """A line whose Down key goes to what was found and whose Escape empties it."""

    moved_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class KindTree(QTreeWidget):
    """Kinds under the headings of their families; a kind can be dragged, or picked with Enter.

    `folded` carries the key of a heading or of a “more” row that was clicked, `typed` letters
    that belong into the search field, `asked` a verb and the name of the block it is about.
    """

    picked = Signal(str)
    folded = Signal(str)
    typed = Signal(str)
    asked = Signal(str, str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._kinds: dict[str, Kind] = {}
        self._hinted: set[str] = set()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setDragEnabled(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(16, 16))
        self.setItemDelegate(_RowPainter(appearance, self))
        self.itemClicked.connect(self._on_clicked)
        self.itemDoubleClicked.connect(self._on_double_clicked)

    def show_kinds(self, kinds: Iterable[Kind]) -> None:
        """These kinds in this order, without headings; the first is current."""
        self.clear()
        self._kinds, self._hinted = {}, set()
        self._add_kinds(kinds)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def show_shelves(self, found: Iterable[Shelf], collapsed: set[str]) -> None:
        """All kinds under their headings, at the place where it was scrolled to."""
        place, current = self.verticalScrollBar().value(), self._current_key()
        self.clear()
        self._kinds, self._hinted = {}, set()
        for shelf in found:
            self._add_heading(shelf.title.upper(), shelf.key, shelf.key in collapsed)
            if shelf.key in collapsed:
                continue
            self._add_kinds(shelf.common)
            if shelf.rare:
                is_folded = shelf.key + MORE in collapsed
                text = self.tr("{0} more").format(len(shelf.rare)) if is_folded else self.tr("Less")
                self._add_kinds(() if is_folded else shelf.rare)
                self._add_heading(text, shelf.key + MORE, is_folded)
        self._make_current(current)
        self.verticalScrollBar().setValue(place)

    def _current_key(self) -> str:
        item = self.currentItem()
        return (item.data(0, _KIND) or item.data(0, _FOLD)) if item else ""

    def _make_current(self, key: str) -> None:
        for row in range(self.topLevelItemCount()) if key else ():
            item = self.topLevelItem(row)
            if item is not None and key in (item.data(0, _KIND), item.data(0, _FOLD)):
                self.setCurrentItem(item)

    def focus_first(self) -> None:
        """Give the first kind the keyboard."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(0, _KIND):
                self.setCurrentItem(item)
                return

    def row_of(self, kind: str) -> QPoint | None:
        """The middle of a kind's row in the viewport, wherever it is scrolled to."""
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(0, _KIND) == kind:
                return self.visualItemRect(item).center()
        return None

    def startDrag(self, actions: Qt.DropAction) -> None:
        item = self.currentItem()
        kind = self._kinds.get(item.data(0, _KIND) or "") if item else None
        if kind is NEW_MODULE:  # there is nothing to be dropped yet
            self.picked.emit(kind.name)
        elif kind is not None:
            drag = self.drag_of(kind)
            drag.exec(Qt.DropAction.CopyAction)

    def drag_of(self, kind: Kind) -> QDrag:
        """A drag that carries the kind and shows the ghost of its node."""
        drag = QDrag(self)
        drag.setMimeData(kind_mime(kind.name))
        drag.setPixmap(card(kind, self._appearance.theme, self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(95, 42))
        return drag

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_letter = event.text().isprintable() and event.text().strip()
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._on_double_clicked(item)
            self._on_clicked(item)
        elif is_letter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(event.pos())
        kind = self._kinds.get(item.data(0, _KIND) or "") if item else None
        if kind is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Add to the canvas"), lambda: self.picked.emit(kind.name))
        if kind.url:
            menu.addAction(
                self.tr("Open the documentation"),
                lambda: QDesktopServices.openUrl(QUrl(kind.url)),
            )
        self._add_block_verbs(menu, kind.name)
        menu.popup(event.globalPos())

    def _add_block_verbs(self, menu: QMenu, kind: str) -> None:
        family, _, name = kind.partition(".")
        rows = {
            "block": ((self.tr("Save to my blocks"), "keep"),),
            "mine": ((self.tr("Update this project from it"), "update"),
                     (self.tr("Remove from my blocks"), "remove")),
        }.get(family, ())  # fmt: skip
        for text, verb in rows:
            action = menu.addAction(text, partial(self.asked.emit, verb, name))
            action.setEnabled(verb != "update" or kind in self._hinted)

    def _add_kinds(self, kinds: Iterable[Kind]) -> None:
        look = self._appearance.theme
        for kind in kinds:
            item = QTreeWidgetItem(self, [kind.title])
            item.setIcon(0, assets.icon(icon_of(kind), look.family_color(kind.family), 16))
            item.setData(0, _KIND, kind.name)
            item.setToolTip(0, f"{kind.help}\n{kind.url}".strip())
            self._kinds[kind.name] = kind

    def hint_at(self, kind: str, text: str, tooltip: str) -> None:
        """Say more in the row of a kind."""
        self._hinted.add(kind)
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(0, _KIND) == kind:
                item.setText(0, text)
                item.setToolTip(0, tooltip)

    def add_broken(self, name: str, message: str) -> None:
        """A row, at the end, for a file that can't be read."""
        item = QTreeWidgetItem(self, [name])
        item.setIcon(0, assets.icon("warning", self._appearance.theme.warn, 16))
        item.setToolTip(0, message)
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, message)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _add_heading(self, text: str, key: str, is_folded: bool) -> None:
        item = QTreeWidgetItem(self, [text])
        item.setData(0, _FOLD, key)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        words = self.tr("Click to show them.") if is_folded else self.tr("Click to fold.")
        item.setToolTip(0, words)
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, words)
        arrow = "chevron-right" if is_folded else "chevron-down"
        item.setData(0, _FOLD + 1, "chevron-up" if not is_folded and MORE in key else arrow)

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        if key := item.data(0, _FOLD):
            self.folded.emit(key)

    def _on_double_clicked(self, item: QTreeWidgetItem) -> None:
        if name := item.data(0, _KIND):
            self.picked.emit(name)


class _RowPainter(QStyledItemDelegate):
    """Paints headings as captions with a small arrow; kinds as the style does."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        key = index.data(_FOLD)
        size.setHeight(30 if key is None else CHIP if MORE in key else 34)
        return size

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.data(_FOLD) is None:
            option.rect.adjust(10, 0, 0, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        key = index.data(_FOLD)
        if key is None:
            super().paint(painter, option, index)
            return
        look = self._appearance.theme
        is_more = MORE in key
        text = option.rect.adjusted(38 if is_more else 6, 0 if is_more else 8, -22, 0)
        painter.save()
        painter.setFont(theme.font(12 if is_more else 11, QFont.Weight.Medium))
        painter.setPen(theme.color(look.secondary if is_more else look.tertiary))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, index.data())
        ratio = painter.device().devicePixelRatio()
        arrow = assets.pixmap(index.data(_FOLD + 1), look.tertiary, 12, ratio)
        left = 18 if is_more else option.rect.width() - 20
        painter.drawPixmap(left, text.center().y() - 5, arrow)
        painter.restore()
