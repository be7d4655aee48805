"""Repairs that were tried before they are offered, found off the GUI thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from graphcore.analysis.result import Problem, Repair
from graphcore.project.project import Project
from gui.analyser import Analyser
from gui.document import Document
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.analysis.outside import Outside

Key = tuple[str, str, str, str]
Proof = dict[Key, tuple[Repair, ...]]


def _key(problem: Problem) -> Key:
    return problem.rule, problem.path, problem.port, problem.message


def _prove(project: Project, problems: tuple[Problem, ...], outside: Outside | None) -> Proof:
    from graphcore.analysis.repairs import with_proven  # torch comes with it: never at start

    proven = with_proven(project, problems, outside=outside)
    return {_key(one): one.repairs for one in proven}


class Proofs(QObject):
    """The repairs of problems that are known to help; `proved` when there are new ones.

    Only what is asked for is tried. After an edit what was proven stays offered until the new
    answer is there, so that buttons don't flicker.
    """

    proved = Signal()

    def __init__(
        self, document: Document, analyser: Analyser, parent: QObject | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._analyser = document, analyser
        self._known: Proof = {}
        self._asked: dict[Key, Problem] = {}
        self._open: dict[Key, Problem] = {}
        self._latest = Latest(delay_ms=10, parent=self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        analyser.analysed.connect(self._on_analysed)

    def ask(self, problems: Iterable[Problem]) -> None:
        """Try the repairs of these problems soon, unless that is done or under way."""
        wanted = {_key(one): one for one in problems if one.repairs}
        if wanted.keys() <= self._asked.keys():
            return
        self._asked |= wanted
        self._open |= wanted  # the newest request wins, so it carries what is still open
        project, waiting = self._document.project.copy(), tuple(self._open.values())
        outside = self._analyser.asking
        self._latest.request(lambda: _prove(project, waiting, outside))

    def offered(self, problem: Problem) -> Problem:
        """The problem with the repairs that are proven by now."""
        return replace(problem, repairs=self._known.get(_key(problem), ()))

    def stop(self) -> None:
        """End the worker; for closing."""
        self._latest.stop()

    def _on_analysed(self) -> None:
        self._asked, self._open = {}, {}

    def _on_done(self, proof: Proof) -> None:
        kept = {key: found for key, found in self._known.items() if key in self._asked}
        self._known = {**kept, **proof}
        self._open = {key: one for key, one in self._open.items() if key not in proof}
        self.proved.emit()

    def _on_failed(self, _error: Exception) -> None:
        self._asked, self._open = {}, {}
