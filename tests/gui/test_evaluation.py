"""Values on wires: inside blocks too, and with a run's last weights once it is over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.canvas.telling import wire_words
from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow

K = Qt.Key
SLOW_MS = 60_000


def told(window: MainWindow, name: str) -> str:
    """What hovering the wire into a node of the shown drawing says."""
    scene = window.canvas.canvas
    node = scene.graph.by_name(name)
    assert node is not None
    (slot,) = (slot for slot in scene.wires if slot[0] == node.id)
    return "\n".join(wire_words(scene, slot))


def evaluated(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.evaluation.shown, timeout=SLOW_MS):
        window.commands["graph.evaluate"].trigger()


def pick(window: MainWindow, *names: str) -> None:
    graph = window.canvas.canvas.graph
    window.selection.select({node.id for n in names if (node := graph.by_name(n))})


def test_evaluate_once_looks_into_the_block_that_is_dived_into(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    window.files.new("digits-cnn")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=SLOW_MS)
    pick(window, "conv1", "relu1", "conv2")
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, K.Key_G, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.canvas, K.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=SLOW_MS)
    assert not window.selection.place.is_main
    assert "No value was seen yet" in told(window, "relu1")
    evaluated(window, qtbot)
    assert "Of the last batch seen, with initial weights: float32 64 × 16 × 8 × 8" in told(
        window, "relu1"
    )
    QTest.keyClick(window.canvas, K.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert window.selection.place.is_main
    assert "with initial weights: float32 64 × 32 × 8 × 8" in told(window, "relu2")


def test_when_a_run_is_over_its_last_weights_are_looked_at(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    window.files.new("digits-cnn")
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=SLOW_MS)
    window.train()
    qtbot.waitUntil(lambda: window.runner.epoch >= 1, timeout=SLOW_MS)
    with qtbot.waitSignal(window.evaluation.shown, timeout=SLOW_MS):
        window.runner.stop()
    run = window.runner.run
    assert run is not None
    said = told(window, "relu1")
    assert f"Of a batch for validation, with the last weights of {run.id}: float32 64 ×" in said
    node = window.canvas.canvas.graph.by_name("relu1")
    assert node is not None
    pick(window, "relu1")
    QTest.keyClick(window.canvas, K.Key_Delete)
    assert "No value was seen yet" in told(window, "conv2")
