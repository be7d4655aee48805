"""A field over the nodes that were found: Enter walks through them, Escape leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphcore.analysis.finding import Entry, Found, entries, find, find_notes
from graphcore.analysis.result import Analysis
from graphcore.project.definitions import MAIN
from graphcore.project.project import Note
from gui import assets
from gui.line_buttons import name_buttons

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

_WIDTH, _ROWS, _ROW_HEIGHT, _MOST, _GAP = 360, 8, 28, 300, 12
_AROUND_LIST = 86  # what lies above and below it on a small canvas


class FindBar(QFrame):
    """Lists nodes with where they are; `chosen` carries the path of the one to show, and
    `note_chosen` the id of a frame or a note.

    What there is to find is gathered once after each change, so that typing stays quick;
    a newer analysis is heard at the next key.
    """

    chosen = Signal(str)
    note_chosen = Signal(str)
    closed = Signal()

    def __init__(self, scene: CanvasScene, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene, self._around = scene, parent
        self._known: list[Entry] = []
        self._known_of: Analysis | None = None
        self._total = 0
        self._has_walked = False
        self.setObjectName("find_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field, self.list, self.count = QLineEdit(self), QListWidget(self), QLabel(self)
        self._icon = self.field.addAction(assets.icon("search"), _LEADING)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fill)
        self._lay_out()
        self._restyle()
        scene.document.edited.connect(self._on_changed)
        scene.document.replaced.connect(self.leave)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        parent.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._show_current())
        self._fill()

    def _lay_out(self) -> None:
        self.field.setPlaceholderText(
            self.tr("Name, kind, shape or problem: conv, 64, 16x8, error")
        )
        self.field.setAccessibleName(self.tr("Find a node"))
        name_buttons(self.field)
        self.list.setAccessibleName(self.tr("Nodes found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(16, 16))
        self.list.setUniformItemSizes(True)
        self.count.setProperty("role", "caption")
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.list)
        self.setFixedWidth(min(_WIDTH, self._around.width() - 2 * _GAP))

    def _restyle(self) -> None:
        theme = self._scene.look.theme
        self.setStyleSheet(
            f"QFrame#find_bar {{ background: {theme.panel}; border: 1px solid"
            f" {theme.strong_line}; border-radius: 10px; }}"
        )
        self._icon.setIcon(assets.icon("search", theme.tertiary, 16))

    def leave(self) -> None:
        """The bar is gone, the canvas has the keys again."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()
            self.close()
            self.deleteLater()

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            if event.type() == QEvent.Type.Resize:
                self._go_to_corner()
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # letters, arrows and Enter mean the bar here, not the canvas
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._heard(event)
        return super().eventFilter(watched, event)

    def _heard(self, event: QKeyEvent) -> bool:
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_F3:
                self._walk((-1 if is_back else 1) if self._has_walked else 0)
            case Qt.Key.Key_Down:
                self._walk(1 if self._has_walked else 0)
            case Qt.Key.Key_Up:
                self._walk(-1)
            case _:
                return False
        return True

    def _walk(self, by: int) -> None:
        if self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())
            self._show_current()

    def _show_current(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._has_walked = True
            self._say_count()
            note = item.data(_NOTE)
            if note is not None:
                self.note_chosen.emit(note)
            else:
                self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    # What there is

    def _on_changed(self, *_: object) -> None:
        self._known_of = None
        self._soon.start()

    def _on_typed(self) -> None:
        self._has_walked = False
        self.list.setCurrentRow(0)
        self._fill()

    def _fill(self) -> None:
        if self._known_of is not self._scene.analysis:
            self._known_of = self._scene.analysis
            self._known = entries(self._scene.document.project, self._known_of)
        self._restyle()
        found, row = find(self._known, self.field.text()), max(0, self.list.currentRow())
        self.list.clear()
        for hit in found[:_MOST]:
            self.list.addItem(self._row(hit))
        notes = find_notes(self._scene.document.project, self.field.text())
        for key, note in notes[:_MOST]:
            self.list.addItem(self._note_row(key, note))
        self.list.setCurrentRow(min(row if self._has_walked else 0, self.list.count() - 1))
        self._total = len(found) + len(notes)
        self._say_count()
        has_room = (self._around.height() - _AROUND_LIST) // _ROW_HEIGHT
        rows = min(self.list.count(), max(has_room, 1), _ROWS)
        self.list.setVisible(rows > 0)
        self.list.setFixedHeight(rows * _ROW_HEIGHT + 4)
        self.adjustSize()
        self._go_to_corner()

    def _row(self, hit: Found) -> QListWidgetItem:
        where = self.tr(" in {}").format(hit.around) if hit.around else ""
        item = QListWidgetItem(f"{hit.name}{where}  ·  {hit.kind}  ·  {hit.why}")
        theme = self._scene.look.theme
        name, tone = hit.severity or "graph", self._scene.look.states.get(hit.severity or "")
        item.setIcon(assets.icon(name, tone or theme.tertiary, 16))
        item.setToolTip(f"{hit.path}\n{hit.kind}\n{hit.why}")
        item.setData(Qt.ItemDataRole.UserRole, hit.path)
        item.setSizeHint(QSize(10, _ROW_HEIGHT))
        return item

    def _note_row(self, key: str, note: Note) -> QListWidgetItem:
        kind = self.tr("Frame") if note.is_frame else self.tr("Note")
        where = "" if note.definition == MAIN else self.tr(" in {}").format(note.definition)
        words = " ".join(f"{note.title} {note.text}".split())
        item = QListWidgetItem(f"{words}{where}  ·  {kind}")
        theme = self._scene.look.theme
        item.setIcon(assets.icon("frame" if note.is_frame else "note", theme.tertiary, 16))
        item.setToolTip(f"{kind}\n{note.title}\n{note.text}".strip())
        item.setData(_NOTE, key)
        item.setSizeHint(QSize(10, _ROW_HEIGHT))
        return item

    def _say_count(self) -> None:
        if not self.field.text().strip():
            self.count.setText("")
        elif not self._total:
            self.count.setText(self.tr("nothing found"))
        else:
            self.count.setText(
                self.tr("{0} of {1}").format(self.list.currentRow() + 1, self._total)
            )

    def _go_to_corner(self) -> None:
        view = self.parentWidget()
        assert view is not None
        room = view.rect()
        self.move(max(_GAP, room.right() - self.width() - _GAP), _GAP)


_NOTE = Qt.ItemDataRole.UserRole + 1
_LEADING = QLineEdit.ActionPosition.LeadingPosition
