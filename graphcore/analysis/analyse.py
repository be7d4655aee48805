"""Analysis: everything that can be said of a project without running it."""

from __future__ import annotations

from dataclasses import replace

from graphcore.analysis.outside import Here, Outside
from graphcore.analysis.parts import divide
from graphcore.analysis.result import Analysis, NodeFacts, Parts, Problem
from graphcore.analysis.rules import project_problems
from graphcore.analysis.shapes import bytes_of
from graphcore.analysis.unfolded import wise_inside
from graphcore.analysis.walk import Walk
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from graphcore.types import Type


def analyse(project: Project, outside: Outside | None = None) -> Analysis:
    """Types, params, costs and problems of every node of the main drawing.

    `outside` is asked about Python modules; without it they are run here, where they are admitted.
    Runs on a snapshot in any one thread; raises nothing for what a person can draw.
    """
    return judged(walked(project, outside))


def walked(project: Project, outside: Outside | None = None, before: Walk | None = None) -> Walk:
    """The types, which is what a hand waits for; `judged` makes an analysis of them.

    `before` is a walk over an older snapshot of the project, never over this very object: what
    nothing has changed for is taken from it.
    """
    walk = Walk(project, outside=outside or Here(), before=before)
    walk.run()
    return walk


def typed(walk: Walk, past: Analysis) -> Analysis:
    """The analysis `past` with new types; its problems and sums are still the old ones."""
    return replace(past, nodes=_nodes(walk))


def judged(walk: Walk) -> Analysis:
    """Types with all that is to be said of them: parts, costs, and every problem."""
    project = walk.project
    parts = divide(project)
    problems = (
        *walk.problems,
        *wise_inside(project, walk.instances),
        *project_problems(project, parts, walk.facts, inner=walk.inner),
    )
    analysis = Analysis(_nodes(walk), _with_terms_in_the_model(walk, parts, problems), parts)
    return replace(
        analysis,
        parameters=sum(_of(analysis, node).parameters for node in parts.model),
        flops=sum(_of(analysis, node).flops for node in parts.model),
        memory_bytes=_peak(project, parts, analysis),
    )


def _with_terms_in_the_model(
    walk: Walk, parts: Parts, problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """What keeps a loss from training keeps the model from running where the loss is part of it."""
    project, nodes = walk.project, walk.project.graph.nodes
    terms = {nodes[node].name for node in parts.model if project.kind(nodes[node].kind).is_term}
    return tuple(
        replace(problem, blocks="build")
        if problem.blocks == "train" and problem.path in terms
        else problem
        for problem in problems
    )


def _nodes(walk: Walk) -> dict[str, NodeFacts]:
    return {**{facts.path: facts for facts in walk.facts.values()}, **walk.inner}


def _of(analysis: Analysis, node: NodeId) -> NodeFacts:
    return analysis.by_node.get(node) or NodeFacts("", node)


# Copies of the parameters that an optimizer keeps beside the parameters and their gradients.
_STATES = {"SGD": 1, "Adam": 2, "AdamW": 2, "NAdam": 2, "RAdam": 2, "Adamax": 2, "RMSprop": 1,
           "Adagrad": 1, "Adadelta": 2}  # fmt: skip


def _peak(project: Project, parts: Parts, analysis: Analysis) -> int:
    """Estimated peak bytes of a training step: parameters, gradients, optimizer, activations.

    Every value of model and objective is kept for the backward pass, and the largest one's
    gradient lives beside it.
    """
    optimizer = project.plan.objectives[0].optimizer.name if project.plan.objectives else "AdamW"
    nodes = [_of(analysis, node) for node in (*parts.model, *parts.objective)]
    parameters = 4 * sum(facts.parameters for facts in nodes)
    sizes = {"B": project.plan.batch_size}
    known: dict[Type, int] = {}
    values = [
        known.get(kind) or known.setdefault(kind, bytes_of(kind, sizes))
        for facts in nodes for kind in facts.outputs.values()
    ]  # fmt: skip
    return parameters * (2 + _STATES.get(optimizer, 2)) + sum(values) + max(values, default=0)
