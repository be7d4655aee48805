"""Which node is at fault where what comes into another one is not known."""

from __future__ import annotations

from graphcore.analysis.result import Analysis
from graphcore.project.paths import spot_of
from graphcore.project.project import Project


def at_fault(project: Project, analysis: Analysis, path: str) -> str:
    """The nearest node before this one whose error leaves what comes in unknown, by its path.

    Empty where all that comes in is known. A node in a block may owe it to one outside.
    """
    errors = [problem.path for problem in analysis.problems if problem.severity == "error"]
    found = ""
    while path and errors and not found:
        found, path = _in_drawing(project, analysis, path, errors)
    return found


def _in_drawing(
    project: Project, analysis: Analysis, path: str, errors: list[str]
) -> tuple[str, str]:
    """The same within one drawing, and the block around it where an Input is to ask further."""
    spot = spot_of(project, path)
    if spot is None:
        return "", ""
    graph, block = project.definitions[spot.definition].graph, path.rpartition(".")[0]
    prefix, into = f"{block}." if block else "", graph.wires_by_target()
    wrong = _by_name(errors, prefix)
    row, seen = [spot.node], {spot.node}
    for node in row:  # grows while it is walked
        if block and graph.nodes[node].kind == "io.Input":
            return _around(errors, block)
        for wire in into.get(node, ()):
            name = graph.nodes[wire.source].name
            facts = analysis.nodes.get(prefix + name)
            if wire.source in seen or (facts is not None and wire.output in facts.outputs):
                continue
            if name in wrong:
                return wrong[name], ""
            seen.add(wire.source)
            row.append(wire.source)
    return "", ""


def _around(errors: list[str], block: str) -> tuple[str, str]:
    """What feeds the Inputs of a block: the turn before it, then what is outside."""
    outer, _, turn = block.rpartition(".")
    if not turn.isdecimal():
        return "", block
    before = f"{outer}.{int(turn) - 1}."
    return next((path for path in errors if path.startswith(before)), ""), outer


def _by_name(errors: list[str], prefix: str) -> dict[str, str]:
    """The first error at each node of a drawing, those inside its blocks too."""
    found = dict[str, str]()
    for path in errors:
        if path.startswith(prefix):
            found.setdefault(path[len(prefix) :].partition(".")[0], path)
    return found
