"""Metrics, beside those of scikit-learn; and devices."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import pytest
import sklearn.metrics
import torch
from torch import Tensor, tensor
from torch.nn import functional

from graphcore.analysis.result import Term, Value
from graphcore.errors import UserError
from graphcore.project.graph import NodeId
from graphcore.project.plan import Plan
from graphcore.training import devices
from graphcore.training.means import means
from graphcore.training.measuring.measures import measure_for
from graphcore.training.metric_choice import Comparison
from graphcore.training.metric_table import Task
from graphcore.training.metrics import Metric, make_measures
from graphcore.training.tally import Tally
from graphcore.training.totals import Totals

TERM = Term(NodeId("loss"), "loss", "loss.CrossEntropyLoss", Value(NodeId("head"), "output"),
            Value(NodeId("data"), "label"), 1.0, "main")  # fmt: skip
BATCHES = (7, 64, 29)


def drawn(seed: int, *shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def labels(classes: int, *shape: int) -> Tensor:
    return torch.randint(classes, shape, generator=torch.Generator().manual_seed(9))


def over_an_epoch(metric: str, of: Comparison, said: Tensor, true: Tensor) -> float:
    """What the run says of an epoch whose batches are not of one size."""
    measures = make_measures(
        Plan(), {"loss": "main"}, [Metric(metric, "said", "true", measure_for(metric, of))]
    )
    totals, tally = Totals(measures.metrics), Tally(measures.names)
    for said_part, true_part in zip(said.split(BATCHES), true.split(BATCHES), strict=True):
        measured = totals.add({"said": said_part}, {"true": true_part})
        tally.add(measures.scalars([tensor(0.0)], {}, measured))
    return (means(measures, tally.take(), list(BATCHES)) | totals.take())[metric]


def of(task: Task, **facts: object) -> Comparison:
    return Comparison(TERM, task, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("metric", "score"),
    [
        ("accuracy", sklearn.metrics.accuracy_score),
        ("precision", partial(sklearn.metrics.precision_score, average="macro")),
        ("recall", partial(sklearn.metrics.recall_score, average="macro", zero_division=0)),
        ("f1", partial(sklearn.metrics.f1_score, average="macro")),
        ("f1_micro", partial(sklearn.metrics.f1_score, average="micro")),
        ("iou", partial(sklearn.metrics.jaccard_score, average="macro")),
        ("dice", partial(sklearn.metrics.f1_score, average="macro")),
    ],
)
def test_classes_are_counted_as_scikit_learn_counts_them(
    metric: str, score: Callable[..., float]
) -> None:
    said, true = drawn(0, 100, 4), labels(4, 100)
    found = over_an_epoch(metric, of("classes"), said, true)
    assert found == pytest.approx(score(true.numpy(), said.argmax(1).numpy()), abs=1e-6)
    # Pixels are so many samples, and an ignored class is none.
    said, true = drawn(1, 100, 4, 3, 5), labels(4, 100, 3, 5)
    found = over_an_epoch(metric, of("pixels", ignored=2), said, true)
    kept = (true != 2).flatten()
    flat = true.flatten()[kept].numpy(), said.argmax(1).flatten()[kept].numpy()
    assert found == pytest.approx(score(*flat), abs=1e-6)


@pytest.mark.parametrize("count", [3, 5])
def test_the_true_class_among_the_likeliest(count: int) -> None:
    said, true = drawn(0, 100, 8), labels(8, 100)
    expected = sklearn.metrics.top_k_accuracy_score(true, said, k=count)
    assert over_an_epoch(f"top{count}", of("classes"), said, true) == pytest.approx(expected)
    kept = true != 1
    expected = sklearn.metrics.top_k_accuracy_score(
        true[kept], said[kept], k=count, labels=range(8)
    )
    found = over_an_epoch(f"top{count}", of("classes", ignored=1), said, true)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("metric", "score"),
    [
        ("accuracy", lambda true, said: (true == said).mean()),
        ("precision", sklearn.metrics.precision_score),
        ("recall", sklearn.metrics.recall_score),
        ("f1", sklearn.metrics.f1_score),
        ("iou", sklearn.metrics.jaccard_score),
    ],
)
def test_yes_or_no_is_counted_as_scikit_learn_counts_it(
    metric: str, score: Callable[..., float]
) -> None:
    one, truth = drawn(2, 100, 1), (drawn(3, 100) > 0.3).float()
    found = over_an_epoch(metric, of("binary"), one.squeeze(1), truth)
    assert found == pytest.approx(score(truth.numpy() > 0, one.squeeze(1).numpy() > 0), abs=1e-6)
    many, truths = drawn(4, 100, 3).sigmoid(), (drawn(5, 100, 3) > 0.2).float()
    found = over_an_epoch(metric, of("labels", scores="shares"), many, truths)
    how = {} if metric == "accuracy" else {"average": "macro"}
    assert found == pytest.approx(score(truths.numpy() > 0, many.numpy() > 0.5, **how), abs=1e-6)
    mask = over_an_epoch(
        metric, of("mask", scores="shares"), many[..., None, None], truths[..., None, None]
    )
    flat = truths.flatten().numpy() > 0, many.flatten().numpy() > 0.5
    assert mask == pytest.approx(score(*flat), abs=1e-6)


def test_the_area_under_the_curve_is_that_of_the_whole_epoch() -> None:
    area = sklearn.metrics.roc_auc_score
    said, true = drawn(6, 100, 4), labels(4, 100)
    expected = area(true, said.softmax(1), multi_class="ovr")
    assert over_an_epoch("auroc", of("classes"), said, true) == pytest.approx(expected)
    logs = of("classes", scores="logs")
    assert over_an_epoch("auroc", logs, said.log_softmax(1), true) == pytest.approx(expected)
    # Rounded scores tie, and a tie counts half.
    one, truth = drawn(7, 100).round(), (drawn(8, 100) > 0).float()
    assert over_an_epoch("auroc", of("binary"), one, truth) == pytest.approx(area(truth, one))
    many, truths = drawn(4, 100, 3), (drawn(5, 100, 3) > 0.2).float()
    assert over_an_epoch("auroc", of("labels"), many, truths) == pytest.approx(area(truths, many))


def test_perplexity_counts_tokens_and_not_batches() -> None:
    said, true = drawn(0, 100, 6, 5), labels(6, 100, 5)
    flat = said.movedim(1, 2).reshape(-1, 6).double().softmax(1)
    expected = math.exp(sklearn.metrics.log_loss(true.flatten(), flat))
    assert over_an_epoch("perplexity", of("tokens"), said, true) == pytest.approx(expected)
    logs = over_an_epoch("perplexity", of("tokens", scores="logs"), said.log_softmax(1), true)
    assert logs == pytest.approx(expected)
    kept = (true != 3).flatten()
    expected = math.exp(sklearn.metrics.log_loss(true.flatten()[kept], flat[kept], labels=range(6)))
    ignoring = of("tokens", ignored=3)
    assert over_an_epoch("perplexity", ignoring, said, true) == pytest.approx(expected)


@pytest.mark.parametrize("ignored", [-100, 3])
def test_perplexity_is_read_off_a_plain_loss(ignored: int) -> None:
    said, true = drawn(0, 100, 6, 5), labels(6, 100, 5)
    full = over_an_epoch("perplexity", of("tokens", ignored=ignored), said, true)
    losses = [
        2 * functional.cross_entropy(*part, ignore_index=ignored)
        for part in zip(said.split(BATCHES), true.split(BATCHES), strict=True)
    ]
    totals = Totals([Metric("perplexity", "loss", "true", measure_for(
        "perplexity", of("tokens", ignored=ignored, plain_weight=2.0)))])  # fmt: skip
    for loss, part in zip(losses, true.split(BATCHES), strict=True):
        (step,) = totals.add({"loss": loss}, {"true": part})
        assert step.item() == pytest.approx(math.exp(loss.item() / 2), rel=1e-5)
    assert totals.take()["perplexity"] == pytest.approx(full, rel=1e-5)


@pytest.mark.parametrize(
    ("metric", "score"),
    [
        ("mae", sklearn.metrics.mean_absolute_error),
        ("rmse", sklearn.metrics.root_mean_squared_error),
        ("r2", sklearn.metrics.r2_score),
    ],
)
@pytest.mark.parametrize("columns", [(), (3,)])
def test_numbers_are_measured_as_scikit_learn_measures_them(
    metric: str, score: Callable[..., float], columns: tuple[int, ...]
) -> None:
    true = drawn(0, 100, *columns) + 1000.0  # a mean far from zero must not eat the digits
    said = true + 0.5 * drawn(1, 100, *columns)
    if metric == "rmse" and columns:
        score = lambda true, said: ((true - said) ** 2).mean() ** 0.5  # noqa: E731
    expected = score(true.double().numpy(), said.double().numpy())
    found = over_an_epoch(metric, of("numbers"), said, true)
    assert found == pytest.approx(expected, rel=1e-5)


def test_a_target_that_never_changes_is_explained_or_not() -> None:
    true = torch.ones(100)
    assert over_an_epoch("r2", of("numbers"), true, true) == 1
    assert over_an_epoch("r2", of("numbers"), true + 1, true) == 0


def test_a_picture_stands_out_of_its_error() -> None:
    true = torch.rand(100, 1, 4, 4, generator=torch.Generator().manual_seed(0))
    said = true + 0.1
    found = over_an_epoch("psnr", of("picture", span=1.0), said, true)
    assert found == pytest.approx(20, abs=1e-4)  # 10 log10 of 1 over 0.1 squared


def test_a_state_is_taken_up_in_another_process() -> None:
    said, true = drawn(0, 100, 4), labels(4, 100)
    how = of("classes")
    metrics = [
        Metric(name, "said", "true", measure_for(name, how)) for name in ("f1", "auroc", "iou")
    ]
    whole, first, second = Totals(metrics), Totals(metrics), Totals(metrics)
    whole.add({"said": said}, {"true": true})
    first.add({"said": said[:30]}, {"true": true[:30]})
    second.load(first.state())
    second.add({"said": said[30:]}, {"true": true[30:]})
    assert second.take() == whole.take()
    assert second.take() == {}


def test_several_terms_are_told_beside_their_sum() -> None:
    measures = make_measures(Plan(), {"a": "main", "b": "main"})
    assert measures.names == ("loss", "loss.a", "loss.b")
    results = {"a": tensor(1.0), "b": tensor(2.0)}
    scalars = measures.scalars(measures.losses(results), results, [])
    assert [value.item() for value in scalars] == [3.0, 1.0, 2.0]


def test_the_cpu_is_always_there_and_auto_finds_something() -> None:
    names = [name for name, _ in devices.devices()]
    assert names[-1] == "cpu"
    assert str(devices.choose("auto")) == names[0]
    assert devices.choose("cpu").type == "cpu"


@pytest.mark.parametrize("name", ["cuda:99", "nonsense", "cpu:7"])
def test_a_device_that_is_not_there_is_a_sentence(name: str) -> None:
    with pytest.raises(UserError, match="has no device"):
        devices.choose(name)


def test_a_gpu_that_this_torch_can_not_use_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices.torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(devices.torch.version, "cuda", None)
    monkeypatch.setattr(devices, "_has_nvidia", lambda: False)
    assert devices.advice() == ""
    monkeypatch.setattr(devices, "_has_nvidia", lambda: True)
    assert "built for the CPU alone" in devices.advice()
    with pytest.raises(UserError, match="install a CUDA build"):
        devices.choose("cuda")
    monkeypatch.setattr(devices.torch.version, "cuda", "13.0")
    assert "CUDA 13.0" in devices.advice()
