"""What plots need is made ready in the window's thread, a little a turn, once the window stands.

Types of Qt must come to be in the thread that has the window. Before Python 3.12 Shiboken keeps
them in a table that nothing guards and that Qt reads without Python's lock; while another thread
imported pyqtgraph, which touches every type there is, the window's thread once read it half
written, and the program was gone.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from time import perf_counter

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

PLOT = "gui.panels.curve_plot"
"""The module that pyqtgraph comes with."""
TURN_MS, REST_MS = 4, 20
_OTHERS = ("PySide6.QtSvg", "PySide6.QtTest", "PySide6.QtOpenGLWidgets", "pydoc", "numpy.ma",
           "xml.etree.ElementTree", "multiprocessing.connection")  # fmt: skip
"""What pyqtgraph imports besides; names that are not there are passed over."""


class Warming(QObject):
    """Imports `PLOT` in turns of a few milliseconds; the last one takes a tenth of a second."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = _steps()
        self._turns = QTimer(self, interval=REST_MS)
        self._turns.timeout.connect(self._on_turn)

    def start(self) -> None:
        """Begin with the next turn."""
        if PLOT not in sys.modules:
            self._turns.start()

    def stop(self) -> None:
        """Import no more; for closing."""
        self._turns.stop()

    def _on_turn(self) -> None:
        end = perf_counter() + TURN_MS / 1000
        while perf_counter() < end:
            if next(self._steps, None) is None:
                self._turns.stop()
                return


def _steps() -> Iterator[str]:
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)  # until somebody asks, a type is but a name
            yield name
    for name in (*_OTHERS, PLOT):
        try:
            importlib.import_module(name)
        except ImportError:
            if name == PLOT:
                raise
        yield name
