"""The rules of the house, read off the imports: floors, rooms and words."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from gui.main_window import PANELS

ROOT = Path(__file__).parents[1]
# Each folder of graphcore stands only on those before it; those in one row don't know each other.
FLOORS = (
    ("errors",), ("types", "worker", "parsing"), ("kinds",), ("project",), ("analysis", "data"),
    ("code",), ("training", "export", "importers"), ("cli",),
)  # fmt: skip
HEIGHT = {room: height for height, row in enumerate(FLOORS) for room in row}
FORBIDDEN_NAMES = ("util", "helper", "manager", "handler", "misc", "common", "base", "controller")
# export reads what a run has written; the store of runs and predictions are torch-free or below.
NEIGHBOURS = {("export", "training"), ("analysis", "data")}


@dataclass(frozen=True)
class Import:
    """A module that a file imports, and whether that happens when the file itself is imported."""

    file: str
    module: str
    at_import: bool

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


def files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


@cache
def imports(path: Path) -> tuple[Import, ...]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(_walk(tree, str(path.relative_to(ROOT)), True))


def _walk(node: ast.AST, file: str, at_import: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from (Import(file, alias.name, at_import) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert not child.level, f"{file}: a relative import"
            assert child.module
            yield Import(file, child.module, at_import)
            if child.module in ("graphcore", "gui", "gui.panels", "gui.canvas"):
                names = (f"{child.module}.{alias.name}" for alias in child.names)
                yield from (Import(file, name, at_import) for name in names)
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _walk(child, file, at_import and not is_function)


def all_imports(*folders: str) -> list[Import]:
    return [found for path in files(*folders) for found in imports(path)]


def told(found: list[Import]) -> list[str]:
    return [f"{item.file} imports {item.module}" for item in found]


def test_there_is_something_to_read() -> None:
    assert len(files("graphcore", "gui")) > 80
    assert any(item.module == "torch" for item in all_imports("graphcore"))


def test_the_core_knows_no_window() -> None:
    bad = ("PySide6", "pyqtgraph", "gui", "shiboken6")
    assert told([item for item in all_imports("graphcore") if item.top in bad]) == []


def test_no_arrow_runs_back_up_the_floors() -> None:
    wrong = []
    for path in files("graphcore"):
        room = path.relative_to(ROOT / "graphcore").parts[0].removesuffix(".py")
        for item in imports(path):
            parts = item.module.split(".")
            if parts[0] != "graphcore" or len(parts) < 2 or room == "__init__":
                continue
            other = parts[1]
            below = HEIGHT[other] < HEIGHT[room]
            if other != room and not below and (room, other) not in NEIGHBOURS:
                wrong.append(f"{item.file} imports {item.module}")
    assert wrong == []


def test_neighbours_have_no_circle() -> None:
    for upper, lower in NEIGHBOURS:
        back = [
            item for item in all_imports(f"graphcore/{lower}")
            if item.module.startswith(f"graphcore.{upper}")
        ]  # fmt: skip
        assert told(back) == []


def test_the_window_comes_without_torch() -> None:
    heavy = [item for item in all_imports("gui") if item.top in ("torch", "torchvision")]
    assert told([item for item in heavy if item.at_import]) == []


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("networkx", ("graphcore/project/",)),
        ("pyqtgraph", ("gui/panels/curve_", "gui/panels/marks.py")),
    ],
)
def test_a_library_lives_in_its_room(library: str, homes: tuple[str, ...]) -> None:
    found = [item for item in all_imports("graphcore", "gui") if item.top == library]
    assert found
    assert told([item for item in found if not item.file.startswith(homes)]) == []


def test_the_canvas_opens_without_numpy() -> None:
    assert told([item for item in all_imports("gui/canvas") if item.top == "numpy"]) == []


def test_settings_are_kept_in_one_place() -> None:
    users = [path for path in files("gui") if "QSettings" in path.read_text(encoding="utf-8")]
    assert [path.name for path in users] == ["preferences.py"]
    assert [path.parent.name for path in users] == ["gui"]


def test_panels_do_not_know_each_other() -> None:
    panels = {row.module for row in PANELS}
    wrong = []
    for module in panels:
        path = ROOT / (module.replace(".", "/") + ".py")
        others = panels - {module}
        wrong += [item for item in imports(path) if item.module in others]
    assert told(wrong) == []


def test_the_parts_of_panels_do_not_know_panels() -> None:
    panels = {row.module for row in PANELS}
    parts = [p for p in files("gui/panels", "gui/data", "gui/canvas") if _module(p) not in panels]
    found = [item for path in parts for item in imports(path) if item.module in panels]
    assert told(found) == []


def test_canvas_and_panels_do_not_know_each_other() -> None:
    canvas = [item for item in all_imports("gui/canvas") if item.module.startswith("gui.panels")]
    panels = [item for item in all_imports("gui/panels") if item.module.startswith("gui.canvas")]
    assert told(canvas + panels) == []


def test_only_the_window_knows_every_part() -> None:
    parts = files("gui/panels", "gui/canvas", "gui/data")
    tops = ("gui.main_window", "gui.app", "gui.docks", "gui.wiring")
    found = [item for path in parts for item in imports(path) if item.module in tops]
    assert told(found) == []


def test_files_are_named_for_what_they_are() -> None:
    stems = [path.stem for path in files("graphcore", "gui")]
    assert [s for s in stems if any(word in s.lower() for word in FORBIDDEN_NAMES)] == []


def test_classes_are_named_for_what_they_are() -> None:
    ends = ("Manager", "Helper", "Handler", "Base", "Info", "Utils", "Controller")
    wrong = []
    for path in files("graphcore", "gui"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        wrong += [f"{path.name}: {name}" for name in classes if name.endswith(ends)]
    assert wrong == []


def test_nothing_is_printed_and_nothing_swallowed() -> None:
    wrong = []
    for path in files("graphcore", "gui"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_print = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "print"
            )
            if is_print or (isinstance(node, ast.ExceptHandler) and node.type is None):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_text_is_parsed_in_one_place() -> None:
    """There it can't meet another thread that parses."""
    every = files("graphcore", "gui")
    homes = [path.name for path in every if "ast.parse(" in path.read_text("utf-8")]
    assert homes == ["parsing.py"]


def test_no_pool_of_threads_is_ours() -> None:
    """`conftest.py` takes one that a test leaves for that of torch's compiler."""
    every = files("graphcore", "gui")
    assert [path.name for path in every if "ThreadPoolExecutor" in path.read_text("utf-8")] == []


def test_every_panel_takes_shared_objects_by_name() -> None:
    for row in PANELS:
        path = ROOT / (row.module.replace(".", "/") + ".py")
        names = [
            n.name for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.ClassDef)
        ]
        assert row.class_name in names


@pytest.mark.parametrize(
    "modules",
    [
        "graphcore.kinds.catalog, graphcore.project.file, graphcore.project.templates",
        "graphcore.project.layout, graphcore.data.sources, graphcore.training.runs",
        "graphcore.training.events, graphcore.training.parts, graphcore.export.certificate",
        "graphcore.code.write, graphcore.cli",
        "gui.app, gui.main_window" + "".join(f", {row.module}" for row in PANELS),
    ],
)
def test_these_come_without_torch(modules: str) -> None:
    """At run time too: what they import in turn counts."""
    code = f"import sys, {modules}\nsys.exit('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=120, check=False)
    assert done.returncode == 0


def test_the_core_comes_without_qt() -> None:
    code = "import sys, graphcore.cli\nsys.exit(any(m.startswith('PySide6') for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=120, check=False)
    assert done.returncode == 0


def test_each_file_of_tests_has_a_name_of_its_own() -> None:
    """Folders of tests are no packages, so that two files of one name would be one module."""
    paths = (ROOT / "tests").rglob("test_*.py")
    names = [path.name for path in paths if not (path.parent / "__init__.py").exists()]
    assert sorted(names) == sorted(set(names))


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
