"""The options that selected nodes of several kinds have in common, changed at all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphcore.analysis.result import NodeFacts
from graphcore.errors import UserError
from graphcore.kinds.kind import Param
from graphcore.project.edits import MISSING
from graphcore.project.graph import Node
from graphcore.project.param_edits import common_params, set_at
from gui.analyser import Analyser
from gui.document import Document
from gui.panels.form import ParamForm
from gui.panels.param_row import Scope
from gui.panels.tiles import label
from gui.panels.typed_value import DIFFERENT
from gui.place import Place
from gui.theme import Appearance


class SeveralParams(QWidget):
    """A form of the common params, made anew where others are common; a change is one for all."""

    def __init__(
        self, document: Document, analyser: Analyser, place: Place, appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._analyser, self._place = document, analyser, place
        self._appearance = appearance
        self._nodes: list[Node] = []
        self._params: tuple[Param, ...] = ()
        self._form = ParamForm((), appearance, self)
        self._title = label(self.tr("Options in common"), "heading")
        self._hint = label(
            self.tr("These nodes have no options in common."), "secondary", wraps=True
        )
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        for widget in (self._title, self._form, self._hint):
            self._rows.addWidget(widget)

    def abandon(self) -> None:
        """Forget half-typed text: other nodes are about to be shown."""
        self._form.abandon()

    def show_nodes(self, nodes: Sequence[Node], facts: Sequence[NodeFacts]) -> None:
        """Show what these nodes have in common, where they differ as mixed."""
        self._nodes = list(nodes)
        params = common_params(self._document.project, self._nodes)
        if params != self._params:
            self._make_form(params)
        self._form.setVisible(bool(params))
        self._hint.setVisible(not params)
        project, place = self._document.project, self._place
        names = {
            **project.names_in_scope(place.definition), **place.values(self._analyser.analysis)
        }  # fmt: skip
        self._form.show_values([node.params for node in nodes], Scope(_resolved(facts), names))

    def _make_form(self, params: tuple[Param, ...]) -> None:
        self._params = params
        self._rows.removeWidget(self._form)
        self._form.hide()
        self._form.deleteLater()
        self._form = ParamForm(params, self._appearance, self)
        self._form.entered.connect(self._on_entered)
        self._rows.insertWidget(1, self._form)

    def _on_entered(self, name: str, value: object, gesture: int) -> None:
        if value is DIFFERENT:
            return
        project, where = self._document.project, self._place.definition
        nodes = [node for node in self._nodes if value is not MISSING or name in node.params]
        if not nodes:
            return
        text = self.tr("Change {0} of {1} nodes").format(name, len(nodes))
        try:
            self._document.do(set_at(project, nodes, name, value, where), text, gesture=gesture)
        except UserError as error:
            self._form.complain(name, error)


def _resolved(facts: Sequence[NodeFacts]) -> Mapping[str, object]:
    """What analysis found for every one of these nodes alike."""
    found = dict(facts[0].params) if facts else {}
    for other in facts[1:]:
        found = {k: v for k, v in found.items() if other.params.get(k, MISSING) == v}
    return found
