"""Reduced motion: look.md's "none where the system asks for none"."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from gui import motion, portal
from gui.dialogs.preferences import PreferencesDialog
from tests.gui.conftest import OpenWindow, dialog_of


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The choice belongs to the process, and so does what the system once said."""
    motion.choose("system")
    yield
    motion.choose("system")


def test_a_screen_that_nobody_sees_has_no_motion(qapp: QApplication) -> None:
    assert motion.duration_ms() == 0


def test_nothing_moves_longer_than_150_ms() -> None:
    motion.choose("full")
    assert (motion.duration_ms(80), motion.duration_ms(900)) == (80, 150)


@pytest.mark.parametrize(
    ("said", "asks_for_none"),
    [
        ({}, False),
        ({"reduced-motion": 1}, True),
        ({"reduced-motion": 0, "enable-animations": True}, False),
        ({"enable-animations": False}, True),
    ],
)
def test_a_linux_desktop_is_asked_through_its_portal(
    said: dict[str, object], asks_for_none: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal, "read_setting", lambda group, key: said.get(key))
    assert motion.asked_of_portal() is asks_for_none


def test_without_a_bus_no_desktop_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert portal.read_setting("org.freedesktop.appearance", "reduced-motion") is None


def test_the_preferences_choose_whether_things_move(open_window: OpenWindow) -> None:
    window = open_window()
    window.dialogs.show_preferences()
    dialog = dialog_of(window, PreferencesDialog)
    box = next(box for box in dialog.findChildren(QComboBox) if box.findData("reduced") >= 0)
    for choice, longest in (("full", 150), ("reduced", 0)):
        while box.currentData() != choice:
            QTest.keyClick(box, Qt.Key.Key_Down)
        assert motion.duration_ms() == longest
        assert window.preferences.motion == choice
    dialog.close()
