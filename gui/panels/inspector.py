"""The inspector: what is selected, and every option of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from graphcore.analysis.result import Repair
from graphcore.kinds.kind import Param
from graphcore.project.edits import Edit, touched_nodes
from graphcore.project.graph import NodeId
from gui.analyser import Analyser, only_moves
from gui.document import Document
from gui.panels.definition_page import DefinitionPage
from gui.panels.fold import Opened
from gui.panels.node_page import NodePage
from gui.panels.panel import Panel
from gui.panels.problem_list import do_repair
from gui.panels.project_page import ProjectPage, SeveralPage
from gui.panels.proofs import Proofs
from gui.selection import Selection
from gui.theme import Appearance
from gui.weighing import Weighing

if TYPE_CHECKING:
    from gui.notices import Notices
    from gui.runner import Runner

PAGES_KEPT = 8
Page = TypeVar("Page", bound=QWidget)


class InspectorPanel(Panel):
    """A page for the selected node or nodes; where nothing is, for the block or the project.

    `code_line_chosen` is a line (from 1) of the generated code that someone wants to see,
    `command_asked` the name of a command that shall be done, `learn_asked` the name of a rule
    that someone wants to read about. `left` asks for the canvas, as Escape does.
    """

    code_line_chosen = Signal(int)
    command_asked = Signal(str)
    learn_asked = Signal(str)
    left = Signal()

    def __init__(
        self, *, document: Document, analyser: Analyser, selection: Selection,
        appearance: Appearance, notices: Notices | None = None, runner: Runner | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("inspector", parent)
        self._document, self._analyser, self._selection = document, analyser, selection
        self._place = selection.place
        self._place.watch(document)
        self._appearance, self._notices = appearance, notices
        self._pages: dict[str, tuple[object, NodePage, QScrollArea]] = {}
        self._proofs = Proofs(document, analyser, self)
        self._weighing = Weighing(document, runner, self)
        self._opened: Opened = set()
        self._stack = QStackedWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._project_page, self._project_scroll = self._scrolled(
            lambda inside: ProjectPage(document, analyser, inside)
        )
        self._several_page, self._several_scroll = self._scrolled(
            lambda inside: SeveralPage(
                document, analyser, self._place, appearance, self._opened, inside
            )
        )
        self._definition_page, self._definition_scroll = self._scrolled(
            lambda inside: DefinitionPage(document, analyser, self._place, appearance, inside)
        )
        document.edited.connect(self._on_edited)
        document.replaced.connect(self._on_replaced)
        analyser.analysed.connect(self.mark_stale)
        self._proofs.proved.connect(self.mark_stale)
        self._weighing.changed.connect(self._on_weighed)
        selection.changed.connect(self.mark_stale)
        self._place.moved.connect(self.mark_stale)
        self._place.turned.connect(self.mark_stale)
        appearance.changed.connect(self._on_theme_changed)

    def stop(self) -> None:
        """End the workers; for closing."""
        self._proofs.stop()
        self._weighing.stop()

    def focus_name(self) -> None:
        """Give the keyboard to the name, or what stands first where several nodes are selected."""
        self._refresh_if_stale()
        page = self._shown_page
        if page is not None:
            page.focus_name()

    def focus_options(self) -> None:
        """Give the keyboard to the first option."""
        self._refresh_if_stale()
        page = self._shown_page
        if page is not None:
            page.focus_options()

    @property
    def _shown_page(self) -> NodePage | None:
        scroll = self._stack.currentWidget()
        page = scroll.widget() if isinstance(scroll, QScrollArea) else None
        return page if isinstance(page, NodePage) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        ids = self._selected()
        nodes = self._place.graph(self._document.project).nodes
        kinds = {nodes[node].kind for node in ids}
        if not ids and not self._place.is_main:
            self._definition_page.refresh()
            self._stack.setCurrentWidget(self._definition_scroll)
        elif not ids:
            self._project_page.refresh()
            self._stack.setCurrentWidget(self._project_scroll)
        elif len(kinds) > 1:
            known = self._place.facts(self._analyser.analysis)
            facts = [known[node] for node in ids if node in known]
            self._several_page.show_nodes([nodes[node] for node in ids], facts)
            self._stack.setCurrentWidget(self._several_scroll)
        else:
            before = {page for _, page, _ in self._pages.values()}
            page, scroll = self._page(kinds.pop(), self._document.project.params_at(nodes[ids[0]]))
            page.show_nodes(ids)
            self._stack.setCurrentWidget(scroll)
            if page not in before:
                # Laid out before it is painted: what is hidden in it takes no room.
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _selected(self) -> list[NodeId]:
        nodes = self._place.graph(self._document.project).nodes
        found = [node for node in self._selection.nodes if node in nodes]
        return sorted(found, key=lambda node: nodes[node].order)

    def _page(self, name: str, params: tuple[Param, ...]) -> tuple[NodePage, QScrollArea]:
        """The page of a kind, kept for the next node of that kind."""
        kind = self._document.project.kind(name)
        key = (kind, params, self._document.project.plan.objectives if kind.is_term else ())
        made_for, page, scroll = self._pages.pop(name, (None, None, None))
        if made_for != key or page is None or scroll is None:
            if scroll is not None:
                self._discard(scroll)
            page, scroll = self._scrolled(lambda inside: NodePage(
                kind, params, self._document, self._analyser, self._place, self._appearance,
                self._fix, self._proofs, self._weighing, self._opened, inside,
            ))  # fmt: skip
            page.line_chosen.connect(self.code_line_chosen)
            page.asked.connect(self.command_asked)
            page.learn_asked.connect(self.learn_asked)
        self._pages[name] = (key, page, scroll)
        if len(self._pages) > PAGES_KEPT:
            self._discard(self._pages.pop(next(iter(self._pages)))[2])
        return page, scroll

    def _fix(self, repair: Repair) -> None:
        do_repair(self._document, repair, self._notices)

    def _scrolled(self, make: Callable[[QWidget], Page]) -> tuple[Page, QScrollArea]:
        scroll = QScrollArea(self._stack)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack.addWidget(scroll)
        page = make(scroll)
        page.setObjectName("content")
        scroll.setWidget(page)
        return page, scroll

    def _discard(self, scroll: QScrollArea) -> None:
        self._stack.removeWidget(scroll)
        scroll.hide()
        scroll.deleteLater()

    def _on_weighed(self) -> None:
        page = self._shown_page
        if page is not None and self.isVisible():
            page.refresh_weights()
        else:
            self.mark_stale()

    def _on_edited(self, edit: Edit) -> None:
        if only_moves(edit):
            return
        touched = touched_nodes(edit)
        if touched is None or not self._selection.nodes or touched & self._selection.nodes:
            self.mark_stale()

    def _on_replaced(self) -> None:
        self._project_page.refresh()  # at once: what goes would leave the page of a block
        self._stack.setCurrentWidget(self._project_scroll)
        for _, _, scroll in self._pages.values():
            self._discard(scroll)
        self._pages.clear()
        self.mark_stale()

    def _on_theme_changed(self) -> None:
        """The pages are made anew; the old one goes when the new one is there."""
        old = [scroll for *_, scroll in self._pages.values()]
        self._pages.clear()
        self.mark_stale()
        self._refresh_if_stale()
        for scroll in old:
            self._discard(scroll)
