"""A text file as rows of cells: encoding, delimiter, header, and lines to point at."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from graphcore.errors import UserError

MOST_FILE_BYTES = 2**30
MISSING_WORDS = ("", "na", "n/a", "nan", "null", "none", "?", "-", "#n/a")
_DELIMITERS = (",", ";", "\t", "|")
_MOST_COLUMNS = 10_000


@dataclass(slots=True)
class Table:
    """Rows of equally many cells; `lines[i]` is the line of the file where row i ends."""

    path: Path
    delimiter: str
    names: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    warnings: list[str] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)

    def column(self, name: str) -> list[str]:
        """The cells of a column."""
        if not self.columns:
            turned = zip(*self.rows, strict=True)
            self.columns = {n: list(c) for n, c in zip(self.names, turned, strict=True)}
        return self.columns[name]


def read_table(path: Path, delimiter: str = "") -> Table:
    """The table in a file. Raises UserError, with the line where there is one."""
    warnings: list[str] = []
    text = _decoded(path, warnings)
    if len(delimiter) > 1:
        raise UserError(f"“{delimiter[:10]}” can't divide columns.", "Use one character.")
    delimiter = delimiter or _delimiter(text)
    rows, lines = _rows(text, delimiter, path)
    if not rows:
        raise UserError(f"“{path.name}” is empty.", "Choose a file with a row for each sample.")
    if len(rows[0]) > _MOST_COLUMNS:
        raise UserError(
            f"“{path.name}” has {len(rows[0]):,} columns, more than {_MOST_COLUMNS:,}.",
            "Save wide data as an .npz file.",
        )
    names = tuple(f"column_{number}" for number in range(1, len(rows[0]) + 1))
    if _has_header(rows):
        names, rows, lines = _unique(rows[0]), rows[1:], lines[1:]
    if not rows:
        raise UserError(f"“{path.name}” has a header and no rows.", "Choose a file with samples.")
    return Table(path, delimiter, names, rows, lines, warnings)


def _decoded(path: Path, warnings: list[str]) -> str:
    try:
        size = path.stat().st_size
        if size > MOST_FILE_BYTES:
            raise UserError(
                f"“{path.name}” has {size / 2**30:.1f} GiB; at most 1 GiB of text can be read.",
                "Save a part of it, or save it as an .npz file.",
            )
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{path.name}” can't be read: {error.strerror}.", "Choose another file."
        ) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
            warnings.append("The text is not UTF-8; it was read as Windows-1252.")
    if "\0" in text:
        raise UserError(f"“{path.name}” is not a text file.", "Choose a CSV file.")
    return text


def _delimiter(text: str) -> str:
    """The character that divides most of the first lines into equally many cells."""
    start = text[:20_000]
    sample = start[: start.rfind("\n") + 1] if len(text) > len(start) else start
    best, best_score = ",", (0.0, 0)
    for candidate in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=candidate)]
        except csv.Error:
            continue
        several = Counter(width for width in widths if width > 1)
        if several:
            width, count = several.most_common(1)[0]
            score = (count / len(widths), width)
            best, best_score = (candidate, score) if score > best_score else (best, best_score)
    return best


def _rows(text: str, delimiter: str, path: Path) -> tuple[list[list[str]], list[int]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    width = 0
    try:
        for row in reader:
            if not row or (len(row) == 1 and not row[0].strip() and width != 1):
                continue
            width = width or len(row)
            if len(row) != width:
                raise UserError(
                    f"Line {reader.line_num:,} of “{path.name}” has {_cells(len(row))}, "
                    f"where the first has {width}.",
                    "Correct the line; a cell with a comma in it needs quotes.",
                )
            rows.append(row)
            lines.append(reader.line_num)
    except csv.Error as error:
        raise UserError(
            f"Line {reader.line_num:,} of “{path.name}” can't be read: {error}.",
            "Look for a quote that is never closed.",
        ) from error
    return rows, lines


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _has_header(rows: list[list[str]]) -> bool:
    """Names, unless the first row has numbers wherever the second has."""
    first = [cell.strip() for cell in rows[0]]
    if not any(_is_number(cell) for cell in first):
        return True
    if len(rows) < 2:
        return False
    pairs = zip(first, rows[1], strict=True)
    return any(
        _is_number(below) and not _is_number(cell) and cell.lower() not in MISSING_WORDS
        for cell, below in pairs
    )


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return cell.strip().lower() not in MISSING_WORDS


def _unique(cells: list[str]) -> tuple[str, ...]:
    """The names in a header; empty and repeated ones get a number."""
    names: list[str] = []
    for index, cell in enumerate(cells, 1):
        name = cell.strip() or f"column_{index}"
        names.append(f"{name} ({index})" if name in names else name)
    return tuple(names)
