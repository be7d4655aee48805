"""Whose weights a layer uses: those of another layer of its kind, or single weights tied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from graphcore.analysis.result import NodeFacts
from graphcore.analysis.sharing import owner_of, possible_ties
from graphcore.project.graph import Graph, Node, NodeId
from graphcore.project.lending import possible_owners, sharers
from graphcore.project.project import Project
from gui.panels.choice_row import captioned
from gui.panels.tiles import label, set_role


class SharingBox(QWidget):
    """`owner_chosen` carries a name or ""; `tie_chosen` a weight and a path or ""."""

    owner_chosen = Signal(str)
    tie_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = _Row(self.tr("Weights of"), self)
        self._words = label("", "secondary", wraps=True)
        self._ties: dict[str, _Row] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._rows.addWidget(self._owner)
        self._rows.addWidget(self._words)
        self._owner.chosen.connect(self.owner_chosen)

    def show_nodes(
        self, project: Project, definition: str, nodes: Sequence[Node],
        facts: Mapping[NodeId, NodeFacts],
    ) -> None:  # fmt: skip
        """Show whose weights these layers use, and whose they could."""
        graph, ids = project.definitions[definition].graph, {node.id for node in nodes}
        owners = [
            [other.name for other in possible_owners(project, node, definition)] for node in nodes
        ]
        taken = {graph.nodes[node].name for node in ids}
        common = [name for name in owners[0] if all(name in one for one in owners) and
                  name not in taken]  # fmt: skip
        shown = {node.shares for node in nodes}
        current = shown.pop() if len(shown) == 1 else None
        self._owner.show_choice([("", self.tr("its own")), *((n, n) for n in common)], current)
        self._owner.setVisible(bool(common or current))
        self._say(graph, nodes)
        self._show_ties(graph, nodes, facts)

    def _say(self, graph: Graph, nodes: Sequence[Node]) -> None:
        lost = [node for node in nodes if node.shares and owner_of(graph, node) is None]
        users = [user.name for node in nodes for user in sharers(graph, node)]
        text = ""
        if lost:
            text = self.tr("{0} is no layer that {1} could use, so it has its own weights.")
            text = text.format(lost[0].shares, lost[0].name)
        elif len(nodes) == 1 and nodes[0].shares:
            text = self.tr("Uses the weights and options of {}.").format(nodes[0].shares)
        elif users:
            text = self.tr("Its weights are used by {} too.").format(", ".join(users[:8]))
        self._words.setText(text)
        self._words.setVisible(bool(text))
        set_role(self._words, "warn" if lost else "secondary")

    def _show_ties(
        self, graph: Graph, nodes: Sequence[Node], facts: Mapping[NodeId, NodeFacts]
    ) -> None:  # fmt: skip
        node = nodes[0]
        found = facts.get(node.id) if len(nodes) == 1 and not node.shares else None
        offers = {
            name: possible_ties(graph, facts, node, name)
            for name, shape in found.weights
            if len(shape) > 1 or name in node.ties  # vectors of one size are everywhere
        } if found else {}  # fmt: skip
        wanted = {name: paths for name, paths in offers.items() if paths or name in node.ties}
        self._fill(list(wanted))
        for name, row in self._ties.items():
            paths = [(path, path) for path in wanted[name]]
            row.show_choice([("", self.tr("its own")), *paths], node.ties.get(name, ""))

    def _fill(self, names: list[str]) -> None:
        if names == list(self._ties):
            return
        for row in self._ties.values():
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._ties = {name: _Row(self.tr("Tie {} to").format(name), self) for name in names}
        for name, row in self._ties.items():
            row.chosen.connect(lambda path, name=name: self.tie_chosen.emit(name, path))
            self._rows.addWidget(row)
            row.show()


class _Row(QWidget):
    """A list to choose from with its caption; `chosen` carries what stands behind the words."""

    chosen = Signal(str)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._combo = QComboBox(self)
        self.setLayout(captioned(title, self._combo))
        self._shown: list[tuple[str, str]] = []
        self._combo.activated.connect(lambda row: self.chosen.emit(self._combo.itemData(row)))

    def show_choice(self, offers: Sequence[tuple[str, str]], current: str | None) -> None:
        """Show these offers (value, words) and which is chosen; None where nodes differ."""
        rows = list(offers)
        if current and current not in [value for value, _ in rows]:
            rows.append((current, current))
        if rows != self._shown:
            self._shown = rows
            self._combo.clear()
            for value, words in rows:
                self._combo.addItem(words, value)
        self._combo.setCurrentIndex(-1 if current is None else self._combo.findData(current))
