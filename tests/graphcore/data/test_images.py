"""Folders of pictures, one a class; damaged files are named and nothing stops."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from graphcore.data.samples import Samples
from graphcore.data.sources import examine
from graphcore.errors import UserError
from graphcore.project.data import DataChoice
from graphcore.types import Tensor


def paint(path: Path, color: object, size: tuple[int, int] = (6, 4), mode: str = "RGB") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, color).save(path)


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    paint(tmp_path / "cats" / "1.png", (255, 0, 0))
    paint(tmp_path / "cats" / "2.bmp", (255, 0, 0))
    paint(tmp_path / "dogs" / "1.gif", (0, 0, 255))
    paint(tmp_path / "dogs" / "more" / "2.webp", (0, 0, 255))
    paint(tmp_path / "dogs" / "3.JPG", (0, 0, 255))
    return tmp_path


def look(folder: Path, **options: object) -> tuple[DataChoice, Samples]:
    return examine("images", {"path": str(folder), **options}, None)


def test_folders_are_classes(pets: Path) -> None:
    choice, samples = look(pets)
    image, label = choice.fields
    assert image.type == Tensor((3, 4, 6))
    assert (image.low, image.high) == (0, 255)
    assert choice.normalize["image"] == "unit"
    assert label.class_names == ("cats", "dogs")
    assert samples.arrays["label"].tolist() == [0, 0, 1, 1, 1]
    assert samples.arrays["image"].dtype == np.uint8
    assert samples.arrays["image"][0, :, 0, 0].tolist() == [255, 0, 0]
    assert samples.arrays["image"][2, 2].min() > 250
    assert samples.warnings == ()


def test_size_and_color_can_be_chosen(pets: Path) -> None:
    choice, _ = look(pets, size=[8, 10], color="gray")
    assert choice.fields[0].type == Tensor((1, 8, 10))


def test_pictures_of_many_sizes_are_brought_to_one(pets: Path) -> None:
    paint(pets / "cats" / "large.png", (9, 9, 9), (300, 200))
    assert look(pets)[0].fields[0].type == Tensor((3, 64, 64))


def test_gray_pictures_stay_gray_and_deep_ones_keep_their_tones(tmp_path: Path) -> None:
    paint(tmp_path / "a" / "1.png", 100, mode="L")
    paint(tmp_path / "b" / "1.png", 32768, mode="I;16")
    choice, samples = look(tmp_path)
    assert choice.fields[0].type == Tensor((1, 4, 6))
    assert samples.arrays["image"][:, 0, 0, 0].tolist() == [100, 128]


def test_damaged_files_are_named_and_left_out(pets: Path) -> None:
    (pets / "cats" / "bad.png").write_bytes(b"no picture")
    (pets / "dogs" / "cut.png").write_bytes((pets / "cats" / "1.png").read_bytes()[:40])
    _, samples = look(pets)
    assert len(samples) == 5
    assert "2 pictures" in samples.warnings[0]
    assert "cats/bad.png" in samples.warnings[0]


def test_a_picture_of_too_many_pixels_is_left_out(
    pets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr("graphcore.data.pictures._MOST_PIXELS", 1000)
    paint(pets / "cats" / "bomb.png", (0, 0, 0), (100, 100))
    _, samples = look(pets)
    assert "cats/bomb.png" in samples.warnings[0]


def test_links_in_a_circle_end(pets: Path) -> None:
    (pets / "loop").symlink_to(pets, target_is_directory=True)
    (pets / "cats" / "deeper").symlink_to(pets, target_is_directory=True)
    (pets / "self").symlink_to(pets / "self")
    choice, samples = look(pets)
    assert choice.fields[1].class_names == ("cats", "dogs")
    assert len(samples) == 5
    assert any("“loop”" in text for text in samples.warnings)


def test_pictures_without_class_folders_have_no_label(tmp_path: Path) -> None:
    paint(tmp_path / "1.png", (1, 2, 3))
    paint(tmp_path / "2.png", (1, 2, 3))
    choice, _ = look(tmp_path)
    assert [field.name for field in choice.fields] == ["image"]


@pytest.mark.parametrize(
    ("options", "told"),
    [({"size": [0, 4]}, "size"), ({"size": [10**9, 4]}, "size"), ({"size": "big"}, "size"),
     ({"size": [True, True]}, "size"), ({"color": "cmyk"}, "color"), ({"color": 3}, "color")],
)  # fmt: skip
def test_hostile_options_get_a_sentence(
    pets: Path, options: dict[str, object], told: str
) -> None:  # fmt: skip
    with pytest.raises(UserError, match=told):
        look(pets, **options)


def test_folders_without_pictures_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no pictures"):
        look(tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.png").write_bytes(b"")
    with pytest.raises(UserError, match="can be read"):
        look(tmp_path)
    with pytest.raises(UserError, match="not a folder"):
        look(tmp_path / "a" / "x.png")


def test_what_is_too_much_for_the_memory_stays_in_its_files(
    pets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = look(pets)[1].arrays["image"]
    monkeypatch.setattr("graphcore.data.samples.MOST_BYTES", 10)
    choice, samples = look(pets)
    assert not isinstance(samples.arrays["image"], np.ndarray)
    assert np.array_equal(samples.arrays["image"][1:4], held[1:4])
    assert choice.samples == 5
