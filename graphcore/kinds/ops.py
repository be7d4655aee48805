"""Tensor and functional ops, constants, and the nodes that say where a model begins and ends."""

from __future__ import annotations

from graphcore.kinds.kind import Kind, Param, Port
from graphcore.kinds.params import Bool, Dtype, Float, Int, Ints, Numbers, TypeText

TORCH = ("import torch",)
DOCS = "https://docs.pytorch.org/docs/stable/generated/torch."


def _op(
    name: str,
    family: str,
    help: str,
    call: str,
    *params: Param,
    inputs: tuple[Port, ...] = (Port("input"),),
    icon: str = "",
    summary: str = "",
    page: str = "",
    imports: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
) -> Kind:
    return Kind(
        name=f"ops.{name}", family=family, icon=icon or family, help=help, inputs=inputs,
        params=params, imports=imports, call=call, role="op", summary=summary,
        url=f"{DOCS}{page or name}.html", words=words,
    )  # fmt: skip


def _many(join: str) -> tuple[Port, ...]:
    return (Port("tensors", "Values to combine.", variadic=True, join=join, fewest=2),)


_PAIR = (Port("input"), Port("other"))
_DIM = Param("dim", Int(-8, 8), start=1, help="The axis; 0 is the batch.")
_KEEP = Param("keepdim", Bool(), False, help="Keep the axis with size 1.")

OPS: tuple[Kind, ...] = (
    _op("add", "merge", "Adds values element by element.", "{tensors}", inputs=_many(" + "),
        words=("residual", "skip", "plus", "sum")),
    _op("sub", "merge", "Subtracts the second from the first.", "{input} - {other}", inputs=_PAIR),
    _op("mul", "merge", "Multiplies element by element.", "{tensors}", inputs=_many(" * "),
        words=("times", "gate")),
    _op("div", "merge", "Divides the first by the second.", "{input} / {other}", inputs=_PAIR),
    _op("matmul", "merge", "Multiplies matrices.", "{input} @ {other}", inputs=_PAIR),
    _op("cat", "merge", "Joins tensors along an axis.", "torch.cat([{tensors}], {args})",
        Param("dim", Int(-8, 8), 0, start=1, help="The axis; 0 is the batch."),
        inputs=_many(", "), summary="dim {dim}", imports=TORCH, words=("concat", "concatenate")),
    _op("stack", "merge", "Joins tensors along a new axis.", "torch.stack([{tensors}], {args})",
        Param("dim", Int(-8, 8), 0, start=1, help="The new axis."), inputs=_many(", "),
        summary="dim {dim}", imports=TORCH),
    _op("pow", "math", "Raises every value to a power.", "{input}**{exponent}",
        Param("exponent", Float(-64, 64), start=2.0, help="The power."),
        summary="power {exponent}", words=("square", "power")),
    _op("exp", "math", "e to the power of every value.", "{input}.exp()"),
    _op("log", "math", "Natural logarithm of every value.", "{input}.log()"),
    _op("sqrt", "math", "Square root of every value.", "{input}.sqrt()"),
    _op("abs", "math", "Every value without its sign.", "{input}.abs()"),
    _op("neg", "math", "Every value with the other sign.", "-{input}"),
    _op("clamp", "math", "Cuts values off at two limits.", "{input}.clamp({min}, {max})",
        Param("min", Float(), start=0.0, help="Lower limit."),
        Param("max", Float(), start=1.0, help="Upper limit."), summary="{min} … {max}"),
    _op("mean", "math", "Mean over an axis.", "{input}.mean({args})",
        Param("dim", Int(-8, 8), None, start=1, optional=True, help="The axis; empty: all."),
        _KEEP, summary="dim {dim}", words=("average",)),
    _op("sum", "math", "Sum over an axis.", "{input}.sum({args})",
        Param("dim", Int(-8, 8), None, start=1, optional=True, help="The axis; empty: all."),
        _KEEP, summary="dim {dim}"),
    _op("argmax", "math", "Where the largest value along an axis is.", "{input}.argmax({args})",
        _DIM, _KEEP, summary="dim {dim}"),
    _op("softmax", "activation", "Turns scores into shares that sum to one.",
        "{input}.softmax({args})", Param("dim", Int(-8, 8), start=-1, help="The axis."),
        summary="dim {dim}"),
    _op("transpose", "shape", "Swaps two axes.", "{input}.transpose({dim0}, {dim1})",
        Param("dim0", Int(-8, 8), start=1, help="One axis."),
        Param("dim1", Int(-8, 8), start=2, help="The other axis."), summary="{dim0} ↔ {dim1}"),
    _op("permute", "shape", "Puts the axes into another order.", "{input}.permute({dims})",
        Param("dims", Ints(-8), start=(0, 2, 3, 1), help="Old axes in their new order."),
        summary="{dims}"),
    _op("flatten", "shape", "Makes one axis of several.", "{input}.flatten({args})",
        Param("start_dim", Int(-8, 8), 0, start=1, help="First axis."),
        Param("end_dim", Int(-8, 8), -1, help="Last axis.")),
    _op("squeeze", "shape", "Drops an axis of size one.", "{input}.squeeze({args})",
        Param("dim", Int(-8, 8), start=-1, help="The axis."), summary="dim {dim}"),
    _op("unsqueeze", "shape", "Adds an axis of size one.", "{input}.unsqueeze({args})",
        Param("dim", Int(-8, 8), start=1, help="Where it goes."), summary="dim {dim}"),
    _op("select", "shape", "Takes one place along an axis.", "{input}.select({dim}, {index})",
        _DIM, Param("index", Int(-(2**31)), start=-1, help="Which place; -1 is the last."),
        summary="{dim}: {index}"),
    _op("to", "math", "Changes the dtype.", "{input}.to({dtype})",
        Param("dtype", Dtype(), start="float32", help="The new dtype."), summary="{dtype}",
        imports=TORCH, page="Tensor.to", words=("cast", "float", "dtype")),
    _op("detach", "math", "Lets no gradient through.", "{input}.detach()", page="Tensor.detach",
        words=("stop gradient",)),
)  # fmt: skip

NODES: tuple[Kind, ...] = (
    Kind("data.Dataset", "data", "data", "The samples, one port a field.", inputs=(), outputs=(),
         call="", role="dataset", words=("samples", "csv", "images")),
    Kind("io.Input", "input", "input", "Where the model begins.",
         inputs=(Port("field", "A field of the data; its type becomes the input's.",
                      optional=True),),
         params=(Param("type", TypeText(), "float32[1, 8, 8]", optional=True,
                       help="Type per sample where no field is wired."),),
         call="", role="input"),
    Kind("io.Output", "output", "output", "Where the model ends.", outputs=(), call="",
         role="output"),
    Kind("loss.Term", "loss", "loss", "Makes any number a part of what is minimized.",
         inputs=(Port("input", role="prediction", dtype="float"),), outputs=(), call="{input}",
         role="term"),
    Kind("ops.constant", "constant", "constant", "A fixed number or tensor.", inputs=(),
         params=(Param("value", Numbers(), start=1.0, help="The number or list of numbers."),
                 Param("dtype", Dtype(), None, optional=True, help="Empty: as the value is."),
                 Param("requires_grad", Bool(), False, help="Ask autograd for its gradient.")),
         imports=TORCH, call="torch.tensor({args})", role="constant", summary="{value}",
         url="https://docs.pytorch.org/docs/stable/generated/torch.tensor.html",
         words=("number", "scalar")),
)  # fmt: skip
