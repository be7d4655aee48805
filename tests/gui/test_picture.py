"""The drawing as PNG, SVG and PDF."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from graphcore.errors import UserError
from graphcore.project import templates
from gui.main_window import MainWindow
from gui.notices import NoticeBar
from gui.render import render
from tests.gui.conftest import OpenWindow, dialog_of


def export(window: MainWindow, path: Path) -> str:
    """What the window says after the drawing was exported to a file."""
    window.commands.refresh()
    window.commands["file.export_drawing"].trigger()
    field = dialog_of(window, QFileDialog).findChild(QLineEdit)
    field.setText(str(path))
    QTest.keyClick(field, Qt.Key.Key_Return)
    return next(bar.message for bar in window.findChildren(NoticeBar) if bar.isVisible())


def texts(svg: Path) -> str:
    return " ".join("".join(item.itertext()) for item in ElementTree.parse(svg).iter())


def test_an_exported_svg_holds_every_card_as_text_and_can_be_painted(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(template="digits-cnn")
    assert "net.svg" in export(window, tmp_path / "net.svg")
    for word in ("Conv2d", "CrossEntropyLoss", "Dropout"):
        assert word in texts(tmp_path / "net.svg")
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
    window.asking.export_drawing()
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
