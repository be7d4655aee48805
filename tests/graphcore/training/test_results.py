"""Predictions beside the truth: counted, sorted, and found again behind a cell."""

from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics

from graphcore.data.sources import read
from graphcore.data.splits import split
from graphcore.errors import UserError
from graphcore.project.data import Field
from graphcore.project.project import Project
from graphcore.project.templates import open_template
from graphcore.training import results
from graphcore.training.predict import Predictor
from graphcore.training.results import Result, examine
from graphcore.types import Tensor
from tests.graphcore.training.tasks import CASES, ONE, VECTOR, drawn

FORMS = {"pixels": "areas", "mask": "areas", "tokens": "areas", "numbers": "numbers",
         "labels": "labels", "binary": "classes"}  # fmt: skip


def untrained(project: Project) -> tuple[Result, ...]:
    """What the initial weights make of the validation samples."""
    return examine(Predictor(project, None), project, read(project.data, None))


@pytest.mark.parametrize("task", CASES)
def test_every_task_is_counted(task: str) -> None:
    project = CASES[task].copy()
    (found,) = untrained(project)
    samples = read(project.data, None)
    assert found.form == FORMS[task]
    assert list(found.rows) == list(split(project.data, samples).validation)
    errors = found.error[found.order(worst=True)]
    assert list(errors) == sorted(errors, reverse=True)
    assert list(found.order(worst=False)[:1]) == [int(found.error.argmin())]
    if found.form == "numbers":
        raw = samples.arrays["size"][found.rows]
        assert found.error == pytest.approx(np.abs(found.said - raw).mean(1))
    elif found.form == "labels":
        flat = sklearn.metrics.multilabel_confusion_matrix(found.true, found.said)
        assert found.counts[:, 0] == pytest.approx(flat[:, 1, 1])
        assert found.counts[:, 2] == pytest.approx(flat[:, 0, 1])
        assert found.counts.sum() == found.true.size
    else:
        names = range(len(found.class_names))
        expected = sklearn.metrics.confusion_matrix(
            found.true.ravel().astype(int), found.said.ravel().astype(int), labels=names
        )
        assert found.counts.tolist() == expected.tolist()


@pytest.mark.parametrize("task", ["pixels", "labels", "binary"])
def test_a_cell_leads_to_its_samples(task: str) -> None:
    (found,) = untrained(CASES[task].copy())
    for row, column in np.argwhere(found.counts >= 0):
        places = found.at(int(row), int(column))
        if task == "pixels":
            hits = ((found.true == row) & (found.said == column)).sum((1, 2))
            assert set(places) == set(np.flatnonzero(hits))
            assert list(hits[places]) == sorted(hits[places], reverse=True)
        else:
            assert len(places) == found.counts[row, column]


def test_classes_that_are_missed_are_the_worst() -> None:
    project = open_template("digits-mlp")
    (found,) = untrained(project)
    assert found.form == "classes"
    assert found.part == "validation"
    assert found.class_names == tuple("0123456789")
    assert found.right == pytest.approx((found.said == found.true).mean())
    worst = found.order(worst=True)[0]
    assert found.said[worst] != found.true[worst]
    surprise = -np.log(found.shares[worst, found.true[worst]])
    assert found.error[worst] == pytest.approx(surprise, rel=1e-5)


def test_each_output_has_its_own() -> None:
    found = untrained(open_template("two-heads"))
    assert [(result.output, result.form) for result in found] == [
        ("scores", "classes"), ("redrawn", "picture"),
    ]  # fmt: skip
    redrawn = found[1]
    assert redrawn.said.shape == redrawn.true.shape
    # As they were read, and not as the model sees them.
    assert redrawn.true.max() == 16


def test_what_does_not_fit_the_memory_is_a_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST_BYTES", 20_000)
    (found,) = untrained(open_template("digits-autoencoder"))
    assert 0 < len(found) < found.of
    assert np.diff(found.rows).min() > 0
    assert found.rows[-1] > 1000


def test_without_a_true_value_it_says_what_to_do() -> None:
    project = drawn(VECTOR, Field("size", Tensor((1,))), "loss.KLDivLoss", ONE)
    with pytest.raises(UserError, match="compared with a field"):
        untrained(project)
