"""The text made into modules: the text shown is the text trained and exported."""

from __future__ import annotations

import hashlib
import linecache
import sys
import traceback
import types
from collections import OrderedDict
from dataclasses import dataclass

from torch import nn

from graphcore.analysis.outside import class_of
from graphcore.code.code import Code
from graphcore.errors import UserError
from graphcore.project.admission import is_admitted

KEPT = 64
# What a layer's constructor raises at settings that it doesn't take.
REFUSED = (TypeError, ValueError, RuntimeError, AssertionError, ArithmeticError, LookupError)
_built: OrderedDict[str, types.ModuleType] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Built:
    """The modules of a project; `objective.model` is `model`.

    `module` is the Python module that the classes live in.
    """

    model: nn.Module
    objective: nn.Module | None
    preprocessing: nn.Module | None
    module: types.ModuleType


def build(code: Code) -> Built:
    """Fresh modules from the text, with initial weights drawn from torch's current seed.

    Raises UserError where the text is of a drawing that is not complete, torch refuses a layer's
    settings, or the project's own Python files are not admitted to this process.
    """
    refuse_strangers(code)
    # A class of a person's own may fail in any way.
    refused = (Exception,) if code.modules else REFUSED
    try:
        module = load_text(code.text)
        model = module.Model()
        has_objective = hasattr(module, "Objective")
        objective = module.Objective(model) if has_objective else None
        preprocessing = module.Preprocessing() if hasattr(module, "Preprocessing") else None
    except refused as error:
        raise UserError(_why(code, error), "See Problems.") from error
    return Built(model, objective, preprocessing, module)


def _why(code: Code, error: Exception) -> str:
    """What went wrong in a sentence, with the node whose line it happened at."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f.lineno or 0 for f in frames if f.filename.startswith("<netwright_generated_")]
    path = next((code.lines[n] for n in reversed(own) if n in code.lines), "")
    what = str(error) or type(error).__name__
    return f"“{path}” can't be built: {what}" if path else f"The network can't be built: {what}"


def refuse_strangers(code: Code) -> None:
    """Raise UserError where the text imports what this process may not run, or what is no layer."""
    for module in code.modules:
        if not is_admitted(module):
            raise UserError(
                f"{module.source} is code of the project's own, which only a process of its own "
                "may run.",
                "Trust the project first; the window trains and exports such a project.",
            )
        class_of(module)


def load_text(text: str) -> types.ModuleType:
    """The module of this very text.

    Its lines are known to `linecache`, so that tracebacks and TorchScript see them, and it is in
    `sys.modules`, so that what it makes can be copied and pickled. Equal texts share a module;
    the oldest of more than 64 is forgotten.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    name = f"netwright_generated_{digest}"
    if name in _built:
        _built.move_to_end(name)
        return _built[name]
    file = f"<{name}>"
    module = types.ModuleType(name)
    module.__file__ = file
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    sys.modules[name] = module
    try:
        exec(compile(text, file, "exec"), module.__dict__)
    except BaseException:
        del sys.modules[name], linecache.cache[file]
        raise
    _built[name] = module
    if len(_built) > KEPT:
        old, _ = _built.popitem(last=False)
        sys.modules.pop(old, None)
        linecache.cache.pop(f"<{old}>", None)
    return module
