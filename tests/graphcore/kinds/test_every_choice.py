"""Every kind at every choice of its params: analysis and torch say the same of each."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest

from graphcore.analysis.result import Analysis
from graphcore.errors import UserError
from graphcore.kinds.kind import Kind
from graphcore.kinds.params import Bool, Choice
from graphcore.kinds.texts import Named
from tests.choices import other_values
from tests.drawing import Drawing
from tests.examples import COMPUTED, drawing_of, example
from tests.running import assert_equal, assert_runs_as_analysed, built, errors, runs, scripted

REFUSALS = (
    UserError, RuntimeError, ValueError, IndexError, TypeError, ArithmeticError, AssertionError
)  # fmt: skip

# Torch takes a wrong number of features without a word; we don't.
STRICTER = {f"nn.InstanceNorm{axes}d.num_features" for axes in (1, 2, 3)}
# Only the numbers that come in tell whether it works: places outside, classes that are too many.
KNOWN_LATE = {
    "nn.Embedding.num_embeddings", "nn.EmbeddingBag.num_embeddings", "ops.one_hot.num_classes",
    *(f"nn.MaxUnpool{axes}d.{param}" for axes in (1, 2, 3)
      for param in ("kernel_size", "stride", "padding")),
}  # fmt: skip
# Of these meta looks at less than a CPU does: rules of ours say some, and may say all.
GAPS = {
    *(f"nn.ConvTranspose{axes}d.output_padding" for axes in (1, 2, 3)),
    *(f"{name}.dim" for name in ("nn.Softmax", "nn.Softmin", "ops.softmax", "ops.gumbel_softmax",
                                 "ops.sort", "ops.argsort")),
}  # fmt: skip
EITHER = STRICTER | KNOWN_LATE | GAPS

with_params = pytest.mark.parametrize(
    "kind", [kind for kind in COMPUTED if kind.params], ids=lambda kind: kind.name
)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Torch warns of some choices, such as a dropout in a single recurrent layer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def choices(kind: Kind) -> Iterator[tuple[str, Drawing, Analysis]]:
    """A drawing for every value of every param, one changed at a time."""
    for param in kind.params:
        for value in other_values(kind, param):
            drawing = drawing_of(kind, {param.name: value})
            yield f"{kind.name}.{param.name}", drawing, drawing.analysis()


@with_params
def test_what_passes_runs_as_analysed_and_what_is_refused_does_not(kind: Kind) -> None:
    for name, drawing, analysis in choices(kind):
        if errors(analysis) and name not in EITHER:
            with pytest.raises(REFUSALS):
                run_twice(drawing, analysis)
        elif not errors(analysis):
            try:
                assert_runs_as_analysed(drawing, analysis)
            except REFUSALS:
                assert name in EITHER


def test_most_choices_pass() -> None:
    """So that the test above is no empty one: a few in a hundred are refused."""
    named = [name for kind in COMPUTED for name, _, _ in choices(kind)]
    assert len(named) > 1500
    assert len({*named}) > 350


def run_twice(drawing: Drawing, analysis: Analysis) -> None:
    model = built(drawing)
    for batch in (2, 3):
        runs(model, example(drawing, batch, analysis))


@pytest.mark.slow
@with_params
def test_it_scripts_at_every_choice(kind: Kind) -> None:
    for param in kind.params:
        for value in other_values(kind, param):
            params = {**kind.starting_params(), param.name: value}
            drawing = drawing_of(kind, {param.name: value})
            is_branch = isinstance(param.type, Bool | Choice | Named)
            if not is_branch or kind.refusal("torchscript", params) or errors(drawing.analysis()):
                continue
            model, inputs = built(drawing), example(drawing, 2)
            assert_equal(runs(model, inputs), runs(scripted(model), inputs))
