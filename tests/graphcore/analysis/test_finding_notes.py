"""Notes found by their words."""

from __future__ import annotations

from graphcore.analysis.finding import find_notes
from graphcore.project.edits import Disconnect, RemoveNode, Set
from graphcore.project.graph import NodeId
from graphcore.project.project import Note
from graphcore.project.structure import collapse
from tests.build import digits_cnn


def test_a_note_is_found_as_long_as_its_block_stands_somewhere() -> None:
    project = digits_cnn()
    known = set(project.graph.nodes)
    collapse(project, {NodeId("conv"), NodeId("relu")}, "Stage").apply(project)
    (block,) = project.graph.nodes.keys() - known
    Set(("notes", "a"), Note("main", 0, 0, 100, 100, text="where linear layers end")).apply(project)
    Set(("notes", "b"), Note("Stage", 0, 0, 100, 100, title="Linear?")).apply(project)
    assert {key for key, _ in find_notes(project, "linear")} == {"a", "b"}
    assert find_notes(project, " ") == []
    for wire in [w for w in project.graph.wires.values() if block in (w.source, w.target)]:
        Disconnect(wire).apply(project)
    RemoveNode(block).apply(project)
    assert "Stage" in project.definitions
    assert [key for key, _ in find_notes(project, "LINEAR")] == ["a"]
