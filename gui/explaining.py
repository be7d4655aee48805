"""What is wrong with a node, told at its card: messages, and buttons that mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QVBoxLayout, QWidget

from graphcore.analysis.result import Problem, Repair
from graphcore.project.graph import NodeId
from gui.canvas.telling import fault_before, fault_words
from gui.panels.problem_list import Fix, ProblemCards, do_repair, do_silence
from gui.panels.proofs import Proofs
from gui.panels.tiles import label
from gui.theme import Theme
from gui.voice import announce

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_WIDTH, _RIM, _BELOW = 340, 8, 6
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_RANK = {"error": 0, "warning": 1, "info": 2}


class ProblemPop(QFrame):
    """The problems of one node in a frame over the canvas; Enter mends, Escape closes.

    `lead` is what it says before them. `closed` when a person is done with it, `settled` when it
    has its height.
    """

    closed = Signal()
    settled = Signal()

    def __init__(self, lead: str, fix: Fix, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._lead = lead
        self.setObjectName("problem_pop")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setStyleSheet(
            f"QFrame#problem_pop {{ background: {look.panel}; border: 1px solid"
            f" {look.strong_line}; border-radius: 10px; }}"
        )
        self.cards = ProblemCards(fix, self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        if lead:
            column.addWidget(label(lead, "secondary", wraps=True))
        column.addWidget(self.cards)
        self.setFixedWidth(min(_WIDTH, parent.width() - 2 * _RIM))

    def fill(self, problems: list[Problem], look: Theme) -> None:
        """These problems; the keyboard goes to the first way to mend one."""
        has_keys = self.hasFocus() or self.isAncestorOf(self.window().focusWidget() or self)
        self.cards.show_problems(problems, look)  # which may take the focused button away
        said = "; ".join(problem.message for problem in problems)
        self.setAccessibleName(f"{self._lead} {said}".strip())
        # New labels and buttons are shown, and know their height, in the next turn.
        QTimer.singleShot(0, self, lambda: self._settle(has_keys=has_keys))

    def _settle(self, *, has_keys: bool) -> None:
        self.setFixedHeight(self._column.totalHeightForWidth(self.width()))
        if has_keys:
            self.take_keys()
        self.settled.emit()

    def take_keys(self) -> None:
        """The keyboard goes to the first repair, else to the frame itself."""
        repairs = [one for one in self.cards.findChildren(QPushButton) if one.isVisibleTo(self)]
        goal: QWidget = repairs[0] if repairs else self
        goal.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def event(self, event: QEvent) -> bool:
        # Else the canvas around it would take Enter, arrows and letters for its own commands.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = not event.modifiers() & _COMMANDING
            if is_plain and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.window().focusWidget()
        match event.key():
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if isinstance(focused, QAbstractButton):
                focused.click()
            case Qt.Key.Key_Down | Qt.Key.Key_Right:
                self.focusNextPrevChild(True)
            case Qt.Key.Key_Up | Qt.Key.Key_Left:
                self.focusNextPrevChild(False)
            case _:
                event.accept()  # what the canvas does with letters is not meant here

    def focusNextPrevChild(self, next: bool) -> bool:
        every = self.cards.findChildren(QAbstractButton)
        buttons = [button for button in every if button.isVisibleTo(self)]
        focused = self.window().focusWidget()
        if not buttons:
            return True
        now = buttons.index(focused) if focused in buttons else (-1 if next else 0)
        goal = buttons[(now + (1 if next else -1)) % len(buttons)]
        goal.setFocus(Qt.FocusReason.TabFocusReason)
        return True


class Explaining(QObject):
    """Opens the pop at a node, by mouse or by key, and goes from problem to problem.

    Repairs are offered once they were tried. The pop follows its card, and goes when the problems
    do, with another selection, and in another drawing.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._pop: ProblemPop | None = None
        self._node: NodeId | None = None
        self._proofs = Proofs(window.document, window.analyser, self)
        self._proofs.proved.connect(self._fill)
        canvas = window.canvas
        canvas.problems_asked.connect(self.show)
        canvas.zoomed.connect(self._place)
        for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar()):
            bar.valueChanged.connect(self._place)
        window.analyser.analysed.connect(self._fill)
        window.selection.changed.connect(self._on_selection_changed)
        window.selection.place.moved.connect(self.close)
        window.document.replaced.connect(self.close)
        window.appearance.changed.connect(self.close)

    @property
    def pop(self) -> ProblemPop | None:
        """The frame with the problems; None while it is closed."""
        return self._pop

    def show(self, node: NodeId | None = None) -> None:
        """Tell what is wrong with a node, or with the selected one; the keyboard goes there.

        Where nothing is, but what comes into it is not known, it goes to the node at fault.
        """
        window, lead = self._window, ""
        node = node if node is not None else window.selection.single
        if node is not None and not window.canvas.canvas.problems(node):
            fault = fault_before(window.canvas.canvas, node)
            if fault:
                lead = fault_words(window.canvas.canvas, node, fault)
                window.canvas.reveal(fault)
                node = window.selection.single
        if node is None or not window.canvas.canvas.problems(node):
            return
        self.close()
        window.selection.select({node})
        window.canvas.show_node(node)
        self._node = node
        self._pop = ProblemPop(lead, self._fix, window.appearance.theme, window.canvas)
        self._pop.closed.connect(self._on_closed)
        self._pop.settled.connect(self._place)
        self._pop.cards.silence_asked.connect(lambda one: do_silence(window.document, one))
        self._pop.cards.learn_asked.connect(window.dialogs.show_problem_help)
        self._fill()
        self._pop.show()
        self._pop.take_keys()
        announce(self._pop, self._pop.accessibleName())

    def close(self) -> None:
        """No pop."""
        pop, self._pop, self._node = self._pop, None, None
        if pop is not None:
            had_keys = pop.isAncestorOf(self._window.focusWidget() or self._window)
            pop.hide()
            pop.deleteLater()
            if had_keys or pop.hasFocus():
                self._window.canvas.setFocus()

    def go_on(self, by: int) -> None:
        """The next node with a problem, or the one before (-1), in the whole project."""
        paths, place = self.paths(), self._window.selection.place
        if not paths:
            return
        single = self._window.selection.single
        graph = place.graph(self._window.document.project)
        here = f"{place.prefix}{graph.nodes[single].name}" if single in graph.nodes else ""
        now = paths.index(here) if here in paths else (-1 if by > 0 else 0)
        self._window.canvas.reveal(paths[(now + by) % len(paths)])
        self.show()

    def paths(self) -> list[str]:
        """Where something is wrong, the gravest first."""
        problems = self._window.analyser.analysis.problems
        found = sorted((p for p in problems if p.path), key=lambda p: _RANK[p.severity])
        return list(dict.fromkeys(problem.path for problem in found))

    def stop(self) -> None:
        """End the worker; for closing."""
        self._proofs.stop()

    def _fill(self) -> None:
        if self._pop is None or self._node is None:
            return
        problems = self._window.canvas.canvas.problems(self._node)
        found = sorted(problems, key=lambda problem: _RANK[problem.severity])
        if not found:
            self.close()
            return
        self._proofs.ask(found)
        look = self._window.appearance.theme
        self._pop.fill([self._proofs.offered(problem) for problem in found], look)
        self._place()

    def _place(self, *_: object) -> None:
        """Below the card, or above where there is more room; wholly in the window."""
        canvas = self._window.canvas
        if self._pop is None or self._node not in canvas.canvas.nodes:
            return
        card = canvas.mapFromScene(canvas.canvas.nodes[self._node].rect).boundingRect()
        size, room = self._pop.size(), canvas.viewport().rect().adjusted(_RIM, _RIM, -_RIM, -_RIM)
        below, above = card.bottom() + _BELOW, card.top() - _BELOW - size.height()
        top = below if below + size.height() <= room.bottom() or above < room.top() else above
        left = min(max(room.left(), card.left()), room.right() - size.width())
        self._pop.move(QPoint(left, min(top, max(room.top(), room.bottom() - size.height()))))

    def _fix(self, repair: Repair) -> None:
        do_repair(self._window.document, repair, self._window.notices)

    def _on_closed(self) -> None:
        self.close()
        self._window.canvas.setFocus()

    def _on_selection_changed(self) -> None:
        if self._node is not None and self._window.selection.single != self._node:
            self.close()
