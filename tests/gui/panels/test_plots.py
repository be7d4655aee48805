"""The plots panel: what a run measures is what is drawn."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from graphcore.training.about import About, say
from graphcore.training.control import Control
from graphcore.training.curves import Curves
from graphcore.training.events import Changed, EpochDone, Event, Finished, Sampled, StepsDone
from graphcore.training.recorder import Recorder
from graphcore.training.runs import RunStore
from gui.panels import curve_writing
from gui.panels.curve_plot import CurvePlot
from gui.panels.plot_bar import PlotBar
from gui.panels.plots import PlotsPanel
from gui.panels.strands import Shown, View, run_line
from gui.preferences import Preferences
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


def button(panel: QWidget, words: str) -> QToolButton:
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
    qtbot.waitUntil(lambda: list(panel.plots) == ["loss", "accuracy", "learning_rate"])
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
    with qtbot.waitSignal(panel.saved) as saved:
        panel.save(table)
    assert saved.args == [f"The curves are in {table}."]
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert float(rows[3]["train loss"]) == pytest.approx(0.5)
    assert rows[19]["val loss"] == "0.5"
    assert rows[18]["val loss"] == ""
    assert rows[20]["epoch"] == "2"
    assert len(rows) == 2 * STEPS


def test_a_long_table_is_told_of_and_given_up_with_the_window(
    make, desk, qtbot, tmp_path, monkeypatch
) -> None:
    begun, write = threading.Event(), curve_writing.write_table

    def held(path: Path, curves: Curves, others: dict, cancel: threading.Event) -> None:
        begun.set()
        cancel.wait(30)
        write(path, curves, others, cancel)

    monkeypatch.setattr(curve_writing, "SLOW_MS", 0)
    monkeypatch.setattr(curve_writing, "write_table", held)
    panel, _ = make(Script())
    panel.show_run(record(tmp_path / "runs", desk, [started(1), *epoch_events(0)]))
    qtbot.waitUntil(lambda: panel.has_curves, timeout=10_000)
    folder = tmp_path / "tables"
    folder.mkdir()
    with qtbot.waitSignal(panel.saved) as said:
        panel.save(folder / "curves.csv")
    assert said.args[0].endswith("curves.csv; closing the window gives that up.")
    qtbot.waitUntil(begun.is_set)
    panel.stop()
    assert not list(folder.iterdir())


def test_says_why_it_could_not_save(make, desk, qtbot, tmp_path) -> None:
    panel, runner = make(Script(1))
    trained(panel, runner, desk, qtbot, STEPS)
    with qtbot.waitSignal(panel.failed) as failed:
        panel.save(tmp_path / "missing" / "curves.csv")
    assert "can't be written" in failed.args[0].message


def point(plot, x: float, y: float = 0.5) -> None:
    """Move the pointer to a place of the plot, in shares of its size."""
    at = QPointF(plot.viewport.width() * x, plot.viewport.height() * y)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QMouseEvent.Type.MouseMove, at, plot.viewport.mapToGlobal(at), none, none,
                        Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(plot.viewport, event)


RICH: list[Event] = [
    started(1),
    StepsDone(0, {"loss": (4.0, 3.0, 2.0, 1.0), "seconds": (10.0, 20.0, 30.0, 100.0)}),
    Changed("learning_rate", 0.01, 2),
    Sampled(1, {"memory": 3e8, "gradient_norm": 2.0, "gradient_norm.conv1": 1.5}),
    Sampled(4, {"memory": 4e8, "gradient_norm": 1.0, "gradient_norm.conv1": 0.5}),
    EpochDone(1, 4, {"loss": 2.5, "auroc": 0.7}, {"loss": 0.5}, 1.0, 1.0),
]


def test_what_is_looked_at_now_and_then_has_plots_of_its_own(make, desk, qtbot, tmp_path) -> None:
    panel, _ = make(Script())
    panel.show_run(record(tmp_path / "runs", desk, RICH))
    names = ["loss", "auroc", "gradient_norm", "memory"]
    qtbot.waitUntil(lambda: list(panel.plots) == names)
    assert panel.values("sampled gradient_norm.conv1") == [1.5, 0.5]
    assert panel.values("epoch auroc") == [0.7]
    assert "381" in panel.plots["memory"].legend_text
    assert "conv1 0.500" in panel.plots["gradient_norm"].legend_text


def test_time_along_the_bottom_and_what_happened_there(make, desk, qtbot, tmp_path) -> None:
    panel, _ = make(Script())
    panel.show_run(record(tmp_path / "runs", desk, RICH))
    qtbot.waitUntil(lambda: len(panel.plots) == 4)
    qtbot.mouseClick(button(panel, "Time"), Qt.MouseButton.LeftButton)
    panel.values("train loss")
    plot = panel.plots["loss"]
    assert plot.stretch[1] == pytest.approx(100, rel=0.05)
    (low, high), axis = plot.stretch, 46
    wide = plot.viewport.width()
    point(plot, (axis + (wide - axis) * (21 - low) / (high - low)) / wide)
    assert "step 2" in plot.note
    assert "learning rate 0.010" in plot.note
    assert panel.plots["memory"].legend_text != ""
    assert "286" in panel.plots["memory"].legend_text  # all plots are read at the same place


def test_a_run_of_before_that_has_no_clock_says_so(make, desk, qtbot, tmp_path) -> None:
    panel, _ = make(Script())
    panel.show_run(record(tmp_path / "runs", desk, [started(1), *epoch_events(0)]))
    qtbot.waitUntil(lambda: len(panel.values("train loss")) == STEPS)
    assert not button(panel, "Time").isEnabled()
    assert "didn't note" in button(panel, "Time").toolTip()


def test_runs_lie_over_each_other_told_apart_by_more_than_colour(
    make, desk, qtbot, tmp_path
) -> None:
    panel, _ = make(Script())
    one = record(tmp_path / "runs", desk, [started(1), *epoch_events(0)])
    other = record(tmp_path / "runs", desk, RICH)
    say(other, About(name="Wider"))
    with qtbot.waitSignal(panel.runs_shown) as told:
        panel.show_runs([one, other])
    assert told.args == [[one, other]]
    qtbot.waitUntil(lambda: bool(panel.values(f"{other.id} smooth loss")))
    assert panel.values("smooth loss")
    assert "Wider" in panel.plots["loss"].legend_text
    lines = [run_line(place, desk.appearance.theme) for place in range(8)]
    assert len({(line.pen, line.symbol, line.color) for line in lines}) == 8
    assert all(a.pen != b.pen and a.symbol != b.symbol for a, b in pairwise(lines))
    assert not button(panel, "Time").isEnabled()


def test_a_run_that_another_program_writes_grows_on_the_screen(make, desk, qtbot, tmp_path) -> None:
    panel, _ = make(Script())
    run = RunStore(tmp_path / "runs").create(desk.document.project)
    with Recorder(run) as recorder:
        recorder.record(started(1))
        recorder.record(StepsDone(0, {"loss": (2.0, 1.0)}))
        panel.show_run(run)
        qtbot.waitUntil(lambda: panel.values("train loss") == [2.0, 1.0])
        recorder.record(StepsDone(2, {"loss": (0.5,)}))
        qtbot.waitUntil(lambda: panel.values("train loss") == [2.0, 1.0, 0.5])


def test_a_live_run_and_its_folder_draw_the_same(make, desk, qtbot, tmp_path) -> None:
    panel, runner = make(Script(2))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    live = {name: panel.values(name) for plot in panel.plots.values() for name in plot.drawn}
    run = RunStore(tmp_path / "again").create(desk.document.project)
    with Recorder(run) as recorder:
        for event in Script(2)(None, None, Control()):
            recorder.record(event)
    panel.show_run(run)
    qtbot.waitUntil(lambda: panel.run == run)
    assert {name: panel.values(name) for name in live} == live


def test_keys_read_zoom_and_open_a_plot(make, desk, qtbot) -> None:
    panel, runner = make(Script(2))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    plot = panel.plots["loss"]
    target = plot.viewport.parentWidget()
    last = plot.legend_text
    qtbot.keyClick(target, Qt.Key.Key_Left)
    assert plot.note.startswith("step")
    for _ in range(20):
        qtbot.keyClick(target, Qt.Key.Key_Left)
    assert plot.legend_text != last
    qtbot.keyClick(target, Qt.Key.Key_Plus)
    assert plot.is_zoomed
    assert panel.plots["accuracy"].stretch == pytest.approx(plot.stretch)
    qtbot.keyClick(target, Qt.Key.Key_Home)
    assert not panel.plots["accuracy"].is_zoomed
    qtbot.keyClick(target, Qt.Key.Key_Return)
    assert plot.isVisible()
    assert not panel.plots["accuracy"].isVisible()
    qtbot.keyClick(target, Qt.Key.Key_Return)
    assert panel.plots["accuracy"].isVisible()


def test_a_person_chooses_which_plots_there_are(make, desk, qtbot) -> None:
    panel, runner = make(Script(2))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    menu = button(panel, "Choose which curves are shown").menu()
    menu.aboutToShow.emit()
    action = next(a for a in menu.actions() if a.text() == "Accuracy")
    action.trigger()
    qtbot.waitUntil(lambda: "accuracy" not in panel.plots)


def test_how_a_person_looks_at_curves_is_remembered(desk, qtbot, home) -> None:
    def bar() -> PlotBar:
        made = PlotBar(desk.appearance, None, Preferences())
        qtbot.addWidget(made)
        made.offer_quantities(["loss", "accuracy"])
        return made

    first = bar()
    assert (first.unit, first.is_log, first.smoothing) == ("step", False, 0.4)
    for words in ("Epochs", "Log"):
        button(first, words).click()
    first.findChild(QSlider).setValue(70)
    menu = button(first, "Choose which curves are shown").menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Accuracy").trigger()
    second = bar()
    assert (second.unit, second.is_log, second.smoothing) == ("epoch", True, 0.7)
    assert second.shows("loss")
    assert not second.shows("accuracy")
    second.offer_units(has_epochs=False, has_clock=True)  # no choice of a person
    assert (second.unit, bar().unit) == ("step", "epoch")
    Preferences().curves = {"unit": 3, "smoothing": "x", "hidden": 5}
    assert bar().unit == "step"
    for odd in ("no json", "[1]"):  # somebody else wrote it
        (home / "settings.ini").write_text(f"[General]\ncurves={odd}\n")
        assert bar().unit == "step"


def test_saves_an_svg_of_all_plots_and_events_for_tensorboard(make, desk, qtbot, tmp_path) -> None:
    panel, runner = make(Script(2))
    trained(panel, runner, desk, qtbot, 2 * STEPS)
    qtbot.waitUntil(lambda: "learning_rate" in panel.plots)
    panel.save(tmp_path / "curves.svg")
    text = (tmp_path / "curves.svg").read_text()
    assert "Learning rate" in text
    assert "<image" not in text
    panel.save(tmp_path)
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*/events.out.tfevents.*"))))


def test_axes_stay_for_a_while_and_fit_in_the_end(qtbot, shown, desk) -> None:
    curves = Curves()
    curves.feed(started(10))
    plot = shown(CurvePlot("loss", "Loss", desk.appearance), 500, 260)
    moved, seen = [], []
    plot._plot.sigRangeChanged.connect(lambda *_: moved.append(plot.stretch))
    for step in range(1000, 1200, 2):
        first = curves.length
        curves.feed(StepsDone(first, {"loss": tuple(2.0 - i / 1e4 for i in range(first, step))}))
        plot.draw([Shown(None, curves, "")], ("loss",), View())
        seen.append(plot.stretch[1] / step)
    assert all(1 < share <= 1.05 for share in seen)
    assert 1 <= len(set(moved)) <= 6
    curves.feed(Finished("done", 1200, 1))
    plot.draw([Shown(None, curves, "")], ("loss",), View())
    assert plot.stretch == pytest.approx((0, 1.01 * curves.length))


def test_where_units_have_no_room_the_menu_of_the_curves_has_them(
    desk: Desk, shown: Show, qtbot: QtBot
) -> None:
    words = ["Steps", "Epochs", "Time", "Log"]
    bar = PlotBar(desk.appearance)
    shown(bar, 240, 30)
    assert bar.minimumSizeHint().width() <= 240
    assert not any(button(bar, word).isVisible() for word in words)
    menu = button(bar, "Choose which curves are shown").menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()][:4] == words
    for entry in (menu.actions()[1], menu.actions()[3]):
        entry.trigger()
    assert bar.unit == "epoch"
    assert bar.is_log
    bar.resize(900, 30)
    qtbot.waitUntil(lambda: all(button(bar, word).isVisible() for word in words))
    menu.aboutToShow.emit()
    assert not any(action.text() in words for action in menu.actions())
