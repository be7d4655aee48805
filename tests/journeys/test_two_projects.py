"""Two projects on a real screen, by keys alone."""

from __future__ import annotations

import pytest

from gui.windows import Windows
from tests.journeys.person import Person

pytestmark = pytest.mark.slow


def test_what_is_copied_in_one_window_is_pasted_in_another(person: Person) -> None:
    first = person.window
    windows: Windows = first.windows
    first.canvas.setFocus()
    person.press("ctrl+a", "ctrl+c", "ctrl+shift+n")
    person.wait_until(lambda: len(windows) == 2)
    second = next(window for window in windows if window is not first)
    person.wait_until(second.isActiveWindow)
    person.wait_until(second.canvas.hasFocus)
    person.press("ctrl+v")
    graphs = [window.document.project.graph for window in (first, second)]
    person.wait_until(lambda: len(graphs[1].nodes) == len(graphs[0].nodes) > 0)
    person.press("ctrl+Tab")
    person.wait_until(first.isActiveWindow)
    person.press("ctrl+Tab")
    person.wait_until(second.isActiveWindow)
    person.press("ctrl+z")
    person.wait_until(lambda: not second.document.is_changed)
    person.press("ctrl+w")
    person.wait_until(lambda: len(windows) == 1)
    person.wait_until(first.isActiveWindow)
    assert first.isVisible()
    assert not first.document.is_changed
