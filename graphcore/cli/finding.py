"""The command find: nodes by name, kind, shape or problem."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from graphcore.cli.terminal import DONE, complain, say, table
from graphcore.cli.trusting import outside_of
from graphcore.project import file


def find(arguments: argparse.Namespace) -> int:
    """Say which nodes are meant, one a line, also those inside blocks."""
    from graphcore.analysis.analyse import analyse
    from graphcore.analysis.finding import entries
    from graphcore.analysis.finding import find as find_in

    project = file.load(arguments.project)
    with outside_of(arguments, arguments.project, project) as outside:
        analysis = analyse(project, outside)
    found = find_in(entries(project, analysis), " ".join(arguments.text))
    if arguments.json:
        say(json.dumps([asdict(hit) for hit in found], indent=2, ensure_ascii=False))
    elif found:
        for line in table([("NODE", "KIND", "WHY"), *((h.path, h.kind, h.why) for h in found)]):
            say(line)
    else:
        complain(f"No node has “{' '.join(arguments.text)}” in name, kind, shape or problem.")
    return DONE
