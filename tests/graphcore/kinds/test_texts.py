"""Values that reach the code as more than numbers: only what they mean, nothing else."""

from __future__ import annotations

import ast

import pytest

from graphcore.errors import UserError
from graphcore.kinds.kind import Param
from graphcore.kinds.params import ParamType
from graphcore.kinds.texts import Axes, Equation, Named, Subscript, Weights

NASTY = (
    "", " ", "\n", 'a"', "a'", "a\\", "{x}", "a;b", "a#b", "а,b", "ａ", "x" * 1_000_000, "a\nb",
    "__import__('os')", "a, b -> c -> d", "1)", ":)", "1:2:0", "1:2:00", "1, 05:0x1", "٣", "1_0",
    "a -> b\n", None, 3.5, True, {"a": 1}, object(), [["a"]], float("nan"), 10**400,
)  # fmt: skip
TYPES = (Equation(), Subscript(), Named((("one", "nn.One()"),)), Weights(), Axes())


@pytest.mark.parametrize("value", NASTY, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: type(kind).__name__)
def test_what_is_not_meant_is_refused_in_a_sentence(kind: ParamType, value: object) -> None:
    if (isinstance(kind, Weights) and value == 3.5) or value == " ":
        return
    with pytest.raises(UserError) as caught:
        kind.check(value)
    assert "must be" in caught.value.hint
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bij,bjk->bik", "bij, bjk -> bik"), ("ij -> ji", "ij -> ji"), ("i,i->", "i, i ->"),
        ("...ij, ...jk -> ...ik", "...ij, ...jk -> ...ik"), ("ii", "ii"),
    ],
)  # fmt: skip
def test_equations_have_one_spelling(given: str, kept: str) -> None:
    assert Equation().check(given) == kept
    assert Equation().check(kept) == kept
    assert ast.literal_eval(Equation().spell(kept)) == kept


@pytest.mark.parametrize("given", [":, 1:", "..., -1", "0", ":, None, ::2", "1:5:2, 007"])
def test_subscripts_are_python(given: str) -> None:
    kept = Subscript().check(given)
    assert Subscript().check(kept) == kept
    ast.parse(f"x[{Subscript().spell(kept)}]")


def test_weights_are_a_tensor() -> None:
    param = Param("weight", Weights(), None, optional=True)
    assert param.spell(param.check([1, 2.5])) == "torch.tensor([1.0, 2.5])"
    assert param.spell(param.check(None)) == "None"
