"""The journal of unsaved work: a line for every change, so that a crash loses at most a gesture.

The first line is the heading, which names the project that the changes began from. Each line
stands behind its CRC-32, so that damage is found. What undo took back is written as the edit that
did so: the changes lead to the same project whatever history there was before the journal.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from graphcore.errors import UserError
from graphcore.kinds.params import LARGEST_INT, Choice, Float
from graphcore.project.checks import Check, frozen, like, pairs, record_of, text, whole
from graphcore.project.edit_records import edit_of, record_of_edit
from graphcore.project.edits import Edit, together
from graphcore.project.file import parse, to_text
from graphcore.project.graph import NodeId
from graphcore.project.project import Project

FORMAT = 1
Word = Literal["do", "undo", "redo"]
_WORDS = ("do", "undo", "redo")
Orders = Mapping[str, Mapping[NodeId, int]]


@dataclass(frozen=True, slots=True)
class Step:
    """What happened once: the edit that took effect, and whether it was done, undone or redone."""

    word: Word
    edit: Edit
    text: str = ""
    gesture: int = -1


@dataclass(frozen=True, slots=True)
class Heading:
    """What the changes began from.

    `path` and `sha256` are of the project's own file (empty while it had none), `base` is the
    file beside the journal that holds the project as it was, `began` the time in seconds since
    1970. `earlier` counts unsaved changes that are in the base already. `orders` are the orders of
    creation that the base, which counts them anew, lost.
    """

    base: str
    path: str = ""
    title: str = ""
    sha256: str = ""
    began: float = 0.0
    earlier: int = 0
    orders: Orders = field(default_factory=dict)
    journal: int = FORMAT


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be undone: the edit and its inverse."""

    edit: Edit
    inverse: Edit
    text: str
    gesture: int = -1


@dataclass(frozen=True, slots=True)
class Replayed:
    """The project after the journal, what undo can take back, and what could not be read.

    `steps` counts what was done again. `damage` is a sentence, empty where all was well.
    """

    project: Project
    changes: tuple[Change, ...]
    steps: int
    damage: str = ""


# Lines


def heading_line(heading: Heading) -> str:
    """The first line of a journal."""
    return _line({name: getattr(heading, name) for name in _HEADING_KEYS})


def step_line(step: Step) -> str:
    """The line of one step. Raises TypeError or ValueError for what JSON can't hold."""
    record: dict[str, Any] = {step.word: record_of_edit(step.edit)}
    if step.text:
        record["text"] = step.text
    if step.gesture >= 0:
        record["gesture"] = step.gesture
    return _line(record)


def _line(record: Mapping[str, object]) -> str:
    words = json.dumps(record, allow_nan=False, separators=(",", ":"))
    return f"{zlib.crc32(words.encode()):08x} {words}\n"


def heading_of(line: str) -> Heading:
    """The heading that a journal begins with. Raises UserError for anything else."""
    found: Heading = _HEADING(_record(line), "The journal's first line")
    if found.journal > FORMAT:
        raise UserError("A newer Netwright wrote this journal.", "Restore it with that one.")
    return found


def step_of(line: str, where: str) -> Step:
    """The step that a line tells. Raises UserError where it is damaged."""
    items = record_of(_record(line), where)
    words = [word for word in _WORDS if word in items]
    if len(words) != 1 or items.keys() - {*_WORDS, "text", "gesture"}:
        raise UserError(f"{where} tells no change.", "It is damaged.")
    word: Word = _WORD(words[0], where)
    said, gesture = _TEXT(items.get("text", ""), where), _COUNT(items.get("gesture", -1), where)
    return Step(word, edit_of(items[word], where), said, gesture)


def _record(line: str) -> object:
    sum_, _, words = line.rstrip("\n").partition(" ")
    if f"{zlib.crc32(words.encode()):08x}" != sum_:
        raise UserError("The line is damaged: its check sum differs.", "It can't be restored.")
    try:
        return json.loads(words)
    except (ValueError, RecursionError) as error:
        raise UserError("The line is damaged.", "It can't be restored.") from error


_TEXT, _COUNT, _WORD = text(longest=1000), whole(-1, LARGEST_INT), like(Choice(_WORDS))
_CHECKS: Mapping[str, Check] = {
    "base": text("a file beside the journal", r"[A-Za-z0-9-]+\.netwright", 100),
    "path": text(longest=5000), "title": text(longest=2000),
    "sha256": text("a sha256", r"[0-9a-f]{0,64}"), "began": like(Float()),
    "earlier": whole(0, LARGEST_INT),
    "orders": pairs(text(longest=200), pairs(text(longest=200), whole(-LARGEST_INT, LARGEST_INT))),
    "journal": whole(1, 1000),
}  # fmt: skip
_HEADING, _HEADING_KEYS = frozen(Heading, **_CHECKS), tuple(_CHECKS)


# What was lost on the way through a file


def lost_orders(project: Project) -> Orders:
    """The orders of creation that a project file, which counts them from 0, does not keep."""
    found = {name: dict(_uncounted(project, name)) for name in project.definitions}
    return {name: orders for name, orders in found.items() if orders}


def _uncounted(project: Project, definition: str) -> Iterator[tuple[NodeId, int]]:
    nodes = project.definitions[definition].graph.nodes.values()
    for count, node in enumerate(sorted(nodes, key=lambda node: (node.order, node.id))):
        if node.order != count:
            yield node.id, node.order


def with_orders(project: Project, orders: Orders) -> Project:
    """The project itself, its nodes in the orders that they had."""
    for name, known in orders.items():
        nodes = project.definitions[name].graph.nodes if name in project.definitions else {}
        for node in known.keys() & nodes.keys():
            nodes[node] = replace(nodes[node], order=known[node])
    return project


# Doing it again


def replay(project: Project, lines: Iterable[str]) -> Replayed:
    """Do the steps of a journal again, up to a line that is damaged.

    A last line without its end is what was being written when the program died; it is left out
    without a word. Raises UserError where the whole does not come to a sound project.
    """
    changes: list[Change] = []
    count, damage = 0, ""
    for number, line in enumerate(lines, start=2):
        if not line.endswith("\n"):
            break
        try:
            _take(project, changes, step_of(line, f"Line {number} of the journal"))
        except UserError as error:
            damage = f"Line {number} of the journal can't be read: {error.message}"
            break
        count += 1
    parse(to_text(project))  # checked as strictly as a file
    return Replayed(project, tuple(changes), count, damage)


def _take(project: Project, changes: list[Change], step: Step) -> None:
    inverse = step.edit.apply(project)
    match step.word:
        case "undo" if changes and _is_same(changes[-1].inverse, step.edit):
            changes.pop()
        case "undo":
            changes.clear()  # it reached back to before the journal: no history leads there
        case "do" | "redo":
            change = Change(step.edit, inverse, step.text, step.gesture)
            changes.append(_folded(changes.pop(), change) if _folds(changes, change) else change)


def _is_same(edit: Edit, other: Edit) -> bool:
    return record_of_edit(edit) == record_of_edit(other)


def _folds(changes: list[Change], change: Change) -> bool:
    return change.gesture >= 0 and bool(changes) and changes[-1].gesture == change.gesture


def _folded(first: Change, then: Change) -> Change:
    edit, inverse = together(first.edit, then.edit), together(then.inverse, first.inverse)
    return Change(edit, inverse, then.text, then.gesture)
