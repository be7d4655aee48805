"""The rows of the layer table, sorted here, and the bar that shows a share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from graphcore.project.graph import NodeId
from gui import format, theme
from gui.theme import Appearance

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the layer table."""

    NAME = 0
    KIND = 1
    OUTPUT = 2
    PARAMETERS = 3
    SHARE = 4
    FLOPS = 5
    MEMORY = 6


@dataclass(frozen=True, slots=True)
class Row:
    """What the table shows of one node."""

    node: NodeId
    name: str
    kind: str
    family: str
    output: str
    parameters: int
    share: float
    flops: int
    memory: int

    def value(self, column: int) -> str | int | float:
        """What a column sorts by."""
        match column:
            case Column.NAME:
                return self.name.lower()
            case Column.KIND:
                return self.kind.lower()
            case Column.OUTPUT:
                return self.output
            case Column.PARAMETERS:
                return self.parameters
            case Column.SHARE:
                return self.share
            case Column.FLOPS:
                return self.flops
        return self.memory

    def text(self, column: int) -> str:
        """What a column shows."""
        match column:
            case Column.NAME:
                return self.name
            case Column.KIND:
                return self.kind
            case Column.OUTPUT:
                return self.output
            case Column.PARAMETERS:
                return format.exact(self.parameters)
            case Column.SHARE:
                return format.share(self.share) if self.share else ""
            case Column.FLOPS:
                return format.count(self.flops)
        return format.byte_count(self.memory)


class LayerTable(QAbstractTableModel):
    """Rows in the order of the model, or sorted by a column."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._given: tuple[Row, ...] = ()
        self._rows: list[Row] = []
        self._place: dict[NodeId, int] = {}
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)
        self.is_settling = False
        self._titles = (
            self.tr("Name"), self.tr("Kind"), self.tr("Output"), self.tr("Parameters"),
            self.tr("Share"), self.tr("FLOPs"), self.tr("Memory"),
        )  # fmt: skip

    @contextmanager
    def settling(self) -> Iterator[None]:
        """While it lasts, changes of the view's selection are ours and mean nothing."""
        before, self.is_settling = self.is_settling, True
        yield
        self.is_settling = before

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows; where only values changed, only those are painted anew."""
        given = tuple(rows)
        if given == self._given:
            return
        self._given = given
        new = self._in_order(given)
        if [row.node for row in new] == [row.node for row in self._rows]:
            self._rows = new
            if new:
                self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(Column) - 1))
            return
        with self.settling():
            self.beginResetModel()
            self._rows = new
            self._place = {row.node: place for place, row in enumerate(new)}
            self.endResetModel()

    def node_at(self, row: int) -> NodeId:
        """The node of a row."""
        return self._rows[row].node

    def rows_of(self, nodes: Collection[NodeId]) -> list[int]:
        """The rows of these nodes, in order."""
        return sorted(self._place[node] for node in nodes if node in self._place)

    def text(self, rows: Iterable[int]) -> str:
        """Titles and these rows as tab-separated text, numbers in full."""
        lines = ["\t".join(self._titles)]
        for place in rows:
            row = self._rows[place]
            lines.append(
                "\t".join(
                    (row.name, row.kind, row.output, str(row.parameters), f"{row.share:.6g}",
                     str(row.flops), str(row.memory))
                )
            )  # fmt: skip
        return "\n".join(lines) + "\n"

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._titles[section]
            if role == Qt.ItemDataRole.TextAlignmentRole and section >= Column.PARAMETERS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text(column)
            case Qt.ItemDataRole.UserRole:
                return row.value(column)
            case Qt.ItemDataRole.TextAlignmentRole if column >= Column.PARAMETERS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole if column == Column.KIND:
                return theme.color(self._appearance.theme.secondary)
            case Qt.ItemDataRole.ForegroundRole if not row.value(column):
                return theme.color(self._appearance.theme.tertiary)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if (column, order) == self._sorted_by:
            return
        self._sorted_by = (column, order)
        with self.settling():
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            nodes = [self._rows[index.row()].node for index in before]
            self._rows = self._in_order(self._given)
            self._place = {row.node: place for place, row in enumerate(self._rows)}
            after = [
                self.index(self._place[node], index.column())
                for node, index in zip(nodes, before, strict=True)
            ]
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()

    def _in_order(self, rows: Sequence[Row]) -> list[Row]:
        column, order = self._sorted_by
        if column < 0:
            return list(rows)
        is_down = order == Qt.SortOrder.DescendingOrder
        return sorted(rows, key=lambda row: row.value(column), reverse=is_down)

    def _tooltip(self, section: int) -> str | None:
        match section:
            case Column.FLOPS:
                return self.tr("2 × multiply-adds of the forward pass of one sample")
            case Column.MEMORY:
                return self.tr("Bytes of its outputs for one sample")
            case Column.SHARE:
                return self.tr("Share of all parameters")
        return None


class ShareBar(QStyledItemDelegate):
    """Paints a share as a small bar behind its number."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:  # fmt: skip
        share = float(index.data(Qt.ItemDataRole.UserRole))
        super().paint(painter, option, index)
        if not share:
            return
        look = self._appearance.theme
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        room = QRectF(option.rect).adjusted(8, 0, -8, 0)
        bar = QRectF(room.left(), option.rect.bottom() - 4, room.width(), 3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(look.strong_line if is_selected else look.line))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        bar.setWidth(max(2.0, room.width() * min(1.0, share)))
        painter.setBrush(theme.color(look.accent))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.restore()
