"""The data choice: where samples come from and what is known of their fields, without torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graphcore.types import Tensor, Type

Normalization = Literal["none", "unit", "standard"]


@dataclass(frozen=True, slots=True)
class Field:
    """A named value of each sample.

    `type` is per sample (no batch) and as the model sees it, that is after normalization.
    `low` and `high` bound the raw values. `mean` and `std` are of the raw values over the
    training samples: one number, or one a channel or column. Where `classes` is set, values are
    the whole numbers 0 … classes-1 and `class_names[i]` names class i.
    """

    name: str
    type: Type
    low: float | None = None
    high: float | None = None
    classes: int | None = None
    class_names: tuple[str, ...] = ()
    vocabulary_size: int | None = None
    mean: tuple[float, ...] = ()
    std: tuple[float, ...] = ()
    padding: int | None = None

    def facts(self) -> dict[str, object]:
        """The names that formulas know, such as `label.classes`."""
        found: dict[str, object] = {}
        for fact in ("low", "high", "classes", "vocabulary_size", "padding"):
            value = getattr(self, fact)
            if value is not None:
                found[f"{self.name}.{fact}"] = value
        if isinstance(self.type, Tensor):
            sizes = [dim for dim in self.type.dims if isinstance(dim, int)]
            if len(sizes) == len(self.type.dims):
                total = 1
                for size in sizes:
                    total *= size
                found[f"{self.name}.size"] = total
                found[f"{self.name}.shape"] = tuple(sizes)
                if sizes:
                    found[f"{self.name}.channels"] = sizes[0]
        return found


@dataclass(frozen=True, slots=True)
class Split:
    """How samples are divided. The same seed and samples always give the same parts."""

    validation: float = 0.2
    test: float = 0.0
    seed: int = 0
    stratify: bool = True


@dataclass(frozen=True, slots=True)
class DataChoice:
    """Where samples come from (`source` with `options`), their fields, and the split.

    `normalize` maps a field to how its values are scaled before the model sees them: `unit` to
    0 … 1 by low and high, `standard` by mean and std. `fingerprint` is the sha256 of the samples
    that the facts were read from. No source (`""`) means no data yet.
    """

    source: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    samples: int = 0
    normalize: Mapping[str, str] = field(default_factory=dict)
    split: Split = Split()
    fingerprint: str = ""

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((item for item in self.fields if item.name == name), None)

    def facts(self) -> dict[str, object]:
        """Every fact of every field, by the dotted name that formulas use."""
        return {name: fact for item in self.fields for name, fact in item.facts().items()}
