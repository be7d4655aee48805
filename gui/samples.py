"""The samples of the open project, read once off the GUI thread for everyone who shows them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from graphcore.errors import UserError
from graphcore.project.data import DataChoice
from graphcore.project.edits import Edit
from gui.document import Document
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.data.samples import Samples

Key = tuple[str, dict[str, object], str, Path | None]


def _key(choice: DataChoice, folder: Path | None) -> Key:
    """What decides which samples are read; the folder counts for a relative path only."""
    path = choice.options.get("path")
    is_relative = isinstance(path, str) and not Path(path).is_absolute()
    home = folder if is_relative else None
    return choice.source, dict(choice.options), choice.fingerprint, home


def _read(
    key: Key, choice: DataChoice, folder: Path | None
) -> tuple[Key, Samples | None, UserError | None]:
    from graphcore.data.sources import read  # numpy comes with it: never at start

    try:
        return key, read(choice, folder), None
    except UserError as error:
        return key, None, error


def _raise(error: Exception) -> None:
    raise error


class SampleSource(QObject):
    """`samples` of the project's data choice, or the `error` why there are none.

    `loaded` says that either is new (also that both are gone: no data is chosen); `reading`
    that a read has begun. Where the project lies counts, as paths may be relative to it.
    """

    loaded = Signal()
    reading = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.samples: Samples | None = None
        self.error: UserError | None = None
        self._document = document
        self.is_reading = False
        self._key: Key | None = None
        self._offered: tuple[DataChoice, Samples] | None = None
        self._latest = Latest(parent=self)
        self._latest.done.connect(self._on_read)
        self._latest.failed.connect(_raise)
        document.edited.connect(self._on_edited)
        document.replaced.connect(self.refresh)
        self.refresh()

    @property
    def folder(self) -> Path | None:
        """Where relative paths start: the folder of the project file."""
        return self._document.path.parent if self._document.path else None

    @property
    def why_none(self) -> tuple[str, str]:
        """What to say while there are no samples: a title and a sentence."""
        error = self.error
        text = f"{error.message} {error.hint}" if error else self.tr("The samples are read.")
        return self.tr("No samples"), text

    def offer(self, choice: DataChoice, samples: Samples) -> None:
        """Samples that are at hand already, for when the project gets this choice."""
        self._offered = (choice, samples)

    def refresh(self) -> None:
        """Read the samples if the project's data is not what was read last."""
        choice = self._document.project.data
        key = _key(choice, self.folder)
        if key == self._key:
            return
        self._key, self.is_reading = key, False
        if self._offered and self._offered[0].fingerprint == choice.fingerprint:
            self._finish(self._offered[1], None)
        elif not choice.source:
            self._finish(None, None)
        else:
            self.samples, self.error, self.is_reading = None, None, True
            self._latest.request(partial(_read, key, choice, self.folder))
            self.reading.emit()

    def read_again(self) -> None:
        """Read the samples anew although the choice is the same; a file may have come back."""
        self._key, self._offered = None, None
        self.refresh()

    def stop(self) -> None:
        """End the worker; for closing."""
        self._latest.stop()

    def _on_edited(self, edit: Edit) -> None:
        self.refresh()

    def _on_read(self, found: tuple[Key, Samples | None, UserError | None]) -> None:
        key, samples, error = found
        if key == self._key and self.is_reading:  # else the project has moved on
            self._finish(samples, error)

    def _finish(self, samples: Samples | None, error: UserError | None) -> None:
        self.samples, self.error, self.is_reading = samples, error, False
        self.loaded.emit()
