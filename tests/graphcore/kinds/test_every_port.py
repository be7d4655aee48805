"""Optional ports wired and free, ports that grow, and sizes that are read off the input."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.kind import Kind
from tests.examples import COMPUTED, drawing_of, example
from tests.running import assert_equal, assert_runs_as_analysed, built, errors, runs, scripted

# What else must be so for an optional port to be wired: types a sample, params.
_BAG = {"": "int64[]", "input": "int64[]", "per_sample_weights": "float32[]"}


def free_ports(kind: Kind) -> list[tuple[str, ...]]:
    """Each optional port by itself (those of one group together), then all."""
    ports = [port for port in kind.ports(kind.starting_params())[0] if port.optional]
    groups = dict.fromkeys(port.group or port.name for port in ports)
    alone = [tuple(p.name for p in ports if (p.group or p.name) == group) for group in groups]
    everything = tuple(port.name for port in ports)
    return alone if len(alone) < 2 else [*alone, everything]


def ways() -> Iterator[object]:
    for kind in COMPUTED:
        for wired in free_ports(kind):
            yield pytest.param(kind, wired, id=f"{kind.name}-{'-'.join(wired)}")


@pytest.mark.parametrize(("kind", "wired"), list(ways()))
def test_an_optional_port_takes_what_is_wired(kind: Kind, wired: tuple[str, ...]) -> None:
    is_bag = kind.name == "nn.EmbeddingBag"
    params = {"mode": "sum"} if "per_sample_weights" in wired else {}
    types = _BAG if is_bag and "offsets" in wired else {"per_sample_weights": "float32[7]"}
    drawing = drawing_of(kind, params, wired=wired, types=types)
    analysis = drawing.analysis()
    assert errors(analysis) == []
    assert set(wired) <= set(analysis.nodes["subject"].inputs)
    assert_runs_as_analysed(drawing, analysis)
    model, inputs = built(drawing), example(drawing, 2, analysis)
    assert_equal(runs(model, inputs), runs(scripted(model), inputs))


GROWING = [kind for kind in COMPUTED if any(port.variadic for port in kind.inputs)]
EQUATIONS = {1: "bi -> b", 2: "bi, bi -> b", 3: "bi, bi, bi -> bi", 4: "bi, bi, bi, bj -> ij"}


@pytest.mark.parametrize("slots", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", GROWING, ids=lambda kind: kind.name)
def test_a_port_that_grows_takes_one_to_four(kind: Kind, slots: int) -> None:
    params = {"equation": EQUATIONS[slots]} if kind.name == "ops.einsum" else {}
    drawing = drawing_of(kind, params, slots=slots)
    analysis = drawing.analysis()
    [port] = kind.inputs
    if slots < port.fewest:
        assert [(p.rule, p.port) for p in analysis.problems if p.severity == "error"] == [
            ("unwired", "tensors")
        ]
        return
    assert errors(analysis) == []
    assert_runs_as_analysed(drawing, analysis)
    model, inputs = built(drawing), example(drawing, 2, analysis)
    assert_equal(runs(model, inputs), runs(scripted(model), inputs))


# Of twelve features: four matrices an attention, two Linear layers of 2048, a LayerNorm for each.
_ATTENTION, _NORM, _THINKING = 4 * (12 * 12 + 12), 2 * 12, 2 * 12 * 2048 + 2048 + 12
_ENCODER = _ATTENTION + _THINKING + 2 * _NORM
_DECODER = 2 * _ATTENTION + _THINKING + 3 * _NORM

# What a person would type for the inputs of tests/examples.py, and the parameters that follow.
READ = {
    "nn.Conv1d": ({"in_channels": 4}, 4 * 16 * 3 + 16),
    "nn.Conv2d": ({"in_channels": 4}, 4 * 16 * 9 + 16),
    "nn.Conv3d": ({"in_channels": 4}, 4 * 16 * 27 + 16),
    "nn.ConvTranspose1d": ({"in_channels": 4}, 4 * 16 * 3 + 16),
    "nn.ConvTranspose2d": ({"in_channels": 4}, 4 * 16 * 9 + 16),
    "nn.ConvTranspose3d": ({"in_channels": 4}, 4 * 16 * 27 + 16),
    **{f"nn.BatchNorm{axes}d": ({"num_features": 4}, 8) for axes in (1, 2, 3)},
    "nn.SyncBatchNorm": ({"num_features": 8}, 16),
    **{f"nn.InstanceNorm{axes}d": ({"num_features": 4}, 0) for axes in (1, 2, 3)},
    "nn.GroupNorm": ({"num_channels": 8}, 16),
    "nn.LayerNorm": ({"normalized_shape": (12,)}, 24),
    "nn.RMSNorm": ({"normalized_shape": (12,)}, 12),
    "nn.Linear": ({"in_features": 12}, 12 * 64 + 64),
    "nn.Bilinear": ({"in1_features": 12, "in2_features": 12}, 64 * 12 * 12 + 64),
    "nn.RNN": ({"input_size": 12}, 32 * (12 + 32 + 2)),
    "nn.GRU": ({"input_size": 12}, 96 * (12 + 32 + 2)),
    "nn.LSTM": ({"input_size": 12}, 128 * (12 + 32 + 2)),
    "nn.RNNCell": ({"input_size": 12}, 32 * (12 + 32 + 2)),
    "nn.GRUCell": ({"input_size": 12}, 96 * (12 + 32 + 2)),
    "nn.LSTMCell": ({"input_size": 12}, 128 * (12 + 32 + 2)),
    "nn.MultiheadAttention": ({"embed_dim": 12}, 4 * (12 * 12 + 12)),
    "nn.AdaptiveLogSoftmaxWithLoss": (
        {"in_features": 32},
        32 * 102 + (32 * 8 + 8 * 400) + (32 * 2 + 2 * 500),
    ),
    "nn.TransformerEncoderLayer": ({"d_model": 12}, _ENCODER),
    "nn.TransformerDecoderLayer": ({"d_model": 12}, _DECODER),
    "nn.TransformerEncoder": ({"d_model": 12}, _ENCODER),
    "nn.TransformerDecoder": ({"d_model": 12}, _DECODER),
    "nn.Transformer": ({"d_model": 12}, _ENCODER + _DECODER + 48),
}  # fmt: skip
LOSSES_READ = {"loss.LinearCrossEntropyLoss"}


def test_the_hand_counts_are_of_all_that_is_read() -> None:
    reads = {k.name for k in CATALOG.values() if any(param.infer for param in k.params)}
    assert set(READ) | LOSSES_READ == reads


@pytest.mark.parametrize("name", READ)
def test_a_size_is_read_off_the_input(name: str) -> None:
    expected, parameters = READ[name]
    facts = drawing_of(CATALOG[name]).analysis().nodes["subject"]
    assert {param: facts.params[param] for param in facts.inferred} == expected
    assert facts.parameters == parameters
