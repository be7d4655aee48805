"""The source “sample”: the small public data sets that come with the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from graphcore.data.npz_file import read_arrays
from graphcore.data.options import Options
from graphcore.data.samples import Samples
from graphcore.errors import UserError
from graphcore.project.data import Field
from graphcore.project.resources import resource

# name -> (title, what it is); resources/samples/README.md has source and licence of each.
SAMPLE_SETS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "digits": ("Handwritten digits", "1,797 pictures of 8 × 8 pixels, ten digits"),
        "iris": ("Iris flowers", "150 flowers of three species"),
    }
)


def read_sample(options: Options, folder: Path | None) -> tuple[Samples, tuple[Field, ...]]:
    """Samples and fields of the set that `options["name"]` names."""
    name = options.get("name")
    if not isinstance(name, str) or name not in SAMPLE_SETS:
        raise UserError(
            f"There is no sample set “{str(name)[:40]}”.", f"Use {' or '.join(SAMPLE_SETS)}."
        )
    return read_arrays(resource(f"samples/{name}.npz"))


def detect_sample(path: Path) -> dict[str, object] | None:
    """Nothing: no path leads to a sample set."""
    return None
