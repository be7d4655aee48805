"""What a trained model says of samples beside what is true, output by output."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graphcore.data.samples import Samples
from graphcore.data.scaling import from_model
from graphcore.data.splits import split
from graphcore.errors import UserError
from graphcore.project.data import Field
from graphcore.project.project import Project
from graphcore.training.metric_choice import Comparison, comparisons, target_field
from graphcore.training.predict import Predictor, probability

Array = NDArray[Any]
Part = Literal["validation", "training", "test"]
Form = Literal["classes", "labels", "areas", "numbers", "picture"]
MOST_BYTES = 2**28
MOST_AT_ONCE = 256
LABEL_CELLS = ("found", "missed", "false alarm", "rightly none")

_FORMS: dict[str, Form] = {
    "classes": "classes", "binary": "classes", "labels": "labels", "tokens": "areas",
    "pixels": "areas", "mask": "areas", "numbers": "numbers", "picture": "picture",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """One output beside the truth.

    `rows` [N] are the samples' places in the data, `of` is how many the part has in all. `said`
    and `true` are class numbers [N] (`classes`) or [N, …] (`areas`: tokens or pixels), yes or no
    [N, K] (`labels`), or raw values [N, …]. `shares` [N, C] are the probabilities of classes or
    labels, empty for others. `error` [N] is how bad each answer is: the surprise at the true
    class, the share of wrong places, or the mean distance.

    Where classes are told apart, `right` is the share of places that are, and `counts` [C, C] how
    often which truth (row) was said to be what (column); for labels [K, 4]: found, missed, false
    alarm, rightly none.
    """

    output: str
    form: Form
    target: Field
    class_names: tuple[str, ...]
    part: Part
    of: int
    rows: Array
    said: Array
    true: Array
    shares: Array
    error: Array
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    right: float = math.nan

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, row: int, column: int) -> Array:
        """The places in `rows` of the samples behind a cell of `counts`, the clearest first."""
        if self.form == "labels":
            hit = _label_cells(self)[column][:, row]
        else:
            hit = (self.true == row) & (self.said == column)
        weight = hit.reshape(len(self), -1).sum(1)
        found = np.flatnonzero(weight)
        if self.form == "areas":
            return found[np.argsort(-weight[found], kind="stable")]
        sure = self.shares[found, column if self.form == "classes" else row]
        return found[np.argsort(-np.abs(sure - 0.5), kind="stable")]

    def order(self, *, worst: bool) -> Array:
        """All places in `rows`, the worst answers first, or the best."""
        return np.argsort(-self.error if worst else self.error, kind="stable")


def examine(
    predictor: Predictor, project: Project, samples: Samples, part: Part = "validation"
) -> tuple[Result, ...]:
    """What the model makes of a part of the samples, for each output that has a true value.

    Training samples, where none is in the part. Pictures of a part that would not fit the
    memory are a spread of it. Raises UserError where nothing can be compared.
    """
    part, rows = _chosen(project, samples, part)
    none = np.empty(0)
    found = [
        Result(of.output, _FORMS[of.task], field, _class_names(of, field, samples), part,
               len(rows), rows[:0], none, none, none, none)
        for of, field in _compared(predictor, project)
    ]  # fmt: skip
    if not found:
        raise UserError(
            "No output of this model is compared with a field of the data.",
            "Wire an output and a field of the Dataset into a loss.",
        )
    kept = _spread(rows, found)
    pieces = list(_said(predictor, project, samples, kept))
    return tuple(
        _counted(
            _finished(
                result, kept, [piece[result.output] for piece in pieces], of, project, samples
            )
        )
        for result, (of, _) in zip(found, _compared(predictor, project), strict=True)
    )


def _compared(predictor: Predictor, project: Project) -> list[tuple[Comparison, Field]]:
    """The first comparison of each output whose target is a field."""
    outputs, found = predictor.analysis.parts.outputs, dict[str, tuple[Comparison, Field]]()
    for of in comparisons(project, predictor.analysis):
        field = target_field(project, of.term.target) if of.term.target else None
        if field is not None and outputs.get(of.output) == of.term.prediction:
            found.setdefault(of.output, (of, field))
    return list(found.values())


def _class_names(of: Comparison, field: Field, samples: Samples) -> tuple[str, ...]:
    if of.task in ("numbers", "picture"):
        return ()
    count, names = of.classes or field.classes or 2, field.class_names
    if of.task == "labels":
        names = samples.column_names.get(field.name, ())
        count = samples.arrays[field.name].shape[-1]
    return names if len(names) == count else tuple(map(str, range(count)))


def _chosen(project: Project, samples: Samples, part: Part) -> tuple[Part, Array]:
    parts = split(project.data, samples)
    rows = {"validation": parts.validation, "training": parts.train, "test": parts.test}
    return (part, rows[part]) if len(rows[part]) else ("training", parts.train)


def _spread(rows: Array, results: list[Result]) -> Array:
    """As many of the rows, evenly, as their answers fit the memory."""
    each = 0
    for result in results:
        dims = [dim for dim in getattr(result.target.type, "dims", ()) if isinstance(dim, int)]
        each += 12 * int(np.prod(dims)) + 8 * len(result.class_names)
    return rows[:: max(1, -(-each * len(rows) // MOST_BYTES))]


def _said(
    predictor: Predictor, project: Project, samples: Samples, rows: Array
) -> Iterator[dict[str, Array]]:
    names = [field.name for field in project.data.fields if field.name in samples.arrays]
    size = min(MOST_AT_ONCE, project.plan.batch_size)
    for start in range(0, len(rows), size):
        batch = rows[start : start + size]
        yield predictor.predict({name: samples.arrays[name][batch] for name in names})


def _finished(
    result: Result, rows: Array, pieces: list[Array], of: Comparison, project: Project,
    samples: Samples,
) -> Result:  # fmt: skip
    true = np.asarray(samples.arrays[result.target.name][rows])
    given = np.concatenate(pieces)
    done = replace(result, rows=rows, true=true)
    if result.form in ("numbers", "picture"):
        said = from_model(result.target, given.reshape(true.shape), project.data)
        distance = np.abs(said - true).reshape(len(rows), -1).mean(1)
        return replace(done, said=said, error=distance)
    shares = probability(given, of.term.kind)
    match of.task:
        case "labels":
            return _with_labels(done, shares)
        case "binary":
            yes = shares.reshape(len(rows), 1)
            return _with_classes(done, np.concatenate([1 - yes, yes], 1), true.reshape(-1) > 0.5)
        case "mask":
            return _with_areas(done, shares.reshape(true.shape) > 0.5, true > 0.5)
        case "classes":
            return _with_classes(done, shares, true if true.ndim == 1 else true.argmax(1))
    said = shares.argmax(1)
    true = (true.argmax(1) if true.ndim == shares.ndim else true).astype(np.int32)
    return _with_areas(done, said.reshape(true.shape), np.where(true == of.ignored, -1, true))


def _with_classes(result: Result, shares: Array, true: Array) -> Result:
    known = np.clip(true, 0, shares.shape[1] - 1).astype(np.int64)
    surprise = -np.log(np.maximum(shares[np.arange(len(shares)), known], 1e-30))
    return replace(result, said=shares.argmax(1), true=known, shares=shares, error=surprise)


def _with_labels(result: Result, shares: Array) -> Result:
    said, true = shares > 0.5, result.true.reshape(shares.shape) > 0.5
    return replace(result, said=said, true=true, shares=shares, error=(said != true).mean(1))


def _with_areas(result: Result, said: Array, true: Array) -> Result:
    # A byte a place does where there are few classes.
    small = np.uint8 if len(result.class_names) <= 256 else np.int32
    wrong = ((said != true) & (true >= 0)).reshape(len(said), -1).mean(1)
    return replace(result, said=said.astype(small), true=true.astype(np.int32), error=wrong)


def _counted(result: Result) -> Result:
    if result.form == "labels":
        counts = np.stack([cell.sum(0) for cell in _label_cells(result)], axis=1)
    elif result.class_names:
        size = len(result.class_names)
        both = result.true.astype(np.int64) * size + result.said
        counted = both[(result.true >= 0) & (result.true < size)]
        counts = np.bincount(counted.ravel(), minlength=size * size).reshape(size, size)
    else:
        return result
    known = result.true >= 0
    right = float((result.said == result.true)[known].mean()) if known.any() else math.nan
    return replace(result, counts=counts, right=right)


def _label_cells(result: Result) -> tuple[Array, Array, Array, Array]:
    """Where a label was found, missed, a false alarm, rightly none: each [N, K]."""
    said, true = result.said, result.true
    return true & said, true & ~said, ~true & said, ~(true | said)
