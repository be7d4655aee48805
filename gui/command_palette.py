"""Every command by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from gui import theme
from gui.voice import announce

if TYPE_CHECKING:
    from gui.main_window import MainWindow

WIDTH, HEIGHT = 520, 420
Index = QModelIndex | QPersistentModelIndex
_ACTION = Qt.ItemDataRole.UserRole


def _blank() -> QIcon:
    """Nothing, as wide as an icon, so that all names begin in one column."""
    pixmap = QPixmap(24, 24)
    pixmap.fill(Qt.GlobalColor.transparent)
    return QIcon(pixmap)


class CommandPalette(QDialog):
    """A search field over all commands; Enter does the chosen one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("commands")  # without a frame it gets a border of the sheet's
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Commands"))
        room = window.screen().availableGeometry()
        self.setFixedSize(QSize(WIDTH, HEIGHT).boundedTo(room.size()))
        window.commands.refresh()
        self._actions = commands_of(window)
        self._preferences = window.preferences
        self._uses = window.preferences.uses
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type a part of a command's name"))
        self.field.setAccessibleName(self.tr("Search commands"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Commands that fit"))
        self.list.setItemDelegate(_Row(window, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.why = QLabel()
        self.why.setProperty("role", "secondary")
        self.why.setWordWrap(True)
        self._lay_out()
        self.field.textChanged.connect(self._on_text_changed)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda item: self._choose(item))
        self.list.currentItemChanged.connect(self._on_current_changed)
        self._on_text_changed("")
        middle, size = window.mapToGlobal(window.rect().center()), self.size()
        top = middle.y() - size.height() // 2 - 60
        self.move(middle.x() - size.width() // 2, max(top, room.top()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row, last = self.list.currentRow(), self.list.count() - 1
            match event.key():
                case Qt.Key.Key_Down:
                    self.list.setCurrentRow(min(row + 1, last))
                case Qt.Key.Key_Up:
                    self.list.setCurrentRow(max(row - 1, 0))
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._choose(self.list.currentItem())
                case _:
                    return super().eventFilter(watched, event)
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.why)

    def _on_text_changed(self, text: str) -> None:
        self.list.clear()
        for title, action in self._ranked(text):
            icon = action.icon() if not action.icon().isNull() else _blank()
            item = QListWidgetItem(icon, title)
            item.setData(_ACTION, action)
            item.setToolTip(action.toolTip())
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(title, action))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not self.list.count():
            self.why.setText(self.tr("No command has these letters in this order."))

    def _ranked(self, text: str) -> list[tuple[str, QAction]]:
        """What fits, best first; of what fits as well, what was chosen often comes first."""
        fits = [(rank(text, title), title, action) for title, action in self._actions]
        found = sorted(
            (min(fit, 2), -self._uses.get(action.objectName(), 0), fit, title, at)
            for at, (fit, title, action) in enumerate(fits)
            if fit >= 0
        )
        return [self._actions[row[-1]] for row in found]

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        action = item.data(_ACTION) if item is not None else None
        lines = action.toolTip().splitlines() if isinstance(action, QAction) else []
        self.why.setText(lines[1] if len(lines) > 1 else "")
        if isinstance(action, QAction) and item is not None:
            # The keyboard stays in the field, so the list doesn't speak for itself.
            said = item.data(Qt.ItemDataRole.AccessibleTextRole)
            announce(self.field, f"{said}. {self.why.text()}" if self.why.text() else said)

    def _choose(self, item: QListWidgetItem | None) -> None:
        action = item.data(_ACTION) if item is not None else None
        if isinstance(action, QAction) and action.isEnabled():
            self._preferences.count_use(action.objectName())
            self.accept()
            action.trigger()


def commands_of(window: MainWindow) -> list[tuple[str, QAction]]:
    """Every command with its title, panels included."""
    found = [
        (action.text().replace("&", "").rstrip("…"), action)
        for action in window.commands
        if action.objectName() != "help.palette"
    ]
    return found + [(action.text(), action) for action in window.panes.actions.values()]


def rank(typed: str, title: str) -> int:
    """How well a title fits what was typed, 0 the best; -1 where it doesn't.

    Letters must come in order; those that begin the title or stand together fit better.
    """
    wanted, text = typed.lower().replace(" ", ""), title.lower()
    if text.startswith(typed.lower()):
        return 0
    if typed.lower() in text:
        return 1
    at, gaps = -1, 0
    for letter in wanted:
        found = text.find(letter, at + 1)
        if found < 0:
            return -1
        gaps += found - at - 1
        at = found
    return 2 + gaps


def _spoken(title: str, action: QAction) -> str:
    """A row for ears."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    said = f"{title}, {keys}" if keys else title
    off = QCoreApplication.translate("CommandPalette", "{}, off")
    return said if action.isEnabled() else off.format(said)


class _Row(QStyledItemDelegate):
    """A command with its shortcut at the right; pale where it is off."""

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = window.appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, 30)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if not index.data(_ACTION).isEnabled():
            option.state &= ~option.state.State_Enabled

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        keys = index.data(_ACTION).shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        painter.save()
        painter.setPen(theme.color(self._appearance.theme.tertiary))
        painter.setFont(theme.font(12))
        place: QRect = option.rect.adjusted(0, 0, -10, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
        painter.restore()
