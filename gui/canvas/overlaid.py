"""The overlay that the canvas shows: a shade for every card, kept as the analysis says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from graphcore.analysis.overlays import MEASURED, Figure, Overlay, figures
from graphcore.analysis.result import NodeFacts
from graphcore.project.graph import NodeId
from gui.canvas.shades import LegendFace, Shade, legend, shade_of

if TYPE_CHECKING:
    from graphcore.training.watching import Watched
    from gui.canvas.scene import CanvasScene


class Overlaid:
    """Which overlay lies over the cards; view state, never in the file.

    Words are made for those cards only that are painted.
    """

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self.name: Overlay | None = None
        self.figures: Mapping[NodeId, Figure] = {}
        self.legend: LegendFace | None = None
        self._facts: Mapping[NodeId, NodeFacts] = {}
        self._watched: Watched | None = None
        self._why_none = ""
        self.is_measuring = False

    def show(
        self, name: Overlay | None, watched: Watched | None = None, why_none: str = "", *,
        is_measuring: bool = False,
    ) -> None:  # fmt: skip
        """Lay this over the cards, None for nothing; what is measured stands in `watched`."""
        self.name, self._watched, self._why_none = name, watched, why_none
        self.is_measuring = is_measuring
        self.learn(self._facts)

    @property
    def can_measure(self) -> bool:
        """Whether there is something to be measured that was not, or not since it changed."""
        return self.name in MEASURED and self._watched is None and not self.is_measuring

    def learn(self, facts: Mapping[NodeId, NodeFacts]) -> None:
        """Every card as analysis and place say now."""
        before = self.figures, self.legend
        self._facts, self.figures, self.legend = facts, {}, None
        if self.name is not None:
            self.figures = figures(self.name, facts, self._measured(self.name))
            self.legend = legend(self.name, self.figures.values(), self._where(self.name))
        if before != (self.figures, self.legend):
            self.dress(self._scene.nodes)
            self._scene.tell_shades()

    def dress(self, nodes: Iterable[NodeId]) -> None:
        """Cards that are new, or those of a new overlay, get their figures."""
        cards, is_under = self._scene.nodes, self.name is not None
        for node in nodes:
            if node in cards:
                cards[node].show_figure(self.figures.get(node), is_under=is_under)

    def shade(self, node: NodeId) -> Shade | None:
        """What stands on a card; None where it has no figure."""
        if self.name is None or node not in self.figures:
            return None
        return shade_of(self.name, self.figures[node], self._facts[node])

    def _measured(self, name: Overlay) -> Mapping[str, float] | None:
        if self._watched is None:
            return None
        return self._watched.seconds if name == "time" else self._watched.gradients

    def _where(self, name: Overlay) -> str:
        if name not in MEASURED:
            return ""
        if self._watched is None:
            return self._why_none
        text = QCoreApplication.translate("overlays", "batch of {0} on {1}")
        if self._watched.is_random:
            text = QCoreApplication.translate("overlays", "batch of {0} at random on {1}")
        return text.format(self._watched.batch, self._watched.device)
