"""How often a run saves its state, and what it costs."""

from __future__ import annotations

from pathlib import Path

import pytest
from torch import Tensor

from graphcore.training import keeping
from graphcore.training.checkpoint import read_tensors
from graphcore.training.control import Control
from graphcore.training.loop import train
from graphcore.training.setup import Setup
from graphcore.training.writer import Writer
from tests.graphcore.training import toys


def put_by(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, seconds: float, is_busy: bool
) -> list[str]:
    """What three short epochs hand to a writer that last took so long, or still writes."""
    names: list[str] = []

    class Slow(Writer):
        def put(self, name: str, tensors: dict[str, Tensor], step: int) -> None:
            names.append(name)
            super().put(name, tensors, step)

        def __setattr__(self, name: str, value: object) -> None:
            told = {"seconds": seconds, "is_busy": is_busy}
            super().__setattr__(name, told.get(name, value))

    monkeypatch.setattr(keeping, "Writer", Slow)
    monkeypatch.setattr(keeping, "SAVED_EVERY", 0.0)
    how = toys.plan(epochs=3)
    for _ in train(toys.objective(), toys.data(), how, Control(), Setup(folder=folder)):
        pass
    return names


@pytest.mark.parametrize(("seconds", "is_busy"), [(100.0, False), (0.0, True)])
def test_what_is_dear_to_save_is_saved_more_rarely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, is_busy: bool
) -> None:
    names = put_by(tmp_path, monkeypatch, seconds=seconds, is_busy=is_busy)
    assert names == [
        "last.safetensors", "best.safetensors", "checkpoints/15.safetensors", "last.safetensors",
    ]  # fmt: skip


def test_whatever_it_costs_a_state_is_saved_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVED_AFTER", 0.0)
    names = put_by(tmp_path, monkeypatch, seconds=100.0, is_busy=True)
    assert sum(name.startswith("checkpoints") for name in names) == 4


def test_the_newest_weights_are_those_of_the_newest_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_by(tmp_path, monkeypatch, seconds=100.0, is_busy=False)
    state = read_tensors(tmp_path / "checkpoints" / "15.safetensors")
    last = read_tensors(tmp_path / "last.safetensors")
    assert last
    assert all(value.equal(state[f"objective.model.{name}"]) for name, value in last.items())
