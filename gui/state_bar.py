"""The line at the bottom: what happens, how large the drawing is, zoom and device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from gui import format, theme

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class StateBar(QStatusBar):
    """State of run or drawing with a dot, counts, zoom and device."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setSizeGripEnabled(False)
        self.dot, self.word = Dot(), QLabel()
        self.counts, self.device, self.zoom = QLabel(), QLabel(), QLabel()
        self.word.setAccessibleName(self.tr("State"))
        for widget in (self.dot, self.word, self.counts):
            self.addWidget(widget)
        for widget in (self.device, self.zoom):
            self.addPermanentWidget(widget)
        self.word.setStyleSheet("padding: 0 6px 0 0;")
        for label in (self.counts, self.zoom):
            label.setFont(theme.figure_font(12))
        window.canvas.zoomed.connect(self._on_zoomed)
        window.commands.refreshed.connect(self.refresh)
        window.appearance.changed.connect(self.refresh)
        self._on_zoomed(window.canvas.zoom)
        self.refresh()

    def refresh(self) -> None:
        """Say again what is true now."""
        look = self._window.appearance.theme
        word, tone, form = self._state()
        self.word.setText(word)
        self.dot.show_state(getattr(look, tone), form)
        project, analysis = self._window.document.project, self._window.analyser.analysis
        graph = self._window.selection.place.graph(project)  # what is shown, also inside a block
        parts = [
            _count(len(graph.nodes), self.tr("node"), self.tr("nodes")),
            _count(len(graph.wires), self.tr("wire"), self.tr("wires")),
        ]
        if analysis.parameters:
            parts.append(self.tr("{} parameters").format(format.exact(analysis.parameters)))
        self.counts.setText(" · ".join(parts))
        chooser = self._window.tool_bar.device
        self.device.setText(chooser.title_of(self._window.document.project.plan.device))

    def _state(self) -> tuple[str, str, str]:
        """The word, the colour token and the form of the dot."""
        match self._window.runner.state:
            case "preparing":
                return self.tr("Preparing"), "accent", "full"
            case "training":
                return self.tr("Training"), "ok", "full"
            case "paused":
                return self.tr("Paused"), "warn", "bars"
            case "stopping":
                return self.tr("Stopping"), "warn", "full"
            case "failed":
                return self.tr("Run failed"), "error", "cross"
        analysis, analyser = self._window.analyser.analysis, self._window.analyser
        errors = sum(p.severity == "error" for p in analysis.problems)
        if errors:
            return _count(errors, self.tr("problem"), self.tr("problems")), "error", "cross"
        if not analyser.is_current:
            return self.tr("Checking"), "tertiary", "ring"
        if self._window.runner.state == "ended":
            return self.tr("Run ended"), "ok", "full"
        return self.tr("Ready"), "ok", "full"

    def _on_zoomed(self, zoom: float) -> None:
        self.zoom.setText(f"{zoom:.0%}".replace("%", "\u202f%"))


class Dot(QWidget):
    """A state as a colour and, for those who don't see colours, as a form."""

    def __init__(self) -> None:
        super().__init__()
        self._color, self._form = "#808080", "full"
        self.setFixedSize(QSize(18, 16))

    def show_state(self, color: str, form: str) -> None:
        """Take a colour and a form: `full`, `ring`, `bars` or `cross`."""
        if (color, form) != (self._color, self._form):
            self._color, self._form = color, form
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone, box = theme.color(self._color), QRectF(8, 4, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        match self._form:
            case "bars":
                painter.fillRect(QRectF(8, 4, 3, 8), tone)
                painter.fillRect(QRectF(13, 4, 3, 8), tone)
            case "cross":
                painter.setPen(_pen(tone))
                painter.drawLine(box.topLeft(), box.bottomRight())
                painter.drawLine(box.topRight(), box.bottomLeft())
            case "ring":
                painter.setPen(_pen(tone))
                painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            case _:
                painter.setBrush(tone)
                painter.drawEllipse(box)


def _pen(tone: QColor) -> QPen:
    return QPen(tone, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def _count(number: int, one: str, many: str) -> str:
    return f"{format.exact(number)} {one if number == 1 else many}"
