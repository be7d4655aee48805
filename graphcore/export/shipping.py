"""Export in any format: made in one process, checked in another, and in place only if it passed.

Nothing here imports torch, so the caller stays quick while the processes load it.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from graphcore.errors import UserError
from graphcore.export.certificate import Certificate, Weights
from graphcore.export.format import Format
from graphcore.project.project import Project
from graphcore.project.trust import trusted_files
from graphcore.training.runs import Run
from graphcore.worker import Worker

if TYPE_CHECKING:
    from graphcore.export.making import Compared, Made

_MAKING = "graphcore.export.making"


def ship(
    format: Format,
    project: Project,
    run: Run | None,
    weights: Weights,
    output: Path,
    folder: Path | None = None,
    cancel: threading.Event | None = None,
) -> Certificate:
    """Write the model to `output` and its certificate beside it as `NAME.json`.

    `run` is whose `weights` are taken (none for `initial`); `folder` is the project file's. Both
    files are there afterwards, or neither has changed. Blocks for some seconds; may be called in
    any thread. Setting `cancel` kills what runs and raises CancelledError. Raises UserError where
    the project can't be exported, the file can't be written, or it gives other values than the
    model.
    """
    beside = _checked_target(output)
    if run is None and weights != "initial":
        raise UserError(
            f"There are no {weights} weights without a run.", "Train the project first."
        )
    try:
        # In the folder of the target, so that what is renamed need not be copied.
        with tempfile.TemporaryDirectory(prefix=".netwright-", dir=output.parent) as place:
            made_file = Path(place) / "model"
            certificate = _make_and_check(
                format, project, run, weights, made_file, folder, output.name, cancel
            )
            text = Path(place) / "certificate"
            text.write_text(certificate.to_json(), encoding="utf-8")
            for path in (made_file, text):
                _sync(path)
            os.replace(made_file, output)
            os.replace(text, beside)
    except OSError as error:
        raise UserError(
            f"{output} can't be written: {error.strerror or error}.",
            "Free some space or choose another folder.",
        ) from error
    return certificate


def _make_and_check(
    format: Format,
    project: Project,
    run: Run | None,
    weights: Weights,
    made_file: Path,
    folder: Path | None,
    name: str,
    cancel: threading.Event | None,
) -> Certificate:
    expected = made_file.with_name("expected")
    files = trusted_files(project, folder, run.folder if run else None)
    order = {"project": project, "run": run, "weights": weights, "folder": folder,
             "format": format, "files": files}  # fmt: skip
    # Both start now: the checker loads torch while the maker works.
    with Worker(_MAKING, cancel) as maker, Worker(_MAKING, cancel) as checker:
        made: Made = maker.ask("make_from", order, made_file, expected)
        compared: Compared = checker.ask("check", made_file, expected, format.load)
    if not compared.passed:
        raise UserError(*_why_not(compared))
    return Certificate(
        format.name, name, compared.bytes, compared.sha256, weights,
        run.id if run is not None and weights != "initial" else "", compared.torch, compared.pid,
        made.samples, made.samples_from, made.batch_sizes, compared.difference, compared.tolerance,
        made.contract, made.note,
    )  # fmt: skip


def _why_not(compared: Compared) -> tuple[str, str]:
    if compared.difference <= compared.tolerance:
        return "The exported file changed between being written and being checked.", "Try again."
    return (
        f"The exported model gives other values than the network: they differ by up to "
        f"{compared.difference:.3g}, allowed is {compared.tolerance:.3g}. Nothing was written.",
        "Look for a layer that behaves differently once exported, and tell us about it.",
    )


def _checked_target(output: Path) -> Path:
    """Where the certificate goes. Raises UserError where either file would do harm."""
    beside = output.with_suffix(".json")
    if output.is_dir() or not output.parent.is_dir():
        what = "is a folder" if output.is_dir() else "lies in a folder that does not exist"
        raise UserError(f"{output} {what}.", "Name a file in a folder that exists.")
    if beside == output:
        raise UserError(
            f"{output.name} is the name of the certificate, which is written beside the model.",
            "Give the model another ending.",
        )
    if beside.exists() and not _is_certificate(beside):
        raise UserError(
            f"{beside} is there already and is no certificate, so it is left alone.",
            "Choose another name for the model.",
        )
    return beside


def _is_certificate(path: Path) -> bool:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "netwright_certificate" in found


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
