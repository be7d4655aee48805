"""The inspector's page inside a block with nothing selected: name, ports and params."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from graphcore.errors import UserError
from graphcore.kinds.kind import Param
from graphcore.kinds.params import Plain
from graphcore.project.definitions import DefinitionParam
from graphcore.project.edits import MISSING, Edit
from graphcore.project.exposing import (
    add_param,
    instances,
    raise_param,
    remove_param,
    rename_param,
    set_default,
)
from gui import assets, format
from gui.analyser import Analyser
from gui.document import Document
from gui.panels.block_box import DefinitionName
from gui.panels.tiles import label
from gui.panels.typed_field import TextField
from gui.panels.value_line import ValueLine
from gui.place import Place
from gui.theme import Appearance, Theme


class DefinitionPage(QWidget):
    """What the block that is shown is called, takes and yields, and which params it exposes."""

    def __init__(
        self, document: Document, analyser: Analyser, place: Place, appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._analyser, self._place = document, analyser, place
        self._appearance = appearance
        self._name = DefinitionName(document, self)
        self._count = label("", "secondary", wraps=True)
        self._ports = label("", wraps=True)
        self._ports.setAccessibleName(self.tr("Ports"))
        self._rows: dict[str, ParamLine] = {}
        self._box = QVBoxLayout()
        self._box.setSpacing(6)
        self._message = label("", "error", wraps=True)
        self._message.hide()
        self._add = QPushButton(self.tr("Add a param"), self)
        self._add.clicked.connect(self._on_add_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 12)
        layout.setSpacing(8)
        for widget in (label(self.tr("Block"), "heading"), self._name, self._count,
                       label(self.tr("Ports"), "heading"), self._ports,
                       label(self.tr("Params"), "heading")):  # fmt: skip
            layout.addWidget(widget)
        layout.addLayout(self._box)
        hint = self.tr("Each instance chooses their values. Write =name in a field inside.")
        layout.addWidget(self._message)
        layout.addWidget(self._add)
        layout.addWidget(label(hint, "secondary", wraps=True))
        layout.addStretch(1)

    def refresh(self) -> None:
        """Show how the definition stands now, in place."""
        project, name = self._document.project, self._place.definition
        self._name.show_name(name)
        number = len(instances(project, name))
        self._count.setText(
            self.tr("One block of it.") if number == 1
            else self.tr("{} blocks share it; what changes here changes in all.").format(number)
        )  # fmt: skip
        self._ports.setText(self._ports_text())
        params = project.definitions[name].params
        if list(params) != list(self._rows):
            self._fill(list(params))
        for param, row in self._rows.items():
            row.show_param(params[param])

    def _ports_text(self) -> str:
        facts = self._place.facts(self._analyser.analysis)
        nodes = sorted(self._place.graph(self._document.project).nodes.values(),
                       key=lambda node: node.order)  # fmt: skip
        lines = []
        for kind, words in (("io.Input", self.tr("in")), ("io.Output", self.tr("out"))):
            for node in (node for node in nodes if node.kind == kind):
                found = facts.get(node.id)
                types = (found.outputs or found.inputs).values() if found else ()
                shape = next((format.type_text(one) for one in types), "")
                lines.append(f"{words}  {node.name}  {shape}".rstrip())
        return "\n".join(lines) or self.tr("None yet. Place an Input and an Output.")

    def _fill(self, names: list[str]) -> None:
        for row in self._rows.values():
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {
            name: ParamLine(name, self, self._appearance, is_first=name == names[0])
            for name in names
        }
        before: QWidget = self._name.line
        for row in self._rows.values():
            self._box.addWidget(row)
            for stop in row.stops:  # what is made later would be last for Tab, behind the canvas
                QWidget.setTabOrder(before, stop)
                before = stop

    # What a row asks for

    def rename(self, name: str, new: str) -> bool:
        """Another name for a param; whether it could be."""
        project, definition = self._document.project, self._place.definition
        return self._do(
            lambda: rename_param(project, definition, name, new),
            self.tr("Rename param {} to {}").format(name, new),
        )

    def change(self, name: str, default: object) -> None:
        """Another default for a param."""
        project, definition = self._document.project, self._place.definition
        if default is not MISSING:
            self._do(
                lambda: set_default(project, definition, name, default),
                self.tr("Change default of {}").format(name),
            )

    def lift(self, name: str) -> None:
        """A param one place up; the keyboard stays with it."""
        project, definition = self._document.project, self._place.definition
        self._do(
            lambda: raise_param(project, definition, name),
            self.tr("Move param {} up").format(name),
        )
        self.refresh()
        line, _, up, _ = self._rows[name].stops
        (up if up.isEnabled() else line).setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, name: str) -> None:
        """A param gone."""
        project, definition = self._document.project, self._place.definition
        self._do(
            lambda: remove_param(project, definition, name),
            self.tr("Remove param {}").format(name),
        )

    def _on_add_clicked(self) -> None:
        project, definition = self._document.project, self._place.definition
        self._do(lambda: add_param(project, definition), self.tr("Add a param"))

    def _do(self, make: Callable[[], Edit], text: str) -> bool:
        try:
            self._document.do(make(), text)
        except UserError as error:
            self.complain(str(error))
            return False
        self.complain("")
        return True

    def complain(self, message: str) -> None:
        """Say below the params what is wrong; "" for nothing."""
        self._message.setText(message)
        self._message.setVisible(bool(message))


class ParamLine(QWidget):
    """A param's name, its default, and buttons that lift it or take it away."""

    def __init__(
        self, name: str, page: DefinitionPage, appearance: Appearance, *, is_first: bool
    ) -> None:
        super().__init__(page)
        self._name, self._page = name, page
        self._line = ValueLine(self)
        self._line.setText(name)
        self._line.setAccessibleName(self.tr("Name of param {}").format(name))
        title = self.tr("Default of {}").format(name)
        self._field = TextField(Param(name, Plain(), 0, title=title), self)
        self._field.setToolTip(self.tr("What it is where an instance chooses nothing"))
        self._icons = {
            "arrow-up": (up := QToolButton(self)),
            "delete": (remove := QToolButton(self)),
        }
        up.setToolTip(self.tr("Move {} up, here and in the code").format(name))
        up.setAccessibleName(self.tr("Move {} up").format(name))
        up.setDisabled(is_first)
        remove.setToolTip(self.tr("Remove {}: formulas inside take its default").format(name))
        remove.setAccessibleName(self.tr("Remove {}").format(name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._line, 1)
        row.addWidget(self._field, 1)
        row.addWidget(up)
        row.addWidget(remove)
        self._line.finished.connect(self._on_renamed)
        self._line.escaped.connect(self._restore)
        self._field.entered.connect(lambda value: page.change(name, value))
        self._field.refused.connect(page.complain)
        remove.clicked.connect(lambda: page.remove(name))
        up.clicked.connect(lambda: page.lift(name))
        self.stops = (self._line, self._field.line, up, remove)
        appearance.changed.connect(self._paint_icons)
        self._paint_icons(appearance.theme)

    def _paint_icons(self, theme: Theme) -> None:
        for name, button in self._icons.items():
            button.setIcon(assets.icon(name, theme.secondary, 14))

    def show_param(self, param: DefinitionParam) -> None:
        """Show its default as it is now."""
        self._field.show_value(param.default, param.default)

    def _on_renamed(self) -> None:
        new = self._line.text().strip()
        if new != self._name and not self._page.rename(self._name, new):
            self._restore()

    def _restore(self) -> None:
        self._line.is_typing = False
        self._line.setText(self._name)
