"""Steps of a number: whole ones by one, decimal ones in their first digit, within bounds."""

from __future__ import annotations

import pytest

from graphcore.kinds.params import Choice, Float, Int, ParamType, Size
from graphcore.kinds.stepping import doubled, stepped

SHARE = Float(0, 1)


@pytest.mark.parametrize(
    ("kind", "value", "steps", "after"),
    [
        (Int(1), 16, 1, 17), (Int(1), 16, -10, 6), (Int(1), 3, -10, 1), (Int(0, 8), 7, 5, 8),
        (Float(), 0.2, 1, 0.3), (Float(), 1.0, -1, 0.9), (Float(), 1e-5, 1, 2e-5),
        (Float(), 1e-5, -1, 9e-6), (Float(), 0.0, 1, 0.1), (Float(), -1.0, 1, -0.9),
        (SHARE, 0.9, 3, 1.0), (SHARE, 0.1, -100, 0.0), (Float(), 2, 1, 3.0),
        (Size(2, 1), 3, 2, 5), (Size(2, 1), (3, 5), 2, (5, 7)), (Size(2, 1), (1, 5), -2, (1, 3)),
        (Size(2, 1, ("same",)), "same", 1, None), (Choice(("a",)), 1, 1, None),
        (Int(), True, 1, None),
    ],
)  # fmt: skip
def test_a_step(kind: ParamType, value: object, steps: int, after: object) -> None:
    found = stepped(kind, value, steps)
    if isinstance(found, float) and found and steps < -50:
        assert abs(found) < 1e-6  # smaller and smaller, never below the bound
    else:
        assert (found, type(found)) == (after, type(after))


def test_twice_and_half() -> None:
    assert doubled(Int(1), 16, is_half=False) == 32
    assert doubled(Int(1), 1, is_half=True) == 1
    assert doubled(Size(2, 1), (3, 8), is_half=True) == (1, 4)
    assert doubled(SHARE, 0.6, is_half=False) == 1.0
    assert doubled(Int(1), "same", is_half=False) is None
