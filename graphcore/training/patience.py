"""When to try again what the disk refused: after a second, then after twice as long each time."""

from __future__ import annotations

from time import monotonic

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0


class Patience:
    """Knows whether there is trouble, and how long a next try should wait."""

    def __init__(self) -> None:
        self._wait_s = self._not_before = 0.0

    @property
    def seconds_left(self) -> float:
        """Until the next try; 0 or less where one may try now."""
        return self._not_before - monotonic()

    def lose(self) -> bool:
        """A try failed; whether that is news."""
        is_new = not self._wait_s
        self._wait_s = min(max(FIRST_WAIT_S, 2 * self._wait_s), LONGEST_WAIT_S)
        self._not_before = monotonic() + self._wait_s
        return is_new

    def regain(self) -> bool:
        """A try went well; whether that is news."""
        is_new = self._wait_s > 0
        self._wait_s = self._not_before = 0.0
        return is_new
