"""What a monkey is shown first: the commands that need a sound network or a certain selection."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from graphcore.project.edits import Disconnect, Set
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from graphcore.project.structure import collapse
from gui.actions import COMMANDS
from tests.build import add, digits_cnn, wire
from tests.gui.canvas.hand import NO, SHIFT
from tests.gui.monkey.monkey import Monkey

NEEDS_GPU = {"train.pause_free"}
LAST = {"file.template", "file.new", "file.close", "file.quit", "window.new"}
"""They leave the project or this window."""


def start() -> Project:
    """The digits network with a block that is taken three times, all on the canvas."""
    project = digits_cnn()
    graph = project.graph
    Disconnect(graph.wires[NodeId("pool"), "input"]).apply(project)
    for at, name in enumerate(("bend", "fold")):
        add(project, "nn.ReLU", name, at=(264 * at, 240))
    for source, target in pairwise(("relu", "bend", "fold", "pool")):
        wire(project, source, target)
    known = set(graph.nodes)
    collapse(project, {NodeId("bend"), NodeId("fold")}, "Stage").apply(project)
    block = next(iter(project.graph.nodes.keys() - known))
    Set(("nodes", "main", block, "settings", "repeat"), 3).apply(project)
    return project


def opening(m: Monkey, *, whole: bool) -> Iterator[None]:
    """One action at a time; the whole of it meets every command."""
    for name in ("graph.evaluate", "train.speed", "file.export", "file.export_code"):
        m.rest()
        yield _does(m, name)
    _click(m, "loss")
    yield _does(m, "graph.backward")
    yield from _train(m)
    if whole:
        yield from _steer(m)
        yield from _measure(m)
    yield from _blocks(m)
    _click(m, "conv")
    yield _does(m, "graph.freeze")
    yield _does(m, "edit.duplicate")
    _click(m, *(node.name for node in m.graph.nodes.values() if node.kind == "nn.Conv2d"))
    yield _does(m, "graph.share")
    yield _does(m, "graph.unshare")
    yield from _in_order(m)
    if whole:
        yield from _the_rest(m)
    yield from _wires(m)
    yield from _problems(m)
    yield from _notes(m)
    yield _does(m, "window.new")
    for name in ("window.next", "window.previous"):
        m.window.windows.add()
        yield _does(m, name)
    yield _does(m, "file.template")
    yield _does(m, "file.new")
    yield _does(m, "file.close")
    yield _does(m, "file.quit")


def _train(m: Monkey) -> Iterator[None]:
    m.rest()
    yield _does(m, "train.start")
    m.wait(lambda: m.window.runner.state == "training")
    yield _does(m, "train.pause")
    m.wait(lambda: m.window.runner.state == "paused")
    yield _does(m, "train.stop")
    m.wait(lambda: not m.window.runner.is_busy)


def _steer(m: Monkey) -> Iterator[None]:
    """What is asked of a run, and a second one in its place."""
    runner, steering = m.window.runner, m.window.steering
    yield _does(m, "train.enqueue")  # at once, as nothing runs
    m.wait(lambda: runner.state == "training")
    yield _does(m, "train.pause")
    m.wait(lambda: runner.state == "paused")
    for name in ("stop_epoch", "stop_epoch", "evaluate", "save", "change", "seeds"):
        yield _does(m, f"train.{name}")
    before = runner.run
    yield _does(m, "train.restart")
    m.wait(lambda: runner.run is not before and runner.state == "training")
    yield _does(m, "train.stop")
    m.wait(lambda: not runner.is_busy)
    yield _does(m, "train.find_batch")
    bars = m.window.notices.findChildren(QPushButton)
    QTest.mouseClick(next(b for b in bars if b.text() == "Cancel"), Qt.MouseButton.LeftButton)
    m.wait(lambda: not steering.is_finding)


def _measure(m: Monkey) -> Iterator[None]:
    for name in ("time", "gradient"):
        m.rest()
        yield _does(m, f"view.overlay_{name}")
        m.wait(lambda: not m.window.overlaying.is_measuring)
    yield _does(m, "view.overlay_none")


def _in_order(m: Monkey) -> Iterator[None]:
    for command in COMMANDS:
        if command.name.startswith(("graph.align", "graph.spread")):
            _click(m, "data", "conv", "relu", "loss")
            yield _does(m, command.name)
    yield _does(m, "graph.tidy")  # no card lies over another now, each can be clicked


def _wires(m: Monkey) -> Iterator[None]:
    _click(m, "loss")
    yield _does(m, "graph.swap")
    yield _does(m, "edit.undo")
    yield _does(m, "view.next_wire")
    yield _does(m, "graph.stubs")
    yield _does(m, "graph.probe")
    yield _does(m, "graph.probe_card")
    yield _does(m, "graph.no_probes")
    yield _does(m, "view.other_end")
    yield _does(m, "graph.dot")
    yield _does(m, "edit.undo")
    yield _does(m, "edit.redo")
    _click(m, "relu")
    yield _does(m, "graph.bypass")


def _problems(m: Monkey) -> Iterator[None]:
    _click(m, "loss")
    yield _does(m, "view.next_wire")
    yield _does(m, "edit.delete")
    m.rest()
    for name in ("view.next_problem", "view.problem", "view.previous_problem"):
        yield _does(m, name)
    yield _does(m, "edit.undo")


def _notes(m: Monkey) -> Iterator[None]:
    _click(m, "conv", "relu")
    yield _does(m, "graph.frame")
    for name in ("taller", "wider", "lower", "narrower"):
        yield _does(m, f"graph.note_{name}")
    yield _does(m, "graph.note_color")
    yield _does(m, "graph.edit_note")
    yield _does(m, "graph.fit_frame")
    yield _does(m, "graph.select_framed")
    yield _does(m, "graph.note")
    yield _does(m, "view.next_note")


def _the_rest(m: Monkey) -> Iterator[None]:
    """Every command that was not met yet and is on with a node selected; undone again."""
    history = m.window.document.history
    for command in COMMANDS:
        if command.name not in m.done | LAST:
            _click(m, "conv")
            before = history.index()
            m.window.commands.refresh()
            if m.window.commands[command.name].isEnabled():
                yield _does(m, command.name)
            while history.index() > before:
                m.keys("Ctrl+Z")


def _blocks(m: Monkey) -> Iterator[None]:
    block = next(node.name for node in m.graph.nodes.values() if node.kind == "block.Stage")
    _click(m, block)
    yield _does(m, "graph.keep")
    yield _does(m, "graph.enter")
    yield _does(m, "view.next_turn")
    yield _does(m, "view.previous_turn")
    _click(m, "fold")
    yield _does(m, "edit.delete")
    yield _does(m, "graph.leave")
    _click(m, block)
    yield _does(m, "graph.update")
    yield _does(m, "edit.duplicate")
    yield _does(m, "graph.unique")
    yield _does(m, "graph.unpack")


def _click(m: Monkey, *names: str) -> None:
    m.keys("Home")
    for at, name in enumerate(names):
        node = m.graph.by_name(name)
        assert node is not None, name
        m.say(f"clicks {name}")
        m.click(node.id, SHIFT if at else NO)


def _does(m: Monkey, name: str) -> None:
    m.say(f"does the command {name}")
    assert m.command(name), f"{name} is off: {m.window.commands.why_off(name)}"
    m.settle()
