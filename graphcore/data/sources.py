"""Where samples come from: one row a source, and the two ways to ask them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from graphcore.data.csv_file import detect_csv, read_csv
from graphcore.data.facts import default_normalization, measured
from graphcore.data.image_folder import detect_images, read_images
from graphcore.data.npz_file import detect_npz, read_npz
from graphcore.data.options import Options
from graphcore.data.random_numbers import LABEL, RANDOM, detect_random, read_random
from graphcore.data.sample_set import detect_sample, read_sample
from graphcore.data.samples import Samples, fingerprint_of
from graphcore.data.splits import split
from graphcore.data.strangers import why_no_data
from graphcore.errors import UserError
from graphcore.project.data import DataChoice, Field, Split
from graphcore.types import Tensor

Read = Callable[[Options, Path | None], tuple[Samples, tuple[Field, ...]]]


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of place that samples come from.

    `read(options, folder)` gives samples and fields, `detect(path)` the options for reading a
    path, or None where it is not of this kind. Both torch-free.
    """

    name: str
    title: str
    help: str
    read: Read
    detect: Callable[[Path], dict[str, object] | None]


_ROWS = (
    Source("sample", "Sample set", "A small public data set that comes with the program.",
           read_sample, detect_sample),
    Source("csv", "CSV file", "A table; one column is what to predict, the numbers are features.",
           read_csv, detect_csv),
    Source("images", "Folder of images", "One folder for each class, named after it.",
           read_images, detect_images),
    Source("npz", "NumPy file", "An .npz; arrays with the same first axis are the fields.",
           read_npz, detect_npz),
    Source(RANDOM, "Numbers at random", LABEL, read_random, detect_random),
)  # fmt: skip
SOURCES: Mapping[str, Source] = MappingProxyType({source.name: source for source in _ROWS})
_NORMALIZATIONS = ("none", "unit", "standard")


def source_of(path: Path) -> tuple[str, dict[str, object]]:
    """The source and options for reading a path. Raises UserError where none fits."""
    for source in SOURCES.values():
        options = source.detect(path)
        if options is not None:
            return source.name, options
    raise why_no_data(path)


def describe(
    source: str, options: Options, folder: Path | None, previous: DataChoice | None = None
) -> DataChoice:
    """The data choice with fields, facts, number of samples and fingerprint filled in.

    Reads the data. Split and normalization of `previous` stay where they still fit. Mean and
    std are of the samples that train under that split. Raises UserError.
    """
    return examine(source, options, folder, previous)[0]


def examine(
    source: str, options: Options, folder: Path | None, previous: DataChoice | None = None
) -> tuple[DataChoice, Samples]:
    """What `describe` gives, and the samples it read."""
    samples, fields = _source(source).read(options, folder)
    samples = replace(samples, fingerprint=fingerprint_of(samples))
    choice = DataChoice(
        source, dict(options), fields, len(samples),
        split=previous.split if previous else Split(), fingerprint=samples.fingerprint,
    )  # fmt: skip
    training = split(choice, samples).train
    known = tuple(measured(field, samples, training) for field in fields)
    normalize = {field.name: _normalization(field, previous) for field in known}
    return replace(choice, fields=known, normalize=normalize), samples


def read(choice: DataChoice, folder: Path | None) -> Samples:
    """The samples of a choice; `changed` where they are not those its facts were read from.

    Raises UserError where the data is gone, unreadable, or no data was chosen.
    """
    if not choice.source:
        raise UserError("This project has no data yet.", "Choose data in the data panel.")
    samples, _ = _source(choice.source).read(choice.options, folder)
    found = fingerprint_of(samples)
    changed = bool(choice.fingerprint) and found != choice.fingerprint
    return replace(samples, fingerprint=found, changed=changed)


def _source(name: str) -> Source:
    if name not in SOURCES:
        raise UserError(f"There is no source of data “{name[:40]}”.", f"Use {', '.join(SOURCES)}.")
    return SOURCES[name]


def _normalization(field: Field, previous: DataChoice | None) -> str:
    """What was chosen for the field before, if it is still the same kind of field."""
    if previous is not None:
        before, wanted = previous.field(field.name), previous.normalize.get(field.name, "")
        if before is not None and wanted in _NORMALIZATIONS and _alike(before, field):
            return wanted
    return default_normalization(field)


def _alike(before: Field, field: Field) -> bool:
    if not (isinstance(before.type, Tensor) and isinstance(field.type, Tensor)):
        return before.type == field.type
    same_rank = len(before.type.dims) == len(field.type.dims)
    is_label = field.classes is not None
    return same_rank and before.type.dtype == field.type.dtype and is_label == bool(before.classes)
