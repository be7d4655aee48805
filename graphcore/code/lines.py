"""Lines of Python laid out as ruff's formatter would lay them out.

Only what generated code needs: assignments of calls, functions, classes, one return.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

WIDTH = 88
STEP = 4


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
    lines = [Line(f"class {name}(nn.Module):"), Line(f'"""{doc}"""').indented()]
    for method in methods:
        if method:
            lines.append(Line(""))
            lines += [line.indented() for line in method]
    return lines


def file_text(
    blocks: Sequence[list[Line]], imports: Iterable[str]
) -> tuple[str, dict[int, str]]:  # fmt: skip
    """The whole file, and the path of the node that each line (from 1) comes from."""
    body: list[tuple[str, str]] = []
    for block in blocks:
        body += [("", ""), ("", "")]
        for line in block:
            body += [(text, line.path) for text in _laid_out(line)]
    uses_torch = any(re.search(r"(?<![\w.])torch\.", text) for text, _ in body)
    wanted = {line for line in imports if line != "import torch"} | {"import torch.nn as nn"}
    plain = ["import torch"] if uses_torch else []
    head = [*plain, *sorted(wanted), "from torch import Tensor"]
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
    """A statement that is too long, broken at its last bracket as the formatter breaks it."""
    opened = _bracket(text)
    if opened is None:
        return _parenthesized(text, indent)
    start, end = opened
    inside, inner = text[start + 1 : end], indent + " " * STEP
    items = _items(inside)
    joined = ", ".join(items)
    head, tail = indent + text[: start + 1], indent + text[end:]
    if len(inner + joined) <= WIDTH and text[start] == "(":
        return [head, inner + joined, tail]
    lines: list[str] = [head]
    for item in items:
        lines += _item(item, inner)
    return [*lines, tail]


def _item(text: str, indent: str) -> list[str]:
    if len(indent + text) + 1 <= WIDTH or _bracket(text) is None:
        return [indent + text + ","]
    inner = _split(text, indent)
    return [*inner[:-1], inner[-1] + ","]


def _parenthesized(text: str, indent: str) -> list[str]:
    """`a = b + c + …` too long: one operand a line inside parentheses."""
    target, equals, value = text.partition(" = ")
    if not equals:
        return [indent + text]
    inner = indent + " " * STEP
    if len(inner + value) <= WIDTH:
        return [f"{indent}{target} = (", inner + value, f"{indent})"]
    operands = re.split(r" (?=[+*] )", value)
    return [f"{indent}{target} = (", *(inner + operand for operand in operands), f"{indent})"]


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
