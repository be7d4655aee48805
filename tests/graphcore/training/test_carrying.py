"""Weights carried into a drawing that has changed, several seeds, and their spread."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.cli import main
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.project import file, templates
from graphcore.project.edits import Rename, SetParam
from graphcore.project.graph import NodeId
from graphcore.training.carrying import carry
from graphcore.training.checkpoint import read_tensors
from graphcore.training.events import Changed
from graphcore.training.runs import RunStore
from graphcore.training.spread import spread


@pytest.fixture
def trained(tmp_path: Path):
    path = tmp_path / "p.netwright"
    file.save(templates.open_template("digits-mlp"), path)
    assert main(["train", str(path), "--epochs", "1", "--set", "threads=1"]) == 0
    (run,) = RunStore(tmp_path / "runs").runs()
    return path, run


def test_what_fits_is_carried_by_path_and_what_not_is_said(trained) -> None:
    _, run = trained
    project = templates.open_template("digits-mlp")
    Rename(NodeId("hidden"), "wide").apply(project)
    SetParam(NodeId("head"), "out_features", 12).apply(project)
    model = build(write_code(project, analyse(project))).model
    found = carry(run, model, project)
    assert set(found.carried) == {"wide.weight", "wide.bias"}
    assert found.reshaped == ("head.weight [10, 64] → [12, 64]", "head.bias [10] → [12]")
    given = read_tensors(run.weights_path("last"))
    assert torch.equal(model.state_dict()["wide.weight"], given["hidden.weight"])
    assert found.sentence.startswith("2 of 4 weights are carried over; 2 of another shape")


def test_a_run_begins_with_the_weights_of_another(trained, capsys: pytest.CaptureFixture) -> None:
    path, first = trained
    capsys.readouterr()
    assert main(["train", str(path), "--epochs", "1", "--from", first.id]) == 0
    assert "4 of 4 weights are carried over." in capsys.readouterr().out
    store = RunStore(path.parent / "runs")
    second = next(run for run in store.runs() if run != first)
    assert second.series("loss")[0] < first.series("loss")[0]
    change = next(e for e in second.events() if isinstance(e, Changed) and e.what == "weights")
    assert (change.step, change.value["run"]) == (0, first.id)
    kept = read_tensors(second.folder / "checkpoints" / "0.safetensors")
    before = read_tensors(first.weights_path("last"))
    assert torch.equal(kept["objective.model.head.weight"], before["head.weight"])


def test_several_seeds_are_several_runs_with_a_spread(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    path = tmp_path / "p.netwright"
    file.save(templates.open_template("digits-mlp"), path)
    words = ["train", str(path), "--epochs", "1", "--seeds", "3", "--set", "seed=7"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "all 3, mean ± deviation" in said
    runs = RunStore(tmp_path / "runs").runs()
    assert sorted(run.project().plan.seed for run in runs) == [7, 8, 9]
    accuracy = spread([run.summary.best for run in runs])["accuracy"]
    assert str(accuracy) in said
    assert main([*words, "--run-dir", str(tmp_path / "x")]) == 2


def test_a_spread_is_of_a_sample() -> None:
    found = spread([{"loss": 1.0, "mae": 2.0}, {"loss": 3.0}, {}])
    assert list(found) == ["loss"]
    assert (found["loss"].mean, found["loss"].deviation) == (2.0, pytest.approx(math.sqrt(2)))
    assert str(spread([{"loss": 1.0}])["loss"]) == "1.0000"
    assert math.isnan(spread([{"loss": math.nan}])["loss"].mean)
    assert spread([]) == {}
