"""The source “random”: numbers drawn at random, for speed trials of designs that have no data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from graphcore.data.options import Options
from graphcore.data.samples import MOST_BYTES, Array, Samples
from graphcore.errors import UserError
from graphcore.project.data import Field
from graphcore.types import Tensor, parse_type

RANDOM = "random"
LABEL = "Numbers at random: for speed trials only, nothing can be learned."
MOST_SAMPLES = 1_000_000
_DTYPES = {"float32": np.dtype("float32"), "int64": np.dtype("int64")}
_AGAIN = "Make the speed trial's data again."


def random_options(fields: Mapping[str, Field], samples: int, seed: int = 0) -> dict[str, object]:
    """The options that draw these fields: floats around 0, whole numbers below their bound."""
    return {"samples": samples, "seed": seed, "fields": {n: _row(f) for n, f in fields.items()}}


def _row(field: Field) -> dict[str, object]:
    row: dict[str, object] = {"type": str(field.type)}
    if field.classes is not None:
        row["classes"] = field.classes
    elif field.vocabulary_size is not None:
        row["below"] = field.vocabulary_size
    return row


def read_random(options: Options, folder: Path | None) -> tuple[Samples, tuple[Field, ...]]:
    """Samples and fields that the options ask for; the same seed gives the same numbers.

    Raises UserError where they ask for something else than numbers, or for too many of them.
    """
    count, seed = _whole(options, "samples", 64), _whole(options, "seed", 0)
    rows = options.get("fields")
    if not isinstance(rows, Mapping) or not rows or not 1 <= count <= MOST_SAMPLES:
        raise UserError("The project names no fields to draw at random.", _AGAIN)
    fields = tuple(_field(str(name), row) for name, row in rows.items())
    _refuse_too_much(fields, count)
    source = np.random.Generator(np.random.PCG64(seed))
    arrays = {field.name: _drawn(source, field, count) for field in fields}
    return Samples(arrays, warnings=(LABEL,)), fields


def detect_random(path: Path) -> dict[str, object] | None:
    """Nothing: no path leads to random numbers."""
    return None


def _whole(options: Mapping[str, object], name: str, default: int) -> int:
    value = options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UserError(f"The data option “{name}” can't be {str(value)[:40]!r}.", _AGAIN)
    return value


def _field(name: str, row: object) -> Field:
    if not isinstance(row, Mapping) or not isinstance(row.get("type"), str):
        raise UserError(f"The field “{name[:40]}” has no type to draw numbers of.", _AGAIN)
    kind = parse_type(str(row["type"]))
    is_known = isinstance(kind, Tensor) and kind.dtype in _DTYPES
    if not isinstance(kind, Tensor) or not is_known or not all(type(d) is int for d in kind.dims):
        raise UserError(
            f"The field “{name[:40]}” is {kind}, and only float32 and int64 of known sizes can be"
            " drawn at random.", "Let the Input declare such a type, and give every letter a size.",
        )  # fmt: skip
    if kind.is_float:
        return Field(name, kind)
    bound = max(1, _whole(row, "classes" if "classes" in row else "below", 2))
    if "classes" in row:
        return Field(name, kind, 0.0, bound - 1.0, classes=bound)
    return Field(name, kind, 0.0, bound - 1.0, vocabulary_size=bound)


def _refuse_too_much(fields: tuple[Field, ...], count: int) -> None:
    total = count * sum(8 * math.prod(_shape(field)) for field in fields)
    if total > MOST_BYTES:
        raise UserError(
            f"{count:,} random samples take {total / 2**30:.1f} GB, more than"
            f" {MOST_BYTES // 2**30} GB.",
            "Ask for fewer samples.",
        )


def _shape(field: Field) -> tuple[int, ...]:
    assert isinstance(field.type, Tensor)
    return tuple(dim for dim in field.type.dims if isinstance(dim, int))


def _drawn(source: np.random.Generator, field: Field, count: int) -> Array:
    shape = (count, *_shape(field))
    if isinstance(field.type, Tensor) and field.type.is_float:
        return source.standard_normal(shape, dtype=np.float32)
    bound = field.classes or field.vocabulary_size or 2
    return source.integers(0, bound, shape, dtype=np.int64)
