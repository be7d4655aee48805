"""Files dragged in from another program, on a real screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from gui.notices import NoticeBar
from tests.journeys.person import Person

pytestmark = pytest.mark.slow

# A file manager in a few lines: a window that stays above, from which these files are dragged.
FILES = """
import sys
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

class Files(QLabel):
    def mousePressEvent(self, event):
        drag, mime = QDrag(self), QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)

app = QApplication(sys.argv)
files = Files("files", None, Qt.WindowType.FramelessWindowHint)
files.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
files.setWindowTitle("Files to drag")
files.setGeometry(20, 20, 120, 60)
files.show()
app.exec()
"""


def test_files_are_dragged_in_from_another_program(person: Person, tmp_path: Path) -> None:
    window = person.window
    person.press("ctrl+n")
    person.wait_until(lambda: not window.document.project.graph.nodes)
    rows = "\n".join(f"{i},{i * 2},{'tall' if i % 2 else 'small'}" for i in range(40))
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"age,size,kind\n{rows}\n", encoding="utf-8")
    (tmp_path / "m.onnx").touch()

    command = [sys.executable, "-c", FILES, *map(str, sorted(tmp_path.iterdir()))]
    with subprocess.Popen(command) as program:
        person.wait_until(lambda: person.sees("Files to drag"))
        person.drag(QPoint(80, 50), window.canvas.viewport().mapToGlobal(QPoint(300, 200)))
        person.wait_until(lambda: window.document.project.data.samples == 40)
        program.terminate()
    (node,) = window.document.project.graph.nodes.values()
    assert node.kind == "data.Dataset"
    assert window.document.project.data.options["path"] == str(tmp_path / "a.csv")
    told = " ".join(bar.message for bar in window.findChildren(NoticeBar) if bar.isVisible())
    assert "b.csv" in told
    assert "m.onnx" in told
