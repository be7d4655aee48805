"""Runs as a table model: state, when, how far, how good, how long, where, and what is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QPixmap

from graphcore.training.about import About
from graphcore.training.runs import Run
from graphcore.training.summing import RunSummary, State
from gui import assets, format, theme
from gui.panels.legend import Line, figure, paint_sample
from gui.panels.strands import run_line
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
COLUMNS = ("State", "Started", "Epochs", "Best metric", "Best loss", "Time", "Device", "★", "Tags",
           "Name")  # fmt: skip
STATE, STARTED, EPOCHS, METRIC, LOSS, TIME, DEVICE, STAR, TAGS, NAME = range(len(COLUMNS))
_NUMBERS = (EPOCHS, METRIC, LOSS, TIME)
SORTED_BY = Qt.ItemDataRole.UserRole
SWATCH = (22, 12)


@dataclass(frozen=True, slots=True)
class Row:
    """A run with what it came to, what is said of it, and what of its environment is another."""

    run: Run
    summary: RunSummary
    about: About
    changes: tuple[str, ...] = ()


class RunTable(QAbstractTableModel):
    """One row a run, newest first; the name and the star can be edited, which `said` tells."""

    said = Signal(object, object)

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: list[Row] = []
        self._shown: list[Run] = []

    def show_rows(self, rows: list[Row]) -> bool:
        """Show these; whether other runs, or in another order, were there before."""
        if rows == self._rows:
            return False
        if [row.run for row in rows] == [row.run for row in self._rows]:
            self._rows = rows
            self.repaint()
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def mark_shown(self, runs: list[Run]) -> None:
        """Which runs' curves are on the screen; several have the sample of their line here."""
        self._shown = list(runs)
        self.repaint()

    def repaint(self) -> None:
        """Every cell may have changed."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def say(self, run: Run, said: About) -> None:
        """What is said of a run now, before it is read anew: the next change begins with it."""
        self._rows = [replace(row, about=said) if row.run == run else row for row in self._rows]
        self.repaint()

    @property
    def rows(self) -> list[Row]:
        """Every row."""
        return list(self._rows)

    def row_of(self, run: Run | None) -> int:
        """The row of a run; -1 where it is not there."""
        return next((i for i, row in enumerate(self._rows) if row.run == run), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _say(COLUMNS[section])
            case Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(section)
            case Qt.ItemDataRole.ToolTipRole if section == STAR:
                return _say("Favourites")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        can_edit = Qt.ItemFlag.ItemIsEditable if index.column() == NAME else Qt.ItemFlag(0)
        return super().flags(index) | can_edit

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if role != Qt.ItemDataRole.EditRole or index.column() != NAME:
            return False
        name = " ".join(str(value).split())
        said = replace(row.about, name="" if name == row.run.id else name)
        # After the field is gone: what it does to the row would take it away under our feet.
        QTimer.singleShot(0, self, lambda: self.said.emit(row.run, said))
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text_of(row, column)
            case Qt.ItemDataRole.EditRole:
                return row.about.name or row.run.id
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(column)
            case Qt.ItemDataRole.FontRole:
                return theme.figure_font(12)
            case Qt.ItemDataRole.ForegroundRole if column == STAR:
                return theme.color(self._appearance.theme.warn)
            case Qt.ItemDataRole.AccessibleTextRole if column == STAR:
                return _say("favourite") if row.about.is_favourite else _say("no favourite")
        return _rank(row, column) if role == SORTED_BY else None

    def _picture(self, row: Row, column: int) -> object:
        look = self._appearance.theme
        if column == STATE:
            state = LOOKS[row.summary.state]
            return assets.icon(state.icon, getattr(look, state.tone), 16)
        if column == NAME and len(self._shown) > 1 and row.run in self._shown:
            return swatch(run_line(self._shown.index(row.run), look))
        return None


class RunFilter(QSortFilterProxyModel):
    """The runs that a person looks for: by words of name, tags, note and state; or favourites."""

    def __init__(self, table: RunTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._words: list[str] = []
        self._only_favourites = False
        self.setSourceModel(table)
        self.setSortRole(SORTED_BY)

    def look_for(self, text: str, only_favourites: bool) -> None:
        """Show only runs that have every word, and a star where that is asked for."""
        self._words, self._only_favourites = text.casefold().split(), only_favourites
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        row = self._table.rows[source_row]
        if self._only_favourites and not row.about.is_favourite:
            return False
        said = (row.run.id, row.about.name, row.about.note, *row.about.tags, row.summary.device,
                _say(LOOKS[row.summary.state].word))  # fmt: skip
        text = " ".join(said).casefold()
        return all(word in text for word in self._words)

    def row_at(self, row: int) -> Row:
        """The run in a row as it is seen."""
        return self._table.rows[self.mapToSource(self.index(row, 0)).row()]

    def place_of(self, run: Run) -> int:
        """The row in which a run is seen; -1 where it isn't."""
        row = self._table.row_of(run)
        return self.mapFromSource(self._table.index(row, 0)).row() if row >= 0 else -1


def swatch(line: Line) -> QPixmap:
    """A piece of a run's line, as large as an icon."""
    ratio = 2
    made = QPixmap(SWATCH[0] * ratio, SWATCH[1] * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_sample(painter, QPointF(1, SWATCH[1] / 2), line)
    painter.end()
    return made


def text_of(row: Row, column: int) -> str:
    """What a cell says."""
    summary = row.summary
    match column:
        case 0:
            return _say(LOOKS[summary.state].word)
        case 1:
            return when(summary.started)
        case 2:
            return f"{summary.epochs} / {summary.planned}" if summary.planned else format.NOTHING
        case 3:
            name, value = best_metric(summary)
            return figure(value) + (f" {name}" if name != "accuracy" else "") if name else "—"
        case 4:
            return figure(summary.best["loss"]) if "loss" in summary.best else format.NOTHING
        case 5:
            return format.duration(summary.seconds) if summary.seconds else format.NOTHING
        case 6:
            return summary.device or format.NOTHING
        case 7:
            return "★" if row.about.is_favourite else ""
        case 8:
            return ", ".join(row.about.tags)
    return row.about.name or summary.id


def best_metric(summary: RunSummary) -> tuple[str, float]:
    """The first metric of the best epoch with its name; ("", 0) where nothing but loss was."""
    names = [name for name in summary.best if not name.startswith(("loss", "objective"))]
    names.sort(key=lambda name: (name != "accuracy", "." in name))
    return (names[0], summary.best[names[0]]) if names else ("", 0.0)


def _rank(row: Row, column: int) -> object:
    summary = row.summary
    match column:
        case 1:
            return summary.started.timestamp() if summary.started else 0.0
        case 2:
            return summary.epochs
        case 3:
            return best_metric(summary)[1]
        case 4:
            return summary.best.get("loss", float("inf"))
        case 5:
            return summary.seconds
    return text_of(row, column).casefold()


def _tip(row: Row, column: int) -> str:
    if column == STAR:
        return _say("A click makes it a favourite, or takes that back")
    return row.summary.problem or row.about.note or str(row.run.folder)


def when(moment: datetime | None, now: datetime | None = None) -> str:
    """A moment in local time; of today only the time of day."""
    if moment is None:
        return format.NOTHING
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    local, today = aware.astimezone(), (now or datetime.now(UTC)).astimezone().date()
    return f"{local:%H:%M:%S}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"


def _aligned(column: int) -> Qt.AlignmentFlag:
    if column == STAR:
        return Qt.AlignmentFlag.AlignCenter
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
