"""The text made into modules: the text shown is the text trained and exported."""

from __future__ import annotations

import hashlib
import linecache
import sys
import types
from collections import OrderedDict
from dataclasses import dataclass

from torch import nn

from graphcore.code.code import Code
from graphcore.errors import UserError

KEPT = 64
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

    Raises UserError where the text is of a drawing that is not complete or torch refuses a
    layer's settings.
    """
    module = load_text(code.text)
    try:
        model = module.Model()
        has_objective = hasattr(module, "Objective")
        objective = module.Objective(model) if has_objective else None
        preprocessing = module.Preprocessing() if hasattr(module, "Preprocessing") else None
    except (TypeError, ValueError, RuntimeError) as error:
        raise UserError(f"The network can't be built: {error}", "See Problems.") from error
    return Built(model, objective, preprocessing, module)


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
