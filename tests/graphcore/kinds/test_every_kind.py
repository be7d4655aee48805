"""Every kind of the catalog, tested by its existing: shapes, parameters, code, file, script."""

from __future__ import annotations

import pytest
import torch

from graphcore.kinds.catalog import CATALOG, FAMILIES
from graphcore.kinds.kind import REQUIRED, Kind
from graphcore.kinds.weights import may_have_weights
from graphcore.project.file import parse, to_text
from tests.drawing import Drawing
from tests.examples import COMPUTED, drawing_of, example
from tests.running import (
    REFUSED,
    assert_equal,
    assert_runs_as_analysed,
    built,
    errors,
    runs,
    scripted,
)

every_kind = pytest.mark.parametrize("kind", CATALOG.values(), ids=lambda kind: kind.name)
computed = pytest.mark.parametrize("kind", COMPUTED, ids=lambda kind: kind.name)


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
    assert list(facts.outputs) == [port.name for port in kind.ports(facts.params)[1]]
    assert may_have_weights(kind, facts.params) == bool(facts.parameters)
    assert_runs_as_analysed(drawing, analysis)


@computed
def test_its_code_is_stable_and_saved_equal(kind: Kind) -> None:
    drawing = drawing_of(kind)
    text = drawing.code().text
    compile(text, kind.name, "exec")
    assert drawing.code().text == text
    inputs = example(drawing, 2)
    first, second = (runs(built(drawing), inputs) for _ in range(2))
    assert_equal(first, second)

    again = Drawing()
    again.project = parse(to_text(drawing.project))
    assert to_text(again.project) == to_text(drawing.project)
    assert again.project.definitions == drawing.project.definitions
    assert again.code().text == text


@computed
def test_it_scripts_where_it_says_so(kind: Kind) -> None:
    drawing = drawing_of(kind)
    model, inputs = built(drawing), example(drawing, 2)
    if kind.scripts:
        assert_equal(runs(model, inputs), runs(scripted(model), inputs))
        return
    assert kind.refusal("torchscript", kind.starting_params()).endswith(".")
    with pytest.raises(REFUSED):
        scripted(model)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:The tensor attributes:UserWarning")  # recurrent layers' own
@computed
def test_torch_exports_it_at_any_batch_size_where_it_says_so(kind: Kind) -> None:
    drawing = drawing_of(kind)
    model, inputs = built(drawing), example(drawing, 3)
    if not inputs:
        return  # nothing that has a batch
    batch = torch.export.Dim("batch", min=2)
    shapes = tuple({0: batch} for _ in inputs)
    if "pt2" not in kind.exports:
        with pytest.raises((RuntimeError, ValueError, AssertionError)):
            torch.export.export(model, tuple(inputs), dynamic_shapes=shapes)
        return
    program = torch.export.export(model, tuple(inputs), dynamic_shapes=shapes)
    other = example(drawing, 2)
    assert_equal(runs(model, other), runs(program.module(), other))
