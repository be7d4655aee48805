"""A small drawing for each task, with numbers at random as its data."""

from __future__ import annotations

from graphcore.data.random_numbers import RANDOM, random_options
from graphcore.project.data import DataChoice, Field
from graphcore.project.edits import Set
from graphcore.project.project import Project
from graphcore.types import Tensor
from tests.build import add, wire


def drawn(
    input: Field, target: Field, loss: str, *layers: tuple[str, dict[str, object]]
) -> Project:
    """Dataset, layers, a loss of the last and the target; numbers at random."""
    project = Project()
    fields = {field.name: field for field in (input, target)}
    project.data = DataChoice(RANDOM, random_options(fields, 24), tuple(fields.values()), 24)
    add(project, "data.Dataset", "data")
    before = f"data.{input.name}"
    for place, (kind, params) in enumerate(layers):
        node = add(project, kind, f"layer{place}", **params)
        wire(project, before, node)
        before = node
    add(project, loss, "loss")
    wire(project, before, "loss.input")
    wire(project, f"data.{target.name}", "loss.target")
    Set(("plan", "epochs"), 1).apply(project)
    return project


PHOTO = Field("photo", Tensor((2, 6, 6)))
VECTOR = Field("vector", Tensor((5,)))
ONE = ("nn.Linear", {"out_features": 1})
CONV = {"out_channels": 3, "kernel_size": 3}
CASES = {
    "pixels": drawn(PHOTO, Field("areas", Tensor((6, 6), "int64"), classes=3),
                    "loss.CrossEntropyLoss", ("nn.Conv2d", CONV)),
    "mask": drawn(PHOTO, Field("mask", Tensor((3, 6, 6))), "loss.BCEWithLogitsLoss",
                  ("nn.Conv2d", CONV)),
    "tokens": drawn(Field("text", Tensor((7,), "int64"), vocabulary_size=9),
                    Field("next", Tensor((7,), "int64"), classes=9), "loss.CrossEntropyLoss",
                    ("nn.Embedding", {"embedding_dim": 9}),
                    ("ops.transpose", {"dim0": 1, "dim1": 2})),
    "numbers": drawn(VECTOR, Field("size", Tensor((1,))), "loss.MSELoss", ONE),
    "labels": drawn(VECTOR, Field("tags", Tensor((3,))), "loss.BCEWithLogitsLoss",
                    ("nn.Linear", {"out_features": 3})),
    "binary": drawn(VECTOR, Field("answer", Tensor((1,))), "loss.BCEWithLogitsLoss", ONE),
}  # fmt: skip
