"""What the disk of a run refused to the end: offered until another folder takes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from graphcore.errors import UserError
from gui.tasks import InOrder

if TYPE_CHECKING:
    from graphcore.training.runs import Run
    from graphcore.training.unsaved import Unsaved
    from gui.main_window import MainWindow


class Elsewhere(QObject):
    """Keeps what no disk took yet, and asks where it shall go; it is forgotten only on request."""

    _written = Signal(object, object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._was_busy = False
        self._kept: list[Unsaved] = []
        self._latest: Unsaved | None = None
        self._writing = InOrder()
        self._written.connect(self._on_written)
        window.runner.changed.connect(self._on_changed)

    @property
    def is_needed(self) -> bool:
        """Whether something is nowhere but in memory."""
        return bool(self._kept)

    @property
    def folder_at_closing(self) -> Path:
        """Where it goes when nobody chooses."""
        from graphcore.training.unsaved import spare_folders

        return spare_folders()[0]

    def ask(self) -> None:
        """Ask where the oldest shall go."""
        if self._kept:
            self._ask(self._kept[0])

    def save_where_possible(self) -> None:
        """Save what is left where this program may always write."""
        from graphcore.training.unsaved import save_somewhere, spare_folders

        for unsaved in self._kept:
            save_somewhere(unsaved, spare_folders())
        self._kept = []

    def stop(self) -> None:
        """Save what is left; for closing."""
        self._writing.wait()
        self._take_in()
        self.save_where_possible()

    def _on_changed(self) -> None:
        has_ended = self._was_busy and not self._window.runner.is_busy
        self._was_busy = self._window.runner.is_busy
        if has_ended and self._take_in():
            self._offer(self._kept[-1])

    def _take_in(self) -> bool:
        """Keep what the run that just ended could not save; whether there is such a thing."""
        unsaved = self._window.runner.unsaved
        if unsaved is None or unsaved is self._latest:
            return False
        self._latest = unsaved
        self._kept.append(unsaved)
        return True

    def _offer(self, unsaved: Unsaved) -> None:
        self._window.notices.tell(
            self.tr("The run “{0}” could not be saved in {1}.").format(
                unsaved.run.id, unsaved.run.folder.parent
            ),
            self.tr("What it learned is still in memory."),
            "error",
            (
                (self.tr("Save elsewhere…"), partial(self._ask, unsaved)),
                (self.tr("Give it up"), partial(self._forget, unsaved)),
            ),
            stays=True,
        )

    def _ask(self, unsaved: Unsaved) -> None:
        dialog = QFileDialog(self._window, self.tr("Save the run elsewhere"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.finished.connect(dialog.deleteLater)
        dialog.rejected.connect(partial(self._offer, unsaved))
        dialog.fileSelected.connect(lambda chosen: self._write(unsaved, Path(chosen)))
        dialog.open()

    def _write(self, unsaved: Unsaved, folder: Path) -> None:
        def write() -> None:
            try:
                self._written.emit(unsaved, unsaved.save(folder))
            except Exception as error:  # told in the window's thread, whatever it is
                self._written.emit(unsaved, error)

        self._writing.request(write)

    def _on_written(self, unsaved: Unsaved, found: Run | Exception) -> None:
        if isinstance(found, UserError):
            self._window.notices.tell_error(found)
            self._offer(unsaved)
        elif isinstance(found, Exception):
            self._offer(unsaved)
            raise found
        else:
            self._forget(unsaved)
            self._window.notices.tell(
                self.tr("The run is saved in {0}.").format(found.folder),
                choices=((self.tr("Show it"), partial(self._show, found)),),
            )

    def _show(self, run: Run) -> None:
        from gui.opening_runs import open_run

        open_run(self._window, run.folder)

    def _forget(self, unsaved: Unsaved) -> None:
        self._kept = [kept for kept in self._kept if kept is not unsaved]
