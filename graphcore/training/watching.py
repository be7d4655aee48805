"""How long each node takes and how large its gradient is, on one batch of a model not yet trained.

The generated text gets a line after each statement of a node that tells a watch. It runs in
whatever process calls it: the window asks a process of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import torch
from torch import nn

from graphcore.analysis.analyse import analyse
from graphcore.analysis.outside import Outside
from graphcore.analysis.result import Analysis
from graphcore.code.build import Built, build
from graphcore.code.code import Code
from graphcore.code.write import write_code
from graphcore.data.loaders import tensors
from graphcore.data.sources import read
from graphcore.errors import UserError
from graphcore.parsing import parse
from graphcore.project.project import Project
from graphcore.training.devices import choose
from graphcore.training.evaluate import model_inputs
from graphcore.training.speed import fitting_batch
from graphcore.training.trial import random_version

PASSES, LONGEST = 9, 4.0
"""Passes that are timed, and the seconds after which no further one begins."""
_WATCH, _BEGAN = "_netwright_watch", "_netwright_began"


@dataclass(frozen=True, slots=True)
class Watched:
    """What was measured of each node by path: seconds a batch, root mean square of a gradient.

    The time is that of the fastest forward pass, a block's with all that is in it. The gradient is
    that of the sum of all terms (without terms, of what the model puts out) by what the node puts
    out; a term has none of its own. `is_random`: on numbers at random.
    """

    seconds: Mapping[str, float]
    gradients: Mapping[str, float]
    batch: int
    device: str
    is_random: bool


def watch_project(
    project: Project, folder: Path | None = None, device: str = "", outside: Outside | None = None
) -> Watched:
    """Run the project's first batch a few times, with initial weights, as training would.

    A design without data runs on numbers at random, for which losses are put in where there are
    none. Raises UserError where the drawing can't run.
    """
    place = choose(device or project.plan.device)
    analysis, shown, is_random = analyse(project, outside), project, False
    if not project.data.source and (analysis.parts.inputs or not analysis.parts.model):
        shown, is_random = random_version(project, project.plan.batch_size)[0], True
        analysis = analyse(shown, outside)
    blocking = analysis.blocking("build")
    if blocking:
        raise UserError(blocking[0].message, "Mend it first; see Problems.")
    batch = fitting_batch(analysis, shown, place) if shown.data.source else 1
    fields = _fields(shown, folder, batch, place)
    count = next((len(values) for values in fields.values()), batch)
    watch = _run(shown, analysis, fields, place)
    terms = {shown.graph.nodes[term.node].name for term in analysis.parts.terms}
    gradients = {path: size for path, size in watch.gradients.items() if path not in terms}
    return Watched(watch.fastest(), gradients, count, str(place), is_random)


def _fields(
    project: Project, folder: Path | None, batch: int, place: torch.device
) -> dict[str, torch.Tensor]:
    if not project.data.source:
        return {}
    found = tensors(project.data, read(project.data, folder))
    return {name: values[:batch].to(place) for name, values in found.items()}


def _run(
    project: Project, analysis: Analysis, fields: Mapping[str, torch.Tensor], place: torch.device
) -> Watch:
    code = watched(write_code(project, analysis))
    devices = [place.index or 0] if place.type == "cuda" else []
    with torch.random.fork_rng(devices=devices), torch.enable_grad():
        torch.manual_seed(project.plan.seed)
        built = build(code)
        watch = Watch(built, place)
        built.module.__dict__[_WATCH] = watch
        began = perf_counter()
        for turn in range(PASSES + 1):
            watch.begin(looks_back=turn == 0)  # the first pass warms up, too
            terms = _pass(project, analysis, built, fields)
            if turn == 0:
                watch.look_back(terms)
            elif perf_counter() - began > LONGEST:
                break
    return watch


def _pass(
    project: Project, analysis: Analysis, built: Built, fields: Mapping[str, torch.Tensor]
) -> Mapping[str, torch.Tensor]:
    """One pass through model and objective; the terms, without an objective what comes out."""
    for module in (built.model, built.preprocessing):
        if module is not None:
            module.to(next(iter(fields.values())).device if fields else "cpu")
    try:
        inputs = model_inputs(project, analysis, built, fields)
        others = [fields[name] for name in analysis.parts.fields]
    except KeyError as error:
        raise UserError(f"The field {error} has no values.", "Choose data first.") from error
    if built.objective is None:
        came = built.model(*inputs.values())
        every = came if isinstance(came, tuple) else (came,)
        return {str(place): one for place, one in enumerate(every) if torch.is_tensor(one)}
    found: Mapping[str, torch.Tensor] = built.objective(*inputs.values(), *others)
    return found


class Watch:
    """Told by the text when a statement of a node is done; owns what was seen."""

    def __init__(self, built: Built, place: torch.device) -> None:
        self._prefixes = dict(_prefixes(built))
        self._place, self._looks_back = place, False
        self._passes: list[dict[str, float]] = []
        self.gradients: dict[str, float] = {}

    def begin(self, *, looks_back: bool) -> None:
        """Another pass; one that looks back at gradients is not timed."""
        self._looks_back = looks_back
        self._passes += [] if looks_back else [{}]

    def now(self) -> float:
        """The time once all that was asked for is done."""
        if self._place.type == "cuda":
            torch.cuda.synchronize(self._place)
        return perf_counter()

    def lap(self, owner: nn.Module, name: str, began: float, value: Any) -> float:
        """A node's statement is done and `value` came out; when the next one begins."""
        ended, path = self.now(), self._prefixes.get(id(owner), "") + name
        if self._looks_back:
            self._hook(path, value)
        else:
            known = self._passes[-1]
            known[path] = known.get(path, 0.0) + ended - began
        return self.now()

    def _hook(self, path: str, value: Any) -> None:
        def keep(gradient: torch.Tensor) -> None:
            # Backward meets the last turn of a loop first, which is what the node puts out.
            size = float(gradient.detach().double().square().mean().sqrt())
            self.gradients.setdefault(path, size)

        if isinstance(value, torch.Tensor) and value.requires_grad:
            value.register_hook(keep)  # type: ignore[no-untyped-call]

    def look_back(self, ends: Mapping[str, torch.Tensor]) -> None:
        """Gradients of the sum of these, where anything has one."""
        total = sum(end.sum() for end in ends.values() if end.requires_grad)
        if isinstance(total, torch.Tensor):
            total.backward()  # type: ignore[no-untyped-call]

    def fastest(self) -> dict[str, float]:
        """The seconds of each node in its fastest pass, by path: others were disturbed."""
        paths = self._passes[0] if self._passes else {}
        return {path: min(p.get(path, 0.0) for p in self._passes) for path in paths}


def _prefixes(built: Built) -> Iterator[tuple[int, str]]:
    """What stands before the names of the nodes that each module's text computes."""
    inside = dict[int, str]()
    for name, module in built.model.named_modules():
        inside.setdefault(id(module), f"{name}." if name else "")
    yield from inside.items()
    for outer in (built.objective, built.preprocessing):
        for name, module in outer.named_modules() if outer is not None else ():
            if id(module) not in inside:
                yield id(module), f"{name}." if name else ""


def watched(code: Code) -> Code:
    """The same code with a line after each statement of a node that tells the watch."""
    before, after = dict[int, str](), dict[int, str]()
    for method in _methods(parse(code.text)):
        first = method.body[0]
        before[first.lineno] = f"{' ' * first.col_offset}{_BEGAN} = {_WATCH}.now()"
        for part in ast.walk(method):
            if isinstance(part, ast.Assign) and part.lineno in code.lines:
                name = code.lines[part.lineno].rpartition(".")[2]
                told = f'{_WATCH}.lap(self, "{name}", {_BEGAN}, {_first_name(part.targets[0])})'
                after[part.end_lineno or 0] = f"{' ' * part.col_offset}{_BEGAN} = {told}"
    text, lines = list[str](), dict[int, str]()
    for number, line in enumerate(code.text.splitlines(), 1):
        text += [before[number]] if number in before else []
        text.append(line)
        if number in code.lines:
            lines[len(text)] = code.lines[number]
        text += [after[number]] if number in after else []
    return replace(code, text="\n".join(text) + "\n", lines=lines)


def _methods(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for part in tree.body:
        for method in part.body if isinstance(part, ast.ClassDef) else ():
            if isinstance(method, ast.FunctionDef) and method.name in ("forward", "body"):
                yield method


def _first_name(target: ast.expr) -> str:
    """The first value that a statement puts out."""
    found = target.elts[0] if isinstance(target, ast.Tuple) else target
    return found.id if isinstance(found, ast.Name) else "None"
