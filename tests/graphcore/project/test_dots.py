"""Dots on wires follow what is done to the drawing, and one step back undoes it."""

from __future__ import annotations

from graphcore.project.arranging import tidied, usual_boxes
from graphcore.project.dots import dots_of, shifted_dots, with_dot, without_dots
from graphcore.project.edits import Connect, Disconnect, Edit, Set
from graphcore.project.graph import NodeId, Wire
from graphcore.project.project import Project
from graphcore.project.reading import parse
from graphcore.project.structure import collapse, make_unique
from graphcore.project.swapping import swapped
from graphcore.project.unpacking import unpack
from graphcore.project.writing import to_text
from tests.build import add, digits_cnn

CONV, RELU, POOL = NodeId("conv"), NodeId("relu"), NodeId("pool")
INTO_RELU, INTO_POOL = (RELU, "input"), (POOL, "input")


def dotted() -> Project:
    """The digits with two dots before the relu and one behind it."""
    project = digits_cnn()
    for number, point in enumerate(((10, 20), (30, 40))):
        with_dot(project, (INTO_RELU, number), point).apply(project)
    with_dot(project, (INTO_POOL, 0), (50, 60)).apply(project)
    return project


def done(project: Project, edit: Edit) -> None:
    """An edit, taken back and done again."""
    before = project.copy()
    inverse = edit.apply(project)
    after = project.copy()
    again = inverse.apply(project)
    assert project == before
    again.apply(project)
    assert project == after


def test_dots_on_wires_are_put_in_order_and_taken_off() -> None:
    project = dotted()
    done(project, with_dot(project, (INTO_RELU, 1), (20, 30)))
    assert dots_of(project, INTO_RELU) == ((10, 20), (20, 30), (30, 40))
    done(project, without_dots(project, [(INTO_RELU, 0), (INTO_RELU, 2), (INTO_POOL, 0)]))
    assert project.dots == {"main": {"relu.input": ((20, 30),)}}


def test_a_wire_that_goes_takes_its_dots() -> None:
    project = dotted()
    done(project, Disconnect(project.graph.wires[INTO_RELU]))
    assert project.dots == {"main": {"pool.input": ((50, 60),)}}


def test_dots_are_in_the_file_only_where_there_are_some() -> None:
    project = dotted()
    assert parse(to_text(project)) == project
    assert '"dots"' not in to_text(digits_cnn())


def test_dots_go_along_with_both_ends_and_stay_where_one_end_moves() -> None:
    project = dotted()
    assert shifted_dots(project, "main", {CONV: (5, 5), RELU: (5, 5)}) == {
        "relu.input": ((15, 25), (35, 45))
    }
    assert shifted_dots(project, "main", {CONV: (5, 5)}, [(INTO_RELU, 1)], (1, 2)) == {
        "relu.input": ((10, 20), (31, 42))
    }


def test_a_block_takes_dots_in_and_gives_them_back() -> None:
    project = dotted()
    for node, x in ((CONV, 0), (RELU, 300)):
        Set(("layout", "main", node), (x, 0)).apply(project)
    done(project, collapse(project, [CONV, RELU], "Stem"))
    assert project.dots == {"main": {"pool.input": ((50, 60),)},
                            "Stem": {"relu.input": ((10, 20), (30, 40))}}  # fmt: skip
    (block,) = (node.id for node in project.graph.nodes.values() if node.kind == "block.Stem")
    done(project, make_unique(project, block))
    assert project.dots["main"] == {"pool.input": ((50, 60),)}
    assert project.dots["Stem2"] == project.dots["Stem"]
    Set(("layout", "main", block), (-264 + 100, 0)).apply(project)
    done(project, unpack(project, block))
    relu = project.graph.by_name("relu")
    assert relu is not None
    assert dots_of(project, (relu.id, "input")) == ((110, 20), (130, 40))


def test_swapped_inputs_keep_their_dots() -> None:
    project = digits_cnn()
    total = add(project, "ops.add", "total")
    for slot, source in (("tensors.0", CONV), ("tensors.1", RELU)):
        Connect(Wire(source, "output", total, slot)).apply(project)
    with_dot(project, ((total, "tensors.0"), 0), (1, 2)).apply(project)
    done(project, swapped(project, [total]))
    assert project.dots == {"main": {f"{total}.tensors.1": ((1, 2),)}}


def test_a_layout_leads_wires_itself_but_leaves_those_that_it_does_not_touch() -> None:
    project = dotted()
    Set(("nodes", "main", CONV, "settings", "pinned"), True).apply(project)
    boxes = usual_boxes(project, "main")
    edit = tidied(project, "main", boxes, (1600, 1000), [POOL])
    assert edit is not None
    done(project, edit)
    assert project.dots == {"main": {"relu.input": ((10, 20), (30, 40))}}
