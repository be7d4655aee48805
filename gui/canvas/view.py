"""The canvas widget: looks at the scene, hears mouse and keys, and turns them into edits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from math import inf
from time import perf_counter

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from graphcore.project.graph import NodeId
from gui.analyser import Analyser
from gui.canvas.accessible import spoken_order
from gui.canvas.breadcrumb import Breadcrumb, Level
from gui.canvas.drops import Drops
from gui.canvas.empty import EmptyHint
from gui.canvas.far_picture import FarPicture
from gui.canvas.finding import Finding
from gui.canvas.gesture import Gesture, Press
from gui.canvas.gestures import GESTURES
from gui.canvas.hits import NOTHING, Hit
from gui.canvas.keys import Keys, Verb
from gui.canvas.legend import OverlayLegend
from gui.canvas.menus import menu_for
from gui.canvas.minimap import Minimap
from gui.canvas.note_geometry import cursor_for
from gui.canvas.paper import paint_paper
from gui.canvas.routing import Routing
from gui.canvas.scene import CanvasScene
from gui.canvas.sharpening import Sharpening
from gui.canvas.telling import tell_selection, tooltip
from gui.canvas.zoom_picture import ZoomPicture
from gui.document import Document
from gui.place import Steps
from gui.selection import Selection
from gui.theme import Appearance

# From so many nodes on, and from so far away, they are painted from lists of numbers.
OVERVIEW_FROM, OVERVIEW_BELOW = 150, 0.4

_HASTE_SECONDS = 0.003
"""Of a frame of zooming, after which cards that were not seen before are painted plainly."""

_PAPER = QRectF(-400_000, -400_000, 800_000, 800_000)


class CanvasView(Drops, Finding, Routing):
    """The drawing, to be looked at and changed.

    `zoomed` carries the zoom, `node_opened` the id of a node that was
    double-clicked and is no block, `refused` the UserError of an edit that the project did not
    take.
    """

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
        # First: a new scene may scroll.
        self.minimap, self.legend = Minimap(self), OverlayLegend(self.viewport())
        self._breadcrumb = Breadcrumb(self.viewport())
        self.setScene(self.canvas)
        self._gesture: Gesture | None = None
        self._is_space_down = False
        self._is_framed = False
        self._was_far = False
        self._beside: QRect | None = None
        self._spoken_order: list[NodeId] | None = None
        self.keys = Keys(self)
        self.canvas.placed.connect(self._on_placed)
        self.canvas.shaded.connect(self._on_shaded)
        self._empty = EmptyHint(self)
        self.zoom_picture = ZoomPicture(self)
        self._sharpening = Sharpening(self)
        self._breadcrumb.chosen.connect(self.climb_to)
        self._breadcrumb.turned.connect(selection.place.turn_to)
        self._steps: Steps = ()
        self._looks: dict[Steps, tuple[float, QPointF]] = {}
        self._set_up(appearance)
        selection.place.moved.connect(self._on_place_moved)
        selection.place.turned.connect(self._on_changed)
        document.replaced.connect(self._on_replaced)
        document.edited.connect(self._on_changed)
        document.edited.connect(lambda _: self.end_wire())
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
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
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

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None or event.button() == Qt.MouseButton.RightButton:
            return
        self.end_wire()
        at, spot = self._at(event), event.position().toPoint()
        hit = self.canvas.hit(at, self.zoom)
        press = Press(event.button(), event.modifiers(), at, spot, hit, self._is_space_down)
        made = next((kind for kind in GESTURES if kind.starts(self, press)), None)
        if made is not None:
            QToolTip.hideText()
            self.tidying.hold_still()
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
        self.tidying.deliver()
        self._rest_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self.canvas.hit(self._at(event), self.zoom)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.canvas.probes.at(self._at(event)) is not None:
            self.mousePressEvent(event)
        elif hit == NOTHING:
            self.open_search(event.position().toPoint())
        elif hit.note is not None:
            self.edit_note(hit.note)
        elif hit.node is not None and hit.port is None:
            self.open_node(hit.node)
        elif hit.wire is not None and hit.dot is not None:
            self.take_off_dots({(hit.wire, hit.dot)})
        elif hit.wire is not None:
            self.put_dot(hit.wire, self._at(event))
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
            self.zoom_by(1.0015 ** event.angleDelta().y(), event.position())

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
        elif self.canvas.hovered.edge:
            self.viewport().setCursor(cursor_for(self.canvas.hovered.edge))
        else:
            self.viewport().unsetCursor()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self.canvas.hit(self.mapToScene(event.pos()), self.zoom)
            QToolTip.showText(event.globalPos(), tooltip(self.canvas, hit), self.viewport())
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
            return True
        return super().viewportEvent(event)

    # Keys

    def bind_keys(self, commands: Mapping[str, str], verbs: Mapping[str, Verb]) -> None:
        """The keys of commands by name, and what those do that are heard here."""
        self.keys.bind(commands, verbs)
        self.canvas.keys_of = self.keys.of
        self._empty.name_key(self.keys.of("graph.search"))
        self._empty.center_in(self.rect())

    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab searches, unless somebody chose another key for that; Shift+Tab leaves the canvas.
        return False if next and "Tab" in self.keys else super().focusNextPrevChild(next)

    def event(self, event: QEvent) -> bool:
        # The canvas hears its own keys while it has the focus, before the window's shortcuts.
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if (
            is_asked
            and isinstance(event, QKeyEvent)
            and (self.is_wiring or self.keys.verb_for(event) is not None)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.hears_wire(event):
            return
        if event.key() == Qt.Key.Key_Space:
            self._is_space_down = True
            self._rest_cursor()
            return
        if event.key() == Qt.Key.Key_Escape:
            has_none = self._gesture is None and self.selection.is_empty
            if has_none and self.selection.place.is_main and not self.tidying.is_busy:
                event.ignore()  # the window may have something to end
            else:
                self.cancel()
            return
        verb = self.keys.verb_for(event)
        if verb is None:
            event.ignore()
        else:
            verb()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._is_space_down = False
            self._rest_cursor()
        self.end_nudge(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._is_space_down = False
        self.end_wire()
        super().focusOutEvent(event)

    def cancel(self) -> None:
        """Ends the gesture as if it had not been; without one, selects nothing, then climbs out."""
        if self._gesture is None:
            if self.tidying.cancel():
                return
            if not self.selection.is_empty:
                self.selection.select()
            else:
                self.leave_block()
            return
        gesture, self._gesture = self._gesture, None
        gesture.cancel()
        self.tidying.deliver()
        self._rest_cursor()

    @property
    def is_in_hand(self) -> bool:
        return self._gesture is not None

    # Painting

    @property
    def is_far(self) -> bool:
        """Whether single items would be too small and too many to paint."""
        return self.zoom < OVERVIEW_BELOW and len(self.canvas.nodes) >= OVERVIEW_FROM

    @cached_property
    def _far_picture(self) -> FarPicture:
        return FarPicture(self)

    @property
    def is_far_picture_ready(self) -> bool:
        """Whether the drawing from afar is shown from a picture of just this zoom."""
        return self.is_far and self._far_picture.is_ready

    @property
    def is_sharp(self) -> bool:
        """Whether nothing is shown scaled, as it is while somebody zooms."""
        return not self._sharpening.is_busy

    def paintEvent(self, event: QPaintEvent) -> None:
        self._was_far = self.is_far
        if not self._was_far:
            kept = self.zoom_picture.covered(event.region())
            if kept.isEmpty():
                super().paintEvent(event)
            else:
                self._paint_around(event.region(), kept)
            return
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        painter.fillRect(event.rect(), self.canvas.look.canvas)
        self._far_picture.paint(painter, event.rect())
        painter.end()

    def _paint_around(self, region: QRegion, kept: QRegion) -> None:
        """A picture, and what of a region it doesn't show, in few parts: each costs all in it."""
        bounds = kept.boundingRect()
        parts = [*QRegion(region.boundingRect()) - bounds, *(region & bounds) - kept]  # type: ignore[misc]
        self.canvas.paints_until = perf_counter() + _HASTE_SECONDS
        for self._beside in parts:
            super().paintEvent(QPaintEvent(self._beside))
        self._beside = None
        self.canvas.paints_until = inf
        self.zoom_picture.paint(kept)

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        if self._beside is not None:  # what reaches beyond it is painted there, too
            place = painter.worldTransform()
            painter.setWorldTransform(QTransform())
            painter.setClipRect(self._beside)
            painter.setWorldTransform(place)
        paint_paper(painter, QRectF(rect), self.canvas.look, self.zoom)  # type: ignore[arg-type]

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._put_back()
        self.minimap.update()

    def _put_back(self) -> None:
        """What lies in the viewport is moved along by Qt while it scrolls, and stays all the same.

        Laid over the viewport it would keep Qt from moving the old picture.
        """
        area = self.viewport().rect()
        self.minimap.stay_in(area)
        self.legend.move(12, area.bottom() - self.legend.height() - 12)
        self._breadcrumb.move(11, 11)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_whole = self.is_whole_shown
        self._put_back()
        self.fit_minimap()
        self.fit_legend()
        if was_whole:
            self.frame_all()
        if self.said:
            self.say(self.said, aloud=False)
        self._empty.center_in(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_framed:
            self._is_framed = True
            self.frame_all()

    def look_as(self, zoom: float, center: QPointF) -> None:
        """Looks as somebody did before, from the first moment on."""
        self._is_framed, self._framed = True, None
        self.set_zoom(zoom)
        self.centerOn(center)

    # What others say

    def _on_replaced(self) -> None:
        self._looks.clear()
        self.end_wire()
        self._on_changed()
        if self.isVisible():
            self.frame_all()
        else:
            self._is_framed = False

    @property
    def spoken_order(self) -> list[NodeId]:
        """The shown nodes in the order in which they are heard."""
        if self._spoken_order is None:
            self._spoken_order = spoken_order(self.canvas.graph)
        return self._spoken_order

    def _on_changed(self, *_: object) -> None:
        self._spoken_order = None
        if self._gesture is not None and not self._gesture.can_go_on:
            self.cancel()  # a key took away what the hand may be holding
        self._empty.setVisible(not self.canvas.nodes and not self.canvas.notes.items)
        self._breadcrumb.show_levels(self._levels())
        self.minimap.update()
        self._on_placed()

    def _on_placed(self) -> None:
        self.minimap.update()
        # The scene doesn't know what the overview painted, so it can't say what to paint over.
        if self._was_far or self.is_far:
            self.viewport().update()

    @property
    def covered_above(self) -> int:
        return 0 if self.selection.place.is_main else self._breadcrumb.geometry().bottom()

    def _levels(self) -> list[Level]:
        return [
            Level(node.name, node.kind.removeprefix("block."), turn, node.repeat)
            for node, turn in self.selection.place.levels
        ]

    def _on_place_moved(self) -> None:
        """Each level is looked at as it was left; a new one is framed."""
        self.end_wire()
        if self._gesture is not None:
            self.cancel()
        self.close_search()
        self.close_naming()
        self.close_note_field()
        self._looks[self._steps] = self.zoom, self.seen().center()
        self._steps = self.selection.place.steps
        self._on_changed()
        look = self._looks.get(self._steps)
        if look is None:
            self.frame_all()
        else:
            self.set_zoom(look[0])
            self.centerOn(look[1])
        self.viewport().update()

    def _on_shaded(self) -> None:
        laid, was_hidden = self.canvas.overlaid, self.legend.isHidden()
        was_whole = self.is_whole_shown
        self.legend.show_face(laid.legend, self.canvas.look, can_measure=laid.can_measure)
        self.fit_legend()
        self._on_changed()
        if was_whole and was_hidden != self.legend.isHidden():
            self.frame_all()
        if self.said:  # beside the legend
            self.say(self.said, aloud=False)

    def _on_selection_changed(self) -> None:
        tell_selection(self)
        self.tell_wire()
        if self.is_far:
            self.viewport().update()

    def _on_theme_changed(self, theme: object) -> None:
        line, accent = theme.line, theme.accent  # type: ignore[attr-defined]
        self.setStyleSheet(
            f"QGraphicsView#canvas {{ border: 1px solid {line}; background: {theme.canvas}; }}"  # type: ignore[attr-defined]
            f"QGraphicsView#canvas:focus {{ border: 1px solid {accent}; }}"
        )
        self._empty.restyle(theme)  # type: ignore[arg-type]
        self._breadcrumb.restyle(theme)  # type: ignore[arg-type]
        self._on_shaded()
        self.minimap.update()
        self.viewport().update()
