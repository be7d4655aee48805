"""The formats that a model can be exported to. A new one is a file beside this and a row here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graphcore.export import torchscript
from graphcore.export.certificate import Certificate
from graphcore.export.format import Format


@dataclass(frozen=True, slots=True)
class Exporter:
    """A row of a menu: `function(project, run, weights, output, folder, cancel=None)`."""

    name: str
    title: str
    suffix: str
    function: Callable[..., Certificate]


def _row(format: Format, function: Callable[..., Certificate]) -> Exporter:
    return Exporter(format.name, format.title, format.suffix, function)


EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {row.name: row for row in (_row(torchscript.TORCHSCRIPT, torchscript.export),)}
)
