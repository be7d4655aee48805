"""Whether what should learn can learn: gradients and frozen parameters."""

from __future__ import annotations

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, Sheet, problem
from graphcore.analysis.rules.flow import (
    ARRANGING,
    DROPPING,
    bare,
    trace,
)
from graphcore.analysis.rules.structure import add_loss
from graphcore.analysis.rules.ways import set_setting, take_out
from graphcore.project.edits import MISSING, RemoveNode, Together
from graphcore.project.graph import Node, NodeId
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
        if term.weight:
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
    if kind.role == "block":
        return (inside := sheet.inside(node.id)) is not None and _cut_inside(inside) is not None
    facts = sheet.facts.get(node.id)
    outputs = [] if facts is None else [o for o in facts.outputs.values() if isinstance(o, Tensor)]
    whole = bool(outputs) and not any(out.is_float or "complex" in out.dtype for out in outputs)
    return whole and kind.role == "op"


def _cut_inside(inside: Sheet) -> NodeId | None:
    """What keeps a gradient from every way through a block; None where it comes through."""
    reached: set[NodeId] = set()
    cuts: dict[NodeId, None] = {}
    roles = {node.id: inside.kind(node).role for node in inside.graph.nodes.values()}
    for node, role in roles.items():
        if role == "output":
            _reach_back(inside, node, reached, cuts)
    comes_through = any(roles[node] == "input" for node in reached)
    return None if comes_through else next(iter(cuts), None)


def _culprit(sheet: Sheet, node: NodeId) -> Case:
    """The node itself, or the one inside a block that lets no gradient through."""
    inside = sheet.inside(node)
    cut = _cut_inside(inside) if inside else None
    return _culprit(inside, cut) if inside and cut else sheet.case(node)


def _cutting(
    sheet: Sheet, cuts: dict[NodeId, None], lost: set[NodeId], stops: bool
) -> list[Problem]:
    """Problems at the nodes that let no gradient through to parameters."""
    found = []
    for node in cuts:
        above = sheet.graph.ancestors([node]) & lost
        if not above:
            continue
        case = _culprit(sheet, node)
        names = ", ".join(f"“{sheet.graph.nodes[n].name}”" for n in list(above)[:3])
        text = (
            f"{case.said} lets no gradient through: no loss reaches {_count(len(above))} before it "
            f"({names}). Take it out, or add a loss before it."
        )
        severity, blocks = ("error", "train") if stops else ("warning", "")
        found.append(
            problem(case, "no_gradient", severity, blocks, "input", text,  # type: ignore[arg-type]
                    [take_out(case.sheet, case.node.id)])
        )  # fmt: skip
    return found


def _count(number: int) -> str:
    return "the layer with parameters" if number == 1 else f"the {number} layers with parameters"


def _lossless(sheet: Sheet, lost: list[NodeId]) -> list[Problem]:
    """Branches of the model that end in an output without a loss, each said at its last layer."""
    found = []
    rest = set(lost)
    found += _weightless(sheet, rest)
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


def _weightless(sheet: Sheet, rest: set[NodeId]) -> list[Problem]:
    """Terms of weight 0, which teach nothing to what only they would reach."""
    found = []
    for term in sheet.parts.terms:
        above = sheet.graph.ancestors([term.node]) & rest
        if term.weight or not above:
            continue
        rest -= above
        order = [*sheet.parts.model, *sheet.parts.objective]
        case = sheet.case(next(node for node in reversed(order) if node in above))
        text = (
            f"No loss reaches {case.said}: the weight of “{term.name}” is 0, so "
            f"{_count(len(above))} before it stay as they were made. Give the term a weight."
        )
        on = set_setting(
            sheet.case(term.node), "weight", MISSING, f"Set the weight of “{term.name}” to 1"
        )
        found.append(problem(case, "no_gradient", "warning", "", "output", text, [on]))
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
