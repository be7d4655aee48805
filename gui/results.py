"""What a run's model makes of whole parts of the samples, worked out off the GUI thread. No Qt.

Torch comes with the first question, never with this file.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graphcore.data.samples import Samples
from graphcore.errors import UserError
from graphcore.project.data import Field
from graphcore.project.modules import needs_process
from graphcore.project.project import Project
from graphcore.training.runs import Run
from gui.apart import Apart
from gui.predictions import NoAnswer, newest_run

if TYPE_CHECKING:
    from graphcore.training.results import Result

Weights = Literal["best", "last"]
TITLE = "That did not work"


@dataclass(frozen=True, slots=True)
class Request:
    """Whose results are asked for: those of `run`, else of the project's newest run."""

    project: Project
    path: Path | None
    run: Run | None
    weights: Weights
    samples: Samples


@dataclass(frozen=True, slots=True)
class Findings:
    """The results of a run, and the field of the data that shows what a sample is."""

    run: Run
    weights: Weights
    project: Project
    results: tuple[Result, ...]
    shown: Field | None


class Examiner:
    """Answers requests, for one thread at a time.

    Models with a person's own code are asked in a process beside this one.
    """

    def __init__(self) -> None:
        self._apart, self._lock = Apart(), threading.Lock()

    def find(self, request: Request) -> Findings | NoAnswer:
        """What the run's model makes of the validation samples, or why that can't be said."""
        run = request.run or newest_run(request.project, request.path)
        if run is None:
            return NoAnswer("Train first", "What the model takes for what is shown here then.")
        with self._lock:
            try:
                if needs_process(run.project()):
                    found: Findings | NoAnswer = self._apart.ask(
                        "results", replace(request, run=run)
                    )
                    return found
                return results_of(run, request)
            except UserError as error:
                return NoAnswer(TITLE, f"{error.message} {error.hint}")

    def stop(self) -> None:
        """End the process beside this one, where there is one; for closing."""
        self._apart.stop()


def results_of(run: Run, request: Request) -> Findings | NoAnswer:
    """The results in this process. Raises UserError."""
    from graphcore.training.predict import Predictor
    from graphcore.training.results import examine

    project = run.project()
    if project.data.fingerprint != request.project.data.fingerprint:
        return NoAnswer("Other data", "This run saw other samples than the project has now.")
    weights: Weights = request.weights if run.has_weights(request.weights) else "last"
    folder = request.path.parent if request.path else None
    predictor = Predictor(project, run, weights, folder)
    found = examine(predictor, project, request.samples)
    return Findings(run, weights, project, found, _shown(project, predictor.fields))


def _shown(project: Project, names: Sequence[str]) -> Field | None:
    """The field to know a sample by: the first picture among the inputs, else the first input.

    Where no input is a field as it is, the first field that is no class.
    """
    fields = project.data.fields
    inputs = [field for field in fields if field.name in names]
    inputs = inputs or [field for field in fields if field.classes is None]
    pictures = [field for field in inputs if len(getattr(field.type, "dims", ())) == 3]
    return next(iter([*pictures, *inputs]), None)
