"""The source “npz”: every array of a NumPy file with the same first axis is a field."""

from __future__ import annotations

import math
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from graphcore.data.facts import MOST_CLASSES, class_field, field_name, value_field
from graphcore.data.mapped import Mapped, place_in_zip
from graphcore.data.options import Options, path_in
from graphcore.data.samples import MOST_BYTES, Array, Samples, can_be_held, looked_at
from graphcore.errors import UserError
from graphcore.parsing import no_collection
from graphcore.project.data import Field

NAMES = "_names"
_BROKEN = (
    OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError,
    MemoryError, SyntaxError,
)  # fmt: skip


def read_npz(options: Options, folder: Path | None) -> tuple[Samples, tuple[Field, ...]]:
    """Samples and fields of the file that `options["path"]` names."""
    return read_arrays(path_in(options, folder, "NumPy file"))


def detect_npz(path: Path) -> dict[str, object] | None:
    """The options for reading that file, if it is a NumPy archive."""
    return {"path": str(path)} if path.suffix.lower() == ".npz" and path.is_file() else None


def read_arrays(path: Path) -> tuple[Samples, tuple[Field, ...]]:
    """Samples and fields of an .npz; pickled objects are never loaded.

    Text and few whole numbers in one axis become classes; `NAME_names` beside `NAME` holds the
    names of its classes or columns. Raises UserError for what is no such file or too large.
    """
    found = _load(path)
    names = {key: found.pop(key) for key in _name_arrays(found)}
    count = _sample_count(found, path)
    warnings: list[str] = []
    kept: dict[str, Array] = {}
    for key, array in found.items():
        if array.ndim == 0 or len(array) != count:
            warnings.append(
                f"“{key}” was left out: its first axis is {array.shape[0] if array.ndim else 0}, "
                f"not {count:,} as in the other arrays."
            )
        elif array.dtype.kind not in "biufUS":
            warnings.append(f"“{key}” was left out: it holds {array.dtype}, not numbers or text.")
        else:
            kept[key] = array
    kept = _finite(kept, warnings)
    return _fields(kept, names, warnings, path)


def _load(path: Path) -> dict[str, Array]:
    try:
        with zipfile.ZipFile(path) as archive, no_collection():  # numpy parses the headers
            members = [m for m in archive.infolist() if m.filename.endswith(".npy")]
            total = _check_sizes(archive, members, path)
            read = _array if can_be_held(total) else _array_left_there
            return {m.filename.removesuffix(".npy"): read(archive, m, path) for m in members}
    except _BROKEN as error:
        raise UserError(
            f"“{path.name}” can't be read as a NumPy archive: {_reason(error)}.",
            "Write it with numpy.savez and plain arrays of numbers or text, no objects.",
        ) from error


def _reason(error: BaseException) -> str:
    if "allow_pickle" in str(error) or "Object arrays" in str(error):
        return "an array holds Python objects"
    return str(error).strip().rstrip(".").split("\n")[0][:100] or "it is damaged"


def _check_sizes(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], path: Path
) -> int:  # fmt: skip
    """The bytes of all arrays. A few kilobytes can unpack to terabytes: believe sizes first."""
    total = sum(member.file_size for member in members)
    is_packed = any(member.compress_type != zipfile.ZIP_STORED for member in members)
    if (is_packed and not can_be_held(total)) or len(members) > 1000:
        raise UserError(
            f"“{path.name}” unpacks to {total / 2**30:.1f} GiB in {len(members)} arrays; "
            f"at most {MOST_BYTES / 2**30:.0f} GiB in 1,000 arrays can be unpacked.",
            "Save it with numpy.savez, without compression: then it is read in place. Or save a "
            "part of the samples, or a smaller number type such as uint8.",
        )
    for member in members:
        with archive.open(member) as file:
            start, header = _declared(file)
        if start + header.size != member.file_size:
            raise ValueError(f"“{member.filename}” does not have the size that it declares")
    return total


@dataclass(frozen=True, slots=True)
class _Header:
    """What an .npy promises."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    is_columns_first: bool

    @property
    def size(self) -> int:
        """How many bytes its values take."""
        return math.prod(self.shape) * self.dtype.itemsize


def _declared(file: IO[bytes]) -> tuple[int, _Header]:
    """Where the values of an .npy begin and what its header promises."""
    version = np.lib.format.read_magic(file)
    if version not in ((1, 0), (2, 0)):
        raise ValueError("it is of an unknown version")
    reader = (
        np.lib.format.read_array_header_1_0
        if version == (1, 0)
        else np.lib.format.read_array_header_2_0
    )
    shape, is_columns_first, dtype = reader(file)
    if dtype.hasobject:
        raise ValueError("Object arrays")
    return file.tell(), _Header(tuple(int(n) for n in shape), dtype, bool(is_columns_first))


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> Array:
    with archive.open(member) as file:
        array: Array = np.lib.format.read_array(file, allow_pickle=False)
    return array


def _array_left_there(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> Array:
    """A large array of several axes as one that is read in place; others as they are."""
    with archive.open(member) as file:
        start, header = _declared(file)
    if len(header.shape) < 2 or header.is_columns_first or header.dtype.kind not in "biuf":
        return _array(archive, member, path)
    array: Any = _mapped(path, place_in_zip(path, member) + start, header)
    return array  # type: ignore[no-any-return]


def _mapped(path: Path, offset: int, header: _Header) -> Mapped:
    """The array as `_compact` would make it, without reading it."""
    kind, shape = header.dtype.kind, header.shape
    is_picture = header.dtype == np.uint8 or kind == "b"
    dtype = np.uint8 if is_picture else np.int64 if kind in "iu" else np.float32
    axes = tuple(range(len(shape)))
    if is_picture and len(shape) == 3:
        axes = ()
    elif is_picture and _is_channels_last(shape):
        axes = (0, 3, 1, 2)
    return Mapped(path, offset, header.dtype, shape, np.dtype(dtype), axes)


def _is_channels_last(shape: tuple[int, ...]) -> bool:
    return len(shape) == 4 and shape[3] in (1, 3, 4) and shape[1] not in (1, 3, 4)


def _name_arrays(found: Mapping[str, Array]) -> list[str]:
    return [
        key
        for key, array in found.items()
        if key.endswith(NAMES)
        and key.removesuffix(NAMES) in found
        and array.ndim == 1
        and array.dtype.kind == "U"
    ]


def _sample_count(found: Mapping[str, Array], path: Path) -> int:
    lengths = Counter(len(array) for array in found.values() if array.ndim and len(array))
    if not lengths:
        raise UserError(
            f"“{path.name}” holds no samples.",
            "Save arrays whose first axis counts the samples: numpy.savez(file, image=…, label=…).",
        )
    return max(lengths, key=lambda length: (lengths[length], length))


def _finite(kept: dict[str, Array], warnings: list[str]) -> dict[str, Array]:
    """The samples without NaN and infinity, which would spoil every weight at once."""
    good: Array | None = None
    for key, array in kept.items():
        if array.dtype.kind != "f":
            continue
        if isinstance(array, Mapped):
            _refuse_infinite(key, looked_at(array))
            continue
        fine = np.asarray(np.isfinite(array).reshape(len(array), -1).all(axis=1))
        if not fine.all():
            warnings.append(
                f"{int((~fine).sum()):,} samples were left out: “{key}” has values that are no "
                f"finite numbers, first in sample {int(np.argmin(fine)) + 1:,}."
            )
        good = fine if good is None else good & fine
    if good is None or good.all():
        return kept
    return {key: array[good] for key, array in kept.items()}


def _refuse_infinite(key: str, looked: Array) -> None:
    if not np.isfinite(looked).all():
        raise UserError(
            f"“{key}” has values that are no finite numbers, and is too large to leave them out.",
            "Save the file without the samples that hold NaN or infinity.",
        )


def _fields(
    kept: Mapping[str, Array], names: Mapping[str, Array], warnings: list[str], path: Path
) -> tuple[Samples, tuple[Field, ...]]:
    arrays: dict[str, Array] = {}
    fields: list[Field] = []
    class_names: dict[str, tuple[str, ...]] = {}
    column_names: dict[str, tuple[str, ...]] = {}
    for key, raw in kept.items():
        name = field_name(key, arrays)
        given = tuple(str(item) for item in names.get(f"{key}{NAMES}", ()))
        classes = _classes(raw, given)
        if classes is not None:
            arrays[name], class_names[name] = classes
            fields.append(class_field(name, classes[1]))
            continue
        if raw.dtype.kind in "US":
            warnings.append(f"“{key}” was left out: its texts are too many for classes.")
            continue
        arrays[name] = _compact(raw)
        fields.append(value_field(name, arrays[name]))
        if len(given) == (raw.shape[1] if raw.ndim > 1 else 0):
            column_names[name] = given
    if not fields or not len(next(iter(arrays.values()))):
        raise UserError(f"“{path.name}” holds no samples.", "Save arrays of numbers or text.")
    samples = Samples(arrays, class_names, column_names, warnings=tuple(warnings))
    return samples, tuple(fields)


def _classes(raw: Array, given: tuple[str, ...]) -> tuple[Array, tuple[str, ...]] | None:
    """Labels 0 … and their names, where one-axis values are texts or few whole numbers."""
    if raw.ndim != 1 or raw.dtype.kind not in "biuUS":
        return None
    values, labels = np.unique(raw, return_inverse=True)
    is_number = raw.dtype.kind in "iu"
    if len(given) > 1 and is_number and values[0] >= 0 and values[-1] < len(given):
        return raw.astype(np.int64), given
    few = len(values) <= MOST_CLASSES and (not is_number or len(raw) >= 2 * len(values))
    if not few or len(values) < 2:
        return None
    texts = values.astype("U") if raw.dtype.kind != "S" else np.char.decode(values, "latin-1")
    return labels.astype(np.int64), tuple(str(text) for text in texts)


def _compact(raw: Array) -> Array:
    """Pictures as uint8 [samples, C, H, W], other numbers as float32 or int64."""
    if isinstance(raw, Mapped):
        return raw
    if raw.dtype.kind == "b":
        raw = raw.astype(np.uint8)
    if raw.dtype == np.uint8:
        if raw.ndim == 3:
            return raw[:, None]
        if _is_channels_last(raw.shape):
            return np.ascontiguousarray(raw.transpose(0, 3, 1, 2))
        return raw if raw.ndim > 1 else raw[:, None]
    if raw.dtype.kind in "iu" and raw.ndim > 1:
        return raw.astype(np.int64)
    single = raw.astype(np.float32)
    return single if single.ndim > 1 else single[:, None]
