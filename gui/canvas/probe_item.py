"""A probe on a wire: a small capsule that opens into a card with what was seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from graphcore.project.graph import Slot
from graphcore.training.events import Probed
from gui.canvas.probe_painting import CARD, paint_card, paint_pill, short_text
from gui.canvas.style import Style

_Z = 9.0


class ProbeItem(QGraphicsItem):
    """Its origin is the middle of the wire; `offset` leads to the card's corner when it is open."""

    def __init__(self, slot: Slot, key: tuple[str, str], style: Style) -> None:
        super().__init__()
        self.slot, self.key, self.style = slot, key, style
        self.value: Probed | None = None
        self.gradient: Probed | None = None
        self.offset = QPointF()
        self.is_open = False
        self.setZValue(_Z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def learn(self, value: Probed | None, gradient: Probed | None) -> None:
        """What was seen last of the value and of its gradient."""
        is_wider = self._pill != self._pill_of(value)
        if is_wider:
            self.prepareGeometryChange()
        self.value, self.gradient = value, gradient
        self.update()

    def open(self, offset: QPointF) -> None:
        """Show the card there, seen from the wire."""
        if not self.is_open or offset != self.offset:
            self.prepareGeometryChange()
            self.is_open, self.offset = True, offset

    def shut(self) -> None:
        """Show the capsule alone."""
        if self.is_open:
            self.prepareGeometryChange()
            self.is_open = False

    @property
    def card_size(self) -> QSizeF:
        """How large an open card is."""
        return CARD

    @property
    def area(self) -> QRectF:
        """What it covers of the scene: the card, else the capsule."""
        local = QRectF(self.offset, CARD) if self.is_open else self._pill
        return local.translated(self.pos())

    def boundingRect(self) -> QRectF:
        whole = self._pill.united(QRectF(self.offset, CARD)) if self.is_open else self._pill
        return whole.adjusted(-20, -20, 20, 20)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.is_open:
            paint_card(painter, self)
        else:
            paint_pill(painter, self.style, self._pill, short_text(self.value))

    @property
    def _pill(self) -> QRectF:
        return self._pill_of(self.value)

    def _pill_of(self, value: Probed | None) -> QRectF:
        width = self.style.pill_metrics.horizontalAdvance(short_text(value)) + 32
        return QRectF(-width / 2, -10, width, 20)
