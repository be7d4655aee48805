"""How wires are drawn is remembered with the file, and the file stays as it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from graphcore.project.file import save
from graphcore.project.graph import Slot
from gui.main_window import MainWindow
from tests.build import digits_cnn
from tests.gui.conftest import OpenWindow, keys


def into(window: MainWindow, name: str) -> Slot:
    """The slot of the wire into that node."""
    node = window.document.project.graph.by_name(name)
    assert node is not None
    return node.id, "input"


def labelled(window: MainWindow) -> set[Slot]:
    QApplication.processEvents()
    return set(window.canvas.canvas.stubs.labels)


def draw_otherwise(window: MainWindow, slot: Slot) -> None:
    window.selection.select((), {slot})
    window.canvas.setFocus()
    keys(window, "Shift+W", window.canvas)


def test_a_wire_drawn_as_stubs_is_so_when_the_file_is_opened_again(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    path, other = tmp_path / "net.netwright", tmp_path / "other.netwright"
    save(digits_cnn(), path)
    save(digits_cnn(), other)
    before = path.read_bytes()
    window = open_window(path)
    slot = into(window, "relu")
    long_ones = labelled(window)
    assert slot not in long_ones
    draw_otherwise(window, slot)
    for long_one in long_ones:
        draw_otherwise(window, long_one)
    assert labelled(window) == {slot}
    window.document.replace(digits_cnn(), None)
    assert labelled(window) == long_ones
    assert labelled(open_window(path)) == {slot}
    assert labelled(open_window(other)) == long_ones
    assert path.read_bytes() == before


def test_it_goes_along_when_a_project_gets_a_file(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window(template="digits-cnn")
    slot = into(window, "relu1")
    draw_otherwise(window, slot)
    assert slot in labelled(window)
    path = tmp_path / "mine.netwright"
    assert window.files.save_as(path)
    assert slot in labelled(open_window(path))
