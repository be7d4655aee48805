"""Writes every template of resources/templates anew: python -m tests.make_templates [NAME …]."""

from __future__ import annotations

import sys
from collections.abc import Callable

from graphcore.project.arranging import usual_boxes
from graphcore.project.file import SUFFIX, to_text
from graphcore.project.layout import arrange
from graphcore.project.project import Project
from graphcore.project.resources import resource
from tests.designs.branches import BRANCHED
from tests.designs.residual import RESIDUAL
from tests.designs.samples import SAMPLES
from tests.designs.sequences import SEQUENCES
from tests.sketch import Sketch

DESIGNS: dict[str, Callable[[], Sketch]] = {
    **SAMPLES, **RESIDUAL, **BRANCHED, **SEQUENCES,
}  # fmt: skip
WRAP = 1050
WRAPS = {"two-heads": 1300, "unet": 3200}  # U-Net in one row looks like its name


def made(name: str) -> Project:
    """A template as it ships; title and about are the docstring of what draws it."""
    design = DESIGNS[name]
    project = design().project
    title, _, about = str(design.__doc__).partition("\n")
    project.title, project.about = title, " ".join(about.split())
    for definition in project.definitions:
        _lay_out(project, definition, WRAPS.get(name, WRAP))
    return project


def _lay_out(project: Project, definition: str, wrap: int) -> None:
    graph = project.definitions[definition].graph
    sizes = {node: box[2:] for node, box in usual_boxes(project, definition).items()}
    found = arrange(graph, sizes, wrap)
    project.layout[definition], project.bends[definition] = found.positions, found.bends


if __name__ == "__main__":
    for template in sys.argv[1:] or DESIGNS:
        path = resource("templates") / f"{template}{SUFFIX}"
        path.write_text(to_text(made(template)), encoding="utf-8")
