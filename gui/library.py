"""The library of the person's own blocks in the window: read off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal

from graphcore.errors import UserError
from graphcore.kinds.kind import Kind
from graphcore.project import library
from graphcore.project.bringing import bring, renew
from graphcore.project.definitions import MAIN
from graphcore.project.library import BrokenBlock, LibraryBlock
from graphcore.project.likeness import digest
from gui.document import Document
from gui.tasks import Latest

if TYPE_CHECKING:
    from gui.main_window import MainWindow

MINE = "mine."
"""Before the name of a block in what the palette calls its kind."""


class Library(QObject):
    """What is in the library now; `changed` when that is something else, `failed` says why not."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.blocks: dict[str, LibraryBlock] = {}
        self.broken: tuple[BrokenBlock, ...] = ()
        self._latest = Latest(0, self)
        self._latest.done.connect(self._on_read)
        self._latest.failed.connect(_raise)
        self.refresh()

    def refresh(self) -> None:
        """Read the library again, soon."""
        self._latest.request(library.read_library)

    @property
    def is_reading(self) -> bool:
        """Whether the library is about to be read, or is."""
        return self._latest.is_busy

    def stop(self) -> None:
        """End the worker; for closing."""
        self._latest.stop()

    def kinds(self) -> list[Kind]:
        """A kind for every block of the library."""
        return [self._kind(block) for block in self.blocks.values()]

    def _kind(self, block: LibraryBlock) -> Kind:
        found = block.part.kind(f"block.{block.name}")
        return replace(found, name=MINE + block.name)

    def kind(self, name: str) -> Kind:
        """What a kind of the palette is: one of the library's, else the project's."""
        block = self.blocks.get(name.removeprefix(MINE)) if name.startswith(MINE) else None
        return self._kind(block) if block else self._document.project.kind(name)

    def differs(self, name: str) -> bool:
        """Whether the project has another block of that name than the library."""
        project = self._document.project
        is_in_both = name in self.blocks and name in project.definitions and name != MAIN
        return is_in_both and digest(project, name) != self.blocks[name].digest

    def fetch(self, kind: str, gesture: int) -> str:
        """The kind by its name in the project, which has its definitions then.

        Raises UserError where the block is gone from the library.
        """
        if not kind.startswith(MINE):
            return kind
        block = self.blocks.get(kind.removeprefix(MINE))
        if block is None:
            raise UserError(self.tr("That block is no longer among your blocks."))
        brought = bring(self._document.project, block.part)
        if brought.edit.edits:
            self._document.do(brought.edit, self.tr("Add {}").format(block.name), gesture=gesture)
        return f"block.{brought.names[block.name]}"

    def keep(self, name: str, *, is_replacing: bool = False) -> bool:
        """Save the project's block of that name; whether it was new. Raises UserError."""
        found = library.save_block(self._document.project, name, replace=is_replacing)
        is_new = name not in self.blocks or self.blocks[name].digest != found.digest
        self.blocks = {**self.blocks, name: found}
        self._sorted()
        return is_new

    def take(self, path: Path) -> str:
        """The kind of the block in a file that somebody gave. Raises UserError."""
        block = library.read_block(path)
        brought = bring(self._document.project, block.part)
        if brought.edit.edits:
            self._document.do(brought.edit, self.tr("Add block {}").format(block.name))
        return f"block.{brought.names[block.name]}"

    def update(self, name: str) -> None:
        """Make the project's block what it is in the library, as one change. Raises UserError."""
        block = library.find_block(name)
        edit = renew(self._document.project, block.part, name)
        self._document.do(edit, self.tr("Update {} from my blocks").format(name))

    def remove(self, name: str) -> Callable[[], object]:
        """Take a block out of the library; what puts it back. Raises UserError."""
        block = self.blocks[name]
        library.delete_block(block)
        self.blocks = {key: kept for key, kept in self.blocks.items() if key != name}
        self.changed.emit()
        self.refresh()

        def put_back() -> None:
            library.restore_block(block)
            self.refresh()

        return put_back

    def _on_read(self, found: tuple[list[LibraryBlock], list[BrokenBlock]]) -> None:
        self.blocks = {block.name: block for block in found[0]}
        self.broken = tuple(found[1])
        self.changed.emit()

    def _sorted(self) -> None:
        names = sorted(self.blocks, key=str.lower)
        self.blocks = {name: self.blocks[name] for name in names}
        self.changed.emit()
        self.refresh()  # what was being read meanwhile is from before, and counts no more


def _raise(error: Exception) -> None:
    raise error


class MyBlocks(QObject):
    """The verbs of the library in a window: what is done is told, what is in doubt is asked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._library = window, window.library
        window.canvas.library = window.library
        window.canvas.command_asked.connect(lambda name: window.commands[name].trigger())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.WindowActivate:
            self._library.refresh()  # files may have come or gone meanwhile
        return super().eventFilter(watched, event)

    def subject(self) -> str:
        """The definition of the selected block, else of the block that is shown; "" for none."""
        window = self._window
        node = window.selection.single
        graph = window.selection.place.graph(window.document.project)
        if node is not None and window.canvas.is_block(node):
            return graph.nodes[node].kind.removeprefix("block.")
        place = window.selection.place
        return "" if place.is_main else place.definition

    def why_not_kept(self) -> str:
        """Why nothing can be saved to the library."""
        return "" if self.subject() else self.tr("Select one block first, or enter it.")

    def why_not_updated(self) -> str:
        """Why nothing can be updated from the library."""
        name = self.subject()
        if not name:
            return self.why_not_kept()
        if name not in self._library.blocks:
            return self.tr("There is no “{}” among your blocks.").format(name)
        if not self._library.differs(name):
            return self.tr("“{}” is the same among your blocks.").format(name)
        return ""

    def keep(self, name: str = "") -> None:
        """Save a block; where the library has another of that name, ask before replacing it."""
        name = name or self.subject()
        if self._library.differs(name):
            self._window.notices.tell(
                self.tr("There is another “{}” among your blocks.").format(name),
                self.tr("Replace it with the one of this project?"), "warning",
                [(self.tr("Replace"), lambda: self._keep(name, is_replacing=True))],
            )  # fmt: skip
            return
        self._keep(name)

    def _keep(self, name: str, *, is_replacing: bool = False) -> None:
        def act() -> None:
            is_new = self._library.keep(name, is_replacing=is_replacing)
            text = self.tr("“{}” is among your blocks now, for all your projects.")
            same = self.tr("“{}” is among your blocks already, just as it is here.")
            self._window.notices.tell((text if is_new else same).format(name))

        self._try(act)

    def update(self, name: str = "") -> None:
        """Make a block of the project what it is in the library."""
        self._try(lambda: self._library.update(name or self.subject()))

    def remove(self, name: str) -> None:
        """Take a block out of the library, and offer to put it back."""

        def act() -> None:
            put_back = self._library.remove(name)
            self._window.notices.tell(
                self.tr("“{}” is gone from your blocks; projects keep theirs.").format(name),
                choices=[(self.tr("Put it back"), lambda: self._try(put_back))],
            )

        self._try(act)

    def take(self, path: Path) -> None:
        """Put the block of a file onto the canvas, and offer to save it."""

        def act() -> None:
            kind = self._library.take(path)
            if self._window.canvas.add_kind(kind) is not None:
                name = kind.removeprefix("block.")
                self._window.notices.tell(
                    self.tr("“{}” is in this project now.").format(name),
                    choices=[(self.tr("Save to my blocks"), lambda: self.keep(name))],
                )

        self._try(act)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self._window.notices.tell_error(error)
            self._library.refresh()
