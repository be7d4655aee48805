"""What torch says when a step can't be done, as a sentence with a way out."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping

import torch

from graphcore.training.events import Failed


def explain(error: Exception, device: torch.device, lines: Mapping[int, str]) -> Failed | None:
    """The failure that the error stands for; None where it is a mistake of ours.

    `lines` says which line of the generated code comes from which node.
    """
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    if _is_out_of_memory(error, text):
        return Failed(
            f"The memory of {device} is not enough for this step.",
            "Choose a smaller batch size, a smaller model, or another device.",
            "memory",
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


def _is_out_of_memory(error: Exception, text: str) -> bool:
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return "out of memory" in text or "can't allocate memory" in text


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
