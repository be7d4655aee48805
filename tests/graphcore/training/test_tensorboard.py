"""TensorBoard's event files, read back byte by byte by the format's own rules."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from graphcore.errors import UserError
from graphcore.training.curves import Curves
from graphcore.training.events import EpochDone, Sampled, Started, StepsDone
from graphcore.training.tensorboard import crc32c, write_events

COUNT = 20_000  # steps of one, two and three bytes


@pytest.fixture
def curves() -> Curves:
    made = Curves()
    losses = tuple((np.arange(COUNT) / 7).tolist())
    seconds = tuple((np.arange(1, COUNT + 1) / 2).tolist())
    made.feed(Started("r", "cpu", 1, 1, COUNT, 5, at="2026-01-02T03:04:05+00:00"))
    made.feed(StepsDone(0, {"loss": losses, "seconds": seconds}))
    made.feed(EpochDone(1, COUNT, {"loss": 0.5}, {"loss": 0.25}, 1.0, 1.0))
    made.feed(Sampled(130, {"memory": 5.0}))
    return made


def crc(data: bytes) -> int:
    """Bit by bit, as the standard says it; TensorFlow turns and shifts it then."""
    found = 0xFFFFFFFF
    for byte in data:
        found ^= byte
        for _ in range(8):
            found = (found >> 1) ^ (0x82F63B78 if found & 1 else 0)
    found ^= 0xFFFFFFFF
    return (((found >> 15) | (found << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def records(raw: bytes, checked: int) -> list[bytes]:
    """The payloads; of the first `checked` the sums are computed anew."""
    found, at = [], 0
    while at < len(raw):
        length, sum_of_length = struct.unpack_from("<QI", raw, at)
        payload = raw[at + 12 : at + 12 + length]
        (sum_of_payload,) = struct.unpack_from("<I", raw, at + 12 + length)
        if len(found) < checked:
            assert crc(raw[at : at + 8]) == sum_of_length
            assert crc(payload) == sum_of_payload
        found.append(payload)
        at += 16 + length
    assert at == len(raw)
    return found


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not data[at - 1] & 0x80:
            return value, at


def message(data: bytes) -> dict[int, object]:
    """Fields of a protobuf message by number."""
    found, at = dict[int, object](), 0
    while at < len(data):
        key, at = varint(data, at)
        match key & 7:
            case 0:
                found[key >> 3], at = varint(data, at)
            case 1:
                found[key >> 3], at = struct.unpack_from("<d", data, at)[0], at + 8
            case 2:
                size, at = varint(data, at)
                found[key >> 3], at = data[at : at + size], at + size
            case 5:
                found[key >> 3], at = struct.unpack_from("<f", data, at)[0], at + 4
    return found


def test_the_sum_is_the_one_of_the_standard() -> None:
    rows = np.frombuffer(b"123456789" + bytes(9), np.uint8).reshape(2, 9)
    assert crc32c(rows)[0] == 0xE3069283


def test_every_value_is_there_with_its_step_and_time(curves: Curves, tmp_path: Path) -> None:
    path = write_events(tmp_path / "board", curves)
    assert "tfevents" in path.name
    first, *events = records(path.read_bytes(), checked=300)
    assert message(first)[3] == b"brain.Event:2"
    began = message(first)[1]
    assert began == 1767323045.0
    by_tag: dict[str, list[tuple[int, float, float]]] = {}
    for event in map(message, events):
        value = message(message(event[5])[1])  # type: ignore[arg-type]
        rows = by_tag.setdefault(value[1].decode(), [])  # type: ignore[attr-defined]
        rows.append((event[2], value[2], event[1] - began))  # type: ignore[arg-type, operator]
    assert list(by_tag) == ["train/loss", "train/seconds", "epoch/loss", "val/loss",
                            "sampled/memory"]  # fmt: skip
    losses = by_tag["train/loss"]
    assert [step for step, _, _ in losses] == list(range(1, COUNT + 1))
    assert [value for _, value, _ in losses] == curves.steps["loss"].values.tolist()
    assert losses[-1][2] == pytest.approx(COUNT / 2)
    assert by_tag["val/loss"] == [(COUNT, 0.25, COUNT / 2)]
    assert by_tag["sampled/memory"] == [(130, 5.0, 65.0)]


def test_a_run_without_a_clock_has_one_time(tmp_path: Path) -> None:
    made = Curves()
    made.feed(StepsDone(0, {"loss": (1.0, float("nan"))}))
    events = records(write_events(tmp_path, made).read_bytes(), checked=3)
    assert [message(event).get(2) for event in events] == [None, 1, 2]
    assert {message(event)[1] for event in events} == {0.0}


def test_what_can_not_be_written_leaves_nothing(curves: Curves, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UserError, match="can be written"):
        write_events(tmp_path / "file", curves)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
