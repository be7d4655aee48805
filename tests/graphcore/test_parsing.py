"""Python text is read while another thread reads some, too."""

from __future__ import annotations

import ast
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from graphcore.data.npz_file import read_arrays
from graphcore.parsing import no_collection, parse, parse_expression

LONG = "[" + ", ".join(f"f(a, {n})" for n in range(300)) + "]"


class Interrupting:
    """Garbage: where it is collected, another thread gets its turn and parses."""

    def __init__(self, met: list[bool]) -> None:
        self._itself, self._met = self, met

    def __del__(self) -> None:
        if self._met:
            other = threading.Thread(target=ast.parse, args=("def f():\n    return [[1]]",))
            other.start()
            other.join()
            Interrupting(self._met)


@contextmanager
def interrupted() -> Iterator[None]:
    """Garbage is collected soon, and each time there is some that interrupts."""
    before = gc.get_threshold()
    gc.collect()
    is_on = [True]
    Interrupting(is_on)
    gc.set_threshold(30)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        is_on.clear()
        gc.collect()


@pytest.mark.parametrize("read", [parse, parse_expression])
def test_another_thread_may_parse_meanwhile(read: Callable[[str], object]) -> None:
    with interrupted():
        for _ in range(20):
            read(LONG)


def test_another_thread_may_parse_while_numpy_reads_headers(tmp_path: Path) -> None:
    np.savez(tmp_path / "some.npz", x=np.zeros((4, 1)), y=np.zeros((4, 5, 6, 7)))
    with interrupted():
        for _ in range(20):
            read_arrays(tmp_path / "some.npz")


def test_garbage_is_collected_again_when_the_last_of_them_is_through() -> None:
    with no_collection():
        with no_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with no_collection():
            pass
        assert not gc.isenabled()  # whoever turned it off turns it on
    finally:
        gc.enable()
