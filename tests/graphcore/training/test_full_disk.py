"""A disk that is really full, a folder that is gone: the run goes on, and nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import torch

from graphcore.cli import main
from graphcore.errors import UserError
from graphcore.project import file, templates
from graphcore.project.project import Project
from graphcore.training.control import Control
from graphcore.training.events import EpochDone, Event, Failed, Finished, Warned
from graphcore.training.runs import Run, RunStore
from graphcore.training.session import train_project
from graphcore.training.sharing import SharedControl
from graphcore.training.unsaved import Unsaved, save_somewhere

EPOCHS = 12
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphcore.training.patience.FIRST_WAIT_S", 0.01)
    monkeypatch.setattr("graphcore.training.patience.LONGEST_WAIT_S", 0.05)
    monkeypatch.setattr("graphcore.training.keeping.SAVED_EVERY", 0.0)
    monkeypatch.setattr("graphcore.training.keeping.SAVED_AFTER", 0.0)


@pytest.fixture
def project() -> Project:
    found = templates.open_template("iris")
    found.plan = replace(found.plan, epochs=EPOCHS, batch_size=64, threads=1)
    return found


def set_limit(largest_file: int | None) -> None:
    """No file may grow beyond that: the system refuses as a full disk does."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (hard if largest_file is None else largest_file, hard)
    )


@dataclass(frozen=True)
class Disk:
    """A place for runs that can be made full, and have room again; what it says when it is full."""

    folder: Path
    fill: Act
    free: Act
    refusal: str
    cuts_lines: bool
    """Whether it refuses a few bytes too: a small disk has room left in its last blocks."""


@contextmanager
def limited(folder: Path) -> Iterator[Disk]:
    try:
        yield Disk(folder, lambda: set_limit(1000), lambda: set_limit(None), "File too large", True)
    finally:
        set_limit(None)


SMALL = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
         'mount -t tmpfs -o size=512k tmpfs "$0" && echo mounted && exec cat']  # fmt: skip


@contextmanager
def small(folder: Path) -> Iterator[Disk]:
    """A disk of half a MB that only another process has mounted; its view of it is ours too."""
    pipe = subprocess.PIPE
    with subprocess.Popen([*SMALL, folder], stdin=pipe, stdout=pipe, text=True) as mounted:
        assert mounted.stdout is not None
        assert mounted.stdout.readline() == "mounted\n"
        seen = Path(f"/proc/{mounted.pid}/root{folder}")
        rest = seen / "filling"
        yield Disk(seen, lambda: fill(rest), rest.unlink, "No space left on device", False)


def fill(rest: Path) -> None:
    with rest.open("wb", buffering=0) as file:
        for size in (4096, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))


def begun_on(disk: Disk, run: Run) -> Run:
    """A run that has not begun, taken there: what is saved by its full name can't go there."""
    return Run(Path(shutil.move(run.folder, disk.folder)))


def can_mount() -> bool:
    """Whether the system lets us have a disk of our own, without being its administrator."""
    if shutil.which("unshare") is None:
        return False
    given = {"stdin": subprocess.DEVNULL, "capture_output": True, "check": False}
    return subprocess.run([*SMALL, "/mnt"], **given).returncode == 0


DISKS = {"limited": limited} | ({"small": small} if can_mount() else {})


@pytest.fixture(params=DISKS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    with DISKS[request.param](folder) as found:
        yield found


def warned(events: list[Event]) -> str:
    return "\n".join(event.message for event in events if isinstance(event, Warned))


def heard(
    project: Project, run: Run, control: Control, trouble: Act | None = None, end: Act | None = None
) -> list[Event]:
    """Every event of a run that gets into trouble after two epochs.

    It stands until the state could not be saved; then the trouble ends, and it goes on when the
    state is saved. Without an end it goes on in its trouble.
    """
    found: list[Event] = []
    for event in train_project(project, run, control):
        found.append(event)
        match event:
            case EpochDone(epoch=2) if trouble is not None:
                trouble()
                control.pause()
                control.save()
            case Warned(message=message) if "could not be saved" in message:
                end() if end is not None else control.resume()
            case Warned(message=message) if "can be saved again" in message:
                control.resume()
    return found


def test_a_full_disk_is_told_and_what_waits_is_written_once_there_is_room(
    tmp_path: Path, project: Project, disk: Disk
) -> None:
    store = RunStore(tmp_path / "runs")
    whole, run = store.create(project), begun_on(disk, store.create(project))
    heard(project, whole, Control())
    events = heard(project, run, Control(), disk.fill, disk.free)
    said = warned(events)
    assert f"could not be saved: {disk.refusal}" in said
    if disk.cuts_lines:
        assert f"What the run tells could not be written: {disk.refusal}" in said
        assert "What the run tells can be written again" in said
    assert said.count("could not be") == 1 + disk.cuts_lines  # not each time that it was tried
    assert not list(run.folder.rglob("*.part"))
    assert isinstance(events[-1], Finished)
    assert [e.epoch for e in run.events() if isinstance(e, EpochDone)] == [*range(1, EPOCHS + 1)]
    for name in set(run.series_names()) - {"seconds"}:
        assert run.series(name).tolist() == whole.series(name).tolist()
    weights = [item.weights_path("last").read_bytes() for item in (run, whole)]
    assert weights[0] == weights[1]


def test_a_disk_that_stays_full_leaves_the_run_in_memory_to_be_saved_elsewhere(
    tmp_path: Path, project: Project, disk: Disk
) -> None:
    store, control = RunStore(tmp_path / "runs"), Control()
    whole, run = store.create(project), begun_on(disk, store.create(project))
    heard(project, whole, Control())
    events = heard(project, run, control, disk.fill)
    disk.free()
    assert isinstance(events[-1], Failed)
    assert events[-1].cause == "disk"
    assert control.unsaved is not None
    other = control.unsaved.save(tmp_path / "elsewhere")
    newest = f"checkpoints/{len(whole.series('loss'))}.safetensors"
    assert (other.folder / newest).read_bytes() == (whole.folder / newest).read_bytes()
    for name in ("last", "best"):
        assert other.weights_path(name).read_bytes() == whole.weights_path(name).read_bytes()
    assert len(other.series("loss")) == len(whole.series("loss"))
    assert (other.summary.state, other.summary.problem) == ("done", "")
    assert other.events()[-1] == whole.events()[-1]
    project.plan = replace(project.plan, epochs=EPOCHS + 2)
    again = list(train_project(project, other, Control(), resume=True))
    assert isinstance(again[-1], Finished)
    assert (again[-1].reason, again[-1].epoch) == ("done", EPOCHS + 2)


def test_a_folder_that_is_full_too_keeps_nothing_and_the_next_is_tried(
    tmp_path: Path, project: Project, disk: Disk
) -> None:
    run = RunStore(tmp_path / "runs").create(project)
    unsaved = Unsaved(run, project, {"last.safetensors": {"weight": torch.zeros(2000)}}, {})
    full, free = disk.folder / "full", tmp_path / "free"
    full.mkdir()
    disk.fill()
    with pytest.raises(UserError, match=f"can't be saved in .*full: {disk.refusal}"):
        unsaved.save(full)
    found = save_somewhere(unsaved, (full, free))
    assert not list(full.iterdir())
    if disk.cuts_lines:  # that limit holds everywhere
        assert found is None
        assert not list(free.iterdir())
    else:
        assert found is not None
        assert found.folder.parent == free
        assert found.has_weights("last")


def test_a_mistake_of_ours_is_told_though_the_disk_of_the_log_is_full(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphcore.cli.make_parser", lambda: 1 / 0)
    set_limit(10)
    try:
        assert main(["runs"]) == 70
    finally:
        set_limit(None)
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert said.count("Traceback") == 1
    assert f"made a mistake, and {home / 'netwright.log'} can't be written: File too large." in said


def test_one_of_several_processes_leaves_its_run_to_whoever_speaks_to_it(
    tmp_path: Path, project: Project, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphcore.training.loop.heard_by_all",
                        lambda said, company: SharedControl(company, said))  # fmt: skip
    control, run = Control(), begun_on(disk, RunStore(tmp_path / "runs").create(project))
    events = heard(project, run, control, disk.fill)
    assert isinstance(events[-1], Failed)
    disk.free()
    assert control.refused
    assert control.unsaved is not None
    other = control.unsaved.save(tmp_path / "elsewhere")
    assert control.refused.keys() <= {
        str(path.relative_to(other.folder)) for path in other.folder.rglob("*")
    }


def test_a_run_that_finds_the_disk_full_goes_on_once_there_is_room(
    tmp_path: Path, project: Project, disk: Disk
) -> None:
    run = begun_on(disk, RunStore(tmp_path / "runs").create(project))
    heard(project, run, Control())
    project.plan = replace(project.plan, epochs=EPOCHS + 1)
    disk.fill()
    with pytest.raises(UserError, match=f"can't be written: {disk.refusal}"):
        list(train_project(project, run, Control(), resume=True))
    disk.free()
    again = list(train_project(project, run, Control(), resume=True))
    assert isinstance(again[-1], Finished)
    assert [e.epoch for e in run.events() if isinstance(e, EpochDone)] == [*range(1, EPOCHS + 2)]


def test_a_folder_that_is_gone_for_a_while(tmp_path: Path, project: Project) -> None:
    run = RunStore(tmp_path / "runs").create(project)
    away = tmp_path / "away"
    events = heard(
        project, run, Control(), lambda: run.folder.rename(away), lambda: away.rename(run.folder)
    )
    assert "could not be saved" in warned(events)
    assert "can be saved again" in warned(events)
    assert isinstance(events[-1], Finished)
    assert [e.epoch for e in run.events() if isinstance(e, EpochDone)] == [*range(1, EPOCHS + 1)]
    assert run.has_weights("last")


def test_the_command_saves_elsewhere_and_says_where(
    tmp_path: Path, project: Project, home: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = tmp_path / "p.netwright"
    file.save(project, path)
    gone = tmp_path / "gone"
    import graphcore.training.loop as loop

    begun = loop.make_watch  # the run is on its way when its folder goes

    def vanish(*args: object, **options: object) -> object:
        os.rename(tmp_path / "run", gone)
        return begun(*args, **options)

    monkeypatch.setattr(loop, "make_watch", vanish)
    assert main(["train", str(path), "--run-dir", str(tmp_path / "run")]) == 3
    said = capsys.readouterr().err
    other = home / "runs" / "run"
    assert f"could not be saved in {tmp_path / 'run'}" in said
    assert str(other) in said
    assert Run(other).has_weights("last")
    assert Run(other).summary.state == "done"
    monkeypatch.setattr(loop, "make_watch", begun)
    assert main(["train", "--resume", str(other), "--epochs", str(EPOCHS + 1)]) == 0
