"""Python modules in the window: shown without running, trusted once, told when they misbehave."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from graphcore.project.file import load
from graphcore.project.graph import Node
from gui.dialogs.module import ModuleDialog
from gui.main_window import MainWindow
from gui.notices import NoticeBar
from tests.gui.conftest import OpenWindow, dialog_of, press
from tests.user_code import GATE, GATE_PARAMETERS, gated


class Bench:
    """A window, and what a person sees and does in it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.window.analyser.is_current, timeout=60_000)
        QCoreApplication.processEvents()

    def bars(self) -> list[str]:
        bars = self.window.notices.findChildren(NoticeBar)
        return [bar.accessibleName() for bar in bars if bar.isVisible()]

    def node(self, name: str) -> Node:
        found = self.window.document.project.graph.by_name(name)
        assert found is not None
        return found

    def parameters(self, name: str) -> int:
        facts = self.window.analyser.analysis.of(self.node(name).id)
        return facts.parameters if facts else 0

    def rules(self, name: str) -> list[str]:
        return [p.rule for p in self.window.analyser.analysis.problems_at(name)]

    def pick(self, name: str) -> str:
        """Select a node; every label that is seen in the inspector then."""
        self.window.docks.raise_panel("inspector")
        self.window.selection.select({self.node(name).id})
        QCoreApplication.processEvents()
        panel = self.window.docks["inspector"].panel
        return "\n".join(w.text() for w in panel.findChildren(QLabel) if w.isVisible())

    def inspector_button(self, text: str) -> QPushButton:
        panel = self.window.docks["inspector"].panel
        found = [b for b in panel.findChildren(QPushButton) if b.text() == text and b.isVisible()]
        assert found, f"no {text}"
        return found[0]

    def drop(self, path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        canvas = self.window.canvas.viewport()
        keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        at, copy = QPoint(300, 200), Qt.DropAction.CopyAction
        QCoreApplication.sendEvent(canvas, QDragEnterEvent(at, copy, data, button, keys))
        QCoreApplication.sendEvent(canvas, QDropEvent(QPointF(at), copy, data, button, keys))
        QCoreApplication.processEvents()


@pytest.fixture
def bench(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> Bench:
    gated(tmp_path)
    found = Bench(open_window(tmp_path / "net.netwright"), qtbot)
    found.wait()
    return found


def test_nothing_runs_before_it_is_trusted_and_that_is_asked_once(bench: Bench) -> None:
    assert bench.rules("gate") == ["untrusted"]
    (bar,) = bench.bars()
    assert "my_layers.py" in bar
    assert "your rights" in bar
    assert "Not trusted yet" in bench.pick("gate")
    press(bench.window.notices, "Trust")
    bench.window.analyser.refresh()
    bench.qtbot.waitUntil(lambda: bench.parameters("gate") == GATE_PARAMETERS, timeout=60_000)
    bench.qtbot.waitUntil(lambda: bench.rules("gate") == [])
    assert bench.bars() == []
    assert "runs in a process of its own" in bench.pick("gate")


def test_trust_is_remembered_and_a_changed_file_asked_again(bench: Bench, tmp_path: Path) -> None:
    bench.pick("gate")
    QTest.mouseClick(bench.inspector_button("Trust"), Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: bench.parameters("gate") > 0, timeout=60_000)
    bench.window.files.open(tmp_path / "net.netwright")
    bench.wait()
    assert bench.bars() == []
    wider = GATE.replace("bias: bool = True", "bias: bool = True, scale: float = 2.0")
    (tmp_path / "my_layers.py").write_text(wider, "utf-8")
    bench.qtbot.waitUntil(lambda: len(bench.bars()) == 1, timeout=20_000)
    assert bench.rules("gate") == ["untrusted"]
    assert "The file has changed" in bench.pick("gate")
    QTest.mouseClick(bench.inspector_button("Reload"), Qt.MouseButton.LeftButton)
    bench.wait()
    assert [row[0] for row in bench.window.document.project.modules["Gate"].params] == [
        "dim", "bias", "scale",
    ]  # fmt: skip
    assert bench.node("gate").params == {"dim": 256}
    bench.window.document.history.undo()
    bench.wait()
    assert len(bench.window.document.project.modules["Gate"].params) == 2


def test_a_missing_file_is_told_and_nothing_is_lost(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "my_layers.py").unlink()
    bench.window.files.open(tmp_path / "net.netwright")
    bench.wait()
    assert bench.rules("gate") == ["module"]
    assert "not beside the project" in bench.pick("gate")
    assert bench.node("gate").params == {"dim": 256}
    assert bench.window.files.save()
    assert load(tmp_path / "net.netwright") == bench.window.document.project


def test_a_dropped_file_of_one_class_becomes_a_node(bench: Bench, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    file = outside / "extra.py"
    file.write_text(GATE.replace("class Gate", "class Twist"), "utf-8")
    bench.drop(file)
    assert bench.window.document.project.modules["Twist"].source == "extra.py:Twist"
    assert (tmp_path / "extra.py").read_text("utf-8") == file.read_text("utf-8")
    assert bench.node("twist").kind == "user.Twist"
    bench.wait()
    assert any("extra.py" in bar for bar in bench.bars())


def test_a_dropped_file_of_several_classes_asks_which(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "extra.py").write_text(
        GATE + "\n\nclass Second(Gate):\n    pass\n\n\nclass Odd:\n    pass\n", "utf-8"
    )
    bench.drop(tmp_path / "extra.py")
    dialog = dialog_of(bench.window, ModuleDialog)
    (names,) = dialog.findChildren(QListWidget)
    assert [names.item(i).text() for i in range(names.count())] == [
        "Gate  ·  extra.py", "Second  ·  extra.py",
    ]  # fmt: skip
    names.setCurrentRow(1)
    press(dialog, "Add")
    assert bench.node("second").kind == "user.Second"


def test_the_palette_asks_for_a_class(bench: Bench) -> None:
    palette = bench.window.docks["palette"].panel
    (field,) = [f for f in palette.findChildren(QLineEdit) if f.isVisible()]
    QTest.keyClicks(field, "python module")
    QTest.keyClick(field, Qt.Key.Key_Return)
    dialog = dialog_of(bench.window, ModuleDialog)
    (path,) = dialog.findChildren(QLineEdit)
    QTest.keyClicks(path, "os.system")
    press(dialog, "Add")
    shown = [w.text() for w in dialog.findChildren(QLabel) if w.isVisible()]
    assert any("names no class" in text for text in shown)
    path.clear()
    press(dialog, "Add")
    assert len([n for n in bench.window.document.project.graph.nodes.values()
                if n.kind == "user.Gate"]) == 2  # fmt: skip


def test_a_file_that_is_no_python_is_told(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("class (:\n", "utf-8")
    bench.drop(tmp_path / "broken.py")
    assert any("line 1, is not Python" in bar for bar in bench.bars())
    (tmp_path / "random.py").write_text(GATE, "utf-8")
    bench.drop(tmp_path / "random.py")
    assert any("random.py" in bar for bar in bench.bars())


def test_an_untitled_project_is_saved_first(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    bench = Bench(open_window(None), qtbot)
    (tmp_path / "my_layers.py").write_text(GATE, "utf-8")
    bench.drop(tmp_path / "my_layers.py")
    assert any("Save the project first" in bar for bar in bench.bars())
