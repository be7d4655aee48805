"""Layers of torch.nn. One entry a kind; torch is not imported here.

Signatures and defaults: https://docs.pytorch.org/docs/stable/nn.html
"""

from __future__ import annotations

from graphcore.kinds.kind import Infer, Kind, Param, Port
from graphcore.kinds.params import Bool, Choice, Float, Int, Ints, Size

DOCS = "https://docs.pytorch.org/docs/stable/generated/torch.nn."
IMPORT = ("from torch import nn",)
PADDING_MODES = Choice(("zeros", "reflect", "replicate", "circular"))
INPLACE = Param("inplace", Bool(), False, help="Overwrite the input to save memory.")
BIAS = Param("bias", Bool(), True, help="Add a learnable offset.")


def _layer(
    name: str,
    family: str,
    help: str,
    *params: Param,
    icon: str = "",
    summary: str = "",
    inputs: tuple[Port, ...] = (Port("input"),),
    outputs: tuple[Port, ...] = (Port("output"),),
    words: tuple[str, ...] = (),
    unpack: str = "",
) -> Kind:
    return Kind(
        name=f"nn.{name}", family=family, icon=icon or family, help=help, inputs=inputs,
        outputs=outputs, params=params, imports=IMPORT, construct=f"nn.{name}({{args}})",
        role="layer", summary=summary, url=f"{DOCS}{name}.html", words=words, unpack=unpack,
    )  # fmt: skip


def _in(name: str, axis: int, help: str) -> Param:
    return Param(name, Int(1), infer=Infer("input", axis), help=help)


def _convolutions(axes: int) -> list[Kind]:
    n = axes
    channels = _in("in_channels", 1, "Channels of the input.")
    out = Param("out_channels", Int(1), start=16, help="Filters learned; channels of the output.")
    kernel = Param("kernel_size", Size(n, 1), start=3, help="Size of the filter.", unit="px")
    stride = Param("stride", Size(n, 1), 1, help="Step of the filter.", unit="px")
    padding = Param("padding", Size(n, 0, ("same", "valid")), 0, start=1,
                    help="Cells added at each edge.", unit="px")  # fmt: skip
    dilation = Param("dilation", Size(n, 1), 1, help="Distance between the filter's cells.")
    groups = Param("groups", Int(1), 1, help="Groups of channels that don't see each other.")
    mode = Param("padding_mode", PADDING_MODES, "zeros", help="What is added at the edges.")
    summary = "{out_channels} ch · {kernel_size|×} · pad {padding}"
    return [
        _layer(f"Conv{n}d", "convolution", f"Slides learned filters over {n} axes.",
               channels, out, kernel, stride, padding, dilation, groups, BIAS, mode,
               summary=summary),
        _layer(f"ConvTranspose{n}d", "convolution", "Enlarges a map with learned filters.",
               channels, out, kernel, stride, Param("padding", Size(n), 0, help="Cells cut off."),
               Param("output_padding", Size(n), 0, help="Cells added at one side of the output."),
               groups, BIAS, dilation, summary="{out_channels} ch · {kernel_size|×}"),
    ]  # fmt: skip


def _normalizations(axes: int) -> Kind:
    return _layer(
        f"BatchNorm{axes}d", "normalization", "Centres and scales each channel over the batch.",
        _in("num_features", 1, "Channels of the input."),
        Param("eps", Float(0), 1e-5, help="Added to the variance."),
        Param("momentum", Float(0, 1), 0.1, optional=True, help="How fast the running mean moves."),
        Param("affine", Bool(), True, help="Learn a scale and an offset."),
        Param("track_running_stats", Bool(), True, help="Keep a mean for evaluation."),
        summary="{num_features} ch",
    )  # fmt: skip


def _poolings(axes: int) -> list[Kind]:
    n = axes
    kernel = Param("kernel_size", Size(n, 1), start=2, help="Size of the window.", unit="px")
    stride = Param("stride", Size(n, 1), None, optional=True, help="Step; empty: the window's.")
    padding = Param("padding", Size(n), 0, help="Cells added at each edge.")
    ceil = Param("ceil_mode", Bool(), False, help="Keep a last window that is not full.")
    target = Param("output_size", Size(n, 1), start=1, help="Size of the output.", unit="px")
    return [
        _layer(f"MaxPool{n}d", "pooling", "Keeps the largest value of each window.",
               kernel, stride, padding, Param("dilation", Size(n, 1), 1, help="Distance."), ceil,
               summary="{kernel_size|×}"),
        _layer(f"AvgPool{n}d", "pooling", "Takes the mean of each window.",
               kernel, stride, padding, ceil,
               Param("count_include_pad", Bool(), True, help="Count added cells in the mean."),
               summary="{kernel_size|×}"),
        _layer(f"AdaptiveAvgPool{n}d", "pooling", "Takes means so that the output has this size.",
               target, summary="output {output_size|×}"),
        _layer(f"AdaptiveMaxPool{n}d", "pooling", "Takes maxima so that the output has this size.",
               target, summary="output {output_size|×}"),
    ]  # fmt: skip


def _activations() -> list[Kind]:
    dim = Param("dim", Int(-8, 8), None, start=-1, optional=True, help="Axis that sums to one.")
    alpha = Param("alpha", Float(), 1.0, help="Where the negative side levels off.")

    def make(name: str, help: str, *params: Param, summary: str = "") -> Kind:
        return _layer(name, "activation", help, *params, summary=summary)

    return [
        make("ReLU", "Keeps what is positive, zeroes the rest.", INPLACE),
        make("LeakyReLU", "ReLU that lets a little of the negative side through.",
             Param("negative_slope", Float(), 0.01, help="Slope below zero."), INPLACE,
             summary="slope {negative_slope}"),
        make("ELU", "Smooth below zero, straight above.", alpha, INPLACE),
        make("SELU", "ELU scaled so that activations keep their spread.", INPLACE),
        make("GELU", "Smooth ReLU of transformers.",
             Param("approximate", Choice(("none", "tanh")), "none", help="Faster formula.")),
        make("SiLU", "x times its sigmoid; also called swish.", INPLACE),
        make("Mish", "x times tanh of its softplus.", INPLACE),
        make("Softplus", "Smooth ReLU that never reaches zero.",
             Param("beta", Float(), 1.0, help="Sharpness."),
             Param("threshold", Float(), 20.0, help="Straight above this.")),
        make("Sigmoid", "Squeezes every value between 0 and 1."),
        make("Tanh", "Squeezes every value between -1 and 1."),
        make("Hardtanh", "Cuts values off at two limits.",
             Param("min_val", Float(), -1.0, help="Lower limit."),
             Param("max_val", Float(), 1.0, help="Upper limit."), INPLACE),
        make("Hardswish", "SiLU from straight pieces.", INPLACE),
        make("Softmax", "Turns scores into shares that sum to one.", dim, summary="dim {dim}"),
        make("LogSoftmax", "The logarithm of softmax.", dim, summary="dim {dim}"),
        make("PReLU", "LeakyReLU with a learned slope.",
             Param("num_parameters", Int(1), 1, help="Slopes: one, or one a channel."),
             Param("init", Float(), 0.25, help="Slope at the start.")),
    ]  # fmt: skip


def _recurrent() -> list[Kind]:
    state = Port("hx", "State at the start.", optional=True)
    params = (
        _in("input_size", -1, "Features of each step."),
        Param("hidden_size", Int(1), start=32, help="Features of the state."),
        Param("num_layers", Int(1, 1000), 1, help="Layers on top of each other."),
        BIAS,
        Param("batch_first", Bool(), False, start=True, help="Input is [batch, time, features]."),
        Param("dropout", Float(0, 1), 0.0, help="Share dropped between layers."),
        Param("bidirectional", Bool(), False, help="Also read from the end."),
    )
    gru = _layer("GRU", "recurrent", "Reads a sequence step by step, with gates.", *params,
                 inputs=(Port("input"), state), outputs=(Port("output"), Port("h_n")),
                 summary="{hidden_size} hidden")  # fmt: skip
    lstm = _layer("LSTM", "recurrent", "Reads a sequence with gates and a long memory.", *params,
                  inputs=(Port("input"),),
                  outputs=(Port("output"), Port("h_n"), Port("c_n")),
                  unpack="{output}, ({h_n}, {c_n})",
                  summary="{hidden_size} hidden")  # fmt: skip
    return [gru, lstm]


def _others() -> list[Kind]:
    p = Param("p", Float(0, 1), 0.5, start=0.2, help="Share set to zero while training.")
    shape = Param("normalized_shape", Ints(1), infer=Infer("input", -1), help="Axes at the end.")
    return [
        _layer("Linear", "linear", "Every output is a weighted sum of all inputs.",
               _in("in_features", -1, "Features of the input."),
               Param("out_features", Int(1), start=64, help="Features of the output."), BIAS,
               summary="{in_features} → {out_features}", words=("dense", "fully connected")),
        _layer("Bilinear", "linear", "Weighted sum of all products of two inputs.",
               Param("in1_features", Int(1), infer=Infer("input1", -1), help="Features of one."),
               Param("in2_features", Int(1), infer=Infer("input2", -1), help="Features of two."),
               Param("out_features", Int(1), start=64, help="Features of the output."), BIAS,
               inputs=(Port("input1"), Port("input2")), summary="→ {out_features}"),
        _layer("Embedding", "embedding", "A learned vector for each number.",
               Param("num_embeddings", Int(1), start=1000, help="How many numbers there are."),
               Param("embedding_dim", Int(1), start=64, help="Length of each vector."),
               Param("padding_idx", Int(), None, optional=True, help="Number that stays zero."),
               inputs=(Port("input", dtype="integer"),),
               summary="{num_embeddings} × {embedding_dim}"),
        _layer("Flatten", "shape", "Makes one axis of several.",
               Param("start_dim", Int(-8, 8), 1, help="First axis."),
               Param("end_dim", Int(-8, 8), -1, help="Last axis."),
               summary="from axis {start_dim}"),
        _layer("Unflatten", "shape", "Makes several axes of one.",
               Param("dim", Int(-8, 8), start=1, help="The axis."),
               Param("unflattened_size", Ints(-1), start=(1, -1), help="Its new sizes; -1: rest."),
               summary="{unflattened_size|×}"),
        _layer("Identity", "shape", "Passes its input on unchanged."),
        _layer("Dropout", "dropout", "Zeroes random values while training.", p, INPLACE,
               summary="p {p}"),
        _layer("Dropout2d", "dropout", "Zeroes random channels while training.", p, INPLACE,
               summary="p {p}"),
        _layer("LayerNorm", "normalization", "Centres and scales each sample over its last axis.",
               shape, Param("eps", Float(0), 1e-5, help="Added to the variance."),
               Param("elementwise_affine", Bool(), True, help="Learn a scale and an offset."),
               BIAS, summary="{normalized_shape|×}"),
        _layer("GroupNorm", "normalization", "Centres and scales groups of channels.",
               Param("num_groups", Int(1), start=4, help="Groups of channels."),
               _in("num_channels", 1, "Channels of the input."),
               Param("eps", Float(0), 1e-5, help="Added to the variance."),
               Param("affine", Bool(), True, help="Learn a scale and an offset."),
               summary="{num_groups} groups"),
        _layer("Upsample", "shape", "Enlarges a map by copying or blending.",
               Param("size", Size(2, 1), None, optional=True, help="Size of the output."),
               Param("scale_factor", Float(0), None, start=2.0, optional=True, help="How much."),
               Param("mode", Choice(("nearest", "bilinear", "bicubic")), "nearest", help="How."),
               summary="× {scale_factor}"),
        _layer("ZeroPad2d", "shape", "Adds zeros at the edges.",
               Param("padding", Size(4), start=1, help="Left, right, top, bottom.", unit="px")),
        _layer("MultiheadAttention", "attention", "Every step looks at every other, in heads.",
               Param("embed_dim", Int(1), infer=Infer("query", -1), help="Features of a step."),
               Param("num_heads", Int(1), start=4, help="Heads; must divide the features."),
               Param("dropout", Float(0, 1), 0.0, help="Share of weights dropped."), BIAS,
               Param("batch_first", Bool(), False, start=True, help="Input is [batch, time, …]."),
               inputs=(Port("query"), Port("key"), Port("value")),
               outputs=(Port("output"), Port("weights")), summary="{num_heads} heads"),
    ]  # fmt: skip


LAYERS: tuple[Kind, ...] = (
    *(kind for axes in (1, 2, 3) for kind in _convolutions(axes)),
    *(_normalizations(axes) for axes in (1, 2, 3)),
    *_activations(),
    *(kind for axes in (1, 2, 3) for kind in _poolings(axes)),
    *_others(),
    *_recurrent(),
)
