"""A drawing of any size to measure with."""

from __future__ import annotations

import math
import random

from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.project import Project

KINDS = ("nn.Conv2d", "nn.BatchNorm2d", "nn.ReLU", "nn.Linear", "nn.MaxPool2d", "ops.add")


def drawing(count: int) -> Project:
    """A snake of nodes in rows, with half as many shortcuts over two to eight of them."""
    project, draw = Project(), random.Random(0)
    columns = max(1, int(math.sqrt(count * 0.75)))
    for number in range(count):
        row, column = divmod(number, columns)
        column = columns - 1 - column if row % 2 else column
        node = Node(NodeId(f"n{number}"), KINDS[number % 6], f"node{number}", order=number)
        kind = project.kind(node.kind)
        node = Node(node.id, node.kind, node.name, kind.starting_params(), order=number)
        project.graph.nodes[node.id] = node
        project.layout["main"][node.id] = (column * 264, row * 144)
        if number:
            _connect(project, number - 1, number, 0)
    for _ in range(count // 2):
        start = draw.randrange(0, max(1, count - 9))
        _connect(project, start, min(count - 1, start + draw.randint(2, 8)), 1)
    project.graph.changed()
    return project


def _connect(project: Project, source: int, target: int, slot: int) -> None:
    is_add = KINDS[target % 6] == "ops.add"
    if slot and not is_add:
        target = min(len(project.graph.nodes) - 1, target - target % 6 + 5)
        if KINDS[target % 6] != "ops.add" or target <= source:
            return
    name = f"tensors.{slot + len(project.graph.wires) % 3 * bool(slot)}" if KINDS[target % 6] == (
        "ops.add") else "input"  # fmt: skip
    wire = Wire(NodeId(f"n{source}"), "output", NodeId(f"n{target}"), name)
    project.graph.wires[wire.target, wire.input] = wire
