"""Every kind can be shipped as TorchScript, or is refused in a sentence; a new one by existing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graphcore.errors import UserError
from graphcore.export.making import Order, check, make
from graphcore.export.torchscript import TORCHSCRIPT, load
from graphcore.kinds.kind import Kind
from graphcore.project.graph import NodeId
from tests.examples import COMPUTED, drawing_of
from tests.sketch import Sketch


def _is_shipped(kind: Kind) -> bool:
    ports = kind.ports(kind.starting_params())[0]
    return kind.scripts and any(not port.optional for port in ports)


@pytest.mark.parametrize("kind", list(filter(_is_shipped, COMPUTED)), ids=lambda kind: kind.name)
def test_what_is_loaded_back_gives_the_same(kind: Kind, tmp_path: Path) -> None:
    file, expected = tmp_path / "m", tmp_path / "e"
    order = Order(drawing_of(kind).project, None, "initial", None, TORCHSCRIPT)
    made = make(order, file, expected)
    assert made.samples_from == "random numbers"
    compared = check(file, expected, load)
    assert compared.passed, compared


@pytest.mark.filterwarnings("ignore:enable_nested_tensor")
@pytest.mark.parametrize(
    "kind", [kind for kind in COMPUTED if kind.refusals], ids=lambda kind: kind.name
)
def test_what_can_not_be_expressed_is_refused_in_the_kind_s_sentence(
    kind: Kind, tmp_path: Path
) -> None:
    for refusal in kind.refusals:
        params = {refusal.param: refusal.value} if refusal.param else {}
        format = replace(TORCHSCRIPT, name=refusal.format, title=refusal.format)
        order = Order(drawing_of(kind, params).project, None, "initial", None, format)
        with pytest.raises(UserError) as refused:
            make(order, tmp_path / "m", tmp_path / "e")
        assert refused.value.message.endswith(f"“subject” ({kind.title}): {refusal.why}")
        assert not (tmp_path / "m").exists()


def test_it_is_refused_inside_a_block_and_not_where_it_is_switched_off(tmp_path: Path) -> None:
    s = Sketch()
    inner = s.block("Norms")
    inner.y(inner.add("nn.CrossMapLRN2d", inner.x(), name="norm"))
    s.y(s.add("block.Norms", s.x("x", "float32[4, 6, 6]"), name="norms", repeat=2))
    order = Order(s.project, None, "initial", None, TORCHSCRIPT)
    with pytest.raises(UserError, match=r"“norms.0.norm” \(CrossMapLRN2d\): It is Python"):
        make(order, tmp_path / "m", tmp_path / "e")
    inner.setting(NodeId("norm"), "bypass", True)
    make(order, tmp_path / "m", tmp_path / "e")
