"""The clipboard as text: the JSON of a small project, or code that is read as one."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from graphcore.errors import UserError
from graphcore.project.project import Project


def put(part: Project) -> None:
    """Text that holds this part is on the clipboard now."""
    from graphcore.project.file import to_text

    QGuiApplication.clipboard().setText(to_text(part))


class Watch(QObject):
    """Whether the clipboard holds text, asked of the system only where that may have changed.

    Another program may have to answer, and may take seconds for it. Some systems don't tell of
    changes while another program has the keyboard: `forget` when a window gets it.
    """

    def __init__(self, clipboard: QClipboard) -> None:
        super().__init__()
        self._clipboard = clipboard
        self._holds_text: bool | None = None
        clipboard.dataChanged.connect(self.forget)

    @property
    def holds_text(self) -> bool:
        """Whether there is something that might be pasted."""
        if self._holds_text is None:
            mime = self._clipboard.mimeData()  # None where the system has no clipboard
            self._holds_text = mime is not None and mime.hasText()
        return self._holds_text

    def forget(self) -> None:
        """Ask again when somebody wants to know."""
        self._holds_text = None


@cache
def watch() -> Watch:
    """The one watch of the program."""
    return Watch(QGuiApplication.clipboard())


def taken() -> Project:
    """The part that is on the clipboard. Raises UserError where something else is."""
    from graphcore.importers.pasted import read_pasted

    try:
        part = read_pasted(QGuiApplication.clipboard().text().strip())
    except UserError as error:
        raise _foreign(error) from error
    if not part.graph.nodes and not part.notes:
        raise _foreign(None)
    return part


def _foreign(cause: UserError | None) -> UserError:
    tr = QCoreApplication.translate
    if cause is not None and cause.message.startswith("Line "):
        return cause  # code that was read so far
    detail = f" {cause.message}" if cause else ""
    return UserError(
        tr("clipboard", "What is on the clipboard is not a part of a drawing.") + detail,
        tr("clipboard", "Select nodes, copy them, then paste."),
    )
