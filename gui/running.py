"""What the window does about its run: where it is computed, what helps when it failed, who follows.

The runner knows how a run goes; this knows what a person can do about it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from graphcore.errors import UserError
from gui.notices import Choice
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.training.runs import Run
    from gui.main_window import MainWindow


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

    def _look_for_live(self) -> None:
        path = self._window.document.path
        if path is not None:
            self._looking.request(lambda: _live_run(path))

    def _on_completed(self) -> None:
        self._window.document.replaced.connect(self._look_for_live)
        self._look_for_live()

    def _on_found(self, run: Run | None) -> None:
        if run is None or self._window.runner.is_busy or run == self._window.runner.run:
            return
        self._window.notices.tell(
            self.tr("The run “{0}” of this project is under way in another program.").format(
                run.id
            ),
            choices=((self.tr("Follow"), lambda: self.follow(run)),),
        )

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
        if runner.state == "failed" and runner.error is not None:
            error = runner.error
            self._window.notices.tell(error.message, error.hint, "error", self._ways_out())

    @property
    def _is_moved_out(self) -> bool:
        window = self._window
        is_wanted = window.preferences.trains_in_process or window.runner.way != "process"
        return not is_wanted and window.windows.is_training_here(window)

    def _ways_out(self) -> tuple[Choice, ...]:
        runner, run = self._window.runner, self._window.runner.run
        if runner.cause == "gone" and run is not None and _can_resume(run):
            return ((self.tr("Resume"), lambda: self.resume(run)),)
        if runner.cause in ("memory", "device") and runner.way == "thread":
            return ((self.tr("Run in a separate process"), self._train_apart),)
        return ()


def _live_run(path: Path) -> Run | None:
    """The newest run of that project that some process is at."""
    from graphcore.training.runs import store_for

    return next((run for run in store_for(path).runs(path.stem) if run.is_live), None)


def _can_resume(run: Run) -> bool:
    from graphcore.training.resuming import last_state

    return last_state(run) is not None
