"""One item per frame or sticky note: tinted paper with a title, or with words."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QTextOption
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from graphcore.project.project import Note
from gui.canvas.note_geometry import HEADER
from gui.canvas.style import NO_PEN, Style
from gui.theme import Theme, color, font, mix

TITLE_SIZE, TEXT_SIZE = 15, 13
# Frames lie under everything, the larger the deeper; sticky notes over wires, under cards.
_FRAME_Z, _STICKY_Z = -10.0, -0.5
_RADIUS, _PAD = 10.0, 12.0
_WORDS_FROM = 0.25
_SMALLEST_PIXELS, _LARGEST_TITLE = 11.0, 30
_FAMILIES = {"": "merge", "teal": "pooling", "blue": "convolution",
             "violet": "normalization", "pink": "linear", "red": "loss"}  # fmt: skip
_YELLOW, _YELLOW_ON_LIGHT, _PAPER = "#E9C74A", "#CFA000", "#FFD21F"
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


class NoteStyle:
    """What a note of one colour is painted with in one theme."""

    def __init__(self, theme: Theme, name: str) -> None:
        self.tone = tone_of(theme, name)
        is_bright = name == "yellow" and not theme.is_dark  # as a dark colour it would be brown
        paper, strength = (_PAPER, 1.7) if is_bright else (self.tone, 1.0)
        share = strength * (0.10 if theme.is_dark else 0.09)
        self.frame = QBrush(color(paper, share))
        self.line = QPen(color(self.tone, 0.6 * strength**0.5), 1.5)
        self.sticky = QBrush(QColor(mix(paper, theme.canvas, 0.22 * strength)))
        self.edge = QPen(QColor(mix(self.tone, theme.canvas, 0.55)), 1)
        self.far = QBrush(color(paper, 0.22 * strength))


@lru_cache(maxsize=64)
def note_style(style: Style, name: str) -> NoteStyle:
    """The look of notes of that colour."""
    return NoteStyle(style.theme, name)


def tone_of(theme: Theme, name: str) -> str:
    """The colour itself; grey for a name that means nothing."""
    if name == "yellow":
        return _YELLOW if theme.is_dark else _YELLOW_ON_LIGHT
    if name == "green":
        return theme.ok
    if _HEX.fullmatch(name):
        return name
    return theme.family_color(_FAMILIES.get(name, "merge"))


class NoteItem(QGraphicsItem):
    """A frame or a sticky note; `rect` is where it is shown, which a gesture may change."""

    def __init__(self, key: str, note: Note, style: Style) -> None:
        super().__init__()
        self.key, self.note, self.style = key, note, style
        self.is_selected = self.is_hovered = False
        self.rect = QRectF()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.show_note(note)

    def show_note(self, note: Note) -> None:
        """Shows this note, where it lies."""
        self.note = note
        self.show_at(QRectF(note.x, note.y, note.width, note.height))
        self.update()

    def show_at(self, rect: QRectF) -> None:
        """Shows it elsewhere than the document has it."""
        if rect != self.rect:
            self.prepareGeometryChange()
            self.rect = QRectF(rect)
            area = rect.width() * rect.height()
            self.setZValue(_FRAME_Z - min(area / 1e12, 0.9) if self.note.is_frame else _STICKY_Z)

    @property
    def title(self) -> str:
        """What it says in one line."""
        return self.note.title or self.note.text.strip().partition("\n")[0]

    def boundingRect(self) -> QRectF:
        return self.rect.adjusted(-6, -6, 6, 6)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.rect)
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setOpacity(1.0)
        scale = painter.worldTransform().m11()
        if self.note.is_frame:
            _paint_frame(painter, self, scale)
        else:
            _paint_sticky(painter, self, scale)
        _paint_outline(painter, self, scale)


def _paint_frame(painter: QPainter, item: NoteItem, scale: float) -> None:
    look, rect = note_style(item.style, item.note.color), item.rect
    painter.setPen(look.line)
    painter.setBrush(look.frame)
    painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
    if item.note.title:
        _paint_title(painter, item, scale)


def _paint_title(painter: QPainter, item: NoteItem, scale: float) -> None:
    """Larger from further away, as long as it stays in its strip."""
    size = max(TITLE_SIZE, min(_LARGEST_TITLE, round(_SMALLEST_PIXELS / scale)))
    painter.setFont(font(size, QFont.Weight.Medium))
    painter.setPen(item.style.text)
    box = QRectF(item.rect.left() + _PAD, item.rect.top() + 2, item.rect.width() - 2 * _PAD, HEADER)
    shown = painter.fontMetrics().elidedText(
        item.note.title, Qt.TextElideMode.ElideRight, round(box.width())
    )
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_sticky(painter: QPainter, item: NoteItem, scale: float) -> None:
    look, rect = note_style(item.style, item.note.color), item.rect
    painter.setPen(look.edge)
    painter.setBrush(look.sticky)
    painter.drawRoundedRect(rect, 6, 6)
    painter.setPen(NO_PEN)
    painter.setBrush(QColor(look.tone))
    painter.drawRoundedRect(QRectF(rect.left(), rect.top(), 4, rect.height()), 2, 2)
    if scale >= _WORDS_FROM:
        _paint_words(painter, item)


def _paint_words(painter: QPainter, item: NoteItem) -> None:
    box = item.rect.adjusted(_PAD + 2, 10, -_PAD, -8)
    painter.setPen(item.style.text)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    painter.save()
    painter.setClipRect(item.rect, Qt.ClipOperation.IntersectClip)
    if item.note.title:
        painter.setFont(font(TEXT_SIZE, QFont.Weight.Medium))
        painter.drawText(box, item.note.title, option)
        box.setTop(box.top() + 22)
    painter.setFont(font(TEXT_SIZE))
    painter.drawText(box, item.note.text, option)
    painter.restore()


def _paint_outline(painter: QPainter, item: NoteItem, scale: float) -> None:
    if not (item.is_selected or item.is_hovered):
        return
    radius = _RADIUS if item.note.is_frame else 6.0
    pen = QPen(item.style.selected_border if item.is_selected else item.style.hover_border)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(item.rect, radius, radius)
    if item.is_selected and scale >= _WORDS_FROM:
        painter.setPen(item.style.selected_border)
        painter.setBrush(item.style.canvas)
        for corner in ("topLeft", "topRight", "bottomLeft", "bottomRight"):
            at = getattr(item.rect, corner)()
            painter.drawRect(QRectF(at - QPointF(3.5, 3.5), at + QPointF(3.5, 3.5)))


def paint_far_note(painter: QPainter, item: NoteItem, zoom: float) -> None:
    """A note in the overview: its tint alone."""
    look = note_style(item.style, item.note.color)
    line = QPen(look.line if item.note.is_frame else look.edge)
    line.setWidthF(0)
    painter.setPen(line)
    painter.setBrush(look.frame if item.note.is_frame else look.sticky)
    if item.is_selected:
        painter.setPen(QPen(QColor(item.style.theme.accent), 2 / zoom))
    painter.drawRect(item.rect)


def paint_far_title(painter: QPainter, item: NoteItem, zoom: float) -> None:
    """What a note says, over the drawing and as large as on paper near by, where it has room."""
    made = font(12, QFont.Weight.Medium)
    painter.save()
    painter.translate(item.rect.topLeft())
    painter.scale(1 / zoom, 1 / zoom)
    painter.setFont(made)
    room = round(item.rect.width() * zoom) - 12
    shown = painter.fontMetrics().elidedText(item.title, Qt.TextElideMode.ElideRight, room)
    if room > 24 and item.rect.height() * zoom > 20 and shown:
        box = QRectF(4, 4, painter.fontMetrics().horizontalAdvance(shown) + 10, 18)
        painter.setPen(NO_PEN)
        painter.setBrush(color(item.style.theme.canvas, 0.86))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(item.style.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
