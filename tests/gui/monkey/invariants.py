"""What holds of a window after whatever a person did, each by its name."""

from __future__ import annotations

from dataclasses import replace

from graphcore.project.file import parse, to_text
from graphcore.project.graph import Graph
from graphcore.project.project import Project
from gui.canvas.node_item import NodeItem
from gui.canvas.wire_item import WireItem
from tests.gui.monkey.monkey import Monkey


def the_scene_shows_just_the_nodes_and_wires_of_the_place(m: Monkey) -> None:
    items = m.view.canvas.items()
    nodes = [item.node for item in items if isinstance(item, NodeItem)]
    wires = [item.wire for item in items if isinstance(item, WireItem)]
    assert sorted(nodes) == sorted(m.graph.nodes)
    assert sorted(wires, key=str) == sorted(m.graph.wires.values(), key=str)


def cards_lie_where_the_layout_says(m: Monkey) -> None:
    places = m.project.layout[m.window.selection.place.definition]
    for node, item in m.view.canvas.nodes.items():
        assert item.pos().toTuple() == places[node], m.graph.nodes[node].name


def cards_have_the_ports_of_their_nodes(m: Monkey) -> None:
    for node, item in m.view.canvas.nodes.items():
        found = m.graph.nodes[node]
        assert item.inputs == m.project.slots(found, m.graph), found.name
        assert item.outputs == tuple(p.name for p in m.project.ports(found)[1]), found.name


def no_wire_ends_at_a_missing_slot(m: Monkey) -> None:
    """But at blocks that lost a port to an edit inside: the wire waits, and a problem tells."""
    for name, definition in m.project.definitions.items():
        graph = definition.graph
        for wire in graph.wires.values():
            source, target = graph.nodes[wire.source], graph.nodes[wire.target]
            if not source.kind.startswith("block."):
                assert wire.output in {p.name for p in m.project.ports(source)[1]}, (name, wire)
            if not target.kind.startswith("block."):
                assert wire.input in m.project.slots(target, graph), (name, wire)


def the_selection_is_of_what_is_shown(m: Monkey) -> None:
    assert m.window.selection.nodes <= m.graph.nodes.keys()
    assert m.window.selection.wires <= m.graph.wires.keys()
    assert m.window.selection.notes <= m.view.canvas.notes.items.keys()


def the_scene_shows_just_the_notes_of_the_place(m: Monkey) -> None:
    here = m.window.selection.place.definition
    shown = {key: item.note for key, item in m.view.canvas.notes.items.items()}
    assert shown == {k: n for k, n in m.project.notes.items() if n.definition == here}


def every_node_has_a_place(m: Monkey) -> None:
    for name, definition in m.project.definitions.items():
        assert m.project.layout[name].keys() == definition.graph.nodes.keys(), name


def a_file_keeps_all_of_it(m: Monkey) -> None:
    text = to_text(m.project)
    again = parse(text)
    assert to_text(again) == text
    assert again == _numbered(m.project)


def _numbered(project: Project) -> Project:
    """The project as a file keeps it: orders counted from 0."""
    copy = project.copy()
    for definition in copy.definitions.values():
        nodes = sorted(definition.graph.nodes.values(), key=lambda n: (n.order, n.id))
        numbered = [replace(node, order=place) for place, node in enumerate(nodes)]
        definition.graph = Graph(numbered, definition.graph.wires.values())
    return copy


def title_and_history_agree(m: Monkey) -> None:
    window, history = m.window, m.window.document.history
    window.commands.refresh()
    assert window.isWindowModified() == (not history.isClean())
    assert window.windowTitle().startswith(window.files.title)
    for name, can, text in (
        ("edit.undo", history.canUndo(), history.undoText()),
        ("edit.redo", history.canRedo(), history.redoText()),
    ):
        assert window.commands[name].isEnabled() == can
        assert text in window.commands[name].text()


def nothing_lies_over_the_window(m: Monkey) -> None:
    assert not m.open_dialogs()


def the_analysis_is_that_of_the_project(m: Monkey) -> None:
    """Checked at rest, which takes a while."""
    from graphcore.analysis.analyse import analyse
    from graphcore.code.write import write_code

    m.rest()
    fresh = analyse(m.project)
    assert m.window.analyser.analysis.nodes == fresh.nodes
    assert m.window.analyser.analysis.problems == fresh.problems
    assert m.window.analyser.code == write_code(m.project, fresh)


ALWAYS = (
    the_scene_shows_just_the_nodes_and_wires_of_the_place,
    every_node_has_a_place,
    cards_lie_where_the_layout_says,
    cards_have_the_ports_of_their_nodes,
    no_wire_ends_at_a_missing_slot,
    the_selection_is_of_what_is_shown,
    the_scene_shows_just_the_notes_of_the_place,
    title_and_history_agree,
    nothing_lies_over_the_window,
)
AFTER_EDITS = (a_file_keeps_all_of_it,)
AT_REST = (the_analysis_is_that_of_the_project,)
