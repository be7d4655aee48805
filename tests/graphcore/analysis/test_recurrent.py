"""Recurrent layers are analysed by one step, however many there are."""

from __future__ import annotations

import time

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from graphcore.analysis.shapes import Question, outcome
from graphcore.types import B, Tensor

LAYERS = {
    "nn.LSTM(8, 16, num_layers=2, batch_first=True, bidirectional=True)": True,
    "nn.LSTM(8, 16)": False,
    "nn.GRU(8, 16, batch_first=True, bidirectional=True)": True,
    "nn.RNN(8, 16, num_layers=3)": False,
}


def question(text: str, steps: object, batch_first: bool) -> Question:
    """The layer on a sequence of that many steps."""
    dims = (B, steps, 8) if batch_first else (steps, B, 8)
    state = "(o1, o2)" if "LSTM" in text else "o1"
    return Question(text, "layer(a0)", f"o0, {state}", (Tensor(dims),), 3 if "LSTM" in text else 2)


@pytest.mark.parametrize(("text", "batch_first"), LAYERS.items())
def test_shapes_and_work_are_those_of_all_steps(text: str, batch_first: bool) -> None:
    found = outcome(question(text, 9, batch_first))
    with torch.no_grad(), torch.device("meta"), FlopCounterMode(display=False) as counter:
        layer = eval(text, {"nn": torch.nn})
        output, _ = layer(torch.zeros(2, 9, 8) if batch_first else torch.zeros(9, 2, 8))
    assert [str(dim) for dim in found.outputs[0].dims] == [
        "B" if size == 2 else str(size) for size in output.shape
    ]
    assert 2 * found.flops == counter.get_total_flops()


def test_a_long_sequence_costs_no_more_than_a_short_one() -> None:
    start = time.perf_counter()
    found = outcome(question("nn.LSTM(8, 16, num_layers=4, batch_first=True)", 5000, True))
    assert found.outputs[0].dims[1:] == (5000, 16)
    assert time.perf_counter() - start < 2
