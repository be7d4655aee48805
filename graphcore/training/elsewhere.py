"""A run in a process of its own: the command `train`, heard line by line. Torch-free.

Whoever starts it keeps neither torch's memory nor its crashes. The process ends with this one,
its state saved, unless it is left to go on by itself.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.training.control import Control
from graphcore.training.events import Event, Failed, Finished, Started, StepsDone, from_line
from graphcore.training.runs import Run

MAIN = Path(__file__).resolve().parents[2] / "main.py"
LAST_WORDS = 2000
Process = subprocess.Popen[str]


def train_elsewhere(
    project: Project,
    run: Run,
    control: Control,
    folder: Path | None = None,
    *,
    device: str = "",
    free_cores: int = 0,
    resume: bool = False,
    source: Run | None = None,
) -> Iterator[Event]:
    """Train the run's project as `train_project` does, in another process that may die.

    Where it dies the stream ends with Failed, and the run can be resumed. Raises UserError where
    no process can be started.
    """
    command = _command(run, folder, device, free_cores, resume)
    command += ["--from", str(source.folder)] if source is not None else []
    with _started(command, run) as process:
        yield from _heard(process, control, run)


def _command(
    run: Run, folder: Path | None, device: str, free_cores: int, resumes: bool
) -> list[str]:
    line = [sys.executable, str(MAIN), "train", str(run.project_path), "--json"]
    line += ["--resume" if resumes else "--run-dir", str(run.folder)]
    # Relative names in an untitled project start nowhere: in the run's folder they find nothing.
    line += ["--folder", str(folder)] if folder is not None else []
    line += ["--device", device] if device else []
    return [*line, "--free-cores", str(free_cores)]


@contextmanager
def _started(command: list[str], run: Run) -> Iterator[Process]:
    try:
        with run.log_path.open("ab") as log:
            # In a session of its own: Ctrl+C in our terminal is for us to answer.
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                encoding="utf-8", errors="replace", bufsize=1, start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )  # fmt: skip
    except OSError as error:
        raise UserError(
            f"No process can be started to train in: {error.strerror}.", "Train in this window."
        ) from error
    try:
        yield process
    finally:
        for pipe in (process.stdin, process.stdout):
            _close(pipe)
        if process.returncode is None:
            # It lives on by itself, or saves and ends: nobody waits for it.
            process.returncode = 0


def _heard(process: Process, control: Control, run: Run) -> Iterator[Event]:
    assert process.stdin is not None
    assert process.stdout is not None
    words, step, last = _Words(process), 0, None
    words.say("attend")
    control.listen(words.say)
    for line in process.stdout:
        with suppress(UserError):  # a library may print what it likes
            last = from_line(line)
            words.has_begun = words.has_begun or isinstance(last, Started)
            step = last.first_step + last.count if isinstance(last, StepsDone) else step
            yield last
    if control.is_leaving:
        return
    status = process.wait()
    if not isinstance(last, Finished | Failed):
        yield _ending(control, words, status, step, run)


class _Words:
    """What is said to the process; before its first event the end comes at once."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.has_begun = False

    def say(self, word: str) -> None:
        """Write a line to it, from any thread; one that is gone hears nothing."""
        if word in ("stop", "interrupt") and not self.has_begun:
            self._process.kill()  # it loads data and torch: there is no state to save
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            self._process.stdin.write(f"{word}\n")
            self._process.stdin.flush()


def _ending(control: Control, words: _Words, status: int, step: int, run: Run) -> Event:
    """The last event of a process that said none itself."""
    if control.is_stopping and not words.has_begun:
        return Finished(control.reason, 0, 0)
    how = f"signal {-status}" if status < 0 else f"exit status {status}"
    when = f"after {step} steps" if words.has_begun else "before the first step"
    way = "Resume goes on from the state that was saved last" if words.has_begun else "Train again"
    said = _last_words(run)
    return Failed(
        f"The process of the run died {when} ({how}).",
        f"It may have run out of memory, or somebody ended it. {way}.{said}",
        "gone",
    )


def _last_words(run: Run) -> str:
    """The last line that the process complained with."""
    try:
        text = run.log_path.read_text("utf-8", errors="replace")[-LAST_WORDS:]
    except OSError:
        return ""
    lines = text.strip().splitlines()
    return f" It said: {lines[-1].strip()[:300]}" if lines else ""


def _close(pipe: IO[str] | None) -> None:
    with suppress(OSError):  # what was not read over there can't be flushed
        if pipe is not None:
            pipe.close()
