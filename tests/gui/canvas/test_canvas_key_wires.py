"""Wires are drawn by keys: Enter starts one, arrows choose, Enter ends it, Escape leaves it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.canvas.hand import CTRL, Hand

K = Qt.Key


def test_enter_starts_a_wire_to_the_next_free_port_and_enter_ends_it(branches: Hand) -> None:
    before = branches.document.project.copy()
    branches.click(branches.at("add"))
    branches.key(K.Key_Return)
    assert "add.output to relu.input" in branches.view.said
    assert branches.view.canvas.nodes[branches.node("conv").id].fitting == frozenset()
    branches.key(K.Key_Return)
    assert "add.output > relu.input" in branches.wires()
    assert branches.selection.nodes == {branches.node("relu").id}
    assert branches.view.said == ""
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_arrows_choose_among_the_ports_that_fit(branches: Hand) -> None:
    branches.click(branches.at("x"))
    branches.key(K.Key_Return)
    for key, said in ((K.Key_Right, "relu.input"), (K.Key_Left, "add.tensors."),
                      (K.Key_Up, "add.tensors."), (K.Key_Right, "relu.input")):  # fmt: skip
        branches.key(key)
        assert said in branches.view.said
    branches.key(K.Key_Return)
    assert "x.output > relu.input" in branches.wires()


def test_escape_leaves_the_wire_and_selects_the_same(branches: Hand) -> None:
    branches.click(branches.at("add"))
    branches.key(K.Key_Return)
    branches.key(K.Key_Escape)
    assert branches.document.history.count() == 0
    assert branches.selection.single == branches.node("add").id
    assert branches.view.canvas.nodes[branches.node("conv").id].fitting is None


def test_tab_takes_another_port_of_the_node_and_an_input_is_wired_backwards(branches: Hand) -> None:
    branches.click(branches.at("relu"))
    branches.key(K.Key_Return)
    assert "No port fits relu.output" not in branches.view.said
    branches.key(K.Key_Tab)
    assert "add.output to relu.input" in branches.view.said
    branches.key(K.Key_Return)
    assert "add.output > relu.input" in branches.wires()


def test_several_selected_nodes_go_into_one_merge_at_once_by_keys(branches: Hand) -> None:
    before = branches.document.project.copy()
    _detach_add(branches)
    branches.click(branches.at("conv"))
    branches.click(branches.at("shortcut"), CTRL)
    branches.key(K.Key_Return)
    assert "2 wires to add" in branches.view.said
    branches.key(K.Key_Return)
    assert branches.wires() >= {"conv.output > add.tensors.0", "shortcut.output > add.tensors.1"}
    assert branches.document.project == before


def test_several_selected_nodes_go_into_one_merge_at_once_by_mouse(branches: Hand) -> None:
    _detach_add(branches)
    branches.click(branches.at("conv"))
    branches.click(branches.at("shortcut"), CTRL)
    branches.drag(branches.output("shortcut"), branches.input("add", "tensors.0"))
    assert branches.wires() >= {"conv.output > add.tensors.0", "shortcut.output > add.tensors.1"}
    assert branches.history_text() == "Connect 2 nodes to add"


def _detach_add(hand: Hand) -> None:
    for port in ("tensors.0", "tensors.1"):
        hand.click(hand.middle_of_wire("add", port))
        hand.key(K.Key_Delete, CTRL)


def choose_wire(hand: Hand, node: str) -> None:
    """Select a node and walk on to its first wire."""
    hand.click(hand.at(node))
    hand.key(K.Key_W)


def test_a_wires_end_is_put_elsewhere_by_keys_as_one_change(branches: Hand) -> None:
    before = branches.document.project.copy()
    choose_wire(branches, "conv")
    branches.key(K.Key_Return)
    assert "x.output to conv.input" in branches.view.said
    branches.key(K.Key_Right)
    while "relu.input" not in branches.view.said:
        branches.key(K.Key_Right)
    branches.key(K.Key_Return)
    assert "x.output > relu.input" in branches.wires()
    assert "x.output > conv.input" not in branches.wires()
    assert branches.document.history.count() == 1
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_tab_takes_the_other_end_of_a_wire_and_escape_leaves_it(branches: Hand) -> None:
    before = branches.document.project.copy()
    branches.click(branches.at("add"))
    branches.key(K.Key_Return)
    branches.key(K.Key_Return)  # add feeds relu
    choose_wire(branches, "relu")
    branches.key(K.Key_Return)
    branches.key(K.Key_Tab)
    branches.key(K.Key_Left)
    assert "conv.output to relu.input" in branches.view.said
    branches.key(K.Key_Escape)
    assert "add.output > relu.input" in branches.wires()
    assert "add → relu" in branches.view.said  # the wire is still selected, and told
    for key in (K.Key_Return, K.Key_Tab, K.Key_Left, K.Key_Return):
        branches.key(key)
    assert "conv.output > relu.input" in branches.wires()
    assert "add.output > relu.input" not in branches.wires()
    assert branches.document.history.count() == 2
    branches.document.history.undo()
    branches.document.history.undo()
    assert branches.document.project == before


def test_what_is_searched_with_a_wire_selected_goes_into_it(digits: Hand) -> None:
    before = digits.document.project.copy()
    choose_wire(digits, "relu")
    digits.key(K.Key_Tab)
    digits.type("batchnorm2d")
    digits.key(K.Key_Return)
    assert {"conv.output > batch_norm.input", "batch_norm.output > relu.input"} <= digits.wires()
    assert "conv.output > relu.input" not in digits.wires()
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_space_asks_for_a_new_node_that_fits_and_wires_it(digits: Hand) -> None:
    before = digits.document.project.copy()
    digits.click(digits.at("pool"))
    digits.key(K.Key_Return)
    assert "Space: a new node" in digits.view.said
    digits.key(K.Key_Space)
    assert "Dataset" not in digits.search_rows()  # it has no input
    digits.type("dropout2d")
    digits.key(K.Key_Return)
    assert "pool.output > dropout.input" in digits.wires()
    assert digits.document.history.count() == 1
    digits.undo_and_redo_hold(before, digits.document.project.copy())
