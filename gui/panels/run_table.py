"""Runs as a table model: state, when, how far, how good, how long, where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from graphcore.training.runs import Run, RunSummary, State
from gui import assets, format, theme
from gui.panels.legend import figure
from gui.theme import Appearance

Index = QModelIndex | QPersistentModelIndex


def _say(text: str) -> str:
    return QCoreApplication.translate("runs", text)


@dataclass(frozen=True, slots=True)
class StateLook:
    """A state of a run as word, icon and colour token."""

    word: str
    icon: str
    tone: str


LOOKS: dict[State, StateLook] = {
    "running": StateLook("Running", "play", "accent"),
    "done": StateLook("Done", "success", "ok"),
    "stopped": StateLook("Stopped", "stop", "secondary"),
    "interrupted": StateLook("Interrupted", "warning", "warn"),
    "failed": StateLook("Failed", "error", "error"),
    "damaged": StateLook("Damaged", "unlink", "error"),
}
COLUMNS = ("State", "Started", "Epochs", "Best accuracy", "Best loss", "Time", "Device", "Name")
STATE, STARTED, EPOCHS, ACCURACY, LOSS, TIME, DEVICE, NAME = range(len(COLUMNS))
_NUMBERS = (EPOCHS, ACCURACY, LOSS, TIME)


class RunTable(QAbstractTableModel):
    """One row a run, newest first."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: list[tuple[Run, RunSummary]] = []

    def show_runs(self, rows: list[tuple[Run, RunSummary]]) -> None:
        """Show these; the same runs in the same order keep selection and place."""
        if [run for run, _ in rows] == [run for run, _ in self._rows]:
            self._rows = rows
            self.repaint()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def repaint(self) -> None:
        """Every cell may have changed."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def run_at(self, row: int) -> Run:
        """The run in a row."""
        return self._rows[row][0]

    def summary_at(self, row: int) -> RunSummary:
        """The run in a row at a glance."""
        return self._rows[row][1]

    def row_of(self, run: Run | None) -> int:
        """The row of a run; -1 where it is not there."""
        return next((i for i, (known, _) in enumerate(self._rows) if known == run), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _say(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        summary, column = self._rows[index.row()][1], index.column()
        look = LOOKS[summary.state]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text_of(summary, column)
            case Qt.ItemDataRole.DecorationRole if column == STATE:
                tone = getattr(self._appearance.theme, look.tone)
                return assets.icon(look.icon, tone, 16)
            case Qt.ItemDataRole.ToolTipRole:
                return summary.problem or summary.id
            case Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(column)
            case Qt.ItemDataRole.FontRole:
                return theme.figure_font(12)
        return None


def text_of(summary: RunSummary, column: int) -> str:
    """What a cell says."""
    match column:
        case 0:
            return _say(LOOKS[summary.state].word)
        case 1:
            return when(summary.started)
        case 2:
            return f"{summary.epochs} / {summary.planned}" if summary.planned else format.NOTHING
        case 3:
            return figure(summary.best["accuracy"]) if "accuracy" in summary.best else "—"
        case 4:
            return figure(summary.best["loss"]) if "loss" in summary.best else format.NOTHING
        case 5:
            return format.duration(summary.seconds) if summary.seconds else format.NOTHING
        case 6:
            return summary.device or format.NOTHING
    return summary.id


def when(moment: datetime | None, now: datetime | None = None) -> str:
    """A moment in local time; of today only the time of day."""
    if moment is None:
        return format.NOTHING
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    local, today = aware.astimezone(), (now or datetime.now(UTC)).astimezone().date()
    return f"{local:%H:%M:%S}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
