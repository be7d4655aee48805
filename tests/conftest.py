"""What every test gets: a home of its own, one thread of torch, and nothing left behind."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "netwright",
    deadline=None,  # two shared cores: a slow moment is no bug
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("netwright")


def pytest_configure() -> None:
    """Programs that tests start take Ctrl+C, even where a shell began these in the background.

    Such a shell has it ignored, and what is ignored stays so in every child.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Runs and settings of a test land in its own folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("NETWRIGHT_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def one_thread_of_torch() -> None:
    """Threads that outnumber the cores make small models slower; tests run side by side."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.get_num_threads() != 1:
        torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def no_thread_left(one_thread_of_torch: None) -> Iterator[None]:
    """A test that leaves a thread of ours running fails."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if _is_ours(thread, before)]
    for thread in left:
        thread.join(5.0)  # one that is just ending is no leak
    names = [thread.name for thread in left if thread.is_alive()]
    assert not names, f"threads left running: {names}"


def _is_ours(thread: threading.Thread, before: set[threading.Thread]) -> bool:
    # Threads that Qt started show up as dummies once Python code ran in them; tqdm keeps one, and
    # torch's compiler a pool (we have none) for as long as the process lives.
    foreign = ("tqdm", "ThreadPoolExecutor")
    is_foreign = isinstance(thread, threading._DummyThread) or thread.name.startswith(foreign)
    return thread not in before and not is_foreign


@pytest.fixture(autouse=True)
def no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that leaves a top-level widget open fails; those that qtbot closes are fine.

    It is set up before qtbot, so it looks after qtbot has closed what it was given.
    """
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = widgets.QApplication.instance() if widgets else None
    if app is None or "qtbot" not in request.fixturenames:
        return
    app.processEvents()
    tip = sys.modules["PySide6.QtCore"].Qt.WindowType.ToolTip  # it goes by itself
    shown = [widget for widget in app.topLevelWidgets() if widget.isVisible()]
    left = [widget for widget in shown if widget.windowType() != tip]
    for widget in left:
        widget.close()
    # Closed windows would be kept until an event loop runs, and thousands of widgets make each new
    # style sheet and palette slower.
    for widget in app.topLevelWidgets():
        if isinstance(widget, widgets.QMainWindow):
            widget.deleteLater()
    app.sendPostedEvents(None, sys.modules["PySide6.QtCore"].QEvent.Type.DeferredDelete)
    assert not left, f"windows left open: {left}"
