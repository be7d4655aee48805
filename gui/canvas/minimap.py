"""The whole drawing in a corner, with the part that is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.note_item import note_style
from gui.canvas.style import NO_PEN, pen
from gui.theme import color

if TYPE_CHECKING:
    from gui.canvas.looking import Looking

_WIDTH, _HEIGHT, _PAD = 156, 102, 9
_MANY = 150
_REST_MS = 120


class Minimap(QWidget):
    """Click or drag in it to look elsewhere."""

    def __init__(self, view: Looking) -> None:
        super().__init__(view)
        self._view = view
        self._picture, self._whole = QPixmap(), QRectF()
        self._drawn: tuple[object, ...] = ()
        self._version = -1
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._draw_anew)
        self.resize(_WIDTH, _HEIGHT)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Minimap"))
        self.setToolTip(self.tr("The whole drawing. Click or drag to look elsewhere."))

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._look_again()
        whole = self._whole
        scale, origin = self._fit(whole)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if not self._view.canvas.nodes:
            tone = self._view.canvas.look.theme.strong_line
            icon = self._view.canvas.look.icon("minimap", tone, 24, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(_WIDTH / 2 - 12, _HEIGHT / 2 - 12), icon)
        seen = self._view.seen().intersected(whole)
        if self._view.canvas.nodes and not seen.isEmpty():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme = self._view.canvas.look.theme
            painter.setPen(pen(theme.accent, 1.25))
            painter.setBrush(color(theme.accent, 0.08))
            rect = QRectF(origin + (seen.topLeft() - whole.topLeft()) * scale, seen.size() * scale)
            painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._look_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._look_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _look_at(self, point: QPointF) -> None:
        scale, origin = self._fit(self._whole)
        if scale:
            self._view.look_at(self._whole.topLeft() + (point - origin) / scale)

    def _look_again(self) -> None:
        """Many cards that move are shown at rest: all anew in each frame would take its time."""
        scene = self._view.canvas
        project = scene.document.project
        shown = (id(scene.look), id(project), scene.definition, self.devicePixelRatioF())
        is_same, self._drawn = shown == self._drawn, shown
        if is_same and scene.version == self._version:
            return
        self._version = scene.version
        if is_same and len(scene.nodes) >= _MANY:
            self._rest.start()
        else:
            self._draw_anew()

    def _draw_anew(self) -> None:
        self._rest.stop()
        self._whole = self._view.canvas.bounds().adjusted(-60, -60, 60, 60)
        self._picture = self._draw(self._whole, *self._fit(self._whole))
        self.update()

    def _fit(self, whole: QRectF) -> tuple[float, QPointF]:
        scale = min((_WIDTH - 2 * _PAD) / whole.width(), (_HEIGHT - 2 * _PAD) / whole.height())
        size = whole.size() * scale
        return scale, QPointF((_WIDTH - size.width()) / 2, (_HEIGHT - size.height()) / 2)

    def _draw(self, whole: QRectF, scale: float, origin: QPointF) -> QPixmap:
        scene, ratio = self._view.canvas, self.devicePixelRatioF()
        picture = QPixmap(QSize(round(_WIDTH * ratio), round(_HEIGHT * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(scene.look.border))
        painter.setBrush(color(scene.look.theme.panel, 0.93))
        painter.drawRoundedRect(QRectF(0.5, 0.5, _WIDTH - 1, _HEIGHT - 1), 8, 8)
        painter.setPen(NO_PEN)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(scene.nodes) < _MANY)
        for note in sorted(scene.notes, key=lambda item: item.zValue()):
            painter.setBrush(note_style(scene.look, note.note.color).far)
            at = origin + (note.rect.topLeft() - whole.topLeft()) * scale
            painter.drawRect(QRectF(at, note.rect.size() * scale))
        for tone, rects in self._by_tone(whole, scale, origin).items():
            painter.setBrush(color(tone))
            if len(scene.nodes) >= _MANY:
                painter.drawRects(rects)
                continue
            corner = min(2.0, 12 * scale)
            for rect in rects:
                painter.drawRoundedRect(rect, corner, corner)
        painter.end()
        return picture

    def _by_tone(self, whole: QRectF, scale: float, origin: QPointF) -> dict[str, list[QRectF]]:
        """The cards in pixels of the minimap, by the colour that they have there."""
        scene, found = self._view.canvas, dict[str, list[QRectF]]()
        project, nodes, wrong = (
            scene.document.project,
            scene.graph.nodes,
            scene.wrong_nodes("error"),
        )
        left, top = origin.x() - whole.left() * scale, origin.y() - whole.top() * scale
        for node, item in scene.nodes.items():
            family = project.kind(nodes[node].kind).family
            tone = scene.look.states["error"] if node in wrong else scene.look.family(family).name
            at, size = item.pos(), (CARD_WIDTH * scale, item.height * scale)
            box = QRectF(left + at.x() * scale, top + at.y() * scale, *size)
            found.setdefault(tone, []).append(box)
        return found
