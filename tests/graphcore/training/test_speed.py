"""Speed trials: what a design is given, that it trains, and that the project stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from graphcore import cli
from graphcore.analysis.analyse import analyse
from graphcore.errors import UserError
from graphcore.project import file, templates
from graphcore.project.project import Project
from graphcore.project.structure import collapse
from graphcore.training.prepare import prepare
from graphcore.training.runs import store_for
from graphcore.training.speed import Order, fitting_batch, measure_speed
from graphcore.training.trial import make_trial, random_version, samples_for
from tests.drawing import Drawing, digits_cnn

LARGE = {
    "resnet18": {"photo": (3, 32, 32)}, "resnet50": {"photo": (3, 32, 32)},
    "mobilenet": {"photo": (3, 32, 32)}, "inception": {"photo": (3, 64, 64)},
    "unet": {"picture": (3, 32, 32)}, "siamese": {}, "lstm-classifier": {"tokens": (12,)},
    "gpt2-small": {"tokens": (16,)}, "vit-b16": {},
}  # fmt: skip
HEAVY = {"gpt2-small", "vit-b16", "resnet50", "unet"}
# What a trial puts on each output: target dtype, dims and number of classes.
TARGETS = {
    "resnet18": ("int64", (), 1000), "resnet50": ("int64", (), 1000),
    "mobilenet": ("int64", (), 1000), "inception": ("int64", (), 1000),
    "unet": ("int64", (32, 32), 2), "siamese": ("float32", (1,), None),
    "lstm-classifier": ("int64", (), 2), "gpt2-small": ("int64", (16,), 50257),
    "vit-b16": ("int64", (), 1000),
}  # fmt: skip


def target_of(project: Project) -> tuple[object, ...]:
    (field,) = [field for field in project.data.fields if field.name.endswith("_target")]
    return field.type.dtype, field.type.dims, field.classes  # type: ignore[union-attr]


@pytest.mark.parametrize("name", LARGE)
def test_every_large_template_gets_inputs_and_a_target_that_fit(name: str) -> None:
    project = templates.open_template(name)
    before = file.to_text(project)
    ready, added = random_version(project, 10, LARGE[name])
    assert file.to_text(project) == before
    assert target_of(ready) == TARGETS[name]
    assert not analyse(ready).blocking("train")
    assert added[-1].split()[0] in ("CrossEntropyLoss", "MSELoss")
    assert file.parse(file.to_text(ready)) == ready, "what a trial made can be saved"


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n in HEAVY else n for n in LARGE]
)
def test_every_large_template_trains_a_few_steps(name: str) -> None:
    project = templates.open_template(name)
    found = measure_speed(project, Order(batch=2, steps=1, sizes=LARGE[name], device="cpu"))
    assert found.batch == 2
    assert found.steps >= 1
    assert found.ms_per_step > 0
    assert found.samples_per_second == pytest.approx(2000 / found.ms_per_step)


def test_tokens_stay_within_the_vocabulary_that_they_reach() -> None:
    ready, _ = random_version(templates.open_template("gpt2-small"), 1)
    tokens = ready.data.field("tokens_random")
    assert tokens is not None
    assert tokens.vocabulary_size == 50257


def test_tokens_are_followed_into_blocks_and_through_shapes() -> None:
    drawing = Drawing()
    tokens = drawing.input("int64[2, 6]", "tokens")
    flat = drawing.add("nn.Flatten", tokens)
    words = drawing.add("nn.Embedding", flat, num_embeddings=23, embedding_dim=4, name="words")
    drawing.add("nn.Linear", words, out_features=3)
    drawing.do(collapse(drawing.project, [flat, words], "Reading"))
    ready, _ = random_version(drawing.project, 1)
    field = ready.data.field("tokens_random")
    assert field is not None
    assert field.vocabulary_size == 23


def test_letters_get_sizes_and_wrong_sizes_a_sentence() -> None:
    drawing = Drawing()
    x = drawing.input("float32[T, 8]")
    drawing.add("nn.GRU", x, hidden_size=4)
    for sizes, length in (({}, 32), ({"T": (5,)}, 5), ({"x": (7, 8)}, 7)):
        ready, _ = random_version(drawing.project, 1, sizes)
        field = ready.data.field("x_random")
        assert field is not None
        assert field.type.dims == (length, 8)  # type: ignore[union-attr]
    with pytest.raises(UserError, match=r"no size “Q”\. There are: x, T"):
        random_version(drawing.project, 1, {"Q": (5,)})
    with pytest.raises(UserError, match="has 2 dims"):
        random_version(drawing.project, 1, {"x": (5,)})


def test_a_size_that_the_drawing_can_not_take_is_told() -> None:
    with pytest.raises(UserError, match=r"can't run like this.*another size"):
        random_version(templates.open_template("vit-b16"), 1, {"photo": (3, 32, 32)})


def test_what_has_data_and_a_loss_keeps_both_and_gets_only_numbers() -> None:
    project = digits_cnn().project
    trial = make_trial(project, 8)
    assert trial.added == ()
    before = project.copy()
    undo = trial.edit.apply(project)
    assert project.data.source == "random"
    assert [field.name for field in project.data.fields] == ["image", "label"]
    assert project.graph == before.graph
    ready = prepare(project, None)
    assert "nothing can be learned" in ready.warnings[0]
    assert ready.data.train["label"].dtype == torch.int64
    undo.apply(project)
    assert project == before


@pytest.mark.parametrize(
    ("kind", "sentence"), [("", "drawing is empty"), ("nn.ReLU", "what comes into")]
)
def test_a_drawing_without_an_input_is_refused(kind: str, sentence: str) -> None:
    drawing = Drawing()
    if kind:
        drawing.add(kind)
    with pytest.raises(UserError, match=sentence):
        make_trial(drawing.project, 1)


def test_an_output_that_no_loss_fits_is_told() -> None:
    drawing = Drawing()
    drawing.add("ops.argmax", drawing.input("float32[8]"))
    with pytest.raises(UserError, match="nothing that a loss could be put on"):
        make_trial(drawing.project, 1)


def test_samples_and_batch_stay_within_the_memory() -> None:
    project = templates.open_template("resnet50")
    assert samples_for(project, 10**6) < 10**4
    assert samples_for(project, 3) == 3
    ready, _ = random_version(project, 1)
    analysis = analyse(ready)
    assert fitting_batch(analysis, ready, torch.device("cpu")) < 64, "seconds a step, not minutes"
    assert analysis.parameters == 25_557_032


def test_the_command_says_what_it_tried_and_leaves_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lstm.netwright"
    file.save(templates.open_template("lstm-classifier"), path)
    before = path.read_bytes()
    words = ["speed", str(path), "--batch", "2", "--steps", "2", "--size", "tokens=12"]
    assert cli.main(words) == 0
    said = capsys.readouterr().out
    assert "Numbers at random: for speed trials only, nothing can be learned." in said
    assert "CrossEntropyLoss on “head”: a class, of 2" in said
    for figure in ("samples/s", "ms a step", "peak memory", "batches of 2"):
        assert figure in said
    assert cli.main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["data"], found["batch"], found["parameters"]) == ("random", 2, 4_928_514)
    assert cli.main([*words, "--size", "tokens=many"]) == 2
    assert "no size" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert not (tmp_path / "runs").exists()


def test_a_design_trains_into_a_run_that_says_what_it_saw(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lstm.netwright"
    file.save(templates.open_template("lstm-classifier"), path)
    before = path.read_bytes()
    words = ["train", str(path), "--random", "8", "--size", "tokens=12", "--epochs", "1"]
    assert cli.main(words) == 0
    assert "nothing can be learned" in capsys.readouterr().err
    assert path.read_bytes() == before
    (run,) = store_for(path).runs("lstm")
    kept = run.project()
    assert kept.data.source == "random"
    assert kept.title.endswith("on numbers at random")
    assert json.loads((run.folder / "environment.json").read_text())["data"]["source"] == "random"
