"""Opens each dialog of the window, never blocking, and lets go of it when it closes.

Each is imported when it is first asked for: most are not, in most sessions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from gui.crash import log_file
from gui.dialogs.fitting import open_fitted

if TYPE_CHECKING:
    from gui.autosave import Leftover
    from gui.main_window import MainWindow


class Dialogs(QObject):
    """One method for each dialog."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show_templates(self) -> None:
        """The gallery of templates; the chosen one becomes an untitled project."""
        from gui.dialogs.templates import TemplatesDialog

        dialog = TemplatesDialog(self._window.appearance, self._window)
        dialog.chosen.connect(self._window.asking.open_template)
        _open(dialog)

    def show_preferences(self) -> None:
        """What a person prefers."""
        from gui.dialogs.preferences import PreferencesDialog

        _open(PreferencesDialog(self._window))

    def show_picture(self) -> None:
        """How the drawing shall be exported, then where to."""
        from gui.dialogs.picture import PictureDialog

        dialog = PictureDialog(self._window)
        dialog.wished.connect(self._window.asking.export_drawing)
        _open(dialog)

    def show_leftovers(self, leftovers: Sequence[Leftover]) -> None:
        """Unsaved work that a crash left behind."""
        from gui.dialogs.leftovers import LeftoversDialog

        dialog = LeftoversDialog(leftovers, self._window)
        dialog.restore_asked.connect(lambda it: self._window.windows.restore(it, self._window))
        _open(dialog)

    def show_shortcuts(self) -> None:
        """Every shortcut."""
        from gui.dialogs.shortcuts import ShortcutsDialog

        _open(ShortcutsDialog(self._window))

    def show_command_palette(self) -> None:
        """Every command by typing."""
        from gui.command_palette import CommandPalette

        _open(CommandPalette(self._window))

    def show_guide(self) -> None:
        """How to use the program."""
        from gui.dialogs.guide import GuideDialog

        _open(GuideDialog(self._window))

    def show_problem_help(self, rule: str = "") -> None:
        """What a problem means and what to do about it."""
        from gui.dialogs.problem_help import ProblemHelpDialog

        _open(ProblemHelpDialog(self._window, rule))

    def show_about(self) -> None:
        """What this program is."""
        from gui.dialogs.about import AboutDialog

        _open(AboutDialog(self._window))

    def show_log(self) -> None:
        """The log file in the program that the system has for it."""
        file = log_file()
        if not file.exists():
            self._window.notices.tell(
                self.tr("Nothing has gone wrong yet: there is no log file."),
                self.tr("It would be {}.").format(file),
            )
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            self._window.notices.tell(self.tr("The log file is {}.").format(file))


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    open_fitted(dialog)
