"""Projects whose axes, cells and edges don't come out, and products that don't meet."""

from __future__ import annotations

from graphcore.project.data import Field
from graphcore.types import Tensor
from tests.broken.drawn import begun, choice, design, lay, measures, net, pictures, sequences
from tests.broken.table import broken, sound
from tests.drawing import Drawing

HEAD = ("Flatten", "Linear out_features=10")
CONV = "Conv2d out_channels=8"


@broken("axis", "softmax")
def softmax_over_an_axis_that_is_not_there() -> Drawing:
    lines = ("Linear out_features=8", "Softmax dim=3", *HEAD)
    return net(sequences(), *lines)


@broken("axis", "permute")
def order_for_more_axes() -> Drawing:
    return net(sequences(), "permute dims=(0,3,1,2)", "Linear out_features=8", "ReLU", *HEAD)


@broken("axis", "select")
def step_after_the_last() -> Drawing:
    lines = ("GRU hidden_size=8", "select dim=1 index=12", "Linear out_features=10")
    return net(sequences(), *lines)


@sound("axis")
def axis_behind_the_last() -> Drawing:
    return design("float32[8]", "unsqueeze dim=2", "Linear out_features=4")


@sound("axis")
def axis_of_what_is_indexed() -> Drawing:
    drawing = Drawing()
    x, which = drawing.input("float32[12, 6]"), drawing.add("ops.arange", end=3)
    chosen = drawing.add("ops.index_select", x, which, dim=2)
    drawing.add("io.Output", chosen, name="out")
    return drawing


@sound("axis")
def axes_from_the_end() -> Drawing:
    return net(sequences(), "GRU hidden_size=8", "mean dim=-2", "Linear out_features=10")


@broken("numel", "unflatten")
def too_few_cells_for_the_map() -> Drawing:
    lines = ("Linear out_features=60", "ReLU", "Unflatten dim=1 unflattened_size=(4,4,4)",
             "Conv2d out_channels=4", "ReLU", "Flatten", "Linear out_features=1")  # fmt: skip
    return net(measures(), *lines, loss="MSELoss")


@broken("numel", "reshape")
def shape_without_the_batch() -> Drawing:
    return net(sequences(), "reshape shape=(64,72)", "Linear out_features=10")


@broken("numel", "unflatten")
def heads_that_leave_a_rest() -> Drawing:
    return design("float32[12, 30]", "unflatten dim=2 sizes=(4,-1)")


@sound("numel")
def heads_split_and_joined() -> Drawing:
    lines = ("unflatten dim=2 sizes=(3,-1)", "reshape shape=(-1,12,6)", "GRU hidden_size=8",
             "select dim=1 index=-1", "Linear out_features=10")  # fmt: skip
    return net(sequences(), *lines)


@broken("edges", "pad")
def mirror_wider_than_the_map() -> Drawing:
    lines = (CONV, "ReLU", "MaxPool2d kernel_size=4", "ReflectionPad2d padding=3 name=pad", *HEAD)
    return net(pictures(), *lines)


@broken("edges", "conv2")
def filter_with_a_mirrored_edge() -> Drawing:
    wide = "Conv2d out_channels=4 kernel_size=5 padding=2 padding_mode='reflect' name=conv2"
    return net(pictures(), CONV, "ReLU", "MaxPool2d kernel_size=4", wide, "ReLU", *HEAD)


@sound("edges")
def mirror_as_wide_as_can_be() -> Drawing:
    return net(pictures(), "ReflectionPad2d padding=7", CONV, "ReLU", *HEAD)


def two_values(kind: str, other: str, **params: object) -> Drawing:
    drawing = Drawing()
    x, y = drawing.input("float32[12, 6]"), drawing.input(other, "y")
    drawing.add("io.Output", drawing.add(kind, x, y, name="both", **params), name="out")
    return drawing


@broken("stack", "both")
def stacked_sequences_of_other_widths() -> Drawing:
    return two_values("ops.stack", "float32[12, 8]", dim=1)


@broken("stack", "both")
def stacked_values_of_other_widths() -> Drawing:
    drawing, data = begun(sequences())
    x = lay(drawing, (data, "steps"), "Linear out_features=6", "ReLU")
    y = lay(drawing, x, "Linear out_features=4", "Tanh")
    both = drawing.add("ops.stack", x, y, name="both", dim=1)
    drawing.add("loss.CrossEntropyLoss", lay(drawing, both, *HEAD), (data, "label"))
    return drawing


@sound("stack")
def stacked_sequences_of_equal_widths() -> Drawing:
    return two_values("ops.stack", "float32[12, 6]", dim=1)


@broken("attention", "both")
def queries_wider_than_keys() -> Drawing:
    drawing = Drawing()
    x = drawing.input("float32[12, 6]")
    query, key = lay(drawing, x, "Linear out_features=8"), lay(drawing, x, "Linear out_features=6")
    both = drawing.add("ops.scaled_dot_product_attention", query, key, x, name="both")
    drawing.add("io.Output", both, name="out")
    return drawing


@broken("attention", "both")
def values_of_another_sequence() -> Drawing:
    drawing, data = begun(sequences())
    x = (data, "steps")
    value = lay(drawing, x, "slice subscript=':,1:'")
    both = drawing.add("nn.MultiheadAttention", x, x, value, name="both", num_heads=2)
    drawing.add("loss.CrossEntropyLoss", lay(drawing, both, *HEAD), (data, "label"))
    return drawing


@sound("attention")
def values_wider_than_keys() -> Drawing:
    drawing = Drawing()
    x = drawing.input("float32[12, 6]")
    value = lay(drawing, x, "Linear out_features=9")
    both = drawing.add("ops.scaled_dot_product_attention", x, x, value, name="both")
    drawing.add("io.Output", both, name="out")
    return drawing


@broken("einsum", "both")
def one_letter_for_two_sizes() -> Drawing:
    return two_values("ops.einsum", "float32[4, 9]", equation="bij, bkj -> bik")


@broken("einsum", "both")
def a_letter_too_many() -> Drawing:
    return two_values("ops.einsum", "float32[6]", equation="bij, bjk -> bik")


@sound("einsum")
def one_letter_for_each_size() -> Drawing:
    return two_values("ops.einsum", "float32[4, 6]", equation="bij, bkj -> bik")


@broken("instancenorm_single", "norm")
def instance_norm_on_one_pixel() -> Drawing:
    lines = ("Conv2d out_channels=8 kernel_size=8 padding=0", "InstanceNorm2d name=norm", "ReLU")
    return net(pictures(), *lines, *HEAD)


@broken("instancenorm_single", "norm")
def instance_norm_on_one_step() -> Drawing:
    lines = ("Conv1d out_channels=8 kernel_size=12 padding=0", "InstanceNorm1d name=norm", "ReLU")
    return net(sequences(), "transpose dim0=1 dim1=2", *lines, *HEAD)


@sound("instancenorm_single")
def instance_norm_on_a_map() -> Drawing:
    return net(pictures(), "Conv2d out_channels=8 bias=False", "InstanceNorm2d", "ReLU", *HEAD)


@broken("dropout_axes", "drop")
def channels_dropped_from_a_sequence() -> Drawing:
    lines = ("Linear out_features=8", "ReLU", "Dropout3d p=0.2 name=drop", *HEAD)
    return net(sequences(), *lines)


@broken("dropout_axes", "drop")
def channels_dropped_of_a_volume() -> Drawing:
    lines = ("Conv3d out_channels=4", "ReLU", "Dropout2d p=0.2 name=drop", *HEAD)
    return net(pictures(1, 4, 4, 4), *lines)


@sound("dropout_axes")
def channels_dropped_of_a_signal() -> Drawing:
    lines = ("transpose dim0=1 dim1=2", "Conv1d out_channels=8", "ReLU", "Dropout1d p=0.2", *HEAD)
    return net(sequences(), *lines)


@broken("rank", "gru")
def map_into_a_recurrent_layer() -> Drawing:
    lines = (CONV, "ReLU", "GRU hidden_size=8", "select dim=1 index=-1", "Linear out_features=10")
    return net(pictures(), *lines)


@broken("dtype", "linear")
def double_precision_into_a_linear() -> Drawing:
    return design("float64[8]", "Linear out_features=4")


@broken("dtype", "mean")
def mean_of_whole_numbers() -> Drawing:
    return design("int64[8]", "mean dim=-1")


@broken("divide", "pixel_shuffle")
def channels_that_make_no_square() -> Drawing:
    return design("float32[3, 8, 8]", "Conv2d out_channels=6", "PixelShuffle upscale_factor=2")


@broken("divide", "glu")
def gate_of_an_odd_half() -> Drawing:
    return net(measures(), "Linear out_features=9", "GLU", "Linear out_features=1", loss="MSELoss")


@broken("broadcast", "joined")
def convolution_without_its_padding() -> Drawing:
    drawing, data = begun(pictures())
    x = lay(drawing, (data, "image"), CONV, "ReLU")
    body = lay(drawing, x, "Conv2d out_channels=8 padding=0", "ReLU")
    end = lay(drawing, drawing.add("ops.add", x, body, name="joined"), *HEAD)
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@broken("cat", "joined")
def odd_map_through_a_u() -> Drawing:
    drawing = Drawing()
    x = drawing.input("float32[4, 15, 15]")
    y = lay(drawing, x, "MaxPool2d", "Upsample scale_factor=2.0")
    drawing.add("io.Output", drawing.add("ops.cat", x, y, name="joined"), name="out")
    return drawing


@broken("target_dtype", "loss")
def one_hot_whole_numbers() -> Drawing:
    shares = Field("y", Tensor((10,), "int64"), 0.0, 1.0)
    lines = ("Flatten", "Linear out_features=16", "ReLU", "Linear out_features=10")
    return net(choice(pictures().fields[0], shares), *lines)


@broken("shape", "cross")
def vectors_of_four_in_a_cross_product() -> Drawing:
    drawing = Drawing()
    x = lay(drawing, drawing.input("float32[4]"), "Linear out_features=4")
    y = drawing.input("float32[3]", "y")
    drawing.add("io.Output", drawing.add("ops.cross", x, y, name="cross"), name="out")
    return drawing


@broken("shape", "lstm")
def first_state_without_its_layers() -> Drawing:
    drawing = Drawing()
    x, h, c = (drawing.input(t, n) for t, n in
               (("float32[12, 8]", "x"), ("float32[4]", "h"), ("float32[4]", "c")))  # fmt: skip
    end = drawing.add("nn.LSTM", x, h, c, name="lstm", hidden_size=4)
    for name, value in (("out", end), ("first", h), ("second", c)):
        drawing.add("io.Output", value, name=name)
    return drawing


@broken("axis", "narrow")
def places_after_the_end() -> Drawing:
    return design("float32[10, 8]", "narrow dim=1 start=8 length=5")


@broken("size", "layer_norm")
def typed_sizes_of_a_whole_map() -> Drawing:
    return design("float32[8]", "LayerNorm normalized_shape=(4,8)")
