"""Sizes and dtypes that a node can't work with, said before torch is asked."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import bare
from graphcore.analysis.rules.ways import (
    clear_param,
    exchange,
    insert,
    set_param,
    take_out,
)
from graphcore.kinds.catalog import CATALOG
from graphcore.project.edits import SetParam
from graphcore.project.graph import Node
from graphcore.types import INTEGERS, Tensor, symbols

FLOAT_FAMILIES = frozenset(
    ("convolution", "normalization", "activation", "linear", "recurrent", "attention")
)
CAST = "ops.to"


def dtype(case: Case) -> Problem | None:
    """Layers with weights multiply decimals; tables and classes are looked up by whole numbers."""
    for slot, found in case.facts.inputs.items():
        if not isinstance(found, Tensor):
            continue
        port = next((p for p in case.kind.inputs if p.name == slot.partition(".")[0]), None)
        wants = port.dtype if port else "any"
        if wants == "mask" and not (found.dtype == "bool" or found.is_float):
            text = f"{case.said} needs True or False but gets {shown(found)}. Compare it."
            cast = insert(case.sheet, case.wire(slot), [(CAST, {"dtype": "bool"})],
                          f"Cast to bool before “{case.node.name}”")  # fmt: skip
            return problem(case, "dtype", "error", "build", slot, text, [cast])
        main = port is None or (not port.optional and port.role != "target")
        is_float = wants == "float" or (
            case.kind.family in FLOAT_FAMILIES and main and wants == "any"
        )
        if is_float and not found.is_float and found.dtype != "complex64":
            text = (
                f"{case.said} works on decimal numbers but gets {shown(found)} from "
                f"“{case.feeder(slot)}”. Put “to float32” before it, or an Embedding if these "
                f"are indices."
            )
            cast = insert(case.sheet, case.wire(slot), [(CAST, {"dtype": "float32"})],
                          f"Cast to float32 before “{case.node.name}”")  # fmt: skip
            return problem(case, "dtype", "error", "build", slot, text, [cast])
        if wants == "integer" and found.dtype not in INTEGERS:
            text = (
                f"{case.said} needs whole numbers but gets {shown(found)} from "
                f"“{case.feeder(slot)}”. Put “to int64” before it."
            )
            cast = insert(case.sheet, case.wire(slot), [(CAST, {"dtype": "int64"})],
                          f"Cast to int64 before “{case.node.name}”")  # fmt: skip
            return problem(case, "dtype", "error", "build", slot, text, [cast])
    return None


_AXES = {1: "channels, length", 2: "channels, height, width",
         3: "channels, depth, height, width"}  # fmt: skip
_WINDOWED = ("convolution", "pooling")


def ranks_of(case: Case) -> tuple[int, ...]:
    """How many axes the input may have; empty where any will do."""
    name = case.kind.name
    if name[-1:] != "d" or name[-2:-1] not in ("1", "2", "3"):
        return ()
    axes = int(name[-2])
    if bare(case.kind).startswith("batchnorm"):
        return (2, 3) if axes == 1 else (axes + 2,)
    windowed = case.kind.family in _WINDOWED and "maxunpool" not in bare(case.kind)
    return (axes + 2,) if windowed and case.kind.role == "layer" else ()


def rank(case: Case) -> Problem | None:
    """A window slides over fixed axes: [batch, channels, …]; anything else is misread."""
    ranks = ranks_of(case)
    found = case.tensor("input")
    if not ranks or found is None or len(found.dims) in ranks:
        return None
    expected = ranks[-1]
    names = " or ".join(
        f"[B, {_AXES[count - 2]}]" if count > 2 else "[B, features]" for count in ranks
    )
    text = f"{case.said} expects {names} but gets {shown(found)} from “{case.feeder('input')}”."
    hint, repairs = _more_axes(case, found, expected)
    if len(found.dims) > expected:
        hint, repairs = _fewer_axes(case, found, expected)
    repairs.append(_other_width(case, len(found.dims)))
    return problem(case, "rank", "error", "build", "input", f"{text} {hint}".strip(), repairs)


def _more_axes(case: Case, found: Tensor, expected: int) -> tuple[str, list[Repair | None]]:
    wire, sheet, name = case.wire("input"), case.sheet, case.node.name
    missing = expected - len(found.dims)
    if missing <= 0:
        return "", []
    batched = bool(found.dims) and bool(symbols(found.dims[0]))
    repairs: list[Repair | None] = []
    if not batched:
        chain = [("ops.unsqueeze", {"dim": 0})]
        if missing == 2:
            chain.append(("ops.unsqueeze", {"dim": 1}))
        repairs.append(insert(sheet, wire, chain, f"Add a batch axis before “{name}”"))
        if wire and case.sheet.graph.nodes[wire.source].kind in ("ops.select", "ops.squeeze"):
            repairs.append(take_out(sheet, wire.source, reader=wire))
        return "The batch axis is missing.", repairs
    if missing == 1:
        chain = [("ops.unsqueeze", {"dim": 1})]
        repairs.append(insert(sheet, wire, chain, f"Add a channel axis before “{name}”"))
        return "The channel axis is missing.", repairs
    size = found.dims[1] if len(found.dims) == 2 else None
    if isinstance(size, int) and expected == 4 and math.isqrt(size) ** 2 == size:
        side = math.isqrt(size)
        unflatten = ("nn.Unflatten", {"dim": 1, "unflattened_size": (1, side, side)})
        repairs.append(insert(sheet, wire, [unflatten],
                              f"Unflatten {size} to 1×{side}×{side} before “{name}”"))  # fmt: skip
    if wire and bare(sheet.kind(sheet.graph.nodes[wire.source])) == "flatten":
        repairs.insert(0, take_out(sheet, wire.source, reader=wire))
    return f"{missing} axes are missing.", repairs


def _fewer_axes(case: Case, found: Tensor, expected: int) -> tuple[str, list[Repair | None]]:
    wire, sheet, name = case.wire("input"), case.sheet, case.node.name
    extra = len(found.dims) - expected
    ones = [axis for axis, dim in enumerate(found.dims) if dim == 1 and axis]
    repairs: list[Repair | None] = []
    if extra == 1 and ones:
        repairs.append(insert(sheet, wire, [("ops.squeeze", {"dim": ones[-1]})],
                              f"Drop axis {ones[-1]}, which has size 1"))  # fmt: skip
    if expected == 3 and ranks_of(case) == (2, 3):
        repairs.append(insert(sheet, wire, [("nn.Flatten", {})], f"Flatten before “{name}”"))
    elif extra == 1:
        chain = [("nn.Flatten", {"start_dim": 0, "end_dim": 1})]
        repairs.append(insert(sheet, wire, chain, "Fold the first two axes into one batch"))
    axis = "One axis is" if extra == 1 else f"{extra} axes are"
    return f"{axis} too many.", repairs


def _other_width(case: Case, count: int) -> Repair | None:
    """The same layer for the number of axes that came, where its sizes fit any."""
    kind = f"{case.kind.name[:-2]}{count - 2}d"
    if count < 3 or any(isinstance(v, tuple) and len(v) > 1 for v in case.node.params.values()):
        return None
    return exchange(case.sheet, case.node, kind) if kind in CATALOG else None


def size(case: Case) -> Problem | None:
    """A typed input size must be what arrives: the weights have exactly that many columns."""
    for param in case.kind.params:
        if param.infer is None or param.name in case.facts.inferred:
            continue
        found, typed = case.tensor(param.infer.port), case.facts.params.get(param.name)
        last = typed[-1] if isinstance(typed, tuple) and typed else typed
        if found is None or not isinstance(last, int) or isinstance(last, bool):
            continue
        if not -len(found.dims) <= param.infer.axis < len(found.dims):
            continue
        size = found.dims[param.infer.axis]
        if isinstance(size, int) and size != last:
            return _wrong_size(case, param.name, last, size, param.infer.port, found)
    return None


def _wrong_size(
    case: Case, param: str, typed: int, size: int, port: str, found: Tensor
) -> Problem:  # fmt: skip
    word = "channels" if "channels" in param else "features"
    text = (
        f"{case.said} expects {typed} {word} but gets {size} from “{case.feeder(port)}”: "
        f"{shown(found)}. Set {param} to {size}, or let it be inferred."
    )
    wire, name = case.wire(port), case.node.name
    repairs: list[Repair | None] = []
    dims, axis = found.dims, _axis(case, param, found)
    whole = math.prod(d for d in dims[1:] if isinstance(d, int))
    if case.kind.family == "linear" and len(dims) > 2 and whole == typed:
        repairs.append(insert(case.sheet, wire, [("nn.Flatten", {})],
                              f"Insert Flatten before “{name}”"))  # fmt: skip
    others = [place for place, dim in enumerate(dims) if dim == typed and place not in (0, axis)]
    if others:
        order = list(range(len(dims)))
        order.insert(axis, order.pop(others[-1]))
        place = "to axis 1" if axis == 1 else "to the end"
        turn = [("ops.permute", {"dims": tuple(order)})]
        repairs.append(insert(case.sheet, wire, turn, f"Permute the {typed} {word} {place}"))
    repairs.append(clear_param(case, param, f"Let {param} be inferred ({size})"))
    repairs.append(_fit_the_source(case, port, typed, word))
    return problem(case, "size", "error", "build", port, text, repairs)


def _axis(case: Case, param: str, found: Tensor) -> int:
    known = case.kind.param(param)
    axis = known.infer.axis if known and known.infer else -1
    return axis % len(found.dims)


def _fit_the_source(case: Case, port: str, typed: int, word: str) -> Repair | None:
    value = case.source(port)
    if value is None:
        return None
    node = last_layer(case, port)
    name = f"out_{word}"
    if node is None or name not in node.params:
        return None
    return Repair(f"Set {name} of “{node.name}” to {typed}",
                  SetParam(node.id, name, typed, case.sheet.definition))  # fmt: skip


def last_layer(case: Case, port: str) -> Node | None:
    """The layer with a chosen number of outputs that feeds this port in a single line."""
    value = case.source(port)
    while value is not None:
        node = case.sheet.graph.nodes[value.node]
        if "out_features" in node.params or "out_channels" in node.params:
            return node
        wires = case.sheet.into.get(node.id, [])
        if case.sheet.kind(node).role in ("dataset", "input") or len(wires) != 1:
            return None
        value = Value(wires[0].source, wires[0].output)
    return None


_DIVIDED = (
    (("in_channels", "out_channels"), "groups"), (("num_channels",), "num_groups"),
    (("embed_dim",), "num_heads"), (("d_model",), "nhead"),
)  # fmt: skip


def divide(case: Case) -> Problem | None:
    """Heads and groups split the features into equal parts, so they must divide them."""
    for wholes, part in _DIVIDED:
        sizes = {name: case.facts.params.get(name) for name in wholes}
        known = {name: size for name, size in sizes.items() if isinstance(size, int)}
        count = case.param(part)
        if not isinstance(count, int) or not count:
            continue
        for whole, size in known.items():
            if size % count:
                return _undivided(case, whole, size, part, count, math.gcd(*known.values()))
    return None


def _undivided(case: Case, whole: str, size: int, part: str, count: int, all_of: int) -> Problem:
    near = sorted((d for d in range(1, all_of + 1) if all_of % d == 0),
                  key=lambda d: (abs(d - count), -d))[:2]  # fmt: skip
    text = (
        f"{case.said}: {whole} {size} can't be divided by {part} {count}, which leaves "
        f"{size % count} over. Choose a {part} that divides {size}, such as "
        f"{' or '.join(map(str, near))}."
    )
    repairs = [set_param(case, part, d, f"Set {part} to {d}") for d in near]
    if whole in case.node.params:
        up = -(-size // count) * count
        repairs.insert(1, set_param(case, whole, up, f"Set {whole} to {up}"))
    port = case.kind.inputs[0].name if case.kind.inputs else ""
    return problem(case, "divide", "error", "build", port, text, repairs)


def at(value: object, axis: int) -> int:
    """The number for one axis of a size that is one number or one an axis."""
    if isinstance(value, tuple):
        return int(value[axis]) if axis < len(value) else 0
    return value if isinstance(value, int) else 0


def _is_window(case: Case) -> bool:
    name = bare(case.kind)
    slides = case.kind.family in _WINDOWED
    return slides and "transpose" not in name and "unpool" not in name


def window(case: Case) -> Problem | None:
    """A window larger than its map leaves no pixel: the output would be empty."""
    found, size = case.tensor("input"), case.param("kernel_size")
    if found is None or not isinstance(size, int | tuple) or not _is_window(case):
        return None
    padding, dilation = case.param("padding"), case.param("dilation")
    if padding == "same":
        return None
    dilation = 1 if not isinstance(dilation, int | tuple) else dilation
    too_small: list[tuple[int, int, int]] = []
    cells = found.dims[2:]
    for axis, cell in enumerate(cells):
        reach, pad = (at(size, axis) - 1) * at(dilation, axis) + 1, at(padding, axis)
        if isinstance(cell, int) and reach > cell + 2 * pad:
            too_small.append((reach, cell, pad))
    if not too_small:
        return None
    reach, cell, pad = too_small[0]
    text = (
        f"{case.said} has a window of {reach} px but its input is only {cell} px"
        f"{f' with {pad} added at each edge' if pad else ''} ({shown(found)}), so no pixel would "
        f"be left. Make kernel_size smaller, or shrink the map less before it."
    )
    return problem(
        case, "window", "error", "build", "input", text, _smaller_windows(case, too_small)
    )  # fmt: skip


def _smaller_windows(
    case: Case, small: list[tuple[int, int, int]]
) -> list[Repair | None]:  # fmt: skip
    repairs: list[Repair | None] = []
    name = case.node.name
    least = min((cell + 2 * pad for _, cell, pad in small), default=1)
    dilation = at(case.param("dilation"), 0) or 1
    kernel = (least - 1) // dilation + 1
    if least >= 1:
        repairs.append(set_param(case, "kernel_size", kernel, f"Set kernel_size to {kernel}"))
    pads = [max(0, -(-(reach - cell) // 2)) for reach, cell, _ in small]
    if case.kind.family == "convolution" or 2 * max(pads) <= at(case.param("kernel_size"), 0):
        repairs.append(set_param(case, "padding", max(pads), f"Set padding to {max(pads)}"))
    if case.kind.family == "pooling":
        repairs.append(take_out(case.sheet, case.node.id, f"Take “{name}” out"))
    return repairs


def pool_padding(case: Case) -> Problem | None:
    """With padding beyond half the window a pooling window could lie outside the map."""
    name = bare(case.kind)
    size, padding = case.param("kernel_size"), case.param("padding")
    if case.kind.family != "pooling" or not isinstance(padding, int | tuple) or "un" in name:
        return None
    for axis in range(3):
        kernel, pad = at(size, axis), at(padding, axis)
        if kernel and pad > kernel // 2:
            text = (
                f"{case.said} adds {pad} px at each edge, more than half of its window of "
                f"{kernel} px. Use at most {kernel // 2}."
            )
            repair = set_param(case, "padding", kernel // 2, f"Set padding to {kernel // 2}")
            return problem(case, "pool_padding", "error", "build", "input", text, [repair])
    return None


def matmul(case: Case) -> Problem | None:
    """The last axis of the first must be as long as the second-last of the other."""
    left, right = case.tensor("input"), case.tensor("other")
    if left is None or right is None or len(left.dims) < 2 or len(right.dims) < 2:
        return None
    if left.dims[-1] == right.dims[-2]:
        return None
    text = (
        f"{case.said} multiplies {shown(left)} with {shown(right)}: the last size of the first, "
        f"{left.dims[-1]}, must equal the second-last of the other, {right.dims[-2]}."
    )
    turned = {"dim0": -2, "dim1": -1}
    names = case.feeder("input"), case.feeder("other")
    repairs = [
        insert(case.sheet, case.wire("other"), [("ops.transpose", turned)],
               f"Transpose “{names[1]}” before it"),
        insert(case.sheet, case.wire("input"), [("ops.transpose", turned)],
               f"Transpose “{names[0]}” before it"),
    ]  # fmt: skip
    return problem(case, "matmul", "error", "build", "other", text, repairs)
