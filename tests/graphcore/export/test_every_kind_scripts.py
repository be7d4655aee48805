"""Every kind of the catalog can be shipped as TorchScript; a new kind is tested by existing."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphcore.errors import UserError
from graphcore.export.making import Order, check, make
from graphcore.export.torchscript import TORCHSCRIPT, load
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.kind import REQUIRED, Kind
from tests.drawing import Drawing

TYPES = ("float32[4, 8, 8]", "float32[8]", "float32[6, 8]", "float32[4, 8, 8, 8]", "int64[5]")
SHIPPED = sorted(kind.name for kind in CATALOG.values() if kind.role in ("layer", "op"))


def drawing_of(kind: Kind, type_text: str) -> Drawing:
    """Inputs of that type, wired to a node of that kind with the least that it needs."""
    drawing = Drawing()
    given = kind.starting_params()
    needed = [p.name for p in kind.params if p.default is REQUIRED and p.infer is None]
    params = {name: 1 for name in needed if name not in given}
    count = sum(port.fewest if port.variadic else not port.optional for port in kind.inputs)
    inputs = [drawing.input(type_text, f"x{place}") for place in range(count)]
    drawing.add(kind.name, *inputs, name="it", **params)
    return drawing


def that_works(kind: Kind) -> Drawing:
    for type_text in TYPES:
        try:
            drawing = drawing_of(kind, type_text)
        except UserError:
            continue
        analysis = drawing.analysis()
        if not analysis.blocking("export") and analysis.parts.outputs:
            return drawing
    pytest.fail(f"{kind.name} takes none of {', '.join(TYPES)}")


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_loaded_back_gives_the_same(name: str, tmp_path: Path) -> None:
    drawing = that_works(CATALOG[name])
    file, expected = tmp_path / "m", tmp_path / "e"
    order = Order(drawing.project, None, "initial", None, TORCHSCRIPT)
    made = make(order, file, expected)
    assert made.samples_from == "random numbers"
    compared = check(file, expected, load)
    assert compared.passed, compared
