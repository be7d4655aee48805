"""The palette for colour-blind people: told apart by every sight, and switched live."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from gui.dialogs.preferences import PreferencesDialog
from gui.theme import DARK, DARK_SAFE, LIGHT, LIGHT_SAFE, Appearance, Theme
from tests.gui.conftest import OpenWindow, dialog_of
from tests.gui.seeing import SIGHTS, least_distance

SAFE = [DARK_SAFE, LIGHT_SAFE]
APART = 0.1  # in Oklab; the standard palette's closest two are 0.02 apart for some sight


def states(look: Theme) -> list[str]:
    """The colours that say how something is."""
    return [look.ok, look.warn, look.error, look.accent]


@pytest.fixture(autouse=True)
def as_before(session_look: Appearance) -> Iterator[None]:
    """The look belongs to the session."""
    yield
    session_look.choose_colors("standard")


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("look", SAFE, ids=["dark", "light"])
def test_families_and_states_are_told_apart_by_every_sight(look: Theme, sight: str) -> None:
    assert least_distance(list(look.families.values()), sight) >= APART
    assert least_distance(states(look), sight) >= APART


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])
def test_the_simulation_sees_what_the_standard_colours_lack(look: Theme) -> None:
    assert min(least_distance(list(look.families.values()), sight) for sight in SIGHTS) < 0.03


def test_the_safe_colours_are_switched_live_and_remembered(open_window: OpenWindow) -> None:
    window = open_window()
    window.dialogs.show_preferences()
    dialog = dialog_of(window, PreferencesDialog)
    box = next(box for box in dialog.findChildren(QComboBox) if box.findData("safe") >= 0)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert window.preferences.colors == "safe"
    shown = window.canvas.canvas.look.family("data").color
    assert shown == QColor(DARK_SAFE.families["data"])
    dialog.close()
    window.commands["view.colors"].trigger()
    assert window.appearance.theme == DARK
    assert window.preferences.colors == "standard"
