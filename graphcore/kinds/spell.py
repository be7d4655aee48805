"""How a node reads in Python: templates of its kind filled with checked values.

Analysis evaluates these texts and the code writer prints them, so they can't disagree.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from string import Formatter

from graphcore.kinds.kind import REQUIRED, Kind, Param, Port
from graphcore.kinds.line import Line, filled

NOT_WIRED = "..."
"""What stands in the code where a value is missing; it parses, and never runs."""


def arguments(params: Iterable[Param], values: Mapping[str, object]) -> list[str]:
    """The arguments that differ from torch's defaults: required ones by position, then keywords.

    `values` are resolved and checked.
    """
    found: list[str] = []
    positional = True
    for param in params:
        if param.name not in values:
            positional = False
            continue
        value = values[param.name]
        if param.default is REQUIRED:
            text = param.spell(value)
            found.append(text if positional else f"{param.name}={text}")
        else:
            positional = False
            if value != param.default or type(value) is not type(param.default):
                found.append(f"{param.name}={param.spell(value)}")
    return found


@functools.lru_cache(1024)
def _named_in(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def construction(kind: Kind, params: Mapping[str, object]) -> str:
    """The expression that constructs the layer, such as `nn.Conv2d(1, 16, 3, padding=1)`."""
    named = _named_in(kind.construct)
    free = (p for p in kind.params if p.name not in named and not p.in_call)
    parts = {p.name: p.spell(params[p.name]) for p in kind.params if p.name in params}
    parts["args"] = ", ".join(arguments(free, params))
    return kind.construct.format_map(parts)


def call(
    kind: Kind,
    params: Mapping[str, object],
    values: Mapping[str, str],
    layer: str = "layer",
) -> str:
    """The expression that calls the node; `values` maps wired slots to names of values."""
    inputs, _ = kind.ports(params)
    parts: dict[str, str] = {
        param.name: param.spell(params[param.name]) for param in kind.params if param.name in params
    }
    for port in inputs:
        parts[port.name] = _port_text(port, values)
    for param in kind.params:
        if isinstance(param.type, Line) and param.name in params:
            parts = {param.name: filled(params[param.name], parts)}
    named = _named_in(kind.call)
    free = [p for p in kind.params if p.name not in named and p.in_call == kind.is_layer]
    found = arguments(free, params)
    parts["layer"] = layer
    parts["inputs"] = ", ".join(_call_inputs(inputs, values) + found * kind.is_layer)
    parts["args"] = ", ".join(found)
    return kind.call.format_map(parts).replace(", )", ")")


def called_with(kind: Kind, param: str) -> bool:
    """Whether a node's call names this param; else its construction does."""
    named = _named_in(kind.call)
    found = kind.param(param)
    return found is not None and (
        param in named or ("args" in named and found.in_call == kind.is_layer)
        or (kind.is_layer and "inputs" in named and found.in_call)
    )  # fmt: skip


def _port_text(port: Port, values: Mapping[str, str]) -> str:
    if not port.variadic:
        return values.get(port.name, NOT_WIRED)
    slots = sorted(
        (name for name in values if name.startswith(f"{port.name}.")),
        key=lambda name: int(name.rpartition(".")[2]),
    )
    found = [values[slot] for slot in slots]
    return port.join.join(found + [NOT_WIRED] * (port.fewest - len(found)))


def _call_inputs(ports: Sequence[Port], values: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    skipped = False
    for name, together in groupby(ports, lambda port: port.group or port.name):
        members = list(together)
        if members[0].optional and not any(port.name in values for port in members):
            skipped = True
            continue
        skipped = skipped or members[0].by_name
        texts = [_port_text(port, values) for port in members]
        text = f"({', '.join(texts)})" if members[0].group else texts[0]
        found.append(f"{name}={text}" if skipped else text)
    return found


def unpacking(kind: Kind, names: Mapping[str, str], params: Mapping[str, object]) -> str:
    """What stands at the left of `=`: a name, or a pattern of names (`_` for those not read)."""
    _, outputs = kind.ports(params)
    pattern = kind.unpack or ", ".join(f"{{{port.name}}}" for port in outputs)
    known = dict.fromkeys(_named_in(pattern), "_")
    return pattern.format_map(known | {p.name: names.get(p.name, "_") for p in outputs})
