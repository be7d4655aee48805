"""The row above the canvas: what the project is, the commands of every minute, and the run."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from gui import assets, format, theme
from gui.device_chooser import DeviceChooser

if TYPE_CHECKING:
    from gui.main_window import MainWindow

BUTTONS = (
    "edit.undo", "edit.redo", "edit.copy", "graph.tidy", "view.frame_all", "view.code",
)  # fmt: skip
# Widths of the window below which parts give way, the least needed first.
WIDTHS = {"left": 1440, "throughput": 1340, "device": 1080, "bar": 980, "epoch": 600}
TITLE_WIDTH, SPARE = 120, 24


class ToolBar(QToolBar):
    """Title and saved state, commands, progress, device, and Train or Pause and Stop."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("tool_bar")
        self.setWindowTitle(self.tr("Toolbar"))
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.title, self.state = QLabel(), QLabel()
        self.title.setFont(theme.font(14, QFont.Weight.Medium))
        self.title.setContentsMargins(6, 0, 0, 0)
        self.state.setProperty("role", "secondary")
        self.addWidget(self.title)
        state = self.addWidget(self.state)
        self.addWidget(_gap(12))
        self._lesser = [*(self._add_command(name) for name in BUTTONS), state]
        self.backward = self._backward_button()
        self._backward_action = self.addWidget(self.backward)
        self.addWidget(_stretch())
        self.progress = RunProgress(window)
        self.addWidget(self.progress)
        self.device = DeviceChooser(window.document, window.analyser)
        self._device_action = self.addWidget(self.device)
        self.train = self._button("train.start", "primary")
        self.pause = self._button("train.pause", "")
        self.stop = self._button("train.stop", "primary")
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(6)
        for button in (self.train, self.pause, self.stop):
            layout.addWidget(button)
        self.addWidget(row)
        window.commands.refreshed.connect(self.refresh)
        window.files.changed.connect(self.refresh)
        window.appearance.changed.connect(self._paint_icons)
        self._paint_icons()
        self.refresh()

    def refresh(self) -> None:
        """Say again what the project is called and which buttons there are."""
        window = self._window
        self.title.setToolTip(str(window.document.path or self.tr("Not saved to a file yet")))
        self.state.setText(f" · {window.files.state}")
        running = window.runner.is_busy
        self.train.setVisible(not running)
        self.pause.setVisible(running)
        self.stop.setVisible(running)
        self.device.setEnabled(not running)
        self._backward_action.setVisible(window.is_design)
        for button in (self.train, self.pause, self.stop, self.backward):
            self._copy_action(button)
        self._fit()
        self._say_title()

    def _fit(self) -> None:
        """What has no room gives way, the least needed first; nothing hides behind an arrow."""
        layout = self.layout()
        assert layout is not None
        gap, kept = layout.spacing(), self.sizeHint().width() - self.title.sizeHint().width()
        widths = [self.widgetForAction(part).sizeHint().width() + gap for part in self._lesser]
        kept -= sum(width for part, width in zip(self._lesser, widths, strict=True)
                    if part.isVisible())  # fmt: skip
        for part, width in zip(self._lesser, accumulate(widths), strict=True):
            part.setVisible(kept + width + TITLE_WIDTH + SPARE <= self.width())

    def _say_title(self) -> None:
        # All that the others leave free; what they want depends on which of them are shown.
        others = self.sizeHint().width() - self.title.sizeHint().width()
        room = max(TITLE_WIDTH, self.width() - others - SPARE)
        whole, middle = self._window.files.title, Qt.TextElideMode.ElideMiddle
        self.title.setText(self.title.fontMetrics().elidedText(whole, middle, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.progress.fit(event.size().width())
        self._device_action.setVisible(event.size().width() >= WIDTHS["device"])
        self._fit()
        self._say_title()

    def _add_command(self, name: str) -> QAction:
        """A button of a command; the action hides it, and leaves the command where it is."""
        button = QToolButton(autoRaise=True)
        button.setIconSize(self.iconSize())
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setDefaultAction(self._window.commands[name])
        return self.addWidget(button)

    def _button(self, name: str, style: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(style)
        button.setProperty("command", name)
        # A click leaves the keyboard where it is: these come and go, and would pass it on.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        action = self._window.commands[name]
        button.clicked.connect(action.trigger)
        return button

    def _backward_button(self) -> QPushButton:
        return self._button("graph.backward", "")

    def _copy_action(self, button: QPushButton) -> None:
        action = self._window.commands[button.property("command")]
        button.setText(action.text())
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())
        if button is self.pause:
            self._paint_pause()

    def _paint_pause(self) -> None:
        look = self._window.appearance.theme
        icon = "play" if self._window.runner.state == "paused" else "pause"
        assets.put_beside(self.pause, icon, look.text, 14, look.disabled)

    def _paint_icons(self) -> None:
        look = self._window.appearance.theme
        assets.put_beside(self.train, "play", look.on_accent, 14, look.disabled)
        assets.put_beside(self.stop, "stop", look.on_accent, 14, look.disabled)
        assets.put_beside(self.backward, "backward", look.text, 14, look.disabled)
        self._paint_pause()


class RunProgress(QWidget):
    """Epoch, a bar, samples a second and the time left, while there is a run."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._runner, self._width = window.runner, 4000
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.epoch, self.speed, self.left = QLabel(), QLabel(), QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(140)
        self.bar.setAccessibleName(self.tr("Progress of the run"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(12)
        for label in (self.epoch, self.speed, self.left):
            label.setProperty("role", "secondary")
            label.setFont(theme.figure_font(12))
        for widget in (self.epoch, self.bar, self.speed, self.left):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        window.runner.changed.connect(self.refresh)
        window.runner.drained.connect(self.refresh)
        self.refresh()

    def fit(self, width: int) -> None:
        """Show what has room in a toolbar of that width."""
        self._width = width
        self.refresh()

    def refresh(self) -> None:
        """Say again where the run is."""
        runner = self._runner
        shown = runner.state not in ("idle", "failed") and runner.epochs > 0
        busy = runner.is_busy
        self.epoch.setVisible(shown and self._width >= WIDTHS["epoch"])
        self.bar.setVisible(shown and self._width >= WIDTHS["bar"])
        self.speed.setVisible(busy and bool(runner.samples_per_second)
                              and self._width >= WIDTHS["throughput"])  # fmt: skip
        self.left.setVisible(busy and runner.seconds_left is not None
                             and self._width >= WIDTHS["left"])  # fmt: skip
        if not shown:
            return
        self.epoch.setText(
            self.tr("Epoch {} / {}").format(min(runner.epoch + busy, runner.epochs), runner.epochs)
        )
        self.bar.setRange(0, max(1, runner.steps))
        self.bar.setValue(runner.step)
        speed = format.exact(round(runner.samples_per_second or 0))
        self.speed.setText(self.tr("{} samples/s").format(speed))
        if runner.seconds_left is not None:
            self.left.setText(self.tr("{} left").format(format.duration(runner.seconds_left)))


def _gap(width: int) -> QWidget:
    gap = QWidget()
    gap.setFixedWidth(width)
    return gap


def _stretch() -> QWidget:
    stretch = QWidget()
    stretch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return stretch
