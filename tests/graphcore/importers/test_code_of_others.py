"""Code as people paste it (tutorials, torchvision, nanoGPT): the drawing computes the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.importers.code import read_code
from graphcore.project.edits import SetParam
from graphcore.project.project import Project
from graphcore.types import Tensor, parse_type

SNIPPETS = sorted(Path(__file__).with_name("snippets").glob("*.txt"))


def drawn(text: str, types: list[str]) -> Project:
    project = read_code(text, with_ends=True)
    inputs = [node for node in project.graph.nodes.values() if node.kind == "io.Input"]
    for node, kind in zip(inputs, types, strict=True):
        SetParam(node.id, "type", kind).apply(project)
    return project


def batch(kind: str) -> torch.Tensor:
    parsed = parse_type(kind)
    assert isinstance(parsed, Tensor)
    shape = [3, *(dim for dim in parsed.dims if isinstance(dim, int))]
    if parsed.dtype == "int64":
        return torch.arange(3 * shape[1]).reshape(shape) % 16
    return torch.linspace(-1, 1, torch.Size(shape).numel()).reshape(shape)


def filled(model: torch.nn.Module) -> torch.nn.Module:
    """The model with weights that depend on their sizes alone, so that names need not agree."""
    with torch.no_grad():
        for weight in model.parameters():
            weight.copy_(torch.linspace(-0.1, 0.12, weight.numel()).reshape(weight.shape))
    return model.eval()


def values(found: object) -> list[torch.Tensor]:
    if isinstance(found, dict):
        return values(tuple(found.values()))
    if isinstance(found, tuple):
        return [item for item in found if isinstance(item, torch.Tensor)]
    assert isinstance(found, torch.Tensor)
    return [found]


@pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: path.stem)
def test_what_people_paste_is_drawn_and_computes_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    types, _, made = text.splitlines()[0].removeprefix("# ").partition(" | ")
    kinds = types.replace("] ", "]\n").splitlines()
    project = drawn(text, kinds)
    analysis = analyse(project)
    assert [p.message for p in analysis.problems if p.severity == "error"] == []
    ours = filled(build(write_code(project, analysis)).model)
    names: dict[str, object] = {}
    exec(compile(text.replace("print(model)", ""), str(path), "exec"), names)  # our own text
    theirs = filled(eval(made, names))
    sizes = [sorted(tuple(w.shape) for w in model.parameters()) for model in (ours, theirs)]
    assert sizes[0] == sizes[1]
    given = [batch(kind) for kind in kinds]
    with torch.no_grad():
        pairs = list(zip(values(ours(*given)), values(theirs(*given)), strict=True))
    for one, other in pairs:
        torch.testing.assert_close(one, other)


@pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: path.stem)
def test_what_comes_in_is_guessed_from_the_layers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    project = read_code(text, with_ends=True)
    analysis = analyse(project)
    assert [p.message for p in analysis.problems if p.severity == "error"] == []
