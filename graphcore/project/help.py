"""The page that explains each rule, taken apart into its sections."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from graphcore.project.resources import resource

_HEADING = re.compile(r"^(##+) +(.+?) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """What the help says of one rule, in Markdown without the heading."""

    rule: str
    group: str
    text: str

    @property
    def title(self) -> str:
        """The rule in plain words: `Softmax before loss`."""
        return rule_title(self.rule)


def rule_title(rule: str) -> str:
    """A rule's name in plain words."""
    words = re.sub(r"[_-]+", " ", rule).strip()
    return words[:1].upper() + words[1:]


@functools.cache
def sections() -> Mapping[str, Section]:
    """Every section of the page by its rule, in the order of the page."""
    page = resource("help/problems.md").read_text(encoding="utf-8")
    found: dict[str, Section] = {}
    group = ""
    headings = list(_HEADING.finditer(page))
    ends = [match.start() for match in headings[1:]] + [len(page)]
    for match, end in zip(headings, ends, strict=True):
        if match[1] == "##":
            group = match[2]
        else:
            found[match[2]] = Section(match[2], group, page[match.end() : end].strip())
    return found
