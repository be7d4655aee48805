"""What a format of export must be able to do: write a model to a file, and load it back.

Torch-free at import, so that a menu can list the formats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphcore.code.code import Code

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, slots=True)
class Material:
    """What is written: the model in evaluation mode, the text it was built from, the project."""

    model: nn.Module
    code: Code
    project_text: str


Load = Callable[[bytes], Callable[..., Any]]
"""From the bytes of a file to a function of the inputs in order. Runs where no project is known."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name; `write` and `load` are functions of a module, called in other processes."""

    name: str
    title: str
    suffix: str
    write: Callable[[Material, Path], None]
    load: Load
