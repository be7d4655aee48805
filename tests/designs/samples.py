"""Templates that train on the samples that come along."""

from __future__ import annotations

from dataclasses import replace

from graphcore.data.sources import describe
from graphcore.kinds.formula import Formula
from graphcore.project.plan import Optimizer
from tests.sketch import Sketch

CLASSES = Formula("label.classes")
PIXELS = Formula("image.size")


def _on(sample: str, **plan: object) -> Sketch:
    """An empty drawing on a sample, with a plan."""
    sketch = Sketch(describe("sample", {"name": sample}, None))
    rate = plan.pop("lr", None)
    made = sketch.project.plan = replace(sketch.project.plan, **plan)
    if rate is not None:
        [objective] = made.objectives
        objective = replace(objective, optimizer=Optimizer("AdamW", {"lr": rate}))
        sketch.project.plan = replace(made, objectives=(objective,))
    return sketch


def digits_cnn() -> Sketch:
    """Digits, a small convolutional network

    Reads 8×8 handwritten digits with two convolutions. Press Train and watch it learn.
    """
    s = _on("digits", epochs=12, batch_size=64, seed=7, lr=0.003)
    data = s.add("data.Dataset", name="digits")
    x = s.add("nn.Conv2d", (data, "image"), name="conv1", out_channels=16)
    x = s.add("nn.ReLU", x, name="relu1")
    x = s.add("nn.Conv2d", x, name="conv2", out_channels=32)
    x = s.add("nn.ReLU", x, name="relu2")
    x = s.add("nn.MaxPool2d", x, name="pool")
    x = s.add("nn.Dropout", s.add("nn.Flatten", x), p=0.25)
    x = s.add("nn.Linear", x, name="head", out_features=CLASSES)
    s.add("loss.CrossEntropyLoss", x, (data, "label"))
    return s


def digits_mlp() -> Sketch:
    """Digits, the simplest network

    One hidden layer between the pixels and the ten classes.
    """
    s = _on("digits", epochs=20, batch_size=32, seed=7)
    data = s.add("data.Dataset", name="digits")
    x = s.add("nn.Flatten", (data, "image"))
    x = s.add("nn.ReLU", s.add("nn.Linear", x, name="hidden", out_features=64))
    x = s.add("nn.Linear", x, name="head", out_features=CLASSES)
    s.add("loss.CrossEntropyLoss", x, (data, "label"))
    return s


def iris() -> Sketch:
    """Iris, from a table

    Three kinds of iris told apart by four lengths. A good place to meet a dense network.
    """
    s = _on("iris", epochs=60, batch_size=16, seed=7, lr=0.01)
    data = s.add("data.Dataset", name="iris")
    x = s.add("nn.Linear", (data, "features"), name="hidden", out_features=16)
    x = s.add("nn.Linear", s.add("nn.Tanh", x), name="head", out_features=CLASSES)
    s.add("loss.CrossEntropyLoss", x, (data, "label"))
    return s


def digits_autoencoder() -> Sketch:
    """Digits, an autoencoder

    Squeezes each picture into eight numbers and draws it again; the loss compares with the input
    itself.
    """
    s = _on("digits", epochs=30, batch_size=64, seed=7, lr=0.003)
    data = s.add("data.Dataset", name="digits")
    x = s.add("nn.Flatten", (data, "image"))
    x = s.add("nn.ReLU", s.add("nn.Linear", x, name="encoder", out_features=32))
    x = s.add("nn.Linear", x, name="bottleneck", out_features=8)
    x = s.add("nn.ReLU", s.add("nn.Linear", x, name="decoder", out_features=32))
    x = s.add("nn.Sigmoid", s.add("nn.Linear", x, name="pixels", out_features=PIXELS))
    x = s.add("nn.Unflatten", x, name="redrawn", unflattened_size=(1, 8, 8))
    s.add("loss.MSELoss", x, (data, "image"))
    return s


def two_heads() -> Sketch:
    """Two heads and an auxiliary loss

    One picture in, its class and the picture again out; a third loss helps an early layer along
    and is not part of the shipped model.
    """
    s = _on("digits", epochs=12, seed=7)
    data = s.add("data.Dataset", name="digits")
    picture = s.add("io.Input", (data, "image"), name="picture")
    x = s.add("nn.Conv2d", picture, name="conv1", out_channels=16)
    x = s.add("nn.MaxPool2d", s.add("nn.ReLU", x, name="relu1"), name="pool")
    features = s.add("nn.Flatten", x, name="features")
    trunk = s.add("nn.Linear", features, name="trunk", out_features=64)
    trunk = s.add("nn.ReLU", trunk, name="relu2")
    digit = s.add("nn.Linear", trunk, name="digit_head", out_features=CLASSES)
    pixels = s.add("nn.Linear", trunk, name="pixel_head", out_features=PIXELS)
    redraw = s.add("nn.Sigmoid", pixels)
    redraw = s.add("nn.Unflatten", redraw, name="redraw", unflattened_size=(1, 8, 8))
    s.y(digit, "scores")
    s.y(redraw, "redrawn")
    s.add("loss.CrossEntropyLoss", digit, (data, "label"), name="digit_loss")
    s.add("loss.MSELoss", redraw, (data, "image"), name="redraw_loss")
    aux = s.add("nn.Linear", features, name="aux_head", out_features=CLASSES)
    s.add("loss.CrossEntropyLoss", aux, (data, "label"), name="aux_loss", weight=0.3)
    return s


def autograd() -> Sketch:
    """One minute of autograd

    y = x² + 3x at x = 2. Select y, press Backward, and autograd finds dy/dx = 2x + 3 = 7. Change
    x to 5: it becomes 13.
    """
    s = Sketch()
    x = s.add("ops.constant", name="x", value=2.0, requires_grad=True)
    square = s.add("ops.pow", x, name="square", exponent=2.0)
    three = s.add("ops.constant", name="three", value=3.0)
    triple = s.add("ops.mul", three, x, name="triple")
    s.y(s.add("ops.add", square, triple, name="y"), "result")
    return s


SAMPLES = {
    "digits-cnn": digits_cnn, "digits-mlp": digits_mlp, "iris": iris,
    "digits-autoencoder": digits_autoencoder, "two-heads": two_heads, "autograd": autograd,
}  # fmt: skip
