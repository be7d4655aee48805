"""The results panel, with small networks that are really trained."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from graphcore.project.edits import Set
from graphcore.project.project import Project
from graphcore.project.templates import open_template
from graphcore.training.control import Control
from graphcore.training.runs import Run, store_for
from graphcore.training.session import train_project
from gui.document import Document
from gui.panels.matrix import Matrix
from gui.panels.results import ResultsPanel
from gui.panels.scatter import Scatter
from gui.runner import Runner
from gui.samples import SampleSource
from gui.theme import Appearance
from tests.graphcore.training.tasks import CASES

Open = Callable[[Project], ResultsPanel]
LEFT = Qt.MouseButton.LeftButton


def trained(project: Project, epochs: int) -> Run:
    """A run of the project in the store."""
    Set(("plan", "epochs"), epochs).apply(project)
    run = store_for(None).create(project, "examined")
    list(train_project(project, run, Control()))
    return run


@pytest.fixture
def open_panel(appearance: Appearance, shown: Callable[..., QWidget], qtbot: QtBot) -> Iterator:
    """Opens the panel over a project."""
    kept: list[tuple[ResultsPanel, SampleSource]] = []

    def opened(project: Project) -> ResultsPanel:
        document = Document(project)
        source = SampleSource(document)
        panel = ResultsPanel(document=document, runner=Runner(), appearance=appearance,
                             samples=source)  # fmt: skip
        document.setParent(panel)
        kept.append((panel, source))
        return shown(panel, 900, 360)

    yield opened
    for panel, source in kept:
        panel.stop()
        source.stop()


def ready(panel: ResultsPanel, qtbot: QtBot) -> ResultsPanel:
    """With all that it shows at first."""
    qtbot.waitUntil(lambda: panel.result is not None, timeout=30_000)
    qtbot.waitUntil(lambda: bool(panel.gallery.texts), timeout=10_000)
    return panel


def words(panel: QWidget) -> str:
    return " ".join(q.text() for q in panel.findChildren(QLabel) if q.isVisible())


def button(panel: QWidget, text: str) -> QToolButton:
    return next(b for b in panel.findChildren(QToolButton) if b.text() == text)


def click_cell(matrix: Matrix, row: int, column: int) -> None:
    QTest.mouseClick(matrix, LEFT, pos=matrix.cell_box(row, column).center().toPoint())


def a_mistake(panel: ResultsPanel) -> tuple[int, int]:
    """The cell of the commonest mistake."""
    assert panel.result is not None
    counts = panel.result.counts.copy()
    counts[range(10), range(10)] = 0
    row, column = divmod(int(counts.argmax()), 10)
    assert counts[row, column]
    return row, column


def test_it_says_what_to_do_before_there_is_a_run(open_panel: Open, qtbot: QtBot) -> None:
    panel = open_panel(open_template("digits-mlp"))
    qtbot.waitUntil(lambda: "Train first" in words(panel), timeout=20_000)
    empty = open_panel(Project())
    assert "Choose data" in words(empty)


def test_it_says_why_there_are_no_samples(open_panel: Open, qtbot: QtBot) -> None:
    project = open_template("digits-mlp")
    Set(("data", "options"), {"name": "gone"}).apply(project)
    panel = open_panel(project)
    qtbot.waitUntil(lambda: "“gone”" in words(panel), timeout=20_000)
    assert "No samples" in words(panel)


def test_a_cell_leads_to_its_samples_by_mouse_and_by_keys(open_panel: Open, qtbot: QtBot) -> None:
    project = open_template("digits-mlp")
    trained(project, 2)
    panel = ready(open_panel(project), qtbot)
    wrong = int(panel.summary.split("· ")[1].split()[0])
    assert all(text.endswith("✗") for text in panel.gallery.texts[: min(wrong, 5)])

    row, column = a_mistake(panel)
    click_cell(panel.matrix, row, column)
    text, count = f"{row} → {column} ✗", panel.result.counts[row, column]
    qtbot.waitUntil(lambda: panel.gallery.texts == [text] * count)
    assert f"{row} taken for {column}: {count} of" in words(panel)
    assert not button(panel, "Worst").isChecked()
    assert panel.gallery.sheet.item(0).toolTip().startswith(f"Truth {row}, prediction {column}")

    panel.matrix.setFocus()
    key = Qt.Key.Key_Left if column > row else Qt.Key.Key_Right
    for _ in range(abs(column - row)):
        qtbot.keyClick(panel.matrix, key)
    assert panel.matrix.cell == (row, row)
    right = f"{row} → {row} ✓"
    qtbot.waitUntil(lambda: set(panel.gallery.texts) == {right})
    assert f"{row} found" in panel.matrix.accessibleDescription()

    never = next(c for c in range(10) if not panel.result.counts[row, c])
    click_cell(panel.matrix, row, never)
    qtbot.waitUntil(lambda: "no such sample" in words(panel))

    qtbot.mouseClick(button(panel, "Best"), LEFT)
    qtbot.waitUntil(lambda: "Best answers first" in words(panel))
    qtbot.waitUntil(lambda: all(text.endswith("✓") for text in panel.gallery.texts[:5]))
    assert panel.matrix.cell is None


def test_other_weights_and_another_run_are_examined(open_panel: Open, qtbot: QtBot) -> None:
    project = open_template("digits-mlp")
    first, second = trained(project, 1), trained(project, 2)
    panel = ready(open_panel(project), qtbot)
    assert second.id in panel.about
    qtbot.mouseClick(button(panel, "Last weights"), LEFT)
    qtbot.waitUntil(lambda: panel.about.endswith("last weights"), timeout=20_000)
    panel.show_run(first)
    qtbot.waitUntil(lambda: first.id in panel.about, timeout=20_000)


def test_a_prediction_stands_beside_its_number(open_panel: Open, qtbot: QtBot) -> None:
    project = CASES["numbers"].copy()
    trained(project, 1)
    panel = ready(open_panel(project), qtbot)
    assert not panel.matrix.isVisible()
    scatter = panel.findChild(Scatter)
    assert panel.gallery.table.columnCount() == 6  # truth and prediction, then the input
    QTest.mouseClick(scatter, LEFT, pos=scatter.point(2).toPoint())
    assert scatter.place == 2
    true, said = float(panel.result.true[2, 0]), float(panel.result.said[2, 0])
    first = f"{true:.4g} → {said:.4g}"
    qtbot.waitUntil(lambda: panel.gallery.texts[0] == first)
    assert scatter.accessibleDescription() == f"Truth {true:.4g}, prediction {said:.4g}"

    qtbot.mouseClick(button(panel, "Residuals"), LEFT)
    assert scatter.accessibleName().startswith("Prediction minus truth")
    scatter.setFocus()
    for _ in range(len(panel.result)):
        qtbot.keyClick(scatter, Qt.Key.Key_Left)
    assert scatter.place == int(panel.result.true.argmin())


def test_each_output_has_its_own_page(open_panel: Open, qtbot: QtBot) -> None:
    project = open_template("two-heads")
    trained(project, 1)
    panel = ready(open_panel(project), qtbot)
    output = next(c for c in panel.findChildren(QComboBox) if c.accessibleName() == "Output")
    assert panel.matrix.isVisible()
    output.setFocus()
    qtbot.keyClick(output, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "truth, prediction" in words(panel))
    qtbot.waitUntil(lambda: panel.gallery.texts[0].startswith("±"))
    assert not panel.matrix.isVisible()
    errors = [float(text[2:]) for text in panel.gallery.texts]
    assert errors == sorted(errors, reverse=True)


def test_areas_are_seen_over_the_picture_that_they_are_of(open_panel: Open, qtbot: QtBot) -> None:
    project = CASES["pixels"].copy()
    trained(project, 1)
    panel = ready(open_panel(project), qtbot)
    assert "input, truth, prediction" in words(panel)
    size = panel.gallery.sheet.iconSize()
    assert size.width() > 2.5 * size.height()
    click_cell(panel.matrix, 1, 2)
    pairs = panel.result.at(1, 2)
    qtbot.waitUntil(lambda: len(panel.gallery.texts) == len(pairs) and "1 taken" in words(panel))


def test_labels_are_found_or_missed(open_panel: Open, qtbot: QtBot) -> None:
    project = CASES["labels"].copy()
    trained(project, 1)
    panel = ready(open_panel(project), qtbot)
    counts = panel.result.counts
    row = int(counts[:, 0].argmax())
    click_cell(panel.matrix, row, 0)
    qtbot.waitUntil(lambda: len(panel.gallery.texts) == counts[row, 0])
    assert f"{row}: found {counts[row, 0]} times" in words(panel)


def test_it_is_drawn_anew_in_another_look(
    open_panel: Open, qtbot: QtBot, appearance: Appearance
) -> None:
    project = CASES["pixels"].copy()
    trained(project, 1)
    panel = ready(open_panel(project), qtbot)
    before = panel.gallery.sheet.item(0).icon().pixmap(200).toImage()
    appearance.choose("light" if appearance.theme.is_dark else "dark")
    qtbot.waitUntil(
        lambda: panel.gallery.sheet.item(0).icon().pixmap(200).toImage() != before, timeout=10_000
    )
    appearance.choose("dark")
