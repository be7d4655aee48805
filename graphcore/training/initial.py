"""Weights that a model begins with, from files and runs that the project names."""

from __future__ import annotations

import hashlib
from pathlib import Path

from torch import nn

from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.project.weights import WeightsSource
from graphcore.training.checkpoint import read_tensors
from graphcore.training.runs import RunStore, store_for


def load_sources(model: nn.Module, project: Project, folder: Path | None) -> None:
    """Put the weights that the project names into the model; all others stay as drawn.

    `folder` is that of the project's file. Raises UserError where a file is gone, is another
    one than was chosen, or doesn't fit.
    """
    for source in project.weights:
        path = _path(source, folder)
        _check(source, path)
        given = {source.map.get(name, name): value for name, value in read_tensors(path).items()}
        chosen = {name: value for name, value in given.items() if name.startswith(source.prefix)}
        own = model.state_dict()
        for name, value in chosen.items():
            if name not in own or own[name].shape != value.shape:
                found = f"{list(own[name].shape)}" if name in own else "nothing of that name"
                raise UserError(
                    f"The weights “{name}” {list(value.shape)} of {path.name} don't fit: the "
                    f"drawing has {found}.",
                    "Choose other weights for this part, or take them away.",
                )
        model.load_state_dict({**own, **chosen})


def _path(source: WeightsSource, folder: Path | None) -> Path:
    if source.run:
        store = RunStore(folder / "runs") if folder else store_for(None)
        return store.find(source.run).weights_path("best")
    return (folder or Path()) / source.file


def _check(source: WeightsSource, path: Path) -> None:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise UserError(
            f"The weights {path.name} can't be read: {error.strerror}.",
            "Put the file back, or choose other weights.",
        ) from error
    if source.sha256 and source.sha256 != found:
        raise UserError(
            f"{path.name} is not the file that was chosen; its content has changed.",
            "Choose the weights again.",
        )
