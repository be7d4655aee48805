"""The command line: the same project, runs and exports, without a window."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime

from graphcore.cli.parser import make_parser
from graphcore.cli.terminal import (
    DONE,
    INTERRUPTED,
    OUR_MISTAKE,
    REFUSED,
    WRONG_USAGE,
    UsageError,
    accept_any_letter,
    complain,
    log_file,
)
from graphcore.errors import UserError

_LIBRARIES = {
    "torch": "torch", "numpy": "numpy", "networkx": "networkx", "safetensors": "safetensors",
    "PIL": "pillow", "tqdm": "tqdm", "PySide6": "PySide6-Essentials", "pyqtgraph": "pyqtgraph",
}  # fmt: skip
"""What pip calls the modules that a command may need."""
_OF_THE_WORLD = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)
"""What a disk says that is full or gone."""


def main(argv: Sequence[str]) -> int:
    """Run a command; the exit status.

    0 done, 1 a problem of severity error, 2 wrong usage, 3 the world said no, 70 our mistake
    (its traceback is in the log file), 130 interrupted with state saved.
    """
    accept_any_letter()
    try:
        return _run(argv)
    except UsageError as error:
        complain(str(error))
        return WRONG_USAGE
    except UserError as error:
        complain(str(error))
        return REFUSED
    except KeyboardInterrupt:
        complain("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our words (`netwright code … | head`) has enough; that is no mistake.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in _LIBRARIES:
            complain(_confession())
            return OUR_MISTAKE
        complain(f"{package} is not installed here: pip install {_LIBRARIES[package]}")
        return REFUSED
    except OSError as error:
        if error.errno not in _OF_THE_WORLD:
            complain(_confession())
            return OUR_MISTAKE
        complain(f"{error.filename or 'What was to be said'} can't be written: {error.strerror}.")
        return REFUSED
    except Exception:
        complain(_confession())
        return OUR_MISTAKE


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = make_parser().parse_args(argv)
    except SystemExit as end:  # argparse has said what it had to say
        return end.code if isinstance(end.code, int) else WRONG_USAGE
    arguments.words = list(argv)
    status: int = arguments.command(arguments)
    sys.stdout.flush()
    return status


def _confession() -> str:
    """Log the exception at hand; the sentence that says so."""
    file, trace = log_file(), traceback.format_exc()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now()} ERROR netwright.cli: A mistake of ours\n{trace}")
    except OSError as error:
        sys.stderr.write(trace)  # it is nowhere else
        return f"Netwright made a mistake, and {file} can't be written: {error.strerror}."
    return f"Netwright made a mistake; what happened is written in {file}."
