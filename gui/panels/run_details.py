"""What is said of one run, to be changed: name, star, tags and note; and what is known of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from graphcore.training.about import About, tidy
from graphcore.training.runs import Run
from gui import assets, format
from gui.panels.note import NoteField
from gui.panels.run_table import Row
from gui.panels.tiles import ElidedLabel, label
from gui.theme import Appearance

WRITTEN_AFTER_MS = 400


class RunDetails(QWidget):
    """A small form; `said` carries the run and what is said of it now, `curves_asked` the run."""

    said = Signal(object, object)
    curves_asked = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._run: Run | None = None
        self._known = About()
        self._name, self._tags = QLineEdit(self), QLineEdit(self)
        self._note = NoteField(self)
        self._star = QToolButton(self)
        self._facts = ElidedLabel("caption", self)
        self._environment = label("", "caption", wraps=True)
        self._curves = QPushButton(self.tr("Show its curves"), self)
        self._soon = QTimer(self, singleShot=True, interval=WRITTEN_AFTER_MS)
        self._soon.timeout.connect(self.flush)
        self._lay_out()
        self._name.textEdited.connect(lambda _: self._soon.start())
        self._tags.textEdited.connect(lambda _: self._soon.start())
        self._note.typed.connect(lambda _: self._soon.start())
        for field in (self._name, self._tags):
            field.editingFinished.connect(self.flush)
        self._star.toggled.connect(lambda _: self._on_starred())
        self._curves.clicked.connect(lambda: self.curves_asked.emit(self._run))
        appearance.changed.connect(self._paint_icon)
        self._paint_icon()

    def show_row(self, row: Row) -> None:
        """Show a run; what is being typed of the same run stays."""
        if row.run != self._run:
            self.flush()
        elif self._soon.isActive() or row.about == self._known:
            self._known = replace(self._known, is_favourite=row.about.is_favourite)
            self._say_facts(row)
            return
        self._run, self._known = row.run, row.about
        self._name.setText(row.about.name)
        self._name.setPlaceholderText(row.run.id)
        self._tags.setText(", ".join(row.about.tags))
        self._note.show_text(row.about.note)
        self._star.blockSignals(True)
        self._star.setChecked(row.about.is_favourite)
        self._star.blockSignals(False)
        self._paint_icon()
        self._say_facts(row)

    def flush(self) -> None:
        """Tell at once what was typed."""
        self._soon.stop()
        if self._run is None:
            return
        name = " ".join(self._name.text().split())
        now = replace(self._known, name=name, note=self._note.toPlainText(),
                      tags=tidy(self._tags.text().split(",")))  # fmt: skip
        if now != self._known:
            self._known = now
            self.said.emit(self._run, now)

    def _on_starred(self) -> None:
        self.flush()
        self._known = replace(self._known, is_favourite=self._star.isChecked())
        self._paint_icon()
        self.said.emit(self._run, self._known)

    def _say_facts(self, row: Row) -> None:
        summary = row.summary
        parts = [summary.device, f"{format.exact(summary.parameters)} {self.tr('parameters')}",
                 f"{self.tr('best epoch')} {summary.best_epoch}"]  # fmt: skip
        changes = "; ".join(row.changes)
        self._environment.setText(
            self.tr("The environment is another: {0}.").format(changes) if changes else ""
        )
        self._environment.setVisible(bool(changes))
        self._facts.set_whole(summary.problem or " · ".join(part for part in parts if part))

    def _paint_icon(self) -> None:
        look = self._appearance.theme
        color = look.warn if self._star.isChecked() else look.tertiary
        self._star.setIcon(assets.icon("star", color, 16))

    def _lay_out(self) -> None:
        self._star.setCheckable(True)
        self._star.setToolTip(self.tr("Favourite"))
        self._star.setAccessibleName(self.tr("Favourite"))
        self._name.setAccessibleName(self.tr("Name of the run"))
        self._tags.setAccessibleName(self.tr("Tags"))
        self._tags.setPlaceholderText(self.tr("Tags, with commas between"))
        self._note.setMinimumHeight(40)
        self._note.setMaximumHeight(400)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._name, 1)
        top.addWidget(self._star)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._tags)
        layout.addWidget(self._note, 1)
        layout.addWidget(self._facts)
        layout.addWidget(self._environment)
        layout.addWidget(self._curves, 0, Qt.AlignmentFlag.AlignLeft)


def nothing_chosen(text: str) -> QWidget:
    """What stands there before a run is chosen."""
    made = label(text, "secondary", wraps=True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return made
