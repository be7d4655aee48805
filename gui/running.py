"""What the window does about its run: where it is computed, what helps when it failed, who follows.

The runner knows how a run goes; this knows what a person can do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from graphcore.errors import UserError
from gui import format
from gui.notices import Choice
from gui.run_queue import queue_folder
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.training.runs import Run
    from graphcore.training.waiting import Waiting
    from gui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Left:
    """A run that others are at, or that broke off after `epochs` of `planned`, saved at `step`."""

    run: Run
    is_live: bool
    epochs: int = 0
    planned: int = 0
    step: int = 0


class Running(QObject):
    """Resumes and follows runs, tells why one failed, and offers those that others train."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._looking = Latest(0, self)
        self._looking.done.connect(self._on_found)
        window.runner.changed.connect(self._on_changed)
        window.preferences.changed.connect(self._choose_way)
        window.windows.changed.connect(self._choose_way)
        # The store of runs brings numpy, which has no place before the first paint.
        window.docks.completed.connect(self._on_completed)
        window.queue.held.connect(self._on_held)
        self._choose_way()

    def resume(self, run: Run) -> None:
        """Go on with a run that ended early."""
        try:
            self._window.runner.go_on(run, self._window.document.path)
        except UserError as error:
            self._window.notices.tell_error(error)

    def follow(self, run: Run) -> None:
        """Show a run that another program trains; asked again, leave it to that program."""
        if self._window.runner.run == run and self._window.runner.way == "followed":
            self._window.runner.leave()
        else:
            self._window.runner.follow(run)

    def toggle_process(self) -> None:
        """Give the runs to come a process of their own, or none again, and remember it."""
        preferences = self._window.preferences
        preferences.trains_in_process = not preferences.trains_in_process

    def stop(self) -> None:
        """End the worker; for closing."""
        self._looking.stop()

    def _train_apart(self) -> None:
        self._window.preferences.trains_in_process = True
        self._window.train()

    def _look_for_left(self) -> None:
        path = self._window.document.path
        self._looking.request(lambda: _left_run(path))

    def _on_completed(self) -> None:
        self._window.document.replaced.connect(self._look_for_left)
        self._look_for_left()

    def _on_found(self, found: Left | None) -> None:
        if found is None or self._window.runner.is_busy or found.run == self._window.runner.run:
            return
        run, tell = found.run, self._window.notices.tell
        if found.is_live:
            tell(
                self.tr("The run “{0}” of this project is under way in another program.").format(
                    run.id
                ),
                choices=((self.tr("Follow"), lambda: self.follow(run)),),
            )
            return
        text = self.tr("A run was broken off after {0} of {1} epochs.")
        hint = self.tr("It goes on from step {0}.").format(format.exact(found.step))
        tell(
            text.format(found.epochs, found.planned),
            hint if found.step else self.tr("Nothing of it is saved yet: it begins again."),
            choices=(
                (self.tr("Resume"), lambda: self.resume(run)),
                (self.tr("Show its curves"), lambda: self._show(run)),
            ),
        )

    def _on_held(self) -> None:
        window = self._window
        window.notices.tell(
            self.tr("The run was stopped. Still waiting: {0}.").format(len(window.queue.waiting)),
            choices=((self.tr("Start the next"), window.queue.go_on),),
        )

    def offer_queues(self) -> None:
        """Offer the runs that waited when another program ended; none begins by itself."""
        from graphcore.training.waiting import left_queues, waiting_in

        for folder in left_queues(queue_folder()):
            self._offer_queue(folder, waiting_in(folder))

    def _offer_queue(self, folder: Path, waiting: list[Waiting]) -> None:
        from graphcore.training.waiting import forget

        if not waiting:
            forget(folder)
            return

        def take() -> None:
            self._window.queue.take_over(waiting)
            forget(folder)

        names = ", ".join(item.title for item in waiting[:3]) + (" …" if len(waiting) > 3 else "")
        self._window.notices.tell(
            self.tr("{0} runs still waited when Netwright ended: {1}.").format(len(waiting), names),
            choices=(
                (self.tr("Train them"), take), (self.tr("Discard"), lambda: forget(folder)),
            ),
        )  # fmt: skip

    def _show(self, run: Run) -> None:
        from gui.wiring import show_runs

        show_runs(self._window, [run], raises=True)

    def _choose_way(self) -> None:
        window = self._window
        is_taken = window.windows.is_training_here(window)
        window.runner.wants_process = window.preferences.trains_in_process or is_taken

    def _on_changed(self) -> None:
        runner = self._window.runner
        if runner.state == "preparing" and self._is_moved_out:
            self._window.notices.tell(
                self.tr("This run has a process of its own: another window trains in this one.")
            )
        if runner.state == "failed" and runner.error is not None and runner.unsaved is None:
            error = runner.error
            self._window.notices.tell(error.message, error.hint, "error", self._ways_out())

    @property
    def _is_moved_out(self) -> bool:
        window = self._window
        is_wanted = window.preferences.trains_in_process or window.runner.way != "process"
        return not is_wanted and window.windows.is_training_here(window)

    def _ways_out(self) -> tuple[Choice, ...]:
        runner, run = self._window.runner, self._window.runner.run
        if runner.cause == "gone" and run is not None:
            return ((self.tr("Resume"), lambda: self.resume(run)),)
        found: list[Choice] = []
        if runner.failed_node:
            found.append((self.tr("Show"), self._window.steering.show_failed_node))
        if runner.cause == "memory":
            found.append((self.tr("Find the largest batch"), self._window.steering.find_batch))
        if runner.cause in ("memory", "device") and runner.way == "thread":
            found.append((self.tr("Run in a separate process"), self._train_apart))
        return tuple(found)


def _left_run(path: Path | None) -> Left | None:
    """The newest run of that project, where it is under way or was broken off."""
    from graphcore.training.resuming import place_to_resume
    from graphcore.training.runs import store_for

    runs = store_for(path).runs(path.stem if path is not None else "")
    live = next((run for run in runs if run.is_live), None) if path is not None else None
    if live is not None:
        return Left(live, is_live=True)
    if not runs or runs[0].is_live:
        return None
    summary = runs[0].summary
    if summary.state != "interrupted" or not summary.planned:
        return None
    return Left(runs[0], False, summary.epochs, summary.planned, place_to_resume(runs[0]).step)
