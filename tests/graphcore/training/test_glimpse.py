"""A look at a value: a few numbers, a histogram and a small picture, as numpy says they are."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from graphcore.training.glimpse import BINS, MOST_NUMBERS, Glimpse, Taken, glimpses, taken


def glimpse(value: torch.Tensor) -> tuple[Taken, Glimpse]:
    took = taken(value)
    assert took is not None
    return took, glimpses([took])[0]


def random(*shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(1))


def test_a_glimpse_is_what_numpy_says() -> None:
    value = random(8, 6, 12, 12).relu()
    value[:, 2] = 0
    took, found = glimpse(value)
    low, high, mean, spread, zeros, dead, nans = found.numbers
    array = value.numpy()
    assert (low, high, nans) == (0, pytest.approx(array.max()), 0)
    assert (mean, spread) == (pytest.approx(array.mean()), pytest.approx(array.std()))
    assert (zeros, dead) == (pytest.approx((array == 0).mean()), pytest.approx(1 / 6))
    near, _ = np.histogram(array, BINS, (float(low), float(high)))
    assert np.abs(np.array(found.counts) - near).sum() <= 4  # what lies on an edge goes either way
    assert sum(found.counts) == value.numel()
    assert took.form == "map"
    assert len(found.picture) == found.size[0] * found.size[1]
    assert min(found.picture) >= 128  # nothing is below 0


@pytest.mark.parametrize("shape", [(16, 64, 60, 60), (8, 100, 768), (5000, 40), (300_000,)])
def test_a_large_value_is_judged_by_some_of_its_numbers(shape: tuple[int, ...]) -> None:
    value = random(*shape) * 3 + 2
    feature = {4: 1, 3: 2, 2: 1}.get(len(shape))
    if feature is not None:
        value.select(feature, 7).zero_()
    _, found = glimpse(value)
    _, _, mean, spread, zeros, dead, _ = found.numbers
    assert sum(found.counts) <= MOST_NUMBERS
    assert mean == pytest.approx(float(value.mean()), abs=0.2)
    assert spread == pytest.approx(float(value.std()), rel=0.05)
    assert zeros == pytest.approx(float((value == 0).float().mean()), abs=0.01)
    assert dead == pytest.approx(1 / shape[feature] if feature is not None else 0)


def test_a_checkerboard_is_neither_dead_nor_full() -> None:
    """What lies in every second place would be all or nothing to a look at every second place."""
    places = torch.arange(256)
    value = ((places[:, None] + places) % 2).float().expand(4, 8, 256, 256)
    _, _, mean, _, zeros, dead, _ = glimpse(value)[1].numbers
    assert (mean, zeros, dead) == (pytest.approx(0.5, abs=0.02), pytest.approx(0.5, abs=0.02), 0)


def test_what_is_overwritten_after_it_was_taken_is_still_seen() -> None:
    value = random(4, 3, 8, 8)
    took = taken(value)
    assert took is not None
    before = glimpses([took])
    value.zero_()
    assert glimpses([took]) == before


def test_a_picture_of_a_large_value_is_made_of_means() -> None:
    shades = torch.linspace(0, 1, 100).expand(2, 1, 100, 100)
    _, found = glimpse(shades)
    points = np.frombuffer(found.picture, np.uint8).reshape(64, 64)
    assert (points == points[0]).all()
    assert points[0, 0] == 0
    assert points[0, -1] == 255
    assert np.abs(points[0] - np.linspace(0, 255, 64)).max() < 4


@pytest.mark.parametrize(
    ("shape", "form", "size"),
    [
        ((4, 3, 32, 48), "image", (32, 48, 3)),
        ((4, 1, 128, 64), "image", (64, 64, 1)),
        ((4, 16, 8, 8), "map", (32, 32, 1)),
        ((4, 5, 2, 30, 30), "map", (64, 64, 1)),
        ((100, 10), "map", (64, 10, 1)),
        ((2, 7, 200), "map", (7, 64, 1)),
        ((9,), "", ()),
        ((), "", ()),
    ],
)
def test_the_picture_fits_the_value(
    shape: tuple[int, ...], form: str, size: tuple[int, ...]
) -> None:
    took, found = glimpse(random(*shape))
    assert (took.form, found.size, took.shape) == (form, size, shape)
    assert len(found.picture) == (np.prod(size) if size else 0)


def test_what_is_no_number_is_counted_apart() -> None:
    _, found = glimpse(torch.tensor([[1.0, float("nan")], [float("inf"), 3.0]]))
    assert found.numbers[:3] == (0, 3, 1)
    assert found.numbers[6] == 0.5
    assert max(found.picture) == 255
    assert taken(torch.empty(0, 3)) is None


@pytest.mark.parametrize("far", [0.0, 1e-38, 1e20, 3e38])
def test_numbers_of_any_size_have_a_histogram(far: float) -> None:
    _, found = glimpse(torch.tensor([[-far, far], [0.0, far]]))
    assert sum(found.counts) == 4
    assert found.numbers[:2] == pytest.approx((-far, far))
    if far > 1e-30:
        assert (found.counts[0], found.counts[-1]) == (1, 2)
