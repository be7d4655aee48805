"""What is drawn in a plot each: its title, and how its values are said. No Qt but for words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from graphcore.training.metric_table import title_of
from gui import format
from gui.panels.legend import figure as figure

TITLES = {
    "learning_rate": "Learning rate", "gradient_norm": "Gradient norm",
    "update_ratio": "Update ratio", "samples_per_second": "Samples per second",
    "memory": "Memory", "utilization": "Utilization",
    "process_memory": "Memory of the process", "processor": "Processor",
}  # fmt: skip
LOGARITHMIC = ("gradient_norm", "update_ratio")
"""Layers differ by powers of ten in these, so that they are always drawn by them."""

_BYTES, _SHARES = ("memory", "process_memory"), ("utilization", "processor")


def title(quantity: str) -> str:
    """What stands above a plot."""
    if quantity in TITLES:
        return QCoreApplication.translate("quantities", TITLES[quantity])
    return title_of(quantity) or format.title(quantity)


def saying(quantity: str) -> Callable[[float], str]:
    """How a value of a quantity is said."""
    if quantity in _BYTES:
        return lambda value: _known(value, lambda: format.byte_count(round(value)))
    if quantity in _SHARES:
        return lambda value: _known(value, lambda: format.share(value))
    if quantity == "samples_per_second":
        return lambda value: _known(value, lambda: format.count(round(value)))
    return figure


def span(seconds: float) -> str:
    """A span of time along the bottom: `0.5 s`, `90 s`, `12 min`, `3.5 h`."""
    for size, unit in ((3600 * 3, "h"), (180, "min")):
        if abs(seconds) >= size:
            return f"{seconds / (3600 if unit == 'h' else 60):.3g}{format.THIN}{unit}"
    return f"{seconds:.3g}{format.THIN}s"


def _known(value: float, say: Callable[[], str]) -> str:
    return say() if value == value and abs(value) != float("inf") else format.NOTHING
