"""`--set KEY=VALUE`: other values of the plan and of the data's split, checked as in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from graphcore.cli.terminal import UsageError
from graphcore.errors import UserError
from graphcore.project.allowed import DATA
from graphcore.project.data import DataChoice, Split
from graphcore.project.project import Project
from graphcore.training.changes import PLAN_KEYS as PLAN_KEYS
from graphcore.training.changes import Setting, known_keys, setting, with_setting

SPLIT_KEYS = tuple(item.name for item in fields(Split))


def with_settings(project: Project, settings: Iterable[str]) -> Project:
    """A copy of the project with these `key=value` texts applied, names before their params.

    Raises UsageError for a key that is unknown or a value that is not allowed.
    """
    found = project.copy()
    pairs = [_parsed(text) for text in settings]
    for wanted in sorted(pairs, key=lambda pair: not pair.key.endswith(".name")):
        try:
            _apply(found, wanted.key, wanted.value)
        except UserError as error:
            raise UsageError(f"--set {wanted.key}: {error.message}", error.hint) from error
    return found


def _parsed(text: str) -> Setting:
    try:
        found = setting(text)
    except UserError as error:
        raise UsageError(f"--set {error.message}", error.hint) from error
    if found.is_factor:
        raise UsageError(f"--set {text}: nothing runs yet that it could multiply.", "Write =.")
    return found


def _apply(project: Project, key: str, value: object) -> None:
    match key.split("."):
        case ["data", "split", name] if name in SPLIT_KEYS:
            split = _record(project.data.split) | {name: value}
            project.data = DATA(_record(project.data) | {"split": split}, "data")
        case ["data", *_]:
            split_keys = ", ".join(f"data.split.{name}" for name in SPLIT_KEYS)
            raise UserError(f"There is no “{key}” to set.",
                            f"There are: {', '.join(known_keys())}, {split_keys}.")  # fmt: skip
        case _:
            project.plan = with_setting(project.plan, key, value)


def _record(value: Split | DataChoice) -> dict[str, object]:
    """The fields of a value by name, as a file would hold them."""
    return {item.name: getattr(value, item.name) for item in fields(value)}
