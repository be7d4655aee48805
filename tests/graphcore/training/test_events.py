"""Events: what a run says survives the way through a line of text."""

from __future__ import annotations

import json
import math
import threading

import pytest

from graphcore.errors import UserError
from graphcore.training.control import Control
from graphcore.training.events import (
    Changed,
    EpochDone,
    Event,
    Failed,
    Finished,
    Saved,
    Started,
    StepsDone,
    Warned,
    from_line,
    to_line,
)

EVERY_EVENT: list[Event] = [
    Started("r", "cpu", 2, 10, 23, 1234, ("loss", "accuracy"), 100, 20, 64, 7, at="2026-01-01"),
    StepsDone(40, {"loss": (0.5, 0.25), "accuracy": (1.0, 0.0)}),
    EpochDone(1, 23, {"loss": 1.0}, {"loss": 2.0, "accuracy": 0.97}, 0.5, 1e4, True),
    Saved(23, "checkpoints/23.safetensors"),
    Warned("Ääh “so”"),
    Changed("paused", True, 12),
    Failed("What.", "What to do."),
    Finished("stopped", 40, 1),
]


@pytest.mark.parametrize("event", EVERY_EVENT, ids=lambda event: type(event).__name__)
def test_a_line_gives_the_event_back(event: Event) -> None:
    line = to_line(event)
    assert "\n" not in line
    assert json.loads(line)["event"] == type(event).__name__
    assert from_line(line) == event


def test_nan_and_infinities_are_words_in_the_line() -> None:
    line = to_line(StepsDone(0, {"loss": (math.nan, math.inf, -math.inf, 1.0)}))
    assert json.loads(line, parse_constant=pytest.fail)["values"]["loss"] == [
        "NaN", "Infinity", "-Infinity", 1.0,
    ]  # fmt: skip
    again = from_line(line)
    assert isinstance(again, StepsDone)
    assert math.isnan(again.values["loss"][0])
    assert again.values["loss"][1:] == (math.inf, -math.inf, 1.0)


@pytest.mark.parametrize(
    "line",
    [
        "", "{", "[]", "null", '{"event": "Nothing"}', '{"event": "Saved", "step": "x", "file": 1}',
        '{"event": "Finished", "reason": "tired", "step": 1, "epoch": 0}', '{"event": ["Saved"]}',
        '{"event": "StepsDone", "first_step": 0, "values": {"loss": ["x"]}}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_foreign_line_gets_a_sentence(line: str) -> None:
    with pytest.raises(UserError, match="no line of a run"):
        from_line(line)


def test_a_newer_programs_line_can_be_read() -> None:
    assert from_line('{"event": "Saved", "step": 1, "file": "a", "sha": "b"}') == Saved(1, "a")


def test_a_stop_ends_a_pause() -> None:
    control = Control()
    control.pause()
    waiting = threading.Thread(target=control.wait)
    waiting.start()
    assert control.is_paused
    control.stop("interrupted")
    control.stop()
    waiting.join(5)
    assert not waiting.is_alive()
    assert (control.is_stopping, control.is_paused, control.reason) == (True, False, "interrupted")


def test_nothing_pauses_a_run_that_is_to_end() -> None:
    control = Control()
    control.stop()
    control.pause()
    assert not control.is_paused
