"""The table of rules as a whole: its pages, its silence, its speed, and definitions."""

from __future__ import annotations

import inspect
from pathlib import Path
from time import process_time

import pytest

from graphcore.analysis.analyse import analyse
from graphcore.analysis.parts import divide
from graphcore.analysis.repairs import proven, with_proven
from graphcore.analysis.result import Parts
from graphcore.analysis.rules.table import LEGAL, WHOLE, WISE, project_problems
from graphcore.analysis.rules.training import RATES
from graphcore.project.definitions import Definition
from graphcore.project.edits import AddDefinition
from graphcore.project.project import Project
from graphcore.project.templates import names, open_template
from graphcore.training.parts import OPTIMIZERS
from tests.benchmarks.analysis import chain
from tests.broken.drawn import design, net, pictures, set_on

HELP = Path(__file__).parents[3] / "resources" / "help" / "problems.md"
RULES = (*LEGAL, *WISE, *WHOLE)
SOFTMAX = ("Flatten", "Linear out_features=32", "ReLU", "Linear out_features=10", "Softmax dim=-1")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_a_reason_and_a_page_in_the_help(rule: object) -> None:
    name, check = rule.name, rule.check
    assert inspect.getdoc(check), f"{name} gives no reason"
    section = HELP.read_text(encoding="utf-8").partition(f"\n### {name}\n")[2].partition("\n#")[0]
    assert len(section.split()) > 20, f"{name} is not explained in the help"
    assert rule.url in section


def test_names_of_rules_are_their_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("name", [name for name, _, _ in names()])
def test_templates_have_no_problem_and_silence_nothing(name: str) -> None:
    project = open_template(name)
    assert analyse(project).problems == ()
    for definition in project.definitions.values():
        for node in definition.graph.nodes.values():
            assert "silenced" not in node.settings


def test_a_warning_can_be_silenced_at_its_node() -> None:
    drawing = net(pictures(), *SOFTMAX)
    assert [p.rule for p in drawing.analysis().problems] == ["softmax_before_loss"]
    set_on(drawing, "softmax", "silenced", ["softmax_before_loss"])
    assert drawing.analysis().problems == ()
    set_on(drawing, "softmax", "silenced", ["another_rule"])
    assert [p.rule for p in drawing.analysis().problems] == ["softmax_before_loss"]


def test_an_error_can_not_be_silenced() -> None:
    drawing = net(pictures(), "Flatten", "Linear out_features=3")
    set_on(drawing, "loss", "silenced", ["classes"])
    assert [(p.rule, p.severity) for p in drawing.analysis().problems] == [("classes", "error")]


def test_a_bypassed_node_is_looked_through() -> None:
    drawing = net(pictures(), *SOFTMAX)
    set_on(drawing, "relu", "bypass", True)
    sheet = project_problems(drawing.project, divide(drawing.project), drawing.analysis().by_node)
    assert "no_nonlinearity" in {p.rule for p in sheet}


def test_rules_look_into_definitions() -> None:
    inner = design("float32[8]", "Linear out_features=8", "Linear out_features=8")
    project = Project()
    AddDefinition("Pair", Definition(inner.project.graph)).apply(project)
    facts = analyse(inner.project).by_node
    found = project_problems(project, Parts(), facts, "Pair")
    assert [(p.rule, p.path) for p in found] == [("no_nonlinearity", "linear2")]
    found[0].repairs[0].edit.apply(project)
    kinds = {node.kind for node in project.definitions["Pair"].graph.nodes.values()}
    assert "nn.ReLU" in kinds
    assert not project.graph.nodes


def test_equal_drawings_have_equal_problems_and_repairs() -> None:
    project = net(pictures(), "Flatten", "Linear out_features=32", "Linear out_features=10").project
    assert analyse(project).problems == analyse(project.copy()).problems


def test_a_repair_gives_way_where_it_makes_a_new_problem() -> None:
    """Taking the wrong axis of a map out of sight would break what comes after it."""
    drawing = net(pictures(), "Conv2d out_channels=4", "ReLU", "Linear out_features=10")
    problem = drawing.analysis().problems[0]
    for repair in proven(drawing.project, problem):
        copy = drawing.project.copy()
        repair.edit.apply(copy)
        assert analyse(copy).problems == ()


def test_repairs_are_three_at_most_and_the_project_stays_as_it_is() -> None:
    project = net(pictures(8, 8), "Conv2d out_channels=4", "ReLU", "Flatten",
                  "Linear out_features=10").project  # fmt: skip
    before = project.copy()
    for problem in with_proven(project, analyse(project).problems):
        assert 1 <= len(problem.repairs) <= 3
    assert project == before


def test_default_rates_are_those_of_the_table_of_optimizers() -> None:
    for name, (low, high, default) in RATES.items():
        lr = next(param for param in OPTIMIZERS[name].params if param.name == "lr")
        assert lr.default == default
        assert low < default < high


def test_rules_grow_with_the_drawing_and_no_faster() -> None:
    """As a ratio in one run: ten times the nodes cost about ten times as much."""

    def cost(nodes: int) -> float:
        project = chain(nodes)
        analysis = analyse(project)
        best = float("inf")
        for _ in range(5):
            start = process_time()
            project_problems(project, analysis.parts, analysis.by_node)
            best = min(best, process_time() - start)
        return best

    assert cost(1000) < 25 * cost(100)
