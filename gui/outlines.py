"""The letters of an SVG as outlines, so that it looks alike where the font is not installed.

Two weights of the font would add 700 KB to each file, the outlines of a common drawing 80 to
160 KB. The words stay in it as titles, to be searched and read aloud.
"""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainterPath

from gui import theme
from gui.canvas.style import PILL_FONT_SIZE

_TEXT = re.compile(r"<text\b([^>]*)>(.*?)</text>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_MOVE, _LINE, _CURVE, _MORE = QPainterPath.ElementType


def outlined(svg: str) -> str:
    """The same drawing without a font."""
    return _TEXT.sub(_outline, svg)


def _outline(found: re.Match[str]) -> str:
    given = dict(_ATTRIBUTE.findall(found[1]))
    text = html.unescape(found[2])
    path = QPainterPath()
    path.addText(QPointF(float(given["x"]), float(given["y"])), _font(given), text)
    fill, opacity = given.get("fill", "#000"), given.get("fill-opacity", "1")
    return (
        f'<g fill="{fill}" fill-opacity="{opacity}" fill-rule="nonzero" stroke="none">'
        f'<title>{html.escape(text)}</title><path d="{_drawn(path)}"/></g>'
    )


def _font(given: dict[str, str]) -> QFont:
    size, weight = round(float(given["font-size"])), QFont.Weight(int(given["font-weight"]))
    if "Mono" in given["font-family"]:
        return theme.code_font(size)
    # The generator doesn't tell that the figures of pills have one width.
    is_pill = (size, weight) == (PILL_FONT_SIZE, QFont.Weight.Medium)
    return theme.figure_font(size, weight) if is_pill else theme.font(size, weight)


def _drawn(path: QPainterPath) -> str:
    letters = {_MOVE: "M", _LINE: "L", _CURVE: "C", _MORE: ""}
    parts = []
    for index in range(path.elementCount()):
        element = path.elementAt(index)
        parts.append(f"{letters[element.type]}{_short(element.x)} {_short(element.y)}")
    return " ".join(parts)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
