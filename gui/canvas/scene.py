"""The scene: items that mirror the document, and what lies where. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from math import inf

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGraphicsScene

from graphcore.analysis.result import Analysis, NodeFacts, Problem, Severity
from graphcore.parsing import no_collection
from graphcore.project.dots import Dot, Points, shifted_dots, slot_of
from graphcore.project.edits import Edit, bend_key, touched_definitions, touched_nodes
from graphcore.project.graph import Graph, Node, NodeId, Slot, Wire
from graphcore.project.project import Point, grown_slots
from graphcore.training.statistics import Statistics
from gui.analyser import Analyser
from gui.canvas import changes
from gui.canvas.dots import Dots
from gui.canvas.face import Face, face_of
from gui.canvas.geometry import COLUMN_STEP, ROW_STEP, runs_forward, united, wire_points
from gui.canvas.hits import NOTHING, Hit, hit_in
from gui.canvas.kinship import Kinship
from gui.canvas.node_item import NodeItem
from gui.canvas.notes import Notes
from gui.canvas.overlaid import Overlaid
from gui.canvas.pills import Pills
from gui.canvas.probes import Probes
from gui.canvas.stubs import Stubs
from gui.canvas.style import Style, style_of
from gui.canvas.wire_item import WireItem
from gui.document import Document
from gui.selection import Selection
from gui.theme import Appearance
from gui.values import Origin

_COLUMNS_OF_UNPLACED = 6
_NO_WAY = QPointF()


class CanvasScene(QGraphicsScene):
    """One item a node and one a wire, kept as the document's project says.

    `version` counts changes of places, so that others know when to look again, and `placed` comes
    after each; `held` is what a gesture shows elsewhere, and `settled` the version of all the rest.
    From `paints_until` on (see `perf_counter`) cards that were not seen before are painted plainly.
    `shaded` after the overlay says something else, `probed` after a probe was put somewhere or
    taken off, `stubs_switched` after a person chose how wires are drawn.
    """

    placed = Signal()
    shaded = Signal()
    probed = Signal()
    stubs_switched = Signal()

    def __init__(
        self,
        document: Document,
        analyser: Analyser,
        selection: Selection,
        appearance: Appearance,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document, self.selection = document, selection
        self.place = selection.place
        self.place.watch(document)  # first: items are made where it looks
        self.look: Style = style_of(appearance.theme)
        self.nodes: dict[NodeId, NodeItem] = {}
        self.wires: dict[Slot, WireItem] = {}
        self.pills = Pills(self)
        self.notes = Notes(self)
        self.dots = Dots(self)
        self.stubs = Stubs(self)
        self.kinship = Kinship(self)
        self.overlaid = Overlaid(self)
        self.probes = Probes(self)
        self.version = self.settled = 0
        self.paints_until = inf
        self.held: frozenset[NodeId] = frozenset()
        self._bounds: QRectF | None = None
        self._drawn: QRectF | None = None
        self.hovered = NOTHING
        self.seen: Mapping[tuple[NodeId, str], Statistics] = {}
        self.origin, self.is_training = Origin(), False
        self.keys_of: Callable[[str], str] = lambda _command: ""
        self._analyser = analyser
        self._wires_of: dict[NodeId, set[Slot]] = {}
        self._thumbnails: dict[NodeId, tuple[QImage, ...]] = {}
        self._facts: Mapping[NodeId, NodeFacts] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._shown: tuple[frozenset[NodeId], frozenset[Slot]] = (frozenset(), frozenset())
        document.edited.connect(self._on_edited)
        document.replaced.connect(self._on_replaced)
        self.place.moved.connect(self.rebuild)
        self.place.turned.connect(self._on_analysed)
        analyser.typed.connect(self._on_analysed)
        analyser.analysed.connect(self._on_analysed)
        selection.changed.connect(self._on_selection_changed)
        appearance.changed.connect(self._on_theme_changed)
        self._learn(analyser.analysis)
        self.rebuild()

    # What is where

    @property
    def definition(self) -> str:
        """The name of the definition that is shown."""
        return self.place.definition

    @property
    def graph(self) -> Graph:
        """The drawing that is shown."""
        return self.document.project.definitions[self.definition].graph

    @property
    def analysis(self) -> Analysis:
        """The newest analysis."""
        return self._analyser.analysis

    def bounds(self, nodes: Iterable[NodeId] | None = None) -> QRectF:
        """The smallest rectangle around these nodes, or around all nodes and notes."""
        if nodes is not None:
            return united(self.nodes[node].rect for node in nodes if node in self.nodes)
        if self._bounds is None:
            cards = (item.rect for item in self.nodes.values())
            notes = (item.rect for item in self.notes)
            self._bounds = united(chain(cards, notes, self.probes.areas))
        return self._bounds

    def drawn_bounds(self) -> QRectF:
        """The smallest rectangle around all that is drawn, wires that loop around rows too."""
        if self._drawn is None:
            wires = united(wire.box for wire in self.wires.values())
            self._drawn = self.bounds().united(wires)
        return self._drawn

    def facts(self, node: NodeId) -> NodeFacts | None:
        """What analysis knows of a node."""
        return self._facts.get(node)

    def problems(self, node: NodeId) -> Sequence[Problem]:
        """The problems of a node."""
        found = self.graph.nodes.get(node)
        return self._problems.get(found.name, ()) if found else ()

    def wrong_nodes(self, severity: Severity | None = None) -> set[NodeId]:
        """The nodes with a problem, or with one so severe."""
        meant = {
            name
            for name, problems in self._problems.items()
            if severity is None or any(each.severity == severity for each in problems)
        }
        return {node.id for node in self.graph.nodes.values() if node.name in meant}

    def wires_at(self, node: NodeId) -> list[Wire]:
        """The wires that begin or end at a node."""
        return [self.wires[slot].wire for slot in self._wires_of.get(node, ())]

    def slots_at(self, nodes: Iterable[NodeId]) -> set[Slot]:
        """Where the wires end that begin or end at one of these nodes."""
        return {slot for node in nodes for slot in self._wires_of.get(node, ())}

    def cards_in(self, area: QRectF) -> list[NodeItem]:
        """The cards that reach into that part of the scene, found without looking at all."""
        found = self.items(area, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
        return [i for i in found if isinstance(i, NodeItem) and i.rect.intersects(area)]

    def wires_in(self, area: QRectF) -> list[WireItem]:
        """The wires that come near that part of the scene, found without looking at all."""
        found = self.items(area, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
        return [item for item in found if isinstance(item, WireItem)]

    def hit(self, point: QPointF, scale: float) -> Hit:
        """What lies there, where `scale` is viewport pixels a scene unit; ports win."""
        return hit_in(self, point, scale)

    # What follows the document

    def rebuild(self) -> None:
        """All items anew, of the drawing that is shown."""
        for item in (*self.nodes.values(), *self.wires.values()):
            self.removeItem(item)
        self.nodes, self.wires, self._wires_of = {}, {}, {}
        self.dots.clear()
        self.stubs.clear()
        self.hovered = NOTHING
        self.pills.name_ports(None)
        self.selection.select()
        self._learn(self._analyser.analysis)
        with no_collection():
            self._sync(None)

    def _on_replaced(self) -> None:
        self.pills.clear()
        self.probes.clear()
        self.seen = {}
        self.rebuild()

    def _on_edited(self, edit: Edit) -> None:
        # What changes elsewhere may change the ports of the blocks that are shown here.
        is_here = touched_definitions(edit) <= {self.definition}
        self._sync(touched_nodes(edit) if is_here else None)

    def _sync(self, touched: set[NodeId] | None) -> None:
        """Items as the project has them, for these nodes or for all."""
        self.kinship.forget()
        self.held = frozenset()
        wires = self.graph.wires
        if touched is None:
            nodes, slots = {*self.graph.nodes, *self.nodes}, {*wires, *self.wires}
        else:
            nodes = set(touched)
            slots = {s for s, w in wires.items() if w.source in nodes or w.target in nodes}
            slots |= {slot for node in nodes for slot in self._wires_of.get(node, ())}
        for slot in slots:
            self._sync_wire(slot, wires.get(slot))
        nodes |= {target for target, _ in slots}
        for node in nodes:
            self._sync_node(node)
        if touched is not None:
            slots |= {slot for node in nodes for slot in self._wires_of.get(node, ())}
        for slot in slots:
            self._lay(slot)
        self.notes.sync()
        self.probes.sync()
        self._forget_what_is_gone()
        if self.overlaid.name is not None:
            self.overlaid.dress(nodes)
        self.show_selection(also=slots if self.selection.nodes else ())
        self._places_changed()

    def _sync_wire(self, slot: Slot, wire: Wire | None) -> None:
        item = self.wires.get(slot)
        if item is not None and item.wire == wire:
            return
        if item is not None:
            self._wires_of[item.wire.source].discard(slot)
            self._wires_of[item.wire.target].discard(slot)
            self.removeItem(self.wires.pop(slot))
        if wire is not None:
            self.wires[slot] = made = WireItem(wire, self.look)
            self._wires_of.setdefault(wire.source, set()).add(slot)
            self._wires_of.setdefault(wire.target, set()).add(slot)
            self.addItem(made)

    def _sync_node(self, node_id: NodeId) -> None:
        node = self.graph.nodes.get(node_id)
        item = self.nodes.get(node_id)
        if node is None:
            if item is not None:
                self.removeItem(self.nodes.pop(node_id))
            return
        if item is None:
            kind = self.document.project.kind(node.kind)
            item = NodeItem(node_id, self.look, self._face, self.overlaid.shade,
                            kind.role == "dataset")  # fmt: skip
            item.thumbnails = self._thumbnails.get(node_id, ())
            self.nodes[node_id] = item
            self._put(item, node)
            self.addItem(item)
            return
        self._put(item, node)
        item.refresh(only_if_seen=True)

    def _put(self, item: NodeItem, node: Node) -> None:
        """Where it belongs, with the ports that it has."""
        item.setPos(self._place(node.id))
        inputs, outputs = self.document.project.ports(node)
        wired = (name for target, name in self._wires_of.get(node.id, ()) if target == node.id)
        item.set_ports(grown_slots(inputs, wired), tuple(port.name for port in outputs))

    def _place(self, node: NodeId) -> QPointF:
        placed = self.document.project.layout.get(self.definition, {})
        if node in placed:
            return QPointF(*placed[node])
        before = sum(other not in placed for other in self.nodes) - 1
        row, column = divmod(before, _COLUMNS_OF_UNPLACED)
        lowest = max((y for _, y in placed.values()), default=-2 * ROW_STEP)
        return QPointF(column * COLUMN_STEP, lowest + (row + 2) * ROW_STEP)

    def _face(self, node_id: NodeId) -> Face:
        node = self.graph.nodes[node_id]
        wired = frozenset(s[1] for s in self._wires_of.get(node_id, ()) if s[0] == node_id)
        return face_of(self.document.project, node, self.nodes[node_id].inputs, wired,
                       self._facts.get(node_id), self._problems.get(node.name, ()),
                       self.place.blocks)  # fmt: skip

    def _lay(self, slot: Slot, *, with_bends: bool = True) -> None:
        dots, item = self.dots.lay(slot), self.wires.get(slot)
        if item is None:
            self.stubs.lay(slot)
        if item is None or not {item.wire.source, item.wire.target} <= self.nodes.keys():
            return
        wire = item.wire
        bends: tuple[Point, ...] = ()
        source, target = self.nodes[wire.source], self.nodes[wire.target]
        here = self.document.project.bends.get(self.definition) if with_bends else None
        if here:
            bends = here.get(bend_key(wire), ())
        start = source.port_point(wire.output, is_output=True)
        end = target.port_point(wire.input, is_output=False)
        if dots:
            item.lay([start, *dots, end], has_dots=True)
        elif not bends and runs_forward(start, end):
            item.lay([start, end])
        else:
            corners = [QPointF(*bend) for bend in bends]
            item.lay(wire_points(start, end, source.rect, target.rect, corners))
        self.stubs.lay(slot)

    def _forget_what_is_gone(self) -> None:
        chosen = self.selection
        nodes, wires = chosen.nodes & self.nodes.keys(), chosen.wires & self.wires.keys()
        dots = chosen.dots & self.dots.items.keys()
        chosen.select(nodes, wires, chosen.notes & self.notes.items.keys(), dots)

    # What a gesture shows before it is done

    def preview(
        self, places: Mapping[NodeId, QPointF], dots: Iterable[Dot] = (), by: QPointF = _NO_WAY
    ) -> None:  # fmt: skip
        """Shows nodes elsewhere than the document has them, until `end_preview`.

        Dots go along with both ends of their wire, and these by that way.
        """
        project = self.document.project
        if project.dots.get(self.definition):
            shifts = changes.shifts(project, places, self.definition)
            way = changes.as_point(by)
            self.preview_dots(shifted_dots(project, self.definition, shifts, dots, way))
        for node, place in places.items():
            self.nodes[node].setPos(place)
        self.held = frozenset(places)
        for slot in self.slots_at(places):
            self._lay(slot, with_bends=False)
        self._places_changed(is_settled=False)

    def preview_dots(self, points: Mapping[str, Points]) -> None:
        """Shows the dots of these wires elsewhere, until others are shown so, or none."""
        before, self.dots.preview = self.dots.preview, points
        for key in {*before, *points}:
            self._lay(slot_of(key))
        if before or points:
            self._places_changed()

    def end_preview(self, nodes: Iterable[NodeId]) -> None:
        """Shows these nodes, and all dots, where the document has them again."""
        self.preview_dots({})
        self._sync(set(nodes))

    def show_fitting(self, fits: Mapping[NodeId, frozenset[tuple[str, bool]]] | None) -> None:
        """Dims every port that is not among these, while a wire is drawn; None ends that."""
        for node, item in self.nodes.items():
            item.fitting = None if fits is None else fits.get(node, frozenset())
        self.update()

    def hover(self, what: Hit) -> None:
        """Lifts what is under the mouse."""
        if what == self.hovered:
            return
        before, self.hovered = self.hovered, what
        for hit in (before, what):
            if hit.node in self.nodes:
                item = self.nodes[hit.node]
                item.is_hovered = what.node == hit.node
                item.hot_port = what.port if what.node == hit.node else None
                item.update()
            if hit.wire in self.wires:
                self._show_wire(hit.wire)
        self.notes.show_hovered(what.note)
        self._show_kinship()

    def _show_kinship(self) -> None:
        looked_at = {self.hovered.node} if self.hovered.node is not None else set()
        self.kinship.show_for(self.selection.nodes | looked_at)

    # What analysis, selection and theme say

    def _learn(self, analysis: Analysis) -> None:
        self._facts = self.place.facts(analysis)
        self._problems = self.place.problems(analysis)
        self.overlaid.learn(self._facts)

    def _on_analysed(self) -> None:
        before = self._problems
        self._learn(self._analyser.analysis)
        changed = [item.refresh(only_if_seen=True) for item in self.nodes.values()]
        # From afar a card is ringed that was never painted near, so its face can't tell.
        if any(changed) or before != self._problems:
            self._places_changed()

    def tell_shades(self) -> None:
        """Others look again: the overlay says something else."""
        self._places_changed()
        self.shaded.emit()

    def _on_selection_changed(self) -> None:
        self.show_selection()

    def show_selection(self, also: Iterable[Slot] = ()) -> None:
        """Accents what is selected, and takes the accent off what was; these wires anew, too."""
        nodes, wires = self.selection.nodes, self.selection.wires
        old_nodes, old_wires = self._shown
        self._shown = (nodes, wires)
        changed = nodes ^ old_nodes
        for node in changed & self.nodes.keys():
            item = self.nodes[node]
            item.is_selected = node in nodes
            item.setZValue(1.0 if item.is_selected else 0.0)
            item.update()
        slots = {slot for node in changed for slot in self._wires_of.get(node, ())}
        for slot in slots | (wires ^ old_wires) | set(also):
            self._show_wire(slot)
        for node in nodes & self.nodes.keys():
            self.nodes[node].is_selected = True
        self.notes.show_selection()
        self.dots.show_selection()
        self._show_kinship()

    def _show_wire(self, slot: Slot) -> None:
        item = self.wires.get(slot)
        if item is not None:
            chosen = self.selection
            hot = slot in chosen.wires or bool({item.wire.source, item.wire.target} & chosen.nodes)
            item.show_as(self.look, is_hot=hot, is_hovered=slot == self.hovered.wire)
            self.dots.show(slot)
            self.stubs.show(slot, is_hot=hot or slot == self.hovered.wire)

    def _on_theme_changed(self, theme: object) -> None:
        self.dress(style_of(theme))  # type: ignore[arg-type]

    def dress(self, look: Style) -> None:
        """Shows all in a style."""
        self.look = look
        for item in self.nodes.values():
            item.style = self.look
        for slot in self.wires:
            self._show_wire(slot)
        self.pills.restyle()
        self.probes.restyle()
        self.notes.restyle()
        self._show_kinship()
        self.update()

    def _places_changed(self, *, is_settled: bool = True) -> None:
        self.version += 1
        if is_settled:
            self.settled = self.version
        self._bounds = self._drawn = None
        self.pills.place()
        self.probes.place()
        self._show_kinship()
        self.placed.emit()

    def set_thumbnails(self, node: NodeId, images: Sequence[QImage]) -> None:
        """A strip of samples on a card."""
        self._thumbnails[node] = tuple(images)
        item = self.nodes.get(node)
        if item is not None:
            item.thumbnails = self._thumbnails[node]
            self._sync({node})
            item.update()
