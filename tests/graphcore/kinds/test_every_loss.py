"""Every loss on real predictions and targets: one number, torch's own, with a gradient."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping

import pytest
import torch
from torch import nn

from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.kinds.kind import Kind
from graphcore.kinds.texts import Weights
from graphcore.project.data import DataChoice, Field
from graphcore.project.file import parse, to_text
from graphcore.types import parse_type
from tests.choices import other_values
from tests.drawing import Drawing
from tests.examples import LOSSES, type_for
from tests.running import REFUSED, errors, scripted

losses = pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.name)
SIGNED = ("HingeEmbeddingLoss", "MarginRankingLoss", "CosineEmbeddingLoss", "SoftMarginLoss")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """torch.jit is deprecated, and KLDivLoss has something to say of its reduction."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def loss_of(kind: Kind, params: Mapping[str, object] | None = None) -> Drawing:
    """A field of the data for every port; the first goes through the model."""
    fields = [Field(f"the_{p.name}", parse_type(type_for(kind, p.name))) for p in kind.inputs]
    drawing = Drawing(DataChoice("csv", {}, tuple(fields), 4))
    data = drawing.add("data.Dataset")
    first, *others = [(data, field.name) for field in fields]
    said: object = drawing.add("nn.Identity", first, name="said")
    if kind.name == "loss.CTCLoss":  # time comes first
        said = drawing.add("ops.transpose", said, dim0=0, dim1=1)  # type: ignore[arg-type]
    drawing.add(kind.name, said, *others, name="subject", **(params or {}))  # type: ignore[arg-type]
    return drawing


def value(kind: Kind, port: str, batch: int) -> torch.Tensor:
    """What a port of the loss expects."""
    found = parse_type(type_for(kind, port))
    shape = (batch, *found.dims)  # type: ignore[union-attr]
    match kind.title, port:
        case "CTCLoss", "log_probs":
            return torch.rand(shape).log_softmax(-1)
        case "CTCLoss", "targets":
            return torch.randint(1, 12, shape)
        case "CTCLoss", lengths:
            return torch.full(shape, 9 if lengths == "input_lengths" else 4)
        case "MultiLabelMarginLoss", "target":
            return torch.tensor([[3, 0, 7, *[-1] * 9]] * batch)
        case title, "target" if title in SIGNED:
            return torch.randint(0, 2, shape) * 2.0 - 1
        case "KLDivLoss", _:
            shares = torch.rand(shape).softmax(-1)
            return shares if port == "target" else shares.log()
    if found.dtype == "int64":  # type: ignore[union-attr]
        return torch.randint(0, 10, shape)
    return torch.rand(shape)


def both(drawing: Drawing, kind: Kind, batch: int) -> tuple[nn.Module, dict[str, torch.Tensor]]:
    """The objective with the weights of seed 0, and its fields."""
    torch.manual_seed(0)
    objective = build(drawing.code()).objective
    assert objective is not None
    fields = {f"the_{port.name}": value(kind, port.name, batch) for port in kind.inputs}
    fields[f"the_{kind.inputs[0].name}"].requires_grad_()
    return objective, fields


def assert_is_a_loss(drawing: Drawing, kind: Kind) -> None:
    for batch in (2, 3):
        objective, fields = both(drawing, kind, batch)
        [found] = objective(**fields).values()
        assert (found.shape, found.dtype) == ((), torch.float32)
        assert torch.isfinite(found)
        found.backward()
        gradient = fields[f"the_{kind.inputs[0].name}"].grad
        assert gradient is not None
        assert torch.isfinite(gradient).all()
        assert gradient.abs().sum() > 0


@losses
def test_it_is_one_number_with_a_gradient(kind: Kind) -> None:
    drawing = loss_of(kind)
    analysis = drawing.analysis()
    assert errors(analysis) == []
    assert str(analysis.nodes["subject"].outputs["output"]) == "float32[]"
    assert_is_a_loss(drawing, kind)


@losses
def test_it_is_what_torch_computes(kind: Kind) -> None:
    objective, fields = both(loss_of(kind), kind, 3)
    torch.manual_seed(0)
    sizes = {"loss.LinearCrossEntropyLoss": (12, 10)}.get(kind.name, ())
    by_hand = getattr(nn, kind.title)(*sizes, **given(kind))
    values = list(fields.values())
    if kind.name == "loss.CTCLoss":
        values[0] = values[0].transpose(0, 1)
    [found] = objective(**fields).values()
    assert torch.allclose(found, by_hand(*values))


def given(kind: Kind) -> dict[str, object]:
    """The choices of ours that torch does not make."""
    return {"reduction": "batchmean"} if kind.name == "loss.KLDivLoss" else {}


@losses
def test_it_is_a_number_at_every_choice(kind: Kind) -> None:
    for param in kind.params:
        weights = [[0.5] * 12] if isinstance(param.type, Weights) else []
        sized = param.name in ("out_features", "in_features", "num_classes")
        for choice in () if sized else (*other_values(kind, param), *weights):
            if isinstance(choice, list) and kind.title == "LinearCrossEntropyLoss":
                choice = [0.5] * 10
            checked = param.check(choice)
            drawing = loss_of(kind, {param.name: checked})
            assert errors(drawing.analysis()) == [], (param.name, choice)
            objective, fields = both(drawing, kind, 2)
            [found] = objective(**fields).values()
            assert found.shape == (), (param.name, choice)


@losses
def test_its_code_is_stable_and_saved_equal(kind: Kind) -> None:
    drawing = loss_of(kind)
    text = drawing.code().text
    compile(text, kind.name, "exec")
    again = Drawing()
    again.project = parse(to_text(drawing.project))
    assert again.project.definitions == drawing.project.definitions
    assert analyse(again.project) == drawing.analysis()
    assert again.code().text == text


@losses
def test_it_scripts_where_it_says_so(kind: Kind) -> None:
    objective, fields = both(loss_of(kind), kind, 2)
    if not kind.scripts:
        assert kind.refusal("torchscript", {}).endswith(".")
        with pytest.raises((*REFUSED, OSError)):
            scripted(objective)
        return
    [found], [other] = objective(**fields).values(), scripted(objective)(**fields).values()
    assert torch.allclose(found, other)
