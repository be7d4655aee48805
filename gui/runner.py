"""The one run of the window: heard in a thread, through a buffer that a timer drains.

It is trained in that thread, or in a process of its own, or followed in its folder while somebody
else trains it. All three are events and one Control.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from graphcore.errors import UserError
from graphcore.project.modules import needs_process
from graphcore.project.plan import Plan
from graphcore.project.project import Project
from graphcore.training.changes import replayed
from graphcore.training.control import Control
from graphcore.training.events import Cause, Changed, Event, Failed, Started
from graphcore.training.standing import Standing

if TYPE_CHECKING:
    from graphcore.training.runs import Run
    from graphcore.training.unsaved import Unsaved

State = Literal[
    "idle", "preparing", "training", "paused", "stopping", "ended", "failed"
]  # fmt: skip
Train = Callable[..., Iterator[Event]]

Way = Literal["thread", "process", "followed"]

DRAINED_EVERY_MS = 100
BUSY = ("preparing", "training", "paused", "stopping")


def _train_here(
    project: Project,
    run: Run,
    control: Control,
    folder: Path | None,
    device: str,
    resume: bool,
    source: Run | None = None,
) -> Iterator[Event]:
    from graphcore.training.session import train_project  # torch comes with it: never at start

    # One core stays with the window, so that it moves while the model trains.
    return train_project(
        project, run, control, folder, device=device, free_cores=1, resume=resume, source=source
    )


def _train_elsewhere(
    project: Project,
    run: Run,
    control: Control,
    folder: Path | None,
    device: str,
    resume: bool,
    source: Run | None = None,
) -> Iterator[Event]:
    from graphcore.training.elsewhere import train_elsewhere

    return train_elsewhere(
        project, run, control, folder, device=device, free_cores=1, resume=resume, source=source
    )


class Runner(QObject):
    """Starts, pauses and stops a run, and tells what it says at most ten times a second.

    `changed` says that the state moved, `drained` carries a list of events. A mistake of ours in
    the thread is raised in the window's, where the excepthook finds it. `wants_process` says
    whether runs get a process of their own; projects with a person's own code always do.
    """

    changed = Signal()
    drained = Signal(object)

    def __init__(
        self,
        train: Train = _train_here,
        parent: QObject | None = None,
        elsewhere: Train = _train_elsewhere,
    ) -> None:
        super().__init__(parent)
        self._train, self._elsewhere = train, elsewhere
        self.wants_process = False
        self._way: Way = "thread"
        self._folder: Path | None = None
        self._standing = Standing()
        self._state: State = "idle"
        self._thread: threading.Thread | None = None
        self._control, self._probes = Control(), tuple[str, ...]()
        self._events: deque[Event] = deque()
        self._raised: BaseException | None = None
        self._timer = QTimer(self, interval=DRAINED_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._run: Run | None = None
        self._first: Run | None = None
        self._error: UserError | None = None
        self._plan: Plan | None = None

    # -- what is known ------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """Where the run stands."""
        return self._state

    @property
    def is_busy(self) -> bool:
        """Whether a run is on its way, paused ones included."""
        return self._state in BUSY

    @property
    def run(self) -> Run | None:
        """The run that is on its way, or the last one."""
        return self._run

    @property
    def first(self) -> Run | None:
        """The run that this one does again, with a change or without."""
        return self._first

    @property
    def was_stopped(self) -> bool:
        """Whether the last run ended because somebody stopped it, before all was done."""
        return self._standing.reason in ("stopped", "interrupted")

    @property
    def unsaved(self) -> Unsaved | None:
        """What the disk refused to the end of the run that was here, and another may take."""
        return None if self.is_busy else self._control.unsaved

    @property
    def error(self) -> UserError | None:
        """Why the last run failed."""
        return self._error

    @property
    def way(self) -> Way:
        """Where the run is computed: in this program, in a process that it started, or elsewhere.

        A run that is followed belongs to somebody else: the window may leave it at any time.
        """
        return self._way

    @property
    def cause(self) -> Cause:
        """What made the last run fail where no drawing is to blame; empty otherwise."""
        return self._standing.failed.cause if self._state == "failed" else ""

    @property
    def can_be_left(self) -> bool:
        """Whether the run can go on without this window."""
        return self._way == "followed" or (
            self._way == "process" and self._state in ("training", "paused")
        )

    @property
    def epoch(self) -> int:
        """How many epochs are over."""
        return self._standing.epoch

    @property
    def epochs(self) -> int:
        """How many epochs the run has, with those that were added while it went on."""
        return self._standing.epochs

    @property
    def step(self) -> int:
        """How many steps are done."""
        return self._standing.step

    @property
    def steps(self) -> int:
        """How many steps the run has."""
        return self._standing.steps

    @property
    def device(self) -> str:
        """The device that the run is on."""
        started = self._standing.started
        return started.device if started else ""

    @property
    def samples_per_second(self) -> float:
        """Throughput of training in the last epoch, or so far in the first one."""
        return self._standing.samples_per_second

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at the pace so far; None where that is not known yet."""
        return self._standing.seconds_left if self.is_busy else None

    # -- what can be done ---------------------------------------------------------------------

    def start(
        self, project: Project, path: Path | None, device: str | None = None,
        source: Run | None = None, first: Run | None = None,
    ) -> None:  # fmt: skip
        """Train a snapshot of the project, whose file is `path`, into a new run.

        It begins with the last weights of `source` where they fit. Where it does `first` again it
        lies beside that one, and names in the project start where that one's did. Does nothing
        while a run is on its way. Where no run can be made, `error` says why.
        """
        from graphcore.training.repeating import folder_of, run_beside
        from graphcore.training.runs import store_for  # numpy comes with it: never at start

        if self.is_busy:
            return
        self._forget()
        snapshot = project.copy()
        folder = path.resolve().parent if path else None
        try:
            if first is not None:
                run, folder = run_beside(first, snapshot), folder_of(first) or folder
            else:
                run = store_for(path).create(snapshot, path.stem if path else "")
        except UserError as error:
            self._error = error
            self._set_state("failed")
            return
        self._first = first
        self._begin(snapshot, run, folder, device or "", False, source)

    def go_on(self, run: Run, path: Path | None) -> None:
        """Resume a run that ended early, from the state that was saved last.

        `path` is the file of the project whose run it is. Raises UserError where it can't go on.
        """
        from graphcore.training.repeating import processes_of
        from graphcore.training.resuming import refuse_resuming

        if self.is_busy:
            return
        refuse_resuming(run)
        project = run.project()
        count = processes_of(run) or project.plan.processes
        project.plan = replace(project.plan, processes=count)
        self._forget()
        self._begin(project, run, path.resolve().parent if path else None, "", True)

    def follow(self, run: Run) -> None:
        """Show a run that another program trains as if it were this one's."""
        from graphcore.training.following import follow

        if self.is_busy:
            return
        self._forget()
        self._run, self._control = run, self._new_control()
        self._way, self._standing, self._plan = "followed", Standing(has_past=True), _plan_of(run)
        control = self._control
        self._start_thread(lambda: follow(run, control))

    def probe(self, names: Sequence[str]) -> None:
        """Look at exactly these values, in this run and in those to come: `conv1:output`."""
        before, self._probes = self._probes, tuple(names)
        for name in before:
            if name not in names:
                self._control.unprobe(name)
        for name in names:
            self._control.probe(name)

    def _new_control(self) -> Control:
        control = Control()
        for name in self._probes:
            control.probe(name)
        return control

    def leave(self) -> None:
        """Let a run that goes on without this window go on; the window is free again."""
        if self.can_be_left:
            self._control.leave()
            self._join()

    def pause(self) -> None:
        """Hold after the step that is on its way; `state` follows when it holds."""
        if self._state == "training":
            self._control.pause()

    def pause_free(self) -> None:
        """Hold as in a pause, and leave the device's memory to others meanwhile."""
        if self._state in ("training", "paused"):
            self._control.pause(frees_device=True)

    def evaluate(self) -> None:
        """Measure the samples held back after the step that is on its way."""
        self._control.evaluate()

    def save(self) -> None:
        """Save the state after the step that is on its way."""
        self._control.save()

    def change(self, text: str) -> None:
        """Go on by another value of the plan, as in `optimizer.lr*=0.5`. Raises UserError."""
        self._control.change(text)

    @property
    def ends_with_epoch(self) -> bool:
        """Whether the run is to end when its epoch is over."""
        return self.is_busy and self._control.ends_with_epoch

    def toggle_end_with_epoch(self) -> None:
        """End when the epoch is over, or don't after all."""
        self._control.stop_after_epoch(not self._control.ends_with_epoch)
        self.changed.emit()

    @property
    def plan(self) -> Plan | None:
        """The plan that the run goes by now, with what was changed; None where no run began."""
        return replayed(self._plan, self._standing.changes) if self._plan is not None else None

    @property
    def failed_node(self) -> str:
        """The path of the node at which the last run failed; empty where that is not known."""
        return self._standing.failed.node if self._state == "failed" else ""

    def resume(self) -> None:
        """Go on after a pause."""
        self._control.resume()

    def stop(self) -> None:
        """End after the batch that is on its way and save; `state` follows when that is done."""
        if self.is_busy:
            self._control.stop()
            self._set_state("stopping")

    def close(self) -> None:
        """Stop as interrupted, wait until all is saved, and tell the rest.

        A run that somebody else trains goes on.
        """
        if self._way == "followed":
            self.leave()
        else:
            self._control.stop("interrupted")
            self._join()

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._on_timeout()

    def _begin(
        self, project: Project, run: Run, folder: Path | None, device: str, resumes: bool,
        source: Run | None = None,
    ) -> None:  # fmt: skip
        from graphcore.training.resuming import with_past

        apart = self.wants_process or needs_process(project) or project.plan.processes > 1
        train = self._elsewhere if apart else self._train
        self._run, self._control = run, self._new_control()
        self._way = "process" if apart else "thread"
        self._standing, self._plan = Standing(has_past=resumes), project.plan
        control = self._control

        def events() -> Iterator[Event]:
            found = train(project, run, control, folder, device, resumes, source)
            return with_past(found, run) if resumes else found

        self._start_thread(events)

    def _start_thread(self, events: Callable[[], Iterator[Event]]) -> None:
        # A daemon, so that a hung driver can't keep the program from ending; close() joins.
        self._thread = threading.Thread(
            target=lambda: self._work(events), name="training", daemon=True
        )
        self._set_state("preparing")
        self._thread.start()
        self._timer.start()

    # -- in the thread ------------------------------------------------------------------------

    def _work(self, events: Callable[[], Iterator[Event]]) -> None:
        try:
            for event in events():
                self._events.append(event)
        except BaseException as error:  # handed to the window's thread, whatever it is
            self._raised = error

    # -- in the window's thread ---------------------------------------------------------------

    def _on_timeout(self) -> None:
        is_over = self._thread is None or not self._thread.is_alive()
        found = [self._events.popleft() for _ in range(len(self._events))]
        state = self._state
        for event in found:
            self._take(event)
        if is_over:
            self._timer.stop()
            self._thread = None
            self._end()
        if found:
            self.drained.emit(found)
        if self._state != state:
            self.changed.emit()
        raised, self._raised = (self._raised, None) if is_over else (None, self._raised)
        if raised is not None and not isinstance(raised, UserError):
            raise raised

    def _end(self) -> None:
        """Settle the state of a run whose thread has ended."""
        if isinstance(self._raised, UserError):
            self._error = self._raised
        elif self._raised is not None:
            self._error = UserError(
                self.tr("Training ended by a mistake of Netwright's."),
                self.tr("What was saved before it is still good."),
            )
        if self._control.is_leaving:
            self._state = "idle"
        elif self.is_busy or self._error is not None:
            self._state = "failed" if self._error is not None else "ended"

    def _take(self, event: Event) -> None:
        self._standing.take(event)
        match event:
            case Started() if self._state == "preparing":
                self._state = "training"
            case Changed(what="paused") if self._state != "stopping":
                self._state = "paused" if self._standing.is_paused else "training"
            case Failed(message=message, hint=hint):
                self._error = UserError(message, hint)

    def _set_state(self, state: State) -> None:
        self._state = state
        self.changed.emit()

    def _forget(self) -> None:
        self._run = self._first = self._error = self._plan = None
        self._way, self._standing = "thread", Standing()


def _plan_of(run: Run) -> Plan | None:
    """The plan that a run began with; None where that can't be read."""
    try:
        return run.project().plan
    except UserError:
        return None
