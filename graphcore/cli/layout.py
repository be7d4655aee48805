"""The commands layout and read-code: places anew, and drawings of code."""

from __future__ import annotations

import argparse

from graphcore.cli.terminal import DONE, UsageError, say
from graphcore.errors import UserError
from graphcore.project import file
from graphcore.project.arranging import Flow, tidied, usual_boxes


def layout(arguments: argparse.Namespace) -> int:
    """Lay out every drawing of a project; pinned nodes stay, frames keep what is in them."""
    width, height = arguments.size
    if min(width, height) < 1:
        raise UsageError("A window has a width and a height.", "Write --size 1600 1000.")
    project = file.load(arguments.project)
    flow: Flow = "down" if arguments.down else "right"
    for name in project.definitions:
        edit = tidied(project, name, usual_boxes(project, name), (width, height), (), flow)
        if edit is not None:
            edit.apply(project)
    output = arguments.output or arguments.project
    file.save(project, output)
    count = sum(len(definition.graph.nodes) for definition in project.definitions.values())
    say(f"{output}: {count} nodes are laid out.")
    return DONE


def read(arguments: argparse.Namespace) -> int:
    """Write the drawing that a file of PyTorch code is; nothing where a line can't be read."""
    from graphcore.importers.code import read_code

    try:
        text = arguments.code.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{arguments.code} can't be read.", "Name a .py file.") from error
    if arguments.output.exists():
        raise UserError(f"{arguments.output} is there already.", "Choose another name.")
    project = read_code(text, with_ends=True)
    file.save(project, arguments.output)
    say(f"{arguments.output}: {len(project.graph.nodes)} nodes are drawn.")
    return DONE
