"""Every template opens, has nothing to complain about, builds and runs."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.analysis.result import Analysis, Value
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.data.loaders import tensors
from graphcore.data.sources import describe, read
from graphcore.project.file import parse, to_text
from graphcore.project.templates import names, open_template
from graphcore.training.evaluate import evaluate_once
from graphcore.types import Tensor
from tests.designs.samples import SAMPLES
from tests.graphcore.code.test_write import ruff
from tests.make_templates import made

# What papers, torchvision and others count, and the result for a batch of two.
PUBLISHED = {
    "resnet18": (11_689_512, (2, 1000)),
    "resnet50": (25_557_032, (2, 1000)),
    "mobilenet": (3_504_872, (2, 1000)),
    "inception": (6_624_904, (2, 1000)),
    "vit-b16": (86_567_656, (2, 1000)),
    "gpt2-small": (124_439_808, (2, 1024, 50257)),
    "unet": (31_037_698, (2, 2, 256, 256)),
    "siamese": (38_951_745, (2, 1)),
    "lstm-classifier": (4_928_514, (2, 2)),
}
EXPECTED = {*SAMPLES, *PUBLISHED}
TEMPLATES = sorted(EXPECTED)


def test_all_are_listed_with_a_title_and_a_sentence() -> None:
    listed = {name: (title, about) for name, title, about in names()}
    assert set(listed) == EXPECTED
    assert all(title and about.endswith(".") for title, about in listed.values())


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_has_no_problem_of_any_kind(name: str) -> None:
    assert analyse(open_template(name)).problems == ()


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_is_written_back_as_it_was_read(name: str) -> None:
    project = open_template(name)
    assert to_text(parse(to_text(project))) == to_text(project)


@pytest.mark.parametrize("name", TEMPLATES)
def test_its_facts_are_those_of_the_samples(name: str) -> None:
    choice = open_template(name).data
    if choice.source:
        assert describe(choice.source, choice.options, None, choice) == choice


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_is_what_its_script_draws(name: str) -> None:
    assert to_text(open_template(name)) == to_text(made(name))


@pytest.mark.parametrize("name", TEMPLATES)
def test_its_code_reads_as_written_by_hand(name: str, tmp_path: Path) -> None:
    project = open_template(name)
    assert ruff([write_code(project, analyse(project)).text], tmp_path) == ""


@pytest.mark.parametrize("name", PUBLISHED)
def test_it_is_as_large_as_published_and_runs(name: str) -> None:
    parameters, result = PUBLISHED[name]
    project = open_template(name)
    analysis = analyse(project)
    assert analysis.parameters == parameters
    with torch.device("meta"):
        model = build(write_code(project, analysis)).model
        inputs = [_two(analysis, value) for value in analysis.parts.inputs.values()]
        assert model(*inputs).shape == result
    assert sum(p.numel() for p in model.parameters()) == parameters


def _two(analysis: Analysis, value: Value) -> torch.Tensor:
    found = analysis.by_node[value.node].outputs[value.port]
    assert isinstance(found, Tensor)
    sizes = [size for size in found.dims if isinstance(size, int)]
    return torch.zeros((2, *sizes), dtype=getattr(torch, found.dtype))


def test_one_tower_serves_both_pictures() -> None:
    analysis = analyse(open_template("siamese"))
    assert analysis.nodes["tower"].parameters == 38_947_648
    assert analysis.nodes["other_tower"].parameters == 0
    assert analysis.nodes["other_tower.conv1"].parameters == 0


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_it_runs_forward_on_real_samples(name: str) -> None:
    project = open_template(name)
    analysis = analyse(project)
    fields = {}
    if project.data.source:
        whole = tensors(project.data, read(project.data, None))
        fields = {field: tensor[:5] for field, tensor in whole.items()}
    values = evaluate_once(project, analysis, fields)
    assert all(torch.isfinite(found.value).all() for found in values.values())
    assert sum(p.numel() for p in build(write_code(project, analysis)).model.parameters()) == (
        analysis.parameters
    )


def test_digits_cnn_is_what_the_readme_says() -> None:
    analysis = analyse(open_template("digits-cnn"))
    [given] = analysis.parts.inputs.values()
    [result] = analysis.parts.outputs.values()
    assert str(analysis.by_node[given.node].outputs[given.port]) == "float32[B, 1, 8, 8]"
    assert str(analysis.by_node[result.node].outputs[result.port]) == "float32[B, 10]"
