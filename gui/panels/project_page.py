"""The inspector's pages where no single kind is selected: the project, or nodes of many kinds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from graphcore.analysis.result import Analysis, NodeFacts
from graphcore.project.edits import Set
from graphcore.project.graph import Node, NodeId
from gui import format
from gui.analyser import Analyser
from gui.document import Document
from gui.panels.burst import Burst
from gui.panels.fold import Opened
from gui.panels.note import NoteField
from gui.panels.own_settings import OwnSettings
from gui.panels.several_params import SeveralParams
from gui.panels.tiles import Tiles, label, set_role
from gui.place import Place
from gui.theme import Appearance

UNKNOWN = "–"
"""Stands for a figure until an analysis of the drawing is there."""


class ProjectPage(QWidget):
    """Title, description and totals of the project."""

    def __init__(
        self, document: Document, analyser: Analyser, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._analyser = document, analyser
        self._burst = Burst(self)
        self._title = QLineEdit(self)
        self._title.setPlaceholderText(self.tr("Title of the project"))
        self._title.setAccessibleName(self.tr("Title of the project"))
        self._about = NoteField(self)
        self._about.setPlaceholderText(self.tr("What it is for"))
        self._about.setAccessibleName(self.tr("What the project is for"))
        self._tiles = Tiles(
            (("nodes", self.tr("Nodes")), ("parameters", self.tr("Parameters")),
             ("flops", self.tr("FLOPs")), ("memory", self.tr("Memory a step"))), self,
        )  # fmt: skip
        self._problems = label("", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 12)
        layout.setSpacing(8)
        for widget in (
            label(self.tr("Project"), "heading"), self._title, self._about, self._tiles,
            self._problems,
            label(self.tr("Select a node to see and change its options."), "secondary", wraps=True),
        ):  # fmt: skip
            layout.addWidget(widget)
        layout.addStretch(1)
        self._title.textEdited.connect(self._on_title_typed)
        self._about.typed.connect(self._on_about_typed)

    def refresh(self) -> None:
        """Show how the project stands now, in place."""
        project, analysis = self._document.project, self._analyser.analysis
        if self._title.text() != project.title:
            self._title.setText(project.title)
            self._title.setCursorPosition(0)  # a long one is read from its beginning
        self._about.show_text(project.about)
        self._tiles["nodes"].show_figure(format.exact(len(project.graph.nodes)))
        if self._analyser.is_known:
            self._show_costs(analysis, project.plan.batch_size)
            self._show_problems(analysis)
        else:
            for key in ("parameters", "flops", "memory"):
                self._tiles[key].show_figure(UNKNOWN)
            self._problems.setText("")

    def _show_costs(self, analysis: Analysis, samples: int) -> None:
        self._tiles["parameters"].show_figure(
            format.count(analysis.parameters), format.exact(analysis.parameters)
        )
        self._tiles["flops"].show_figure(
            format.count(analysis.flops),
            self.tr("2 × multiply-adds, forward, one sample: {0}").format(
                format.exact(analysis.flops)
            ),
        )
        self._tiles["memory"].show_figure(
            format.byte_count(analysis.memory_bytes),
            self.tr("Estimated peak of one training step with {0} samples").format(samples),
        )

    def _show_problems(self, analysis: Analysis) -> None:
        severities = [problem.severity for problem in analysis.problems]
        errors, warnings = severities.count("error"), severities.count("warning")
        words = []
        if errors:
            words.append(self.tr("1 error") if errors == 1 else self.tr("{0} errors"))
        if warnings:
            words.append(self.tr("1 warning") if warnings == 1 else self.tr("{1} warnings"))
        text = ", ".join(words).format(errors, warnings) or self.tr("No problems")
        self._problems.setText(text)
        set_role(self._problems, "error" if errors else "warn" if warnings else "ok")

    def _on_title_typed(self, text: str) -> None:
        self._document.do(
            Set(("title",), text), self.tr("Change the title"), gesture=self._burst.next()
        )

    def _on_about_typed(self, text: str) -> None:
        self._document.do(
            Set(("about",), text), self.tr("Describe the project"), gesture=self._burst.next()
        )


class SeveralPage(QWidget):
    """Totals of selected nodes of different kinds, the options and settings in common."""

    def __init__(
        self, document: Document, analyser: Analyser, place: Place, appearance: Appearance,
        opened: Opened, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._common = SeveralParams(document, analyser, place, appearance, self)
        self._own = OwnSettings(document, analyser, place, appearance, opened, self)
        self._ids: list[NodeId] = []
        self._title = label("", "title")
        self._tiles = Tiles(
            (("parameters", self.tr("Parameters")), ("flops", self.tr("FLOPs"))), self
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._tiles)
        layout.addWidget(self._common)
        layout.addWidget(self._own)
        layout.addStretch(1)

    def show_nodes(self, nodes: Sequence[Node], facts: Sequence[NodeFacts]) -> None:
        """Show the totals of these nodes, of which this is known."""
        ids = [node.id for node in nodes]
        if ids != self._ids:
            self._ids = ids
            self._common.abandon()
            self._own.abandon()
        self._title.setText(self.tr("{0} nodes").format(len(nodes)))
        parameters, flops = sum(f.parameters for f in facts), sum(f.flops for f in facts)
        for key, figure in (("parameters", parameters), ("flops", flops)):
            known = (format.count(figure), format.exact(figure)) if facts else (UNKNOWN,)
            self._tiles[key].show_figure(*known)
        self._common.show_nodes(nodes, facts)
        self._own.show_nodes(nodes, facts)
