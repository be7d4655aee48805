"""Files dropped on the canvas and beside it: one or several, of every sort, or gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from graphcore.project.file import save
from graphcore.project.project import Project
from gui.main_window import MainWindow
from gui.notices import NoticeBar
from tests.gui.conftest import OpenWindow

SPOT = QPoint(120, 140)
GATE = """
from torch import nn

class {}(nn.Module):
    def forward(self, x):
        return x
"""


def drop(widget: QWidget, *paths: Path) -> None:
    """What a file manager does: a drag of these files that ends on a widget."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(SPOT, copy, mime, left, plain)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(SPOT), copy, mime, left, plain))


def said(window: MainWindow) -> str:
    """Every notice that is seen."""
    bars = [bar for bar in window.findChildren(NoticeBar) if bar.isVisible()]
    return "\n".join(bar.accessibleName() for bar in bars)


def table(folder: Path, name: str, rows: int = 40) -> Path:
    path = folder / name
    lines = "\n".join(f"{i},{i * 2},{'tall' if i % 2 else 'small'}" for i in range(rows))
    path.write_text(f"age,size,kind\n{lines}\n", encoding="utf-8")
    return path


def pictures(folder: Path) -> Path:
    for name in ("cat", "dog"):
        (folder / "pets" / name).mkdir(parents=True)
        for at in range(4):
            image = QImage(8, 8, QImage.Format.Format_Grayscale8)
            image.fill(at * 20)
            assert image.save(str(folder / "pets" / name / f"{at}.png"))
    return folder / "pets"


def test_of_two_dropped_tables_the_first_is_taken_and_both_are_named(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window()
    drop(window.canvas.viewport(), table(tmp_path, "a.csv"), table(tmp_path, "b.csv", 30))
    qtbot.waitUntil(lambda: "b.csv" in said(window), timeout=20_000)
    assert window.document.project.data.samples == 40
    assert "That is “a.csv” now, without “b.csv”." in said(window)


def test_a_dropped_folder_of_images_becomes_data_and_a_dataset_there_as_one_change(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window()
    before = window.document.project.copy()
    drop(window.canvas.viewport(), pictures(tmp_path))
    qtbot.waitUntil(lambda: window.document.project.data.source == "images", timeout=20_000)
    (node,) = window.document.project.graph.nodes.values()
    assert node.kind == "data.Dataset"
    assert (window.canvas.point_of(node.id) - SPOT).manhattanLength() < 24  # on the grid
    assert window.docks["data"].panel.isVisible()
    drop(window.canvas.viewport(), table(tmp_path, "a.csv"))
    qtbot.waitUntil(lambda: window.document.project.data.source == "csv", timeout=20_000)
    assert len(window.document.project.graph.nodes) == 1  # it has its Dataset
    window.document.history.undo()
    window.document.history.undo()
    assert window.document.project == before


@pytest.mark.parametrize("panel", ["inspector", "data"])
def test_files_dropped_beside_the_canvas_are_all_taken(
    panel: str, open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "net.netwright"
    save(Project(), path)
    window = open_window(path)
    window.docks.raise_panel(panel)
    for name in ("One", "Two"):
        (tmp_path / f"{name}.py").write_text(GATE.format(name), encoding="utf-8")
    files = (tmp_path / "One.py", table(tmp_path, "a.csv"), tmp_path / "Two.py")
    drop(window.docks[panel].panel, *files)
    qtbot.waitUntil(lambda: window.document.project.data.samples == 40, timeout=20_000)
    kinds = {node.kind for node in window.document.project.graph.nodes.values()}
    assert kinds == {"user.One", "user.Two"}
    assert window.document.project.data.options["path"] == "a.csv"  # both can move


def test_a_file_of_a_model_says_what_it_is_and_what_can_be_done(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window()
    for name, words in (("m.pt", "a model or weights of PyTorch"), ("m.onnx", "a model in ONNX"),
                        ("m.safetensors", "holds weights")):  # fmt: skip
        (tmp_path / name).touch()
        drop(window.canvas.viewport(), tmp_path / name)
        qtbot.waitUntil(lambda words=words: words in said(window), timeout=20_000)
    assert "Paste the Python code of its layers onto the canvas" in said(window)
    assert "Weights of your own runs are in the panel Runs" in said(window)


def test_files_that_are_gone_or_no_data_are_told_in_one_sentence(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window()
    drop(window.canvas.viewport(), tmp_path / "gone.csv")
    qtbot.waitUntil(lambda: "“gone.csv” is not there." in said(window), timeout=20_000)
    for at in range(6):
        (tmp_path / f"{at}.png").touch()
    drop(window.canvas.viewport(), *(tmp_path / f"{at}.png" for at in range(6)))
    qtbot.waitUntil(lambda: "6 files were not taken" in said(window), timeout=20_000)
    assert "“0.png”, “1.png”, “2.png”, “3.png”, …" in said(window)
    assert "a folder of pictures for each class" in said(window)


def test_beside_a_dropped_project_nothing_else_is_taken(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window, path = open_window(), tmp_path / "net.netwright"
    save(Project(title="Shoes"), path)
    drop(window.canvas.viewport(), table(tmp_path, "a.csv"), path)
    assert window.document.path == path
    assert "“a.csv”" in said(window)
    assert not window.document.project.data.source
