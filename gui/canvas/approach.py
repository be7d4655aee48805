"""What was put down is brought into view by the least movement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPoint, QPointF, QRectF, QVariantAnimation

from gui import motion

if TYPE_CHECKING:
    from gui.canvas.looking import Looking

_MARGIN = 24  # pixels
_MOTION_MS = 140


def least_way(seen: QRectF, area: QRectF) -> QPointF:
    """How far to look further right and down to see an area that has room there."""
    return QPointF(_way(seen.left(), seen.right(), area.left(), area.right()),
                   _way(seen.top(), seen.bottom(), area.top(), area.bottom()))  # fmt: skip


def _way(low: float, high: float, start: float, end: float) -> float:
    return start - low if start < low else max(0.0, end - high)


class Approach(QVariantAnimation):
    """Pans a view step by step, so that a hand that pans meanwhile is not worked against."""

    def __init__(self, view: Looking) -> None:
        super().__init__(view)
        self._view, self._way, self._gone = view, QPointF(), QPoint()
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._on_moved)

    def show(self, area: QRectF) -> None:
        """Bring an area into view; zooms out only where it has no room otherwise."""
        self.stop()
        view, rim = self._view, _MARGIN / self._view.zoom
        room = view.seen().adjusted(rim, rim + view.covered_above / view.zoom, -rim, -rim)
        if area.width() > room.width() or area.height() > room.height():
            view.frame(area)
            return
        self._way, self._gone = least_way(room, area) * view.zoom, QPoint()
        took_ms = motion.duration_ms(_MOTION_MS)
        if self._way.isNull():
            return
        if took_ms:
            self.setDuration(took_ms)
            self.start()
        else:
            self._on_moved(1.0)

    def _on_moved(self, share: float) -> None:
        there = (self._way * share).toPoint()
        self._view.pan(there - self._gone)
        self._gone = there
