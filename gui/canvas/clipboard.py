"""The clipboard as text: the JSON of a small project, or code that is read as one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from graphcore.errors import UserError
from graphcore.project.project import Project


def put(part: Project) -> None:
    """Text that holds this part is on the clipboard now."""
    from graphcore.project.file import to_text

    QGuiApplication.clipboard().setText(to_text(part))


def holds_text() -> bool:
    """Whether there is something that might be pasted."""
    return bool(QGuiApplication.clipboard().text())  # mimeData() is None on an empty one


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
