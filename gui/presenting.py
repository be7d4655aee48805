"""Presentation mode: drawing and curves alone on the whole screen, large enough for a projector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPointF, Qt, QTimer

if TYPE_CHECKING:
    from gui.main_window import MainWindow

GROWN = 1.7
_CURVES, _CURVES_OF_RUN = 0.3, 0.46
"""The share of the height that curves take, and while a run draws them."""


class Presenting(QObject):
    """Begun and ended by one key; ended, the window is as it was."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._panels: QByteArray | None = None
        self._state, self._place = window.windowState(), window.geometry()
        self._look: tuple[float, QPointF] | None = None
        self._has_curves = self._is_running = False
        window.runner.changed.connect(self._on_runner_changed)

    @property
    def is_on(self) -> bool:
        """Whether drawing and curves are alone on the screen."""
        return self._panels is not None

    def toggle(self) -> None:
        """Begin, or end."""
        if self.is_on:
            self.end()
        else:
            self.begin()

    def begin(self) -> None:
        """Drawing and, where there are any, curves fill the screen."""
        window, canvas = self._window, self._window.canvas
        self._panels = window.saveState()
        self._state, self._place = window.windowState(), window.geometry()
        whole = canvas.is_whole_shown
        self._look = None if whole else (canvas.zoom, canvas.seen().center())
        plots = window.docks["plots"]
        for dock in window.docks:
            if dock is not plots:
                dock.hide()
        for part in (window.menuBar(), window.statusBar(), window.tool_bar):
            part.hide()
        window.selection.select()
        canvas.is_presenting = True
        canvas.fit_minimap()
        self._is_running = window.runner.is_busy
        self._show_curves()
        window.showFullScreen()
        canvas.setFocus()
        QTimer.singleShot(0, self, self._fit)
        canvas.say_briefly(self.tr("Escape leaves the presentation."))
        window.commands.refresh_soon()

    def end(self) -> None:
        """The window as it was before, and the look at the drawing too."""
        if self._panels is None:
            return
        window, panels = self._window, self._panels
        self._panels = None
        self._grow(1.0)
        window.canvas.is_presenting = False
        for part in (window.menuBar(), window.statusBar(), window.tool_bar):
            part.show()
        window.setWindowState(self._state)
        if self._state == Qt.WindowState.WindowNoState:
            window.setGeometry(self._place)
        window.restoreState(panels)
        window.canvas.fit_minimap()
        QTimer.singleShot(0, self, self._look_back)
        window.commands.refresh_soon()

    def _look_back(self) -> None:
        if self._look is None:
            self._window.canvas.frame_all()
        else:
            zoom, center = self._look
            self._window.canvas.set_zoom(zoom)
            self._window.canvas.centerOn(center)

    def _on_runner_changed(self) -> None:
        """A run that begins brings its curves, which get more room while it goes on."""
        is_running = self._window.runner.is_busy
        if self.is_on and is_running != self._is_running:
            self._is_running = is_running
            self._show_curves()
            QTimer.singleShot(0, self, self._fit)

    def _show_curves(self) -> None:
        from gui.panels.plots import PlotsPanel

        dock = self._window.docks["plots"]
        panel = dock.panel
        assert isinstance(panel, PlotsPanel)
        self._has_curves = self._is_running or panel.has_curves
        self._grow(GROWN)
        dock.setVisible(self._has_curves)
        if self._has_curves:
            dock.raise_()

    def _grow(self, times: float) -> None:
        from gui.panels.plots import PlotsPanel

        panel = self._window.docks["plots"].panel
        assert isinstance(panel, PlotsPanel)
        panel.grow(times)

    def _fit(self) -> None:
        if not self.is_on:
            return
        window = self._window
        if self._has_curves:
            share = _CURVES_OF_RUN if self._is_running else _CURVES
            height = round(window.height() * share)
            window.resizeDocks([window.docks["plots"]], [height], Qt.Orientation.Vertical)
        QTimer.singleShot(0, self, window.canvas.frame_all)
