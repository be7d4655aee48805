"""The choice where a run is computed: in the window's program, or in a process of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from graphcore.project.modules import needs_process
from gui.document import Document
from gui.panels.quiet_combo import QuietCombo
from gui.preferences import Preferences


class WayChoice(QuietCombo):
    """A preference, not a part of the plan: it depends on the machine, not on the model."""

    def __init__(
        self, document: Document, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._document, self._preferences = document, preferences
        self.setAccessibleName(self.tr("Runs"))
        self.addItem(self.tr("Run in this window"), False)
        self.addItem(self.tr("Run in its own process"), True)
        self.activated.connect(self._on_chosen)
        preferences.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen, or what the project demands."""
        must = needs_process(self._document.project)
        self.setCurrentIndex(self.findData(must or self._preferences.trains_in_process))
        self.setEnabled(not must)
        self.setToolTip(
            self.tr("The project has Python modules, whose code must not run in the window.")
            if must
            else self.tr(
                "A process of its own trains faster while the window is used, starts a second or "
                "two later, and may run out of memory or lose its device without harm to the "
                "window."
            )
        )

    def _on_chosen(self, index: int) -> None:
        self._preferences.trains_in_process = bool(self.itemData(index))
