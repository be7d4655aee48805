"""The choice of the device that the plan trains on."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QComboBox, QWidget

from graphcore.errors import UserError
from graphcore.project.edits import Edit, Set, Together
from gui.analyser import Analyser
from gui.document import Document
from gui.tasks import Latest

# What every machine has; the list of this machine needs torch, which comes after the window.
FIRST_DEVICES = (("auto", ""), ("cpu", "CPU"))


def _ask_torch() -> tuple[tuple[tuple[str, str], ...], str]:
    from graphcore.training.devices import advice, devices

    return (FIRST_DEVICES[0], *devices()), advice()


class DeviceChooser(QComboBox):
    """The plan's device; choosing another is an edit like any other."""

    def __init__(
        self, document: Document, analyser: Analyser, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._analyser = document, analyser
        self._devices: tuple[tuple[str, str], ...] = FIRST_DEVICES
        self._advice = ""
        self.setObjectName("device")
        self.setAccessibleName(self.tr("Device"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._latest = Latest(0, self)
        self._latest.done.connect(self._on_answered)
        analyser.analysed.connect(self._on_analysed)
        self.activated.connect(self._on_activated)
        document.edited.connect(self._on_edited)
        document.replaced.connect(self.refresh)
        self.refresh()

    @property
    def devices(self) -> tuple[tuple[str, str], ...]:
        """Names and titles of what can be chosen."""
        return self._devices

    def title_of(self, name: str) -> str:
        """What a device is called: `CPU · 2 threads`."""
        if name == "auto":
            return self.tr("Automatic")
        if name == "cpu":
            count = self._threads()
            one = self.tr("CPU · 1 thread")
            return one if count == 1 else self.tr("CPU · {} threads").format(count)
        return dict(self._devices).get(name, name)

    def choose(self, name: str) -> None:
        """Make it the plan's device."""
        if name != self._document.project.plan.device:
            self._document.do(Set(("plan", "device"), name), self.tr("Choose the device"))

    def refresh(self) -> None:
        """Show what the plan says."""
        wanted = self._document.project.plan.device
        names = [name for name, _ in self._devices]
        self.clear()
        for name in names if wanted in names else [*names, wanted]:
            self.addItem(self.title_of(name), name)
        self.setCurrentIndex(self.findData(wanted))
        tip = self.tr("The device that trains the model")
        self.setToolTip(f"{tip}\n{self._advice}" if self._advice else tip)

    def stop(self) -> None:
        """End the worker; for closing."""
        self._latest.stop()

    def _threads(self) -> int:
        chosen = self._document.project.plan.threads
        return chosen or max(1, (os.cpu_count() or 2) - 1)

    def _on_analysed(self) -> None:
        """Torch is there now, so this machine's devices can be asked for, once."""
        self._analyser.analysed.disconnect(self._on_analysed)
        self._latest.request(_ask_torch)

    def _on_answered(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        self._devices, self._advice = answer
        self.refresh()

    def _on_edited(self, edit: Edit) -> None:
        if _may_be_plan(edit):
            self.refresh()

    def _on_activated(self, index: int) -> None:
        try:
            self.choose(str(self.itemData(index)))
        except UserError:
            self.refresh()


def _may_be_plan(edit: Edit) -> bool:
    match edit:
        case Set(path=("plan", *_)):
            return True
        case Together(edits=edits):
            return any(_may_be_plan(item) for item in edits)
    return False
