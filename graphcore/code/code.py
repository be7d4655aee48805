"""Generated code as a value: the text, and which line belongs to which node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphcore.analysis.result import Value
from graphcore.project.modules import UserModule


@dataclass(frozen=True, slots=True)
class Tap:
    """A value to be recorded: the output `port` of the node at `path` (`stage.0.conv1`)."""

    path: str
    port: str

    @property
    def key(self) -> str:
        """The key under which `Objective.forward` returns it."""
        return f"tap:{self.path}.{self.port}"


@dataclass(frozen=True, slots=True)
class Code:
    """The Python text of a project.

    `lines` maps a line (from 1) to the path of the node it comes from. `inputs` are the
    arguments of `Model.forward` in order, `outputs` the names of its results; `fields` are the
    arguments of `Objective.forward` (inputs, then the other fields); `terms` are the keys of the
    dict that it returns, already weighted; `objectives` says which objective each term is of.
    `returned` are the values that `Model.body` (or `forward`, where there is no body) returns.
    `modules` are the classes of a person's own that the text imports.
    """

    text: str
    lines: Mapping[int, str] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    objectives: Mapping[str, str] = field(default_factory=dict)
    taps: tuple[Tap, ...] = ()
    returned: tuple[Value, ...] = ()
    modules: tuple[UserModule, ...] = ()

    def lines_of(self, path: str) -> tuple[int, ...]:
        """The lines (from 1) that come from a node."""
        return tuple(line for line, owner in self.lines.items() if owner == path)
