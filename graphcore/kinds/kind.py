"""A kind: one thing that can be put on the canvas, described by data alone.

A kind is its imports, a text template that constructs it, a text template that calls it, its
ports and its params. Analysis evaluates the very templates that the code writer prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from graphcore.kinds.params import ParamType

Role = Literal["layer", "op", "loss", "term", "constant", "dataset", "input", "output", "block",
               "unknown"]  # fmt: skip


OLDEST_TORCH = "2.11"
FORMATS = frozenset({"torchscript", "pt2", "onnx"})
"""What nearly every kind can be exported to."""


class Refusal(NamedTuple):
    """A format that can't express a kind, and why; only where a param has that value, if named."""

    format: str
    why: str
    param: str = ""
    value: object = None


class _Required:
    """The default of a param that has none in torch."""

    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED = _Required()


@dataclass(frozen=True, slots=True)
class Port:
    """A named place for a wire.

    A `variadic` port grows: its slots are named `tensors.0`, `tensors.1`, …, and `join` is what
    stands between them in the code. `role` tells a loss's prediction from its target. A `mask` is
    of booleans, or of decimal numbers to be added. Optional ports of one `group` are wired
    together or not at all, and given to the layer as one tuple. Torch's types allow None at an
    output that is `maybe` there: the code asserts that it is, for TorchScript to know. What is
    given `by_name` stands in the call behind other things than ports.
    """

    name: str
    help: str = ""
    optional: bool = False
    variadic: bool = False
    join: str = ", "
    fewest: int = 1
    role: Literal["value", "prediction", "target"] = "value"
    dtype: Literal["any", "float", "integer", "mask"] = "any"
    group: str = ""
    maybe: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Infer:
    """A param read off the input: `dims[axis]` of what arrives at `port` (batch included).

    Where it would be equal to the param `unless`, torch's default stays.
    """

    port: str
    axis: int
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Param:
    """One setting of a kind.

    `default` is torch's (REQUIRED where it has none); `start` is what a new node gets where we
    choose otherwise; `infer` says how an absent value is read off the input.
    """

    name: str
    type: ParamType
    default: object = REQUIRED
    start: object = REQUIRED
    infer: Infer | None = None
    optional: bool = False
    help: str = ""
    unit: str = ""
    in_call: bool = False
    since: str = ""
    title: str = ""

    def check(self, value: object) -> object:
        """The normalized value. Raises UserError where it is not allowed."""
        if value is None and self.optional:
            return None
        return self.type.check(value)

    def spell(self, value: object) -> str:
        """A checked value as Python source."""
        if isinstance(value, Written):
            return value.text
        return "None" if value is None else self.type.spell(value)


@dataclass(frozen=True, slots=True)
class Written:
    """A param's value that reads as an expression in the code, such as `width * 2`."""

    text: str
    value: object


Ports = tuple[tuple[Port, ...], tuple[Port, ...]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalog.

    Templates: `construct` knows `{args}` (the arguments that differ from torch's defaults) and
    `{name}` for every param; `call` knows `{layer}` (the attribute), `{inputs}` (all wired ports
    in order, then what a call of the layer is told), `{args}` and `{name}` for every port and
    param. A param that a template names is not in its `{args}`. `unpack` is how a call with
    several outputs is taken apart (`{output}, ({h_n}, {c_n})`); where it is empty, a tuple of the
    outputs in order.

    `refusals` say which formats can't express it and why, `since` the version of torch that has
    it (the oldest supported one where it is older), `listed` whether the palette shows it without
    a search, and `on_meta` whether its shapes can be found without data.
    """

    name: str
    family: str
    icon: str
    help: str
    inputs: tuple[Port, ...] = (Port("input"),)
    outputs: tuple[Port, ...] = (Port("output"),)
    params: tuple[Param, ...] = ()
    imports: tuple[str, ...] = ()
    construct: str = ""
    call: str = "{layer}({inputs})"
    role: Role = "op"
    summary: str = ""
    url: str = ""
    since: str = OLDEST_TORCH
    unpack: str = ""
    refusals: tuple[Refusal, ...] = ()
    listed: bool = True
    on_meta: bool = True
    words: tuple[str, ...] = ()
    ports_from: Callable[[Mapping[str, object]], Ports] | None = None

    @property
    def title(self) -> str:
        """The name a person knows: `Conv2d` of `nn.Conv2d`."""
        return self.name.rpartition(".")[2]

    @property
    def is_layer(self) -> bool:
        """Whether it is constructed once (and may hold parameters) rather than only called."""
        return bool(self.construct)

    @property
    def exports(self) -> frozenset[str]:
        """The formats that can express it, whatever its params."""
        return FORMATS - {refusal.format for refusal in self.refusals if not refusal.param}

    @property
    def scripts(self) -> bool:
        """Whether TorchScript can express it."""
        return "torchscript" in self.exports

    def refusal(self, format: str, params: Mapping[str, object]) -> str:
        """Why a format can't express it at these params; empty where it can."""
        met = (
            row.why for row in self.refusals
            if row.format == format and (not row.param or params.get(row.param) == row.value)
        )  # fmt: skip
        return next(met, "")

    @property
    def is_term(self) -> bool:
        """Whether it yields a term of an objective."""
        return self.role in ("loss", "term")

    def param(self, name: str) -> Param | None:
        """The param of that name, or None."""
        return next((param for param in self.params if param.name == name), None)

    def ports(self, params: Mapping[str, object]) -> Ports:
        """Input and output ports at these params."""
        if self.ports_from is None:
            return self.inputs, self.outputs
        plain = {n: v.value if isinstance(v, Written) else v for n, v in params.items()}
        return self.ports_from(plain)

    def starting_params(self) -> dict[str, object]:
        """What a new node's params hold: every choice of ours that torch does not make."""
        return {p.name: p.start for p in self.params if p.start is not REQUIRED}
