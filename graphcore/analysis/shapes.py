"""Types, parameter counts and FLOPs of one node, found by running it on the meta device.

Each symbol (`B` and those of fields) is probed with two primes; the sizes that come out are read
back as affine forms. What was found is remembered by text and input types.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import CodeType
from typing import Any

import torch
import torch.nn.functional as functional
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry

from graphcore.types import (
    ITEM_SIZES,
    B,
    Dim,
    ListOf,
    Record,
    Tensor,
    Type,
    affine,
    symbols,
    value_at,
)

# A pair of primes a symbol; far apart so that sizes of real layers don't meet them by chance.
_PRIMES = ((61, 67), (71, 73), (79, 83), (89, 97), (101, 103), (107, 109), (113, 127), (131, 137))
_SMALL_PRIMES = ((2, 3), (5, 7), (11, 13), (17, 19), (23, 29), (31, 37), (41, 43), (47, 53))
_SCOPE: dict[str, Any] = {"torch": torch, "nn": nn, "F": functional}
MEMO_SIZE = 20_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a node gives for some input types: outputs by port, or torch's own words.

    `flops` and `memory` (bytes of the outputs) are for one sample; `parameters` counts trainable
    and frozen ones alike; `weights` are their names and shapes. `rule` is what an error breaks.
    """

    outputs: tuple[Type, ...] = ()
    parameters: int = 0
    flops: int = 0
    memory: int = 0
    weights: tuple[tuple[str, tuple[int, ...]], ...] = ()
    error: str = ""
    rule: str = "shape"


@dataclass(frozen=True, slots=True)
class Question:
    """A node as texts: `construct` may be empty; `call` names its inputs `a0`, `a1`, …

    `unpack` names the outputs `o0`, `o1`, … One that is `real` is run on zeros, in small sizes,
    because it looks at numbers before it knows a shape. `imports` bring a person's own class.
    """

    construct: str
    call: str
    unpack: str
    inputs: tuple[Type, ...]
    outputs: int
    real: bool = False
    imports: tuple[str, ...] = ()


_memo: dict[Question, Outcome] = {}


def outcome(question: Question) -> Outcome:
    """The outcome, remembered. Never raises for what the drawing holds."""
    small = _reduced(question)
    if small is None:
        return _remembered(question)
    found = _remembered(small)
    if found.error or found.flops or found.outputs != small.inputs:
        return _remembered(question)
    return replace(found, outputs=question.inputs, memory=bytes_of(question.inputs[0], {}))


_WANTS_NUMBERS = "cannot be called on meta tensors"
"""What torch says of a layer that looks at numbers at some of its params, or of its inputs."""


def _remembered(question: Question) -> Outcome:
    found = _memo.get(question)
    if found is None:
        if len(_memo) >= MEMO_SIZE:
            _memo.clear()
        found = _probe(question)
        if _WANTS_NUMBERS in found.error and not question.real:
            found = _probe(replace(question, real=True))
        _memo[question] = found
    return found


# Layers that give back the shape they get and ask nothing of what lies behind the channels.
_KEEPING = re.compile(
    r"nn\.(BatchNorm[123]d|SyncBatchNorm|GroupNorm|Identity|Dropout|CELU|ELU|GELU|Hardshrink"
    r"|Hardsigmoid|Hardswish|Hardtanh|LeakyReLU|LogSigmoid|Mish|PReLU|ReLU6?|SELU|SiLU|Sigmoid"
    r"|Softplus|Softshrink|Softsign|Tanh|Tanhshrink|Threshold)\("
)


def _reduced(question: Question) -> Question | None:
    """The same question at a map of 8 cells a side, so that another size needs no new probe.

    Normalization on meta takes milliseconds, and an edit may change every size behind it.
    """
    if len(question.inputs) != 1 or not _KEEPING.match(question.construct):
        return None
    given = question.inputs[0]
    if not isinstance(given, Tensor) or len(given.dims) < 3 or any(map(_is_empty, given.dims)):
        return None
    small = Tensor((*given.dims[:2], *(8 for _ in given.dims[2:])), given.dtype)
    return replace(question, inputs=(small,))


def _is_empty(dim: Dim) -> bool:
    return isinstance(dim, int) and dim <= 0


def _probe(question: Question) -> Outcome:
    names = sorted({s for t in question.inputs for s in _symbols(t)})
    if len(names) > len(_PRIMES):
        return Outcome(error=f"more than {len(_PRIMES)} different symbols meet here")
    primes = _SMALL_PRIMES if question.real else _PRIMES
    base = {name: pair[0] for name, pair in zip(names, primes, strict=False)}
    try:
        with torch.no_grad(), torch.device("cpu" if question.real else "meta"):
            layer = _evaluate(question) if question.construct else None
            first, flops = _run(question, layer, base)
            others = {}
            for name, pair in zip(names, primes, strict=False):
                others[name] = (pair[1], *_run(question, layer, {**base, name: pair[1]}))
    except (Exception, SystemExit) as error:  # whatever torch has to say about these shapes
        return Outcome(error=_first_line(error))
    counts = {name: (value, count) for name, (value, _, count) in others.items()}
    per_sample = _solve(flops, base, counts)
    outputs = []
    for place, result in enumerate(first):
        varied = {name: (value, results[place]) for name, (value, results, _) in others.items()}
        outputs.append(_type_of(result, base, varied))
    one_sample = value_at(per_sample, dict.fromkeys(names, 1))
    memory = sum(bytes_of(kind, {}) for kind in outputs)
    weights = _weights(layer)
    return Outcome(tuple(outputs), _parameters(layer), one_sample, memory, weights)


def _run(question: Question, layer: Any, sizes: Mapping[str, int]) -> tuple[list[Any], int]:
    scope: dict[str, Any] = {"layer": layer}
    for place, kind in enumerate(question.inputs):
        scope[f"a{place}"] = _example(kind, sizes)
    code = _compiled(f"{question.unpack} = {question.call}", "exec")
    if isinstance(layer, nn.RNNBase):
        flops = _run_one_step(code, layer, scope)
    else:
        with _Flops() as counter:
            exec(code, dict(_SCOPE), scope)
        flops = counter.total
    return [scope[f"o{place}"] for place in range(question.outputs)], flops


def _run_one_step(code: CodeType, layer: nn.RNNBase, scope: dict[str, Any]) -> int:
    """Run a recurrent layer for one step, since hundreds take seconds; the rest is known.

    The output has as many steps as the input, and every matrix of weights meets every step once.
    """
    given = scope["a0"]
    time = 1 if layer.batch_first and given.dim() == 3 else 0
    scope["a0"] = given.narrow(time, 0, 1)
    exec(code, dict(_SCOPE), scope)
    shape = list(scope["o0"].shape)
    shape[time] = given.shape[time]
    scope["o0"] = scope["o0"].new_empty(shape)
    matrices = sum(weight.numel() for weight in layer.parameters() if weight.dim() == 2)
    return 2 * int(given.shape[:-1].numel()) * matrices


class _Flops(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Adds up 2 x multiply-adds by torch's own table of formulas.

    torch.utils.flop_counter.FlopCounterMode does the same but hangs hooks on every module of the
    process while it counts, a training run's too.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.total = 0

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        count = flop_registry.get(func._overloadpacket)
        if count is None:
            with self:
                whole = func.decompose(*args, **kwargs)
            if whole is not NotImplemented:
                return whole
        result = func(*args, **kwargs)
        if count is not None:
            self.total += count(*args, **kwargs, out_val=result)
        return result


def _evaluate(question: Question) -> Any:
    scope = dict(_SCOPE)
    for line in question.imports:
        exec(_compiled(line, "exec"), scope)
    return eval(_compiled(question.construct, "eval"), scope)


@functools.lru_cache(4096)
def _compiled(text: str, mode: str) -> CodeType:
    return compile(text, "<analysis>", mode)


def _symbols(kind: Type) -> set[str]:
    match kind:
        case Tensor(dims):
            return {symbol for dim in dims for symbol in symbols(dim)}
        case ListOf(item):
            return _symbols(item)
        case Record(fields):
            return {symbol for _, item in fields for symbol in _symbols(item)}


def _example(kind: Type, sizes: Mapping[str, int]) -> Any:
    match kind:
        case Tensor(dims, dtype):
            shape = [value_at(dim, sizes) for dim in dims]
            return torch.zeros(shape, dtype=getattr(torch, dtype))
        case ListOf(item):
            return [_example(item, sizes)]
        case Record(fields):
            return {name: _example(item, sizes) for name, item in fields}


def _type_of(
    result: Any, base: Mapping[str, int], varied: Mapping[str, tuple[int, Any]]
) -> Type:  # fmt: skip
    if isinstance(result, torch.Tensor):
        dims = []
        for axis, size in enumerate(result.shape):
            seen = {name: (value, other.shape[axis]) for name, (value, other) in varied.items()}
            dims.append(_solve(size, base, seen))
        return Tensor(tuple(dims), str(result.dtype).removeprefix("torch."))
    if isinstance(result, tuple | list) and result:
        inner = {name: (value, other[0]) for name, (value, other) in varied.items()}
        return ListOf(_type_of(result[0], base, inner))
    raise TypeError(f"{type(result).__name__} is not a tensor")


def _solve(size: int, base: Mapping[str, int], seen: Mapping[str, tuple[int, int]]) -> Dim:
    """The affine form through the base point and one other point a symbol."""
    terms = {}
    for name, (value, other) in seen.items():
        factor, rest = divmod(other - size, value - base[name])
        if rest:  # not affine, such as a ceiling; the nearest whole factor serves
            factor = round((other - size) / (value - base[name]))
        terms[name] = factor
    return affine(size - sum(factor * base[name] for name, factor in terms.items()), terms)


def _parameters(layer: Any) -> int:
    if isinstance(layer, nn.Parameter):
        return layer.numel()
    if not isinstance(layer, nn.Module):
        return 0
    return sum(parameter.numel() for parameter in layer.parameters())


def _weights(layer: Any) -> tuple[tuple[str, tuple[int, ...]], ...]:
    if not isinstance(layer, nn.Module):
        return ()
    return tuple((name, tuple(weight.shape)) for name, weight in layer.named_parameters())


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:300]


def bytes_of(kind: Type, sizes: Mapping[str, int]) -> int:
    """Bytes that a value takes when each symbol has that size; symbols not named count as 1."""
    match kind:
        case Tensor(dims, dtype):
            total = ITEM_SIZES[dtype]
            for dim in dims:
                known = {name: sizes.get(name, 1) for name in symbols(dim)}
                total *= max(0, value_at(dim, known))
            return total
        case ListOf(item):
            return bytes_of(item, sizes)
        case Record(fields):
            return sum(bytes_of(item, sizes) for _, item in fields)


def batch_of(kind: Type) -> Type:
    """A field's type per sample as a wire's type: with the batch `B` in front."""
    match kind:
        case Tensor(dims, dtype):
            return Tensor((B, *dims), dtype)
        case ListOf() as many:
            return many
        case Record(fields):
            return Record(tuple((name, batch_of(item)) for name, item in fields))
