"""Every rule: one function with a reason and a page to read more, and the nodes that it is for.

*Legal* rules keep a node from working and are asked before torch is; *wise* rules speak of what
works and is wrong; *whole* rules look at the drawing at once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from graphcore.analysis.result import NodeFacts, Parts, Problem
from graphcore.analysis.rules import (
    axes,
    depth,
    layers,
    learning,
    losses,
    merging,
    normalization,
    outputs,
    products,
    ranks,
    refused,
    shapes,
    sight,
    structure,
    targets,
    ties,
    training,
    weights,
    windows,
)
from graphcore.analysis.rules.case import Case, Facts, Sheet
from graphcore.analysis.rules.flow import BATCH_NORMS, INSTANCE_NORMS, bare
from graphcore.kinds.catalog import CATALOG, unknown_kind
from graphcore.kinds.kind import Kind
from graphcore.project.definitions import MAIN
from graphcore.project.graph import Node
from graphcore.project.project import Project

NN = "https://docs.pytorch.org/docs/stable/generated/torch.nn."
NOTES = "https://docs.pytorch.org/docs/stable/notes/"
PAPERS = "https://arxiv.org/abs/"

Check = Callable[[Case], Problem | None]
For = Callable[[Kind], bool]


@dataclass(frozen=True, slots=True)
class NodeRule:
    """A rule about one node of a kind that `is_for` accepts."""

    name: str
    check: Check
    is_for: For
    url: str


@dataclass(frozen=True, slots=True)
class WholeRule:
    """A rule about a drawing as a whole, or one that may find several problems."""

    name: str
    check: Callable[[Sheet], list[Problem]]
    url: str


def _family(*families: str) -> For:
    return lambda kind: kind.family in families


def _named(names: Iterable[str]) -> For:
    known = frozenset(names)
    return lambda kind: kind.name in known


def _bare(*names: str) -> For:
    known = frozenset(names)
    return lambda kind: bare(kind) in known


def _with_param(*names: str) -> For:
    return lambda kind: any(kind.param(name) is not None for name in names)


def _is_inferring(kind: Kind) -> bool:
    return any(param.infer is not None for param in kind.params)


def _is_computing(kind: Kind) -> bool:
    return kind.role in ("layer", "op", "loss", "term")


def _is_an_end(kind: Kind) -> bool:
    return kind.is_term or kind.role == "output"


def _is_spatial(kind: Kind) -> bool:
    windowed = kind.family in ("convolution", "pooling") or bare(kind) in BATCH_NORMS
    return windowed and kind.name[-1:] == "d"


def _has_axes(kind: Kind) -> bool:
    name = bare(kind)
    return bool(kind.inputs) and (
        kind.name[-1:] == "d" or kind.family in ("recurrent", "attention")
        or name in ("upsample", "interpolate")
    )  # fmt: skip


ELEMENTWISE = ("ops.add", "ops.sub", "ops.mul", "ops.div")
OTHER_ELEMENTWISE = (
    "ops.maximum", "ops.minimum", "ops.where", "ops.lerp", "ops.atan2", "ops.masked_fill",
    "nn.CosineSimilarity", "nn.PairwiseDistance",
)  # fmt: skip
_AFFINE = _bare(*layers.AFFINE)

LEGAL: tuple[NodeRule, ...] = (
    NodeRule("rank", ranks.rank, _has_axes, NN + "Conv2d.html"),
    NodeRule("dropout_axes", ranks.dropout_axes, _bare("dropout1d", "dropout2d", "dropout3d"),
             NN + "Dropout2d.html"),
    NodeRule("dtype", shapes.dtype, _is_computing,
             "https://docs.pytorch.org/docs/stable/tensor_attributes.html"),
    NodeRule("size", shapes.size, _is_inferring, NN + "Linear.html"),
    NodeRule("axis", axes.axis, _with_param(*axes.NAMES),
             "https://docs.pytorch.org/docs/stable/torch.html#indexing-slicing-joining"),
    NodeRule("numel", axes.numel, _bare("reshape", "unflatten"),
             "https://docs.pytorch.org/docs/stable/generated/torch.reshape.html"),
    NodeRule("divide", shapes.divide,
             _with_param("groups", "num_groups", "num_heads", "nhead", "upscale_factor",
                         "downscale_factor", "dim"), NN + "MultiheadAttention.html"),
    NodeRule("window", windows.window, _with_param("kernel_size"), NN + "MaxPool2d.html"),
    NodeRule("pool_padding", windows.pool_padding, _family("pooling"), NN + "MaxPool2d.html"),
    NodeRule("edges", windows.edges, _with_param("padding"), NN + "ReflectionPad2d.html"),
    NodeRule("broadcast", merging.broadcast, _named((*ELEMENTWISE, *OTHER_ELEMENTWISE)),
             NOTES + "broadcasting.html"),
    NodeRule("cat", merging.cat, _named(("ops.cat",)),
             "https://docs.pytorch.org/docs/stable/generated/torch.cat.html"),
    NodeRule("stack", merging.stack, _named(("ops.stack",)),
             "https://docs.pytorch.org/docs/stable/generated/torch.stack.html"),
    NodeRule("matmul", products.matmul, _named(("ops.matmul",)),
             "https://docs.pytorch.org/docs/stable/generated/torch.matmul.html"),
    NodeRule("attention", products.attention,
             _bare("multiheadattention", "scaleddotproductattention"),
             NN + "MultiheadAttention.html"),
    NodeRule("einsum", products.einsum, _named(("ops.einsum",)),
             "https://docs.pytorch.org/docs/stable/generated/torch.einsum.html"),
    NodeRule("instancenorm_single", normalization.instancenorm_single, _bare(*INSTANCE_NORMS),
             NN + "InstanceNorm2d.html"),
    NodeRule("scores", targets.scores, _named(targets.CLASSES), NN + "CrossEntropyLoss.html"),
    NodeRule("pairs", targets.pairs, _named(targets.PAIRED), NN + "MSELoss.html"),
)  # fmt: skip

WISE: tuple[NodeRule, ...] = (
    NodeRule("classes", targets.classes, _named(targets.LABELLED), NN + "CrossEntropyLoss.html"),
    NodeRule("softmax_before_loss", losses.softmax_before_loss,
             _named(("loss.CrossEntropyLoss",)), NN + "CrossEntropyLoss.html"),
    NodeRule("nll_without_log", losses.nll_without_log, _named(losses.LOGS),
             NN + "NLLLoss.html"),
    NodeRule("sigmoid_before_loss", losses.sigmoid_before_loss,
             _named(losses.LOGITS), NN + "BCEWithLogitsLoss.html"),
    NodeRule("bce_without_sigmoid", losses.bce_without_sigmoid, _named(("loss.BCELoss",)),
             NN + "BCELoss.html"),
    NodeRule("target_range", outputs.target_range, _named(targets.REGRESSION),
             "https://en.wikipedia.org/wiki/Activation_function"),
    NodeRule("relu_output", outputs.relu_output, _named(targets.REGRESSION | outputs.SCORES),
             "https://en.wikipedia.org/wiki/Rectifier_(neural_networks)"),
    NodeRule("bounded_scores", outputs.bounded_scores, _named(outputs.SCORES),
             NN + "CrossEntropyLoss.html"),
    NodeRule("no_nonlinearity", layers.no_nonlinearity, _AFFINE,
             "https://en.wikipedia.org/wiki/Multilayer_perceptron"),
    NodeRule("bias_before_norm", normalization.bias_before_norm, _AFFINE, PAPERS + "1502.03167"),
    NodeRule("batchnorm_single", normalization.batchnorm_single, _bare(*BATCH_NORMS),
             PAPERS + "1803.08494"),
    NodeRule("leftover_batch", training.leftover_batch, _bare(*BATCH_NORMS),
             NN + "BatchNorm1d.html"),
    NodeRule("dropout_before_norm", normalization.dropout_before_norm, _bare(*BATCH_NORMS),
             PAPERS + "1801.05134"),
    NodeRule("dropout_last", outputs.dropout_last, _is_an_end, PAPERS + "1207.0580"),
    NodeRule("broadcasting", merging.broadcasting,
             _named(ELEMENTWISE), NOTES + "broadcasting.html"),
    NodeRule("channels_last", layers.channels_last, _is_spatial, NN + "Conv2d.html"),
    NodeRule("batch_first", layers.batch_first, _with_param("batch_first"), NN + "LSTM.html"),
    NodeRule("in_place", layers.in_place, _with_param("inplace"),
             NOTES + "autograd.html#in-place-operations-with-autograd"),
    NodeRule("init", weights.init, lambda kind: kind.is_layer,
             "https://docs.pytorch.org/docs/stable/nn.init.html"),
    NodeRule("padding_only", sight.padding_only, _family("convolution"), PAPERS + "2106.12307"),
)  # fmt: skip

WHOLE: tuple[WholeRule, ...] = (
    WholeRule("lost-wire", structure.lost_wires, ""),
    WholeRule("term", structure.not_one_number, ""),
    WholeRule("unused", structure.unused, ""),
    WholeRule("no-data", training.no_data, ""),
    WholeRule("embedding_range", layers.embedding_ranges, NN + "Embedding.html"),
    WholeRule("no_gradient", learning.no_gradient, NOTES + "autograd.html"),
    WholeRule("frozen", learning.frozen,
              NOTES + "autograd.html#setting-requires-grad"),
    WholeRule("tied", ties.tied, PAPERS + "1608.05859"),
    WholeRule("deep_plain", depth.deep_plain, PAPERS + "1512.03385"),
    WholeRule("receptive_field", sight.receptive_field,
              "https://distill.pub/2019/computing-receptive-fields/"),
    WholeRule("inputs_not_normalized", training.inputs_not_normalized,
              "https://en.wikipedia.org/wiki/Feature_scaling"),
    WholeRule("learning_rate", training.learning_rate,
              "https://docs.pytorch.org/docs/stable/optim.html"),
)  # fmt: skip


@functools.cache
def _legal_for(name: str) -> tuple[NodeRule, ...]:
    kind = CATALOG.get(name) or unknown_kind(name)
    return tuple(rule for rule in LEGAL if rule.is_for(kind))


@functools.cache
def _wise_for(name: str) -> tuple[NodeRule, ...]:
    kind = CATALOG.get(name) or unknown_kind(name)
    return tuple(rule for rule in WISE if rule.is_for(kind))


def node_problem(
    project: Project, node: Node, kind: Kind, facts: NodeFacts, wired: frozenset[str],
    definition: str = MAIN, known: Facts | None = None,
) -> Problem | None:  # fmt: skip
    """The first thing that keeps this node from working; None where nothing does.

    Silent where a wire comes from a node that has a problem of its own. `known` are facts of the
    nodes visited before.
    """
    case = Case(Sheet(project, known or {node.id: facts}, None, definition), node, kind, facts)
    if kind.role == "unknown":
        return structure.unknown_kind(case)
    found = structure.unwired(case, wired)
    if found is not None or any(slot not in facts.inputs for slot in wired):
        return found
    for rule in _legal_for(node.kind):
        found = rule.check(case)
        if found is not None:
            return found
    return None


def refused_problem(
    project: Project, node: Node, kind: Kind, facts: NodeFacts, words: str,
    definition: str = MAIN, known: Facts | None = None,
) -> Problem:  # fmt: skip
    """What is said where torch refuses a node that no rule spoke of; `words` are torch's."""
    sheet = Sheet(project, known or {node.id: facts}, None, definition)
    return refused.refused(Case(sheet, node, kind, facts), words)


def project_problems(
    project: Project, parts: Parts, facts: Facts, definition: str = MAIN,
    inner: Mapping[str, NodeFacts] | None = None,
) -> list[Problem]:  # fmt: skip
    """What is wise to know of each node, and what concerns the drawing as a whole.

    `inner` are the facts inside blocks by path. Remarks and warnings that a node silences are left
    out; errors never are.
    """
    sheet = Sheet(project, facts, parts, definition, inner)
    found: list[Problem] = []
    for node_id in facts:
        node = sheet.graph.nodes[node_id]
        rules = _wise_for(node.kind)
        if not rules or sheet.settled(node, "bypass") or _is_dark(sheet, node):
            continue
        case = sheet.case(node_id)
        for rule in rules:
            one = rule.check(case)
            if one is not None:
                found.append(one)
    for whole in WHOLE:
        found += whole.check(sheet)
    return _heard(sheet, found)


def _is_dark(sheet: Sheet, node: Node) -> bool:
    """Whether something keeps a node from working: that is said, and what is wise can wait."""
    return _is_computing(sheet.kind(node)) and not sheet.facts[node.id].outputs


def _heard(sheet: Sheet, problems: list[Problem]) -> list[Problem]:
    """Without what nodes silence, and each problem once."""
    silent = {
        facts.path: frozenset(map(str, names))
        for node, facts in sheet.facts.items()
        if isinstance(names := sheet.graph.nodes[node].settings.get("silenced"), tuple | list)
    }
    kept: dict[tuple[str, str, str], Problem] = {}
    for one in problems:
        if one.severity == "error" or one.rule not in silent.get(one.path, ()):
            kept.setdefault((one.rule, one.path, one.port), one)
    return list(kept.values())
