"""Networks with several ways, inputs or results."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from graphcore.kinds.formula import Formula
from graphcore.project.graph import NodeId
from tests.graphcore.architectures.drawn import Architecture, chain, conv, linear, pool
from tests.sketch import Sketch


def inception(s: Sketch, x: NodeId) -> NodeId:
    """Four ways through one block, joined."""
    one = chain(s, x, conv(4, 1), "nn.ReLU")
    three = chain(s, x, conv(3, 1), "nn.ReLU", conv(6, 3, 1), "nn.ReLU")
    five = chain(s, x, conv(2, 1), "nn.ReLU", conv(4, 5, 2), "nn.ReLU")
    pooled = chain(s, x, pool(3, stride=1, padding=1), conv(2, 1), "nn.ReLU")
    return s.add("ops.cat", one, three, five, pooled)


class Inception(nn.Module):
    """By hand; the drawing makes the branches in this order."""

    def __init__(self) -> None:
        super().__init__()
        self.one = nn.Conv2d(3, 4, 1)
        self.three = nn.Sequential(nn.Conv2d(3, 3, 1), nn.ReLU(), nn.Conv2d(3, 6, 3, padding=1))
        self.five = nn.Sequential(nn.Conv2d(3, 2, 1), nn.ReLU(), nn.Conv2d(2, 4, 5, padding=2))
        self.pooled = nn.Sequential(nn.MaxPool2d(3, 1, 1), nn.Conv2d(3, 2, 1))

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([self.one(x), self.three(x), self.five(x), self.pooled(x)], 1).relu()


def unet(s: Sketch, x: NodeId) -> NodeId:
    """Down and up again, each step up joined with the step down of its size."""
    inner, width = s.block("Twice", width=4), Formula("width")
    inner.y(chain(inner, inner.x(), *(conv(width, 3, 1), "nn.ReLU") * 2))
    seen = []
    for size in (4, 8):
        x = s.add("block.Twice", x, width=size)
        seen.append(x)
        x = chain(s, x, pool())
    x = s.add("block.Twice", x, width=16)
    for size in (8, 4):
        up = s.add("nn.ConvTranspose2d", x, out_channels=size, kernel_size=2, stride=2)
        x = s.add("block.Twice", s.add("ops.cat", seen.pop(), up), width=size)
    return chain(s, x, conv(2, 1))


def _twice(channels: int, width: int) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(),
        nn.Conv2d(width, width, 3, padding=1), nn.ReLU(),
    )  # fmt: skip


class UNet(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.down1, self.down2, self.low = _twice(3, 4), _twice(4, 8), _twice(8, 16)
        self.up2, self.join2 = nn.ConvTranspose2d(16, 8, 2, 2), _twice(16, 8)
        self.up1, self.join1 = nn.ConvTranspose2d(8, 4, 2, 2), _twice(8, 4)
        self.head = nn.Conv2d(4, 2, 1)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x: Tensor) -> Tensor:
        first = self.down1(x)
        second = self.down2(self.pool(first))
        x = self.up2(self.low(self.pool(second)))
        x = self.up1(self.join2(torch.cat([second, x], 1)))
        return self.head(self.join1(torch.cat([first, x], 1)))


def vit(s: Sketch, x: NodeId) -> NodeId:
    """A picture as a sentence of sixteen patches, with a token that gathers."""
    x = chain(s, x, conv(12, 8, stride=8), ("nn.Flatten", {"start_dim": 2}), "ops.transpose")
    token = s.add("nn.Parameter", shape=(1, 1, 12))
    token = s.add("ops.expand_as", token, s.add("ops.slice", x, subscript=":, :1"))
    places = s.add("nn.Parameter", name="places", shape=(1, 17, 12))
    x = s.add("ops.add", s.add("ops.cat", token, x), places)
    layer = {"nhead": 3, "dim_feedforward": 24, "norm_first": True, "activation": "gelu"}
    x = chain(s, x, ("nn.TransformerEncoderLayer", layer), "nn.LayerNorm")
    return chain(s, x, ("ops.select", {"index": 0}), linear(10))


class ViT(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.token = nn.Parameter(torch.zeros(1, 1, 12))
        self.places = nn.Parameter(torch.zeros(1, 17, 12))
        self.patches = nn.Conv2d(3, 12, 8, 8)
        self.layer = nn.TransformerEncoderLayer(
            12, 3, 24, activation="gelu", batch_first=True, norm_first=True
        )
        self.norm, self.head = nn.LayerNorm(12), nn.Linear(12, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.patches(x).flatten(2).mT
        x = torch.cat([self.token.repeat(len(x), 1, 1), x], 1) + self.places
        return self.head(self.norm(self.layer(x))[:, 0])


def siamese(s: Sketch, one: NodeId, other: NodeId) -> NodeId:
    """Two pictures through one tower; how far apart they come out says how alike they are."""
    inner = s.block("Tower")
    inner.y(chain(inner, inner.x(), conv(4, 3), "nn.ReLU", pool(), "nn.Flatten", linear(8)))
    first = s.add("block.Tower", one, name="tower")
    second = s.add("block.Tower", other, name="again", shares="tower")
    return chain(s, s.add("ops.sub", first, second), "ops.abs", linear(1))


class Siamese(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.tower = nn.Sequential(
            nn.Conv2d(3, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(900, 8)
        )
        self.head = nn.Linear(8, 1)

    def forward(self, one: Tensor, other: Tensor) -> Tensor:
        return self.head((self.tower(one) - self.tower(other)).abs())


def autoencoder(s: Sketch, x: NodeId) -> NodeId:
    """Down by convolutions with a stride, up by transposed ones."""
    x = chain(s, x, conv(4, 3, 1, stride=2), "nn.ReLU", conv(8, 3, 1, stride=2), "nn.ReLU")
    up = {"kernel_size": 2, "stride": 2}
    x = chain(s, x, ("nn.ConvTranspose2d", {"out_channels": 4, **up}), "nn.ReLU")
    return chain(s, x, ("nn.ConvTranspose2d", {"out_channels": 3, **up}), "nn.Sigmoid")


def autoencoder_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, 2, 1), nn.ReLU(), nn.Conv2d(4, 8, 3, 2, 1), nn.ReLU(),
        nn.ConvTranspose2d(8, 4, 2, 2), nn.ReLU(), nn.ConvTranspose2d(4, 3, 2, 2), nn.Sigmoid(),
    )  # fmt: skip


def vae(s: Sketch, x: NodeId) -> list[NodeId]:
    """A VAE's encoder: a mean and a spread for each of four hidden numbers."""
    x = chain(s, x, conv(4, 3, 1, stride=2), "nn.ReLU", "nn.Flatten", linear(16), "nn.ReLU")
    return [chain(s, x, linear(4)), chain(s, x, linear(4), "ops.exp")]


class Vae(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 4, 3, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(1024, 16), nn.ReLU()
        )
        self.mean, self.log_spread = nn.Linear(16, 4), nn.Linear(16, 4)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self.body(x)
        return self.mean(x), self.log_spread(x).exp()


def mixer(s: Sketch, x: NodeId) -> NodeId:
    """MLP-Mixer: dense layers over patches, then over channels, twice."""
    inner = s.block("Mixer")
    before = inner.x()
    over = chain(inner, before, "nn.LayerNorm", "ops.transpose", linear(32), "nn.GELU")
    x1 = inner.add("ops.add", before, chain(inner, over, linear(16), "ops.transpose"))
    inside = chain(inner, x1, "nn.LayerNorm", linear(24), "nn.GELU", linear(12))
    inner.y(inner.add("ops.add", x1, inside))
    x = chain(s, x, conv(12, 8, stride=8), ("nn.Flatten", {"start_dim": 2}), "ops.transpose")
    x = chain(s, x, ("block.Mixer", {"repeat": 2}), "nn.LayerNorm", ("ops.mean", {"dim": 1}))
    return chain(s, x, linear(10))


class Mixer(nn.Module):
    """Over patches, then over channels."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(12)
        self.patches = nn.Sequential(nn.Linear(16, 32), nn.GELU(), nn.Linear(32, 16))
        self.norm2 = nn.LayerNorm(12)
        self.channels = nn.Sequential(nn.Linear(12, 24), nn.GELU(), nn.Linear(24, 12))

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.patches(self.norm1(x).mT).mT
        return x + self.channels(self.norm2(x))


class MlpMixer(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 12, 8, 8)
        self.mixers = nn.Sequential(Mixer(), Mixer())
        self.norm, self.head = nn.LayerNorm(12), nn.Linear(12, 10)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.norm(self.mixers(self.patches(x).flatten(2).mT)).mean(1))


def graph_network(s: Sketch, nodes: NodeId, edges: NodeId) -> NodeId:
    """A graph network: each node gathers what its neighbours know, twice."""
    x = s.add("ops.matmul", edges, chain(s, nodes, linear(8, bias=False)))
    x = s.add("ops.matmul", edges, chain(s, x, "nn.ReLU", linear(4, bias=False)))
    return chain(s, x, "nn.LogSoftmax")


class GraphNetwork(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(6, 8, bias=False)
        self.second = nn.Linear(8, 4, bias=False)

    def forward(self, nodes: Tensor, edges: Tensor) -> Tensor:
        x = torch.bmm(edges, self.first(nodes)).relu()
        return torch.bmm(edges, self.second(x)).log_softmax(-1)


SMALL = "float32[3, 32, 32]"
BRANCHES = {
    "Inception": Architecture(inception, Inception, (SMALL,)),
    "U-Net": Architecture(unet, UNet, (SMALL,)),
    "ViT": Architecture(vit, ViT, (SMALL,)),
    "siamese": Architecture(siamese, Siamese, (SMALL, SMALL)),
    "autoencoder": Architecture(autoencoder, autoencoder_by_hand, (SMALL,)),
    "VAE encoder": Architecture(vae, Vae, (SMALL,)),
    "MLP-Mixer": Architecture(mixer, MlpMixer, (SMALL,)),
    "graph network": Architecture(graph_network, GraphNetwork, ("float32[7, 6]", "float32[7, 7]")),
}
