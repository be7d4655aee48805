"""Analysis: everything that can be said of a project without running it."""

from __future__ import annotations

from dataclasses import replace

from graphcore.analysis.outside import Here, Outside
from graphcore.analysis.parts import divide
from graphcore.analysis.result import Analysis, NodeFacts, Parts
from graphcore.analysis.rules import project_problems
from graphcore.analysis.shapes import bytes_of
from graphcore.analysis.walk import Walk
from graphcore.project.graph import NodeId
from graphcore.project.project import Project


def analyse(project: Project, outside: Outside | None = None) -> Analysis:
    """Types, params, costs and problems of every node of the main drawing.

    `outside` is asked about Python modules; without it they are run here, where they are admitted.
    Runs on a snapshot in any one thread; raises nothing for what a person can draw.
    """
    walk = Walk(project, outside=outside or Here())
    walk.run()
    parts = divide(project)
    problems = (*walk.problems, *project_problems(project, parts, walk.facts, inner=walk.inner))
    nodes = {facts.path: facts for facts in walk.facts.values()}
    analysis = Analysis({**nodes, **walk.inner}, problems, parts)
    return replace(
        analysis,
        parameters=sum(_of(analysis, node).parameters for node in parts.model),
        flops=sum(_of(analysis, node).flops for node in parts.model),
        memory_bytes=_peak(project, parts, analysis),
    )


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
    values = [bytes_of(kind, sizes) for facts in nodes for kind in facts.outputs.values()]
    return parameters * (2 + _STATES.get(optimizer, 2)) + sum(values) + max(values, default=0)
