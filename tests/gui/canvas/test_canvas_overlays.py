"""Overlays: a figure of every node on its card, near and from afar, one at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from graphcore.analysis.overlays import OVERLAYS
from graphcore.project.edits import Connect, SetParam
from graphcore.project.file import to_text
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.project import Project
from graphcore.training.watching import Watched
from gui.canvas.style import DEEPEST
from gui.theme import DARK, DARK_SAFE, LIGHT, LIGHT_SAFE, Theme, contrast, mix
from tests.gui.canvas.hand import Hand

WATCHED = Watched(
    {"conv": 0.0021, "head": 0.00034}, {"conv": 2e-7, "head": 0.031}, 64, "cpu", False
)
FOOT = {
    "shape": "16 × 8 × 8",
    "parameters": "160 parameters | 5.9 %",
    "flops": "18.4 KFLOP | 78 %",
    "memory": "4 KB | 40 %",
    "time": "2.1 ms | 86 %",
    "gradient": "∂ 2.0e-7",
}


def foot(hand: Hand, name: str) -> str:
    text = hand.view.shown_text(hand.node(name).id).replace("\u202f", " ")
    return text.split("pad 1 | ")[1] if "pad 1" in text else text


@pytest.mark.parametrize("name", OVERLAYS)
def test_every_overlay_writes_its_figure_on_the_cards(
    digits: Hand, qtbot: QtBot, name: str
) -> None:
    digits.analyse(qtbot)
    plain, before = digits.picture(), to_text(digits.document.project)
    digits.view.canvas.overlaid.show(name, WATCHED)
    assert foot(digits, "conv").startswith(FOOT[name])
    assert digits.picture() != plain
    face = digits.view.legend.face
    assert face is not None
    assert digits.view.legend.isVisible()
    assert face.high
    digits.click(digits.at("conv"))
    assert FOOT[name].partition(" | ")[0] in digits.view.accessibleDescription().replace(
        "\u202f", " "
    )
    size = digits.view.size()
    digits.view.resize(260, 400)  # narrower than the legend
    assert not digits.view.legend.isVisible()
    digits.view.resize(size)
    assert digits.view.legend.isVisible()
    digits.view.canvas.overlaid.show(None)
    assert "160" in foot(digits, "conv")
    assert not digits.view.legend.isVisible()
    assert to_text(digits.document.project) == before
    assert not digits.document.history.canUndo()


def test_figures_follow_an_edit_and_another_drawing(digits: Hand, qtbot: QtBot) -> None:
    digits.analyse(qtbot)
    digits.view.canvas.overlaid.show("parameters")
    conv = digits.node("conv").id
    digits.document.do(SetParam(conv, "out_channels", 32), "Channels")
    digits.analyse(qtbot)
    assert foot(digits, "conv").startswith("320 parameters")
    digits.document.replace(Project(), None)
    qtbot.waitUntil(lambda: digits.view.canvas.overlaid.figures == {}, timeout=30_000)


def test_from_afar_cards_are_painted_by_their_figures(
    open_canvas: Callable[[Project], Hand], qtbot: QtBot
) -> None:
    project = Project()
    for number in range(200):
        kind = "nn.Linear" if number else "io.Input"
        params = {"out_features": 8} if number else {"type": "float32[8]"}
        node = Node(NodeId(f"n{number}"), kind, f"node{number}", params, order=number)
        project.graph.nodes[node.id] = node
        project.layout["main"][node.id] = (number % 20 * 264, number // 20 * 144)
        if number:
            Connect(Wire(NodeId(f"n{number - 1}"), "output", node.id, "input")).apply(project)
    hand = open_canvas(project)
    hand.analyse(qtbot)
    hand.view.set_zoom(0.2)
    plain = hand.picture()
    hand.view.canvas.overlaid.show("parameters")
    tinted = hand.picture()
    assert tinted != plain
    hand.view.set_zoom(0.1)
    at = hand.at("node105")
    assert hand.picture().pixelColor(at) != hand.picture().pixelColor(hand.at("node0"))


@pytest.mark.parametrize("theme", [DARK, LIGHT, DARK_SAFE, LIGHT_SAFE])
def test_words_can_be_read_on_the_deepest_tint(theme: Theme) -> None:
    card = mix(theme.overlay, theme.node, DEEPEST)
    assert contrast(theme.text, card) >= 4.5
    assert contrast(mix(theme.text, card, 0.82), card) >= 4.5
    assert contrast(theme.overlay, mix(theme.overlay, theme.node, 0.16)) >= 2.5
