"""Python modules in the window: added from a file or a package, trusted once, watched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject

from graphcore.errors import UserError
from graphcore.project import trust
from graphcore.project.module_edits import SetModule
from graphcore.project.module_forms import Form, class_names, read_form
from graphcore.project.modules import PREFIX, SUFFIX, check_source, free_module_name
from graphcore.project.user_files import UserFiles, digest, read_file
from gui.dialogs.fitting import open_fitted
from gui.panels.shelves import NEW_MODULE
from gui.tasks import Latest

if TYPE_CHECKING:
    from gui.main_window import MainWindow

MOST_FILES = 50


class UserModules(QObject):
    """Asks which class, asks once whether to trust it, and analyses again when its file changes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked: dict[str, str] = {}
        self._latest = Latest(0, self)
        self._latest.done.connect(self._put)
        self._latest.failed.connect(self._on_failed)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(lambda _: window.analyser.refresh())
        window.analyser.analysed.connect(self._on_analysed)
        window.document.replaced.connect(self._asked.clear)
        window.document.saved_as.connect(window.analyser.refresh)  # files beside it may differ

    def add_kind(self, kind: str) -> None:
        """A new node of that kind; for `Python module…` the class is asked for first."""
        if kind == NEW_MODULE.name:
            self.ask()
        else:
            self._window.canvas.add_kind(kind)

    def ask(self) -> None:
        """Ask for a class: of a file beside the project, or by its import path."""
        self._open_dialog(self._beside())

    def take(self, *paths: Path) -> None:
        """Add the class of each .py file, or ask which of those that are in files of several.

        A file that lies elsewhere is copied beside the project.
        """
        unclear: list[str] = []
        for path in paths:
            sources = self._sources_in(path)
            if len(sources) == 1:
                self.add(sources[0])
            else:
                unclear += sources
        if unclear:
            self._open_dialog(unclear)

    def _sources_in(self, path: Path) -> list[str]:
        """The classes of a file, once it lies beside the project; empty where that can't be."""
        try:
            folder = self._folder()
            if folder.resolve() != path.resolve().parent:
                check_source(f"{path.name}:A")
                _copy(path, folder)
            names = class_names(_text(folder, path.name))
            if not names:
                raise UserError(
                    f"{path.name} has no layer.", "Write a class of torch.nn.Module with a forward."
                )
        except UserError as error:
            self._tell(error)
            return []
        return [f"{path.name}:{name}" for name in names]

    def add(self, source: str) -> None:
        """Add a class by its source, and a node of it."""
        try:
            source = check_source(source.strip())
            place = source.partition(":")[0]
            if not place.endswith(SUFFIX):
                analyser = self._window.analyser
                self._latest.request(lambda: analyser.form(source))
                return
            content = read_file(self._folder(), place)
            self._put(read_form(content.decode("utf-8", "replace"), source, digest(content)))
        except UserError as error:
            self._tell(error)

    def stop(self) -> None:
        """End the worker; for closing."""
        self._latest.stop()

    # -- adding ---------------------------------------------------------------------------------

    def _open_dialog(self, sources: list[str]) -> None:
        from gui.dialogs.module import ModuleDialog

        dialog = ModuleDialog(sources, self._window)
        dialog.chosen.connect(self.add)
        dialog.file_chosen.connect(lambda path: self.take(path))
        dialog.finished.connect(dialog.deleteLater)
        open_fitted(dialog)

    def _folder(self) -> Path:
        path = self._window.document.path
        if path is None:
            raise UserError(
                self.tr("A Python file lies beside the project, which has no file yet."),
                self.tr("Save the project first."),
            )
        return path.parent

    def _beside(self) -> list[str]:
        """The classes of the .py files beside the project."""
        path = self._window.document.path
        found: list[str] = []
        for file in sorted(path.parent.glob(f"*{SUFFIX}"))[:MOST_FILES] if path else ():
            try:
                check_source(f"{file.name}:A")
                names = class_names(_text(file.parent, file.name))
            except UserError:
                continue  # a file that is no Python is no place for layers
            found += [f"{file.name}:{name}" for name in names]
        return found

    def _put(self, form: Form) -> None:
        window, module = self._window, form.module
        project = window.document.project
        same = [n for n, item in project.modules.items() if item.source == module.source]
        taken = {*project.modules, *project.definitions}
        try:
            name = same[0] if same else free_module_name(module.class_name, taken)
            if project.modules.get(name) != module:
                window.document.do(SetModule(name, module), self.tr("Add module {}").format(name))
        except UserError as error:
            self._tell(error)
            return
        window.canvas.add_kind(f"{PREFIX}{name}")
        if form.notes:
            window.notices.tell(" ".join(form.notes))

    # -- trust ----------------------------------------------------------------------------------

    def _on_analysed(self) -> None:
        asking = self._window.analyser.asking
        files = asking.files if asking is not None else UserFiles()
        self._watch(files)
        if asking is None or not asking.untrusted:
            return
        new = {name: sha for name, sha in files.digests.items() if name in asking.untrusted}
        if new.items() <= self._asked.items():
            return  # asked before; the node and its page still say so
        self._asked |= new
        self._window.notices.tell(
            self.tr("This project has Python code of its own: {}. It has not run.").format(
                ", ".join(new)
            ),
            trust.MEANING, "warning",
            ((self.tr("Trust"), lambda: self._trust(files)), (self.tr("Not now"), _nothing)),
        )  # fmt: skip

    def _trust(self, files: UserFiles) -> None:
        try:
            trust.trust(files)
        except UserError as error:
            self._tell(error)
        self._window.analyser.refresh()

    def _watch(self, files: UserFiles) -> None:
        wanted = {str(Path(files.folder) / name) for name in files.contents}
        watched = set(self._watcher.files())
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._tell(error)

    def _tell(self, error: UserError) -> None:
        self._window.notices.tell_error(error)


def _nothing() -> None:
    """Not now: the node goes on saying that it is not trusted."""


def _text(folder: Path, name: str) -> str:
    return read_file(folder, name).decode("utf-8", "replace")


def _copy(path: Path, folder: Path) -> None:
    """Put a file beside the project; one of that name with other content stays."""
    content = read_file(path.parent, path.name)
    target = folder / path.name
    if not target.exists():
        try:
            UserFiles(contents={path.name: content}).write_to(folder)
        except OSError as error:
            raise UserError(f"{target} can't be written: {error.strerror}.") from error
    elif read_file(folder, path.name) != content:
        raise UserError(
            f"There is another {path.name} beside the project.", "Rename one of the two."
        )
