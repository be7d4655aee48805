"""One item per node: the card with everything on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from graphcore.analysis.overlays import Figure
from graphcore.project.graph import NodeId
from gui.canvas.card_form import card_form
from gui.canvas.card_painting import BADGE, paint_card, paint_plainly
from gui.canvas.card_picture import CardPicture
from gui.canvas.face import Face
from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.shades import Shade
from gui.canvas.style import Style


class NodeItem(QGraphicsItem):
    """The card of a node.

    Its face is asked for when it is first painted, so nodes that nobody looks at cost nothing.
    `inputs` and `outputs` are the port names; `fitting` are those that take the wire being drawn,
    None while none is.
    """

    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    is_selected = is_hovered = is_under_overlay = False
    hot_port: tuple[str, bool] | None = None
    fitting: frozenset[tuple[str, bool]] | None = None
    live = ""
    bar: float | None = None
    thumbnails: tuple[QImage, ...] = ()
    _face: Face | None = None
    _figure: Figure | None = None
    _shade: Shade | None = None
    _picture: CardPicture | None = None

    def __init__(
        self,
        node: NodeId,
        style: Style,
        make_face: Callable[[NodeId], Face],
        make_shade: Callable[[NodeId], Shade | None],
        has_rows: bool,
    ) -> None:
        super().__init__()
        self.node, self.style, self.has_rows = node, style, has_rows
        self._make_face, self._make_shade = make_face, make_shade
        self._form = card_form((), (), has_rows=has_rows, has_strip=False)

    @property
    def face(self) -> Face:
        """What the card says."""
        if self._face is None:
            self._face = self._make_face(self.node)
        return self._face

    @property
    def fill(self) -> QBrush | None:
        """What an overlay fills the card with; None where it lies under none."""
        if not self.is_under_overlay:
            return None
        return self.style.tint(self._figure.level if self._figure is not None else 0.0)

    @property
    def rect(self) -> QRectF:
        """The card in the scene."""
        return QRectF(self.pos(), self._form.size)

    @property
    def height(self) -> float:
        """How high the card is."""
        return self._form.size.height()

    @property
    def points(self) -> Mapping[tuple[str, bool], QPointF]:
        """Where each port (name, is it an output) sits on the card."""
        return self._form.points

    def set_ports(self, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
        """Takes the names of the ports."""
        self.inputs, self.outputs = inputs, outputs
        form = card_form(inputs, outputs, has_rows=self.has_rows, has_strip=bool(self.thumbnails))
        if form is not self._form:
            self.prepareGeometryChange()
            self._form = form

    def refresh(self, *, only_if_seen: bool = False) -> bool:
        """Looks again at what to say; repaints, and is True, where it is something else.

        A card that was never painted has nothing to compare with: `only_if_seen` leaves it so.
        """
        if self._face is None and only_if_seen:
            return False
        before, self._face = self._face, self._make_face(self.node)
        if before != self._face:
            self.update()
        return before != self._face

    def show_figure(self, figure: Figure | None, *, is_under: bool) -> None:
        """Its figure in the overlay that lies over the drawing, None where there is none."""
        if (figure, is_under) != (self._figure, self.is_under_overlay):
            self._figure, self.is_under_overlay = figure, is_under
            self._shade = None
            self.update()

    @property
    def shade(self) -> Shade | None:
        """What the overlay says on the card; None where it has no figure."""
        if self._shade is None and self._figure is not None:
            self._shade = self._make_shade(self.node)
        return self._shade

    def show_bar(self, level: float | None) -> None:
        """A thin bar of how much of something there is, from 0 to 1; None for none."""
        if level is not None:
            level = round(level, 2)
        if level != self.bar:
            self.bar = level
            self.update()

    def port_point(self, name: str, *, is_output: bool) -> QPointF:
        """Where a port sits, in the scene; the card's edge for a port that is not there."""
        at = self._form.points.get((name, is_output))
        if at is None:
            at = QPointF(CARD_WIDTH if is_output else 0.0, self.height / 2)
        return self.pos() + at

    def has_badge_at(self, point: QPointF) -> bool:
        """Whether the badge of a problem is at that point of the scene."""
        return self.face.severity is not None and self.badge_rect.contains(point)

    @property
    def badge_rect(self) -> QRectF:
        """Where the badge is in the scene, whether there is one or not."""
        return BADGE.translated(self.pos())

    def boundingRect(self) -> QRectF:
        return self._form.bounds

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(QRectF(0, 0, CARD_WIDTH, self.height))
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if widget is None:  # a file or paper, which stays sharp at any size
            paint_card(painter, self)
            return
        if self._picture is None:
            self._picture = CardPicture()
        looks = (self.face, self.is_selected, self.is_hovered, self.hot_port, self.fitting,
                 self.live, self.bar, self._figure, self.shade, self.is_under_overlay, self.style,
                 self.inputs, self.outputs, self.thumbnails)  # fmt: skip
        is_late = perf_counter() > self.scene().paints_until  # type: ignore[attr-defined]
        plainly = partial(paint_plainly, item=self) if is_late else None
        whole = partial(paint_card, item=self)
        self._picture.paint(painter, looks, self._form.bounds, whole, plainly)

    def sharpen(self, painter: QPainter, widget: QWidget) -> None:
        """Paint it as it is at rest, not stretched as while somebody zooms."""
        if self._picture is not None:
            self._picture.rest()
        self.paint(painter, QStyleOptionGraphicsItem(), widget)
