"""The menu bar, made from the table of menus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from gui import actions
from gui.canvas import clipboard

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _say(text: str) -> str:
    return QCoreApplication.translate("menus", text)


def fill_menu_bar(window: MainWindow) -> None:
    """Make every menu of the table."""
    window.menuBar().setAccessibleName(_say("Menus"))
    for title, entries in actions.MENUS:
        menu = window.menuBar().addMenu(_say(title))
        _fill(menu, entries, window)
        # Some states change without a signal (the clipboard's where it was not told), so a menu
        # asks as it opens.
        menu.aboutToShow.connect(clipboard.watch().forget)
        menu.aboutToShow.connect(window.commands.refresh)


def _fill(menu: QMenu, entries: tuple, window: MainWindow) -> None:
    menu.setToolTipsVisible(True)
    menu.setAccessibleName(menu.title().replace("&", ""))
    for entry in entries:
        match entry:
            case (str() as title, tuple() as inside):
                _fill(menu.addMenu(_say(title)), inside, window)
            case actions.LINE:
                menu.addSeparator()
            case actions.RECENT:
                menu.aboutToShow.connect(lambda menu=menu: fill_recent(menu, window))
            case actions.WINDOWS:
                menu.aboutToShow.connect(partial(fill_windows, menu, QActionGroup(menu), window))
            case actions.PANELS:
                menu.addActions([dock.toggleViewAction() for dock in window.docks])
            case actions.DEVICES:
                menu.aboutToShow.connect(lambda menu=menu: fill_devices(menu, window))
            case str() as name:
                menu.addAction(window.commands[name])


def fill_recent(menu: QMenu, window: MainWindow) -> None:
    """List the recent files that are still there."""
    menu.clear()
    for path in window.preferences.recent:
        action = menu.addAction(path.stem)
        action.setToolTip(str(path))
        action.triggered.connect(lambda _=False, path=path: window.asking.open(path))
    if menu.isEmpty():
        menu.addAction(_say("No recent files")).setEnabled(False)
        return
    menu.addSeparator()
    menu.addAction(_say("Forget these")).triggered.connect(window.preferences.forget_recent)


def fill_windows(menu: QMenu, group: QActionGroup, window: MainWindow) -> None:
    """List the open windows at the end of the menu, this one ticked."""
    for action in group.actions():
        group.removeAction(action)
        action.deleteLater()
    for other in window.windows:
        title = other.files.title
        edited = other.document.is_changed
        action = group.addAction(_say("{} (edited)").format(title) if edited else title)
        action.setCheckable(True)
        action.setChecked(other is window)
        action.setToolTip(str(other.document.path or _say("Not saved to a file yet")))
        action.triggered.connect(lambda _=False, other=other: window.windows.go_to(other))
        menu.addAction(action)


def fill_devices(menu: QMenu, window: MainWindow) -> None:
    """List the devices of this machine, the plan's one ticked."""
    menu.clear()
    chooser, group = window.tool_bar.device, QActionGroup(menu)
    for name, _ in chooser.devices:
        action = QAction(chooser.title_of(name), menu)
        action.setCheckable(True)
        action.setChecked(name == window.document.project.plan.device)
        action.setEnabled(chooser.isEnabled())
        action.triggered.connect(lambda _=False, name=name: chooser.choose(name))
        group.addAction(action)
        menu.addAction(action)
