"""What one node gives, asked of torch and remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graphcore.analysis.outside import Outside
from graphcore.analysis.result import NodeFacts, Problem
from graphcore.analysis.rules import say
from graphcore.analysis.shapes import MEMO_SIZE, Outcome, Question, outcome
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import Kind
from graphcore.kinds.spell import call, construction, unpacking
from graphcore.project.graph import Node
from graphcore.project.modules import PREFIX, is_user_kind
from graphcore.project.project import Project
from graphcore.types import Type

Answer = tuple[tuple[str, ...], Outcome]
_answers: dict[tuple[object, ...], Answer] = {}


def answer(project: Project, kind: Kind, facts: NodeFacts, outside: Outside) -> Answer:
    """The output ports and the outcome of a node; `outside` is asked about Python modules."""
    module = project.modules.get(kind.name.removeprefix(PREFIX))
    if module is not None and is_user_kind(kind.name):
        ports, question = _question(kind, facts)
        return ports, outside.outcome(module, replace(question, imports=kind.imports))
    params = tuple((name, value, type(value)) for name, value in facts.params.items())
    key = (kind.name, params, *facts.inputs.items())
    if kind.role == "constant" or key not in _answers:  # 2 and 2.0 in a list are other constants
        if len(_answers) >= MEMO_SIZE:
            _answers.clear()
        ports, question = _question(kind, facts)
        _answers[key] = ports, outcome(question)
    return _answers[key]


def _question(kind: Kind, facts: NodeFacts) -> tuple[tuple[str, ...], Question]:
    """The names of a node's outputs, and what is to be asked of it."""
    first = next((port.name for port in kind.inputs), "")  # a recurrent layer's is cut to a step
    inputs = sorted(facts.inputs.items(), key=lambda item: item[0] != first)
    names = {slot: f"a{place}" for place, (slot, _) in enumerate(inputs)}
    ports = tuple(port.name for port in kind.ports(facts.params)[1])
    targets = {name: f"o{place}" for place, name in enumerate(ports)}
    question = Question(
        construct=construction(kind, facts.params) if kind.is_layer else "",
        call=call(kind, facts.params, names),
        unpack=unpacking(kind, targets, facts.params) if ports else "o0",
        inputs=tuple(kind for _, kind in inputs),
        outputs=len(ports) or 1,
        real=not kind.on_meta,
    )
    return ports, question


def refusal(node: Node, kind: Kind, found: Outcome) -> Problem:
    """The problem of a node whose class is a person's own and may not, or can't, be run."""
    return Problem(found.rule, "error", "build", node.name, "", f"{say(kind, node)}: {found.error}")


# Nodes that nothing stood in the way of, by all that decides it.
_sound: dict[tuple[object, ...], NodeFacts] = {}
_PLAIN = frozenset(name for name, kind in CATALOG.items() if kind.role in ("layer", "op", "loss"))
_ELSEWHERE = frozenset(("shares", "ties", "bypass", "mute", "repeat"))


def sound_key(node: Node, inputs: Mapping[str, Type]) -> tuple[object, ...] | None:
    """What decides all that is found of a node; None where something else decides, too."""
    if node.kind not in _PLAIN or not _ELSEWHERE.isdisjoint(node.settings):
        return None
    values = tuple(node.params.values())
    kinds = tuple(map(type, values))
    if Formula in kinds:
        return None
    return (node.kind, tuple(node.params), values, kinds, *inputs.items())


def sound(key: tuple[object, ...], node: Node, inputs: Mapping[str, Type]) -> NodeFacts | None:
    """The facts of a node just like one that worked before."""
    like = _sound.get(key)
    if like is None:
        return None
    return NodeFacts(
        node.name, node.id, like.params, like.inferred, inputs, like.outputs,
        like.parameters, like.flops, like.memory, like.weights,
    )  # fmt: skip


def remember(key: tuple[object, ...], facts: NodeFacts) -> None:
    """Keep the facts of a node that works for others like it."""
    if len(_sound) >= MEMO_SIZE:
        _sound.clear()
    _sound[key] = facts
