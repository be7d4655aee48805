"""The source “csv”: numeric columns are the features, another column is what to predict.

The rules: rows in which a used column has no value are left out and counted; a column that is
mostly empty or holds text is left out and named; a row with another number of cells, or a text
where a column otherwise holds numbers, is an error with its line.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graphcore.data.csv_table import MISSING_WORDS, Table, read_table
from graphcore.data.facts import MOST_CLASSES, class_field, field_name, value_field
from graphcore.data.options import Options, path_in, text_in
from graphcore.data.samples import Array, Samples
from graphcore.errors import UserError
from graphcore.project.data import Field

_TARGET_NAMES = ("target", "label", "class", "species", "y", "category", "outcome")
_FEW = 20
_MOST_TEXT = 0.1


def read_csv(options: Options, folder: Path | None) -> tuple[Samples, tuple[Field, ...]]:
    """Samples and fields: `features` float32[n], and `label` classes or `target` float32[k].

    `options`: `path`; `target`, a column or a list of them (the last column, or one with a
    telling name, where absent); `delimiter` (found out where absent). Several targets with
    classes become fields named after their columns.
    """
    path = path_in(options, folder, "CSV file")
    table = read_table(path, text_in(options, "delimiter"))
    return _Reading(table, _targets(options, table)).result()


def detect_csv(path: Path) -> dict[str, object] | None:
    """The options for reading that file, if its name ends like a table's."""
    known = path.suffix.lower() in (".csv", ".tsv", ".txt") and path.is_file()
    return {"path": str(path)} if known else None


def _targets(options: Options, table: Table) -> tuple[str, ...]:
    given = options.get("target")
    wanted = [given] if isinstance(given, str) and given else given
    if not wanted and not isinstance(wanted, list | tuple):
        return (target_of(table),)
    if not isinstance(wanted, list | tuple):
        raise UserError("The data option “target” is no column.", "Name a column, or several.")
    for name in wanted:
        if name not in table.names:
            raise UserError(
                f"“{table.path.name}” has no column “{str(name)[:40]}”.",
                f"Choose the target among {_listed(table.names)}.",
            )
    return tuple(dict.fromkeys(str(name) for name in wanted))


def target_of(table: Table) -> str:
    """The column to predict where nobody chose one: one with a telling name, or the last."""
    telling = [name for name in table.names if name.strip().lower() in _TARGET_NAMES]
    return telling[0] if telling else table.names[-1]


class _Reading:
    """Columns of a table on their way to arrays; `good` marks the rows that can be used."""

    def __init__(self, table: Table, targets: tuple[str, ...]) -> None:
        self.table, self.targets = table, targets
        self.good = np.ones(len(table.rows), dtype=bool)
        self.warnings = list(table.warnings)
        self.missing_in: list[str] = []

    def result(self) -> tuple[Samples, tuple[Field, ...]]:
        """Everything read; raises UserError where nothing is left."""
        features = self._features()
        targets = {name: self._target(name) for name in self.targets}
        self._tell_missing()
        if not self.good.any():
            raise UserError(
                f"Every row of “{self.table.path.name}” lacks a value.",
                "Fill the gaps, or delete the columns that have them.",
            )
        arrays: dict[str, Array] = {}
        fields: list[Field] = []
        columns = dict[str, tuple[str, ...]]()
        if features:
            columns["features"] = tuple(features)
            stacked = np.stack(list(features.values()), axis=1)
            arrays["features"] = stacked[self.good].astype(np.float32)
            fields.append(value_field("features", arrays["features"]))
        numbers = {name: found for name, found in targets.items() if not isinstance(found, list)}
        self._add_classes({n: f for n, f in targets.items() if isinstance(f, list)}, arrays, fields)
        if numbers:
            columns["target"] = tuple(numbers)
            stacked = np.stack(list(numbers.values()), axis=1)
            arrays["target"] = stacked[self.good].astype(np.float32)
            fields.append(value_field("target", arrays["target"]))
        if not features:
            raise UserError(
                f"“{self.table.path.name}” has no column of numbers beside the target.",
                "Choose another target; texts can't be features yet.",
            )
        names = {field.name: field.class_names for field in fields if field.classes}
        samples = Samples(
            arrays, names, columns, self.table.names, self.targets, tuple(self.warnings)
        )
        return samples, tuple(fields)

    def _features(self) -> dict[str, NDArray[np.float64]]:
        found, texts, empty = dict[str, NDArray[np.float64]](), list[str](), list[str]()
        for name in self.table.names:
            if name in self.targets:
                continue
            values = self._numbers(name)
            if values is None:
                texts.append(name)
                continue
            missing = np.isnan(values)
            if missing.mean() > 0.5:
                empty.append(name)
                continue
            self._note_missing(name, missing)
            found[name] = values
        if texts:
            self.warnings.append(f"Columns of text are no features: {_listed(texts)}.")
        if empty:
            self.warnings.append(f"Columns that are mostly empty were left out: {_listed(empty)}.")
        return found

    def _target(self, name: str) -> NDArray[np.float64] | list[str]:
        values = self._numbers(name)
        if values is None:
            texts = [text.strip() for text in self.table.column(name)]
            self._note_missing(name, np.array([not text for text in texts]))
            return texts
        missing = np.isnan(values)
        self._note_missing(name, missing)
        present = values[~missing]
        distinct = np.unique(present)
        whole = bool((present == np.round(present)).all())
        if not whole or not 2 <= len(distinct) <= _FEW or len(present) < 2 * len(distinct):
            return values
        return ["" if np.isnan(value) else str(int(value)) for value in values]

    def _numbers(self, name: str) -> NDArray[np.float64] | None:
        """The column as numbers with NaN for gaps; None for a column of text.

        Raises UserError where few cells among numbers are text, as a slip of the pen would be.
        """
        cells = self.table.column(name)
        try:
            values = np.fromiter(map(float, cells), np.float64, len(cells))
        except ValueError:
            values, bad = self._numbers_with_gaps(cells)
            present = int((~np.isnan(values)).sum())
            if len(bad) > _MOST_TEXT * (present + len(bad)) or not present:
                return None if bad else values
            if bad:
                row = bad[0]
                raise UserError(
                    f"Line {self.table.lines[row]} of “{self.table.path.name}” has "
                    f"“{cells[row][:40]}” in the column “{name}”, where other rows have numbers.",
                    "Correct the cell, or empty it to leave that row out.",
                ) from None
        with np.errstate(over="ignore"):  # beyond float32 is as good as infinite
            values[~np.isfinite(values.astype(np.float32))] = np.nan
        return values

    def _numbers_with_gaps(self, cells: list[str]) -> tuple[NDArray[np.float64], list[int]]:
        comma_decimals = self.table.delimiter != ","
        values, bad = np.full(len(cells), np.nan), list[int]()
        for row, cell in enumerate(cells):
            try:
                values[row] = float(cell)
            except ValueError:
                text = cell.strip()
                if text.lower() in MISSING_WORDS:
                    continue
                try:
                    values[row] = float(text.replace(",", ".") if comma_decimals else text)
                except ValueError:
                    bad.append(row)
        return values, bad

    def _note_missing(self, name: str, missing: NDArray[np.bool_]) -> None:
        if missing.any():
            self.missing_in.append(name)
            self.good &= ~missing

    def _tell_missing(self) -> None:
        count = int((~self.good).sum())
        if count:
            first = self.table.lines[int(np.argmin(self.good))]
            rows = "1 row was" if count == 1 else f"{count:,} rows were"
            self.warnings.append(
                f"{rows} left out for a missing value, first in line {first:,}; "
                f"columns with gaps: {_listed(self.missing_in)}."
            )

    def _add_classes(
        self, found: dict[str, list[str]], arrays: dict[str, Array], fields: list[Field]
    ) -> None:
        for name, all_texts in found.items():
            texts = [text for text, good in zip(all_texts, self.good, strict=True) if good]
            names = sorted(set(texts), key=_class_order)
            if len(names) > MOST_CLASSES:
                raise UserError(
                    f"The column “{name}” has {len(names):,} different texts, too many classes.",
                    "Choose another target column.",
                )
            number = {text: index for index, text in enumerate(names)}
            field = field_name("label" if len(found) == 1 else name, arrays, "label")
            arrays[field] = np.array([number[text] for text in texts], dtype=np.int64)
            fields.append(class_field(field, names))


def _class_order(text: str) -> tuple[int, int, str]:
    """Whole numbers by value, then texts by letters."""
    is_number = text.lstrip("-").isdigit() and text.isascii()
    return (0, int(text), "") if is_number else (1, 0, text)


def _listed(names: list[str] | tuple[str, ...], most: int = 5) -> str:
    shown = ", ".join(f"“{name[:40]}”" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
