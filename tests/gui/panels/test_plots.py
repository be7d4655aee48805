"""The plots panel: what a run measures is what is drawn."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from graphcore.training.events import Event, StepsDone
from graphcore.training.recorder import Recorder
from graphcore.training.runs import RunStore
from gui.panels.plots import PlotsPanel
from gui.runner import Runner
from tests.gui.panels.conftest import Desk
from tests.gui.panels.script import STEPS, Script, epoch_events, started

Show = Callable[..., QWidget]


@pytest.fixture
def make(
    desk: Desk, shown: Show, qtbot: QtBot
) -> Iterator[Callable[[Script], tuple[PlotsPanel, Runner]]]:
    """A panel over a runner that is trained by a script."""
    runners: list[Runner] = []
    panels: list[PlotsPanel] = []

    def made(script: Script) -> tuple[PlotsPanel, Runner]:
        runner = Runner(script)
        panel = PlotsPanel(document=desk.document, runner=runner, appearance=desk.appearance)
        shown(panel, 900, 260)
        runners.append(runner)
        panels.append(panel)
        return panel, runner

    yield made
    for runner in runners:
        runner.close()
    for panel in panels:
        panel.stop()


def button(panel: PlotsPanel, words: str) -> QToolButton:
    found = panel.findChildren(QToolButton)
    return next(b for b in found if words in (b.text(), b.accessibleName()))


def trained(panel: PlotsPanel, runner: Runner, desk: Desk, qtbot: QtBot, steps: int) -> None:
    runner.start(desk.document.project, None)
    qtbot.waitUntil(lambda: len(panel.values("train loss")) == steps, timeout=10_000)
    qtbot.waitUntil(lambda: {"loss", "accuracy"} <= set(panel.plots))


def record(folder: Path, desk: Desk, events: list[Event]):
    run = RunStore(folder).create(desk.document.project)
    with Recorder(run) as recorder:
        for event in events:
            recorder.record(event)
    return run


def test_says_what_to_do_before_there_is_a_run(make) -> None:
    panel, _ = make(Script())
    words = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any("Press Train" in text for text in words)
    assert panel.values("train loss") == []


def test_draws_each_step_and_each_epoch_while_the_run_goes_on(make, desk, qtbot) -> None:
    panel, runner = make(Script(2, waits=True))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    assert runner.state == "training"
    assert panel.values("train loss") == pytest.approx([2 / (i + 1) for i in range(2 * STEPS)])
    assert panel.values("val loss") == [0.5, 0.25]
    assert panel.values("val accuracy") == pytest.approx([0.9, 0.9])
    assert len(panel.values("smooth loss")) == 2 * STEPS
    assert "val 0.250" in panel.plots["loss"].legend_text
    assert "learning_rate" not in panel.plots
    runner.stop()
    qtbot.waitUntil(lambda: runner.state == "ended")


def test_nothing_is_drawn_while_hidden_and_all_of_it_when_shown(make, desk, qtbot) -> None:
    panel, runner = make(Script(2))
    panel.hide()
    runner.start(desk.document.project, None)
    qtbot.waitUntil(lambda: runner.state == "ended")
    assert panel.plots == {}
    panel.show()
    qtbot.waitUntil(lambda: len(panel.values("train loss")) == 2 * STEPS)


def test_epochs_along_the_bottom_and_logarithmic_height_keep_the_values(make, desk, qtbot) -> None:
    panel, runner = make(Script(2))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    before = panel.values("train loss")
    for words in ("Epochs", "Log"):
        qtbot.mouseClick(button(panel, words), Qt.MouseButton.LeftButton)
    assert panel.values("train loss") == before


def test_the_slider_smooths(make, desk, qtbot) -> None:
    panel, runner = make(Script(2))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    slider = panel.findChild(QSlider)
    slider.setValue(0)
    assert panel.values("smooth loss") == pytest.approx(panel.values("train loss"))
    slider.setValue(100)
    assert panel.values("smooth loss")[10] > panel.values("train loss")[10] * 1.05


def test_the_pointer_reads_a_value(make, desk, qtbot) -> None:
    panel, runner = make(Script(2))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    panel.findChild(QSlider).setValue(0)
    panel.values("train loss")
    plot = panel.plots["loss"]
    before = plot.legend_text
    at = QPointF(60, 40)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QMouseEvent.Type.MouseMove, at, plot.viewport.mapToGlobal(at), none, none,
                        Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(plot.viewport, event)
    assert plot.legend_text != before
    assert float(plot.legend_text.split()[1].rstrip(",")) > 0.3


def test_the_wheel_zooms_and_reset_shows_all(make, desk, qtbot) -> None:
    panel, runner = make(Script(2))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    view = panel.plots["loss"].viewport
    reset = button(panel, "Reset zoom")
    assert not reset.isEnabled()
    at = QPointF(view.rect().center())
    event = QWheelEvent(at, view.mapToGlobal(at), QPoint(), QPoint(0, 480), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
                        False)  # fmt: skip
    QApplication.sendEvent(view, event)
    qtbot.waitUntil(reset.isEnabled)
    assert len(panel.values("train loss")) < 2 * STEPS
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert len(panel.values("train loss")) == 2 * STEPS
    assert not reset.isEnabled()


def test_a_run_of_before_is_read_from_its_folder(make, desk, qtbot, tmp_path) -> None:
    panel, _ = make(Script())
    run = record(tmp_path / "runs", desk, [started(1), *epoch_events(0)])
    panel.show_run(run)
    qtbot.waitUntil(lambda: len(panel.values("train loss")) == STEPS)
    assert panel.run == run
    assert panel.values("train loss") == run.series("loss").tolist()
    assert panel.values("val loss") == [0.5]


def test_one_goes_back_from_an_old_run_to_the_live_one(make, desk, qtbot, tmp_path) -> None:
    panel, runner = make(Script(2, waits=True))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    panel.show_run(record(tmp_path / "runs", desk, [started(1), *epoch_events(0)]))
    qtbot.waitUntil(lambda: len(panel.values("train loss")) == STEPS)
    qtbot.mouseClick(button(panel, "Live run"), Qt.MouseButton.LeftButton)
    assert len(panel.values("train loss")) == 2 * STEPS
    assert panel.run == runner.run
    runner.stop()


def test_terms_are_drawn_beside_the_loss_they_add_up_to(make, desk, qtbot, tmp_path) -> None:
    panel, _ = make(Script())
    steps = StepsDone(0, {"loss": (3.0, 2.0), "loss.main": (2.0, 1.5), "loss.aux": (1.0, 0.5)})
    panel.show_run(record(tmp_path / "runs", desk, [started(1), steps]))
    qtbot.waitUntil(lambda: "loss" in panel.plots)
    assert list(panel.plots) == ["loss"]
    assert "main" in panel.plots["loss"].legend_text
    assert "aux" in panel.plots["loss"].legend_text


def test_saves_a_picture_and_a_table(make, desk, qtbot, tmp_path) -> None:
    panel, runner = make(Script(2))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    picture, table = tmp_path / "curves.png", tmp_path / "curves.csv"
    panel.save(picture)
    assert QImage(str(picture)).width() > 400
    panel.save(table)
    qtbot.waitUntil(lambda: table.is_file() and len(table.read_text().splitlines()) > 2 * STEPS)
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert float(rows[3]["train loss"]) == pytest.approx(0.5)
    assert rows[19]["val loss"] == "0.5"
    assert rows[18]["val loss"] == ""
    assert rows[20]["epoch"] == "2"


def test_says_why_it_could_not_save(make, desk, qtbot, tmp_path) -> None:
    panel, runner = make(Script(1))
    trained(panel, runner, desk, qtbot, STEPS)
    with qtbot.waitSignal(panel.failed) as failed:
        panel.save(tmp_path / "missing" / "curves.csv")
    assert "can't be written" in failed.args[0].message
