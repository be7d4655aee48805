"""What torch doesn't say of its classes: a family, one line in our own words, words to search.

A row is found by the whole name or, for `Conv1d`, `Conv2d` and `Conv3d`, by `Conv`; `{axes}` in
a help is then “one axis”, “two axes” or “three axes”.
"""

from __future__ import annotations

from typing import NamedTuple

from graphcore.kinds.kind import Refusal


class About(NamedTuple):
    """Family, help, the line under a node's name, and words that a search finds."""

    family: str
    help: str
    summary: str = ""
    words: tuple[str, ...] = ()


_CH, _SIZE, _DIM, _P = "{num_features} ch", "{kernel_size|×}", "dim {dim}", "p {p}"
_PAD, _HIDDEN = "{padding|, }", "{hidden_size} hidden"

ABOUT: dict[str, About] = {
    "Conv": About("convolution", "Slides learned filters over {axes}.",
                  "{out_channels} ch · {kernel_size|×} · pad {padding}",
                  ("convolution", "filter", "depthwise", "pointwise", "grouped", "dilated")),
    "ConvTranspose": About("convolution", "Enlarges a map with learned filters over {axes}.",
                           "{out_channels} ch · {kernel_size|×}",
                           ("deconvolution", "deconv", "upsampling", "transposed")),
    "Fold": About("shape", "Adds overlapping patches up to a map; the reverse of Unfold.",
                  _SIZE, ("patches", "col2im")),
    "Unfold": About("shape", "Cuts a map into overlapping patches, one a column.",
                    _SIZE, ("patches", "im2col")),
    "BatchNorm": About("normalization", "Centres and scales each channel over the batch.", _CH,
                       ("bn", "norm")),
    "SyncBatchNorm": About("normalization", "BatchNorm whose statistics span several devices.",
                           _CH, ("distributed",)),
    "InstanceNorm": About("normalization", "Centres and scales each channel of each sample.", _CH,
                          ("style",)),
    "LayerNorm": About("normalization", "Centres and scales each sample over its last axis.",
                       "{normalized_shape|×}", ("norm", "ln")),
    "RMSNorm": About("normalization", "Scales each sample by the root of its mean square.",
                     "{normalized_shape|×}", ("llama",)),
    "GroupNorm": About("normalization", "Centres and scales groups of channels.",
                       "{num_groups} groups"),
    "LocalResponseNorm": About("normalization", "Damps a channel where its neighbours are strong.",
                               "size {size}", ("lrn", "alexnet")),
    "CrossMapLRN2d": About("normalization", "LocalResponseNorm in an older form.", "size {size}",
                           ("lrn",)),
    "ReLU": About("activation", "Keeps what is positive, zeroes the rest.", "",
                  ("activation", "nonlinearity", "rectifier")),
    "ReLU6": About("activation", "ReLU that stops at 6.", "", ("mobilenet",)),
    "LeakyReLU": About("activation", "ReLU that lets a little of the negative side through.",
                       "slope {negative_slope}"),
    "RReLU": About("activation", "LeakyReLU with a random slope while training.", "",
                   ("randomized",)),
    "PReLU": About("activation", "LeakyReLU with a learned slope."),
    "ELU": About("activation", "Smooth below zero, straight above."),
    "CELU": About("activation", "ELU without a kink, whatever its alpha."),
    "SELU": About("activation", "ELU scaled so that activations keep their spread."),
    "GELU": About("activation", "Smooth ReLU of transformers."),
    "SiLU": About("activation", "x times its sigmoid; also called swish.", "", ("swish",)),
    "Mish": About("activation", "x times tanh of its softplus."),
    "GLU": About("activation", "Halves an axis: one half gates the other.", _DIM, ("gate",)),
    "Softplus": About("activation", "Smooth ReLU that never reaches zero."),
    "Softsign": About("activation", "Squeezes values between -1 and 1, more slowly than tanh."),
    "Softshrink": About("activation", "Pulls every value towards zero by a constant.",
                        "λ {lambd}"),
    "Hardshrink": About("activation", "Zeroes what is close to zero, keeps the rest.",
                        "λ {lambd}"),
    "Tanhshrink": About("activation", "x minus its tanh: flat at zero, straight far from it."),
    "Sigmoid": About("activation", "Squeezes every value between 0 and 1.", "", ("logistic",)),
    "LogSigmoid": About("activation", "The logarithm of the sigmoid."),
    "Hardsigmoid": About("activation", "Sigmoid from straight pieces."),
    "Tanh": About("activation", "Squeezes every value between -1 and 1."),
    "Hardtanh": About("activation", "Cuts values off at two limits.", "{min_val} … {max_val}",
                      ("clip", "clamp")),
    "Hardswish": About("activation", "SiLU from straight pieces.", "", ("mobilenet",)),
    "Threshold": About("activation", "Replaces what lies below a limit by one value.",
                       "above {threshold}"),
    "Softmax": About("activation", "Turns scores into shares that sum to one.", _DIM,
                     ("probabilities",)),
    "Softmax2d": About("activation", "Softmax over the channels at each pixel.", "",
                       ("segmentation",)),
    "Softmin": About("activation", "Softmax in which the smallest score wins.", _DIM),
    "LogSoftmax": About("activation", "The logarithm of softmax.", _DIM),
    "MaxPool": About("pooling", "Keeps the largest value of each window.", _SIZE,
                     ("pooling", "downsampling")),
    "AvgPool": About("pooling", "Takes the mean of each window.", _SIZE, ("downsampling",)),
    "LPPool": About("pooling", "Takes a power mean of each window.", _SIZE, ("norm",)),
    "MaxUnpool": About("pooling", "Puts pooled values back to where MaxPool took them from.",
                       _SIZE, ("upsampling", "segnet")),
    "FractionalMaxPool": About("pooling", "MaxPool over windows of random place.", _SIZE,
                               ("random",)),
    "AdaptiveAvgPool": About("pooling", "Takes means so that the output has this size.",
                             "output {output_size|×}",
                             ("global average pooling", "gap", "mean pooling")),
    "AdaptiveMaxPool": About("pooling", "Takes maxima so that the output has this size.",
                             "output {output_size|×}", ("global",)),
    "ZeroPad": About("shape", "Adds zeros at the edges of {axes}.", _PAD, ("padding",)),
    "ConstantPad": About("shape", "Adds one number at the edges of {axes}.", _PAD, ("padding",)),
    "ReflectionPad": About("shape", "Mirrors {axes} at the edges.", _PAD, ("padding",)),
    "ReplicationPad": About("shape", "Repeats the outermost cells of {axes}.", _PAD,
                            ("padding", "edge")),
    "CircularPad": About("shape", "Continues {axes} from the other side.", _PAD,
                         ("padding", "wrap", "periodic")),
    "Linear": About("linear", "Every output is a weighted sum of all inputs.",
                    "{in_features} → {out_features}",
                    ("dense", "fully connected", "fc", "mlp", "perceptron", "hidden layer",
                     "projection")),
    "Bilinear": About("linear", "Weighted sum of all products of two inputs.",
                      "→ {out_features}"),
    "AdaptiveLogSoftmaxWithLoss": About(
        "linear", "Linear, log-softmax and loss for very many classes; rare ones get less room.",
        "{n_classes} classes", ("vocabulary", "language model")),
    "CosineSimilarity": About("math", "How far two vectors point the same way, from -1 to 1.",
                              _DIM, ("siamese", "angle")),
    "PairwiseDistance": About("math", "How far two vectors are apart.", "norm {p}",
                              ("siamese", "euclidean")),
    "Embedding": About("embedding", "A learned vector for each number.",
                       "{num_embeddings} × {embedding_dim}", ("lookup", "tokens", "words")),
    "EmbeddingBag": About("embedding", "Looks up many vectors and combines them into one.",
                          "{num_embeddings} × {embedding_dim} · {mode}", ("bag of words",)),
    "Flatten": About("shape", "Makes one axis of several.", "from axis {start_dim}"),
    "Unflatten": About("shape", "Makes several axes of one.", "{unflattened_size|×}",
                       ("reshape", "view")),
    "Identity": About("shape", "Passes its input on unchanged.", "", ("nothing", "skip")),
    "PixelShuffle": About("shape", "Enlarges a map by laying channels out as pixels.",
                          "× {upscale_factor}", ("superresolution", "subpixel")),
    "PixelUnshuffle": About("shape", "Shrinks a map by stacking pixels as channels.",
                            "÷ {downscale_factor}", ("space to depth",)),
    "ChannelShuffle": About("shape", "Mixes the channels of several groups.", "{groups} groups",
                            ("shufflenet",)),
    "Upsample": About("shape", "Enlarges a map by copying or blending.", "× {scale_factor}",
                      ("resize", "interpolate")),
    "UpsamplingNearest2d": About("shape", "Upsample that copies the nearest pixel.",
                                 "× {scale_factor}"),
    "UpsamplingBilinear2d": About("shape", "Upsample that blends the four nearest pixels.",
                                  "× {scale_factor}"),
    "Dropout": About("dropout", "Zeroes random values while training.", _P, ("regularization",)),
    "Dropout1d": About("dropout", "Zeroes random channels of sequences while training.", _P),
    "Dropout2d": About("dropout", "Zeroes random channels while training.", _P, ("spatial",)),
    "Dropout3d": About("dropout", "Zeroes random channels of volumes while training.", _P),
    "AlphaDropout": About("dropout", "Dropout for SELU: mean and spread stay the same.", _P),
    "FeatureAlphaDropout": About("dropout", "AlphaDropout of whole channels.", _P),
    "RNN": About("recurrent", "Reads a sequence step by step, with a plain memory.", _HIDDEN,
                 ("elman",)),
    "GRU": About("recurrent", "Reads a sequence step by step, with gates.", _HIDDEN),
    "LSTM": About("recurrent", "Reads a sequence with gates and a long memory.", _HIDDEN),
    "RNNCell": About("recurrent", "One step of an RNN.", _HIDDEN),
    "GRUCell": About("recurrent", "One step of a GRU.", _HIDDEN),
    "LSTMCell": About("recurrent", "One step of an LSTM.", _HIDDEN),
    "MultiheadAttention": About("attention", "Every step looks at every other, in heads.",
                                "{num_heads} heads", ("transformer", "mha", "self-attention")),
    "Transformer": About("attention", "A whole encoder and decoder, as in the first transformer.",
                         "{nhead} heads · {num_encoder_layers} + {num_decoder_layers} layers",
                         ("translation", "seq2seq")),
    "TransformerEncoder": About("attention", "Several encoder layers on top of each other.",
                                "{num_layers} layers · {nhead} heads", ("bert", "vit")),
    "TransformerDecoder": About("attention", "Several decoder layers on top of each other.",
                                "{num_layers} layers · {nhead} heads"),
    "TransformerEncoderLayer": About("attention", "Self-attention, then two Linear layers.",
                                     "{nhead} heads · {dim_feedforward} wide",
                                     ("bert", "vit", "transformer")),
    "TransformerDecoderLayer": About(
        "attention", "Self-attention, attention to a memory, then two Linear layers.",
        "{nhead} heads · {dim_feedforward} wide"),
}  # fmt: skip

UNLISTED = frozenset({"CrossMapLRN2d", "UpsamplingNearest2d", "UpsamplingBilinear2d"})
"""Older forms of other layers: a search finds them, the palette does not show them."""

_DATA = "What it computes depends on which classes a batch holds, which {} can't follow."
_TOLD = "torch writes it with Python that TorchScript can't read."
_ATTENTION = "Without bias torch's attention reads what is not there; TorchScript stumbles over it."

REFUSALS: tuple[tuple[str, Refusal], ...] = (
    ("AdaptiveLogSoftmaxWithLoss", Refusal("torchscript", _DATA.format("TorchScript"))),
    ("AdaptiveLogSoftmaxWithLoss", Refusal("pt2", _DATA.format("torch.export"))),
    ("AdaptiveLogSoftmaxWithLoss", Refusal("onnx", _DATA.format("ONNX"))),
    ("CrossMapLRN2d", Refusal("torchscript", "It is Python, gradient and all. LocalResponseNorm "
                                             "does the same and scripts.")),
    ("CrossMapLRN2d", Refusal("pt2", "It fixes the batch size. LocalResponseNorm does the same "
                                     "without.")),
    ("CrossMapLRN2d", Refusal("onnx", "ONNX doesn't know it. LocalResponseNorm does the same.")),
    ("FractionalMaxPool", Refusal("onnx", "ONNX doesn't know it. MaxPool does nearly the same.")),
    ("RReLU", Refusal("onnx", "ONNX doesn't know it. LeakyReLU does the same in a shipped model.")),
    ("FractionalMaxPool3d", Refusal("pt2", "Its windows are drawn for one batch size, which "
                                           "torch.export then fixes.")),
    ("MaxUnpool", Refusal("torchscript", "torch keeps the size of its window in a form that "
                                         "TorchScript refuses.")),
    ("SyncBatchNorm", Refusal("torchscript", "It asks other devices for their statistics, in "
                                             "Python. Use BatchNorm for a model that is shipped.")),
    ("MultiheadAttention", Refusal("torchscript", _ATTENTION, "bias", False)),
    *((f"Transformer{part}", Refusal("torchscript", _ATTENTION, "bias", False))
      for part in ("", "Encoder", "Decoder", "EncoderLayer", "DecoderLayer")),
    *((f"{name}Loss", Refusal("torchscript", _TOLD))
      for name in ("GaussianNLL", "LinearCrossEntropy", "TripletMarginWithDistance")),
)  # fmt: skip
"""What a format can't express, and why; tests try each."""

NOT_ON_META = frozenset({"AdaptiveLogSoftmaxWithLoss", "CTCLoss", "GaussianNLLLoss"})
"""What looks at numbers before it knows the shape of what it gives."""

SINCE = {
    "LinearCrossEntropyLoss": "2.13", "BatchNorm.bias": "2.12", "InstanceNorm.bias": "2.12",
    "SyncBatchNorm.bias": "2.12", "GroupNorm.bias": "2.12",
}  # fmt: skip
"""What the oldest torch that is supported doesn't have yet."""


def stem_of(name: str) -> str:
    """The name without its number of axes: `Conv` of `Conv2d`."""
    return name[:-2] if name[-2:] in ("1d", "2d", "3d") else name


def axes_of(name: str) -> int:
    """How many axes a class slides over, 0 where its name doesn't say."""
    return int(name[-2]) if name[-2:] in ("1d", "2d", "3d") else 0


def about(name: str) -> About:
    """The row of a class, its help filled in."""
    found = ABOUT.get(name) or ABOUT[stem_of(name)]
    words = ("", "one axis", "two axes", "three axes")[axes_of(name)]
    return found._replace(help=found.help.replace("{axes}", words))


def refusals_of(name: str) -> tuple[Refusal, ...]:
    """The formats that can't express a class."""
    return tuple(refusal for row, refusal in REFUSALS if row in (name, stem_of(name)))
