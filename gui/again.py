"""Runs that are done again, as they were or with one change of their plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from graphcore.errors import UserError
from gui.dialogs.fitting import open_fitted
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.training.runs import Run
    from gui.main_window import MainWindow


class Again(QObject):
    """Begins them, or lets them wait for their turn, and says whether the weights are the same."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._was_busy = False
        self._comparing = Latest(0, self)
        self._comparing.done.connect(self._on_compared)
        window.runner.changed.connect(self._on_changed)

    @property
    def run_meant(self) -> Run | None:
        """The run that is chosen in the list, else the last one of this window."""
        dock = self._window.docks["runs"]
        if dock.is_made:
            from gui.panels.runs import RunsPanel  # numpy comes with it, and not at the start

            if isinstance(dock.panel, RunsPanel) and dock.panel.chosen is not None:
                return dock.panel.chosen
        return self._window.runner.run

    def do_again(self, run: Run | None = None) -> None:
        """Train the very project of a run once more, on its device with its threads."""
        run = run or self.run_meant
        if run is not None:
            self._begin(run, "")

    def ask_for_change(self, run: Run | None = None) -> None:
        """Ask which value of its plan a duplicate of a run shall have."""
        from gui.dialogs.duplicate import duplicate_dialog

        first = run or self.run_meant
        if first is None:
            return
        try:
            plan = first.project().plan
        except UserError as error:
            self._window.notices.tell_error(error)
            return
        dialog = duplicate_dialog(plan, self._window)
        dialog.chosen.connect(partial(self._begin, first))
        open_fitted(dialog)

    def stop(self) -> None:
        """End the worker; for closing."""
        self._comparing.stop()

    def _begin(self, first: Run, change: str) -> None:
        from graphcore.training.changes import setting, with_setting
        from graphcore.training.repeating import pinned

        try:
            project = pinned(first)
            if change:
                wanted = setting(change)
                project.plan = with_setting(project.plan, wanted.key, wanted.value)
        except UserError as error:
            self._window.notices.tell_error(error)
            return
        title = f"{project.title}, {change}" if change else self.tr("{0} again").format(first.id)
        self._window.queue.add(project, self._window.document.path, title, first)

    def _on_changed(self) -> None:
        runner = self._window.runner
        has_ended, self._was_busy = self._was_busy and not runner.is_busy, runner.is_busy
        first, run = runner.first, runner.run
        if has_ended and first is not None and run is not None and runner.state == "ended":
            self._comparing.request(lambda: (first, run, _is_same(first, run)))

    def _on_compared(self, found: tuple[Run, Run, bool | None]) -> None:
        first, run, is_same = found
        if is_same is None:
            return
        text = self.tr("Its weights are those of {0}, to the last bit.")
        hint = ""
        if not is_same:
            text = self.tr("Its weights are not those of {0}.")
            hint = self.tr("What differs between both is shown in Runs.")
        self._window.notices.tell(
            text.format(first.id), hint, "info" if is_same else "warning",
            ((self.tr("Show both"), lambda: self._show_both(first, run)),),
        )  # fmt: skip

    def _show_both(self, first: Run, run: Run) -> None:
        from gui.wiring import show_runs

        show_runs(self._window, [first, run], raises=True)


def _is_same(first: Run, run: Run) -> bool | None:
    """Whether both have the same weights; None where they were not to have them."""
    from graphcore.training.repeating import has_same_weights, pinned

    try:
        return has_same_weights(first, run) if pinned(first).plan == pinned(run).plan else None
    except (UserError, OSError):
        return None
