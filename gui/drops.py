"""What becomes of a dropped file: a project opens, data becomes the data, code becomes a layer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from graphcore.errors import UserError
from graphcore.project import modules
from graphcore.project.data import DataChoice
from graphcore.project.edits import Set
from graphcore.project.file import SUFFIX
from graphcore.project.library import BLOCK_SUFFIX
from gui.tasks import Latest

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Drops(QObject):
    """Takes files dropped anywhere on the window; reading data happens off the GUI thread."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._latest = Latest(0, self)
        self._latest.done.connect(self._on_described)
        self._latest.failed.connect(self._on_failed)
        window.canvas.file_dropped.connect(self.take)
        window.setAcceptDrops(True)  # what lies in it and takes no files lets them through
        window.installEventFilter(self)

    def take(self, path: Path) -> None:
        """Open a project, add a class of a .py file, or make anything else the data."""
        if path.suffix == SUFFIX:
            self._window.asking.open(path)
            return
        if path.suffix == BLOCK_SUFFIX:
            self._window.my_blocks.take(path)
            return
        if path.suffix == modules.SUFFIX:
            self._window.user_modules.take(path)
            return
        document = self._window.document
        folder, before = document.path.parent if document.path else None, document.project.data
        self._latest.request(lambda: _describe(path, folder, before))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and watched is self._window:
            return self._hear(event)
        return super().eventFilter(watched, event)

    def _hear(self, event: QDropEvent) -> bool:
        urls = event.mimeData().urls()
        files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if not files:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.take(files[0])
        return True

    def stop(self) -> None:
        """End the worker; for closing."""
        self._latest.stop()

    def _on_described(self, choice: DataChoice) -> None:
        window = self._window
        window.document.do(Set(("data",), choice), self.tr("Choose the data"))
        names = ", ".join(field.name for field in choice.fields)
        window.notices.tell(
            self.tr("The data is now {} samples with the fields {}.").format(choice.samples, names)
        )
        if "data" in window.docks:
            window.docks.raise_panel("data")

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._window.notices.tell_error(error)


def _describe(path: Path, folder: Path | None, before: DataChoice) -> DataChoice:
    from graphcore.data.sources import describe, source_of

    source, options = source_of(path)
    return describe(source, options, folder, before)
