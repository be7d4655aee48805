"""The writer of a run's folder: what is told is at once on disk for whoever follows it."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from typing import IO, Any

import numpy as np

from graphcore.errors import UserError
from graphcore.training.events import Event, StepsDone, to_line
from graphcore.training.lock import Lock
from graphcore.training.runs import Run


class Recorder:
    """Appends events and series to a run's folder; a run is live while one is open.

    Raises UserError where the disk says no.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._series: dict[str, IO[bytes]] = {}
        try:
            self._lock = Lock(run.lock_path)
            self._events = run.events_path.open("a", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _refused(run, error) from error

    def record(self, event: Event) -> None:
        """Write an event; the values of steps go to the series."""
        try:
            if isinstance(event, StepsDone):
                self._append(event)
            else:
                self._events.write(to_line(event) + "\n")
                self._events.flush()
        except OSError as error:
            raise _refused(self._run, error) from error

    def describe(self, environment: Mapping[str, Any]) -> None:
        """Write down what the run runs on."""
        text = json.dumps(environment, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        try:
            (self._run.folder / "environment.json").write_text(text, "utf-8")
        except OSError as error:
            raise _refused(self._run, error) from error

    def close(self) -> None:
        """Close every file; the run is live no longer."""
        for series in self._series.values():
            series.close()
        self._events.close()
        self._lock.release()

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self.close()

    def _append(self, event: StepsDone) -> None:
        for name, values in event.values.items():
            if name not in self._series:
                # Without a buffer: a number is on disk, or it is not.
                self._series[name] = self._run.series_path(name).open("ab", buffering=0)
            self._series[name].write(np.asarray(values, dtype="<f4").tobytes())


def _refused(run: Run, error: OSError) -> UserError:
    return UserError(
        f"The run “{run.id}” can't be written: {error.strerror}.",
        "Free some space or train in another folder.",
    )
