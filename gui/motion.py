"""How long a movement on the screen may take: not at all for who asks for none."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Literal

from PySide6.QtGui import QGuiApplication

Motion = Literal["system", "full", "reduced"]

LONGEST_MS = 150
_SPI_GETCLIENTAREAANIMATION = 0x1042
_choice: Motion = "system"
_system_asks_for_none: bool | None = None


def duration_ms(wanted: int = LONGEST_MS) -> int:
    """How long an animation takes that would like to take `wanted`; 0 means: don't animate."""
    return 0 if is_reduced() else min(wanted, LONGEST_MS)


def is_reduced() -> bool:
    """Whether things jump instead of moving; NETWRIGHT_REDUCED_MOTION=1 asks for that too."""
    if os.environ.get("NETWRIGHT_REDUCED_MOTION", "") not in ("", "0"):
        return True
    match _choice:
        case "full":
            return False
        case "reduced":
            return True
    return system_asks_for_none()


def choose(choice: Motion) -> None:
    """Follow the system, or what a person prefers."""
    global _choice
    _choice = choice


def system_asks_for_none() -> bool:
    """Whether the system's own setting asks for no motion, asked once.

    Qt doesn't say (6.11), so each system is asked in its own words. A screen that nobody sees
    asks for none.
    """
    global _system_asks_for_none
    if QGuiApplication.platformName() in ("", "offscreen", "minimal"):
        return True
    if _system_asks_for_none is None:
        _system_asks_for_none = _ask()
    return _system_asks_for_none


def _ask() -> bool:
    match sys.platform:
        case "win32":
            return _ask_windows()
        case "darwin":
            return _ask_macos()
    return asked_of_portal()


def _ask_windows() -> bool:
    shown = ctypes.c_int(1)
    user32 = ctypes.windll.user32  # type: ignore[attr-defined]
    user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(shown), 0)
    return not shown.value


def _ask_macos() -> bool:
    """`NSWorkspace.sharedWorkspace.accessibilityDisplayShouldReduceMotion`."""
    objc = ctypes.CDLL("libobjc.dylib")
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    send, words = objc.objc_msgSend, objc.sel_registerName
    send.argtypes, send.restype = [ctypes.c_void_p, ctypes.c_void_p], ctypes.c_void_p
    words.argtypes = objc.objc_getClass.argtypes = [ctypes.c_char_p]
    workspace = send(objc.objc_getClass(b"NSWorkspace"), words(b"sharedWorkspace"))
    send.restype = ctypes.c_bool
    wish = words(b"accessibilityDisplayShouldReduceMotion")
    return bool(workspace and send(workspace, wish))


def asked_of_portal() -> bool:
    """What the desktop says over D-Bus: GNOME, KDE and others answer through the portal."""
    from gui.portal import read_setting

    if read_setting("org.freedesktop.appearance", "reduced-motion") == 1:
        return True
    return read_setting("org.gnome.desktop.interface", "enable-animations") is False
