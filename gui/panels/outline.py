"""The outline: the drawing as a tree that is filtered, walked and selected by keys alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QTreeView, QVBoxLayout, QWidget

from graphcore.analysis.finding import Entry, entries, find
from graphcore.project.edits import Edit, Set, Together
from graphcore.project.graph import NodeId
from gui import assets
from gui.analyser import Analyser
from gui.document import Document
from gui.line_buttons import let_clear
from gui.panels.empty import EmptyState
from gui.panels.outline_line import OutlineLine
from gui.panels.outline_rows import OutlineRows, Voice, with_blocks
from gui.panels.panel import Panel
from gui.place import Steps
from gui.selection import Selection
from gui.theme import Appearance

_FLAG = QItemSelectionModel.SelectionFlag


class OutlinePanel(Panel):
    """Blocks nest; what is selected here is selected on the canvas and the other way round.

    `opened` says that the selected node is to be looked at, `menu_asked` carries where on the
    screen its menu belongs, `left` says that the canvas gets the keys, `refused` the UserError
    of a name that can't be.
    """

    opened = Signal()
    menu_asked = Signal(object)
    left = Signal()
    refused = Signal(object)

    def __init__(
        self, *, document: Document, analyser: Analyser, selection: Selection,
        appearance: Appearance, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("outline", parent)
        self._document, self._analyser, self._selection = document, analyser, selection
        self._appearance = appearance
        self._known: list[Entry] | None = None
        self._is_settling = False
        self._open: set[tuple[Steps, NodeId]] = set()
        self.field, self.tree = QLineEdit(self), QTreeView(self)
        self._rows = OutlineRows(document, appearance, self)
        self._icon = self.field.addAction(
            assets.icon("filter"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._empty = EmptyState("outline", "", "", appearance, self)
        self._set_up()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._empty, 1)
        self._listen()
        self._paint_icon()

    def _set_up(self) -> None:
        self.field.setPlaceholderText(self.tr("Filter the nodes"))
        self.field.setAccessibleName(self.tr("Filter the outline"))
        self.field.setToolTip(
            self.tr("Show only nodes with these words in name, kind, shape or problem.")
        )
        let_clear(self.field)
        tree = self.tree
        tree.setModel(self._rows)
        tree.setItemDelegate(OutlineLine(self._appearance, tree))
        tree.setAccessibleName(self.tr("Outline of the drawing"))
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)  # or Qt would measure ten thousand rows
        tree.setIndentation(14)
        tree.setExpandsOnDoubleClick(False)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusProxy(tree)

    def _listen(self) -> None:
        self._document.edited.connect(self._on_edited)
        self._document.replaced.connect(self._on_replaced)
        self._analyser.analysed.connect(self._on_known)
        self._selection.changed.connect(self._show_selection)
        self._appearance.changed.connect(self._paint_icon)
        self._rows.refused.connect(self.refused)
        self.field.textChanged.connect(self.mark_stale)
        self.field.installEventFilter(self)
        self.tree.installEventFilter(self)
        self.tree.expanded.connect(self._on_expanded)
        self.tree.collapsed.connect(self._on_collapsed)
        self.tree.activated.connect(self._on_activated)
        self.tree.customContextMenuRequested.connect(self._on_menu_asked)
        self.tree.selectionModel().selectionChanged.connect(self._on_rows_selected)

    def speak(self, voice: Voice) -> None:
        """Let rows say to screen readers what this voice says of them."""
        self._rows.voice = voice

    def refresh(self) -> None:
        text, kept = self.field.text().strip(), None
        if text:
            if self._known is None:
                self._known = entries(self._document.project, self._analyser.analysis)
            kept = with_blocks([found.path for found in find(self._known, text)])
        with self._settling():
            if self._rows.show(self._analyser.analysis, kept):
                self._unfold(is_filtered=kept is not None)
        self._show_empty(is_filtered=kept is not None)
        self._show_selection()

    @contextmanager
    def _settling(self) -> Iterator[None]:
        """While it lasts, what the tree says is our own doing."""
        before, self._is_settling = self._is_settling, True
        yield
        self._is_settling = before

    def _unfold(self, *, is_filtered: bool) -> None:
        if is_filtered:
            self.tree.expandAll()  # what was found must be seen; the rest is not there
            return
        for steps, node in sorted(self._open, key=lambda item: len(item[0])):
            self.tree.expand(self._rows.index_of(steps, node))

    def _show_empty(self, *, is_filtered: bool) -> None:
        is_empty = self._rows.rowCount() == 0
        if is_empty and is_filtered:
            self._empty.say(self.tr("Nothing found"), self.tr("Escape clears the filter."))
        elif is_empty:
            self._empty.say(
                self.tr("No nodes yet"),
                self.tr("Drag a layer onto the canvas."),
            )
        self._empty.setVisible(is_empty)
        self.tree.setVisible(not is_empty)

    # Selecting

    def _on_rows_selected(self) -> None:
        if self._is_settling:
            return
        chosen = [self._rows.row_at(index) for index in self.tree.selectionModel().selectedRows()]
        current = self.tree.currentIndex()
        steps = self._rows.row_at(current).steps if current.isValid() else ()
        if chosen and all(row.steps != steps for row in chosen):
            steps = chosen[0].steps
        with self._settling():
            if chosen:
                self._selection.place.go(steps)  # all that is selected lies in one drawing
            self._selection.select({row.node.id for row in chosen if row.steps == steps})
        self._show_selection()

    def _show_selection(self) -> None:
        if self._is_settling:
            return
        if not self.isVisible():
            self.mark_stale()
            return
        steps, nodes = self._selection.place.steps, self._selection.nodes
        found = self._rows.indexes_of(steps, nodes) if nodes else []
        model = self.tree.selectionModel()
        with self._settling():
            model.select(_ranges(found), _FLAG.ClearAndSelect)
            if found and self.tree.currentIndex() not in found:
                model.setCurrentIndex(found[0], _FLAG.NoUpdate)
                self.tree.scrollTo(found[0])

    def _on_activated(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index)
        if self._rows.hasChildren(index):
            self.tree.expand(index)
            self._selection.place.go((*row.steps, row.node.id))
        else:
            self.opened.emit()

    def _on_menu_asked(self, spot: QPoint) -> None:
        index = self.tree.indexAt(spot)
        if index.isValid():
            self.menu_asked.emit(
                (self._rows.row_at(index).node.id, self.tree.viewport().mapToGlobal(spot))
            )

    def _on_expanded(self, index: QModelIndex) -> None:
        if not self._is_settling:
            row = self._rows.row_at(index)
            self._open.add((row.steps, row.node.id))

    def _on_collapsed(self, index: QModelIndex) -> None:
        if not self._is_settling:
            row = self._rows.row_at(index)
            self._open.discard((row.steps, row.node.id))

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Escape if self.field.text():
                    self.field.clear()
                    return True
                case Qt.Key.Key_Escape:
                    self.left.emit()
                    return True
                case Qt.Key.Key_Down | Qt.Key.Key_Return if watched is self.field:
                    self._enter_tree()
                    return True
        return super().eventFilter(watched, event)

    def _enter_tree(self) -> None:
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.tree.selectionModel().hasSelection() and self._rows.rowCount():
            self.tree.setCurrentIndex(self._rows.index(0, 0))

    # What it follows

    def _on_edited(self, edit: Edit) -> None:
        if _is_seen(edit):
            self._known = None
            self.mark_stale()

    def _on_known(self) -> None:
        self._known = None
        self.mark_stale()

    def _on_replaced(self) -> None:
        self._open.clear()
        self.field.clear()
        self._on_known()

    def _paint_icon(self) -> None:
        self._icon.setIcon(assets.icon("filter", self._appearance.theme.tertiary, 16))
        self.tree.viewport().update()


def _is_seen(edit: Edit) -> bool:
    """Whether the outline may say something else now: places, notes and the plan are not in it."""
    match edit:
        case Set(path=(section, *_)):
            return section == "nodes"
        case Together(edits=edits):
            return any(map(_is_seen, edits))
    return True


def _ranges(indexes: Iterable[QModelIndex]) -> QItemSelection:
    """Rows of one drawing as few ranges, also where ten thousand are selected."""
    made, first, last = QItemSelection(), QModelIndex(), QModelIndex()
    for index in indexes:
        if last.isValid() and index.row() != last.row() + 1:
            made.select(first, last)
            first = index
        first = first if first.isValid() else index
        last = index
    if last.isValid():
        made.select(first, last)
    return made
