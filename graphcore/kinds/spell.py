"""How a node reads in Python: templates of its kind filled with checked values.

Analysis evaluates these texts and the code writer prints them, so they can't disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphcore.kinds.kind import REQUIRED, Kind, Port

NOT_WIRED = "..."
"""What stands in the code where a value is missing; it parses, and never runs."""


def arguments(kind: Kind, params: Mapping[str, object]) -> list[str]:
    """The arguments that differ from torch's defaults: required ones by position, then keywords.

    `params` are resolved and checked values.
    """
    found: list[str] = []
    positional = True
    for param in kind.params:
        if param.name not in params:
            positional = False
            continue
        value = params[param.name]
        if param.default is REQUIRED:
            text = param.spell(value)
            found.append(text if positional else f"{param.name}={text}")
        else:
            positional = False
            if value != param.default or type(value) is not type(param.default):
                found.append(f"{param.name}={param.spell(value)}")
    return found


def construction(kind: Kind, params: Mapping[str, object]) -> str:
    """The expression that constructs the layer, such as `nn.Conv2d(1, 16, 3, padding=1)`."""
    return kind.construct.format(args=", ".join(arguments(kind, params)))


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
    parts["layer"] = layer
    parts["inputs"] = ", ".join(_call_inputs(inputs, values))
    parts["args"] = ", ".join(arguments(kind, params))
    return kind.call.format_map(parts).replace(", )", ")")


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
    for port in ports:
        if port.optional and port.name not in values:
            skipped = True
            continue
        text = _port_text(port, values)
        found.append(f"{port.name}={text}" if skipped else text)
    return found


def unpacking(kind: Kind, names: Mapping[str, str], params: Mapping[str, object]) -> str:
    """What stands at the left of `=`: a name, or a pattern of names (`_` for those not read)."""
    _, outputs = kind.ports(params)
    if len(outputs) == 1:
        return names.get(outputs[0].name, "_")
    pattern = kind.unpack or ", ".join(f"{{{port.name}}}" for port in outputs)
    return pattern.format_map({port.name: names.get(port.name, "_") for port in outputs})
