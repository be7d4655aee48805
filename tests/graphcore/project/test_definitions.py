"""Definitions are renamed and their params changed by edits that can be taken back."""

from __future__ import annotations

import pytest

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.project.definitions import MAIN
from graphcore.project.edits import (
    AddNode,
    RenameDefinition,
    SetParam,
    Together,
    touched_definitions,
)
from graphcore.project.exposing import (
    add_param,
    expose,
    instances,
    raise_param,
    remove_param,
    rename_param,
    set_default,
)
from graphcore.project.graph import NodeId
from graphcore.project.make import new_node
from graphcore.project.structure import collapse, free_block_name
from tests.drawing import Drawing, digits_cnn
from tests.graphcore.code.test_blocks import network
from tests.graphcore.project.test_structure import ids


def stem() -> Drawing:
    """The digits with conv and relu in a block called Stem."""
    drawing = digits_cnn()
    drawing.do(collapse(drawing.project, ids(drawing, "conv", "relu"), "Stem"))
    return drawing


def inner(drawing: Drawing, name: str, definition: str = "Stem") -> NodeId:
    node = drawing.project.definitions[definition].graph.by_name(name)
    assert node is not None
    return node.id


def test_instances_follow_their_definitions_name() -> None:
    project = network().project
    before, order = project.copy(), list(project.definitions)
    back = RenameDefinition("Residual", "Basic").apply(project)
    assert "Residual" not in project.definitions
    assert [w for w, _ in instances(project, "Basic")] == ["Stage", "Stage"]
    assert project.layout.keys() == project.bends.keys() == project.dots.keys()
    assert project.layout.keys() == project.definitions.keys()
    back.apply(project)
    assert project == before
    assert list(project.definitions) == order


def test_the_code_takes_the_new_name() -> None:
    drawing = stem()
    drawing.do(RenameDefinition("Stem", "Front"))
    text = drawing.code().text
    assert "class Front(nn.Module):" in text
    assert "Stem" not in text


@pytest.mark.parametrize(
    ("name", "new", "said"),
    [
        ("Stem", "Model", "meaning of its own"),
        ("Stem", "main", "already"),
        ("main", "Front", "can't be renamed"),
        ("Other", "Front", "can't be renamed"),
    ],
)
def test_names_that_cannot_be_are_refused(name: str, new: str, said: str) -> None:
    project = stem().project
    before = project.copy()
    with pytest.raises(UserError, match=said):
        RenameDefinition(name, new).apply(project)
    assert project == before


def test_a_param_is_exposed_with_its_value() -> None:
    drawing = stem()
    before, text = drawing.project.copy(), drawing.code().text
    conv = inner(drawing, "conv")
    back = expose(drawing.project, "Stem", conv, "out_channels", 16).apply(drawing.project)
    assert drawing.project.definitions["Stem"].params["out_channels"].default == 16
    assert "self.conv = nn.Conv2d(1, out_channels, 3, padding=1)" in drawing.code().text
    drawing.do(SetParam(ids(drawing, "stem")[0], "out_channels", 4))
    assert drawing.analysis().nodes["stem.conv"].params["out_channels"] == 4
    drawing.do(SetParam(ids(drawing, "stem")[0], "out_channels", 16))
    back.apply(drawing.project)
    assert drawing.project.definitions["Stem"] == before.definitions["Stem"]
    assert drawing.code().text == text


def test_a_second_param_of_that_name_is_named_after_its_node() -> None:
    drawing = stem()
    conv = inner(drawing, "conv")
    drawing.do(add_param(drawing.project, "Stem", "padding", 2))
    drawing.do(expose(drawing.project, "Stem", conv, "padding", 1))
    assert set(drawing.project.definitions["Stem"].params) == {"padding", "conv_padding"}


@pytest.mark.parametrize("value", [True, None, "same", ()])
def test_what_no_formula_stands_for_is_not_exposed(value: object) -> None:
    drawing = stem()
    with pytest.raises(UserError, match="no number"):
        expose(drawing.project, "Stem", inner(drawing, "conv"), "padding", value)
    with pytest.raises(UserError, match="inside a block"):
        expose(drawing.project, MAIN, ids(drawing, "loss")[0], "padding", 1)


def test_formulas_and_instances_follow_a_params_name() -> None:
    project = network().project
    before = project.copy()
    back = rename_param(project, "Residual", "width", "channels").apply(project)
    inside = project.definitions["Residual"].graph.nodes
    assert inside[NodeId("conv2")].params["out_channels"] == Formula("channels * 2")
    outside = project.definitions["Stage"].graph.nodes
    assert outside[NodeId("first")].params == {"channels": Formula("size")}
    back.apply(project)
    assert project == before


def test_a_raised_param_stands_before_the_one_before_it() -> None:
    project = network().project
    for _ in range(2):
        add_param(project, "Residual").apply(project)
    back = raise_param(project, "Residual", "width3").apply(project)
    assert list(project.definitions["Residual"].params) == ["width", "width3", "width2"]
    back.apply(project)
    assert list(project.definitions["Residual"].params) == ["width", "width2", "width3"]
    assert raise_param(project, "Residual", "width") == Together(())


def test_a_removed_params_default_stays() -> None:
    project = network().project
    before = project.copy()
    back = remove_param(project, "Residual", "width").apply(project)
    inside = project.definitions["Residual"].graph.nodes
    assert inside[NodeId("conv1")].params["out_channels"] == 8
    assert inside[NodeId("conv2")].params["out_channels"] == 16
    assert project.definitions["Stage"].graph.nodes[NodeId("first")].params == {}
    back.apply(project)
    assert project == before


@pytest.mark.parametrize(("new", "said"), [("2x", "can't be"), ("class", "can't be"), ("b", "al")])
def test_a_params_name_has_to_fit(new: str, said: str) -> None:
    drawing = stem()
    drawing.do(add_param(drawing.project, "Stem", "a"))
    drawing.do(add_param(drawing.project, "Stem", "b"))
    with pytest.raises(UserError, match=said):
        rename_param(drawing.project, "Stem", "a", new)


def test_a_default_is_another() -> None:
    drawing = network()
    drawing.do(set_default(drawing.project, "Residual", "width", 4))
    drawing.do(remove_param(drawing.project, "Stage", "size"))
    drawing.do(set_default(drawing.project, "Residual", "width", 2))
    assert drawing.project.definitions["Residual"].params["width"].default == 2


@pytest.mark.parametrize("kind", ["data.Dataset", "loss.MSELoss", "loss.Term"])
def test_what_speaks_of_the_project_stays_outside(kind: str) -> None:
    project = stem().project
    before = project.copy()
    with pytest.raises(UserError, match="can't stand inside a block"):
        AddNode(new_node(project, kind, "Stem"), (0, 0), "Stem").apply(project)
    assert project == before


def test_a_block_does_not_go_into_itself() -> None:
    project = network().project
    before = project.copy()
    with pytest.raises(UserError, match="contains itself"):
        AddNode(new_node(project, "block.Stage", "Residual"), (0, 0), "Residual").apply(project)
    assert project == before


def test_edits_name_their_definitions() -> None:
    project = network().project
    assert touched_definitions(rename_param(project, "Residual", "width", "w")) == {
        "Residual",
        "Stage",
    }
    assert touched_definitions(RenameDefinition("Stage", "Stages")) == set()


def test_free_names_of_blocks() -> None:
    drawing = stem()
    assert free_block_name(drawing.project) == "Block1"
    assert free_block_name(drawing.project, "Stem") == "Stem2"
