"""Which metrics a drawing's losses get, and that a run measures them over whole epochs."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.errors import UserError
from graphcore.project.edits import RemoveNode, Set
from graphcore.project.templates import open_template
from graphcore.training.control import Control
from graphcore.training.judging import score
from graphcore.training.loop import train
from graphcore.training.measuring.measures import measure_for
from graphcore.training.metric_choice import (
    Comparison,
    chosen_metrics,
    comparisons,
    fitting,
)
from graphcore.training.metric_table import METRICS, is_higher_better, title_of
from graphcore.training.metrics import Metric
from graphcore.training.prepare import prepare
from graphcore.training.setup import Setup
from tests.graphcore.training import toys
from tests.graphcore.training.tasks import CASES

BY_DEFAULT = {
    "pixels": ["accuracy", "iou"], "mask": ["accuracy", "iou"],
    "tokens": ["accuracy", "perplexity"], "numbers": ["mae"],
    "labels": ["accuracy"], "binary": ["accuracy"],
}  # fmt: skip


@pytest.mark.parametrize("task", CASES)
def test_a_loss_gets_the_metrics_of_its_task(task: str) -> None:
    project = CASES[task].copy()
    analysis = analyse(project)
    assert [found.task for found in comparisons(project, analysis)] == [task]
    assert [choice.name for choice in chosen_metrics(project, analysis)] == BY_DEFAULT[task]
    # All that fit are measured, once they are asked for.
    names = tuple(part.name for part in fitting(project, analysis))
    assert len(names) > 2
    Set(("plan", "metrics"), names).apply(project)
    ready = prepare(project, None, "cpu")
    setup = Setup(terms=ready.code.objectives, metrics=ready.metrics)
    (epoch,) = toys.epochs(train(ready.objective, ready.data, project.plan, Control(), setup))
    assert {*names, "loss"} == set(epoch.train) == set(epoch.val)


def test_every_output_has_metrics_of_its_own() -> None:
    project = open_template("two-heads")
    analysis = analyse(project)
    names = [choice.name for choice in chosen_metrics(project, analysis)]
    assert names == ["accuracy", "mae", "accuracy.aux_head"]
    assert title_of("accuracy.aux_head") == "Accuracy · aux_head"
    ready = prepare(project, None, "cpu")
    assert [metric.name for metric in ready.metrics] == names


def test_the_plan_chooses() -> None:
    project = open_template("digits-mlp")
    Set(("plan", "metrics"), ("f1", "top3", "mae")).apply(project)
    found = chosen_metrics(project, analyse(project))
    assert [choice.name for choice in found] == ["top3", "f1"]  # mae fits no loss of classes
    few = open_template("iris")
    assert "top3" not in [part.name for part in fitting(few, analyse(few))]


def test_more_is_better_of_some() -> None:
    assert is_higher_better("accuracy")
    assert is_higher_better("iou.scores")
    assert not is_higher_better("rmse")
    assert not is_higher_better("loss.aux")
    assert all(part.by_default for part in METRICS.values() if part.name in ("accuracy", "mae"))


def metrics_of_epochs() -> tuple[Metric, ...]:
    """F1 and AUROC of the toys' two classes."""
    term = comparisons(*_classifier())[0].term
    of = Comparison(term, "classes")
    keys = toys.ACCURACY.prediction, toys.ACCURACY.target
    return tuple(Metric(name, *keys, measure_for(name, of)) for name in ("f1", "auroc"))


def _classifier():
    project = open_template("digits-mlp")
    return project, analyse(project)


def test_an_epoch_that_was_broken_off_is_measured_whole(tmp_path: Path) -> None:
    plan, metrics = toys.plan(epochs=3, monitor="f1"), metrics_of_epochs()
    whole = toys.epochs(toys.events(how=plan, metrics=metrics))
    control = Control()
    model = toys.objective()
    calls = []

    def stop_at_eight(*_: object) -> None:
        calls.append(1)
        if len(calls) == 8:
            control.stop()

    model.register_forward_pre_hook(stop_at_eight)
    toys.events(model=model, how=plan, control=control, folder=tmp_path, metrics=metrics)
    (checkpoint,) = (tmp_path / "checkpoints").iterdir()
    assert int(checkpoint.stem) % 5  # in the middle of an epoch
    rest = toys.events(how=plan, folder=tmp_path / "rest", resume=checkpoint, metrics=metrics)
    assert [(e.train, e.val, e.best) for e in toys.epochs(rest)] == [
        (e.train, e.val, e.best) for e in whole[-2:]
    ]


def test_the_best_epoch_may_be_the_one_of_a_metric_of_whole_epochs() -> None:
    found = toys.epochs(
        toys.events(how=toys.plan(epochs=4, monitor="auroc"), metrics=metrics_of_epochs())
    )
    best = 0.0
    for epoch in found:
        assert epoch.best == (epoch.val["auroc"] > best) or epoch.val["auroc"] == best
        best = max(best, epoch.val["auroc"])
    with pytest.raises(UserError, match="Nothing named “iou” is measured"):
        toys.events(how=toys.plan(monitor="iou"), metrics=metrics_of_epochs())


def test_metrics_leave_the_steps_as_they_are() -> None:
    plain = toys.events(metrics=())
    torch.rand(3)
    measured = toys.events(metrics=metrics_of_epochs())
    assert toys.series(plain, "loss") == toys.series(measured, "loss")


def test_as_many_right_answers_in_other_batches_are_told_apart_by_the_loss() -> None:
    earlier = score({"accuracy": 0.10027855165655566, "loss": 2.4503})
    later = score({"accuracy": 0.1002785517810779, "loss": 2.6146})
    assert earlier is not None
    assert later is not None
    assert earlier > later
    one_more = score({"accuracy": 37 / 359, "loss": 9.0})
    assert one_more is not None
    assert one_more > earlier


@pytest.mark.parametrize("name", ["digits", "head"])
def test_what_was_drawn_when_it_was_analysed_may_be_gone(name: str) -> None:
    project = open_template("digits-mlp")
    analysis = analyse(project)
    assert comparisons(project, analysis)
    node = project.graph.by_name(name)
    assert node is not None
    RemoveNode(node.id).apply(project)
    assert comparisons(project, analysis) == ()
