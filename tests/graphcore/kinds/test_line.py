"""Lines of an Expression: what is allowed, how it is spelled, what is refused and where."""

from __future__ import annotations

import ast

import pytest
import torch
import torch.nn.functional as functional
from hypothesis import given
from hypothesis import strategies as st

from graphcore.errors import UserError
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.line import Line, filled, line_ports
from graphcore.kinds.line_words import FUNCTIONS, METHODS, TURNED
from graphcore.kinds.spell import call

SPELLED = {
    "x*torch.sigmoid( y )": "x * torch.sigmoid(y)",
    "((x))": "x",
    "x**2+ (x+y)**2 - -x**-2": "x**2 + (x + y) ** 2 - -x**-2",
    "(x**y)**z": "(x**y) ** z",
    "a/(b*c)%d": "a / (b * c) % d",
    "x-(y-z)": "x - (y - z)",
    "(-x).abs()": "(-x).abs()",
    "x[:,0],x[...,None]": "x[:, 0], x[..., None]",
    "x[1:x.size(1)//2, ::2]": "x[1 : x.size(1) // 2, ::2]",
    "torch.cat([x,y],dim=1)": "torch.cat([x, y], dim=1)",
    "x.view(x.shape[0],-1)": "x.view(x.shape[0], -1)",
    "torch.where(x>0,x,float('-inf'))": 'torch.where(x > 0, x, float("-inf"))',
    "torch.einsum('bij,bjk->bik',x,y)": 'torch.einsum("bij,bjk->bik", x, y)',
    "F.gelu(x,approximate='tanh')": 'F.gelu(x, approximate="tanh")',
    "(x>0)&(y<1)": "(x > 0) & (y < 1)",
    "x.to(torch.float64)": "x.to(torch.float64)",
    "x.amax((2,3),keepdim=True)": "x.amax((2, 3), keepdim=True)",
    "x.chunk(2,-1)[0]*torch.tanh(x.chunk(2,-1)[1])":
        "x.chunk(2, -1)[0] * torch.tanh(x.chunk(2, -1)[1])",
    "x.size(0)**3*x": "x.size(0) ** 3 * x",
    "x @ y.mT": "x @ y.mT",
}  # fmt: skip

# What is wrong, and the column that is named.
REFUSED = {
    "x.__class__": 1, "lambda: x": 1, "(y:=x)": 2, "[a for a in x]": 1, "f'{x}'": 1, "await x": 1,
    "x + torch.load('x')": 5, "torch.ops.aten.add(x)": 1, "torch.save(x)": 1, "x.add_(1)": 1,
    "10**10**10*x": 1, "x.size(0)**x.size(0)*x": 1, "(x.size(0)**64)**64*x": 1,
    "x + (-1)**0.5": 5, "x if x else y": 1, "0<x<1": 1, "x and y": 1, "not x": 1, "torch": 1,
    "x.data": 1, "1": 1, "x.size(0)": 1, "x.size()*9*x": 1, "x.tolist()": 1, "x(1)": 1,
    "torch.add(x,1,out=x)": 19, "1e999*x": 1, "x['a']": 3, "x[y]": 3, "x[0.5]": 3,
    "getattr(x, 'a')": 1, "__import__('os')": 1, "x.to('cuda')": 6, "x.to(**x)": 8,
    "(1,2)*999999": 1, "'a'*9999999": 1, "min(x, 1)*y": 1, "match*x": 1, "_x + 1": 1, "x.shape": 1,
    "x == None": 6, "x is y": 1, "1j*x": 1, "F.relu(x, inplace=True)": 19, "x,": 1,
    "х + 1": 1, "x\n+ 1": 2, "x; y": 2, "*x, y": 1, "x.chunk(2)": 1, "x.chunk(9**9)[0]": 1,
    "x.max(1)": 1, "x.max(1)[y]": 10, "int(x)*y": 1, "x[[0, 1]]": 3, "self.x": 1, "x.y.z()": 1,
    "torch.sigmoid": 1, "x.sum(*[1])": 7, "F.gelu(x, approximate='\"')": 23,
}  # fmt: skip


@pytest.mark.parametrize(("typed", "kept"), SPELLED.items())
def test_it_is_spelled_anew(typed: str, kept: str) -> None:
    assert Line().check(typed) == kept
    assert Line().check(kept) == kept
    assert ast.dump(ast.parse(typed, mode="eval")) == ast.dump(ast.parse(kept, mode="eval"))


@pytest.mark.parametrize(("typed", "column"), REFUSED.items())
def test_what_is_not_on_the_list_is_refused_at_its_column(typed: str, column: int) -> None:
    with pytest.raises(UserError) as told:
        Line().check(typed)
    assert f"column {column}" in told.value.message
    assert told.value.hint


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "empty"),
        ("x" * 10**6, "longer than 300"),
        ("-" * 100 + "x", "nested"),
        ("+".join("abcdefghi"), "reads 9 values"),
        ("torch.zeros(3)", "reads 0 values"),
        (7, "not allowed"),
        (None, "not allowed"),
    ],
)
def test_what_is_too_much_or_nothing_is_refused(typed: object, said: str) -> None:
    with pytest.raises(UserError, match=said):
        Line().check(typed)


@given(st.text(alphabet="xyz019.,()[]:+-*/%@<>=&|~ 'torchFsum_\n\"", max_size=40))
def test_whatever_is_accepted_is_stable_and_only_computes(typed: str) -> None:
    try:
        kept = Line().check(typed)
    except UserError:
        return
    assert isinstance(kept, str)
    assert Line().check(kept) == kept
    for node in ast.walk(ast.parse(kept, mode="eval")):
        if isinstance(node, ast.Attribute | ast.Name):
            assert not getattr(node, "attr", getattr(node, "id", "")).startswith("_")


def test_every_word_is_one_of_torch() -> None:
    for name in (name for name in FUNCTIONS if "." in name):
        head, *rest = name.split(".")
        found: object = {"torch": torch, "F": functional}[head]
        for word in rest:
            found = getattr(found, word)
        assert callable(found), name
        assert not name.endswith("_")
    for name in (*METHODS, *TURNED):
        assert hasattr(torch.Tensor, name)
        assert not name.endswith("_")


def test_names_are_ports_in_order_of_appearance() -> None:
    inputs, outputs = line_ports({"line": "b * torch.tanh(a + b), c"})
    assert [port.name for port in inputs] == ["b", "a", "c"]
    assert [port.name for port in outputs] == ["output", "output_2"]


def test_values_take_the_place_of_names() -> None:
    assert filled("y - x", {"x": "y", "y": "conv"}) == "conv - y"
    assert filled("max(2, x.size(0)) * x", {"x": "max"}) == "max(2, max.size(0)) * max"
    kind = CATALOG["ops.Expression"]
    params = {"line": "line + x.line"}
    with pytest.raises(UserError):
        call(kind, params, {})
    params = {"line": "line + inputs * layer - args"}
    wired = {"line": "a", "inputs": "b", "layer": "c"}
    assert call(kind, params, wired) == "a + b * c - ..."
