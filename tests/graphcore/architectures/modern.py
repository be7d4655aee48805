"""Networks for pictures, points and pairs, after 2014."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from graphcore.kinds.formula import Formula
from graphcore.project.graph import NodeId
from tests.graphcore.architectures.drawn import Architecture, chain, conv, linear, pool
from tests.sketch import Sketch

NORM = "nn.BatchNorm2d"
GLOBAL = ("nn.AdaptiveAvgPool2d", {"output_size": 1})


def shufflenet(s: Sketch, x: NodeId) -> NodeId:
    """ShuffleNetV2: half of the channels pass by, the other half works; then both are shuffled."""
    inner = s.block("Unit", half=8)
    half = Formula("half")
    halves = inner.add("ops.chunk", inner.x(), name="halves")
    y = chain(inner, (halves, "output_2"), conv(half, 1, bias=False), NORM, "nn.ReLU")
    y = chain(inner, y, conv(half, 3, 1, groups=half, bias=False), NORM)
    y = chain(inner, y, conv(half, 1, bias=False), NORM, "nn.ReLU")
    inner.y(chain(inner, inner.add("ops.cat", halves, y), "nn.ChannelShuffle"))
    x = chain(s, x, conv(16, 3, 1, stride=2), ("block.Unit", {"repeat": 3}))
    return chain(s, x, GLOBAL, "nn.Flatten", linear(10))


class Unit(nn.Module):
    """Half passes by."""

    def __init__(self) -> None:
        super().__init__()
        self.way = nn.Sequential(
            nn.Conv2d(8, 8, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
            nn.Conv2d(8, 8, 3, padding=1, groups=8, bias=False), nn.BatchNorm2d(8),
            nn.Conv2d(8, 8, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        joined = torch.cat([x[:, :8], self.way(x[:, 8:])], 1)
        return joined.unflatten(1, (2, 8)).transpose(1, 2).flatten(1, 2)


def shufflenet_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, 2, 1), Unit(), Unit(), Unit(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10),
    )  # fmt: skip


def efficientnet(s: Sketch, x: NodeId) -> NodeId:
    """EfficientNet: an inverted residual with SiLU and an excitation of a quarter of its input."""
    inner = s.block("MBConv", width=8, times=4, kernel=3)
    hidden, before = Formula("width * times"), inner.x()
    y = chain(inner, before, conv(hidden, 1, bias=False), NORM, "nn.SiLU")
    deep = conv(hidden, Formula("kernel"), Formula("kernel // 2"), groups=hidden, bias=False)
    y = chain(inner, y, deep, NORM, "nn.SiLU")
    gate = chain(inner, y, GLOBAL, conv(Formula("width // 4"), 1), "nn.SiLU", conv(hidden, 1))
    y = inner.add("ops.mul", y, chain(inner, gate, "nn.Sigmoid"))
    y = chain(inner, y, conv(Formula("width"), 1, bias=False), NORM)
    inner.y(inner.add("ops.add", before, y))
    x = chain(s, x, conv(8, 3, 1, stride=2), "block.MBConv", ("block.MBConv", {"kernel": 5}))
    return chain(s, x, GLOBAL, "nn.Flatten", ("nn.Dropout", {"p": 0.2}), linear(10))


class MbConv(nn.Module):
    """Wide inside, weighed by what all places say."""

    def __init__(self, kernel: int) -> None:
        super().__init__()
        self.wide = nn.Sequential(
            nn.Conv2d(8, 32, 1, bias=False), nn.BatchNorm2d(32), nn.SiLU(),
            nn.Conv2d(32, 32, kernel, padding=kernel // 2, groups=32, bias=False),
            nn.BatchNorm2d(32), nn.SiLU(),
        )  # fmt: skip
        self.gate = nn.Sequential(nn.Conv2d(32, 2, 1), nn.SiLU(), nn.Conv2d(2, 32, 1))
        self.back = nn.Sequential(nn.Conv2d(32, 8, 1, bias=False), nn.BatchNorm2d(8))

    def forward(self, x: Tensor) -> Tensor:
        y = self.wide(x)
        return x + self.back(y * self.gate(y.mean((2, 3), keepdim=True)).sigmoid())


def efficientnet_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, 2, 1), MbConv(3), MbConv(5),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(8, 10),
    )  # fmt: skip


def convnext(s: Sketch, x: NodeId) -> NodeId:
    """ConvNeXt: 7×7 on each channel alone, two dense layers a pixel, scaled before it is added."""
    inner = s.block("ConvNext")
    before = inner.x()
    y = chain(inner, before, conv(8, 7, 3, groups=8), ("ops.permute", {"dims": (0, 2, 3, 1)}))
    y = chain(inner, y, "nn.LayerNorm", linear(32), "nn.GELU", linear(8))
    scale = inner.add("nn.Parameter", shape=(8,), name="scale")
    y = chain(inner, inner.add("ops.mul", y, scale), ("ops.permute", {"dims": (0, 3, 1, 2)}))
    inner.y(inner.add("ops.add", before, y))
    x = chain(s, x, conv(8, 4, stride=4), ("block.ConvNext", {"repeat": 2}))
    return chain(s, x, ("ops.mean", {"dim": (2, 3)}), "nn.LayerNorm", linear(10))


class ConvNext(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(8))
        self.deep = nn.Conv2d(8, 8, 7, padding=3, groups=8)
        self.way = nn.Sequential(nn.LayerNorm(8), nn.Linear(8, 32), nn.GELU(), nn.Linear(32, 8))

    def forward(self, x: Tensor) -> Tensor:
        y = self.way(self.deep(x).movedim(1, -1)) * self.scale
        return x + y.movedim(-1, 1)


class Mean(nn.Module):
    """Over all places."""

    def forward(self, x: Tensor) -> Tensor:
        return x.mean((2, 3))


def convnext_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 8, 4, 4), ConvNext(), ConvNext(), Mean(), nn.LayerNorm(8), nn.Linear(8, 10)
    )


def _windows(inner: Sketch, shift: int) -> None:
    before = inner.x()
    y = chain(inner, before, "nn.LayerNorm")
    for axis in (1, 2):
        y = inner.add("ops.roll", y, shifts=-shift, dims=axis)
    y = chain(inner, y, ("ops.reshape", {"shape": (-1, 2, 4, 2, 4, 12)}),
              ("ops.permute", {"dims": (0, 1, 3, 2, 4, 5)}),
              ("ops.reshape", {"shape": (-1, 16, 12)}))  # fmt: skip
    y = inner.add("nn.MultiheadAttention", y, y, y, num_heads=3, need_weights=False)
    y = chain(inner, y, ("ops.reshape", {"shape": (-1, 2, 2, 4, 4, 12)}),
              ("ops.permute", {"dims": (0, 1, 3, 2, 4, 5)}),
              ("ops.reshape", {"shape": (-1, 8, 8, 12)}))  # fmt: skip
    for axis in (1, 2):
        y = inner.add("ops.roll", y, shifts=shift, dims=axis)
    y = inner.add("ops.add", before, y)
    inside = chain(inner, y, "nn.LayerNorm", linear(48), "nn.GELU", linear(12))
    inner.y(inner.add("ops.add", y, inside))


def swin(s: Sketch, x: NodeId) -> NodeId:
    """Swin: attention within windows of 4×4 pixels, then within windows shifted by two."""
    _windows(s.block("Windows"), 0)
    _windows(s.block("Shifted"), 2)
    x = chain(s, x, conv(12, 4, stride=4), ("ops.permute", {"dims": (0, 2, 3, 1)}))
    x = chain(s, x, "block.Windows", "block.Shifted")
    return chain(s, x, ("ops.mean", {"dim": (1, 2)}), linear(10))


class Windows(nn.Module):
    """By hand, window by window."""

    def __init__(self, shift: int) -> None:
        super().__init__()
        self.shift = shift
        self.norm1 = nn.LayerNorm(12)
        self.look = nn.MultiheadAttention(12, 3, batch_first=True)
        self.norm2 = nn.LayerNorm(12)
        self.think = nn.Sequential(nn.Linear(12, 48), nn.GELU(), nn.Linear(48, 12))

    def forward(self, x: Tensor) -> Tensor:
        y = torch.roll(self.norm1(x), (-self.shift, -self.shift), (1, 2))
        found = torch.zeros_like(y)
        for top in (0, 4):
            for left in (0, 4):
                part = y[:, top : top + 4, left : left + 4].flatten(1, 2)
                seen = self.look(part, part, part)[0].unflatten(1, (4, 4))
                found[:, top : top + 4, left : left + 4] = seen
        x = x + torch.roll(found, (self.shift, self.shift), (1, 2))
        return x + self.think(self.norm2(x))


class Swin(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 12, 4, 4)
        self.blocks = nn.Sequential(Windows(0), Windows(2))
        self.head = nn.Linear(12, 10)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.blocks(self.patches(x).movedim(1, -1)).mean((1, 2)))


def pyramid(s: Sketch, x: NodeId) -> list[NodeId]:
    """A feature pyramid: what is seen from afar is enlarged and added to what is near."""
    near = chain(s, x, conv(8, 3, 1, stride=2), "nn.ReLU")
    middle = chain(s, near, conv(12, 3, 1, stride=2), "nn.ReLU")
    far = chain(s, middle, conv(16, 3, 1, stride=2), "nn.ReLU")
    top, found = chain(s, far, conv(8, 1)), []
    found.append(chain(s, top, conv(8, 3, 1)))
    for level in (middle, near):
        top = s.add("ops.add", chain(s, level, conv(8, 1)), chain(s, top, "nn.Upsample"))
        found.append(chain(s, top, conv(8, 3, 1)))
    return found


class Pyramid(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.ModuleList(nn.Conv2d(a, b, 3, 2, 1) for a, b in ((3, 8), (8, 12), (12, 16)))
        pairs = [(nn.Conv2d(a, 8, 1), nn.Conv2d(8, 8, 3, padding=1)) for a in (16, 12, 8)]
        self.pairs = nn.ModuleList(layer for pair in pairs for layer in pair)

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        levels = []
        for layer in self.down:
            x = layer(x).relu()
            levels.append(x)
        found, top = [], None
        for place, level in enumerate(reversed(levels)):
            side = self.pairs[2 * place](level)
            top = side if top is None else side + nn.functional.interpolate(top, scale_factor=2)
            found.append(self.pairs[2 * place + 1](top))
        return tuple(found)


def dcgan(s: Sketch, x: NodeId) -> NodeId:
    """A DCGAN's generator: from sixteen numbers to a picture of 16×16."""
    x = chain(s, x, ("nn.Unflatten", {"unflattened_size": (16, 1, 1)}))
    for width, stride, padding in ((16, 1, 0), (8, 2, 1)):
        up = {"out_channels": width, "kernel_size": 4, "stride": stride, "padding": padding}
        x = chain(s, x, ("nn.ConvTranspose2d", {**up, "bias": False}), NORM, "nn.ReLU")
    up = {"out_channels": 3, "kernel_size": 4, "stride": 2, "padding": 1, "bias": False}
    return chain(s, x, ("nn.ConvTranspose2d", up), "nn.Tanh")


def dcgan_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Unflatten(1, (16, 1, 1)),
        nn.ConvTranspose2d(16, 16, 4, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
        nn.ConvTranspose2d(16, 8, 4, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
        nn.ConvTranspose2d(8, 3, 4, 2, 1, bias=False), nn.Tanh(),
    )  # fmt: skip


def sampled(s: Sketch, x: NodeId) -> NodeId:
    """A whole VAE: mean and spread, a draw between them, and the way back."""
    x = chain(s, x, linear(16), "nn.ReLU")
    mean, spread = chain(s, x, linear(4)), chain(s, x, linear(4))
    noise = s.add("ops.randn_like", mean)
    wide = chain(s, spread, ("ops.Expression", {"line": "torch.exp(0.5 * x)"}))
    draw = s.add("ops.add", mean, s.add("ops.mul", noise, wide))
    return chain(s, draw, linear(16), "nn.ReLU", linear(12), "nn.Sigmoid")


class Sampled(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.body, self.mean, self.spread = nn.Linear(12, 16), nn.Linear(16, 4), nn.Linear(16, 4)
        self.back = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 12), nn.Sigmoid())

    def forward(self, x: Tensor) -> Tensor:
        x = self.body(x).relu()
        mean = self.mean(x)
        return self.back(mean + torch.randn_like(mean) * (self.spread(x) / 2).exp())


def clip(s: Sketch, picture: NodeId, words: NodeId) -> NodeId:
    """CLIP: pictures and words meet on a sphere; a learned scale sharpens how alike they are."""
    seen = chain(s, picture, conv(6, 3, stride=2), "nn.ReLU", GLOBAL, "nn.Flatten", linear(8))
    table = ("nn.Embedding", {"num_embeddings": 20, "embedding_dim": 8})
    read = chain(s, words, table, ("ops.mean", {"dim": 1}), linear(8))
    scale = chain(s, s.add("nn.Parameter", shape=(1,), name="scale"), "ops.exp")
    seen, read = chain(s, seen, "ops.normalize"), chain(s, read, "ops.normalize")
    turned = s.add("ops.transpose", read, dim0=0, dim1=1)
    return s.add("ops.mul", s.add("ops.matmul", seen, turned), scale)


class Clip(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))
        self.conv, self.seen = nn.Conv2d(3, 6, 3, 2), nn.Linear(6, 8)
        self.table, self.read = nn.Embedding(20, 8), nn.Linear(8, 8)

    def forward(self, picture: Tensor, words: Tensor) -> Tensor:
        seen = self.seen(self.conv(picture).relu().mean((2, 3)))
        read = self.read(self.table(words).mean(1))
        alike = torch.nn.functional.cosine_similarity(seen[:, None], read[None], -1)
        return alike * self.scale.exp()


def nerf(s: Sketch, x: NodeId) -> list[NodeId]:
    """NeRF: a place as waves of growing pitch, a skip half way, then density and colour."""
    pitches = s.add("ops.constant", value=[1.0, 2.0, 4.0, 8.0])
    waves = s.add("ops.mul", s.add("ops.unsqueeze", x, dim=2), pitches)
    waves = s.add("ops.cat", s.add("ops.sin", waves), s.add("ops.cos", waves), dim=2)
    place = s.add("ops.cat", x, s.add("nn.Flatten", waves))
    y = chain(s, place, linear(32), "nn.ReLU", linear(32), "nn.ReLU")
    y = chain(s, s.add("ops.cat", y, place), linear(32), "nn.ReLU")
    return [chain(s, y, linear(1), "nn.ReLU"), chain(s, y, linear(3), "nn.Sigmoid")]


class Nerf(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Sequential(nn.Linear(27, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU())
        self.second = nn.Linear(59, 32)
        self.density, self.colour = nn.Linear(32, 1), nn.Linear(32, 3)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        angles = torch.stack([x * 2**power for power in range(4)], -1)
        place = torch.cat([x, torch.cat([angles.sin(), angles.cos()], -1).flatten(1)], 1)
        y = self.second(torch.cat([self.first(place), place], 1)).relu()
        return self.density(y).relu(), self.colour(y).sigmoid()


def pointnet(s: Sketch, x: NodeId) -> NodeId:
    """PointNet: a small network turns the cloud upright, the largest of each feature counts."""
    one = {"kernel_size": 1, "padding": 0}
    y = chain(s, s.add("ops.transpose", x), ("nn.Conv1d", {"out_channels": 8, **one}), "nn.ReLU")
    y = chain(s, y, ("ops.amax", {"dim": 2}), linear(9), ("nn.Unflatten", {
        "unflattened_size": (3, 3)}))  # fmt: skip
    y = s.add("ops.matmul", x, s.add("ops.add", y, s.add("ops.eye", n=3)))
    y = chain(s, y, linear(16), "nn.ReLU", ("ops.amax", {"dim": 1}))
    return chain(s, y, linear(10))


class PointNet(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.turn = nn.Conv1d(3, 8, 1), nn.Linear(8, 9)
        self.features, self.head = nn.Linear(3, 16), nn.Linear(16, 10)

    def forward(self, x: Tensor) -> Tensor:
        turn = self.turn(self.conv(x.mT).relu().amax(2)).view(-1, 3, 3) + torch.eye(3)
        return self.head(self.features(torch.bmm(x, turn)).relu().amax(1))


def resnext(s: Sketch, x: NodeId) -> NodeId:
    """ResNeXt: a bottleneck whose 3×3 works in eight groups, three times."""
    inner = s.block("Grouped")
    before = inner.x()
    y = chain(inner, before, conv(16, 1, bias=False), NORM, "nn.ReLU")
    y = chain(inner, y, conv(16, 3, 1, groups=8, bias=False), NORM, "nn.ReLU")
    y = chain(inner, y, conv(32, 1, bias=False), NORM)
    inner.y(chain(inner, inner.add("ops.add", before, y), "nn.ReLU"))
    x = chain(s, x, conv(32, 3, 1), pool(), ("block.Grouped", {"repeat": 3}))
    return chain(s, x, GLOBAL, "nn.Flatten", linear(10))


class Grouped(nn.Module):
    """By hand."""

    def __init__(self) -> None:
        super().__init__()
        self.way = nn.Sequential(
            nn.Conv2d(32, 16, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
            nn.Conv2d(16, 16, 3, padding=1, groups=8, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
            nn.Conv2d(16, 32, 1, bias=False), nn.BatchNorm2d(32),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return (x + self.way(x)).relu()


def resnext_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1), nn.MaxPool2d(2), Grouped(), Grouped(), Grouped(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10),
    )  # fmt: skip


SMALL = ("float32[3, 32, 32]",)
MODERN = {
    "ShuffleNetV2": Architecture(shufflenet, shufflenet_by_hand, SMALL),
    "EfficientNet": Architecture(efficientnet, efficientnet_by_hand, SMALL),
    "ConvNeXt": Architecture(convnext, convnext_by_hand, SMALL),
    "Swin": Architecture(swin, Swin, SMALL),
    "feature pyramid": Architecture(pyramid, Pyramid, SMALL),
    "DCGAN generator": Architecture(dcgan, dcgan_by_hand, ("float32[16]",)),
    "VAE": Architecture(sampled, Sampled, ("float32[12]",)),
    "CLIP": Architecture(clip, Clip, (*SMALL, "int64[7]")),
    "NeRF": Architecture(nerf, Nerf, ("float32[3]",)),
    "PointNet": Architecture(pointnet, PointNet, ("float32[20, 3]",)),
    "ResNeXt": Architecture(resnext, resnext_by_hand, SMALL),
}
