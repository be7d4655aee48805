"""Every promise of the canvas is shown by tests that are there, or says what is missing."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.gui.canvas.promises import PROMISES, Promise

HERE = Path(__file__).parent
ALL = [promise for room in PROMISES.values() for promise in room]
KEYS = (".key(", ".press(", "keyClick", "hold_key", "press_key", "does(", "keys(", ".type(")
MOUSE = (
    "click",
    "drag",
    ".drop",
    "drop(",
    "hover(",
    "tooltip_at(",
    "choose(",
    "menu_at(",
    ".wheel(",
    "shake(",
    "climb(",
    "press(",
)


@cache
def _tests_of(path: Path) -> dict[str, str]:
    """The functions of a file with their text, and that of those of the file that they call."""
    text = path.read_text("utf-8")
    found = [part for part in ast.parse(text).body if isinstance(part, ast.FunctionDef)]
    texts = {part.name: ast.get_source_segment(text, part) or "" for part in found}
    return {name: "".join([own, *(texts[other] for other in texts if f"{other}(" in own)])
            for name, own in texts.items()}  # fmt: skip


def _text(test: str) -> str:
    file, _, name = test.partition("::")
    path = HERE / file if "/" not in file else HERE.parents[1] / file
    assert path.exists(), f"there is no {file}"
    assert name in _tests_of(path), f"{file} has no {name}"
    return _tests_of(path)[name]


@pytest.mark.parametrize("promise", ALL, ids=lambda promise: promise.words)
def test_what_is_promised_is_shown(promise: Promise) -> None:
    shown = (*promise.by_mouse, *promise.by_keys, *promise.to_see)
    assert shown or promise.missing
    for test in shown:
        _text(test)
    silent = [test for test in promise.by_keys if not any(key in _text(test) for key in KEYS)]
    assert not silent, "no key is pressed there"
    still = [test for test in promise.by_mouse if not any(act in _text(test) for act in MOUSE)]
    assert not still, "no mouse acts there"
