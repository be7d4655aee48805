"""A run done again: what it takes for the same numbers, and what stands in the way. Torch-free."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphcore.project.project import Project
from graphcore.training.runs import Run, RunStore
from graphcore.training.versions import PACKAGES, version

_WORDS = {
    "device": "device", "device_name": "device’s name", "threads": "threads", "seed": "seed",
    "platform": "system", "processor.name": "processor",
    "processor.instructions": "instructions", "python": "Python",
    "data.source": "source of data", "data.fingerprint": "data", "code": "generated code",
}  # fmt: skip
"""What decides the numbers of a run beside its project, in the order in which it is told."""


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """What of an environment is not what it was and can make the numbers differ, in words."""
    one, other = dict(_flat(before)), dict(_flat(now))
    packages = sorted(key for key in one if key.startswith("versions."))
    named = _WORDS | {key: key.removeprefix("versions.") for key in packages}
    return tuple(
        f"{word} {_short(one[key])} before, {_short(other[key])} now"
        for key, word in named.items()
        if one.get(key) and other.get(key) and one[key] != other[key]
    )


def sentence(found: tuple[str, ...]) -> str:
    """What a person should know who goes on or begins again there."""
    told = "; ".join(found)
    return f"The environment is another: {told}. The numbers may differ from here on."


def processes_of(run: Run) -> int:
    """How many processes train or trained a run; 0 where that is not known."""
    known = run.environment()
    found = known.get("processes", 1) if known else 0
    return found if isinstance(found, int) and found > 0 else 0


def pinned(run: Run) -> Project:
    """The run's very project, with the threads, the device and the processes that it had.

    Raises UserError.
    """
    project, known = run.project(), run.environment()
    threads, device = known.get("threads"), known.get("device")
    plan = project.plan
    if isinstance(threads, int) and threads > 0:
        plan = replace(plan, threads=threads)
    if isinstance(device, str) and device:
        plan = replace(plan, device=device)
    plan = replace(plan, processes=processes_of(run) or plan.processes)
    project.plan = plan
    return project


def run_beside(first: Run, project: Project) -> Run:
    """A new run of that project where `first` lies, with its name. Raises UserError."""
    return RunStore(first.folder.resolve().parent).create(project, first.name)


def has_same_weights(first: Run, run: Run) -> bool | None:
    """Whether both came to the same weights, to the last bit; None where they can't be compared.

    They can't where one did more steps, or has no weights.
    """
    if first.summary.step != run.summary.step or not (first.has_weights("last") and
                                                      run.has_weights("last")):  # fmt: skip
        return None
    return first.weights_path("last").read_bytes() == run.weights_path("last").read_bytes()


def changed_since(run: Run) -> tuple[str, ...]:
    """What was another when the run last went on, and what is another on this machine, in words."""
    before = run.environment()
    later = before.get("later")
    last = later[-1] if isinstance(later, list) and later else {}
    versions = {name: version(name) for name in PACKAGES}
    here = {"platform": platform.platform(), "python": platform.python_version(),
            "versions": versions}  # fmt: skip
    return changed(before, {**here, **(last if isinstance(last, Mapping) else {})})


def folder_of(run: Run) -> Path | None:
    """Where relative names in the run's project start; None where that is not known.

    Where the run began, else two folders above it, where its project lies or lay.
    """
    began = run.environment().get("folder")
    if isinstance(began, str) and began and Path(began).is_dir():
        return Path(began)
    runs = run.folder.resolve().parent
    return runs.parent if runs.name == "runs" else None


def _flat(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


def _short(text: str) -> str:
    """A digest by its beginning."""
    return text[:12] + "…" if len(text) == 64 and " " not in text else text
