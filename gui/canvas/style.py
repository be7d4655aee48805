"""Pens, brushes, fonts and pictures of the canvas, made once a theme."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QStaticText,
    QTransform,
)

from gui import assets
from gui.theme import Theme, color, figure_font, font, mix

TITLE_FONT_SIZE, LINE_FONT_SIZE, PILL_FONT_SIZE = 13, 11, 11
SHADOW_MARGIN = 18
_SHADOW_DROP = 5.0
NO_PEN = QPen(Qt.PenStyle.NoPen)
TINTS, DEEPEST, DEEPEST_FAR = 12, 0.34, 0.92
"""So many tints has an overlay, and so much of its colour the deepest of them."""
_RATIOS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)


def pen(value: str, width: float = 1.0, opacity: float = 1.0) -> QPen:
    """A pen with round ends."""
    made = QPen(color(value, opacity), width)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def flat_pen(value: str, width: float) -> QPen:
    """A pen for what ends below something else: straight lines without ends are painted at once."""
    made = pen(value, width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made


class FamilyStyle:
    """What is drawn in the colour of one family."""

    def __init__(self, theme: Theme, family: str) -> None:
        self.name = theme.family_color(family)
        self.color = QColor(self.name)
        self.brush = QBrush(self.color)
        self.chip = QBrush(QColor(mix(self.name, theme.node, 0.17 if theme.is_dark else 0.13)))
        self.ring = pen(self.name, 2)


class Style:
    """The look of the canvas in one theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.title_font = font(TITLE_FONT_SIZE, QFont.Weight.Medium)
        self.line_font = font(LINE_FONT_SIZE)
        self.figure_font = figure_font(LINE_FONT_SIZE)
        self.pill_font = figure_font(PILL_FONT_SIZE, QFont.Weight.Medium)
        self.title_metrics = QFontMetricsF(self.title_font)
        self.line_metrics = QFontMetricsF(self.line_font)
        self.pill_metrics = QFontMetricsF(self.pill_font)
        self.canvas = QBrush(QColor(theme.canvas))
        self.dots = pen(theme.dots, 2.2)
        self.node = QBrush(QColor(theme.node))
        self.border = pen(theme.strong_line)
        self.hover_border = pen(theme.tertiary, 1.25)
        self.selected_border = pen(theme.accent, 1.75)
        self.halo = pen(theme.accent, 6, 0.28)
        self.divider = pen(theme.line)
        self.text, self.secondary = pen(theme.text), pen(theme.secondary)
        self.tertiary = pen(theme.tertiary)
        self.wire = flat_pen(theme.wire, 2)
        self.hot_wire = flat_pen(theme.accent, 2)
        self.hover_wire = flat_pen(theme.secondary, 2.5)
        self.drawn_wire = pen(theme.accent, 2)
        self.guide = pen(theme.guide, 1.25)
        self.guide.setCosmetic(True)
        self.on_guide = pen(theme.canvas if theme.is_dark else theme.text)
        self.target_halo = QBrush(color(theme.accent, 0.30))
        self.band = QBrush(color(theme.accent, 0.10))
        self.overlay = QBrush(QColor(theme.overlay))
        self.track = QBrush(QColor(mix(theme.overlay, theme.node, 0.16)))
        self.on_tint = pen(theme.text, opacity=0.82)
        self._tints: dict[tuple[int, bool], QBrush] = {}
        self.states = {"error": theme.error, "warning": theme.warn, "info": theme.accent}
        self._state_borders = {key: pen(tone, 1.75) for key, tone in self.states.items()}
        self._state_texts = {key: pen(tone) for key, tone in self.states.items()}
        self._state_borders["warning"].setDashPattern([5, 3])
        self._state_borders["info"].setDashPattern([1.5, 3])
        self._families: dict[str, FamilyStyle] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def family(self, name: str) -> FamilyStyle:
        """The colours of a family of kinds."""
        if name not in self._families:
            self._families[name] = FamilyStyle(self.theme, name)
        return self._families[name]

    def tint(self, level: float, *, far: bool = False) -> QBrush:
        """A card under an overlay, the deeper the higher the level; far cards may be deep."""
        key = tint_step(level), far
        if key not in self._tints:
            deepest = DEEPEST_FAR if far else DEEPEST
            share = deepest * (0.12 + 0.88 * key[0] / TINTS) if key[0] else 0.0
            self._tints[key] = QBrush(QColor(mix(self.theme.overlay, self.theme.node, share)))
        return self._tints[key]

    def state_border(self, severity: str) -> QPen:
        """The ring of a card with a problem; dashed where it is only a remark."""
        return self._state_borders[severity]

    def state_text(self, severity: str) -> QPen:
        """A pen for words about a problem."""
        return self._state_texts[severity]

    def icon(self, name: str, tone: str, size: int, scale: float) -> QPixmap:
        """An icon that is crisp where one scene unit is `scale` device pixels."""
        ratio = next((r for r in _RATIOS if r >= scale - 0.01), _RATIOS[-1])
        key = (name, tone, size, ratio)
        if key not in self._pixmaps:
            known = name if name in assets.icon_names() else "help"
            self._pixmaps[key] = assets.pixmap(known, tone, size, ratio)
        return self._pixmaps[key]


def tint_step(level: float) -> int:
    """Which of the tints of an overlay a level has; 0 for none."""
    return min(TINTS, math.ceil(level * TINTS)) if level > 0 else 0


_styles: dict[int, Style] = {}


def style_of(theme: Theme) -> Style:
    """The style of a theme, made once; needs a QGuiApplication."""
    if id(theme) not in _styles:
        _styles[id(theme)] = Style(theme)  # which keeps the theme, so its id stays its own
    return _styles[id(theme)]


@lru_cache(maxsize=4096)
def static_text(text: str, size: int, medium: bool) -> QStaticText:
    """A text laid out once; cards with the same words share it."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    weight = QFont.Weight.Medium if medium else QFont.Weight.Normal
    made.prepare(QTransform(), font(size, weight))
    return made


@lru_cache(maxsize=8192)
def fitted_text(text: str, size: int, medium: bool, room: int) -> tuple[QStaticText, float]:
    """A text cut off with dots where it is wider than `room`, and its width."""
    weight = QFont.Weight.Medium if medium else QFont.Weight.Normal
    metrics = QFontMetricsF(font(size, weight))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    return static_text(shown, size, medium), metrics.horizontalAdvance(shown)


@lru_cache(maxsize=64)
def card_path(width: float, height: float, radius: float = 10.0, grow: float = 0.0) -> QPainterPath:
    """The outline of a card."""
    path = QPainterPath()
    edge = 0.5 - grow
    rect = QRectF(edge, edge, width - 2 * edge, height - 2 * edge)
    path.addRoundedRect(rect, radius + grow, radius + grow)
    return path


@lru_cache(maxsize=64)
def shadow(width: int, height: int, opacity: float) -> QPixmap:
    """The shadow of a card of that size, stretched from one nine-patch; `SHADOW_MARGIN` around.

    What lies under the card itself stays clear.
    """
    patch, margin = _shadow_patch(opacity), SHADOW_MARGIN
    corner = 2 * margin
    made = QPixmap(width + 2 * margin, height + 2 * margin)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    side = patch.width()
    to_x, to_y = (0, corner, made.width() - corner), (0, corner, made.height() - corner)
    sizes_x = (corner, made.width() - 2 * corner, corner)
    sizes_y = (corner, made.height() - 2 * corner, corner)
    start, spans = (0, corner, side - corner), (corner, side - 2 * corner, corner)
    for row in range(3):
        for column in range(3):
            target = QRectF(to_x[column], to_y[row], sizes_x[column], sizes_y[row])
            source = QRectF(start[column], start[row], spans[column], spans[row])
            painter.drawImage(target, patch, source)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.fillRect(QRectF(margin + 4, margin + 4, width - 8, height - 8), Qt.GlobalColor.black)
    painter.end()
    return made


@lru_cache(maxsize=4)
def _shadow_patch(opacity: float) -> QImage:
    """A soft square: rounded rectangles over each other, fading outwards like a blur does."""
    margin, side = SHADOW_MARGIN, 5 * SHADOW_MARGIN
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(NO_PEN)
    reach, seen = margin - _SHADOW_DROP, 0.0
    for step in range(int(reach) * 2, -1, -1):
        grow = step / 2
        wanted = opacity * 0.62 * (1 - grow / reach) ** 2.2
        layer = (wanted - seen) / (1 - seen)
        seen = wanted
        painter.setBrush(_black(layer))
        rect = QRectF(margin, margin, side - 2 * margin, side - 2 * margin)
        around = rect.adjusted(-grow, -grow, grow, grow).translated(QPointF(0, _SHADOW_DROP * 0.8))
        painter.drawRoundedRect(around, 10 + grow, 10 + grow)
    painter.end()
    return image


def _black(opacity: float) -> QBrush:
    made = QColor(0, 0, 0)
    made.setAlphaF(max(0.0, min(1.0, opacity)))
    return QBrush(made)
