"""The small capsules over the drawing: values and gradients on wires, names of ports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from graphcore.project.graph import NodeId
from gui.canvas.wire_item import Pill

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

Values = Mapping[tuple[NodeId, str], str]
_BESIDE, _APART = 30.0, 15.0


class Pills:
    """Values (above) and gradients (below, marked ∂) beside the output ports they belong to."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self._values: Values = {}
        self._gradients: Values = {}
        self._shown: list[tuple[Pill, tuple[NodeId, str], float]] = []
        self._names: list[tuple[Pill, tuple[NodeId, str], bool]] = []

    def show(self, values: Values, gradients: Values) -> None:
        """Exactly these, by node and output port."""
        self._drop(pill for pill, *_ in self._shown)
        self._values, self._gradients = dict(values), dict(gradients)
        self._shown = []
        style = self._scene.look
        for key, text in self._values.items():
            self._shown.append((Pill(text, style), key, -_APART))
        for key, text in self._gradients.items():
            self._shown.append((Pill(text, style, style.theme.accent, mark="∂"), key, _APART))
        for pill, *_ in self._shown:
            self._scene.addItem(pill)
        self.place()

    def texts_at(self, key: tuple[NodeId, str]) -> tuple[str, str]:
        """Value and gradient of an output; empty where there is none."""
        return self._values.get(key, ""), self._gradients.get(key, "")

    def clear(self) -> None:
        """No values."""
        self.show({}, {})

    def restyle(self) -> None:
        """The same in the scene's new style."""
        self.show(self._values, self._gradients)

    def place(self) -> None:
        """Beside their ports, wherever those are now."""
        for pill, (node, port), aside in self._shown:
            card = self._scene.nodes.get(node)
            pill.setVisible(card is not None)
            if card is not None:
                at = card.port_point(port, is_output=True)
                reach = max(_BESIDE, pill.rect.width() / 2 + 8)
                pill.setPos(at + QPointF(reach, aside))
        for pill, (node, port), is_output in self._names:
            card = self._scene.nodes.get(node)
            pill.setVisible(card is not None)
            if card is not None:
                away = pill.rect.width() / 2 + 12
                at = card.port_point(port, is_output=is_output)
                pill.setPos(at + QPointF(away if is_output else -away, 0))

    def name_ports(self, node: NodeId | None) -> None:
        """Names beside the ports of a block, and of a node that has several on a side.

        None: no names.
        """
        self._drop(pill for pill, *_ in self._names)
        self._names = []
        card = self._scene.nodes.get(node) if node is not None else None
        if card is not None and not card.has_rows:
            for is_output, names in ((False, card.inputs), (True, card.outputs)):
                for name in names if len(names) > 1 or card.face.family == "block" else ():
                    pill = Pill(name, self._scene.look)
                    self._scene.addItem(pill)
                    self._names.append((pill, (card.node, name), is_output))
        self.place()
        self._hide_what_is_covered()

    def _hide_what_is_covered(self) -> None:
        for pill, key, _ in self._shown:
            box = pill.sceneBoundingRect()
            is_free = not any(box.intersects(p.sceneBoundingRect()) for p, *_ in self._names)
            pill.setVisible(is_free and key[0] in self._scene.nodes)

    def _drop(self, pills: Iterable[Pill]) -> None:
        for pill in pills:
            self._scene.removeItem(pill)
