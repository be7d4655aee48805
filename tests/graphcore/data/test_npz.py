"""NumPy archives: what becomes a field, and what is refused before it harms."""

import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from graphcore.data.samples import Samples
from graphcore.data.sources import examine
from graphcore.errors import UserError
from graphcore.project.data import DataChoice
from graphcore.types import Tensor


def read_back(folder: Path, **arrays: object) -> tuple[DataChoice, Samples]:
    np.savez(folder / "a.npz", **arrays)
    return examine("npz", {"path": "a.npz"}, folder)


def test_arrays_with_the_same_first_axis_are_fields(tmp_path: Path) -> None:
    choice, samples = read_back(
        tmp_path,
        pictures=np.arange(6 * 12, dtype=np.uint8).reshape(6, 3, 4),
        colored=np.zeros((6, 8, 8, 3), np.uint8),
        signal=np.ones((6, 5, 2)),
        words=np.arange(12).reshape(6, 2),
        kind=np.array([3, 7, 3, 7, 3, 7]),
        name=np.array(["a", "b", "a", "c", "b", "a"]),
        price=np.linspace(0.5, 1, 6),
        other=np.zeros(4),
        alone=np.float32(3),
    )
    types = {field.name: str(field.type) for field in choice.fields}
    assert types == {
        "pictures": "float32[1, 3, 4]", "colored": "float32[3, 8, 8]", "signal": "float32[5, 2]",
        "words": "int64[2]", "kind": "int64[]", "name": "int64[]", "price": "float32[1]",
    }  # fmt: skip
    assert choice.field("kind").class_names == ("3", "7")
    assert choice.field("name").class_names == ("a", "b", "c")
    assert choice.field("words").vocabulary_size == 12
    assert samples.arrays["pictures"].dtype == np.uint8
    assert any("“other”" in text for text in samples.warnings)


def test_names_beside_an_array_name_its_classes(tmp_path: Path) -> None:
    choice, _ = read_back(
        tmp_path, x=np.zeros((3, 2)), y=np.array([0, 1, 1]), y_names=np.array(["no", "yes"])
    )
    assert choice.field("y").class_names == ("no", "yes")
    assert choice.field("x").type == Tensor((2,))


def test_samples_that_are_not_finite_are_left_out(tmp_path: Path) -> None:
    x = np.array([[1.0], [np.nan], [np.inf], [4.0]])
    _, samples = read_back(tmp_path, x=x, y=np.array([0, 1, 0, 1]))
    assert samples.arrays["x"].tolist() == [[1], [4]]
    assert "first in sample 2" in samples.warnings[0]


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path("harmed"),)


def hostile(tmp_path: Path, name: str) -> bytes:
    buffer = io.BytesIO()
    match name:
        case "text":
            return b"not a zip"
        case "truncated":
            np.savez(buffer, x=np.zeros((100, 5)))
            return buffer.getvalue()[:-200]
        case "pickle":
            np.savez(buffer, x=np.array([Bomb(), Bomb()], dtype=object))
        case "raw pickle":
            with zipfile.ZipFile(buffer, "w") as archive:
                archive.writestr("x.npy", pickle.dumps(Bomb()))
        case "huge header":
            head = io.BytesIO()
            np.lib.format.write_array_header_1_0(
                head, {"descr": "<f8", "fortran_order": False, "shape": (2**40, 2**20)}
            )
            with zipfile.ZipFile(buffer, "w") as archive:
                archive.writestr("x.npy", head.getvalue())
        case "nothing":
            np.savez(buffer)
        case "empty":
            np.savez(buffer, x=np.zeros((0, 4)))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "name", ["text", "truncated", "pickle", "raw pickle", "huge header", "nothing", "empty"]
)
def test_hostile_archives_get_a_sentence(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.npz").write_bytes(hostile(tmp_path, name))
    with pytest.raises(UserError, match=r"a\.npz") as told:
        examine("npz", {"path": "a.npz"}, tmp_path)
    assert told.value.hint
    assert not (tmp_path / "harmed").exists()


def test_a_zip_bomb_is_refused_by_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr("graphcore.data.samples.MOST_BYTES", 10_000)
    np.savez_compressed(tmp_path / "a.npz", x=np.zeros((1000, 1000)))
    with pytest.raises(UserError, match="unpacks to"):
        examine("npz", {"path": "a.npz"}, tmp_path)
