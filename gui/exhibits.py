"""Samples beside what a model makes of them, as pictures and words; made in a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from graphcore.data.samples import Samples
from graphcore.project.data import Field
from gui import format
from gui.results import Findings
from gui.thumbnails import is_picture, thumbnail

if TYPE_CHECKING:
    from graphcore.training.results import Result

Array = NDArray[Any]
translate = QCoreApplication.translate
RIGHT, WRONG = "✓", "✗"
GAP = 4
MOST = 200
MOST_COLUMNS = 24


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One sample: `place` among the results, pictures side by side (none: null), words, cells.

    `cells` are what a row of a table shows of the input.
    """

    place: int
    picture: QImage
    text: str
    tip: str
    is_right: bool | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What pictures take from the theme: the side of one, the frame, and the colours of areas."""

    size: int
    frame: str
    areas: tuple[str, ...]


def exhibits(
    findings: Findings, result: Result, samples: Samples, places: Sequence[int], look: Look
) -> list[Exhibit]:
    """The samples at these places of the results, the first few hundred."""
    return [_exhibit(findings, result, samples, int(place), look) for place in places[:MOST]]


def columns_of(findings: Findings, samples: Samples) -> tuple[str, ...]:
    """What the columns of the input are called in a table; none where it is a picture."""
    field = findings.shown
    if field is None or is_picture(_dims(field)):
        return ()
    width = int(np.prod(samples.arrays[field.name].shape[1:]))
    names = samples.column_names.get(field.name, ())
    known = names if len(names) == width else tuple(f"{field.name}[{i}]" for i in range(width))
    return known[:MOST_COLUMNS]


def pictures_of(findings: Findings, result: Result) -> tuple[str, ...]:
    """Which of `input`, `truth` and `prediction` of a sample are pictures, in their order."""
    field = findings.shown
    has_input = field is not None and is_picture(_dims(field))
    is_made = result.form == "picture" and is_picture(_dims(result.target))
    both = ("truth", "prediction")
    if is_made and has_input and field is not None and field.name == result.target.name:
        return both
    has_areas = result.form == "areas" and result.true.ndim >= 3
    return (*(("input",) if has_input else ()), *(both if is_made or has_areas else ()))


def _exhibit(
    findings: Findings, result: Result, samples: Samples, place: int, look: Look
) -> Exhibit:
    row = int(result.rows[place])
    pictures = _pictures(findings, result, samples, place, look)
    text, tip, is_right = _words(result, place)
    cells: tuple[str, ...] = ()
    field = findings.shown
    if not pictures and field is not None:
        values = np.asarray(samples.arrays[field.name][row]).ravel()[:MOST_COLUMNS]
        cells = tuple(f"{float(value):.4g}" for value in values)
    whole = translate("Exhibits", "{0} (sample {1})").format(tip, row)
    return Exhibit(place, _side_by_side(pictures, look), text, whole, is_right, cells)


def _words(result: Result, place: int) -> tuple[str, str, bool | None]:
    """What stands below a sample, the whole of it, and whether it is right."""
    true, said, error = result.true[place], result.said[place], float(result.error[place])
    match result.form:
        case "classes":
            names = result.class_names
            sure = format.share(float(result.shares[place][said]))
            is_right = bool(true == said)
            tip = translate("Exhibits", "Truth {0}, prediction {1}, {2} sure")
            text = f"{names[true]} → {names[said]} {RIGHT if is_right else WRONG}"
            return text, tip.format(names[true], names[said], sure), is_right
        case "labels":
            was, is_said = (_labels(result.class_names, row) for row in (true, said))
            tip = translate("Exhibits", "Truth {0}, prediction {1}").format(was, is_said)
            return f"{was} → {is_said}", tip, error == 0
        case "areas":
            right = translate("Exhibits", "{0} right").format(format.share(1 - error))
            text = f"{_numbers(true)} → {_numbers(said)}" if true.ndim == 1 else right
            return text, right, None
        case "picture":
            return (
                f"± {error:.3g}",
                translate("Exhibits", "Off by {0} on average").format(f"{error:.4g}"),
                None,
            )
    text = f"{_numbers(true)} → {_numbers(said)}"
    return text, translate("Exhibits", "Off by {0}").format(f"{error:.4g}"), None


def _labels(names: tuple[str, ...], row: Array) -> str:
    return ", ".join(name for name, yes in zip(names, row, strict=True) if yes) or "–"


def _numbers(values: Array) -> str:
    flat = np.asarray(values).ravel()
    more = ", …" if len(flat) > 4 else ""
    return ", ".join(f"{float(value):.4g}" for value in flat[:4]) + more


def _pictures(
    findings: Findings, result: Result, samples: Samples, place: int, look: Look
) -> list[QImage]:
    """Input, truth and prediction, as far as they are pictures and not the same."""
    which, field, row = pictures_of(findings, result), findings.shown, int(result.rows[place])
    found, given = list[QImage](), None
    if "input" in which and field is not None:
        given = _grown(np.asarray(samples.arrays[field.name][row]), field, look.size)
        found.append(given)
    if "truth" in which:
        both = result.true[place], result.said[place]
        found += [
            _overlaid(values, given, look)
            if result.form == "areas"
            else _grown(values, result.target, look.size)
            for values in both
        ]
    return found


def _grown(values: Array, field: Field, size: int) -> QImage:
    low = float(values.min()) if field.low is None else field.low
    high = float(values.max()) if field.high is None else field.high
    return thumbnail(values, low, high, size)


def _overlaid(classes: Array, given: QImage | None, look: Look) -> QImage:
    """Areas in their colours, over the picture that they are of where there is one.

    `classes` [H, W], or [K, H, W] whose first yes at a place counts; 0 stays clear where a
    picture is below.
    """
    flat = classes if classes.ndim == 2 else _first_yes(classes)
    tones = [QColor(name) for name in look.areas]
    colors = np.array([(tone.red(), tone.green(), tone.blue()) for tone in tones], np.uint8)
    pixels = np.zeros((*flat.shape, 4), np.uint8)
    pixels[..., :3] = colors[np.maximum(flat, 0) % len(colors)]
    pixels[..., 3] = 255 if given is None else np.where(flat > 0, 150, 0)
    height, width = flat.shape
    raw = np.ascontiguousarray(pixels)
    areas = QImage(raw.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    tall = max(height, width)
    size = given.size() if given is not None else areas.size() * (look.size / tall)
    areas = areas.scaled(size)
    if given is None:
        return areas
    made = given.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(made)
    painter.drawImage(QPointF(), areas)
    painter.end()
    return made


def _first_yes(channels: Array) -> Array:
    """Numbers from 1 where a channel [K, H, W] says yes, 0 where none does."""
    return np.where(channels.any(0), channels.argmax(0) + 1, 0)


def _side_by_side(pictures: list[QImage], look: Look) -> QImage:
    if not pictures:
        return QImage()
    width = sum(p.width() for p in pictures) + GAP * (len(pictures) - 1)
    made = QImage(width, max(p.height() for p in pictures), QImage.Format.Format_ARGB32)
    made.fill(Qt.GlobalColor.transparent)
    painter, x = QPainter(made), 0
    painter.setPen(QPen(QColor(look.frame), 1))
    for picture in pictures:
        painter.drawImage(QPointF(x, 0), picture)
        painter.drawRect(QRectF(x + 0.5, 0.5, picture.width() - 1, picture.height() - 1))
        x += picture.width() + GAP
    painter.end()
    return made


def _dims(field: Field) -> tuple[int, ...]:
    dims = getattr(field.type, "dims", ())
    return tuple(dim for dim in dims if isinstance(dim, int))
