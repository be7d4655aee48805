"""Python text as a tree, whatever other threads do meanwhile.

Where Python 3.11 collects garbage in the middle of `ast.parse` and another thread gets its turn
and parses too, the first one fails with a SystemError. So nothing is collected meanwhile.
"""

from __future__ import annotations

import ast
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.RLock()
_holding = 0
"""How many blocks of how many threads are under way."""
_was_on = True
"""Whether garbage was collected before the first of them began."""


@contextmanager
def no_collection() -> Iterator[None]:
    """No garbage collection meanwhile, in no thread."""
    global _holding, _was_on
    with _lock:
        _was_on = _was_on if _holding else gc.isenabled()
        _holding += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _holding -= 1
            if _was_on and not _holding:
                gc.enable()


def parse(text: str | bytes) -> ast.Module:
    """The tree of a whole file. Raises what `ast.parse` raises for what is no Python."""
    with no_collection():
        return ast.parse(text)


def parse_expression(text: str) -> ast.expr:
    """The tree of one expression."""
    with no_collection():
        return ast.parse(text, mode="eval").body
