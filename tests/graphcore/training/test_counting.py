"""Which losses are means over the targets that count, and where these targets are found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graphcore.project import templates
from graphcore.project.edits import SetParam
from graphcore.project.project import Project
from graphcore.training.control import Control
from graphcore.training.counting import uncounted
from graphcore.training.events import Event, StepsDone
from graphcore.training.prepare import prepare
from graphcore.training.runs import RunStore
from graphcore.training.session import train_project
from tests.drawing import Drawing, digits_choice


def iris(**params: object) -> Project:
    """The template, with these params of its loss."""
    project = templates.open_template("iris")
    for name, value in params.items():
        SetParam("loss", name, value).apply(project)
    return project


@pytest.mark.parametrize(
    ("params", "counted"),
    [
        ({}, {}),
        ({"ignore_index": 7}, {}),  # no class of that number
        ({"ignore_index": 1}, {"loss": "label"}),
        ({"ignore_index": 1, "reduction": "sum"}, {}),
    ],
)
def test_only_what_may_leave_targets_out_is_counted(
    params: dict[str, object], counted: dict[str, str]
) -> None:
    assert prepare(iris(**params), None, "cpu").counted == counted


def trained(project: Project, folder: Path, **plan: object) -> list[Event]:
    project.plan = replace(project.plan, epochs=2, threads=1, **plan)
    return list(train_project(project, RunStore(folder).create(project), Control(), device="cpu"))


def losses(events: list[Event]) -> list[float]:
    return [v for e in events if isinstance(e, StepsDone) for v in e.values["loss"]]


def test_steps_of_several_batches_are_those_of_one_large_one(tmp_path: Path) -> None:
    one = trained(iris(ignore_index=1), tmp_path, batch_size=32)
    pieces = trained(iris(ignore_index=1), tmp_path, batch_size=8, accumulate=4)
    assert losses(pieces) == pytest.approx(losses(one), rel=1e-5)


def with_targets(kind: str, **params: object) -> Project:
    """Digits told apart, their labels taken through one more node on the way to the loss."""
    drawing = Drawing(digits_choice())
    data = drawing.add("data.Dataset")
    scores = drawing.add("nn.Linear", drawing.add("nn.Flatten", (data, "image")), out_features=10)
    label = drawing.add(kind, (data, "label"), **params)
    drawing.add("loss.CrossEntropyLoss", scores, label, name="loss", ignore_index=3)
    return drawing.project


def test_targets_that_are_but_moved_are_counted() -> None:
    assert prepare(with_targets("ops.clone"), None, "cpu").counted == {"loss": "label"}


def test_of_targets_that_are_computed_the_run_says_that_they_are_not_counted() -> None:
    project = with_targets("ops.abs")
    ready = prepare(project, None, "cpu")
    assert ready.counted == {"loss": None}
    assert not ready.warnings
    project.plan = replace(project.plan, accumulate=2)
    (sentence,) = prepare(project, None, "cpu").warnings
    assert "The targets of “loss” are computed" in sentence
    assert uncounted(project.plan, {"loss": "label"}) == ()
