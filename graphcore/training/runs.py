"""Runs as folders: the store that lists them, and what one can read from each. Torch-free.

A run's folder holds `project.netwright`, `environment.json`, `events.jsonl` (every event but
StepsDone), `series/NAME.f32` (one little-endian float32 a step), `checkpoints/STEP.safetensors`,
`last.safetensors` and `best.safetensors`. It may grow while it is read, and may be damaged.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import platformdirs

from graphcore.errors import UserError
from graphcore.project import file
from graphcore.project.project import Project
from graphcore.training.events import EpochDone, Event, Failed, Finished, Started, from_line
from graphcore.training.lock import is_held

State = Literal["running", "done", "stopped", "interrupted", "failed", "damaged"]
WEIGHTS = ("best", "last")


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run at a glance.

    `epochs` of `planned` are over. `best` are the validation means of the best epoch (training's
    where nothing is held back). `started` is in UTC; `problem` says what went wrong or is damaged.
    """

    id: str
    title: str
    state: State
    epochs: int = 0
    planned: int = 0
    step: int = 0
    best: Mapping[str, float] = field(default_factory=dict)
    best_epoch: int = 0
    parameters: int = 0
    device: str = ""
    started: datetime | None = None
    seconds: float = 0.0
    problem: str = ""


class Run:
    """One run's folder. Nothing is kept in memory: each question reads the files anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Run) and self.folder == other.folder

    def __hash__(self) -> int:
        return hash(self.folder)

    @property
    def id(self) -> str:
        """The name of the folder."""
        return self.folder.name

    @property
    def project_path(self) -> Path:
        """The project as it was when the run began."""
        return self.folder / f"project{file.SUFFIX}"

    @property
    def events_path(self) -> Path:
        """The events, one line each."""
        return self.folder / "events.jsonl"

    @property
    def lock_path(self) -> Path:
        """The file that is locked while the run grows."""
        return self.folder / "running.lock"

    @property
    def asked_path(self) -> Path:
        """The file in which somebody elsewhere asks something of a run that grows."""
        return self.folder / "asked.txt"

    @property
    def log_path(self) -> Path:
        """What a run in a process of its own wrote beside its events, mostly on its way down."""
        return self.folder / "process.log"

    def weights_path(self, weights: str = "best") -> Path:
        """The file of `best` or `last` weights. Raises UserError where there is none yet."""
        path = self.folder / f"{weights}.safetensors"
        if not self.has_weights(weights):
            raise UserError(
                f"The run “{self.id}” has no {weights} weights.",
                "They are saved when its first epoch is over; train it for longer.",
            )
        return path

    def has_weights(self, weights: str = "best") -> bool:
        """Whether `best` or `last` weights are saved."""
        return weights in WEIGHTS and (self.folder / f"{weights}.safetensors").is_file()

    def project(self) -> Project:
        """The project as it was when the run began. Raises UserError."""
        return file.load(self.project_path)

    def environment(self) -> dict[str, Any]:
        """Versions, device and data that the run had; empty where that is not known."""
        try:
            found = json.loads((self.folder / "environment.json").read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def events(self) -> list[Event]:
        """All events but StepsDone, in order; lines that can't be read are passed over."""
        return self._read_events()[0]

    def series_names(self) -> tuple[str, ...]:
        """The series that there are, `loss` first."""
        names = (path.stem for path in (self.folder / "series").glob("*.f32"))
        return tuple(sorted(names, key=lambda name: (name != "loss", name)))

    def series(self, name: str) -> npt.NDArray[np.float32]:
        """One value a step, float32 [steps]; empty where there is no such series yet."""
        try:
            raw = self.series_path(name).read_bytes()
        except OSError:
            raw = b""
        # A writer may be in the middle of a number.
        return np.frombuffer(raw[: len(raw) // 4 * 4], dtype="<f4").astype(np.float32)

    def series_path(self, name: str) -> Path:
        """The file of a series. Raises UserError where the name is none."""
        if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}", name):
            raise UserError(f"“{name[:40]}” is no name of a series.", "Use letters and digits.")
        return self.folder / "series" / f"{name}.f32"

    @property
    def is_live(self) -> bool:
        """Whether some process is still at it."""
        return is_held(self.lock_path)

    @property
    def summary(self) -> RunSummary:
        """The run at a glance; a damaged one says so instead of raising."""
        events, problem = self._read_events()
        begun = [event for event in events if isinstance(event, Started)]
        started, latest = (begun[0], begun[-1]) if begun else (None, None)  # it may have gone on
        epochs = [event for event in events if isinstance(event, EpochDone)]
        best = next((event for event in reversed(epochs) if event.best), None)
        state, sentence = self._state(events)
        return RunSummary(
            id=self.id,
            title=str(self.environment().get("title", "")),
            state=state,
            epochs=epochs[-1].epoch if epochs else 0,
            planned=latest.epochs if latest else 0,
            step=max((event.step for event in events if isinstance(event, EpochDone | Finished)),
                     default=0),
            best=(best.val or best.train) if best else {},
            best_epoch=best.epoch if best else 0,
            parameters=started.parameters if started else 0,
            device=latest.device if latest else "",
            started=_time(started.at) if started else None,
            seconds=sum(event.seconds for event in epochs),
            problem=sentence or problem,
        )  # fmt: skip

    def _state(self, events: list[Event]) -> tuple[State, str]:
        match events[-1] if events else None:
            case Finished(reason=reason):
                return reason, ""
            case Failed(message=message, hint=hint):
                return "failed", f"{message} {hint}".strip()
        if self.is_live:
            return "running", ""
        if not self.project_path.is_file():
            return "damaged", f"The run “{self.id}” has lost its project; its folder is damaged."
        return "interrupted", "It ended without a word: its process is gone."

    def _read_events(self) -> tuple[list[Event], str]:
        try:
            text = self.events_path.read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return [], ""
        except OSError as error:
            return [], f"The events of “{self.id}” can't be read: {error.strerror}."
        found, bad = list[Event](), 0
        # What follows the last line's end is still being written.
        for line in text.split("\n")[:-1]:
            try:
                found.append(from_line(line))
            except UserError:
                bad += 1
        plural = "lines" if bad > 1 else "line"
        return found, f"{bad} {plural} of events.jsonl can't be read." if bad else ""


class RunStore:
    """The runs in one folder, which need not be there yet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def runs(self, name: str = "") -> list[Run]:
        """Every run, newest first; with a name only those that were created with it."""
        try:
            folders = [path for path in self.root.iterdir() if _looks_like_run(path)]
        except OSError:
            return []
        found = [Run(path) for path in sorted(folders, key=_age, reverse=True)]
        return [run for run in found if not name or _slug(run.id[16:-5]) == _slug(name)]

    def create(self, project: Project, name: str = "") -> Run:
        """A new run's folder with the project in it. Raises UserError where it can't be made.

        Its id is made of the time, the project's title or `name`, and four random digits.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            run = Run(_new_folder(self.root, _slug(name or project.title)))
        except OSError as error:
            raise _no_room(self.root, error) from error
        try:
            (run.folder / "series").mkdir()
            (run.folder / "checkpoints").mkdir()
            file.save(project, run.project_path)
        except (OSError, UserError) as error:
            shutil.rmtree(run.folder, ignore_errors=True)  # half a run is none
            raise _no_room(self.root, error.__cause__ or error) from error
        return run

    def find(self, run: str) -> Run:
        """The run with that id, the beginning of an id, or folder. Raises UserError."""
        folder = Path(run).expanduser()
        if len(folder.parts) > 1 or _looks_like_run(folder):
            if _looks_like_run(folder):
                return Run(folder)
            raise UserError(f"{folder} is no run.", "Name a folder that holds events.jsonl.")
        found = [item for item in self.runs() if item.id == run]
        found = found or [item for item in self.runs() if run and item.id.startswith(run)]
        match found:
            case [one]:
                return one
            case []:
                raise UserError(f"There is no run “{run}” in {self.root}.", _known(self.runs()))
        raise UserError(f"“{run}” begins the names of {len(found)} runs.", _known(found))


def _no_room(root: Path, error: BaseException) -> UserError:
    reason = getattr(error, "strerror", None) or error
    return UserError(
        f"No run can be written to {root}: {reason}.",
        "Save the project where you may write, or free some space.",
    )


def store_for(project_path: Path | None) -> RunStore:
    """The store of a project: `runs` beside its file, or a place of ours while it is untitled.

    The environment variable NETWRIGHT_HOME moves that place.
    """
    if project_path is not None:
        return RunStore(project_path.resolve().parent / "runs")
    home = os.environ.get("NETWRIGHT_HOME") or platformdirs.user_data_dir("netwright", False)
    return RunStore(Path(home) / "runs")


def _looks_like_run(path: Path) -> bool:
    return path.is_dir() and (
        (path / f"project{file.SUFFIX}").is_file() or (path / "events.jsonl").is_file()
    )


def _age(folder: Path) -> tuple[str, int]:
    """The minute in the folder's name, then when its project was written."""
    project = folder / f"project{file.SUFFIX}"
    return folder.name[:15], project.stat().st_mtime_ns if project.is_file() else 0


def _slug(title: str) -> str:
    # Letters of any alphabet: else all projects with Japanese names would share their runs.
    plain = unicodedata.normalize("NFC", title).casefold()
    words = re.sub(r"[\W_]+", "-", plain).strip("-")
    return words[:40].strip("-") or "untitled"


def _new_folder(root: Path, slug: str) -> Path:
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M")
    while True:
        folder = root / f"{stamp}-{slug}-{secrets.token_hex(2)}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue  # another window was there first
        return folder


def _known(runs: list[Run]) -> str:
    if not runs:
        return "Train the project first."
    return "There are: " + ", ".join(run.id for run in runs[:5]) + (", …" if len(runs) > 5 else ".")


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
