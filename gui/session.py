"""Where the windows stood when the program was last used, and what each of them showed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF

from graphcore.analysis.overlays import OVERLAYS
from graphcore.project.graph import NodeId

if TYPE_CHECKING:
    from gui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Seat:
    """A window: its file (empty while untitled), geometry, panels, and its look at the drawing.

    `zoom` is 0 where the whole drawing was shown. Geometry and panels are Qt's own bytes in base64.
    """

    file: str = ""
    geometry: str = ""
    panels: str = ""
    steps: tuple[str, ...] = ()
    zoom: float = 0.0
    center: tuple[float, float] = (0.0, 0.0)
    overlay: str = ""

    def with_file(self, path: Path | None) -> Seat:
        """The same place for another file, of which nothing was looked at yet."""
        return replace(self, file=str(path or ""), steps=(), zoom=0.0)

    @property
    def path(self) -> Path | None:
        """The file; None while untitled."""
        return Path(self.file) if self.file else None


def seat_of(window: MainWindow) -> Seat:
    """How a window stands now."""
    canvas, path = window.canvas, window.document.path
    center = canvas.seen().center()
    return Seat(
        str(path or ""),
        "" if window.presenting.is_on else _text(window.saveGeometry()),
        "" if window.presenting.is_on else _text(window.saveState()),
        window.selection.place.steps,
        0.0 if canvas.is_whole_shown else canvas.zoom,
        (center.x(), center.y()),
        window.overlaying.shown or "",
    )


def take_seat(window: MainWindow, seat: Seat) -> None:
    """Stand where that seat is; what the system or the program no longer knows is left out."""
    if seat.geometry:
        window.restoreGeometry(_bytes(seat.geometry))
    if seat.panels:
        window.restoreState(_bytes(seat.panels))


def look_as(window: MainWindow, seat: Seat) -> None:
    """Look at the drawing as it was looked at from that seat."""
    window.selection.place.go(NodeId(step) for step in seat.steps)
    if seat.zoom > 0:
        window.canvas.look_as(seat.zoom, QPointF(*seat.center))
    window.overlaying.show(next((name for name in OVERLAYS if name == seat.overlay), None))


def to_text(seats: list[Seat]) -> str:
    """The seats as a line of JSON."""
    return json.dumps([asdict(seat) for seat in seats])


def from_text(text: str) -> list[Seat]:
    """The seats of a line of JSON; none where somebody else wrote it."""
    try:
        return [_seat(record) for record in json.loads(text)]
    except (ValueError, TypeError, KeyError):
        return []


def _seat(record: dict) -> Seat:
    x, y = record["center"]
    return Seat(
        str(record["file"]),
        str(record["geometry"]),
        str(record["panels"]),
        tuple(str(step) for step in record["steps"]),
        float(record["zoom"]),
        (float(x), float(y)),
        str(record.get("overlay", "")),
    )


def _text(raw: QByteArray) -> str:
    return bytes(raw.toBase64().data()).decode()


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode())
