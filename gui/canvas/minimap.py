"""The whole drawing in a corner, with the part that is seen."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from graphcore.parsing import no_collection
from gui.canvas.geometry import CARD_WIDTH, united
from gui.canvas.note_item import note_style
from gui.canvas.style import NO_PEN, pen
from gui.theme import color

if TYPE_CHECKING:
    from gui.canvas.looking import Looking

_WIDTH, _HEIGHT, _PAD = 156, 102, 9
_APART = 12
_MANY, _PIECE = 150, 250
_REST_MS = 120
_TURN_SECONDS = 0.004
_Card = tuple[float, float, float, str]
"""The left edge, the top and the height of a card, and the colour that it has here."""


class Minimap(QWidget):
    """Click or drag in it to look elsewhere.

    It lies in the viewport, not over it, and is opaque: Qt moves the old picture while panning only
    where no other widget covers it and nothing in it shines through. What that moves along is put
    back where it belongs.
    """

    def __init__(self, view: Looking) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._picture, self._whole = QPixmap(), QRectF()
        self._drawn: tuple[object, ...] = ()
        self._version = -1
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._begin)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        self._work: Iterator[None] = iter(())
        self._begun = -1
        self.resize(_WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Minimap"))
        self.setToolTip(self.tr("The whole drawing. Click or drag to look elsewhere."))

    def stay_in(self, area: QRect) -> None:
        """In the lower right corner of an area of the viewport."""
        self.move(area.bottomRight() - QPoint(_WIDTH + _APART, _HEIGHT + _APART))

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
            self._turn.stop()
            self._rest.start()
        else:
            self._draw_anew()

    def _draw_anew(self) -> None:
        self._rest.stop()
        self._turn.stop()
        with no_collection():  # thousands of rows would set off a walk over all that Python holds
            for _ in self._pieces():
                pass

    def _begin(self) -> None:
        self._work, self._begun = self._pieces(), self._view.canvas.version
        self._turn.start()

    def _go_on(self) -> None:
        """Draw for a few milliseconds; what was begun of a drawing that changed is dropped."""
        if self._begun != self._view.canvas.version:
            self._turn.stop()
            self._rest.start()
            return
        end = perf_counter() + _TURN_SECONDS
        for _ in self._work:
            if perf_counter() > end:
                return
        self._turn.stop()

    def _fit(self, whole: QRectF) -> tuple[float, QPointF]:
        scale = min((_WIDTH - 2 * _PAD) / whole.width(), (_HEIGHT - 2 * _PAD) / whole.height())
        size = whole.size() * scale
        return scale, QPointF((_WIDTH - size.width()) / 2, (_HEIGHT - size.height()) / 2)

    def _pieces(self) -> Iterator[None]:
        """Draws a new picture, some hundred cards a piece, and shows it in the end."""
        scene = self._view.canvas
        cards: list[_Card] = []
        for _ in self._look_up(cards):
            yield
        around = [item.rect for item in scene.notes] + list(scene.probes.areas)
        if cards:
            left, top = min(x for x, *_ in cards), min(y for _, y, *_ in cards)
            right, low = max(x for x, *_ in cards), max(y + high for _, y, high, _ in cards)
            around.append(QRectF(left, top, right - left + CARD_WIDTH, low - top))
        whole = united(around).adjusted(-60, -60, 60, 60)
        picture = self._new_picture(whole)
        for _ in self._paint_cards(picture, whole, cards):
            yield
        self._whole, self._picture = whole, picture
        self.update()

    def _look_up(self, cards: list[_Card]) -> Iterator[None]:
        """Fills in every card."""
        scene = self._view.canvas
        project, nodes = scene.document.project, scene.graph.nodes
        wrong, error = scene.wrong_nodes("error"), scene.look.states["error"]
        for row, (node, item) in enumerate(scene.nodes.items()):
            at = item.pos()
            family = project.kind(nodes[node].kind).family
            tone = error if node in wrong else scene.look.family(family).name
            cards.append((at.x(), at.y(), item.height, tone))
            if row % _PIECE == _PIECE - 1:
                yield

    def _new_picture(self, whole: QRectF) -> QPixmap:
        """The ground, and the notes on it."""
        scene, ratio = self._view.canvas, self.devicePixelRatioF()
        scale, origin = self._fit(whole)
        picture = QPixmap(QSize(round(_WIDTH * ratio), round(_HEIGHT * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(scene.look.canvas.color())
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
        painter.end()
        return picture

    def _paint_cards(self, picture: QPixmap, whole: QRectF, cards: list[_Card]) -> Iterator[None]:
        scale, origin = self._fit(whole)
        left, top = origin.x() - whole.left() * scale, origin.y() - whole.top() * scale
        wide, is_many = CARD_WIDTH * scale, len(cards) >= _MANY
        corner = 0.0 if is_many else min(2.0, 12 * scale)
        for start in range(0, len(cards), _PIECE):
            boxes = dict[str, list[QRectF]]()
            for x, y, high, tone in cards[start : start + _PIECE]:
                box = QRectF(left + x * scale, top + y * scale, wide, high * scale)
                boxes.setdefault(tone, []).append(box)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, not is_many)
            painter.setPen(NO_PEN)
            for tone, rects in boxes.items():
                painter.setBrush(color(tone))
                if is_many:
                    painter.drawRects(rects)
                    continue
                for rect in rects:
                    painter.drawRoundedRect(rect, corner, corner)
            painter.end()
            yield
