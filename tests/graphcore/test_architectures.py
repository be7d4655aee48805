"""Known networks, drawn through edits alone, are the same as those written by hand."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from graphcore.code.build import build
from graphcore.types import Tensor as TensorType
from graphcore.types import parse_type
from tests.graphcore.architectures.branches import BRANCHES
from tests.graphcore.architectures.drawn import Architecture
from tests.graphcore.architectures.modern import MODERN
from tests.graphcore.architectures.pictures import PICTURES
from tests.graphcore.architectures.readers import READERS
from tests.graphcore.architectures.sequences import SEQUENCES
from tests.sketch import Sketch

ARCHITECTURES = {**PICTURES, **BRANCHES, **SEQUENCES, **MODERN, **READERS}


def drawn(architecture: Architecture) -> Sketch:
    """The drawing between its Inputs and an Output a result."""
    s = Sketch()
    given = [s.x(f"given{place}", text) for place, text in enumerate(architecture.types)]
    results = architecture.draw(s, *given)
    for place, result in enumerate(results if isinstance(results, list) else [results]):
        s.y(result, f"result{place}")
    return s


def example(text: str) -> Tensor:
    """A batch of three of this type."""
    found = parse_type(text)
    assert isinstance(found, TensorType)
    sizes = (3, *(size for size in found.dims if isinstance(size, int)))
    return torch.rand(sizes) if found.is_float else torch.randint(0, 20, sizes)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_it_is_the_network_written_by_hand(name: str) -> None:
    architecture = ARCHITECTURES[name]
    torch.manual_seed(0)
    sketch = drawn(architecture)
    analysis = sketch.analysis()
    assert [p.message for p in analysis.problems if p.severity == "error"] == []
    model, hand = build(sketch.code()).model.eval(), architecture.by_hand().eval()
    assert analysis.parameters == sum(p.numel() for p in hand.parameters())
    pairs = zip(hand.state_dict(), model.state_dict().values(), strict=True)
    hand.load_state_dict(dict(pairs))
    given = [example(text) for text in architecture.types]
    torch.manual_seed(1)
    results = model(*given)
    torch.manual_seed(1)
    expected = hand(*given)
    if isinstance(expected, Tensor):
        results, expected = (results,), (expected,)
    for result, other in zip(results, expected, strict=True):
        assert torch.allclose(result, other, atol=1e-5)


def test_there_are_many() -> None:
    assert len(ARCHITECTURES) >= 36
