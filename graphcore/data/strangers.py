"""Files that people drop and that are no data: what each is, and what can be done with it."""

from __future__ import annotations

from pathlib import Path

from graphcore.data.image_folder import SUFFIXES as PICTURES
from graphcore.errors import UserError

_DRAW = "Paste the Python code of its layers onto the canvas, or drop the .py file that has them."
# Suffixes, what such a file is, and what to do with it.
_KNOWN: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((".pt", ".pth", ".ckpt"), "is a model or weights of PyTorch, which can't be opened yet",
     _DRAW),
    ((".pt2",), "is an exported program of PyTorch, which can't be opened yet", _DRAW),
    ((".onnx",), "is a model in ONNX, which can't be opened yet", _DRAW),
    ((".h5", ".keras", ".tflite", ".pb"), "is a model of another library, which can't be opened",
     "Draw the network; the palette has its layers."),
    ((".safetensors",), "holds weights, which can't be loaded into a drawing yet",
     "Weights of your own runs are in the panel Runs: resume from them, try or export them."),
    ((".ipynb",), "is a notebook, not data",
     "Copy the cell that has the network and paste it onto the canvas."),
    ((".npy",), "is a single NumPy array",
     "Write arrays with numpy.savez into an .npz, samples along the first axis, and drop that."),
    ((".xlsx", ".xls", ".ods"), "is a spreadsheet", "Save it as CSV where you made it, drop that."),
    ((".parquet", ".feather", ".json", ".jsonl"), "is a table that can't be read here",
     "Write it as CSV and drop that."),
    ((".zip", ".tar", ".gz", ".tgz", ".7z"), "is an archive", "Unpack it and drop what is in it."),
    (PICTURES, "is a single picture",
     "Drop the folder that has a folder of pictures for each class."),
)  # fmt: skip


def why_no_data(path: Path) -> UserError:
    """Why a path that no source reads can't be the data, and what to do instead."""
    if not path.exists():
        return UserError(
            f"“{path.name}” is not there.", f"It may have been moved or renamed: “{path}”."
        )
    for suffixes, what, hint in _KNOWN:
        if path.suffix.lower() in suffixes:
            return UserError(f"“{path.name}” {what}.", hint)
    return UserError(
        f"“{path.name}” is no data that can be read.",
        "Choose a CSV file, an .npz file, or a folder with one folder of images for each class.",
    )
