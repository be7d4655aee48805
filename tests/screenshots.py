"""Draws pictures of the window: `python -m tests.screenshots [SCENE…]`.

Every scene in dark and light, at 100 and 200 %, in a process of its own for each look, since the
scale is settled when Qt starts. README's pictures go to resources/screenshots, all others to
build/screenshots, to be looked at. A scene is a row in SCENES.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphcore.project.graph import NodeId
    from gui.main_window import MainWindow

ROOT = Path(__file__).parents[1]
OF_README, OTHERS = ROOT / "resources" / "screenshots", ROOT / "build" / "screenshots"
LOOKS, SCALES = ("dark", "light"), (1, 2)
SIZE = (1600, 1000)
SECONDS = 120
"""Longest wait for what a scene waits for."""

Waits = Iterator[Callable[[], bool]]
"""What a scene waits for, one question after the other."""


def main(names: list[str]) -> int:
    """Draw these scenes, or all; 1 where one could not be drawn."""
    for look, scale in product(LOOKS, SCALES):
        for name in names or SCENES:
            with tempfile.TemporaryDirectory() as home:
                environment = {
                    **os.environ, "QT_QPA_PLATFORM": _screen(Path(home), scale),
                    "QT_SCALE_FACTOR": str(scale), "NETWRIGHT_HOME": home,
                }  # fmt: skip
                line = [sys.executable, "-m", "tests.screenshots", "--draw", name, look, str(scale)]
                done = subprocess.run(line, cwd=ROOT, env=environment, check=False)
            if done.returncode:
                sys.stderr.write(f"The scene {name} could not be drawn ({look}, {scale}00 %).\n")
                return 1
    return 0


def _screen(folder: Path, scale: int) -> str:
    """A platform with a screen as large as the window: on a small one panels are made low."""
    width, height = (side * scale for side in SIZE)
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height,
              "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [screen]}), "utf-8")
    return f"offscreen:configfile={path}"


def draw(name: str, look: str, output: Path) -> None:
    """Open a window, do what the scene does, and take the picture."""
    from PySide6.QtWidgets import QApplication

    from gui.app import open_window
    from gui.preferences import Preferences
    from gui.theme import Appearance

    app = QApplication(sys.argv[:1])
    appearance = Appearance(app, "light" if look == "light" else "dark")
    window = open_window(appearance, Preferences())
    window.resize(*SIZE)
    _wait(lambda: bool(window.analyser.analysis.nodes))  # torch is there
    for question in SCENES[name](window):
        _wait(question)
    _pause(700)  # what a wish for a moment's rest puts off is drawn
    output.parent.mkdir(parents=True, exist_ok=True)
    if not window.grab().save(str(output)):
        sys.exit(f"{output} could not be written.")
    window.document.history.setClean()
    window.close_at_once()


def _wait(question: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(SECONDS * 1000, loop, lambda: loop.exit(1))
    timer = QTimer(loop, interval=50)
    timer.timeout.connect(lambda: loop.quit() if question() else None)
    timer.start()
    if loop.exec():
        sys.exit("What the scene waits for did not happen.")


def _pause(ms: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(ms, loop, loop.quit)
    loop.exec()


def empty(window: MainWindow) -> Waits:
    """The empty start."""
    window.files.new("")
    yield lambda: window.analyser.is_current


def digits(window: MainWindow) -> Waits:
    """The digits, a layer selected."""
    yield from _opened(window, "digits-cnn")
    _select(window, "conv1")


def resnet(window: MainWindow) -> Waits:
    """ResNet-50 in blocks."""
    yield from _opened(window, "resnet50")
    _select(window, "stage2")


def resnet_unfolded(window: MainWindow) -> Waits:
    """ResNet-50 without blocks."""
    yield from _opened(window, "resnet50")
    while block := _first_block(window):
        window.selection.select({block})
        window.canvas.unpack_block()
    window.selection.select()
    yield lambda: window.analyser.is_current
    before = window.document.project.layout["main"].copy()
    window.canvas.arrange()
    yield lambda: window.document.project.layout["main"] != before
    window.canvas.frame_all()


def decoder(window: MainWindow) -> Waits:
    """The decoder of GPT-2, inside its block."""
    yield from _opened(window, "gpt2-small")
    block = _first_block(window)
    assert block is not None
    window.selection.place.enter(block)
    window.canvas.frame_all()
    yield lambda: window.analyser.is_current


def problem(window: MainWindow) -> Waits:
    """A layer that does not fit, and what mends it."""
    yield from _opened(window, "digits-cnn")
    _select(window, "flatten")
    window.canvas.delete_selection()
    yield lambda: bool(window.analyser.is_current and window.analyser.analysis.problems)
    window.docks.raise_panel("problems")
    path = window.analyser.analysis.problems[0].path
    _select(window, path)


def search(window: MainWindow) -> Waits:
    """The search at the cursor."""
    from PySide6.QtCore import QPoint

    yield from _opened(window, "digits-cnn")
    window.canvas.open_search(QPoint(430, 300))
    field = window.focusWidget()
    assert field is not None
    field.setText("cv")  # type: ignore[attr-defined]
    yield lambda: True


def training(window: MainWindow) -> Waits:
    """In the middle of a run."""
    yield from _trained_for(window, lambda: window.runner.epoch >= 20, epochs=400)


def trained(window: MainWindow) -> Waits:
    """After a run; the picture of the README."""
    yield from _trained_for(window, lambda: not window.runner.is_busy)
    _select(window, "conv1")


def results(window: MainWindow) -> Waits:
    """The matrix of a run, a mistake chosen by keys."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from gui.panels.results import ResultsPanel

    yield from _trained_for(window, lambda: not window.runner.is_busy, epochs=3)
    window.docks.raise_panel("results")
    panel = window.docks["results"].panel
    assert isinstance(panel, ResultsPanel)
    yield lambda: bool(panel.gallery.texts)
    panel.matrix.setFocus()
    for key in (Qt.Key.Key_Down,) * 3 + (Qt.Key.Key_Right,) * 3:
        QTest.keyClick(panel.matrix, key)
    before = panel.gallery.texts
    yield lambda: panel.gallery.texts != before


def overlay(window: MainWindow) -> Waits:
    """The cards tinted by what they compute, with the legend."""
    yield from _opened(window, "digits-cnn")
    window.overlaying.choose("flops")


def plan(window: MainWindow) -> Waits:
    """The form of the plan with all its folds open, and a chain of two schedules."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QToolButton

    yield from _opened(window, "digits-cnn")
    dock = window.docks["training"]
    window.resizeDocks([dock], [640], Qt.Orientation.Vertical)
    for button in dock.panel.findChildren(QToolButton):
        if button.text() == "Then another schedule" or button.isCheckable():
            button.click()
    yield lambda: True


def runs(window: MainWindow) -> Waits:
    """The list of runs after two of them."""
    for epochs in (3, 4):
        yield from _trained_for(window, lambda: not window.runner.is_busy, epochs)
    window.docks.raise_panel("runs")


def presentation(window: MainWindow) -> Waits:
    """Drawing and curves alone, as on a projector; as large as the screen is."""
    yield from _trained_for(window, lambda: not window.runner.is_busy, epochs=3)
    window.presenting.begin()
    yield lambda: True


def _opened(window: MainWindow, template: str) -> Waits:
    window.files.new(template)
    yield lambda: window.analyser.is_current and bool(window.analyser.analysis.nodes)
    window.canvas.frame_all()


def _trained_for(window: MainWindow, question: Callable[[], bool], epochs: int = 12) -> Waits:
    from graphcore.project.edits import Set

    yield from _opened(window, "digits-cnn")
    window.document.do(Set(("plan", "epochs"), epochs), "Train longer")
    window.train()
    yield lambda: window.runner.is_busy
    yield question
    _select(window, "conv1")


def _select(window: MainWindow, name: str) -> None:
    node = window.document.project.graph.by_name(name)
    assert node is not None, name
    window.selection.select({node.id})


def _first_block(window: MainWindow) -> NodeId | None:
    nodes = window.document.project.graph.ordered()
    return next((node.id for node in nodes if node.kind.startswith("block.")), None)


SCENES: Mapping[str, Callable[[MainWindow], Waits]] = {
    "trained": trained, "empty": empty, "digits": digits, "resnet50": resnet,
    "resnet50-unfolded": resnet_unfolded, "gpt2-decoder": decoder, "problem": problem,
    "search": search, "training": training, "results": results, "overlay": overlay,
    "plan": plan, "runs": runs, "presentation": presentation,
}  # fmt: skip


def _file(scene: str, look: str, scale: str) -> Path:
    if scene == "trained":
        return OF_README / f"{look}-{scale}00.png"
    return OTHERS / f"{scene}-{look}-{scale}00.png"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--draw"]:
        draw(sys.argv[2], sys.argv[3], _file(*sys.argv[2:]))
    else:
        sys.exit(main(sys.argv[1:]))
