"""A warm process that is asked about a person's own classes, and killed where they hang."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from graphcore.analysis.outside import BROKEN, UNTRUSTED, refused
from graphcore.analysis.shapes import Outcome, Question
from graphcore.errors import UserError
from graphcore.project import trust
from graphcore.project.module_forms import Form
from graphcore.project.modules import UserModule
from graphcore.project.project import Project
from graphcore.project.user_files import UserFiles, read_files
from graphcore.worker import CancelledError, DeadError, TooSlowError, Worker

STARTS_WITHIN = 120.0
ANSWERS_WITHIN = 10.0
MEMO_SIZE = 5000
_TITLE = "The process that ran it"
_SERVING = "graphcore.analysis.serving"

_Key = tuple[tuple[tuple[str, str], ...], str, Question]


class UserCode:
    """Answers about Python modules from another process; may be asked by any thread.

    `seconds` is how long a class may think. `close` ends the process.
    """

    def __init__(self, seconds: float = ANSWERS_WITHIN) -> None:
        self._seconds = seconds
        self._lock, self._closing = threading.Lock(), threading.Event()
        self._worker: Worker | None = None
        self._files = UserFiles()
        self._memo: dict[_Key, Outcome] = {}

    def at(self, project: Project, folder: Path | None) -> Asking:
        """Whom `analyse` may ask about this project, whose file lies in that folder."""
        files = read_files(project, folder)
        return Asking(self, files, trust.untrusted(files))

    def outcome(self, files: UserFiles, module: UserModule, question: Question) -> Outcome:
        """What a class of these trusted files gives, remembered."""
        key = (tuple(files.digests.items()), module.source, question)
        with self._lock:
            if key not in self._memo:
                if len(self._memo) >= MEMO_SIZE:
                    self._memo.clear()
                found = self._asked(files, module, question)
                if found is None:
                    return refused(BROKEN, CancelledError())
                self._memo[key] = found
            return self._memo[key]

    def form(self, source: str) -> Form:
        """The form of a class of an installed package, which is imported: ask where it is trusted.

        Raises UserError.
        """
        with self._lock:
            try:
                answer = self._ready(UserFiles()).ask(
                    "form_of_package", source, seconds=STARTS_WITHIN
                )
            except UserError:
                self._end()
                raise
        assert isinstance(answer, Form)
        return answer

    def interrupt(self) -> None:
        """Refuse what is asked from now on, and what is being thought about."""
        self._closing.set()

    def close(self) -> None:
        """End the process, also in the middle of an answer; the next question starts another."""
        self._closing.set()
        with self._lock:
            self._end()
            self._closing.clear()

    def _asked(
        self, files: UserFiles, module: UserModule, question: Question
    ) -> Outcome | None:  # fmt: skip
        try:
            answer = self._ready(files).ask("outcome", module, question, seconds=self._seconds)
        except CancelledError:
            return None
        except TooSlowError:
            self._end()
            words = f"It gave no answer within {self._seconds:g} seconds, so it was stopped."
            return refused(BROKEN, UserError(words))
        except (DeadError, RuntimeError) as error:
            self._end()
            return refused(BROKEN, UserError(str(error).strip().splitlines()[-1]))
        assert isinstance(answer, Outcome)
        return answer

    def _ready(self, files: UserFiles) -> Worker:
        """The process with these files, started anew where it has others."""
        if self._worker is None or self._files.digests != files.digests:
            self._end()
            self._worker = Worker(_SERVING, self._closing, _TITLE)
            self._files = files
            self._worker.ask("ready", seconds=STARTS_WITHIN)
            self._worker.ask("begin", files, seconds=STARTS_WITHIN)
        return self._worker

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def __enter__(self) -> UserCode:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom `analyse` asks about one project, as its files were read; an `Outside`."""

    code: UserCode
    files: UserFiles
    untrusted: tuple[str, ...] = ()

    def outcome(self, module: UserModule, question: Question) -> Outcome:
        """What the module gives; a refusal where it is not trusted, is missing or fails."""
        if module.place in self.files.missing:
            return refused(BROKEN, UserError(self.files.missing[module.place]))
        if self.untrusted:
            names = ", ".join(self.untrusted)
            words = f"Its shapes are unknown: {names} has not been trusted."
            return refused(UNTRUSTED, UserError(words, "Trust the project to use it."))
        return self.code.outcome(self.files, module, question)
