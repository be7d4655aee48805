"""What the warm process beside the window does when asked. No Qt here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graphcore.analysis.result import Value
from graphcore.project.project import Project
from gui.apart import admit_files
from gui.predictions import Answers, NoAnswer, Oracle, Question
from gui.values import Seen, Texts, evaluate

_ORACLE = Oracle(is_apart=True)


def examine(question: Question) -> Answers | NoAnswer:
    """Answers for samples, as the window's own oracle gives them."""
    project = question.run.project() if question.run else question.project
    folder = question.path.parent if question.path else None
    admit_files(project, folder, question.run.folder if question.run else None)
    return _ORACLE.examine(question)


def answer(raw: Any) -> Any:
    """What the model that was examined last says of one input."""
    return _ORACLE.answer(raw)


def values(project: Project, start: Value | None, folder: Path | None) -> tuple[Texts, Texts, Seen]:
    """Texts of values and derivatives, and statistics, after one pass through the drawing."""
    from graphcore.analysis.analyse import analyse

    admit_files(project, folder)
    return evaluate(project, analyse(project), start, folder)
