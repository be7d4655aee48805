"""What the other processes of a run do: what the first of them tells before the first step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from graphcore.project.admission import admit
from graphcore.project.modules import needs_process
from graphcore.project.paths import settings_by_path
from graphcore.project.plan import Plan
from graphcore.project.project import Project
from graphcore.project.trust import trusted_files
from graphcore.training.company import Company, company
from graphcore.training.control import Control
from graphcore.training.events import Changed
from graphcore.training.loop import train
from graphcore.training.prepare import Prepared, prepare
from graphcore.training.randomness import APART, seed_all
from graphcore.training.runs import Run
from graphcore.training.setup import Setup


@dataclass(frozen=True, slots=True)
class Order:
    """How a run begins or goes on: `run` is its folder, `folder` that of the project's file."""

    run: Path
    folder: Path | None
    device: str
    free_cores: int
    state: Path | None
    changes: tuple[Changed, ...]
    plan: Plan


def take_part() -> None:
    """Train as one of the other processes of a run, and say nothing. Raises UserError."""
    with company() as together:
        order: Order = together.first(None)
        project = Run(order.run).project()
        if needs_process(project):
            admit(trusted_files(project, order.folder or order.run, order.run))
        seed_all(project.plan.seed)
        ready = prepare(project, order.folder, order.device)
        seed_all(project.plan.seed + together.rank * APART)
        together.agree(ready.objective)
        setup = replace(setup_of(project, ready, order, together), folder=None)
        for _ in train(ready.objective, ready.data, order.plan, Control(), setup):
            pass


def setup_of(project: Project, ready: Prepared, order: Order, together: Company) -> Setup:
    """What the loop is given beside objective, data and plan."""
    return Setup(
        run=order.run.name, device=ready.device, terms=ready.code.objectives,
        metrics=ready.metrics, settings=settings_by_path(project), lines=ready.code.lines,
        folder=order.run, resume=order.state, free_cores=order.free_cores, changes=order.changes,
        company=together, counted=ready.counted,
    )  # fmt: skip
