"""Evaluate once: values and gradients that autograd finds, against hand-made ones."""

from __future__ import annotations

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.analysis.result import Value
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.importers.code import read_code
from graphcore.project.edits import SetParam
from graphcore.training.evaluate import evaluate_by_path, evaluate_once
from graphcore.training.statistics import statistics_of
from tests.drawing import Drawing, digits_cnn, two_heads, value_of


def parabola() -> tuple[Drawing, str, str]:
    """y = x² + 3x of constants; the ids of x and y."""
    drawing = Drawing()
    x = drawing.add("ops.constant", name="x", value=2.0, requires_grad=True)
    square = drawing.add("ops.pow", x, name="square", exponent=2.0)
    three = drawing.add("ops.constant", name="three", value=3.0)
    triple = drawing.add("ops.mul", three, x, name="triple")
    return drawing, x, drawing.add("ops.add", square, triple, name="y")


def test_the_slope_of_a_parabola() -> None:
    drawing, x, y = parabola()
    found = evaluate_once(drawing.project, drawing.analysis(), None, value_of(y))
    assert found[value_of(y)].value.item() == 10.0
    assert found[value_of(x)].gradient.item() == 7.0

    drawing.do(SetParam(x, "value", 5.0))
    found = evaluate_once(drawing.project, drawing.analysis(), None, value_of(y))
    assert found[value_of(x)].gradient.item() == 13.0


def test_forward_alone_asks_for_no_gradient() -> None:
    drawing, x, y = parabola()
    drawing.do(SetParam(x, "requires_grad", False))
    found = evaluate_once(drawing.project, drawing.analysis())
    assert found[value_of(y)].value.item() == 10.0
    with pytest.raises(UserError, match="depends on nothing that has a gradient"):
        evaluate_once(drawing.project, drawing.analysis(), None, value_of(y))


def test_every_value_and_gradient_of_a_network() -> None:
    drawing = digits_cnn()
    analysis = drawing.analysis()
    graph = drawing.project.graph
    batch = {"image": torch.rand(4, 1, 8, 8), "label": torch.tensor([0, 1, 2, 3])}
    loss, conv = graph.by_name("loss").id, graph.by_name("conv").id
    found = evaluate_once(drawing.project, analysis, batch, value_of(loss))

    torch.manual_seed(drawing.project.plan.seed)
    built = build(drawing.code())
    mapped = built.model.conv(batch["image"])
    mapped.retain_grad()
    scores = built.model.linear(built.model.max_pool(built.model.relu(mapped)).flatten(1))
    torch.nn.functional.cross_entropy(scores, batch["label"]).backward()
    assert torch.equal(found[value_of(conv)].value, mapped)
    assert torch.allclose(found[value_of(conv)].gradient, mapped.grad)


def test_hidden_values_of_two_heads() -> None:
    drawing = two_heads()
    batch = {"image": torch.rand(2, 1, 8, 8), "label": torch.tensor([0, 1])}
    found = evaluate_once(drawing.project, drawing.analysis(), batch)
    flatten = drawing.project.graph.by_name("flatten").id
    assert found[value_of(flatten)].value.shape == (2, 1024)


def test_what_is_missing_is_said() -> None:
    network = digits_cnn()
    with pytest.raises(UserError, match="'image' has no values"):
        evaluate_once(network.project, network.analysis())
    with pytest.raises(UserError, match="nothing to evaluate"):
        evaluate_once(Drawing().project, Drawing().analysis())
    broken = digits_cnn()
    broken.do(SetParam(broken.project.graph.by_name("linear").id, "in_features", 3))
    with pytest.raises(UserError, match="expects 3 features"):
        evaluate_once(broken.project, broken.analysis())
    drawing, *_ = parabola()
    with pytest.raises(UserError, match="isn't computed"):
        evaluate_once(drawing.project, drawing.analysis(), None, Value("nowhere", "output"))


TOWERS = """
class Inner(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.line = nn.Linear(width, width)
    def forward(self, x):
        return torch.tanh(self.line(x)) + x
class Outer(nn.Module):
    def __init__(self, width=6):
        super().__init__()
        self.wide = nn.Linear(width, 6)
        self.inners = nn.ModuleList([Inner(6) for _ in range(3)])
    def forward(self, x):
        x = self.wide(x)
        for inner in self.inners:
            x = inner(x)
        return x
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.outer = Outer()
    def forward(self, x):
        return self.outer(x).relu()
"""


def test_values_inside_blocks_are_those_of_that_very_instance() -> None:
    project = read_code(TOWERS, with_ends=True)
    analysis = analyse(project)
    built = build(write_code(project, analysis))
    state = {name: value.clone() for name, value in built.model.state_dict().items()}
    heard: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}
    for path in ("outer.wide", "outer.inners.0.line", "outer.inners.2.line"):

        def hear(_: object, given: object, value: torch.Tensor, path: str = path) -> None:
            heard[path] = (given[0], value)

        built.model.get_submodule(path).register_forward_hook(hear)
    torch.manual_seed(5)
    inside = ("outer", "outer.inners.0", "outer.inners.2")
    found = evaluate_by_path(project, analysis, None, None, state, inside)
    built.model.eval()(found["x", "output"].value)
    for path, (_, value) in heard.items():
        assert torch.equal(found[path, "output"].value, value)
    assert torch.equal(found["outer.inners.2.x", "output"].value, heard["outer.inners.2.line"][0])
    assert ("outer.inners.1.line", "output") not in found
    assert statistics_of(found["outer.wide", "output"].value).shape == (2, 6)


def test_weights_of_another_drawing_are_refused() -> None:
    drawing, *_ = parabola()
    with pytest.raises(UserError, match="don't fit the drawing"):
        evaluate_by_path(drawing.project, drawing.analysis(), None, None, {"a": torch.ones(1)})
