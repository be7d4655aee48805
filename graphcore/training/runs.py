"""Runs as folders: the store that lists them, and what one can read from each. Torch-free.

A run's folder holds `project.netwright`, `environment.json`, `events.jsonl` (every event but
StepsDone, Sampled and what probes see), `samples.jsonl` (every Sampled), `probes.jsonl` (what
probes saw last), `series/NAME.f32` (one little-endian float32 a step),
`checkpoints/STEP.safetensors`, `last.safetensors` and `best.safetensors`. It may grow while it is
read, and may be damaged.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from graphcore.errors import UserError
from graphcore.project import file
from graphcore.project.project import Project
from graphcore.training.events import Event, Sampled
from graphcore.training.lines import Lines
from graphcore.training.lock import Lock, is_held
from graphcore.training.summing import Glance, RunSummary

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

WEIGHTS = ("best", "last")


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
    def name(self) -> str:
        """What it was created with: its id without the time and the digits."""
        return self.id[16:-5]

    @property
    def project_path(self) -> Path:
        """The project as it was when the run began."""
        return self.folder / f"project{file.SUFFIX}"

    @property
    def environment_path(self) -> Path:
        """What the run runs on, and with which data."""
        return self.folder / "environment.json"

    @property
    def events_path(self) -> Path:
        """The events, one line each."""
        return self.folder / "events.jsonl"

    @property
    def samples_path(self) -> Path:
        """What was looked at now and then, one line each."""
        return self.folder / "samples.jsonl"

    @property
    def probes_path(self) -> Path:
        """What probes saw last, one event a line."""
        return self.folder / "probes.jsonl"

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
            found = json.loads(self.environment_path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def events(self) -> list[Event]:
        """All but StepsDone and Sampled, in order; lines that can't be read are passed over."""
        return list(Lines(self.events_path).news())

    def samples(self) -> list[Sampled]:
        """All that was looked at now and then, in order."""
        found = Lines(self.samples_path).news()
        return [event for event in found if isinstance(event, Sampled)]

    def series_names(self) -> tuple[str, ...]:
        """The series that there are, `loss` first."""
        names = (path.stem for path in (self.folder / "series").glob("*.f32"))
        return tuple(sorted(names, key=lambda name: (name != "loss", name)))

    def series(self, name: str, first: int = 0) -> npt.NDArray[np.float32]:
        """One value a step from the step `first` on, float32; empty where there are none yet."""
        try:
            with self.series_path(name).open("rb") as values:
                values.seek(first * 4)
                raw = values.read()
        except OSError:
            raw = b""
        # A writer may be in the middle of a number.
        import numpy as np  # a list of runs needs none

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
        return Glance(self).look()


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
        return [run for run in found if not name or _slug(run.name) == _slug(name)]

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
            _furnish(run, project)
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
            raise _no_run(folder)
        found = [item for item in self.runs() if item.id == run]
        found = found or [item for item in self.runs() if run and item.id.startswith(run)]
        match found:
            case [one]:
                return one
            case []:
                raise UserError(f"There is no run “{run}” in {self.root}.", _known(self.runs()))
        raise UserError(f"“{run}” begins the names of {len(found)} runs.", _known(found))


def create_at(folder: Path, project: Project) -> Run:
    """A run in that very folder, which may hold nothing else. Raises UserError."""
    run = Run(folder.resolve())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_taken(folder)
        lock = Lock(run.lock_path)
        try:
            _refuse_taken(folder)  # another program may have been there first
            _furnish(run, project)
        finally:
            lock.release()
    except BlockingIOError as error:
        raise UserError(f"Another program trains into {folder}.", _ANOTHER) from error
    except OSError as error:
        raise _no_room(folder, error) from error
    return run


_ANOTHER = "Name a folder for this run alone."


def _refuse_taken(folder: Path) -> None:
    """Raise UserError where there is more than what a kill left of a run that never began."""
    left = {"running.lock", "series", "checkpoints"}
    if any(
        path.name not in left and not path.name.startswith(f".project{file.SUFFIX}")
        for path in (*folder.iterdir(), *folder.glob("*/*"))
    ):
        raise UserError(f"{folder} is not empty.", _ANOTHER)


def _furnish(run: Run, project: Project) -> None:
    """Make the folder a run; it is none before the project is in it. Raises OSError, UserError."""
    (run.folder / "series").mkdir(exist_ok=True)
    (run.folder / "checkpoints").mkdir(exist_ok=True)
    file.save(project, run.project_path)


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


def _no_run(folder: Path) -> UserError:
    if not folder.exists():
        return UserError(f"There is no folder {folder}.", "Name the folder of a run.")
    if Run(folder).lock_path.is_file():
        return UserError(
            f"The run in {folder} was ended before it began.",
            f"Train its project again: netwright train PROJECT --run-dir {folder}",
        )
    return UserError(f"{folder} is no run.", "Name a folder that holds events.jsonl.")


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
