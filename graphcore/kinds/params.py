"""Types of params: what value is allowed, and how it is spelled in Python.

`check` takes any JSON-like value and returns it normalized (lists become tuples) or raises
UserError with a sentence; `spell` writes a checked value as Python source. No string from a
file reaches the code except through `spell`.
"""

from __future__ import annotations

import math
import reprlib
from dataclasses import dataclass
from typing import Protocol

from graphcore.errors import UserError
from graphcore.types import DTYPES, parse_type

LARGEST_INT = 2**40
LONGEST_TUPLE = 64


class ParamType(Protocol):
    """What a param may be."""

    def check(self, value: object) -> object:
        """The normalized value. Raises UserError where it is not allowed."""

    def spell(self, value: object) -> str:
        """A checked value as Python source."""

    def describe(self) -> str:
        """What is allowed, as the end of the sentence “must be …”."""


def shown(value: object) -> str:
    """A value as it may stand in a sentence: short, whatever it is."""
    if isinstance(value, str):
        return repr(value[:40])
    if isinstance(value, int) and abs(value) > 2**63:
        return "a huge number"
    if value is None or isinstance(value, bool | int | float):
        return repr(value)
    try:
        return reprlib.repr(value)[:60]
    except ValueError:  # a whole number inside that has too many digits to be written
        return "this"


def refuse(value: object, kind: ParamType) -> UserError:
    """The error that says what is allowed instead."""
    return UserError(f"{shown(value)} is not allowed here.", f"It must be {kind.describe()}.")


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number from `low` to `high`, both allowed."""

    low: int = 0
    high: int = LARGEST_INT

    def check(self, value: object) -> object:
        if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_INT:
            value = int(value)
        if not _is_int(value) or not self.low <= value <= self.high:  # type: ignore[operator]
            raise refuse(value, self)
        return value

    def spell(self, value: object) -> str:
        return repr(value)

    def describe(self) -> str:
        if self.high >= LARGEST_INT:
            return f"a whole number of at least {self.low}"
        return f"a whole number from {self.low} to {self.high}"


INFINITE = ("inf", "-inf")


@dataclass(frozen=True, slots=True)
class Float:
    """A finite number from `low` to `high`, both allowed, or one of `words`.

    With the words INFINITE it may be infinite; files and fields hold those words, the code
    `float("-inf")`.
    """

    low: float = -math.inf
    high: float = math.inf
    words: tuple[str, ...] = ()

    def check(self, value: object) -> object:
        if isinstance(value, float) and math.isinf(value):
            value = "inf" if value > 0 else "-inf"
        if isinstance(value, str) and value in self.words:
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refuse(value, self)
        if isinstance(value, int) and abs(value) > 2**53:
            raise refuse(value, self)
        number = float(value)
        if not math.isfinite(number) or not self.low <= number <= self.high:
            raise refuse(value, self)
        return number

    def spell(self, value: object) -> str:
        return f'float("{value}")' if isinstance(value, str) else repr(value)

    def describe(self) -> str:
        words = f", {' or '.join(self.words)}" if self.words else ""
        if math.isinf(self.low) and math.isinf(self.high):
            return f"a number{words}"
        if math.isinf(self.high):
            return f"a number of at least {self.low:g}{words}"
        return f"a number from {self.low:g} to {self.high:g}{words}"


@dataclass(frozen=True, slots=True)
class Bool:
    """True or False."""

    def check(self, value: object) -> object:
        if not isinstance(value, bool):
            raise refuse(value, self)
        return value

    def spell(self, value: object) -> str:
        return repr(value)

    def describe(self) -> str:
        return "True or False"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def check(self, value: object) -> object:
        if value not in self.options:
            raise refuse(value, self)
        return value

    def spell(self, value: object) -> str:
        return f'"{value}"'

    def describe(self) -> str:
        return "one of " + ", ".join(self.options)


@dataclass(frozen=True, slots=True)
class Dtype:
    """A dtype of torch, by its name."""

    options: tuple[str, ...] = DTYPES

    def check(self, value: object) -> object:
        if value not in self.options:
            raise refuse(value, self)
        return value

    def spell(self, value: object) -> str:
        return f"torch.{value}"

    def describe(self) -> str:
        return "one of " + ", ".join(self.options)


_AXES = {1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}


@dataclass(frozen=True, slots=True)
class Size:
    """One whole number for all axes, or one for each of `axes` axes; `sides` are their names."""

    axes: int
    low: int = 0
    words: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What each number is for."""
        numbered = tuple(str(place + 1) for place in range(self.axes))
        return self.sides or _AXES.get(self.axes, numbered)

    def check(self, value: object) -> object:
        each = Int(self.low)
        if isinstance(value, str) and value in self.words:
            return value
        if isinstance(value, list | tuple):
            if len(value) != self.axes:
                raise refuse(value, self)
            try:
                return tuple(each.check(item) for item in value)
            except UserError:
                raise refuse(value, self) from None
        try:
            return each.check(value)
        except UserError:
            raise refuse(value, self) from None

    def spell(self, value: object) -> str:
        return f'"{value}"' if isinstance(value, str) else repr(value)

    def describe(self) -> str:
        words = f", or {' or '.join(self.words)}" if self.words else ""
        many = f", or {self.axes} of them" if self.axes > 1 else ""
        return f"a whole number of at least {self.low}{many}{words}"


@dataclass(frozen=True, slots=True)
class Ints:
    """A list of whole numbers, each from `low` up; one number stands for a list of one."""

    low: int = 0
    fewest: int = 1

    def check(self, value: object) -> object:
        items = value if isinstance(value, list | tuple) else (value,)
        if not self.fewest <= len(items) <= LONGEST_TUPLE:
            raise refuse(value, self)
        try:
            return tuple(Int(self.low).check(item) for item in items)
        except UserError:
            raise refuse(value, self) from None

    def spell(self, value: object) -> str:
        return repr(value)

    def describe(self) -> str:
        return f"a list of whole numbers, each at least {self.low}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number, or lists of numbers (nested up to four deep) of equal lengths.

    With the words INFINITE some may be infinite; an infinite float is none of them, since a
    number in a file that is too large for one reads as infinity.
    """

    most: int = 1000
    words: tuple[str, ...] = ()

    def check(self, value: object) -> object:
        count = [0]
        checked = self._check(value, 0, count)
        if _shape(checked) is None:
            raise refuse(value, self)
        return checked

    def _check(self, value: object, depth: int, count: list[int]) -> object:
        if isinstance(value, list | tuple) and value and depth < 4:
            if len(value) > self.most:
                raise refuse(value, self)
            return tuple(self._check(item, depth + 1, count) for item in value)
        count[0] += 1
        if isinstance(value, str) and value in self.words and count[0] <= self.most:
            return value
        if isinstance(value, bool) or not isinstance(value, int | float) or count[0] > self.most:
            raise refuse(value, self)
        if not abs(value) <= 2**53:  # false for NaN; isfinite fails for huge whole numbers
            raise refuse(value, self)
        return value

    def spell(self, value: object) -> str:
        if isinstance(value, tuple):
            return "[" + ", ".join(self.spell(item) for item in value) + "]"
        return f'float("{value}")' if isinstance(value, str) else repr(value)

    def describe(self) -> str:
        words = f"; {' and '.join(self.words)} may be among them" if self.words else ""
        return f"a number, or a list of numbers such as [1, 2.5]{words}"


def _shape(value: object) -> tuple[int, ...] | None:
    """The shape of nested tuples; None where their lengths differ."""
    if not isinstance(value, tuple):
        return ()
    shapes = {_shape(item) for item in value}
    first = shapes.pop()
    return None if shapes or first is None else (len(value), *first)


@dataclass(frozen=True, slots=True)
class TypeText:
    """A type as `float32[1, 8, 8]`, per sample."""

    def check(self, value: object) -> object:
        if not isinstance(value, str):
            raise refuse(value, self)
        return str(parse_type(value))

    def spell(self, value: object) -> str:
        return repr(value)

    def describe(self) -> str:
        return "a dtype and sizes, such as float32[1, 8, 8]"


@dataclass(frozen=True, slots=True)
class Plain:
    """What a block's param may be: a number, True, False, or a tuple of whole numbers."""

    def check(self, value: object) -> object:
        if isinstance(value, bool):
            return value
        if isinstance(value, list | tuple):
            return Ints(-LARGEST_INT).check(value)
        return Int(-LARGEST_INT).check(value) if _is_int(value) else Float().check(value)

    def spell(self, value: object) -> str:
        return repr(value)

    def describe(self) -> str:
        return "a number, True, False or a list of whole numbers"
