"""The figures that an overlay lays over cards, and how they compare."""

from __future__ import annotations

import pytest

from graphcore.analysis.analyse import analyse
from graphcore.analysis.overlays import OVERLAYS, figures, numbers_of
from graphcore.cli import parser
from graphcore.types import parse_type
from tests.build import digits_cnn

ANALYSIS = analyse(digits_cnn())


def test_costs_are_shares_of_the_whole_and_bars_of_the_largest() -> None:
    found = figures("parameters", ANALYSIS.nodes)
    assert {name: figure.value for name, figure in found.items() if figure.value} == {
        "conv": 160, "head": 2570
    }  # fmt: skip
    assert found["head"].level == 1
    assert found["conv"].level == pytest.approx(160 / 2570)
    assert sum(figure.share or 0 for figure in found.values()) == pytest.approx(1)
    assert "data" not in found
    flops = figures("flops", ANALYSIS.nodes)
    assert max(flops, key=lambda name: flops[name].value) == "conv"
    assert figures("memory", ANALYSIS.nodes)["conv"].value == 16 * 8 * 8 * 4


def test_shapes_have_no_sum_and_compare_by_how_many_numbers_there_are() -> None:
    found = figures("shape", ANALYSIS.nodes)
    assert found["conv"].value == 16 * 8 * 8
    assert found["conv"].share is None
    assert found["head"].level == pytest.approx(10 / 1024)
    assert numbers_of(parse_type("float32[B, T, 8]")) == 8


def test_gradients_compare_by_their_decades() -> None:
    sizes = {"conv": 1e-9, "relu": 1e-5, "head": 1e-1, "pool": 0.0}
    found = figures("gradient", ANALYSIS.nodes, sizes)
    assert found.keys() == sizes.keys()
    assert found["head"].level == 1
    assert found["relu"].level == pytest.approx(0.5)
    assert 0 < found["conv"].level < 0.1
    assert found["pool"].level == 0


def test_who_was_not_measured_has_no_figure() -> None:
    assert figures("time", ANALYSIS.nodes) == {}
    assert figures("time", ANALYSIS.nodes, {"conv": 0.25})["conv"].share == 1


def test_the_command_line_knows_the_same_overlays() -> None:
    assert parser.OVERLAYS == OVERLAYS
