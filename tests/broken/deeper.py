"""The same mistakes where they hide: in blocks, under a repeat, in formulas of nodes."""

from __future__ import annotations

from graphcore.project.data import DataChoice, Field
from graphcore.types import Tensor
from tests.broken.drawn import LABEL, choice, measures, pictures, sequences, words
from tests.broken.table import broken, sound
from tests.drawing import Drawing, Source
from tests.sketch import Sketch

X = Field("x", Tensor((6,)), -1.0, 1.0)
FEW = choice(X, LABEL)
YES = choice(X, Field("y", Tensor((1,)), 0.0, 1.0))


def chain(sketch: Sketch, source: Source, *lines: tuple[str, dict[str, object]]) -> Source:
    """Layers one after the other, each a kind and its params; `name` names it."""
    for kind, params in lines:
        settings = dict(params)
        name = str(settings.pop("name", ""))
        source = sketch.add(kind, source, name=name, **settings)
    return source


def block(sketch: Sketch, name: str, *lines: tuple[str, dict[str, object]]) -> None:
    """A block of these layers."""
    inside = sketch.block(name)
    inside.y(chain(inside, inside.x(), *lines))


def classified(data: DataChoice, *lines: tuple[str, dict[str, object]], **blocks: object) -> Sketch:
    """The first field through these layers into a loss against the label."""
    sketch = Sketch(data)
    for name, inner in blocks.items():
        assert isinstance(inner, tuple)
        block(sketch, name, *inner)
    source = sketch.add("data.Dataset")
    first, second = (item.name for item in data.fields[:2])
    end = chain(sketch, (source, first), *lines)
    sketch.add("loss.CrossEntropyLoss", end, (source, second), name="loss")
    return sketch


def linear(size: int, **more: object) -> tuple[str, dict[str, object]]:
    return "nn.Linear", {"out_features": size, **more}


RELU: tuple[str, dict[str, object]] = ("nn.ReLU", {})
HIDDEN = (linear(16), RELU)


@broken("softmax_before_loss", "head.shares")
def softmax_inside_the_head() -> Drawing:
    head = (linear(10), ("nn.Softmax", {"dim": -1, "name": "shares"}))
    return classified(FEW, *HIDDEN, ("block.Head", {}), Head=head)


@broken("softmax_before_loss", "shares")
def softmax_by_exp_and_sum() -> Drawing:
    sketch = Sketch(FEW)
    data = sketch.add("data.Dataset")
    scores = chain(sketch, (data, "x"), *HIDDEN, linear(10))
    e = sketch.add("ops.exp", scores)
    total = sketch.add("ops.sum", e, dim=1, keepdim=True)
    sketch.add("loss.CrossEntropyLoss", sketch.add("ops.div", e, total, name="shares"),
               (data, "label"))  # fmt: skip
    return sketch


@broken("softmax_before_loss", "shares")
def logarithm_of_a_softmax() -> Drawing:
    softmax = ("nn.Softmax", {"dim": -1, "name": "shares"})
    return classified(FEW, *HIDDEN, linear(10), softmax, ("ops.log", {}))


@sound("softmax_before_loss")
def softmax_as_a_gate_of_experts() -> Drawing:
    sketch = Sketch(FEW)
    data = sketch.add("data.Dataset")
    gate = chain(sketch, (data, "x"), linear(10), ("nn.Softmax", {"dim": -1}))
    expert = chain(sketch, (data, "x"), *HIDDEN, linear(10))
    mixed = sketch.add("ops.mul", gate, expert)
    sketch.add("loss.CrossEntropyLoss", mixed, (data, "label"))
    return sketch


def answered(kind: str, make_end: str) -> Sketch:
    sketch = Sketch(YES)
    data = sketch.add("data.Dataset")
    x = (data, "x")
    match make_end:
        case "sum":
            one, other = chain(sketch, x, linear(1)), chain(sketch, x, *HIDDEN, linear(1))
            end = sketch.add("ops.add", one, other)
        case "mixture":
            z, a, b = (sketch.add("nn.Sigmoid", chain(sketch, x, linear(1))) for _ in range(3))
            rest = sketch.add("ops.sub", sketch.add("ops.ones_like", z), z)
            end = sketch.add("ops.add", sketch.add("ops.mul", z, a), sketch.add("ops.mul", rest, b))
        case _:
            other = chain(sketch, x, *HIDDEN, linear(1))
            end = sketch.add("ops.clamp", sketch.add("nn.Sigmoid", other, name="sure"),
                             min=0.01, max=0.99)  # fmt: skip
    sketch.add(f"loss.{kind}", end, (data, "y"), name="loss")
    return sketch


@broken("bce_without_sigmoid", "loss")
def bce_on_a_sum_of_scores() -> Drawing:
    return answered("BCELoss", "sum")


@sound("bce_without_sigmoid")
def bce_on_a_mixture_of_probabilities() -> Drawing:
    return answered("BCELoss", "mixture")


@sound("bce_without_sigmoid")
def bce_on_a_clamped_probability() -> Drawing:
    return answered("BCELoss", "clamp")


@broken("sigmoid_before_loss", "sure")
def sigmoid_behind_a_clamp() -> Drawing:
    return answered("BCEWithLogitsLoss", "clamp")


@broken("target_range", "scaled")
def gate_scaled_too_little() -> Drawing:
    data = measures(0, 50)
    sketch = Sketch(data)
    source = sketch.add("data.Dataset")
    gate = chain(sketch, (source, "x"), *HIDDEN, linear(1), ("nn.Sigmoid", {}))
    by = sketch.add("ops.constant", value=[5.0])
    end = sketch.add("ops.mul", gate, by, name="scaled")
    sketch.add("loss.MSELoss", end, (source, "y"), name="loss")
    return sketch


@sound("target_range")
def gate_scaled_to_the_target() -> Drawing:
    sketch = Sketch(measures(0, 5))
    source = sketch.add("data.Dataset")
    gate = chain(sketch, (source, "x"), *HIDDEN, linear(1), ("nn.Sigmoid", {}))
    end = sketch.add("ops.mul", gate, sketch.add("ops.constant", value=[5.0]))
    sketch.add("loss.MSELoss", end, (source, "y"))
    return sketch


@broken("classes", "loss")
def too_few_outputs_inside_the_head() -> Drawing:
    return classified(FEW, *HIDDEN, ("block.Head", {}), Head=(linear(5),))


@broken("classes", "loss")
def too_few_outputs_of_a_sum() -> Drawing:
    sketch = Sketch(FEW)
    data = sketch.add("data.Dataset")
    wide = chain(sketch, (data, "x"), linear(5))
    deep = chain(sketch, (data, "x"), *HIDDEN, linear(5))
    sketch.add("loss.CrossEntropyLoss", sketch.add("ops.add", wide, deep), (data, "label"),
               name="loss")  # fmt: skip
    return sketch


@broken("dropout_last", "head.drop")
def dropout_at_the_end_of_the_head() -> Drawing:
    head = (linear(10), ("nn.Dropout", {"name": "drop"}))
    return classified(FEW, *HIDDEN, ("block.Head", {}), Head=head)


@sound("dropout_last")
def dropout_at_the_end_of_a_body() -> Drawing:
    return classified(FEW, ("block.Body", {}), linear(10), Body=(*HIDDEN, ("nn.Dropout", {})))


@broken("embedding_range", "words.table")
def too_few_rows_inside_a_block() -> Drawing:
    table = ("nn.Embedding", {"num_embeddings": 40, "embedding_dim": 8, "name": "table"})
    mean = ("ops.mean", {"dim": 1})
    lines = (("block.Words", {"name": "words"}), mean, linear(10))
    return classified(words(50), *lines, Words=(table,))


@broken("embedding_range", "places")
def too_few_rows_for_the_places() -> Drawing:
    sketch = Sketch(words(50, length=12))
    data = sketch.add("data.Dataset")
    x = (data, "tokens")
    table = sketch.add("nn.Embedding", x, num_embeddings=50, embedding_dim=8)
    places = sketch.add("nn.Embedding", sketch.add("ops.positions", x), name="places",
                        num_embeddings=10, embedding_dim=8)  # fmt: skip
    total = chain(
        sketch, sketch.add("ops.add", table, places), ("ops.mean", {"dim": 1}), linear(10)
    )
    sketch.add("loss.CrossEntropyLoss", total, (data, "label"))
    return sketch


@sound("embedding_range")
def indices_folded_into_a_small_table() -> Drawing:
    sketch = Sketch(words(50))
    data = sketch.add("data.Dataset")
    by = sketch.add("ops.constant", value=[16], dtype="int64")
    small = sketch.add("ops.remainder", (data, "tokens"), by)
    table = ("nn.Embedding", {"num_embeddings": 16, "embedding_dim": 8})
    end = chain(sketch, small, table, ("ops.mean", {"dim": 1}), linear(10))
    sketch.add("loss.CrossEntropyLoss", end, (data, "label"))
    return sketch


@broken("no_gradient", "cut.stop")
def detached_inside_a_block() -> Drawing:
    stop = ("ops.detach", {"name": "stop"})
    return classified(FEW, *HIDDEN, ("block.Cut", {}), linear(10), Cut=(stop,))


@broken("no_gradient", "second")
def loss_of_weight_zero() -> Drawing:
    sketch = classified(FEW, *HIDDEN, linear(10))
    relu, data = sketch.project.graph.by_name("relu"), sketch.project.graph.by_name("data")
    assert relu is not None
    assert data is not None
    second = sketch.add("nn.Linear", relu.id, out_features=10, name="second")
    sketch.add("loss.CrossEntropyLoss", second, (data.id, "label"), weight=0.0)
    sketch.add("io.Output", second, name="others")
    return sketch


@broken("unused", "part.dead")
def dead_branch_inside_a_block() -> Drawing:
    sketch = Sketch()
    inside = sketch.block("Body")
    x = inside.x()
    inside.add("nn.Linear", x, out_features=4, name="dead")
    inside.y(chain(inside, x, *HIDDEN))
    sketch.y(sketch.add("block.Body", sketch.x(type_text="float32[6]"), name="part"))
    return sketch


@broken("deep_plain", "layer")
def twenty_four_turns_of_a_plain_block() -> Drawing:
    turns = ("block.Layer", {"name": "layer", "repeat": 24})
    return classified(FEW, linear(8), RELU, turns, linear(10), Layer=(linear(8), RELU))


@sound("deep_plain")
def twenty_four_turns_of_a_residual_block() -> Drawing:
    sketch = Sketch(FEW)
    inside = sketch.block("Layer")
    x = inside.x()
    inside.y(inside.add("ops.add", x, chain(inside, x, linear(6), RELU)))
    data = sketch.add("data.Dataset")
    turns = sketch.add("block.Layer", (data, "x"), repeat=24)
    sketch.add("loss.CrossEntropyLoss", chain(sketch, turns, linear(10)), (data, "label"))
    return sketch


@broken("receptive_field", "layer.5.conv")
def six_turns_beyond_the_picture() -> Drawing:
    params = {"out_channels": 4, "kernel_size": 5, "padding": 2, "name": "conv"}
    turns = ("block.Layer", {"name": "layer", "repeat": 6})
    first = ("nn.Conv2d", {"out_channels": 4, "kernel_size": 1, "padding": 0})
    lines = (first, RELU, turns, ("nn.Flatten", {}), linear(10))
    return classified(pictures(), *lines, Layer=(("nn.Conv2d", params), RELU))


@broken("inputs_not_normalized", "data")
def bytes_into_a_block() -> Drawing:
    lines = (("nn.Flatten", {}), ("block.Body", {}), linear(10))
    return classified(pictures(high=255.0), *lines, Body=HIDDEN)


@broken("inputs_not_normalized", "data")
def whole_bytes_cast_to_decimals() -> Drawing:
    image = Field("image", Tensor((1, 8, 8), "uint8"), 0.0, 255.0)
    lines = (("ops.to", {"dtype": "float32"}), ("nn.Flatten", {}), *HIDDEN, linear(10))
    return classified(choice(image, LABEL), *lines)


@sound("inputs_not_normalized")
def bytes_divided_in_the_drawing() -> Drawing:
    sketch = Sketch(pictures(high=255.0))
    data = sketch.add("data.Dataset")
    small = sketch.add("ops.div", (data, "image"), sketch.add("ops.constant", value=[255.0]))
    end = chain(sketch, small, ("nn.Flatten", {}), *HIDDEN, linear(10))
    sketch.add("loss.CrossEntropyLoss", end, (data, "label"))
    return sketch


@sound("broadcasting")
def mean_taken_off() -> Drawing:
    sketch = Sketch(FEW)
    data = sketch.add("data.Dataset")
    mean = sketch.add("ops.mean", (data, "x"), dim=1, keepdim=True)
    end = chain(sketch, sketch.add("ops.sub", (data, "x"), mean), *HIDDEN, linear(10))
    sketch.add("loss.CrossEntropyLoss", end, (data, "label"))
    return sketch


@broken("in_place", "drop")
def dropout_in_place_behind_a_relu() -> Drawing:
    drop = ("nn.Dropout", {"inplace": True, "name": "drop"})
    return classified(FEW, *HIDDEN, drop, linear(10))


@broken("channels_last", "conv")
def signal_with_its_channels_at_the_end() -> Drawing:
    data = choice(Field("wave", Tensor((100, 3)), -1.0, 1.0), LABEL)
    conv = ("nn.Conv1d", {"out_channels": 8, "kernel_size": 9, "padding": 4, "name": "conv"})
    lines = (conv, RELU, ("nn.Flatten", {}), linear(10))
    return classified(data, *lines)


@broken("bias_before_norm", "mix")
def bias_of_a_linear_before_a_turned_norm() -> Drawing:
    turn = ("ops.transpose", {"dim0": 1, "dim1": 2})
    norm = ("nn.BatchNorm1d", {})
    lines = (linear(8, name="mix"), turn, norm, RELU, ("nn.Flatten", {}), linear(10))
    return classified(sequences(), *lines)


@broken("no_nonlinearity", "linear2")
def two_linears_and_a_constant() -> Drawing:
    sketch = Sketch(FEW)
    data = sketch.add("data.Dataset")
    first = sketch.add("nn.Linear", (data, "x"), out_features=16)
    half = sketch.add("ops.mul", first, sketch.add("ops.constant", value=[0.5]))
    end = sketch.add("nn.Linear", half, out_features=10, name="linear2")
    sketch.add("loss.CrossEntropyLoss", end, (data, "label"))
    return sketch


@sound("padding_only")
def three_wide_filter_on_two_pixels() -> Drawing:
    wide = ("nn.Conv2d", {"out_channels": 8})
    small = ("nn.MaxPool2d", {"kernel_size": 4})
    return classified(pictures(), wide, RELU, small, wide, RELU, ("nn.Flatten", {}), linear(10))


@sound("no_nonlinearity")
def compressed_by_a_pointwise_filter() -> Drawing:
    conv = ("nn.Conv2d", {"out_channels": 16})
    thin = ("nn.Conv2d", {"out_channels": 8, "kernel_size": 1, "padding": 0})
    return classified(pictures(), conv, RELU, thin, ("nn.Flatten", {}), linear(10))
