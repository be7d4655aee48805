"""Infinity where torch takes it: a word in fields and files, `float("inf")` in the code."""

from __future__ import annotations

import pytest
import torch

from graphcore.errors import UserError
from graphcore.kinds.catalog import CATALOG
from graphcore.project.file import parse, to_text
from tests.drawing import Drawing
from tests.running import built, errors, runs


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("nn.ConstantPad2d", {"value": "-inf"}),
        ("nn.Hardtanh", {"min_val": "-inf", "max_val": 0.5}),
        ("nn.Threshold", {"value": "inf"}),
        ("ops.normalize", {"p": "inf"}),
        ("ops.norm", {"ord": "-inf"}),
    ],
)
def test_it_is_saved_and_computed(kind: str, params: dict[str, object]) -> None:
    drawing = Drawing()
    x = drawing.input("float32[3, 4, 4]")
    drawing.add("io.Output", drawing.add(kind, x, **params))
    assert errors(drawing.analysis()) == []
    text = to_text(drawing.project)
    again = parse(text)
    assert to_text(again) == text
    assert again.definitions == drawing.project.definitions
    code = drawing.code().text
    assert f'float("{next(v for v in params.values() if isinstance(v, str))}")' in code
    runs(built(drawing), (torch.ones(2, 3, 4, 4),))


def test_a_constant_may_hold_infinity() -> None:
    drawing = Drawing()
    constant = drawing.add("ops.constant", value=(0.0, "-inf"))
    drawing.add("io.Output", drawing.add("ops.neg", constant))
    assert errors(drawing.analysis()) == []
    assert 'torch.tensor([0.0, float("-inf")])' in drawing.code().text
    assert parse(to_text(drawing.project)).definitions == drawing.project.definitions


@pytest.mark.parametrize(
    ("kind", "param"), [("nn.Dropout", "p"), ("nn.CrossEntropyLoss", "weight")]
)
def test_where_torch_does_not_take_it_neither_do_we(kind: str, param: str) -> None:
    name = kind if kind in CATALOG else kind.replace("nn.", "loss.")
    found = CATALOG[name].param(param)
    assert found is not None
    with pytest.raises(UserError):
        found.check("inf" if param == "p" else ("inf", 1.0))
