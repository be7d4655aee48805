"""A small classifier and what analysis would say of it, for panels that only show."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from graphcore.analysis.result import Analysis, NodeFacts, Problem, Repair
from graphcore.code.code import Code
from graphcore.project.data import DataChoice, Field
from graphcore.project.edits import SetParam
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.project import Project
from graphcore.types import B, Tensor

TEXT = '''"""Digits."""

import torch.nn as nn
from torch import Tensor


class Model(nn.Module):
    """Digits."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 16, 3, padding=1)
        self.relu = nn.ReLU()
        self.flatten = nn.Flatten()
        self.head = nn.Linear(1024, 10)

    def forward(self, image: Tensor) -> Tensor:
        conv = self.conv(image)  # [B, 16, 8, 8]
        relu = self.relu(conv)
        flatten = self.flatten(relu)  # [B, 1024]
        return self.head(flatten)  # [B, 10]
'''
LINES = {12: "conv", 13: "relu", 14: "flatten", 15: "head", 18: "conv", 19: "relu",
         20: "flatten", 21: "head"}  # fmt: skip


class GivenAnalyser(QObject):
    """An analyser that says what a test tells it to."""

    analysed = Signal()
    failed = Signal(object)

    def __init__(self, analysis: Analysis | None = None, code: Code | None = None) -> None:
        super().__init__()
        self.analysis = analysis or Analysis()
        self.code = code or Code("")
        self.is_current = self.is_known = True
        self.asking = None

    def tell(self, analysis: Analysis | None = None, code: Code | None = None) -> None:
        """New results are in."""
        self.analysis = analysis if analysis is not None else self.analysis
        self.code = code if code is not None else self.code
        self.analysed.emit()


def classifier() -> Project:
    """Dataset, conv, relu, flatten, head, loss; ids are the names."""
    kinds = {
        "data": ("data.Dataset", {}),
        "conv": ("nn.Conv2d", {"out_channels": 16, "kernel_size": 3, "padding": 1}),
        "relu": ("nn.ReLU", {}),
        "flatten": ("nn.Flatten", {}),
        "head": ("nn.Linear", {"out_features": 64}),
        "loss": ("loss.CrossEntropyLoss", {}),
    }
    nodes = [
        Node(NodeId(name), kind, name, params, order=place)
        for place, (name, (kind, params)) in enumerate(kinds.items())
    ]
    wires = [
        Wire(NodeId(a), out, NodeId(b), into)
        for a, out, b, into in (
            ("data", "image", "conv", "input"), ("conv", "output", "relu", "input"),
            ("relu", "output", "flatten", "input"), ("flatten", "output", "head", "input"),
            ("head", "output", "loss", "input"), ("data", "label", "loss", "target"),
        )
    ]  # fmt: skip
    project = Project(title="Digits")
    project.definitions["main"].graph = Graph(nodes, wires)
    project.data = DataChoice(
        "sample", {"name": "digits"},
        (Field("image", Tensor((1, 8, 8)), 0, 16),
         Field("label", Tensor((), "int64"), classes=10, class_names=tuple("0123456789"))),
        samples=1797,
    )  # fmt: skip
    return project


def analysis_of_classifier() -> Analysis:
    """What analysis finds in `classifier`, with a problem that can be fixed."""
    maps, flat = Tensor((B, 16, 8, 8)), Tensor((B, 1024))
    facts = [
        NodeFacts("data", NodeId("data"), outputs={"image": Tensor((B, 1, 8, 8)),
                                                   "label": Tensor((B,), "int64")}),
        NodeFacts("conv", NodeId("conv"), {"in_channels": 1, "out_channels": 16},
                  frozenset({"in_channels"}), {"input": Tensor((B, 1, 8, 8))}, {"output": maps},
                  160, 18_432, 4096),
        NodeFacts("relu", NodeId("relu"), {}, frozenset(), {"input": maps}, {"output": maps},
                  0, 0, 4096),
        NodeFacts("flatten", NodeId("flatten"), {}, frozenset(), {"input": maps},
                  {"output": flat}, 0, 0, 0),
        NodeFacts("head", NodeId("head"), {"in_features": 1024, "out_features": 64},
                  frozenset({"in_features"}), {"input": flat}, {"output": Tensor((B, 64))},
                  65_600, 131_072, 256),
        NodeFacts("loss", NodeId("loss"), inputs={"input": Tensor((B, 64))},
                  outputs={"output": Tensor(())}),
    ]  # fmt: skip
    problems = (
        Problem("wasteful", "warning", "", "head", "",
                "Linear “head” yields 64 values, but “label” has 10 classes.",
                (Repair("Set out_features of head to 10",
                        SetParam(NodeId("head"), "out_features", 10)),)),
        Problem("shape", "error", "build", "conv", "input",
                "Conv2d “conv” expects 3 channels but gets 1 from “data”. Set in_channels to 1.",
                (Repair("Set in_channels to 1", SetParam(NodeId("conv"), "in_channels", 1)),
                 Repair("Use 8 filters", SetParam(NodeId("conv"), "out_channels", 8)))),
        Problem("hint", "info", "", "relu", "", "ReLU “relu” could work in place.", ()),
    )  # fmt: skip
    return Analysis({item.path: item for item in facts}, problems, parameters=65_760,
                    flops=149_504, memory_bytes=3_500_000)  # fmt: skip


def code_of_classifier() -> Code:
    """The code of `classifier`."""
    return Code(TEXT, LINES)
