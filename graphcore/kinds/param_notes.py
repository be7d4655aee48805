"""What torch doesn't say of its params: help, ranges, units, words, where a new node begins.

A row is found by `Class.param`, by `Stem.param` (`Conv.padding` for all of Conv1d to Conv3d), or
by the param alone.
"""

from __future__ import annotations

from typing import NamedTuple

from graphcore.kinds.kind import REQUIRED, Infer
from graphcore.kinds.layer_notes import stem_of
from graphcore.kinds.params import INFINITE, Bool, Choice, Float, Int, Ints, ParamType, Size
from graphcore.kinds.texts import Named, Weights


class Note(NamedTuple):
    """Help, start, the lowest value, a unit, a type instead of the signature's, a title."""

    help: str
    start: object = REQUIRED
    low: int | None = None
    unit: str = ""
    type: ParamType | None = None
    title: str = ""


_DIM = Int(-8, 8)
_SHARE = Float(0, 1)
_FIRST = "Start at True: data here is [batch, time, features]; torch's own default is time first."
_CAUSAL = "Say that the mask hides what comes later; empty: torch looks, which takes time."
_REDUCTION = Choice(("mean", "sum"))
_TIMES = Float(0.001)
_PART = Float(0.001, 0.999)
_POSITIVE = Float(1e-30)
_ANY = Float(words=INFINITE)
_NORM = Float(0, words=("inf",))
_NORM_HELP = "The norm: 2 is the straight line, 1 along the axes, inf the longest of them."

NOTES: dict[str, Note] = {
    # sizes read off the input
    "in_channels": Note("Channels of the input.", low=1),
    "num_features": Note("Channels of the input.", low=1),
    "num_channels": Note("Channels of the input.", low=1),
    "in_features": Note("Features of the input.", low=1),
    "in1_features": Note("Features of one.", low=1),
    "in2_features": Note("Features of two.", low=1),
    "input_size": Note("Features of each step.", low=1),
    "normalized_shape": Note("Axes at the end.", low=1),
    "embed_dim": Note("Features of a step.", low=1),
    "kdim": Note("Features of a key's step; empty: those of the query.", low=1),
    "vdim": Note("Features of a value's step; empty: those of the query.", low=1),
    "d_model": Note("Features of a step.", low=1),
    # what is chosen
    "out_channels": Note("Filters learned; channels of the output.", 16, 1),
    "out_features": Note("Features of the output.", 64, 1),
    "hidden_size": Note("Features of the state.", 32, 1),
    "num_layers": Note("Layers on top of each other.", low=1, type=Int(1, 1000)),
    "TransformerEncoder.num_layers": Note("Layers on top of each other.", 2, type=Int(1, 1000)),
    "TransformerDecoder.num_layers": Note("Layers on top of each other.", 2, type=Int(1, 1000)),
    "proj_size": Note("Features that the output is reduced to; 0: not at all."),
    "num_heads": Note("Heads; must divide the features.", 4, 1),
    "nhead": Note("Heads; must divide the features.", 4, 1),
    "num_encoder_layers": Note("Layers of the encoder.", low=1, type=Int(1, 1000)),
    "num_decoder_layers": Note("Layers of the decoder.", low=1, type=Int(1, 1000)),
    "dim_feedforward": Note("Features between the two Linear layers.", low=1),
    "num_groups": Note("Groups of channels.", 4, 1),
    "num_embeddings": Note("How many numbers there are.", 1000, 1),
    "embedding_dim": Note("Length of each vector.", 64, 1),
    "n_classes": Note("How many classes there are.", 1000, 2),
    "num_classes": Note("How many classes there are.", 10, 1),
    "cutoffs": Note("Classes after which a rarer group begins, commonest first.", (100, 500),
                    type=Ints(1)),
    "div_value": Note("How much smaller each rarer group's vectors are.", type=Float(1)),
    "head_bias": Note("Add a learnable offset to the commonest classes."),
    "LinearCrossEntropyLoss.out_features": Note("More axes of the target, if it has them.",
                                                type=Ints(1, fewest=0)),
    # windows
    "kernel_size": Note("Size of the window.", 2, 1, "px"),
    "Conv.kernel_size": Note("Size of the filter.", 3, 1, "px"),
    "ConvTranspose.kernel_size": Note("Size of the filter.", 3, 1, "px"),
    "LPPool1d.kernel_size": Note("Size of the window.", 2, unit="px", type=Int(1)),
    "LPPool1d.stride": Note("Step; empty: the window's.", unit="px", type=Int(1)),
    "FractionalMaxPool.kernel_size": Note("Size of the window.", 2, 1, "px"),
    "stride": Note("Step; empty: the window's.", low=1, unit="px"),
    "Conv.stride": Note("Step of the filter.", low=1, unit="px"),
    "ConvTranspose.stride": Note("Step of the filter.", low=1, unit="px"),
    "Fold.stride": Note("Step from patch to patch.", low=1, unit="px"),
    "Unfold.stride": Note("Step from patch to patch.", low=1, unit="px"),
    "padding": Note("Cells added at each edge.", unit="px"),
    "Conv.padding": Note("Cells added at each edge.", 1, unit="px"),
    "ConvTranspose.padding": Note("Cells cut off at each edge.", unit="px"),
    **{f"{name}Pad{n}d.padding": Note(f"Cells added: {sides}.", 1, unit="px")
       for name in ("Zero", "Constant", "Reflection", "Replication", "Circular")
       for n, sides in ((1, "left, right"), (2, "left, right, top, bottom"),
                        (3, "left, right, top, bottom, front, back"))},
    "ConstantPad.value": Note("What is added.", 0.0, type=_ANY),
    "output_padding": Note("Cells added at one side of the output.", unit="px"),
    "dilation": Note("Distance between the window's cells.", low=1),
    "Conv.dilation": Note("Distance between the filter's cells.", low=1),
    "groups": Note("Groups of channels that don't see each other.", low=1),
    "ChannelShuffle.groups": Note("Groups to mix.", 2, 1),
    "padding_mode": Note("What is added at the edges."),
    "ceil_mode": Note("Keep a last window that is not full."),
    "return_indices": Note("Also say where each value was, for MaxUnpool."),
    "ConvTranspose.padding_mode": Note("What is cut off at the edges was computed from zeros.",
                                       type=Choice(("zeros",))),
    "count_include_pad": Note("Count added cells in the mean."),
    "divisor_override": Note("Divide by this instead of the window's size.", low=1),
    "output_size": Note("Size of the output.", 1, 1, "px"),
    "Fold.output_size": Note("Size of the output.", 4, 1, "px"),
    "ConvTranspose.output_size": Note("Size of the output, where several are possible.",
                                      type=Ints(1), unit="px"),
    "MaxUnpool.output_size": Note("Size of the output, where several are possible.",
                                  type=Ints(1), unit="px"),
    "FractionalMaxPool.output_size": Note("Size of the output.", low=1, unit="px"),
    "output_ratio": Note("Size of the output as a share of the input's.", 0.5, type=_PART),
    "LPPool.norm_type": Note("The power: 1 sums, 2 is a root mean square.", 2.0, type=Float(0.1)),
    # how layers compute
    "bias": Note("Add a learnable offset."),
    "eps": Note("Added where it is divided by, so that nothing is divided by zero.",
                type=Float(0)),
    **{f"{name}Norm.eps": Note("Added to the variance; torch trains only above zero.",
                               type=_POSITIVE) for name in ("Batch", "SyncBatch")},
    "momentum": Note("How fast the running mean moves.", type=_SHARE),
    "affine": Note("Learn a scale and an offset."),
    "elementwise_affine": Note("Learn a scale and an offset."),
    "RMSNorm.elementwise_affine": Note("Learn a scale."),
    "RMSNorm.eps": Note("Added to the mean square; empty: the dtype's own smallest step.",
                        type=Float(0)),
    "track_running_stats": Note("Keep a mean for evaluation."),
    "inplace": Note("Overwrite the input to save memory."),
    "size": Note("Channels that are looked at together.", 5, 1),
    "LocalResponseNorm.alpha": Note("How much strong neighbours damp."),
    "CrossMapLRN2d.alpha": Note("How much strong neighbours damp."),
    "LocalResponseNorm.beta": Note("The power of the damping."),
    "CrossMapLRN2d.beta": Note("The power of the damping."),
    "k": Note("Damping where all is quiet."),
    "alpha": Note("Where the negative side levels off."),
    "CELU.alpha": Note("Where the negative side levels off.", type=Float(0.001)),
    "negative_slope": Note("Slope below zero."),
    "lower": Note("Smallest slope below zero."),
    "upper": Note("Largest slope below zero."),
    "num_parameters": Note("Slopes: one, or one a channel.", low=1),
    "init": Note("Slope at the start."),
    "approximate": Note("Faster formula.", type=Choice(("none", "tanh"))),
    "beta": Note("Sharpness."),
    "threshold": Note("Straight above this."),
    "Threshold.threshold": Note("The limit.", 0.0),
    "Threshold.value": Note("What replaces it.", 0.0, type=_ANY),
    "lambd": Note("How far from zero.", type=Float(0)),
    "min_val": Note("Lower limit.", type=_ANY),
    "max_val": Note("Upper limit.", type=_ANY),
    "dim": Note("The axis; 0 is the batch.", type=_DIM),
    "Softmax.dim": Note("Axis that sums to one.", -1, type=_DIM),
    "Softmin.dim": Note("Axis that sums to one.", -1, type=_DIM),
    "LogSoftmax.dim": Note("Axis that sums to one.", -1, type=_DIM),
    "GLU.dim": Note("Axis that is halved.", type=_DIM),
    "CosineSimilarity.dim": Note("Axis of the vectors.", type=_DIM),
    "PairwiseDistance.p": Note(_NORM_HELP, type=_NORM),
    "keepdim": Note("Keep the axis with size 1."),
    "start_dim": Note("First axis.", type=_DIM),
    "end_dim": Note("Last axis.", type=_DIM),
    "Unflatten.dim": Note("The axis.", 1, type=_DIM),
    "unflattened_size": Note("Its new sizes; -1: rest.", (1, -1), type=Ints(-1)),
    "upscale_factor": Note("How much larger.", 2, 1),
    "downscale_factor": Note("How much smaller.", 2, 1),
    "Upsample.size": Note("Size of the output.", type=Size(2, 1), unit="px"),
    "UpsamplingNearest2d.size": Note("Size of the output.", type=Size(2, 1), unit="px"),
    "UpsamplingBilinear2d.size": Note("Size of the output.", type=Size(2, 1), unit="px"),
    "scale_factor": Note("How many times larger.", 2.0, type=_TIMES),
    "Upsample.mode": Note("How values between are found.", type=Choice(
        ("nearest", "nearest-exact", "linear", "bilinear", "bicubic", "trilinear"))),
    "align_corners": Note("Let the corners' centres meet; for linear, bilinear and bicubic."),
    "recompute_scale_factor": Note("Use the factor that the rounded output size has."),
    "p": Note("Share set to zero while training.", 0.2, type=_SHARE),
    "dropout": Note("Share dropped while training.", type=_SHARE),
    "RNN.dropout": Note("Share dropped between layers.", type=_SHARE),
    "GRU.dropout": Note("Share dropped between layers.", type=_SHARE),
    "LSTM.dropout": Note("Share dropped between layers.", type=_SHARE),
    "batch_first": Note(_FIRST, True),
    "bidirectional": Note("Also read from the end."),
    "nonlinearity": Note("What a step ends with.", type=Choice(("tanh", "relu"))),
    "activation": Note("What stands between the two Linear layers.",
                       type=Choice(("relu", "gelu"))),
    "layer_norm_eps": Note("Added to the variance.", type=Float(0)),
    "norm_first": Note("Normalize before attention rather than after; trains more calmly."),
    "add_bias_kv": Note("Add a learned key and value to each sequence."),
    "add_zero_attn": Note("Let a step look at nothing."),
    "need_weights": Note("Also give the weights; without them attention is faster."),
    "average_attn_weights": Note("Give the mean of the heads' weights rather than each."),
    "is_causal": Note("Say that the mask hides what comes later; it needs the mask, too."),
    "src_is_causal": Note("Say that the source's mask hides what comes later."),
    "tgt_is_causal": Note("Say that the target's mask hides what comes later."),
    # empty makes torch look at the mask's numbers at every step
    "TransformerEncoder.is_causal": Note(_CAUSAL, False),
    "Transformer.src_is_causal": Note(_CAUSAL, False),
    "Transformer.tgt_is_causal": Note(_CAUSAL, False),
    "TransformerDecoder.tgt_is_causal": Note(_CAUSAL, False),
    "memory_is_causal": Note("Say that the memory's mask hides what comes later."),
    "padding_idx": Note("Number that stays zero."),
    "max_norm": Note("Longest vector allowed; longer ones are shortened.", type=Float(0)),
    "norm_type": Note("The norm by which length is measured.", type=_NORM),
    "scale_grad_by_freq": Note("Divide gradients by how often a number is in the batch."),
    "sparse": Note("Sparse gradients; only SGD, SparseAdam and Adagrad take them."),
    "EmbeddingBag.mode": Note("How a bag's vectors are combined.",
                              type=Choice(("mean", "sum", "max"))),
    "include_last_offset": Note("The offsets end with the length of the input."),
    # losses
    "reduction": Note("How samples are combined.", type=_REDUCTION),
    "KLDivLoss.reduction": Note("How samples are combined.", "batchmean",
                                type=Choice(("mean", "sum", "batchmean"))),
    "weight": Note("How much each class counts.", type=Weights(), title="class weight"),
    "BCELoss.weight": Note("How much each value of a sample counts.", type=Weights(),
                       title="value weight"),
    "BCEWithLogitsLoss.weight": Note("How much each value of a sample counts.", type=Weights(),
                       title="value weight"),
    "pos_weight": Note("How much a true 1 counts against a true 0.", type=Weights()),
    "ignore_index": Note("Class that doesn't count.", type=Int(-(2**31))),
    "label_smoothing": Note("Share given to all other classes.", type=_SHARE),
    "SmoothL1Loss.beta": Note("Where it changes.", type=Float(0)),
    "delta": Note("Where it changes.", type=Float(0)),
    "log_target": Note("The target is a logarithm too."),
    "log_input": Note("The prediction is a logarithm."),
    "full": Note("Add the term that doesn't depend on the prediction."),
    "margin": Note("How far apart is far enough."),
    "MultiMarginLoss.p": Note("The power: 1 or 2.", type=Int(1, 2)),
    "TripletMarginLoss.p": Note(_NORM_HELP, type=_NORM),
    "swap": Note("Use the harder of the two negative distances."),
    "distance_function": Note(
        "How distance is measured; empty: the straight line.",
        type=Named((("straight line", "nn.PairwiseDistance(2.0)"),
                    ("along the axes", "nn.PairwiseDistance(1.0)")))),
    "blank": Note("Number that stands for no symbol."),
    "zero_infinity": Note("Ignore samples whose target is longer than their prediction."),
}  # fmt: skip

INFER: dict[str, Infer] = {
    "in_channels": Infer("input", 1), "num_features": Infer("input", 1),
    "num_channels": Infer("input", 1), "normalized_shape": Infer("input", -1),
    "in_features": Infer("input", -1), "in1_features": Infer("input1", -1),
    "in2_features": Infer("input2", -1), "input_size": Infer("input", -1),
    "embed_dim": Infer("query", -1), "kdim": Infer("key", -1, unless="embed_dim"),
    "vdim": Infer("value", -1, unless="embed_dim"), "d_model": Infer("src", -1),
    "TransformerDecoder.d_model": Infer("tgt", -1),
    "TransformerDecoderLayer.d_model": Infer("tgt", -1),
}  # fmt: skip
"""What is read off the input where it is not typed."""

NEVER_EMPTY = frozenset(
    f"Adaptive{name}Pool{axes}d.output_size" for name in ("Avg", "Max") for axes in (1, 2, 3)
)
"""Params whose None torch takes for one axis of several, and not for all."""

FLAGS = frozenset({"TransformerEncoder.enable_nested_tensor", "TransformerEncoder.mask_check"})
"""Params of torch that change only how fast something runs; left as they are."""


def note_of(cls: str, param: str) -> Note:
    """The row of a class's param; KeyError where there is none."""
    stem = stem_of(cls)
    return NOTES.get(f"{cls}.{param}") or NOTES.get(f"{stem}.{param}") or NOTES[param]


def infer_of(cls: str, param: str) -> Infer | None:
    """How a class's param is read off the input, or None."""
    return INFER.get(f"{cls}.{param}") or INFER.get(param)


def type_of(word: str, axes: int, note: Note) -> ParamType:
    """The type of a param from the word of its signature and what is noted of it."""
    if note.type is not None:
        return note.type
    plain, _, words = word.rstrip("?").partition("|")
    low = note.low or 0
    if plain.startswith("size"):
        count = int(plain[4:]) or axes or 2
        return Size(count, low, ("same", "valid") if words else ())
    match plain:
        case "int":
            return Int(low)
        case "ints":
            return Ints(low)
        case "float":
            return Float()
        case "bool":
            return Bool()
    return Choice((plain, *words.split("|")))
