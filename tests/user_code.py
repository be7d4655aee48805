"""Projects with Python code of a person's own, in a folder of a test's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graphcore.project.edits import Disconnect, Set
from graphcore.project.file import save
from graphcore.project.graph import NodeId
from graphcore.project.module_edits import SetModule
from graphcore.project.module_forms import read_form
from graphcore.project.project import Project
from graphcore.project.user_files import digest
from tests.build import add, wire
from tests.drawing import digits_cnn

GATE = '''
import torch
from torch import nn


class Gate(nn.Module):
    """Scales its input by a learned gate."""

    def __init__(self, dim: int, bias: bool = True):
        super().__init__()
        self.map = nn.Linear(dim, dim, bias=bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * torch.sigmoid(self.map(x))
'''
GATE_PARAMETERS = 256 * 256 + 256


def gated(folder: Path, text: str = GATE, name: str = "Gate", **params: object) -> Project:
    """The digits' network with a class of `my_layers.py` between Flatten and Linear, in a file."""
    (folder / "my_layers.py").write_text(text, "utf-8")
    project = digits_cnn().project
    Set(("plan",), replace(project.plan, epochs=1)).apply(project)
    form = read_form(text, f"my_layers.py:{name}", digest(text.encode()))
    SetModule("Gate", form.module).apply(project)
    wanted = {"dim": 256} if not params and form.module.params else params
    add(project, "user.Gate", "gate", at=(900, 240), **wanted)
    graph = project.graph
    head = next(node for node in graph.nodes.values() if node.kind == "nn.Linear")
    before = graph.wires[NodeId(head.id), "input"]
    Disconnect(before).apply(project)
    wire(project, before.source, "gate")
    wire(project, "gate", head.id)
    save(project, folder / "net.netwright")
    return project
