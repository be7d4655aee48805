"""What each small project must be told, or not be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.drawing import Drawing

Make = Callable[[], Drawing]


@dataclass(frozen=True)
class Expected:
    """A project and the rule that it breaks at a node; a sound one breaks none (`path` is None).

    `mends` says that a repair is offered.
    """

    make: Make
    rule: str
    path: str | None = None
    mends: bool = True

    def __str__(self) -> str:
        return f"{self.rule}-{self.make.__name__}"


BROKEN: list[Expected] = []
SOUND: list[Expected] = []


def broken(
    rule: str, path: str, mends: bool = True
) -> Callable[[Make], Make]:  # fmt: skip
    """This project breaks the rule at that node."""

    def keep(make: Make) -> Make:
        BROKEN.append(Expected(make, rule, path, mends))
        return make

    return keep


def sound(rule: str) -> Callable[[Make], Make]:
    """This project only looks as if it broke the rule; it has no problem at all."""

    def keep(make: Make) -> Make:
        SOUND.append(Expected(make, rule))
        return make

    return keep
