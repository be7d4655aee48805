"""Small projects in a few words: layers as lines of text, data as facts without files."""

from __future__ import annotations

import ast
from dataclasses import replace

from graphcore.kinds.catalog import CATALOG
from graphcore.project.data import DataChoice, Field
from graphcore.project.edits import Set
from graphcore.project.graph import NodeId
from graphcore.types import Tensor
from tests.drawing import Drawing, Source

LABEL = Field("label", Tensor((), "int64"), 0.0, 9.0, classes=10)


def choice(*fields: Field, samples: int = 640, **normalize: str) -> DataChoice:
    """A data choice of these fields."""
    return DataChoice("sample", {"name": "digits"}, fields, samples, normalize)


def pictures(*shape: int, high: float = 1.0, classes: int = 10) -> DataChoice:
    """Pictures of that shape with a label each."""
    label = replace(LABEL, high=classes - 1.0, classes=classes)
    return choice(Field("image", Tensor(shape or (1, 8, 8)), 0.0, high), label)


def measures(
    low: float = -3.0, high: float = 3.0, target: tuple[int, ...] = (1,), **normalize: str
) -> DataChoice:
    """Four features and a measure between low and high."""
    x = Field("x", Tensor((4,)), -1.0, 1.0, mean=(0.0,), std=(1.0,))
    y = Field("y", Tensor(target), low, high, mean=((low + high) / 2,), std=((high - low) / 4,))
    return choice(x, y, **normalize)


def answers() -> DataChoice:
    """Four features and a yes or no, as 1.0 or 0.0."""
    return choice(Field("x", Tensor((4,)), -1.0, 1.0), Field("y", Tensor((1,)), 0.0, 1.0))


def words(size: int | None = 50, length: int = 12) -> DataChoice:
    """Sentences of whole numbers with a label each."""
    tokens = Field("tokens", Tensor((length,), "int64"), 0.0, 49.0, vocabulary_size=size)
    return choice(tokens, LABEL)


def sequences() -> DataChoice:
    """Twelve steps of six features with a label each."""
    return choice(Field("steps", Tensor((12, 6)), -1.0, 1.0), LABEL)


def lay(drawing: Drawing, source: Source, *lines: str) -> NodeId:
    """Layers one after the other; a line is a kind and its params (`Linear out_features=10`)."""
    for line in lines:
        title, *parts = line.split()
        kind = next(
            name for name in (f"nn.{title}", f"ops.{title}", f"loss.{title}", f"io.{title}")
            if name in CATALOG
        )  # fmt: skip
        params = dict(part.split("=", 1) for part in parts)
        name = params.pop("name", "")
        values = {key: ast.literal_eval(value) for key, value in params.items()}
        source = drawing.add(kind, source, name=name, **values)
    assert isinstance(source, str)
    return source


def begun(data: DataChoice) -> tuple[Drawing, NodeId]:
    """A drawing with its Dataset."""
    drawing = Drawing(data)
    return drawing, drawing.add("data.Dataset")


def net(data: DataChoice, *lines: str, loss: str = "CrossEntropyLoss") -> Drawing:
    """The first field through these layers into a loss against the second one."""
    drawing, source = begun(data)
    first, second = (item.name for item in data.fields[:2])
    end = lay(drawing, (source, first), *lines)
    drawing.add(f"loss.{loss}", end, (source, second), name="loss")
    return drawing


def design(type_text: str, *lines: str) -> Drawing:
    """Layers from an Input to an Output, without data."""
    drawing = Drawing()
    drawing.add("io.Output", lay(drawing, drawing.input(type_text), *lines), name="out")
    return drawing


def planned(drawing: Drawing, **values: object) -> Drawing:
    """The same with another batch size, say."""
    for name, value in values.items():
        drawing.do(Set(("plan", name), value))
    return drawing


def rated(drawing: Drawing, optimizer: str, rate: float) -> Drawing:
    """The same with another optimizer and learning rate."""
    path = ("plan", "objectives", 0, "optimizer")
    drawing.do(Set((*path, "name"), optimizer))
    drawing.do(Set((*path, "params"), {"lr": rate}))
    return drawing


def set_on(drawing: Drawing, name: str, setting: str, value: object) -> Drawing:
    """The same with a setting of a node."""
    node = drawing.project.graph.by_name(name)
    assert node is not None
    drawing.setting(node.id, setting, value)
    return drawing
