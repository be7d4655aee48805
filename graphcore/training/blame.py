"""Which node made a number that is none: the values of one step and their gradients, looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import torch
from torch import Tensor, nn

from graphcore.analysis.result import Analysis
from graphcore.code.code import Tap
from graphcore.project.paths import spot_of
from graphcore.project.project import Project
from graphcore.training.shards import own_part
from graphcore.types import Tensor as TensorType

Direction = Literal["forward", "backward", "update"]


@dataclass(frozen=True, slots=True)
class Blame:
    """The node at which a number first was none (`found`: nan, inf or -inf), and where.

    `backward` is its gradient towards its inputs and params, `update` the optimizer's step.
    """

    path: str
    direction: Direction
    found: str


def taps_of(project: Project, analysis: Analysis) -> tuple[Tap, ...]:
    """Every float value that a layer or an operation makes, also inside blocks."""
    roots = {project.graph.nodes[node].name
             for node in (*analysis.parts.model, *analysis.parts.objective)}  # fmt: skip
    return tuple(
        Tap(path, port)
        for path, facts in analysis.nodes.items()
        if path.partition(".")[0] in roots and _computes(project, path)
        for port, kind in facts.outputs.items()
        if isinstance(kind, TensorType) and kind.is_float
    )


def _computes(project: Project, path: str) -> bool:
    """Whether the node is more than a border: what a block makes is made by a node inside."""
    spot = spot_of(project, path)
    if spot is None:
        return False
    kind = project.definitions[spot.definition].graph.nodes[spot.node].kind
    return not kind.startswith(("block.", "io."))


class Watched:
    """The tapped values of one step, in the order in which they were computed.

    Made between forward and backward; meanwhile gradients are noted in the order they come.
    """

    def __init__(
        self, results: Mapping[str, Tensor], taps: Sequence[Tap], params: Mapping[str, nn.Parameter]
    ) -> None:
        found = [(tap.path, results[tap.key]) for tap in taps if tap.key in results]
        self._values = sorted(found, key=lambda item: _age(item[1]))
        self._grads: list[tuple[str, Tensor, Tensor]] = []
        self._hooks = [
            value.register_hook(partial(self._note, path, value))  # type: ignore[no-untyped-call]
            for path, value in self._once(params)
        ]

    def in_forward(self) -> Blame | None:
        """The first value that holds no number."""
        for path, value in self._values:
            if word := bad_word(value):
                return Blame(path, "forward", word)
        return None

    def in_backward(self, paths: Iterable[str]) -> Blame | None:
        """The node whose backward made the first gradient that is no number.

        `paths` are those of nodes; a param belongs to the innermost one around it. Gradients must
        have been taken with `retain_graph=True`.
        """
        known = set(paths)
        for name, value, grad in self._grads:
            if word := bad_word(grad):
                path = owner(name, known) if isinstance(value, nn.Parameter) else ""
                return Blame(path or self._consumer(value) or name, "backward", word)
        return None

    def close(self) -> None:
        """Let the values go."""
        for hook in self._hooks:
            hook.remove()
        self._grads.clear()

    def _note(self, path: str, value: Tensor, grad: Tensor) -> None:
        self._grads.append((path, value, grad))

    def _once(self, params: Mapping[str, nn.Parameter]) -> Iterator[tuple[str, Tensor]]:
        """Everything that a gradient reaches, each once: an identity hands on what it takes."""
        seen: set[int] = set()
        for path, value in (*params.items(), *self._values):
            if value.requires_grad and id(value) not in seen:
                seen.add(id(value))
                yield path, value

    def _consumer(self, value: Tensor) -> str:
        """The node that computed with a value and gave it a bad gradient, from a good one."""
        ends = {item.grad_fn for _, item in self._values if item.grad_fn is not None}
        grads = {id(item): grad for _, item, grad in self._grads}
        found = ""
        for path, user in self._values:
            grad = grads.get(id(user))
            if grad is None or user is value or not _reads(user, value, ends) or bad_word(grad):
                continue
            (own,) = torch.autograd.grad(user, value, grad, retain_graph=True, allow_unused=True)
            found = found or path
            if own is not None and bad_word(own):
                return path
        return found


def bad_word(value: Tensor) -> str:
    """`nan`, `inf` or `-inf` where the tensor holds such a number; empty where all are numbers."""
    if not value.is_floating_point() or bool(torch.isfinite(value).all()):
        return ""
    if bool(torch.isnan(value).any()):
        return "nan"
    return "inf" if bool((value == torch.inf).any()) else "-inf"


def all_finite(values: Iterable[Tensor]) -> bool:
    """Whether every number of these is one; waits for the device once."""
    flags = [torch.isfinite(own_part(value)).all() for value in values if value.is_floating_point()]
    return not flags or bool(torch.stack(flags).all())


def owner(name: str, known: set[str]) -> str:
    """The path of the node that a param's name (`model.attention.out_proj.weight`) belongs to."""
    path = name.removeprefix("model.")
    while path and path not in known:
        path = path.rpartition(".")[0]
    return path


def _age(value: Tensor) -> int:
    """What was computed earlier is lower; what no gradient reaches comes first of all."""
    return int(value.grad_fn._sequence_nr()) if value.grad_fn is not None else -1


def _reads(user: Tensor, value: Tensor, ends: set[Any]) -> bool:
    """Whether a value was computed from another with no tapped one in between."""
    waiting, seen = [user.grad_fn], set[Any]()
    while waiting:
        for node, _ in getattr(waiting.pop(), "next_functions", ()):
            if node is None or node in seen:
                continue
            seen.add(node)
            if node is value.grad_fn or getattr(node, "variable", None) is value:
                return True
            if node not in ends:
                waiting.append(node)
    return False
