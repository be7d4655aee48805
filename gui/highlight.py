"""Python in colours made from the theme."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gui.theme import Theme

Span = tuple[int, int, str]
"""Where it begins, how long it is, and what it is (a key of `colors`)."""

_INSIDE_STRING = 1
_BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) | {"self"}
_TOKEN = re.compile(
    r"""(?P<comment>\#.*)
    |(?P<open>[rbfRBF]{0,2}(?:\"\"\"|'''))
    |(?P<string>[rbfRBF]{0,2}(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?))
    |(?P<defined>(?<=\bdef\s)\w+|(?<=\bclass\s)\w+)
    |(?P<number>\b(?:0[xX][\da-fA-F_]+|\d[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?)\b)
    |(?P<decorator>^\s*@[\w.]+)
    |(?P<called>\b\w+(?=\())
    |(?P<word>\b[A-Za-z_]\w*\b)""",
    re.VERBOSE,
)


def colors(look: Theme) -> dict[str, str]:
    """The colour of each kind of token."""
    family = look.families
    return {
        "comment": look.tertiary, "string": look.ok, "keyword": family["normalization"],
        "defined": family["data"], "number": look.warn, "decorator": look.warn,
        "called": look.accent, "builtin": family["linear"],
    }  # fmt: skip


def spans(line: str, inside_string: bool = False) -> tuple[list[Span], bool]:
    """The coloured spans of one line, and whether a triple-quoted string is open after it."""
    found: list[Span] = []
    at = 0
    if inside_string:
        end = _end_of_string(line, 0)
        if end < 0:
            return [(0, len(line), "string")], True
        found.append((0, end, "string"))
        at = end
    while (match := _TOKEN.search(line, at)) is not None:
        start, at = match.span()
        kind = match.lastgroup or ""
        if kind == "open":
            end = _end_of_string(line, at)
            found.append((start, (len(line) if end < 0 else end) - start, "string"))
            if end < 0:
                return found, True
            at = end
        else:
            found += _named(start, match[0], kind)
    return found, False


def _named(start: int, text: str, kind: str) -> Iterator[Span]:
    if kind in ("word", "called"):
        if keyword.iskeyword(text):
            kind = "keyword"
        elif text in _BUILTINS:
            kind = "builtin"
        elif kind == "word":
            return
    yield start, len(text), kind


def _end_of_string(line: str, at: int) -> int:
    ends = [end + 3 for end in (line.find('"""', at), line.find("'''", at)) if end >= 0]
    return min(ends, default=-1)


class Highlighter(QSyntaxHighlighter):
    """Colours the Python text of a document; `set_theme` recolours it."""

    def __init__(self, document: QTextDocument, look: Theme) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.set_theme(look)

    def set_theme(self, look: Theme) -> None:
        """Take the colours of a theme."""
        self._formats = {}
        for kind, color in colors(look).items():
            made = QTextCharFormat()
            made.setForeground(QColor(color))
            self._formats[kind] = made
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        found, is_open = spans(text, self.previousBlockState() == _INSIDE_STRING)
        for start, length, kind in found:
            self.setFormat(start, length, self._formats[kind])
        self.setCurrentBlockState(_INSIDE_STRING if is_open else 0)
