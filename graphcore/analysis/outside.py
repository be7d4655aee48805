"""Where the shapes of a person's own classes come from: a process that may run them."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Protocol

from torch import nn

from graphcore.analysis.shapes import Outcome, Question, outcome
from graphcore.errors import UserError
from graphcore.project.admission import is_admitted
from graphcore.project.modules import UserModule

UNTRUSTED = "untrusted"
BROKEN = "module"


class Outside(Protocol):
    """Somebody who may be asked about a Python module."""

    def outcome(self, module: UserModule, question: Question) -> Outcome:
        """What the module gives for these input types. Never raises."""


class Here:
    """This very process, where the module's file was admitted (a worker, a trusted command)."""

    def outcome(self, module: UserModule, question: Question) -> Outcome:
        """What running it here gives; a refusal where it was not admitted."""
        if is_admitted(module):
            return run_module(module, question)
        refusal = UserError(
            f"{module.source} is code of the project's own and has not been trusted here.",
            "Trust the project first.",
        )
        return refused(UNTRUSTED, refusal)


def refused(rule: str, error: UserError) -> Outcome:
    """The outcome of a question that was not asked, or not answered."""
    return Outcome(error=str(error), rule=rule)


def class_of(module: UserModule) -> type[nn.Module]:
    """The class itself, imported; anything else of that name is never called. Raises UserError."""
    try:
        found = getattr(importlib.import_module(module.path), module.class_name)
    except (Exception, SystemExit) as error:
        what = f"{type(error).__name__}: {error}"[:200]
        raise UserError(f"{module.source} can't be imported: {what}.", "Check its name.") from error
    if not (isinstance(found, type) and issubclass(found, nn.Module)):
        raise UserError(f"{module.source} is no layer.", "Choose a class of torch.nn.Module.")
    return found


def run_module(module: UserModule, question: Question) -> Outcome:
    """The outcome of a question about a class, once it is known to be one of torch.nn.Module."""
    try:
        class_of(module)
    except UserError as error:
        return refused(BROKEN, error)
    return run(question)


def run(question: Question) -> Outcome:
    """The outcome on meta tensors; on small real ones where the class looks at numbers."""
    found = outcome(question)
    if not found.error:
        return found
    second = outcome(replace(question, real=True))
    return replace(found, rule=BROKEN) if second.error else second
