"""A redraw of one curve at ten thousand to ten million steps, against pyqtgraph's own thinning."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Iterator
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from graphcore.training.curves import Curves
from graphcore.training.events import StepsDone
from gui.panels.curve_plot import CurvePlot
from gui.panels.strands import Shown, View
from gui.theme import Appearance

SIZES = (10_000, 1_000_000, 10_000_000)
ROUNDS = 7
PEER = "pyqtgraph, peak downsampling"


def run() -> Iterator[dict]:
    """Milliseconds of process time per redraw, raw and smoothed line with 30 new steps."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    appearance = Appearance(app, "dark")
    for size in SIZES:
        values = _noise(size)
        ours, peer = _ours(app, appearance, values), _peer(app, values)
        yield {
            "name": f"redraw at {size:,} steps", "ours": round(ours, 2), "peer": round(peer, 2),
            "peer_name": PEER, "unit": "ms", "ratio": round(peer / ours, 2),
        }  # fmt: skip


def _ours(app: QApplication, appearance: Appearance, values: np.ndarray) -> float:
    curves = Curves()
    curves.feed(StepsDone(0, {"loss": ()}))
    curves.steps["loss"].extend(values)
    plot = CurvePlot("loss", "Loss", appearance)
    plot.resize(900, 300)
    plot.show()
    news = tuple(float(value) for value in values[:30])

    def redraw() -> None:
        curves.feed(StepsDone(curves.length, {"loss": news}))
        plot.draw((Shown(None, curves),), ("loss",), View())

    found = _median(app, redraw)
    plot.close()
    return found


def _peer(app: QApplication, values: np.ndarray) -> float:
    plot = pg.PlotWidget()
    plot.resize(900, 300)
    plot.show()
    curve = plot.plot(pen=pg.mkPen("w", width=1), skipFiniteCheck=True)
    curve.setDownsampling(auto=True, method="peak")
    curve.setClipToView(True)
    x = np.arange(len(values), dtype=np.float32)
    found = _median(app, lambda: curve.setData(x, values))
    plot.close()
    return found


def _median(app: QApplication, redraw: Callable[[], None]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = process_time()
        redraw()
        for _ in range(3):
            app.processEvents()
        taken.append((process_time() - began) * 1e3)
    return statistics.median(taken)


def _noise(size: int) -> np.ndarray:
    source = np.random.default_rng(0)
    fall = np.exp(-np.arange(size, dtype=np.float32) / size * 4)
    return fall + 0.1 * source.standard_normal(size).astype(np.float32)
