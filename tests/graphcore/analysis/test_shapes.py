"""Types that analysis finds, against what the built modules do on real tensors."""

from __future__ import annotations

from dataclasses import replace

import torch

from graphcore.code.build import build
from graphcore.kinds.formula import Formula
from graphcore.project.edits import MISSING, Set, SetParam
from graphcore.types import B, Tensor, affine
from tests.drawing import Drawing, digits_cnn, two_heads


def test_input_sizes_are_inferred_and_a_typed_value_overrides() -> None:
    drawing = digits_cnn()
    facts = drawing.analysis().nodes["linear"]
    assert facts.params["in_features"] == 256
    assert "in_features" in facts.inferred

    drawing.do(SetParam(facts.node, "in_features", 99))
    problem = drawing.analysis().problems[0]
    assert (problem.rule, problem.path, problem.blocks) == ("size", "linear", "build")
    assert "expects 99 features but gets 256 from “flatten”" in problem.message
    problem.repairs[0].edit.apply(drawing.project)
    assert drawing.analysis().problems == ()


def test_formula_reads_facts_of_fields() -> None:
    drawing = digits_cnn()
    linear = drawing.project.graph.by_name("linear")
    drawing.do(SetParam(linear.id, "out_features", Formula("label.classes * 2")))
    assert drawing.analysis().nodes["linear"].params["out_features"] == 20


def test_batch_folded_into_another_axis_stays_symbolic() -> None:
    drawing = Drawing()
    x = drawing.input("float32[6, 4]")
    drawing.add("ops.flatten", x, name="folded", start_dim=0, end_dim=1)
    kind = drawing.analysis().nodes["folded"].outputs["output"]
    assert kind == Tensor((affine(0, {"B": 6}), 4))


def test_other_symbols_than_the_batch() -> None:
    drawing = Drawing()
    x = drawing.input("float32[3, H, W]")
    x = drawing.add("nn.Conv2d", x, padding=0)
    pooled = drawing.add("nn.AdaptiveAvgPool2d", x)
    analysis = drawing.analysis()
    assert str(analysis.by_node[x].outputs["output"]) == "float32[B, 16, H-2, W-2]"
    assert analysis.by_node[pooled].outputs["output"] == Tensor((B, 16, 1, 1))


def test_flops_are_two_a_multiply_add_for_one_sample() -> None:
    drawing = digits_cnn()
    analysis = drawing.analysis()
    assert analysis.nodes["conv"].flops == 2 * 9 * 16 * 64
    assert analysis.nodes["linear"].flops == 2 * 256 * 10
    assert analysis.flops == analysis.nodes["conv"].flops + analysis.nodes["linear"].flops
    assert analysis.parameters == 16 * 9 + 16 + 256 * 10 + 10


def test_estimated_peak_is_near_what_torch_tracks() -> None:
    """Against torch's own MemTracker over one whole step on fake tensors."""
    from torch._subclasses.fake_tensor import FakeTensorMode
    from torch.distributed._tools.mem_tracker import MemTracker

    drawing = digits_cnn()
    built_code, analysis = drawing.code(), drawing.analysis()
    with FakeTensorMode():
        objective = build(built_code).objective
        optimizer = torch.optim.AdamW(objective.parameters())
        tracker = MemTracker()
        tracker.track_external(objective, optimizer)
        with tracker:
            for _ in range(2):  # the second step has the optimizer's state
                tracker.reset_mod_stats()
                batch = torch.rand(64, 1, 8, 8), torch.zeros(64, dtype=torch.int64)
                objective(*batch)["loss"].backward()
                optimizer.step()
                optimizer.zero_grad()
        peak = sum(v for k, v in tracker.get_tracker_snapshot("peak")[torch.device("cpu")].items()
                   if k == "Total")  # fmt: skip
    assert 0.5 < analysis.memory_bytes / peak < 2.0


def test_a_node_just_put_down_is_no_error() -> None:
    drawing = digits_cnn()
    loose = drawing.add("nn.Linear", name="loose")
    [problem] = drawing.analysis().problems
    assert (problem.rule, problem.path, problem.severity, problem.blocks) == (
        "unwired", "loose", "info", "",
    )  # fmt: skip
    drawing.add("nn.ReLU", loose)
    found = {(p.rule, p.path): p.severity for p in drawing.analysis().problems}
    assert found["unwired", "loose"] == "error"
    alone = Drawing()
    alone.add("nn.Conv2d")
    assert alone.analysis().parts.outputs == {}


def test_every_part_is_where_it_belongs() -> None:
    drawing = two_heads()
    parts = drawing.analysis().parts
    names = {node.id: node.name for node in drawing.project.graph.nodes.values()}
    assert list(parts.inputs) == ["picture"]
    assert list(parts.outputs) == ["scores", "image_again"]
    assert parts.fields == ("label", "image")
    assert [names[value.node] for value in parts.hidden] == ["flatten"]
    objective = {names[node] for node in parts.objective}
    assert objective == {"aux", "digit_loss", "image_loss", "aux_loss"}


def test_analysis_of_a_cleared_param_says_what_is_missing() -> None:
    drawing = digits_cnn()
    conv = drawing.project.graph.by_name("conv")
    drawing.do(SetParam(conv.id, "out_channels", MISSING))
    problem = drawing.analysis().problems[0]
    assert (problem.rule, problem.path) == ("param", "conv")
    assert "out_channels" in problem.message


def test_a_field_that_is_gone_is_said_where_it_was_wired() -> None:
    drawing = digits_cnn()
    choice = drawing.project.data
    drawing.do(Set(("data",), replace(choice, fields=choice.fields[:1])))
    problems = {(p.rule, p.path, p.port, p.blocks) for p in drawing.analysis().problems}
    assert ("lost-wire", "loss", "target", "build") in problems
