"""The journal: every edit comes back from its line, damage is found, history is kept."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.project import structure, unpacking
from graphcore.project.definitions import Definition, DefinitionParam
from graphcore.project.edit_records import edit_of, record_of_edit
from graphcore.project.edits import (
    MISSING,
    AddDefinition,
    AddNode,
    Connect,
    Disconnect,
    Edit,
    RemoveDefinition,
    RemoveNode,
    Rename,
    RenameDefinition,
    ReplaceDefinition,
    Set,
    SetDefinitionParams,
    SetParam,
    Together,
)
from graphcore.project.file import load, save
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.journal import Heading, Step, heading_line, replay, step_line
from graphcore.project.journal_folder import JournalPen, find, recover
from graphcore.project.module_edits import RemoveModule, RenameModule, SetModule
from graphcore.project.modules import UserModule
from graphcore.project.plan import Plan
from graphcore.project.project import Note, Project
from tests.graphcore.project.rich import rich_project

ROOT = Path(__file__).parents[3]
NEW = Heading("")


def _drawing(name: str = "x") -> Definition:
    nodes = [
        Node(NodeId("i"), "io.Input", name),
        Node(NodeId("o"), "io.Output", "y", settings={"pinned": True}, order=1),
        Node(NodeId("l"), "nn.Linear", "l", {"out_features": Formula("w")}, order=5),
    ]
    wires = [Wire(NodeId("i"), "output", NodeId("o"), "input")]
    return Definition(Graph(nodes, wires), {"w": DefinitionParam(Formula("2 * 3"), "Wide.")}, "h")


def _project() -> Project:
    project = rich_project()
    AddDefinition("Unused", Definition()).apply(project)
    SetModule("Idle", replace(_MODULE, source="idle.py:Idle")).apply(project)
    return project


_MODULE = UserModule("odd.py:Odd", ("x",), ("output",), (("size", "int", 2), ("m", "text")))
_NEW = Node(NodeId("n1"), "nn.Linear", "fresh", {"out_features": Formula("label.classes")},
            {"freeze": True}, "Ünï “q”", "note", 99)  # fmt: skip
_WIRE = Wire(NodeId("bent"), "output", NodeId("n1"), "input")
# At least one of each edit there is; `test_every_edit_has_an_example` sees to that.
EDITS: tuple[Edit, ...] = (
    AddNode(_NEW, (3, -4)),
    AddNode(Node(NodeId("n2"), "nn.ReLU", "inner"), None, "Residual"),
    RemoveNode(NodeId("loss")),
    Together((AddNode(_NEW), Connect(_WIRE), Together((Disconnect(_WIRE),)))),
    SetParam(NodeId("head"), "out_features", Formula("label.classes * 2")),
    SetParam(NodeId("conv"), "kernel_size", (5, 3)),
    SetParam(NodeId("head"), "out_features", MISSING),
    Rename(NodeId("conv"), "edges"),
    AddDefinition("Fresh", Definition(Graph([Node(NodeId("i"), "io.Input", "x")]))),
    AddDefinition("Whole", _drawing()),
    RemoveDefinition("Unused"),
    ReplaceDefinition("Residual", _drawing(), {NodeId("i"): (1, 2)}, {"o.input": ((1, 2), (3, 4))}),
    RenameDefinition("Residual", "Skip"),
    SetDefinitionParams("Residual", {"width": DefinitionParam(9, "How wide.")}),
    Set(("plan",), Plan(epochs=7)),
    Set(("plan", "objectives", 0, "optimizer", "params", "lr"), 0.1),
    Set(("data",), rich_project().data),
    Set(("notes", "fresh"), Note("main", 0, 1, 2, 3, "T")),
    Set(("notes", "n1"), MISSING),
    Set(("title",), "=not a formula"),
    Set(("nodes", "main", "conv", "settings", "silenced"), ("a", "b")),
    Set(("layout", "main"), {"conv": (5, 6)}),
    SetModule("Odd", _MODULE),
    RemoveModule("Idle"),
    RenameModule("Idle", "Busy"),
)


def _edits_there_are() -> set[str]:
    """Every class with `apply` in the modules of edits."""
    found = set()
    for name in ("edits", "module_edits"):
        tree = ast.parse((ROOT / "graphcore" / "project" / f"{name}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                methods = [item.name for item in node.body if isinstance(item, ast.FunctionDef)]
                found |= {node.name} if "apply" in methods else set()
    return found - {"Edit"}


def _names(edit: Edit) -> set[str]:
    inner = edit.edits if isinstance(edit, Together) else ()
    return {type(edit).__name__}.union(*map(_names, inner))


def test_every_edit_has_an_example() -> None:
    assert set().union(*map(_names, EDITS)) == _edits_there_are()


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: type(edit).__name__)
def test_an_edit_and_its_inverse_come_back_from_their_records(edit: Edit) -> None:
    first, again = _project(), _project()
    inverse = edit.apply(first)
    read = edit_of(record_of_edit(edit))
    record = record_of_edit(read.apply(again))
    assert again == first
    assert record == record_of_edit(inverse)
    edit_of(record).apply(again)
    assert again == _project()


@pytest.mark.parametrize(
    "record",
    [
        None, [], {}, {"Rename": {}}, {"Rename": {"node": "a", "name": "b"}, "Set": {}},
        {"Rename": {"node": "a", "name": 3}}, {"Rename": {"node": "a", "name": "b", "more": 1}},
        {"RemoveNode": {"node": "../a"}}, {"Set": {"path": [], "value": 1}},
        {"Set": {"path": [True], "value": 1}}, {"Eval": {"text": "1"}}, {"__class__": {}},
        {"Together": {"edits": {}}}, {"AddNode": {"node": {"id": "a", "kind": "x"}}},
        {"AddNode": {"node": {"id": "a", "kind": "import os", "name": "b"}}},
        {"Connect": {"wire": ["a", "b", "c", "d"]}},
        {"SetModule": {"name": "A", "module": {"source": "../a.py:A"}}},
        {"AddDefinition": {"name": "A", "content": {"graph": {"nodes": [], "wires": [
            ["a", "b", "c", "d"]]}}}},
        {"AddDefinition": {"name": "A", "content": {"graph": {"wires": [], "nodes": [
            {"id": "a", "kind": "io.Input", "name": "x"},
            {"id": "b", "kind": "io.Input", "name": "x"}]}}}},
    ],
)  # fmt: skip
def test_what_is_no_edit_is_refused_with_a_sentence(record: object) -> None:
    with pytest.raises(UserError) as told:
        edit_of(record)
    assert told.value.message
    assert told.value.hint


def test_an_edit_nested_too_deeply_is_refused() -> None:
    record: dict[str, object] = {"Together": {"edits": []}}
    for _ in range(40):
        record = {"Together": {"edits": [record]}}
    with pytest.raises(UserError, match="too deeply"):
        edit_of(record)


def test_replaying_leads_to_the_same_project_and_history() -> None:
    project, lines = _project(), []
    for edit in EDITS[:8]:
        lines.append(step_line(Step("do", edit, "x")))
        inverse = edit.apply(project)
        lines.append(step_line(Step("undo", inverse)))
        inverse.apply(project)
    lines.append(step_line(Step("redo", EDITS[7], "Rename")))
    EDITS[7].apply(project)
    replayed = replay(_project(), lines)
    assert (replayed.project, replayed.steps) == (project, 17)
    assert [change.text for change in replayed.changes] == ["Rename"]
    replayed.changes[0].inverse.apply(replayed.project)
    assert replayed.project == _project()


def test_a_gesture_is_one_change_again() -> None:
    places = [Set(("layout", "main", "conv"), (x, 0)) for x in (24, 48, 72)]
    lines = [step_line(Step("do", edit, "Move", 7)) for edit in places]
    replayed = replay(_project(), lines)
    assert len(replayed.changes) == 1
    replayed.changes[0].inverse.apply(replayed.project)
    assert replayed.project == _project()


def test_an_undo_from_before_the_journal_is_followed_without_history() -> None:
    """Saving ends a journal, and the history goes on: what is undone then was done before it."""
    project = _project()
    inverse = Rename(NodeId("conv"), "edges").apply(project)
    lines = [step_line(Step("do", Set(("title",), "A"))), step_line(Step("undo", inverse)),
             step_line(Step("do", Set(("title",), "B")))]  # fmt: skip
    replayed = replay(project.copy(), lines)
    assert replayed.project.graph.nodes[NodeId("conv")].name == "conv"
    assert replayed.project.title == "B"
    assert len(replayed.changes) == 1


def test_a_torn_last_line_is_left_out_without_a_word() -> None:
    lines = [step_line(Step("do", Set(("title",), text))) for text in "AB"]
    whole = replay(_project(), lines)
    assert (whole.project.title, whole.damage) == ("B", "")
    for cut in (1, 9, len(lines[1]) - 1):
        torn = replay(_project(), [lines[0], lines[1][:cut]])
        assert (torn.project.title, torn.steps, torn.damage) == ("A", 1, "")


@given(at=st.integers(0, 200), letter=st.characters(codec="ascii"))
def test_a_damaged_line_is_told_and_what_came_before_is_kept(at: int, letter: str) -> None:
    lines = [step_line(Step("do", Set(("title",), text))) for text in "ABC"]
    at %= len(lines[1]) - 1
    spoiled = lines[1][:at] + letter + lines[1][at + 1 :]
    replayed = replay(_project(), [lines[0], spoiled, lines[2]])
    if spoiled == lines[1]:
        assert (replayed.project.title, replayed.damage) == ("C", "")
    else:
        assert replayed.project.title == "A"
        assert "Line 3" in replayed.damage


def test_a_step_that_does_not_fit_the_project_is_told() -> None:
    lines = [step_line(Step("do", RemoveNode(NodeId("nobody"))))]
    assert "nobody" in replay(_project(), lines).damage


# On disk


def _written(folder: Path, edits: list[Edit], heading: Heading = NEW) -> Project:
    project, pen = _project(), JournalPen(folder)
    pen.begin(project, heading)
    for edit in edits:
        edit.apply(project)
        pen.add(Step("do", edit, "Change"))
    pen.close()
    return project


def test_a_journal_is_found_and_recovered(tmp_path: Path) -> None:
    project = _written(tmp_path / "j", [EDITS[0], EDITS[7]], Heading("", "/a/b.netwright", "T"))
    found = find(tmp_path / "j")
    assert found is not None
    assert (found.path, found.heading.title, found.steps) == (Path("/a/b.netwright"), "T", 2)
    assert recover(found).project == project


def test_orders_of_creation_survive(tmp_path: Path) -> None:
    """A file counts them anew; an undone deletion would then put a node at another place."""
    project, pen = _project(), JournalPen(tmp_path / "j")
    RemoveNode(NodeId("conv")).apply(project)
    edit = Rename(NodeId("head"), "neck")
    pen.begin(project, Heading(""))
    pen.add(Step("do", edit))
    edit.apply(project)
    pen.close()
    found = find(tmp_path / "j")
    assert found is not None
    assert recover(found).project == project


def test_a_journal_without_a_change_is_none(tmp_path: Path) -> None:
    _written(tmp_path / "j", [])
    assert find(tmp_path / "j") is None
    assert find(tmp_path / "nothing") is None


def test_beginning_anew_replaces_the_journal_whole(tmp_path: Path) -> None:
    project, pen = _project(), JournalPen(tmp_path)
    for title in "AB":
        pen.begin(project, Heading(""))
        pen.add(Step("do", Set(("title",), title)))
        Set(("title",), title).apply(project)
    pen.close()
    found = find(tmp_path)
    assert found is not None
    assert (found.steps, recover(found).project) == (1, project)
    assert len(list(tmp_path.glob("*.netwright"))) == 1


def test_a_base_that_is_damaged_is_told(tmp_path: Path) -> None:
    _written(tmp_path, [EDITS[0]])
    next(tmp_path.glob("*.netwright")).write_text("{", encoding="utf-8")
    found = find(tmp_path)
    assert found is not None
    with pytest.raises(UserError, match="can't be opened"):
        recover(found)


def test_a_heading_that_leads_elsewhere_is_no_journal(tmp_path: Path) -> None:
    save(_project(), tmp_path.parent / "secret.netwright")
    heading = heading_line(Heading("../secret.netwright"))
    (tmp_path / "journal").write_text(heading + step_line(Step("do", EDITS[0])), "utf-8")
    assert find(tmp_path) is None


@contextmanager
def _full_disk(monkeypatch: pytest.MonkeyPatch, bytes_left: int) -> Iterator[None]:
    """From here on files take so many bytes and no more."""
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    was = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, was)


def test_a_disk_that_is_full_leaves_whole_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, pen = _project(), JournalPen(tmp_path)
    pen.begin(project, Heading(""))
    pen.add(Step("do", Set(("title",), "A")))
    with _full_disk(monkeypatch, pen.size + 20), pytest.raises(OSError):  # noqa: PT011
        pen.add(Step("do", Set(("title",), "B" * 100)))
    assert not pen.is_writing
    found = find(tmp_path)
    assert found is not None
    assert (found.steps, recover(found).project.title) == (1, "A")
    pen.begin(project, Heading(""))  # there is room again
    pen.add(Step("do", Set(("title",), "C")))
    pen.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OSError):  # noqa: PT011
            JournalPen(tmp_path / "j").begin(_project(), Heading(""))
    finally:
        tmp_path.chmod(0o700)


Make = Callable[[Project], Edit]


@pytest.mark.parametrize("make", [
    lambda p: structure.collapse(p, [NodeId("mean"), NodeId("part")], "Pool"),
    lambda p: unpacking.unpack(p, NodeId("stack")),
])  # fmt: skip
def test_operations_come_back(make: Make, tmp_path: Path) -> None:
    edit = make(_project())
    project = _written(tmp_path, [edit])
    found = find(tmp_path)
    assert found is not None
    assert recover(found).project == project
    save(project, tmp_path / "again.netwright")
    load(tmp_path / "again.netwright")
