"""Samples that aren't held: they are what they would be in memory, read when they are asked for."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from graphcore.data.loaders import tensors
from graphcore.data.samples import Samples
from graphcore.data.sources import examine, read
from graphcore.data.stream import Stream, model_bytes, workers_for
from graphcore.errors import UserError
from graphcore.project.data import DataChoice

CPU = torch.device("cpu")


@pytest.fixture
def tiny_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphcore.data.samples.MOST_BYTES", 100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    draws = np.random.default_rng(0)
    for number in range(10):
        path = tmp_path / "ab"[number % 2] / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(draws.integers(0, 255, (5, 4, 3), dtype=np.uint8)).save(path)
    return tmp_path


def streamed(choice: DataChoice, samples: Samples, order: list[int], workers: int = 0) -> list:
    stream = Stream(choice, samples, np.arange(len(samples)), CPU, workers)
    found = list(stream.batches(torch.tensor(order), 4))
    stream.close()
    return found


def joined(batches: list, name: str) -> torch.Tensor:
    return torch.cat([batch[name] for batch in batches])


def test_pictures_left_in_their_files_are_what_they_are_in_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice, held = examine("images", {"path": str(folder)}, None)
    monkeypatch.setattr("graphcore.data.samples.MOST_BYTES", 100)
    left = read(choice, None)
    order = [3, 1, 9, 0, 2, 8, 7]
    batches = streamed(choice, left, order)
    assert [len(batch["image"]) for batch in batches] == [4, 3]
    for name, values in tensors(choice, held).items():
        assert torch.equal(joined(batches, name), values[order])
    assert not left.changed


@pytest.mark.usefixtures("tiny_memory")
def test_facts_of_pictures_that_cannot_be_held(folder: Path) -> None:
    choice, samples = examine("images", {"path": str(folder)}, None)
    assert choice.samples == 10
    assert (choice.fields[0].low, choice.fields[0].high) == (0, 255)
    assert len(choice.fields[0].mean) == 3
    assert samples.bytes == 10 * 60 + 80


@pytest.mark.parametrize(
    "values",
    [
        np.arange(120, dtype=np.uint8).reshape(10, 4, 3),
        np.arange(360, dtype=np.uint8).reshape(10, 4, 3, 3),
        np.linspace(-3, 3, 50).reshape(10, 5),
        np.arange(40, dtype=np.int16).reshape(10, 4),
    ],
    ids=["gray", "colors last", "doubles", "whole numbers"],
)
def test_arrays_read_in_place_are_what_they_are_in_memory(
    tmp_path: Path, values: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = np.arange(10) % 2
    np.savez(tmp_path / "a.npz", x=values, y=labels)
    choice, held = examine("npz", {"path": str(tmp_path / "a.npz")}, None)
    monkeypatch.setattr("graphcore.data.samples.MOST_BYTES", 100)
    left = read(choice, None)
    assert not isinstance(left.arrays["x"], np.ndarray)
    assert left.arrays["x"].shape == held.arrays["x"].shape
    batches = streamed(choice, left, list(range(10)))
    for name, known in tensors(choice, held).items():
        assert torch.equal(joined(batches, name), known)


@pytest.mark.usefixtures("tiny_memory")
def test_a_large_array_with_nan_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=np.full((40, 5), np.nan), y=np.arange(40) % 2)
    with pytest.raises(UserError, match="too large to leave them out"):
        examine("npz", {"path": str(tmp_path / "a.npz")}, None)


@pytest.mark.usefixtures("tiny_memory")
def test_a_picture_that_breaks_later_is_left_out_and_told_once(folder: Path) -> None:
    choice, samples = examine("images", {"path": str(folder)}, None)
    good = (folder / "a" / "0.png").read_bytes()
    (folder / "a" / "2.png").write_bytes(good[: len(good) // 2])
    stream = Stream(choice, samples, np.arange(10), CPU)
    order = torch.arange(10)
    sizes = [len(batch["label"]) for _ in range(2) for batch in stream.batches(order, 5)]
    assert sizes == [4, 5, 4, 5]
    assert stream.complaints() == ["A picture can't be read and is left out of training: “2.png”."]
    assert stream.complaints() == []


@pytest.mark.usefixtures("tiny_memory")
def test_a_folder_that_is_gone_ends_with_a_sentence(folder: Path) -> None:
    choice, samples = examine("images", {"path": str(folder)}, None)
    for path in folder.glob("*/*.png"):
        path.unlink()
    stream = Stream(choice, samples, np.arange(10), CPU)
    with pytest.raises(UserError, match="None of the 5 samples"):
        list(stream.batches(torch.arange(10), 5))


def test_streaming_draws_no_random_number_of_the_run(tmp_path: Path) -> None:
    choice, samples = examine("sample", {"name": "iris"}, None)
    torch.manual_seed(0)
    before = torch.get_rng_state()
    streamed(choice, samples, [0, 1, 2])
    assert torch.equal(torch.get_rng_state(), before)


@pytest.fixture
def workers_end() -> Iterator[None]:
    """Workers of a test end with it, and so does the process that makes them."""
    yield
    from multiprocessing import forkserver, resource_tracker

    forkserver._forkserver._stop()  # type: ignore[attr-defined]
    resource_tracker._resource_tracker._stop()  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.usefixtures("workers_end")
def test_workers_give_the_same_batches_in_the_same_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice, _ = examine("images", {"path": str(folder)}, None)
    monkeypatch.setattr("graphcore.data.samples.MOST_BYTES", 100)
    left = read(choice, None)
    order = [3, 1, 9, 0, 2, 8, 7, 6, 5, 4]
    alone, together = (streamed(choice, left, order, workers) for workers in (0, 2))
    assert torch.equal(joined(together, "image"), joined(alone, "image"))
    assert torch.equal(joined(together, "label"), joined(alone, "label"))


def test_the_number_of_workers_is_ours_unless_it_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice, held = examine("images", {"path": str(folder)}, None)
    assert workers_for(held, 3) == 3
    assert workers_for(held) == 0
    monkeypatch.setattr("graphcore.data.samples.MOST_BYTES", 100)
    assert workers_for(read(choice, None)) >= 1


def test_what_all_samples_take_as_the_model_sees_them() -> None:
    choice, samples = examine("sample", {"name": "iris"}, None)
    assert model_bytes(choice, samples) == 150 * (4 * 4 + 8)
