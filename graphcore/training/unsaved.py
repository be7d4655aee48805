"""What a run's folder would not take to the end, and another folder may. Torch-free at import."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graphcore.errors import UserError
from graphcore.project import file
from graphcore.project.project import Project
from graphcore.project.whole import write_whole
from graphcore.training.events import Failed, Finished, to_line
from graphcore.training.refusals import REFUSALS, reason
from graphcore.training.runs import Run, store_for

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class Unsaved:
    """States by file name, and what was to be appended to other files of the run's folder.

    `ending` is how the run ended but for its disk.
    """

    run: Run
    project: Project
    states: Mapping[str, Mapping[str, Tensor]]
    lines: Mapping[str, bytes]
    ending: Finished | None = None

    def save(self, folder: Path) -> Run:
        """The whole run in a new folder of that one, where it can go on. Raises UserError."""
        run = Run(_free_name(folder, self.run.id))
        try:
            run.folder.mkdir(parents=True)
            self._write(run)
        except (*REFUSALS, UserError) as error:
            shutil.rmtree(run.folder, ignore_errors=True)  # half a run is none
            raise UserError(
                f"The run can't be saved in {folder}: {reason(error.__cause__ or error)}.",
                "Choose another folder.",
            ) from error
        return run

    def _write(self, run: Run) -> None:
        from safetensors.torch import save_file

        with suppress(OSError, shutil.Error):  # as much as can be read of what was written before
            shutil.copytree(self.run.folder, run.folder, dirs_exist_ok=True)
        for name in ("series", "checkpoints"):
            (run.folder / name).mkdir(exist_ok=True)
        for name, data in self.lines.items():
            with (run.folder / name).open("ab") as end:
                end.write(data)
        self._tell_ending(run)
        for name, tensors in self.states.items():
            write_whole(run.folder / name, lambda path, state=tensors: save_file(dict(state), path))  # type: ignore[misc]
        file.save(self.project, run.project_path)

    def _tell_ending(self, run: Run) -> None:
        """Where all of it is saved no disk has failed."""
        if self.ending is None:
            return
        told = [e for e in run.events() if not (isinstance(e, Failed) and e.cause == "disk")]
        text = "".join(to_line(event) + "\n" for event in (*told, self.ending))
        write_whole(run.events_path, lambda path: path.write_text(text, "utf-8", newline="\n"))


def _free_name(folder: Path, name: str) -> Path:
    """A folder of that name, or with a number behind it where there is one already."""
    names = (name if not number else f"{name}-{number}" for number in range(10_000))
    return next(folder / name for name in names if not (folder / name).exists())


def spare_folders() -> tuple[Path, ...]:
    """Where we may always try: among runs of untitled projects, else among what is temporary."""
    return store_for(None).root, Path(tempfile.gettempdir())


def save_somewhere(unsaved: Unsaved, places: tuple[Path, ...]) -> Run | None:
    """The run in the first of the places that takes it; None where none does."""
    for place in places:
        with suppress(UserError):
            return unsaved.save(place)
    return None
