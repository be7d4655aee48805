"""Models of drawings, run and scripted, and what analysis said of them beside it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

import torch
from torch import nn

from graphcore.analysis.result import Analysis
from graphcore.code.build import build
from graphcore.types import Tensor, value_at
from tests.drawing import Drawing
from tests.examples import example

REFUSED = (RuntimeError, ValueError, AssertionError, torch.jit.frontend.NotSupportedError)
"""What torch.jit.script raises where it can't express something."""

Results = tuple[torch.Tensor, ...]


def built(drawing: Drawing) -> nn.Module:
    """The model, in evaluation mode, with the weights of seed 0."""
    torch.manual_seed(0)
    return build(drawing.code()).model.eval()


def runs(module: nn.Module, inputs: Sequence[torch.Tensor]) -> Results:
    """What comes out; random draws are those of seed 0."""
    torch.manual_seed(0)
    result = module(*inputs)
    return result if isinstance(result, tuple) else (result,)


def scripted(module: nn.Module) -> nn.Module:
    """What a TorchScript file of it gives when it is loaded back."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch.jit is deprecated and says so at every call
        buffer = io.BytesIO()
        torch.jit.save(torch.jit.script(module), buffer)
        buffer.seek(0)
        return torch.jit.load(buffer)


def assert_equal(left: Results, right: Results) -> None:
    """The same shapes, dtypes and (to a hundred-thousandth) numbers."""
    assert len(left) == len(right)
    for one, other in zip(left, right, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-5, equal_nan=True)


def assert_runs_as_analysed(drawing: Drawing, analysis: Analysis) -> None:
    """Shapes and dtypes at two batch sizes, and how many parameters there are."""
    model = built(drawing)
    assert sum(p.numel() for p in model.parameters()) == analysis.parameters
    shown = list(analysis.parts.outputs.values())
    for batch in (2, 3):
        results = runs(model, example(drawing, batch, analysis))
        for value, result in zip(shown, results, strict=True):
            found = analysis.by_node[value.node].outputs[value.port]
            assert isinstance(found, Tensor)
            sizes = tuple(value_at(dim, {"B": batch}) for dim in found.dims)
            assert (tuple(result.shape), str(result.dtype)) == (sizes, f"torch.{found.dtype}")


def errors(analysis: Analysis) -> list[str]:
    """Every error in words, torch's own included."""
    return [p.message + p.details for p in analysis.problems if p.severity == "error"]
