"""How the kinds are laid out in the palette, and how a search finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from graphcore.kinds.catalog import CATALOG, FAMILIES
from graphcore.kinds.kind import Kind
from graphcore.project.definitions import MAIN
from graphcore.project.modules import PREFIX
from graphcore.project.project import Project

MORE = "/more"
FEW = 5
"""A family of at most this many kinds shows them all."""

# Key, title and families of each heading.
_SHELVES = (
    ("data", QT_TRANSLATE_NOOP("palette", "Data"), ("data", "input", "output", "constant")),
    ("block", QT_TRANSLATE_NOOP("palette", "Blocks of this project"), ("block",)),
    ("mine", QT_TRANSLATE_NOOP("palette", "My blocks"), ("mine",)),
    ("convolution", QT_TRANSLATE_NOOP("palette", "Convolution"), ("convolution",)),
    ("normalization", QT_TRANSLATE_NOOP("palette", "Normalization"), ("normalization",)),
    ("activation", QT_TRANSLATE_NOOP("palette", "Activation"), ("activation",)),
    ("pooling", QT_TRANSLATE_NOOP("palette", "Pooling"), ("pooling",)),
    ("linear", QT_TRANSLATE_NOOP("palette", "Linear"), ("linear", "embedding")),
    ("sequence", QT_TRANSLATE_NOOP("palette", "Sequence"), ("recurrent", "attention")),
    ("dropout", QT_TRANSLATE_NOOP("palette", "Dropout"), ("dropout",)),
    ("shape", QT_TRANSLATE_NOOP("palette", "Shape"), ("shape",)),
    ("merge", QT_TRANSLATE_NOOP("palette", "Merge"), ("merge",)),
    ("math", QT_TRANSLATE_NOOP("palette", "Math"), ("math",)),
    ("loss", QT_TRANSLATE_NOOP("palette", "Loss"), ("loss",)),
)

# What most drawings need, in the order in which it is looked for.
COMMON = tuple(
    """data.Dataset io.Input io.Output ops.constant nn.Parameter
    nn.Conv2d nn.Conv1d nn.ConvTranspose2d nn.BatchNorm2d nn.BatchNorm1d nn.LayerNorm
    nn.GroupNorm nn.ReLU nn.GELU nn.SiLU nn.Sigmoid nn.Tanh nn.Softmax nn.MaxPool2d nn.AvgPool2d
    nn.AdaptiveAvgPool2d nn.Linear nn.Embedding nn.GRU nn.LSTM nn.MultiheadAttention
    nn.TransformerEncoderLayer nn.Dropout nn.Flatten nn.Unflatten nn.Upsample ops.permute
    ops.add ops.cat ops.mul ops.matmul ops.mean
    ops.sum ops.pow ops.exp loss.CrossEntropyLoss loss.MSELoss loss.BCEWithLogitsLoss
    loss.L1Loss""".split()
)


NEW_MODULE = Kind(
    f"{PREFIX}Python module…", "block", "code",
    "A class of your own: from a .py file beside the project, or by its import path.",
    words=("python module", "own class", "custom layer", "import", "nn.Module", "user"),
)  # fmt: skip
"""What is chosen to be asked for a class; it becomes no node itself."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One heading of the palette: what is needed often, and the long tail behind it."""

    key: str
    title: str
    common: tuple[Kind, ...]
    rare: tuple[Kind, ...]


def every_kind(project: Project, mine: Sequence[Kind] = ()) -> Iterator[Kind]:
    """The catalog, the project's blocks, the library's, Python modules, and how to add one."""
    yield from CATALOG.values()
    for name in project.definitions:
        if name != MAIN:
            yield project.kind(f"block.{name}")
    yield from mine
    for name in project.modules:
        yield project.kind(f"{PREFIX}{name}")
    yield NEW_MODULE


def shelves(project: Project, mine: Sequence[Kind] = ()) -> list[Shelf]:
    """The listed kinds by heading, in the catalog's order of families; none without a kind."""
    by_family: dict[str, list[Kind]] = {}
    for kind in (kind for kind in every_kind(project) if kind.listed):
        by_family.setdefault(kind.family, []).append(kind)
    by_family["mine"] = list(mine)
    named = {family for _, _, families in _SHELVES for family in families}
    others = tuple(
        (family, family.capitalize(), (family,))
        for family in dict.fromkeys((*FAMILIES, *by_family))
        if family not in named
    )
    found = []
    for key, title, families in (*_SHELVES, *others):
        kinds = [kind for family in families for kind in by_family.get(family, ())]
        if kinds:
            shown = QCoreApplication.translate("palette", str(title))
            found.append(Shelf(key, shown, *_sorted(kinds)))
    return found


def _sorted(kinds: list[Kind]) -> tuple[tuple[Kind, ...], tuple[Kind, ...]]:
    rank = {name: place for place, name in enumerate(COMMON)}
    common = sorted((k for k in kinds if k.name in rank), key=lambda k: rank[k.name])
    rare = [kind for kind in kinds if kind.name not in rank]
    if len(kinds) <= FEW or not common:
        return (*common, *rare), ()
    return tuple(common), tuple(rare)


def matches(project: Project, text: str, mine: Sequence[Kind] = ()) -> list[Kind]:
    """The kinds that a search means, best first."""
    wanted = _plain(text)
    scored = []
    for place, kind in enumerate(every_kind(project, mine)):
        score = _score(wanted, kind)
        if score:
            rank = COMMON.index(kind.name) if kind.name in COMMON else len(COMMON)
            scored.append((-score, rank, len(kind.title), place, kind))
    return [entry[-1] for entry in sorted(scored, key=lambda entry: entry[:-1])]


def _plain(text: str) -> str:
    """Without what people leave out: capitals, spaces, hyphens."""
    return text.lower().replace(" ", "").replace("-", "")


def _score(wanted: str, kind: Kind) -> int:
    """How well a kind fits, 0 for not at all: its title before its words before its help."""
    title = kind.title.lower()
    words = [_plain(word) for word in kind.words]
    if title == wanted or wanted in words:
        return 100 if title == wanted else 90
    if title.startswith(wanted):
        return 80
    if any(word.startswith(wanted) for word in words):
        return 70
    if wanted in title:
        return 60
    if _is_subsequence(wanted, title):
        return 50
    if any(_is_subsequence(wanted, word) for word in words):
        return 40
    return 30 if len(wanted) > 2 and wanted in kind.help.lower().replace(" ", "") else 0


def _is_subsequence(wanted: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in wanted)
