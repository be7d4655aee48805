"""Numbers, shapes and values as a person reads them. No Qt here."""

from __future__ import annotations

from graphcore.kinds.formula import Formula
from graphcore.types import B, Dim, ListOf, Record, Tensor, Type

THIN = "\u202f"  # narrow no-break space between digits and before units
NOTHING = "—"
_SHORT = {word.lower(): word for word in (
    "AUC", "BF16", "CPU", "CUDA", "DDP", "EMA", "FP16", "FP32", "FSDP", "GPU", "IoU", "KV", "LR",
    "MAE", "MSE", "OOM", "PSNR", "RMSE", "SGD", "TF32",
)}  # fmt: skip
_UNITS = ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "K"))


def title(name: str) -> str:
    """A name of the code as it stands before a field: `cuda_graphs` is `CUDA graphs`."""
    words = " ".join(_SHORT.get(word, word) for word in name.replace("_", " ").split(" "))
    return f"{words[:1].upper()}{words[1:]}"


def count(number: int) -> str:
    """A number in at most three digits with its unit: `1.23 M`, `73.9 K`, `128`."""
    for size, unit in _UNITS:
        if abs(number) >= size * 0.9995:
            return f"{_three_digits(number / size)}{THIN}{unit}"
    return str(number)


def exact(number: int) -> str:
    """A number with its digits in groups of three: `73 856`."""
    return f"{number:,}".replace(",", THIN)


def byte_count(number: int) -> str:
    """A size in memory: `512 B`, `1.2 KB`, `3.4 GB` (powers of 1024)."""
    value, units = float(number), ["B", "KB", "MB", "GB", "TB"]
    while value >= 999.5 and len(units) > 1:
        value, units = value / 1024, units[1:]
    text = str(number) if units[0] == "B" else _three_digits(value)
    return f"{text}{THIN}{units[0]}"


def shape(kind: Type | None) -> str:
    """The sizes of one sample: `16 × 8 × 8`; `scalar` where there are none.

    The batch is left out; a record or a list says what it holds.
    """
    match kind:
        case None:
            return NOTHING
        case Tensor(dims=dims):
            kept = dims[1:] if dims and dims[0] == B else dims
            return dims_text(kept) if kept else "scalar"
        case ListOf(item=item):
            return f"list of {shape(item)}"
        case Record(fields=fields):
            return ", ".join(name for name, _ in fields)


def dims_text(dims: tuple[Dim, ...]) -> str:
    """Sizes with times signs between them: `3 × T`."""
    return " × ".join(str(dim) for dim in dims)


def type_text(kind: Type | None) -> str:
    """The sizes of one sample, and the dtype where it is not float32: `10 · int64`."""
    if isinstance(kind, Tensor) and kind.dtype != "float32":
        return f"{shape(kind)} · {kind.dtype}"
    return shape(kind)


def number(value: float) -> str:
    """A number as short as it can be typed: `0.1`, `1e-5`, `64`."""
    if isinstance(value, int):
        return str(value)
    text = repr(value)
    mantissa, e, exponent = text.partition("e")
    mantissa = mantissa.removesuffix(".0")
    return f"{mantissa}e{int(exponent)}" if e else mantissa


def value(item: object) -> str:
    """A param's value as it can be typed again: `3, 5`, `=label.classes`, `zeros`; None is ""."""
    match item:
        case None:
            return ""
        case bool() | str() | Formula():
            return str(item)
        case int() | float():
            return number(item)
        case tuple() | list():
            nested = any(isinstance(part, tuple | list) for part in item)
            inside = ", ".join(f"[{value(p)}]" if nested else value(p) for p in item)
            return f"[{inside}]" if nested else inside
    return str(item)


def share(part: float) -> str:
    """A share of one as percent: `12 %`, `0.3 %`."""
    percent = part * 100
    if percent == 0 or percent >= 9.95:
        return f"{percent:.0f}{THIN}%"
    return f"{percent:.1f}{THIN}%" if percent >= 0.1 else f"<{THIN}0.1{THIN}%"


def duration(seconds: float) -> str:
    """A time span in its two largest units: `48 s`, `3 min 20 s`, `2 h 05 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole}{THIN}s"
    if whole < 3600:
        return f"{whole // 60}{THIN}min {whole % 60:02d}{THIN}s"
    return f"{whole // 3600}{THIN}h {whole % 3600 // 60:02d}{THIN}min"


def _three_digits(number: float) -> str:
    digits = 2 if abs(number) < 9.995 else 1 if abs(number) < 99.95 else 0
    text = f"{number:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
