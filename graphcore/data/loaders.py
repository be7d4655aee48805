"""Tensors of the samples as the model sees them, and batches of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import torch
from torch import Tensor

from graphcore.data.samples import Samples
from graphcore.data.scaling import from_model, to_model
from graphcore.errors import UserError
from graphcore.project.data import DataChoice

__all__ = ["batches", "from_model", "tensors", "to_model"]


def tensors(
    choice: DataChoice, samples: Samples, device: torch.device | str = "cpu"
) -> dict[str, Tensor]:
    """Every field as one tensor [samples, *dims] on the device, normalized.

    Floats are float32, classes and other whole numbers int64. Raises UserError where the
    samples lack a field or hold it in another shape, or where they don't fit the memory.
    """
    found: dict[str, Tensor] = {}
    for field in choice.fields:
        array = samples.arrays.get(field.name)
        dims = tuple(getattr(field.type, "dims", ()))
        if array is None or array.shape[1:] != dims:
            what = "is missing" if array is None else f"has the shape {list(array.shape[1:])}"
            raise UserError(
                f"The field “{field.name}” {what} in the data, which has changed.",
                "Read the data again in the data panel.",
            )
        try:
            found[field.name] = torch.from_numpy(to_model(field, array[:], choice)).to(device)
        except (MemoryError, torch.OutOfMemoryError) as error:
            raise UserError(
                f"The samples of “{field.name}” don't fit into the memory.",
                "Use fewer or smaller samples.",
            ) from error
    return found


def batches(
    fields: Mapping[str, Tensor], indices: Tensor, batch_size: int
) -> Iterator[dict[str, Tensor]]:
    """The samples at `indices` in that order, `batch_size` at a time; the last may be smaller."""
    for start in range(0, len(indices), batch_size):
        chosen = indices[start : start + batch_size]
        yield {name: values[chosen] for name, values in fields.items()}
