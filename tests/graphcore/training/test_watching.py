"""Time and gradient of every node, measured on one batch of the very text that trains."""

from __future__ import annotations

import ast

import pytest

from graphcore.analysis.analyse import analyse
from graphcore.analysis.result import Value
from graphcore.code.write import write_code
from graphcore.data.loaders import tensors
from graphcore.data.sources import read
from graphcore.errors import UserError
from graphcore.project.edits import Disconnect, Set
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from graphcore.project.structure import collapse
from graphcore.project.templates import open_template
from graphcore.training.evaluate import evaluate_once
from graphcore.training.watching import watch_project, watched
from tests.build import add, digits_cnn, wire


def test_every_node_has_a_time_and_a_gradient_also_inside_blocks_turn_by_turn() -> None:
    project, block = digits_with_a_block()
    found = watch_project(project, device="cpu")
    inside = {path for path in found.seconds if "." in path}
    assert inside == {f"{block}.{turn}.{name}" for turn in "01" for name in ("first", "second")}
    assert found.seconds[block] >= sum(found.seconds[path] for path in inside)
    assert found.gradients.keys() == found.seconds.keys() - {"loss"}
    assert all(seconds > 0 for seconds in found.seconds.values())
    assert (found.batch, found.device, found.is_random) == (project.plan.batch_size, "cpu", False)


def digits_with_a_block() -> tuple[Project, str]:
    """The digits network, two of its nodes a block that is taken twice; the block's name."""
    project = digits_cnn()
    Disconnect(project.graph.wires[NodeId("pool"), "input"]).apply(project)
    for at, name in enumerate(("first", "second")):
        add(project, "nn.Tanh", name, at=(264 * at, 240))
    for source, target in (("relu", "first"), ("first", "second"), ("second", "pool")):
        wire(project, source, target)
    known = set(project.graph.nodes)
    collapse(project, {NodeId("first"), NodeId("second")}, "Stage").apply(project)
    block = next(iter(project.graph.nodes.keys() - known))
    Set(("nodes", "main", block, "settings", "repeat"), 2).apply(project)
    return project, project.graph.nodes[block].name


def test_gradients_are_those_that_evaluating_once_finds() -> None:
    project = digits_cnn()
    analysis = analyse(project)
    found = watch_project(project, device="cpu")
    loss = analysis.parts.terms[0].node
    every = tensors(project.data, read(project.data, None))
    batch = {name: values[: project.plan.batch_size] for name, values in every.items()}
    once = evaluate_once(project, analysis, batch, Value(loss, "output"))
    for value, seen in once.items():
        path = project.graph.nodes[value.node].name
        if seen.gradient is not None and path in found.gradients:
            size = float(seen.gradient.square().mean().sqrt())
            assert found.gradients[path] == pytest.approx(size, rel=1e-3), path


def test_a_design_without_data_runs_on_numbers_at_random() -> None:
    project = Project()
    add(project, "io.Input", "x", at=(0, 0), type="float32[6]")
    add(project, "nn.Linear", "wide", at=(264, 0), out_features=5)
    wire(project, "x", "wide")
    found = watch_project(project, device="cpu")
    assert found.is_random
    assert found.seconds.keys() >= {"wide"}
    assert found.gradients["wide"] > 0


def test_constants_have_a_gradient_without_a_loss() -> None:
    found = watch_project(open_template("autograd"), device="cpu")
    assert found.gradients["y"] == 1
    assert found.gradients["triple"] > 0


def test_what_can_not_run_is_told() -> None:
    project = Project()
    add(project, "nn.Linear", "alone", at=(0, 0), out_features=5)
    with pytest.raises(UserError):
        watch_project(project, device="cpu")


@pytest.mark.parametrize("name", ["gpt2-small", "unet", "two-heads", "lstm-classifier"])
def test_the_watched_text_is_the_text_with_lines_between(name: str) -> None:
    project = open_template(name)
    code = write_code(project, analyse(project))
    seen = watched(code)
    ast.parse(seen.text)
    lines = seen.text.splitlines()
    kept = [line for line in lines if "_netwright_" not in line]
    assert kept == code.text.splitlines()
    for number, path in seen.lines.items():
        assert lines[number - 1] in code.text, path
