"""The command line as a person or a script meets it: words, files and exit statuses."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from graphcore import cli
from graphcore.cli import doctor, parser
from graphcore.cli.overrides import with_settings
from graphcore.cli.terminal import UsageError, short
from graphcore.data.sources import describe
from graphcore.project import file, templates
from graphcore.project.definitions import Definition
from graphcore.project.edits import AddDefinition, AddNode, Connect, SetParam
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.resources import resource
from graphcore.training.events import EpochDone, Failed, Finished, Started, from_line
from graphcore.training.runs import Run, RunStore
from tests.drawing import Drawing, digits_cnn

ROOT = Path(__file__).resolve().parents[2]
Say = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own, and the one that commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def project(here: Path) -> Path:
    """A small network on the digits, in a file."""
    drawing = digits_cnn()
    path = here / "small.netwright"
    file.save(drawing.project, path)
    return path


def run(*words: object) -> int:
    return cli.main([str(word) for word in words])


def process(*words: object, **options: object) -> subprocess.Popen[str]:
    line = [sys.executable, str(ROOT / "main.py"), *map(str, words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(line, stdout=pipe, stderr=pipe, text=True, **options)  # type: ignore[call-overload,no-any-return]


# -- new, check, code ------------------------------------------------------------------------


def test_new_lists_every_template(capsys: Say) -> None:
    assert run("new") == 0
    told = capsys.readouterr().out
    for name, title, _ in templates.names():
        assert f"{name}: {title}" in told


def test_new_writes_a_project_and_never_over_one(here: Path, capsys: Say) -> None:
    assert run("new", "digits-mlp", "-o", "mine.netwright") == 0
    assert file.load(here / "mine.netwright").title == templates.open_template("digits-mlp").title
    before = (here / "mine.netwright").read_bytes()
    capsys.readouterr()
    assert run("new", "iris", "-o", "mine.netwright") == 3
    assert capsys.readouterr().err == "mine.netwright is there already. Choose another name.\n"
    assert (here / "mine.netwright").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["new", "nothing", "-o", "x.netwright"], "There is no template “nothing”"),
        (["new", "iris"], "Name the file"),
        (["train"], "PROJECT"),
        (["dance"], "dance"),
        (["export", "p", "--to", "telex", "-o", "x"], "There is no format “telex”"),
        ([], "COMMAND"),
        (["train", "p.netwright", "--size", "image=1,9,9"], "Give --random too"),
        (["train", "--again", "one", "--resume", "two"], "Give one of them"),
        (["train", "p.netwright", "--free-cores", "-1"], "-1 is less than 0"),
    ],
)
def test_wrong_usage_ends_with_2(words: list[str], told: str, capsys: Say) -> None:
    assert run(*words) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""


@pytest.mark.parametrize("command", ["check", "code", "train", "evaluate"])
def test_a_missing_file_is_one_plain_sentence(command: str, capsys: Say) -> None:
    assert run(command, "gone.netwright") == 3
    told = capsys.readouterr().err
    assert "gone.netwright" in told
    assert "Traceback" not in told
    assert told.count("\n") == 1


def test_check_says_shapes_in_json(project: Path, capsys: Say) -> None:
    assert run("check", project, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"parameters", "flops", "memory_bytes", "nodes", "problems"}
    assert found["parameters"] == 160 + 2570
    assert found["flops"] == 2 * (8 * 8 * 16 * 9 + 256 * 10)
    assert found["memory_bytes"] > 4 * 2730
    nodes = {node["path"]: node for node in found["nodes"]}
    assert nodes["linear"]["kind"] == "nn.Linear"
    assert nodes["linear"]["outputs"] == ["B", 10]
    assert nodes["linear"]["params"]["in_features"] == 256
    assert nodes["linear"]["inferred"] == ["in_features"]
    assert nodes["loss"]["outputs"] == []
    dataset = next(node for node in found["nodes"] if node["kind"] == "data.Dataset")
    assert dataset["outputs"] == {"image": ["B", 1, 8, 8], "label": ["B"]}
    assert found["problems"] == []


def test_check_ends_with_1_and_offers_repairs(project: Path, capsys: Say) -> None:
    drawing = file.load(project)
    linear = drawing.graph.by_name("linear")
    assert linear is not None
    SetParam(linear.id, "in_features", 7).apply(drawing)
    file.save(drawing, project)
    assert run("check", project, "--json") == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert set(problem) == {"rule", "severity", "blocks", "path", "message", "repairs"}
    assert (problem["severity"], problem["blocks"], problem["path"]) == ("error", "build", "linear")
    assert problem["repairs"] == ["Let in_features be inferred (256)"]
    assert run("check", project) == 1
    told = capsys.readouterr().out
    assert "✗ error" in told
    assert "Fix: Let in_features be inferred (256)" in told
    assert run("code", project) == 1


def test_check_takes_several_projects(project: Path, capsys: Say) -> None:
    every = sorted(resource("templates").glob("*.netwright"))
    assert run("check", *every) == 0
    assert capsys.readouterr().out.count("✓ no errors") == len(every)
    assert run("check", project, "gone.netwright", "--json") == 3
    said = capsys.readouterr()
    assert json.loads(said.out)[str(project)]["parameters"] == 2730
    assert "gone.netwright" in said.err


def test_code_is_a_file_that_runs_by_itself(project: Path, here: Path, capsys: Say) -> None:
    assert run("code", project) == 0
    text = capsys.readouterr().out
    assert run("code", project, "-o", "net.py") == 0
    assert (here / "net.py").read_text("utf-8") == text
    line = "import torch, net; print(tuple(net.Model()(torch.zeros(2, 1, 8, 8)).shape))"
    told = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    assert told.stdout == "(2, 10)\n"


# -- train, runs, evaluate, predict ----------------------------------------------------------


def test_train_evaluate_predict_export(project: Path, here: Path, capsys: Say) -> None:
    assert run("train", project, "--epochs", 3, "--set", "optimizer.lr=0.01") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:9] for line in lines[1:4]] == ["epoch 1/3", "epoch 2/3", "epoch 3/3"]
    (made,) = RunStore(here / "runs").runs()
    assert made.project().plan.objectives[0].optimizer.params["lr"] == 0.01
    best = max(e.val["accuracy"] for e in made.events() if isinstance(e, EpochDone))
    assert best > 0.9

    assert run("evaluate", project, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["run"] == made.id
    assert found["validation"]["accuracy"] == pytest.approx(best)

    assert run("evaluate", project, "--confusion", "--worst", 2, "--json") == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    counts = np.array(result["confusion"])
    assert counts.trace() / counts.sum() == pytest.approx(best)
    assert [sample["true"] == sample["said"] for sample in result["worst"]] == [False, False]
    assert run("evaluate", project, "--confusion", "--best", 1) == 0
    assert "true ↓ said →" in capsys.readouterr().out

    digits = np.load(resource("samples/digits.npz"))
    np.savez(here / "some.npz", image=digits["image"][:50])
    assert run("predict", project, "--run", made.folder, "--input", "some.npz") == 0
    predictions = json.loads(capsys.readouterr().out)["predictions"]
    assert len(predictions) == 50
    right = [p["linear"]["class"] == str(n) for p, n in zip(predictions, digits["label"][:50])]  # noqa: B905
    assert sum(right) > 42
    assert sum(predictions[0]["linear"]["probabilities"].values()) == pytest.approx(1)

    assert run("export", project, "--to", "torchscript", "-o", "net.pt", "--run", made.id) == 0
    told = capsys.readouterr().out
    assert f"best weights of run {made.id}" in told
    assert "passed" in told
    assert json.loads((here / "net.json").read_text("utf-8"))["run"] == made.id

    assert run("runs", project) == 0
    assert made.id in capsys.readouterr().out
    assert run("runs", project, "--json") == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert (record["id"], record["state"], record["epochs"]) == (made.id, "done", 3)


def test_json_is_every_event_and_nothing_else(project: Path, here: Path, capsys: Say) -> None:
    assert run("train", project, "--epochs", 2, "--json", "--run-dir", "r") == 0
    events = [from_line(line) for line in capsys.readouterr().out.splitlines()]
    assert isinstance(next(e for e in events if type(e).__name__ != "Warned"), Started)
    assert events[-1] == Finished("done", 46, 2)
    epochs = [e for e in events if isinstance(e, EpochDone)]
    assert [e.epoch for e in epochs] == [1, 2]
    assert {"loss", "accuracy"} <= set(epochs[0].val)
    assert Run(here / "r").summary.state == "done"


def test_a_run_that_can_not_begin_says_so_in_its_stream(here: Path, capsys: Say) -> None:
    assert run("new", "iris", "-o", "iris.netwright") == 0
    path = here / "iris.netwright"
    path.write_text(
        path.read_text("utf-8").replace('"source": "sample"', '"source": "csv"'), "utf-8"
    )
    capsys.readouterr()
    assert run("train", path, "--json") == 3
    said = capsys.readouterr()
    last = from_line(said.out.splitlines()[-1])
    assert isinstance(last, Failed)
    assert last.message in said.err


@pytest.mark.slow
def test_letters_beyond_ascii_reach_a_pipe_whatever_the_locale(project: Path, here: Path) -> None:
    where = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    line = [sys.executable, str(ROOT / "main.py"), "check", str(project)]
    told = subprocess.run(line, capture_output=True, env=where, check=True)
    assert "✓ no errors" in told.stdout.decode("utf-8")


def test_a_run_needs_a_folder_of_its_own(project: Path, here: Path, capsys: Say) -> None:
    (here / "full").mkdir()
    (here / "full" / "thesis.txt").write_text("mine", "utf-8")
    assert run("train", project, "--run-dir", "full") == 3
    assert "is not empty" in capsys.readouterr().err
    assert [p.name for p in (here / "full").iterdir()] == ["thesis.txt"]


def test_the_newest_run_of_that_project_is_taken(project: Path, here: Path, capsys: Say) -> None:
    other = here / "Another One.netwright"
    other.write_bytes(project.read_bytes())
    for path in (project, project, other):
        assert run("train", path, "--epochs", 1) == 0
    store = RunStore(here / "runs")
    second, first = store.runs("small")
    (third,) = store.runs("Another One")
    assert store.runs() == [third, second, first]
    capsys.readouterr()
    assert run("evaluate", project, "--json") == 0
    assert json.loads(capsys.readouterr().out)["run"] == second.id
    assert run("evaluate", other, "--json") == 0
    assert json.loads(capsys.readouterr().out)["run"] == third.id


def test_nothing_trained_is_said(project: Path, capsys: Say) -> None:
    assert run("evaluate", project) == 3
    assert "Train it first" in capsys.readouterr().err
    assert run("export", project, "--to", "torchscript", "-o", "x.pt") == 3
    assert "--untrained" in capsys.readouterr().err
    assert run("runs") == 0
    assert "There are no runs" in capsys.readouterr().out


@pytest.mark.slow
def test_untrained_weights_are_exported_when_asked_for(project: Path, capsys: Say) -> None:
    assert run("export", project, "--to", "torchscript", "-o", "x.pt", "--untrained", "--json") == 0
    assert json.loads(capsys.readouterr().out)["weights"] == "initial"


def test_ctrl_c_saves_and_ends_with_130(project: Path, here: Path) -> None:
    with process("train", project, "--epochs", 100_000, "--run-dir", "r", "--json") as running:
        assert running.stdout is not None
        for line in running.stdout:
            if '"EpochDone"' in line:
                break
        running.send_signal(signal.SIGINT)
        rest, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "The state is saved in" in err
    last = from_line(rest.splitlines()[-1])
    assert isinstance(last, Finished)
    assert last.reason == "interrupted"
    assert (here / "r" / "checkpoints" / f"{last.step}.safetensors").is_file()
    assert Run(here / "r").weights_path("last").is_file()
    assert Run(here / "r").summary.state == "interrupted"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made with pty")
def test_on_a_terminal_a_bar_shows_values_and_the_time_left(project: Path, here: Path) -> None:
    import fcntl
    import pty
    import struct
    import termios

    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 120, 0, 0))
    line = [sys.executable, str(ROOT / "main.py"), "train", str(project), "--epochs", "30"]
    with subprocess.Popen(line, stdout=inner, stderr=inner, cwd=here) as running:
        os.close(inner)
        told = _read_all(outer)
    os.close(outer)
    assert running.returncode == 0
    assert "epoch 30/30" in told
    assert "690/690" in told or "%|" in told
    assert "loss 0." in told.split("%|", 1)[1]
    assert "step/s" in told


def _read_all(handle: int) -> str:
    found = io.BytesIO()
    while True:
        try:
            part = os.read(handle, 65536)
        except OSError:  # Linux says so where the other end is closed
            break
        if not part:
            break
        found.write(part)
    return found.getvalue().decode(errors="replace")


def test_a_design_is_evaluated_once(here: Path, capsys: Say) -> None:
    assert run("new", "autograd", "-o", "a.netwright") == 0
    capsys.readouterr()
    assert run("evaluate", "a.netwright", "--json") == 0
    values = json.loads(capsys.readouterr().out)["values"]
    assert values["x"] == {"value": 2.0, "gradient": 7.0}
    assert values["y"]["value"] == 10.0


# -- values to predict from ------------------------------------------------------------------


@pytest.fixture
def trained(project: Path, capsys: Say) -> Path:
    assert run("train", project, "--epochs", 2, "--set", "optimizer.lr=0.02") == 0
    capsys.readouterr()
    return project


def test_a_picture_is_put_on_the_scale_of_the_field(trained: Path, here: Path, capsys: Say) -> None:
    from PIL import Image

    digit = np.load(resource("samples/digits.npz"))["image"][0, 0]
    grey = Image.fromarray((digit.astype(float) * 255 / 16).round().astype(np.uint8))
    grey.resize((64, 64), Image.Resampling.NEAREST).save(here / "digit.png")
    np.save(here / "digit.npy", digit[None])
    assert run("predict", trained, "--input", "digit.png") == 0
    from_picture = json.loads(capsys.readouterr().out)["predictions"]
    assert run("predict", trained, "--input", "digit.npy") == 0
    from_array = json.loads(capsys.readouterr().out)["predictions"]
    shares = [p[0]["linear"]["probabilities"]["0"] for p in (from_picture, from_array)]
    assert shares[0] == pytest.approx(shares[1], abs=0.02)
    assert shares[0] > 0.9


def test_a_table_is_read_with_or_without_a_heading(here: Path, capsys: Say) -> None:
    assert run("new", "iris", "-o", "iris.netwright") == 0
    assert run("train", "iris.netwright", "--epochs", 2) == 0
    rows = "5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3\n"
    (here / "plain.csv").write_text(rows, "utf-8")
    (here / "headed.csv").write_text("a,b,c,d\n" + rows, "utf-8")
    found = []
    for name in ("plain.csv", "headed.csv"):
        capsys.readouterr()
        assert run("predict", "iris.netwright", "--input", name) == 0
        found.append(json.loads(capsys.readouterr().out)["predictions"])
    assert found[0] == found[1]
    assert len(found[0]) == 2


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("a.npy", lambda p: np.save(p, np.zeros((2, 9, 9))), "has the shape [2, 9, 9]"),
        ("a.npy", lambda p: np.save(p, np.array(["x"])), "holds no numbers"),
        ("a.npy", lambda p: np.save(p, np.array([{}])), "holds no arrays of numbers"),
        ("a.npz", lambda p: np.savez(p, b=np.zeros(1), c=np.zeros(1)), "no array “image”"),
        ("a.npz", lambda p: p.write_bytes(b"PK not really"), "holds no arrays"),
        ("a.csv", lambda p: p.write_text("1,2\n3,x\n", "utf-8"), "line 2 does not hold 2 numbers"),
        ("a.png", lambda p: p.write_bytes(b"no picture"), "can't be read as a picture"),
        ("a.doc", lambda p: p.write_bytes(b""), "is of no known sort"),
        ("gone.npy", lambda p: None, "can't be read"),
    ],
)
def test_input_that_does_not_fit_gets_a_sentence(
    trained: Path, here: Path, name: str, make: Callable[[Path], object], told: str, capsys: Say
) -> None:
    make(here / name)
    assert run("predict", trained, "--input", name) == 3
    assert told in capsys.readouterr().err


# -- --set -----------------------------------------------------------------------------------


def test_settings_change_plan_and_split() -> None:
    project = digits_cnn().project
    words = ["optimizer.momentum=0.9", "optimizer.name=SGD", "schedule.name=cosine", "epochs=3",
             "batch_size=32", "data.split.validation=0.1", "device=cpu",
             "metrics=f1,top3"]  # fmt: skip
    found = with_settings(project, words)
    plan = found.plan
    assert (plan.epochs, plan.batch_size, plan.device) == (3, 32, "cpu")
    assert plan.objectives[0].optimizer.name == "SGD"
    assert plan.objectives[0].optimizer.params == {"lr": 1e-3, "momentum": 0.9}
    assert plan.objectives[0].schedule.name == "cosine"
    assert found.data.split.validation == 0.1
    assert plan.metrics == ("f1", "top3")
    assert project.plan.epochs != 3


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("epoch=3", r"no “epoch” to set\. There are: epochs, batch_size"),
        ("epochs", "has no value"),
        ("epochs=0", "--set epochs: .*0 is not allowed"),
        ("epochs=many", "'many' is not allowed"),
        ("optimizer.lr=-1", "number from 0"),
        ("optimizer.speed=1", "AdamW has no “speed”. It has lr, "),
        ("optimizer.name=Magic", "no optimizer “Magic”. Choose AdamW, "),
        ("schedule.name=moon", "no schedule “moon”"),
        ("data.split.validation=2", "2 is not allowed"),
        ("metrics=f1,luck", r"no metric “luck”. There are: accuracy, top3"),
        ("data.source=csv", "no “data.source” to set"),
    ],
)
def test_a_wrong_setting_says_what_is_known(word: str, told: str) -> None:
    with pytest.raises(UsageError, match=told.replace("(", r"\(")):
        with_settings(digits_cnn().project, [word])


def test_a_wrong_setting_makes_no_run(project: Path, here: Path, capsys: Say) -> None:
    assert run("train", project, "--epochs", "-3") == 2
    assert run("train", project, "--device", "tpu 9") == 2
    assert not (here / "runs").exists()


# -- the border ------------------------------------------------------------------------------


def test_a_mistake_of_ours_is_logged_and_ends_with_70(
    project: Path, home: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphcore.project.file.load", lambda path: 1 / 0)
    assert run("code", project) == 70
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert str(home / "netwright.log") in said.err
    assert "ZeroDivisionError" in (home / "netwright.log").read_text("utf-8")


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["new"], ["runs"]])
def test_quick_commands_import_neither_torch_nor_qt(words: list[str]) -> None:
    script = (
        "import sys; from graphcore import cli; status = cli.main(sys.argv[1:])\n"
        "assert not {'torch', 'PySide6'} & set(sys.modules), 'too much was imported'\n"
        "sys.exit(status)"
    )
    line = [sys.executable, "-c", script, *words]
    told = subprocess.run(line, capture_output=True, text=True, cwd=ROOT)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout


def test_a_reader_that_had_enough_is_no_mistake(project: Path) -> None:
    with process("check", *[project] * 200, "--json") as writing:
        assert writing.stdout is not None
        assert writing.stderr is not None
        writing.stdout.read(10)
        writing.stdout.close()
        err = writing.stderr.read()
    assert (writing.returncode, err) == (0, "")


def test_the_version_is_the_package_s(capsys: Say) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"netwright {parser.version()}\n"
    assert parser.version()[0].isdigit()


@pytest.mark.parametrize("missing", [(), ("torch",), ("PySide6",), ("torch", "PySide6")])
def test_doctor_works_without_torch_or_qt(
    missing: tuple[str, ...], capsys: Say, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.delitem(sys.modules, "graphcore.training.devices", raising=False)
        monkeypatch.delattr("graphcore.training.devices", raising=False)
    assert run("doctor") == 0
    told = capsys.readouterr().out
    assert str(home / "netwright.log") in told
    assert ("torch can't be imported" in told) == ("torch" in missing)


@pytest.mark.parametrize(
    ("found", "python", "told"),
    [
        ({"PySide6-Essentials": "6.12.0"}, (3, 11), "ends every program"),
        ({"torch": "2.13.0+cpu", "torchvision": "0.28.0"}, (3, 12), "torchvision 0.28.0 beside"),
        ({"torch": "2.9.1"}, (3, 12), "too old"),
        ({"PySide6-Essentials": "6.11.3"}, (3, 11), "torch is not installed"),
    ],
)
def test_doctor_knows_bad_pairs(
    found: dict[str, str], python: tuple[int, int], told: str
) -> None:  # fmt: skip
    assert any(told in sentence for sentence in doctor.bad_pairs(found, python))


def test_doctor_is_silent_about_a_good_set() -> None:
    good = {"torch": "2.13.0+cpu", "PySide6-Essentials": "6.11.3", "pyqtgraph": "0.14.0"}
    assert list(doctor.bad_pairs(good, (3, 11))) == []
    assert list(doctor.bad_pairs(good | {"PySide6-Essentials": "6.12.0"}, (3, 12))) == []


def test_counts_are_short() -> None:
    assert [short(n) for n in (0, 950, 8_230, 1_340_000, 5e15)] == [
        "0", "950", "8.23 k", "1.34 M", "5e+03 T",
    ]  # fmt: skip


@pytest.mark.slow
def test_render_draws_a_picture(project: Path, here: Path) -> None:
    with process("render", project, "-o", "net.png", "--scale", "2", cwd=here) as drawing:
        out, err = drawing.communicate(timeout=120)
    assert (drawing.returncode, err) == (0, "")
    assert "net.png shows" in out
    from PIL import Image

    with Image.open(here / "net.png") as picture:
        assert picture.width > 1000
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20


@pytest.mark.slow
def test_ctrl_c_ends_an_export_and_leaves_nothing(project: Path, here: Path) -> None:
    words = ("export", project, "--to", "torchscript", "-o", "net.pt", "--untrained")
    with process(*words, cwd=here, start_new_session=True) as exporting:
        while not any(here.glob(".netwright-*")) and exporting.poll() is None:
            pass
        os.killpg(exporting.pid, signal.SIGINT)  # as a terminal does: to the children too
        _, err = exporting.communicate(timeout=60)
    assert (exporting.returncode, err) == (130, "Interrupted.\n")
    assert sorted(path.name for path in here.iterdir() if path.name != "home") == [project.name]


# -- what a stranger meets -----------------------------------------------------------------------


def test_check_tells_of_nodes_inside_blocks(here: Path, capsys: Say) -> None:
    made = digits_cnn().project
    inner = Graph(
        [
            Node(NodeId("x"), "io.Input", "x", order=0),
            Node(NodeId("act"), "nn.ReLU", "act", order=1),
            Node(NodeId("y"), "io.Output", "y", order=2),
        ],
        [Wire(NodeId("x"), "output", NodeId("act"), "input"),
         Wire(NodeId("act"), "output", NodeId("y"), "input")],
    )  # fmt: skip
    AddDefinition("Act", Definition(inner)).apply(made)
    block = Node(NodeId("block"), "block.Act", "block", order=99)
    AddNode(block).apply(made)
    conv = next(node for node in made.graph.nodes.values() if node.kind == "nn.Conv2d")
    Connect(Wire(conv.id, "output", block.id, "x")).apply(made)
    file.save(made, here / "block.netwright")
    run("check", "block.netwright", "--json")
    nodes = {node["path"]: node["kind"] for node in json.loads(capsys.readouterr().out)["nodes"]}
    assert nodes["block"] == "block.Act"
    assert nodes["block.act"] == "nn.ReLU"


def test_a_library_that_is_missing_is_named(
    project: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = ModuleNotFoundError("No module named 'torch'", name="torch")
    monkeypatch.setattr("graphcore.cli.drawing.file.load", _raising(gone))
    assert run("check", project) == 3
    assert capsys.readouterr().err == "torch is not installed here: pip install torch\n"


def test_a_full_disk_is_no_mistake_of_ours(project: Path) -> None:
    with Path("/dev/full").open("w") as full:
        line = [sys.executable, str(ROOT / "main.py"), "code", str(project)]
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_code_that_can_t_be_written_leaves_the_old_file(
    project: Path, here: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "old.py").write_text("old", "utf-8")
    monkeypatch.setattr("os.replace", _raising(OSError(28, "No space left on device")))
    assert run("code", project, "-o", "old.py") == 3
    assert "No space left" in capsys.readouterr().err
    assert (here / "old.py").read_text("utf-8") == "old"
    assert not list(here.glob(".*"))


def test_a_run_without_weights_does_not_hide_the_one_before(
    project: Path, here: Path, capsys: Say
) -> None:
    assert run("train", project, "--epochs", "1") == 0
    trained = RunStore(here / "runs").runs()[0]
    RunStore(here / "runs").create(file.load(project), project.stem)
    capsys.readouterr()
    assert run("evaluate", project, "--json") == 0
    assert json.loads(capsys.readouterr().out)["run"] == trained.id


def test_predictions_for_the_very_table_that_trained(here: Path, capsys: Say) -> None:
    rows = [f"{a},{b};word;{a + b},5;{b},25" for a in range(10) for b in range(4)]
    (here / "t.csv").write_text("\n".join(["first;what;target;last", *rows]), "utf-8")
    made = Drawing(describe("csv", {"path": "t.csv"}, here))
    data = made.add("data.Dataset")
    head = made.add("nn.Linear", (data, "features"), out_features=1)
    made.add("loss.MSELoss", head, (data, "target"))
    file.save(made.project, here / "p.netwright")
    assert run("train", "p.netwright", "--epochs", "1") == 0
    capsys.readouterr()
    assert run("predict", "p.netwright", "--input", "t.csv") == 0
    whole = json.loads(capsys.readouterr().out)["predictions"]
    assert len(whole) == 40
    alone = [";".join((row.split(";")[0], row.split(";")[3])) for row in rows]
    (here / "alone.csv").write_text("\n".join(["first;last", *alone]), "utf-8")
    assert run("predict", "p.netwright", "--input", "alone.csv") == 0
    assert json.loads(capsys.readouterr().out)["predictions"] == whole


def _raising(error: Exception) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


def test_turns_of_a_repeated_block_are_told_once(here: Path, capsys: Say) -> None:
    assert run("new", "gpt2-small", "-o", "g.netwright") == 0
    capsys.readouterr()
    assert run("check", "g.netwright") == 0
    lines = capsys.readouterr().out.splitlines()
    named = {line.split()[0]: line for line in lines if line.strip()}
    assert "blocks.0.norm1" in named
    assert "blocks.1.norm1" not in named
    assert "[B, 1024, 50257]" in named["scores"]


def test_layout_puts_every_node_in_its_place(project: Path, here: Path) -> None:
    assert run("layout", project, "-o", here / "tidy.netwright", "--size", 900, 900) == 0
    before, after = file.load(project), file.load(here / "tidy.netwright")
    assert after.graph == before.graph
    assert after.layout["main"].keys() == after.graph.nodes.keys()
    assert len(set(after.layout["main"].values())) == len(after.graph.nodes)
    assert run("layout", project, "--size", 0, 5) == 2
    assert run("layout", project, "--down", "--size", 300, 3000) == 0
    places = file.load(project).layout["main"].values()
    assert len({y for _, y in places}) > len({x for x, _ in places})


def test_fold_makes_one_block_of_what_repeats(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawing = Drawing()
    at = drawing.input("float32[8]")
    for _ in range(3):
        at = drawing.add("nn.ReLU", drawing.add("nn.Linear", at, out_features=8))
    drawing.add("io.Output", at)
    file.save(drawing.project, here / "long.netwright")
    assert run("fold", here / "long.netwright", "--dry-run") == 0
    assert file.load(here / "long.netwright") == drawing.project
    assert run("fold", here / "long.netwright", "-o", here / "short.netwright") == 0
    assert "main: 3 turns of 2 nodes, from “linear” to “linear3”" in capsys.readouterr().out
    short = file.load(here / "short.netwright").graph.nodes.values()
    assert [node.repeat for node in short if node.kind.startswith("block.")] == [3]
    assert run("fold", here / "short.netwright") == 0
    assert "nothing is drawn twice in a row" in capsys.readouterr().out
