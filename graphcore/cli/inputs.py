"""Values to predict from, read from a file: .npz, .npy, .csv or a picture."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphcore.data.csv_file import target_of
from graphcore.data.csv_table import Table, read_table
from graphcore.data.options import text_in
from graphcore.errors import UserError
from graphcore.project.data import Field
from graphcore.project.project import Project
from graphcore.types import Tensor

if TYPE_CHECKING:
    from graphcore.training.predict import Predictor

Array = NDArray[Any]
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif", ".tif", ".tiff")


def read_inputs(path: Path, project: Project, predictor: Predictor) -> dict[str, Array]:
    """Raw values [samples, …] by field or input. Raises UserError where the file does not fit."""
    wanted = _wanted(predictor)
    match path.suffix.lower():
        case ".npz":
            found = _by_name(_load_numpy(path), wanted, path)
        case ".npy":
            found = {_only(wanted, path): _load_numpy(path)["array"]}
        case ".csv":
            name = _only(wanted, path)
            found = {name: _read_csv(path, wanted[name], project)}
        case suffix if suffix in PICTURES:
            name = _only(wanted, path)
            found = {name: _read_picture(path, project.data.field(name), wanted[name])}
        case _:
            raise UserError(
                f"{path.name} is of no known sort.", "Give a .npz, .npy, .csv or .png file."
            )
    return {name: _batched(array, wanted[name], name, path) for name, array in found.items()}


def _wanted(predictor: Predictor) -> dict[str, tuple[int, ...]]:
    """The shape of one sample of every field or input that is to be given."""
    parts, facts = predictor.analysis.parts, predictor.analysis.by_node
    fields = predictor.fields
    names = fields if len(fields) == len(predictor.inputs) else predictor.inputs
    shapes: dict[str, tuple[int, ...]] = {}
    for name, value in zip(names, parts.inputs.values(), strict=True):
        kind = facts[value.node].outputs[value.port]
        dims = kind.dims[1:] if isinstance(kind, Tensor) else ()
        shapes[name] = tuple(dim if isinstance(dim, int) else -1 for dim in dims)
    return shapes


def _only(wanted: Mapping[str, object], path: Path) -> str:
    if len(wanted) > 1:
        raise UserError(
            f"The model has {len(wanted)} inputs and {path.name} holds values for one.",
            f"Give an .npz with arrays named {', '.join(wanted)}.",
        )
    return next(iter(wanted))


def _by_name(
    arrays: Mapping[str, Array], wanted: Mapping[str, object], path: Path
) -> dict[str, Array]:
    if len(arrays) == len(wanted) == 1:
        return {next(iter(wanted)): next(iter(arrays.values()))}
    missing = [name for name in wanted if name not in arrays]
    if missing:
        raise UserError(
            f"{path.name} has no array “{missing[0]}”.", f"It has {', '.join(arrays) or 'none'}."
        )
    return {name: arrays[name] for name in wanted}


def _load_numpy(path: Path) -> dict[str, Array]:
    try:
        found = np.load(path, allow_pickle=False)
        if isinstance(found, np.ndarray):
            return {"array": found}
        with found:
            return {name: found[name] for name in found.files}
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}.") from error
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise UserError(f"{path.name} holds no arrays of numbers: {error}.") from error


def _read_csv(path: Path, shape: tuple[int, ...], project: Project) -> Array:
    """The numbers of a table, read as data is; of a table with more columns those that trained."""
    table = read_table(path, text_in(project.data.options, "delimiter"))
    names = table.names
    if len(shape) == 1 and len(names) > shape[0] > 0:
        names = _trained_on(table, project)
    cells = zip(*(table.column(name) for name in names), strict=True)
    rows = [[_number(cell, table.delimiter) for cell in row] for row in cells]
    for line, row in zip(table.lines, rows, strict=True):
        if not np.isfinite(row).all():
            raise UserError(
                f"{path.name}, line {line} does not hold {len(names)} numbers.",
                "Give the columns that the model takes, each with a number.",
            )
    return np.array(rows, dtype=np.float32)


def _trained_on(table: Table, project: Project) -> tuple[str, ...]:
    """The columns that are no target: those that hold numbers in the first row."""
    target = project.data.options.get("target")
    if not target:  # found out by its name when the data was chosen, or the last one
        target = target_of(table)
    targets = (target,) if isinstance(target, str) else tuple(target)  # type: ignore[arg-type]
    others = [name for name in table.names if name not in targets]
    return tuple(n for n in others if np.isfinite(_number(table.column(n)[0], table.delimiter)))


def _number(cell: str, delimiter: str) -> float:
    """The cell as a number, NaN where it is none; where columns end otherwise, 1,5 is 1.5."""
    try:
        return float(cell if delimiter == "," else cell.replace(",", "."))
    except ValueError:
        return math.nan


def _read_picture(path: Path, field: Field | None, shape: tuple[int, ...]) -> Array:
    """A picture [C, H, W] on the field's raw scale, resized to what the model takes."""
    from PIL import Image, UnidentifiedImageError

    if len(shape) != 3 or shape[0] not in (1, 3, 4):
        raise UserError("This model takes no pictures.", "Give a .npy, .npz or .csv file.")
    try:
        with Image.open(path) as opened:
            picture = opened.convert({1: "L", 3: "RGB", 4: "RGBA"}[shape[0]])
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UserError(f"{path} can't be read as a picture: {error}.") from error
    if -1 not in shape and picture.size != (shape[2], shape[1]):
        picture = picture.resize((shape[2], shape[1]), Image.Resampling.BOX)
    values = np.atleast_3d(np.asarray(picture, dtype=np.float32)).transpose(2, 0, 1)
    if field is None or field.low is None or field.high is None:
        return values
    return np.asarray(field.low + values / 255 * (field.high - field.low))


def _batched(array: Array, shape: tuple[int, ...], name: str, path: Path) -> Array:
    """The array with the samples first; one sample alone becomes a batch of one."""
    if array.dtype.kind not in "biuf":
        raise UserError(f"“{name}” in {path.name} holds no numbers.", "Give plain numbers.")
    many = array[None] if array.ndim == len(shape) else array
    fits = many.ndim == len(shape) + 1 and all(
        size in (-1, given) for size, given in zip(shape, many.shape[1:], strict=True)
    )
    if fits and len(many):
        return many
    listed = ", ".join("any" if size == -1 else str(size) for size in shape)
    raise UserError(
        f"“{name}” in {path.name} has the shape {list(array.shape)}.",
        f"The model takes [samples, {listed}], with at least one sample.",
    )
