"""Whether two definitions mean the same, told by a digest of what they hold."""

from __future__ import annotations

import hashlib
import json

from graphcore.kinds.formula import Formula
from graphcore.project.definitions import Definition
from graphcore.project.graph import Node
from graphcore.project.modules import is_user_kind
from graphcore.project.project import Project

PREFIX = "block."


def inner_names(definition: Definition) -> list[str]:
    """The definitions that this one uses as blocks, each once, in the order of creation."""
    nodes = sorted(definition.graph.nodes.values(), key=lambda node: (node.order, node.id))
    names = (node.kind.removeprefix(PREFIX) for node in nodes if node.kind.startswith(PREFIX))
    return list(dict.fromkeys(names))


def needed(project: Project, name: str) -> list[str]:
    """A definition and all that it is made of, each after those that it uses."""
    found: dict[str, None] = {}
    waiting = [(name, False)]
    while waiting:  # no recursion: a file may nest a thousand definitions
        current, is_ready = waiting.pop()
        if current in found or current not in project.definitions:
            continue
        if is_ready:
            found[current] = None
            continue
        waiting.append((current, True))
        inner = inner_names(project.definitions[current])
        waiting += [(other, False) for other in reversed(inner)]
    return list(found)


def digests(project: Project, name: str) -> dict[str, str]:
    """A digest of a definition and of each that it uses, by name.

    Ids, places, and the names of blocks inside don't count, nor do gaps in the order of
    creation: what counts is what reaches the code, and what a person wrote.
    """
    found: dict[str, str] = {}
    for current in needed(project, name):
        spelled = _spelled(project, project.definitions[current], found)
        text = json.dumps(spelled, ensure_ascii=False, sort_keys=True, default=list)
        found[current] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return found


def digest(project: Project, name: str) -> str:
    """The digest of one definition; equal ones are alike."""
    return digests(project, name)[name]


def _spelled(project: Project, definition: Definition, inner: dict[str, str]) -> object:
    nodes = sorted(definition.graph.nodes.values(), key=lambda node: (node.order, node.id))
    names = {node.id: node.name for node in nodes}
    wires = [
        [names[wire.source], wire.output, names[wire.target], wire.input]
        for wire in definition.graph.wires.values()
    ]
    params = [[n, _plain(p.default), p.help] for n, p in definition.params.items()]
    listed = [_node(node, _meaning(project, node.kind, inner)) for node in nodes]
    return [definition.help, params, listed, sorted(wires)]


def _meaning(project: Project, kind: str, inner: dict[str, str]) -> str:
    """What a kind stands for: a block's digest, a Python module's source, else its name."""
    if kind.startswith(PREFIX):
        return PREFIX + inner.get(kind.removeprefix(PREFIX), kind)
    module = project.modules.get(kind.partition(".")[2]) if is_user_kind(kind) else None
    return f"user.{module.source}" if module else kind


def _node(node: Node, kind: str) -> object:
    params = {name: _plain(value) for name, value in node.params.items()}
    return [kind, node.name, params, dict(node.settings), node.title, node.note]


def _plain(value: object) -> object:
    """A formula told apart from the text that spells it."""
    return ["formula", value.text] if isinstance(value, Formula) else ["value", value]
