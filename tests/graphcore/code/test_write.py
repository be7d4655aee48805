"""The text: what ruff and Python say of it, and that it is what is built."""

from __future__ import annotations

import copy
import pickle
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from graphcore.code.build import build
from graphcore.code.code import Code, Tap
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.formula import Formula
from graphcore.project.edits import Rename, SetParam
from graphcore.project.project import Project
from tests.drawing import Drawing, digits_choice, digits_cnn, two_heads
from tests.sketch import Sketch

DATASET = "data.Dataset"


def ruff(texts: list[str], folder: Path) -> str:
    """What ruff's linter and formatter, at default settings, say of the files."""
    for number, text in enumerate(texts):
        (folder / f"net{number}.py").write_text(text)
    said = ""
    for command in (["check", "--isolated"], ["format", "--isolated", "--diff"]):
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *command, str(folder)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if result.returncode:
            said += result.stdout + result.stderr
    return said


def wide_drawing(seed: int) -> Drawing:
    """A random feed-forward drawing with long names, merges and many arguments."""
    chance = random.Random(seed)
    drawing = Drawing()
    values = [drawing.input("float32[8, 12, 12]", name="an_input_with_a_rather_long_name")]
    for number in range(chance.randint(3, 12)):
        name = f"{'layer_' * chance.randint(1, 9)}{number}"
        match chance.randrange(4):
            case 0:
                made = drawing.add(
                    "nn.Conv2d", chance.choice(values), name=name, out_channels=8,
                    kernel_size=(3, 3), padding=(1, 1), bias=False, padding_mode="reflect",
                )  # fmt: skip
            case 1:
                made = drawing.add("nn.BatchNorm2d", chance.choice(values), name=name, eps=1e-3)
            case 2:
                picked = [chance.choice(values) for _ in range(chance.randint(2, 6))]
                made = drawing.add("ops.add", *picked, name=name)
            case _:
                picked = [chance.choice(values) for _ in range(2)]
                joined = drawing.add("ops.cat", *picked, name=name)
                made = drawing.add("nn.Conv2d", joined, name=f"{name}_back", out_channels=8)
        values.append(made)
    for number, value in enumerate(values[-chance.randint(1, 6) :]):
        drawing.add("io.Output", value, name=f"{'result_' * chance.randint(1, 4)}{number}")
    return drawing


def test_the_text_passes_ruff_at_default_settings(tmp_path: Path) -> None:
    drawings = [digits_cnn(), two_heads(), Drawing(), *map(wide_drawing, range(40))]
    wide = wide_drawing(7)
    taps = [Tap(path, "output") for path, f in wide.analysis().nodes.items() if f.outputs]
    tapped = [two_heads().code(Tap("conv", "output"), Tap("aux", "output")), wide.code(*taps)]
    assert ruff([*(d.code().text for d in drawings), *(c.text for c in tapped)], tmp_path) == ""


def test_wide_drawings_build_and_run() -> None:
    for seed in range(5):
        drawing = wide_drawing(seed)
        assert [p for p in drawing.analysis().problems if p.severity == "error"] == []
        build(drawing.code()).model(torch.rand(2, 8, 12, 12))


def test_the_same_project_gives_the_same_text() -> None:
    drawing = two_heads()
    assert drawing.code() == drawing.code()
    assert Code.__eq__(drawing.code(), drawing.code())


def test_only_what_differs_from_the_defaults_is_written() -> None:
    text = digits_cnn().code().text
    assert "self.conv = nn.Conv2d(1, 16, 3, padding=1)\n" in text
    assert "conv = self.conv(image)  # [B, 16, 8, 8]\n" in text
    assert "def forward(self, image: Tensor) -> Tensor:\n" in text


def test_lines_know_their_node() -> None:
    code = digits_cnn().code()
    lines = code.text.splitlines()
    assert [lines[n - 1].strip() for n in code.lines_of("conv")] == [
        "self.conv = nn.Conv2d(1, 16, 3, padding=1)",
        "conv = self.conv(image)  # [B, 16, 8, 8]",
    ]


def test_changing_one_character_of_the_text_changes_the_module() -> None:
    code = digits_cnn().code()
    text = code.text.replace("nn.Conv2d(1, 16, 3", "nn.Conv2d(1, 16, 5", 1)
    changed = build(Code(text)).model
    assert changed.conv.kernel_size == (5, 5)
    assert build(code).model.conv.kernel_size == (3, 3)


def test_tracebacks_show_the_generated_line() -> None:
    import traceback

    model = build(digits_cnn().code()).model
    with pytest.raises(RuntimeError) as caught:
        model(torch.rand(2, 7, 8, 8))
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert any(frame.line == "conv = self.conv(image)  # [B, 16, 8, 8]" for frame in frames)


def test_built_modules_can_be_copied_pickled_and_scripted() -> None:
    model = build(two_heads().code()).model.eval()
    picture = torch.rand(3, 1, 8, 8)
    expected = model(picture)
    for other in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert all(map(torch.equal, other(picture), expected))


def test_the_file_runs_in_a_bare_interpreter(tmp_path: Path) -> None:
    file = tmp_path / "network.py"
    file.write_text(
        two_heads().code().text
        + "\nimport torch\n"
        + "terms = Objective(Model())(torch.rand(2, 1, 8, 8), torch.tensor([1, 2]),"
        + " torch.rand(2, 1, 8, 8))\nprint(sorted(terms))\n"
    )
    result = subprocess.run(
        [sys.executable, "-I", str(file)], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert result.stdout.strip() == "['aux_loss', 'digit_loss', 'image_loss']"


def test_terms_are_weighted() -> None:
    objective = build(two_heads().code()).objective
    batch = torch.rand(2, 1, 8, 8), torch.tensor([1, 2]), torch.rand(2, 1, 8, 8)
    plain = build(Code(two_heads().code().text.replace("0.3 * ", ""))).objective
    plain.load_state_dict(objective.state_dict())
    ratio = objective(*batch)["aux_loss"] / plain(*batch)["aux_loss"]
    assert ratio.item() == pytest.approx(0.3)


def test_taps_add_values_and_leave_the_numbers_alone() -> None:
    drawing = digits_cnn()
    plain, tapped = build(drawing.code()), build(drawing.code(Tap("relu", "output")))
    tapped.model.load_state_dict(plain.model.state_dict())
    batch = torch.rand(4, 1, 8, 8), torch.tensor([0, 1, 2, 3])
    first, second = plain.objective(*batch), tapped.objective(*batch)
    assert torch.equal(first["loss"], second["loss"])
    assert second["tap:relu.output"].shape == (4, 16, 8, 8)
    assert drawing.code().text == digits_cnn().code().text


def test_taps_ignore_inplace() -> None:
    drawing = digits_cnn()
    relu = drawing.project.graph.by_name("relu")
    drawing.do(SetParam(relu.id, "inplace", True))
    assert "inplace=True" in drawing.code().text
    assert "inplace" not in drawing.code(Tap("conv", "output")).text


def test_an_incomplete_drawing_still_gives_text_that_parses() -> None:
    drawing = Drawing()
    for kind in CATALOG:
        drawing.add(kind)
    compile(drawing.code().text, "<incomplete>", "exec")
    compile(Drawing().code().text, "<empty>", "exec")


def test_values_that_nobody_knows_leave_text_that_parses() -> None:
    for lost in two_heads().project.graph.nodes.values():
        drawing = two_heads()
        node = drawing.project.graph.by_name(lost.name)
        drawing.project.graph.nodes[node.id] = replace(node, kind="user.Unknown", params={})
        compile(drawing.code().text, "<unknown>", "exec")


def test_names_of_fields_and_nodes_that_meet_stay_apart() -> None:
    drawing = digits_cnn()
    names = [node.id for node in drawing.project.graph.nodes.values() if node.kind != DATASET]
    for node, name in zip(names, ("image", "image_field", "label"), strict=False):
        drawing.do(Rename(node, name))
    text = drawing.code().text
    argument = text.partition("def forward(self, ")[2].partition(":")[0]
    assert argument not in ("image", "image_field", "label")
    compile(text, "<names>", "exec")


def test_a_renamed_node_is_renamed_in_the_text() -> None:
    drawing = digits_cnn()
    conv = drawing.project.graph.by_name("conv")
    drawing.do(Rename(conv.id, "stem"))
    assert "self.stem = nn.Conv2d" in drawing.code().text
    assert "conv" not in drawing.code().text.replace("nn.Conv2d", "")


def test_statement_order_is_that_of_creation_not_of_place() -> None:
    drawing = two_heads()
    before = drawing.code().text
    moved: Project = drawing.project
    for node in moved.layout["main"]:
        moved.layout["main"][node] = (0, -moved.layout["main"][node][0])
    assert drawing.code().text == before


def test_formulas_print_their_value() -> None:
    drawing = digits_cnn()
    linear = drawing.project.graph.by_name("linear")
    drawing.do(SetParam(linear.id, "out_features", Formula("label.classes")))
    assert "nn.Linear(256, 10)" in drawing.code().text


def test_preprocessing_stays_out_of_the_model() -> None:
    drawing = Drawing(digits_cnn().project.data)
    data = drawing.add("data.Dataset")
    brighter = drawing.add("ops.sqrt", (data, "image"), name="brighter")
    picture = drawing.add("io.Input", brighter, name="picture")
    scores = drawing.add("nn.Linear", drawing.add("nn.Flatten", picture), out_features=10)
    drawing.add("loss.CrossEntropyLoss", scores, (data, "label"))
    built = build(drawing.code())
    image = torch.rand(2, 1, 8, 8)
    assert torch.equal(built.preprocessing(image)["picture"], image.sqrt())
    assert "sqrt" not in drawing.code().text.split("class Model")[1]


def test_an_input_that_only_the_loss_reads_is_the_objectives_own_field() -> None:
    s = Sketch(digits_choice())
    data = s.add("data.Dataset")
    goal = s.add("io.Input", (data, "label"), name="goal")
    x = s.add("nn.Linear", s.add("nn.Flatten", (data, "image")), name="linear", out_features=10)
    s.add("loss.CrossEntropyLoss", x, goal, name="loss")
    assert not s.analysis().problems_at("goal")
    assert "self.loss(linear, label)" in s.code().text
    assert s.code().fields == ("image", "label")
