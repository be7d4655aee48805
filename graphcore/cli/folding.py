"""The command fold: what is drawn several times in a row as a block that is repeated."""

from __future__ import annotations

import argparse

from graphcore.analysis.alike import alike_by
from graphcore.analysis.analyse import analyse
from graphcore.cli.terminal import DONE, say
from graphcore.project import file
from graphcore.project.folding import fold, repeats


def command(arguments: argparse.Namespace) -> int:
    """Fold what repeats in every drawing of a project, and say what that is."""
    project = file.load(arguments.project)
    alike, count = alike_by(analyse(project).nodes.values()), 0
    for name in list(project.definitions):
        for found in repeats(project, name, alike):
            graph = project.definitions[name].graph
            first, last = (graph.nodes[found.turns[turn][0]].name for turn in (0, -1))
            say(f"{name}: {len(found.turns)} turns of {len(found.turns[0])} nodes, "
                f"from “{first}” to “{last}”")  # fmt: skip
            fold(project, found, name).apply(project)
            count += 1
    output = arguments.output or arguments.project
    if not count:
        say(f"{arguments.project}: nothing is drawn twice in a row.")
    elif not arguments.dry_run:
        file.save(project, output)
        say(f"{output}: each of these is one block now.")
    return DONE
