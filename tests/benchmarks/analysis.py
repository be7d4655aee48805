"""From an edit to new shapes, beside a plain forward on meta and torch.export of the same network.

*cold*: nothing is remembered. *warm*: every node is studied again, torch is not asked. *one edit*:
a setting in the middle, shapes stay. *all change*: another input size that was never seen.
*judged*: costs, parts and all rules, which come after the types. *code*: the text.
"""

from __future__ import annotations

import gc
import math
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

import torch

from graphcore.analysis import asking, shapes
from graphcore.analysis.analyse import judged, walked
from graphcore.analysis.walk import Walk
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.project.edits import Edit, SetParam
from graphcore.project.graph import Node
from graphcore.project.project import Project
from graphcore.project.templates import open_template
from graphcore.types import Tensor, parse_type
from tests.drawing import Drawing

ROUNDS = 7
EXPORTED = 1000  # nodes; torch.export of more takes many minutes


def run() -> Iterator[dict[str, object]]:
    """The rows of all sizes, then how the times grow."""
    torch.set_num_threads(1)
    grown: dict[str, list[float]] = {}
    for name, subject in subjects():
        timed = subject.timed()
        peers = [("plain forward on meta", subject.forward())]
        if subject.size <= EXPORTED:
            peers.append(("torch.export", subject.export()))
        for what, ours in timed.items():
            if subject.size >= 1000:
                grown.setdefault(what, []).append(ours)
            for peer_name, peer in peers:
                yield row(f"{what}, {name}", ours, peer, peer_name)
    for what, (small, large) in grown.items():
        exponent = math.log10(large / small)
        yield {"name": f"growth exponent 1,000 to 10,000, {what}", "ours": round(exponent, 2)}


def row(name: str, ours: float, peer: float, peer_name: str) -> dict[str, object]:
    """A line of the table, in milliseconds."""
    return {"name": name, "ours": round(ours, 2), "peer": round(peer, 1), "peer_name": peer_name,
            "unit": "ms", "ratio": round(peer / ours, 1)}  # fmt: skip


def subjects() -> Iterator[tuple[str, Subject]]:
    """A small net, ResNet-50 in blocks, and chains."""
    yield "5 nodes", Subject(chain(5), (16, 32, 32), 5)
    yield "ResNet-50 (177 nodes)", Subject(open_template("resnet50"), (3, 224, 224), 177)
    yield "1,000 nodes", Subject(chain(1000), (16, 32, 32), 1000)
    yield "10,000 nodes", Subject(chain(10_000), (16, 32, 32), 10_000)


def chain(nodes: int) -> Project:
    """Convolution, normalization, activation, over and over."""
    drawing = Drawing()
    x = drawing.input("float32[16, 32, 32]")
    for place in range(nodes - 2):
        kind = ("nn.Conv2d", "nn.BatchNorm2d", "nn.ReLU")[place % 3]
        x = drawing.add(kind, x, **({"out_channels": 16} if place % 3 == 0 else {}))
    drawing.add("io.Output", x)
    return drawing.project


@dataclass
class Subject:
    """A network and what is measured of it; times are medians in milliseconds."""

    project: Project
    sizes: tuple[int, ...]
    size: int

    def timed(self) -> dict[str, float]:
        """Ours, by what was done."""
        cold = median(self._cold() for _ in range(3))
        walk = walked(self.project.copy())
        analysis = judged(walk)
        gc.collect()
        gc.freeze()  # as the window does after the first analysis
        return {
            "cold": cold,
            "warm": often(lambda: walked(self.project.copy())),
            "one edit": self._edited(walk, self._stays),
            "all change": self._edited(walk, self._changes),
            "judged": often(lambda: judged(walk)),
            "code": often(lambda: write_code(self.project, analysis)),
        }

    def _cold(self) -> float:
        for memo in (asking._answers, asking._sound, shapes._memo):
            memo.clear()
        return milliseconds(lambda: walked(self.project))

    def _edited(self, walk: Walk, edit: Callable[[int], Edit]) -> float:
        found = []
        for turn in range(ROUNDS):
            edit(turn).apply(self.project)
            snapshot = self.project.copy()
            start = time.perf_counter()
            walk = walked(snapshot, before=walk)
            found.append((time.perf_counter() - start) * 1e3)
        return median(found)

    def _stays(self, turn: int) -> Edit:
        middle = self._nodes("nn.Conv2d")
        return SetParam(middle[len(middle) // 2].id, "padding_mode", ("reflect", "zeros")[turn % 2])

    def _changes(self, turn: int) -> Edit:
        side = self.sizes[-1] + 32 * (turn + 1)
        (given,) = self._nodes("io.Input")
        return SetParam(given.id, "type", f"float32[{self.sizes[0]}, {side}, {side}]")

    def _nodes(self, kind: str) -> list[Node]:
        return [node for node in self.project.graph.nodes.values() if node.kind == kind]

    def _built(self) -> tuple[torch.nn.Module, torch.Tensor]:
        model = build(write_code(self.project, judged(walked(self.project.copy())))).model
        (given,) = self._nodes("io.Input")
        type_ = parse_type(str(given.params["type"]))
        assert isinstance(type_, Tensor)
        return model.to("meta"), torch.empty(61, *map(int, type_.dims), device="meta")

    def forward(self) -> float:
        """What a program without a memo does after each edit."""
        model, example = self._built()
        with torch.no_grad():
            return often(lambda: model(example), 3)

    def export(self) -> float:
        """What torch itself offers to learn all shapes."""
        model, example = self._built()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return milliseconds(lambda: torch.export.export(model, (example,)))


def often(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of some calls, after one that is not counted."""
    work()
    return median(milliseconds(work) for _ in range(rounds))


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3
