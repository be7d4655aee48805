"""Python modules: classes of a person's own, known by a form that is kept in the project.

The form (ports and params) was read once and is data, so that a drawing shows, checks and saves
without running a line of them.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from keyword import iskeyword
from typing import TYPE_CHECKING

from graphcore.errors import UserError
from graphcore.kinds.kind import REQUIRED, Kind, Param, Port
from graphcore.kinds.params import (
    LARGEST_INT,
    Bool,
    Choice,
    Float,
    Int,
    Ints,
    ParamType,
    Plain,
    Size,
)
from graphcore.kinds.texts import Text

if TYPE_CHECKING:
    from graphcore.project.project import Project

PREFIX = "user."
SUFFIX = ".py"
Row = tuple[object, ...]

_TAKEN = frozenset(sys.stdlib_module_names) | {"torch", "numpy", "graphcore", "gui", "main"}
_NO_PACKAGES = frozenset(sys.stdlib_module_names) | {"__main__", "graphcore", "gui", "main"}
_IDENTIFIER = r"[A-Za-z_][A-Za-z0-9_]{0,99}"
_SOURCE = re.compile(
    rf"({_IDENTIFIER}\.py|{_IDENTIFIER}(?:\.{_IDENTIFIER}){{0,19}}):({_IDENTIFIER})"
)


@dataclass(frozen=True, slots=True)
class UserModule:
    """A class by its `source` (`my_layers.py:Gate`, `timm.layers:SwiGLU`) and its form.

    `inputs` are arguments of `forward`: `mask?` may be left out, `xs*` grows. `params` and `calls`
    are rows (name, word) or (name, word, default) of `__init__` and `forward`; WORDS says which
    words there are. `sha256` is that of the file that the form was read from.
    """

    source: str
    inputs: tuple[str, ...] = ("x",)
    outputs: tuple[str, ...] = ("output",)
    params: tuple[Row, ...] = ()
    calls: tuple[Row, ...] = ()
    help: str = ""
    sha256: str = ""

    @property
    def place(self) -> str:
        """The file beside the project (`my_layers.py`) or the import path (`timm.layers`)."""
        return self.source.partition(":")[0]

    @property
    def is_file(self) -> bool:
        """Whether it lies in a file beside the project."""
        return self.place.endswith(SUFFIX)

    @property
    def path(self) -> str:
        """What Python imports."""
        return self.place.removesuffix(SUFFIX)

    @property
    def class_name(self) -> str:
        """The name of the class there."""
        return self.source.partition(":")[2]


def check_source(source: object) -> str:
    """The source itself where it may stand in an import. Raises UserError otherwise."""
    match = _SOURCE.fullmatch(source) if isinstance(source, str) and len(source) <= 300 else None
    if match is None:
        shown = repr(source)[:60]
        raise UserError(
            f"{shown} names no class.",
            "Write my_layers.py:Gate for a file beside the project, or timm.layers:SwiGLU.",
        )
    place, name = match.groups()
    for word in (*place.removesuffix(SUFFIX).split("."), name):
        if iskeyword(word):
            raise UserError(f"“{word}” is a word of Python's own.", "Rename the file or the class.")
    if place.endswith(SUFFIX) and place.removesuffix(SUFFIX) in _TAKEN:
        raise UserError(
            f"{place} has the name of a library, which it would stand in for.", "Rename the file."
        )
    if not place.endswith(SUFFIX) and place.partition(".")[0] in _NO_PACKAGES:
        raise UserError(
            f"{place} is part of Python or of this program and has no layers.",
            "Name a class of torch.nn.Module, such as timm.layers:SwiGLU.",
        )
    return match[0]


@functools.cache
def word_type(word: str) -> ParamType | None:
    """The type of param that a word of a form means; None where there is no such word."""
    match word.removesuffix("?").partition(":"):
        case ("choice", ":", options) if re.fullmatch(r"[A-Za-z0-9_.+|-]{1,2000}", options):
            return Choice(tuple(options.split("|")))
        case ("size", ":", axes) if re.fullmatch(r"[2-8]", axes):
            return Size(int(axes), -LARGEST_INT)
        case (plain, "", ""):
            return WORDS.get(plain)
    return None


WORDS: Mapping[str, ParamType] = {
    "int": Int(-LARGEST_INT), "float": Float(), "bool": Bool(), "text": Text(),
    "ints": Ints(-LARGEST_INT, fewest=0), "plain": Plain(),
}  # fmt: skip
"""`?` behind a word allows None; `choice:a|b` and `size:2` (one number or two) are words too."""


def param_of(row: Row, in_call: bool = False) -> Param:
    """The param that a row of a form describes."""
    name, word = str(row[0]), str(row[1])
    kind = word_type(word)
    assert kind is not None, word
    default = row[2] if len(row) > 2 else REQUIRED
    return Param(name, kind, default, optional=word.endswith("?"), in_call=in_call)


def port_of(name: str) -> Port:
    """The input port that an entry of a form describes."""
    plain = name.rstrip("?*")
    return Port(plain, optional=name.endswith("?"), variadic=name.endswith("*"))


def is_user_kind(name: str) -> bool:
    """Whether a kind's name is that of a Python module."""
    return name.startswith(PREFIX)


@functools.lru_cache(256)
def kind_of(name: str, module: UserModule, taken: frozenset[str]) -> Kind:
    """The kind of a Python module; `taken` are names that the code gives to something else."""
    local = name
    while local in taken:
        local += "_"
    renamed = "" if local == module.class_name else f" as {local}"
    help = module.help or f"{module.class_name} of {module.place}."
    return Kind(
        f"{PREFIX}{name}", "block", "code", help,
        tuple(map(port_of, module.inputs)), tuple(map(Port, module.outputs)),
        (*map(param_of, module.params), *(param_of(row, in_call=True) for row in module.calls)),
        (f"from {module.path} import {module.class_name}{renamed}",), f"{local}({{args}})",
        role="layer", words=(module.class_name, module.place),
    )  # fmt: skip


def used_modules(project: Project) -> dict[str, UserModule]:
    """The Python modules that some node uses, by name."""
    kinds = {
        node.kind
        for definition in project.definitions.values()
        for node in definition.graph.nodes.values()
        if is_user_kind(node.kind)
    }
    return {n: module for n, module in project.modules.items() if f"{PREFIX}{n}" in kinds}


def needs_process(project: Project) -> bool:
    """Whether the project runs code of a person's own, which must not run in the window."""
    return bool(used_modules(project))


def free_module_name(wish: str, taken: Iterable[str]) -> str:
    """A name for a module that is not taken: the class's own, or with a number."""
    from graphcore.project.graph import check_name

    stem = wish.strip("_") or "Module"
    names: Collection[str] = set(taken)
    for number in range(1, 10_000):
        name = f"{stem}{number}" if number > 1 else stem
        try:
            check_name(name)
        except UserError:
            continue
        if name not in names:
            return name
    raise UserError(f"There are too many modules named {wish}.", "Rename one.")
