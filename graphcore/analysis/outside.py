"""Where the shapes of a person's own classes come from: a process that may run them."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

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
            return run(question)
        refusal = UserError(
            f"{module.source} is code of the project's own and has not been trusted here.",
            "Trust the project first.",
        )
        return refused(UNTRUSTED, refusal)


def refused(rule: str, error: UserError) -> Outcome:
    """The outcome of a question that was not asked, or not answered."""
    return Outcome(error=str(error), rule=rule)


def run(question: Question) -> Outcome:
    """The outcome on meta tensors; on small real ones where the class looks at numbers."""
    found = outcome(question)
    if not found.error:
        return found
    second = outcome(replace(question, real=True))
    return replace(found, rule=BROKEN) if second.error else second
