"""Projects that are wrong as a whole: wires, branches, what learns, data and plan."""

from __future__ import annotations

from dataclasses import replace

from graphcore.project.edits import Set
from graphcore.project.weights import WeightsSource
from tests.broken.drawn import (
    begun,
    choice,
    design,
    lay,
    measures,
    net,
    pictures,
    rated,
    set_on,
)
from tests.broken.table import broken, sound
from tests.drawing import Drawing

HIDDEN = ("Flatten", "Linear out_features=32 name=hidden", "ReLU")
HEAD = "Linear out_features=10 name=head"


def good() -> Drawing:
    return net(pictures(), *HIDDEN, HEAD)


@broken("unwired", "loss")
def loss_without_its_target() -> Drawing:
    drawing, data = begun(pictures())
    end = lay(drawing, (data, "image"), *HIDDEN, HEAD)
    drawing.add("loss.CrossEntropyLoss", end, name="loss")
    return drawing


@broken("unwired", "add")
def sum_of_one_value() -> Drawing:
    drawing, data = begun(pictures())
    x = lay(drawing, (data, "image"), *HIDDEN)
    lay(drawing, x, "Linear out_features=32", "ReLU")
    total = drawing.add("ops.add", x, name="add")
    drawing.add("loss.CrossEntropyLoss", lay(drawing, total, HEAD), (data, "label"))
    return drawing


@sound("unwired")
def optional_ports_may_stay_empty() -> Drawing:
    return design("float32[12, 6]", "GRU hidden_size=8")


@broken("unused", "relu2")
def dead_branch() -> Drawing:
    drawing = good()
    hidden = drawing.project.graph.by_name("hidden")
    assert hidden is not None
    lay(drawing, hidden.id, "Linear out_features=8", "ReLU")
    return drawing


@broken("unused", "spare")
def dead_node() -> Drawing:
    drawing = good()
    data = drawing.project.graph.by_name("data")
    assert data is not None
    lay(drawing, (data.id, "image"), "MaxPool2d name=spare")
    return drawing


@sound("unused")
def branch_with_an_output_and_a_loss() -> Drawing:
    drawing, data = begun(pictures())
    hidden = lay(drawing, (data, "image"), *HIDDEN)
    for name in ("one", "two"):
        end = lay(drawing, hidden, "Linear out_features=10")
        drawing.add("io.Output", end, name=name)
        drawing.add("loss.CrossEntropyLoss", end, (data, "label"), name=f"loss_{name}")
    return drawing


@broken("no_gradient", "argmax", mends=False)
def argmax_before_the_loss() -> Drawing:
    drawing, data = begun(measures(0, 9, target=()))
    lines = ("Linear out_features=8", "ReLU", "Linear out_features=10", "argmax dim=1 name=argmax",
             "to dtype='float32'")  # fmt: skip
    drawing.add("loss.MSELoss", lay(drawing, (data, "x"), *lines), (data, "y"))
    return drawing


@broken("no_gradient", "round")
def rounded_before_the_loss() -> Drawing:
    lines = ("Linear out_features=8", "ReLU", "Linear out_features=1", "round name=round")
    return net(measures(), *lines, loss="MSELoss")


@broken("no_gradient", "detach")
def detached_body() -> Drawing:
    return net(pictures(), *HIDDEN, "detach name=detach", HEAD)


@broken("no_gradient", "second")
def output_without_a_loss() -> Drawing:
    drawing, data = begun(pictures())
    hidden = lay(drawing, (data, "image"), *HIDDEN)
    one = lay(drawing, hidden, HEAD)
    two = lay(drawing, hidden, "Linear out_features=10 name=second")
    drawing.add("io.Output", one, name="scores")
    drawing.add("io.Output", two, name="others")
    drawing.add("loss.CrossEntropyLoss", one, (data, "label"))
    return drawing


@sound("no_gradient")
def detached_target_of_a_second_loss() -> Drawing:
    drawing, data = begun(pictures())
    hidden = lay(drawing, (data, "image"), *HIDDEN)
    drawing.add("loss.CrossEntropyLoss", lay(drawing, hidden, HEAD), (data, "label"))
    guess = lay(drawing, (data, "image"), "Flatten", "Linear out_features=16", "ReLU",
                "Linear out_features=32")  # fmt: skip
    drawing.add("loss.MSELoss", guess, lay(drawing, hidden, "detach"), name="distill")
    return drawing


@broken("frozen", "hidden")
def frozen_at_its_random_start() -> Drawing:
    return set_on(good(), "hidden", "freeze", True)


@broken("frozen", "head")
def frozen_head() -> Drawing:
    drawing = set_on(good(), "head", "freeze", True)
    drawing.do(Set(("weights",), (WeightsSource(file="w.pt", prefix="head"),)))
    return drawing


@broken("frozen", "hidden")
def everything_frozen() -> Drawing:
    return set_on(frozen_at_its_random_start(), "head", "lr_factor", 0.0)


@sound("frozen")
def frozen_body_with_loaded_weights() -> Drawing:
    drawing = frozen_at_its_random_start()
    drawing.do(Set(("weights",), (WeightsSource(file="w.pt", prefix="hidden"),)))
    return drawing


def two_towers(second: int) -> Drawing:
    drawing, data = begun(pictures())
    flat = lay(drawing, (data, "image"), "Flatten")
    one = lay(drawing, flat, "Linear out_features=16 name=tower")
    two = lay(drawing, flat, f"Linear out_features={second} name=twin")
    both = lay(drawing, drawing.add("ops.cat", one, two), "ReLU", HEAD)
    drawing.add("loss.CrossEntropyLoss", both, (data, "label"))
    return set_on(drawing, "twin", "shares", "tower")


@broken("tied", "twin")
def shared_layers_of_other_sizes() -> Drawing:
    return two_towers(8)


@broken("tied", "twin")
def shared_layer_for_inputs_of_two_sizes() -> Drawing:
    drawing, data = begun(choice(*pictures().fields, *measures().fields))
    one = lay(drawing, (data, "image"), "Flatten", "Linear out_features=16 name=tower")
    two = lay(drawing, (data, "x"), "Linear out_features=16 name=twin")
    both = lay(drawing, drawing.add("ops.cat", one, two), "ReLU", HEAD)
    drawing.add("loss.CrossEntropyLoss", both, (data, "label"))
    return set_on(drawing, "twin", "shares", "tower")


@broken("tied", "head")
def tied_to_a_layer_that_is_gone() -> Drawing:
    return set_on(good(), "head", "ties", {"weight": "embedding.weight"})


@sound("tied")
def shared_layers_of_equal_sizes() -> Drawing:
    return two_towers(16)


@broken("deep_plain", "linear20")
def twenty_layers_without_a_norm() -> Drawing:
    return net(pictures(), "Flatten", *(["Linear out_features=16", "ReLU"] * 21), HEAD)


@broken("deep_plain", "conv20")
def twenty_convolutions_without_a_norm() -> Drawing:
    lines = ["Conv2d out_channels=4 kernel_size=1 padding=0", "ReLU"] * 22
    return design("float32[3, 32, 32]", *lines)


@sound("deep_plain")
def twenty_layers_with_skips() -> Drawing:
    drawing, data = begun(pictures())
    x = lay(drawing, (data, "image"), "Flatten", "Linear out_features=16", "ReLU")
    for _ in range(12):
        body = lay(drawing, x, "Linear out_features=16", "ReLU", "Linear out_features=16")
        x = lay(drawing, drawing.add("ops.add", x, body), "ReLU")
    drawing.add("loss.CrossEntropyLoss", lay(drawing, x, HEAD), (data, "label"))
    return drawing


@broken("inputs_not_normalized", "data")
def bytes_as_they_are() -> Drawing:
    return net(pictures(high=255.0), *HIDDEN, HEAD)


@broken("inputs_not_normalized", "data")
def years_through_an_input_node() -> Drawing:
    field = replace(measures().fields[0], low=1900.0, high=2020.0, mean=(1960.0,), std=(20.0,))
    drawing, data = begun(choice(field, measures().fields[1]))
    x = drawing.add("io.Input", (data, "x"), name="years")
    end = lay(drawing, x, "Linear out_features=8", "ReLU", "Linear out_features=1")
    drawing.add("loss.MSELoss", end, (data, "y"))
    return drawing


@sound("inputs_not_normalized")
def bytes_scaled() -> Drawing:
    drawing = net(pictures(high=255.0), *HIDDEN, HEAD)
    drawing.do(Set(("data", "normalize", "image"), "unit"))
    return drawing


@sound("inputs_not_normalized")
def bytes_normalized_by_the_first_layer() -> Drawing:
    return net(pictures(high=255.0), "BatchNorm2d", *HIDDEN, HEAD)


@broken("learning_rate", "")
def adam_with_a_rate_for_sgd() -> Drawing:
    return rated(good(), "Adam", 0.5)


@broken("learning_rate", "")
def sgd_that_stands_still() -> Drawing:
    return rated(good(), "SGD", 0.0)


@sound("learning_rate")
def sgd_with_a_large_rate() -> Drawing:
    return rated(good(), "SGD", 0.5)


@broken("lost-wire", "loss")
def field_that_is_gone() -> Drawing:
    drawing = good()
    data = drawing.project.data
    drawing.do(Set(("data",), replace(data, fields=data.fields[:1])))
    return drawing


@broken("lost-wire", "loss")
def field_with_another_name() -> Drawing:
    drawing = good()
    image, label = drawing.project.data.fields
    fields = (image, replace(label, name="digit"))
    drawing.do(Set(("data",), replace(drawing.project.data, fields=fields)))
    return drawing


@sound("lost-wire")
def fields_in_another_order() -> Drawing:
    drawing = good()
    fields = drawing.project.data.fields[::-1]
    drawing.do(Set(("data",), replace(drawing.project.data, fields=fields)))
    return drawing


@broken("term", "penalty")
def term_of_many_numbers() -> Drawing:
    drawing = good()
    hidden = drawing.project.graph.by_name("hidden")
    assert hidden is not None
    drawing.add("loss.Term", lay(drawing, hidden.id, "abs"), name="penalty")
    return drawing


@broken("term", "penalty")
def term_of_one_number_a_sample() -> Drawing:
    drawing = good()
    hidden = drawing.project.graph.by_name("hidden")
    assert hidden is not None
    drawing.add("loss.Term", lay(drawing, hidden.id, "mean dim=1"), name="penalty")
    return drawing


@sound("term")
def term_of_one_number() -> Drawing:
    drawing = good()
    hidden = drawing.project.graph.by_name("hidden")
    assert hidden is not None
    drawing.add("loss.Term", lay(drawing, hidden.id, "abs", "mean dim=None"), name="penalty")
    return drawing


def without_source(drawing: Drawing) -> Drawing:
    drawing.do(Set(("data", "source"), ""))
    return drawing


@broken("no-data", "", mends=False)
def loss_without_data() -> Drawing:
    return without_source(good())


@broken("no-data", "", mends=False)
def loss_on_an_input_without_data() -> Drawing:
    drawing = Drawing()
    x = drawing.input("float32[4]")
    end = lay(drawing, x, "Linear out_features=4")
    drawing.add("loss.MSELoss", end, drawing.input("float32[4]", "y"))
    return drawing


@sound("no-data")
def design_without_data() -> Drawing:
    return design("float32[4]", "Linear out_features=4", "ReLU")
