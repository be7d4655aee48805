"""What the command about runs says of a run's weights."""

from __future__ import annotations

import json
from dataclasses import fields

from graphcore.cli.terminal import say, table
from graphcore.training.runs import Run
from graphcore.training.weight_looks import WeightLook, looks_at

HEADS = ("WEIGHTS", "SHAPE", "MEAN", "SPREAD", "LOWEST", "HIGHEST", "ZEROS", "HISTOGRAM")
BARS = " ▁▂▃▄▅▆▇█"


def show_weights(run: Run, node: str, which: str, as_json: bool) -> None:
    """Say the facts of the last or best weights of a node, or of all. Raises UserError."""
    looks = looks_at(run.weights_path(which), node)
    if as_json:
        say(json.dumps([_record(look) for look in looks], indent=2))
        return
    for line in table([HEADS, *map(_row, looks)], right=(2, 3, 4, 5, 6)):
        say(line.rstrip())


def _record(look: WeightLook) -> dict[str, object]:
    names = (field.name for field in fields(look) if field.name not in ("form", "pictures"))
    return {name: getattr(look, name) for name in names}


def _row(look: WeightLook) -> tuple[str, ...]:
    numbers = (look.mean, look.spread, look.low, look.high)
    shape = "×".join(map(str, look.shape)) or "1"
    return look.name, shape, *(f"{n:.4g}" for n in numbers), f"{look.zeros:.1%}", _bars(look.counts)


def _bars(counts: tuple[int, ...]) -> str:
    """Sixteen bars, four bins each."""
    sums = [sum(counts[first : first + 4]) for first in range(0, len(counts), 4)]
    most = max(*sums, 1)
    return "".join(BARS[-(-total * (len(BARS) - 1) // most)] for total in sums)
