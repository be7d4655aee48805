"""The generated tables against the torch that is installed: a newer one is noticed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import torch

from graphcore.kinds import layer_notes, param_notes, torch_layers, torch_losses
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.kind import FORMATS, REQUIRED
from graphcore.kinds.signature import Signature

ROOT = Path(__file__).resolve().parents[3]
GENERATOR = ROOT / ".ci" / "catalog.py"
INSTALLED = torch.__version__.partition("+")[0]
KNOWN: dict[str, Signature] = torch_layers.LAYERS | torch_losses.LOSSES
# Their constructors take layers; ours make those from the layers' own params.
MADE_OF_LAYERS = ("TransformerEncoder", "TransformerDecoder")


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalog_generator", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2])


def since(cls: str, param: str = "") -> str:
    rows = layer_notes.SINCE
    stem = layer_notes.stem_of(cls)
    return rows.get(f"{cls}.{param}") or rows.get(f"{stem}.{param}") or rows.get(cls, "2.11")


def test_every_usable_class_is_known(generator: ModuleType) -> None:
    found = {name for name, _ in generator.classes()}
    expected = {name for name in KNOWN if version(since(name)) <= version(INSTALLED)}
    assert found == expected, "run .ci/catalog.py and describe what is new"
    assert len(KNOWN) == 139
    assert len(torch_losses.LOSSES) == 22


def test_arguments_and_defaults_are_those_of_torch(generator: ModuleType) -> None:
    for name, cls in generator.classes():
        expected = [
            row for row in KNOWN[name].params
            if version(since(name, str(row[0]))) <= version(INSTALLED)
        ]  # fmt: skip
        assert list(generator.params(cls)) == expected, name
        assert tuple(generator.ports(cls)) == KNOWN[name].inputs, name
        assert tuple(generator.flags(cls)) == KNOWN[name].calls, name


def test_the_files_are_what_the_generator_writes(generator: ModuleType) -> None:
    if version(torch_layers.TORCH) != version(INSTALLED):
        return  # an older torch is supported, too; the test above has compared what it has
    for name, text in generator.tables().items():
        written = (ROOT / "graphcore" / "kinds" / name).read_text("utf-8")
        assert written.replace(torch_layers.TORCH, INSTALLED) == text, "run .ci/catalog.py"


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_kind_has_every_param_of_its_class(name: str) -> None:
    kind = CATALOG.get(f"nn.{name}") or CATALOG[f"loss.{name}"]
    for row in (*KNOWN[name].params, *KNOWN[name].calls):
        param = kind.param(str(row[0]))
        if f"{name}.{row[0]}" in param_notes.FLAGS:
            assert param is None
            continue
        assert param is not None, row[0]
        is_read_off = param.infer is not None and not param.infer.unless
        default = row[2] if len(row) > 2 and not is_read_off else REQUIRED
        assert param.default == default
    if name not in MADE_OF_LAYERS:
        assert len(kind.params) == len(KNOWN[name].params) + len(KNOWN[name].calls)


def test_a_stack_has_the_params_of_its_layers() -> None:
    for name in MADE_OF_LAYERS:
        inner = [p for p in CATALOG[f"nn.{name}Layer"].params if not p.in_call]
        assert list(CATALOG[f"nn.{name}"].params[: len(inner)]) == inner


def test_the_sizes_that_are_read_off_the_input() -> None:
    """33 params of 30 classes, and d_model of the two stacks."""
    read = [(k.name, p.name) for k in CATALOG.values() for p in k.params if p.infer is not None]
    assert len(read) == 35
    assert len({kind for kind, _ in read}) == 32


def test_no_row_of_the_notes_is_left_over() -> None:
    for name in (*layer_notes.UNLISTED, *layer_notes.NOT_ON_META):
        assert name in KNOWN
    stems = {layer_notes.stem_of(name) for name in KNOWN} | set(KNOWN)
    for name, refusal in layer_notes.REFUSALS:
        assert name in stems
        assert refusal.format in FORMATS
        assert refusal.why.endswith(".")
    assert set(layer_notes.ABOUT) <= stems
    params = {str(row[0]) for s in KNOWN.values() for row in (*s.params, *s.calls)}
    for key in param_notes.NOTES:
        cls, _, param = key.rpartition(".")
        assert param in params, key
        assert not cls or cls in stems, key


def test_the_catalog_is_there_without_torch() -> None:
    text = "import sys, graphcore.kinds.catalog; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", text], cwd=ROOT, check=False).returncode == 0
