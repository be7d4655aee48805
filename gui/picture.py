"""The drawing as a file: PNG, or SVG and PDF, which stay sharp at any size."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter

from graphcore.errors import UserError
from gui.canvas.view import CanvasView

SUFFIXES = (".png", ".svg", ".pdf")
LARGEST_SIDE = 16_000
_EMPTY_PATH = re.compile(rb'<path\b[^<>]*\bd=""[^<>]*/>')
_DOTS = 72  # a scene unit is a point of the page at scale 1
_FINE = 4  # letters and icons of a page are placed and drawn that much finer


def write_picture(view: CanvasView, output: Path, scale: float = 1.0) -> QSize:
    """Write the whole drawing that the view shows; the ending of the name says as what.

    Returns the size in pixels. Raises UserError where the ending is another, where a PNG would be
    too large, and where the file can't be written; then what was there stays.
    """
    suffix = check_suffix(output)
    area = view.picture_area()
    size = (area.size() * scale).toSize()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    match suffix:
        case ".svg":
            _draw_svg(view, area, QSizeF(size), buffer)
        case ".pdf":
            _draw_pdf(view, area, QSizeF(size), buffer)
        case _:
            _draw_png(view, size, scale, buffer)
    content = bytes(buffer.data().data())
    # A path without a point is no harm, but some readers stumble over it.
    _write(output, _EMPTY_PATH.sub(b"", content) if suffix == ".svg" else content)
    return size


def check_suffix(output: Path) -> str:
    """The ending of the file's name. Raises UserError where no picture has it."""
    suffix = output.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            _say("A drawing can't be written as “{}”.").format(output.name),
            _say("Let the name end with .png, .svg or .pdf."),
        )
    return suffix


def _draw_png(view: CanvasView, size: QSize, scale: float, buffer: QBuffer) -> None:
    if max(size.width(), size.height()) > LARGEST_SIDE:
        raise UserError(
            _say("The picture would be {} × {} pixels.").format(size.width(), size.height()),
            _say("Take a smaller scale, or SVG or PDF."),
        )
    view.to_image(scale).save(buffer, "PNG")  # type: ignore[call-overload]  # the stub is wrong


def _draw_svg(view: CanvasView, area: QRectF, size: QSizeF, buffer: QBuffer) -> None:
    from PySide6.QtSvg import QSvgGenerator

    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setResolution(_DOTS)
    made.setSize(size.toSize())
    made.setViewBox(QRectF(0, 0, size.width(), size.height()))
    made.setTitle(view.document.project.title)
    _paint(view, made, area, QRectF(0, 0, size.width(), size.height()))


def _draw_pdf(view: CanvasView, area: QRectF, size: QSizeF, buffer: QBuffer) -> None:
    made = QPdfWriter(buffer)
    made.setResolution(_DOTS * _FINE)
    made.setTitle(view.document.project.title)
    page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    made.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    _paint(view, made, area, QRectF(0, 0, size.width() * _FINE, size.height() * _FINE))


def _paint(view: CanvasView, device: QPaintDevice, area: QRectF, room: QRectF) -> None:
    painter = QPainter(device)
    painter.setRenderHints(view.renderHints())
    painter.fillRect(room, view.canvas.look.canvas)
    view.canvas.render(painter, room, area)
    painter.end()


def _write(output: Path, content: bytes) -> None:
    fresh = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        fresh.write_bytes(content)
        os.replace(fresh, output)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise UserError(
            _say("The picture could not be written to “{}”: {}.").format(output, error.strerror),
            _say("Check that the folder exists and can be written to."),
        ) from error


def _say(text: str) -> str:
    return QCoreApplication.translate("picture", text)
