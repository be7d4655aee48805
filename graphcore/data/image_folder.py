"""The source “images”: a folder with one folder of pictures for each class."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphcore.data.facts import MOST_CLASSES, class_field, value_field
from graphcore.data.options import Options, path_in, text_in
from graphcore.data.pictures import Pictures, opened, pixels
from graphcore.data.samples import Array, Samples, can_be_held
from graphcore.errors import UserError
from graphcore.project.data import Field

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
_GRAY_MODES = ("1", "L", "LA", "I", "I;16", "F")
_LARGEST_KEPT = 256
_COMMON_SIZE = (64, 64)
_MOST_SIDE = 4096


@dataclass(frozen=True, slots=True)
class _Found:
    """Files by class, and what was left out on the way."""

    classes: tuple[str, ...]
    files: tuple[tuple[Path, int], ...]
    warnings: tuple[str, ...]


def read_images(options: Options, folder: Path | None) -> tuple[Samples, tuple[Field, ...]]:
    """Samples and fields `image` float32[C, H, W] and `label`; pictures stay uint8 in memory.

    More than can be held stay in their files and are read again whenever they are asked for.

    `options`: `path`; `size` [height, width] (where absent that of the pictures if all have the
    same, up to 256, else 64 x 64; pictures are stretched to it); `color` `gray` or `rgb` (where
    absent gray if all are). Files that can't be read are left out and named.
    """
    root = path_in(options, folder, "folder")
    size, color = _size(options), text_in(options, "color", ("gray", "rgb"))
    found = _files(root)
    if size is None or not color:
        own_size, own_color = _looked(found)
        size, color = size or own_size, color or own_color
    channels = 1 if color == "gray" else 3
    needed = len(found.files) * channels * size[0] * size[1]
    if not can_be_held(needed):
        return _left_in_files(root, found, size, channels)
    return _read_all(root, found, size, channels)


def detect_images(path: Path) -> dict[str, object] | None:
    """The options for reading that path, if it is a folder."""
    return {"path": str(path)} if path.is_dir() else None


def _size(options: Options) -> tuple[int, int] | None:
    value = options.get("size")
    if value is None or value == "":
        return None
    match value:
        case [int() as height, int() as width] if not isinstance(height, bool):
            if 1 <= height <= _MOST_SIDE and 1 <= width <= _MOST_SIDE:
                return height, width
    raise UserError(
        f"The size of pictures can't be {str(value)[:40]}.",
        f"Write height and width, 1 to {_MOST_SIDE}.",
    )


def _files(root: Path) -> _Found:
    """Every picture under a class folder; links that lead back up are not followed."""
    if not root.is_dir():
        raise UserError(f"“{root.name}” is not a folder.", "Choose the folder of class folders.")
    try:
        names = sorted(entry.name for entry in os.scandir(root) if not entry.name.startswith("."))
    except OSError as error:
        raise UserError(
            f"“{root.name}” can't be opened: {error.strerror}.", "Choose another folder."
        ) from error
    classes, files, left_out = list[str](), list[tuple[Path, int]](), list[str]()
    for name in names:
        folder = root / name
        if not folder.is_dir():
            continue
        if folder.is_symlink() and root.resolve().is_relative_to(folder.resolve()):
            left_out.append(f"“{name}” was left out: it is a link back to the folder itself.")
            continue
        pictures = _pictures(folder)
        if pictures:
            files += [(picture, len(classes)) for picture in pictures]
            classes.append(name)
        elif not name.startswith("__"):
            left_out.append(f"The folder “{name}” was left out: it holds no pictures.")
    if not classes:
        files = [(root / n, 0) for n in names if Path(n).suffix.lower() in SUFFIXES]
    if not files or len(classes) > MOST_CLASSES:
        what = f"{len(classes):,} folders with" if files else "no"
        raise UserError(
            f"“{root.name}” holds {what} pictures.",
            "Choose a folder that has one folder for each class, with PNG, JPEG, BMP, GIF or WebP "
            f"files inside; at most {MOST_CLASSES:,} classes.",
        )
    return _Found(tuple(classes), tuple(files), tuple(left_out))


def _pictures(folder: Path) -> list[Path]:
    found = []
    for place, below, names in os.walk(folder, followlinks=False):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [
            Path(place, name)
            for name in sorted(names)
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith(".")
        ]
    return found


def _looked(found: _Found) -> tuple[tuple[int, int], str]:
    """Size and color that suit the pictures, from their headers alone."""
    sizes, modes = Counter[tuple[int, int]](), set[str]()
    for path, _ in found.files:
        try:
            with opened(path) as image:
                sizes[image.height, image.width] += 1
                # A palette tells nothing about color, and most GIFs have one.
                modes.add("L" if image.mode in _GRAY_MODES else "RGB")
        except Exception:  # told later, when its pixels are read
            continue
    only = next(iter(sizes)) if len(sizes) == 1 else None
    size = only if only and max(only) <= _LARGEST_KEPT else _COMMON_SIZE
    return size, "gray" if modes == {"L"} else "rgb"


def _read_all(
    root: Path, found: _Found, size: tuple[int, int], channels: int
) -> tuple[Samples, tuple[Field, ...]]:
    values = np.empty((len(found.files), channels, *size), dtype=np.uint8)
    labels = np.empty(len(found.files), dtype=np.int64)
    count, unreadable = 0, list[str]()
    for path, label in found.files:
        try:
            values[count] = pixels(path, size, channels)
        except Exception:  # Pillow's readers raise nearly anything on a damaged file
            unreadable.append(path.relative_to(root).as_posix())
            continue
        labels[count] = label
        count += 1
    if not count:
        raise _none_readable(root, found)
    told = (*found.warnings, *_told(unreadable))
    return _samples(values[:count], labels[:count], found.classes, told)


def _left_in_files(
    root: Path, found: _Found, size: tuple[int, int], channels: int
) -> tuple[Samples, tuple[Field, ...]]:
    """Pictures whose headers can be read, each read when it is asked for."""
    kept, unreadable = list[tuple[Path, int]](), list[str]()
    for path, label in found.files:
        try:
            opened(path).close()
        except Exception:  # Pillow's readers raise nearly anything on a damaged file
            unreadable.append(path.relative_to(root).as_posix())
        else:
            kept.append((path, label))
    if not kept:
        raise _none_readable(root, found)
    pictures: Any = Pictures(tuple(path for path, _ in kept), channels, size)
    labels = np.array([label for _, label in kept], dtype=np.int64)
    told = (*found.warnings, *_told(unreadable))
    return _samples(pictures, labels, found.classes, told)


def _none_readable(root: Path, found: _Found) -> UserError:
    return UserError(
        f"None of the {len(found.files):,} pictures in “{root.name}” can be read.",
        "Open one of them in another program, and save it anew as PNG.",
    )


def _told(unreadable: list[str]) -> tuple[str, ...]:
    if not unreadable:
        return ()
    names = ", ".join(unreadable[:3])
    more = f" and {len(unreadable) - 3:,} more" if len(unreadable) > 3 else ""
    what = "1 picture" if len(unreadable) == 1 else f"{len(unreadable):,} pictures"
    return (f"{what} can't be read and stayed out: {names}{more}.",)


def _samples(
    values: NDArray[np.uint8], labels: NDArray[np.int64], classes: tuple[str, ...],
    told: tuple[str, ...],
) -> tuple[Samples, tuple[Field, ...]]:  # fmt: skip
    arrays: dict[str, Array] = {"image": values}
    image = value_field("image", values)
    fields = [Field("image", image.type, 0.0, 255.0)]
    if classes:
        arrays["label"] = labels
        fields.append(class_field("label", classes))
    return Samples(arrays, {"label": classes} if classes else {}, warnings=told), tuple(fields)
