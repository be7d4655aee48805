"""The one exception that is meant for the person at the keyboard."""

from __future__ import annotations


class UserError(Exception):
    """The world said no: a plain sentence of what and where, and a hint of what to do.

    Raised `from` its cause, caught only at the borders (command line, window).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(_writable(message))
        self.message = _writable(message)
        self.hint = _writable(hint)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


def _writable(text: str) -> str:
    """The text with ? for half letters, which a file may quote and no terminal can write."""
    return text.encode(errors="replace").decode()
