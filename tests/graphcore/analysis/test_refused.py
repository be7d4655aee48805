"""A node that torch refuses is told in our words; torch's own are for those who ask."""

from __future__ import annotations

from graphcore.analysis.repairs import with_proven
from tests.drawing import Drawing


def test_a_node_that_reads_nothing_names_its_settings_and_a_way_back() -> None:
    drawing = Drawing()
    drawing.add("io.Output", drawing.add("ops.arange", name="steps", start=5, end=1))
    found = drawing.analysis().problems[0]
    assert found.message == (
        "arange “steps” can't be made with start 5, end 1, step 1: they don't go together."
    )
    assert "bound" in found.details
    offered = with_proven(drawing.project, (found,))[0].repairs
    assert [repair.text for repair in offered] == ["Set start back to 0", "Set end back to 8"]
    drawing.do(offered[0].edit)
    assert drawing.analysis().problems == ()
