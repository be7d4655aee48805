"""Every kind of the catalog, tested by its existing: shapes, parameters, code, file, script."""

from __future__ import annotations

import io
import warnings

import pytest
import torch
from torch import nn

from graphcore.analysis.result import Analysis
from graphcore.code.build import build
from graphcore.kinds.catalog import CATALOG, FAMILIES
from graphcore.kinds.kind import REQUIRED, Kind
from graphcore.project.file import parse, to_text
from graphcore.types import Tensor, value_at
from tests.drawing import Drawing
from tests.examples import COMPUTED, LOSSES, drawing_of, example

every_kind = pytest.mark.parametrize("kind", CATALOG.values(), ids=lambda kind: kind.name)
computed = pytest.mark.parametrize("kind", COMPUTED, ids=lambda kind: kind.name)
losses = pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.name)


def built(drawing: Drawing) -> nn.Module:
    torch.manual_seed(0)
    return build(drawing.code()).model


def runs(module: nn.Module, inputs: list[torch.Tensor]) -> tuple[torch.Tensor, ...]:
    torch.manual_seed(0)
    result = module(*inputs)
    return result if isinstance(result, tuple) else (result,)


def errors(analysis: Analysis) -> list[str]:
    return [p.message + p.details for p in analysis.problems if p.severity == "error"]


@every_kind
def test_it_is_described(kind: Kind) -> None:
    assert kind.family in FAMILIES
    assert kind.help.endswith(".")
    assert "\n" not in kind.help
    assert kind.since
    if kind.role in ("layer", "op", "loss", "constant"):
        assert kind.url.startswith("https://docs.pytorch.org/docs/stable/")
    for param in kind.params:
        assert param.help.endswith("."), param.name
        assert param.type.describe()


@every_kind
def test_its_defaults_and_starts_are_allowed(kind: Kind) -> None:
    for param in kind.params:
        for value in (param.default, param.start):
            if value is not REQUIRED:
                assert param.check(value) == value, param.name
        if param.default is REQUIRED:
            is_known = param.start is not REQUIRED or param.infer is not None
            assert is_known, f"a new node has no {param.name}"


@computed
def test_it_is_analysed_as_it_runs(kind: Kind) -> None:
    drawing = drawing_of(kind)
    analysis = drawing.analysis()
    assert errors(analysis) == []
    facts = analysis.nodes["subject"]
    model = built(drawing).eval()
    parameters = sum(node.parameters for node in analysis.nodes.values())
    assert sum(p.numel() for p in model.parameters()) == parameters
    assert list(facts.outputs) == [port.name for port in kind.ports(facts.params)[1]]
    shown = list(analysis.parts.outputs.values())
    for batch in (2, 3):
        results = runs(model, example(drawing, batch))
        for value, result in zip(shown, results, strict=True):
            found = analysis.by_node[value.node].outputs[value.port]
            assert isinstance(found, Tensor)
            assert tuple(result.shape) == tuple(value_at(dim, {"B": batch}) for dim in found.dims)
            assert str(result.dtype) == f"torch.{found.dtype}"


@computed
def test_its_code_is_stable_and_saved_equal(kind: Kind) -> None:
    drawing = drawing_of(kind)
    text = drawing.code().text
    compile(text, kind.name, "exec")
    assert drawing.code().text == text
    inputs = example(drawing, 2)
    first, second = (runs(built(drawing).eval(), inputs) for _ in range(2))
    assert_equal(first, second)

    again = Drawing()
    again.project = parse(to_text(drawing.project))
    assert to_text(again.project) == to_text(drawing.project)
    assert again.project.definitions == drawing.project.definitions
    assert again.code().text == text


@computed
def test_it_scripts_where_it_says_so(kind: Kind) -> None:
    drawing = drawing_of(kind)
    model, inputs = built(drawing).eval(), example(drawing, 2)
    if not kind.scripts:
        refused = RuntimeError, ValueError, AssertionError, torch.jit.frontend.NotSupportedError
        with pytest.raises(refused):
            scripted(model)
        return
    assert_equal(runs(model, inputs), runs(scripted(model), inputs))


@losses
def test_a_loss_is_one_number(kind: Kind) -> None:
    drawing = drawing_of(kind)
    analysis = drawing.analysis()
    assert errors(analysis) in ([], ["There is a loss but no data to train on. Choose data in the"
                                     " Data panel."])  # fmt: skip
    assert str(analysis.nodes["subject"].outputs["output"]) == "float32[]"


def scripted(model: nn.Module) -> nn.Module:
    """What a file of it gives when it is loaded back."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch.jit is deprecated and says so at every call
        buffer = io.BytesIO()
        torch.jit.save(torch.jit.script(model), buffer)
        buffer.seek(0)
        return torch.jit.load(buffer)


def assert_equal(left: tuple[torch.Tensor, ...], right: tuple[torch.Tensor, ...]) -> None:
    assert len(left) == len(right)
    for one, other in zip(left, right, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-5, equal_nan=True)
