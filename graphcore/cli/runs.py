"""The command about runs: list them, compare them, write their curves, and say things of them."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

from graphcore.cli.terminal import DONE, UsageError, say, table
from graphcore.cli.weights import show_weights
from graphcore.errors import UserError
from graphcore.project.file import SUFFIX
from graphcore.training import about, trash
from graphcore.training.curves import Curves
from graphcore.training.differences import differences
from graphcore.training.runs import Run, RunStore, store_for
from graphcore.training.summing import RunSummary
from graphcore.training.tables import write_table

LONGEST_CELL = 48


def runs(arguments: argparse.Namespace) -> int:
    """List runs, or do what was asked with those that are named."""
    words = list(arguments.runs)
    if arguments.which and arguments.weights is None:
        raise UsageError("--which says of which weights.", "Add --weights.")
    is_project = len(words) == 1 and words[0].endswith(SUFFIX) and not arguments.restore
    if is_project and not _asks_for_one(arguments):
        path = Path(words[0])
        return _list([store_for(path)], path.stem, arguments)
    if not words:
        if _asks_for_one(arguments):
            raise UsageError("Of which run?", "Name one: an id, the beginning of one, or a folder.")
        return _list(_near(), "", arguments)
    if arguments.restore:
        return _restore(words)
    found = [find_run(word) for word in words]
    if len(found) > 1 and not _asks_for_one(arguments):
        return _compare(found, arguments.json)
    for run in found:
        _act(run, arguments, alone=len(found) == 1)
    return DONE


def _asks_for_one(arguments: argparse.Namespace) -> bool:
    given = (arguments.csv, arguments.tensorboard, arguments.name, arguments.note,
             arguments.tag, arguments.untag, arguments.favourite, arguments.weights)  # fmt: skip
    return arguments.delete or any(item is not None and item != [] for item in given)


def _act(run: Run, arguments: argparse.Namespace, *, alone: bool) -> None:
    if not alone and (arguments.csv or arguments.name is not None):
        raise UsageError("Only one run at a time has a table or a name.", "Name one run.")
    if arguments.csv:
        write_table(arguments.csv, Curves.read(run))
        say(f"The curves are in {arguments.csv}.")
    if arguments.tensorboard:
        from graphcore.training.tensorboard import write_events

        folder = arguments.tensorboard if alone else arguments.tensorboard / run.id
        say(f"The events are in {write_events(folder, Curves.read(run))}.")
    said = _said(about.about(run), arguments)
    if said != about.about(run):
        about.say(run, said)
    if arguments.delete:
        say(f"{run.id} is in the trash: {trash.throw_away(run).folder}.")
    elif arguments.weights is not None:
        show_weights(run, arguments.weights, arguments.which or "last", arguments.json)
    elif not (arguments.csv or arguments.tensorboard):
        _show(run, arguments.json)


def _said(before: about.About, arguments: argparse.Namespace) -> about.About:
    tags = [tag for tag in before.tags if tag not in arguments.untag] + arguments.tag
    return replace(
        before,
        name=before.name if arguments.name is None else arguments.name[: about.LONGEST_NAME],
        note=before.note if arguments.note is None else arguments.note[: about.LONGEST_NOTE],
        tags=about.tidy(tags),
        is_favourite=(before.is_favourite if arguments.favourite is None else arguments.favourite),
    )


def _show(run: Run, as_json: bool) -> None:
    said, summary = about.about(run), run.summary
    if as_json:
        say(json.dumps(_record(run), indent=2, ensure_ascii=False, default=str))
        return
    rows = [
        ("run", summary.id), ("name", said.name), ("state", _state(summary)),
        ("epochs", f"{summary.epochs}/{summary.planned}"), ("best", _best(summary)),
        ("device", summary.device), ("tags", ", ".join(said.tags)),
        ("favourite", "yes" if said.is_favourite else ""), ("note", said.note),
        ("problem", summary.problem), ("folder", str(run.folder)),
    ]  # fmt: skip
    for what, text in rows:
        if text:
            say(f"{what:10} {text}")


def _compare(found: list[Run], as_json: bool) -> int:
    rows = differences(found)
    if as_json:
        records = [asdict(row) for row in rows]
        say(json.dumps(records, indent=2, ensure_ascii=False))
        return DONE
    if not rows:
        say("Nothing differs between them but what they came to.")
    else:
        heads = ("", "", *(run.id for run in found))
        cells = [(row.part, row.what, *(_shortened(value) for value in row.values)) for row in rows]
        for line in table([heads, *cells]):
            say(line)
    return DONE


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def _restore(words: list[str]) -> int:
    for word in words:
        found = [run for store in _near() for run in trash.thrown_away(store.root)]
        wanted = [run for run in found if word and run.id.startswith(word)]
        wanted = wanted or [Run(Path(word).resolve())]
        if len(wanted) > 1:
            raise UserError(f"“{word}” begins the names of {len(wanted)} runs.", "Say more of it.")
        say(f"{wanted[0].id} is back: {trash.take_back(wanted[0]).folder}.")
    return DONE


def find_run(word: str) -> Run:
    """A run by its folder or id; the newest of a project, where that is named."""
    path = Path(word)
    if path.suffix == SUFFIX:
        made = store_for(path).runs(path.stem)
        if not made:
            raise UserError(f"There is no run of {path}.", "Train it.")
        return made[0]
    stores = _near()
    for store in stores[:-1]:
        try:
            return store.find(word)
        except UserError:
            continue
    return stores[-1].find(word)


def _list(stores: list[RunStore], name: str, arguments: argparse.Namespace) -> int:
    found = [run for store in stores for run in store.runs(name)]
    found.sort(key=lambda run: run.id[:15], reverse=True)  # the time that an id begins with
    if arguments.json:
        say(json.dumps([_record(run) for run in found], indent=2, ensure_ascii=False, default=str))
        return DONE
    if not found:
        say("There are no runs in " + " or ".join(str(store.root) for store in stores) + ".")
        return DONE
    rows = [("RUN", "STATE", "EPOCHS", "BEST", "SECONDS", "")]
    for line in table([*rows, *(_row(run) for run in found)], right=(2, 4)):
        say(line.rstrip())
    return DONE


def _near() -> list[RunStore]:
    return [RunStore(Path("runs").absolute()), store_for(None)]


def _record(run: Run) -> dict[str, object]:
    return {"folder": str(run.folder), **asdict(run.summary), "about": asdict(about.about(run))}


def _row(run: Run) -> tuple[str, str, str, str, str, str]:
    summary, said = run.summary, about.about(run)
    epochs = f"{summary.epochs}/{summary.planned}" if summary.planned else ""
    star = ["★"] if said.is_favourite else []
    words = " ".join([*star, *([said.name] if said.name else []), *(f"#{t}" for t in said.tags)])
    return summary.id, _state(summary), epochs, _best(summary), f"{summary.seconds:.1f}", words


def _state(summary: RunSummary) -> str:
    return f"{summary.state} early" if summary.in_vain else summary.state


def _best(summary: RunSummary) -> str:
    return " ".join(f"{k} {v:.4f}" for k, v in summary.best.items() if "." not in k)
