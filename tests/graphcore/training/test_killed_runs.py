"""A run that is killed at any instant, again and again, ends as one that never was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from random import Random

import numpy as np
import pytest
from safetensors.numpy import load_file

from graphcore.project import file, templates
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.training.events import EpochDone, Event, Finished, Sampled, Saved, Started
from graphcore.training.runs import Run
from tests import mortal

pytestmark = pytest.mark.slow

KILLS = 14
"""Of each of the CASES: in all more than fifty."""

PLANS = {
    "adam": ObjectivePlan("main", Optimizer("Adam", {"lr": 3e-3})),
    "momentum": ObjectivePlan(
        "main", Optimizer("SGD", {"lr": 0.05, "momentum": 0.9}), Schedule("one_cycle")
    ),
    "plateau": ObjectivePlan(
        "main", Optimizer("AdamW", {"lr": 5e-3}), Schedule("plateau", {"patience": 0})
    ),
}
CASES = [
    ("iris", "adam", {}),
    ("digits-mlp", "momentum", {}),  # with dropout
    ("iris", "plateau", {"accumulate": 2, "ema": 0.9, "clip_norm": 1.0}),
    ("digits-cnn", "adam", {"ema": 0.99}),
]
SIZES = {"iris": (40, 8), "digits-mlp": (4, 32), "digits-cnn": (3, 64)}


def drawn(folder: Path, template: str, objective: str, changes: dict[str, object]) -> Path:
    project = templates.open_template(template)
    epochs, batch = SIZES[template]
    project.plan = replace(
        Plan((PLANS[objective],), epochs=epochs, batch_size=batch, seed=7, threads=1), **changes
    )
    path = folder / "p.netwright"
    file.save(project, path)
    return path


def told(run: Run) -> Iterator[Event]:
    """What the run said, without what depends on times."""
    for event in run.events():
        match event:
            case EpochDone():
                yield replace(event, seconds=0.0, samples_per_second=0.0)
            case Started() | Saved() | Sampled():
                continue
            case _:
                yield event


def differences(run: Run, whole: Run) -> list[str]:
    """Everything in which a run is not the other: events, states by tensor, series by step."""
    said = zip_longest(told(run), told(whole))
    found = [f"event {place}: {one}, not {other}"
             for place, (one, other) in enumerate(said) if one != other]  # fmt: skip
    last = whole.events()[-1]
    assert isinstance(last, Finished)
    for name in ("last", "best", f"checkpoints/{last.step}"):
        one, other = (item.folder / f"{name}.safetensors" for item in (run, whole))
        if one.read_bytes() != other.read_bytes():
            found += [f"{name}: {said}" for said in between_files(one, other)]
    names = {*run.series_names(), *whole.series_names()} - {"seconds"}
    for name in sorted(names):
        found += [f"series {name} {said}" for said in between(run.series(name), whole.series(name))]
    return found + [f"{path} is left" for path in run.folder.rglob("*.part")]


def between_files(one: Path, other: Path) -> list[str]:
    """Which tensors differ; where none does, their bytes do all the same."""
    mine, theirs = load_file(one), load_file(other)
    found = [f"only one has {name}" for name in sorted(mine.keys() ^ theirs.keys())]
    for name in sorted(mine.keys() & theirs.keys()):
        found += [f"{name} {said}" for said in between(mine[name], theirs[name])]
    return found or ["equal tensors in other bytes"]


def between(mine: np.ndarray, theirs: np.ndarray) -> list[str]:
    """Where two arrays differ to the bit: in how many places, and the first of them."""
    if (mine.shape, mine.dtype) != (theirs.shape, theirs.dtype):
        return [f"is {mine.shape} {mine.dtype}, not {theirs.shape} {theirs.dtype}"]
    if mine.tobytes() == theirs.tobytes():
        return []
    pairs = list(zip(mine.ravel(), theirs.ravel(), strict=True))
    places = [at for at, (one, other) in enumerate(pairs) if one.tobytes() != other.tobytes()]
    one, other = pairs[places[0]]
    return [f"differs in {len(places)} of {len(pairs)}, at {places[0]}: {one!r}, not {other!r}"]


def words_for(run: Run, project: Path) -> list[str]:
    """What goes on with the run; one that was killed before its project was there never began."""
    if run.project_path.exists():
        return ["train", "--resume", str(run.folder)]
    return ["train", str(project), "--run-dir", str(run.folder)]


def kill_once(run: Run, project: Path, die: Random) -> bool:
    """Begin the run or go on with it, and kill it somewhere; whether it came to that."""
    words, log = words_for(run, project), run.folder.with_suffix(".log")
    if die.random() < 0.4:
        return mortal.killed_after(words, log, 0.2 + 2 * die.random())
    spot = die.choice(mortal.SPOTS)
    turn = die.randint(1, 6) if spot in ("half a state", "cut") else die.randint(1, 30)
    return mortal.killed_in(words, log, spot, turn)


@pytest.mark.parametrize(("template", "objective", "changes"), CASES)
def test_a_killed_run_ends_as_one_that_never_was(
    tmp_path: Path, template: str, objective: str, changes: dict[str, object]
) -> None:
    project = drawn(tmp_path, template, objective, changes)
    whole = Run(tmp_path / "whole")
    log = tmp_path / "whole.log"
    assert mortal.run(["train", str(project), "--run-dir", str(whole.folder)], log) == 0
    die, kills, count = Random(f"{template} {objective}"), 0, 0
    while kills < KILLS:
        count += 1
        run, lives = Run(tmp_path / f"run{count}"), True
        while lives and kills < KILLS:
            lives = kill_once(run, project, die)
            kills += lives
        log = tmp_path / f"run{count}.log"
        assert mortal.run(words_for(run, project), log) == 0, log.read_text()
        assert differences(run, whole) == [], log.read_text()
    assert mortal.run(["train", "--resume", str(whole.folder)], log) == 0
    assert "is finished" in log.read_text()
