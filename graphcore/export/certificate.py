"""What is known of an exported file: the comparison that it passed, and its input contract."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from graphcore.export.contract import Contract, Input, Output, Scaling, shown
from graphcore.types import Affine, Dim

Weights = Literal["best", "last", "initial"]
SCHEMA = 1
_WEIGHTS = {"best": "best weights", "last": "last weights", "initial": "untrained weights"}


@dataclass(frozen=True, slots=True)
class Certificate:
    """A file that was written, loaded back in the process `pid` and compared.

    `difference` is the largest absolute difference of any number of any output between the
    model as it was trained and the file, over `samples` samples in batches of `batch_sizes`;
    `tolerance` is what was allowed. `samples_from` is the part of the data (`validation`,
    `training`) or `random numbers`; `note` says why where that is so.
    """

    format: str
    file: str
    bytes: int
    sha256: str
    weights: Weights
    run: str
    torch: str
    pid: int
    samples: int
    samples_from: str
    batch_sizes: tuple[int, ...]
    difference: float
    tolerance: float
    contract: Contract
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether the file gives what the model gives."""
        return self.difference <= self.tolerance

    def to_json(self) -> str:
        """The text of the file that lies beside the export."""
        record: dict[str, object] = {"netwright_certificate": SCHEMA}
        record |= {name: value for name, value in asdict(self).items() if name != "contract"}
        record["passed"] = self.passed
        record["inputs"] = [_input(item) for item in self.contract.inputs]
        record["outputs"] = [_output(item) for item in self.contract.outputs]
        return json.dumps(record, indent=2, ensure_ascii=False) + "\n"

    def to_text(self) -> str:
        """The same for a person."""
        of = f" of run {self.run}" if self.run else ""
        sizes = " and ".join(map(str, self.batch_sizes))
        many = "sample" if self.samples == 1 else "samples"
        lines = [
            f"{self.file}: {self.bytes:,} bytes, {_WEIGHTS[self.weights]}{of}.",
            f"sha256 {self.sha256}",
            f"Loaded back in process {self.pid} (torch {self.torch}) and compared on "
            f"{self.samples} {many} ({self.samples_from}) in batches of {sizes}:",
            f"the largest difference is {self.difference:.3g}, allowed is {self.tolerance:.3g}: "
            f"{'passed' if self.passed else 'FAILED'}.",
        ]
        lines += [self.note] if self.note else []
        lines += [f"Input  {_told_input(item)}" for item in self.contract.inputs]
        lines += [f"Output {_told_output(item)}" for item in self.contract.outputs]
        return "\n".join(lines)


def _input(item: Input) -> dict[str, object]:
    return {**asdict(item), "dims": _dims(item.dims), "scaling": _scaling(item.scaling)}


def _output(item: Output) -> dict[str, object]:
    return {**asdict(item), "dims": _dims(item.dims), "scaling": _scaling(item.scaling)}


def _scaling(scaling: Scaling | None) -> dict[str, object] | None:
    return None if scaling is None else {**asdict(scaling), "formula": scaling.formula}


def _dims(dims: Iterable[Dim]) -> list[int | str]:
    return [str(dim) if isinstance(dim, Affine) else dim for dim in dims]


def _told_input(item: Input) -> str:
    text = f"“{item.name}”: {item.dtype} {shown(item.dims)}"
    text += f", each sample laid out {item.layout}" if item.layout else ""
    if item.low is not None and item.high is not None:
        text += f", raw values {item.low:g} … {item.high:g}"
    if item.scaling is not None:
        text += f", scaled {item.scaling.formula}"
    if item.computed_by:
        text += f"; comes from {', '.join(item.computed_by)}, which this file leaves out"
    return text + "."


def _told_output(item: Output) -> str:
    text = f"“{item.name}”: {item.dtype} {shown(item.dims)}, {item.meaning}"
    names = item.class_names
    if names:
        listed = ", ".join(names[:12]) + (f", … ({len(names)} in all)" if len(names) > 12 else "")
        text += f"; classes in order: {listed}"
    return f"{text}. {item.advice}".rstrip()
