"""Every template opens, has nothing to complain about, builds and runs."""

from __future__ import annotations

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.data.loaders import tensors
from graphcore.data.sources import describe, read
from graphcore.project.file import parse, to_text
from graphcore.project.templates import names, open_template
from graphcore.training.evaluate import evaluate_once

EXPECTED = {"digits-cnn", "digits-mlp", "iris", "digits-autoencoder", "two-heads", "autograd"}
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
