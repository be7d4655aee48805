"""Words to a run through its folder, so that whoever follows one can pause, save and stop it."""

from __future__ import annotations

import threading
import types

from graphcore.errors import UserError
from graphcore.training.control import Control, obey
from graphcore.training.runs import Run

LOOKS_EVERY = 0.25
"""Seconds between two looks at whether something was asked."""


def ask(run: Run, word: str) -> None:
    """Leave a word for the run, wherever it goes on. Raises UserError."""
    try:
        with run.asked_path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{word}\n")
    except OSError as error:
        raise UserError(
            f"The run “{run.id}” can't be reached: {error.strerror}.", "Look at its folder."
        ) from error


class Asked:
    """While it is open a run obeys what is asked of it; what was asked before is passed over."""

    def __init__(self, run: Run, control: Control) -> None:
        self._path, self._control = run.asked_path, control
        self._seen = len(self._read())
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="asked", daemon=True)

    def __enter__(self) -> Asked:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _listen(self) -> None:
        while not self._over.wait(LOOKS_EVERY):
            said = self._read()[self._seen :]
            whole, end, _ = said.rpartition(b"\n")
            self._seen += len(whole) + len(end)
            for word in whole.decode("utf-8", errors="replace").split("\n") if end else ():
                obey(self._control, word)

    def _read(self) -> bytes:
        try:
            return self._path.read_bytes()
        except OSError:
            return b""
