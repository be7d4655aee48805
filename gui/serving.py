"""What the warm process beside the window does when asked. No Qt here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphcore.project.project import Project
from gui.apart import admit_files
from gui.predictions import Answers, NoAnswer, Oracle, Question
from gui.results import Findings, Request, results_of
from gui.values import Asked, Looked, evaluate

if TYPE_CHECKING:
    from graphcore.training.watching import Watched

_ORACLE = Oracle(is_apart=True)


def examine(question: Question) -> Answers | NoAnswer:
    """Answers for samples, as the window's own oracle gives them."""
    project = question.run.project() if question.run else question.project
    folder = question.path.parent if question.path else None
    admit_files(project, folder, question.run.folder if question.run else None)
    return _ORACLE.examine(question)


def results(request: Request) -> Findings | NoAnswer:
    """What a run's model makes of the validation samples."""
    assert request.run is not None
    folder = request.path.parent if request.path else None
    admit_files(request.run.project(), folder, request.run.folder)
    return results_of(request.run, request)


def answer(raw: Any) -> Any:
    """What the model that was examined last says of one input."""
    return _ORACLE.answer(raw)


def values(project: Project, asked: Asked) -> Looked:
    """Texts of values and derivatives, and statistics, after one pass through the drawing."""
    from graphcore.analysis.analyse import analyse

    admit_files(project, asked.folder)
    return evaluate(project, analyse(project), asked)


def watched(project: Project, folder: Path | None) -> Watched:
    """Time and gradient of every node, on one batch."""
    from graphcore.training.watching import watch_project

    admit_files(project, folder)
    return watch_project(project, folder)
