"""The clipboard as text: the JSON of a small project."""

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
    from graphcore.project.file import parse

    text = QGuiApplication.clipboard().text().strip()
    if not text.startswith("{"):
        raise _foreign(None)
    try:
        part = parse(text)
    except UserError as error:
        raise _foreign(error) from error
    if not part.graph.nodes:
        raise _foreign(None)
    return part


def _foreign(cause: UserError | None) -> UserError:
    tr = QCoreApplication.translate
    detail = f" {cause.message}" if cause else ""
    return UserError(
        tr("clipboard", "What is on the clipboard is not a part of a drawing.") + detail,
        tr("clipboard", "Select nodes, copy them with Ctrl+C, then paste."),
    )
