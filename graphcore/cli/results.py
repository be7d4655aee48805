"""What `evaluate` says beyond metrics: which class is taken for which, the worst and the best."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from graphcore.training.runs import Run

if TYPE_CHECKING:
    from graphcore.training.results import Result

_FIRST_NUMBERS = 8
_CORNER = "true ↓ said →"


def told_results(arguments: argparse.Namespace, run: Run) -> list[dict[str, Any]]:
    """A record of every output, with what was asked for; none where nothing was."""
    if not (arguments.confusion or arguments.worst or arguments.best):
        return []
    from graphcore.data.sources import read
    from graphcore.training.predict import Predictor
    from graphcore.training.results import examine

    project, folder = run.project(), arguments.project.parent
    predictor = Predictor(project, run, arguments.weights, folder)
    found = examine(predictor, project, read(project.data, folder))
    return [_told(result, arguments) for result in found]


def _told(result: Result, arguments: argparse.Namespace) -> dict[str, Any]:
    from graphcore.training.results import LABEL_CELLS

    record: dict[str, Any] = {
        "output": result.output, "form": result.form, "part": result.part,
        "samples": len(result), "of": result.of,
    }  # fmt: skip
    if arguments.confusion and result.class_names:
        record["classes"] = list(result.class_names)
        is_labels = result.form == "labels"
        record["columns"] = list(LABEL_CELLS if is_labels else result.class_names)
        record["confusion"] = result.counts.tolist()
    for ends in ("worst", "best"):
        if count := getattr(arguments, ends):
            places = result.order(worst=ends == "worst")[:count]
            record[ends] = [_sample(result, int(place)) for place in places]
    return record


def _sample(result: Result, place: int) -> dict[str, Any]:
    found: dict[str, Any] = {"sample": int(result.rows[place]), "error": float(result.error[place])}
    true, said = result.true[place], result.said[place]
    match result.form:
        case "classes":
            names = result.class_names
            return found | {"true": names[true], "said": names[said],
                            "probability": float(result.shares[place][said])}  # fmt: skip
        case "labels":
            named = [[name for name, yes in zip(result.class_names, row, strict=True) if yes]
                     for row in (true, said)]  # fmt: skip
            return found | {"true": named[0], "said": named[1]}
        case "numbers" if true.size <= _FIRST_NUMBERS:
            return found | {"true": true.tolist(), "said": said.tolist()}
    return found  # a picture says nothing as a list of numbers


def result_text(record: dict[str, Any]) -> str:
    """The record of an output as a table and lines."""
    samples = f"{record['samples']} {record['part']} samples"
    if record["samples"] < record["of"]:
        samples += f" of {record['of']}"
    lines = [f"{record['output']}, {samples}:"]
    if "confusion" in record:
        lines += _table(record)
    for ends in ("worst", "best"):
        if ends in record:
            lines.append(f"  {ends}:")
            lines += [f"    {_sentence(sample)}" for sample in record[ends]]
    return "\n".join(lines)


def _table(record: dict[str, Any]) -> list[str]:
    """Rows are true classes, columns what was said."""
    names = [name[:12] for name in record["classes"]]
    heads = [name[:12] for name in record["columns"]]
    rows = record["confusion"]
    first = max(len(_CORNER), *map(len, names))
    widths = [max(len(head), *(len(str(row[at])) for row in rows)) for at, head in enumerate(heads)]
    top = "  ".join(head.rjust(width) for head, width in zip(heads, widths, strict=True))
    lines = [f"  {_CORNER.ljust(first)}  {top}"]
    for name, row in zip(names, rows, strict=True):
        cells = "  ".join(str(n).rjust(width) for n, width in zip(row, widths, strict=True))
        lines.append(f"  {name.ljust(first)}  {cells}")
    return lines


def _sentence(sample: dict[str, Any]) -> str:
    said = ""
    if "true" in sample:
        said = f" {sample['true']} → {sample['said']}"
    sure = f" ({sample['probability']:.1%})" if "probability" in sample else ""
    return f"sample {sample['sample']}:{said}{sure}, error {sample['error']:.4g}"
