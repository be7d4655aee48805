"""What a trained model says about samples, worked out off the GUI thread. No Qt here.

Torch comes with the first question, never with this file.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from graphcore.data.samples import Samples
from graphcore.data.scaling import from_model
from graphcore.data.splits import split
from graphcore.errors import UserError
from graphcore.project.data import DataChoice, Field
from graphcore.project.modules import needs_process
from graphcore.project.project import Project
from graphcore.training.runs import Run, store_for
from graphcore.types import Tensor
from gui.apart import Apart

if TYPE_CHECKING:
    from graphcore.training.predict import Predictor

Array = NDArray[Any]
MOST_SAMPLES = 1000
BATCH = 256


@dataclass(frozen=True, slots=True)
class Question:
    """Whose model is asked: that of `run`, else of the project's newest run, else an untrained one.

    Without `untrained` a project that has no run has no answer.
    """

    project: Project
    path: Path | None
    run: Run | None
    untrained: bool
    samples: Samples | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What goes in and what comes out: `classes` are scored, a `picture` or `values` are made."""

    field: Field
    output: str
    form: Literal["classes", "picture", "values"]
    class_names: tuple[str, ...] = ()
    target: Field | None = None
    column_names: tuple[str, ...] = ()

    @property
    def takes_picture(self) -> bool:
        """Whether the input is a picture [C, H, W]; else it is a vector."""
        return len(dims_of(self.field)) == 3


@dataclass(frozen=True, slots=True)
class Answers:
    """What the model says of validation samples.

    `inputs` are raw [N, …]. With classes, `answers` are probabilities [N, classes] and `truths`
    class numbers [N] (none where the data has no label); else raw values like the target's.
    """

    trial: Trial
    choice: DataChoice
    run: Run | None
    inputs: Array
    answers: Array
    truths: Array | None
    part: Literal["validation", "training"] = "validation"

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def chosen(self) -> Array:
        """The class with the highest probability, [N]."""
        return self.answers.argmax(1)

    @property
    def wrong(self) -> Array:
        """Whether each answer differs from the truth, [N]; only for classes with truths."""
        if self.trial.form != "classes" or self.truths is None:
            return np.zeros(len(self), bool)
        return np.asarray(self.chosen != self.truths)

    def order(self, wrong_first: bool) -> Array:
        """The samples in the order to show them, the surest mistakes first if asked."""
        if not wrong_first or self.truths is None:
            return np.arange(len(self))
        if self.trial.form == "classes":
            return np.lexsort((-self.answers.max(1), ~self.wrong))
        error = np.abs(self.answers - self.truths).reshape(len(self), -1).mean(1)
        return np.argsort(-error, kind="stable")


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why there is nothing to see; `can_try_untrained` where weights are all that is missing."""

    title: str
    sentence: str
    can_try_untrained: bool = False


class Oracle:
    """Keeps the model that was asked last; every method may be called from any thread.

    Models with a person's own code are kept in a process beside this one, unless this is it.
    """

    def __init__(self, is_apart: bool = False) -> None:
        self._apart = None if is_apart else Apart()
        self._was_apart = False
        self._lock = threading.Lock()
        self._key: object = None
        self._predictor: Predictor | None = None
        self._trial: Trial | None = None

    def examine(self, question: Question) -> Answers | NoAnswer:
        """Answers for the validation samples (for training samples where none are held back)."""
        run = question.run or newest_run(question.project, question.path)
        question = replace(question, run=run)
        with self._lock:
            try:
                self._was_apart = self._apart is not None and _needs_process(question)
                if self._apart is not None and self._was_apart:
                    told: Answers | NoAnswer = self._apart.ask("examine", question)
                    return told
            except UserError as error:
                return NoAnswer("That did not work", f"{error.message} {error.hint}")
            found = self._prepare(question)
            if isinstance(found, NoAnswer):
                return found
            project, run, predictor, trial = found
            if question.samples is None:
                return NoAnswer("No samples", "The data can't be read; see the data panel.")
            try:
                return _examine(predictor, trial, project.data, question.samples, run)
            except UserError as error:
                return NoAnswer("That did not work", f"{error.message} {error.hint}")

    def answer(self, raw: Array) -> Array:
        """Probabilities or raw values for one input [1, …]. Raises UserError."""
        with self._lock:
            if self._apart is not None and self._was_apart:
                return np.asarray(self._apart.ask("answer", raw))
            if self._predictor is None or self._trial is None:
                raise UserError("There is no model to ask.", "Train it first.")
            return _ask(self._predictor, self._trial, raw)

    def stop(self) -> None:
        """End the process beside this one, where there is one; for closing."""
        if self._apart is not None:
            self._apart.stop()

    def _prepare(
        self, question: Question
    ) -> tuple[Project, Run | None, Predictor, Trial] | NoAnswer:
        run = question.run
        if run is None and not question.untrained:
            return NoAnswer(
                "Train first", "A trained model shows here what it can and can't.", True
            )
        try:
            project = run.project() if run else question.project
            if project.data.fingerprint != question.project.data.fingerprint:
                return NoAnswer(
                    "Other data", "This run saw other samples than the project has now."
                )
            predictor = self._load(question, project, run)
            trial = what_to_try(predictor, project, question.samples)
        except UserError as error:
            return NoAnswer("That did not work", f"{error.message} {error.hint}")
        if isinstance(trial, NoAnswer):
            return trial
        self._trial = trial
        return project, run, predictor, trial

    def _load(self, question: Question, project: Project, run: Run | None) -> Predictor:
        from graphcore.training.predict import Predictor

        weights = _weights_of(run) if run else None
        key = (weights, weights.stat().st_mtime_ns) if weights else question.project
        if key != self._key or self._predictor is None:
            folder = question.path.parent if question.path else None
            name = weights.stem if weights else "best"
            self._predictor, self._key = Predictor(project, run, name, folder), key
        return self._predictor


def _needs_process(question: Question) -> bool:
    return needs_process(question.run.project() if question.run else question.project)


def newest_run(project: Project, path: Path | None) -> Run | None:
    """The newest run of this drawing, on these samples, that has weights."""
    return next(runs_of(project, path), None)


def runs_of(project: Project, path: Path | None) -> Iterator[Run]:
    """Those of the newest twenty runs that are of this drawing and these samples, with weights."""
    for run in store_for(path).runs()[:20]:
        try:
            _weights_of(run)
            theirs = run.project()
        except UserError:
            continue
        if _is_of(project, theirs) and theirs.data.fingerprint == project.data.fingerprint:
            yield run


def what_to_try(
    predictor: Predictor, project: Project, samples: Samples | None
) -> Trial | NoAnswer:
    """What can be put in and what comes out, or why that can't be shown here."""
    title = "Nothing to try here"
    if len(predictor.inputs) != 1:
        names = ", ".join(predictor.inputs) or "none"
        return NoAnswer(title, f"This shows models with one input; this one has {names}.")
    field = project.data.field(predictor.fields[0]) if predictor.fields else None
    if field is None:
        return NoAnswer(title, "The model's input is not fed by a field of the data.")
    if len(dims_of(field)) not in (1, 3) or not _is_float(field):
        return NoAnswer(title, f"This shows pictures and vectors; “{field.name}” is neither.")
    if not predictor.outputs:
        return NoAnswer("Nothing to try here", "The model has no output.")
    scored = [name for name in predictor.outputs if name in predictor.class_names]
    output = (scored or list(predictor.outputs))[0]
    columns = samples.column_names.get(field.name, ()) if samples else ()
    target = _target(predictor, project, output)
    if scored:
        return Trial(field, output, "classes", predictor.class_names[output], target, columns)
    is_picture = target is not None and len(dims_of(target)) == 3
    return Trial(field, output, "picture" if is_picture else "values", (), target, columns)


def dims_of(field: Field) -> tuple[int, ...]:
    """The sizes of one sample's value; empty where they are not known."""
    dims = field.type.dims if isinstance(field.type, Tensor) else ()
    return tuple(d for d in dims if isinstance(d, int)) if all(
        isinstance(d, int) for d in dims) else ()  # fmt: skip


def _examine(
    predictor: Predictor, trial: Trial, choice: DataChoice, samples: Samples, run: Run | None
) -> Answers:
    parts = split(choice, samples)
    part: Literal["validation", "training"] = "validation" if len(parts.validation) else "training"
    rows = parts.validation if len(parts.validation) else parts.train
    rows = rows[:: max(1, len(rows) // MOST_SAMPLES)][:MOST_SAMPLES]
    inputs = samples.arrays[trial.field.name][rows]
    blocks = [inputs[at : at + BATCH] for at in range(0, len(rows), BATCH)]
    answers = np.concatenate([_ask(predictor, trial, block) for block in blocks])
    truths = samples.arrays.get(trial.target.name) if trial.target else None
    truths = None if truths is None else truths[rows]
    if truths is not None and trial.form == "classes" and truths.ndim != 1:
        truths = None
    if trial.form != "classes" and truths is not None and trial.target is not None:
        answers = from_model(trial.target, answers.reshape(truths.shape), choice)
    return Answers(trial, choice, run, inputs, answers, truths, part)


def _ask(predictor: Predictor, trial: Trial, raw: Array) -> Array:
    values: Mapping[str, Array] = {trial.field.name: raw}
    if trial.form != "classes":
        return predictor.predict(values)[trial.output]
    found = predictor.probabilities(values)[trial.output]
    if found.ndim == 1 or found.shape[1] == 1:  # one score that tells two classes apart
        second = found.reshape(-1, 1)
        found = np.concatenate([1 - second, second], axis=1)
    return found.reshape(len(raw), found.shape[1], -1).mean(2)


def _target(predictor: Predictor, project: Project, output: str) -> Field | None:
    """The field that a loss compares an output with."""
    parts = predictor.analysis.parts
    for term in parts.terms:
        if term.prediction == parts.outputs[output] and term.target is not None:
            node = project.graph.nodes[term.target.node]
            if project.kind(node.kind).role == "dataset":
                return project.data.field(term.target.port)
            into = project.graph.wire_into(term.target.node, "field")
            return project.data.field(into.output) if into else None
    return None


def _weights_of(run: Run) -> Path:
    """The best weights; the last where no epoch is over yet. Raises UserError."""
    try:
        return run.weights_path("best")
    except UserError:
        return run.weights_path("last")


def _is_of(project: Project, other: Project) -> bool:
    """Whether two projects are the same drawing, edited perhaps: most nodes are in both."""
    mine = {(node.id, node.kind) for node in project.graph.nodes.values()}
    theirs = {(node.id, node.kind) for node in other.graph.nodes.values()}
    return bool(mine) and 2 * len(mine & theirs) >= max(len(mine), len(theirs))


def _is_float(field: Field) -> bool:
    return isinstance(field.type, Tensor) and field.type.is_float
