"""What the catalog knows that a format can't express, said before torch is asked."""

from __future__ import annotations

from collections.abc import Iterator

from graphcore.analysis.result import Analysis
from graphcore.errors import UserError
from graphcore.export.format import Format
from graphcore.kinds.kind import Kind
from graphcore.project.paths import spot_of
from graphcore.project.project import Project


def refuse_kinds(project: Project, analysis: Analysis, format: Format) -> None:
    """Raise UserError where the model has a node that the format is known not to express."""
    for path, kind in _model_kinds(project, analysis):
        why = kind.refusal(format.name, analysis.nodes[path].params)
        if why:
            raise UserError(
                f"{format.title} can't express “{path}” ({kind.title}): {why}",
                "Replace that node, or keep it out of the model.",
            )


def _model_kinds(project: Project, analysis: Analysis) -> Iterator[tuple[str, Kind]]:
    """Every node of the model by path, those inside blocks too; not what is switched off."""
    model = set(analysis.parts.model)
    for path in analysis.nodes:
        spot = spot_of(project, path)
        if spot is None or (*spot.steps, spot.node)[0] not in model:
            continue
        node = project.definitions[spot.definition].graph.nodes[spot.node]
        if not (node.is_bypassed or node.is_muted):
            yield path, project.kind(node.kind)
