"""Fonts, icons and the other files that come with the program."""

import importlib.resources
import struct
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, qRegisterResourceData
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

APP_ICON = "netwright"
_DISABLED_OPACITY = 0.45
# Qt keeps pointers into what is registered, so the bytes must live as long as the program.
_registered: dict[str, tuple[bytes, bytes, bytes]] = {}


@lru_cache(maxsize=1)
def root() -> Path:
    """The folder of resources, beside the packages in a checkout and in site-packages alike."""
    beside = Path(__file__).resolve().parent.parent / "resources"
    if beside.is_dir():
        return beside
    return Path(str(importlib.resources.files("resources")))


def path(*parts: str) -> Path:
    """The path of one resource, as in `path("templates", "lenet.netwright")`."""
    return root().joinpath(*parts)


def load_fonts() -> list[str]:
    """The families of the shipped fonts, now known to Qt; needs a QGuiApplication."""
    families: set[str] = set()
    for file in sorted(path("fonts").glob("*.[ot]tf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.update(QFontDatabase.applicationFontFamilies(number))
    return sorted(families)


@lru_cache(maxsize=1)
def icon_names() -> tuple[str, ...]:
    """The names that `icon` and `pixmap` take, sorted."""
    return tuple(sorted(file.stem for file in path("icons").glob("*.svg")))


def icon(name: str, color: str | None = None, size: int = 24, disabled: str | None = None) -> QIcon:
    """The icon in one colour, crisp at any device pixel ratio; KeyError if there is none.

    `size` is the size it offers when nobody asks for another one. Without `color` the icon
    takes the application's text colour of this moment, so ask again when the theme changes.
    `disabled` is the colour of the disabled icon, a paler `color` if not given.
    """
    return _icon(name, color or _text_color(), size, disabled or "")


def pixmap(name: str, color: str | None = None, size: int = 24, ratio: float = 1.0) -> QPixmap:
    """The icon as a square pixmap of `size` points at a device pixel ratio."""
    key = f"netwright:{name}:{color or _text_color()}:{size}:{ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    drawn = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _renderer(name, color or _text_color()).render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, drawn)
    return drawn


@lru_cache(maxsize=512)
def tinted(name: str, color: str, opacity: float = 1.0) -> str:
    """The path, inside Qt's resources, of an icon in one colour, for style sheets and QIcon."""
    file_name = f"{name}_{color.lstrip('#')}_{round(opacity * 100)}.svg"
    if file_name not in _registered:
        _registered[file_name] = _resource(file_name, _svg(name, color, opacity))
        qRegisterResourceData(1, *_registered[file_name])
    return f":/{file_name}"


@lru_cache(maxsize=1024)
def _icon(name: str, color: str, size: int, disabled: str) -> QIcon:
    offered = QSize(size, size)
    made = QIcon()
    made.addFile(tinted(name, color), offered)
    pale = tinted(name, disabled) if disabled else tinted(name, color, _DISABLED_OPACITY)
    made.addFile(pale, offered, QIcon.Mode.Disabled)
    # Qt would tint a selected row's icon in the highlight colour.
    made.addFile(tinted(name, color), offered, QIcon.Mode.Selected)
    return made


@lru_cache(maxsize=256)
def _text(name: str) -> str:
    if name not in icon_names():
        raise KeyError(f"There is no icon named {name!r}.")
    return path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _svg(name: str, color: str, opacity: float = 1.0) -> bytes:
    text = _text(name).replace("currentColor", color)
    if opacity < 1.0:
        text = text.replace("<svg ", f'<svg opacity="{opacity}" ', 1)
    return text.encode()


def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_svg(name, color)))


def _text_color() -> str:
    return QGuiApplication.palette().text().color().name(QColor.NameFormat.HexRgb)


def _resource(file_name: str, content: bytes) -> tuple[bytes, bytes, bytes]:
    """Tree, names and data of one file in the form of Qt's binary resources, version 1.

    Style sheets take pictures from files only; this way a coloured one needs no file on disk.
    """
    folder, file = 2, 0
    any_country, c_language = 0, 1
    tree = struct.pack(">IHII", 0, folder, 1, 1)
    tree += struct.pack(">IHHHI", 0, file, any_country, c_language, 0)
    text = file_name.encode("utf-16-be")
    names = struct.pack(">HI", len(file_name), _name_hash(file_name)) + text
    return tree, names, struct.pack(">I", len(content)) + content


def _name_hash(name: str) -> int:
    """The hash by which Qt finds a name among its resources (the ELF hash)."""
    value = 0
    for letter in name:
        value = (value << 4) + ord(letter)
        value ^= (value & 0xF0000000) >> 23
        value &= 0x0FFFFFFF
    return value
