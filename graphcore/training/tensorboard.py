"""Curves as a TensorBoard event file, written byte by byte as TensorFlow's records are.

A record is its length, the masked CRC-32C of that, an Event of protobuf, and its masked CRC-32C
(tensorflow/core/lib/io/record_writer.h, tensorflow/core/util/event.proto).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graphcore.errors import UserError
from graphcore.project.whole import whole
from graphcore.training.curves import Curves
from graphcore.worker import CancelledError

Bytes = npt.NDArray[np.uint8]
TOGETHER = 200_000
_VERSION = b"brain.Event:2"
_NO_TIME = 0.0


def write_events(folder: Path, curves: Curves, cancel: threading.Event | None = None) -> Path:
    """Every series as scalars in a new file of the folder, whole or not at all; the file.

    Tags are `train/loss`, `epoch/loss`, `val/loss`, `sampled/memory`. Raises UserError where
    nothing can be written, CancelledError where `cancel` is set meanwhile.
    """
    began = _began(curves)
    path = folder / f"events.out.tfevents.{int(began)}.netwright"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with whole(path) as fresh, fresh.open("wb") as file:
            version = _double(1, np.array([began])), _message(3, _rows(_VERSION, 1))
            file.write(_records(np.concatenate(version, axis=1)).tobytes())
            for tag, steps, values in _scalars(curves):
                times = np.full(len(steps), began)
                times += curves.at(steps, "time") if curves.has_clock else 0.0
                for block in _events(tag, steps, values, times):
                    if cancel is not None and cancel.is_set():
                        raise CancelledError
                    file.write(block)
    except OSError as error:
        raise UserError(
            f"Nothing can be written to {folder}: {error.strerror}.", "Choose another folder."
        ) from error
    return path


def crc32c(rows: Bytes) -> npt.NDArray[np.uint32]:
    """The Castagnoli checksum of each row of bytes, [rows, bytes] to [rows]."""
    found = np.full(len(rows), 0xFFFFFFFF, np.uint32)
    for column in rows.T:
        found = _TABLE[(found ^ column) & 0xFF] ^ (found >> np.uint32(8))
    return np.asarray(found ^ np.uint32(0xFFFFFFFF))


def _table() -> npt.NDArray[np.uint32]:
    found = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        found = np.where(found & 1, (found >> np.uint32(1)) ^ np.uint32(0x82F63B78), found >> 1)
    return found.astype(np.uint32)


_TABLE = _table()


def _scalars(curves: Curves) -> Iterator[tuple[str, npt.NDArray[np.int64], npt.ArrayLike]]:
    for name, series in curves.steps.items():
        yield f"train/{name}", np.arange(1, len(series) + 1), series.values
    parts = (("epoch", curves.train), ("val", curves.val), ("sampled", curves.samples))
    for part, found in parts:
        for name, points in found.items():
            yield f"{part}/{name}", np.asarray(points.steps, np.int64), points.values


def _events(
    tag: str, steps: npt.NDArray[np.int64], values: npt.ArrayLike, times: npt.NDArray[np.float64]
) -> Iterator[bytes]:
    """Records of one series, many at once: those whose steps take as many bytes are alike."""
    numbers = np.asarray(values, "<f4")
    borders = [0, *np.searchsorted(steps, [1 << 7 * size for size in range(1, 9)]), len(steps)]
    for low, high in pairwise(borders):
        for first in range(low, high, TOGETHER):
            part = slice(first, min(high, first + TOGETHER))
            yield _records(_event(tag, steps[part], numbers[part], times[part])).tobytes()


def _event(
    tag: str, steps: npt.NDArray[np.int64], values: npt.NDArray[np.float32],
    times: npt.NDArray[np.float64],
) -> Bytes:  # fmt: skip
    count = len(steps)
    float_key = _rows(bytes([2 << 3 | 5]), count)
    value = [_message(1, _rows(tag.encode(), count)), float_key, _bytes_of(values)]
    summary = _message(1, np.concatenate(value, axis=1))
    step = np.concatenate([_rows(bytes([2 << 3]), count), _varints(steps)], axis=1)
    return np.concatenate([_double(1, times), step, _message(5, summary)], axis=1)


def _records(rows: Bytes) -> Bytes:
    length = _bytes_of(np.full(len(rows), rows.shape[1], "<u8"))
    return np.concatenate([length, _masked(length), rows, _masked(rows)], axis=1)


def _masked(rows: Bytes) -> Bytes:
    crc = crc32c(rows)
    turned = (crc >> np.uint32(15)) | (crc << np.uint32(17))
    return _bytes_of((turned + np.uint32(0xA282EAD8)).astype("<u4"))


def _double(field: int, values: npt.NDArray[np.float64]) -> Bytes:
    key = _rows(bytes([field << 3 | 1]), len(values))
    return np.concatenate([key, _bytes_of(values.astype("<f8"))], axis=1)


def _message(field: int, rows: Bytes) -> Bytes:
    size = _varints(np.array([rows.shape[1]]))[0].tobytes()
    head = _rows(bytes([field << 3 | 2]) + size, len(rows))
    return np.concatenate([head, rows], axis=1)


def _varints(numbers: npt.NDArray[np.int64]) -> Bytes:
    """Numbers of which all take as many bytes, seven bits in each, the lowest first."""
    size = max(1, -(-int(numbers[-1]).bit_length() // 7))
    shifted = numbers[:, None] >> (7 * np.arange(size))
    goes_on = np.where(np.arange(size) < size - 1, 0x80, 0)
    return (shifted & 0x7F | goes_on).astype(np.uint8)


def _rows(text: bytes, count: int) -> Bytes:
    return np.broadcast_to(np.frombuffer(text, np.uint8), (count, len(text)))


def _bytes_of(values: npt.NDArray[np.generic]) -> Bytes:
    return np.ascontiguousarray(values).view(np.uint8).reshape(len(values), -1)


def _began(curves: Curves) -> float:
    try:
        return datetime.fromisoformat(curves.started_at).timestamp()
    except ValueError:
        return _NO_TIME
