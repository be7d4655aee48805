"""Repairs that were tried: each on a copy of the project, which is then analysed anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graphcore.analysis.analyse import judged, walked
from graphcore.analysis.outside import Outside
from graphcore.analysis.result import Analysis, Problem, Repair
from graphcore.analysis.walk import Walk
from graphcore.errors import UserError
from graphcore.project.edits import MISSING, SetParam
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
    return with_proven(project, [problem], analysis, outside)[0].repairs


def _proven(walk: Walk, problem: Problem, before: Analysis) -> tuple[Repair, ...]:
    found: list[Repair] = []
    others: list[tuple[Repair, frozenset[Key]]] = []
    for repair in problem.repairs:
        new = _new_problems(walk, problem, repair, before)
        if not new and new is not None and len(found) < MOST_REPAIRS:
            found.append(repair)
        elif new:
            others.append((repair, new))
    return tuple(found) or _uncovering(others, before)


def _uncovering(
    tried: list[tuple[Repair, frozenset[Key]]], before: Analysis
) -> tuple[Repair, ...]:  # fmt: skip
    """Repairs after which a second problem comes up, where that one was there all the time.

    It was if it is at a node that could not be looked at before, and whichever repair is taken
    brings it up, or the repair only lets a size be inferred again.
    """
    dark = _dark(before)
    kept = [(repair, new) for repair, new in tried if all(path in dark for _, path, _ in new)]
    alike = len({new for _, new in tried}) == 1 < len(tried)
    kept = [one for one in kept if alike or _only_clears(one[0])]
    return tuple(repair for repair, _ in kept[:MOST_REPAIRS])


def _only_clears(repair: Repair) -> bool:
    return isinstance(repair.edit, SetParam) and repair.edit.value is MISSING


def with_proven(
    project: Project, problems: Iterable[Problem], analysis: Analysis | None = None,
    outside: Outside | None = None,
) -> tuple[Problem, ...]:  # fmt: skip
    """The same problems, each with its proven repairs only."""
    walk = walked(project, outside)
    before = analysis or judged(walk)
    return tuple(
        replace(one, repairs=_proven(walk, one, before)) if one.repairs else one for one in problems
    )


def is_proven(
    project: Project, problem: Problem, repair: Repair, before: Analysis,
    outside: Outside | None = None,
) -> bool:  # fmt: skip
    """Whether a repair removes the problem and makes no new one."""
    return _new_problems(walked(project, outside), problem, repair, before) == frozenset()


def _new_problems(
    walk: Walk, problem: Problem, repair: Repair, before: Analysis
) -> frozenset[Key] | None:  # fmt: skip
    """The problems that a repair makes; None where it can't be made or doesn't help.

    A warning may come up at a node that could not be looked at before: the problem hid it.
    """
    copy = walk.project.copy()
    try:
        repair.edit.apply(copy)
    except UserError:
        return None
    after = judged(walked(copy, walk.outside, walk))
    known = {_key(one) for one in before.problems}
    if _key(problem) in {_key(one) for one in after.problems}:
        return None
    dark = _dark(before)
    return frozenset(
        _key(one) for one in after.problems
        if _key(one) not in known and (one.severity == "error" or one.path not in dark)
    )  # fmt: skip


def _dark(before: Analysis) -> set[str]:
    """Nodes that nothing is known of, since something before them doesn't work."""
    return {path for path, facts in before.nodes.items() if not facts.outputs}


def _key(problem: Problem) -> Key:
    return problem.rule, problem.path, problem.port
