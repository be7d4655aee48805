"""The main job from nothing to a file that ships, by mouse and keyboard on a real screen."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from graphcore.project.file import load, to_text
from graphcore.training.events import EpochDone
from gui.dialogs.certificate import CertificateDialog
from gui.dialogs.export import ExportDialog
from gui.panels.plots import PlotsPanel
from gui.panels.training import TrainingPanel
from tests.journeys.person import Person

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EPOCHS = 100_000  # it is stopped long before
# Kind, what is typed into the palette's search, and column and row on the canvas.
NODES = (
    ("data.Dataset", "dataset", 0, 0), ("nn.Conv2d", "conv2d", 1, 0), ("nn.ReLU", "relu", 2, 0),
    ("nn.MaxPool2d", "maxpool2d", 3, 0), ("nn.Flatten", "flatten", 0, 1),
    ("nn.Linear", "linear", 1, 1), ("loss.CrossEntropyLoss", "crossentropy", 2, 1),
)  # fmt: skip
LOAD = """
import sys, torch
model = torch.jit.load(sys.argv[1])
found = {str(size): list(model(torch.zeros(size, 1, 8, 8)).shape) for size in (1, 5)}
assert found == {"1": [1, 10], "5": [5, 10]}, found
"""


def names(person: Person) -> dict[str, str]:
    """Kind to name of every node that is drawn."""
    return {n.kind: n.name for n in person.window.document.project.graph.nodes.values()}


def draw(person: Person) -> None:
    canvas = person.window.canvas.viewport()
    across, down = canvas.width() / 4, canvas.height() / 2
    for kind, words, column, row in NODES:
        spot = QPoint(round(across * (column + 0.5)), round(down * (row + 0.45)))
        person.drag_from_palette(kind, words, spot)


def wire(person: Person) -> None:
    name = names(person)
    data, loss = name["data.Dataset"], name["loss.CrossEntropyLoss"]
    chain = [name[kind] for kind, *_ in NODES[1:-1]]
    person.wire(f"{data}.image", f"{chain[0]}.input")
    for source, target in pairwise(chain):
        person.wire(f"{source}.output", f"{target}.input")
    person.wire(f"{chain[-1]}.output", f"{loss}.input")
    person.wire(f"{data}.label", f"{loss}.target")


def take_the_offer(person: Person) -> None:
    """Take it, take it back with the keyboard at once, and take it again."""
    linear = names(person)["nn.Linear"]
    start = person.node(linear).params
    person.select(linear)
    for _ in range(2):
        person.click(person.button("=label.classes", person.window.docks["inspector"].panel))
        person.wait_until(lambda: person.node(linear).params != start)
        person.press("ctrl+z")
        person.wait_until(lambda: person.node(linear).params == start)
    person.press("ctrl+shift+z")
    person.wait_until(lambda: person.node(linear).params != start)


def plots(person: Person) -> PlotsPanel:
    panel = person.window.docks["plots"].panel
    assert isinstance(panel, PlotsPanel)
    return panel


def watch_it_learn(person: Person) -> None:
    """Five times the plot has more values than before, while the run goes on."""
    runner, panel = person.window.runner, plots(person)
    person.wait_until(lambda: runner.state == "training")
    lengths = [0]
    for _ in range(5):
        person.wait_until(lambda: len(panel.values("train loss")) > lengths[-1])
        shown = np.float32(panel.values("train loss"))
        lengths.append(len(shown))
        assert runner.run is not None
        np.testing.assert_array_equal(shown, runner.run.series("loss")[: len(shown)])
        assert runner.state == "training"
    person.wait_until(lambda: len(panel.values("val accuracy")) >= 5)
    shown = panel.values("val accuracy")
    told = [event.val["accuracy"] for event in runner.run.events() if isinstance(event, EpochDone)]
    assert shown == pytest.approx(told[: len(shown)], abs=1e-6)
    assert max(shown) > 0.5


def pause_and_resume(person: Person) -> None:
    runner, tools = person.window.runner, person.window.tool_bar
    person.click(tools.pause)
    person.wait_until(lambda: runner.state == "paused")
    assert runner.run is not None
    step, on_disk = runner.step, len(runner.run.series("loss"))
    person.watch(
        lambda: (runner.step, len(runner.run.series("loss"))) == (step, on_disk), for_ms=2000
    )
    assert tools.pause.text().strip() == "Resume"
    person.click(tools.pause)
    person.wait_until(lambda: runner.state == "training" and runner.step > step)


def export(person: Person, output: Path) -> None:
    person.choose("File", "Export", "Export TorchScript…")
    dialog = person.dialog(ExportDialog)
    person.replace_text(dialog.file, str(output))
    person.click(dialog.export)
    report = person.dialog(CertificateDialog)
    told = [label.text() for label in report.findChildren(QLabel)]
    assert "The file gives what the model gives." in told
    person.click(person.button("Close", report))
    person.wait_until(person.window.isActiveWindow)


def save(person: Person, path: Path) -> None:
    person.press("ctrl+s")
    person.dialog(QFileDialog)
    person.press("ctrl+a")
    person.type(str(path))
    person.press("Return")
    person.wait_until(lambda: path.is_file() and not person.window.document.is_changed)
    person.wait_until(person.window.isActiveWindow)


def test_from_an_empty_canvas_to_a_file_that_ships(person: Person, tmp_path: Path) -> None:
    window = person.window
    document = window.document
    person.press("ctrl+n")
    person.wait_until(lambda: not document.project.graph.nodes)
    blank = to_text(document.project)

    draw(person)
    person.open_panel("Data")
    person.click(window.docks["data"].panel.findChild(QPushButton, "choose_digits"))
    person.wait_until(lambda: document.project.data.samples == 1797)
    wire(person)
    take_the_offer(person)
    person.wait_until(lambda: window.analyser.is_current)
    analysis = window.analyser.analysis
    assert not analysis.problems
    linear, conv = (person.node(names(person)[kind]) for kind in ("nn.Linear", "nn.Conv2d"))
    assert str(linear.params["out_features"]) == "=label.classes"
    assert not {"in_features", "in_channels"} & {*linear.params, *conv.params}
    assert "10" in window.canvas.shown_text(linear.id)

    person.open_panel("Training")
    training = window.docks["training"].panel
    assert isinstance(training, TrainingPanel)
    person.replace_text(training.form.run_rows["epochs"].field, str(EPOCHS))
    person.press("Return")
    assert document.project.plan.epochs == EPOCHS

    person.click(window.tool_bar.train)
    watch_it_learn(person)
    keyboard = window.focusWidget()  # it was in the form, which the curves cover now
    assert keyboard is plots(person)
    pause_and_resume(person)
    person.click(window.tool_bar.stop)
    person.wait_until(lambda: window.runner.state == "ended")
    assert window.focusWidget() is keyboard  # buttons that come and go don't take it along

    export(person, tmp_path / "digits.pt")
    save(person, tmp_path / "digits.netwright")
    assert to_text(load(tmp_path / "digits.netwright")) == to_text(document.project)
    check = (sys.executable, ROOT / "main.py", "check", tmp_path / "digits.netwright")
    assert person.run(*check, folder=tmp_path) == 0
    loading = (sys.executable, "-W", "ignore", "-c", LOAD, tmp_path / "digits.pt")
    assert person.run(*loading, folder=tmp_path) == 0

    drawn = to_text(document.project)
    person.click(window.canvas.viewport(), QPoint(12, window.canvas.viewport().height() - 12))
    changes = document.history.count()
    person.press("ctrl+z", times=changes)
    person.wait_until(lambda: to_text(document.project) == blank)
    assert not document.history.canUndo()
    person.press("ctrl+shift+z", times=changes)
    person.wait_until(lambda: to_text(document.project) == drawn)
    assert document.project.plan.epochs == EPOCHS
    person.wait_until(lambda: window.analyser.is_current)
