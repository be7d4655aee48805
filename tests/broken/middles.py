"""Projects that are wrong in the middle: layers that undo or hinder each other."""

from __future__ import annotations

from tests.broken.drawn import (
    begun,
    choice,
    design,
    lay,
    measures,
    net,
    pictures,
    planned,
    sequences,
)
from tests.broken.table import broken, sound
from tests.drawing import Drawing

HEAD = ("Flatten", "Linear out_features=10")
BN = "BatchNorm2d"
CONV = "Conv2d out_channels=8 bias=False"


@broken("no_nonlinearity", "linear2")
def two_linears() -> Drawing:
    return net(pictures(), "Flatten", "Linear out_features=32", "Linear out_features=10")


@broken("no_nonlinearity", "linear2")
def two_linears_with_dropout_between() -> Drawing:
    lines = ("Flatten", "Linear out_features=32", "Dropout", "Linear out_features=10")
    return net(pictures(), *lines)


@broken("no_nonlinearity", "conv2")
def two_convolutions() -> Drawing:
    lines = ("Conv2d out_channels=16", "Conv2d out_channels=8", "ReLU", *HEAD)
    return net(pictures(), *lines)


@broken("no_nonlinearity", "linear")
def convolution_and_linear() -> Drawing:
    return net(pictures(), "Conv2d out_channels=8", "AvgPool2d", *HEAD)


@sound("no_nonlinearity")
def bottleneck_of_an_autoencoder() -> Drawing:
    drawing, data = begun(pictures())
    lines = ("Flatten", "Linear out_features=32", "ReLU", "Linear out_features=4",
             "Linear out_features=32", "ReLU", "Linear out_features=64", "Sigmoid",
             "Unflatten dim=1 unflattened_size=(1,8,8)")  # fmt: skip
    drawing.add("loss.MSELoss", lay(drawing, (data, "image"), *lines), (data, "image"))
    return drawing


@sound("no_nonlinearity")
def depthwise_and_pointwise() -> Drawing:
    lines = ("Conv2d out_channels=8", "ReLU", "Conv2d out_channels=8 groups=8",
             "Conv2d out_channels=16 kernel_size=1 padding=0", "ReLU", *HEAD)  # fmt: skip
    return net(pictures(), *lines)


@sound("no_nonlinearity")
def max_pool_bends_too() -> Drawing:
    return net(pictures(), "Conv2d out_channels=8", "MaxPool2d", *HEAD)


@broken("bias_before_norm", "conv")
def bias_before_batchnorm() -> Drawing:
    return net(pictures(), "Conv2d out_channels=8", BN, "ReLU", *HEAD)


@broken("bias_before_norm", "linear")
def bias_of_a_linear_before_batchnorm() -> Drawing:
    lines = ("Flatten", "Linear out_features=16", "BatchNorm1d", "ReLU", "Linear out_features=10")
    return net(pictures(), *lines)


@sound("bias_before_norm")
def no_bias_before_batchnorm() -> Drawing:
    return net(pictures(), CONV, BN, "ReLU", *HEAD)


@sound("bias_before_norm")
def bias_before_layernorm() -> Drawing:
    lines = ("Flatten", "Linear out_features=16", "LayerNorm", "ReLU", "Linear out_features=10")
    return net(pictures(), *lines)


@broken("batchnorm_single", "batchnorm1")
def batchnorm_with_batches_of_one() -> Drawing:
    lines = ("Flatten", "Linear out_features=16 bias=False", "BatchNorm1d name=batchnorm1", "ReLU",
             "Linear out_features=10")  # fmt: skip
    return planned(net(pictures(), *lines), batch_size=1)


@broken("batchnorm_single", "norm")
def batchnorm_on_one_pixel() -> Drawing:
    lines = (CONV, "ReLU", "AdaptiveAvgPool2d output_size=1", f"{BN} name=norm", *HEAD)
    return net(pictures(), *lines)


@sound("batchnorm_single")
def batchnorm_before_the_pooling() -> Drawing:
    return net(pictures(), CONV, BN, "ReLU", "AdaptiveAvgPool2d output_size=1", *HEAD)


@broken("leftover_batch", "norm")
def one_sample_left_over() -> Drawing:
    lines = ("Flatten", "Linear out_features=16 bias=False", "BatchNorm1d name=norm", "ReLU",
             "Linear out_features=10")  # fmt: skip
    data = choice(*pictures().fields, samples=161)
    return planned(net(data, *lines), batch_size=64)


@broken("leftover_batch", "norm")
def one_sample_left_over_on_features() -> Drawing:
    data = choice(*measures().fields, samples=126)
    lines = ("BatchNorm1d name=norm", "Linear out_features=8", "Tanh", "Linear out_features=1")
    return planned(net(data, *lines, loss="MSELoss"), batch_size=20)


@sound("leftover_batch")
def two_samples_left_over() -> Drawing:
    data = choice(*measures().fields, samples=128)
    lines = ("BatchNorm1d", "Linear out_features=8", "Tanh", "Linear out_features=1")
    return planned(net(data, *lines, loss="MSELoss"), batch_size=20)


@broken("dropout_before_norm", "dropout")
def dropout_right_before_batchnorm() -> Drawing:
    return net(pictures(), CONV, "Dropout p=0.3", BN, "ReLU", *HEAD)


@broken("dropout_before_norm", "drop")
def dropout_and_relu_before_batchnorm() -> Drawing:
    return net(pictures(), CONV, "Dropout2d p=0.3 name=drop", "ReLU", BN, *HEAD)


@sound("dropout_before_norm")
def dropout_behind_batchnorm() -> Drawing:
    return net(pictures(), CONV, BN, "ReLU", "Dropout p=0.3", *HEAD)


@broken("batch_first", "lstm")
def lstm_with_batch_first_unset() -> Drawing:
    lines = ("LSTM hidden_size=8 batch_first=False name=lstm", "select dim=1 index=-1")
    return net(sequences(), *lines, "Linear out_features=10")


@broken("batch_first", "attention")
def attention_with_batch_first_unset() -> Drawing:
    drawing, data = begun(sequences())
    x = (data, "steps")
    y = drawing.add("nn.MultiheadAttention", x, x, x, name="attention", num_heads=2,
                    batch_first=False)  # fmt: skip
    end = lay(drawing, y, "mean dim=1", "Linear out_features=10")
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@broken("batch_first", "gru")
def features_read_as_one_sequence() -> Drawing:
    drawing, data = begun(choice(measures().fields[0], *pictures().fields[1:]))
    end = lay(drawing, (data, "x"), "GRU hidden_size=8 name=gru", "Flatten start_dim=1",
              "Linear out_features=10")  # fmt: skip
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@sound("batch_first")
def time_first_on_purpose() -> Drawing:
    lines = ("transpose dim0=0 dim1=1", "LSTM hidden_size=8 batch_first=False",
             "select dim=0 index=-1", "Linear out_features=10")  # fmt: skip
    return net(sequences(), *lines)


@broken("in_place", "relu")
def in_place_under_a_shortcut() -> Drawing:
    drawing, data = begun(pictures())
    x = lay(drawing, (data, "image"), CONV, BN)
    y = lay(drawing, x, "ReLU inplace=True", "Conv2d out_channels=8")
    end = lay(drawing, drawing.add("ops.add", x, y), *HEAD)
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@broken("in_place", "relu")
def in_place_on_the_data() -> Drawing:
    lines = ("Flatten", "ReLU inplace=True", "Linear out_features=10")
    return net(pictures(), *lines)


@sound("in_place")
def in_place_on_a_value_of_its_own() -> Drawing:
    return net(pictures(), CONV, BN, "ReLU inplace=True", *HEAD)


@broken("channels_last", "conv")
def colours_at_the_end() -> Drawing:
    return net(pictures(16, 16, 3), "Conv2d out_channels=8", "ReLU", *HEAD)


@broken("channels_last", "conv")
def colours_at_the_end_of_a_design() -> Drawing:
    return design("float32[224, 224, 3]", "Conv2d out_channels=8", "ReLU")


@sound("channels_last")
def colours_at_axis_one() -> Drawing:
    return net(pictures(3, 16, 16), "Conv2d out_channels=8", "ReLU", *HEAD)


@broken("padding_only", "conv2")
def filter_on_a_single_pixel() -> Drawing:
    lines = (CONV, "ReLU", "AdaptiveAvgPool2d output_size=1", "Conv2d out_channels=8", "ReLU")
    return net(pictures(), *lines, *HEAD)


@broken("padding_only", "wide")
def dilated_beyond_the_map() -> Drawing:
    line = "Conv2d out_channels=8 kernel_size=3 dilation=6 padding=6 name=wide"
    return net(pictures(), line, "ReLU", *HEAD)


@sound("padding_only")
def filter_as_wide_as_the_map() -> Drawing:
    lines = ("Conv2d out_channels=8 kernel_size=7 padding=3", "ReLU", "MaxPool2d", *HEAD)
    return net(pictures(), *lines)


SMALL = "Conv2d out_channels=4 kernel_size=5 padding=2"


@broken("receptive_field", "conv5")
def sees_beyond_the_picture() -> Drawing:
    return net(pictures(), *([SMALL, "ReLU"] * 6), *HEAD)


@broken("receptive_field", "pool")
def pooled_before_enough_is_seen() -> Drawing:
    lines = ("Conv2d out_channels=4", "ReLU", "Conv2d out_channels=4", "ReLU",
             "AdaptiveAvgPool2d output_size=1 name=pool", "Flatten",
             "Linear out_features=10")  # fmt: skip
    return design("float32[3, 64, 64]", *lines)


@sound("receptive_field")
def sees_most_of_the_picture() -> Drawing:
    lines = ("Conv2d out_channels=4", "ReLU", "MaxPool2d", "Conv2d out_channels=4", "ReLU",
             "AdaptiveAvgPool2d output_size=1", "Flatten", "Linear out_features=10")  # fmt: skip
    return net(pictures(1, 16, 16), *lines)


@broken("broadcasting", "add")
def shortcut_of_one_channel() -> Drawing:
    drawing, data = begun(pictures())
    body = lay(drawing, (data, "image"), "Conv2d out_channels=8", "ReLU")
    end = lay(drawing, drawing.add("ops.add", body, (data, "image"), name="add"), *HEAD)
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@broken("broadcasting", "sub")
def every_sample_with_every_other() -> Drawing:
    drawing = Drawing()
    x = drawing.input("float32[4]")
    one = lay(drawing, x, "Linear out_features=1")
    other = lay(drawing, x, "mean dim=1")
    sub = drawing.add("ops.sub", one, other, name="sub")
    drawing.add("io.Output", sub, name="out")
    return drawing


@sound("broadcasting")
def squeeze_and_excite() -> Drawing:
    drawing, data = begun(pictures())
    x = lay(drawing, (data, "image"), "Conv2d out_channels=8", "ReLU")
    lines = ("AdaptiveAvgPool2d output_size=1", "Conv2d out_channels=2 kernel_size=1 padding=0",
             "ReLU", "Conv2d out_channels=8 kernel_size=1 padding=0", "Sigmoid")  # fmt: skip
    end = lay(drawing, drawing.add("ops.mul", x, lay(drawing, x, *lines)), *HEAD)
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@sound("broadcasting")
def pairwise_distances() -> Drawing:
    drawing = Drawing()
    x = lay(drawing, drawing.input("float32[4]"), "Linear out_features=3")
    a, b = lay(drawing, x, "unsqueeze dim=0"), lay(drawing, x, "unsqueeze dim=1")
    drawing.add("io.Output", drawing.add("ops.sub", a, b), name="out")
    return drawing


def beginning(name: str, drawing: Drawing, setting: dict[str, object]) -> Drawing:
    """The drawing whose node of that name begins so."""
    node = drawing.project.graph.by_name(name)
    assert node is not None
    drawing.setting(node.id, "init", setting)
    return drawing


PLAIN_CONV = "Conv2d out_channels=8 bias=False"


@broken("init", "norm")
def kaiming_for_a_norm() -> Drawing:
    drawing = net(pictures(), PLAIN_CONV, f"{BN} name=norm", "ReLU", *HEAD)
    return beginning("norm", drawing, {"name": "kaiming_normal_"})


@broken("init", "hidden")
def dirac_for_a_linear() -> Drawing:
    drawing = net(pictures(), "Flatten", "Linear out_features=64 name=hidden", "ReLU", *HEAD[1:])
    return beginning("hidden", drawing, {"name": "dirac_"})


@broken("init", "conv")
def more_groups_than_divide() -> Drawing:
    drawing = net(pictures(), "Conv2d out_channels=8 name=conv", "ReLU", *HEAD)
    return beginning("conv", drawing, {"name": "dirac_", "params": {"groups": 3}})


@sound("init")
def each_layer_begins_as_it_can() -> Drawing:
    drawing = net(pictures(), PLAIN_CONV, f"{BN} name=norm", "ReLU", *HEAD)
    beginning("conv", drawing, {"name": "kaiming_normal_", "params": {"nonlinearity": "relu"}})
    beginning("norm", drawing, {"name": "constant_", "params": {"val": 0.5}})
    return beginning("linear", drawing, {"name": "xavier_uniform_", "bias": {"name": "normal_"}})
