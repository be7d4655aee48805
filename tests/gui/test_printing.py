"""The drawing on paper."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QComboBox, QGraphicsView, QToolBar
from pytestqt.qtbot import QtBot

from graphcore.project import templates
from graphcore.project.file import save
from gui import paging
from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow, dialog_of, keys

A4 = QSizeF(560, 760)


def printed(window: MainWindow, path: Path) -> bytes:
    """The PDF that comes out where there is no printer."""
    printer = window.printing.new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    window.printing.paint(printer)
    del printer
    return path.read_bytes()


def test_a_drawing_is_printed_on_one_sheet_after_a_preview(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(template="digits-cnn")
    window.canvas.select_all()
    chosen = window.selection.nodes
    keys(window, "Ctrl+P")
    dialog = dialog_of(window, QPrintPreviewDialog)
    preview = dialog.findChild(QPrintPreviewWidget)
    assert preview is not None
    assert preview.pageCount() == 1
    assert preview.orientation().name == "Landscape"
    dialog.close()
    content = printed(window, tmp_path / "net.pdf")
    assert content.count(b"/Type /Page\n") == 1
    assert b"/FontFile" in content  # letters stay letters
    assert window.selection.nodes == chosen
    assert window.canvas.canvas.look.theme.name == "dark"
    assert all(card.is_selected for card in window.canvas.canvas.nodes.values())


def test_a_big_drawing_goes_on_as_many_sheets_as_it_takes_to_read_it(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "big.netwright"
    save(templates.open_template("unet"), path)
    window = open_window(path)
    window.commands["file.print"].trigger()
    dialog = dialog_of(window, QPrintPreviewDialog)
    preview = dialog.findChild(QPrintPreviewWidget)
    box = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Sheets")
    assert preview is not None
    assert preview.pageCount() == 1
    box.setCurrentIndex(1)
    box.activated.emit(1)
    pages = preview.pageCount()
    assert pages > 1
    dialog.close()
    assert printed(window, tmp_path / "big.pdf").count(b"/Type /Page\n") == pages


def test_paper_has_the_legend_of_the_overlay_that_is_shown(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Nothing else in a drawing is painted with a gradient, as the scale of the legend is."""
    window = open_window(template="digits-cnn")
    assert b"/ShadingType" not in printed(window, tmp_path / "plain.pdf")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    window.overlaying.choose("parameters")
    assert b"/ShadingType" in printed(window, tmp_path / "shaded.pdf")
    window.printing.is_one = False
    sheets = printed(window, tmp_path / "sheets.pdf")
    assert b"/ShadingType" in sheets


def test_an_empty_drawing_is_not_printed(open_window: OpenWindow) -> None:
    window = open_window()
    window.commands.refresh()
    assert not window.commands["file.print"].isEnabled()
    assert "canvas is empty" in window.commands["file.print"].toolTip()


@pytest.mark.parametrize(("width", "height"), [(300, 200), (4000, 900), (900, 7000), (560, 760)])
def test_sheets_hold_all_of_a_drawing_and_don_t_overlap(width: int, height: int) -> None:
    area = QRectF(-40, 25, width, height)
    for is_one in (True, False):
        parts = paging.sheets(area, A4, is_one=is_one)
        assert len(parts) == 1 or not is_one
        whole = QRectF(parts[0])
        for part in parts:
            whole = whole.united(part)
        assert whole.adjusted(-1, -1, 1, 1).contains(area)
        size = parts[0].width() * parts[0].height()
        assert whole.width() * whole.height() == pytest.approx(size * len(parts), rel=1e-6)
        if not is_one:
            assert A4.width() / parts[0].width() >= paging.READABLE - 1e-9


def test_the_buttons_of_the_preview_are_drawn_in_the_text_colour_of_the_theme(
    open_window: OpenWindow,
) -> None:
    window = open_window(template="digits-cnn")
    window.commands["file.print"].trigger()
    dialog = dialog_of(window, QPrintPreviewDialog)
    bar = dialog.findChild(QToolBar)
    assert bar is not None
    for look in ("dark", "light"):
        window.appearance.choose(look)
        text = QColor(window.appearance.theme.text)
        icons = [action.icon() for action in bar.actions() if not action.icon().isNull()]
        assert len(icons) == 15
        for icon in icons:
            image = icon.pixmap(20, 20).toImage()
            spots = product(range(image.width()), range(image.height()))
            colors = [image.pixelColor(x, y) for x, y in spots]
            assert {color.name() for color in colors if color.alpha() == 255} == {text.name()}
        (view,) = dialog.findChildren(QGraphicsView)
        assert view.scene().backgroundBrush().color() == QColor(window.appearance.theme.hover)
    dialog.close()
    window.appearance.choose("dark")
