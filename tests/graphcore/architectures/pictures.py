"""Networks that classify pictures."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from graphcore.kinds.formula import Formula
from graphcore.project.graph import NodeId
from tests.graphcore.architectures.drawn import Architecture, chain, conv, linear, pool
from tests.sketch import Sketch

WIDTH = Formula("width")
GLOBAL = ("nn.AdaptiveAvgPool2d", {"output_size": 1})


def lenet(s: Sketch, x: NodeId) -> NodeId:
    """LeNet-5: two convolutions with tanh and mean pooling, three dense layers."""
    mean = pool(2, "nn.AvgPool2d")
    x = chain(s, x, conv(6, 5, 2), "nn.Tanh", mean, conv(16, 5), "nn.Tanh", mean, "nn.Flatten")
    return chain(s, x, linear(120), "nn.Tanh", linear(84), "nn.Tanh", linear(10))


def lenet_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
    )  # fmt: skip


def alexnet(s: Sketch, x: NodeId) -> NodeId:
    """AlexNet in an eighth of its width: local response norm, overlapping pools, dropout."""
    norm, overlapping = ("nn.LocalResponseNorm", {"size": 5}), pool(3, stride=2)
    x = chain(s, x, conv(12, 11, 2, stride=4), "nn.ReLU", norm, overlapping)
    x = chain(s, x, conv(32, 5, 2, groups=2), "nn.ReLU", norm, overlapping)
    for width, groups in ((48, 1), (48, 2), (32, 2)):
        x = chain(s, x, conv(width, 3, 1, groups=groups), "nn.ReLU")
    x = chain(s, x, overlapping, "nn.Flatten")
    for _ in range(2):
        x = chain(s, x, "nn.Dropout", linear(64), "nn.ReLU")
    return chain(s, x, linear(10))


def alexnet_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 12, 11, 4, 2), nn.ReLU(), nn.LocalResponseNorm(5), nn.MaxPool2d(3, 2),
        nn.Conv2d(12, 32, 5, 1, 2, groups=2), nn.ReLU(), nn.LocalResponseNorm(5),
        nn.MaxPool2d(3, 2),
        nn.Conv2d(32, 48, 3, 1, 1), nn.ReLU(), nn.Conv2d(48, 48, 3, 1, 1, groups=2), nn.ReLU(),
        nn.Conv2d(48, 32, 3, 1, 1, groups=2), nn.ReLU(), nn.MaxPool2d(3, 2), nn.Flatten(),
        nn.Dropout(), nn.Linear(32 * 3 * 3, 64), nn.ReLU(),
        nn.Dropout(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10),
    )  # fmt: skip


VGG = (8, 0, 16, 0, 32, 32, 0, 64, 64, 0, 64, 64, 0)  # 0 is a pool


def vgg(s: Sketch, x: NodeId) -> NodeId:
    """VGG-11 in an eighth of its width: nothing but 3×3 convolutions and pools."""
    for width in VGG:
        x = chain(s, x, conv(width, 3, 1), "nn.ReLU") if width else chain(s, x, pool())
    return chain(s, x, "nn.Flatten", linear(32), "nn.ReLU", "nn.Dropout", linear(10))


def vgg_by_hand() -> nn.Module:
    layers: list[nn.Module] = []
    channels = 3
    for width in VGG:
        layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()] if width else []
        layers += [] if width else [nn.MaxPool2d(2)]
        channels = width or channels
    head = (nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Dropout(), nn.Linear(32, 10))
    return nn.Sequential(*layers, *head)


def _residual(s: Sketch, *, projects: bool) -> None:
    x, norm = s.x(), "nn.BatchNorm2d"
    stride = Formula("stride") if projects else 1
    y = chain(s, x, conv(WIDTH, 3, 1, stride=stride, bias=False), norm, "nn.ReLU")
    y = chain(s, y, conv(WIDTH, 3, 1, bias=False), norm)
    around = chain(s, x, conv(WIDTH, 1, stride=stride, bias=False), norm) if projects else x
    s.y(chain(s, s.add("ops.add", y, around), "nn.ReLU"))


def resnet(s: Sketch, x: NodeId) -> NodeId:
    """ResNet-18 in an eighth of its width: four stages of two blocks each."""
    _residual(s.block("Same", width=8), projects=False)
    _residual(s.block("Down", width=16, stride=2), projects=True)
    x = chain(s, x, conv(8, 3, 1, bias=False), "nn.BatchNorm2d", "nn.ReLU")
    x = s.add("block.Same", x, repeat=2)
    for width in (16, 32, 64):
        x = chain(s, x, ("block.Down", {"width": width}), ("block.Same", {"width": width}))
    return chain(s, x, GLOBAL, "nn.Flatten", linear(10))


class Residual(nn.Module):
    """Two convolutions and a way around."""

    def __init__(self, channels: int, width: int, stride: int = 1) -> None:
        super().__init__()
        self.way = nn.Sequential(
            nn.Conv2d(channels, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width),
            nn.ReLU(), nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width),
        )  # fmt: skip
        self.around = nn.Sequential()
        if stride > 1:
            self.around.append(nn.Conv2d(channels, width, 1, stride, bias=False))
            self.around.append(nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.way(x) + self.around(x))


def resnet_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, 1, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
        Residual(8, 8), Residual(8, 8), Residual(8, 16, 2), Residual(16, 16),
        Residual(16, 32, 2), Residual(32, 32), Residual(32, 64, 2), Residual(64, 64),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10),
    )  # fmt: skip


def densenet(s: Sketch, x: NodeId) -> NodeId:
    """A dense block of four layers, each of which sees all before it, and a transition."""
    inner = s.block("Dense", growth=4)
    before = inner.x()
    y = chain(inner, before, "nn.BatchNorm2d", "nn.ReLU")
    y = chain(inner, y, conv(Formula("growth"), 3, 1, bias=False))
    inner.y(inner.add("ops.cat", before, y))
    x = s.add("block.Dense", s.add("nn.Conv2d", x, out_channels=8), repeat=4)
    x = chain(s, x, "nn.BatchNorm2d", "nn.ReLU", conv(12, 1), pool(2, "nn.AvgPool2d"))
    return chain(s, x, GLOBAL, "nn.Flatten", linear(10))


class Dense(nn.Module):
    """What came in, and four maps more."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(channels)
        self.conv = nn.Conv2d(channels, 4, 3, padding=1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat((x, self.conv(torch.relu(self.norm(x)))), 1)


def densenet_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1), *(Dense(8 + 4 * i) for i in range(4)),
        nn.BatchNorm2d(24), nn.ReLU(), nn.Conv2d(24, 12, 1), nn.AvgPool2d(2),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(12, 10),
    )  # fmt: skip


def squeezenet(s: Sketch, x: NodeId) -> NodeId:
    """SqueezeNet: fire modules squeeze with 1×1 and expand with 1×1 and 3×3 side by side."""
    inner = s.block("Fire", squeeze=4, expand=8)
    squeezed = chain(inner, inner.x(), conv(Formula("squeeze"), 1), "nn.ReLU")
    one = chain(inner, squeezed, conv(Formula("expand"), 1), "nn.ReLU")
    three = chain(inner, squeezed, conv(Formula("expand"), 3, 1), "nn.ReLU")
    inner.y(inner.add("ops.cat", one, three))
    x = chain(s, x, conv(12, 3, stride=2), "nn.ReLU", pool(3, stride=2))
    x = chain(s, x, "block.Fire", "block.Fire", pool(3, stride=2))
    x = chain(s, x, ("block.Fire", {"squeeze": 8, "expand": 16}), "nn.Dropout")
    return chain(s, x, conv(10, 1), "nn.ReLU", GLOBAL, "nn.Flatten")


class Fire(nn.Module):
    """Squeezes, then expands in two ways."""

    def __init__(self, channels: int, squeeze: int, expand: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(channels, squeeze, 1)
        self.one = nn.Conv2d(squeeze, expand, 1)
        self.three = nn.Conv2d(squeeze, expand, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.squeeze(x).relu()
        return torch.cat((self.one(x), self.three(x)), 1).relu()


def squeezenet_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 12, 3, 2), nn.ReLU(), nn.MaxPool2d(3, 2),
        Fire(12, 4, 8), Fire(16, 4, 8), nn.MaxPool2d(3, 2), Fire(16, 8, 16), nn.Dropout(),
        nn.Conv2d(32, 10, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
    )  # fmt: skip


def mobilenet(s: Sketch, x: NodeId) -> NodeId:
    """MobileNetV2: an inverted residual, wide inside, each channel by itself."""
    inner, hidden = s.block("Inverted", width=8, times=4), Formula("width * times")
    x_in = inner.x()
    y = chain(inner, x_in, conv(hidden, 1, bias=False), "nn.BatchNorm2d", "nn.ReLU6")
    y = chain(inner, y, conv(hidden, 3, 1, groups=hidden, bias=False), "nn.BatchNorm2d")
    y = chain(inner, y, "nn.ReLU6", conv(WIDTH, 1, bias=False), "nn.BatchNorm2d")
    inner.y(inner.add("ops.add", x_in, y))
    x = chain(s, x, conv(8, 3, 1, stride=2), "block.Inverted", ("block.Inverted", {"times": 6}))
    return chain(s, x, GLOBAL, "nn.Flatten", linear(10))


class Inverted(nn.Module):
    """Wide inside."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.way = nn.Sequential(
            nn.Conv2d(width, hidden, 1, bias=False), nn.BatchNorm2d(hidden), nn.ReLU6(),
            nn.Conv2d(hidden, hidden, 3, 1, 1, groups=hidden, bias=False),
            nn.BatchNorm2d(hidden), nn.ReLU6(),
            nn.Conv2d(hidden, width, 1, bias=False), nn.BatchNorm2d(width),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return x + self.way(x)


def mobilenet_by_hand() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, 2, 1), Inverted(8, 32), Inverted(8, 48),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10),
    )  # fmt: skip


def squeeze_and_excite(s: Sketch, x: NodeId) -> NodeId:
    """A squeeze-and-excite net: a summary of all places says how much each channel counts."""
    inner = s.block("Excite", width=16, reduction=4)
    maps = chain(inner, inner.x(), conv(WIDTH, 3, 1), "nn.ReLU")
    gate = chain(inner, maps, GLOBAL, conv(Formula("width // reduction"), 1), "nn.ReLU")
    gate = chain(inner, gate, conv(WIDTH, 1), "nn.Sigmoid")
    inner.y(inner.add("ops.mul", maps, gate))
    x = chain(s, x, "block.Excite", pool(), ("block.Excite", {"width": 32, "reduction": 8}))
    return chain(s, x, ("ops.mean", {"dim": (2, 3)}), linear(10))


class Excite(nn.Module):
    """Maps, weighed."""

    def __init__(self, channels: int, width: int, inside: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, width, 3, padding=1)
        self.less, self.more = nn.Conv2d(width, inside, 1), nn.Conv2d(inside, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv(x).relu()
        return x * self.more(self.less(x.mean((2, 3), keepdim=True)).relu()).sigmoid()


def squeeze_and_excite_by_hand() -> nn.Module:
    return nn.Sequential(
        Excite(3, 16, 4), nn.MaxPool2d(2), Excite(16, 32, 4),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10),
    )  # fmt: skip


SMALL = ("float32[3, 32, 32]",)
PICTURES = {
    "LeNet-5": Architecture(lenet, lenet_by_hand, ("float32[1, 28, 28]",)),
    "AlexNet": Architecture(alexnet, alexnet_by_hand, ("float32[3, 128, 128]",)),
    "VGG-11": Architecture(vgg, vgg_by_hand, SMALL),
    "ResNet-18": Architecture(resnet, resnet_by_hand, SMALL),
    "DenseNet": Architecture(densenet, densenet_by_hand, SMALL),
    "SqueezeNet": Architecture(squeezenet, squeezenet_by_hand, SMALL),
    "MobileNetV2": Architecture(mobilenet, mobilenet_by_hand, SMALL),
    "squeeze and excite": Architecture(squeeze_and_excite, squeeze_and_excite_by_hand, SMALL),
}
