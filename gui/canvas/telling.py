"""What the canvas says in words: tooltips, and what a screen reader hears."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QAccessibleEvent

from graphcore.analysis.fault import at_fault
from graphcore.analysis.result import NodeFacts, Problem
from graphcore.project.graph import Graph, Node, NodeId, Slot, Wire
from graphcore.project.project import Project
from graphcore.training.statistics import Statistics
from gui.canvas.face import called, face_of, spoken
from gui.canvas.fit import type_of
from gui.canvas.hits import Hit
from gui.canvas.keys import shown_keys
from gui.canvas.probe_painting import words
from gui.canvas.scene import CanvasScene
from gui.canvas.shades import Shade
from gui.values import Origin, number
from gui.voice import announce

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


def tooltip(scene: CanvasScene, hit: Hit) -> str:
    """What hovering there says, as rich text; empty for nothing."""
    if hit.wire is not None and hit.wire in scene.wires:
        return _lines("\n".join(wire_words(scene, hit.wire)))
    if hit.node is None or hit.node not in scene.nodes:
        return ""
    if hit.port is not None:
        return _lines(_port_text(scene, hit.node, hit.port))
    return _node_text(scene, hit.node)


def wire_words(scene: CanvasScene, slot: Slot) -> tuple[str, str]:
    """What a wire carries between which nodes, and what its last value was like."""
    wire, nodes = scene.wires[slot].wire, scene.graph.nodes
    names = f"{nodes[wire.source].name} → {nodes[wire.target].name}"
    carried = type_of(scene, wire.source, wire.output)
    first = f"{carried}  ({names})" if carried is not None else names
    value, gradient = scene.probes.look(slot)
    if value is not None:
        said = QCoreApplication.translate("canvas", "Probed after step {0}: {1}.")
        seen = said.format(value.step, words(value))
        if gradient is not None:
            said = QCoreApplication.translate("canvas", "Its gradient: {0}.")
            seen = f"{seen}\n{said.format(words(gradient))}"
        return first, seen
    if scene.probes.has(slot):
        return first, QCoreApplication.translate("canvas", "Its probe waits for a run.")
    return first, _value_words(scene, wire)


def _value_words(scene: CanvasScene, wire: Wire) -> str:
    say = QCoreApplication.translate
    seen, probe = scene.seen.get((wire.source, wire.output)), _in_brackets(scene, "graph.probe")
    ways = list[str]()
    if seen is not None:
        ways.append(_seen_words(scene, seen))
    if scene.is_training:
        text = say("canvas", "This run doesn't look at its values. To see them, select the wire "
                   "and put a probe on it{0}.")  # fmt: skip
        ways.append(text.format(probe))
    elif seen is None:
        text = say("canvas", "No value was seen yet: “Evaluate once”{0} runs one batch, and a "
                   "probe on the wire{1} shows what a run makes of it.")  # fmt: skip
        ways.append(text.format(_in_brackets(scene, "graph.evaluate"), probe))
    return "\n".join(ways)


def _in_brackets(scene: CanvasScene, command: str) -> str:
    """The keys that a command has now, after its name; empty where it has none."""
    keys = scene.keys_of(command)
    return f" ({shown_keys(keys)})" if keys else ""


def _seen_words(scene: CanvasScene, seen: Statistics) -> str:
    text = _text_of(scene.origin)
    figures = (number(figure) for figure in (seen.low, seen.high, seen.mean, seen.spread))
    shape = " × ".join(str(size) for size in seen.shape)
    shape = shape or QCoreApplication.translate("canvas", "one number")
    shares = _percent(seen.zeros), _percent(seen.nans)
    return text.format(seen.dtype, shape, *figures, *shares, scene.origin.run)


def _text_of(origin: Origin) -> str:
    say = QCoreApplication.translate
    if origin.run and origin.is_noise:
        return say("canvas", "Of noise in place of data, with the last weights of {8}: {0} {1}, "
                   "from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.")  # fmt: skip
    if origin.run:
        return say("canvas", "Of a batch for validation, with the last weights of {8}: {0} {1}, "
                   "from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.")  # fmt: skip
    if origin.is_noise:
        return say("canvas", "Of noise in place of data, with initial weights: {0} {1}, "
                   "from {2} to {3}, mean {4}, std {5}, {6} zeros, {7} NaN.")  # fmt: skip
    return say("canvas", "Of the last batch seen, with initial weights: {0} {1}, from {2} to {3}, "
               "mean {4}, std {5}, {6} zeros, {7} NaN.")  # fmt: skip


def _percent(share: float) -> str:
    """A share that says nothing of 0 or 100 % where it is but near."""
    if 0 < share < 0.001:
        return "< 0.1 %"
    return f"{share:.1%}".replace("%", " %") if share < 0.9995 or share == 1 else "> 99.9 %"


def _port_text(scene: CanvasScene, node: NodeId, port: tuple[str, bool]) -> str:
    face = scene.nodes[node].face
    ports = face.outputs if port[1] else face.inputs
    return next((item.text for item in ports if item.name == port[0]), port[0])


def _node_text(scene: CanvasScene, node: NodeId) -> str:
    found, facts = scene.graph.nodes[node], scene.facts(node)
    kind = scene.document.project.kind(found.kind)
    parts = [f"<b>{escape(kind.title)}</b> {escape(found.name)}"]
    parts += [escape(problem.message) for problem in scene.problems(node)]
    if fault := fault_before(scene, node):
        parts.append(escape(fault_words(scene, node, fault)))
    said = [mark.words for mark in scene.nodes[node].face.marks]
    parts += [escape(f"{words[:1].upper()}{words[1:]}.") for words in said]
    parts.append(escape(found.note or kind.help))
    if facts is not None and facts.outputs:
        carried = ", ".join(str(type_) for type_ in facts.outputs.values())
        parts.append(escape(carried))
        if facts.parameters:
            text = QCoreApplication.translate("canvas", "{} parameters")
            parts.append(text.format(f"{facts.parameters:,}".replace(",", " ")))
    parts.append(escape(" · ".join(_shade_words(scene.overlaid.shade(node)))))
    return "<br>".join(part for part in parts if part)


def fault_before(scene: CanvasScene, node: NodeId) -> str:
    """The path of the node because of which what comes into another one is not known."""
    before = [wire for wire in scene.wires_at(node) if wire.target == node]
    # Inside a block an Input has none, and owes what it passes on to what is outside.
    if before and all(type_of(scene, wire.source, wire.output) for wire in before):
        return ""
    path = f"{scene.place.prefix}{scene.graph.nodes[node].name}"
    return at_fault(scene.document.project, scene.analysis, path)


def fault_words(scene: CanvasScene, node: NodeId, fault: str) -> str:
    """That a node is not to blame, and which one is."""
    text = QCoreApplication.translate(
        "canvas", "“{0}” is not to blame: what comes into it is not known because of “{1}”."
    )
    return text.format(scene.graph.nodes[node].name, fault)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def tell_selection(view: CanvasView) -> None:
    """Screen readers hear what is selected: `Conv2d conv1, 64 x 16 x 16, feeds Add 3`.

    It is announced too: a reader that stays on the canvas doesn't read its description again.
    """
    said = _selection_text(view)
    view.setAccessibleDescription(said)
    event = QAccessibleEvent(view, QAccessible.Event.DescriptionChanged)
    QAccessible.updateAccessibility(event)
    if said:
        announce(view, said)


def _selection_text(view: CanvasView) -> str:
    scene, chosen = view.canvas, view.selection
    if chosen.single_note is not None and chosen.single_note in scene.notes.items:
        return _note_text(view, chosen.single_note)
    if view.chosen_wire in scene.wires:
        return "\n".join(wire_words(scene, view.chosen_wire))
    single = chosen.single
    if single is None or single not in scene.nodes or single not in scene.graph.nodes:
        count = len(chosen.nodes)
        return view.tr("{} nodes selected").format(count) if count else ""
    return node_words(scene, single)


def node_words(scene: CanvasScene, node: NodeId) -> str:
    """A node of the shown drawing for ears: `Conv2d conv1, 64 x 16 x 16, feeds Add 3`."""
    fed = {wire.target for wire in scene.wires_at(node) if wire.source == node}
    feeds = [called(scene.nodes[other].face) for other in scene.graph.nodes if other in fed]
    words, shade = spoken(scene.nodes[node].face, feeds), scene.overlaid.shade(node)
    return ", ".join(part for part in (words, *_shade_words(shade)) if part)


def _shade_words(shade: Shade | None) -> tuple[str, ...]:
    """What the overlay says of a card."""
    return (shade.text, shade.share) if shade is not None else ()


def words_of(
    project: Project, definition: str, node: Node, facts: NodeFacts | None,
    problems: Sequence[Problem], around: Sequence[Node],
) -> str:  # fmt: skip
    """What the canvas says of a node, also of one in a drawing that is not shown."""
    if definition not in project.definitions:
        return node.name  # asked while its block gets another name
    graph = project.definitions[definition].graph
    at = [wire for wire in graph.wires.values() if node.id in (wire.source, wire.target)]
    slots = project.slots(node, Graph((), at))
    wired = frozenset(wire.input for wire in at if wire.target == node.id)
    face = face_of(project, node, slots, wired, facts, problems, around)
    fed = {wire.target for wire in at if wire.source == node.id}
    others = (other for other in graph.nodes.values() if other.id in fed)
    return spoken(face, [called(face_of(project, it, (), frozenset(), None, ())) for it in others])


def _note_text(view: CanvasView, key: str) -> str:
    """`Frame Encoder, around conv, relu`, or what a note says."""
    scene = view.canvas
    note, nodes = scene.notes.items[key].note, scene.graph.nodes
    if not note.is_frame:
        return view.tr("Note: {}").format(f"{note.title} {note.text}".strip())
    inside, _ = scene.notes.content([key])
    names = ", ".join(sorted(nodes[node].name for node in inside if node in nodes))
    title = view.tr("Frame {}").format(note.title).strip()
    return view.tr("{0}, around {1}").format(title, names) if names else title
