"""Sizes and dtypes that a node can't work with, said before torch is asked."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import ARRANGING, DROPPING, bare, maker
from graphcore.analysis.rules.ways import clear_param, insert, set_param, take_out
from graphcore.kinds.formula import Formula
from graphcore.project.edits import SetParam
from graphcore.project.graph import Node
from graphcore.types import INTEGERS, Tensor

FLOAT_FAMILIES = frozenset(
    ("convolution", "normalization", "activation", "linear", "recurrent", "attention")
)
CAST = "ops.to"


FLOAT_ONLY = frozenset("mean var std norm logsumexp normalize softmax logsoftmax".split())
ONE_DTYPE = frozenset("matmul einsum linear cdist vecdot scaleddotproductattention".split())
BOOL_ONLY = {"maskedfill": "mask", "where": "condition"}


def dtype(case: Case) -> Problem | None:
    """Layers with weights multiply decimals; tables and classes are looked up by whole numbers."""
    for slot, found in case.facts.inputs.items():
        if isinstance(found, Tensor):
            wanted, why = _wanted(case, slot, found)
            if wanted:
                text = f"{case.said} {why}"
                cast = insert(case.sheet, case.wire(slot), [(CAST, {"dtype": wanted})],
                              f"Cast to {wanted} before “{case.node.name}”")  # fmt: skip
                return problem(case, "dtype", "error", "build", slot, text, [cast])
    return None


def _wanted(case: Case, slot: str, found: Tensor) -> tuple[str, str]:
    """The dtype that a port needs and why; empty where what comes will do."""
    port = next((p for p in case.kind.inputs if p.name == slot.partition(".")[0]), None)
    wants, name = port.dtype if port else "any", bare(case.kind)
    came = f"gets {shown(found)} from “{case.feeder(slot)}”"
    whole = BOOL_ONLY.get(name) == slot and found.dtype != "bool"
    if whole or (wants == "mask" and not (found.dtype == "bool" or found.is_float)):
        return "bool", f"needs True or False but {came}. Compare it."
    if wants == "integer" and found.dtype not in INTEGERS:
        return "int64", f"needs whole numbers but {came}. Put “to int64” before it."
    main = port is None or (not port.optional and port.role != "target")
    is_float = wants == "float" or (wants == "any" and main and _is_decimal(case))
    if is_float and not found.is_float and "complex" not in found.dtype:
        return "float32", (
            f"works on decimal numbers but {came}. Put “to float32” before it, or an Embedding if "
            f"these are indices."
        )
    if case.kind.is_layer and main and found.dtype in OTHER_FLOATS and _has_weights(case):
        return "float32", f"has weights of float32 but {came}. Put “to float32” before it."
    first = next(filter(None, (case.tensor(p.name) for p in case.kind.inputs)), found)
    if name in ONE_DTYPE and main and found.dtype != first.dtype and wants != "mask":
        return ("float32" if not found.is_float else first.dtype), (
            f"multiplies values of one dtype, but {came} beside {first.dtype}. Cast one of them."
        )
    return "", ""


OTHER_FLOATS = frozenset(("float64", "float16", "bfloat16"))


def _is_decimal(case: Case) -> bool:
    return case.kind.family in FLOAT_FAMILIES or bare(case.kind) in FLOAT_ONLY


def _has_weights(case: Case) -> bool:
    families = ("convolution", "linear", "recurrent", "attention", "normalization")
    return case.kind.family in families and "instancenorm" not in bare(case.kind)


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
        if isinstance(typed, tuple) and len(typed) > 1 and found.dims[-len(typed) :] != typed:
            return _wrong_sizes(case, param.name, typed, param.infer.port, found)
        size = found.dims[param.infer.axis]
        if isinstance(size, int) and size != last:
            return _wrong_size(case, param.name, last, size, param.infer.port, found)
    return None


def _wrong_sizes(
    case: Case, param: str, typed: tuple[object, ...], port: str, found: Tensor
) -> Problem:  # fmt: skip
    """More than one typed size, as of a LayerNorm over whole maps."""
    ends = found.dims[-len(typed) :]
    text = (
        f"{case.said} expects the last sizes to be {typed} but gets {shown(found)} from "
        f"“{case.feeder(port)}”. Set {param} to those, or let it be inferred."
    )
    repairs: list[Repair | None] = [clear_param(case, param, f"Let {param} be inferred")]
    if len(ends) == len(typed) and all(isinstance(end, int) for end in ends):
        repairs.insert(0, set_param(case, param, ends, f"Set {param} to {ends}"))
    return problem(case, "size", "error", "build", port, text, repairs)


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
        if OUT_NAMES & set(node.params):
            return node
        wires = case.sheet.into.get(node.id, [])
        if case.sheet.kind(node).role in ("dataset", "input") or len(wires) != 1:
            return None
        value = Value(wires[0].source, wires[0].output)
    return None


OUT_NAMES = {"out_features", "out_channels"}
_SUMS = frozenset(("add", "sub", "mul", "div", "maximum", "minimum"))


def last_layers(case: Case, port: str) -> list[Case]:
    """All layers whose number of outputs decides how many come here, also inside blocks.

    A sum has as many as each of its parts, so all of them are among these.
    """
    source = case.source(port)
    waiting = [(case.sheet, source)] if source else []
    found: list[Case] = []
    while waiting and len(found) < MOST_LAYERS:
        above = maker(*waiting.pop(), ARRANGING | DROPPING)
        if OUT_NAMES & set(above.node.params):
            found.append(above)
            continue
        wires = above.sheet.into.get(above.node.id, [])
        if len(wires) > 1 and bare(above.kind) not in _SUMS:
            return []
        waiting += [(above.sheet, Value(wire.source, wire.output)) for wire in wires]
    return found


MOST_LAYERS = 8


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
    return _unsplit(case)


def _unsplit(case: Case) -> Problem | None:
    """What splits an axis of its input into equal parts."""
    found, name = case.tensor("input"), bare(case.kind)
    part, axis, count = _parts_of(case)
    if found is None or not part or not -len(found.dims) <= axis < len(found.dims):
        return None
    size = found.dims[axis]
    if not isinstance(size, int) or size % count == 0:
        return None
    whole = f"axis {axis % len(found.dims)} of {shown(found)}"
    if name == "channelshuffle":
        return _undivided(case, whole, size, part, count, size)
    text = (
        f"{case.said} splits {whole} from “{case.feeder('input')}” into {count} equal parts, but "
        f"{size} leaves {size % count} over. Give it a size that {count} divides."
    )
    layer, up = last_layer(case, "input"), -(-size // count) * count
    repairs: list[Repair | None] = []
    if layer is not None:
        out = "out_features" if "out_features" in layer.params else "out_channels"
        edit = SetParam(layer.id, out, up, case.sheet.definition)
        repairs.append(Repair(f"Set {out} of “{layer.name}” to {up}", edit))
    repairs += [
        _widened(case, found, axis % len(found.dims), up),
        take_out(case.sheet, case.node.id),
    ]
    return problem(case, "divide", "error", "build", "input", text, repairs)


def _parts_of(case: Case) -> tuple[str, int, int]:
    """The param that says into how many parts which axis is split."""
    match bare(case.kind):
        case "pixelshuffle":
            factor = case.param("upscale_factor")
            return "upscale_factor", -3, factor**2 if isinstance(factor, int) else 1
        case "channelshuffle":
            groups = case.param("groups")
            return "groups", 1, groups if isinstance(groups, int) and groups else 1
        case "pixelunshuffle":
            factor = case.param("downscale_factor")
            return "downscale_factor", -1, factor if isinstance(factor, int) and factor else 1
        case "glu":
            dim = case.param("dim")
            return "dim", dim if isinstance(dim, int) else -1, 2
    return "", 0, 1


def _widened(case: Case, found: Tensor, axis: int, size: int) -> Repair | None:
    """A layer before it that gives the axis a size that can be split."""
    convolutions = {3: "nn.Conv1d", 4: "nn.Conv2d", 5: "nn.Conv3d"}
    if axis == len(found.dims) - 1 and len(found.dims) < 4:
        layer = ("nn.Linear", {"out_features": size})
    elif axis == 1 and len(found.dims) in convolutions:
        params = {"out_channels": size, "kernel_size": 1, "padding": 0}
        layer = (convolutions[len(found.dims)], params)
    else:
        return None
    title = layer[0].partition(".")[2]
    return insert(case.sheet, case.wire("input"), [layer], f"Match {size} by a {title} before it")


def _undivided(case: Case, whole: str, size: int, part: str, count: int, all_of: int) -> Problem:
    near = sorted((d for d in range(1, all_of + 1) if all_of % d == 0),
                  key=lambda d: (abs(d - count), -d))[:2]  # fmt: skip
    text = (
        f"{case.said}: {whole} {size} can't be divided by {part} {count}, which leaves "
        f"{size % count} over. Choose a {part} that divides {size}, such as "
        f"{' or '.join(map(str, near))}."
    )
    repairs = [set_param(case, part, d, f"Set {part} to {d}") for d in near]
    if whole in case.node.params and not isinstance(case.node.params[whole], Formula):
        up = -(-size // count) * count
        repairs.insert(1, set_param(case, whole, up, f"Set {whole} to {up}"))
    port = case.kind.inputs[0].name if case.kind.inputs else ""
    return problem(case, "divide", "error", "build", port, text, repairs)
