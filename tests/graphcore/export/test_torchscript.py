"""Export: what is shipped is loaded back elsewhere, compared and described, or not shipped."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.export import torchscript
from graphcore.export.certificate import Certificate
from graphcore.export.contract import contract_of
from graphcore.export.formats import EXPORTERS
from graphcore.export.making import Order, check, make
from graphcore.export.shipping import ship
from graphcore.export.torchscript import TORCHSCRIPT, export
from graphcore.project.edits import Set, SetParam
from graphcore.project.project import Project
from graphcore.training.runs import Run, RunStore
from graphcore.worker import Worker
from tests.drawing import Drawing, digits_choice, digits_cnn


def trained_run(project: Project, root: Path) -> Run:
    """A run whose best weights are known: every parameter is a small wave."""
    run = RunStore(root / "runs").create(project)
    model = build(write_code(project, analyse(project))).model
    state = {
        name: (torch.arange(value.numel()) * 0.01).sin().reshape(value.shape) * 0.05
        for name, value in model.state_dict().items()
    }
    save_file(state, run.folder / "best.safetensors")
    return run


def loaded(data: bytes) -> torch.jit.ScriptModule:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return torch.jit.load(io.BytesIO(data))


def order_of(project: Project) -> Order:
    return Order(project, None, "initial", None, TORCHSCRIPT)


def test_trained_weights_arrive_where_no_netwright_is(tmp_path: Path) -> None:
    project = digits_cnn().project
    run = trained_run(project, tmp_path)
    target = tmp_path / "digits.pt"
    certificate = export(project, run, "best", target)

    data = target.read_bytes()
    assert certificate.sha256 == hashlib.sha256(data).hexdigest()
    assert certificate.bytes == len(data)
    assert (certificate.weights, certificate.run) == ("best", run.id)
    assert certificate.passed
    assert certificate.difference <= certificate.tolerance <= 1e-3
    assert certificate.pid not in (0, os.getpid())
    assert certificate.samples_from == "validation"
    assert certificate.samples == 256
    assert len(set(certificate.batch_sizes)) == 2

    script = (
        "import sys, warnings, torch; warnings.simplefilter('ignore')\n"
        f"model = torch.jit.load({str(target)!r})\n"
        "assert 'graphcore' not in sys.modules and not model.training\n"
        "print(model(torch.full((5, 1, 8, 8), 0.25)).tolist())"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    model = build(write_code(project, analyse(project))).model.eval()
    model.load_state_dict(trained_state(run))
    expected = model(torch.full((5, 1, 8, 8), 0.25))
    assert torch.tensor(json.loads(told.stdout)).allclose(expected, atol=1e-5)


def trained_state(run: Run) -> dict[str, torch.Tensor]:
    from safetensors.torch import load_file

    return load_file(run.weights_path("best"))


@pytest.mark.slow
def test_the_contract_lies_beside_as_json(tmp_path: Path) -> None:
    project = digits_cnn().project
    certificate = export(project, None, "initial", tmp_path / "net.pt")
    record = json.loads((tmp_path / "net.json").read_text("utf-8"))
    assert record["passed"] is True
    assert record["sha256"] == certificate.sha256
    assert record["weights"] == "initial"
    assert record["pid"] == certificate.pid
    (image,) = record["inputs"]
    assert image["name"] == "image"
    assert image["dtype"] == "float32"
    assert image["dims"] == ["B", 1, 8, 8]
    assert image["layout"] == "CHW"
    assert (image["low"], image["high"]) == (0.0, 16.0)
    assert image["scaling"] == {
        "method": "unit", "offset": [0.0], "scale": [16.0], "formula": "(raw - 0) / 16",
    }  # fmt: skip
    (scores,) = record["outputs"]
    assert scores["name"] == "linear"
    assert scores["dims"] == ["B", 10]
    assert scores["class_names"] == list("0123456789")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "home") == ["net.json", "net.pt"]


def test_the_file_carries_the_project(tmp_path: Path) -> None:
    project = digits_cnn().project
    make(order_of(project), tmp_path / "m", tmp_path / "e")
    texts = {torchscript.PROJECT_IN_FILE: ""}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.jit.load(str(tmp_path / "m"), _extra_files=texts)
    assert b"nn.Conv2d" in texts[torchscript.PROJECT_IN_FILE]


def test_one_altered_weight_fails_the_comparison(tmp_path: Path) -> None:
    file, expected = tmp_path / "m", tmp_path / "e"
    make(order_of(digits_cnn().project), file, expected)
    assert check(file, expected, torchscript.load).passed

    model = loaded(file.read_bytes())
    with torch.no_grad():
        next(model.parameters())[0, 0, 0, 0] += 0.5
    altered = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.jit.save(model, altered)
    file.write_bytes(altered.getvalue())
    compared = check(file, expected, torchscript.load)
    assert compared.difference > compared.tolerance
    assert not compared.passed


def write_another_bias(material: torchscript.Material, file: Path) -> None:
    """A format that is broken: it ships other weights than it was given."""
    with torch.no_grad():
        list(material.model.parameters())[-1][0] += 0.25
    torchscript.write(material, file)


def test_a_file_that_differs_is_not_shipped(tmp_path: Path) -> None:
    broken = replace(TORCHSCRIPT, write=write_another_bias)
    target = tmp_path / "net.pt"
    target.write_bytes(b"the one from yesterday")
    with pytest.raises(UserError, match=r"differ by up to 0\.25"):
        ship(broken, digits_cnn().project, None, "initial", target)
    assert target.read_bytes() == b"the one from yesterday"
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "home") == ["net.pt"]


def test_weights_of_another_drawing_are_refused(tmp_path: Path) -> None:
    drawing = digits_cnn()
    run = trained_run(drawing.project.copy(), tmp_path)
    files = (tmp_path / "m", tmp_path / "e")
    drawing.do(Set(("data", "normalize", "image"), "none"))
    with pytest.raises(UserError, match="before the data's scaling or classes changed"):
        make(Order(drawing.project, run, "best", None, TORCHSCRIPT), *files)
    linear = drawing.project.graph.by_name("linear")
    assert linear is not None
    drawing.do(SetParam(linear.id, "bias", False))
    with pytest.raises(UserError, match="before the drawing changed"):
        make(Order(drawing.project, run, "best", None, TORCHSCRIPT), *files)
    assert not any(file.exists() for file in files)


@pytest.mark.slow
def test_last_weights_that_were_never_saved_are_missed(tmp_path: Path) -> None:
    project = digits_cnn().project
    run = trained_run(project, tmp_path)
    with pytest.raises(UserError, match="no last weights"):
        export(project, run, "last", tmp_path / "net.pt")
    with pytest.raises(UserError, match="without a run"):
        export(project, None, "best", tmp_path / "net.pt")


def two_heads() -> Drawing:
    """One picture in; classes and the picture's mean out, with a batch norm and a dropout."""
    drawing = Drawing(digits_choice())
    data = drawing.add("data.Dataset")
    x = drawing.add("nn.Conv2d", (data, "image"), out_channels=4)
    x = drawing.add("nn.BatchNorm2d", x)
    x = drawing.add("nn.Flatten", x)
    x = drawing.add("nn.Dropout", x)
    scores = drawing.add("nn.Linear", x, out_features=10, name="scores")
    copy = drawing.add("nn.Linear", x, out_features=64, name="copy_of_it")
    drawing.add("loss.CrossEntropyLoss", scores, (data, "label"))
    flat = drawing.add("nn.Flatten", (data, "image"))
    drawing.add("loss.MSELoss", copy, flat)
    return drawing


@pytest.mark.slow
def test_two_outputs_and_layers_that_know_training(tmp_path: Path) -> None:
    certificate = export(two_heads().project, None, "initial", tmp_path / "net.pt")
    scores, copied = certificate.contract.outputs
    assert (scores.name, scores.class_names[3]) == ("scores", "3")
    assert (copied.name, copied.dims[1], copied.field) == ("copy_of_it", 64, "image")
    assert copied.scaling is not None
    assert copied.scaling.scale == (16.0,)
    first, second = loaded((tmp_path / "net.pt").read_bytes())(torch.rand(7, 1, 8, 8))
    assert (first.shape, second.shape) == ((7, 10), (7, 64))


@pytest.mark.slow
def test_preprocessing_is_left_out_and_said(tmp_path: Path) -> None:
    drawing = Drawing(digits_choice())
    data = drawing.add("data.Dataset")
    bright = drawing.add("ops.clamp", (data, "image"), min=0.25, max=0.5, name="bright")
    x = drawing.add("io.Input", bright, name="picture")
    x = drawing.add("nn.Flatten", x)
    x = drawing.add("nn.Linear", x, out_features=10)
    drawing.add("loss.CrossEntropyLoss", x, (data, "label"))
    certificate = export(drawing.project, None, "initial", tmp_path / "net.pt")
    assert certificate.samples_from == "validation"
    (picture,) = certificate.contract.inputs
    assert (picture.name, picture.computed_by) == ("picture", ("bright",))
    assert "comes from bright, which this file leaves out" in certificate.to_text()


def design(kind: str, **params: object) -> Drawing:
    drawing = Drawing()
    drawing.add(kind, drawing.input("float32[6]"), name="middle", **params)
    return drawing


@pytest.mark.slow
def test_a_design_without_data_is_tried_on_made_up_samples(tmp_path: Path) -> None:
    drawing = design("nn.Linear", out_features=3)
    certificate = export(drawing.project, None, "initial", tmp_path / "net.pt")
    assert certificate.samples_from == "random numbers"
    assert "made up" in certificate.note
    assert certificate.contract.inputs[0].dims[1] == 6


def test_what_torch_can_not_script_names_the_node() -> None:
    drawing = design("nn.Linear", out_features=3)
    code = drawing.code()
    line = next(
        n for n in code.lines_of("middle") if "self.middle(" in code.text.split("\n")[n - 1]
    )
    words = (
        "\nunsupported thing:\n"
        f'  File "<netwright_generated_0123456789abcdef>", line {line}\n    middle = …\n'
    )
    error = torchscript.refusal(words, code)
    assert f"“middle” (line {line} of the code): unsupported thing." in error.message


def test_torch_s_own_refusal_names_the_node(tmp_path: Path) -> None:
    project = design("nn.Linear", out_features=3).project
    code = write_code(project, analyse(project))
    broken = replace(
        code, text=code.text.replace("self.middle(x)", "self.middle(x, *(x for _ in ()))")
    )
    model = build(broken).model
    with pytest.raises(UserError, match="can't express “middle”"):
        torchscript.write(torchscript.Material(model, broken, ""), tmp_path / "m")
    assert not (tmp_path / "m").exists()


def test_an_incomplete_drawing_gets_its_problem_s_sentence(tmp_path: Path) -> None:
    drawing = Drawing(digits_choice())
    data = drawing.add("data.Dataset")
    x = drawing.add("nn.Conv2d", (data, "image"), out_channels=4, kernel_size=20)
    drawing.add("nn.Flatten", x)
    with pytest.raises(UserError, match="window of 20 px"):
        make(order_of(drawing.project), tmp_path / "m", tmp_path / "e")


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere/net.pt", "does not exist"), ("net.json", "certificate"), ("other.pt", "left alone"),
     ("home", "is a folder")],
)  # fmt: skip
def test_a_target_that_would_do_harm_is_refused(
    tmp_path: Path, home: Path, name: str, words: str
) -> None:
    home.mkdir()
    (tmp_path / "other.json").write_text('{"mine": 1}', "utf-8")
    with pytest.raises(UserError, match=words):
        export(digits_cnn().project, None, "initial", tmp_path / name)
    assert (tmp_path / "other.json").read_text("utf-8") == '{"mine": 1}'


def test_a_cancelled_export_leaves_nothing(tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(UserError, match="cancelled"):
        export(digits_cnn().project, None, "initial", tmp_path / "net.pt", cancel=cancel)
    assert [p.name for p in tmp_path.iterdir() if p.name != "home"] == []


@pytest.mark.slow
def test_an_export_runs_in_any_thread(tmp_path: Path) -> None:
    found: list[Certificate] = []
    row = EXPORTERS["torchscript"]
    task = lambda: found.append(  # noqa: E731
        row.function(digits_cnn().project, None, "initial", tmp_path / f"net{row.suffix}")
    )
    thread = threading.Thread(target=task)
    thread.start()
    thread.join()
    assert found[0].passed


def _change(alter: Callable[[torch.Tensor], torch.Tensor]) -> float:
    from graphcore.export.making import distance

    known = torch.tensor([[1.0, float("nan")], [2.0, float("inf")]])
    return distance([alter(known.clone())], [known])


def test_distance_knows_shapes_dtypes_and_what_is_no_number() -> None:
    assert _change(lambda t: t) == 0.0
    assert _change(lambda t: t.double()) == float("inf")
    assert _change(lambda t: t[:1]) == float("inf")
    assert _change(lambda t: t.nan_to_num()) == float("inf")
    shifted = torch.tensor([[1.5, float("nan")], [2.0, float("inf")]])
    assert _change(lambda t: shifted) == 0.5


def test_standard_scaling_is_told_per_channel() -> None:
    drawing = digits_cnn()
    drawing.do(Set(("data", "normalize", "image"), "standard"))
    fields = list(drawing.project.data.fields)
    fields[0] = replace(fields[0], mean=(4.5,), std=(0.0,))
    drawing.do(Set(("data", "fields"), tuple(fields)))
    (image,) = contract_of(drawing.project, drawing.analysis()).inputs
    assert image.scaling is not None
    assert (image.scaling.offset, image.scaling.scale) == ((4.5,), (1.0,))


def test_a_full_disk_over_there_is_told_as_one_over_here() -> None:
    with Worker("os") as worker, pytest.raises(FileNotFoundError, match="No such file"):
        worker.ask("listdir", "/there/is/nothing")
