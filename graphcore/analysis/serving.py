"""What the process does that finds the shapes of a person's own classes."""

from __future__ import annotations

import inspect
import os
import textwrap

import torch
from torch import nn

from graphcore.analysis import outside
from graphcore.analysis.shapes import Outcome, Question
from graphcore.errors import UserError
from graphcore.project.admission import admit
from graphcore.project.module_forms import Form, read_form
from graphcore.project.modules import UserModule, check_source
from graphcore.project.user_files import UserFiles
from graphcore.types import B, Tensor


def ready() -> str:
    """The version of torch, whose first steps take long, so they are taken before any question."""
    outside.run(Question("nn.Linear(2, 2)", "layer(a0)", "o0", (Tensor((B, 2)),), 1))
    return torch.__version__


def begin(files: UserFiles) -> None:
    """Let this process import these files; what they write to the terminal is lost."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    admit(files)


def outcome(module: UserModule, question: Question) -> Outcome:
    """What running the module gives."""
    return outside.run_module(module, question)


def form_of_package(source: str) -> Form:
    """The form of a class of an installed package, read from its source. Raises UserError."""
    module = UserModule(check_source(source))
    return read_form(_text_of(outside.class_of(module), module.class_name), source)


def _text_of(found: type, name: str) -> str:
    """The classes that it is made of, as one file: those it derives from first."""
    own = [cls for cls in found.__mro__ if cls not in (nn.Module, object)]
    try:
        texts = [textwrap.dedent(inspect.getsource(cls)) for cls in reversed(own)]
    except (OSError, TypeError) as error:
        raise UserError(
            f"The text of {name} can't be found, so its form can't be read.",
            "Wrap it in a class of your own, in a file beside the project.",
        ) from error
    return "\n".join(texts)
