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
from PySide6.QtWidgets import QAbstractButton

APP_ICON = "netwright"
_DISABLED_OPACITY = 0.45
_AIR = 4
"""Points between an icon and the text beside it, over those that Qt leaves."""
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


def icon(
    name: str, color: str | None = None, size: int = 24, disabled: str | None = None, room: int = 0
) -> QIcon:
    """The icon in one colour, crisp at any device pixel ratio; KeyError if there is none.

    `size` is the size it offers when nobody asks for another one. Without `color` the icon
    takes the application's text colour of this moment, so ask again when the theme changes.
    `disabled` is the colour of the disabled icon, a paler `color` if not given. `room` points at
    its right stay empty.
    """
    return _icon(name, color or _text_color(), size, disabled or "", room)


def put_beside(
    button: QAbstractButton, name: str, color: str, size: int = 14, disabled: str | None = None
) -> None:
    """Give a button an icon beside its text, with air between them: Qt sets it too close."""
    button.setIcon(icon(name, color, size, disabled, _AIR))
    button.setIconSize(QSize(size + _AIR, size))


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
def tinted(name: str, color: str, opacity: float = 1.0, wide: float = 24.0) -> str:
    """The path, inside Qt's resources, of an icon in one colour, for style sheets and QIcon.

    It is 24 high and `wide`; what is more than 24 stays empty at its right.
    """
    file_name = f"{name}_{color.lstrip('#')}_{round(opacity * 100)}_{round(wide * 10)}.svg"
    if file_name not in _registered:
        _registered[file_name] = _resource(file_name, _svg(name, color, opacity, wide))
        qRegisterResourceData(1, *_registered[file_name])
    return f":/{file_name}"


@lru_cache(maxsize=1024)
def _icon(name: str, color: str, size: int, disabled: str, room: int) -> QIcon:
    offered, wide = QSize(size + room, size), 24 * (size + room) / size
    made = QIcon()
    made.addFile(tinted(name, color, wide=wide), offered)
    pale = (disabled, 1.0) if disabled else (color, _DISABLED_OPACITY)
    made.addFile(tinted(name, *pale, wide), offered, QIcon.Mode.Disabled)
    # Qt would tint a selected row's icon in the highlight colour.
    made.addFile(tinted(name, color, wide=wide), offered, QIcon.Mode.Selected)
    return made


@lru_cache(maxsize=256)
def _text(name: str) -> str:
    if name not in icon_names():
        raise KeyError(f"There is no icon named {name!r}.")
    return path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _svg(name: str, color: str, opacity: float = 1.0, wide: float = 24.0) -> bytes:
    text = _text(name).replace("currentColor", color)
    if wide > 24.0:
        text = text.replace('width="24"', f'width="{wide:g}"', 1)
        text = text.replace('viewBox="0 0 24 24"', f'viewBox="0 0 {wide:g} 24"', 1)
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
