"""Runs that lie elsewhere, such as those made on another machine: opened from their folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from graphcore.errors import UserError

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def is_run(path: Path) -> bool:
    """Whether a folder is that of a run."""
    return path.is_dir() and (path / "events.jsonl").is_file()


def ask_for_run(window: MainWindow) -> None:
    """Ask which folder is the run, and show it."""
    path = window.document.path
    dialog = QFileDialog(window, _say("Open the folder of a run"), str(path.parent if path else ""))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.finished.connect(dialog.deleteLater)
    dialog.fileSelected.connect(lambda chosen: open_run(window, Path(chosen)))
    dialog.open()


def open_run(window: MainWindow, folder: Path) -> None:
    """List a run among those of the window and show its curves, which grow where it does."""
    from graphcore.training.runs import RunStore  # numpy comes with it: never at start
    from gui.panels.runs import RunsPanel

    try:
        run = RunStore(folder.parent).find(str(folder.absolute()))
    except UserError as error:
        window.notices.tell_error(error)
        return
    panel = window.docks["runs"].panel
    assert isinstance(panel, RunsPanel)
    panel.add(run)
    panel.curves_asked.emit([run])


def _say(text: str) -> str:
    return QCoreApplication.translate("opening_runs", text)
