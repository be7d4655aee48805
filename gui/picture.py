"""The drawing as a file: PNG, or SVG and PDF, which stay sharp at any size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QIODevice,
    QMarginsF,
    QPointF,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter

from graphcore.errors import UserError
from graphcore.project.whole import write_whole
from gui.canvas.posing import MARGIN, Part, posing
from gui.canvas.shade_painting import LEGEND, paint_legend
from gui.canvas.view import CanvasView
from gui.outlines import outlined
from gui.theme import Theme

SUFFIXES = (".png", ".svg", ".pdf")
LARGEST_SIDE = 16_000
_EMPTY_PATH = re.compile(rb'<path\b[^<>]*\bd=""[^<>]*/>')
_DOTS = 72  # a scene unit is a point of the page at scale 1
_FINE = 4  # letters and icons of a page are placed and drawn that much finer


@dataclass(frozen=True, slots=True)
class Wish:
    """How a picture shall be: a theme (None: as shown), pixels a unit, its ground, and of what."""

    theme: Theme | None = None
    scale: float = 1.0
    is_transparent: bool = False
    part: Part | None = None


_PLAIN = Wish()


def write_picture(view: CanvasView, output: Path, wish: Wish = _PLAIN) -> QSize:
    """Write the drawing that the view shows; the ending of the name says as what.

    Returns the size in pixels. Raises UserError where the ending is another, where a PNG would be
    too large, and where the file can't be written; then what was there stays.
    """
    suffix = check_suffix(output)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    with posing(view.canvas, wish.theme, wish.part) as drawn:
        area = with_legend(view, drawn)
        size = (area.size() * wish.scale).toSize()
        match suffix:
            case ".svg":
                _draw_svg(view, area, size, wish, buffer)
            case ".pdf":
                _draw_pdf(view, area, size, wish, buffer)
            case _:
                _draw_png(view, area, size, wish, buffer)
    content = bytes(buffer.data().data())
    _write(output, _without_font(content) if suffix == ".svg" else content)
    return size


def with_legend(view: CanvasView, area: QRectF) -> QRectF:
    """The area with room for the legend below, where an overlay is shown."""
    if view.canvas.overlaid.legend is None:
        return area
    return QRectF(area.topLeft(), area.size().expandedTo(LEGEND + QSizeF(32, 0))).adjusted(
        0, 0, 0, LEGEND.height() + 32 - MARGIN
    )


def _without_font(svg: bytes) -> bytes:
    # A path without a point is no harm, but some readers stumble over it.
    return outlined(_EMPTY_PATH.sub(b"", svg).decode()).encode()


def check_suffix(output: Path) -> str:
    """The ending of the file's name. Raises UserError where no picture has it."""
    suffix = output.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            _say("A drawing can't be written as “{}”.").format(output.name),
            _say("Let the name end with .png, .svg or .pdf."),
        )
    return suffix


def _draw_png(view: CanvasView, area: QRectF, size: QSize, wish: Wish, buffer: QBuffer) -> None:
    if max(size.width(), size.height()) > LARGEST_SIDE:
        raise UserError(
            _say("The picture would be {} × {} pixels.").format(size.width(), size.height()),
            _say("Take a smaller scale, or SVG or PDF."),
        )
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    _paint(view, image, area, QRectF(image.rect()), wish)
    if not wish.is_transparent:
        image = image.convertToFormat(QImage.Format.Format_RGB32)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub is wrong


def _draw_svg(view: CanvasView, area: QRectF, size: QSize, wish: Wish, buffer: QBuffer) -> None:
    from PySide6.QtSvg import QSvgGenerator

    room = QRectF(0, 0, size.width(), size.height())
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setResolution(_DOTS)
    made.setSize(size)
    made.setViewBox(room)
    made.setTitle(view.document.project.title)
    _paint(view, made, area, room, wish)


def _draw_pdf(view: CanvasView, area: QRectF, size: QSize, wish: Wish, buffer: QBuffer) -> None:
    made = QPdfWriter(buffer)
    made.setResolution(_DOTS * _FINE)
    made.setTitle(view.document.project.title)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    page = QPageSize(QSizeF(size), QPageSize.Unit.Point, "", exact)
    made.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    _paint(view, made, area, QRectF(0, 0, size.width() * _FINE, size.height() * _FINE), wish)


def _paint(view: CanvasView, device: QPaintDevice, area: QRectF, room: QRectF, wish: Wish) -> None:
    painter = QPainter(device)
    painter.setRenderHints(view.renderHints())
    if not wish.is_transparent:
        painter.fillRect(room, view.canvas.look.canvas)
    paint_drawing(view, painter, room, area, area)
    painter.end()


def paint_drawing(
    view: CanvasView, painter: QPainter, room: QRectF, part: QRectF, area: QRectF
) -> None:
    """A part of the area into a room; the legend is in the lower left corner of the area."""
    view.canvas.render(painter, room, part)
    face, scale = view.canvas.overlaid.legend, room.width() / part.width()
    if face is not None:
        painter.save()
        painter.translate(room.topLeft())
        painter.scale(scale, scale)
        corner = area.bottomLeft() - part.topLeft()
        painter.translate(corner + QPointF(16, -LEGEND.height() - 16))
        paint_legend(painter, view.canvas.look, face)
        painter.restore()


def _write(output: Path, content: bytes) -> None:
    try:
        write_whole(output, lambda fresh: fresh.write_bytes(content))
    except OSError as error:
        raise UserError(
            _say("The picture could not be written to “{}”: {}.").format(output, error.strerror),
            _say("Check that the folder exists and can be written to."),
        ) from error


def _say(text: str) -> str:
    return QCoreApplication.translate("picture", text)
