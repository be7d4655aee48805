"""`digits-cnn` drawn, trained and exported without a mouse, on a real screen."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from graphcore.project.file import load
from graphcore.project.project import Project
from gui.dialogs.certificate import CertificateDialog
from gui.dialogs.export import ExportDialog
from tests.journeys.person import Person
from tests.journeys.test_first_network import LOAD, ROOT, save

pytestmark = pytest.mark.slow

TEMPLATE = ROOT / "resources" / "templates" / "digits-cnn.netwright"
CONV: Mapping[str, str] = {"kernel_size": "3", "padding": "1"}
# What is typed into the search, the name, and the options, in the order of the forward pass.
NODES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("conv2d", "conv1", {"out_channels": "16", **CONV}), ("relu", "relu1", {}),
    ("conv2d", "conv2", {"out_channels": "32", **CONV}), ("relu", "relu2", {}),
    ("maxpool2d", "pool", {"kernel_size": "2"}), ("flatten", "flatten", {}),
    ("dropout", "dropout", {"p": "0.25"}), ("linear", "head", {"out_features": "=label.classes"}),
    ("crossentropy", "loss", {}),
)  # fmt: skip


def focused(person: Person) -> str:
    """What a screen reader calls the thing with the keyboard."""
    widget = QApplication.focusWidget()
    return (widget.accessibleName() or widget.objectName()) if widget is not None else ""


def command(person: Person, words: str) -> None:
    """Find a command by its name and do it."""
    person.press("ctrl+shift+p")
    person.wait_until(lambda: focused(person) == "Search commands")
    person.type(words)
    person.press("Return")


def add(person: Person, words: str, name: str, enter: str) -> None:
    """Search a kind, put it down, and name it."""
    before = len(person.window.document.project.graph.nodes)
    person.press("Tab")
    person.wait_until(lambda: focused(person) == "Search for a node to add")
    person.type(words)
    person.press(enter)
    person.wait_until(lambda: len(person.window.document.project.graph.nodes) == before + 1)
    person.press("F2")
    person.wait_until(lambda: focused(person) == "Name")
    person.type(name)
    person.press("Return")
    person.wait_until(lambda: person.window.document.project.graph.by_name(name) is not None)
    person.press("Escape")
    person.wait_until(lambda: QApplication.focusWidget() is person.window.canvas)


def set_options(person: Person, name: str, options: Mapping[str, str]) -> None:
    """From the canvas into the inspector, along its fields, and back."""
    if not options:
        return
    person.press("alt+Return")
    person.wait_until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    for option, text in options.items():
        go_to(person, option)
        person.press("ctrl+a")
        person.type(text)
        person.press("Return")
        person.wait_until(lambda option=option: option in person.node(name).params)
    person.press("Escape")
    person.wait_until(lambda: QApplication.focusWidget() is person.window.canvas)


def go_to(person: Person, name: str) -> None:
    """Press Tab until the thing of that name has the keyboard."""
    for _ in range(30):
        if focused(person) == name:
            return
        before = QApplication.focusWidget()
        person.press("Tab")
        person.wait_until(lambda before=before: QApplication.focusWidget() is not before)
    raise AssertionError(f"Tab never comes to {name}")


def choose_digits(person: Person) -> None:
    command(person, "panel: data")
    go_to(person, "choose_digits")
    person.press("space")
    person.wait_until(lambda: person.window.document.project.data.samples == 1797)


def wire_the_label(person: Person) -> None:
    """From the loss back along the wires, then a wire that Enter starts and ends."""
    for _ in NODES:
        person.press("Left")
    person.wait_until(lambda: person.window.selection.single == person.node("digits").id)
    person.press("Return", "Tab")
    loss = person.node("loss").id
    for _ in range(len(NODES)):
        if "loss.target" in person.window.canvas.said:
            break
        said = person.window.canvas.said
        person.press("Right")
        person.wait_until(lambda said=said: person.window.canvas.said != said)
    person.press("Return")
    person.wait_until(lambda: (loss, "target") in person.window.document.project.graph.wires)


def meaning(project: Project) -> tuple[object, ...]:
    """What matters of a drawing: kinds, options and wires by name, and the data."""
    graph = project.graph
    name = {node.id: node.name for node in graph.nodes.values()}
    nodes = {node.name: (node.kind, dict(node.params)) for node in graph.nodes.values()}
    wires = {(name[w.source], w.output, name[w.target], w.input) for w in graph.wires.values()}
    return nodes, wires, project.data


def export(person: Person, output: Path) -> None:
    person.press("ctrl+e")
    person.dialog(ExportDialog)
    go_to(person, "File to write")
    person.press("ctrl+a")
    person.type(str(output))
    person.press("Return")
    report = person.dialog(CertificateDialog)
    told = [label.text() for label in report.findChildren(QLabel)]
    assert "The file gives what the model gives." in told
    person.press("Escape")
    person.wait_until(person.window.isActiveWindow)


def test_digits_cnn_is_drawn_trained_and_exported_by_keys_alone(
    person: Person, tmp_path: Path
) -> None:
    window, document = person.window, person.window.document
    person.press("ctrl+n")
    person.wait_until(lambda: not document.project.graph.nodes)
    choose_digits(person)
    person.press("ctrl+1")
    add(person, "dataset", "digits", "Return")
    for words, name, options in NODES:
        add(person, words, name, "shift+Return")
        set_options(person, name, options)
    wire_the_label(person)
    assert meaning(document.project) == meaning(load(TEMPLATE))
    person.wait_until(lambda: window.analyser.is_current)
    assert not window.analyser.analysis.problems

    person.press("F5")
    person.wait_until(lambda: window.runner.state == "training")
    person.wait_until(lambda: window.runner.state == "ended", 120_000)
    export(person, tmp_path / "digits.pt")
    loading = (sys.executable, "-W", "ignore", "-c", LOAD, tmp_path / "digits.pt")
    assert person.run(*loading, folder=tmp_path) == 0
    save(person, tmp_path / "digits.netwright")
    assert meaning(load(tmp_path / "digits.netwright")) == meaning(document.project)
