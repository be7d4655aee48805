"""Run the benchmarks, all or those of one area: `python -m tests.benchmarks [AREA]`.

An area is a module beside this one with `run() -> Iterator[dict]`; its lines go to
`build/bench/AREA.jsonl` and are printed as a table.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE.parents[1] / "build" / "bench"
COLUMNS = (("name", 44), ("ours", 10), ("peer", 10), ("unit", 6), ("ratio", 7), ("peer_name", 30))


def areas() -> list[str]:
    """The names of all areas."""
    return sorted(path.stem for path in HERE.glob("[a-z]*.py"))


def main(wanted: list[str]) -> int:
    """Run what is wanted; 2 where there is no such area."""
    unknown = [name for name in wanted if name not in areas()]
    if unknown:
        sys.stderr.write(f"There is no area {unknown[0]}; there is {', '.join(areas())}.\n")
        return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    for area in wanted or areas():
        sys.stdout.write(f"\n{area}\n{row(dict(zip(*[[n for n, _ in COLUMNS]] * 2, strict=True)))}")
        with (RESULTS / f"{area}.jsonl").open("w", encoding="utf-8") as file:
            for line in _lines(area):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
                sys.stdout.write(row(line))
                sys.stdout.flush()
    return 0


def _lines(area: str) -> Iterator[dict[str, object]]:
    yield from importlib.import_module(f"tests.benchmarks.{area}").run()


def row(line: dict[str, object]) -> str:
    """A line of the table."""
    cells = []
    for name, width in COLUMNS:
        text = str(line.get(name, ""))
        cells.append(text.rjust(width) if name in ("ours", "peer", "ratio") else text.ljust(width))
    return "  ".join(cells).rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
