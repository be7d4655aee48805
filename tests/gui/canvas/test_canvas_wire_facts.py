"""Hovering or selecting a wire: shape, dtype and the last value's statistics."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from graphcore.training.statistics import Statistics
from gui.values import Asked, evaluate
from tests.gui.canvas.hand import Hand

FACTS = Statistics((32, 16, 8, 8), "float32", -1.5, 3.25, 0.125, 0.5, 0.25, 0.0001)


def show(hand: Hand, facts: Statistics = FACTS) -> None:
    hand.view.set_values({}, None, {(hand.node("conv").id, "output"): facts})


def test_hover_a_wire_shape_dtype_and_last_values_statistics(digits: Hand, qtbot: QtBot) -> None:
    digits.analyse(qtbot)
    spot = digits.middle_of_wire("relu")
    before = digits.tooltip_at(spot)
    assert "float32[B, 16, 8, 8]" in before
    assert "No value was seen yet: “Evaluate once” (F7) runs one batch" in before
    assert "a probe on the wire (Shift+P) shows what a run makes of it." in before
    show(digits)
    text = digits.tooltip_at(spot)
    assert "float32[B, 16, 8, 8]" in text
    assert "Of the last batch seen, with initial weights: float32 32 × 16 × 8 × 8" in text
    assert "from -1.5 to 3.25, mean 0.125, std 0.5, 25.0 % zeros, &lt; 0.1 % NaN" in text
    digits.view.clear_values()
    assert digits.tooltip_at(spot) == before


def test_a_selected_wire_says_by_keys_what_hovering_it_says(digits: Hand) -> None:
    digits.click(digits.at("relu"))
    digits.key(Qt.Key.Key_W)
    assert digits.view.said.startswith("conv → relu")
    assert "Evaluate once" in digits.view.said
    show(digits)
    assert "mean 0.125" in digits.view.said
    digits.view.clear_values()
    assert "mean" not in digits.view.said
    digits.key(Qt.Key.Key_W)
    assert digits.view.accessibleDescription().startswith("relu → pool")
    digits.key(Qt.Key.Key_Escape)
    assert digits.view.said == ""


def test_what_is_said_stays_in_sight_when_the_canvas_shrinks(digits: Hand, qtbot: QtBot) -> None:
    digits.click(digits.middle_of_wire("relu"))
    label = digits.view.findChild(QLabel, "hint")
    assert label is not None
    digits.view.resize(700, 300)
    qtbot.waitUntil(lambda: digits.view.rect().contains(label.geometry()))
    assert label.text().startswith("conv → relu")


def test_a_value_of_nan_and_another_project_are_told_honestly(digits: Hand, blank: Hand) -> None:
    show(digits, Statistics((), "float32", *(math.nan,) * 4, 0.0, 1.0))
    text = digits.tooltip_at(digits.middle_of_wire("relu"))
    assert "float32 one number, from nan to nan" in text
    assert "100.0 % NaN" in text
    digits.document.replace(digits.document.project.copy(), None)
    assert "No value was seen yet" in digits.tooltip_at(digits.middle_of_wire("relu"))


def test_one_pass_gives_the_statistics_of_every_wire(digits: Hand, qtbot: QtBot) -> None:
    digits.analyse(qtbot)
    seen = evaluate(digits.document.project, digits.analyser.analysis, Asked()).seen
    found = seen["relu", "output"]
    assert found.shape[1:] == (16, 8, 8)
    assert found.low == 0
    assert 0.05 < found.zeros < 0.95
    names = {digits.graph.nodes[wire.source].name for wire in digits.graph.wires.values()}
    assert names <= {path for path, _ in seen}
