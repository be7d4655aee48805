"""Gaps that cards leave in a drawing are closed, row by row."""

from __future__ import annotations

from graphcore.project.arranging import Box
from graphcore.project.closing import closed_up
from graphcore.project.graph import NodeId

STEP, ROW = 264, 144


def card(column: float, row: float = 0, height: int = 84) -> Box:
    return round(column * STEP), round(row * ROW), 190, height


def cards(**boxes: Box) -> dict[NodeId, Box]:
    return {NodeId(name): box for name, box in boxes.items()}


def test_what_lies_right_of_a_gap_moves_beside_what_lies_left_of_it() -> None:
    kept = cards(a=card(0), b=card(3), c=card(4, 0.2), d=card(2, 1))
    assert closed_up(kept, [card(1), card(2)]) == {
        "b": (STEP, 0), "c": (2 * STEP, round(0.2 * ROW)),
    }  # fmt: skip


def test_a_gap_that_was_there_before_stays() -> None:
    kept = cards(a=card(0), b=card(2), c=card(5))
    assert closed_up(kept, [card(3), card(4)]) == {"c": (3 * STEP, 0)}
    assert closed_up(kept, [card(0.1)]) == {}


def test_rows_that_begin_or_end_with_a_gap_and_empty_ones() -> None:
    kept = cards(a=card(0), b=card(2, 2), c=card(0, 3))
    gone = [card(1), card(0, 1), card(1, 1), card(0, 2), card(1, 2)]
    assert closed_up(kept, gone) == {"b": (0, ROW), "c": (0, 2 * ROW)}


def test_what_is_fixed_stays_and_what_would_lie_on_it_too() -> None:
    kept = cards(a=card(0), b=card(2), c=card(0, 2))
    assert closed_up(kept, [card(1)], [NodeId("b")]) == {}
    assert closed_up(kept, [card(1), card(0, 1)], [NodeId("c")]) == {"b": (STEP, 0)}
