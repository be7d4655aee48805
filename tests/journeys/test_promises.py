"""What README promises, kept one by one on a real screen."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QListWidget, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from graphcore.project.file import load
from gui.dialogs.templates import TemplatesDialog
from gui.panels.inspector import InspectorPanel
from gui.panels.training import TrainingPanel
from gui.panels.tryout import TryoutPanel
from tests.journeys.conftest import Open
from tests.journeys.person import Hands, Person

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def open_template(person: Person, title: str) -> None:
    """Pick a template in the gallery."""
    person.press("ctrl+alt+n")
    dialog = person.dialog(TemplatesDialog)
    gallery = dialog.findChild(QListWidget)
    item = next(gallery.item(row) for row in range(gallery.count())
                if gallery.item(row).text() == title)  # fmt: skip
    person.click(gallery.viewport(), gallery.visualItemRect(item).center())
    person.click(person.button("Create", dialog))
    person.wait_until(lambda: person.window.document.project.title == title)
    analyser = person.window.analyser
    person.wait_until(lambda: analyser.is_current and person.window.isActiveWindow())


def type_epochs(person: Person, epochs: int) -> None:
    person.open_panel("Training")
    training = person.window.docks["training"].panel
    assert isinstance(training, TrainingPanel)
    person.replace_text(training.form.run_rows["epochs"].field, str(epochs))
    person.press("Return")
    person.wait_until(lambda: person.window.document.project.plan.epochs == epochs)


def test_one_minute_of_autograd(person: Person) -> None:
    canvas, inspector = person.window.canvas, person.window.docks["inspector"].panel
    assert isinstance(inspector, InspectorPanel)
    open_template(person, "One minute of autograd")
    x, y = person.node("x").id, person.node("y").id
    person.select("y")
    person.click(person.window.tool_bar.backward)
    person.wait_until(lambda: canvas.value_at(x) == ("2.0", "7.0"))
    assert canvas.value_at(y)[0] == "10.0"

    person.select("x")
    person.replace_text(person.field("value"), "5")
    person.press("Return")
    person.wait_until(lambda: person.node("x").params["value"] == 5)
    person.select("y")
    person.wait_until(lambda: person.window.tool_bar.backward.isEnabled())
    person.click(person.window.tool_bar.backward)
    person.wait_until(lambda: canvas.value_at(x) == ("5.0", "13.0"))
    assert canvas.value_at(y)[0] == "40.0"


def test_a_digit_of_your_own_is_classified(person: Person) -> None:
    type_epochs(person, 40)
    person.click(person.window.tool_bar.train)
    person.wait_until(lambda: person.window.runner.state == "ended", 120_000)
    person.open_panel("Try it")
    panel = person.window.docks["tryout"].panel
    assert isinstance(panel, TryoutPanel)
    person.wait_until(lambda: panel.is_trying)
    assert panel.comparison.isVisible()
    assert panel.comparison.texts
    turn = [step / 24 * 2 * math.pi for step in range(25)]
    zero = [(0.5 + 0.22 * math.sin(a), 0.5 - 0.36 * math.cos(a)) for a in turn]
    person.draw_line(panel.drawn.pad, zero)
    person.wait_until(lambda: panel.bars.best == "0")
    person.click(panel.drawn.clear)
    person.wait_until(lambda: panel.bars.best == "")
    seven = [(0.25, 0.18), (0.5, 0.18), (0.75, 0.18), (0.6, 0.45), (0.5, 0.65), (0.42, 0.88)]
    person.draw_line(panel.drawn.pad, seven)
    person.wait_until(lambda: panel.bars.best == "7")


def test_closing_during_training_asks_saves_and_ends(person: Person, tmp_path: Path) -> None:
    window, runner = person.window, person.window.runner
    type_epochs(person, 2000)
    person.click(window.tool_bar.train)
    person.wait_until(lambda: runner.state == "training" and runner.epoch >= 1)

    person.press("alt+F4")
    person.click(person.button("Keep training", person.dialog(QMessageBox)))
    person.wait_until(window.isActiveWindow)
    step = runner.step
    person.wait_until(lambda: runner.state == "training" and runner.step > step)

    person.press("alt+F4")
    person.click(person.button("Stop the run", person.dialog(QMessageBox)))
    person.wait_until(lambda: not runner.is_busy)
    person.click(person.button("Save", person.dialog(QMessageBox)))
    person.dialog(QFileDialog)
    person.press("ctrl+a")
    person.type(str(tmp_path / "mine.netwright"))
    person.press("Return")
    person.wait_until(lambda: not window.isVisible())
    assert load(tmp_path / "mine.netwright").plan.epochs == 2000
    assert runner.run is not None
    assert runner.run.summary.state == "interrupted"
    assert runner.run.weights_path("last").is_file()


def test_what_a_crash_interrupted_is_offered_again(
    open_program: Open, qtbot: QtBot, home: Path
) -> None:
    program = subprocess.Popen([sys.executable, ROOT / "main.py"], env=os.environ.copy())
    other = Hands(qtbot)
    other.wait_until(lambda: other.sees("Digits, a small convolutional network.*Netwright"), 60_000)
    other.press("Tab")
    other.type("dropout2d")
    other.press("Return")
    journals = (home / "autosave").glob
    other.wait_until(lambda: any("Dropout2d" in path.read_text() for path in journals("*/journal")))
    program.kill()
    other.wait_until(lambda: program.poll() is not None)

    person = Person(open_program(maximized=True), qtbot)
    kinds = {node.kind for node in person.window.document.project.graph.nodes.values()}
    assert "nn.Dropout2d" not in kinds
    person.wait_until(person.window.isActiveWindow)
    person.click(person.button("Restore"))
    person.wait_until(lambda: "nn.Dropout2d" in
        {node.kind for node in person.window.document.project.graph.nodes.values()})  # fmt: skip
    assert person.window.document.is_changed
    assert not [b for b in person.window.findChildren(QPushButton)
                if b.isVisible() and b.text() == "Restore"]  # fmt: skip
