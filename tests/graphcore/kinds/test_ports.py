"""Ports that depend on params, states that go together, sizes read off several inputs."""

from __future__ import annotations

import torch

from graphcore.code.build import build
from graphcore.kinds.catalog import CATALOG
from graphcore.project.edits import SetParam
from graphcore.types import Tensor
from tests.drawing import Drawing


def types(drawing: Drawing, name: str = "subject") -> dict[str, str]:
    return {port: str(kind) for port, kind in drawing.analysis().nodes[name].outputs.items()}


def problems(drawing: Drawing) -> list[tuple[str, str]]:
    return [(p.rule, p.port) for p in drawing.analysis().problems if p.severity == "error"]


def test_a_pool_gives_indices_when_asked_and_unpool_takes_them() -> None:
    drawing = Drawing()
    pool = drawing.add("nn.MaxPool2d", drawing.input("float32[4, 8, 8]"), name="pool")
    assert types(drawing, "pool") == {"output": "float32[B, 4, 4, 4]"}
    drawing.do(SetParam(pool, "return_indices", True))
    drawing.add("nn.MaxUnpool2d", pool, (pool, "indices"), name="subject")
    assert types(drawing, "pool")["indices"] == "int64[B, 4, 4, 4]"
    assert types(drawing) == {"output": "float32[B, 4, 8, 8]"}
    assert "pool, pool_indices = self.pool(x)" in drawing.code().text
    assert build(drawing.code()).model(torch.rand(2, 4, 8, 8)).shape == (2, 4, 8, 8)


def test_an_axis_is_cut_into_as_many_parts_as_asked() -> None:
    drawing = Drawing()
    x = drawing.input("float32[12, 5]")
    chunk = drawing.add("ops.chunk", x, name="subject", chunks=3)
    assert types(drawing) == dict.fromkeys(("output", "output_2", "output_3"), "float32[B, 4, 5]")
    drawing.add("ops.split", x, name="pieces", sizes=(2, 10))
    assert types(drawing, "pieces") == {
        "output": "float32[B, 2, 5]",
        "output_2": "float32[B, 10, 5]",
    }
    for port in ("output", "output_2", "output_3"):
        drawing.add("io.Output", (chunk, port))
    results = build(drawing.code()).model(torch.rand(2, 12, 5))
    assert [tuple(result.shape)[1] for result in results] == [4, 4, 4]


def test_the_two_states_of_an_lstm_go_together() -> None:
    drawing = Drawing()
    x, h = drawing.input("float32[7, 3]"), drawing.add("nn.Parameter", shape=(1, 2, 32), name="h")
    lstm = drawing.add("nn.LSTM", x, h, name="subject")
    assert ("unwired", "c_0") in problems(drawing)
    drawing.wire(drawing.add("nn.Parameter", shape=(1, 2, 32), name="c"), lstm, "c_0")
    assert "= self.subject(x, (h, c))" in drawing.code().text
    assert build(drawing.code()).model(torch.rand(2, 7, 3)).shape == (2, 7, 32)


def test_attention_without_weights_has_one_output() -> None:
    drawing = Drawing()
    x = drawing.input("float32[7, 32]")
    drawing.add("nn.MultiheadAttention", x, x, x, name="subject", need_weights=False)
    assert types(drawing) == {"output": "float32[B, 7, 32]"}
    assert "self.subject(x, x, x, need_weights=False)" in drawing.code().text
    assert build(drawing.code()).model(torch.rand(2, 7, 32)).shape == (2, 7, 32)


def test_widths_of_keys_are_read_off_only_where_they_differ() -> None:
    drawing = Drawing()
    query, key = drawing.input("float32[7, 32]", "q"), drawing.input("float32[5, 12]", "k")
    drawing.add("nn.MultiheadAttention", query, key, key, name="other")
    drawing.add("nn.MultiheadAttention", query, query, query, name="same")
    text = drawing.code().text
    assert "self.other = nn.MultiheadAttention(32, 4, kdim=12, vdim=12, batch_first=True)" in text
    assert "self.same = nn.MultiheadAttention(32, 4, batch_first=True)" in text
    assert "kdim" in drawing.analysis().nodes["other"].inferred


def test_a_mask_is_a_port_that_may_stay_free() -> None:
    drawing = Drawing()
    x = drawing.input("float32[7, 32]")
    mask = drawing.add("ops.causal_mask", x, name="mask")
    layer = drawing.add("nn.TransformerEncoderLayer", x, mask, name="subject")
    assert types(drawing) == {"output": "float32[B, 7, 32]"}
    drawing.do(SetParam(layer, "is_causal", True))
    assert "self.subject(x, mask, is_causal=True)" in drawing.code().text
    drawing.add("ops.scaled_dot_product_attention", x, x, x, mask)
    assert problems(drawing) == []


def test_a_learned_tensor_is_a_parameter_of_the_model() -> None:
    drawing = Drawing()
    x = drawing.input("float32[16, 64]")
    token = drawing.add("nn.Parameter", shape=(1, 16, 64), name="position")
    drawing.add("ops.add", x, token, name="subject")
    analysis = drawing.analysis()
    assert analysis.parameters == 16 * 64
    assert analysis.nodes["subject"].outputs["output"] == Tensor(
        (analysis.nodes["x"].outputs["output"].dims[0], 16, 64)  # type: ignore[union-attr]
    )
    names = dict(build(drawing.code()).model.named_parameters())
    assert list(names) == ["position"]
    assert 0 < names["position"].std() < 0.05


def test_class_weights_reach_the_loss() -> None:
    drawing = Drawing()
    scores, label = drawing.input("float32[3]", "scores"), drawing.input("int64[]", "label")
    drawing.add("loss.CrossEntropyLoss", scores, label, weight=[1, 2, 0.5])
    text = drawing.code().text
    assert "nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0, 0.5]))" in text
    assert "import torch\n" in text


def test_the_palette_has_one_form_of_each_thing() -> None:
    for name in ("ops.softmax", "ops.flatten", "ops.relu", "nn.UpsamplingNearest2d"):
        assert not CATALOG[name].listed
    titles = [kind.title.lower() for kind in CATALOG.values() if kind.listed]
    twice = {title for title in titles if titles.count(title) > 1}
    assert twice <= {"linear", "unfold"}  # those of ops take other things than their namesakes
