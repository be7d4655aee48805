"""The shipped templates train, and the first one learns to read digits."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from graphcore.analysis.analyse import analyse
from graphcore.errors import UserError
from graphcore.project.edits import Set
from graphcore.project.templates import names, open_template
from graphcore.training.control import Control
from graphcore.training.events import EpochDone, Finished
from graphcore.training.runs import RunStore
from graphcore.training.session import train_project

DESIGNS = [n for n, _, _ in names() if not analyse(open_template(n)).parts.terms]
TRAINABLE = [name for name, _, _ in names() if name not in DESIGNS]


def test_digits_cnn_reads_digits_within_a_minute(tmp_path: Path) -> None:
    project = open_template("digits-cnn")
    run = RunStore(tmp_path).create(project)
    began = perf_counter()
    events = list(train_project(project, run, Control()))
    seconds = perf_counter() - began
    epochs = [event for event in events if isinstance(event, EpochDone)]
    assert isinstance(events[-1], Finished)
    assert epochs[-1].val["accuracy"] >= 0.97
    assert run.summary.best["accuracy"] >= epochs[-1].val["accuracy"]
    assert seconds < 60


@pytest.mark.parametrize("name", TRAINABLE)
def test_every_template_learns(name: str, tmp_path: Path) -> None:
    project = open_template(name)
    Set(("plan", "epochs"), 5).apply(project)
    run = RunStore(tmp_path).create(project)
    events = list(train_project(project, run, Control()))
    epochs = [event for event in events if isinstance(event, EpochDone)]
    assert isinstance(events[-1], Finished)
    assert epochs[-1].train["loss"] < epochs[0].train["loss"]
    assert epochs[-1].val["loss"] < epochs[0].val["loss"]


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_has_nothing_to_train(name: str, tmp_path: Path) -> None:
    project = open_template(name)
    with pytest.raises(UserError):
        list(train_project(project, RunStore(tmp_path).create(project), Control()))
