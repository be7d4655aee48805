"""The drawing as PNG, SVG and PDF."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from graphcore.errors import UserError
from graphcore.project import templates
from gui import theme
from gui.dialogs.picture import PictureDialog
from gui.main_window import MainWindow
from gui.notices import NoticeBar
from gui.render import render
from tests.gui.conftest import OpenWindow, dialog_of, press


def export(window: MainWindow, path: Path) -> str:
    """What the window says after the drawing was exported to a file."""
    choose_how(window)
    field = dialog_of(window, QFileDialog).findChild(QLineEdit)
    field.setText(str(path))
    QTest.keyClick(field, Qt.Key.Key_Return)
    return next(bar.message for bar in window.findChildren(NoticeBar) if bar.isVisible())


def choose_how(window: MainWindow, **rows: int) -> str:
    """Go through the dialog, choosing rows of its lists; the size that it says."""
    window.commands.refresh()
    window.commands["file.export_drawing"].trigger()
    dialog = dialog_of(window, PictureDialog)
    assert isinstance(dialog, PictureDialog)
    for name, row in rows.items():
        box = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == name)
        box.setFocus()
        for _ in range(row):
            QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(dialog.ground, Qt.Key.Key_Space)
    said = dialog.size_said.text()
    press(dialog, "Choose a file…")
    return said


def texts(svg: Path) -> str:
    return " ".join("".join(item.itertext()) for item in ElementTree.parse(svg).iter())


def test_an_exported_svg_holds_every_word_but_needs_no_font(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(template="digits-cnn")
    assert "net.svg" in export(window, tmp_path / "net.svg")
    for word in ("Conv2d", "CrossEntropyLoss", "Dropout"):
        assert word in texts(tmp_path / "net.svg")
    assert "<text" not in (tmp_path / "net.svg").read_text("utf-8")
    painted = QSvgRenderer((tmp_path / "net.svg").read_bytes())
    image = QImage(painted.defaultSize() / 4, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painted.render(painter)
    painter.end()
    row = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in (20, image.height() // 2)}
    assert len(row) > 3


def test_an_exported_pdf_is_one_page_with_its_fonts(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(template="digits-cnn")
    export(window, tmp_path / "net.pdf")
    content = (tmp_path / "net.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 1
    assert b"/FontFile" in content


def test_a_picture_that_cannot_be_written_is_told_and_what_was_there_stays(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(template="digits-cnn")
    choose_how(window)
    dialog_of(window, QFileDialog).fileSelected.emit(str(tmp_path / "none" / "net.png"))
    bar = next(bar for bar in window.findChildren(NoticeBar) if bar.isVisible())
    assert "could not be written" in bar.message
    dialog_of(window, QFileDialog).close()


@pytest.mark.parametrize("name", ["net.txt", "net"])
def test_another_ending_is_told_before_anything_is_drawn(
    qapp: object, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError, match="can't be written as"):
        render(templates.open_template("digits-cnn"), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_what_is_selected_is_exported_alone_in_another_theme_on_no_ground(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(template="digits-cnn")
    nodes = {n.name: n.id for n in window.document.project.graph.nodes.values()}
    chosen = {nodes["conv1"], nodes["relu1"]}
    window.selection.select(chosen)
    said = choose_how(window, What=1, Theme=2)
    dialog = dialog_of(window, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "part.svg"))
    dialog.fileSelected.emit(str(tmp_path / "part.png"))
    dialog.close()
    words = texts(tmp_path / "part.svg")
    assert "conv1" in words
    assert "conv2" not in words
    image = QImage(str(tmp_path / "part.png"))
    assert said == f"{image.width()} × {image.height()} pixels"
    assert image.pixelColor(2, 2).alpha() == 0
    paper = theme.LIGHT.node.lower()
    assert paper in (tmp_path / "part.svg").read_text("utf-8")
    assert theme.DARK.node.lower() not in (tmp_path / "part.svg").read_text("utf-8")
    assert window.selection.nodes == chosen
    assert window.canvas.canvas.look.theme.name == "dark"
    assert all(card.isVisible() for card in window.canvas.canvas.nodes.values())


def test_a_block_and_single_nodes_are_rendered_without_a_window(
    qapp: object, tmp_path: Path
) -> None:
    resnet = templates.open_template("resnet18")
    for name in ("block.svg", "block.png"):
        render(resnet, tmp_path / name, "light", is_transparent=True, block="stage1")
    assert "norm2" in texts(tmp_path / "block.svg")
    assert QImage(str(tmp_path / "block.png")).pixelColor(2, 2).alpha() == 0
    render(resnet, tmp_path / "nodes.svg", nodes=("head", "flatten"))
    assert "head" in texts(tmp_path / "nodes.svg")
    assert "stage1" not in texts(tmp_path / "nodes.svg")
    for wrong in ({"block": "head"}, {"block": "none"}, {"nodes": ("none",)}):
        with pytest.raises(UserError, match="There is no"):
            render(resnet, tmp_path / "wrong.svg", **wrong)  # type: ignore[arg-type]
    assert not (tmp_path / "wrong.svg").exists()
