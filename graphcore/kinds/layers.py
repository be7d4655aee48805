"""Layers of torch.nn: the generated table with what is noted by hand. torch isn't imported here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from graphcore.kinds.kind import Kind, Port, Ports
from graphcore.kinds.layer_notes import NOT_ON_META, UNLISTED, about, refusals_of
from graphcore.kinds.merge import DOCS, imports_of, params_of, port_of, since_of
from graphcore.kinds.torch_layers import LAYERS as SIGNATURES

_OUTPUT = Port("output")
_FIRST_STATE = (
    Port("h_0", "State at the start; wire c_0, too.", optional=True, group="hx"),
    Port("c_0", "Long memory at the start; wire h_0, too.", optional=True, group="hx"),
)
_INPUTS: Mapping[str, tuple[Port, ...]] = {
    "LSTM": (Port("input"), *_FIRST_STATE),
    "LSTMCell": (Port("input"), *_FIRST_STATE),
    "Embedding": (Port("input", dtype="integer"),),
    "AdaptiveLogSoftmaxWithLoss": (
        Port("input", dtype="float"),
        Port("target", "The true class, as a number.", dtype="integer"),
    ),
}
_STATE = Port("h_n", "State at the end.")
_OUTPUTS: Mapping[str, tuple[Port, ...]] = {
    "RNN": (_OUTPUT, _STATE),
    "GRU": (_OUTPUT, _STATE),
    "LSTM": (_OUTPUT, _STATE, Port("c_n", "Long memory at the end.")),
    "LSTMCell": (Port("h", "The new state."), Port("c", "The new long memory.")),
    "MultiheadAttention": (_OUTPUT, Port("weights", "Where each step looked.", maybe=True)),
    "AdaptiveLogSoftmaxWithLoss": (
        Port("output", "Log-probability of the true class."),
        Port("loss", "Its mean with the other sign; wire it into a Term."),
    ),
}
_UNPACK = {"LSTM": "{output}, ({h_n}, {c_n})", "MultiheadAttention": "{output}, {weights}"}
_PLACES = Port("indices", "Where each value was.")

PortsFrom = Callable[[Mapping[str, object]], Ports]


def _where(
    inputs: tuple[Port, ...], outputs: tuple[Port, ...], param: str, default: bool
) -> PortsFrom:
    """Ports of which the last output is there only where a param is True."""

    def ports(params: Mapping[str, object]) -> Ports:
        return inputs, outputs if params.get(param, default) is True else outputs[:-1]

    return ports


def _layer(name: str) -> Kind:
    signature, row = SIGNATURES[name], about(name)
    params = params_of(name, signature)
    inputs = _INPUTS.get(name) or tuple(map(port_of, signature.inputs))
    outputs = _OUTPUTS.get(name, (_OUTPUT,))
    ports_from: PortsFrom | None = None
    if name == "MultiheadAttention":
        inputs = tuple(replace(port, by_name=port.optional) for port in inputs)
    if any(param.name == "return_indices" for param in params):
        ports_from = _where(inputs, (_OUTPUT, _PLACES), "return_indices", False)
    elif name == "MultiheadAttention":
        ports_from = _where(inputs, outputs, "need_weights", True)
    return Kind(
        name=f"nn.{name}", family=row.family, icon=row.family, help=row.help, inputs=inputs,
        outputs=outputs, params=params, imports=imports_of(params),
        construct=f"nn.{name}({{args}})", role="layer", summary=row.summary,
        url=f"{DOCS}{name}.html", words=row.words, unpack=_UNPACK.get(name, ""),
        since=since_of(name), refusals=refusals_of(name),
        listed=name not in UNLISTED, on_meta=name not in NOT_ON_META, ports_from=ports_from,
    )  # fmt: skip


def _stack(name: str, kind: Kind, layer: Kind) -> Kind:
    """An encoder or decoder: the params of one of its layers, and how many there are."""
    inner = tuple(param for param in layer.params if not param.in_call)
    own = tuple(param for param in kind.params if param.in_call or param.name == "num_layers")
    rest = ", enable_nested_tensor=False" if name == "TransformerEncoder" else ""
    return replace(
        kind,
        help=f"{kind.help} With norm_first, put a LayerNorm after it.",
        params=(*inner, *own),
        construct=f"nn.{name}(nn.{name}Layer({{args}}), {{num_layers}}{rest})",
    )


def _layers() -> tuple[Kind, ...]:
    found = {name: _layer(name) for name in SIGNATURES}
    for name in ("TransformerEncoder", "TransformerDecoder"):
        found[name] = _stack(name, found[name], found[f"{name}Layer"])
    return tuple(found.values())


LAYERS: tuple[Kind, ...] = _layers()
