"""Curves on their way into files: where to, and the writing of tables and TensorBoard's events."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from graphcore.training.tables import write_table
from gui.panels.strands import Shown
from gui.tasks import Latest

SLOW_MS = 1000


class CurveWriting(QObject):
    """Writes off the window's thread, and says where it does so where that takes long."""

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._path = Path()
        self._cancel = threading.Event()
        self._latest = Latest(0, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._on_slow)

    def write(self, path: Path, shown: Sequence[Shown]) -> None:
        """Write a table, or into a folder each run's events in a folder of its own."""
        write = _write_events if path.is_dir() else _write_table
        self._path = path
        self._latest.request(lambda: write(path, shown, self._cancel))
        self._slow.start()

    def stop(self) -> None:
        """Give up what is being written, leaving no half file behind; for closing."""
        self._cancel.set()
        self._slow.stop()
        self._latest.stop()

    def _on_slow(self) -> None:
        text = self.tr("The curves are being written to {0}; closing the window gives that up.")
        self.said.emit(text.format(self._path))

    def _on_done(self) -> None:
        self._slow.stop()
        self.said.emit(self.tr("The curves are in {0}.").format(self._path))

    def _on_failed(self, error: Exception) -> None:
        self._slow.stop()
        self.failed.emit(error)


def ask_where(panel: QWidget, kind: str, then: Callable[[Path], None]) -> None:
    """Ask for a file with that ending, or for a folder where it is `tensorboard`."""
    dialog = QFileDialog(panel, QCoreApplication.translate("PlotsPanel", "Save the curves"))
    if kind == "tensorboard":
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    else:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"curves.{kind}")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()


def _write_table(path: Path, shown: Sequence[Shown], cancel: threading.Event) -> None:
    first, *others = shown
    write_table(path, first.curves, {one.label: one.curves for one in others}, cancel)


def _write_events(folder: Path, shown: Sequence[Shown], cancel: threading.Event) -> None:
    from graphcore.training.tensorboard import write_events

    for one in shown:
        write_events(folder / one.run.id if one.run else folder, one.curves, cancel)
