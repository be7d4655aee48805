"""The row above the curves: whose they are, and how they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSlider, QToolButton, QWidget

from graphcore.training.curves import Unit
from gui import assets
from gui.panels import quantities
from gui.panels.tiles import ElidedLabel, set_role
from gui.preferences import Preferences
from gui.theme import Appearance

ROOMY, NARROWEST = 520, 230
"""From this width on all has room; below, units and heights are in the menu of the curves."""


class PlotBar(QWidget):
    """Buttons and a slider; `changed` says that the curves are to be looked at otherwise.

    `asked` carries what a menu's entry asks for: `png`, `svg`, `csv`, `tensorboard`.
    """

    changed = Signal()
    asked = Signal(str)
    back_asked = Signal()
    reset_asked = Signal()

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance, self._preferences = appearance, preferences
        self._hidden: set[str] = set()
        self._quantities: tuple[str, ...] = ()
        self._says = ElidedLabel("caption", self)
        self._back = self._button(self.tr("Live run"), self.tr("Show the run that was begun last"))
        self._back.clicked.connect(self.back_asked)
        self._back.hide()
        self._units: dict[Unit, QToolButton] = {
            "step": self._button(self.tr("Steps"), self.tr("Count steps along the bottom")),
            "epoch": self._button(self.tr("Epochs"), self.tr("Count epochs along the bottom")),
            "time": self._button(self.tr("Time"), self.tr("Time at work along the bottom")),
        }
        group = QButtonGroup(self)
        for button in self._units.values():
            button.setCheckable(True)
            button.toggled.connect(self._on_toggled)
            group.addButton(button)
        self._log = self._button(self.tr("Log"), self.tr("Logarithmic height"))
        self._log.setCheckable(True)
        self._log.toggled.connect(self.changed)
        self._units["step"].setChecked(True)
        self._slider = self._make_slider()
        self._chooser = self._menu_button("eye", self.tr("Choose which curves are shown"))
        self._chooser.menu().aboutToShow.connect(self._fill_chooser)
        self.reset = self._button("", self.tr("Show the whole run (double-click a plot)"))
        self.reset.setAccessibleName(self.tr("Reset zoom"))
        self.reset.clicked.connect(self.reset_asked)
        self.reset.setEnabled(False)
        self._export = self._menu_button("download", self.tr("Save the plots"))
        self._fill_export(self._export.menu())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._says, 1)
        for widget in (self._back, *self._units.values(), self._log, self._slider, self._chooser,
                       self.reset, self._export):  # fmt: skip
            layout.addWidget(widget)
        self._paint_icons()
        appearance.changed.connect(self._paint_icons)
        if preferences is not None:
            self._look_as(preferences.curves)
            # Only what a person does: a run that knows no epochs chooses steps by itself.
            for chosen in (*(button.clicked for button in (*self._units.values(), self._log)),
                           self._slider.valueChanged):  # fmt: skip
                chosen.connect(self._remember)

    @property
    def unit(self) -> Unit:
        """What is counted along the bottom."""
        return next(unit for unit, button in self._units.items() if button.isChecked())

    @property
    def smoothing(self) -> float:
        """From 0 to 1."""
        return self._slider.value() / 100

    @property
    def is_log(self) -> bool:
        """Whether heights are powers of ten."""
        return self._log.isChecked()

    @property
    def export_menu(self) -> QMenu:
        """What can be saved."""
        return self._export.menu()

    def shows(self, quantity: str) -> bool:
        """Whether a person wants to see that plot."""
        return quantity not in self._hidden

    def say(self, text: str, role: str = "caption") -> None:
        """Whose curves these are, or what went wrong."""
        set_role(self._says, role)
        self._says.set_whole(text)

    def offer_way_back(self, is_offered: bool) -> None:
        """Whether there is another run that is the live one."""
        self._back.setVisible(is_offered)

    def offer_units(self, has_epochs: bool, has_clock: bool) -> None:
        """Which units these runs know."""
        reasons = {
            "epoch": "" if has_epochs else self.tr("This run doesn't say how long an epoch is."),
            "time": "" if has_clock else self.tr("This run didn't note when its steps were done."),
        }
        for unit, button in self._units.items():
            why = reasons.get(unit, "")
            button.setEnabled(not why)
            button.setToolTip(why or str(button.property("tip")))
        if not self._units[self.unit].isEnabled():
            self._units["step"].setChecked(True)

    def offer_quantities(self, names: Sequence[str]) -> None:
        """Which plots there are to choose from."""
        self._quantities = tuple(names)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button in (*self._units.values(), self._log):
            button.setVisible(self.width() >= ROOMY)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def _look_as(self, kept: Mapping[str, object]) -> None:
        """As a person last looked at curves, in whatever window that was."""
        match kept.get("unit"):
            case "step" | "epoch" | "time" as unit:
                self._units[unit].setChecked(True)
        self._log.setChecked(kept.get("log") is True)
        match kept.get("smoothing"):
            case int() as percent:
                self._slider.setValue(percent)
        match kept.get("hidden"):
            case list() as names:
                self._hidden = {name for name in names if isinstance(name, str)}

    def _remember(self) -> None:
        if self._preferences is None:
            return
        self._preferences.curves = {
            "unit": self.unit, "log": self.is_log, "smoothing": self._slider.value(),
            "hidden": sorted(self._hidden),
        }  # fmt: skip

    def _on_toggled(self, is_on: bool) -> None:
        if is_on:
            self.changed.emit()

    def _choose(self, quantity: str, is_shown: bool) -> None:
        (self._hidden.discard if is_shown else self._hidden.add)(quantity)
        self._remember()
        self.changed.emit()

    def _fill_chooser(self) -> None:
        menu = self._chooser.menu()
        menu.clear()
        for button in (*self._units.values(), self._log):
            if button.isHidden():
                action = menu.addAction(button.text(), button.click)
                action.setCheckable(True)
                action.setChecked(button.isChecked())
                action.setEnabled(button.isEnabled())
        menu.addSeparator()
        for name in self._quantities:
            action = menu.addAction(quantities.title(name))
            action.setCheckable(True)
            action.setChecked(self.shows(name))
            action.toggled.connect(_bound(self._choose, name))

    def _fill_export(self, menu: QMenu) -> None:
        rows = (
            ("png", self.tr("Save as a picture (PNG) …")), ("svg", self.tr("Save as SVG …")),
            ("csv", self.tr("Save the values (CSV) …")),
            ("tensorboard", self.tr("Write for TensorBoard …")),
        )  # fmt: skip
        for name, text in rows:
            action = QAction(text, menu)
            action.triggered.connect(_bound(lambda name, _: self.asked.emit(name), name))
            menu.addAction(action)

    def _make_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, 100)
        slider.setValue(40)
        slider.setFixedWidth(96)
        slider.setAccessibleName(self.tr("Smoothing"))
        slider.setToolTip(self.tr("Smoothing of the thick line"))
        slider.valueChanged.connect(self.changed)
        return slider

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setProperty("tip", tip)
        button.setIconSize(QSize(16, 16))
        button.setStyleSheet("padding: 2px 6px; font-size: 12px;")
        return button

    def _menu_button(self, icon: str, tip: str) -> QToolButton:
        button = self._button("", tip)
        button.setAccessibleName(tip)
        button.setProperty("icon", icon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        button.setStyleSheet("padding: 2px 18px 2px 4px;")
        return button

    def _paint_icons(self) -> None:
        color = self._appearance.theme.secondary
        for button, icon in ((self.reset, "fit"), (self._chooser, "eye"),
                             (self._export, "download")):  # fmt: skip
            button.setIcon(assets.icon(icon, color, 16))


def _bound(act: Callable[..., object], name: str) -> Callable[[bool], object]:
    return lambda is_on: act(name, is_on)
