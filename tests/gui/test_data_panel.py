"""The data panel as a person uses it: choose, look, divide, scale, and be told what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from graphcore.data.samples import Samples
from graphcore.data.sources import describe
from graphcore.project.data import DataChoice, Field, Split
from graphcore.project.project import Project
from graphcore.types import Tensor
from gui.data.field_list import FieldCard
from gui.data.sample_strip import SampleTable
from gui.document import Document
from gui.panels.data import DataPanel
from gui.samples import SampleSource
from gui.theme import Appearance
from gui.thumbnails import thumbnail


@dataclass
class Desk:
    """A panel on a document, with a person who answers file dialogs."""

    document: Document
    samples: SampleSource
    panel: DataPanel
    answers: dict[str, Path | None]
    qtbot: QtBot

    @property
    def data(self) -> DataChoice:
        return self.document.project.data

    def pick(self, title: str) -> None:
        """Choose a line of the menu under “Choose data…”."""
        action = next(a for a in self.panel.menu.actions() if a.text() == title)
        assert action.isEnabled()
        action.trigger()

    def wait_for(self, source: str) -> None:
        self.qtbot.waitUntil(
            lambda: self.data.source == source and self.samples.samples is not None
        )

    def says(self, words: str) -> bool:
        labels = self.panel.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())


@pytest.fixture
def open_desk(qtbot: QtBot, qapp: QApplication) -> Iterator[object]:
    appearance, desks = Appearance(qapp, "dark"), list[Desk]()

    def make(data: DataChoice | None = None, width: int = 900) -> Desk:
        document = Document(Project(data=data or DataChoice()))
        samples, answers = SampleSource(document), dict[str, Path | None]()
        panel = DataPanel(
            document=document, appearance=appearance, samples=samples, ask_path=answers.get
        )
        qtbot.addWidget(panel)
        panel.resize(width, 900)
        panel.show()
        desks.append(Desk(document, samples, panel, answers, qtbot))
        qtbot.waitUntil(lambda: not samples.is_reading)
        return desks[-1]

    yield make
    for desk in desks:
        desk.panel.stop()
        desk.samples.stop()


@pytest.fixture
def digits() -> DataChoice:
    return describe("sample", {"name": "digits"}, None)


def test_without_data_it_offers_large_choices_and_one_click_is_enough(open_desk) -> None:
    desk = open_desk()
    assert desk.says("What should the network learn from?")
    button = desk.panel.findChild(QPushButton, "choose_digits")
    assert button.isVisible()
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.wait_for("sample")
    assert desk.data.samples == 1797
    assert desk.says("Handwritten digits")
    assert desk.panel.classes.rows[0] == ("0", 178)
    assert not button.isVisible()
    desk.document.history.undo()
    assert desk.data == DataChoice()
    assert desk.says("What should the network learn from?")


def test_digits_are_shown_as_pictures_with_their_labels(open_desk, digits: DataChoice) -> None:
    desk = open_desk(digits)
    view, labels = desk.panel.sample_view, desk.samples.samples.arrays["label"]
    assert view.strip.isVisible()
    first = [cell.index for cell in view.strip.cells]
    assert [cell.label for cell in view.strip.cells] == [str(labels[i]) for i in first]
    desk.qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    second = [cell.index for cell in view.strip.cells]
    assert not set(first) & set(second)
    desk.qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert [cell.index for cell in view.strip.cells] == first
    assert not view.back.isEnabled()
    desk.qtbot.mouseClick(view.shuffle, Qt.MouseButton.LeftButton)
    assert [cell.index for cell in view.strip.cells] != first


def test_iris_is_shown_as_rows(open_desk) -> None:
    desk = open_desk(describe("sample", {"name": "iris"}, None))
    table = desk.panel.sample_view.table
    assert table.isVisible()
    assert table.horizontalHeaderItem(1).text() == "sepal length"
    assert [table.item(0, at).text() for at in range(5)] == ["setosa", "5.1", "3.5", "1.4", "0.2"]


def test_the_split_is_typed_and_undone_in_one_go(open_desk, digits: DataChoice) -> None:
    desk = open_desk(digits)
    box = desk.panel.split.validation
    box.setFocus()
    box.selectAll()
    desk.qtbot.keyClicks(box, "30")
    desk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert desk.data.split == Split(validation=0.3)
    assert desk.panel.split.counts[1].text() == "539"
    desk.qtbot.keyClick(box, Qt.Key.Key_Up)
    assert desk.data.split.validation == 0.35
    assert desk.document.history.count() == 1
    desk.document.history.undo()
    assert desk.data.split == Split()
    assert box.value() == 20


def test_dividing_anew_takes_another_seed_and_parts(open_desk, digits: DataChoice) -> None:
    desk = open_desk(digits)
    view = desk.panel.sample_view
    view.part.setFocus()
    desk.qtbot.keyClick(view.part, Qt.Key.Key_Down)
    desk.qtbot.keyClick(view.part, Qt.Key.Key_Down)
    before = view.shown
    assert "359" in view.place.text()
    desk.qtbot.mouseClick(desk.panel.split.shuffle, Qt.MouseButton.LeftButton)
    assert desk.data.split.seed != 0
    assert view.shown != before


def test_scaling_of_a_field_is_chosen(open_desk, digits: DataChoice) -> None:
    desk = open_desk(digits)
    card = desk.panel.findChildren(FieldCard)[0]
    card.combo.setFocus()
    desk.qtbot.keyClick(card.combo, Qt.Key.Key_Down)
    assert desk.data.normalize["image"] == "standard"
    desk.document.history.undo()
    assert desk.data.normalize["image"] == "unit"


def test_a_class_for_each_pixel_is_counted(open_desk, tmp_path: Path) -> None:
    marks = np.zeros((6, 4, 4), np.int64)
    marks[:, 0], marks[:, 1] = 2, -100
    np.savez(tmp_path / "marks.npz", image=np.zeros((6, 1, 4, 4), np.float32), mask=marks)
    data = describe("npz", {"path": str(tmp_path / "marks.npz")}, None)
    fields = tuple(replace(f, classes=3) if f.name == "mask" else f for f in data.fields)
    desk = open_desk(replace(data, fields=fields))
    assert desk.panel.classes.rows == (("0", 48), ("1", 0), ("2", 24))


def test_rows_tell_a_class_for_each_word_and_other_fields_in_short(qtbot: QtBot) -> None:
    names, numbers = ("a", "b", "c"), np.float32([[0.5, 2], [1, 3]])
    fields = (
        Field("words", Tensor((3,), "int64"), classes=3, class_names=names),
        Field("next", Tensor((3,), "int64"), classes=3),
        Field("cube", Tensor((2, 2, 2))),
        Field("x", Tensor((2,))),
    )
    arrays = {"words": np.array([[0, 1, 2], [2, 1, 7]]), "next": np.zeros((2, 3), np.int64),
              "cube": np.zeros((2, 2, 2, 2), np.float32), "x": numbers}  # fmt: skip
    table = SampleTable()
    qtbot.addWidget(table)
    table.show_samples(DataChoice("npz", fields=fields), Samples(arrays), np.arange(2))
    columns = range(table.columnCount())
    assert [table.item(1, at).text() for at in columns] == [
        "c", "b", "7", "0", "0", "0", "float32[2, 2, 2]", "1", "3",
    ]  # fmt: skip


def test_a_csv_file_is_chosen_and_its_target_changed(open_desk, tmp_path: Path) -> None:
    file = tmp_path / "houses.csv"
    file.write_text("a,b,kind\n" + "".join(f"{i},{i % 2},{'xy'[i % 2]}\n" for i in range(20)))
    desk = open_desk()
    desk.answers["csv"] = file
    desk.pick("CSV file…")
    desk.wait_for("csv")
    assert desk.says("houses.csv")
    assert desk.panel.classes.rows == (("x", 10), ("y", 10))
    target = desk.panel.options.target
    assert target.currentText() == "kind"
    target.setFocus()
    desk.qtbot.keyClick(target, Qt.Key.Key_Up)
    desk.qtbot.waitUntil(lambda: desk.data.options.get("target") == "b")
    assert desk.data.field("label").class_names == ("0", "1")


def test_a_dialog_that_is_cancelled_changes_nothing(open_desk, digits: DataChoice) -> None:
    desk = open_desk(digits)
    desk.pick("NumPy file…")
    assert desk.data == digits
    assert desk.document.history.count() == 0


def test_what_is_wrong_with_a_file_is_said_in_place(
    open_desk, digits: DataChoice, tmp_path: Path
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("a,b\n1,2\n3\n")
    desk = open_desk(digits)
    desk.answers["csv"] = file
    desk.pick("CSV file…")
    desk.qtbot.waitUntil(lambda: desk.says("Line 3 of “bad.csv” has 1 cell"))
    assert desk.data == digits
    desk.qtbot.mouseClick(desk.panel.message.button, Qt.MouseButton.LeftButton)
    assert not desk.panel.message.isVisible()


def test_reading_is_said_while_it_lasts(open_desk) -> None:
    desk = open_desk()
    desk.pick("Iris flowers")
    assert desk.says("Reading Iris flowers")
    desk.wait_for("sample")
    assert not desk.says("Reading")


def test_data_that_is_gone_or_changed_says_what_to_do(open_desk, tmp_path: Path) -> None:
    file = tmp_path / "a.npz"
    np.savez(file, x=np.zeros((4, 2), np.float32), y=[0, 0, 1, 1])
    choice = describe("npz", {"path": str(file)}, None)
    file.unlink()
    desk = open_desk(choice)
    assert desk.says("There is no NumPy file")
    np.savez(file, x=np.zeros((6, 2), np.float32), y=[0, 0, 1, 1, 2, 2])
    desk.qtbot.mouseClick(desk.panel.message.button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: desk.says("not what it was"))
    desk.qtbot.mouseClick(desk.panel.message.button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: desk.data.samples == 6)
    assert desk.data.field("y").classes == 3
    desk.qtbot.waitUntil(lambda: not desk.panel.message.isVisible())


def test_warnings_about_what_was_left_out_are_shown(open_desk, tmp_path: Path) -> None:
    file = tmp_path / "gaps.csv"
    file.write_text("a,k\n1,x\n,y\n3,x\n4,y\n")
    desk = open_desk(describe("csv", {"path": str(file)}, None))
    assert desk.says("1 row was left out")


@pytest.mark.parametrize("width", [320, 900])
def test_nothing_is_wider_than_the_panel(open_desk, digits: DataChoice, width: int) -> None:
    for data in (digits, None):
        panel = open_desk(data, width).panel
        for label in panel.findChildren(QLabel) + panel.findChildren(QPushButton):
            if label.isVisible():
                right = label.mapTo(panel, label.rect().bottomRight()).x()
                assert right < width, label.text()


def test_samples_are_read_once_for_a_choice(open_desk, digits: DataChoice) -> None:
    desk = open_desk(digits)
    before = desk.samples.samples
    desk.document.replace(Project(data=replace(digits, split=Split(0.5))), None)
    assert desk.samples.samples is before
    assert desk.panel.split.validation.value() == 50


def test_a_thumbnail_is_crisp_and_keeps_its_tones() -> None:
    image = thumbnail(np.array([[[0, 16], [8, 16]]], dtype=np.uint8), 0, 16, 8)
    assert (image.width(), image.height()) == (8, 8)
    assert {image.pixelColor(x, y).red() for x in range(8) for y in range(8)} == {0, 128, 255}
    assert image.pixelColor(3, 3).red() == 0
    assert image.pixelColor(4, 0).red() == 255


def test_a_color_thumbnail_keeps_its_shape_and_colors() -> None:
    raw = np.zeros((3, 10, 20), np.float32)
    raw[0] = 1
    raw[1, :, 10:] = np.nan
    image = thumbnail(raw, 0, 1, 40)
    assert isinstance(image, QImage)
    assert (image.width(), image.height()) == (40, 20)
    assert image.pixelColor(20, 10).getRgb()[:3] == (255, 0, 0)
