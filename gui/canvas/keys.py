"""The keys of the canvas: one row each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

Command = Callable[["CanvasView"], object]
_K, _CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier

KEYS: dict[tuple[Qt.Key, Qt.KeyboardModifier], Command] = {
    (_K.Key_Tab, _NONE): lambda view: view.open_search(),
    (_K.Key_Delete, _NONE): lambda view: view.delete_selection(),
    (_K.Key_Backspace, _NONE): lambda view: view.delete_or_leave(),
    (_K.Key_Delete, _CTRL): lambda view: view.delete_selection(heal=False),
    (_K.Key_A, _CTRL): lambda view: view.select_all(),
    (_K.Key_C, _CTRL): lambda view: view.copy(),
    (_K.Key_X, _CTRL): lambda view: view.cut(),
    (_K.Key_V, _CTRL): lambda view: view.paste(),
    (_K.Key_D, _CTRL): lambda view: view.duplicate(),
    (_K.Key_V, _CTRL | _SHIFT): lambda view: view.paste_wired(),
    (_K.Key_Period, _NONE): lambda view: view.put_dot(),
    (_K.Key_W, _NONE): lambda view: view.next_wire(),
    (_K.Key_S, _ALT): lambda view: view.swap_inputs(),
    (_K.Key_D, _ALT): lambda view: view.detach(),
    (_K.Key_F, _CTRL): lambda view: view.open_find(),
    (_K.Key_P, _NONE): lambda view: view.pin(),
    (_K.Key_L, _SHIFT): lambda view: view.arrange_selection(),
    (_K.Key_Left, _CTRL | _ALT): lambda view: view.align("left"),
    (_K.Key_Right, _CTRL | _ALT): lambda view: view.align("right"),
    (_K.Key_Up, _CTRL | _ALT): lambda view: view.align("top"),
    (_K.Key_Down, _CTRL | _ALT): lambda view: view.align("bottom"),
    (_K.Key_J, _CTRL): lambda view: view.frame_nodes(),
    (_K.Key_J, _CTRL | _SHIFT): lambda view: view.fit_frame(),
    (_K.Key_J, _ALT): lambda view: view.select_framed(),
    (_K.Key_N, _NONE): lambda view: view.add_note(),
    (_K.Key_N, _SHIFT): lambda view: view.next_note(),
    (_K.Key_F2, _SHIFT): lambda view: view.edit_note(),
    (_K.Key_C, _SHIFT): lambda view: view.color_notes(),
    (_K.Key_Left, _SHIFT): lambda view: view.stretch_note(-1, 0),
    (_K.Key_Right, _SHIFT): lambda view: view.stretch_note(1, 0),
    (_K.Key_Up, _SHIFT): lambda view: view.stretch_note(0, -1),
    (_K.Key_Down, _SHIFT): lambda view: view.stretch_note(0, 1),
    (_K.Key_G, _CTRL): lambda view: view.make_block(),
    (_K.Key_G, _CTRL | _SHIFT): lambda view: view.unpack_block(),
    (_K.Key_Up, _ALT): lambda view: view.leave_block(),
    (_K.Key_Left, _ALT): lambda view: view.turn(-1),
    (_K.Key_Right, _ALT): lambda view: view.turn(1),
    (_K.Key_B, _CTRL): lambda view: view.switch("bypass"),
    (_K.Key_M, _CTRL): lambda view: view.switch("mute"),
    (_K.Key_Home, _NONE): lambda view: view.frame_all(),
    (_K.Key_F, _NONE): lambda view: view.frame_selection(),
    (_K.Key_L, _NONE): lambda view: view.arrange(),
    (_K.Key_Return, _NONE): lambda view: view.start_wire(),
    (_K.Key_Enter, _NONE): lambda view: view.start_wire(),
    (_K.Key_Down, _ALT): lambda view: view.open_selected(),
    (_K.Key_Plus, _NONE): lambda view: view.zoom_in(),
    (_K.Key_Plus, _SHIFT): lambda view: view.zoom_in(),
    (_K.Key_Equal, _NONE): lambda view: view.zoom_in(),
    (_K.Key_Minus, _NONE): lambda view: view.zoom_out(),
    (_K.Key_1, _NONE): lambda view: view.zoom_to_actual_size(),
    (_K.Key_Left, _NONE): lambda view: view.walk("left"),
    (_K.Key_Right, _NONE): lambda view: view.walk("right"),
    (_K.Key_Up, _NONE): lambda view: view.walk("up"),
    (_K.Key_Down, _NONE): lambda view: view.walk("down"),
    (_K.Key_Left, _CTRL): lambda view: view.nudge(-1, 0),
    (_K.Key_Right, _CTRL): lambda view: view.nudge(1, 0),
    (_K.Key_Up, _CTRL): lambda view: view.nudge(0, -1),
    (_K.Key_Down, _CTRL): lambda view: view.nudge(0, 1),
}


def command_for(event: QKeyEvent) -> Command | None:
    """What a key means on the canvas; None where it means nothing."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return KEYS.get((Qt.Key(event.key()), modifiers))
