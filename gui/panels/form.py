"""The form of a kind's params: one row each, in place for as long as the kind is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphcore.errors import UserError
from graphcore.kinds.kind import Param
from graphcore.project.edits import MISSING
from gui.panels.param_row import ParamRow, Scope
from gui.theme import Appearance


class ParamForm(QWidget):
    """One row for each param; `entered` carries the param's name, its value and the gesture.

    `exposed` carries the name and the value of a param that the block around shall have.
    """

    entered = Signal(str, object, int)
    exposed = Signal(str, object)

    def __init__(
        self, params: Iterable[Param], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows: dict[str, ParamRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for param in params:
            row = ParamRow(param, appearance, self)
            row.entered.connect(
                lambda value, gesture, name=param.name: self.entered.emit(name, value, gesture)
            )
            row.exposed.connect(lambda value, name=param.name: self.exposed.emit(name, value))
            self.rows[param.name] = row
            layout.addWidget(row)

    def show_values(self, params: Iterable[Mapping[str, object]], scope: Scope) -> None:
        """Show the params of one node or of several."""
        nodes = list(params)
        for name, row in self.rows.items():
            row.show_values([node.get(name, MISSING) for node in nodes], scope)

    def abandon(self) -> None:
        """Forget half-typed text in every field."""
        for row in self.rows.values():
            row.abandon()

    def complain(self, name: str, error: UserError) -> None:
        """Say under a param why a value was refused."""
        self.rows[name].complain(str(error))
