"""Drawings made in a few words, through edits alone."""

from __future__ import annotations

from graphcore.analysis.analyse import analyse
from graphcore.analysis.result import Analysis, Value
from graphcore.code.code import Code, Tap
from graphcore.code.write import write_code
from graphcore.project.data import DataChoice, Field
from graphcore.project.edits import AddNode, Connect, Edit, Set
from graphcore.project.graph import NodeId, Wire
from graphcore.project.make import new_node
from graphcore.project.project import Project
from graphcore.types import Tensor, parse_type

Source = NodeId | tuple[NodeId, str] | None


def digits_choice() -> DataChoice:
    """The facts of the shipped digits, without reading them."""
    image = Field("image", Tensor((1, 8, 8)), 0.0, 16.0)
    names = tuple("0123456789")
    label = Field("label", Tensor((), "int64"), 0.0, 9.0, classes=10, class_names=names)
    return DataChoice("sample", {"name": "digits"}, (image, label), 1797, {"image": "unit"})


class Drawing:
    """A project under construction; `add` returns the id of the new node."""

    def __init__(self, data: DataChoice | None = None) -> None:
        self.project = Project(data=data or DataChoice())

    def add(self, kind: str, *inputs: Source, name: str = "", **params: object) -> NodeId:
        """A node of that kind, its slots wired in order (None leaves one out)."""
        node = new_node(self.project, kind, name=name)
        for param, value in params.items():
            node = node.with_param(param, value)
        self.do(AddNode(node, (240 * node.order, 0)))
        for place, source in enumerate(inputs):
            if source is not None:
                self.wire(source, node.id, self.project.slots(node)[place])
        return node.id

    def input(self, type_text: str, name: str = "x") -> NodeId:
        """An Input that declares its type per sample."""
        parse_type(type_text)
        return self.add("io.Input", name=name, type=type_text)

    def wire(self, source: NodeId | tuple[NodeId, str], target: NodeId, slot: str) -> None:
        """A wire from a node's first output (or a named one) into a slot."""
        node, port = source if isinstance(source, tuple) else (source, "")
        first = self.project.ports(self.project.graph.nodes[node])[1][0].name
        self.do(Connect(Wire(node, port or first, target, slot)))

    def setting(self, node: NodeId, name: str, value: object) -> None:
        """One of the node's own settings."""
        self.do(Set(("nodes", "main", node, "settings", name), value))

    def do(self, edit: Edit) -> None:
        """Apply an edit."""
        edit.apply(self.project)

    def analysis(self) -> Analysis:
        """What analysis says now."""
        return analyse(self.project)

    def code(self, *taps: Tap) -> Code:
        """The code as it is now."""
        return write_code(self.project, self.analysis(), taps)


def value_of(node: NodeId, port: str = "output") -> Value:
    """An output of a node as a value."""
    return Value(node, port)


def digits_cnn() -> Drawing:
    """Two convolutions and a classifier over the digits."""
    drawing = Drawing(digits_choice())
    data = drawing.add("data.Dataset")
    x = drawing.add("nn.Conv2d", (data, "image"), out_channels=16)
    x = drawing.add("nn.ReLU", x)
    x = drawing.add("nn.MaxPool2d", x)
    x = drawing.add("nn.Flatten", x)
    x = drawing.add("nn.Linear", x, out_features=10)
    drawing.add("loss.CrossEntropyLoss", x, (data, "label"))
    return drawing


def two_heads() -> Drawing:
    """One input, two outputs, and an auxiliary loss on a hidden value."""
    drawing = Drawing(digits_choice())
    data = drawing.add("data.Dataset")
    picture = drawing.add("io.Input", (data, "image"), name="picture")
    hidden = drawing.add("nn.Flatten", drawing.add("nn.Conv2d", picture))
    body = drawing.add("nn.Linear", drawing.add("nn.ReLU", hidden))
    digit = drawing.add("nn.Linear", body, name="digit", out_features=10)
    pixels = drawing.add("nn.Linear", body, name="pixels", out_features=64)
    redrawn = drawing.add("nn.Unflatten", pixels, unflattened_size=(1, 8, 8), name="redrawn")
    drawing.add("io.Output", digit, name="scores")
    drawing.add("io.Output", redrawn, name="image_again")
    drawing.add("loss.CrossEntropyLoss", digit, (data, "label"), name="digit_loss")
    drawing.add("loss.MSELoss", redrawn, (data, "image"), name="image_loss")
    aux = drawing.add("nn.Linear", hidden, name="aux", out_features=10)
    aux_loss = drawing.add("loss.CrossEntropyLoss", aux, (data, "label"), name="aux_loss")
    drawing.setting(aux_loss, "weight", 0.3)
    return drawing
