"""Models with a person's own code answer from a process beside the window."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphcore.data.sources import read
from graphcore.errors import UserError
from graphcore.project import trust
from graphcore.project.project import Project
from graphcore.project.user_files import read_files
from gui.apart import Apart
from gui.predictions import Answers, NoAnswer, Oracle, Question
from gui.values import Asked
from tests.user_code import GATE, gated


@pytest.fixture
def oracle() -> Iterator[Oracle]:
    made = Oracle()
    yield made
    made.stop()


def question(project: Project, folder: Path) -> Question:
    samples = read(project.data, folder)
    return Question(project, folder / "net.netwright", None, True, samples)


def trusted(folder: Path, text: str = GATE) -> Project:
    project = gated(folder, text)
    trust.trust(read_files(project, folder))
    return project


def test_the_model_answers_without_its_code_in_the_window(oracle: Oracle, tmp_path: Path) -> None:
    project = trusted(tmp_path)
    found = oracle.examine(question(project, tmp_path))
    assert isinstance(found, Answers), found
    assert found.answers.shape == (len(found), 10)
    assert oracle.answer(found.inputs[:1]).shape == (1, 10)
    assert "my_layers" not in sys.modules


def test_it_says_so_where_nobody_trusted_the_code(oracle: Oracle, tmp_path: Path) -> None:
    found = oracle.examine(question(gated(tmp_path), tmp_path))
    assert isinstance(found, NoAnswer)
    assert "has not been trusted" in found.sentence


def test_code_that_ends_its_process_is_told_and_the_next_question_is_answered(
    oracle: Oracle, tmp_path: Path
) -> None:
    deadly = GATE.replace("        return x", "        import os; os._exit(9)\n        return x")
    found = oracle.examine(question(trusted(tmp_path, deadly), tmp_path))
    assert isinstance(found, NoAnswer)
    assert "died (exit status 9)" in found.sentence
    again = oracle.examine(question(trusted(tmp_path), tmp_path))
    assert isinstance(again, Answers), again


def test_one_pass_through_the_drawing_runs_there_too(tmp_path: Path) -> None:
    project, apart = trusted(tmp_path), Apart()
    try:
        found = apart.ask("values", project, Asked(folder=tmp_path))
        assert "±" in found.values["gate", "output"]
        assert found.seen["gate", "output"].nans == 0
        with pytest.raises(UserError):
            apart.ask("values", gated(tmp_path, GATE + "\n"), Asked(folder=tmp_path))
    finally:
        apart.stop()
    assert "my_layers" not in sys.modules
