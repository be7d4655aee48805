"""Networks of blocks with a way around them: ResNet, MobileNetV2."""

from __future__ import annotations

from graphcore.kinds.formula import Formula
from graphcore.project.graph import NodeId
from tests.sketch import Sketch

WIDTH = Formula("width")
STRIDE = Formula("stride")
PHOTO = "float32[3, 224, 224]"


def _conv(s: Sketch, x: NodeId, number: str, width: object, **params: object) -> NodeId:
    """A convolution and its BatchNorm."""
    x = s.add("nn.Conv2d", x, name=f"conv{number}", out_channels=width, bias=False,
              **{"kernel_size": 1, "padding": 0, **params})  # fmt: skip
    return s.add("nn.BatchNorm2d", x, name=f"norm{number}")


def _stem(s: Sketch) -> NodeId:
    """From the photo to 64 maps of a quarter of its size."""
    x = _conv(s, s.x("photo", PHOTO), "", 64, kernel_size=7, stride=2, padding=3)
    x = s.add("nn.ReLU", x)
    return s.add("nn.MaxPool2d", x, kernel_size=3, stride=2, padding=1)


def _head(s: Sketch, x: NodeId, dropout: float = 0.0) -> Sketch:
    """From maps to the scores of ImageNet's thousand classes."""
    x = s.add("nn.Flatten", s.add("nn.AdaptiveAvgPool2d", x, name="pool", output_size=1))
    x = s.add("nn.Dropout", x, p=dropout) if dropout else x
    s.y(s.add("nn.Linear", x, name="head", out_features=1000), "scores")
    return s


def _around(s: Sketch, x: NodeId, result: NodeId, width: object = None) -> None:
    """The sum with the way around, which is projected where a width is given."""
    shortcut = _conv(s, x, "_around", width, stride=STRIDE) if width else x
    s.y(s.add("nn.ReLU", s.add("ops.add", result, shortcut, name="total"), name="result"))


def _basic(s: Sketch, *, projects: bool) -> None:
    x = s.x()
    stride = STRIDE if projects else 1
    y = _conv(s, x, "1", WIDTH, kernel_size=3, stride=stride, padding=1)
    y = _conv(s, s.add("nn.ReLU", y), "2", WIDTH, kernel_size=3, padding=1)
    _around(s, x, y, WIDTH if projects else None)


def resnet18() -> Sketch:
    """ResNet-18

    Four stages of residual blocks: what a block finds is added to what came in, so gradients
    reach the first layer however deep the network is. 11.7 million parameters, for photos of
    224×224.
    """
    s = Sketch()
    _basic(s.block("BasicBlock", "Two 3×3 convolutions and a way around.", width=64),
           projects=False)  # fmt: skip
    _basic(s.block("DownBlock", "Halves the size; a 1×1 convolution leads around.", width=128,
                   stride=2), projects=True)  # fmt: skip
    x = s.add("block.BasicBlock", _stem(s), name="stage1", repeat=2)
    for stage, width in enumerate((128, 256, 512), 2):
        x = s.add("block.DownBlock", x, name=f"down{stage}", width=width)
        x = s.add("block.BasicBlock", x, name=f"stage{stage}", width=width)
    return _head(s, x)


def _bottleneck(s: Sketch, *, projects: bool) -> None:
    x, wide = s.x(), Formula("width * 4")
    stride = STRIDE if projects else 1
    y = s.add("nn.ReLU", _conv(s, x, "1", WIDTH), name="relu1")
    y = _conv(s, y, "2", WIDTH, kernel_size=3, stride=stride, padding=1)
    y = _conv(s, s.add("nn.ReLU", y, name="relu2"), "3", wide)
    _around(s, x, y, wide if projects else None)


def resnet50() -> Sketch:
    """ResNet-50

    Residual blocks with a bottleneck: 1×1 to few channels, 3×3 there, 1×1 back to many. The first
    block of a stage halves the size. 25.6 million parameters, for photos of 224×224.
    """
    s = Sketch()
    _bottleneck(s.block("Bottleneck", "1×1, 3×3 and 1×1, and a way around.", width=64),
                projects=False)  # fmt: skip
    _bottleneck(s.block("FirstBottleneck", "The same with a 1×1 convolution around.", width=64,
                        stride=2), projects=True)  # fmt: skip
    x = _stem(s)
    for stage, (width, more) in enumerate(((64, 2), (128, 3), (256, 5), (512, 2)), 1):
        x = s.add("block.FirstBottleneck", x, name=f"first{stage}", width=width,
                  **({"stride": 1} if stage == 1 else {}))  # fmt: skip
        x = s.add("block.Bottleneck", x, name=f"stage{stage}", width=width, repeat=more)
    return _head(s, x)


def _inverted(s: Sketch, width: object, hidden: object, stride: object) -> tuple[NodeId, NodeId]:
    """1×1 to many channels, 3×3 on each alone, 1×1 back to few."""
    x = s.x()
    y = s.add("nn.ReLU6", _conv(s, x, "1", hidden), name="relu1")
    y = _conv(s, y, "2", hidden, kernel_size=3, stride=stride, padding=1, groups=hidden)
    return x, _conv(s, s.add("nn.ReLU6", y, name="relu2"), "3", width)


def mobilenet() -> Sketch:
    """MobileNetV2, inverted residuals

    Wide inside and narrow between, with a convolution on each channel alone: a hundredth of the
    work of larger networks. 3.5 million parameters, for photos of 224×224.
    """
    s = Sketch()
    inner = s.block("InvertedResidual", "Six times wider inside; the input is added.", width=24)
    x, y = _inverted(inner, WIDTH, Formula("width * 6"), 1)
    inner.y(inner.add("ops.add", x, y, name="total"))
    inner = s.block("Narrowing", "The same without a way around, to another width.", width=24,
                    hidden=96, stride=1)  # fmt: skip
    inner.y(_inverted(inner, WIDTH, Formula("hidden"), STRIDE)[1])

    x = _conv(s, s.x("photo", PHOTO), "1", 32, kernel_size=3, stride=2, padding=1)
    x = _conv(s, s.add("nn.ReLU6", x, name="relu1"), "2", 32, kernel_size=3, padding=1, groups=32)
    x = _conv(s, s.add("nn.ReLU6", x, name="relu2"), "3", 16)
    before = 16
    stages = ((24, 1, 2), (32, 2, 2), (64, 3, 2), (96, 2, 1), (160, 2, 2), (320, 0, 1))
    for stage, (width, more, stride) in enumerate(stages, 1):
        x = s.add("block.Narrowing", x, name=f"narrow{stage}", width=width, hidden=6 * before,
                  stride=stride)  # fmt: skip
        if more:
            x = s.add("block.InvertedResidual", x, name=f"stage{stage}", width=width, repeat=more)
        before = width
    x = s.add("nn.ReLU6", _conv(s, x, "4", 1280), name="relu4")
    return _head(s, x, dropout=0.2)


RESIDUAL = {"resnet18": resnet18, "resnet50": resnet50, "mobilenet": mobilenet}
