"""What goes along where a project is saved to another folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graphcore.errors import UserError
from graphcore.project import luggage as module
from graphcore.project.file import load
from graphcore.project.luggage import in_the_way, luggage_of, save_with
from graphcore.project.project import Project
from graphcore.project.weights import WeightsSource
from tests.user_code import GATE, gated


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    folder.mkdir()
    return folder


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def with_all(here: Path) -> Project:
    """A project that uses a class, a module that this imports, a table and weights."""
    project = gated(here, "import more_layers\n" + GATE)
    (here / "more_layers.py").write_text("SCALE = 2\n", "utf-8")
    (here / "data").mkdir()
    (here / "data" / "people.csv").write_text("age,kind\n1,a\n", "utf-8")
    (here / "old.safetensors").write_bytes(b"0123")
    (here / "notes.txt").write_text("nobody uses this", "utf-8")
    project.data = replace(project.data, options={"path": "data/people.csv"})
    project.weights = (WeightsSource(file="old.safetensors"),)
    return project


def test_all_that_is_used_goes_along_and_nothing_else(here: Path, there: Path) -> None:
    project = with_all(here)
    found = luggage_of(project, here, there)
    assert set(found.names) == {
        "my_layers.py", "more_layers.py", "data/people.csv", "old.safetensors",
    }  # fmt: skip
    save_with(project, there / "net.netwright", found)
    assert load(there / "net.netwright") == project
    for name in found.names:
        assert (there / name).read_bytes() == (here / name).read_bytes()
    files = {path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file()}
    assert files == {*found.names, "net.netwright"}


def test_nothing_goes_along_within_the_same_folder(here: Path) -> None:
    assert luggage_of(with_all(here), here, here / ".." / "here").names == ()


def test_what_lies_outside_or_is_a_link_out_never_goes_along(here: Path, there: Path) -> None:
    project = with_all(here)
    secret = here.parent / "secret.txt"
    secret.write_text("mine", "utf-8")
    (here / "link.csv").symlink_to(secret)
    for name in ("../secret.txt", str(secret), "link.csv", "data/../../secret.txt", "\0"):
        project.data = replace(project.data, options={"path": name})
        found = luggage_of(project, here, there)
        assert name not in found.names + found.left


def test_a_folder_and_what_is_large_stay(
    here: Path, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = with_all(here)
    monkeypatch.setattr(module, "LARGEST", 3)
    assert set(luggage_of(project, here, there).left) >= {"data/people.csv", "old.safetensors"}
    project.data = replace(project.data, options={"path": "data"})
    assert "data" in luggage_of(project, here, there).left


def test_other_files_of_the_same_name_are_in_the_way_and_equal_ones_are_not(
    here: Path, there: Path
) -> None:
    found = luggage_of(with_all(here), here, there)
    (there / "my_layers.py").write_text("another\n", "utf-8")
    (there / "more_layers.py").write_text("SCALE = 2\n", "utf-8")
    assert in_the_way(found, there) == ("my_layers.py",)
    assert "my_layers.py" not in found.without(("my_layers.py",)).names


def test_where_something_cannot_be_written_nothing_is(here: Path, there: Path) -> None:
    project = with_all(here)
    found = luggage_of(project, here, there)
    (there / "data").write_text("in the way", "utf-8")
    with pytest.raises(UserError, match="could not be written"):
        save_with(project, there / "net.netwright", found)
    assert [path.name for path in there.iterdir()] == ["data"]


def test_where_the_project_cannot_be_written_nothing_goes_along(here: Path, there: Path) -> None:
    project = with_all(here)
    (there / "net.netwright").mkdir()
    (there / "net.netwright" / "x").touch()
    with pytest.raises(UserError, match="could not be saved"):
        save_with(project, there / "net.netwright", luggage_of(project, here, there))
    left = {path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file()}
    assert left == {"net.netwright/x"}
