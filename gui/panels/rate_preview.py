"""A small picture of the learning rate over a run."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from graphcore.errors import UserError
from graphcore.project.plan import ObjectivePlan, Plan
from graphcore.training.rates import rate_at, starts
from graphcore.training.schedules import Moment
from gui import format, theme
from gui.theme import Appearance

POINTS = 160
HEIGHT = 56


def rates(objective: ObjectivePlan, plan: Plan, epoch_steps: int) -> list[float]:
    """The learning rate at moments spread evenly over the run; empty where the plan is wrong."""
    steps = max(2, plan.epochs * max(1, epoch_steps))
    shown = [round(i * (steps - 1) / (POINTS - 1)) for i in range(POINTS)]
    try:
        rate = rate_at(objective)
        return [rate(Moment(step, steps, max(1, epoch_steps))) for step in shown]
    except (UserError, ArithmeticError):
        return []


def marks(objective: ObjectivePlan) -> tuple[float, ...]:
    """Where in the run, from 0 to 1, one schedule gives way to the next."""
    if not (objective.warmup or objective.then):
        return ()
    shares = [schedule.share for schedule in (objective.schedule, *objective.then)]
    firsts = starts(100_000, shares, round(objective.warmup * 100_000))
    inner = firsts[:-1] if objective.warmup else firsts[1:-1]
    return tuple(first / 100_000 for first in inner)


class RatePreview(QWidget):
    """The learning rate from the first step to the last, with its highest and its last value."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rates: list[float] = []
        self._marks: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Learning rate over the run"))
        appearance.changed.connect(self.update)

    def show_rates(self, rates: list[float], marks: tuple[float, ...] = ()) -> None:
        """Show these, or nothing where there are none; `marks` part one schedule from the next."""
        self._rates, self._marks = rates, marks
        words = ""
        if rates:
            first, top, last = (_figure(value) for value in (rates[0], max(rates), rates[-1]))
            words = self.tr("Learning rate: begins at {0}, highest {1}, ends at {2}").format(
                first, top, last
            )
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._appearance.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(look.raised))
        painter.drawRoundedRect(self.rect(), 8, 8)
        if not self._rates:
            return
        place = QRectF(self.rect()).adjusted(10, 10, -10, -20)
        line = QPolygonF(self._points(place))
        area = QPainterPath()
        area.addPolygon(line)
        area.lineTo(place.bottomRight())
        area.lineTo(place.bottomLeft())
        painter.fillPath(area, theme.color(look.accent, 0.15))
        painter.setPen(QPen(theme.color(look.tertiary), 1, Qt.PenStyle.DotLine))
        for mark in self._marks:
            across = place.left() + mark * place.width()
            painter.drawLine(QPointF(across, place.top()), QPointF(across, place.bottom()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(look.accent), 1.5))
        painter.drawPolyline(line)
        self._paint_figures(painter)

    def _points(self, place: QRectF) -> list[QPointF]:
        top = max(self._rates) or 1.0
        across = place.width() / (len(self._rates) - 1)
        return [
            QPointF(place.left() + i * across, place.bottom() - rate / top * place.height())
            for i, rate in enumerate(self._rates)
        ]

    def _paint_figures(self, painter: QPainter) -> None:
        painter.setFont(theme.figure_font(10))
        painter.setPen(theme.color(self._appearance.theme.tertiary))
        row = QRectF(10, self.height() - 18, self.width() - 20, 16)
        flag = Qt.AlignmentFlag
        painter.drawText(row, flag.AlignLeft | flag.AlignVCenter, _figure(self._rates[0]))
        if max(self._rates) > max(self._rates[0], self._rates[-1]) * 1.01:
            top = self.tr("peak {0}").format(_figure(max(self._rates)))
            painter.drawText(row, flag.AlignHCenter | flag.AlignVCenter, top)
        painter.drawText(row, flag.AlignRight | flag.AlignVCenter, _figure(self._rates[-1]))


def _figure(rate: float) -> str:
    return format.number(float(f"{rate:.2g}")) if rate > 1e-12 else "0"
