"""Questions around files: which one, and what becomes of unsaved changes or a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from graphcore.errors import UserError
from graphcore.project import templates
from graphcore.project.file import SUFFIX
from graphcore.project.luggage import Luggage, in_the_way
from graphcore.project.project import Project

if TYPE_CHECKING:
    from gui.main_window import MainWindow
    from gui.picture import Wish

Then = Callable[[], None]
Button = QMessageBox.StandardButton


class Asking(QObject):
    """Asks without blocking: each method returns at once and goes on when the answer is there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._boxes: list[QDialog] = []

    @property
    def is_open(self) -> bool:
        """Whether a question about the run or unsaved changes waits for its answer."""
        return bool(self._boxes)

    def dismiss(self) -> None:
        """Take back the questions that are open; nothing follows from them."""
        for box in list(self._boxes):
            box.reject()

    def new(self, template: str = "") -> None:
        """Begin another project, after asking what becomes of this one."""
        self.leave(lambda: self._window.files.new(template))

    def open(self, path: Path | None = None) -> None:
        """Open a project here or in a window of its own; without a path, ask which ones."""
        if path is not None:
            self._window.windows.open(path, self._window)
            return
        dialog = self._file_dialog(self.tr("Open projects"), self._project_filter())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        # Later: as a dialog closes, its own window comes to the front.
        dialog.filesSelected.connect(
            lambda chosen: QTimer.singleShot(0, self, lambda: self._open_all(chosen))
        )
        dialog.open()

    def _open_all(self, chosen: Sequence[str]) -> None:
        for path in chosen:
            self.open(Path(path))

    def open_template(self, template: str) -> None:
        """Begin with a template, here or in a window of its own."""
        try:
            project = templates.open_template(template) if template else Project()
        except UserError as error:
            self._window.notices.tell_error(error)
            return
        self._window.windows.show(project, None, self._window)

    def save(self, then: Then | None = None) -> None:
        """Save; an untitled project is asked for a name. `then` only where it is on disk."""
        if self._window.document.path is None:
            self.save_as(then)
        elif self._window.files.is_overtaken:
            self._ask_to_overwrite(then)
        elif self._window.files.save() and then is not None:
            then()

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and save to it."""
        dialog = self._file_dialog(self.tr("Save the project"), self._project_filter())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(self._window.files.title + SUFFIX)

        def on_selected(chosen: str) -> None:
            if not self._is_taken(Path(chosen)):
                self._save_with_luggage(Path(chosen), then)

        dialog.fileSelected.connect(on_selected)
        dialog.open()

    def _save_with_luggage(self, path: Path, then: Then | None) -> None:
        luggage = self._window.files.luggage_to(path.parent)
        others = in_the_way(luggage, path.parent)
        if others:
            self._ask_to_replace(path, luggage, others, then)
        else:
            self._save_as(path, luggage, then)

    def _ask_to_replace(
        self, path: Path, luggage: Luggage, others: tuple[str, ...], then: Then | None
    ) -> None:
        box = self._box(
            self.tr("There are other files of these names in “{}”.").format(path.parent)
        )
        box.setInformativeText(
            self.tr("The project uses files from beside it: {}.").format(", ".join(others))
        )
        replace = box.addButton(self.tr("Replace them"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Use those there"), QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(Button.Cancel)
        box.setDefaultButton(cancel)

        def on_finished() -> None:
            if box.clickedButton() is replace:
                self._save_as(path, luggage, then)
            elif box.clickedButton() is keep:
                self._save_as(path, luggage.without(others), then)

        box.finished.connect(on_finished)
        box.open()

    def _save_as(self, path: Path, luggage: Luggage, then: Then | None) -> None:
        if not self._window.files.save_as(path, luggage):
            return
        self._tell_luggage(luggage)
        if then is not None:
            then()

    def _tell_luggage(self, luggage: Luggage) -> None:
        tell = self._window.notices.tell
        if luggage.names:
            names = ", ".join(luggage.names)
            tell(self.tr("The project uses {}, which went along.").format(names))
        if luggage.left:
            tell(
                self.tr("The project uses {0}, which stayed in {1}.").format(
                    ", ".join(luggage.left), luggage.folder
                ),
                self.tr("Copy it beside the project, or choose the data again."),
                "warning",
            )

    def _is_taken(self, path: Path) -> bool:
        """Whether another window has that file open, which is told."""
        other = self._window.windows.showing(path)
        if other in (None, self._window):
            return False
        self._window.notices.tell(
            self.tr("“{}” is open in another window.").format(path.stem),
            self.tr("Close it there first, or save under another name."),
            "error",
        )
        return True

    def export_code(self) -> None:
        """Ask for a file and write the code of the model to it."""
        dialog = self._file_dialog(self.tr("Export the code"), self.tr("Python (*.py)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("py")
        dialog.selectFile(self._window.files.title.replace("-", "_") + ".py")
        dialog.fileSelected.connect(self._on_code_file_selected)
        dialog.open()

    def export_drawing(self, wish: Wish) -> None:
        """Ask for a file and write the drawing that is shown to it, as it is wished."""
        dialog = self._file_dialog(self.tr("Export the drawing"), self.tr("PNG picture (*.png)"))
        filters = (self.tr("SVG drawing (*.svg)"), self.tr("PDF page (*.pdf)"))
        dialog.setNameFilters([*dialog.nameFilters()[:1], *filters])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(text[-4:-1]))
        dialog.selectFile(self._window.files.title + ".png")
        dialog.fileSelected.connect(lambda chosen: self._write_drawing(Path(chosen), wish))
        dialog.open()

    def _write_drawing(self, path: Path, wish: Wish) -> None:
        from gui.picture import write_picture  # QtSvg's writer comes with it

        try:
            write_picture(self._window.canvas, path, wish)
        except UserError as error:
            self._window.notices.tell_error(error)
            return
        self._window.notices.tell(self.tr("The drawing is in “{}”.").format(path))

    @property
    def has_something_to_lose(self) -> bool:
        """Whether leaving asks: something is unsaved, or a run would be stopped."""
        runner = self._window.runner
        return self._window.document.is_changed or (runner.is_busy and runner.way != "followed")

    def leave(self, then: Then) -> None:
        """Go on to `then` once nothing is lost: no run goes on, no change is unsaved."""
        runner = self._window.runner
        if runner.is_busy and runner.way == "followed":
            runner.leave()
            self.leave(then)
        elif runner.is_busy:
            self._ask_to_stop(lambda: self.leave(then))
        elif self._window.elsewhere.is_needed:
            self._ask_to_save_elsewhere(then)
        elif self._window.document.is_changed:
            self._ask_to_save(then)
        else:
            then()

    def quit(self, windows: Sequence[MainWindow]) -> None:
        """Ask once for several windows what becomes of what they would lose."""
        from gui.dialogs.quitting import QuittingDialog

        dialog = QuittingDialog(windows, self._window)
        self._mind(dialog)
        dialog.chosen.connect(self._window.windows.save_and_close)
        dialog.open()

    def _ask_to_stop(self, then: Then) -> None:
        box = self._box(self.tr("A run is under way."))
        text = self.tr("It can be stopped now; its weights so far are kept in its run folder.")
        more = self.tr("Or it goes on by itself, and can be followed again from Runs.")
        can_be_left = self._window.runner.can_be_left
        box.setInformativeText(f"{text} {more}" if can_be_left else text)
        stop = box.addButton(self.tr("Stop the run"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.tr("Keep training"), QMessageBox.ButtonRole.RejectRole)
        left = box.addButton(self.tr("Let it go on"), QMessageBox.ButtonRole.DestructiveRole)
        left.setVisible(can_be_left)
        box.setDefaultButton(keep)

        def on_finished() -> None:
            if box.clickedButton() is stop:
                self._window.runner.close()
                then()
            elif box.clickedButton() is left:
                self._window.runner.leave()
                then()

        box.finished.connect(on_finished)
        box.open()

    def _ask_to_save_elsewhere(self, then: Then) -> None:
        window = self._window
        box = self._box(self.tr("A run could not be saved: what it learned is only in memory."))
        folder = window.elsewhere.folder_at_closing
        box.setInformativeText(self.tr("On leaving it is saved in {0}.").format(folder))
        choose = box.addButton(self.tr("Save elsewhere…"), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(self.tr("Leave"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(Button.Cancel)
        box.setDefaultButton(choose)

        def on_finished() -> None:
            if box.clickedButton() is choose:
                window.elsewhere.ask()
            elif box.clickedButton() is leave:
                window.elsewhere.save_where_possible()
                self.leave(then)

        box.finished.connect(on_finished)
        box.open()

    def _ask_to_save(self, then: Then) -> None:
        box = self._box(self.tr("“{}” has unsaved changes.").format(self._window.files.title))
        box.setInformativeText(self.tr("Save them before going on?"))
        box.setStandardButtons(Button.Save | Button.Discard | Button.Cancel)
        box.setDefaultButton(Button.Save)

        def on_finished(answer: int) -> None:
            match Button(answer):
                case Button.Save:
                    self.save(then)
                case Button.Discard:
                    then()

        box.finished.connect(on_finished)
        box.open()

    def _ask_to_overwrite(self, then: Then | None) -> None:
        name = self._window.files.title
        box = self._box(self.tr("“{}” was changed by another program or window.").format(name))
        box.setInformativeText(self.tr("Saving would replace what was written there."))
        replace = box.addButton(self.tr("Replace it"), QMessageBox.ButtonRole.DestructiveRole)
        beside = box.addButton(self.tr("Save as…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(Button.Cancel)
        box.setDefaultButton(beside)

        def on_finished() -> None:
            if box.clickedButton() is replace:
                self._window.files.keep_mine()
                self.save(then)
            elif box.clickedButton() is beside:
                self.save_as(then)

        box.finished.connect(on_finished)
        box.open()

    def _box(self, text: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Netwright"))
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(text)
        self._mind(box)
        return box

    def _mind(self, box: QDialog) -> None:
        box.finished.connect(box.deleteLater)
        self._boxes.append(box)
        box.finished.connect(lambda: self._boxes.remove(box))

    def _file_dialog(self, title: str, name_filter: str) -> QFileDialog:
        path = self._window.document.path
        dialog = QFileDialog(self._window, title, str(path.parent if path else Path.cwd()))
        dialog.setNameFilters([name_filter, self.tr("All files (*)")])
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _project_filter(self) -> str:
        return self.tr("Netwright projects (*{})").format(SUFFIX)

    def _on_code_file_selected(self, chosen: str) -> None:
        path = Path(chosen)
        try:
            path.write_text(self._window.analyser.code.text, encoding="utf-8")
        except OSError as error:
            self._window.notices.tell(
                self.tr("The code could not be written to “{}”: {}.").format(
                    path, error.strerror or error
                ),
                self.tr("Choose another folder."),
                "error",
            )
            return
        self._window.notices.tell(self.tr("The code is in “{}”.").format(path))
