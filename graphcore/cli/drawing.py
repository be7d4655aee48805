"""Commands about a drawing: new, check, code, render."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graphcore.cli.terminal import (
    DONE,
    PROBLEM,
    REFUSED,
    UsageError,
    complain,
    say,
    short,
    table,
)
from graphcore.cli.trusting import outside_of, run_here
from graphcore.errors import UserError
from graphcore.project import file, templates
from graphcore.project.definitions import Definition
from graphcore.project.project import Project
from graphcore.project.whole import whole
from graphcore.types import Affine, Tensor, Type

if TYPE_CHECKING:
    from graphcore.analysis.result import Analysis, NodeFacts, Problem

_MARKS = {"error": "✗ error", "warning": "! warning", "info": "· info"}


def new(arguments: argparse.Namespace) -> int:
    """Write a template's project to a file, or list the templates."""
    known = templates.names()
    if arguments.template is None:
        for name, title, about in known:
            say(f"{name}: {title}")
            say(textwrap.fill(about, 88, initial_indent="    ", subsequent_indent="    "))
        say("\nnetwright new TEMPLATE -o FILE makes a project from one of them.")
        return DONE
    if arguments.template not in [name for name, _, _ in known]:
        listed = ", ".join(name for name, _, _ in known)
        raise UsageError(f"There is no template “{arguments.template}”.", f"There are: {listed}.")
    if arguments.output is None:
        raise UsageError("Where to? Name the file.", f"Add -o {arguments.template}{file.SUFFIX}.")
    if arguments.output.exists():
        raise UserError(f"{arguments.output} is there already.", "Choose another name.")
    file.save(templates.open_template(arguments.template), arguments.output)
    say(f"{arguments.output} is made from {arguments.template}.")
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """Say what is known of each project; 1 where one has a problem of severity error."""
    from graphcore.analysis.analyse import analyse
    from graphcore.analysis.repairs import with_proven

    status, reports = DONE, dict[str, object]()
    for path in arguments.projects:
        try:
            project = file.load(path)
        except UserError as error:
            complain(str(error))
            status = REFUSED
            continue
        with outside_of(arguments, path, project) as outside:
            analysis = analyse(project, outside)
            problems = with_proven(project, analysis.problems, analysis, outside)
        analysis = replace(analysis, problems=problems)
        if any(problem.severity == "error" for problem in analysis.problems):
            status = max(status, PROBLEM)
        reports[str(path)] = report(project, analysis)
        if not arguments.json:
            _tell(path, project, analysis)
    if arguments.json and reports:
        one = len(arguments.projects) == 1
        found = next(iter(reports.values())) if one else reports
        say(json.dumps(found, indent=2, ensure_ascii=False, default=str))
    return status


def report(project: Project, analysis: Analysis) -> dict[str, object]:
    """What `check --json` says of one project."""
    return {
        "parameters": analysis.parameters,
        "flops": analysis.flops,
        "memory_bytes": analysis.memory_bytes,
        "nodes": [_node(project, facts) for facts in analysis.nodes.values()],
        "problems": [_problem(problem) for problem in analysis.problems],
    }


def _node(project: Project, facts: NodeFacts) -> dict[str, object]:
    return {
        "path": facts.path,
        "kind": _kind(project, facts),
        "params": dict(facts.params),
        "inferred": sorted(facts.inferred),
        "outputs": _outputs(facts.outputs),
        "parameters": facts.parameters,
        "flops": facts.flops,
        "memory_bytes": facts.memory,
    }


def _kind(project: Project, facts: NodeFacts) -> str:
    """The kind of a node, which may lie in a block: `layer2.0.conv` in that of `layer2`."""
    graph, kind = project.graph, ""
    for name in facts.path.split("."):
        if name.isdecimal():  # a turn of a block that is repeated
            continue
        kind = next(node.kind for node in graph.nodes.values() if node.name == name)
        graph = project.definitions.get(kind.removeprefix("block."), Definition()).graph
    return kind


def _outputs(outputs: Mapping[str, Type]) -> object:
    """The dims of the one output, or dims by port where there are several or none."""
    by_port = {port: _dims(kind) for port, kind in outputs.items()}
    return next(iter(by_port.values())) if len(by_port) == 1 else by_port


def _dims(kind: Type) -> object:
    if not isinstance(kind, Tensor):
        return str(kind)
    return [str(dim) if isinstance(dim, Affine) else dim for dim in kind.dims]


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "rule": problem.rule, "severity": problem.severity, "blocks": problem.blocks,
        "path": problem.path, "message": problem.message,
        "repairs": [repair.text for repair in problem.repairs],
    }  # fmt: skip


_LATER_TURN = re.compile(r"\.[1-9]\d*(\.|$)")
"""Paths of a repeated block's turns after the first, which people need not read."""


def _tell(path: Path, project: Project, analysis: Analysis) -> None:
    batch = project.plan.batch_size
    say(
        f"{project.title or path.stem}: {short(analysis.parameters)} parameters, "
        f"{short(analysis.flops)}FLOP a sample, about {short(analysis.memory_bytes)}B for a "
        f"training step of {batch}"
    )
    rows: list[tuple[str, ...]] = [("NODE", "KIND", "OUTPUT", "PARAMETERS", "FLOP", "MEMORY")]
    told = [facts for path, facts in analysis.nodes.items() if not _LATER_TURN.search(path)]
    rows += [_row(project, facts) for facts in told]
    for line in table(rows, right=(3, 4, 5)):
        say(line)
    for problem in analysis.problems:
        say(f"{_MARKS[problem.severity]}  {problem.message}")
        for repair in problem.repairs:
            say(f"           Fix: {repair.text}")
    if not any(problem.severity == "error" for problem in analysis.problems):
        say("✓ no errors")
    say()


def _row(project: Project, facts: NodeFacts) -> tuple[str, ...]:
    kind = _kind(project, facts)
    known = facts.outputs or facts.inputs  # an Output hands on what comes in
    shown = [_shown(item) for item in known.values()]
    count = f"{facts.parameters:,}" if facts.parameters else ""
    work = short(facts.flops) if facts.flops else ""
    size = short(facts.memory) if facts.memory else ""
    size += "B" if " " in size else " B" if size else ""
    return facts.path, kind, ", ".join(shown) or "?", count, work, size


def _shown(kind: Type) -> str:
    return f"[{', '.join(map(str, kind.dims))}]" if isinstance(kind, Tensor) else str(kind)


def code(arguments: argparse.Namespace) -> int:
    """Print the PyTorch code, or write it to a file; 1 where the drawing is not complete."""
    from graphcore.analysis.analyse import analyse
    from graphcore.code.write import write_code

    project = file.load(arguments.project)
    with outside_of(arguments, arguments.project, project) as outside:
        analysis = analyse(project, outside)
    text = write_code(project, analysis).text
    if arguments.output is None:
        say(text.removesuffix("\n"))
    else:
        write_text(arguments.output, text)
    for problem in analysis.blocking("build"):
        complain(problem.message)
    return PROBLEM if analysis.blocking("build") else DONE


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all, with the same bytes everywhere. Raises UserError."""
    try:
        if path.exists() and not path.is_file():  # such as /dev/stdout
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        with whole(path) as fresh:
            fresh.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(
            f"{path} can't be written: {error.strerror}.", "Choose another place."
        ) from error


def _watched(arguments: argparse.Namespace, project: Project) -> object:
    """What was measured of the nodes, where the overlay shows that."""
    from graphcore.analysis.overlays import MEASURED

    if arguments.overlay not in MEASURED:
        return None
    from graphcore.training.watching import watch_project

    run_here(arguments, project, arguments.project.parent)
    return watch_project(project, arguments.project.parent)


def render(arguments: argparse.Namespace) -> int:
    """Draw the canvas to a PNG, SVG or PDF, without a display."""
    project = file.load(arguments.project)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        # By name: nothing in graphcore stands on the window's code, this one picture aside.
        drawer = importlib.import_module("gui.render")
    except ImportError as error:
        raise UserError(
            f"The picture needs Qt, which can't be loaded here: {error}.",
            "Install it with pip install PySide6-Essentials.",
        ) from error
    drawer.render(
        project, arguments.output, theme=arguments.theme, scale=arguments.scale,
        is_transparent=arguments.transparent, block=arguments.block, nodes=arguments.nodes,
        overlay=arguments.overlay, watched=_watched(arguments, project),
    )  # fmt: skip
    say(f"{arguments.output} shows {arguments.project}.")
    return DONE
