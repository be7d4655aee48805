"""What a run's saved weights look like."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file
from safetensors.torch import save_file as torch_save

from graphcore import cli
from graphcore.errors import UserError
from graphcore.project import templates
from graphcore.training.runs import RunStore
from graphcore.training.weight_looks import BINS, looks_at


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A convolution's filters with one edge each, an embedding, and a conv in a block."""
    run = RunStore(tmp_path / "runs").create(templates.open_template("digits-cnn"))
    edges = np.zeros((3, 1, 2, 2), np.float32)
    edges[0, 0, 0], edges[1, 0, :, 1], edges[2] = 2, -1, 7
    path = run.folder / "last.safetensors"
    words = np.repeat(np.float32([-1, 1]), 100)[:, None] * np.ones((200, 8), np.float32)
    bias, color = np.float32([0, 0, 0, 4]), np.ones((2, 3, 5, 5), np.float32)
    tensors = {"conv.weight": edges, "conv.bias": bias, "conv2.bias": edges,
               "words.weight": words, "stage.conv.weight": color}  # fmt: skip
    save_file(tensors, path)
    return path


def test_a_node_has_its_facts_its_histogram_and_its_filters(weights: Path) -> None:
    weight, bias = looks_at(weights, "conv")
    assert (weight.name, weight.shape) == ("conv.weight", (3, 1, 2, 2))
    assert (weight.low, weight.high) == (-1, 7)
    assert weight.zeros == pytest.approx(4 / 12)
    assert weight.mean == pytest.approx(30 / 12)
    assert weight.spread == pytest.approx(np.sqrt((8 + 2 + 196) / 12 - 2.5**2))
    assert (len(weight.counts), sum(weight.counts), weight.counts[-1]) == (BINS, 12, 4)
    top, right, even = weight.pictures.tolist()
    assert top == [[255, 255], [0, 0]]
    assert right == [[255, 0], [255, 0]]
    assert even == [[128, 128], [128, 128]]
    assert (bias.mean, bias.zeros, bias.form) == (1, 0.75, "")
    (inside,) = looks_at(weights, "stage.conv")
    assert inside.pictures.shape == (2, 5, 5, 3)


def test_a_matrix_is_a_map_of_at_most_64_points_with_0_in_the_middle(weights: Path) -> None:
    (words,) = looks_at(weights, "words")
    assert (words.form, words.pictures.shape) == ("map", (1, 64, 8))
    assert (words.pictures[0, 0, 0], words.pictures[0, -1, -1]) == (1, 255)


def test_numbers_of_two_bytes_are_looked_at(tmp_path: Path) -> None:
    numbers = torch.linspace(-2, 5, 24).reshape(4, 6)
    narrow = {"a.weight": numbers.bfloat16(), "b.weight": numbers.half(), "c.weight": numbers}
    torch_save(narrow, tmp_path / "w.safetensors")
    found = {look.name: look for look in looks_at(tmp_path / "w.safetensors")}
    assert {look.shape for look in found.values()} == {(4, 6)}
    for name, value in narrow.items():
        assert (found[name].low, found[name].high) == (-2, 5)
        assert found[name].mean == pytest.approx(float(value.double().mean()))
        assert sum(found[name].counts) == 24


def test_a_node_without_weights_is_told_with_those_that_have_some(weights: Path) -> None:
    with pytest.raises(UserError) as error:
        looks_at(weights, "relu")
    assert "“relu”" in error.value.message
    assert "conv, conv2, stage.conv, words" in error.value.hint
    weights.write_bytes(b"no weights")
    with pytest.raises(UserError, match="can't be read"):
        looks_at(weights, "conv")


def test_the_command_says_them(weights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = str(weights.parent)
    assert cli.main(["runs", run, "--weights", "conv", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(item["name"], item["high"]) for item in found] == [
        ("conv.weight", 7),
        ("conv.bias", 4),
    ]
    assert cli.main(["runs", run, "--weights"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["WEIGHTS", "SHAPE"]
    assert len(lines) == 7


def test_the_command_says_the_best_ones_where_these_are_asked_for(
    weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = str(weights.parent)
    assert cli.main(["runs", run, "--weights", "--which", "best"]) == 3
    assert "no best weights" in capsys.readouterr().err
    save_file({"conv.bias": np.float32([9])}, weights.with_name("best.safetensors"))
    for which, high in (("best", 9), ("last", 4)):
        assert cli.main(["runs", run, "--weights", "conv", "--which", which, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)[-1]["high"] == high
    assert cli.main(["runs", run, "--which", "best"]) == 2
    assert "Add --weights." in capsys.readouterr().err
