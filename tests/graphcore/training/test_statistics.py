"""A value in a few numbers."""

from __future__ import annotations

import math

import pytest
import torch

from graphcore.training.statistics import statistics_of


def test_shares_of_zeros_and_nan_are_of_all_numbers_and_the_rest_leaves_nan_out() -> None:
    found = statistics_of(torch.tensor([[0.0, 2.0], [math.nan, 4.0]], requires_grad=True))
    assert found is not None
    assert (found.shape, found.dtype) == ((2, 2), "float32")
    assert (found.low, found.high, found.mean) == (0, 4, 2)
    assert found.spread == pytest.approx(math.sqrt(8 / 3))
    assert (found.zeros, found.nans) == (0.25, 0.25)


def test_integers_truths_and_single_numbers_have_them_too() -> None:
    truths = statistics_of(torch.tensor([True, False]))
    assert truths is not None
    assert (truths.dtype, truths.mean, truths.zeros) == ("bool", 0.5, 0.5)
    single = statistics_of(torch.tensor(7))
    assert single is not None
    assert (single.shape, single.mean, single.spread) == ((), 7, 0)


def test_what_has_no_numbers_has_no_statistics() -> None:
    assert statistics_of(torch.zeros(0, 3)) is None
    assert statistics_of(torch.zeros(2, dtype=torch.complex64)) is None
    nothing = statistics_of(torch.full((2,), math.nan))
    assert nothing is not None
    assert math.isnan(nothing.mean)
    assert nothing.nans == 1
