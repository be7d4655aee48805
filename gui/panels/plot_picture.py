"""The plots as a picture: PNG at twice the size of the screen, or SVG."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from graphcore.project.whole import write_whole
from gui import theme
from gui.outlines import outlined
from gui.theme import Theme

SCALE = 2
SUFFIXES = (".png", ".svg")


def save_picture(plots: QWidget, path: Path, look: Theme) -> bool:
    """Write all plots, also those that are scrolled out of sight; whether that was possible."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if path.suffix.lower() == ".svg":
        _draw_svg(plots, look, buffer)
        content = outlined(bytes(buffer.data().data()).decode()).encode()
    else:
        _draw_png(plots, look).save(buffer, "PNG")  # type: ignore[call-overload]
        content = bytes(buffer.data().data())
    try:
        write_whole(path, lambda fresh: fresh.write_bytes(content))
    except OSError:
        return False
    return True


def _draw_png(plots: QWidget, look: Theme) -> QImage:
    image = QImage(plots.size() * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(theme.color(look.panel))
    plots.render(image)
    return image


def _draw_svg(plots: QWidget, look: Theme, buffer: QBuffer) -> None:
    from PySide6.QtSvg import QSvgGenerator

    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setResolution(72)
    made.setSize(plots.size())
    made.setViewBox(QRect(QPoint(), plots.size()))
    painter = QPainter(made)
    painter.fillRect(plots.rect(), theme.color(look.panel))
    plots.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
