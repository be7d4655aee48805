"""What a person says of a run: a name, a note, tags, and whether it is a favourite. Torch-free."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from graphcore.errors import UserError
from graphcore.training.runs import Run
from graphcore.training.tables import written

LONGEST_NAME, LONGEST_TAG, LONGEST_NOTE, MOST_TAGS = 120, 40, 20_000, 30


@dataclass(frozen=True, slots=True)
class About:
    """Said of one run; the run's own files stay as they are."""

    name: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    is_favourite: bool = False

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return self != About()


def path_of(run: Run) -> Path:
    """The file that holds what is said of a run."""
    return run.folder / "about.json"


def about(run: Run) -> About:
    """What is said of a run; nothing where that can't be read."""
    try:
        found = json.loads(path_of(run).read_text("utf-8"))
        given = {item.name: found[item.name] for item in fields(About) if item.name in found}
    except (OSError, ValueError, TypeError, RecursionError):
        return About()
    name, note, tags = given.get("name"), given.get("note"), given.get("tags")
    return About(
        name[:LONGEST_NAME] if isinstance(name, str) else "",
        note[:LONGEST_NOTE] if isinstance(note, str) else "",
        tidy(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        given.get("is_favourite") is True,
    )


def say(run: Run, said: About) -> None:
    """Write down what is said of a run, whole or not at all. Raises UserError."""
    if not run.folder.is_dir():
        raise UserError(f"The run “{run.id}” is not there any more.", "It may be in the trash.")
    with written(path_of(run)) as file:
        json.dump(asdict(said), file, indent=2, ensure_ascii=False)


def tidy(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without blanks around them, each once, in the order that they were said."""
    trimmed = (" ".join(tag.split())[:LONGEST_TAG] for tag in tags)
    return tuple(dict.fromkeys(tag for tag in trimmed if tag))[:MOST_TAGS]
