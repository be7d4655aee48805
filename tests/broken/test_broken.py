"""Every rule: found at the right node, mended by a repair that works, silent where all is well."""

from __future__ import annotations

from importlib import import_module

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.analysis.repairs import is_proven, proven
from graphcore.analysis.result import Analysis, Problem
from graphcore.analysis.rules.table import LEGAL, WHOLE, WISE
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.project.project import Project
from graphcore.types import Tensor, value_at
from tests.broken.table import BROKEN, SOUND, Expected

for theme in ("ends", "middles", "wholes", "sizes", "forms", "deeper"):
    import_module(f"tests.broken.{theme}")

STEPS = 20
RATE = 3e-3


def found(analysis: Analysis, case: Expected) -> list[Problem]:
    return [p for p in analysis.problems if (p.rule, p.path) == (case.rule, case.path)]


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_it_is_said_and_mended(case: Expected) -> None:
    project = case.make().project
    analysis = analyse(project)
    said = found(analysis, case)
    assert len(said) == 1, [f"{p.rule} at {p.path}: {p.message}" for p in analysis.problems]
    assert said[0].message.endswith((".", "?"))
    repairs = proven(project, said[0], analysis)
    assert bool(repairs) == case.mends, [r.text for r in said[0].repairs]
    for repair in repairs:
        copy = project.copy()
        undo = repair.edit.apply(copy)
        again = analyse(copy)
        assert not found(again, case)
        if repair == repairs[0] and can_train(copy, again):
            assert falls(copy, again)
        undo.apply(copy)
        assert copy == project


@pytest.mark.parametrize("case", SOUND, ids=str)
def test_it_stays_silent(case: Expected) -> None:
    problems = analyse(case.make().project).problems
    assert [f"{p.rule} at {p.path}: {p.message}" for p in problems] == []


def test_every_rule_has_its_projects() -> None:
    rules = {rule.name for rule in (*LEGAL, *WISE, *WHOLE)}
    rules |= {"unwired", "target_dtype"}
    for rule in sorted(rules):
        bad = sum(case.rule == rule for case in BROKEN)
        good = sum(case.rule == rule for case in SOUND)
        assert min(bad, 2) + min(good, 1) == 3, f"{rule}: {bad} broken, {good} sound"


def test_a_repair_that_does_not_help_is_not_offered() -> None:
    case = next(case for case in BROKEN if case.rule == "softmax_before_loss")
    other = next(case for case in BROKEN if case.rule == "no_nonlinearity")
    project = case.make().project
    problem = found(analyse(project), case)[0]
    wrong = found(analyse(other.make().project), other)[0].repairs[0]
    assert not is_proven(project, problem, wrong, analyse(project))


def can_train(project: Project, analysis: Analysis) -> bool:
    """Whether there is a loss, data, and nothing in the way."""
    blocked = any(problem.blocks in ("build", "train") for problem in analysis.problems)
    return bool(analysis.parts.terms) and bool(project.data.source) and not blocked


def falls(project: Project, analysis: Analysis) -> bool:
    """Whether the loss is lower after twenty steps on one batch."""
    torch.manual_seed(0)
    code = write_code(project, analysis)
    objective = build(code).objective
    assert objective is not None
    fields = batch(project, analysis, code.fields)
    optimizer = torch.optim.Adam([p for p in objective.parameters() if p.requires_grad], lr=RATE)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = sum(objective(*fields).values())
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    return sum(losses[-3:]) < sum(losses[:3])


def batch(project: Project, analysis: Analysis, names: tuple[str, ...]) -> list[torch.Tensor]:
    """Random values of each argument's type and range."""
    inputs = analysis.parts.inputs
    others = iter(analysis.parts.fields)
    made = []
    for name in names:
        if name in inputs:
            value = inputs[name]
            kind = analysis.by_node[value.node].outputs[value.port]
            item = project.data.field(value.port)
        else:
            item = project.data.field(next(others))
            kind = None
        made.append(values(item, kind, 32))
    return made


def values(item: object, kind: object, count: int) -> torch.Tensor:
    typed = kind if isinstance(kind, Tensor) else getattr(item, "type", None)
    assert isinstance(typed, Tensor)
    inner = typed.dims[1:] if typed is kind else typed.dims
    shape = (count, *(value_at(dim, {"B": count}) for dim in inner))
    high = getattr(item, "high", None)
    low = getattr(item, "low", None)
    if typed.is_float:
        low, high = (0.0 if low is None else low), (1.0 if high is None else high)
        return low + (high - low) * torch.rand(shape)
    return torch.randint(0, int(high or 1) + 1, shape)


def test_words_of_torch_stay_in_the_details() -> None:
    cases = [case for case in BROKEN if case.rule == "shape"]
    assert cases
    for case in cases:
        said = found(analyse(case.make().project), case)[0]
        assert said.details
        assert said.details not in said.message
        assert "from “" in said.message
