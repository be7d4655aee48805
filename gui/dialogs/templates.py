"""The gallery of templates: a picture, a name and a sentence each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.project import templates
from graphcore.project.project import Project
from gui import theme
from gui.theme import Appearance, Theme

PICTURE = QSize(200, 112)
NODE = QSize(190, 84)
_NAME = Qt.ItemDataRole.UserRole


class TemplatesDialog(QDialog):
    """Pick where to begin; `chosen` carries the template's name, empty for an empty project."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = appearance.theme
        self.setWindowTitle(self.tr("New from template"))
        self.list = QListWidget()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setIconSize(PICTURE)
        self.list.setGridSize(QSize(PICTURE.width() + 24, PICTURE.height() + 48))
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.tr("Templates"))
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setProperty("role", "secondary")
        self.about.setMinimumHeight(36)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        create = self.buttons.addButton(self.tr("Create"), QDialogButtonBox.ButtonRole.AcceptRole)
        create.setObjectName("primary")
        self._fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for widget in (self.list, self.about, self.buttons):
            column.addWidget(widget)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.itemDoubleClicked.connect(self.accept)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.setCurrentRow(0)
        self.resize(740, 520)

    def accept(self) -> None:
        item = self.list.currentItem()
        super().accept()
        if item is not None:
            self.chosen.emit(str(item.data(_NAME)))

    def _fill(self) -> None:
        self._add("", self.tr("Empty"), self.tr("An empty canvas, without data."), Project())
        for name, title, about in templates.names():
            try:
                self._add(name, title, about, templates.open_template(name))
            except UserError:
                continue  # a template that this version can't read is no place to begin

    def _add(self, name: str, title: str, about: str, project: Project) -> None:
        ratio = self.devicePixelRatioF()
        shown, icon = picture(project, self._look, ratio), QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # Qt would tint the selected one
            icon.addPixmap(shown, mode)
        item = QListWidgetItem(icon, title)
        item.setData(_NAME, name)
        item.setData(Qt.ItemDataRole.StatusTipRole, about)
        item.setToolTip(about)
        self.list.addItem(item)

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        text = item.data(Qt.ItemDataRole.StatusTipRole) if item is not None else ""
        self.about.setText(str(text))


def picture(project: Project, look: Theme, ratio: float = 1.0) -> QPixmap:
    """A drawing in small: a coloured box for each node, a line for each wire."""
    pixmap = QPixmap(PICTURE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(look.line), 1))
    painter.setBrush(theme.color(look.canvas))
    frame = QRectF(0.5, 0.5, PICTURE.width() - 1, PICTURE.height() - 1)
    painter.drawRoundedRect(frame, 8, 8)
    boxes = _boxes(project, frame.adjusted(14, 12, -14, -12))
    painter.setPen(QPen(theme.color(look.wire), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for wire in project.graph.wires.values():
        if wire.source in boxes and wire.target in boxes:
            source, target = boxes[wire.source], boxes[wire.target]
            is_data = project.graph.nodes[wire.source].kind == "data.Dataset"
            if not (is_data and _is_far(source, target)):  # which are stubs on the canvas
                painter.drawPath(_curve(source, target))
    painter.setPen(Qt.PenStyle.NoPen)
    for node, box in boxes.items():
        family = project.kind(project.graph.nodes[node].kind).family
        painter.setBrush(theme.color(look.family_color(family)))
        painter.drawRoundedRect(box, 2, 2)
    painter.end()
    return pixmap


def _boxes(project: Project, frame: QRectF) -> dict:
    points = {n: p for n, p in project.layout.get("main", {}).items() if n in project.graph.nodes}
    if not points:
        return {}
    area = _area(points.values())
    scale = min(frame.width() / area.width(), frame.height() / area.height(), 0.16)
    moved = frame.center() - area.center() * scale
    return {
        node: QRectF(QPointF(x, y) * scale + moved, NODE.toSizeF() * scale)
        for node, (x, y) in points.items()
    }


def _area(points: Iterable[tuple[int, int]]) -> QRectF:
    area = QRectF()
    for x, y in points:
        area = area.united(QRectF(x, y, NODE.width(), NODE.height()))
    return area


def _curve(source: QRectF, target: QRectF) -> QPainterPath:
    start, end = (
        QPointF(source.right(), source.center().y()),
        QPointF(target.left(), target.center().y()),
    )
    if end.x() < start.x():
        return _loop(start, end, (source.bottom() + target.top()) / 2)
    reach = QPointF(max(6.0, abs(end.x() - start.x()) * 0.45), 0)
    path = QPainterPath(start)
    path.cubicTo(start + reach, end - reach, end)
    return path


def _loop(start: QPointF, end: QPointF, between: float) -> QPainterPath:
    """Out to the right, back between two rows, and in from the left."""
    right, left = start.x() + 5, end.x() - 5
    path = QPainterPath(start)
    for x, y in ((right, start.y()), (right, between), (left, between), (left, end.y())):
        path.lineTo(x, y)
    path.lineTo(end)
    return path


def _is_far(source: QRectF, target: QRectF) -> bool:
    away = target.center() - source.center()
    return abs(away.y()) > source.height() or abs(away.x()) > 4 * source.width()
