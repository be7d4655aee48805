"""A monkey at the real window: whatever it does, the window stays sound and undo leads back."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import resource_tracker
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphcore.project.file import save
from gui.actions import COMMANDS
from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow
from tests.gui.monkey import in_panels, on_paper, on_paper_too
from tests.gui.monkey.invariants import AFTER_EDITS, ALWAYS, AT_REST
from tests.gui.monkey.monkey import Monkey
from tests.gui.monkey.opening import NEEDS_GPU, opening, start

Walk = Callable[..., Monkey]
ACTS = (*on_paper.ACTS, *on_paper_too.ACTS, *in_panels.ACTS)
TOLD = 30
"""So many lines of the diary are told where something broke."""


class BrokenError(AssertionError):
    """It has its diary already."""


class Watch:
    """Looks after each action, and tells seed and diary where something broke."""

    def __init__(self, monkey: Monkey, seed: int, raised: list, records: Sequence) -> None:
        self.monkey, self.seed = monkey, seed
        self._raised, self._records, self._seen = raised, records, 0

    def look(self, *, rests: bool = False) -> None:
        """Every invariant, and whether anything was raised or warned about."""
        self._check(self._nothing_was_raised)
        self._check(self._qt_did_not_warn)
        edited = self.monkey.edits != self._seen
        self._seen = self.monkey.edits
        for invariant in (*ALWAYS, *(AFTER_EDITS if edited else ()), *(AT_REST if rests else ())):
            self._check(lambda each=invariant: each(self.monkey), invariant.__name__)

    def during(self, act: Callable[[], object]) -> None:
        """An action, whose own failing is told alike."""
        self._check(act, "an action")

    def _check(self, question: Callable[[], object], name: str = "") -> None:
        try:
            question()
        except BrokenError:
            raise
        except Exception as error:
            name = name or question.__name__.strip("_")
            diary = self.monkey.diary
            lines = [f"{len(diary) - len(diary[-TOLD:]) + i + 1}. {line}"
                     for i, line in enumerate(diary[-TOLD:])]  # fmt: skip
            told = "\n".join(lines)
            message = f"{name.replace('_', ' ')} (seed {self.seed}):\n{error}\n\n{told}"
            raise BrokenError(message) from error

    def _nothing_was_raised(self) -> None:
        if self._raised:
            raise self._raised[0][1]

    def _qt_did_not_warn(self) -> None:
        told = [record.message for record in self._records if not record.ignored]
        assert not told, told


def there_and_back(monkey: Monkey, watch: Watch) -> None:
    """To the start, change by change, and to the end."""
    history = monkey.window.document.history
    history.setIndex(history.count())
    passed = {history.count(): monkey.project.copy()}
    for index in range(history.count() - 1, -1, -1):
        history.setIndex(index)
        passed[index] = monkey.project.copy()
        known = monkey.chronicle.get(index)
        assert known is None or monkey.project == known, f"undoing {_named(history, index)}"
    watch.look()
    for index in range(1, history.count() + 1):
        history.setIndex(index)
        assert monkey.project == passed[index], f"doing again {_named(history, index - 1)}"
    watch.look(rests=True)


def _named(history: QUndoStack, index: int) -> str:
    return f"{index}, “{history.text(index)}”"


@pytest.fixture
def let_loose(open_window: OpenWindow, qtbot: QtBot, qtlog, monkeypatch, tmp_path: Path) -> Walk:
    return partial(_walk, open_window, qtbot, qtlog, monkeypatch, tmp_path)


def _walk(
    open_window: OpenWindow, qtbot: QtBot, qtlog, monkeypatch, folder: Path,
    seed: int, count: int, *, whole: bool,
) -> Monkey:  # fmt: skip
    """The opening and so many actions, with a look after each; undone to the start and done again.

    `whole`: the opening meets every command.
    """
    ids = Random(seed)
    dealt = SimpleNamespace(token_hex=lambda n: ids.randbytes(n).hex())
    for module in ("graph", "notes"):  # not the files: when they are written is chance
        monkeypatch.setattr(f"graphcore.project.{module}.secrets", dealt)
    monkeypatch.setattr("gui.notices.INFO_STAYS_MS", 10**9)  # nothing goes by the clock
    path = folder / "start.netwright"
    save(start(), path)
    resource_tracker.ensure_running()  # one for all processes that are started, to the end
    others_open = _open()
    window = open_window(path)
    monkey = Monkey(window, qtbot, seed)
    threads = set(threading.enumerate())
    with qtbot.captureExceptions() as raised:
        watch = Watch(monkey, seed, raised, qtlog.records)
        watch.during(lambda: [watch.look() for _ in opening(monkey, whole=whole)])
        held = _held(window)
        for at in range(count):
            watch.during(lambda: monkey.act(ACTS))
            watch.look(rests=at % 100 == 99)
            held = _held(window) if at == count // 2 else held
        watch.during(lambda: there_and_back(monkey, watch))
        watch.during(monkey.stop_the_run)  # by chance, and by the clock, one goes on to here
        raised.clear()
    if count >= 500:  # by the half of it every page and list was there
        (parts, files), (parts_now, files_now) = held, _held(window)
        assert parts_now < 1.25 * parts, "parts of the window pile up"
        assert files_now.total() <= files.total() + 2, f"files stay open: {files_now - files}"
    left = [t.name for t in set(threading.enumerate()) - threads if "Dummy" not in t.name]
    assert not left, left
    shown = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    tips = {widget for widget in shown if widget.windowType() == Qt.WindowType.ToolTip}
    assert shown - tips == {window}  # what a tooltip says goes by itself
    window.windows.close_all()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not _open() - others_open, "a window that is closed leaves something open"
    return monkey


def _held(window: MainWindow) -> tuple[int, Counter[str]]:
    """How many parts a window has, and which files are open."""
    files = {name: count for name, count in _open().items() if name.startswith("/")}
    return len(window.findChildren(QObject)), Counter(files)


def _open() -> Counter[str]:
    """What the process has open, pipes and sockets of others among it."""
    found: Counter[str] = Counter()
    for number in os.listdir("/dev/fd"):
        with suppress(OSError):  # the list itself is closed by now
            name = os.readlink(f"/dev/fd/{number}")
            # Not of a thread that waits for more work and goes by itself, nor what Qt learns once.
            if "eventfd" not in name and not name.startswith("/usr/share/"):
                found[name] += 1
    return found


WAYS = range(2, 8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", WAYS)
def test_three_thousand_actions_on_six_ways(let_loose: Walk, seed: int) -> None:
    """At least half of them change the document; the first way meets every command.

    The opening goes by no die: it would be the same six times.
    """
    monkey = let_loose(seed, 500, whole=seed == WAYS[0])
    assert monkey.changing >= 250
    if seed == WAYS[0]:
        assert {command.name for command in COMMANDS} - NEEDS_GPU == monkey.done - NEEDS_GPU


def test_the_opening_and_a_hundred_actions(let_loose: Walk) -> None:
    """`MONKEY="SEED ACTIONS" pytest tests/gui/monkey` takes another way, or a longer one."""
    seed, actions = map(int, os.environ.get("MONKEY", "1 100").split())
    let_loose(seed, actions, whole="MONKEY" in os.environ)
