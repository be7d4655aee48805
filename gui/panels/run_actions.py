"""What can be done with the runs that are chosen, as actions with keys and a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QTableView

from graphcore.training.summing import RunSummary
from gui import assets
from gui.panels.run_table import Row
from gui.runner import Runner
from gui.theme import Appearance

ENDED_EARLY = ("stopped", "interrupted", "failed")
_ACTIONS = (
    ("curves", "curves", "Show its curves", ""),
    ("resume", "play", "Resume", ""),
    ("again", "refresh", "Run again", "R"),
    ("duplicate", "duplicate", "Duplicate with a change …", "D"),
    ("follow", "eye", "Follow", ""),
    ("folder", "folder", "Open its folder", ""),
    ("copy", "copy", "Copy its id", "Ctrl+C"),
    ("export", "export", "Export its model …", ""),
    ("project", "open", "Open its project", ""),
    ("rename", "text", "Rename", "F2"),
    ("star", "star", "Favourite", "F"),
    ("delete", "delete", "Move to the trash", "Del"),
    ("restore", "undo", "Take back from the trash", ""),
)
_FOR_SEVERAL = ("curves", "star", "delete", "restore")
_BEGINS_PART = ("export", "rename", "delete")


def _say(text: str) -> str:
    return QCoreApplication.translate("RunsPanel", text)


class RunActions(QObject):
    """The actions by name and their menu; `fit` turns off what can't be done, and says why."""

    def __init__(self, view: QTableView, runner: Runner, appearance: Appearance) -> None:
        super().__init__(view)
        self._runner, self._appearance = runner, appearance
        self.menu = QMenu(view)
        self.menu.setToolTipsVisible(True)
        self.by_name: dict[str, QAction] = {}
        for name, _, text, keys in _ACTIONS:
            self.by_name[name] = action = QAction(_say(text), self)
            if keys:
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if name in _BEGINS_PART:
                self.menu.addSeparator()
            self.menu.addAction(action)
            view.addAction(action)
        appearance.changed.connect(self._paint_icons)
        self._paint_icons()

    def fit(self, rows: Sequence[Row], has_thrown: bool) -> None:
        """Offer what can be done with these rows now."""
        for name, action in self.by_name.items():
            action.setEnabled(bool(rows) and (len(rows) == 1 or name in _FOR_SEVERAL))
            action.setToolTip("")
        self.by_name["restore"].setEnabled(has_thrown)
        self.by_name["restore"].setVisible(has_thrown)
        if any(row.summary.state == "running" for row in rows):
            self._turn_off("delete", _say("The run is under way; stop it."))
        if len(rows) < 2:
            self._fit_going_on(rows[0] if rows else None)
        if rows and not rows[0].summary.epochs:
            self._turn_off("export", _say("No epoch of it is over yet."))
        if rows and rows[0].summary.state == "damaged":
            for name in ("again", "duplicate"):
                self._turn_off(name, _say("It has lost its project."))

    def _turn_off(self, name: str, why: str) -> None:
        self.by_name[name].setEnabled(False)
        self.by_name[name].setToolTip(why)

    def _fit_going_on(self, row: Row | None) -> None:
        resume, follow = self.by_name["resume"], self.by_name["follow"]
        runner, chosen = self._runner, row.run if row is not None else None
        summary: RunSummary | None = row.summary if row is not None else None
        is_followed = runner.is_busy and runner.way == "followed" and runner.run == chosen
        follow.setText(_say("Follow no more") if is_followed else _say("Follow"))
        is_live = summary is not None and summary.state == "running"
        follow.setVisible(is_live and (is_followed or runner.run != chosen))
        follow.setEnabled(is_followed or not runner.is_busy)
        resume.setVisible(not is_live)
        ended_early = summary is not None and summary.state in ENDED_EARLY
        resume.setEnabled(ended_early and not runner.is_busy)
        if summary is not None and not ended_early:
            resume.setToolTip(_say("It ended as planned; train again for more epochs."))

    def _paint_icons(self) -> None:
        color = self._appearance.theme.secondary
        for name, icon, _, _ in _ACTIONS:
            self.by_name[name].setIcon(assets.icon(icon, color, 16))
