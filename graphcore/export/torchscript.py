"""TorchScript: one file that C++ and Python run without the code that it was made from.

Torch is imported inside the functions: a menu lists the format without it.
"""

from __future__ import annotations

import io
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graphcore.code.code import Code
from graphcore.errors import UserError
from graphcore.export.certificate import Certificate, Weights
from graphcore.export.format import Format, Material
from graphcore.export.shipping import ship
from graphcore.project.project import Project
from graphcore.training.runs import Run

PROJECT_IN_FILE = "project.netwright"
"""The name of the project's text inside the exported file."""


def export(
    project: Project,
    run: Run | None,
    weights: Weights,
    output: Path,
    folder: Path | None = None,
    cancel: threading.Event | None = None,
) -> Certificate:
    """Write the model, scripted and compared, to `output`; `shipping.ship` says the rest."""
    return ship(TORCHSCRIPT, project, run, weights, output, folder, cancel)


def write(material: Material, file: Path) -> None:
    """Script the model and save it with the project's text inside. Raises UserError."""
    import torch

    refused = (RuntimeError, ValueError, AssertionError, torch.jit.frontend.NotSupportedError)
    texts = {PROJECT_IN_FILE: material.project_text}
    buffer = io.BytesIO()
    with _without_deprecations():
        try:
            torch.jit.save(torch.jit.script(material.model), buffer, _extra_files=texts)
        except refused as error:
            raise refusal(str(error), material.code) from error
    file.write_bytes(buffer.getbuffer())


def load(data: bytes) -> Callable[..., Any]:
    """The scripted model on the CPU, in evaluation mode as it was saved. Raises UserError."""
    import torch

    with _without_deprecations():
        try:
            loaded: Callable[..., Any] = torch.jit.load(  # type: ignore[no-untyped-call]
                io.BytesIO(data), "cpu"
            )
        except RuntimeError as error:
            raise UserError(f"The file can't be loaded back: {_first_line(str(error))}") from error
    return loaded


TORCHSCRIPT = Format("torchscript", "TorchScript", ".pt", write, load)


def refusal(words: str, code: Code) -> UserError:
    """Torch's refusal in a sentence that names the node, found by the line torch points at."""
    found = re.findall(r'File "<netwright_generated_[0-9a-f]+>", line (\d+)', words)
    line = int(found[-1]) if found else 0
    path = code.lines.get(line, "")
    where = f"“{path}” (line {line} of the code)" if path else "this network"
    return UserError(
        f"TorchScript can't express {where}: {_first_line(words)}",
        "Replace that node, or keep it out of the model.",
    )


@contextmanager
def _without_deprecations() -> Iterator[None]:
    """torch.jit is deprecated and says so at every call, up to torch 2.13 and from 2.14 on.

    What it says of the constants of its own Transformer is of no use to anyone.
    """
    told = r"`torch\.jit\.(script|save|load)` is (deprecated|not supported)"
    with warnings.catch_warnings():
        for category in (DeprecationWarning, FutureWarning):
            warnings.filterwarnings("ignore", told, category)
        warnings.filterwarnings("ignore", "'norm' was found in ScriptModule constants")
        yield


def _first_line(words: str) -> str:
    lines = (line.strip() for line in words.splitlines())
    return next((line for line in lines if line), "it gives no reason").rstrip(":.") + "."
