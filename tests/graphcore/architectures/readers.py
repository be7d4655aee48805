"""Networks that translate, remember and filter."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from graphcore.kinds.formula import Formula
from graphcore.project.graph import NodeId
from tests.graphcore.architectures.drawn import Architecture, chain, linear
from tests.sketch import Sketch

EMBEDDING = ("nn.Embedding", {"num_embeddings": 20, "embedding_dim": 16})


def translator(s: Sketch, given: NodeId, written: NodeId) -> NodeId:
    """An encoder and a decoder that must not look ahead."""
    size = {"nhead": 2, "dim_feedforward": 32, "num_layers": 2}
    memory = chain(s, given, EMBEDDING, ("nn.TransformerEncoder", size))
    so_far = chain(s, written, EMBEDDING)
    mask = s.add("ops.causal_mask", so_far, dim=1)
    y = s.add("nn.TransformerDecoder", so_far, memory, mask, tgt_is_causal=True, **size)
    return chain(s, y, linear(20))


class Translator(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.read = nn.Embedding(20, 16)
        layer = nn.TransformerEncoderLayer(16, 2, 32, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.write = nn.Embedding(20, 16)
        self.decoder = nn.TransformerDecoder(
            nn.TransformerDecoderLayer(16, 2, 32, batch_first=True), 2
        )
        self.head = nn.Linear(16, 20)

    def forward(self, given: Tensor, written: Tensor) -> Tensor:
        mask = torch.full((6, 6), float("-inf")).triu(1)
        y = self.decoder(self.write(written), self.encoder(self.read(given)), mask)
        return self.head(y)


def seq2seq(s: Sketch, given: NodeId, written: NodeId) -> NodeId:
    """A GRU that reads, one that writes from its last state, and attention between them."""
    gru = {"hidden_size": 12}
    read = chain(s, given, EMBEDDING, ("nn.GRU", gru))
    write = s.add("nn.GRU", chain(s, written, EMBEDDING), (read, "h_n"), **gru)
    seen = s.add("ops.scaled_dot_product_attention", write, read, read)
    return chain(s, s.add("ops.cat", write, seen, dim=2), linear(20))


class Seq2Seq(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(20, 16)
        self.read = nn.GRU(16, 12, batch_first=True)
        self.other_words = nn.Embedding(20, 16)
        self.write = nn.GRU(16, 12, batch_first=True)
        self.head = nn.Linear(24, 20)

    def forward(self, given: Tensor, written: Tensor) -> Tensor:
        steps, state = self.read(self.words(given))
        y, _ = self.write(self.other_words(written), state)
        shares = (y @ steps.mT / 12**0.5).softmax(-1)
        return self.head(torch.cat([y, shares @ steps], -1))


def relative(s: Sketch, x: NodeId) -> NodeId:
    """Attention as in T5: how far two words are apart is a number added to their score."""
    x = chain(s, x, EMBEDDING)
    places = s.add("ops.positions", x, dim=1)
    rows, columns = (s.add("ops.unsqueeze", places, dim=dim) for dim in (0, 1))
    apart = s.add("ops.Expression", rows, columns, line="torch.clamp(x - y, -4, 4) + 4")
    bias = s.add("nn.Embedding", apart, num_embeddings=9, embedding_dim=2)
    bias = chain(s, bias, ("ops.permute", {"dims": (2, 0, 1)}))
    heads = [
        chain(s, x, linear(16, bias=False), ("nn.Unflatten", {
            "dim": 2, "unflattened_size": (2, 8)}), "ops.transpose")
        for _ in range(3)
    ]  # fmt: skip
    seen = s.add("ops.scaled_dot_product_attention", *heads, bias)
    seen = chain(s, seen, "ops.transpose", ("nn.Flatten", {"start_dim": 2}))
    return chain(s, s.add("ops.add", x, chain(s, seen, linear(16, bias=False))), "nn.RMSNorm")


class Relative(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.apart = nn.Embedding(20, 16), nn.Embedding(9, 2)
        self.parts = nn.ModuleList(nn.Linear(16, 16, bias=False) for _ in range(3))
        self.out, self.norm = nn.Linear(16, 16, bias=False), nn.RMSNorm(16)

    def forward(self, x: Tensor) -> Tensor:
        x = self.words(x)
        q, k, v = (part(x).unflatten(2, (2, 8)).transpose(1, 2) for part in self.parts)
        places = torch.arange(9)
        apart = (places[None] - places[:, None]).clamp(-4, 4) + 4
        scores = q @ k.mT / 8**0.5 + self.apart(apart).permute(2, 0, 1)
        seen = (scores.softmax(-1) @ v).transpose(1, 2).flatten(2)
        return self.norm(x + self.out(seen))


def bert(s: Sketch, x: NodeId, segment: NodeId) -> NodeId:
    """A small BERT: words, places and segments added up; the first word's state is pooled."""
    words = chain(s, x, EMBEDDING)
    places = s.add("nn.Embedding", s.add("ops.positions", x), num_embeddings=9, embedding_dim=16)
    parts = s.add("nn.Embedding", segment, num_embeddings=20, embedding_dim=16)
    y = chain(s, s.add("ops.add", words, places, parts), "nn.LayerNorm")
    layer = {"nhead": 4, "dim_feedforward": 64, "activation": "gelu", "num_layers": 2}
    y = chain(s, y, ("nn.TransformerEncoder", layer), ("ops.select", {"index": 0}))
    return chain(s, y, linear(16), "nn.Tanh", linear(2))


class Bert(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(20, 16), nn.Embedding(9, 16)
        self.parts, self.norm = nn.Embedding(20, 16), nn.LayerNorm(16)
        layer = nn.TransformerEncoderLayer(16, 4, 64, activation="gelu", batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.pool, self.head = nn.Linear(16, 16), nn.Linear(16, 2)

    def forward(self, x: Tensor, segment: Tensor) -> Tensor:
        x = self.words(x) + self.places.weight + self.parts(segment)
        return self.head(self.pool(self.encoder(self.norm(x))[:, 0]).tanh())


def tcn(s: Sketch, x: NodeId) -> NodeId:
    """A temporal convolutional network: padded at the left only, so that nothing looks ahead."""
    inner, gap = s.block("Causal", dilation=1), Formula("dilation")
    before, reach = inner.x(), {"out_channels": 8, "kernel_size": 3, "padding": 0}
    ahead = ("nn.ConstantPad1d", {"padding": Formula("(2 * dilation, 0)"), "value": 0.0})
    y = before
    for _ in range(2):
        y = chain(inner, y, ahead, ("nn.Conv1d", {**reach, "dilation": gap}), "nn.ReLU")
    inner.y(chain(inner, inner.add("ops.add", before, y), "nn.ReLU"))
    one = ("nn.Conv1d", {"out_channels": 8, "kernel_size": 1, "padding": 0})
    return chain(s, x, one, ("block.Causal", {"dilation": Formula("2 ** i"), "repeat": 3}))


class Causal(nn.Module):
    """By hand."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.reach = 2 * dilation
        self.convs = nn.ModuleList(nn.Conv1d(8, 8, 3, dilation=dilation) for _ in range(2))

    def forward(self, x: Tensor) -> Tensor:
        y = x
        for conv in self.convs:
            y = conv(F.pad(y, (self.reach, 0))).relu()
        return (x + y).relu()


def tcn_by_hand() -> nn.Module:
    return nn.Sequential(nn.Conv1d(2, 8, 1), Causal(1), Causal(2), Causal(4))


def highway(s: Sketch, x: NodeId) -> NodeId:
    """A highway network: a gate says how much of each number is changed."""
    inner = s.block("Highway")
    before = inner.x()
    changed = chain(inner, before, linear(12), "nn.ReLU")
    gate = chain(inner, before, linear(12), "nn.Sigmoid")
    line = "gate * changed + (1 - gate) * before"
    inner.y(inner.add("ops.Expression", gate, changed, before, line=line))
    return chain(s, x, ("block.Highway", {"repeat": 3}), linear(4))


class Highway(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.change, self.gate = nn.Linear(12, 12), nn.Linear(12, 12)

    def forward(self, x: Tensor) -> Tensor:
        return torch.lerp(x, self.change(x).relu(), self.gate(x).sigmoid())


def highway_by_hand() -> nn.Module:
    return nn.Sequential(Highway(), Highway(), Highway(), nn.Linear(12, 4))


READERS = {
    "encoder and decoder": Architecture(translator, Translator, ("int64[9]", "int64[6]")),
    "GRU to GRU": Architecture(seq2seq, Seq2Seq, ("int64[9]", "int64[6]")),
    "relative attention": Architecture(relative, Relative, ("int64[9]",)),
    "BERT": Architecture(bert, Bert, ("int64[9]", "int64[9]")),
    "temporal convolutions": Architecture(tcn, tcn_by_hand, ("float32[2, 30]",)),
    "highway": Architecture(highway, highway_by_hand, ("float32[12]",)),
}
