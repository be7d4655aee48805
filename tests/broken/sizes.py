"""Projects whose sizes or dtypes don't fit."""

from __future__ import annotations

from tests.broken.drawn import begun, choice, design, lay, measures, net, pictures, sequences, words
from tests.broken.table import broken, sound
from tests.drawing import Drawing

HEAD = ("Flatten", "Linear out_features=10")
CONV = "Conv2d out_channels=8"


@broken("rank", "conv")
def channel_axis_missing() -> Drawing:
    return net(pictures(8, 8), CONV, "ReLU", *HEAD)


@broken("rank", "conv")
def batch_axis_lost() -> Drawing:
    drawing, data = begun(pictures(3, 8, 8))
    x = lay(drawing, (data, "image"), "select dim=0 index=0", CONV, "ReLU")
    drawing.add("io.Output", x, name="out")
    return drawing


@broken("rank", "conv")
def flattened_too_early() -> Drawing:
    return net(pictures(), "Flatten", CONV, "ReLU", *HEAD)


@broken("rank", "norm")
def norm_for_other_axes() -> Drawing:
    return design("float32[3, 16, 16]", "Conv2d out_channels=8 bias=False",
                  "BatchNorm1d name=norm", "ReLU")  # fmt: skip


@sound("rank")
def axes_as_expected() -> Drawing:
    return net(pictures(8, 8), "unsqueeze dim=1", CONV, "ReLU", *HEAD)


@broken("dtype", "linear")
def whole_numbers_into_a_linear() -> Drawing:
    return net(words(), "Linear out_features=16", "ReLU", "Linear out_features=10")


@broken("dtype", "embedding")
def decimals_into_an_embedding() -> Drawing:
    lines = ("Embedding num_embeddings=9 embedding_dim=8", "mean dim=1", "Linear out_features=10")
    return net(choice(measures().fields[0], words().fields[1]), *lines)


@sound("dtype")
def cast_on_purpose() -> Drawing:
    return net(words(), "to dtype='float32'", "LayerNorm", "Linear out_features=16", "ReLU",
               "Linear out_features=10")  # fmt: skip


@broken("size", "linear")
def not_flattened_for_a_typed_size() -> Drawing:
    lines = ("Linear in_features=64 out_features=16", "ReLU", "Linear out_features=10")
    return net(pictures(), *lines)


@broken("size", "conv2")
def typed_channels_of_another_layer() -> Drawing:
    return net(pictures(), CONV, "ReLU", "Conv2d in_channels=16 out_channels=8", "ReLU", *HEAD)


@broken("size", "conv")
def typed_colours_at_the_wrong_axis() -> Drawing:
    return design("float32[32, 32, 3]", "Conv2d in_channels=3 out_channels=8", "ReLU")


@sound("size")
def typed_size_that_fits() -> Drawing:
    return net(pictures(), "Flatten", "Linear in_features=64 out_features=10")


@broken("divide", "attention")
def heads_that_do_not_divide() -> Drawing:
    drawing = Drawing()
    x = drawing.input("float32[12, 6]")
    y = drawing.add("nn.MultiheadAttention", x, x, x, name="attention", num_heads=4)
    drawing.add("io.Output", y, name="out")
    return drawing


@broken("divide", "conv2")
def groups_that_do_not_divide() -> Drawing:
    return net(pictures(), CONV, "ReLU", "Conv2d out_channels=9 groups=3", "ReLU", *HEAD)


@sound("divide")
def heads_that_divide() -> Drawing:
    drawing = Drawing()
    x = drawing.input("float32[12, 6]")
    y = drawing.add("nn.MultiheadAttention", x, x, x, num_heads=3)
    drawing.add("io.Output", y, name="out")
    return drawing


@broken("window", "max_pool4")
def pooled_away() -> Drawing:
    return net(pictures(), CONV, "ReLU", *(["MaxPool2d"] * 4), *HEAD)


@broken("window", "conv")
def filter_larger_than_the_map() -> Drawing:
    return net(pictures(), "Conv2d out_channels=8 kernel_size=11 padding=0", "ReLU", *HEAD)


@sound("window")
def pooled_to_one_pixel() -> Drawing:
    return net(pictures(), CONV, "ReLU", *(["MaxPool2d"] * 3), *HEAD)


@broken("pool_padding", "max_pool")
def more_padding_than_half_the_window() -> Drawing:
    return net(pictures(), CONV, "ReLU", "MaxPool2d kernel_size=2 padding=2", *HEAD)


@broken("pool_padding", "avg_pool")
def much_padding_of_a_mean() -> Drawing:
    return net(pictures(), CONV, "ReLU", "AvgPool2d kernel_size=3 padding=2", *HEAD)


@sound("pool_padding")
def half_the_window_of_padding() -> Drawing:
    return net(pictures(), CONV, "ReLU", "MaxPool2d kernel_size=3 stride=2 padding=1", *HEAD)


def residual(body: tuple[str, ...], kind: str = "add") -> Drawing:
    drawing, data = begun(pictures())
    x = lay(drawing, (data, "image"), CONV, "ReLU")
    end = lay(drawing, drawing.add(f"ops.{kind}", x, lay(drawing, x, *body), name="joined"), *HEAD)
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@broken("broadcast", "joined")
def shortcut_with_fewer_channels() -> Drawing:
    return residual(("Conv2d out_channels=16", "ReLU"))


@broken("broadcast", "joined")
def shortcut_with_a_larger_map() -> Drawing:
    return residual(("Conv2d out_channels=16 stride=2", "ReLU"))


@broken("broadcast", "joined")
def scale_without_its_axes() -> Drawing:
    return residual(("AdaptiveAvgPool2d output_size=1", "Flatten"), "mul")


@sound("broadcast")
def shortcut_of_equal_sizes() -> Drawing:
    return residual(("Conv2d out_channels=8", "ReLU"))


@broken("cat", "joined")
def joined_maps_of_other_sizes() -> Drawing:
    return residual(("Conv2d out_channels=8 stride=2", "ReLU"), "cat")


@broken("cat", "joined")
def joined_along_the_wrong_axis() -> Drawing:
    drawing = Drawing()
    x = drawing.input("float32[4, 8]")
    y = lay(drawing, x, "Linear out_features=6")
    drawing.add("io.Output", drawing.add("ops.cat", x, y, name="joined", dim=1), name="out")
    return drawing


@sound("cat")
def joined_maps_of_equal_sizes() -> Drawing:
    return residual(("Conv2d out_channels=3", "ReLU"), "cat")


def scores_of(turned: bool) -> Drawing:
    drawing = Drawing()
    x = drawing.input("float32[12, 6]")
    query, key = lay(drawing, x, "Linear out_features=4"), lay(drawing, x, "Linear out_features=4")
    key = lay(drawing, key, "transpose dim0=1 dim1=2") if turned else key
    drawing.add("io.Output", drawing.add("ops.matmul", query, key, name="product"), name="out")
    return drawing


@broken("matmul", "product")
def keys_not_transposed() -> Drawing:
    return scores_of(turned=False)


@broken("matmul", "product")
def matrices_that_do_not_meet() -> Drawing:
    drawing, data = begun(sequences())
    x = (data, "steps")
    weight = lay(drawing, x, "Linear out_features=4", "Softmax dim=1")
    product = drawing.add("ops.matmul", weight, x, name="product")
    end = lay(drawing, product, *HEAD)
    drawing.add("loss.CrossEntropyLoss", end, (data, "label"))
    return drawing


@sound("matmul")
def keys_transposed() -> Drawing:
    return scores_of(turned=True)
