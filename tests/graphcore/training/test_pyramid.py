"""The pyramid: what it draws looks like the values, and its means are means."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphcore.training.pyramid import Pyramid


def filled(values: np.ndarray, pieces: int = 3) -> Pyramid:
    """The values, appended in pieces."""
    made = Pyramid()
    for piece in np.array_split(values, pieces):
        made.extend(piece)
    return made


def noise(count: int) -> np.ndarray:
    return np.random.default_rng(0).standard_normal(count).astype(np.float32)


@given(st.integers(0, 5000), st.integers(1, 40))
def test_all_values_are_kept_in_order(count: int, pieces: int) -> None:
    values = noise(count)
    made = filled(values, pieces)
    assert len(made) == count
    np.testing.assert_array_equal(made.values, values)


@given(st.lists(st.integers(0, 6000), min_size=1, max_size=8), st.data())
def test_looks_between_appends_change_nothing(sizes: list[int], data: st.DataObject) -> None:
    values, made = noise(sum(sizes)), Pyramid()
    for begin, end in zip(np.cumsum([0, *sizes]), np.cumsum(sizes), strict=False):
        made.extend(values[begin:end])
        look = data.draw(st.sampled_from(["outline", "means", "settle", ""]))
        if look == "outline":
            made.outline(0, len(made), 50)
        elif look == "means" and len(made):
            made.means([len(made) - 1], 5)
        elif look == "settle":
            made.settle()
    whole = filled(values, 1)
    at = np.unique(np.linspace(0, max(0, len(values) - 1), 50).astype(int))
    np.testing.assert_array_equal(
        made.outline(0, len(values), 40), whole.outline(0, len(values), 40)
    )
    if len(values):
        np.testing.assert_allclose(made.means(at, 30), whole.means(at, 30))


def test_a_short_series_is_drawn_exactly() -> None:
    values = noise(300)
    x, y = filled(values).outline(10, 200, 400)
    np.testing.assert_array_equal(x, np.arange(10, 200))
    np.testing.assert_array_equal(y, values[10:200])


@given(st.integers(4000, 200_000), st.integers(0, 3999))
def test_a_spike_is_seen_at_any_length(count: int, place: int) -> None:
    values = np.zeros(count, np.float32)
    values[place] = 9
    x, y = filled(values).outline(0, count, 300)
    assert y.max() == 9
    assert abs(x[int(y.argmax())] - place) <= count / 300 * 3
    assert len(y) <= 300 * 40


def test_long_series_stay_few_points() -> None:
    values = noise(1_000_000)
    x, y = filled(values).outline(0, 1_000_000, 800)
    assert len(y) < 10_000
    assert np.all(np.diff(x) > 0)


@given(st.integers(1, 3000), st.integers(1, 500), st.integers(0, 2999))
def test_means_are_those_of_the_values_around(count: int, width: int, place: int) -> None:
    values = noise(count)
    place = min(place, count - 1)
    before = min((width - 1) // 2, place)
    after = min(before, count - 1 - place)
    wanted = values[place - before : place + after + 1].astype(np.float64).mean()
    assert abs(filled(values).means([place], width)[0] - wanted) < 1e-5


def test_what_is_no_number_leaves_a_hole_and_spoils_nothing() -> None:
    values = noise(200)
    values[50:60] = np.nan
    values[100] = np.inf
    made = filled(values)
    assert np.isnan(made.means([55], 1)[0])
    around = np.delete(values[90:111], 10)
    assert abs(made.means([100], 21)[0] - around.mean()) < 1e-5
    assert np.isfinite(made.outline(0, 200, 10)[1]).sum() > 10
