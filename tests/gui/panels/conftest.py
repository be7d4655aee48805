"""What panels are given: an open classifier, its analysis, a selection and a look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.document import Document
from gui.selection import Selection
from gui.theme import Appearance
from tests.gui.panels.given import (
    GivenAnalyser,
    analysis_of_classifier,
    classifier,
    code_of_classifier,
)


@dataclass
class Desk:
    """The objects that panels share."""

    document: Document
    analyser: GivenAnalyser
    selection: Selection
    appearance: Appearance

    def param(self, node: str, name: str) -> object:
        """The value of a param, None where it is not set."""
        return self.document.project.graph.nodes[node].params.get(name)


@pytest.fixture(scope="session")
def appearance(qapp: QApplication) -> Appearance:
    """The dark look, once: a style sheet takes a while to set."""
    return Appearance(qapp, "dark")


@pytest.fixture
def desk(appearance: Appearance) -> Iterator[Desk]:
    """The classifier, open and analysed."""
    analyser = GivenAnalyser(analysis_of_classifier(), code_of_classifier())
    document, selection = Document(classifier()), Selection()
    yield Desk(document, analyser, selection, appearance)
    document.deleteLater()


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., QWidget]:
    """Shows a panel at a size and waits until it is there."""

    def show(panel: QWidget, width: int = 280, height: int = 900) -> QWidget:
        stop = getattr(panel, "stop", None)  # only a panel with a worker of its own has one
        qtbot.addWidget(panel, before_close_func=lambda _: stop() if stop else None)
        panel.resize(width, height)
        with qtbot.waitExposed(panel):
            panel.show()
        panel.activateWindow()
        return panel

    return show
