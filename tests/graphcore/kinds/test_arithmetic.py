"""Sums in number fields: worked out, bounded, never run."""

from __future__ import annotations

import pytest

from graphcore.errors import UserError
from graphcore.kinds.arithmetic import is_sum, worked_out


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("64*7*7", 3136), ("2**10", 1024), ("(3+1)//2", 2), (" 7 % 4 ", 3), ("1/4", 0.25),
        ("-3", -3), ("+3", 3), ("64×7", 448), ("2^5", 32), ("8 ÷ 2", 4.0), ("4−1", 3),
        ("1_000", 1000), ("1e-3", 0.001), ("max(3, 5)", 5), ("True", True), ("None", None),
        ("3, 1+1", (3, 2)), ("[[1, 2], [3, 4*4]]", ((1, 2), (3, 16))), ("[]", ()),
        ("inf", "inf"), ("-inf", "-inf"), ("[1, -inf]", (1, "-inf")),
    ],
)  # fmt: skip
def test_a_sum_is_worked_out(text: str, value: object) -> None:
    found = worked_out(text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("9**9**9", "too large"), ("9**9**9**9", "too large"), ("2**-9999", "too large"),
        ("(-8)**0.5", "no number"), ("1e400", "too large"), ("1/0", "divides by zero"),
        ("1%0", "divides by zero"), ("width", "=width"), ("3 4", "not a number"),
        ("__import__('os')", "not allowed"), ("(1).__class__", "not known"),
        ("[x for x in (1,)]", "not allowed"), ("'a'*9", "not allowed"), ("1<2", "not allowed"),
        ("3 if 1 else 2", "not allowed"), ("(" * 300, "not a number"), ("1+" * 400 + "1", "longer"),
        ("2*inf", "inf"), ("\0", "not a number"), ("1<<99", "not allowed"), ("~1", "not allowed"),
    ],
)  # fmt: skip
def test_what_is_no_sum_is_said(text: str, why: str) -> None:
    with pytest.raises(UserError) as said:
        worked_out(text)
    assert why in str(said.value)


def test_a_plain_number_is_no_sum() -> None:
    assert [is_sum(text) for text in ("64*7", "2**3, 1", "max(1, 2)")] == [True] * 3
    assert not any(is_sum(text) for text in ("64", "-3", "1, 2", "abc", "", "(("))
