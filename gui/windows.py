"""Every open window of the program: one a project, all of one look and one set of settings."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from graphcore.errors import UserError
from graphcore.project import templates
from graphcore.project.file import load
from graphcore.project.project import Project
from gui.autosave import Leftover
from gui.claim import holder_of
from gui.preferences import Preferences
from gui.session import Seat, look_as, seat_of, take_seat
from gui.shortcuts import complaints
from gui.theme import Appearance

if TYPE_CHECKING:
    from gui.main_window import MainWindow

BESIDE = QPoint(32, 32)


class Windows(QObject):
    """Opens, finds, remembers and closes them.

    `opened` carries a window before it is shown. `changed` after one came or went, and after a
    run of one began or ended. `active` has the keyboard, or had it last.
    """

    opened = Signal(object)
    changed = Signal()

    active: MainWindow

    def __init__(self, appearance: Appearance, preferences: Preferences) -> None:
        super().__init__()
        self.appearance, self.preferences = appearance, preferences
        self._open: list[MainWindow] = []
        self._leaving: list[MainWindow] = []
        self._waiting: deque[Seat] = deque()
        self._refused: list[UserError] = []
        self._is_ending = False

    def __iter__(self) -> Iterator[MainWindow]:
        return iter(tuple(self._open))

    def __len__(self) -> int:
        return len(self._open)

    @property
    def is_asking(self) -> bool:
        """Whether a question about unsaved changes or a run waits for its answer."""
        return any(window.asking.is_open for window in self._open)

    def showing(self, path: Path) -> MainWindow | None:
        """The window that has this file open; None where none has."""
        wanted = path.resolve()
        files = ((window, window.document.path) for window in self._open)
        return next((window for window, file in files if file and file.resolve() == wanted), None)

    def is_training_here(self, asker: MainWindow) -> bool:
        """Whether another window trains inside this program.

        Chance is one for the whole process, so two runs in it would change each other.
        """
        others = (window.runner for window in self._open if window is not asker)
        return any(runner.is_busy and runner.way == "thread" for runner in others)

    # Opening

    def begin(self, path: Path | None, template: str) -> MainWindow:
        """Open a file, else the windows of last time, else a template; the first window.

        The others follow, each after the one before was painted.
        """
        known = self.preferences.session if self.preferences.restores_session else []
        stand = known[0].with_file(None) if known else Seat()
        if path is not None:
            self._waiting.append(stand.with_file(path.absolute()))
        else:
            self._waiting.extend(s for s in known if s.path and not holder_of(s.path))
        window = self._open_next(was_open=path is None)
        if window is None:
            window = self._put_up(stand, self._begun(template))
        self._tell_refused()
        shortcuts = window.commands.shortcuts
        for error in complaints(self.preferences, shortcuts, window.commands.titles):
            window.notices.tell(error.message, error.hint, "warning")
        return window

    def add(self, project: Project | None = None, path: Path | None = None) -> MainWindow:
        """A window of its own for a project, an empty one where none is given."""
        neighbour = self.active
        seat = seat_of(neighbour).with_file(path)
        window = self._put_up(seat, project)
        if not window.isMaximized():
            window.move(neighbour.pos() + BESIDE)
        self.go_to(window)
        return window

    def open(self, path: Path, asker: MainWindow) -> None:
        """Open a file: the window that shows it already, else as a person prefers."""
        shown = self.showing(path)
        if shown is not None:
            self.go_to(shown)
            return
        project = asker.files.read(path)
        if project is not None:
            self.show(project, path.absolute(), asker)

    def show(self, project: Project, path: Path | None, asker: MainWindow) -> None:
        """Show a project: here where there is nothing yet, else as a person prefers."""
        if is_blank(asker):
            asker.files.show(project, path)
        elif self.preferences.opens_windows:
            self.add(project, path)
        else:
            asker.asking.leave(lambda: asker.files.show(project, path))

    def restore(self, leftover: Leftover, asker: MainWindow) -> None:
        """Open unsaved work: where its file is open, else where there is nothing yet."""
        path = leftover.found.path
        window = self.showing(path) if path is not None else None
        if window is None or window.document.is_changed or window.files.is_restoring:
            window = asker if is_blank(asker) else self.add()
        window.files.restore(leftover)

    def offer_leftovers(self) -> None:
        """Offer what crashed sessions left unsaved: one in a notice, several in a list."""
        match self.active.files.leftovers():
            case []:
                pass
            case [leftover]:
                self.active.files.offer(leftover)
            case found:
                self.active.dialogs.show_leftovers(found)

    # Going from one to another

    def go_to(self, window: MainWindow) -> None:
        """Bring a window to the front, the keyboard with it."""
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        self.active = window

    def go_on(self, asker: MainWindow, by: int) -> None:
        """Bring the next window to the front, or the one before (-1), around the circle."""
        self.go_to(self._open[(self._open.index(asker) + by) % len(self._open)])

    # Ending

    def quit(self) -> None:
        """Close every window, after asking once about all that would be lost."""
        for window in self:
            window.asking.dismiss()
        asking = [window for window in self._open if window.asking.has_something_to_lose]
        match asking:
            case []:
                self.close_all()
            case [window]:
                self.go_to(window)
                window.asking.leave(self.close_all)
            case _:
                self.active.asking.quit(asking)

    def save_and_close(self, unsaved: Sequence[MainWindow]) -> None:
        """Save these one after the other, then close every window.

        Where one is not saved in the end, all of them stay.
        """
        if not unsaved:
            self.close_all()
            return
        first, *rest = unsaved
        self.go_to(first)
        first.asking.save(lambda: self.save_and_close(rest))

    def close_all(self) -> None:
        """Close every window; what is unsaved is given up."""
        self._end()
        for window in self:
            window.close_now()

    def close_at_once(self) -> None:
        """Close every window without a question; what is unsaved can be restored."""
        self._end()
        for window in self:
            window.close_at_once()

    def part_with(self, window: MainWindow) -> None:
        """A window closes; the last one goes with the program."""
        if len(self._open) == 1:
            self.remember()
            self._is_ending = True
        self._open.remove(window)
        window.document.history.blockSignals(True)  # the window's parts go one after the other
        if self._open:
            self.active = self._open[-1] if self.active is window else self.active
            self._let_go(window)
            self.remember()
            self.changed.emit()

    def flush(self) -> None:
        """Have every change so far on disk, for a crash."""
        for window in self:
            window.files.autosave.flush()

    def remember(self) -> None:
        """Keep what is open where, for the next start."""
        if not self._is_ending and self._open:
            order = sorted(self._open, key=lambda window: window is not self.active)
            waiting = list(self._waiting)
            self.preferences.session = [*(seat_of(window) for window in order), *waiting]

    def _end(self) -> None:
        self.remember()
        self._is_ending = True
        self._waiting.clear()

    def _let_go(self, window: MainWindow) -> None:
        """Deleted in the next turn; Python must not do it earlier, nor in another thread."""
        self._leaving.append(window)
        window.destroyed.connect(lambda: self._leaving.remove(window))
        window.deleteLater()

    def _open_next(self, *, was_open: bool) -> MainWindow | None:
        while self._waiting:
            seat = self._waiting.popleft()
            assert seat.path is not None
            try:
                project = self._read(seat.path, was_open=was_open)
            except UserError as error:
                self._refused.append(error)
            else:
                return self._put_up(seat, project)
        return None

    def _begun(self, template: str) -> Project:
        try:
            return templates.open_template(template) if template else Project()
        except UserError as error:
            self._refused.append(error)
            return Project()

    def _read(self, path: Path, *, was_open: bool) -> Project:
        if was_open and not path.is_file():
            raise UserError(
                self.tr("“{}” was open last time and is no longer there.").format(path.stem),
                self.tr("It was {}. Open it from where it is now.").format(path),
            )
        return load(path)

    def _tell_refused(self) -> None:
        for error in self._refused:
            self._open[0].notices.tell_error(error)
        self._refused.clear()

    def _put_up(self, seat: Seat, project: Project | None = None) -> MainWindow:
        from gui.main_window import MainWindow

        window = MainWindow(self)
        self.active = self.active if self._open else window
        self._open.append(window)
        take_seat(window, seat)
        window.files.show(project or Project(), seat.path)
        look_as(window, seat)
        window.runner.changed.connect(self.changed)
        window.files.changed.connect(self._on_files_changed)
        window.painted.connect(self._on_painted)
        self.opened.emit(window)
        window.show()
        self.remember()
        self.changed.emit()
        return window

    def _on_painted(self) -> None:
        if self._waiting:
            active = self.active
            self._open_next(was_open=True)
            self._tell_refused()
            self.go_to(active)

    def _on_files_changed(self) -> None:
        files = [window.document.path for window in self._open]
        if {seat.path for seat in self.preferences.session} != set(files):
            self.remember()


def is_blank(window: MainWindow) -> bool:
    """Whether nothing is lost where another project is shown here: nothing was made or opened."""
    document = window.document
    is_busy = window.runner.is_busy or window.files.is_restoring
    return document.path is None and not document.is_changed and not is_busy
