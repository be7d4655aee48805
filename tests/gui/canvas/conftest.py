"""Canvases on the screen, each with a hand on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphcore.project.project import Project
from gui.actions import COMMANDS
from gui.analyser import Analyser
from gui.canvas.view import CanvasView
from gui.document import Document
from gui.main_window import MainWindow
from gui.selection import Selection
from gui.theme import Appearance
from tests.build import add, digits_cnn, wire
from tests.gui.canvas.hand import Hand


@pytest.fixture(scope="session")
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, "dark")


def bind_keys(view: CanvasView) -> None:
    """The keys that a window gives its canvas, here where there is no window."""
    alone = cast(MainWindow, SimpleNamespace(canvas=view))
    heard = [command for command in COMMANDS if command.on_canvas]
    view.bind_keys({command.name: command.shortcut for command in COMMANDS},
                   {command.name: partial(command.do, alone) for command in heard})  # fmt: skip


@pytest.fixture
def open_canvas(qtbot: QtBot, appearance: Appearance) -> Iterator[Callable[[Project], Hand]]:
    """Opens a project on a canvas of 1200 x 760, focused."""
    made: list[tuple[Analyser, CanvasView]] = []

    def open_project(project: Project) -> Hand:
        document = Document(project)
        analyser, selection = Analyser(document), Selection()
        view = CanvasView(document, analyser, selection, appearance)
        bind_keys(view)
        made.append((analyser, view))
        qtbot.addWidget(view)
        view.resize(1200, 760)
        with qtbot.waitExposed(view):
            view.show()
        view.setFocus()
        view.activateWindow()
        return Hand(view, document, analyser, selection)

    QGuiApplication.clipboard().clear()
    yield open_project
    for analyser, view in made:
        view.stop()
        analyser.stop()


@pytest.fixture
def digits(open_canvas: Callable[[Project], Hand]) -> Hand:
    """data, conv, relu, pool, flatten, head and loss in a row."""
    return open_canvas(digits_cnn())


@pytest.fixture
def blank(open_canvas: Callable[[Project], Hand]) -> Hand:
    """An empty drawing with the digits at hand."""
    project = digits_cnn()
    small = Project(data=project.data)
    return open_canvas(small)


@pytest.fixture
def branches(open_canvas: Callable[[Project], Hand]) -> Hand:
    """An Input that feeds a convolution and a shortcut, which meet in add."""
    project = Project()
    add(project, "io.Input", "x", at=(0, 96), type="float32[8, 8, 8]")
    add(project, "nn.Conv2d", "conv", at=(264, 0), out_channels=8)
    add(project, "nn.Conv2d", "shortcut", at=(264, 192), out_channels=8)
    add(project, "ops.add", "add", at=(528, 96))
    add(project, "nn.ReLU", "relu", at=(792, 96))
    for source, target in (("x", "conv"), ("x", "shortcut"), ("conv", "add.tensors.0"),
                           ("shortcut", "add.tensors.1")):  # fmt: skip
        wire(project, source, target)
    return open_canvas(project)
