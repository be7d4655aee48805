"""Operations that combine several values."""

from __future__ import annotations

from graphcore.kinds.kind import Kind, Param, Port
from graphcore.kinds.op import LAST, PAIR, many, op
from graphcore.kinds.params import Bool, Float, Int
from graphcore.kinds.texts import Equation

_ATTENTION = (
    Port("query", "What looks.", dtype="float"),
    Port("key", "What is looked at.", dtype="float"),
    Port("value", "What is taken from there.", dtype="float"),
    Port("attn_mask", "True where it may look, or what is added to scores.", optional=True,
         dtype="mask"),
)  # fmt: skip
_WEIGHTED = (
    Port("input", dtype="float"),
    Port("weight", "One row an output, such as a Parameter.", dtype="float"),
    Port("bias", "An offset an output.", optional=True, dtype="float"),
)

MERGE_OPS: tuple[Kind, ...] = (
    op("add", "merge", "Adds values element by element.", "{tensors}", inputs=many(" + "),
       words=("residual", "skip", "plus", "sum")),
    op("sub", "merge", "Subtracts the second from the first.", "{input} - {other}", inputs=PAIR,
       words=("minus", "subtract", "difference")),
    op("mul", "merge", "Multiplies element by element.", "{tensors}", inputs=many(" * "),
       words=("times", "multiply", "product", "gate")),
    op("div", "merge", "Divides the first by the second.", "{input} / {other}", inputs=PAIR,
       words=("divide", "ratio")),
    op("matmul", "merge", "Multiplies matrices.", "{input} @ {other}", inputs=PAIR,
       words=("bmm", "dot")),
    op("einsum", "merge", "Sums products along the axes that an equation names.",
       "torch.einsum({equation}, [{tensors}])",
       Param("equation", Equation(), start="bi, bj -> bij",
             help="A letter an axis; what is not after -> is summed."),
       inputs=many(", ", fewest=1), summary="{equation}", words=("tensor product", "contraction")),
    op("cat", "merge", "Joins tensors along an axis.", "torch.cat([{tensors}], {args})",
       Param("dim", Int(-8, 8), 0, start=1, help="The axis; 0 is the batch."),
       inputs=many(", "), summary="dim {dim}", words=("concat", "concatenate")),
    op("stack", "merge", "Joins tensors along a new axis.", "torch.stack([{tensors}], {args})",
       Param("dim", Int(-8, 8), 0, start=1, help="The new axis."), inputs=many(", "),
       summary="dim {dim}"),
    op("maximum", "merge", "The larger of two, element by element.",
       "torch.maximum({input}, {other})", inputs=PAIR, words=("max",)),
    op("minimum", "merge", "The smaller of two, element by element.",
       "torch.minimum({input}, {other})", inputs=PAIR, words=("min",)),
    op("lerp", "merge", "Goes from the first towards the second by a share.",
       "{input}.lerp({other}, {weight})",
       Param("weight", Float(), start=0.5, help="0 is the first, 1 the second."), inputs=PAIR,
       summary="{weight}", words=("blend", "mix")),
    op("atan2", "merge", "The angle of two coordinates.", "torch.atan2({input}, {other})",
       inputs=PAIR, words=("angle",)),
    op("cdist", "merge", "Distances between all rows of two sets.",
       "torch.cdist({input}, {other}, {args})",
       Param("p", Float(0, words=("inf",)), 2.0,
             help="2 is the straight line, 1 along the axes, inf the largest."), inputs=PAIR,
       words=("distance", "pairwise"),
       no_onnx="torch can't write it for ONNX. Use sub and norm along the last axis."),
    op("vecdot", "merge", "Products of two vectors along an axis, summed.",
       "torch.linalg.vecdot({input}, {other}, {args})",
       Param("dim", Int(-8, 8), -1, help="Axis of the vectors."), inputs=PAIR,
       page="linalg.vecdot", words=("dot", "inner product")),
    op("cross", "merge", "The cross product of vectors of three.",
       "torch.linalg.cross({input}, {other}, dim={dim})", LAST, inputs=PAIR, page="linalg.cross"),
    op("linear", "linear", "A Linear whose weights come in by wire, such as tied ones.",
       "F.linear({inputs})", inputs=_WEIGHTED, page="nn.functional.linear",
       words=("dense", "tied", "hypernetwork")),
    op("scaled_dot_product_attention", "attention", "Attention without weights of its own.",
       "F.scaled_dot_product_attention({inputs}, {args})",
       Param("dropout_p", Float(0, 1), 0.0, help="Share dropped, also in evaluation."),
       Param("is_causal", Bool(), False, help="Steps don't look ahead; without a mask."),
       inputs=_ATTENTION, page="nn.functional.scaled_dot_product_attention",
       words=("sdpa", "flash")),
)  # fmt: skip
