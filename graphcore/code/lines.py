"""Lines of Python laid out as ruff's formatter would lay them out.

Only what generated code needs: assignments of calls, functions, classes, one return.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

WIDTH = 88
STEP = 4
LONGEST_DOC = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A statement at some depth, with its trailing comment and the node that it comes from."""

    text: str
    comment: str = ""
    path: str = ""
    depth: int = 0

    def indented(self) -> Line:
        """The same one level deeper."""
        return replace(self, depth=self.depth + 1) if self.text else self


def assignment(target: str, text: str, comment: str = "", path: str = "") -> Line:
    """`target = text  # comment`."""
    return Line(f"{target} = {text}", comment, path)


def function_lines(
    name: str,
    arguments: Sequence[tuple[str, str]],
    hints: Sequence[str],
    body: Sequence[Line],
    results: Sequence[str],
) -> list[Line]:
    """A method: its head, its body and `return` of the results."""
    hint = hints[0] if len(hints) == 1 else f"tuple[{', '.join(hints)}]" if hints else "None"
    listed = ", ".join(["self", *(f"{n}: {h}" for n, h in arguments)])
    lines = [Line(f"def {name}({listed}) -> {hint}:")]
    lines += [line.indented() for line in body]
    if results:
        lines.append(Line(f"return {', '.join(results)}").indented())
    elif not body:
        lines.append(Line("return None").indented())
    return lines


def class_lines(name: str, doc: str, methods: Iterable[list[Line]]) -> list[Line]:
    """A class of nn.Module with a docstring and its methods."""
    lines = [Line(f"class {name}(nn.Module):"), *(line.indented() for line in doc_lines(doc))]
    for method in methods:
        if method:
            lines.append(Line(""))
            lines += [line.indented() for line in method]
    return lines


def doc_lines(doc: str) -> list[Line]:
    """A docstring; letters that could end it, or that nobody sees, are left out."""
    seen = "".join(letter if letter.isprintable() else " " for letter in doc[:LONGEST_DOC])
    plain = seen.replace("\\", "/").replace('"', "'")
    rows = textwrap.wrap(plain.strip(), WIDTH - 2 * STEP - 6) or [""]
    if len(rows) == 1:
        return [Line(f'"""{rows[0]}"""')]
    return [Line(f'"""{rows[0]}'), *map(Line, rows[1:]), Line('"""')]


def file_text(
    blocks: Sequence[list[Line]], imports: Iterable[str]
) -> tuple[str, dict[int, str]]:  # fmt: skip
    """The whole file, and the path of the node that each line (from 1) comes from."""
    body: list[tuple[str, str]] = []
    for block in blocks:
        body += [("", ""), ("", "")]
        for line in block:
            body += [(text, line.path) for text in _laid_out(line)]
    used = {word for text, _ in body for word in re.findall(r"(?<![\w.])\w+", text)}
    names = [name for name in ("Tensor", "nn") if name in used]
    wanted = set(imports) - {"import torch", "from torch import nn"}
    if "F" not in used:
        wanted.discard("import torch.nn.functional as F")
    plain = ["import torch"] if "torch" in used else []
    head = [*plain, *sorted(wanted), f"from torch import {', '.join(names)}"]
    whole = [(line, "") for line in head] + body
    text = "\n".join(line for line, _ in whole) + "\n"
    return text, {number: path for number, (_, path) in enumerate(whole, 1) if path}


def _laid_out(line: Line) -> list[str]:
    """The physical lines of a statement."""
    indent = " " * (STEP * line.depth)
    comment = f"  # {line.comment}" if line.comment else ""
    if len(indent + line.text + comment) <= WIDTH:
        return [indent + line.text + comment] if line.text else [""]
    if len(indent + line.text) <= WIDTH:
        return [f"{indent}# {line.comment}", indent + line.text] if line.comment else [
            indent + line.text
        ]  # fmt: skip
    above = [f"{indent}# {line.comment}"] if line.comment else []
    return above + _split(line.text, indent)


def _split(text: str, indent: str) -> list[str]:
    """A statement that is too long, broken where the formatter breaks it.

    Inside its last bracket where what stands before that fits on a line; else inside
    parentheses of its own; a list of targets one a line.
    """
    opened = _bracket(text)
    if text.startswith("return ") and not text.startswith("return {"):
        return _in_parentheses("return ", text.removeprefix("return "), indent)
    if opened is None:
        target, equals, value = text.partition(" = ")
        return _in_parentheses(f"{target} = ", value, indent) if equals else [indent + text]
    start, end = opened
    head, tail = indent + text[: start + 1], indent + text[end:]
    target, equals, value = text.partition(" = ")
    if equals and len(head) > WIDTH:
        if "," in target:
            left = _bracketed(f"{indent}(", _items(target), f"{indent}) = {value}", indent)
            return (
                left if len(left[-1]) <= WIDTH else [*left[:-1], *_split(left[-1].strip(), indent)]
            )
        return _in_parentheses(f"{target} = ", value, indent)
    items = _items(text[start + 1 : end])
    joined, inner = ", ".join(items), indent + " " * STEP
    if len(inner + joined) <= WIDTH and text[start] == "(":
        return [head, inner + joined, *_tail(tail, indent)]
    return _bracketed(head, items, tail, indent)


def _bracketed(head: str, items: Sequence[str], tail: str, indent: str) -> list[str]:
    """One item a line, each with its comma."""
    inner = indent + " " * STEP
    return [head, *(line for item in items for line in _item(item, inner)), *_tail(tail, indent)]


def _tail(tail: str, indent: str) -> list[str]:
    """What follows the bracket: for a function's head its result, which may be long too."""
    if len(tail) <= WIDTH or not tail.endswith("]:"):
        return [tail]
    start = tail.index("[")
    return _bracketed(tail[: start + 1], _items(tail[start + 1 : -2]), f"{indent}]:", indent)


def _item(text: str, indent: str) -> list[str]:
    if len(indent + text) + 1 <= WIDTH or _bracket(text) is None:
        return [indent + text + ","]
    inner = _split(text, indent)
    return [*inner[:-1], inner[-1] + ","]


def _in_parentheses(head: str, value: str, indent: str) -> list[str]:
    """`head (` value `)`: on one line, one item or operand a line, or broken in its bracket."""
    inner = indent + " " * STEP
    first, last = f"{indent}{head}(", f"{indent})"
    items = _items(value)
    if len(items) > 1:
        return _bracketed(first, items, last, indent)
    if len(inner + value) <= WIDTH:
        return [first, inner + value, last]
    if _bracket(value) is not None:
        return [first, *_split(value, inner), last]
    operands = re.split(r" (?=[-+*/@] )", value)
    return [first, *(inner + operand for operand in operands), last]


def _bracket(text: str) -> tuple[int, int] | None:
    """Where the outermost bracket opens and closes that the statement ends with.

    For a function's head that is its list of arguments.
    """
    if text.startswith("def "):
        start = text.index("(")
        return start, _closing(text, start)
    start, depth = -1, 0
    for place, letter in enumerate(text):
        if letter in "([{":
            if depth == 0:
                start = place
            depth += 1
        elif letter in ")]}":
            depth -= 1
            if depth == 0 and place == len(text) - 1:
                return start, place
    return None


def _closing(text: str, start: int) -> int:
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if depth == 0:
            return place
    return len(text) - 1


def _items(text: str) -> list[str]:
    """The parts between the commas of the outermost level."""
    found, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            found.append(text[start:place].strip())
            start = place + 1
    found.append(text[start:].strip())
    return [item for item in found if item]
