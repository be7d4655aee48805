"""Projects for tests, built as a person builds them: by edits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from graphcore.kinds.formula import Formula
from graphcore.project.data import DataChoice, Field
from graphcore.project.definitions import MAIN
from graphcore.project.edits import AddNode, Connect, Set
from graphcore.project.graph import Node, NodeId, Wire, wished_name
from graphcore.project.project import Point, Project
from graphcore.types import Tensor

IMAGE = Field("image", Tensor((1, 8, 8)), low=0.0, high=16.0)
LABEL = Field("label", Tensor((), "int64"), classes=10, class_names=tuple("0123456789"))
DIGITS = DataChoice(
    "sample", {"name": "digits"}, (IMAGE, LABEL), 1797, {"image": "unit"}, fingerprint="f" * 64
)


def add(
    project: Project,
    kind: str,
    name: str = "",
    *,
    at: Point | None = None,
    definition: str = MAIN,
    **params: object,
) -> NodeId:
    """A node with the kind's starting params and these; its id is its name."""
    graph = project.definitions[definition].graph
    found = project.kind(kind)
    free = graph.free_name(name or wished_name(found.title))
    node = Node(
        NodeId(free), kind, free, found.starting_params() | params, order=graph.next_order()
    )
    AddNode(node, at, definition).apply(project)
    return node.id


def wire(project: Project, source: str, target: str, *, definition: str = MAIN) -> Wire:
    """A wire from `node` or `node.output` to `node` or `node.input`; a port left out is the first.

    Raises UserError where the edit does.
    """
    graph = project.definitions[definition].graph
    start, _, output = source.partition(".")
    end, _, into = target.partition(".")
    if not output:
        output = project.ports(graph.nodes[NodeId(start)])[1][0].name
    if not into:
        free = _free_slots(project, NodeId(end), definition)
        into = next(free)
    made = Wire(NodeId(start), output, NodeId(end), into)
    Connect(made, definition).apply(project)
    return made


def _free_slots(project: Project, node: NodeId, definition: str) -> Iterator[str]:
    graph = project.definitions[definition].graph
    return (
        slot for slot in project.slots(graph.nodes[node], graph) if (node, slot) not in graph.wires
    )


def chain(project: Project, *kinds: str) -> list[NodeId]:
    """Nodes of these kinds, each wired to the next; their ids in order."""
    nodes = [add(project, kind) for kind in kinds]
    for source, target in pairwise(nodes):
        wire(project, source, target)
    return nodes


def digits_cnn() -> Project:
    """A small convolutional network on the shipped digits, with places on the canvas."""
    project = Project()
    Set(("data",), DIGITS).apply(project)
    Set(("title",), "Digits").apply(project)
    layers = ("nn.Conv2d", "nn.ReLU", "nn.MaxPool2d", "nn.Flatten", "nn.Linear")
    names = ("data", "conv", "relu", "pool", "flatten", "head", "loss")
    kinds = ("data.Dataset", *layers, "loss.CrossEntropyLoss")
    for i, (kind, name) in enumerate(zip(kinds, names, strict=True)):
        params = {"out_features": Formula("label.classes")} if name == "head" else {}
        add(project, kind, name, at=(264 * i, 0), **params)
    wire(project, "data.image", "conv")
    for source, target in pairwise(names[1:]):
        wire(project, source, target)
    wire(project, "data.label", "loss.target")
    return project
