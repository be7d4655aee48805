"""A muted node puts out zeros, whatever it is."""

from __future__ import annotations

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.project.edits import Set
from graphcore.project.project import Project
from tests.build import add, wire
from tests.graphcore.code.test_blocks import network


def muted(project: Project, name: str) -> None:
    Set(("nodes", "main", name, "settings", "mute"), True).apply(project)


def run(project: Project, value: torch.Tensor) -> torch.Tensor:
    model = build(write_code(project, analyse(project))).model
    found = model.eval()(value)
    assert isinstance(found, torch.Tensor)
    return found


@pytest.mark.parametrize("port", ["output", "h_n"])
def test_a_layer_with_several_outputs(port: str) -> None:
    project = Project()
    add(project, "io.Input", "x", type="float32[5, 8]")
    add(project, "nn.LSTM", "lstm", hidden_size=4)
    add(project, "io.Output", "y")
    wire(project, "x", "lstm")
    wire(project, f"lstm.{port}", "y")
    assert run(project, torch.randn(2, 5, 8)).abs().sum() > 0
    muted(project, "lstm")
    assert run(project, torch.randn(2, 5, 8)).abs().sum() == 0


def test_a_repeated_block() -> None:
    project = network().project
    Set(("nodes", "main", "stage1", "settings", "repeat"), 2).apply(project)
    muted(project, "stage1")
    first, second = run(project, torch.randn(2, 3, 16, 16))
    assert torch.equal(first, second)  # the bias of the head is all that is left
