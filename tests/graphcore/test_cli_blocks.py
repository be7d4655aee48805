"""`netwright blocks`, as a person or a script meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graphcore import cli
from graphcore.project import file, library, templates
from graphcore.project.edits import RenameDefinition, SetParam

Say = pytest.CaptureFixture[str]


def run(*words: object) -> int:
    return cli.main(["blocks", *map(str, words)])


@pytest.fixture
def resnet(tmp_path: Path) -> Path:
    path = tmp_path / "r.netwright"
    file.save(templates.open_template("resnet18"), path)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "e.netwright"
    file.save(templates.open_template("digits-mlp"), path)
    return path


def test_a_block_goes_from_one_project_to_the_other(resnet: Path, empty: Path, capsys: Say) -> None:
    assert run() == 0
    assert "no blocks of yours yet" in capsys.readouterr().out
    assert run("add", resnet, "BasicBlock") == 0
    assert run("--json") == 0
    (block,) = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert (block["name"], block["inputs"], block["outputs"]) == ("BasicBlock", ["x"], ["y"])
    assert run("put", empty, "BasicBlock") == 0
    assert "BasicBlock" in file.load(empty).definitions
    before = empty.read_bytes()
    assert run("put", empty, "BasicBlock") == 0
    assert "holds this block already" in capsys.readouterr().out
    assert empty.read_bytes() == before


def test_an_update_is_written_and_the_same_is_left_alone(resnet: Path, capsys: Say) -> None:
    run("add", resnet, "BasicBlock")
    project = file.load(resnet)
    graph = project.definitions["BasicBlock"].graph
    node = next(node for node in graph.nodes.values() if node.kind == "nn.Conv2d")
    SetParam(node.id, "kernel_size", 5, "BasicBlock").apply(project)
    file.save(project, resnet)
    assert run("add", resnet, "BasicBlock") == 3
    assert "Replace it" in capsys.readouterr().err
    assert run("update", resnet, "BasicBlock") == 0
    known = library.find_block("BasicBlock")
    loaded = file.load(resnet).definitions["BasicBlock"]
    assert loaded.graph.nodes[node.id].params == known.definition.graph.nodes[node.id].params
    assert run("update", resnet, "BasicBlock") == 0
    assert "is the same in" in capsys.readouterr().out
    file.save(project, resnet)
    assert run("add", resnet, "BasicBlock", "--replace") == 0
    assert run("show", "BasicBlock") == 0
    assert "BasicBlock.netblock" in capsys.readouterr().out


def test_a_file_that_somebody_gave_is_looked_at_put_and_added(
    resnet: Path, empty: Path, tmp_path: Path, capsys: Say
) -> None:
    run("add", resnet, "DownBlock")
    given = tmp_path / "from a friend.netblock"
    library.find_block("DownBlock").path.rename(given)
    assert run("show", given) == 0
    assert "DownBlock" in capsys.readouterr().out
    assert run("put", empty, given) == 0
    assert "DownBlock" in file.load(empty).definitions
    assert run("add", given) == 0
    assert [block.name for block in library.read_library()[0]] == ["DownBlock"]


def test_rename_remove_and_what_is_not_there(resnet: Path, capsys: Say) -> None:
    run("add", resnet, "BasicBlock")
    assert run("rename", "BasicBlock", "Basic") == 0
    assert run("show", "BasicBlock") == 3
    assert "There are: Basic." in capsys.readouterr().err
    assert run("remove", "Basic", "Nothing") == 3
    assert library.find_block("Basic"), "nothing is removed where a name is wrong"
    assert run("remove", "Basic") == 0
    assert library.read_library() == ([], [])
    assert run("add", resnet) == 2
    assert "The project has: BasicBlock, DownBlock." in capsys.readouterr().err


def test_a_broken_file_is_told_beside_the_list(resnet: Path, capsys: Say) -> None:
    run("add", resnet, "BasicBlock")
    (library.library_folder() / "Bad.netblock").write_text("{")
    assert run() == 0
    said = capsys.readouterr()
    assert "BasicBlock" in said.out
    assert "“Bad.netblock” can't be opened" in said.err


def test_what_is_alike_is_found_whatever_it_is_called(
    resnet: Path, empty: Path, capsys: Say
) -> None:
    run("add", resnet, "BasicBlock")
    project = file.load(resnet)
    RenameDefinition("BasicBlock", "Old").apply(project)
    RenameDefinition("DownBlock", "BasicBlock").apply(project)
    file.save(project, empty)
    run("add", resnet, "DownBlock")
    library.rename_block("BasicBlock", "Kept")
    library.rename_block("DownBlock", "Old")
    assert run("put", empty, "Old") == 0
    said = capsys.readouterr().out
    assert "holds this block already; it is called BasicBlock" in said
