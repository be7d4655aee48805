"""An analysis that builds on the one before says just what a fresh one says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graphcore.analysis.analyse import analyse, judged, walked
from graphcore.analysis.shapes import Outcome, Question, outcome
from graphcore.errors import UserError
from graphcore.project.definitions import MAIN
from graphcore.project.edits import Disconnect, Edit, RemoveNode, Rename, Set, SetParam
from graphcore.project.project import Project
from graphcore.project.templates import names, open_template
from graphcore.types import B, Tensor


def edits_of(project: Project) -> Iterator[Edit]:
    """One of many kinds at every node, in every definition."""
    for name, definition in project.definitions.items():
        for place, node in enumerate(list(definition.graph.nodes.values())):
            for param, other in (
                ("bias", False),
                ("padding", 2),
                ("p", 0.25),
                ("out_channels", 24),
            ):
                if any(p.name == param for p in project.params_of(node.kind) or ()):
                    yield SetParam(node.id, param, other, name)
            match place % 5:
                case 0:
                    yield Rename(node.id, f"{node.name}_again", name)
                case 1:
                    yield Set(("nodes", name, node.id, "settings", "freeze"), True)
                case 2:
                    for wire in definition.graph.wires_at(node.id)[:1]:
                        yield Disconnect(wire, name)
                case 3 if name == MAIN:
                    yield RemoveNode(node.id, name)


@pytest.mark.parametrize("name", [name for name, _, _ in names()])
def test_after_each_edit_it_says_what_a_fresh_one_says(name: str) -> None:
    project = open_template(name)
    walk = walked(project.copy())
    tried = 0
    for edit in list(edits_of(project))[:40]:
        try:
            undo = edit.apply(project)
        except UserError:
            continue
        tried += 1
        walk = walked(project.copy(), before=walk)
        assert judged(walk) == analyse(project.copy()), edit
        undo.apply(project)
        walk = walked(project.copy(), before=walk)
    assert tried >= 5
    assert judged(walk) == analyse(project)


def test_other_data_reach_all_that_reads_them() -> None:
    project = open_template("digits-cnn")
    before = walked(project.copy())
    image, *others = project.data.fields
    larger = replace(image, type=Tensor((1, 16, 16)))
    Set(("data", "fields"), (larger, *others)).apply(project)
    found = judged(walked(project.copy(), before=before))
    assert found == analyse(project)
    assert found != judged(before)


@pytest.mark.parametrize(
    "layer", ["nn.BatchNorm2d(6)", "nn.GELU()", "nn.PReLU(6)", "nn.GroupNorm(2, 6)"]
)
def test_a_layer_that_keeps_shapes_is_asked_once_for_all_sizes(layer: str) -> None:
    def asked(*cells: int) -> Outcome:
        return outcome(Question(layer, "layer(a0)", "o0", (Tensor((B, 6, *cells)),), 1))

    first, second = asked(31, 17), asked(640, 480)
    assert first.outputs == (Tensor((B, 6, 31, 17)),)
    assert second.outputs == (Tensor((B, 6, 640, 480)),)
    assert (second.memory, second.parameters) == (4 * 6 * 640 * 480, first.parameters)


def test_a_layer_that_refuses_its_channels_says_so_at_every_size() -> None:
    wrong = Question("nn.BatchNorm2d(6)", "layer(a0)", "o0", (Tensor((B, 5, 20, 20)),), 1)
    assert "5" in outcome(wrong).error
