"""From an edit to new shapes, beside a plain forward pass of the whole network on meta."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

import torch

from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.project.edits import SetParam
from graphcore.project.project import Project
from tests.drawing import Drawing

ROUNDS = 7


def chain(nodes: int) -> Drawing:
    """Convolution, normalization, activation, over and over."""
    drawing = Drawing()
    x = drawing.input("float32[16, 32, 32]")
    for place in range(nodes - 2):
        kind = ("nn.Conv2d", "nn.BatchNorm2d", "nn.ReLU")[place % 3]
        x = drawing.add(kind, x, **({"out_channels": 16} if place % 3 == 0 else {}))
    drawing.add("io.Output", x)
    return drawing


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def meta_forward(project: Project) -> None:
    """What a program without a memo does: build everything and run it."""
    with torch.device("meta"), torch.no_grad():
        model = build(write_code(project, analyse(project))).model
        model(torch.empty(61, 16, 32, 32))


def run() -> Iterator[dict[str, object]]:
    """One row a size: ours after one edit in the middle, theirs the whole forward."""
    for nodes in (100, 1000):
        project = chain(nodes).project
        analyse(project)
        convolutions = [n for n in project.graph.nodes.values() if n.kind == "nn.Conv2d"]
        middle = convolutions[len(convolutions) // 2]
        model = build(write_code(project, analyse(project))).model.to("meta")
        example = torch.empty(61, 16, 32, 32, device="meta")
        ours, theirs = [], []
        for turn in range(ROUNDS):
            SetParam(middle.id, "kernel_size", 3 + 2 * (turn % 3)).apply(project)
            SetParam(middle.id, "padding", 1 + turn % 3).apply(project)
            ours.append(milliseconds(lambda project=project: analyse(project)))
            with torch.no_grad():
                theirs.append(milliseconds(lambda: model(example)))  # noqa: B023
        yield {
            "name": f"edit to new shapes, {nodes} nodes",
            "ours": median(ours),
            "peer": median(theirs),
            "peer_name": "plain forward on meta",
            "unit": "ms",
            "ratio": median(theirs) / median(ours),
        }
