"""Tensor and functional ops, constants, and the nodes that say where a model begins and ends."""

from __future__ import annotations

from graphcore.kinds.kind import Kind, Param, Port
from graphcore.kinds.line import Line, line_ports
from graphcore.kinds.op import FUNCTIONAL, TORCH
from graphcore.kinds.ops_math import MATH_OPS
from graphcore.kinds.ops_merge import MERGE_OPS
from graphcore.kinds.ops_shape import SHAPE_OPS
from graphcore.kinds.params import INFINITE, Bool, Dtype, Ints, Numbers, TypeText
from graphcore.kinds.texts import Named

OPS: tuple[Kind, ...] = (*MERGE_OPS, *MATH_OPS, *SHAPE_OPS)

_BEGINNINGS = Named((("normal", "torch.randn"), ("small", "0.02 * torch.randn"),
                     ("zeros", "torch.zeros"), ("ones", "torch.ones"),
                     ("uniform", "torch.rand")))  # fmt: skip

NODES: tuple[Kind, ...] = (
    Kind("data.Dataset", "data", "data", "The samples, one port a field.", inputs=(), outputs=(),
         call="", role="dataset", words=("samples", "csv", "images")),
    Kind("io.Input", "input", "input", "Where the model begins.",
         inputs=(Port("field", "A field of the data; its type becomes the input's.",
                      optional=True),),
         params=(Param("type", TypeText(), "float32[1, 8, 8]",
                       help="Type per sample where no field is wired."),),
         call="", role="input"),
    Kind("io.Output", "output", "output", "Where the model ends.", outputs=(), call="",
         role="output"),
    Kind("loss.Term", "loss", "loss", "Makes any number a part of what is minimized.",
         inputs=(Port("input", role="prediction", dtype="float"),), outputs=(), call="{input}",
         role="term"),
    Kind("ops.constant", "constant", "constant", "A fixed number or tensor.", inputs=(),
         params=(Param("value", Numbers(words=INFINITE), start=1.0,
                       help="The number or list of numbers."),
                 Param("dtype", Dtype(), None, optional=True, help="Empty: as the value is."),
                 Param("requires_grad", Bool(), False, help="Ask autograd for its gradient.")),
         imports=TORCH, call="torch.tensor({args})", role="constant", summary="{value}",
         url="https://docs.pytorch.org/docs/stable/generated/torch.tensor.html",
         words=("number", "scalar")),
    Kind("ops.Expression", "math", "code", "Your own line over the values that come in.",
         inputs=(), params=(Param("line", Line(), start="x * torch.sigmoid(x)",
                                  help="Each name is an input, each part between commas an"
                                  " output."),),
         imports=(*TORCH, *FUNCTIONAL), call="{line}", summary="{line}",
         url="https://docs.pytorch.org/docs/stable/torch.html",
         words=("formula", "custom", "line", "lambda", "calculate"), ports_from=line_ports),
    Kind("nn.Parameter", "constant", "weights", "A tensor that is learned.", inputs=(),
         params=(Param("shape", Ints(1), start=(1, 64), help="Its sizes; no batch is added."),
                 Param("init", _BEGINNINGS, start="small",
                       help="Where it begins; small is normal with a spread of 0.02.")),
         imports=(*TORCH, "from torch import nn"), construct="nn.Parameter({init}({shape}))",
         call="{layer}", role="layer", summary="{shape|×}",
         url="https://docs.pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html",
         words=("learnable", "weights", "position", "class token", "query")),
)  # fmt: skip
