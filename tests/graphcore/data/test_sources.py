"""Choosing data: facts, fingerprints, what stays of the choice before, and hostile options."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graphcore.data.facts import field_name
from graphcore.data.options import relative
from graphcore.data.sources import SOURCES, describe, examine, read, source_of
from graphcore.errors import UserError
from graphcore.project.data import DataChoice, Split
from graphcore.project.graph import check_name
from graphcore.types import Tensor

DIGITS = {"name": "digits"}


def test_digits_have_their_facts() -> None:
    choice = describe("sample", DIGITS, None)
    image, label = choice.fields
    assert image.type == Tensor((1, 8, 8))
    assert (image.low, image.high) == (0, 16)
    assert choice.samples == 1797
    assert choice.normalize["image"] == "unit"
    assert label.type == Tensor((), "int64")
    assert label.class_names == tuple("0123456789")
    assert choice.facts()["label.classes"] == 10
    assert len(choice.fingerprint) == 64


def test_iris_has_its_facts() -> None:
    choice, samples = examine("sample", {"name": "iris"}, None)
    features, label = choice.fields
    assert features.type == Tensor((4,))
    assert choice.normalize["features"] == "standard"
    assert len(features.mean) == len(features.std) == 4
    assert label.class_names == ("setosa", "versicolor", "virginica")
    assert samples.column_names["features"][0] == "sepal length"
    assert features.high == 7.9


def test_mean_and_spread_are_those_of_the_training_part() -> None:
    from graphcore.data.splits import split

    choice, samples = examine("sample", DIGITS, None)
    train = samples.arrays["image"][split(choice, samples).train].astype(np.float64)
    image = choice.fields[0]
    assert image.mean == pytest.approx((train.mean(),))
    assert image.std == pytest.approx((train.std(),))
    assert image.mean != pytest.approx((samples.arrays["image"].mean(),), rel=1e-6)


def test_split_and_scaling_stay_where_they_fit() -> None:
    before = describe("sample", DIGITS, None)
    before = replace(before, normalize={"image": "standard"}, split=Split(0.3, 0.1, 5))
    again = describe("sample", DIGITS, None, before)
    assert again.split == before.split
    assert again.normalize["image"] == "standard"
    other = describe("sample", {"name": "iris"}, None, before)
    assert other.normalize == {"features": "standard", "label": "none"}


def test_changed_samples_are_told_not_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.npz"
    np.savez(file, x=np.zeros((4, 2), np.float32), y=[0, 0, 1, 1])
    choice = describe("npz", {"path": "a.npz"}, tmp_path)
    assert not read(choice, tmp_path).changed
    np.savez(file, x=np.ones((4, 2), np.float32), y=[0, 0, 1, 1])
    samples = read(choice, tmp_path)
    assert samples.changed
    assert samples.fingerprint != choice.fingerprint


def test_a_fingerprint_covers_values_not_files(tmp_path: Path) -> None:
    arrays = {"x": np.arange(8, dtype=np.float32).reshape(4, 2), "y": np.array([0, 0, 1, 1])}
    np.savez(tmp_path / "a.npz", **arrays)
    np.savez_compressed(tmp_path / "b.npz", **arrays)
    first, second = (describe("npz", {"path": n}, tmp_path) for n in ("a.npz", "b.npz"))
    assert first.fingerprint == second.fingerprint


@pytest.mark.parametrize("source", [*SOURCES, "nowhere"])
@pytest.mark.parametrize(
    "options",
    [{}, {"path": 5, "name": 5}, {"path": "\0"}, {"path": "x" * 9999}, {"path": "gone"},
     {"name": ["digits"]}, {"name": "../digits"}],
)  # fmt: skip
def test_hostile_options_get_a_sentence(
    source: str, options: dict[str, object], tmp_path: Path
) -> None:
    with pytest.raises(UserError) as told:
        describe(source, options, tmp_path)
    assert told.value.hint


def test_no_data_yet_is_a_sentence() -> None:
    with pytest.raises(UserError, match="no data yet"):
        read(DataChoice(), None)


def test_paths_find_their_source(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / "b.npz").touch()
    (tmp_path / "c.docx").touch()
    assert source_of(tmp_path / "a.csv")[0] == "csv"
    assert source_of(tmp_path / "b.npz")[0] == "npz"
    assert source_of(tmp_path)[0] == "images"
    with pytest.raises(UserError, match=r"c\.docx"):
        source_of(tmp_path / "c.docx")


@pytest.mark.parametrize(("name", "words"), [
    ("m.pt", "PyTorch"), ("m.pt2", "exported program"), ("m.onnx", "ONNX"),
    ("m.safetensors", "weights"), ("n.ipynb", "notebook"), ("a.npy", "single NumPy array"),
    ("t.XLSX", "spreadsheet"), ("p.PNG", "single picture"), ("z.zip", "archive"),
])  # fmt: skip
def test_what_is_no_data_is_told_for_what_it_is(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(UserError, match=words) as told:
        source_of(tmp_path / name)
    assert name in told.value.message
    assert told.value.hint


def test_a_path_where_nothing_is_says_so(tmp_path: Path) -> None:
    for name in ("a.csv", "b.npz", "m.pt", "folder"):
        with pytest.raises(UserError, match=f"“{name}” is not there"):
            source_of(tmp_path / name)


def test_paths_inside_the_project_folder_become_relative(tmp_path: Path) -> None:
    inside = {"path": str(tmp_path / "data" / "a.csv")}
    assert relative(inside, tmp_path) == {"path": "data/a.csv"}
    assert relative({"path": "/elsewhere/a.csv"}, tmp_path) == {"path": "/elsewhere/a.csv"}
    assert relative(inside, None) == inside


@pytest.mark.parametrize(
    "text", ["label", "größe m²", "class", "forward", "2 x", "", "日本", "a b"]
)
def test_field_names_can_stand_in_the_code(text: str) -> None:
    assert check_name(field_name(text)) == field_name(text)
    assert field_name(text, {field_name(text)}) != field_name(text)
