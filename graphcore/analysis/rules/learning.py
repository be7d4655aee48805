"""Whether what should learn can learn: gradients, frozen parameters, ties, depth."""

from __future__ import annotations

from dataclasses import replace

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, Sheet, problem
from graphcore.analysis.rules.flow import (
    ARRANGING,
    BATCH_NORMS,
    DROPPING,
    INSTANCE_NORMS,
    bare,
    trace,
)
from graphcore.analysis.rules.structure import add_loss
from graphcore.analysis.rules.ways import made, set_param, set_setting, take_out
from graphcore.project.edits import MISSING, AddNode, Connect, Edit, RemoveNode, SetParam, Together
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.types import Tensor

CUTTING = frozenset(
    "detach argmax argmin argsort onehot round floor ceil sign eq ne gt lt ge le isnan "
    "searchsorted bucketize randlike zeroslike oneslike".split()
)
"""What lets no gradient through."""


def no_gradient(sheet: Sheet) -> list[Problem]:
    """Parameters that no loss depends on keep their random start for ever."""
    terms = sheet.parts.terms
    if not terms:
        return []
    reached: set[NodeId] = set()
    cuts: dict[NodeId, None] = {}
    for term in terms:
        _reach_back(sheet, term.node, reached, cuts)
    learned = {n for n in reached if _is_learned(sheet, n)}
    learners = [n for n in (*sheet.parts.model, *sheet.parts.objective) if _is_learned(sheet, n)]
    lost = [node for node in learners if node not in learned]
    if not lost:
        return []
    cut = _cutting(sheet, cuts, set(lost), stops=not learned)
    below = {n for item in cuts for n in sheet.graph.ancestors([item])} if cut else set()
    return [*cut, *_lossless(sheet, [node for node in lost if node not in below])]


def _is_learned(sheet: Sheet, node: NodeId) -> bool:
    facts = sheet.facts.get(node)
    return facts is not None and facts.parameters > 0


def _reach_back(
    sheet: Sheet, start: NodeId, reached: set[NodeId], cuts: dict[NodeId, None]
) -> None:
    """Everything that a gradient from this node comes to; `cuts` is what stops it."""
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node in reached:
            continue
        found = sheet.graph.nodes[node]
        if _cuts(sheet, found):
            cuts[node] = None
            continue
        reached.add(node)
        waiting.extend(wire.source for wire in sheet.into.get(node, ()))


def _cuts(sheet: Sheet, node: Node) -> bool:
    kind = sheet.kind(node)
    if kind.role in ("loss", "term", "dataset", "input", "output"):
        return False
    if bare(kind) in CUTTING:
        return True
    facts = sheet.facts.get(node.id)
    outputs = [] if facts is None else [o for o in facts.outputs.values() if isinstance(o, Tensor)]
    whole = bool(outputs) and not any(out.is_float or "complex" in out.dtype for out in outputs)
    return whole and kind.role == "op"


def _cutting(
    sheet: Sheet, cuts: dict[NodeId, None], lost: set[NodeId], stops: bool
) -> list[Problem]:
    """Problems at the nodes that let no gradient through to parameters."""
    found = []
    for node in cuts:
        above = sheet.graph.ancestors([node]) & lost
        if not above:
            continue
        case = sheet.case(node)
        names = ", ".join(f"“{sheet.graph.nodes[n].name}”" for n in list(above)[:3])
        text = (
            f"{case.said} lets no gradient through: no loss reaches {_count(len(above))} before it "
            f"({names}). Take it out, or add a loss before it."
        )
        severity, blocks = ("error", "train") if stops else ("warning", "")
        found.append(
            problem(case, "no_gradient", severity, blocks, "input", text,  # type: ignore[arg-type]
                    [take_out(sheet, node)])
        )  # fmt: skip
    return found


def _count(number: int) -> str:
    return "the layer with parameters" if number == 1 else f"the {number} layers with parameters"


def _lossless(sheet: Sheet, lost: list[NodeId]) -> list[Problem]:
    """Branches of the model that end in an output without a loss, each said at its last layer."""
    found = []
    rest = set(lost)
    for name, value in sheet.parts.outputs.items():
        above = sheet.graph.ancestors([value.node]) & rest
        if not above:
            continue
        rest -= above
        last = next(node for node in reversed(sheet.parts.model) if node in above)
        case = sheet.case(last)
        text = (
            f"No loss reaches {case.said}: the output “{name}” has none, so "
            f"{_count(len(above))} before it stay as they were made. Add a loss for it."
        )
        repairs: list[Repair | None] = [add_loss(sheet, value), _branch_off(sheet, value)]
        found.append(problem(case, "no_gradient", "warning", "", "output", text, repairs))
    return found


def _branch_off(sheet: Sheet, value: Value) -> Repair | None:
    """The output and everything that only it needs, gone."""
    ends = [w.target for w in sheet.readers_of(value)]
    if not ends or any(sheet.kind(sheet.graph.nodes[end]).role != "output" for end in ends):
        return None
    gone = list(ends)
    waiting = [value.node]
    while waiting:
        node = waiting.pop()
        readers = {w.target for w in sheet.readers.get(node, ())}
        if node in gone or not readers <= set(gone):
            continue
        if sheet.kind(sheet.graph.nodes[node]).role in ("dataset", "input"):
            continue
        gone.append(node)
        waiting += [w.source for w in sheet.into.get(node, ())]
    edits = tuple(RemoveNode(node, sheet.definition) for node in gone)
    name = sheet.graph.nodes[ends[0]].name
    return Repair(f"Remove “{name}” and what only it needs", Together(edits))


def frozen(sheet: Sheet) -> list[Problem]:
    """Frozen parameters keep what they have: useful for learned ones, a loss for random ones."""
    if not sheet.parts.terms:
        return []
    nodes = [*sheet.parts.model, *sheet.parts.objective]
    learners = [n for n in nodes if _is_learned(sheet, n)]
    stuck = {n: how for n in learners if (how := _frozen_by(sheet.graph.nodes[n]))}
    if not stuck:
        return []
    everything = len(stuck) == len(learners)
    found = []
    for node, how in stuck.items():
        case = sheet.case(node)
        is_head = _feeds_loss(sheet, node)
        if _is_loaded(sheet, case) and not is_head and not everything:
            continue
        found.append(_frozen_problem(case, how, everything, is_head))
    return found[:1] if everything else found


def _frozen_by(node: Node) -> str:
    if node.settings.get("freeze"):
        return "freeze"
    return "lr_factor" if node.settings.get("lr_factor") == 0 else ""


def _is_loaded(sheet: Sheet, case: Case) -> bool:
    """Whether the weights come from somewhere, or were chosen by hand."""
    path = case.facts.path or case.node.name
    loaded = any(path.startswith(s.prefix.rstrip(".")) for s in sheet.project.weights)
    return loaded or bool(case.node.settings.get("init"))


def _feeds_loss(sheet: Sheet, node: NodeId) -> bool:
    hands_on = ARRANGING | DROPPING
    return any(trace(sheet, value, hands_on)[-1].id == node for value in sheet.predictions)


def _frozen_problem(case: Case, how: str, everything: bool, is_head: bool) -> Problem:
    setting = "freeze is on" if how == "freeze" else "its learning-rate factor is 0"
    if everything:
        text = f"Nothing can learn: {setting} at every layer with parameters. Thaw some."
    elif is_head:
        text = f"{case.said} gives the answers, but {setting}: it can't adapt to them. Thaw it."
    else:
        text = (
            f"{case.said} stays at its random start: {setting} and no weights are loaded for it. "
            f"Thaw it, or choose weights to load."
        )
    sheet = case.sheet
    free = "Thaw" if how == "freeze" else "Let learn"
    repairs = [set_setting(case, how, MISSING, f"{free} “{case.node.name}”")]
    if everything:
        nodes = [n for n in sheet.graph.nodes if _frozen_by(sheet.graph.nodes[n])]
        edits = [
            set_setting(sheet.case(n), _frozen_by(sheet.graph.nodes[n]), MISSING, "").edit
            for n in nodes
        ]  # fmt: skip
        repairs.insert(0, Repair("Thaw everything", Together(tuple(edits))))
    severity, blocks = ("error", "train") if everything else ("warning", "")
    return problem(case, "frozen", severity, blocks, "", text, repairs)  # type: ignore[arg-type]


def tied(sheet: Sheet) -> list[Problem]:
    """Layers that share weights need the same kind and sizes: there is only one tensor."""
    found = []
    for node in sheet.graph.nodes.values():
        if "shares" not in node.settings and "ties" not in node.settings:
            continue
        case = sheet.case(node.id)
        problems = [_shared(case), *_tied(case)]
        found += [item for item in problems if item is not None]
    return found


def _shared(case: Case) -> Problem | None:
    name = case.node.settings.get("shares")
    if not name:
        return None
    other = case.sheet.graph.by_name(str(name))
    away = set_setting(case, "shares", MISSING, f"Give “{case.node.name}” weights of its own")
    if other is None:
        text = f"{case.said} shares the weights of “{name}”, which is not there."
        return problem(case, "tied", "error", "build", "", text, [away])
    theirs = case.sheet.case(other.id)
    if theirs.kind.name != case.kind.name:
        text = f"{case.said} shares the weights of {theirs.said}: both must be of one kind."
        return problem(case, "tied", "error", "build", "", text, [away])
    differ = [p.name for p in case.kind.params if case.param(p.name) != theirs.param(p.name)]
    if differ:
        listed = ", ".join(f"{n} {case.param(n)} and {theirs.param(n)}" for n in differ[:3])
        text = (
            f"{case.said} shares the weights of {theirs.said}, but what arrives asks for others: "
            f"{listed}. Give both inputs of one size, or give it weights of its own."
        )
        return problem(case, "tied", "error", "build", "", text, [away])
    return _unheard(case, other, away)


def _unheard(case: Case, other: Node, away: Repair) -> Problem | None:
    """A layer that is used twice has the settings of the one that owns it."""
    mine, yours = case.node.params, other.params
    differ = [n for n in {**mine, **yours} if mine.get(n, MISSING) != yours.get(n, MISSING)]
    if not differ:
        return None
    listed = ", ".join(f"{n} {mine.get(n, 'unset')}" for n in differ[:3])
    text = (
        f"{case.said} shares the weights of “{other.name}”, so its own settings don't count: "
        f"{listed}. Make them equal, or give it weights of its own."
    )
    edits = [
        SetParam(case.node.id, n, yours.get(n, MISSING), case.sheet.definition) for n in differ
    ]
    same = Repair(f"Set {', '.join(differ[:3])} as in “{other.name}”", Together(tuple(edits)))
    return problem(case, "tied", "warning", "", "", text, [same, away])


def weight_shape(case: Case) -> tuple[object, ...] | None:
    """The shape of a layer's `weight`; None where it has none that we know."""
    match bare(case.kind):
        case "linear":
            names = ("out_features", "in_features")
        case "embedding" | "embeddingbag":
            names = ("num_embeddings", "embedding_dim")
        case _:
            return None
    shape = tuple(case.facts.params.get(name) for name in names)
    return None if None in shape else shape


def _tied(case: Case) -> list[Problem | None]:
    ties = case.node.settings.get("ties")
    if not isinstance(ties, dict):
        return []
    return [_tie(case, str(own), str(path), ties) for own, path in ties.items()]


def _tie(case: Case, own: str, path: str, ties: dict[str, object]) -> Problem | None:
    sheet = case.sheet
    other = sheet.graph.by_name(path) or sheet.graph.by_name(path.rpartition(".")[0])
    rest = {name: value for name, value in ties.items() if name != own}
    away = set_setting(case, "ties", rest or MISSING, f"Untie {own} of “{case.node.name}”")
    if other is None:
        text = f"{case.said}: {own} is tied to “{path}”, which is not there."
        return problem(case, "tied", "error", "build", "", text, [away])
    theirs = sheet.case(other.id)
    mine, yours = weight_shape(case), weight_shape(theirs)
    if own != "weight" or mine is None or yours is None or mine == yours:
        return None
    text = (
        f"{case.said}: its {own} [{', '.join(map(str, mine))}] is tied to that of {theirs.said} "
        f"[{', '.join(map(str, yours))}]; the sizes must be equal."
    )
    out = "out_features" if bare(case.kind) == "linear" else "num_embeddings"
    fit = set_param(case, out, yours[0], f"Set {out} to {yours[0]}")
    return problem(case, "tied", "error", "build", "", text, [fit, away])


DEEPEST_PLAIN = 20
"""VGG-19, the deepest plain net in wide use, has 19 layers with weights."""
_RESTS = (
    BATCH_NORMS
    | INSTANCE_NORMS
    | frozenset("layernorm groupnorm rmsnorm localresponsenorm crossmaplrn2d selu".split())
)


def deep_plain(sheet: Sheet) -> list[Problem]:
    """Gradients fade or blow up through many layers without a skip or a normalization."""
    depths: dict[NodeId, int] = {}
    for node_id in sheet.facts:
        case = sheet.case(node_id)
        wires = sheet.into.get(node_id, ())
        before = max((depths.get(wire.source, 0) for wire in wires), default=0)
        many = case.kind.family == "merge" and len({wire.source for wire in wires}) > 1
        if many or bare(case.kind) in _RESTS or case.kind.family in ("recurrent", "attention"):
            depths[node_id] = 0
            continue
        depths[node_id] = before + _is_weighty(case)
        if depths[node_id] == DEEPEST_PLAIN and _is_weighty(case):
            text = (
                f"{case.said} is the {DEEPEST_PLAIN}th layer with weights in a row without a skip "
                f"or a normalization: gradients fade on the way back. Add BatchNorm or skips."
            )
            return [problem(case, "deep_plain", "warning", "", "input", text,
                            [_norms_between(sheet)])]  # fmt: skip
    return []


def _is_weighty(case: Case) -> bool:
    return case.kind.family in ("linear", "convolution") and case.kind.role == "layer"


_NORMS = {("convolution", 3): "nn.BatchNorm1d", ("convolution", 4): "nn.BatchNorm2d",
          ("convolution", 5): "nn.BatchNorm3d", ("linear", 2): "nn.BatchNorm1d"}  # fmt: skip


def _norms_between(sheet: Sheet) -> Repair | None:
    """A BatchNorm behind every layer with weights but those that end the model."""
    edits: list[Edit] = []
    names = {node.name for node in sheet.graph.nodes.values()}
    ends = {value.node for value in (*sheet.parts.outputs.values(), *sheet.predictions)}
    for node_id, facts in sheet.facts.items():
        case = sheet.case(node_id)
        out = facts.outputs.get("output")
        readers = sheet.readers.get(node_id, [])
        if not _is_weighty(case) or not isinstance(out, Tensor) or node_id in ends or not readers:
            continue
        kind = _NORMS.get((case.kind.family, len(out.dims)), "nn.LayerNorm")
        node = made(sheet, kind, f"{node_id}.norm")
        number = next(i for i in range(1, len(names) + 2) if f"norm{i}" not in names)
        names.add(f"norm{number}")
        node = _renamed(node, f"norm{number}", len(edits))
        edits += [AddNode(node, None, sheet.definition),
                  Connect(Wire(node_id, "output", node.id, "input"), sheet.definition)]  # fmt: skip
        edits += [Connect(Wire(node.id, "output", w.target, w.input), sheet.definition)
                  for w in readers]  # fmt: skip
        if case.param("bias") is True and kind != "nn.LayerNorm":
            edits.append(SetParam(node_id, "bias", False, sheet.definition))
    return Repair("Insert a BatchNorm behind every layer", Together(tuple(edits)))


def _renamed(node: Node, name: str, place: int) -> Node:
    return replace(node, name=name, order=node.order + place)
