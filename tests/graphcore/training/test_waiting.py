"""Runs that wait are kept over the end of a program, as plain files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graphcore.project import templates
from graphcore.project.project import Project
from graphcore.training.runs import Run
from graphcore.training.waiting import KeptQueue, Waiting, forget, left_queues, waiting_in


def waiting(tmp_path: Path) -> list[Waiting]:
    project = templates.open_template("iris")
    first = Run(tmp_path / "runs" / "first")
    return [
        Waiting("one", project, tmp_path / "iris.netwright", group=3),
        Waiting("two", replace_epochs(project.copy()), None, first=first),
    ]


def replace_epochs(project: Project) -> Project:
    project.plan = replace(project.plan, epochs=9)
    return project


def test_what_waits_is_there_for_the_next_program(tmp_path: Path) -> None:
    items, root = waiting(tmp_path), tmp_path / "queues"
    queue = KeptQueue(root)
    queue.keep(items)
    assert left_queues(root) == []  # somebody is at it
    queue.close(items)
    (folder,) = left_queues(root)
    found = waiting_in(folder)
    assert [(item.title, item.path, item.group, item.first) for item in found] == [
        (item.title, item.path, item.group, item.first) for item in items
    ]
    assert [item.project.plan for item in found] == [item.project.plan for item in items]
    forget(folder)
    assert left_queues(root) == []


def test_a_queue_that_ran_empty_leaves_nothing(tmp_path: Path) -> None:
    items, root = waiting(tmp_path), tmp_path / "queues"
    queue = KeptQueue(root)
    queue.keep([])
    assert not root.exists()
    queue.keep(items)
    queue.keep(items[1:])
    assert len(list(root.glob("*/*.netwright"))) == 1
    queue.keep([])
    queue.close([])
    assert list(root.iterdir()) == []


def test_a_damaged_record_takes_no_other_along(tmp_path: Path) -> None:
    items, root = waiting(tmp_path), tmp_path / "queues"
    queue = KeptQueue(root)
    queue.keep(items)
    queue.close(items)
    (folder,) = left_queues(root)
    (folder / f"{items[0].key}.netwright").write_text("{")
    assert [item.title for item in waiting_in(folder)] == ["two"]
    (folder / "queue.json").write_text("[1, {}]")
    assert waiting_in(folder) == []
