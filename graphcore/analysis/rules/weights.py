"""How weights begin: what torch.nn.init can't do to weights of these shapes."""

from __future__ import annotations

from collections.abc import Mapping

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem
from graphcore.analysis.rules.ways import set_setting
from graphcore.analysis.sharing import owner_of
from graphcore.kinds.inits import INITS, begun, chosen, misfit, own_weights
from graphcore.project.edits import MISSING


def init(case: Case) -> Problem | None:
    """Ways to begin that count on the number of dims have nothing to count on in a vector."""
    setting = case.node.settings.get("init")
    if not isinstance(setting, Mapping) or owner_of(case.sheet.graph, case.node) is not None:
        return None
    weights = own_weights(case.kind, case.facts.params, case.facts.weights)
    for (name, shape), choice in begun(weights, setting):
        why = misfit(choice, shape)
        if why:
            what = f"its {name} has the shape {list(shape)}" if name else f"it is {list(shape)}"
            way = INITS[str(choice["name"])].title
            text = f"{case.said} begins as {way}, which {why}; {what}. Choose another beginning."
            return problem(case, "init", "error", "build", "", text, _ways(case, choice, setting))
    return None


def _ways(
    case: Case, choice: Mapping[str, object], setting: Mapping[str, object]
) -> list[Repair]:  # fmt: skip
    """The same with torch's own numbers, another way that fits any shape, or torch's own."""
    name = str(choice["name"])
    usual = {**setting, **chosen(name)} if choice is setting else {**setting, "bias": chosen(name)}
    return [
        set_setting(case, "init", usual, f"Begin as {INITS[name].title} with the usual numbers"),
        set_setting(case, "init", MISSING, "Begin as torch does"),
        set_setting(case, "init", chosen("trunc_normal_"), "Begin with a truncated normal"),
    ]
