"""Words that people type find the right kind among the first three, in both searches."""

from __future__ import annotations

import pytest

from graphcore.kinds.catalog import CATALOG
from graphcore.project.project import Project
from gui.canvas.search import ranked
from gui.panels.shelves import matches

MEANT = {
    "nn.Linear": "fc dense mlp perceptron fully_connected hidden projection",
    "nn.Conv2d": "conv convolution depthwise",
    "nn.ConvTranspose2d": "deconv deconvolution",
    "nn.MaxPool2d": "maxpool pooling",
    "nn.AvgPool2d": "avgpool",
    "nn.AdaptiveAvgPool2d": "gap global_average_pooling",
    "nn.BatchNorm2d": "batchnorm bn",
    "nn.LayerNorm": "layernorm ln",
    "nn.GroupNorm": "groupnorm",
    "nn.ReLU": "relu activation",
    "nn.ReLU6": "relu6",
    "nn.SiLU": "swish silu",
    "nn.Sigmoid": "sigmoid logistic",
    "nn.Softmax": "softmax probabilities",
    "nn.Dropout": "dropout regularization",
    "nn.Embedding": "embedding tokens lookup",
    "nn.LSTM": "lstm",
    "nn.GRU": "gru",
    "nn.MultiheadAttention": "attention mha self-attention",
    "nn.Transformer": "transformer",
    "nn.TransformerEncoderLayer": "bert",
    "nn.Parameter": "learnable class_token",
    "nn.Upsample": "upsample resize",
    "nn.Flatten": "flatten",
    "ops.reshape": "reshape view",
    "ops.add": "add plus skip residual",
    "ops.mul": "multiply times",
    "ops.sub": "minus subtract",
    "ops.div": "divide",
    "ops.cat": "concat concatenate",
    "ops.matmul": "matmul bmm",
    "ops.mean": "mean average",
    "ops.pow": "square",
    "ops.to": "cast",
    "ops.positions": "positional position_ids",
    "ops.causal_mask": "causal",
    "ops.masked_fill": "mask",
    "ops.transpose": "transpose swap",
    "ops.slice": "crop",
    "ops.detach": "stop_gradient",
    "ops.randn_like": "noise",
    "loss.CrossEntropyLoss": "crossentropy classification",
    "loss.MSELoss": "mse regression",
    "loss.L1Loss": "mae",
    "loss.BCEWithLogitsLoss": "bce binary",
    "data.Dataset": "dataset",
    "io.Input": "input",
    "io.Output": "output",
}
TYPED = [(word.replace("_", " "), kind) for kind, words in MEANT.items() for word in words.split()]


@pytest.mark.parametrize(("word", "kind"), TYPED, ids=[word for word, _ in TYPED])
def test_a_word_finds_its_kind(word: str, kind: str) -> None:
    palette = [found.name for found in matches(Project(), word)[:3]]
    canvas = [found.name for found in ranked(word, list(CATALOG.values()), {})[:3]]
    assert kind in palette
    assert kind in canvas


def test_there_are_sixty_words() -> None:
    assert len({word for word, _ in TYPED}) >= 60
