"""How a layer's weights and biases begin: a way from torch.nn.init's list, and its params."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from graphcore.analysis.result import NodeFacts
from graphcore.kinds.inits import (
    BIAS_INITS,
    DEFAULT,
    INITS,
    begun,
    bias_of,
    chosen,
    misfit,
    own_weights,
)
from graphcore.kinds.kind import Kind
from graphcore.project.edits import MISSING
from graphcore.project.graph import Node
from gui.panels.choice_row import captioned
from gui.panels.form import ParamForm
from gui.panels.param_row import Scope
from gui.panels.typed_value import DIFFERENT
from gui.theme import Appearance

Setting = Mapping[str, object]
Shown = Sequence[tuple[Node, Kind, NodeFacts]]


def init_words(setting: object) -> str:
    """The beginning in a word or two; empty where it is torch's own."""
    name = str(setting.get("name", DEFAULT)) if isinstance(setting, Mapping) else DEFAULT
    return INITS[name].title if name != DEFAULT and name in INITS else ""


class InitBox(QWidget):
    """Two choices with their params; `entered` carries the whole setting and a gesture."""

    entered = Signal(object, int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting: Setting = {}
        self._weights = _Way(self.tr("Weights begin"), tuple(INITS), appearance, self)
        self._bias = _Way(self.tr("Bias begins"), BIAS_INITS, appearance, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._weights)
        layout.addWidget(self._bias)
        self._weights.entered.connect(self._on_weights_entered)
        self._bias.entered.connect(self._on_bias_entered)

    def abandon(self) -> None:
        """Forget half-typed text."""
        self._weights.abandon()
        self._bias.abandon()

    def show_nodes(self, nodes: Shown) -> None:
        """Show how the weights of these layers begin."""
        settings = [node.settings.get("init", {}) for node, _, _ in nodes]
        is_same = all(setting == settings[0] for setting in settings)
        first = settings[0] if settings else {}
        self._setting = first if is_same and isinstance(first, Mapping) else {}
        weights = [own_weights(kind, facts.params, facts.weights) for _, kind, facts in nodes]
        whys = {
            name: next((why for known in weights if (why := _misfit(known, name))), "")
            for name in INITS
        }
        self._weights.show_choice(self._setting, whys, is_same=is_same)
        has_bias = any("bias" in name for known in weights for name, _ in known)
        self._bias.setVisible(has_bias and is_same)
        self._bias.show_choice(bias_of(self._setting), {}, is_same=is_same)

    def _on_weights_entered(self, choice: Setting, gesture: int) -> None:
        bias = {"bias": self._setting["bias"]} if "bias" in self._setting else {}
        self._enter({**choice, **bias}, gesture)

    def _on_bias_entered(self, choice: Setting, gesture: int) -> None:
        kept = {key: value for key, value in self._setting.items() if key != "bias"}
        usual = bias_of(kept)
        self._enter(kept if choice == usual else {**kept, "bias": choice}, gesture)

    def _enter(self, setting: Setting, gesture: int) -> None:
        is_torchs = setting.get("name", DEFAULT) == DEFAULT and "bias" not in setting
        whole = MISSING if is_torchs else {"name": DEFAULT, **setting}
        self.entered.emit(whole, gesture)


def _misfit(weights: Sequence[tuple[str, tuple[int, ...]]], name: str) -> str:
    """Why these weights can't begin that way; empty where they can."""
    found = (misfit(choice, shape) for (_, shape), choice in begun(weights, chosen(name)))
    return next((why for why in found if why), "")


class _Way(QWidget):
    """One choice of the list with the params of what is chosen."""

    entered = Signal(object, int)

    def __init__(
        self, title: str, names: tuple[str, ...], appearance: Appearance, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._name = ""
        self._choice: Setting = {}
        self._combo = QComboBox(self)
        for name in names:
            self._combo.addItem(INITS[name].title, name)
        self._form: ParamForm | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._rows.addLayout(captioned(title, self._combo))
        self._combo.activated.connect(self._on_activated)

    def abandon(self) -> None:
        """Forget half-typed text."""
        if self._form is not None:
            self._form.abandon()

    def show_choice(self, choice: Setting, whys: Mapping[str, str], *, is_same: bool) -> None:
        """Show a way and its params; `whys` says of a way why it can't be."""
        self._choice = choice
        name = str(choice.get("name", DEFAULT)) if is_same else ""
        self._combo.setCurrentIndex(self._combo.findData(name))
        self._combo.setToolTip(INITS[name].help if name in INITS else "")
        for row in range(self._combo.count()):
            self._show_row(row, whys.get(str(self._combo.itemData(row)), ""))
        if name != self._name:
            self._make_form(name)
        params = choice.get("params", {})
        if self._form is not None and isinstance(params, Mapping):
            self._form.show_values([params], Scope())

    def _show_row(self, row: int, why: str) -> None:
        help = INITS[str(self._combo.itemData(row))].help
        self._combo.setItemData(row, f"It {why}." if why else help, Qt.ItemDataRole.ToolTipRole)
        model = self._combo.model()
        assert isinstance(model, QStandardItemModel)
        model.item(row).setEnabled(not why)

    def _make_form(self, name: str) -> None:
        self._name = name
        if self._form is not None:
            self._rows.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        params = INITS[name].params if name in INITS else ()
        if params:
            self._form = ParamForm(params, self._appearance, self)
            self._form.entered.connect(self._on_param_entered)
            self._rows.addWidget(self._form)
            self._form.show()

    def _on_activated(self, row: int) -> None:
        name = str(self._combo.itemData(row))
        if name != self._name:
            self.entered.emit(chosen(name), -1)

    def _on_param_entered(self, name: str, value: object, gesture: int) -> None:
        if value is DIFFERENT:
            return
        given = self._choice.get("params", {})
        kept = dict(given) if isinstance(given, Mapping) else {}
        kept = {key: old for key, old in kept.items() if key != name}
        params = kept if value is MISSING else {**kept, name: value}
        whole: dict[str, object] = {"name": self._name}
        self.entered.emit({**whole, "params": params} if params else whole, gesture)
