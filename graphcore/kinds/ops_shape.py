"""Operations that move, cut, repeat and look up, and tensors that are made from nothing."""

from __future__ import annotations

from collections.abc import Mapping

from graphcore.kinds.kind import Kind, Param, Port, Ports
from graphcore.kinds.op import DIM, INPUT, op, parts
from graphcore.kinds.params import INFINITE, Bool, Choice, Float, Int, Ints, Size
from graphcore.kinds.texts import Axes, Subscript

MOST_PARTS = 64
_INDEX = Port("index", "Which places.", dtype="integer")
_PICKED = (Port("input"), _INDEX)
_DIAGONAL = Param("diagonal", Int(-(2**31)), 0, help="0 is the middle; 1 is one further up.")
_PLACE = Param("dim", Int(-8, 8), 0, start=1, help="The axis; 0 is the batch.")


def _chunks(params: Mapping[str, object]) -> Ports:
    count = params.get("chunks")
    return INPUT, parts(count if isinstance(count, int) and 1 < count <= MOST_PARTS else 2)


def _pieces(params: Mapping[str, object]) -> Ports:
    sizes = params.get("sizes")
    return INPUT, parts(len(sizes) if isinstance(sizes, tuple) and len(sizes) > 1 else 2)


_MOVED: tuple[Kind, ...] = (
    op("transpose", "shape", "Swaps two axes.", "{input}.transpose({dim0}, {dim1})",
       Param("dim0", Int(-8, 8), start=1, help="One axis."),
       Param("dim1", Int(-8, 8), start=2, help="The other axis."), summary="{dim0} ↔ {dim1}",
       words=("swap axes",)),
    op("permute", "shape", "Puts the axes into another order.", "{input}.permute({dims})",
       Param("dims", Ints(-8), start=(0, 2, 3, 1), help="Old axes in their new order."),
       summary="{dims}"),
    op("movedim", "shape", "Moves one axis to another place.",
       "{input}.movedim({source}, {destination})",
       Param("source", Int(-8, 8), start=1, help="The axis."),
       Param("destination", Int(-8, 8), start=-1, help="Where it goes."),
       summary="{source} → {destination}", words=("channels last",)),
    op("flatten", "shape", "Makes one axis of several.", "{input}.flatten({args})",
       Param("start_dim", Int(-8, 8), 0, start=1, help="First axis."),
       Param("end_dim", Int(-8, 8), -1, help="Last axis."), listed=False),
    op("unflatten", "shape", "Makes several axes of one.", "{input}.unflatten({dim}, {sizes})",
       DIM, Param("sizes", Ints(-1), start=(1, -1), help="Its new sizes; -1: rest."),
       summary="{sizes|×}", listed=False),
    op("reshape", "shape", "The same values in other axes.", "{input}.reshape({shape})",
       Param("shape", Ints(-1), start=(-1, 1), help="All sizes, the batch too; -1: the rest."),
       summary="{shape|×}", words=("view",)),
    op("squeeze", "shape", "Drops an axis of size one.", "{input}.squeeze({args})",
       Param("dim", Int(-8, 8), start=-1, help="The axis."), summary="dim {dim}"),
    op("unsqueeze", "shape", "Adds an axis of size one.", "{input}.unsqueeze({args})",
       Param("dim", Int(-8, 8), start=1, help="Where it goes."), summary="dim {dim}"),
    op("expand", "shape", "Repeats axes of size one, without a copy.", "{input}.expand({sizes})",
       Param("sizes", Ints(-1), start=(-1,), help="All sizes; -1: as it is."),
       summary="{sizes|×}", page="Tensor.expand", words=("broadcast",)),
    op("expand_as", "shape", "Repeats axes of size one up to the sizes of another.",
       "{input}.expand_as({other})", inputs=(Port("input"), Port("other", "Its sizes are taken.")),
       page="Tensor.expand_as", words=("broadcast", "class token")),
    op("repeat", "shape", "Lays copies side by side.", "{input}.repeat({repeats})",
       Param("repeats", Ints(1), start=(1, 2), help="Copies along each axis, the batch first."),
       summary="{repeats|×}", page="Tensor.repeat", words=("tile",)),
    op("repeat_interleave", "shape", "Repeats each place of an axis.",
       "{input}.repeat_interleave({repeats}, {dim})",
       Param("repeats", Int(1), start=2, help="How often."), DIM, summary="× {repeats}"),
    op("flip", "shape", "Turns axes around.", "{input}.flip({dims})",
       Param("dims", Axes(), start=-1, help="The axis or axes."), summary="{dims}",
       words=("mirror", "reverse")),
    op("roll", "shape", "Pushes values along an axis and in again at its start.",
       "{input}.roll({shifts}, {dims})",
       Param("shifts", Int(-(2**31)), start=1, help="How far."),
       Param("dims", Int(-8, 8), start=1, help="The axis; 0 is the batch."),
       summary="{shifts} along {dims}", words=("shift", "swin")),
    op("pad", "shape", "Adds cells at the ends of axes.", "F.pad({input}, {pad}, {args})",
       Param("pad", Ints(-(2**31)), start=(1, 1),
             help="Cells at both ends, the last axis first.", unit="px"),
       Param("mode", Choice(("constant", "reflect", "replicate", "circular")), "constant",
             help="What is added."),
       Param("value", Float(words=INFINITE), None, optional=True,
             help="The number that is added."),
       summary="{pad}", page="nn.functional.pad", words=("padding",)),
    op("interpolate", "shape", "Resizes a map.", "F.interpolate({input}, {args})",
       Param("size", Size(2, 1), None, optional=True, help="Size of the output.", unit="px"),
       Param("scale_factor", Float(0.001), None, start=2.0, optional=True, help="Times larger."),
       Param("mode", Choice(("nearest", "nearest-exact", "linear", "bilinear", "bicubic", "area",
                             "trilinear")), "nearest", help="How values between are found."),
       Param("align_corners", Bool(), None, optional=True,
             help="Let the corners' centres meet; for linear, bilinear and bicubic."),
       summary="× {scale_factor}", page="nn.functional.interpolate", words=("resize", "upsample"),
       listed=False),
    op("grid_sample", "shape", "Reads a map at the places that a grid names.",
       "F.grid_sample({input}, {grid}, {args})",
       Param("mode", Choice(("bilinear", "nearest", "bicubic")), "bilinear", help="How."),
       Param("padding_mode", Choice(("zeros", "border", "reflection")), "zeros",
             help="What lies outside."),
       Param("align_corners", Bool(), None, start=False, optional=True,
             help="-1 and 1 are the centres of the corners rather than the edges."),
       inputs=(Port("input", dtype="float"),
               Port("grid", "Places [B, H, W, 2] from -1 to 1.", dtype="float")),
       page="nn.functional.grid_sample", words=("warp", "spatial transformer")),
)  # fmt: skip

_CUT: tuple[Kind, ...] = (
    op("select", "shape", "Takes one place along an axis.", "{input}.select({dim}, {index})",
       DIM, Param("index", Int(-(2**31)), start=-1, help="Which place; -1 is the last."),
       summary="{dim}: {index}", words=("last step", "pick")),
    op("slice", "shape", "Takes places and ranges, as Python's brackets do.",
       "{input}[{subscript}]",
       Param("subscript", Subscript(), start=":, 1:", help="An item an axis; ... for the rest."),
       summary="[{subscript}]", page="Tensor.select", words=("crop", "range", "getitem")),
    op("narrow", "shape", "Takes a range of an axis.", "{input}.narrow({dim}, {start}, {length})",
       DIM, Param("start", Int(-(2**31)), start=0, help="Where it begins."),
       Param("length", Int(1), start=1, help="How long it is."),
       summary="{start} + {length} of dim {dim}", words=("crop", "range")),
    op("chunk", "shape", "Cuts an axis into equal parts.", "{input}.chunk({chunks}, {args})",
       Param("chunks", Int(2, MOST_PARTS), start=2, help="How many parts."), _PLACE,
       outputs=parts(2), summary="{chunks} of dim {dim}", icon="split", words=("divide", "halve"),
       ports_from=_chunks),
    op("split", "shape", "Cuts an axis into parts of given sizes.",
       "{input}.split({sizes}, {args})",
       Param("sizes", Ints(0, fewest=2), start=(4, 4), help="The size of each part."), _PLACE,
       outputs=parts(2), summary="{sizes| + }", icon="split", words=("divide",),
       ports_from=_pieces),
    op("unbind", "shape", "Takes an axis apart, one output a place.", "{input}.unbind({dim})",
       DIM, Param("chunks", Int(2, MOST_PARTS), start=2, help="How many places the axis has."),
       outputs=parts(2), summary="dim {dim}", icon="split", words=("unstack",),
       ports_from=_chunks),
    op("index", "shape", "Takes rows by their numbers.", "{input}[{index}]", inputs=_PICKED,
       page="index_select", words=("lookup", "getitem")),
    op("index_select", "shape", "Takes places of an axis by their numbers.",
       "{input}.index_select({dim}, {index})", DIM, inputs=_PICKED, summary="dim {dim}",
       words=("lookup",)),
    op("gather", "shape", "For each element, takes the place that an index names.",
       "{input}.gather({dim}, {index})", DIM, inputs=_PICKED, summary="dim {dim}",
       words=("lookup", "pick")),
    op("scatter_add", "shape", "Adds values up at the places that an index names.",
       "{input}.scatter_add({dim}, {index}, {source})", DIM,
       inputs=(Port("input"), _INDEX, Port("source", "What is added.")), summary="dim {dim}",
       page="Tensor.scatter_add", words=("graph", "histogram")),
    op("unfold", "shape", "Windows that slide along an axis, in a new last axis.",
       "{input}.unfold({dim}, {size}, {step})", DIM,
       Param("size", Int(1), start=2, help="Size of the window."),
       Param("step", Int(1), start=1, help="Step of the window."), summary="{size} / {step}",
       page="Tensor.unfold", words=("window", "frames")),
    op("tril", "shape", "Zeroes what lies above the diagonal.", "{input}.tril({args})", _DIAGONAL,
       words=("triangle", "causal")),
    op("triu", "shape", "Zeroes what lies below the diagonal.", "{input}.triu({args})", _DIAGONAL,
       words=("triangle", "causal")),
    op("diagonal", "shape", "The diagonal of the last two axes.",
       "{input}.diagonal({offset}, -2, -1)",
       Param("offset", Int(-(2**31)), start=0, help="0 is the middle; 1 is one further up.")),
)  # fmt: skip

_LIKE = (Port("input", "Its sizes and dtype are taken."),)

_MADE: tuple[Kind, ...] = (
    op("zeros_like", "constant", "Zeros in the sizes of the input.", "torch.zeros_like({input})",
       inputs=_LIKE),
    op("ones_like", "constant", "Ones in the sizes of the input.", "torch.ones_like({input})",
       inputs=_LIKE),
    op("rand_like", "constant", "Random numbers from 0 to 1 in the sizes of the input.",
       "torch.rand_like({input})", inputs=_LIKE, words=("noise", "uniform")),
    op("randn_like", "constant", "Normal noise in the sizes of the input.",
       "torch.randn_like({input})", inputs=_LIKE, words=("noise", "gauss", "vae")),
    op("arange", "constant", "Whole numbers from one to another.",
       "torch.arange({start}, {end}, {step})",
       Param("start", Int(-(2**31)), start=0, help="The first."),
       Param("end", Int(-(2**31)), start=8, help="One after the last."),
       Param("step", Int(1), start=1, help="The step."), inputs=(), summary="{start} … {end}",
       words=("range", "count")),
    op("linspace", "constant", "Evenly spaced numbers.", "torch.linspace({start}, {end}, {steps})",
       Param("start", Float(), start=0.0, help="The first."),
       Param("end", Float(), start=1.0, help="The last."),
       Param("steps", Int(1), start=8, help="How many."), inputs=(), summary="{start} … {end}",
       words=("range",)),
    op("eye", "constant", "Ones on the diagonal, zeros elsewhere.", "torch.eye({n})",
       Param("n", Int(1), start=8, help="Rows and columns."), inputs=(), summary="{n} × {n}",
       words=("identity matrix",)),
    op("positions", "constant", "The number of each place along an axis of the input.",
       "torch.arange({input}.shape[{dim}], device={input}.device)", DIM, summary="dim {dim}",
       page="arange", words=("position ids", "positional encoding", "arange", "range")),
    op("causal_mask", "constant", "True where a step would look ahead, for attention.",
       "torch.ones({input}.shape[{dim}], {input}.shape[{dim}], dtype=torch.bool, "
        "device={input}.device).triu(1)", DIM, summary="dim {dim}", page="triu",
       words=("triangle", "autoregressive", "mask")),
)  # fmt: skip

SHAPE_OPS: tuple[Kind, ...] = (*_MOVED, *_CUT, *_MADE)
