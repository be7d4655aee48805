"""How a row of the outline is painted: name and kind at left, shape and problem at right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import assets, theme
from gui.panels.outline_rows import KIND, SEVERITY, SHAPE
from gui.theme import Appearance

Index = QModelIndex | QPersistentModelIndex
_GAP, _MARK = 6, 14
_MARKS = {"error": "error", "warning": "warning", "info": "info"}


class OutlineLine(QStyledItemDelegate):
    """Shape and kind are shown where they have room whole; only a name is ever cut."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        room = style.subElementRect(
            QStyle.SubElement.SE_ItemViewItemDecoration, option, option.widget
        )
        rest = option.rect.adjusted(room.right() - option.rect.left() + _GAP, 0, -_GAP, 0)
        painter.save()
        painter.setFont(option.font)
        rest = self._paint_mark(painter, rest, index.data(SEVERITY))
        self._paint_words(painter, rest, name, index)
        painter.restore()

    def _paint_mark(self, painter: QPainter, room: QRect, severity: str) -> QRect:
        if not severity:
            return room
        look = self._appearance.theme
        color = {"error": look.error, "warning": look.warn}.get(severity, look.accent)
        box = QRect(room.right() - _MARK, room.center().y() - _MARK // 2, _MARK, _MARK)
        assets.icon(_MARKS[severity], color, _MARK).paint(painter, box)
        return room.adjusted(0, 0, -_MARK - _GAP, 0)

    def _paint_words(self, painter: QPainter, room: QRect, name: str, index: Index) -> None:
        look, wide = self._appearance.theme, painter.fontMetrics().horizontalAdvance
        kind, shape = index.data(KIND), index.data(SHAPE)
        if shape and wide(name) + _GAP + wide(shape) <= room.width():
            painter.setPen(theme.color(look.secondary))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | _MIDDLE, shape)
            room = room.adjusted(0, 0, -wide(shape) - _GAP, 0)
        painter.setPen(theme.color(look.text))
        metrics = painter.fontMetrics()
        short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | _MIDDLE, short)
        room = room.adjusted(wide(short) + _GAP, 0, 0, 0)
        if wide(kind) <= room.width() and kind.lower() != name.lower():
            painter.setPen(theme.color(look.tertiary))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | _MIDDLE, kind)


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
