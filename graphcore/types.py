"""What a wire carries: tensors with symbolic dims, lists and records of them.

Types have one spelling in files, problems and hints: `float32[B, 16, 8, 8]`,
`list[int64[N]]`, `{boxes: float32[N, 4], label: int64[]}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphcore.errors import UserError

FLOATS = ("float32", "float64", "float16", "bfloat16")
INTEGERS = ("int64", "int32", "int16", "int8", "uint8")
DTYPES = (*FLOATS, *INTEGERS, "bool", "complex64")
ITEM_SIZES = {
    "float64": 8, "int64": 8, "complex64": 8, "float32": 4, "int32": 4,
    "float16": 2, "bfloat16": 2, "int16": 2, "int8": 1, "uint8": 1, "bool": 1,
}  # fmt: skip
LARGEST_DIM = 2**40
MOST_DIMS = 16


@dataclass(frozen=True, slots=True)
class Affine:
    """A size that depends on symbols: `const + sum(factor * symbol)`, never constant."""

    const: int
    terms: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        text = ""
        for symbol, factor in self.terms:
            sign = "-" if factor < 0 else "+" if text else ""
            text += f"{sign}{symbol if abs(factor) == 1 else f'{abs(factor)}*{symbol}'}"
        return f"{text}{self.const:+d}" if self.const else text


Dim = int | Affine


def affine(const: int, terms: Mapping[str, int]) -> Dim:
    """The simplest dim of that value: an int where no symbol is left."""
    kept = tuple(sorted((s, f) for s, f in terms.items() if f))
    return Affine(const, kept) if kept else const


B = Affine(0, (("B", 1),))


def symbols(dim: Dim) -> dict[str, int]:
    """The symbols of a dim with their factors; empty for a plain integer."""
    return dict(dim.terms) if isinstance(dim, Affine) else {}


def value_at(dim: Dim, values: Mapping[str, int]) -> int:
    """The integer that a dim is when each symbol has the given value."""
    if isinstance(dim, int):
        return dim
    return dim.const + sum(factor * values[symbol] for symbol, factor in dim.terms)


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor of `dims`; a field's type is per sample, a wire's starts with the batch `B`."""

    dims: tuple[Dim, ...]
    dtype: str = "float32"
    _hash: int = field(init=False, repr=False, compare=False)  # analysis looks types up by it

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.dims, self.dtype)))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Tensor], tuple[tuple[Dim, ...], str]]:
        return Tensor, (self.dims, self.dtype)  # another process hashes text otherwise

    def __str__(self) -> str:
        return f"{self.dtype}[{', '.join(map(str, self.dims))}]"

    @property
    def is_float(self) -> bool:
        """Whether gradients can flow through it."""
        return self.dtype in FLOATS


@dataclass(frozen=True, slots=True)
class ListOf:
    """Any number of values of one type (boxes per image, layers' states)."""

    item: Type

    def __str__(self) -> str:
        return f"list[{self.item}]"


@dataclass(frozen=True, slots=True)
class Record:
    """Named values that travel together."""

    fields: tuple[tuple[str, Type], ...]

    def __str__(self) -> str:
        return "{" + ", ".join(f"{name}: {kind}" for name, kind in self.fields) + "}"


Type = Tensor | ListOf | Record

_DIM_TERM = re.compile(r"([+-]?)(?:(\d{1,13})\*)?(?:([A-Z][A-Za-z0-9_]{0,15})|(\d{1,13}))")


def parse_dim(text: str) -> Dim:
    """The dim that `str` of it spells (`8`, `B`, `2*B`, `T-1`).

    Raises UserError for anything else.
    """
    compact = text.replace(" ", "").replace("·", "*")
    const, terms, at = 0, dict[str, int](), 0
    while at < len(compact):
        match = _DIM_TERM.match(compact, at)
        if match is None or (at and not match[1]):
            break
        sign = -1 if match[1] == "-" else 1
        if match[3]:
            terms[match[3]] = terms.get(match[3], 0) + sign * int(match[2] or 1)
        elif match[2]:
            break
        else:
            const += sign * int(match[4])
        at = match.end()
    if not compact or at < len(compact) or abs(const) > LARGEST_DIM:
        raise UserError(
            f"“{text[:40]}” is not a size.", "Write a whole number or a symbol such as B or T."
        )
    return affine(const, terms)


def parse_type(text: str) -> Type:
    """The type that `str` of it spells. Raises UserError for anything else."""
    parsed, rest = _parse(text, text, 0)
    if rest.strip():
        raise _not_a_type(text)
    return parsed


def _not_a_type(text: str) -> UserError:
    shown = text[:60].encode(errors="replace").decode()  # half a letter can't be written anywhere
    return UserError(
        f"“{shown}” is not a type.", "Write a dtype and sizes, such as float32[1, 8, 8]."
    )


def _parse(rest: str, whole: str, depth: int) -> tuple[Type, str]:
    rest = rest.lstrip()
    if depth > 8 or len(whole) > 2000:
        raise _not_a_type(whole)
    if rest.startswith("list["):
        item, rest = _parse(rest[5:], whole, depth + 1)
        if not rest.lstrip().startswith("]"):
            raise _not_a_type(whole)
        return ListOf(item), rest.lstrip()[1:]
    if rest.startswith("{"):
        return _parse_record(rest[1:], whole, depth)
    dtype, bracket, rest = rest.partition("[")
    inside, closing, rest = rest.partition("]")
    if dtype not in DTYPES or not bracket or not closing:
        raise _not_a_type(whole)
    dims = tuple(parse_dim(part) for part in inside.split(",")) if inside.strip() else ()
    if any(isinstance(dim, int) and dim < 0 for dim in dims) or len(dims) > MOST_DIMS:
        raise _not_a_type(whole)
    return Tensor(dims, dtype), rest


def _parse_record(rest: str, whole: str, depth: int) -> tuple[Type, str]:
    fields: list[tuple[str, Type]] = []
    while not rest.lstrip().startswith("}"):
        name, colon, rest = rest.partition(":")
        if not colon or not name.strip().isidentifier():
            raise _not_a_type(whole)
        item, rest = _parse(rest, whole, depth + 1)
        fields.append((name.strip(), item))
        rest = rest.lstrip()
        if rest.startswith(","):
            rest = rest[1:].lstrip()
        elif not rest.startswith("}"):
            raise _not_a_type(whole)
    return Record(tuple(fields)), rest.lstrip()[1:]
