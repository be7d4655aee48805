"""Networks that read text, steps and waves."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from graphcore.kinds.formula import Formula
from graphcore.project.graph import NodeId
from tests.graphcore.architectures.drawn import Architecture, chain, linear
from tests.sketch import Sketch

EMBEDDING = ("nn.Embedding", {"num_embeddings": 20, "embedding_dim": 16})


def tagger(s: Sketch, x: NodeId) -> NodeId:
    """An LSTM that reads both ways and gives a tag for each word."""
    lstm = ("nn.LSTM", {"hidden_size": 12, "bidirectional": True})
    return chain(s, x, EMBEDDING, lstm, linear(5))


class Tagger(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(20, 16)
        self.lstm = nn.LSTM(16, 12, batch_first=True, bidirectional=True)
        self.head = nn.Linear(24, 5)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.lstm(self.embed(x))[0])


def encoder(s: Sketch, x: NodeId) -> list[object]:
    """A GRU of two layers; its last state is the meaning of the sentence."""
    gru = chain(s, x, EMBEDDING, ("nn.GRU", {"hidden_size": 12, "num_layers": 2}))
    return [gru, s.add("ops.select", (gru, "h_n"), dim=0, index=-1)]


class Encoder(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(20, 16)
        self.gru = nn.GRU(16, 12, 2, batch_first=True)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        steps, state = self.gru(self.embed(x))
        return steps, state[-1]


def text_cnn(s: Sketch, x: NodeId) -> NodeId:
    """Convolutions over three, four and five words, the strongest find of each counts."""
    words = chain(s, x, EMBEDDING, "ops.transpose")
    finds = []
    for size in (3, 4, 5):
        over = ("nn.Conv1d", {"out_channels": 6, "kernel_size": size, "padding": 0})
        finds.append(chain(s, words, over, "nn.ReLU", ("ops.amax", {"dim": 2})))
    return chain(s, s.add("ops.cat", *finds), "nn.Dropout", linear(2))


class TextCnn(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(20, 16)
        self.over = nn.ModuleList(nn.Conv1d(16, 6, size) for size in (3, 4, 5))
        self.head = nn.Linear(18, 2)

    def forward(self, x: Tensor) -> Tensor:
        words = self.embed(x).mT
        return self.head(torch.cat([conv(words).relu().amax(2) for conv in self.over], 1))


def transformer(s: Sketch, x: NodeId) -> NodeId:
    """Words with places through two encoder layers, then their mean."""
    places = s.add("nn.Embedding", s.add("ops.positions", x), num_embeddings=9, embedding_dim=16)
    x = s.add("ops.add", chain(s, x, EMBEDDING), places)
    layers = {"nhead": 4, "dim_feedforward": 32, "num_layers": 2}
    x = chain(s, x, ("nn.TransformerEncoder", layers), ("ops.mean", {"dim": 1}))
    return s.add("nn.Linear", x, out_features=3)


class Transformer(nn.Module):
    """By hand; the places come first, as in the drawing."""

    def __init__(self) -> None:
        super().__init__()
        self.places = nn.Embedding(9, 16)
        self.embed = nn.Embedding(20, 16)
        layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.head = nn.Linear(16, 3)

    def forward(self, x: Tensor) -> Tensor:
        x = self.embed(x) + self.places.weight
        return self.head(self.encoder(x).mean(1))


def gpt(s: Sketch, x: NodeId) -> NodeId:
    """A GPT block, twice: tokens look back through a mask; the head is tied to the embedding."""
    inner = s.block("Block", heads=2)
    before = inner.x()
    norm = chain(inner, before, "nn.LayerNorm")
    mask = inner.add("ops.causal_mask", norm, dim=1)
    looked = inner.add("nn.MultiheadAttention", norm, norm, norm, None, mask,
                       num_heads=Formula("heads"), need_weights=False)  # fmt: skip
    x1 = inner.add("ops.add", before, looked)
    think = chain(inner, x1, "nn.LayerNorm", linear(64), "nn.GELU", linear(16))
    inner.y(inner.add("ops.add", x1, think))
    words = s.add(EMBEDDING[0], x, name="words", **EMBEDDING[1])
    x = chain(s, words, ("block.Block", {"repeat": 2}), "nn.LayerNorm")
    return s.add("nn.Linear", x, out_features=20, bias=False, ties={"weight": "words.weight"})


class Block(nn.Module):
    """Attention by its formula."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(16)
        self.attention = nn.MultiheadAttention(16, 2, batch_first=True)
        self.norm2 = nn.LayerNorm(16)
        self.think = nn.Sequential(nn.Linear(16, 64), nn.GELU(), nn.Linear(64, 16))

    def forward(self, x: Tensor) -> Tensor:
        own = self.attention
        qkv = F.linear(self.norm1(x), own.in_proj_weight, own.in_proj_bias)
        q, k, v = (part.unflatten(-1, (2, 8)).transpose(1, 2) for part in qkv.chunk(3, -1))
        looked = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + own.out_proj(looked.transpose(1, 2).flatten(2))
        return x + self.think(self.norm2(x))


class Gpt(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(20, 16)
        self.blocks = nn.Sequential(Block(), Block())
        self.norm = nn.LayerNorm(16)
        self.head = nn.Linear(16, 20, bias=False)
        self.head.weight = self.words.weight

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.norm(self.blocks(self.words(x))))


def wavenet(s: Sketch, x: NodeId) -> NodeId:
    """Gated convolutions whose reach doubles each turn, with a way around."""
    inner, gap = s.block("Gated", dilation=1), Formula("dilation")
    before = inner.x()
    reach = {"out_channels": 8, "kernel_size": 3, "padding": gap, "dilation": gap}
    tone = chain(inner, before, ("nn.Conv1d", reach), "nn.Tanh")
    gate = chain(inner, before, ("nn.Conv1d", reach), "nn.Sigmoid")
    one = ("nn.Conv1d", {"out_channels": 8, "kernel_size": 1, "padding": 0})
    inner.y(inner.add("ops.add", before, chain(inner, inner.add("ops.mul", tone, gate), one)))
    return chain(s, x, one, ("block.Gated", {"dilation": Formula("2 ** i"), "repeat": 4}), one)


class Gated(nn.Module):
    """A tone, and how much of it passes."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.tone = nn.Conv1d(8, 8, 3, padding=dilation, dilation=dilation)
        self.gate = nn.Conv1d(8, 8, 3, padding=dilation, dilation=dilation)
        self.mix = nn.Conv1d(8, 8, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.mix(self.tone(x).tanh() * self.gate(x).sigmoid())


def wavenet_by_hand() -> nn.Module:
    return nn.Sequential(nn.Conv1d(1, 8, 1), *(Gated(2**i) for i in range(4)), nn.Conv1d(8, 8, 1))


SENTENCE = ("int64[9]",)
SEQUENCES = {
    "LSTM tagger": Architecture(tagger, Tagger, SENTENCE),
    "GRU encoder": Architecture(encoder, Encoder, SENTENCE),
    "text CNN": Architecture(text_cnn, TextCnn, SENTENCE),
    "transformer classifier": Architecture(transformer, Transformer, SENTENCE),
    "GPT": Architecture(gpt, Gpt, SENTENCE),
    "WaveNet": Architecture(wavenet, wavenet_by_hand, ("float32[1, 50]",)),
}
