"""Metrics and devices, counted by hand."""

from __future__ import annotations

import pytest
import torch
from torch import tensor

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.training import devices
from graphcore.training.metrics import make_measures, measure_for

SCORES = tensor([[1.0, 2.0, 0.0], [3.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])


@pytest.mark.parametrize(
    ("metric", "loss", "prediction", "target", "expected"),
    [
        ("accuracy", "loss.CrossEntropyLoss", SCORES, tensor([1, 0, 0, 0]), 0.5),
        ("accuracy", "loss.NLLLoss", SCORES, tensor([1, 0, 2, 1]), 1.0),
        ("accuracy", "loss.CrossEntropyLoss", SCORES, SCORES.roll(1, 0), 0.25),
        ("accuracy", "loss.CrossEntropyLoss", torch.stack([SCORES, -SCORES], 2),
         tensor([[1, 1], [0, 0], [2, 2], [1, 1]]), 0.5),
        ("accuracy", "loss.BCEWithLogitsLoss", tensor([-1.0, 2.0, 3.0]),
         tensor([0.0, 1, 0]), 2 / 3),
        ("accuracy", "loss.BCELoss", tensor([0.4, 0.6, 0.7]), tensor([0.0, 1, 0]), 2 / 3),
        ("mae", "loss.MSELoss", tensor([1.0, 2.0]), tensor([0.0, 4.0]), 1.5),
    ],
)  # fmt: skip
def test_a_metric_is_what_one_counts(
    metric: str, loss: str, prediction: torch.Tensor, target: torch.Tensor, expected: float
) -> None:
    measure = measure_for(metric, loss)
    assert measure is not None
    found = measure(prediction, target)
    assert found.dtype == torch.float32
    assert found.shape == ()
    assert found.item() == pytest.approx(expected)


def test_the_ignored_class_does_not_count() -> None:
    measure = measure_for("accuracy", "loss.CrossEntropyLoss", 0)
    assert measure is not None
    assert measure(SCORES, tensor([1, 0, 0, 2])).item() == pytest.approx(0.5)


def test_what_does_not_fit_is_not_measured() -> None:
    assert measure_for("accuracy", "loss.MSELoss") is None
    assert measure_for("mae", "loss.KLDivLoss") is None


def test_several_terms_are_told_beside_their_sum() -> None:
    measures = make_measures(Plan(), {"a": "main", "b": "main"})
    assert measures.names == ("loss", "loss.a", "loss.b")
    results = {"a": tensor(1.0), "b": tensor(2.0)}
    scalars = measures.scalars(measures.losses(results), results, {})
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
