"""What a line of text means for a param, or why it means nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from graphcore.errors import UserError
from graphcore.kinds.arithmetic import is_sum, worked_out
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import Param
from graphcore.kinds.line import Line
from graphcore.kinds.params import Choice, Dtype, Float, Int, Numbers, Size, TypeText
from graphcore.kinds.texts import Equation, Named, Subscript, Text
from graphcore.project.edits import MISSING
from gui import format

_WORDY = (TypeText, Choice, Dtype, Named, Equation, Subscript, Line, Text)


class _Different:
    """What a field shows where several nodes differ."""

    def __repr__(self) -> str:
        return "DIFFERENT"


DIFFERENT = _Different()


def read(text: str, param: Param, names: Mapping[str, object]) -> object:
    """The value that a text means for a param. Raises UserError where it means none.

    An empty text is MISSING; one that begins with `=` is a Formula (tried on `names`); a sum
    such as `64*7*7` is its result. Numbers of a tensor are floats with or without a point, since
    both look the same on a card; whole ones are a matter of its dtype.
    """
    plain = text.strip()
    if not plain:
        return MISSING
    if plain.startswith("="):
        formula = Formula(plain[1:].strip())
        param.check(evaluate(formula, names))
        return formula
    if isinstance(param.type, _WORDY):
        return param.check(plain)
    if isinstance(param.type, Size | Float) and plain in param.type.words:
        return plain
    value = _checked(plain, param)
    return _as_floats(value) if isinstance(param.type, Numbers) else value


def preview(text: str, value: object) -> str:
    """What a sum comes to, to be shown beside it; empty where the text is no sum."""
    return f"= {format.value(value)}" if is_sum(text) else ""


def shown_text(value: object) -> str:
    """A chosen value as it can be typed again; torch's None stays a word, empty means nothing."""
    if value is MISSING or value is DIFFERENT:
        return ""
    return "None" if value is None else format.value(value)


def _checked(text: str, param: Param) -> object:
    try:
        value = worked_out(text)
    except UserError as error:
        hint = f"{error.hint} {_must_be(param)}".strip()
        raise UserError(error.message, hint) from error
    try:
        return param.check(value)
    except UserError as error:
        if isinstance(param.type, Int | Float) and re.fullmatch(r"-?\d+,\d+", text):
            hint = _say("Write decimals with a point: {0}.").format(text.replace(",", "."))
            raise UserError(_say("“{0}” is not a number.").format(text), hint) from error
        if is_sum(text):
            message = _say("“{0}” comes to {1}, which is not allowed here.")
            known = message.format(text[:40], format.value(value)[:40])
            raise UserError(known, error.hint) from error
        raise


def _must_be(param: Param) -> str:
    return f"It must be {param.type.describe()}."


def _as_floats(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_as_floats(item) for item in value)
    return float(value) if isinstance(value, int) else value


def _say(text: str) -> str:
    return QCoreApplication.translate("fields", text)
