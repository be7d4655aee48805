"""What torch says when a step can't be done, as a sentence with a way out."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import replace

import torch

from graphcore.analysis.result import Analysis
from graphcore.training.events import Failed

_GONE = r"gloo.*(peer|closed|timed out)|NCCL.*(remote|timeout)|Connection closed by"
_NO_MEMORY = (
    "out of memory", "can't allocate memory", "not enough memory", "bad_alloc",
    "could not create a primitive", "could not create a memory",
)  # fmt: skip


def explain(error: Exception, device: torch.device, lines: Mapping[int, str]) -> Failed | None:
    """The failure that the error stands for; None where it is a mistake of ours.

    `lines` says which line of the generated code comes from which node.
    """
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    if _is_out_of_memory(error, text):
        return _out_of_memory(error, device, lines)
    if re.search(_GONE, text):
        return Failed(
            "Another process of the run died, and this one can't go on without it.",
            "It may have run out of memory, or somebody ended it. Resume goes on from the state "
            "that was saved last.",
            "gone",
        )
    if match := re.search(r"(\S+) does not have a deterministic implementation", text):
        return Failed(
            f"“{match[1]}” can't be computed the same way twice on {device}.",
            "Turn “deterministic” off in the plan, or take another layer in its place.",
        )
    if device.type != "cpu" and re.search(r"CUDA|cuDNN|cuBLAS|MPS|device-side", text):
        return Failed(
            f"The device {device} gave up: {text}.",
            "Train in a process of its own, or on the CPU, which tells more precisely what is "
            "wrong; where it computed, the device is lost until that process ends.",
            "device",
        )
    node = _node_of(error, lines)
    if node is None:
        return None
    known = _known(text)
    where = f"“{node}” can't be computed"
    return Failed(f"{where}: {known[0] or text}.", known[1]) if known else Failed(
        f"{where}: {text.rstrip('.')}.", "Look at its inputs and settings."
    )  # fmt: skip


def _out_of_memory(error: Exception, device: torch.device, lines: Mapping[int, str]) -> Failed:
    node = _node_of(error, lines) or ""
    called = {frame.name for frame in traceback.extract_tb(error.__traceback__)}
    where = f" at “{node}”" if node else ""
    where = where or (" in the backward pass" if "_engine_run_backward" in called else "")
    where = where or (" in the optimizer's step" if "_move" in called else "")
    said = f": it ran out{where}." if where else "."
    return Failed(
        f"The memory of {device} is not enough for this step{said}",
        "Find the largest batch that fits, or choose a smaller batch size, a smaller model, or "
        "another device.",
        "memory", node,
    )  # fmt: skip


def with_heaviest(failed: Failed, analysis: Analysis, batch: int) -> Failed:
    """A lack of memory told with the node whose values take the most of it."""
    blocks = {path.rpartition(".")[0].removesuffix(".0") for path in analysis.nodes}
    leaves = [facts for path, facts in analysis.nodes.items() if path not in blocks]
    most = max(leaves, key=lambda facts: facts.memory, default=None)
    if most is None or not most.memory:
        return failed
    size = most.memory * batch / 2**20
    amount = f"{size / 1024:,.1f} GiB" if size >= 1024 else f"{size:,.1f} MiB"
    said = f"{failed.message} Most is taken by the values of “{most.path}”: {amount} for {batch}."
    return replace(failed, message=said, node=failed.node or most.path)


def _is_out_of_memory(error: Exception, text: str) -> bool:
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return any(words in text for words in _NO_MEMORY)


def _known(text: str) -> tuple[str, str] | None:
    if match := re.search(r"Target (-?\d+) is out of bounds", text):
        return (
            f"a sample has the class {match[1]}, and there is no score for it",
            "Set the size of the last layer to the number of classes.",
        )
    if "Expected more than 1 value per channel" in text:
        return (
            "a batch of a single sample has no spread to normalize with",
            "Choose another batch size, so that no single sample is left over.",
        )
    if "between 0 and 1" in text:
        return (
            "it takes values from 0 to 1 alone",
            "Put a Sigmoid before it, or use BCEWithLogitsLoss.",
        )
    return None


def _node_of(error: Exception, lines: Mapping[int, str]) -> str | None:
    """The node whose line of the generated code raised the error."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith("<netwright_generated"):
            return lines.get(frame.lineno or 0)
    return None
