"""The data panel: where samples come from, what they are, how they are divided."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from graphcore.data.options import relative
from graphcore.data.sample_set import SAMPLE_SETS
from graphcore.data.samples import Samples
from graphcore.data.sources import examine
from graphcore.errors import UserError
from graphcore.project.data import DataChoice, Split
from graphcore.project.edits import Edit, Set
from gui.data.choosing import AskPath, EmptyPage, Way, ask_with_dialog, ways
from gui.data.class_bars import ClassBars
from gui.data.field_list import FieldList
from gui.data.message import Message
from gui.data.reading_options import ReadingOptions
from gui.data.sample_view import SampleView
from gui.data.split_view import SplitView
from gui.data.words import label
from gui.document import Document
from gui.notices import Notices
from gui.samples import SampleSource
from gui.tasks import Latest
from gui.theme import Appearance, Theme

_TWO_COLUMNS, _BUTTON_BESIDE = 640, 340
_MOST_WARNINGS = 6
_MOST_COUNTED = 2**21


class DataPanel(QWidget):
    """Everything about the data of the project, and the ways to choose other data."""

    def __init__(
        self, *, document: Document, appearance: Appearance, samples: SampleSource,
        notices: Notices | None = None, ask_path: AskPath | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("data")
        self._document, self._appearance, self._samples = document, appearance, samples
        self._notices = notices
        self._ask_path = ask_path or ask_with_dialog(self)
        self._shown: DataChoice | None = None
        self._being_read = ""
        self._refusal: UserError | None = None
        self._latest = Latest(parent=self)
        self._latest.done.connect(self._on_examined)
        self._latest.failed.connect(self._on_refused)
        self._make(appearance.theme)
        self._lay_out()
        document.edited.connect(self._on_edited)
        document.replaced.connect(self._on_replaced)
        samples.loaded.connect(self.refresh)
        samples.reading.connect(self.refresh)
        appearance.changed.connect(self._on_theme_changed)
        self._on_theme_changed(appearance.theme)

    def choose(self, source: str, options: dict[str, object]) -> None:
        """Read that data in the background; once read, it becomes the project's data."""
        self._being_read, self._refusal = _name(source, options), None
        folder, before = self._samples.folder, self._document.project.data
        chosen, project = relative(options, folder), self._document.project
        self._latest.request(lambda: (project, *examine(source, chosen, folder, before)))
        self.refresh()

    def stop(self) -> None:
        """End the worker; for closing."""
        self._latest.stop()

    def refresh(self) -> None:
        """Show the data of the project as it stands now."""
        choice, look = self._document.project.data, self._appearance.theme
        self._shown = choice
        self._content.setVisible(bool(choice.source))
        self._empty.setVisible(not choice.source)
        self._show_messages(look)
        self._title.setText(_name(choice.source, choice.options))
        self._about.setText(self._about_text(choice))
        where = choice.options.get("path")
        self._title.setToolTip(where if isinstance(where, str) else "")
        self.split.show_choice(choice, look)
        self.fields.show_choice(choice)
        samples = self._samples.samples
        self.options.show_choice(choice, samples)
        fits = samples is not None and not _unfit(choice, samples)
        self._sample_heading.setVisible(fits)
        self.sample_view.setVisible(fits)
        rows = _class_rows(choice, samples) if samples is not None and fits else ()
        self._class_heading.setVisible(bool(rows))
        self.classes.setVisible(bool(rows))
        self.classes.show_counts(rows, look)
        if samples is not None and fits:
            self.sample_view.show_choice(choice, samples, look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for row, least in ((self._columns, _TWO_COLUMNS), (self._head, _BUTTON_BESIDE)):
            row.setDirection(beside if event.size().width() >= least else below)
        self._empty.arrange(event.size().width())

    def _make(self, look: Theme) -> None:
        self.message = Message(self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        pages = QWidget()
        pages.setObjectName("content")
        self._scroll.setWidget(pages)
        self._empty = EmptyPage(self._on_way_chosen, pages)
        self._content = content = QWidget(pages)
        stack = QVBoxLayout(pages)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self._empty)
        stack.addWidget(content)
        self._title = label("", "title")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._about = label("", "secondary", wraps=True)
        self.choose_button = QPushButton(self.tr("Choose data…"), content)
        self.choose_button.setToolTip(self.tr("Learn from other data"))
        self.choose_button.setStyleSheet("padding-right: 26px;")
        self.menu = QMenu(self.choose_button)
        for way in ways():
            if way.source == "csv":
                self.menu.addSeparator()
            action = self.menu.addAction(way.title)
            action.setToolTip(way.about)
            action.triggered.connect(partial(self._on_way_chosen, way))
        self.choose_button.setMenu(self.menu)
        self.warning = Message(content)
        self.options = ReadingOptions(content)
        self.options.chosen.connect(self._on_options_chosen)
        self.split = SplitView(look, content)
        self.split.changed.connect(self._on_split_changed)
        self.fields = FieldList(content)
        self.fields.normalized.connect(self._on_normalized)
        self._class_heading = label(self.tr("SAMPLES OF EACH CLASS"), "heading")
        self.classes = ClassBars(look, content)
        self._sample_heading = label(self.tr("SAMPLES"), "heading")
        self.sample_view = SampleView(look, content)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._about)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(8)
        self._head.addLayout(words, 1)
        self._head.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignTop)
        split_heading = label(self.tr("SPLIT"), "heading")
        field_heading = label(self.tr("FIELDS"), "heading")
        left = _column(self.options, split_heading, self.split, field_heading, self.fields)
        right = _column(
            self._sample_heading, self.sample_view, self._class_heading, self.classes
        )  # fmt: skip
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        content = QVBoxLayout(self._content)
        content.setContentsMargins(12, 12, 12, 12)
        content.setSpacing(10)
        content.addLayout(self._head)
        content.addWidget(self.warning)
        content.addLayout(self._columns)
        content.addStretch(1)
        self._notice = QVBoxLayout()
        self._notice.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._notice)
        layout.addWidget(self._scroll, 1)

    def _about_text(self, choice: DataChoice) -> str:
        counts = self.tr("{0} samples · {1} fields").format(
            f"{choice.samples:,}", len(choice.fields)
        )
        path = choice.options.get("path")
        if isinstance(path, str):
            return f"{counts}\n{_shortened(path)}"
        return SAMPLE_SETS.get(str(choice.options.get("name")), ("", counts))[1]

    def _show_messages(self, look: Theme) -> None:
        samples, error = self._samples.samples, self._refusal or self._samples.error
        warnings = samples.warnings if samples is not None else ()
        shown = [f"• {text}" if len(warnings) > 1 else text for text in warnings[:_MOST_WARNINGS]]
        if len(warnings) > _MOST_WARNINGS:
            more = self.tr("and {0} more")
            shown.append(more.format(len(warnings) - _MOST_WARNINGS))
        self.warning.tell("\n".join(shown), "warning", look)
        if self._being_read:
            reading = self.tr("Reading {0} …")
            self.message.tell(reading.format(self._being_read), "busy", look)
        elif self._refusal is not None:
            self.message.tell(
                str(self._refusal), "error", look, self.tr("All right"), self._on_refusal_read
            )
        elif error is not None:
            again = self.tr("Try again")
            self.message.tell(str(error), "error", look, again, self._samples.read_again)
        elif self._samples.is_reading:
            self.message.tell(self.tr("Reading the samples …"), "busy", look)
        elif samples is not None and samples.changed:
            text = self.tr(
                "The data is not what it was when this project was made: ranges, classes and "
                "counts may be out of date."
            )
            self.message.tell(text, "warning", look, self.tr("Read it anew"), self._on_anew)
        else:
            self.message.tell("", "info", look)
        is_told = bool(self.message.text.text())
        self._notice.setContentsMargins(12, 10 if is_told else 0, 12, 0)

    def _do(self, edit: Edit, text: str, gesture: int = -1) -> None:
        try:
            self._document.do(edit, text, gesture=gesture)
        except UserError as error:
            if self._notices is not None:
                self._notices.tell_error(error)

    def _on_way_chosen(self, way: Way) -> None:
        if way.sample:
            self.choose(way.source, {"name": way.sample})
            return
        path = self._ask_path(way.source)
        if path is not None:
            self.choose(way.source, {"path": str(path)})

    def _on_options_chosen(self, options: dict[str, object]) -> None:
        self.choose(self._document.project.data.source, options)

    def _on_anew(self) -> None:
        choice = self._document.project.data
        self.choose(choice.source, dict(choice.options))

    def _on_examined(self, found: tuple[object, DataChoice, Samples]) -> None:
        project, choice, samples = found
        self._being_read = ""
        if project is self._document.project and choice != self._document.project.data:
            self._samples.offer(choice, samples)
            name = _name(choice.source, choice.options)
            self._do(Set(("data",), choice), self.tr("Choose data: {0}").format(name))
        self.refresh()

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._being_read, self._refusal = "", error
        self.refresh()

    def _on_refusal_read(self) -> None:
        self._refusal = None
        self.refresh()

    def _on_split_changed(self, split: Split, gesture: int) -> None:
        self._do(Set(("data", "split"), split), self.tr("Change the split"), gesture)

    def _on_normalized(self, field: str, way: str) -> None:
        text = self.tr("Change how {0} is scaled").format(field)
        self._do(Set(("data", "normalize", field), way), text)

    def _on_edited(self, edit: Edit) -> None:
        if self._document.project.data is not self._shown:
            self.refresh()

    def _on_replaced(self) -> None:
        self._being_read, self._refusal = "", None
        self.refresh()

    def _on_theme_changed(self, look: Theme) -> None:
        self._empty.paint_with(look)
        self.refresh()


def _column(*widgets: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(8)
    for at, widget in enumerate(widgets):
        if at and widget.property("role") == "heading":
            layout.addSpacing(6)
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def _name(source: str, options: Mapping[str, object]) -> str:
    """What a person calls the data: the sample set's title, or the file's name."""
    name, path = options.get("name"), options.get("path")
    if source == "sample" and isinstance(name, str):
        return SAMPLE_SETS.get(name, (name, ""))[0]
    return Path(path).name if isinstance(path, str) and path else source


def _shortened(path: str, most: int = 60) -> str:
    return path if len(path) <= most else f"…{path[-most:]}"


def _class_rows(choice: DataChoice, samples: Samples) -> tuple[tuple[str, int], ...]:
    """Names and counts of the classes of the first field that has them.

    Of a class for each pixel or word all count; where that takes too long, none.
    """
    for field in choice.fields:
        if field.classes is not None and field.name in samples.arrays:
            found = samples.arrays[field.name]
            if found.size > _MOST_COUNTED:
                continue
            known = found[(found >= 0) & (found < field.classes)]  # -100 stands for no class
            counts = np.bincount(known, minlength=field.classes)
            names = field.class_names or tuple(str(i) for i in range(field.classes))
            return tuple(zip(names, counts.tolist(), strict=False))
    return ()


def _unfit(choice: DataChoice, samples: Samples) -> bool:
    """Whether the samples lack a field of the choice: then only a message can be shown."""
    return not len(samples) or any(field.name not in samples.arrays for field in choice.fields)
