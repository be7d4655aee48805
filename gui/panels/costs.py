"""What goes in, what comes out, and what it costs: of one node, or of several together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphcore.analysis.result import Analysis, NodeFacts
from graphcore.types import Type
from gui import format
from gui.panels.tiles import Tiles, label


class Costs(QWidget):
    """Tiles of shapes and figures, and what share of the whole model they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = Tiles(
            (("input", self.tr("Input")), ("output", self.tr("Output")),
             ("parameters", self.tr("Parameters")), ("flops", self.tr("FLOPs"))), self,
        )  # fmt: skip
        self._share = label("", "secondary", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._tiles)
        layout.addWidget(self._share)

    def show_facts(self, facts: Sequence[NodeFacts], whole: Analysis) -> None:
        """Show the facts of these nodes, as parts of the whole."""
        self._show_shapes(facts)
        self._show_figures(facts)
        self._show_share(facts, whole)

    def _show_shapes(self, facts: Sequence[NodeFacts]) -> None:
        for key in ("input", "output"):
            texts = {format.type_text(kind) for found in facts for kind in _types(found, key)}
            is_alike = len(facts) == 1 or len(texts) == 1
            text = _shapes(facts[0], key) if facts and is_alike else format.NOTHING
            self._tiles[key].show_figure(text, _named(facts[0], key) if len(facts) == 1 else "")

    def _show_figures(self, facts: Sequence[NodeFacts]) -> None:
        parameters, flops = sum(f.parameters for f in facts), sum(f.flops for f in facts)
        self._tiles["parameters"].show_figure(
            format.exact(parameters) if parameters < 10**7 else format.count(parameters),
            self.tr("{0} learnable numbers").format(format.exact(parameters)),
        )
        self._tiles["flops"].show_figure(
            format.count(flops),
            self.tr("{0} floating-point operations: 2 × multiply-adds, forward, one sample")
            .format(format.exact(flops)),
        )  # fmt: skip

    def _show_share(self, facts: Sequence[NodeFacts], whole: Analysis) -> None:
        """Of all parameters and FLOPs; and the bytes that go out, for one sample."""
        said = []
        parameters, flops = sum(f.parameters for f in facts), sum(f.flops for f in facts)
        if parameters and whole.parameters:
            share = format.share(parameters / whole.parameters)
            said.append(self.tr("{0} of all parameters").format(share))
        if flops and whole.flops:
            said.append(self.tr("{0} of all FLOPs").format(format.share(flops / whole.flops)))
        if memory := sum(f.memory for f in facts):
            said.append(self.tr("{0} out for each sample").format(format.byte_count(memory)))
        self._share.setText(" · ".join(said))
        self._share.setVisible(bool(said))


def _types(facts: NodeFacts, side: str) -> list[Type]:
    return list((facts.inputs if side == "input" else facts.outputs).values())


def _shapes(facts: NodeFacts, side: str) -> str:
    types = _types(facts, side)
    if not types:
        return format.NOTHING
    more = f"  +{len(types) - 1}" if len(types) > 1 else ""
    return format.type_text(types[0]) + more


def _named(facts: NodeFacts, side: str) -> str:
    types = facts.inputs if side == "input" else facts.outputs
    return "\n".join(f"{name}: {kind}" for name, kind in types.items())
