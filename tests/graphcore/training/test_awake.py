"""The machine is kept from going to sleep while a run goes on; else a long run says so, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graphcore.project import templates
from graphcore.training import awake
from graphcore.training.control import Control
from graphcore.training.events import Warned
from graphcore.training.runs import RunStore
from graphcore.training.session import train_project


@pytest.mark.parametrize(
    ("command", "is_kept"),
    [([], False), (["cat"], True), (["/nowhere/cat"], False)],
    ids=["no such program", "one that waits", "one that can't be started"],
)
def test_a_program_keeps_it_awake_meanwhile(
    command: list[str], is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(awake, "keeping_command", lambda: command)
    with awake.kept_awake() as keeper:
        assert keeper.is_kept is is_kept
    assert not keeper.is_kept


def told(folder: Path) -> list[str]:
    project = templates.open_template("iris")
    project.plan = replace(project.plan, epochs=3, threads=1)
    run = RunStore(folder).create(project)
    found = [e.message for e in train_project(project, run, Control()) if isinstance(e, Warned)]
    assert found == [event.message for event in run.events() if isinstance(event, Warned)]
    return [sentence for sentence in found if "sleep" in sentence]


@pytest.mark.parametrize(
    ("after", "can_sleep", "command", "count"),
    [
        (0, True, [], 1),
        (0, True, ["false"], 1),  # such as one that has not the right
        (0, True, ["cat"], 0),
        (0, False, [], 0),
        (600, True, [], 0),
    ],
)
def test_a_long_run_says_once_that_the_machine_may_sleep(
    after: float, can_sleep: bool, command: list[str], count: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(awake, "MATTERS_AFTER_S", after)
    monkeypatch.setattr(awake, "can_sleep", lambda: can_sleep)
    monkeypatch.setattr(awake, "keeping_command", lambda: command)
    assert len(told(tmp_path)) == count
