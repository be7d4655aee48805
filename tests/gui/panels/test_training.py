"""The training panel: the plan by hand, and the run as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from graphcore.analysis.result import Analysis, NodeFacts, Parts, Problem, Term, Value
from graphcore.project.edits import Set
from graphcore.project.graph import NodeId
from graphcore.project.plan import ObjectivePlan, Plan
from graphcore.types import B, Tensor
from gui.panels.training import TrainingPanel
from gui.runner import Runner
from tests.gui.panels.conftest import Desk
from tests.gui.panels.script import Script

TERM = Term(NodeId("loss"), "loss", "loss.CrossEntropyLoss", Value(NodeId("head"), "output"),
            Value(NodeId("data"), "label"), 1.0, "main")  # fmt: skip
READY = Analysis(parts=Parts(terms=(TERM,)))


@pytest.fixture
def runner() -> Iterator[Runner]:
    """A runner whose training holds after two epochs."""
    made = Runner(Script(2, waits=True))
    yield made
    made.close()


@pytest.fixture
def panel(desk: Desk, runner: Runner, shown, qtbot: QtBot) -> Iterator[TrainingPanel]:
    """The panel over a drawing that can be trained."""
    desk.analyser.tell(READY)
    made = TrainingPanel(document=desk.document, analyser=desk.analyser, runner=runner,
                         appearance=desk.appearance)  # fmt: skip
    shown(made, 900, 600)
    yield made
    made.stop()


def field(panel: TrainingPanel, name: str) -> QLineEdit:
    lines = panel.findChildren(QLineEdit)
    return next(line for line in lines if line.accessibleName() == name and line.isVisible())


def combo(panel: TrainingPanel, name: str) -> QComboBox:
    return next(c for c in panel.findChildren(QComboBox) if c.accessibleName() == name)


def main_button(panel: TrainingPanel) -> QPushButton:
    names = ("Train", "Pause", "Resume", "Preparing …", "Stopping …")
    return next(b for b in panel.findChildren(QPushButton) if b.text() in names)


def visible_text(panel: QWidget) -> str:
    return " ".join(q.text() for q in panel.findChildren(QLabel) if q.isVisible())


def choose(qtbot: QtBot, box: QComboBox, text: str) -> None:
    box.setFocus()
    qtbot.keyClicks(box, text)
    box.activated.emit(box.currentIndex())


def enter(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("epochs", "20", 20), ("Batch size", "128", 128), ("seed", "7", 7), ("threads", "2", 2)],
)
def test_typing_sets_the_plan_as_one_change(panel, desk, qtbot, name, text, value) -> None:
    part = name.lower().replace(" ", "_")
    before = getattr(desk.document.project.plan, part)
    enter(qtbot, field(panel, name), text)
    assert getattr(desk.document.project.plan, part) == value
    assert desk.document.history.count() == 1
    desk.document.history.undo()
    assert getattr(desk.document.project.plan, part) == before


def test_the_validation_share_is_the_datas(panel, desk, qtbot) -> None:
    enter(qtbot, field(panel, "validation"), "0.3")
    assert desk.document.project.data.split.validation == 0.3


def test_what_is_not_allowed_is_explained_and_changes_nothing(panel, desk, qtbot) -> None:
    enter(qtbot, field(panel, "epochs"), "0")
    assert desk.document.project.plan == Plan()
    assert "from 1 to" in visible_text(panel)


def test_validation_and_test_leave_something_to_train_on(panel, desk, qtbot) -> None:
    desk.document.do(Set(("data", "split", "test"), 0.5), "Hold back half")
    QApplication.processEvents()
    enter(qtbot, field(panel, "validation"), "0.6")
    assert desk.document.project.data.split.validation != 0.6
    assert "from 0 to 0.45" in visible_text(panel)


def test_another_optimizer_brings_its_own_settings(panel, desk, qtbot) -> None:
    choose(qtbot, combo(panel, "Optimizer"), "SGD")
    plan = desk.document.project.plan.objectives[0]
    assert (plan.optimizer.name, dict(plan.optimizer.params)) == ("SGD", {"lr": 1e-3})
    qtbot.waitUntil(lambda: "Momentum" in visible_text(panel))
    enter(qtbot, field(panel, "Momentum"), "0.9")
    assert desk.document.project.plan.objectives[0].optimizer.params["momentum"] == 0.9
    enter(qtbot, field(panel, "Learning rate"), "0.1")
    assert desk.document.project.plan.objectives[0].optimizer.params["lr"] == 0.1


def test_rare_settings_are_folded_away(panel, desk, qtbot) -> None:
    more = next(b for b in panel.findChildren(QToolButton) if b.text() == "More settings")
    visible = [line.accessibleName() for line in panel.findChildren(QLineEdit) if line.isVisible()]
    assert "Eps" not in visible
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert field(panel, "Eps").isVisible()


def test_a_schedule_is_drawn(panel, desk, qtbot) -> None:
    preview = next(w for w in panel.findChildren(QWidget)
                   if w.accessibleName() == "Learning rate over the run")  # fmt: skip
    assert "ends at 0.001" in preview.toolTip()
    choose(qtbot, combo(panel, "Schedule"), "Linear")
    assert desk.document.project.plan.objectives[0].schedule.name == "linear"
    qtbot.waitUntil(lambda: "ends at 0.001" not in preview.toolTip())


def test_the_dice_choose_another_seed(panel, desk, qtbot) -> None:
    dice = next(b for b in panel.findChildren(QToolButton) if b.toolTip() == "Another seed")
    qtbot.mouseClick(dice, Qt.MouseButton.LeftButton)
    assert desk.document.project.plan.seed != 0
    qtbot.waitUntil(lambda: field(panel, "seed").text() == str(desk.document.project.plan.seed))


def test_the_device_that_is_chosen_by_itself_is_named(panel, desk, qtbot) -> None:
    desk.analyser.tell()  # the first analysis: torch is there
    device = combo(panel, "Device")
    qtbot.waitUntil(lambda: device.count() > 1, timeout=20_000)
    assert device.currentText() == "Auto · CPU"
    device.setCurrentIndex(device.findData("cpu"))
    device.activated.emit(device.currentIndex())
    assert desk.document.project.plan.device == "cpu"


def test_each_objective_has_optimizer_and_schedule(panel, desk, qtbot) -> None:
    two = (ObjectivePlan("generator"), ObjectivePlan("critic"))
    desk.document.do(Set(("plan", "objectives"), two), "Two objectives")
    qtbot.waitUntil(lambda: "critic" in visible_text(panel))
    boxes = [c for c in panel.findChildren(QComboBox)
             if c.accessibleName() == "Optimizer" and c.isVisible()]  # fmt: skip
    choose(qtbot, boxes[1], "SGD")
    names = [item.optimizer.name for item in desk.document.project.plan.objectives]
    assert names == ["AdamW", "SGD"]


def test_says_why_train_is_off(panel, desk, qtbot) -> None:
    problem = Problem("shape", "error", "build", "conv", "", "Conv2d “conv” gets no input.")
    desk.analyser.tell(Analysis(problems=(problem,), parts=READY.parts))
    qtbot.waitUntil(lambda: not main_button(panel).isEnabled())
    assert "gets no input" in visible_text(panel)
    assert "gets no input" in main_button(panel).toolTip()
    desk.analyser.tell(Analysis())
    qtbot.waitUntil(lambda: "There is no loss" in visible_text(panel))
    desk.analyser.tell(READY)
    qtbot.waitUntil(main_button(panel).isEnabled)


def test_trains_pauses_resumes_and_stops(panel, desk, runner, qtbot) -> None:
    button = main_button(panel)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.text() == "Pause" and runner.epoch == 2)
    assert panel.status.tiles == {"train loss": "0.700", "train accuracy": "0.800",
                                  "val loss": "0.250", "val accuracy": "0.900"}  # fmt: skip
    words = visible_text(panel)
    assert "Epoch 3 / 3" in words
    assert "1\u202f840 samples/s" in words
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.text() == "Resume")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.text() == "Pause")
    stop = next(b for b in panel.findChildren(QPushButton) if b.text() == "Stop")
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.text() == "Train")
    assert "Stopped after 2 epochs" in visible_text(panel)
    assert not stop.isVisible()


def test_says_when_the_drawing_has_moved_on(panel, desk, runner, qtbot) -> None:
    qtbot.mouseClick(main_button(panel), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: runner.state == "training")
    assert "moved on" not in visible_text(panel)
    desk.document.do(Set(("plan", "epochs"), 99), "Set epochs to 99")
    qtbot.waitUntil(lambda: "moved on" in visible_text(panel))
    desk.document.history.undo()
    qtbot.waitUntil(lambda: "moved on" not in visible_text(panel))
    runner.stop()


def pick_metric(qtbot: QtBot, button: QPushButton, title: str) -> None:
    """Open the menu of metrics and click an entry."""
    menu = button.menu()
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    action = next(action for action in menu.actions() if action.text() == title)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_metrics_that_fit_the_loss_are_chosen_in_a_menu(
    panel: TrainingPanel, desk: Desk, qtbot: QtBot
) -> None:
    button = next(b for b in panel.findChildren(QPushButton) if b.accessibleName() == "Metrics")
    assert button.accessibleDescription() == "none fits the losses"
    head = NodeFacts("head", NodeId("head"), outputs={"output": Tensor((B, 10))})
    desk.analyser.tell(Analysis({"head": head}, parts=READY.parts))
    qtbot.waitUntil(lambda: button.accessibleDescription() == "Auto · Accuracy")
    offered = [action.text() for action in button.menu().actions() if action.isCheckable()]
    assert "F1" in offered
    assert "Mean absolute error" not in offered
    pick_metric(qtbot, button, "F1")
    qtbot.waitUntil(lambda: button.accessibleDescription() == "Accuracy, F1")
    assert desk.document.project.plan.metrics == ("accuracy", "f1")
    pick_metric(qtbot, button, "Accuracy")
    qtbot.waitUntil(lambda: button.accessibleDescription() == "F1")
    pick_metric(qtbot, button, "Automatic")
    qtbot.waitUntil(lambda: button.accessibleDescription() == "Auto · Accuracy")
    desk.document.history.undo()
    assert desk.document.project.plan.metrics == ("f1",)


def test_the_rest_of_the_plan_is_under_folds_that_say_what_is_set(panel, desk, qtbot) -> None:
    fold = next(b for b in panel.findChildren(QToolButton) if b.text() == "Precision and speed")
    lines = [c for c in panel.findChildren(QComboBox) if c.accessibleName() == "Precision"]
    assert not lines[0].isVisible()
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert lines[0].isVisible()
    choose(qtbot, lines[0], "bfloat16")
    choose(qtbot, combo(panel, panel.form.more.rows["compile"].param.title), "default")
    plan = desk.document.project.plan
    assert (plan.precision, plan.compile) == ("bfloat16", "default")
    qtbot.waitUntil(lambda: "bfloat16 · Compile default" in fold.accessibleName())
    combo(panel, panel.form.more.rows["compile"].param.title).setCurrentIndex(0)
    combo(panel, panel.form.more.rows["compile"].param.title).activated.emit(0)
    assert desk.document.project.plan.compile == ""


def test_every_field_of_the_plan_is_in_the_form(panel, desk, qtbot) -> None:
    """By keys: each fold opens with Space, and every number takes what is typed."""
    for fold in panel.form.more.folds.values():
        fold.button.setFocus()
        qtbot.keyClick(fold.button, Qt.Key.Key_Space)
    typed = {"clip_norm": 1.5, "clip_value": 0.5, "accumulate": 4, "ema": 0.99, "patience": 3,
             "min_delta": 0.01, "keep": 5, "workers": 2}  # fmt: skip
    for name, value in typed.items():
        enter(qtbot, field(panel, panel.form.more.rows[name].param.title), str(value))
    for name in ("channels_last", "cuda_graphs", "deterministic"):
        title = panel.form.more.rows[name].param.title
        check = next(c for c in panel.findChildren(QCheckBox) if c.accessibleName() == title)
        check.setFocus()
        qtbot.keyClick(check, Qt.Key.Key_Space)
    choose(qtbot, combo(panel, panel.form.more.rows["loading"].param.title), "stream")
    choose(qtbot, combo(panel, panel.form.more.rows["monitor"].param.title), "loss")
    plan = desk.document.project.plan
    assert {name: getattr(plan, name) for name in typed} == typed
    assert (plan.channels_last, plan.cuda_graphs, plan.deterministic) == (True, True, True)
    assert (plan.loading, plan.monitor) == ("stream", "loss")
    elsewhere = {"objectives", "device", "metrics", *panel.form.run_rows}
    assert {item.name for item in fields(Plan)} <= elsewhere | panel.form.more.rows.keys()


def test_schedules_follow_each_other(panel, desk, qtbot) -> None:
    preview = next(w for w in panel.findChildren(QWidget)
                   if w.accessibleName() == "Learning rate over the run")  # fmt: skip
    add = next(b for b in panel.findChildren(QToolButton) if b.text() == "Then another schedule")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "ends at 0" in preview.toolTip())
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(c.accessibleName() == "Schedule 3"
                                for c in panel.findChildren(QComboBox)))  # fmt: skip
    choose(qtbot, combo(panel, "Schedule 3"), "Steps")
    enter(qtbot, field(panel, "Warm-up"), "0.1")
    mine = desk.document.project.plan.objectives[0]
    assert [item.name for item in mine.then] == ["cosine", "step"]
    assert mine.warmup == 0.1
    shares = [line for line in panel.findChildren(QLineEdit) if line.accessibleName() == "Share"]
    enter(qtbot, shares[-1], "2")
    assert desk.document.project.plan.objectives[0].then[1].share == 2
    qtbot.waitUntil(lambda: any(line.accessibleName() == "step_size"
                                for line in panel.findChildren(QLineEdit)))  # fmt: skip
    enter(qtbot, field(panel, "step_size"), "3")
    assert desk.document.project.plan.objectives[0].then[1].params == {"step_size": 3}
    drop = [b for b in panel.findChildren(QToolButton)
            if b.toolTip() == "Take this schedule out of the chain" and b.isVisible()]  # fmt: skip
    qtbot.mouseClick(drop[0], Qt.MouseButton.LeftButton)
    assert [item.name for item in desk.document.project.plan.objectives[0].then] == ["step"]
    qtbot.waitUntil(lambda: combo(panel, "Schedule 2").currentText() == "Steps")


def test_the_best_epoch_is_chosen_among_what_is_measured(panel, desk, qtbot) -> None:
    panel.form.more.show_measured(("accuracy", "accuracy.head2"))
    opened = next(
        b for b in panel.findChildren(QToolButton) if b.text() == "Best epoch and checkpoints"
    )
    qtbot.mouseClick(opened, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(c.isVisible() and c.findText("accuracy.head2") >= 0
                                for c in panel.findChildren(QComboBox)))  # fmt: skip
    box = next(c for c in panel.findChildren(QComboBox) if c.findText("accuracy.head2") >= 0)
    assert [box.itemText(place) for place in range(box.count())] == [
        "automatic", "loss", "accuracy", "accuracy.head2",
    ]  # fmt: skip
    choose(qtbot, box, "accuracy.head2")
    assert desk.document.project.plan.monitor == "accuracy.head2"
