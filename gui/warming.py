"""What a first run, a first trial and an export need, imported ahead of them in the background."""

from __future__ import annotations

import importlib
import threading

from PySide6.QtCore import QObject

from gui.tasks import Latest

# In the order in which a person is likely to need them; an import holds up the window for as long
# as it runs machine code, so there is a pause after each.
MODULES = (
    "graphcore.data.sources", "graphcore.data.loaders", "graphcore.code.build", "pyqtgraph",
    "gui.panels.curve_plot", "graphcore.training.session", "graphcore.training.predict",
    "graphcore.training.evaluate",
)  # fmt: skip
PAUSE_SECONDS = 0.05


class WarmUp(QObject):
    """Imports late modules one by one in a quiet thread, once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_over = threading.Event()
        self._latest = Latest(0, self)
        self._latest.failed.connect(_raise)

    @property
    def is_busy(self) -> bool:
        """Whether there is something left to import."""
        return self._latest.is_busy

    def start(self) -> None:
        """Begin; without anyone waiting for the end."""
        self._latest.request(self._work)

    def stop(self) -> None:
        """End after the module that is on its way; for closing."""
        self._is_over.set()
        self._latest.stop()

    def _work(self) -> None:
        for name in MODULES:
            if self._is_over.wait(PAUSE_SECONDS):
                return
            importlib.import_module(name)


def _raise(error: Exception) -> None:
    raise error
