"""How an operation becomes a kind; what operations share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graphcore.kinds.kind import Kind, Param, Port, Ports, Refusal
from graphcore.kinds.params import Bool, Int
from graphcore.kinds.texts import Axes

TORCH = ("import torch",)
FUNCTIONAL = ("import torch.nn.functional as F",)
DOCS = "https://docs.pytorch.org/docs/stable/generated/torch."

OUTPUT = Port("output")
INPUT = (Port("input"),)
PAIR = (Port("input"), Port("other"))
DIM = Param("dim", Int(-8, 8), start=1, help="The axis; 0 is the batch.")
LAST = Param("dim", Int(-8, 8), start=-1, help="The axis; -1 is the last.")
AXES = Param("dim", Axes(), None, start=1, optional=True, help="The axis or axes; empty: all.")
KEEP = Param("keepdim", Bool(), False, help="Keep the axis with size 1.")
PLACES = (OUTPUT, Port("indices", "Where each was."))


def op(
    name: str,
    family: str,
    help: str,
    call: str,
    *params: Param,
    inputs: tuple[Port, ...] = INPUT,
    outputs: tuple[Port, ...] = (OUTPUT,),
    icon: str = "",
    summary: str = "",
    page: str = "",
    words: tuple[str, ...] = (),
    listed: bool = True,
    no_onnx: str = "",
    ports_from: Callable[[Mapping[str, object]], Ports] | None = None,
) -> Kind:
    """A kind that is only called.

    `page` is its page below torch's where the name is another, `no_onnx` why ONNX can't express it.
    """
    imports = TORCH if "torch." in call else ()
    return Kind(
        name=f"ops.{name}", family=family, icon=icon or family, help=help, inputs=inputs,
        outputs=outputs, params=params, imports=FUNCTIONAL if call.startswith("F.") else imports,
        call=call, role="op", summary=summary, url=f"{DOCS}{page or name}.html", words=words,
        listed=listed, refusals=(Refusal("onnx", no_onnx),) if no_onnx else (),
        ports_from=ports_from,
    )  # fmt: skip


def many(join: str, fewest: int = 2) -> tuple[Port, ...]:
    """One port that grows; `join` stands between its values."""
    return (Port("tensors", "Values to combine.", variadic=True, join=join, fewest=fewest),)


def parts(count: int) -> tuple[Port, ...]:
    """That many outputs, named in order."""
    return (OUTPUT, *(Port(f"output_{place}") for place in range(2, count + 1)))
