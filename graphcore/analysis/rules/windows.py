"""Windows and edges: larger than the map that they slide over."""

from __future__ import annotations

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import bare
from graphcore.analysis.rules.ways import exchange, set_param, take_out
from graphcore.types import Dim

_WINDOWED = ("convolution", "pooling")


def at(value: object, axis: int) -> int:
    """The number for one axis of a size that is one number or one an axis."""
    if isinstance(value, tuple):
        return int(value[axis]) if axis < len(value) else 0
    return value if isinstance(value, int) else 0


def _is_window(case: Case) -> bool:
    name = bare(case.kind)
    slides = case.kind.family in _WINDOWED or name == "unfold"
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


_TURNING = frozenset(("reflect", "circular"))


def edges(case: Case) -> Problem | None:
    """An edge that mirrors or repeats the map can't be wider than the map itself."""
    how, found = _edge_of(case), case.tensor("input")
    padding = case.param("padding")
    if how is None or found is None or not isinstance(padding, int | tuple):
        return None
    cells = found.dims[2:]
    pads = _pads(case, padding, len(cells))
    rest = 1 if how == "reflect" else 0
    wide = [
        (pad, cell) for pad, cell in zip(pads, cells, strict=False) if _is_wide(pad, cell, rest)
    ]
    if not wide:
        return None
    pad, cell = wide[0]
    least = min(cell - rest for cell in cells if isinstance(cell, int))
    text = (
        f"{case.said} adds {pad} px at an edge, but there are only {cell} px to {how} "
        f"({shown(found)}). Add at most {cell - rest if isinstance(cell, int) else 0}."
    )
    repairs: list[Repair | None] = [_filled(case)]
    repairs.append(set_param(case, "padding", least, f"Set padding to {least}"))
    return problem(case, "edges", "error", "build", "input", text, repairs)


def _is_wide(pad: int, cell: Dim, rest: int) -> bool:
    return isinstance(cell, int) and pad > cell - rest


def _edge_of(case: Case) -> str | None:
    mode = case.param("padding_mode")
    if mode in _TURNING:
        return str(mode)
    name = bare(case.kind)
    return next((how for how in _TURNING if name.startswith(f"{how[:7]}")), None)


def _pads(case: Case, padding: int | tuple[int, ...], axes: int) -> list[int]:
    """The widest edge of each axis; layers that only pad name the last axis first."""
    if isinstance(padding, int):
        return [padding] * axes
    if case.kind.family == "convolution":
        return [at(padding, axis) for axis in range(axes)]
    pairs = [max(padding[i : i + 2]) for i in range(0, len(padding), 2)]
    return pairs[::-1]


def _filled(case: Case) -> Repair | None:
    """The same edge, of zeros or of the last pixel."""
    if case.kind.family == "convolution":
        return set_param(case, "padding_mode", "zeros", "Fill the edge with zeros")
    return exchange(case.sheet, case.node, f"nn.ReplicationPad{case.kind.name[-2:]}")
