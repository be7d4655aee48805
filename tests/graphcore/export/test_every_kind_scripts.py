"""Every kind can be shipped as TorchScript, or is refused in a sentence; a new one by existing."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphcore.errors import UserError
from graphcore.export.making import Order, check, make
from graphcore.export.torchscript import TORCHSCRIPT, load
from graphcore.kinds.kind import Kind
from tests.examples import COMPUTED, drawing_of


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


@pytest.mark.parametrize(
    "kind", [kind for kind in COMPUTED if not kind.scripts], ids=lambda kind: kind.name
)
def test_what_can_not_be_scripted_is_refused_in_a_sentence(kind: Kind, tmp_path: Path) -> None:
    order = Order(drawing_of(kind).project, None, "initial", None, TORCHSCRIPT)
    with pytest.raises(UserError, match="TorchScript can't express"):
        make(order, tmp_path / "m", tmp_path / "e")
