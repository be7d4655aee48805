"""The weights of a run in the inspector: facts, a histogram and filters, anew with each save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from safetensors.numpy import save_file

from graphcore.project.graph import NodeId
from graphcore.training.events import Saved
from graphcore.training.runs import Run, store_for
from gui.panels.inspector import InspectorPanel
from gui.runner import Runner
from tests.gui.panels.conftest import Desk


@pytest.fixture
def runner() -> Runner:
    return Runner()


@pytest.fixture
def inspector(
    desk: Desk, runner: Runner, home: Path, shown: Callable[..., InspectorPanel]
) -> InspectorPanel:
    facts = desk.analyser.analysis.nodes
    conv = replace(facts["conv"], weights=(("weight", (16, 1, 3, 3)),))
    desk.analyser.tell(replace(desk.analyser.analysis, nodes={**facts, "conv": conv}))
    return shown(
        InspectorPanel(
            document=desk.document, analyser=desk.analyser, selection=desk.selection,
            appearance=desk.appearance, runner=runner,
        )
    )  # fmt: skip


def said(panel: QWidget) -> str:
    return "\n".join(shown.text() for shown in panel.findChildren(QLabel) if shown.isVisible())


def heard(panel: QWidget, name: str) -> str:
    """The description of what is visible under that accessible name; empty where nothing is."""
    found = [w for w in panel.findChildren(QWidget) if w.isVisible()]
    return "".join(w.accessibleDescription() for w in found if w.accessibleName() == name)


def sections(panel: QWidget) -> list[QToolButton]:
    buttons = panel.findChildren(QToolButton)
    return [button for button in buttons if button.isVisible() and button.text() == "Weights"]


def save(run: Run, high: float, name: str = "last") -> None:
    filters = np.linspace(-1, high, 16 * 9, dtype=np.float32).reshape(16, 1, 3, 3)
    save_file({"conv.weight": filters}, run.folder / f"{name}.safetensors")


def lists(panel: QWidget) -> tuple[QComboBox, QComboBox]:
    """The choice of the run, and that of its best or last weights."""
    combos = [combo for combo in panel.findChildren(QComboBox) if combo.isVisible()]
    found = {combo.accessibleName(): combo for combo in combos}
    return found["Run"], found["Weights"]


def test_weights_are_shown_for_a_node_and_again_when_a_run_saves(
    desk: Desk, runner: Runner, inspector: InspectorPanel, qtbot: QtBot
) -> None:
    desk.selection.select([NodeId("conv")])
    qtbot.waitUntil(lambda: len(sections(inspector)) == 1)
    QTest.keyClick(sections(inspector)[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Train the network to see its weights." in said(inspector))
    run = store_for(None).create(desk.document.project)
    save(run, 3)
    runner.drained.emit([Saved(8, "last.safetensors")])
    qtbot.waitUntil(lambda: "from −1 to 3" in heard(inspector, "Histogram of weight"))
    runs, _ = lists(inspector)
    assert [runs.itemText(at) for at in range(runs.count())] == [f"Newest: {run.id}", run.id]
    assert "weight · 16 × 1 × 3 × 3" in said(inspector)
    assert heard(inspector, "Pictures of weight").startswith("16 of 16 filters")
    save(run, 5)
    runner.drained.emit([Saved(16, "last.safetensors")])
    qtbot.waitUntil(lambda: "from −1 to 5" in heard(inspector, "Histogram of weight"))
    desk.selection.select([NodeId("relu")])
    qtbot.waitUntil(lambda: not sections(inspector))


def test_run_and_weights_are_chosen_and_stay_so(
    desk: Desk, runner: Runner, inspector: InspectorPanel, qtbot: QtBot
) -> None:
    first, second = (store_for(None).create(desk.document.project) for _ in range(2))
    save(first, 3)
    save(first, 4, "best")
    save(second, 5)
    desk.selection.select([NodeId("conv")])
    qtbot.waitUntil(lambda: len(sections(inspector)) == 1)
    QTest.keyClick(sections(inspector)[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "from −1 to 5" in heard(inspector, "Histogram of weight"))
    runs, kinds = lists(inspector)
    runs.setFocus()
    while runs.currentText() != first.id:
        QTest.keyClick(runs, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "from −1 to 3" in heard(inspector, "Histogram of weight"))
    kinds.setFocus()
    QTest.keyClick(kinds, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "from −1 to 4" in heard(inspector, "Histogram of weight"))
    assert (runs.currentText(), kinds.currentText()) == (first.id, "Best weights")
    save(first, 6, "best")
    runner.drained.emit([Saved(16, "best.safetensors")])
    qtbot.waitUntil(lambda: "from −1 to 6" in heard(inspector, "Histogram of weight"))
    runs.setFocus()
    QTest.keyClick(runs, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: "has no best weights" in said(inspector))
