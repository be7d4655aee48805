"""What one painted frame takes, of any view of the canvas' kind."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from time import process_time

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView

FRAMES = 40


class _Paints(QObject):
    """Counts what is painted, so that a frame ends when it is on the screen."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def frame_ms(view: QGraphicsView, act: Callable[[int], object]) -> float:
    """The median of forty frames, in milliseconds of process time: what `act` asks for, painted."""
    paints, app = _Paints(), QApplication.instance()
    assert app is not None
    view.viewport().installEventFilter(paints)
    times = []
    for number in range(FRAMES):
        before, start = paints.count, process_time()
        act(number)
        for _ in range(8):
            app.processEvents()
            if paints.count > before:
                break
        times.append((process_time() - start) * 1000)
    view.viewport().removeEventFilter(paints)
    return statistics.median(times)


def there_and_back(number: int) -> int:
    """1 for ten frames, -1 for the next ten, and so on."""
    return 1 if number % 20 < 10 else -1


def swept_ms(view: QGraphicsView, spot: QPoint, step: QPoint) -> float:
    """The left button held down from a spot, ten steps away and back again."""
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, Qt.KeyboardModifier.NoModifier, spot)
    places = [spot + step * (turn if turn < 10 else 20 - turn) for turn in range(20)]
    taken = frame_ms(view, lambda number: QTest.mouseMove(port, places[(number + 1) % 20]))
    QTest.mouseRelease(port, left, Qt.KeyboardModifier.NoModifier, spot)
    return taken
