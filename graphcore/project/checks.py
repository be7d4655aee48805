"""Small checks that are combined into tables: what a value must be, told with its place.

A check takes a value as JSON has it (or as the project holds it) and its place in words, and
returns the value normalized: lists become tuples, records become their frozen dataclass.
It raises UserError with the place, the value and what is allowed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from graphcore.errors import UserError
from graphcore.kinds.params import Int, ParamType, shown

Check = Callable[[object, str], Any]

LONGEST_TEXT = 20_000
MOST_ITEMS = 100_000
DEEPEST = 8


def refuse(where: str, value: object, allowed: str) -> UserError:
    """The error for a value that is not allowed there."""
    return UserError(f"{where}: {shown(value)} is not allowed here.", f"It must be {allowed}.")


def like(kind: ParamType) -> Check:
    """What that type of param allows."""

    def check(value: object, where: str) -> Any:
        try:
            return kind.check(value)
        except UserError as error:
            raise UserError(f"{where}: {error.message}", error.hint) from error

    return check


def whole(low: int, high: int) -> Check:
    """A whole number in these bounds."""
    return like(Int(low, high))


def text(allowed: str = "text", pattern: str = "", longest: int = LONGEST_TEXT) -> Check:
    """Text of at most `longest` characters that matches the pattern and can be written as UTF-8."""
    compiled = re.compile(pattern) if pattern else None

    def check(value: object, where: str) -> str:
        if not isinstance(value, str) or (compiled and not compiled.fullmatch(value)):
            raise refuse(where, value, allowed)
        if len(value) > longest or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise refuse(where, value, f"{allowed} of at most {longest} proper characters")
        return value

    return check


def optional(inner: Check) -> Check:
    """Nothing, or what `inner` allows."""
    return lambda value, where: None if value is None else inner(value, where)


def each(inner: Check, fewest: int = 0, most: int = MOST_ITEMS) -> Check:
    """A list whose items pass `inner`; a tuple comes back."""

    def check(value: object, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or not fewest <= len(value) <= most:
            raise refuse(where, value, f"a list of {fewest} to {most} items")
        return tuple(inner(item, f"{where}.{i}") for i, item in enumerate(value))

    return check


def pairs(key: Check, inner: Check, most: int = MOST_ITEMS) -> Check:
    """A record of any names; names pass `key`, values pass `inner`; a new dict comes back."""

    def check(value: object, where: str) -> dict[Any, Any]:
        items = record_of(value, where, most)
        return {key(k, f"{where}, a name"): inner(v, f"{where}.{k}") for k, v in items.items()}

    return check


def record_of(value: object, where: str, most: int = MOST_ITEMS) -> Mapping[str, object]:
    """The value itself where it is a record with names of a sane length."""
    if not isinstance(value, Mapping) or len(value) > most:
        raise refuse(where, value, f"a record of at most {most} items")
    for name in value:
        if not isinstance(name, str) or len(name) > 200:
            raise refuse(where, name, "a short name")
    return value


def known_keys(value: object, where: str, known: Mapping[str, object]) -> Mapping[str, object]:
    """The record itself where it has no other keys than these."""
    items = record_of(value, where)
    for name in items:
        if name not in known:
            raise UserError(
                f"{where} has “{name[:40]}”, which this version of Netwright does not know.",
                f"Known here: {', '.join(known)}. A newer Netwright may have written it.",
            )
    return items


def check_record(value: object, where: str, table: Mapping[str, Check]) -> dict[str, Any]:
    """A record with no other keys than the table's, each value passed by the table's check."""
    items = known_keys(value, where, table)
    return {name: table[name](item, f"{where}.{name}") for name, item in items.items()}


def some(**table: Check) -> Check:
    """A record with some of these keys."""
    return lambda value, where: check_record(value, where, table)


def frozen(cls: type, **checks: Check) -> Check:
    """A dataclass from a record with its fields' names; absent fields take their defaults.

    Given an instance, it checks that instead.
    """
    needed = {f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING}

    def check(value: object, where: str) -> Any:
        if is_dataclass(value) and isinstance(value, cls):
            value = {field.name: getattr(value, field.name) for field in fields(value)}
        items = check_record(value, where, checks)
        for name in needed - items.keys():
            raise UserError(f"{where} lacks “{name}”.", "The file may be damaged; add it.")
        return cls(**items)

    return check


def plain(value: object, where: str, depth: int = 0) -> Any:
    """Any JSON-like value of a sane size; lists come back as tuples."""
    match value:
        case None | bool():
            return value
        case int() if abs(value) <= 2**63:
            return value
        case float() if math.isfinite(value):
            return value
        case str():
            return text()(value, where)
        case list() | tuple() if len(value) <= MOST_ITEMS and depth < DEEPEST:
            return tuple(plain(item, where, depth + 1) for item in value)
        case Mapping() if depth < DEEPEST:
            items = record_of(value, where)
            return {_name(k, where): plain(v, f"{where}.{k}", depth + 1) for k, v in items.items()}
    raise refuse(where, value, "a plain value of a sane size")


_name: Check = text("a name", longest=200)
