"""The library of a person's own blocks, and blocks on their way between projects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graphcore.analysis.analyse import analyse
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.project import library
from graphcore.project.bringing import block_part, bring, renew
from graphcore.project.definitions import MAIN, DefinitionParam
from graphcore.project.edits import (
    AddDefinition,
    AddNode,
    Edit,
    Rename,
    SetDefinitionParams,
    SetParam,
)
from graphcore.project.file import parse, to_text
from graphcore.project.likeness import digest
from graphcore.project.make import new_node
from graphcore.project.module_edits import SetModule
from graphcore.project.modules import UserModule
from graphcore.project.project import Project
from graphcore.project.structure import collapse, make_unique
from graphcore.types import Tensor
from tests.drawing import Drawing


def with_gate(width: int = 8) -> Project:
    """A block Gate of a layer and a block Act, in a chain."""
    drawing = Drawing()
    x = drawing.input("float32[8]")
    layer = drawing.add("nn.Linear", x, name="inner", out_features=width)
    act = drawing.add("nn.ReLU", layer, name="relu")
    out = drawing.add("nn.Linear", act, name="head", out_features=2)
    drawing.do(collapse(drawing.project, [act], "Act"))
    block = next(n.id for n in drawing.project.graph.nodes.values() if n.kind == "block.Act")
    drawing.do(collapse(drawing.project, [layer, block], "Gate"))
    assert out in drawing.project.graph.nodes
    return drawing.project


def changed(project: Project, edit: Edit) -> Project:
    copy = project.copy()
    edit.apply(copy)
    return copy


def node_of(project: Project, definition: str, name: str) -> str:
    found = project.definitions[definition].graph.by_name(name)
    assert found is not None
    return found.id


def widened(project: Project, width: int = 16) -> Project:
    """The same project with another layer in Gate."""
    return changed(project, SetParam(node_of(project, "Gate", "inner"), "out_features", width,
                                     "Gate"))  # fmt: skip


def test_a_block_comes_back_from_its_file_with_what_it_is_made_of() -> None:
    project = with_gate()
    saved = library.save_block(project, "Gate")
    assert saved.path == library.library_folder() / "Gate.netblock"
    found = library.find_block("Gate")
    assert set(found.part.definitions) == {MAIN, "Act", "Gate"}
    fresh = Project()
    brought = bring(fresh, found.part)
    undo = brought.edit.apply(fresh)
    assert digest(fresh, "Gate") == digest(project, "Gate")
    assert fresh.layout["Gate"] == project.layout["Gate"] != {}
    assert brought.renamed == {}
    undo.apply(fresh)
    assert fresh == Project()


def test_the_home_of_the_library_is_moved_by_the_environment(home: Path) -> None:
    assert library.library_folder() == home / "blocks"
    assert library.read_library() == ([], [])
    assert not home.exists() or not (home / "blocks").exists(), "asking makes no folder"


def test_ids_gaps_in_the_order_and_places_make_no_difference() -> None:
    project = with_gate()
    graph = project.definitions["Gate"].graph
    for node in list(graph.nodes.values()):
        graph.nodes[node.id] = replace(node, order=node.order * 10 + 3)
    project.layout["Gate"] = {}
    assert digest(project, "Gate") == digest(parse(to_text(project)), "Gate")
    twin = make_unique(project, next(n.id for n in project.graph.nodes.values()
                                     if n.kind == "block.Gate"))  # fmt: skip
    assert digest(changed(project, twin), "Gate2") == digest(project, "Gate")


@pytest.mark.parametrize("what", ["param", "name", "definition param", "inner block", "formula"])
def test_what_reaches_the_code_makes_a_difference(what: str) -> None:
    project = with_gate()
    inner, relu = node_of(project, "Gate", "inner"), node_of(project, "Act", "relu")
    edits: dict[str, Edit] = {
        "param": SetParam(inner, "bias", False, "Gate"),
        "name": Rename(inner, "other", "Gate"),
        "definition param": SetDefinitionParams("Gate", {"width": DefinitionParam(3)}),
        "inner block": SetParam(relu, "inplace", True, "Act"),
        "formula": SetParam(inner, "out_features", Formula("8"), "Gate"),
    }
    assert digest(changed(project, edits[what]), "Gate") != digest(project, "Gate")


def test_what_is_alike_is_used_as_it_is() -> None:
    project = with_gate()
    brought = bring(project, block_part(parse(to_text(project)), "Gate"))
    assert brought.edit.edits == ()
    assert brought.names == {"Act": "Act", "Gate": "Gate"}


def test_another_block_of_that_name_is_added_under_a_free_one_and_found_again() -> None:
    project, other = with_gate(), widened(with_gate())
    brought = bring(project, block_part(other, "Gate"))
    assert brought.names == {"Act": "Act", "Gate": "Gate2"}
    assert brought.renamed == {"Gate": "Gate2"}
    project = changed(project, brought.edit)
    assert digest(project, "Gate2") == digest(other, "Gate")
    again = bring(project, block_part(other, "Gate"))
    assert again.edit.edits == ()
    assert again.names["Gate"] == "Gate2"


def test_inner_blocks_are_called_as_the_project_calls_them() -> None:
    other = with_gate()
    other = changed(other, SetParam(node_of(other, "Act", "relu"), "inplace", True, "Act"))
    project = changed(with_gate(), bring(with_gate(), block_part(other, "Gate")).edit)
    kinds = {node.kind for node in project.definitions["Gate2"].graph.nodes.values()}
    assert "block.Act2" in kinds
    assert "block.Act" not in kinds
    assert digest(project, "Gate2") == digest(other, "Gate")


def test_a_free_name_is_taken_by_nothing_that_comes_along() -> None:
    other = widened(with_gate())
    AddDefinition("Gate2", other.definitions["Act"]).apply(other)
    AddNode(new_node(other, "block.Gate2", "Gate"), None, "Gate").apply(other)
    project = with_gate()
    brought = bring(project, block_part(other, "Gate"))
    assert sorted(brought.names.values()) == ["Act", "Gate2", "Gate3"]
    assert digest(changed(project, brought.edit), "Gate3") == digest(other, "Gate")


def test_an_update_reaches_every_instance_and_is_one_change() -> None:
    project = with_gate()
    for _ in range(2):
        AddNode(new_node(project, "block.Gate")).apply(project)
    before = project.copy()
    newer = widened(project)
    undo = renew(project, block_part(newer, "Gate"), "Gate").apply(project)
    assert digest(project, "Gate") == digest(newer, "Gate")
    assert [n.kind for n in project.graph.nodes.values()].count("block.Gate") == 3
    shown = analyse(project).nodes["gate.inner"].outputs["output"]
    assert isinstance(shown, Tensor)
    assert shown.dims[-1] == 16
    undo.apply(project)
    assert project == before
    assert to_text(project) == to_text(before)


def test_an_update_takes_inner_blocks_along_unless_something_else_uses_them() -> None:
    newer = with_gate()
    newer = changed(newer, SetParam(node_of(newer, "Act", "relu"), "inplace", True, "Act"))
    part = block_part(newer, "Gate")
    project = changed(with_gate(), renew(with_gate(), part, "Gate"))
    assert set(project.definitions) == {MAIN, "Act", "Gate"}
    assert digest(project, "Act") == digest(newer, "Act")
    project = with_gate()
    AddNode(new_node(project, "block.Act")).apply(project)
    project = changed(project, renew(project, part, "Gate"))
    assert set(project.definitions) == {MAIN, "Act", "Act2", "Gate"}
    assert digest(project, "Act") == digest(with_gate(), "Act")
    assert digest(project, "Gate") == digest(newer, "Gate")


def test_an_update_forgets_values_for_params_that_are_gone() -> None:
    project = with_gate()
    SetDefinitionParams("Gate", {"width": DefinitionParam(3)}).apply(project)
    block = node_of(project, MAIN, "gate")
    SetParam(block, "width", 5).apply(project)
    renew(project, block_part(with_gate(), "Gate"), "Gate").apply(project)
    assert project.graph.nodes[block].params == {}
    assert "Gate" in write_code(project, analyse(project)).text


def test_saving_again_replaces_only_when_told_and_keeps_what_was() -> None:
    library.save_block(with_gate(), "Gate")
    library.save_block(with_gate(), "Gate")  # alike: nothing to ask
    newer = widened(with_gate())
    with pytest.raises(UserError, match="another “Gate” among your blocks"):
        library.save_block(newer, "Gate")
    assert library.find_block("Gate").digest == digest(with_gate(), "Gate")
    saved = library.save_block(newer, "Gate", replace=True)
    assert library.find_block("Gate").digest == digest(newer, "Gate")
    assert saved.path.with_name("Gate.netblock~").exists()


def test_rename_and_delete() -> None:
    library.save_block(with_gate(), "Gate")
    library.save_block(with_gate(), "Act")
    with pytest.raises(UserError, match="“Act” among your blocks already"):
        library.rename_block("Gate", "Act")
    with pytest.raises(UserError, match="can't be a node's name"):
        library.rename_block("Gate", "../Act")
    renamed = library.rename_block("Gate", "Door")
    assert [block.name for block in library.read_library()[0]] == ["Act", "Door"]
    assert renamed.definition.graph == library.find_block("Door").definition.graph
    gone = library.find_block("Door")
    library.delete_block(gone)
    assert [block.name for block in library.read_library()[0]] == ["Act"]
    library.restore_block(gone)
    assert library.find_block("Door").digest == gone.digest
    with pytest.raises(UserError, match="There are: Act, Door"):
        library.find_block("Gate")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "broken or cut off"),
        (b"\xff\xfe\x00", "not text"),
        (b'{"schema": 99}', "newer Netwright"),
        (to_text(Project()).encode(), "holds no block"),
        (to_text(with_gate()).encode(), "holds no block"),
    ],
)
def test_a_broken_file_gets_a_sentence_and_hides_no_other(content: bytes, sentence: str) -> None:
    path = library.save_block(with_gate(), "Gate").path.with_name("Bad.netblock")
    path.write_bytes(content)
    blocks, broken = library.read_library()
    assert [block.name for block in blocks] == ["Gate"]
    assert [file.path for file in broken] == [path]
    assert sentence in broken[0].message
    with pytest.raises(UserError, match=sentence):
        library.find_block("Bad")
    library.save_block(changed_name(with_gate()), "Bad")
    assert path.read_bytes() == content, "what is broken may be mended by hand"


def changed_name(project: Project) -> Project:
    project = project.copy()
    AddDefinition("Bad", project.definitions["Act"]).apply(project)
    return project


def test_two_files_with_one_block_are_told() -> None:
    path = library.save_block(with_gate(), "Gate").path
    path.with_name("Gate (1).netblock").write_bytes(path.read_bytes())
    blocks, broken = library.read_library()
    assert [block.name for block in blocks] == ["Gate"]
    assert [file.path.name for file in broken] == ["Gate (1).netblock"]
    assert "a block “Gate”, as “Gate.netblock” does" in broken[0].message


def test_a_folder_that_is_gone_or_a_file_is_no_crash(home: Path) -> None:
    block = library.save_block(with_gate(), "Gate")
    block.path.unlink()
    library.library_folder().rmdir()
    assert library.read_library() == ([], [])
    library.delete_block(block)
    library.library_folder().write_text("in the way")
    assert library.read_library() == ([], [])
    with pytest.raises(UserError, match="can't be made"):
        library.save_block(with_gate(), "Gate")


def test_the_main_drawing_and_what_is_not_there_are_no_blocks() -> None:
    for name in (MAIN, "Nothing"):
        with pytest.raises(UserError, match="There are: Act, Gate"):
            library.save_block(with_gate(), name)


def test_python_modules_travel_along_and_are_told_apart_by_their_source() -> None:
    module = UserModule("layers.py:Swish")
    other = with_gate()
    SetModule("Swish", module).apply(other)
    AddNode(new_node(other, "user.Swish", "Act"), None, "Act").apply(other)
    part = block_part(other, "Gate")
    assert part.modules == {"Swish": module}
    project = Project()
    SetModule("Swish", UserModule("others.py:Swish")).apply(project)
    project = changed(project, bring(project, part).edit)
    assert project.modules["Swish2"] == module
    assert digest(project, "Gate") == digest(other, "Gate")
    assert bring(project, part).edit.edits == ()
