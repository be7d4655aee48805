"""The inspector's section on a node's saved weights: facts, histograms and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import format
from gui.panels.fold import Fold, Opened
from gui.panels.quiet_combo import QuietCombo
from gui.panels.tiles import label
from gui.panels.weight_pictures import Histogram, Pictures
from gui.theme import Appearance
from gui.weighing import LAST, Weighed, Weighing

if TYPE_CHECKING:
    from graphcore.training.weight_looks import WeightLook


class WeightsBox(QWidget):
    """A section that looks at weights while it stands open, anew with each that a run saves.

    Which run, and whether its best or last weights, is one choice for all nodes.
    """

    def __init__(
        self, weighing: Weighing, opened: Opened, appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._weighing, self._opened, self._appearance = weighing, opened, appearance
        self._path = ""
        self._shown: Weighed | None = None
        self._looks: QWidget | None = None
        self._title = self.tr("Weights")
        self._fold = Fold(self._title, opened, appearance, self)
        self._runs, self._kinds = QuietCombo(self.tr("Run")), QuietCombo(self.tr("Weights"))
        self._kinds.addItem(self.tr("Last weights"), LAST)
        self._kinds.addItem(self.tr("Best weights"), "best")
        self._choice = QWidget(self)
        lists = QVBoxLayout(self._choice)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(4)
        self._about = label("", "secondary", wraps=True)
        self._fold.rows.addWidget(self._choice)
        self._fold.rows.addWidget(self._about)
        for combo in (self._runs, self._kinds):
            lists.addWidget(combo)
            combo.activated.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._fold)
        self._fold.toggled.connect(self.refresh)

    def show_path(self, path: str) -> None:
        """Show the weights of the node with this path; nothing where it is empty."""
        self._path = path
        self.setVisible(bool(path))
        self._fold.show_state()
        self.refresh()

    def refresh(self) -> None:
        """Show what is known by now, and ask for what is not."""
        if not self._path or self._title not in self._opened:
            return
        self._weighing.ask(self._path)
        weighed = self._weighing.weighed
        if weighed is None or weighed.path != self._path:
            self._say(self.tr("The weights are read."))
            self._show_looks(Weighed(self._path))
        elif weighed is not self._shown:
            is_new = self.tr("Train the network to see its weights.")
            self._say(weighed.why if weighed.runs else is_new)
            self._offer(weighed)
            self._show_looks(weighed)

    def _say(self, words: str) -> None:
        self._about.setText(words)
        self._about.setVisible(bool(words))

    def _offer(self, weighed: Weighed) -> None:
        """The runs that there are; the first entry is whichever is the newest."""
        run, weights = self._weighing.chosen
        self._choice.setVisible(bool(weighed.runs))
        entries = [(self.tr("Newest: {0}").format(weighed.newest), None), *weighed.runs]
        known = [(self._runs.itemText(at), self._runs.itemData(at))
                 for at in range(self._runs.count())]  # fmt: skip
        if entries != known:  # else somebody may be choosing
            self._runs.clear()
            for name, other in entries:
                self._runs.addItem(name, other)
        found = [other for _, other in entries]
        self._runs.setCurrentIndex(found.index(run) if run in found else 0)
        self._kinds.setCurrentIndex(self._kinds.findData(weights))

    def _on_chosen(self) -> None:
        self._weighing.choose(self._runs.currentData(), self._kinds.currentData())

    def _show_looks(self, weighed: Weighed) -> None:
        self._shown = weighed
        if self._looks is not None:
            self._fold.rows.removeWidget(self._looks)
            self._looks.hide()
            self._looks.deleteLater()
        self._looks = QWidget(self)
        rows = QVBoxLayout(self._looks)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for look in weighed.looks:
            rows.addWidget(_Look(look, weighed.path, self._appearance, self._looks))
        self._fold.rows.addWidget(self._looks)
        self._looks.show()


class _Look(QWidget):
    """One tensor: its name and shape, facts, histogram and pictures."""

    def __init__(
        self, look: WeightLook, path: str, appearance: Appearance, parent: QWidget
    ) -> None:  # fmt: skip
        super().__init__(parent)
        name = look.name.removeprefix(f"{path}.")
        shape = " × ".join(map(str, look.shape)) or "1"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label(f"{name} · {shape}", wraps=True))
        histogram = Histogram(look, appearance.theme, self)
        histogram.setAccessibleName(self.tr("Histogram of {0}").format(name))
        histogram.setAccessibleDescription(self._facts(look))
        histogram.setToolTip(self.tr("From {0} to {1}; bars by the root of their counts").format(
            _brief(look.low), _brief(look.high)))  # fmt: skip
        layout.addWidget(histogram)
        layout.addWidget(label(self._facts(look), "secondary", wraps=True))
        if look.form:
            pictures = Pictures(look, appearance.theme, self)
            pictures.setAccessibleName(self.tr("Pictures of {0}").format(name))
            pictures.setAccessibleDescription(self._about(look))
            layout.addWidget(pictures)
            layout.addWidget(label(self._about(look), "caption", wraps=True))

    def _facts(self, look: WeightLook) -> str:
        text = self.tr("mean {0}, spread {1}, from {2} to {3}, {4} zeros").format(
            *map(_brief, (look.mean, look.spread, look.low, look.high)), format.share(look.zeros)
        )
        return f"{text}, {format.share(look.nans)} NaN" if look.nans else text

    def _about(self, look: WeightLook) -> str:
        if look.form == "map":
            return self.tr("Outputs from top to bottom; what has no colour is 0")
        text = self.tr("{0} of {1} filters, each from its lowest to its highest weight").format(
            len(look.pictures), look.shape[0]
        )
        if look.shape[1] in (1, 3):
            return text
        return self.tr("{0}; the first of {1} channels").format(text, look.shape[1])


def _brief(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
