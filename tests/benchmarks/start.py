"""Time to the first paint of the window, against the same with torch imported first.

Wall time from the start of the interpreter, in processes of their own; the best of several, since
other work on the machine only ever adds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
BYTECODE = ROOT / "build" / "bench" / "bytecode"
ROUNDS = 5
OPEN = """
import sys, time
{first}
from pathlib import Path
begun = time.perf_counter()
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv[:1])
qt = time.perf_counter()
from gui.app import open_window
from gui.preferences import Preferences
from gui.theme import Appearance
preferences = Preferences()
window = open_window(Appearance(app, "dark"), preferences)
def painted():
    now = time.perf_counter()
    sys.stdout.write(f"{{time.time()}} {{now - qt}}\\n")
    sys.stdout.flush()
    {then}
window.painted.connect(painted)
{wait}
app.exec()
"""
QUIT = "import os; os._exit(0)"
STAY = "window.analyser.analysed.connect(done)"
READY = """
def done():
    import os
    sys.stdout.write(f"{time.time()} 0\\n")
    sys.stdout.flush()
    os._exit(0)
"""


def run() -> Iterator[dict[str, object]]:
    """To the first paint, from Qt to the first paint, and until the drawing was checked."""
    ours = [_seconds(first="", then=QUIT) for _ in range(ROUNDS)]
    torch_first = [_seconds(first="import torch", then=QUIT) for _ in range(ROUNDS)]
    whole, peer = min(line[0] for line in ours), min(line[0] for line in torch_first)
    yield _line("first paint", whole, peer, "torch imported first")
    after_qt = min(line[1] for line in ours)
    yield _line("first paint after Qt", after_qt, 0.3, "the target")
    checked = min(_seconds(first="", then=STAY, wait=READY)[-1] for _ in range(2))
    yield _line("drawing checked", checked, peer, "first paint with torch imported first")


def _line(name: str, ours: float, peer: float, peer_name: str) -> dict[str, object]:
    return {
        "name": name, "ours": round(1000 * ours), "peer": round(1000 * peer),
        "peer_name": peer_name, "unit": "ms", "ratio": round(peer / ours, 2),
    }  # fmt: skip


def _seconds(first: str, then: str, wait: str = "") -> tuple[float, ...]:
    """Seconds from the start of the process to each line it wrote, and those after Qt."""
    code = OPEN.format(first=first, then=then, wait=wait)
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ, "QT_QPA_PLATFORM": "offscreen", "NETWRIGHT_HOME": home,
            # As for everyone who starts the program a second time: the bytecode is there.
            "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(BYTECODE),
        }  # fmt: skip
        begun = time.time()
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True,
            text=True, timeout=120, check=False,
        )  # fmt: skip
    lines = [line.split() for line in done.stdout.splitlines()]
    if not lines:
        raise RuntimeError(done.stderr)
    if len(lines) == 2:
        return (float(lines[1][0]) - begun,)
    return float(lines[0][0]) - begun, float(lines[0][1])
