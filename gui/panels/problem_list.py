"""How a problem looks wherever it is shown: icon, word, and buttons for its repairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.analysis.result import Problem, Repair
from graphcore.errors import UserError
from graphcore.project.help import rule_title, sections
from graphcore.project.paths import spot_of
from graphcore.project.silencing import Silence, silence, unsilence
from gui import assets
from gui.document import Document
from gui.panels.quiet_button import dress_quietly
from gui.panels.tiles import ElidedButton, label
from gui.theme import Theme

if TYPE_CHECKING:
    from gui.notices import Notices

Fix = Callable[[Repair], None]


def severity_icon(severity: str) -> str:
    """The icon of a severity; its form tells as much as its colour."""
    return {"error": "error", "warning": "warning"}.get(severity, "info")


def severity_color(severity: str, look: Theme) -> str:
    """The colour of a severity."""
    return {"error": look.error, "warning": look.warn}.get(severity, look.accent)


def severity_word(severity: str) -> str:
    """The severity in a word."""
    words = {
        "error": QCoreApplication.translate("problems", "Error"),
        "warning": QCoreApplication.translate("problems", "Warning"),
    }
    return words.get(severity, QCoreApplication.translate("problems", "Info"))


def fix_word() -> str:
    """What mending is called."""
    return QCoreApplication.translate("problems", "Fix")


def fix_button(problem: Problem, fix: Fix, parent: QWidget) -> QPushButton:
    """A button that does the problem's repair, or offers its repairs in a menu."""
    button = QPushButton(fix_word(), parent)
    button.setToolTip("\n".join(repair.text for repair in problem.repairs))
    button.setAccessibleName(f"{button.text()}: {problem.message}")
    if len(problem.repairs) == 1:
        button.clicked.connect(lambda: fix(problem.repairs[0]))
        return button
    menu = QMenu(button)
    for repair in problem.repairs:
        menu.addAction(repair.text).triggered.connect(partial(_call, fix, repair))
    button.setMenu(menu)
    return button


def do_repair(document: Document, repair: Repair, notices: Notices | None) -> None:
    """Do a repair as one change; where it no longer fits, the notices say so."""
    try:
        document.do(repair.edit, repair.text)
    except UserError as error:
        if notices is not None:
            notices.tell(error.message, error.hint, severity="warning")


def do_silence(document: Document, problem: Problem) -> None:
    """Let a problem be at its node, as one change."""
    spot = spot_of(document.project, problem.path)
    if spot is not None and problem.can_be_silenced:
        one = Silence(spot.definition, spot.node, problem.rule)
        text = _say("Silence {0} at {1}").format(rule_title(problem.rule), problem.path)
        document.do(silence(document.project, one), text)


def tell_again(document: Document, one: Silence) -> None:
    """Have a silenced rule told at its node again, as one change."""
    name = document.project.definitions[one.definition].graph.nodes[one.node].name
    text = _say("Tell {0} at {1} again").format(rule_title(one.rule), name)
    document.do(unsilence(document.project, one), text)


def is_explained(problem: Problem) -> bool:
    """Whether the help has a section on it."""
    return problem.rule in sections()


def silence_words() -> tuple[str, str]:
    """What silencing is called, and what it does."""
    return _say("Silence here"), _say(
        "Say this no more at this node; the inspector and the list of problems can undo it."
    )


def learn_words() -> tuple[str, str]:
    """What the way to the help is called, and where it leads."""
    return _say("Learn more"), _say("What it means, why it matters and what to do about it.")


def _say(text: str) -> str:
    return QCoreApplication.translate("problems", text)


def _call(fix: Fix, repair: Repair, _checked: bool = False) -> None:
    fix(repair)


class ProblemCards(QWidget):
    """The problems of one node, each with its message, its repairs, silence and help.

    `silence_asked` carries a Problem, `learn_asked` the name of a rule.
    """

    silence_asked = Signal(object)
    learn_asked = Signal(str)

    def __init__(self, fix: Fix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fix = fix
        self._shown: tuple[Problem, ...] = ()
        self._cards: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.hide()

    def show_problems(self, problems: Iterable[Problem], look: Theme) -> None:
        """Show these problems, untouched where they are the same as before."""
        found = tuple(problems)
        if found == self._shown:
            return
        self._shown = found
        for card in self._cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(problem, look) for problem in found]
        for card in self._cards:
            self._layout.addWidget(card)
        self.setVisible(bool(found))

    def _card(self, problem: Problem, look: Theme) -> QWidget:
        card = QWidget(self)
        row = QGridLayout(card)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.setColumnStretch(1, 1)
        icon = QLabel(card)
        icon.setPixmap(
            assets.pixmap(
                severity_icon(problem.severity), severity_color(problem.severity, look), 16,
                self.devicePixelRatioF(),
            )
        )  # fmt: skip
        icon.setToolTip(severity_word(problem.severity))
        row.addWidget(icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        text = label(problem.message, wraps=True)
        text.setAccessibleName(f"{severity_word(problem.severity)}: {problem.message}")
        text.setToolTip(problem.details)
        row.addWidget(text, 0, 1)
        for place, repair in enumerate(problem.repairs, 1):
            row.addWidget(self._button(repair, look, card), place, 1)
        row.addLayout(self._ways_out(problem, look, card), len(problem.repairs) + 1, 1)
        return card

    def _ways_out(self, problem: Problem, look: Theme, card: QWidget) -> QHBoxLayout:
        """Quiet buttons: let it be, read more."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        ways = (
            (problem.can_be_silenced, silence_words(), "eye-off",
             lambda: self.silence_asked.emit(problem)),
            (is_explained(problem), learn_words(), "help",
             lambda: self.learn_asked.emit(problem.rule)),
        )  # fmt: skip
        for is_there, (text, tip), icon, call in ways:
            if is_there:
                row.addWidget(self._quiet_button(text, tip, icon, look, card, call))
        row.addStretch(1)
        return row

    def _quiet_button(
        self, text: str, tip: str, icon: str, look: Theme, card: QWidget,
        call: Callable[[], None],
    ) -> QToolButton:  # fmt: skip
        button = QToolButton(card)
        button.setText(text)
        dress_quietly(button, icon, look)
        button.setToolTip(tip)
        button.clicked.connect(call)
        return button

    def _button(self, repair: Repair, look: Theme, card: QWidget) -> QPushButton:
        button = ElidedButton(repair.text, card)
        assets.put_beside(button, "fix", look.accent)
        button.setToolTip(self.tr("Fix: {0}").format(repair.text))
        button.clicked.connect(lambda: self._fix(repair))
        return button
