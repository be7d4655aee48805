"""Repairs that were tried: each on a copy of the project, which is then analysed anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graphcore.analysis.analyse import analyse
from graphcore.analysis.outside import Outside
from graphcore.analysis.result import Analysis, Problem, Repair
from graphcore.errors import UserError
from graphcore.project.project import Project

MOST_REPAIRS = 3

Key = tuple[str, str, str]


def proven(
    project: Project, problem: Problem, analysis: Analysis | None = None,
    outside: Outside | None = None,
) -> tuple[Repair, ...]:  # fmt: skip
    """The repairs of a problem that remove it and make no new one, at most three, best first.

    `analysis` is what `analyse(project)` said; it is asked where it is not given, and whoever is
    `outside` with it.
    """
    if not problem.repairs:
        return ()
    before = analysis or analyse(project, outside)
    found: list[Repair] = []
    for repair in problem.repairs:
        if len(found) < MOST_REPAIRS and is_proven(project, problem, repair, before, outside):
            found.append(repair)
    return tuple(found)


def with_proven(
    project: Project, problems: Iterable[Problem], analysis: Analysis | None = None,
    outside: Outside | None = None,
) -> tuple[Problem, ...]:  # fmt: skip
    """The same problems, each with its proven repairs only."""
    before = analysis or analyse(project, outside)
    return tuple(replace(one, repairs=proven(project, one, before, outside)) for one in problems)


def is_proven(
    project: Project, problem: Problem, repair: Repair, before: Analysis,
    outside: Outside | None = None,
) -> bool:  # fmt: skip
    """Whether a repair removes the problem and makes no new one.

    A warning may come up at a node that could not be looked at before: the problem hid it.
    """
    copy = project.copy()
    try:
        repair.edit.apply(copy)
    except UserError:
        return False
    after = analyse(copy, outside)
    known = {_key(one) for one in before.problems}
    if _key(problem) in {_key(one) for one in after.problems}:
        return False
    dark = {path for path, facts in before.nodes.items() if not facts.outputs}
    return all(
        _key(one) in known or (one.severity != "error" and one.path in dark)
        for one in after.problems
    )


def _key(problem: Problem) -> Key:
    return problem.rule, problem.path, problem.port
