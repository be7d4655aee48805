"""Projects from end to end: drawn, trained, written down, asked."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from graphcore.data.sources import describe, read
from graphcore.data.splits import split
from graphcore.errors import UserError
from graphcore.project.edits import Set
from graphcore.project.project import Project
from graphcore.project.weights import WeightsSource
from graphcore.training.checkpoint import read_tensors
from graphcore.training.control import Control
from graphcore.training.curves import Curves
from graphcore.training.events import (
    EpochDone,
    Event,
    Failed,
    Finished,
    Sampled,
    Started,
    StepsDone,
)
from graphcore.training.predict import Predictor
from graphcore.training.prepare import prepare
from graphcore.training.runs import Run, RunStore
from graphcore.training.session import evaluate, train_project
from tests.drawing import Drawing, digits_choice, digits_cnn, two_heads


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    return RunStore(tmp_path / "runs")


def with_data(drawing: Drawing, epochs: int = 2) -> Project:
    choice = digits_choice()
    drawing.do(Set(("data",), describe(choice.source, choice.options, None, choice)))
    drawing.do(Set(("plan", "epochs"), epochs))
    drawing.do(Set(("plan", "objectives", 0, "optimizer", "params"), {"lr": 3e-3}))
    drawing.do(Set(("title",), "Toy"))
    return drawing.project


def trained(project: Project, store: RunStore) -> tuple[Run, list[Event]]:
    run = store.create(project)
    return run, list(train_project(project, run, Control()))


def test_a_drawing_is_trained_and_all_of_it_is_on_disk(store: RunStore) -> None:
    project = with_data(digits_cnn())
    run, events = trained(project, store)
    first, last = events[0], events[-1]
    assert isinstance(first, Started)
    assert (first.run, first.train_samples + first.val_samples) == (run.id, 1797)
    assert first.series == ("loss", "accuracy", "learning_rate", "seconds")
    assert last == Finished("done", first.steps, 2)
    apart = (StepsDone, Sampled)
    assert run.events() == [event for event in events if not isinstance(event, apart)]
    assert run.samples() == [event for event in events if isinstance(event, Sampled)]
    for name in first.series:
        told = [v for e in events if isinstance(e, StepsDone) for v in e.values[name]]
        assert run.series(name).tolist() == np.float32(told).tolist()
        assert len(told) == first.steps
    done = [event for event in events if isinstance(event, EpochDone)]
    assert set(done[0].train) == set(done[0].val) == {"loss", "accuracy"}
    environment = json.loads((run.folder / "environment.json").read_text())
    assert environment["data"]["fingerprint"] == project.data.fingerprint
    assert torch.__version__.startswith(environment["versions"]["torch"].partition("+")[0])
    assert (run.summary.title, run.summary.state) == ("Toy", "done")
    assert not run.is_live


def test_evaluate_and_predict_agree_with_what_training_said(store: RunStore) -> None:
    project = with_data(digits_cnn())
    run, events = trained(project, store)
    last = [event for event in events if isinstance(event, EpochDone)][-1]
    assert evaluate(project, run, "last") == pytest.approx(last.val, rel=1e-5)

    samples = read(project.data, None)
    chosen = split(project.data, samples).validation
    images, labels = samples.arrays["image"][chosen], samples.arrays["label"][chosen]
    predictor = Predictor(project, run, "last")
    (name,) = predictor.outputs
    scores = predictor.predict({"image": images})[name]
    assert (scores.argmax(1) == labels).mean() == pytest.approx(last.val["accuracy"])
    shares = predictor.probabilities({"image": images})[name]
    assert shares.sum(1) == pytest.approx(np.ones(len(images)), abs=1e-5)
    assert predictor.class_names == {name: tuple("0123456789")}
    assert predictor.fields == ("image",)


def test_equal_projects_train_to_equal_bytes(store: RunStore) -> None:
    project = with_data(digits_cnn(), epochs=1)
    one, two = trained(project, store)[0], trained(project, store)[0]
    assert one.weights_path("last").read_bytes() == two.weights_path("last").read_bytes()


def test_asking_while_training_changes_nothing(store: RunStore) -> None:
    project = with_data(digits_cnn(), epochs=1)
    alone, _ = trained(project, store)
    run = store.create(project)
    for _event in train_project(project, run, Control()):
        before = torch.get_rng_state()
        Predictor(project, alone)
        assert torch.equal(torch.get_rng_state(), before)
    assert run.weights_path("last").read_bytes() == alone.weights_path("last").read_bytes()


def test_two_heads_tell_every_term_and_measure_each(store: RunStore) -> None:
    project = with_data(two_heads(), epochs=1)
    run, events = trained(project, store)
    assert isinstance(events[-1], Finished)
    assert set(run.series_names()) == {
        "loss", "learning_rate", "loss.digit_loss", "loss.image_loss", "loss.aux_loss",
        "accuracy", "accuracy.aux", "mae", "seconds",
    }  # fmt: skip
    parts = [run.series(f"loss.{name}_loss") for name in ("digit", "image", "aux")]
    assert run.series("loss") == pytest.approx(sum(parts), rel=1e-4)
    predictor = Predictor(project, run)
    found = predictor.predict({"picture": np.zeros((3, 1, 8, 8))})
    assert {name: value.shape for name, value in found.items()} == {
        "scores": (3, 10), "image_again": (3, 1, 8, 8),
    }  # fmt: skip


def test_a_drawing_with_a_problem_is_refused_with_its_sentence(store: RunStore) -> None:
    drawing = digits_cnn()
    project = with_data(drawing)
    loss = next(n for n in project.graph.nodes.values() if n.kind == "loss.CrossEntropyLoss")
    drawing.wire(next(iter(project.graph.nodes)), loss.id, "input")
    run = store.create(project)
    with pytest.raises(UserError, match="in the way of training") as caught:
        list(train_project(project, run, Control()))
    assert run.summary.state == "failed"
    assert caught.value.message in run.summary.problem


def test_a_drawing_without_a_loss_is_refused(store: RunStore) -> None:
    drawing = Drawing(digits_choice())
    drawing.add("nn.Flatten", (drawing.add("data.Dataset"), "image"))
    with pytest.raises(UserError):
        trained(with_data(drawing), store)


def test_closing_early_ends_the_run_as_interrupted(store: RunStore) -> None:
    project = with_data(digits_cnn(), epochs=50)
    run = store.create(project)
    events = train_project(project, run, Control())
    while not isinstance(next(events), EpochDone):
        pass
    events.close()  # type: ignore[attr-defined]
    last = run.events()[-1]
    assert isinstance(last, Finished)
    assert last.reason == "interrupted"
    assert len(run.series("loss")) == last.step
    assert (run.folder / "checkpoints" / f"{last.step}.safetensors").is_file()
    assert not run.is_live


def test_a_run_goes_on_from_its_checkpoint(store: RunStore) -> None:
    project = with_data(digits_cnn())
    whole, _ = trained(project, store)
    run, control = store.create(project), Control()
    for event in train_project(project, run, control):
        if isinstance(event, EpochDone):
            control.stop()
    heard = list(train_project(project, run, Control(), resume=True))
    assert run.weights_path("last").read_bytes() == whole.weights_path("last").read_bytes()
    curves = Curves()
    for event in (
        *run.events(),
        *heard,
    ):  # as a window does: what the folder tells, then what comes
        curves.feed(event)
    assert [(mark.step, mark.what) for mark in curves.marks] == [(heard[0].step, "resumed")]


def test_a_wrong_number_of_classes_is_told_with_the_node(store: RunStore) -> None:
    drawing = digits_cnn()
    project = with_data(drawing)
    head = next(n for n in project.graph.nodes.values() if n.kind == "nn.Linear")
    known = (replace(f, classes=None) if f.name == "label" else f for f in project.data.fields)
    facts = replace(project.data, fields=tuple(known))
    drawing.do(Set(("data",), facts))
    project.graph.nodes[head.id] = head.with_param("out_features", 4)
    run = store.create(project)
    last = list(train_project(project, run, Control()))[-1]
    assert isinstance(last, Failed)
    assert "“loss” can't be computed: a sample has the class" in last.message


def test_weights_of_another_drawing_are_a_sentence(store: RunStore) -> None:
    project = with_data(digits_cnn(), epochs=1)
    run, _ = trained(project, store)
    with pytest.raises(UserError, match="don't fit the drawing"):
        Predictor(with_data(two_heads()), run)
    damaged = run.weights_path("last")
    damaged.write_bytes(damaged.read_bytes()[:100])
    with pytest.raises(UserError, match="can't be read"):
        Predictor(project, run, "last")


def test_values_of_another_shape_are_a_sentence() -> None:
    predictor = Predictor(with_data(digits_cnn()), None)
    with pytest.raises(UserError, match=r"“image” \[2, 3, 8, 8\]"):
        predictor.predict({"image": np.zeros((2, 3, 8, 8))})
    with pytest.raises(UserError, match="Nothing is known to put into"):
        predictor.predict({})


def test_a_part_begins_with_weights_of_another_run(tmp_path: Path) -> None:
    drawing = digits_cnn()
    project = with_data(drawing, epochs=1)
    run, _ = trained(project, RunStore(tmp_path / "runs"))
    digest = hashlib.sha256(run.weights_path("best").read_bytes()).hexdigest()
    source = WeightsSource(run=run.id, sha256=digest, prefix="conv")
    drawing.do(Set(("weights",), (source,)))
    started = prepare(project, tmp_path).built.model.state_dict()
    kept = read_tensors(run.weights_path("best"))
    assert {name: torch.equal(kept[name], started[name]) for name in kept} == {
        name: name.startswith("conv") for name in kept
    }
    for wrong, sentence in (
        (replace(source, sha256="0" * 64), "is not the file that was chosen"),
        (replace(source, map={"conv.weight": "conv.bias"}), "don't fit"),
        (WeightsSource(file="gone.safetensors"), "can't be read"),
    ):
        drawing.do(Set(("weights",), (wrong,)))
        with pytest.raises(UserError, match=sentence):
            prepare(project, tmp_path)


def test_ctrl_c_saves_and_ends_cleanly(store: RunStore) -> None:
    run = store.create(with_data(digits_cnn(), epochs=100_000))
    code = (
        "import sys, pathlib\n"
        "from graphcore.training.control import Control\n"
        "from graphcore.training.runs import Run\n"
        "from graphcore.training.session import train_project\n"
        "run = Run(pathlib.Path(sys.argv[1]))\n"
        "for event in train_project(run.project(), run, Control()):\n"
        "    print(type(event).__name__, flush=True)\n"
    )
    command = [sys.executable, "-c", code, str(run.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line == "EpochDone\n":
                process.send_signal(signal.SIGINT)
                break
        rest = process.stdout.read()
    assert run.summary.state == "interrupted"
    last = run.events()[-1]
    assert isinstance(last, Finished)
    assert len(run.series("loss")) == last.step
    assert (run.folder / "checkpoints" / f"{last.step}.safetensors").is_file()
    assert rest.endswith("Finished\n") or process.returncode
