"""The dialog that asks for the one value in which a duplicate of a run shall differ."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from graphcore.errors import UserError
from graphcore.project.plan import COMPILE_MODES, LOADINGS, PARALLEL, PRECISIONS, Plan
from graphcore.training.changes import PLAN_KEYS, Setting, value_of, with_setting
from graphcore.training.parts import OPTIMIZERS, optimizer_of
from gui import format
from gui.dialogs.change import RATE, SCHEDULE, ChangeDialog, Question, Row, schedules

_FIRST = ("epochs", "batch_size", "seed")
_UNASKED = ("metrics", "device", "threads")
"""What a duplicate keeps as the run had it."""


def duplicate_dialog(plan: Plan, parent: QWidget) -> ChangeDialog:
    """Asks which value of the plan the duplicate shall have."""

    def check(wanted: Setting) -> None:
        changed = with_setting(plan, wanted.key, wanted.value)
        if changed == plan:
            raise UserError(_say("That is what the run has."))

    question = Question(
        _say("Duplicate the run with a change"), _say("Train"),
        _say("Everything else is as the run had it. It waits where another run is under way."),
        _rows(plan), _choices(plan), check,
    )  # fmt: skip
    return ChangeDialog(question, plan, parent)


def _rows(plan: Plan) -> tuple[Row, ...]:
    others = (key for key in PLAN_KEYS if key not in (*_FIRST, *_UNASKED))
    params = optimizer_of(plan.objectives[0]).params
    return (
        (_say("Learning rate"), RATE),
        *((format.title(key), key) for key in _FIRST),
        (_say("Optimizer"), "optimizer.name"),
        (_say("Schedule"), SCHEDULE),
        *((format.title(param.name), f"optimizer.{param.name}")
          for param in params if param.name != "lr"),
        *((format.title(key), key) for key in others),
    )  # fmt: skip


def _choices(plan: Plan) -> dict[str, tuple[Row, ...]]:
    found = {
        "precision": _same(PRECISIONS),
        "compile": tuple((mode or _say("off"), mode) for mode in COMPILE_MODES),
        "loading": _same(LOADINGS),
        "parallel": _same(PARALLEL),
        "optimizer.name": _same(tuple(OPTIMIZERS)),
        SCHEDULE: schedules(),
    }
    yes_or_no = ((_say("yes"), "true"), (_say("no"), "false"))
    for _, key in _rows(plan):
        if isinstance(value_of(plan, key), bool):
            found[key] = yes_or_no
    return found


def _same(words: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple((word, word) for word in words)


def _say(text: str) -> str:
    return QCoreApplication.translate("DuplicateDialog", text)
