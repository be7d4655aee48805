"""The rows of the outline: nodes as a tree, read only as far as somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from graphcore.analysis.finding import without_turns
from graphcore.analysis.result import Analysis, NodeFacts, Problem, Severity
from graphcore.errors import UserError
from graphcore.project.definitions import MAIN
from graphcore.project.edits import Rename
from graphcore.project.graph import Node, NodeId
from gui import assets, format
from gui.document import Document
from gui.place import Steps
from gui.theme import Appearance

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
KIND, SHAPE, SEVERITY = (Role.UserRole + i for i in range(3))
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(slots=True, eq=False)
class Row:
    """A node at one place of the drawing; `inside` is None until somebody looks.

    `path` is that of its first turn, `steps` are the blocks around it, outermost first.
    """

    key: int
    place: int
    node: Node
    path: str
    definition: str
    steps: Steps
    around: Row | None
    inside: list[Row] | None = None

    @property
    def blocks(self) -> list[Node]:
        """The blocks around it, outermost first."""
        return [] if self.around is None else [*self.around.blocks, self.around.node]


Voice = Callable[[Row, NodeFacts | None, Sequence[Problem]], str]


class OutlineRows(QAbstractItemModel):
    """The drawing and the blocks in it; `kept` holds the paths that a filter leaves.

    `refused` carries the UserError of a name that can't be. `voice` says a row for ears.
    """

    refused = Signal(object)

    def __init__(
        self, document: Document, appearance: Appearance, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._appearance = document, appearance
        self._analysis = Analysis()
        self._problems: dict[str, list[Problem]] = {}
        self._kept: Collection[str] | None = None
        self._rows: dict[int, Row] = {}
        self._top: list[Row] = []
        self.voice: Voice = lambda row, _facts, _problems: row.node.name

    # What it shows

    def show(self, analysis: Analysis, kept: Collection[str] | None = None) -> bool:
        """Show how things stand; whether rows came, went or moved, so that all were made anew."""
        self._analysis = analysis
        self._problems = _by_path(analysis)
        is_same = kept == self._kept
        self._kept = kept
        if is_same and self._renewed(self._top, None):
            return False
        self.beginResetModel()
        self._rows = {}
        self._top = self._read(None)
        self.endResetModel()
        return True

    def row_at(self, index: Index) -> Row:
        """The row that an index stands for."""
        return self._rows[index.internalId()]

    def index_of(self, steps: Steps, node: NodeId) -> QModelIndex:
        """Where a node stands; invalid where a filter hides it."""
        found: Row | None = None
        for step in (*steps, node):
            rows = self._inside(found)
            found = next((row for row in rows if row.node.id == step), None)
            if found is None:
                return QModelIndex()
        return self._index(found)

    def indexes_of(self, steps: Steps, nodes: Collection[NodeId]) -> list[QModelIndex]:
        """Where these nodes of one drawing stand, in order."""
        around = self.index_of(steps[:-1], steps[-1]) if steps else QModelIndex()
        if steps and not around.isValid():
            return []
        rows = self._inside(self._rows[around.internalId()] if steps else None)
        return [self._index(row) for row in rows if row.node.id in nodes]

    def _index(self, row: Row | None) -> QModelIndex:
        return QModelIndex() if row is None else self.createIndex(row.place, 0, row.key)

    def _inside(self, around: Row | None) -> list[Row]:
        if around is None:
            return self._top
        if around.inside is None:
            around.inside = self._read(around)
        return around.inside

    def _read(self, around: Row | None) -> list[Row]:
        made: list[Row] = []
        if around is not None and not self._is_block(around.node):
            return made  # its block got another name a moment ago; the next look knows
        for node in self._nodes(around):
            row = Row(len(self._rows) + 1, len(made), node, _prefix(around) + node.name,
                      self._definition(around), _steps(around), around)  # fmt: skip
            self._rows[row.key] = row
            made.append(row)
        return made

    def _nodes(self, around: Row | None) -> list[Node]:
        """The nodes of a drawing as the code would read; those of a cycle come last."""
        graph = self._document.project.definitions[self._definition(around)].graph
        order = dict.fromkeys(node.id for node in graph.ordered()) | dict.fromkeys(graph.nodes)
        nodes = [graph.nodes[node] for node in order]
        if self._kept is None:
            return nodes
        start = without_turns(_prefix(around))
        return [node for node in nodes if start + node.name in self._kept]

    def _definition(self, around: Row | None) -> str:
        return MAIN if around is None else around.node.kind.removeprefix("block.")

    def _is_block(self, node: Node) -> bool:
        name = node.kind.removeprefix("block.")
        return name != node.kind and name in self._document.project.definitions

    def _renewed(self, rows: list[Row], around: Row | None) -> bool:
        """Whether the same nodes stand there as before; then they say what is new of them."""
        nodes = self._nodes(around)
        if [node.id for node in nodes] != [row.node.id for row in rows]:
            return False
        for row, node in zip(rows, nodes, strict=True):
            if row.inside is not None and row.node.kind != node.kind:
                return False
            row.node, row.path = node, _prefix(around) + node.name
            if row.inside is not None and not self._renewed(row.inside, row):
                return False
        if rows:
            self.dataChanged.emit(self._index(rows[0]), self._index(rows[-1]))
        return True

    # What Qt asks

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        around = self.row_at(parent) if parent is not None and parent.isValid() else None
        rows = self._inside(around)
        return self._index(rows[row]) if 0 <= row < len(rows) and not column else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        row = self._rows.get(index.internalId()) if index.isValid() else None
        return self._index(row.around if row is not None else None)

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is None or not parent.isValid():
            return len(self._top)
        row = self.row_at(parent)
        return len(self._inside(row)) if self._is_block(row.node) else 0

    def columnCount(self, parent: Index | None = None) -> int:
        return 1

    def hasChildren(self, parent: Index | None = None) -> bool:
        if parent is None or not parent.isValid() or self._kept is not None:
            return self.rowCount(parent) > 0
        row = self.row_at(parent)
        definitions = self._document.project.definitions
        return self._is_block(row.node) and bool(definitions[self._definition(row)].graph.nodes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row = self.row_at(index)
        kind = self._document.project.kind(row.node.kind)
        match role:
            case Role.DisplayRole | Role.EditRole:
                return row.node.name
            case Role.DecorationRole:
                color = self._appearance.theme.family_color(kind.family)
                return assets.icon(kind.icon or "graph", color, 16)
            case Role.ToolTipRole:
                return "\n".join((kind.title, *self.problem_texts(row)))
            case Role.AccessibleTextRole:
                return self.voice(row, self._facts(row), self._problems_of(row))
            case _ if role == KIND:
                return row.node.title or kind.title
            case _ if role == SHAPE:
                return self._shape(row)
            case _ if role == SEVERITY:
                return next((problem.severity for problem in self._problems_of(row)), "")
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        row, name = self.row_at(index), str(value).strip()
        if role != Role.EditRole or not name or name == row.node.name:
            return False
        text = self.tr("Rename {0} to {1}").format(row.node.name, name)
        try:
            self._document.do(Rename(row.node.id, name, row.definition), text)
        except UserError as error:
            self.refused.emit(error)
            return False
        return True

    # What is known of a row

    def problem_texts(self, row: Row) -> list[str]:
        """What the problems of a node, and of what lies in it, say; the worst first."""
        return [problem.message for problem in self._problems_of(row)]

    def _problems_of(self, row: Row) -> list[Problem]:
        return self._problems.get(without_turns(row.path), [])

    def _facts(self, row: Row) -> NodeFacts | None:
        return self._analysis.nodes.get(row.path)

    def _shape(self, row: Row) -> str:
        facts = self._facts(row)
        if facts is None:
            return ""
        kind = self._document.project.kind(row.node.kind)
        given = facts.inputs if kind.role == "output" else facts.outputs
        return format.shape(next(iter(given.values()), None)) if given else ""


def with_blocks(paths: Collection[str]) -> frozenset[str]:
    """These paths and those of the blocks around them, without turns."""
    kept = set[str]()
    for path in map(without_turns, paths):
        while path and path not in kept:
            kept.add(path)
            path = path.rpartition(".")[0]
    return frozenset(kept)


def _by_path(analysis: Analysis) -> dict[str, list[Problem]]:
    """The problems at each path and in it, the worst first."""
    found: dict[str, list[Problem]] = {}
    for problem in sorted(analysis.problems, key=lambda problem: _RANK[problem.severity]):
        for path in with_blocks([problem.path]):
            found.setdefault(path, []).append(problem)
    return found


def _prefix(around: Row | None) -> str:
    if around is None:
        return ""
    return f"{around.path}.0." if around.node.repeat else f"{around.path}."


def _steps(around: Row | None) -> Steps:
    return () if around is None else (*around.steps, around.node.id)
