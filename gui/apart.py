"""A warm process in which models with a person's own code answer the window. No Qt here."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from graphcore.project.modules import needs_process
from graphcore.project.project import Project
from graphcore.worker import DeadError, TooSlowError, Worker

SERVING = "gui.serving"
TITLE = "The process of the model"
ANSWERS_WITHIN = 120.0


class Apart:
    """Started by the first question and kept; may be asked by any thread, one question at a time.

    A process that died or thinks for too long is ended, and the next question starts another.
    """

    def __init__(self) -> None:
        self._lock, self._closing = threading.Lock(), threading.Event()
        self._worker: Worker | None = None

    def ask(self, function: str, *arguments: object) -> Any:
        """What a function of `gui.serving` returns over there. Raises UserError."""
        with self._lock:
            if self._worker is None:
                self._worker = Worker(SERVING, self._closing, TITLE)
            try:
                return self._worker.ask(function, *arguments, seconds=ANSWERS_WITHIN)
            except (DeadError, TooSlowError):
                self._end()
                raise

    def stop(self) -> None:
        """End the process, in the middle of an answer too."""
        self._closing.set()
        with self._lock:
            self._end()
            self._closing.clear()

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def admit_files(project: Project, folder: Path | None, run: Path | None = None) -> None:
    """Let this process, never the window's, import the project's files. Raises UserError."""
    if needs_process(project):
        from graphcore.project.admission import admit
        from graphcore.project.trust import trusted_files

        admit(trusted_files(project, folder, run))
