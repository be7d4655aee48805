"""Networks with several ways: U-Net, Inception, a siamese network."""

from __future__ import annotations

from graphcore.kinds.formula import Formula
from graphcore.project.graph import NodeId
from tests.sketch import Sketch

WIDTH = Formula("width")


def unet() -> Sketch:
    """U-Net, a class for every pixel

    Down four times to see far, up four times to see sharp; each step up is given what the step
    down at its size saw. 31 million parameters, for pictures whose sides divide by 16.
    """
    s = Sketch()
    inner = s.block("DoubleConv", "Two 3×3 convolutions.", width=64)
    x = inner.x()
    for number in (1, 2):
        x = inner.add("nn.Conv2d", x, name=f"conv{number}", out_channels=WIDTH, bias=False)
        x = inner.add("nn.BatchNorm2d", x, name=f"norm{number}")
        x = inner.add("nn.ReLU", x, name=f"relu{number}")
    inner.y(x)
    inner = s.block("Down", "Half the size.", width=128)
    x = inner.add("nn.MaxPool2d", inner.x(), name="pool")
    inner.y(inner.add("block.DoubleConv", x, name="convs", width=WIDTH))
    inner = s.block("Up", "Twice the size, joined with what the way down saw.", width=64)
    skip, x = inner.x("skip"), inner.x()
    x = inner.add("nn.ConvTranspose2d", x, name="up", out_channels=WIDTH, kernel_size=2, stride=2)
    x = inner.add("ops.cat", skip, x, name="joined")
    inner.y(inner.add("block.DoubleConv", x, name="convs", width=WIDTH))

    x = s.add("block.DoubleConv", s.x("picture", "float32[3, 256, 256]"), name="first")
    seen = []
    for step, width in enumerate((128, 256, 512, 1024), 1):
        seen.append(x)
        x = s.add("block.Down", x, name=f"down{step}", width=width)
    for step, width in enumerate((512, 256, 128, 64), 1):
        x = s.add("block.Up", seen.pop(), x, name=f"up{step}", width=width)
    s.y(s.add("nn.Conv2d", x, name="head", out_channels=2, kernel_size=1, padding=0), "scores")
    return s


BRANCHES = ("one", "three_before", "three", "five_before", "five", "pooled")
INCEPTIONS = {
    "3a": (64, 96, 128, 16, 32, 32), "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64), "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64), "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128), "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}  # fmt: skip


def _conv(s: Sketch, x: NodeId, width: object, name: str, **params: object) -> NodeId:
    return s.add("block.ConvNorm", x, name=name, width=width, **params)


def inception() -> Sketch:
    """Inception, four branches side by side

    GoogLeNet with BatchNorm: each block looks at one place, at 3×3 and at 5×5 (as two 3×3 would,
    cheaper) at once and joins what they find. 7 million parameters, for photos of 224×224.
    """
    s = Sketch()
    inner = s.block("ConvNorm", "A convolution that keeps the size.", width=64, kernel=1, stride=1)
    x = inner.add("nn.Conv2d", inner.x(), out_channels=WIDTH, kernel_size=Formula("kernel"),
                  stride=Formula("stride"), padding=Formula("kernel // 2"), bias=False)  # fmt: skip
    inner.y(inner.add("nn.ReLU", inner.add("nn.BatchNorm2d", x, name="norm")))

    inner = s.block("Inception", "Four branches, joined.", **dict(zip(BRANCHES, INCEPTIONS["3a"],
                                                                     strict=True)))  # fmt: skip
    x, width = inner.x(), {name: Formula(name) for name in BRANCHES}
    one = _conv(inner, x, width["one"], "one1")
    three = _conv(inner, x, width["three_before"], "three1")
    three = _conv(inner, three, width["three"], "three2", kernel=3)
    five = _conv(inner, x, width["five_before"], "five1")
    five = _conv(inner, five, width["five"], "five2", kernel=3)
    pooled = inner.add("nn.MaxPool2d", x, name="pool", kernel_size=3, stride=1, padding=1)
    pooled = _conv(inner, pooled, width["pooled"], "pooled1")
    inner.y(inner.add("ops.cat", one, three, five, pooled, name="joined"))

    x = _conv(s, s.x("photo", "float32[3, 224, 224]"), 64, "conv1", kernel=7, stride=2)
    x = _pool(s, x, 1)
    x = _conv(s, _conv(s, x, 64, "conv2"), 192, "conv3", kernel=3)
    x = _pool(s, x, 2)
    for number, (name, widths) in enumerate(INCEPTIONS.items()):
        if number in (2, 7):
            x = _pool(s, x, 3 if number == 2 else 4)
        x = s.add("block.Inception", x, name=f"inception{name}",
                  **dict(zip(BRANCHES, widths, strict=True)))  # fmt: skip
    x = s.add("nn.Flatten", s.add("nn.AdaptiveAvgPool2d", x, name="average", output_size=1))
    x = s.add("nn.Linear", s.add("nn.Dropout", x, p=0.2), name="head", out_features=1000)
    s.y(x, "scores")
    return s


def _pool(s: Sketch, x: NodeId, number: int) -> NodeId:
    return s.add("nn.MaxPool2d", x, name=f"pool{number}", kernel_size=3, stride=2, padding=1)


def siamese() -> Sketch:
    """A siamese network, the same or not

    Both pictures go through one tower with one set of weights; how far apart the results are says
    whether they show the same thing. 39 million parameters, for pictures of 105×105.
    """
    s = Sketch()
    inner = s.block("Tower", "From a picture to 4096 numbers.")
    x = inner.x("picture")
    for number, (width, kernel) in enumerate(((64, 10), (128, 7), (128, 4), (256, 4)), 1):
        x = inner.add("nn.Conv2d", x, name=f"conv{number}", out_channels=width,
                      kernel_size=kernel, padding=0)  # fmt: skip
        x = inner.add("nn.ReLU", x, name=f"relu{number}")
        if number < 4:
            x = inner.add("nn.MaxPool2d", x, name=f"pool{number}")
    x = inner.add("nn.Linear", inner.add("nn.Flatten", x), name="wide", out_features=4096)
    inner.y(inner.add("nn.Sigmoid", x), "features")

    one, other = (s.x(name, "float32[1, 105, 105]") for name in ("picture", "other_picture"))
    first = s.add("block.Tower", one, name="tower")
    second = s.add("block.Tower", other, name="other_tower", shares="tower")
    x = s.add("ops.abs", s.add("ops.sub", first, second, name="difference"), name="distance")
    s.y(s.add("nn.Linear", x, name="head", out_features=1), "sameness")
    return s


BRANCHED = {"unet": unet, "inception": inception, "siamese": siamese}
