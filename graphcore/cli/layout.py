"""The command layout: the places of all nodes anew, in a file."""

from __future__ import annotations

import argparse

from graphcore.cli.terminal import DONE, UsageError, say
from graphcore.project import file
from graphcore.project.arranging import tidied, usual_boxes


def layout(arguments: argparse.Namespace) -> int:
    """Lay out every drawing of a project; pinned nodes stay, frames keep what is in them."""
    width, height = arguments.size
    if min(width, height) < 1:
        raise UsageError("A window has a width and a height.", "Write --size 1600 1000.")
    project = file.load(arguments.project)
    for name in project.definitions:
        edit = tidied(project, name, usual_boxes(project, name), (width, height))
        if edit is not None:
            edit.apply(project)
    output = arguments.output or arguments.project
    file.save(project, output)
    count = sum(len(definition.graph.nodes) for definition in project.definitions.values())
    say(f"{output}: {count} nodes are laid out.")
    return DONE
