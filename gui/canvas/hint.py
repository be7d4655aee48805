"""A line at the foot of the canvas: what is happening, and which keys go on from here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.theme import Theme

_FOOT, _GAP = 18, 8


class Hint(QLabel):
    """Hidden while there is nothing to say; clicks go through it to the canvas."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def show_text(self, text: str, theme: Theme, area: QRect, others: Iterable[QRect] = ()) -> None:
        """These words, at the foot of an area of the parent, beside or above `others`.

        None hide it.
        """
        self.setText(text)
        self.setVisible(bool(text))
        self.setStyleSheet(
            f"QLabel#hint {{ background: {theme.panel}; color: {theme.text};"
            f" border: 1px solid {theme.strong_line}; border-radius: 10px; padding: 6px 12px; }}"
        )
        self.setWordWrap(False)
        self.adjustSize()
        if self.width() > area.width() - 2 * _FOOT:
            self.setWordWrap(True)
            self.setFixedWidth(area.width() - 2 * _FOOT)
            self.adjustSize()
        spot = QRect(QPoint(), self.size())
        spot.moveCenter(area.center())
        spot.moveBottom(area.bottom() - _FOOT)
        self.move(_beside(spot, area, list(others)).topLeft())
        self.raise_()


def _beside(spot: QRect, area: QRect, others: Sequence[QRect]) -> QRect:
    """The spot where it touches none of the others, in the gap between them if that is wide."""
    around = spot.adjusted(-_GAP, -_GAP, _GAP, _GAP)
    near = [other for other in others if other.intersects(around)]
    if not near:
        return spot
    middle, found = area.center().x(), QRect(spot)
    level = [o for o in others if o.top() < spot.bottom() and o.bottom() > spot.top()]
    left = max((o.right() for o in level if o.center().x() < middle), default=area.left()) + _GAP
    right = min((o.left() for o in level if o.center().x() > middle), default=area.right()) - _GAP
    if right - left >= spot.width():
        found.moveLeft(left + (right - left - spot.width()) // 2)
    else:
        found.moveBottom(min(other.top() for other in near) - _GAP)
    return found
