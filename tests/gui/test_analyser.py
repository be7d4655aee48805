"""Shapes come first, what is said of them right after; the newest edit wins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from graphcore.project.edits import SetParam
from graphcore.project.graph import Node
from graphcore.project.project import Project
from graphcore.project.templates import open_template
from gui.analyser import Analyser
from gui.document import Document


@pytest.fixture
def document() -> Document:
    return Document(open_template("digits-cnn"))


@pytest.fixture
def analyser(document: Document, qtbot: QtBot) -> Iterator[Analyser]:
    found = Analyser(document)
    with qtbot.waitSignal(found.analysed, timeout=60_000):
        found.refresh()
    yield found
    found.stop()


def convolution(document: Document) -> Node:
    return next(n for n in document.project.graph.nodes.values() if n.kind == "nn.Conv2d")


def channels(analyser: Analyser, node: Node) -> object:
    return analyser.analysis.by_node[node.id].outputs["output"].dims[1]


def test_shapes_are_there_before_problems_and_code(
    document: Document, analyser: Analyser, qtbot: QtBot
) -> None:
    node, told = convolution(document), []
    text = analyser.code.text
    analyser.typed.connect(lambda: told.append(("typed", channels(analyser, node))))
    analyser.typed.connect(lambda: told.append(("code", analyser.code.text == text)))
    analyser.typed.connect(lambda: told.append(("current", analyser.is_current)))
    with qtbot.waitSignal(analyser.analysed):
        document.do(SetParam(node.id, "out_channels", 24), "Set")
    assert told == [("typed", 24), ("code", True), ("current", False)]
    assert "24" in analyser.code.text
    assert analyser.is_current


def test_what_is_known_is_never_of_another_project(
    document: Document, analyser: Analyser, qtbot: QtBot
) -> None:
    def figures() -> tuple[bool, int]:
        return analyser.is_known, analyser.analysis.parameters

    before = figures()
    assert before[0]
    with qtbot.waitSignal(analyser.typed):
        document.do(SetParam(convolution(document).id, "out_channels", 24), "Set")
    assert figures() == before
    document.replace(Project(), None)  # while the edit is being judged
    told: list[tuple[bool, int]] = [figures()]
    analyser.analysed.connect(lambda: told.append(figures()))
    qtbot.waitUntil(lambda: analyser.is_current, timeout=10_000)
    assert {is_known for is_known, _ in told[:-1]} == {False}
    assert told[-1] == (True, 0)


def test_of_many_edits_the_last_one_is_what_is_shown(
    document: Document, analyser: Analyser, qtbot: QtBot
) -> None:
    node = convolution(document)
    for count in range(20, 40):
        document.do(SetParam(node.id, "out_channels", count), "Set")
        QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: analyser.is_current, timeout=10_000)
    assert channels(analyser, node) == 39
    assert "39" in analyser.code.text
