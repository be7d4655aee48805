"""Splits: every sample once, the same every time, each class in its share."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphcore.data.facts import class_field
from graphcore.data.samples import Samples
from graphcore.data.splits import split
from graphcore.project.data import DataChoice, Split

shares = st.one_of(st.floats(-1, 2), st.sampled_from([math.nan, math.inf, -math.inf, 0.0, 0.2]))


PINNED = [3, 4, 6, 11, 12, 13]


def divide(labels: list[int], wanted: Split) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    samples = Samples({"label": np.array(labels, dtype=np.int64)})
    names = [str(number) for number in range(10)]
    choice = DataChoice("npz", {}, (class_field("label", names),), len(labels), split=wanted)
    parts = split(choice, samples)
    return parts.train, parts.validation, parts.test


@given(st.lists(st.integers(0, 9), max_size=120), shares, shares, st.integers(), st.booleans())
def test_every_sample_is_in_one_part(
    labels: list[int], validation: float, test: float, seed: int, stratify: bool
) -> None:
    parts = divide(labels, Split(validation, test, seed, stratify))
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(labels)))
    assert len(parts[0]) >= min(len(labels), 1)
    if len(labels) >= 2 and validation > 0 and math.isfinite(validation):
        assert len(parts[1]) >= 1


def test_parts_hold_each_class_in_its_share() -> None:
    labels = [0] * 100 + [1] * 40 + [2] * 10
    _, validation, test = divide(labels, Split(0.2, 0.1, 3))
    for part, share in ((validation, 0.2), (test, 0.1)):
        counts = np.bincount(np.array(labels)[part], minlength=3)
        np.testing.assert_allclose(counts, np.array([100, 40, 10]) * share, atol=1)


def test_a_seed_always_gives_the_same_parts_on_any_machine() -> None:
    first = divide([0, 1] * 10, Split(0.3, 0.0, 7))
    again = divide([0, 1] * 10, Split(0.3, 0.0, 7))
    other = divide([0, 1] * 10, Split(0.3, 0.0, 8))
    assert first[1].tolist() == again[1].tolist() == PINNED
    assert other[1].tolist() != PINNED


def test_without_stratification_labels_play_no_part() -> None:
    plain = Split(0.3, 0.0, 7, stratify=False)
    assert divide([0] * 5 + [1] * 15, plain)[1].tolist() == divide([1] * 20, plain)[1].tolist()
