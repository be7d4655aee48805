"""The inspector's page for one node, or for several of one kind edited at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from graphcore.analysis.result import NodeFacts, Problem
from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import Kind, Param
from graphcore.kinds.params import Choice, Float
from graphcore.project.data import DataChoice
from graphcore.project.edits import MISSING, Edit, Rename, Set, Together
from graphcore.project.exposing import expose
from graphcore.project.graph import Node, NodeId, Slot, Wire, check_name
from graphcore.project.modules import PREFIX, is_user_kind
from graphcore.project.param_edits import set_at
from gui import format
from gui.analyser import Analyser
from gui.document import Document
from gui.panels.block_box import BlockBox
from gui.panels.burst import Burst
from gui.panels.costs import Costs
from gui.panels.fold import Opened
from gui.panels.form import ParamForm
from gui.panels.header import Header
from gui.panels.module_box import ModuleBox
from gui.panels.note import NoteField
from gui.panels.offers import offered_formulas, offered_params
from gui.panels.own_settings import OwnSettings
from gui.panels.param_row import Scope
from gui.panels.problem_list import Fix, ProblemCards, do_silence
from gui.panels.proofs import Proofs
from gui.panels.tiles import label
from gui.panels.typed_value import DIFFERENT
from gui.panels.weights_box import WeightsBox
from gui.place import Place
from gui.theme import Appearance
from gui.weighing import Weighing

MANY_LINES = 8
MANY_PROBLEMS = 6


class NodePage(QWidget):
    """Everything about one node; `line_chosen` is a line of the code that it comes from.

    `asked` is the name of a command that shall be done with a block, `learn_asked` the name of a
    rule that someone wants to read about.
    """

    line_chosen = Signal(int)
    asked = Signal(str)
    learn_asked = Signal(str)

    def __init__(
        self, kind: Kind, params: Sequence[Param], document: Document, analyser: Analyser,
        place: Place, appearance: Appearance, fix: Fix, proofs: Proofs, weighing: Weighing,
        opened: Opened, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.kind = kind
        self._document, self._analyser, self._appearance = document, analyser, appearance
        self._proofs, self._place = proofs, place
        self._ids: tuple[NodeId, ...] = ()
        self._burst = Burst(self)
        self._header = Header(kind, appearance, self._check_name, self)
        self._costs = Costs(self)
        self._problems = ProblemCards(fix, self)
        self._options = label(self.tr("Options"), "heading")
        self._form = ParamForm(params, appearance, self)
        self._block = BlockBox(document, self)
        self._block.setVisible(kind.role == "block")
        self._module = ModuleBox(document, analyser, self)
        self._module.setVisible(is_user_kind(kind.name))
        self._fields = label("", "secondary", wraps=True)
        self._term_title = label(self.tr("Objective"), "heading")
        self._term = ParamForm(self._term_params(), appearance, self)
        self._own = OwnSettings(document, analyser, place, appearance, opened, self)
        self._weights = WeightsBox(weighing, opened, appearance, self)
        self._note = NoteField(self)
        self._code_title = label(self.tr("Code"), "heading")
        self._code = QWidget(self)
        self._lines: tuple[int, ...] = ()
        self._lay_out()
        self._header.renamed.connect(self._on_renamed)
        self._form.entered.connect(self._on_param_entered)
        self._form.exposed.connect(self._on_param_exposed)
        self._block.asked.connect(self.asked)
        self._problems.learn_asked.connect(self.learn_asked)
        self._problems.silence_asked.connect(lambda problem: do_silence(document, problem))
        self._term.entered.connect(self._on_term_entered)
        self._note.typed.connect(self._on_note_typed)

    def _lay_out(self) -> None:
        self._line_buttons: list[QToolButton] = []
        row = self._code_row = QHBoxLayout(self._code)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(label(self.tr("Lines"), "secondary"))
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 12)
        layout.setSpacing(8)
        above: tuple[QWidget, ...] = (
            self._header, self._costs, self._problems, self._block, self._module,
            self._options, self._form, self._fields, self._term_title, self._term,
        )  # fmt: skip
        for widget in above:
            layout.addWidget(widget)
        folds = QVBoxLayout()
        folds.setSpacing(4)
        folds.addWidget(self._own)
        folds.addWidget(self._weights)
        layout.addLayout(folds)
        for widget in (
            self._code_title, self._code, label(self.tr("Note"), "heading"), self._note,
        ):  # fmt: skip
            layout.addWidget(widget)
        layout.addStretch(1)

    def _term_params(self) -> list[Param]:
        """What a term has beside its kind's params, as params so that the same fields serve."""
        if not self.kind.is_term:
            return []
        names = tuple(plan.name for plan in self._document.project.plan.objectives)
        return [
            Param("weight", Float(), 1.0, help=self.tr("How much this term counts.")),
            Param("objective", Choice(names), "main", help=self.tr("What it is a term of.")),
        ]

    def show_nodes(self, ids: Sequence[NodeId]) -> None:
        """Show these nodes, which are of the page's kind."""
        if tuple(ids) != self._ids:
            self._ids = tuple(ids)
            self._burst.end()
            self._header.abandon()
            self._form.abandon()
            self._term.abandon()
            self._own.abandon()
            self._note.abandon()
        self.refresh()

    def focus_name(self) -> None:
        """Give the keyboard to the name, its text selected."""
        self._header.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._header.name.selectAll()

    def focus_options(self) -> None:
        """Give the keyboard to the first option, or to the name where there is none."""
        rows = [row for row in self._form.rows.values() if row.isVisibleTo(self)]
        if rows:
            rows[0].field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.focus_name()

    def refresh_weights(self) -> None:
        """Show the weights that are saved by now."""
        self._weights.refresh()

    def refresh(self) -> None:
        """Show how the nodes stand now, in place."""
        nodes = self._nodes()
        if not nodes:
            return
        known = self._place.facts(self._analyser.analysis)
        facts = [known[node] for node in self._ids if node in known]
        self._show_header(nodes)
        if self.kind.role == "block":
            self._block.show_definition(self.kind.name.removeprefix("block."))
        if is_user_kind(self.kind.name):
            self._module.show_module(self.kind.name.removeprefix(PREFIX))
        self._costs.show_facts(facts, self._analyser.analysis)
        self._show_params(nodes, facts)
        self._show_term(nodes)
        self._own.show_nodes(nodes, facts)
        notes = {node.note for node in nodes}
        self._note.show_text(notes.pop() if len(notes) == 1 else "")
        path = facts[0].path if len(facts) == 1 else ""
        self._weights.show_path(path if path and facts[0].weights else "")
        problems = self._problems_of(nodes[0]) if path else ()
        self._proofs.ask(problems)
        self._problems.show_problems(map(self._proofs.offered, problems), self._appearance.theme)
        self._show_code(path)

    def _problems_of(self, node: Node) -> Sequence[Problem]:
        """The node's own problems; for a block a few of those inside it too."""
        found = self._place.problems(self._analyser.analysis).get(node.name, [])
        return found[:MANY_PROBLEMS]

    def _nodes(self) -> list[Node]:
        graph = self._place.graph(self._document.project)
        return [graph.nodes[node] for node in self._ids if node in graph.nodes]

    def _show_header(self, nodes: list[Node]) -> None:
        if len(nodes) == 1:
            self._header.show_name(
                nodes[0].title or self.kind.title, nodes[0].name, is_editable=True
            )
            return
        names = ", ".join(node.name for node in nodes[:20])
        self._header.show_name(f"{len(nodes)} × {self.kind.title}", names, is_editable=False)

    def _show_params(self, nodes: list[Node], facts: list[NodeFacts]) -> None:
        project = self._document.project
        scope = Scope(
            _resolved(facts), self._names(), self._offers(nodes[0]) if len(nodes) == 1 else {},
            len(nodes) == 1 and not self._place.is_main,
        )  # fmt: skip
        self._form.show_values([node.params for node in nodes], scope)
        is_dataset = self.kind.role == "dataset"
        self._fields.setVisible(is_dataset)
        if is_dataset:
            self._fields.setText(fields_text(project.data))
        is_wired = self.kind.role == "input" and (nodes[0].id, "field") in self._wires()
        self._form.setVisible(bool(self._form.rows) and not is_wired)
        self._options.setVisible(self._form.isVisibleTo(self) or is_dataset)
        self._options.setText(self.tr("Fields") if is_dataset else self.tr("Options"))

    def _names(self) -> dict[str, object]:
        """What formulas here know, with the values of the instance that is shown."""
        project, place = self._document.project, self._place
        return {
            **project.names_in_scope(place.definition), **place.values(self._analyser.analysis)
        }  # fmt: skip

    def _offers(self, node: Node) -> dict[str, tuple[Formula, object]]:
        project = self._document.project
        if self._place.is_main:
            return offered_formulas(project, node)
        return offered_params(project, node, self._place.definition)

    def _wires(self) -> Mapping[Slot, Wire]:
        return self._place.graph(self._document.project).wires

    def _show_term(self, nodes: list[Node]) -> None:
        self._term.setVisible(self.kind.is_term)
        self._term_title.setVisible(self.kind.is_term)
        self._term.show_values([node.settings for node in nodes], Scope())

    def _show_code(self, path: str) -> None:
        code, analysis = self._analyser.code, self._analyser.analysis
        lines = tuple(self._place.lines(code, analysis, self._ids)) if path else ()
        self._code_title.setVisible(bool(lines))
        self._code.setVisible(bool(lines))
        if lines == self._lines:
            return
        self._lines = lines
        for button in self._line_buttons:
            self._code_row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._line_buttons = []
        for place, line in enumerate(lines[:MANY_LINES], 1):
            button = QToolButton(self._code)
            button.setText(str(line))
            button.setToolTip(self.tr("Show line {0} of the code").format(line))
            button.clicked.connect(lambda _=False, line=line: self.line_chosen.emit(line))
            self._code_row.insertWidget(place, button)
            self._line_buttons.append(button)

    def _check_name(self, name: str) -> None:
        check_name(name)
        other = self._place.graph(self._document.project).by_name(name)
        if other is not None and other.id not in self._ids:
            raise UserError(
                self.tr("There is a “{0}” already.").format(name), self.tr("Use another name.")
            )

    def _do(self, edits: list[Edit], text: str, gesture: int = -1) -> None:
        edit = edits[0] if len(edits) == 1 else Together(tuple(edits))
        self._document.do(edit, text, gesture=gesture)

    def _subject(self) -> str:
        nodes = self._nodes()
        return nodes[0].name if len(nodes) == 1 else f"{len(nodes)} × {self.kind.title}"

    def _on_renamed(self, name: str) -> None:
        try:
            text = self.tr("Rename {0} to {1}").format(self._subject(), name)
            self._do([Rename(self._ids[0], name, self._place.definition)], text)
        except UserError:
            self._header.abandon()

    def _on_param_entered(self, name: str, value: object, gesture: int) -> None:
        if value is DIFFERENT:
            return
        project = self._document.project
        try:
            where = self._place.definition
            edit = set_at(project, self._nodes(), name, value, where)
            self._do([edit], self.tr("Change {0} of {1}").format(name, self._subject()), gesture)
        except UserError as error:
            self._form.complain(name, error)

    def _on_param_exposed(self, name: str, value: object) -> None:
        project, definition = self._document.project, self._place.definition
        try:
            edit = expose(project, definition, self._ids[0], name, value)
            self._do([edit], self.tr("Expose {0} of {1}").format(name, self._subject()))
        except UserError as error:
            self._form.complain(name, error)

    def _on_term_entered(self, name: str, value: object, gesture: int) -> None:
        edits: list[Edit] = [
            Set(("nodes", self._place.definition, node.id, "settings", name), value)
            for node in self._nodes()
            if value is not MISSING or name in node.settings
        ]
        if edits:
            self._do(edits, self.tr("Change {0} of {1}").format(name, self._subject()), gesture)

    def _on_note_typed(self, text: str) -> None:
        where = self._place.definition
        edits: list[Edit] = [Set(("nodes", where, node, "note"), text) for node in self._ids]
        self._do(edits, self.tr("Note on {0}").format(self._subject()), self._burst.next())


def _resolved(facts: list[NodeFacts]) -> dict[str, object]:
    """What analysis found for every one of these nodes alike."""
    found = dict(facts[0].params) if facts else {}
    for other in facts[1:]:
        found = {k: v for k, v in found.items() if other.params.get(k, MISSING) == v}
    return found


def fields_text(data: DataChoice) -> str:
    """A Dataset's samples and fields, a line each."""
    say = partial(QCoreApplication.translate, "inspector")
    samples = say("{0} samples").format(format.exact(data.samples))
    lines = [samples if data.samples else say("No data chosen yet. Open the data panel.")]
    for item in data.fields:
        classes = " · " + say("{0} classes").format(item.classes) if item.classes else ""
        lines.append(f"{item.name}: {format.type_text(item.type)}{classes}")
    return "\n".join(lines)
