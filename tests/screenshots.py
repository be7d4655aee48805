"""Draws the pictures of the README: `python -m tests.screenshots`.

Each look at 100 and 200 % in a process of its own, since the scale is settled when Qt starts. The
window trains for a few epochs first, so that the curves are real ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "screenshots"
LOOKS, SCALES = ("dark", "light"), (1, 2)
SIZE = (1440, 900)
SECONDS = 120


def main() -> int:
    """Draw every picture; 1 where one could not be drawn."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        for scale in SCALES:
            with tempfile.TemporaryDirectory() as home:
                environment = {
                    **os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale),
                    "NETWRIGHT_HOME": home,
                }  # fmt: skip
                line = [sys.executable, "-m", "tests.screenshots", look, str(scale)]
                done = subprocess.run(line, cwd=ROOT, env=environment, check=False)
            if done.returncode:
                return 1
    return 0


def draw(look: str, output: Path) -> None:
    """Open the first template, train it, select a node, and take the picture."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from gui.app import open_window
    from gui.preferences import Preferences
    from gui.theme import Appearance

    app = QApplication(sys.argv[:1])
    appearance = Appearance(app, "light" if look == "light" else "dark")
    window = open_window(appearance, Preferences())
    window.resize(*SIZE)
    loop = QEventLoop()
    QTimer.singleShot(SECONDS * 1000, loop, loop.quit)
    timer = QTimer(loop, interval=100)
    began = False

    def look_again() -> None:
        nonlocal began
        if not began and window.analyser.analysis.nodes and window.analyser.is_current:
            began = True
            window.train()
        elif began and not window.runner.is_busy:
            loop.quit()

    timer.timeout.connect(look_again)
    timer.start()
    loop.exec()
    nodes = window.document.project.graph.nodes.values()
    chosen = [node.id for node in nodes if node.kind == "nn.Conv2d"]
    window.selection.select(chosen[:1])
    window.canvas.frame_all()
    QTimer.singleShot(1500, loop.quit)
    loop.exec()
    if not window.grab().save(str(output)):
        sys.exit(f"{output} could not be written.")
    window.document.history.setClean()
    window.close()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        draw(sys.argv[1], FOLDER / f"{sys.argv[1]}-{100 * int(sys.argv[2])}.png")
    else:
        sys.exit(main())
