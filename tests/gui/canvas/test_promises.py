"""Every promise of the canvas is shown by tests that are there, or says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.canvas.acting import acts_of
from tests.gui.canvas.promises import PROMISES, Promise

HERE = Path(__file__).parent
ALL = [promise for room in PROMISES.values() for promise in room]


def _acts(test: str) -> set[str]:
    file, _, name = test.partition("::")
    path = HERE / file if "/" not in file else HERE.parents[1] / file
    assert path.exists(), f"there is no {file}"
    assert f"def {name}(" in path.read_text("utf-8"), f"{file} has no {name}"
    return acts_of(path, name)


@pytest.mark.parametrize("promise", ALL, ids=lambda promise: promise.words)
def test_what_is_promised_is_shown(promise: Promise) -> None:
    shown = (*promise.by_mouse, *promise.by_keys, *promise.to_see)
    assert shown or promise.missing
    acts = {test: _acts(test) for test in shown}
    assert not [test for test in promise.by_keys if "keys" not in acts[test]], "no key is pressed"
    assert not [test for test in promise.by_mouse if "mouse" not in acts[test]], "no mouse acts"


def test_only_real_acts_count_as_acts(tmp_path: Path) -> None:
    """A button's own click, a choice by the program and a name with “drag” in it are none."""
    (tmp_path / "some.py").write_text(
        "from tests.gui.canvas.hand import Hand\n"
        "def drags_nothing(button, window):\n    button.click()\n    window.lay.choose('flops')\n"
        "def helps(hand):\n    hand.drag(1, 2)\n"
        "def drags(hand):\n    helps(hand)\n"
        "def types(hand):\n    hand.type('abc')\n"
        "def clicks(button):\n    QTest.mouseClick(button, 1)\n"
    )
    names = ("drags_nothing", "drags", "types", "clicks")
    found = [acts_of(tmp_path / "some.py", name) for name in names]
    assert found == [set(), {"mouse"}, {"keys"}, {"mouse"}]
