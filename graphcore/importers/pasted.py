"""Text that was pasted: a part of a drawing, perhaps out of a mail, or PyTorch code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphcore.errors import UserError
from graphcore.importers.code import read_code
from graphcore.project.file import parse
from graphcore.project.project import Project

_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_CODE = re.compile(r"\bnn\.[A-Z]|\bSequential\(|^class \w+", re.MULTILINE)


def read_pasted(text: str) -> Project:
    """The drawing that the text holds. Raises UserError, for code with its line."""
    first: UserError | None = None
    for piece in _pieces(text):
        try:
            return parse(piece)
        except UserError as error:
            first = first or error
    plain = _QUOTED.sub("", text)
    if first is None and _CODE.search(plain):
        return read_code(plain)
    raise first or UserError("It holds neither nodes nor layers of PyTorch.", "Copy some first.")


def _pieces(text: str) -> Iterator[str]:
    """What may be our own text: as it is, without marks of quoting, and with lines joined."""
    plain = _QUOTED.sub("", text)
    for whole in dict.fromkeys((text, plain, plain.replace("\r", "").replace("\n", ""))):
        start, end = whole.find("{"), whole.rfind("}")
        if start >= 0 and end > start and '"' in whole[start : start + 40]:
            yield whole[start : end + 1]
