"""Looking at the drawing: zoom, pan, what is seen, and what can be asked about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QCursor, QImage, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsView

from graphcore.analysis.result import Severity
from graphcore.project.graph import NodeId, Slot
from graphcore.training.statistics import Statistics
from gui.canvas.approach import Approach
from gui.canvas.legend import OverlayLegend
from gui.canvas.minimap import Minimap
from gui.canvas.note_geometry import HEADER, point_of_edge
from gui.canvas.scene import CanvasScene
from gui.canvas.zoom_picture import ZoomPicture
from gui.values import Origin

SMALLEST_ZOOM, LARGEST_ZOOM = 0.05, 4.0
_FRAME_MARGIN = 48.0
_LARGEST_FRAMED_ZOOM, _LARGEST_PRESENTED = 1.2, 2.6


class Looking(QGraphicsView):
    """The part of a CanvasView that changes no project; `zoomed` carries the zoom."""

    zoomed = Signal(float)

    canvas: CanvasScene
    has_guides = True
    is_presenting = False
    minimap: Minimap
    legend: OverlayLegend
    zoom_picture: ZoomPicture
    _wants_minimap = True

    @property
    def zoom(self) -> float:
        """Viewport pixels a scene unit."""
        return self.transform().m11()

    def set_zoom(self, zoom: float, spot: QPointF | None = None) -> None:
        """That zoom, with what lies at a spot of the viewport (its middle) staying there."""
        spot = spot or QRectF(self.viewport().rect()).center()
        zoom = max(SMALLEST_ZOOM, min(LARGEST_ZOOM, zoom))
        before = self.mapToScene(spot.toPoint())
        self.setTransform(QTransform.fromScale(zoom, zoom))
        away = self.mapFromScene(before) - spot.toPoint()
        self.pan(away)
        self.minimap.update()
        self.zoomed.emit(zoom)

    def zoom_by(self, factor: float, spot: QPointF | None = None) -> None:
        """A step of a hand that zooms: what was seen is shown scaled until it has rested."""
        self.zoom_picture.keep()
        self.set_zoom(self.zoom * factor, spot)

    def pan(self, by: QPoint) -> None:
        """Looks that many pixels further right and down."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())

    def look_at(self, point: QPointF) -> None:
        """Brings a point of the scene to the middle."""
        self.centerOn(point)

    def bring_into_view(self, area: QRectF) -> None:
        """Looks only as far elsewhere as it takes to see an area."""
        self._approach.show(area)

    @cached_property
    def _approach(self) -> Approach:
        return Approach(self)

    def seen(self) -> QRectF:
        """The part of the scene that is seen."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def frame(self, area: QRectF) -> None:
        """Shows a part of the scene as large as it goes."""
        if area.isEmpty():
            area = QRectF(-400, -250, 800, 500)
        area = area.adjusted(-_FRAME_MARGIN, -_FRAME_MARGIN, _FRAME_MARGIN, _FRAME_MARGIN)
        self._frame(area, QMargins())
        parts = self._parts_over_cards()
        if parts:
            self._frame(area, self._kept_free(area, parts))

    def _frame(self, area: QRectF, free: QMargins) -> None:
        """The area within such margins of the viewport."""
        most = _LARGEST_PRESENTED if self.is_presenting else _LARGEST_FRAMED_ZOOM
        self.set_zoom(min(self._zoom_of(area, free), most))
        above = self.covered_above
        aside = QPointF(free.right() - free.left(), free.bottom() - above) / 2 / self.zoom
        self.centerOn(area.center() + aside)

    def _zoom_of(self, area: QRectF, free: QMargins) -> float:
        room = self.viewport().rect().adjusted(0, self.covered_above, -1, -1) - free
        return min(room.width() / area.width(), room.height() / area.height())

    def _kept_free(self, area: QRectF, parts: Sequence[QRect]) -> QMargins:
        """A strip at the foot or strips at the sides for these, whichever leaves more room."""
        room, middle = self.viewport().rect(), self.viewport().rect().center().x()
        foot = QMargins(0, 0, 0, max(part.height() for part in parts))
        left = max((part.right() for part in parts if part.center().x() < middle), default=0)
        right = min((part.left() for part in parts if part.center().x() >= middle),
                    default=room.right())  # fmt: skip
        sides = QMargins(left, 0, room.right() - right, 0)
        best = max(foot, sides, key=partial(self._zoom_of, area))
        return best if self._zoom_of(area, best) > 0 else QMargins()

    @property
    def covered_above(self) -> int:
        """How many pixels at the top something lies over the drawing."""
        return 0

    def _parts_over_cards(self) -> list[QRect]:
        """Where what lies in the lower corners hides cards, in the viewport."""
        spots = [part.geometry() for part in (self.minimap, self.legend) if not part.isHidden()]
        return [s for s in spots if self.canvas.cards_in(self.mapToScene(s).boundingRect())]

    @property
    def is_minimap_visible(self) -> bool:
        """Whether the minimap is shown."""
        return not self.minimap.isHidden()

    def set_minimap_visible(self, visible: bool) -> None:
        """Shows or hides the minimap; where it would cover most of the drawing it stays away."""
        self._wants_minimap = visible
        self.fit_minimap()

    def fit_minimap(self) -> None:
        """Shows the minimap where it is wanted and has room."""
        least = self.minimap.size() * 2
        has_room = self.width() >= least.width() and self.height() >= least.height()
        self.minimap.setVisible(self._wants_minimap and has_room and not self.is_presenting)

    def fit_legend(self) -> None:
        """Shows the legend of the overlay where there is one and it has room."""
        legend = self.legend
        has_room = self.width() >= legend.width() + 24 and self.height() >= legend.height() * 2
        legend.setVisible(legend.face is not None and has_room)

    def picture_area(self) -> QRectF:
        """The part of the scene that a picture of the whole drawing shows."""
        if not self.canvas.nodes and not self.canvas.notes.items:
            return QRectF(0, 0, 480, 300)
        return self.canvas.drawn_bounds().adjusted(*(_FRAME_MARGIN * s for s in (-1, -1, 1, 1)))

    def to_image(self, scale: float = 1.0) -> QImage:
        """A picture of the whole drawing, `scale` pixels a scene unit."""
        area = self.picture_area()
        image = QImage((area.size() * scale).toSize(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHints(self.renderHints())
        painter.fillRect(image.rect(), self.canvas.look.canvas)
        self.canvas.render(painter, QRectF(image.rect()), area)
        painter.end()
        return image

    # What is shown beside the drawing itself

    def set_thumbnails(self, node: NodeId, images: Sequence[QImage]) -> None:
        """A strip of samples on a Dataset's card."""
        self.canvas.set_thumbnails(node, images)

    def set_values(
        self,
        values: Mapping[tuple[NodeId, str], str],
        gradients: Mapping[tuple[NodeId, str], str] | None = None,
        seen: Mapping[tuple[NodeId, str], Statistics] | None = None,
        origin: Origin | None = None,
    ) -> None:
        """Values, and gradients with a ∂, beside output ports (node id, port).

        What hovering a wire tells of its value is `seen`, which came about as `origin` says.
        """
        self.canvas.pills.show(values, gradients or {})
        self.canvas.seen, self.canvas.origin = dict(seen or {}), origin or Origin()

    def clear_values(self) -> None:
        """No values and no gradients."""
        self.canvas.pills.clear()
        self.canvas.seen = {}

    def set_live(self, node: NodeId, text: str) -> None:
        """A line that replaces the shape on a card, such as `loss 0.4137`; empty: none."""
        item = self.canvas.nodes.get(node)
        if item is not None and item.live != text:
            item.live = text
            item.update()

    # What can be asked about what is shown

    def badge_at(self, node: NodeId) -> Severity | None:
        """The severity of the badge on a card; None where it has none."""
        return self.canvas.nodes[node].face.severity

    def point_of_badge(self, node: NodeId) -> QPoint:
        """Where the badge of a card is, in the viewport."""
        return self.mapFromScene(self.canvas.nodes[node].badge_rect.center())

    def shown_text(self, node: NodeId) -> str:
        """Every word on a card."""
        item = self.canvas.nodes[node]
        face = item.face
        rows = [word for row in face.rows for word in row]
        foot = (item.live or face.shape, face.count)
        if item.shade is not None:
            foot = item.shade.text, item.shade.share
        said = (face.title, face.name, face.line, *rows, *foot)
        return " | ".join(word for word in said if word)

    def value_at(self, node: NodeId, port: str = "output") -> tuple[str, str]:
        """The value and the gradient shown beside an output port; empty where there is none."""
        return self.canvas.pills.texts_at((node, port))

    def point_of(self, node: NodeId) -> QPoint:
        """The middle of a card, in the viewport."""
        return self.mapFromScene(self.canvas.nodes[node].rect.center())

    def point_of_port(self, node: NodeId, port: str, *, is_output: bool) -> QPoint:
        """Where a port is, in the viewport."""
        return self.mapFromScene(self.canvas.nodes[node].port_point(port, is_output=is_output))

    def point_of_note(self, key: str) -> QPoint:
        """Where a note is taken hold of, in the viewport: a frame by its title."""
        rect = self.canvas.notes.items[key].rect
        return self.mapFromScene(QPointF(rect.center().x(), rect.top() + HEADER / 2))

    def point_of_edge(self, key: str, edge: str) -> QPoint:
        """The middle of a note's side, or a corner of it, in the viewport."""
        return self.mapFromScene(point_of_edge(self.canvas.notes.items[key].rect, edge))

    def point_of_wire(self, slot: Slot) -> QPoint:
        """The middle of a wire, in the viewport."""
        return self.mapFromScene(self.canvas.wires[slot].middle)

    def cursor_spot(self) -> QPoint:
        """Where the mouse is in the viewport; its middle where the mouse is elsewhere."""
        spot = self.viewport().mapFromGlobal(QCursor.pos())
        inside = self.viewport().rect().contains(spot) and self.viewport().underMouse()
        return spot if inside else self.viewport().rect().center()
