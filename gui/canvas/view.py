"""The canvas widget: looks at the scene, hears mouse and keys, and turns them into edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from graphcore.analysis.result import Severity
from graphcore.project.graph import NodeId, Slot
from gui.analyser import Analyser
from gui.canvas.commands import Commands
from gui.canvas.empty import EmptyHint
from gui.canvas.gestures import GESTURES, Gesture, Press
from gui.canvas.keys import command_for
from gui.canvas.landing import height_of, wire_under
from gui.canvas.menus import menu_for
from gui.canvas.minimap import Minimap
from gui.canvas.overview import Overview
from gui.canvas.paper import paint_paper
from gui.canvas.scene import NOTHING, CanvasScene, Hit
from gui.canvas.telling import tell_selection, tooltip
from gui.canvas.wire_item import Ghost
from gui.document import Document
from gui.selection import Selection
from gui.theme import Appearance

KIND_MIME = "application/x-netwright-kind"
SMALLEST_ZOOM, LARGEST_ZOOM = 0.05, 4.0
_PAPER = QRectF(-400_000, -400_000, 800_000, 800_000)
_FRAME_MARGIN = 48.0
_LARGEST_FRAMED_ZOOM = 1.2


class CanvasView(Commands, QGraphicsView):
    """The drawing, to be looked at and changed.

    `zoomed` carries the zoom, `file_dropped` a Path, `node_opened` the id of a node that was
    double-clicked, `refused` the UserError of an edit that the project did not take.
    """

    zoomed = Signal(float)
    file_dropped = Signal(object)
    node_opened = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        document: Document,
        analyser: Analyser,
        selection: Selection,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document, self.selection = document, selection
        self.canvas = CanvasScene(document, analyser, selection, appearance, self)
        self.setScene(self.canvas)
        self._overview = Overview(self.canvas)
        self._gesture: Gesture | None = None
        self._ghost: Ghost | None = None
        self._is_space_down = False
        self._is_framed = False
        self._minimap = Minimap(self)
        self._empty = EmptyHint(self)
        self._set_up(appearance)
        document.replaced.connect(self._on_replaced)
        document.edited.connect(self._on_changed)
        analyser.analysed.connect(self._on_changed)
        selection.changed.connect(self._on_selection_changed)
        appearance.changed.connect(self._on_theme_changed)
        self._on_changed()

    def _set_up(self, appearance: Appearance) -> None:
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Drawing of the network"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setSceneRect(_PAPER)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        # Each card sets what it needs, and none reaches beyond its bounds.
        flags = QGraphicsView.OptimizationFlag
        self.setOptimizationFlags(flags.DontSavePainterState | flags.DontAdjustForAntialiasing)
        hint = QPainter.RenderHint
        self.setRenderHints(hint.Antialiasing | hint.TextAntialiasing | hint.SmoothPixmapTransform)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        # The paper covers all of it, so Qt may move the old picture while panning.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._on_theme_changed(appearance.theme)

    # Looking

    @property
    def zoom(self) -> float:
        """Viewport pixels a scene unit."""
        return self.transform().m11()

    def set_zoom(self, zoom: float, spot: QPointF | None = None) -> None:
        """That zoom, with what lies at a spot of the viewport (its middle) staying there."""
        spot = spot or QRectF(self.viewport().rect()).center()
        zoom = max(SMALLEST_ZOOM, min(LARGEST_ZOOM, zoom))
        before = self.mapToScene(spot.toPoint())
        self.resetTransform()
        self.scale(zoom, zoom)
        away = self.mapFromScene(before) - spot.toPoint()
        self.pan(away)
        self._minimap.update()
        self.zoomed.emit(zoom)

    def pan(self, by: QPoint) -> None:
        """Looks that many pixels further right and down."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())

    def look_at(self, point: QPointF) -> None:
        """Brings a point of the scene to the middle."""
        self.centerOn(point)

    def seen(self) -> QRectF:
        """The part of the scene that is seen."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def frame(self, area: QRectF) -> None:
        """Shows a part of the scene as large as it goes."""
        if area.isEmpty():
            area = QRectF(-400, -250, 800, 500)
        area = area.adjusted(-_FRAME_MARGIN, -_FRAME_MARGIN, _FRAME_MARGIN, _FRAME_MARGIN)
        self._frame(area, 0)
        if self._is_minimap_in_the_way():
            self._frame(area, self._minimap.height())

    def _frame(self, area: QRectF, below: int) -> None:
        """The area above a strip of that many pixels."""
        room = self.viewport().rect().adjusted(0, 0, -1, -1 - below)
        zoom = min(room.width() / area.width(), room.height() / area.height())
        self.set_zoom(min(zoom, _LARGEST_FRAMED_ZOOM))
        self.centerOn(area.center() + QPointF(0, below / 2 / self.zoom))

    def _is_minimap_in_the_way(self) -> bool:
        spot = self._minimap.geometry().translated(-self.viewport().pos())
        corner = self.mapToScene(spot).boundingRect()
        cards = self.canvas.nodes.values()
        return self.is_minimap_visible and any(corner.intersects(card.rect) for card in cards)

    @property
    def is_minimap_visible(self) -> bool:
        """Whether the minimap is shown."""
        return not self._minimap.isHidden()

    def set_minimap_visible(self, visible: bool) -> None:
        """Shows or hides the minimap."""
        self._minimap.setVisible(visible)

    def to_image(self, scale: float = 1.0) -> QImage:
        """A picture of the whole drawing, `scale` pixels a scene unit."""
        area = self.canvas.bounds().adjusted(*(_FRAME_MARGIN * s for s in (-1, -1, 1, 1)))
        if not self.canvas.nodes:
            area = QRectF(0, 0, 480, 300)
        image = QImage((area.size() * scale).toSize(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHints(self.renderHints())
        painter.fillRect(image.rect(), self.canvas.style.canvas)
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
    ) -> None:
        """Values, and gradients with a ∂, beside output ports (node id, port)."""
        self.canvas.pills.show(values, gradients or {})

    def clear_values(self) -> None:
        """No values and no gradients."""
        self.canvas.pills.clear()

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

    def shown_text(self, node: NodeId) -> str:
        """Every word on a card."""
        item = self.canvas.nodes[node]
        face = item.face
        rows = [word for row in face.rows for word in row]
        said = (face.title, face.name, face.line, *rows, item.live or face.shape, face.count)
        return " | ".join(word for word in said if word)

    def point_of(self, node: NodeId) -> QPoint:
        """The middle of a card, in the viewport."""
        return self.mapFromScene(self.canvas.nodes[node].rect.center())

    def point_of_port(self, node: NodeId, port: str, *, is_output: bool) -> QPoint:
        """Where a port is, in the viewport."""
        return self.mapFromScene(self.canvas.nodes[node].port_point(port, is_output=is_output))

    def point_of_wire(self, slot: Slot) -> QPoint:
        """The middle of a wire, in the viewport."""
        return self.mapFromScene(self.canvas.wires[slot].middle)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None or event.button() == Qt.MouseButton.RightButton:
            return
        at, spot = self._at(event), event.position().toPoint()
        hit = self.canvas.hit(at, self.zoom)
        press = Press(event.button(), event.modifiers(), at, spot, hit, self._is_space_down)
        made = next((kind for kind in GESTURES if kind.starts(self, press)), None)
        if made is not None:
            QToolTip.hideText()
            self._gesture = made(self, press)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event)
        if self._gesture is None:
            self._hover(at)
            return
        had_moved = self._gesture.has_moved
        self._gesture.hear(at, event.position().toPoint(), event.modifiers())
        if self._gesture.has_moved and not had_moved and self._gesture.cursor is not None:
            self.viewport().setCursor(self._gesture.cursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._gesture is None or event.button() != self._gesture.press.button:
            return
        gesture, self._gesture = self._gesture, None
        gesture.finish(self._at(event), event.modifiers())
        self._rest_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self.canvas.hit(self._at(event), self.zoom)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if hit == NOTHING:
            self.open_search(event.position().toPoint())
        elif hit.node is not None and hit.port is None:
            self.node_opened.emit(hit.node)
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self._gesture is None:
            self._show_hover(NOTHING)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.selection.single:
            spot = self.point_of(self.selection.single)
        hit = self.canvas.hit(self.mapToScene(spot), self.zoom)
        menu_for(self, hit, spot).popup(self.viewport().mapToGlobal(spot))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
        pixels = event.pixelDelta()
        is_touch = not pixels.isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
        if is_touch and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pan(-pixels)
        elif event.angleDelta().y():
            self.set_zoom(self.zoom * 1.0015 ** event.angleDelta().y(), event.position())

    def _at(self, event: QMouseEvent) -> QPointF:
        back, _ = self.viewportTransform().inverted()
        return back.map(event.position())

    def _hover(self, at: QPointF) -> None:
        self._show_hover(self.canvas.hit(at, self.zoom))

    def _show_hover(self, hit: Hit) -> None:
        if hit != self.canvas.hovered:
            self.canvas.hover(hit)
            self.canvas.pills.name_ports(hit.node)
            self._rest_cursor()

    def _rest_cursor(self) -> None:
        if self._is_space_down:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif self.canvas.hovered.port is not None:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.viewport().unsetCursor()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self.canvas.hit(self.mapToScene(event.pos()), self.zoom)
            QToolTip.showText(event.globalPos(), tooltip(self.canvas, hit), self.viewport())
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.set_zoom(self.zoom * (1 + event.value()), event.position())
            return True
        return super().viewportEvent(event)

    # Keys

    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab searches; Shift+Tab leaves the canvas.
        return False if next else super().focusNextPrevChild(next)

    def event(self, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and command_for(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._is_space_down = True
            self._rest_cursor()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return
        command = command_for(event)
        if command is None:
            event.ignore()
        else:
            command(self)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._is_space_down = False
            self._rest_cursor()
        self.end_nudge(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._is_space_down = False
        super().focusOutEvent(event)

    def cancel(self) -> None:
        """Ends the gesture as if it had not been; without one, selects nothing."""
        if self._gesture is None:
            self.selection.select()
            return
        gesture, self._gesture = self._gesture, None
        gesture.cancel()
        self._rest_cursor()

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._accepts(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not self._accepts(event):
            event.ignore()
            return
        event.acceptProposedAction()
        if event.mimeData().hasFormat(KIND_MIME):
            self._show_ghost(_kind_in(event), self.mapToScene(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_ghost()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_ghost()
        event.acceptProposedAction()
        if event.mimeData().hasFormat(KIND_MIME):
            self.add_kind(_kind_in(event), self.mapToScene(event.position().toPoint()))
            self.setFocus()
            return
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.file_dropped.emit(Path(url.toLocalFile()))

    def _accepts(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        return data.hasFormat(KIND_MIME) or any(url.isLocalFile() for url in data.urls())

    def _show_ghost(self, kind_name: str, at: QPointF) -> None:
        kind = self.document.project.kind(kind_name)
        height = height_of(self.canvas, kind_name)
        if self._ghost is None:
            self._ghost = Ghost(kind.title, self.canvas.style, kind.family, height)
            self.canvas.addItem(self._ghost)
        self._ghost.setPos(self.landing_place(at, height))
        wire = wire_under(self.canvas, at)
        self.canvas.hover(Hit(wire=(wire.target, wire.input)) if wire else NOTHING)

    def _drop_ghost(self) -> None:
        self.canvas.hover(NOTHING)
        if self._ghost is not None:
            self.canvas.removeItem(self._ghost)
            self._ghost = None

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._overview.is_wanted(self.zoom):
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        painter.fillRect(event.rect(), self.canvas.style.canvas)
        area = self.mapToScene(event.rect().adjusted(-2, -2, 2, 2)).boundingRect()
        painter.setWorldTransform(self.viewportTransform())
        self._overview.paint(painter, area, self.zoom)
        painter.end()

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        paint_paper(painter, QRectF(rect), self.canvas.style, self.zoom)  # type: ignore[arg-type]

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._minimap.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        corner = self.rect().bottomRight() - QPoint(self._minimap.width(), self._minimap.height())
        self._minimap.move(corner - QPoint(13, 13))
        self._empty.center_in(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_framed:
            self._is_framed = True
            self.frame_all()

    def cursor_spot(self) -> QPoint:
        """Where the mouse is in the viewport; its middle where the mouse is elsewhere."""
        spot = self.viewport().mapFromGlobal(QCursor.pos())
        inside = self.viewport().rect().contains(spot) and self.viewport().underMouse()
        return spot if inside else self.viewport().rect().center()

    # What others say

    def _on_replaced(self) -> None:
        self._on_changed()
        if self.isVisible():
            self.frame_all()
        else:
            self._is_framed = False

    def _on_changed(self, *_: object) -> None:
        self._empty.setVisible(not self.canvas.nodes)
        self._minimap.update()

    def _on_selection_changed(self) -> None:
        tell_selection(self)
        if self._overview.is_wanted(self.zoom):
            self.viewport().update()

    def _on_theme_changed(self, theme: object) -> None:
        line, accent = theme.line, theme.accent  # type: ignore[attr-defined]
        self.setStyleSheet(
            f"QGraphicsView#canvas {{ border: 1px solid {line}; background: {theme.canvas}; }}"  # type: ignore[attr-defined]
            f"QGraphicsView#canvas:focus {{ border: 1px solid {accent}; }}"
        )
        self._empty.restyle(theme)  # type: ignore[arg-type]
        self._minimap.update()
        self.viewport().update()


def _kind_in(event: QDropEvent) -> str:
    return bytes(event.mimeData().data(KIND_MIME).data()).decode("utf-8", "replace")
