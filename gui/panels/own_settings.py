"""The inspector's sections on nodes' own settings: training, structure, problems silenced."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphcore.analysis.result import NodeFacts
from graphcore.errors import UserError
from graphcore.kinds.kind import Kind, Param
from graphcore.kinds.params import Bool, Choice, Float, Int
from graphcore.project.edits import MISSING, Edit, Set, Together
from graphcore.project.graph import Node
from graphcore.project.lending import has_layer
from graphcore.project.switches import why_not
from gui.analyser import Analyser
from gui.document import Document
from gui.panels.fold import Fold, Opened
from gui.panels.form import ParamForm
from gui.panels.init_box import InitBox, init_words
from gui.panels.param_row import Scope
from gui.panels.sharing_box import SharingBox
from gui.panels.silence_box import SilenceBox
from gui.panels.tiles import label
from gui.panels.typed_value import DIFFERENT
from gui.place import Place
from gui.theme import Appearance

AS_PLANNED = "as planned"
_DECAYS: Mapping[object, str] = {True: "on", False: "off", MISSING: AS_PLANNED}
MOST_TURNS = 1000


def training_params(say: Callable[[str], str]) -> list[Param]:
    """What the weights of a layer are told about training, as params so that fields serve."""
    return [
        Param("freeze", Bool(), False,
              help=say("Keep these weights as they are while training.")),
        Param("lr_factor", Float(0), 1.0, title=say("Learning rate ×"),
              help=say("Its learning rate is the plan's times this.")),
        Param("decay", Choice(tuple(_DECAYS.values())), AS_PLANNED, title=say("Weight decay"),
              help=say("Whether the plan's weight decay pulls on these weights.")),
    ]  # fmt: skip


def structure_params(say: Callable[[str], str]) -> list[Param]:
    """What a node does in the drawing, as params."""
    return [
        Param("bypass", Bool(), False, help=say("Pass the first input on unchanged.")),
        Param("mute", Bool(), False,
              help=say("Put out zeros; the term of a loss doesn't count.")),
        Param("repeat", Int(0, MOST_TURNS), 0, unit=say("times"),
              help=say("How often the block follows itself; 0 and it stands once.")),
    ]  # fmt: skip


class OwnSettings(QWidget):
    """The sections of one node or of several; every change is one for all of them."""

    fold_toggled = Signal()

    def __init__(
        self, document: Document, analyser: Analyser, place: Place, appearance: Appearance,
        opened: Opened, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._analyser, self._place = document, analyser, place
        self._nodes: list[Node] = []
        self._training = Fold(self.tr("Training"), opened, appearance, self)
        self._structure = Fold(self.tr("Structure"), opened, appearance, self)
        self._silent = Fold(self.tr("Problems silenced"), opened, appearance, self)
        self._weights = ParamForm(training_params(self.tr), appearance, self._training.inside)
        self._inherited = label("", "secondary", wraps=True)
        self._init = InitBox(appearance, self._training.inside)
        self._form = ParamForm(structure_params(self.tr), appearance, self._structure.inside)
        self._turns = label(
            self.tr(
                "What comes out of a turn goes into the next. Formulas of the block's params know"
                " the turn as i, from 0: =64 * 2**i."
            ),
            "secondary", wraps=True,
        )  # fmt: skip
        self._sharing = SharingBox(self._structure.inside)
        self._silences = SilenceBox(appearance, self._silent.inside)
        self._lay_out()
        for form in (self._weights, self._form):
            form.entered.connect(self._on_entered)
        self._init.entered.connect(lambda value, gesture: self._set("init", value, gesture))
        self._sharing.owner_chosen.connect(lambda name: self._set("shares", name or MISSING))
        self._sharing.tie_chosen.connect(self._on_tie_chosen)
        self._silences.told_again.connect(self._on_told_again)

    def _lay_out(self) -> None:
        for fold, widgets in (
            (self._training, (self._weights, self._init, self._inherited)),
            (self._structure, (self._form, self._turns, self._sharing)),
            (self._silent, (self._silences,)),
        ):
            for widget in widgets:
                fold.rows.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for fold in (self._training, self._structure, self._silent):
            layout.addWidget(fold)

    def abandon(self) -> None:
        """Forget half-typed text: other nodes are about to be shown."""
        self._weights.abandon()
        self._form.abandon()
        self._init.abandon()

    def show_nodes(self, nodes: Sequence[Node], facts: Sequence[NodeFacts]) -> None:
        """Show how these nodes stand now, in place."""
        self._nodes = list(nodes)
        for fold in (self._training, self._structure, self._silent):
            fold.show_state()
        self._show_training(facts)
        self._show_structure(facts)
        self._show_silences()

    # Training

    def _show_training(self, facts: Sequence[NodeFacts]) -> None:
        heavy = {found.node for found in facts if found.weights or found.parameters}
        named = {node.id for node in self._nodes if node.kind == "nn.Parameter"}
        able = [n for n in self._able("freeze") if n.id in heavy | named]
        own = [node for node in able if not node.shares]
        self._training.setVisible(bool(able))
        self._weights.setVisible(bool(own))
        shown = [{**n.settings, "decay": _DECAYS[n.settings.get("decay", MISSING)]} for n in able]
        if shown:
            self._weights.show_values(shown, Scope())
        layers = [node for node in own if self._kind(node).is_layer and not self._has_own(node)]
        self._init.setVisible(bool(layers))
        if layers:
            known = {found.node: found for found in facts}
            self._init.show_nodes(
                [(n, self._kind(n), known.get(n.id, NodeFacts("", n.id))) for n in layers]
            )
        self._training.say(_all(map(_training_words, own)))
        words = self._words_from_around(able, own)
        self._inherited.setText(words)
        self._inherited.setVisible(bool(words))

    def _has_own(self, node: Node) -> bool:
        """Whether the kind has a param of that name, such as PReLU's slope at the start."""
        return self._kind(node).param("init") is not None

    def _words_from_around(self, able: list[Node], own: list[Node]) -> str:
        """What is not said here but counts: the owner of shared weights, a block around."""
        if able and not own:
            owners = sorted({node.shares for node in able})
            return self.tr("The weights are those of {}; set there how they train.").format(
                ", ".join(owners)
            )
        for block in reversed(self._place.blocks):
            if block.settings.get("freeze") is not None:
                is_frozen = block.settings["freeze"] is True
                text = self.tr("The block {} around is frozen, and what is in it with it.")
                return text.format(block.name) if is_frozen else ""
        return ""

    # Structure

    def _show_structure(self, facts: Sequence[NodeFacts]) -> None:
        able = {name: self._able(name) for name in self._form.rows}
        for name, row in self._form.rows.items():
            row.setVisible(bool(able[name]))
            if able[name]:
                row.show_values([node.settings.get(name, MISSING) for node in able[name]], Scope())
        self._form.setVisible(any(able.values()))
        self._turns.setVisible(bool(able["repeat"]))
        layers = [n for n in self._nodes if has_layer(self._document.project, n)]
        is_shown = bool(layers) and len(layers) == len(self._nodes)
        self._sharing.setVisible(is_shown)
        if is_shown:
            project, definition = self._document.project, self._place.definition
            known = self._place.facts(self._analyser.analysis)
            self._sharing.show_nodes(project, definition, layers, known)
        self._structure.setVisible(any(able.values()) or is_shown)
        self._structure.say(_all(map(_structure_words, self._nodes)))

    # Silence

    def _show_silences(self) -> None:
        rules = sorted({rule for node in self._nodes for rule in node.silenced})
        self._silent.setVisible(bool(rules))
        self._silent.say(str(len(rules)))
        self._silences.show_rules(rules)

    # What a person does

    def _able(self, name: str) -> list[Node]:
        """The nodes that this setting makes sense for."""
        project = self._document.project
        if name == "repeat":
            return [node for node in self._nodes if self._kind(node).role == "block"]
        if name in ("lr_factor", "decay", "init"):
            name = "freeze"
        if name in ("bypass", "mute", "freeze"):
            return [n for n in self._nodes if not why_not(project, n, name)]  # type: ignore[arg-type]
        return self._nodes

    def _on_entered(self, name: str, value: object, gesture: int) -> None:
        if value is DIFFERENT:
            return
        if name == "decay":
            value = next(key for key, word in _DECAYS.items() if word == (value or AS_PLANNED))
        elif name == "repeat" and value == 0:
            value = MISSING
        self._set(name, value, gesture)

    def _set(self, name: str, value: object, gesture: int = -1) -> None:
        where, nodes = self._place.definition, self._able(name)
        edits: list[Edit] = [
            Set(("nodes", where, node.id, "settings", name), value)
            for node in nodes
            if node.settings.get(name, MISSING) != value
            and (value is not MISSING or name in node.settings)
        ]
        self._do(edits, self.tr("Change {0} of {1}").format(name, self._subject(nodes)), gesture)

    def _on_tie_chosen(self, weight: str, path: str) -> None:
        node = self._nodes[0]
        kept = {name: tied for name, tied in node.ties.items() if name != weight}
        ties = {**kept, weight: path} if path else kept
        self._set("ties", ties or MISSING)

    def _on_told_again(self, rule: str) -> None:
        where = self._place.definition
        edits: list[Edit] = []
        for node in self._nodes:
            kept = tuple(other for other in node.silenced if other != rule)
            if kept != node.silenced:
                path = ("nodes", where, node.id, "settings", "silenced")
                edits.append(Set(path, kept or MISSING))
        self._do(edits, self.tr("Tell {0} at {1} again").format(rule, self._subject(self._nodes)))

    def _do(self, edits: list[Edit], text: str, gesture: int = -1) -> None:
        if not edits:
            return
        edit = edits[0] if len(edits) == 1 else Together(tuple(edits))
        try:
            self._document.do(edit, text, gesture=gesture)
        except UserError as error:
            self._inherited.setText(str(error))
            self._inherited.show()

    def _subject(self, nodes: Sequence[Node]) -> str:
        return nodes[0].name if len(nodes) == 1 else self.tr("{} nodes").format(len(nodes))

    def _kind(self, node: Node) -> Kind:
        return self._document.project.kind(node.kind)


def _all(words: object) -> str:
    """What is said of every node alike, else that they differ."""
    found = list(dict.fromkeys(words))  # type: ignore[call-overload]
    return found[0] if len(found) == 1 else "…" if found else ""


def _training_words(node: Node) -> str:
    said = ["frozen"] if node.settings.get("freeze") else []
    if node.settings.get("lr_factor", 1.0) != 1.0:
        said.append(f"rate × {node.settings['lr_factor']:g}")
    if "decay" in node.settings:
        said.append("decay" if node.settings["decay"] else "no decay")
    said.append(init_words(node.settings.get("init")))
    return " · ".join(word for word in said if word)


def _structure_words(node: Node) -> str:
    said = [word for word, is_on in (("bypassed", node.is_bypassed), ("muted", node.is_muted))
            if is_on]  # fmt: skip
    if node.repeat:
        said.append(f"{node.repeat} times")
    if node.shares:
        said.append(f"weights of {node.shares}")
    if node.ties:
        said.append("tied")
    return " · ".join(said)
