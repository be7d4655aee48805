"""What a card tells of a node's own settings: a small mark for each, pure values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from graphcore.project.graph import Node

_say = partial(QCoreApplication.translate, "marks")


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon or a few characters, and the sentence that they stand for."""

    icon: str
    text: str
    words: str


def marks_of(node: Node, *, is_frozen: bool) -> tuple[Mark, ...]:
    """The marks of a node; `is_frozen` by itself or with the block around it."""
    found = []
    if node.repeat:
        words = _say("{} times, one after the other").format(node.repeat)
        found.append(Mark("", f"×{node.repeat}", words))
    if node.is_bypassed:
        found.append(Mark("bypass", "", _say("bypassed: the first input passes on unchanged")))
    if node.is_muted:
        found.append(Mark("mute", "", _say("muted: zeros come out, a term doesn't count")))
    if is_frozen:
        found.append(Mark("snowflake", "", _say("frozen: its weights stay as they are")))
    if node.settings.get("pinned") is True:
        found.append(Mark("pin", "", _say("pinned: tidying up leaves it where it is")))
    if node.shares:
        words = _say("uses the weights of {}").format(node.shares)
        found.append(Mark("link", node.shares, words))
    elif node.ties:
        others = ", ".join(f"{name} = {path}" for name, path in node.ties.items())
        found.append(Mark("link", "", _say("tied: {}").format(others)))
    return tuple(found)


def is_frozen(node: Node, around: Iterable[Node], *, has_weights: bool) -> bool:
    """Whether a node stays as it is, by the innermost block (`around` has the outermost first)
    or node that says so."""
    own = node.settings.get("freeze")
    if own is not None:
        return own is True
    said = [block.settings["freeze"] for block in around if "freeze" in block.settings]
    return bool(said) and said[-1] is True and has_weights
