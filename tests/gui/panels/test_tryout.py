"""The tryout panel, with a small network that is really trained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from graphcore.project.edits import Set
from graphcore.project.project import Project
from graphcore.project.templates import open_template
from graphcore.training.control import Control
from graphcore.training.runs import Run, store_for
from graphcore.training.session import train_project
from gui.document import Document
from gui.panels.own_input import Bars
from gui.panels.pad import DrawingPad, picture_of
from gui.panels.tryout import TryoutPanel
from gui.runner import Runner
from gui.samples import SampleSource
from gui.theme import Appearance
from tests.gui.panels.given import GivenAnalyser

# A three, in hundredths of the pad's side.
THREE = ((30, 28), (45, 18), (65, 24), (64, 42), (47, 48), (66, 56), (68, 76), (47, 84), (29, 75))
Make = Callable[[str], TryoutPanel]


def trained(name: str, epochs: int) -> Project:
    """A template and a run of it in the store."""
    project = open_template(name)
    Set(("plan", "epochs"), epochs).apply(project)
    run = store_for(None).create(project, name)
    list(train_project(project, run, Control()))
    return project


@pytest.fixture
def open_panel(appearance: Appearance, shown: Callable[..., QWidget], qtbot: QtBot) -> Iterator:
    """Opens the panel over a project."""
    panels: list[TryoutPanel] = []
    sources: list[SampleSource] = []

    def opened(project: Project) -> TryoutPanel:
        document = Document(project)
        source = SampleSource(document)
        panel = TryoutPanel(document=document, analyser=GivenAnalyser(), runner=Runner(),
                            appearance=appearance, samples=source)  # fmt: skip
        document.setParent(panel)
        panels.append(panel)
        sources.append(source)
        return shown(panel, 900, 400)

    yield opened
    for panel, source in zip(panels, sources, strict=True):
        panel.stop()
        source.stop()


def words(panel: QWidget) -> str:
    return " ".join(q.text() for q in panel.findChildren(QLabel) if q.isVisible())


def button(panel: QWidget, text: str):
    found = [*panel.findChildren(QPushButton), *panel.findChildren(QToolButton)]
    return next(b for b in found if text in (b.text(), b.toolTip()))


def draw(qtbot: QtBot, pad: DrawingPad, points: tuple[tuple[int, int], ...]) -> None:
    """Draw a line with the mouse."""
    placed = [QPoint(x * pad.width() // 100, y * pad.height() // 100) for x, y in points]
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=placed[0])
    for start, end in pairwise(placed):
        for part in range(1, 6):
            qtbot.mouseMove(pad, start + (end - start) * part / 5)
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=placed[-1])


def test_asks_to_train_first_and_offers_untrained_weights(open_panel, qtbot) -> None:
    panel = open_panel(open_template("digits-mlp"))
    qtbot.waitUntil(lambda: "Train first" in words(panel), timeout=20_000)
    qtbot.mouseClick(button(panel, "Try untrained weights"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.is_trying, timeout=20_000)
    assert "untrained weights" in words(panel)
    assert "wrong" in panel.comparison.summary


def test_predictions_stand_beside_the_truth(open_panel, qtbot) -> None:
    panel = open_panel(trained("digits-mlp", 4))
    qtbot.waitUntil(lambda: panel.is_trying, timeout=20_000)
    first = panel.comparison.texts
    assert len(first) > 10
    assert all(text.endswith(("✓", "✗")) for text in first)
    for text in first:
        truth, said = text[:-2].split(" → ")
        assert (truth == said) == text.endswith("✓")
    wrong = int(panel.comparison.summary.split("· ")[1].split()[0])
    assert 0 < wrong < 60
    qtbot.mouseClick(panel.comparison.wrong_first, Qt.MouseButton.LeftButton)
    marks = [text[-1] for text in panel.comparison.texts]
    assert marks == sorted(marks, reverse=True)
    assert marks.count("✗") == min(wrong, len(marks))


def test_pages_turn(open_panel, qtbot) -> None:
    panel = open_panel(trained("digits-mlp", 1))
    qtbot.waitUntil(lambda: panel.is_trying, timeout=20_000)
    first = panel.comparison.texts
    assert not panel.comparison.back.isEnabled()
    qtbot.mouseClick(panel.comparison.next, Qt.MouseButton.LeftButton)
    assert panel.comparison.texts != first
    qtbot.mouseClick(panel.comparison.back, Qt.MouseButton.LeftButton)
    assert panel.comparison.texts == first


def test_a_drawn_digit_is_classified_as_it_is_drawn(open_panel, qtbot) -> None:
    panel = open_panel(trained("digits-cnn", 4))
    qtbot.waitUntil(lambda: panel.is_trying, timeout=20_000)
    pad, bars = panel.findChild(DrawingPad), panel.findChild(Bars)
    draw(qtbot, pad, THREE)
    qtbot.waitUntil(lambda: bars.best == "3", timeout=10_000)
    assert "3 " in bars.accessibleDescription()
    qtbot.mouseClick(button(panel, "Take the last stroke back (Backspace)"),
                     Qt.MouseButton.LeftButton)  # fmt: skip
    assert pad.strokes == []
    qtbot.waitUntil(lambda: bars.best == "", timeout=10_000)


def test_features_of_a_table_are_typed(open_panel, qtbot) -> None:
    panel = open_panel(trained("iris", 30))
    qtbot.waitUntil(lambda: panel.is_trying, timeout=20_000)
    table, bars = panel.findChild(QTableWidget), panel.findChild(Bars)
    assert table.isVisible()
    assert table.rowCount() == 30
    qtbot.waitUntil(lambda: bars.best != "", timeout=10_000)
    for line in panel.findChildren(QLineEdit):
        if "petal" in line.accessibleName():
            line.setFocus()
            line.selectAll()
            qtbot.keyClicks(line, "0.3")
            qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bars.best == "setosa", timeout=10_000)


def test_an_autoencoder_shows_input_beside_output(open_panel, qtbot) -> None:
    panel = open_panel(trained("digits-autoencoder", 1))
    qtbot.waitUntil(lambda: panel.is_trying, timeout=20_000)
    assert all(text.startswith("±") for text in panel.comparison.texts)
    draw(qtbot, panel.findChild(DrawingPad), THREE)
    made = next(q for q in panel.findChildren(QLabel)
                if q.accessibleName() == "What the model makes of it")  # fmt: skip
    qtbot.waitUntil(lambda: not made.pixmap().isNull(), timeout=10_000)


def test_another_drawings_run_is_not_shown(open_panel, qtbot) -> None:
    trained("iris", 1)
    panel = open_panel(open_template("digits-mlp"))
    qtbot.waitUntil(lambda: "Train first" in words(panel), timeout=20_000)
    assert not panel.is_trying


def test_the_weights_of_a_chosen_run_are_tried(open_panel, qtbot) -> None:
    project = trained("digits-mlp", 4)
    poor = trained("digits-mlp", 1)
    runs: list[Run] = store_for(None).runs()
    panel = open_panel(project)
    assert poor.plan.epochs == 1
    seen = set()
    for run in runs:
        panel.show_run(run)
        qtbot.waitUntil(lambda run=run: run.id in panel.comparison.about, timeout=20_000)
        seen.add(panel.comparison.summary)
    assert len(seen) == 2


def line(*points: tuple[float, float]) -> list[QPointF]:
    return [QPointF(x, y) for x, y in points]


def test_a_drawing_fills_the_picture_wherever_it_was_drawn() -> None:
    small = [line((0.1, 0.1), (0.3, 0.1), (0.2, 0.4))]
    moved = [[QPointF(p.x() * 2 + 0.2, p.y() * 2) for p in small[0]]]
    first = picture_of(small, (1, 8, 8), 0, 16, False)
    second = picture_of(moved, (1, 8, 8), 0, 16, False)
    assert first is not None
    assert second is not None
    assert first.shape == (1, 8, 8)
    assert first.dtype == np.float32
    np.testing.assert_allclose(first, second, atol=0.6)
    assert first[0].max() > 12
    assert first[0, 0].max() > 4
    assert first[0, 7].max() > 4


def test_dark_ink_and_colours_follow_the_data() -> None:
    stroke = [line((0.5, 0.1), (0.5, 0.9))]
    light = picture_of(stroke, (3, 28, 28), 0, 255, False)
    dark = picture_of(stroke, (3, 28, 28), 0, 255, True)
    assert light is not None
    assert dark is not None
    np.testing.assert_allclose(light + dark, 255, atol=0.01)
    np.testing.assert_array_equal(light[0], light[2])
    assert light[0, 0].max() == 0  # like MNIST it keeps a margin


def test_an_empty_pad_is_no_picture() -> None:
    assert picture_of([], (1, 8, 8), 0, 16, False) is None
