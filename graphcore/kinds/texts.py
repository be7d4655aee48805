"""Types of params whose values are more than numbers: equations, subscripts, chosen pieces of code.

Each admits so little that nothing else than what it means can reach the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graphcore.errors import UserError
from graphcore.kinds.params import Int, Ints, Numbers, refuse

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Named:
    """One of a few words, each of which stands for a piece of code."""

    pieces: tuple[tuple[str, str], ...]

    @property
    def options(self) -> tuple[str, ...]:
        """The words."""
        return tuple(word for word, _ in self.pieces)

    def check(self, value: object) -> object:
        if not isinstance(value, str) or value not in self.options:
            raise refuse(value, self)
        return value

    def spell(self, value: object) -> str:
        return next(code for word, code in self.pieces if word == value)

    def describe(self) -> str:
        return "one of " + ", ".join(self.options)


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation of torch.einsum, such as `bij, bjk -> bik`."""

    def check(self, value: object) -> object:
        if not isinstance(value, str) or len(value) > LONGEST:
            raise refuse(value, self)
        compact = re.sub(r" *(,|->) *", lambda found: f"{found[1]} ", value.strip(" "))
        text = compact.replace("-> ", " -> ").strip(" ")
        term = r"[A-Za-z]*(?:\.\.\.)?[A-Za-z]*"
        if not re.fullmatch(rf"{term}(?:, {term})*(?: -> ?{term})?", text) or not text:
            raise refuse(value, self)
        return text

    def spell(self, value: object) -> str:
        return f'"{value}"'

    def describe(self) -> str:
        return "letters for axes with commas and ->, such as bij, bjk -> bik"


_ITEM = re.compile(
    r"\.\.\.|None|-?[0-9]{1,9}|(?:-?[0-9]{1,9})?:(?:-?[0-9]{1,9})?(?::0*[1-9][0-9]{0,8})?"
)


@dataclass(frozen=True, slots=True)
class Subscript:
    """What stands between the brackets of `x[:, 1:5]`: places, ranges, `...` and None."""

    def check(self, value: object) -> object:
        if not isinstance(value, str) or len(value) > LONGEST:
            raise refuse(value, self)
        items = [item.strip(" ") for item in value.split(",")]
        if not all(_ITEM.fullmatch(item) for item in items):
            raise refuse(value, self)
        if items.count("...") > 1:
            raise refuse(value, self)
        return ", ".join(str(int(i)) if re.fullmatch(r"-?[0-9]+", i) else i for i in items)

    def spell(self, value: object) -> str:
        return str(value)

    def describe(self) -> str:
        return "places and ranges of the axes as in Python, such as :, 0, 1:5"


@dataclass(frozen=True, slots=True)
class Weights:
    """A tensor of decimal numbers: a list of them, or lists nested up to four deep."""

    def check(self, value: object) -> object:
        try:
            checked = Numbers().check(value)
        except UserError:
            raise refuse(value, self) from None
        return _floats(checked)

    def spell(self, value: object) -> str:
        return f"torch.tensor({Numbers().spell(value)})"

    def describe(self) -> str:
        return "a list of numbers such as [1, 2.5]"


def _floats(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_floats(item) for item in value)
    assert isinstance(value, int | float)
    return float(value)


@dataclass(frozen=True, slots=True)
class Axes:
    """One axis or several, counted from the front (0 is the batch) or from the back (-1)."""

    def check(self, value: object) -> object:
        try:
            if isinstance(value, list | tuple):
                return Ints(-8).check([Int(-8, 8).check(item) for item in value])
            return Int(-8, 8).check(value)
        except UserError:
            raise refuse(value, self) from None

    def spell(self, value: object) -> str:
        return repr(value)

    def describe(self) -> str:
        return "an axis from -8 to 8, or a list of them"


@dataclass(frozen=True, slots=True)
class Text:
    """A short text for a class of the user's own: no quotes, brackets or commas can be in it."""

    def check(self, value: object) -> object:
        if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_.:/+ -]{0,80}", value):
            raise refuse(value, self)
        return value

    def spell(self, value: object) -> str:
        return f'"{value}"'

    def describe(self) -> str:
        return "at most 80 letters A-Z, digits, spaces and any of _ . : / + -"
