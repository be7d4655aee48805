"""A project that says something in every field there is, and the fields, read off the schema."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping

from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.formula import Formula
from graphcore.kinds.params import ParamType, Plain
from graphcore.project.data import DataChoice, Field, Split
from graphcore.project.definitions import DefinitionParam
from graphcore.project.edits import Set, SetDefinitionParams, SetParam
from graphcore.project.graph import SETTINGS, Graph, Node, Wire
from graphcore.project.module_edits import SetModule
from graphcore.project.modules import UserModule
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.project.project import Note, Project
from graphcore.project.weights import WeightsSource
from graphcore.types import parse_type
from tests.sketch import Sketch


def rich_project() -> Project:
    """Everything that a file can hold, and every type of param."""
    s = Sketch(_data())
    _block(s)
    SetModule("Gate", _module()).apply(s.project)
    data = s.add("data.Dataset", name="data")
    x = s.add("io.Input", (data, "image"), name="picture", type="float32[4, 6, 6]")
    x = s.add("nn.Conv2d", x, name="conv", out_channels=4, kernel_size=(3, 3), padding="same",
              padding_mode="reflect", bias=True)  # fmt: skip
    x = s.add("nn.Conv2d", x, name="again", out_channels=4, shares="conv")
    x = s.add("ops.slice", s.add("ops.mean", x, name="mean", dim=(2, 3)), name="part",
              subscript=":, 0:4")  # fmt: skip
    x = s.add("ops.einsum", x, s.add("nn.Parameter", name="table", shape=(4, 6), init="zeros"),
              name="joined", equation="bi, ij -> bj")  # fmt: skip
    x = s.add("ops.to", x, name="cast", dtype="float32")
    x = s.add("ops.add", x, s.add("ops.constant", name="one", value=(1.0,), dtype="float32"))
    x = s.add("block.Residual", x, name="stack", width=6, repeat=2)
    x = s.add("nn.Linear", x, name="head", out_features=Formula("label.classes"))
    bent = s.add("nn.LeakyReLU", x, name="bent", negative_slope=0.2)
    near = s.add("nn.Linear", bent, name="near", out_features=3)
    near = s.add("nn.Linear", near, name="tied", out_features=3, ties={"weight": "near.weight"})
    s.y(near, "guess")
    s.y(s.add("user.Gate", x, name="gate", size=3, mode="fast"), "gated")
    s.y(s.add("ops.Expression", x, name="bend", line="x * torch.tanh(x)"), "lined")
    s.add("user.Wavelet", name="odd", depth=3, nested={"a": (1, "=b")}, words="w")
    loss = s.add("loss.CrossEntropyLoss", x, (data, "label"), name="loss")
    loss_params = {"weight": (1.0, 2.0, 0.5), "reduction": "sum"}
    for name, value in loss_params.items():
        SetParam(loss, name, value).apply(s.project)
    s.y(x, "scores")
    _tell(s.project, loss)
    return s.project


def _block(s: Sketch) -> None:
    inner = s.block("Residual", "Adds what comes in.", width=6)
    x = inner.x()
    y = inner.add("nn.Linear", x, name="first", out_features=Formula("width"))
    exposed = {"width": DefinitionParam(6, "How wide.")}
    SetDefinitionParams("Residual", exposed).apply(s.project)
    inner.y(inner.add("ops.add", inner.add("nn.ReLU", y, name="relu"), x, name="total"))


def _data() -> DataChoice:
    image = Field("image", parse_type("float32[4, 6, 6]"), 0.0, 1.0, mean=(0.5,), std=(0.25,))
    label = Field("label", parse_type("int64[]"), classes=3, class_names=("ant", "bee", "cat"))
    words = Field("words", parse_type("int64[T]"), vocabulary_size=9, padding=1)
    return DataChoice("csv", {"path": "a.csv", "columns": ("a", "b")}, (image, label, words), 9,
                      {"image": "standard"}, Split(0.3, 0.1, 4, False), "f" * 64)  # fmt: skip


def _module() -> UserModule:
    return UserModule(
        "layers.py:Gate", ("x", "mask?"), ("output", "gates"),
        (("size", "int", 2), ("mode", "text", "slow")), (("scale", "float", 1.0),), "A gate.",
        "ab" * 32,
    )  # fmt: skip


_SETTINGS = {
    "weight": 0.5, "objective": "main", "freeze": True, "lr_factor": 0.5, "decay": False,
    "init": {"name": "kaiming_normal_", "params": {"nonlinearity": "relu"},
             "bias": {"name": "zeros_"}},
    "mute": False, "bypass": False, "pinned": True, "silenced": ("unused",),
}  # fmt: skip


def _tell(project: Project, loss: str) -> None:
    for name, value in _SETTINGS.items():
        Set(("nodes", "main", "conv", "settings", name), value).apply(project)
    objective = ObjectivePlan("other", Optimizer("SGD", {"lr": 0.1, "nesterov": True}),
                              Schedule("cosine", {"warmup": 2}, 2.0), "head.*", 2, 0.1,
                              (Schedule("linear", {}, 0.5),))  # fmt: skip
    plan = Plan((ObjectivePlan(), objective), 3, 8, 4, 2, "cuda:1", "bfloat16", ("accuracy",),
                1.0, 0.5, 2, 0.99, True, "default", True, True, "stream", 2, "accuracy", 3, 0.01,
                4, 2, "fsdp")  # fmt: skip
    weights = (WeightsSource("a.safetensors", "run1", "ab", "conv", {"a.b": "c.d"}),)
    for path, value in {
        ("title",): "Title",
        ("about",): "About",
        ("plan",): plan,
        ("weights",): weights,
        ("notes", "n1"): Note("main", -24, 1, 480, 240, "Head", "Text", "#ff0000"),
        ("layout", "main", "conv"): (24, 48),
        ("bends", "main", f"{loss}.target"): ((10, 200), (900, 200)),
        ("dots", "main", f"{loss}.target"): ((10, 240), (900, 240)),
        ("nodes", "main", "conv", "title"): "Edges",
        ("nodes", "main", "conv", "note"): "First.",
    }.items():
        Set(path, value).apply(project)


def said(value: object) -> set[str]:
    """The fields, as `Plan.epochs`, that somewhere in a value hold more than their default."""
    found: set[str] = set()
    if isinstance(value, Graph):
        return {"Graph.nodes", "Graph.wires"}.union(
            *map(said, value.nodes.values()), *map(said, value.wires.values())
        )
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for item in dataclasses.fields(value):
            here = getattr(value, item.name)
            if here != item.default and here not in ({}, (), ""):
                found.add(f"{type(value).__name__}.{item.name}")
            found |= said(here)
    elif isinstance(value, Mapping):
        found = found.union(*map(said, value.values()))
    elif isinstance(value, tuple):
        found = found.union(*map(said, value))
    return found


def fields_of_the_schema() -> set[str]:
    """Every field of every dataclass that a project is made of."""
    return {f"{cls.__name__}.{name}" for cls in _classes() for name in _hints(cls)} | {
        "Graph.nodes", "Graph.wires"
    }  # fmt: skip


def _classes() -> set[type]:
    found: set[type] = set()
    waiting: list[object] = [Project, Node, Wire]
    while waiting:
        hint = waiting.pop()
        waiting.extend(typing.get_args(hint))
        if isinstance(hint, type) and hint not in found and _is_ours(hint):
            found.add(hint)
            waiting.extend(_hints(hint).values())
    return found


def _is_ours(cls: type) -> bool:
    return dataclasses.is_dataclass(cls) and cls.__module__.startswith("graphcore.project")


def _hints(cls: type) -> dict[str, object]:
    names = [item.name for item in dataclasses.fields(cls)]  # type: ignore[arg-type]
    hints = typing.get_type_hints(cls)
    return {name: hints[name] for name in names}


def types_of_params() -> set[type[ParamType]]:
    """Every type of param that a kind of the catalog has, and that of a block's."""
    return {type(p.type) for kind in CATALOG.values() for p in kind.params} | {Plain}


def types_used(project: Project) -> set[type]:
    """The types of params for which some node of the project holds a literal."""
    return {
        type(param.type)
        for definition in project.definitions.values()
        for node in definition.graph.nodes.values()
        for param in project.params_at(node)
        if param.name in node.params and not isinstance(node.params[param.name], Formula)
    }


def settings_used(project: Project) -> set[str]:
    """The settings that some node has."""
    nodes = [n for d in project.definitions.values() for n in d.graph.nodes.values()]
    assert SETTINGS
    return {name for node in nodes for name in node.settings}


Path = tuple[str | int, ...]


def places(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value in a file's data with its path, leaves only."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from places(inner, (*path, key))
    else:
        yield path, value


def keys(value: object, path: Path = ()) -> Iterator[Path]:
    """The path of every key in a file's data."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from keys(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from keys(inner, (*path, place))
