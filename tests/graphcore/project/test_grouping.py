"""Groups in a layout: each has a box that nothing else enters, and wires still cross no card."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graphcore.project.graph import NodeId
from graphcore.project.grouping import arrange_groups, arrange_to_fit, extent
from graphcore.project.layout import Box, usual_sizes
from tests.graphcore.project.test_layout import EDGES, boxes, check, drawing, overlap, resnet

CUTS = st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(0, 6))


def corners(box: Box) -> Box:
    return box[0], box[1], box[0] + box[2], box[1] + box[3]


@given(EDGES, CUTS, st.permutations(range(14)), st.sampled_from([None, 700, 1400]))
def test_every_group_has_a_box_of_its_own(
    edges: list[tuple[int, int]], cuts: tuple[int, int, int], order: list[int], wrap: int | None
) -> None:
    graph = drawing(14, edges)
    ids = [NodeId(f"n{i}") for i in order]
    first, second, inside = cuts
    groups = {
        "a": ids[:first],
        "b": ids[first : first + second],
        "inner": ids[: min(inside, first)],
    }
    groups = {name: nodes for name, nodes in groups.items() if nodes}
    layout = arrange_groups(graph, groups, wrap_width=wrap)
    check(graph, layout)
    assert layout == arrange_groups(graph, groups, wrap_width=wrap)
    places = boxes(graph, layout)
    for name, frame in layout.frames.items():
        for node, place in places.items():
            assert overlap(corners(frame), place) == (node in groups[name])
    for one, other in combinations(layout.frames, 2):
        nested = set(groups[one]) <= set(groups[other]) or set(groups[other]) <= set(groups[one])
        assert overlap(*(corners(layout.frames[name]) for name in (one, other))) == nested


def test_what_is_in_two_groups_stays_in_the_smaller() -> None:
    graph = drawing(5, [(i, i + 1) for i in range(4)])
    ids = [NodeId(f"n{i}") for i in range(5)]
    layout = arrange_groups(graph, {"large": ids[:3], "small": ids[2:4]})
    places = boxes(graph, layout)
    assert overlap(corners(layout.frames["small"]), places[ids[2]])
    assert not overlap(corners(layout.frames["large"]), places[ids[2]])


def test_rows_follow_the_shape_of_the_window() -> None:
    graph = resnet(3, 8, 36, 3)
    for wide, high in ((1600, 1000), (700, 1400)):
        layout = arrange_to_fit(graph, (wide, high), {})
        check(graph, layout)
        _, _, width, height = extent(layout, usual_sizes(graph))
        assert 0.6 < (width / height) / (wide / high) < 1.7


def test_a_chain_breaks_into_full_rows_not_just_before_the_last_card() -> None:
    chain = drawing(10, [(i, i + 1) for i in range(9)])
    layout = arrange_to_fit(chain, (1060, 650), {})
    assert len({y for _, y in layout.positions.values()}) == 3


def test_what_fits_in_one_row_is_not_wrapped() -> None:
    layout = arrange_to_fit(drawing(5, [(i, i + 1) for i in range(4)]), (1600, 1000), {})
    assert {y for _, y in layout.positions.values()} == {0}
