"""Numbers at random: seeded, bounded, labelled, and refused where they can't be."""

from __future__ import annotations

import numpy as np
import pytest

from graphcore.data.random_numbers import LABEL, random_options
from graphcore.data.sources import describe, read
from graphcore.errors import UserError
from graphcore.project.data import DataChoice, Field
from graphcore.types import Tensor

FIELDS = {
    "x": Field("x", Tensor((3, 4))),
    "tokens": Field("tokens", Tensor((7,), "int64"), vocabulary_size=11),
    "label": Field("label", Tensor((), "int64"), classes=5),
}


def test_the_numbers_are_of_the_types_within_their_bounds_and_the_same_for_a_seed() -> None:
    options = random_options(FIELDS, 40, seed=3)
    choice = describe("random", options, None)
    samples = read(choice, None)
    x, tokens, label = (samples.arrays[name] for name in FIELDS)
    assert (x.shape, x.dtype) == ((40, 3, 4), np.float32)
    assert (tokens.shape, tokens.dtype) == ((40, 7), np.int64)
    assert (tokens.min(), tokens.max()) == (0, 10)
    assert (label.min(), label.max(), label.shape) == (0, 4, (40,))
    assert not samples.changed
    facts = {f.name: (f.type, f.classes, f.vocabulary_size) for f in choice.fields}
    assert facts == {n: (f.type, f.classes, f.vocabulary_size) for n, f in FIELDS.items()}
    other = read(DataChoice("random", random_options(FIELDS, 40, seed=4)), None)
    assert not np.array_equal(other.arrays["x"], x)


def test_they_say_what_they_are() -> None:
    samples = read(DataChoice("random", random_options(FIELDS, 2)), None)
    assert samples.warnings == (LABEL,)
    assert "nothing can be learned" in LABEL


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "no fields"),
        ({"fields": {"x": {"type": "float32[2]"}}, "samples": 0}, "no fields"),
        ({"fields": {"x": {"type": "float32[2]"}}, "samples": "many"}, "“samples” can't be"),
        ({"fields": {"x": {"type": "float32[2]"}}, "seed": -1}, "“seed” can't be"),
        ({"fields": {"x": 7}}, "no type"),
        ({"fields": {"x": {"type": "bool[2]"}}}, "only float32 and int64"),
        ({"fields": {"x": {"type": "float32[T]"}}}, "only float32 and int64"),
        ({"fields": {"x": {"type": "int64[]", "below": 2.5}}}, "“below” can't be"),
        ({"fields": {"x": {"type": "float32[1000000]"}}, "samples": 100_000}, "more than 4 GB"),
    ],
)
def test_what_can_not_be_drawn_is_refused(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read(DataChoice("random", options), None)
