"""A number some steps on, as arrow keys, the wheel and drags move it; never beyond its bounds."""

from __future__ import annotations

import math

from graphcore.kinds.params import Float, Int, ParamType, Plain, Size


def can_step(kind: ParamType) -> bool:
    """Whether values of that type can be moved by steps."""
    return isinstance(kind, Int | Float | Size | Plain)


def stepped(kind: ParamType, value: object, steps: int) -> object:
    """The value `steps` on: by one, or by one in a decimal number's first digit.

    None where the value is no number, such as a word or a formula. One number for each axis moves
    in all of them.
    """
    if isinstance(value, tuple):
        moved = [stepped(kind, item, steps) for item in value]
        return None if None in moved else tuple(moved)
    if not _is_number(value) or not can_step(kind):
        return None
    if isinstance(kind, Float) or isinstance(value, float):
        return _within(kind, _moved(float(value), steps))  # type: ignore[arg-type]
    return _within(kind, value + steps)  # type: ignore[operator]


def doubled(kind: ParamType, value: object, *, is_half: bool) -> object:
    """Twice the value or half of it, rounded down where it is a whole number; None as above."""
    if isinstance(value, tuple):
        found = [doubled(kind, item, is_half=is_half) for item in value]
        return None if None in found else tuple(found)
    if not _is_number(value) or not can_step(kind):
        return None
    if isinstance(value, int):
        return _within(kind, value // 2 if is_half else value * 2)
    return _within(kind, value / 2 if is_half else value * 2)  # type: ignore[operator]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _moved(value: float, steps: int) -> float:
    """One step at a time, since the first digit may become another: 1.0 goes on to 0.9."""
    for _ in range(min(abs(steps), 1000)):
        value = _moved_once(value, 1 if steps > 0 else -1)
    return value


def _moved_once(value: float, way: int) -> float:
    size = math.floor(math.log10(abs(value))) if value else -1
    towards_zero = value * way < 0
    if value and towards_zero and math.isclose(abs(value), 10.0**size):
        size -= 1
    if size < -300:
        return value
    return float(f"{value + way * 10.0**size:.12g}")


def _within(kind: ParamType, value: int | float) -> int | float:
    low = getattr(kind, "low", -math.inf)
    high = getattr(kind, "high", math.inf)
    bounded = min(max(value, low), high)
    return int(bounded) if isinstance(value, int) else float(bounded)
