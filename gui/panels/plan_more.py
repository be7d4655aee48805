"""The rest of the plan, folded by what it is for: a student needs none of it, an engineer all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphcore.errors import UserError
from graphcore.kinds.kind import Param
from graphcore.kinds.params import Bool, Choice, Float, Int
from graphcore.project.edits import MISSING, Set
from graphcore.project.plan import COMPILE_MODES, LOADINGS, PARALLEL, PRECISIONS, Plan
from graphcore.training.room import ROOM_FOR_COPIES, free_memory, sample_bytes
from gui import format
from gui.document import Document
from gui.panels.fold import Fold, Opened
from gui.panels.objective_form import plain, words
from gui.panels.param_row import ParamRow, Scope
from gui.panels.tiles import label
from gui.theme import Appearance

_PLAN = Plan()
BEST, LOADING = "Best epoch and checkpoints", "Loading of samples"
SPOKEN: Mapping[str, Mapping[str, str]] = {
    "compile": {"": "off"},
    "monitor": {"": "automatic"},
}
"""What an empty word of the plan is called in the form."""


def _param(name: str, kind: Bool | Choice | Float | Int, help: str, title: str = "",
           unit: str = "") -> Param:  # fmt: skip
    default = getattr(_PLAN, name)
    shown = SPOKEN.get(name, {}).get(default, default) if isinstance(default, str) else default
    spelled = title or format.title(name)
    return Param(name, kind, shown, help=help, title=spelled, unit=unit)


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together under one fold."""

    title: str
    params: tuple[Param, ...]


GROUPS = (
    Group("Precision and speed", (
        _param("precision", Choice(PRECISIONS), "What a step computes in. bfloat16 and float16 are"
               " faster on a GPU and take half the memory; weights stay float32."),
        _param("channels_last", Bool(), "Lay pictures out as GPUs and newer CPUs read them fastest;"
               " for convolutions.", "Channels last"),
        _param("compile", Choice(("off", *COMPILE_MODES[1:])), "Have torch.compile turn the network"
               " into faster code before the first step; that takes a while."),
        _param("cuda_graphs", Bool(), "Launch a step as a whole, where small steps keep a GPU"
               " waiting.", "CUDA graphs"),
        _param("deterministic", Bool(), "Only algorithms that give the same bits each time; slower"
               " on a GPU."),
    )),
    Group("Gradients and weights", (
        _param("clip_norm", Float(0, 1e9), "Shorten the gradient where it is longer than this; 0"
               " is off, 1 is usual.", "Clip norm"),
        _param("clip_value", Float(0, 1e9), "Cut each number of the gradient at this; 0 is off.",
               "Clip value"),
        _param("accumulate", Int(1, 10**5), "One step over so many batches: a large batch in"
               " little memory.", unit="batches"),
        _param("ema", Float(0, 0.999999), "Keep a running mean of the weights (EMA), which is"
               " validated and exported; 0 is off, 0.999 is usual.", "Average (EMA)"),
    )),
    Group(BEST, (
        _param("monitor", Choice(("automatic", "loss")), "What decides which epoch is"
               " the best, on the samples held back; automatic is accuracy, else the loss."),
        _param("patience", Int(0, 10**6), "End the run after so many epochs that are no better; 0"
               " is off.", unit="epochs"),
        _param("min_delta", Float(0, 1e9), "How much better counts as better.", "Least gain"),
        _param("keep", Int(1, 10**4), "How many states of the run stay on disk.", "Checkpoints"),
    )),
    Group(LOADING, (
        _param("loading", Choice(LOADINGS), "Hold all samples in memory, or stream them from the"
               " disk; automatic looks at their size."),
        _param("workers", Int(0, 256), "Processes that read ahead while samples stream; 0 leaves"
               " the choice to Netwright.", unit="processes"),
    )),
    Group("Several processes", (
        _param("processes", Int(1, 1024), "So many processes of this machine train one model"
               " together, each on a share of every batch; never in a thread of the window."),
        _param("parallel", Choice(PARALLEL), "ddp: each has the whole model. fsdp: each holds a"
               " share of it, where the whole doesn't fit.", "Way"),
    )),
)  # fmt: skip


class PlanMore(QWidget):
    """A fold for each group, shut at first, that says what differs from the defaults."""

    def __init__(
        self, document: Document, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._opened: Opened = set()
        self._shown: dict[str, object] = {}
        self.rows: dict[str, ParamRow] = {}
        self.folds: dict[str, Fold] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        self._appearance = appearance
        for group in GROUPS:
            fold = Fold(group.title, self._opened, appearance, self)
            for param in group.params:
                fold.rows.addWidget(self._row(param, fold))
            fold.show_state()
            self.folds[group.title] = fold
            column.addWidget(fold)
        self._loads = label("", "caption", wraps=True)
        self.folds[LOADING].rows.addWidget(self._loads)

    def _row(self, param: Param, fold: Fold) -> ParamRow:
        row = ParamRow(param, self._appearance, fold.inside)
        row.entered.connect(
            lambda value, gesture: self._on_entered(self.rows[param.name].param, value, gesture)
        )
        self.rows[param.name] = row
        return row

    def show_measured(self, names: Sequence[str]) -> None:
        """Offer what an epoch can be best by: the loss and whatever is measured."""
        row, fold = self.rows["monitor"], self.folds[BEST]
        monitor = self._document.project.plan.monitor
        words = tuple(dict.fromkeys(("automatic", "loss", *names, monitor or "loss")))
        if row.param.type == Choice(words):
            return
        place = fold.rows.indexOf(row)
        fold.rows.removeWidget(row)
        row.deleteLater()
        self._shown.pop("monitor", None)
        fold.rows.insertWidget(place, self._row(replace(row.param, type=Choice(words)), fold))
        self.refresh()

    def _say_loading(self) -> None:
        data, plan = self._document.project.data, self._document.project.plan
        size = sample_bytes(data)
        if plan.loading == "stream":
            text = self.tr("Every batch is read when it is needed, the next ones ahead of it.")
        elif size is None:
            text = self.tr("Held in memory where all samples fit, else read batch by batch.")
        else:
            text = self.tr("{0} samples take {1}.").format(
                format.exact(data.samples), format.byte_count(size)
            )
            if plan.loading == "auto":
                fits = size * ROOM_FOR_COPIES <= free_memory()
                held = self.tr("They fit, and are held in memory.")
                streamed = self.tr("They don’t fit in memory, and are read batch by batch.")
                text = f"{text} {held if fits else streamed}"
        self._loads.setText(text)

    def refresh(self) -> None:
        """Show the plan as it stands."""
        plan = self._document.project.plan
        for name, row in self.rows.items():
            value = _spoken(name, getattr(plan, name))
            if self._shown.get(name, MISSING) != value:
                self._shown[name] = value
                row.show_values([MISSING if value == row.param.default else value], Scope())
        self._say_loading()
        for group in GROUPS:
            self.folds[group.title].say(_summary(group, plan))

    def _on_entered(self, param: Param, value: object, gesture: int) -> None:
        try:
            shown = plain(value, param)
            unspoken = {word: key for key, word in SPOKEN.get(param.name, {}).items()}
            chosen = unspoken.get(shown, shown) if isinstance(shown, str) else shown
            text = self.tr("Set {0} to {1}").format(words(param.name), format.value(shown))
            self._document.do(Set(("plan", param.name), chosen), text, gesture=gesture)
            self.refresh()
        except UserError as error:
            self.rows[param.name].complain(f"{error.message} {error.hint}")


def _spoken(name: str, value: object) -> object:
    return SPOKEN.get(name, {}).get(value, value) if isinstance(value, str) else value


def _summary(group: Group, plan: Plan) -> str:
    """What differs from the defaults, in a few words."""
    found = []
    for param in group.params:
        value = _spoken(param.name, getattr(plan, param.name))
        if value != param.default:
            is_plain = isinstance(value, str) and param.name in ("precision", "loading")
            name = "" if is_plain else param.title
            shown = "" if value is True else str(format.value(value))
            found.append(f"{name} {shown}".strip())
    return " · ".join(found)
