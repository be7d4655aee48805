"""Netwright: `main.py [PROJECT]` opens the window, `main.py COMMAND …` works without one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

SUFFIX = ".netwright"
NO_DISPLAY = (
    "There is no display here, so no window can open; "
    "`netwright render {project} -o FILE.png` draws a project to a picture instead."
)
BAD_PAIR = (
    "PySide6 {version} ends every program on Python older than 3.12 after a while. "
    'Install an older one with `pip install "PySide6-Essentials<6.12"`, or use Python 3.12.'
)


def main() -> None:
    """The command `netwright`; ends with the exit status."""
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0].endswith(SUFFIX):
        return _open_window(arguments[0] if arguments else "")
    from graphcore.cli import main as run_command

    return run_command(list(arguments))


def _open_window(project: str) -> int:
    refusal = why_no_window(project)
    if refusal:
        sys.stderr.write(refusal + "\n")
        return 3
    from gui import app

    return app.run(project)


def why_no_window(project: str = "") -> str:
    """The sentence that says why no window can open here; empty where one can."""
    import PySide6

    if is_bad_pair(PySide6.__version__, sys.version_info[:2]):
        return BAD_PAIR.format(version=PySide6.__version__)
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in displays):
        return NO_DISPLAY.format(project=project or "PROJECT")
    return ""


def is_bad_pair(pyside: str, python: tuple[int, ...]) -> bool:
    """Whether this PySide6 miscounts references to None on this Python, which aborts it."""
    major, minor = (int(part) for part in pyside.split(".")[:2])
    return (major, minor) >= (6, 12) and python < (3, 12)


if __name__ == "__main__":
    main()
