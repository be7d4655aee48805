"""Fields made for the type of a param: what is typed becomes a checked value or a reason why not.

A field shows a value with `show_value` and emits `entered` with what a person made of it: a
value that the type allows, a Formula, or MISSING for “as it was before anyone chose”. It never
emits what is not allowed: `refused` carries the reason then, and "" once all is well again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import Param
from graphcore.kinds.line import Line
from graphcore.kinds.params import Bool, Choice, Dtype, Int, Numbers, Size, TypeText
from graphcore.kinds.texts import Equation, Named, Subscript, Weights
from graphcore.project.edits import MISSING
from gui import assets, format
from gui.panels.tiles import label
from gui.panels.typed_field import Field, TextField
from gui.panels.typed_value import DIFFERENT, read

# For the translators: what the axes of sizes are called.
_ = (
    QT_TRANSLATE_NOOP("axes", "length"), QT_TRANSLATE_NOOP("axes", "depth"),
    QT_TRANSLATE_NOOP("axes", "height"), QT_TRANSLATE_NOOP("axes", "width"),
    QT_TRANSLATE_NOOP("axes", "left"), QT_TRANSLATE_NOOP("axes", "right"),
    QT_TRANSLATE_NOOP("axes", "top"), QT_TRANSLATE_NOOP("axes", "bottom"),
    QT_TRANSLATE_NOOP("axes", "front"), QT_TRANSLATE_NOOP("axes", "back"),
)  # fmt: skip


class SizeField(Field):
    """One number for all axes, one for each, or a word; the link joins the axes."""

    def __init__(self, param: Param, parent: QWidget | None = None) -> None:
        super().__init__(param, parent)
        assert isinstance(param.type, Size)
        self._size = param.type
        self._shown: object = MISSING
        self._effective: object = None
        self.whole = TextField(param, self)
        self.setFocusProxy(self.whole)
        self._layout.addWidget(self.whole, 1)
        single = Param(param.name, Int(self._size.low))
        self._sides = QWidget(self)
        self.axes = [TextField(single, self._sides) for _ in range(self._size.axes)]
        self._layout.addWidget(self._lay_out_sides(), 1)
        self._link = QToolButton(self)
        self._link.setFixedSize(22, 22)
        self._link.setAccessibleName(self.tr("Link the axes of {0}").format(param.name))
        self._link.clicked.connect(self._on_link_clicked)
        self._link.setVisible(self._size.axes > 1)
        self._layout.addWidget(self._link)
        if self._size.words:
            self._layout.addWidget(self._words_button())
        self.whole.entered.connect(self._on_whole_entered)
        self.whole.line.finished.connect(self._on_whole_finished)
        self.whole.refused.connect(self.refused)

    def _lay_out_sides(self) -> QWidget:
        """A line for each axis with its name before it, one below the other."""
        grid = QGridLayout(self._sides)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (axis, name) in enumerate(zip(self.axes, self._size.names, strict=True)):
            words = QCoreApplication.translate("axes", name)
            caption = label(words, "caption")
            caption.setBuddy(axis)
            axis.line.setAccessibleName(f"{self.param.name}, {words}")
            axis.line.setToolTip(words)
            axis.entered.connect(self._on_axis_entered)
            axis.refused.connect(self.refused)
            grid.addWidget(caption, row, 0)
            grid.addWidget(axis, row, 1)
        return self._sides

    @property
    def is_split(self) -> bool:
        """Whether each axis has a line of its own."""
        return not self._sides.isHidden()

    def show_value(self, value: object, effective: object) -> None:
        self._effective = effective
        self._shown = value
        current = effective if value is MISSING else value
        is_split = isinstance(current, tuple)
        is_split &= not self.whole.line.is_typing  # it must not vanish under the keys
        self._split(is_split)
        self.whole.show_value(value, effective)
        if is_split:
            assert isinstance(current, tuple)
            for axis, item in zip(self.axes, current, strict=False):
                axis.show_value(item if value is not MISSING else MISSING, item)

    def set_names(self, names: Mapping[str, object], offers: Iterable[str] = ()) -> None:
        self.whole.set_names(names, offers)

    def abandon(self) -> None:
        for field in (self.whole, *self.axes):
            field.abandon()

    def _words_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(self.tr("A word instead of a number: {0}").format(
            ", ".join(self._size.words)))  # fmt: skip
        button.setAccessibleName(self.tr("Words for {0}").format(self.param.name))
        menu = QMenu(button)
        for word in self._size.words:
            action = QAction(word, menu)
            action.triggered.connect(lambda _=False, word=word: self.entered.emit(word))
            menu.addAction(action)
        button.setMenu(menu)
        button.setFixedWidth(20)
        return button

    def _split(self, is_split: bool) -> None:
        self.whole.setVisible(not is_split)
        self._sides.setVisible(is_split)
        flag = Qt.AlignmentFlag  # beside the first of several lines, else in the middle
        self._layout.setAlignment(self._link, flag.AlignTop if is_split else flag.AlignVCenter)
        self.setFocusProxy(self.axes[0] if is_split else self.whole)
        color = self.palette().placeholderText().color().name()
        self._link.setIcon(assets.icon("unlink" if is_split else "link", color, 14))
        self._link.setToolTip(
            self.tr("One number an axis. Click for one number for all axes.")
            if is_split
            else self.tr("One number for all axes. Click for one number an axis.")
        )

    def _on_link_clicked(self) -> None:
        value = self._effective if self._shown is MISSING else self._shown
        if isinstance(value, tuple):
            first = value[0] if isinstance(value, tuple) else value
            self.entered.emit(first if isinstance(first, int) else MISSING)
        else:
            number = value if isinstance(value, int) else self._size.low
            self.entered.emit((number,) * self._size.axes)

    def _on_whole_entered(self, value: object) -> None:
        self._shown = value
        self.entered.emit(value)

    def _on_whole_finished(self) -> None:
        if not self.whole.line.is_typing:
            self.show_value(self._shown, self._effective)

    def _on_axis_entered(self, _: object) -> None:
        found = []
        for axis in self.axes:
            text = axis.line.text() or axis.line.placeholderText()
            try:
                found.append(read(text, axis.param, {}))
            except UserError:
                return
        self._shown = tuple(found)
        self.entered.emit(self._shown)


class ChoiceField(Field):
    """One of a few words, from a list."""

    def __init__(self, param: Param, options: tuple[str, ...], parent: QWidget | None) -> None:
        super().__init__(param, parent)
        self.combo = QComboBox(self)
        self.combo.setAccessibleName(param.title or param.name)
        self.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.combo.installEventFilter(self)
        self.setFocusProxy(self.combo)
        if param.optional:
            self.combo.addItem(self.tr("automatic"), None)
        for option in options:
            self.combo.addItem(option, option)
        self._layout.addWidget(self.combo, 1)
        self.combo.activated.connect(self._on_activated)

    def show_value(self, value: object, effective: object) -> None:
        shown = effective if value is MISSING else value
        self.combo.setPlaceholderText(format.NOTHING)
        if isinstance(shown, Formula) and self.combo.findText(str(shown)) < 0:
            self.combo.addItem(str(shown), shown)
        places = range(self.combo.count())
        found = next((i for i in places if self.combo.itemData(i) == shown), -1)
        self.combo.setCurrentIndex(-1 if value is DIFFERENT else found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The wheel scrolls the panel; it must not change a value that it happens to pass.
        if isinstance(event, QWheelEvent) and not self.combo.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _on_activated(self, index: int) -> None:
        self.entered.emit(self.combo.itemData(index))


class BoolField(Field):
    """A check mark."""

    def __init__(self, param: Param, parent: QWidget | None = None) -> None:
        super().__init__(param, parent)
        self.check = QCheckBox(self)
        self.check.setAccessibleName(param.title or param.name)
        self.setFocusProxy(self.check)
        self._layout.addWidget(self.check)
        self._layout.addStretch(1)
        self.check.clicked.connect(self._on_clicked)

    def show_value(self, value: object, effective: object) -> None:
        shown = effective if value is MISSING else value
        self.check.setTristate(value is DIFFERENT)
        if value is DIFFERENT:
            self.check.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.check.setChecked(shown is True)
        self.check.setText(f"{shown}" if isinstance(shown, Formula) else "")

    def _on_clicked(self) -> None:
        self.check.setTristate(False)
        self.entered.emit(self.check.isChecked())


def field_for(param: Param, parent: QWidget | None = None) -> Field:
    """The field that suits a param's type."""
    match param.type:
        case Bool():
            return BoolField(param, parent)
        case Choice(options=options) | Dtype(options=options):
            return ChoiceField(param, options, parent)
        case Named() as named:
            return ChoiceField(param, named.options, parent)
        case Size():
            return SizeField(param, parent)
        case _:
            return TextField(param, parent)


def takes_formulas(param: Param) -> bool:
    """Whether formulas are offered while this param is typed."""
    wordy = (Bool, Choice, Dtype, Named, Numbers, TypeText, Equation, Subscript, Weights, Line)
    return not isinstance(param.type, wordy)
