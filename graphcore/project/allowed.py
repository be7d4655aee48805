"""What values are allowed where: the tables that files and edits are both checked by.

The names are those of the dataclasses' fields; they are the keys in the project file too.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Mapping
from dataclasses import fields

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.kinds.params import Bool, Choice, Float, Int, Plain, shown
from graphcore.project.checks import (
    MOST_ITEMS,
    Check,
    each,
    frozen,
    like,
    optional,
    pairs,
    plain,
    refuse,
    text,
    whole,
)
from graphcore.project.data import DataChoice, Field, Split
from graphcore.project.definitions import DefinitionParam
from graphcore.project.graph import NAME, Node, check_id, check_name, check_settings
from graphcore.project.modules import UserModule, check_source, param_of, word_type
from graphcore.project.plan import (
    COMPILE_MODES,
    LOADINGS,
    PARALLEL,
    PRECISIONS,
    ObjectivePlan,
    Optimizer,
    Plan,
    Schedule,
)
from graphcore.project.project import Note, Project
from graphcore.project.weights import WeightsSource
from graphcore.types import ListOf, Record, Tensor, parse_type

FARTHEST = 10_000_000
# Names that the generated code itself uses where a field is an argument.
_TAKEN = frozenset(
    ("self", "super", "torch", "nn", "F", "math", "dict", "int", "bool", "tuple", "list", "str",
     "Tensor")
)  # fmt: skip

_NUMBER = like(Float())
_WORD = text("a word", r"[A-Za-z_][A-Za-z0-9_.-]*", 100)
_LINE = text(longest=2000)
_SHARE = like(Float(0, 0.95))
_LENGTH = whole(1, FARTHEST)
_PLACE = whole(-FARTHEST, FARTHEST)
POINT: Check = each(_PLACE, 2, 2)
POINTS: Check = each(POINT, most=10_000)


def field_name(value: object, where: str) -> str:
    """The name of a field, which becomes an argument in the code."""
    if not isinstance(value, str) or not NAME.match(value):
        raise refuse(where, value, "a name of letters A-Z, digits and _")
    if keyword.iskeyword(value) or value in _TAKEN:
        raise UserError(f"{where}: “{value}” has a meaning of its own in Python.", "Rename it.")
    return value


def _type(value: object, where: str) -> object:
    if isinstance(value, Tensor | ListOf | Record):
        return value
    if not isinstance(value, str):
        raise refuse(where, value, "a type such as float32[1, 8, 8]")
    return placed(where, lambda: parse_type(value))


def placed(where: str, ask: Callable[[], object]) -> object:
    """What `ask` returns; a UserError of it gets the place in front."""
    try:
        return ask()
    except UserError as error:
        raise UserError(f"{where}: {error.message}", error.hint) from error


def _named(cls: type, key: str, inner: Check) -> Check:
    """A list of values of which no two have the same name."""

    def check(value: object, where: str) -> object:
        items = each(inner, most=1000)(value, where)
        names = [getattr(item, key) for item in items]
        if len(set(names)) < len(names):
            raise UserError(f"{where}: two have the same {key}.", "Give each a name of its own.")
        return items

    return check


_NUMBERS = each(_NUMBER)
_FIELD = frozen(
    Field, name=field_name, type=_type, low=optional(_NUMBER), high=optional(_NUMBER),
    classes=optional(whole(1, MOST_ITEMS)), class_names=each(_LINE),
    vocabulary_size=optional(whole(1, 2**40)), mean=_NUMBERS, std=_NUMBERS,
    padding=optional(whole(0, 2**40)),
)  # fmt: skip
_SHARES = frozen(
    Split, validation=_SHARE, test=_SHARE, seed=whole(0, 2**40), stratify=like(Bool())
)  # fmt: skip


def _split(value: object, where: str) -> Split:
    split: Split = _SHARES(value, where)
    if split.validation + split.test > 0.95:
        raise UserError(
            f"{where}: validation and test leave no samples to train on.",
            "Together they may take at most 0.95.",
        )
    return split


DATA = frozen(
    DataChoice, source=text("a source", r"[A-Za-z0-9_.-]*", 100),
    options=pairs(_LINE, plain), fields=_named(Field, "name", _FIELD), samples=whole(0, 2**40),
    normalize=pairs(_LINE, like(Choice(("none", "unit", "standard")))), split=_split,
    fingerprint=text("a fingerprint", r"[A-Za-z0-9:._-]*", 200),
)  # fmt: skip

_PARAMS = pairs(_WORD, plain)
_POSITIVE = like(Float(0, 1e9))
_SCHEDULE = frozen(Schedule, name=_WORD, params=_PARAMS, share=like(Float(1e-6, 1e6)))
_OBJECTIVE = frozen(
    ObjectivePlan, name=text("a name", r"[A-Za-z][A-Za-z0-9_]*", 100),
    optimizer=frozen(Optimizer, name=_WORD, params=_PARAMS),
    schedule=_SCHEDULE, params=_LINE, every=whole(1, 10**6),
    warmup=_SHARE, then=each(_SCHEDULE, most=20),
)  # fmt: skip
PLAN = frozen(
    Plan, objectives=_named(ObjectivePlan, "name", _OBJECTIVE), epochs=whole(1, 10**6),
    batch_size=whole(1, 10**7), seed=whole(0, 2**40), threads=whole(0, 1024),
    device=text("a device such as auto, cpu or cuda:1", r"[a-z]+(:\d{1,3})?"),
    precision=like(Choice(PRECISIONS)), metrics=each(_WORD, most=100),
    clip_norm=_POSITIVE, clip_value=_POSITIVE, accumulate=whole(1, 10**5),
    ema=like(Float(0, 0.999999)), channels_last=like(Bool()), compile=like(Choice(COMPILE_MODES)),
    cuda_graphs=like(Bool()), deterministic=like(Bool()), loading=like(Choice(LOADINGS)),
    workers=whole(0, 256), monitor=text("a metric", r"[A-Za-z0-9_.:-]*", 200),
    patience=whole(0, 10**6), min_delta=_POSITIVE, keep=whole(1, 10**4),
    processes=whole(1, 1024), parallel=like(Choice(PARALLEL)),
)  # fmt: skip

WEIGHTS = each(frozen(
    WeightsSource, file=_LINE, run=_LINE, sha256=text("a sha256", r"[0-9a-f]{0,64}"),
    prefix=_LINE, map=pairs(_LINE, _LINE),
), most=1000)  # fmt: skip
NOTES = pairs(text("an id", r"[A-Za-z0-9_-]+", 100), frozen(
    Note, definition=_LINE, x=_PLACE, y=_PLACE, width=_LENGTH, height=_LENGTH, title=_LINE,
    text=text(), color=text(longest=100),
))  # fmt: skip

SECTIONS: Mapping[str, Check] = {
    "title": _LINE, "about": text(), "data": DATA, "plan": PLAN, "weights": WEIGHTS, "notes": NOTES,
}  # fmt: skip
"""What is directly in the project and not a drawing."""

KIND_NAME = text("a kind such as nn.Conv2d", r"[A-Za-z][A-Za-z0-9_.]*", 200)
PARAM_NAME = text("a param's name", r"[A-Za-z_][A-Za-z0-9_]*", 100)
PORT_NAME = text("a port's name", r"[A-Za-z_][A-Za-z0-9_]*(\.\d{1,3})?", 100)
# Without a leading underscore: Python mangles __a in a class, and super() needs __class__.
_ARGUMENT = text("a param's name", r"[A-Za-z][A-Za-z0-9_]*", 100)
HELP = text()
_FORMULA = text("a formula", longest=2000)


def param_value(value: object, where: str) -> object:
    """Any value of a param whose type is not known: a Formula or something plain."""
    if isinstance(value, str) and value.startswith("="):
        value = Formula(value[1:])
    if isinstance(value, Formula):
        return Formula(_FORMULA(value.text, where))
    return plain(value, where)


def block_value(value: object, where: str) -> object:
    """A value that a block's param can have: a Formula, or what prints as an argument."""
    value = param_value(value, where)
    return value if isinstance(value, Formula) else like(Plain())(value, where)


def argument(value: object, where: str) -> str:
    """The name of a definition's param, which becomes an argument of its class."""
    name: str = _ARGUMENT(value, where)
    if keyword.iskeyword(name) or name in _TAKEN:
        raise UserError(f"{where}: “{name}” has a meaning of its own in Python.", "Rename it.")
    return name


DEFINITION_PARAM = frozen(DefinitionParam, default=block_value, help=HELP)


def _module_row(value: object, where: str) -> tuple[object, ...]:
    """A row of a form: name, word and perhaps a default that the word allows."""
    row = each(plain, 2, 3)(value, where)
    name, word = argument(row[0], where), row[1]
    if not isinstance(word, str) or word_type(word) is None:
        raise refuse(where, word, "int, float, bool, text, ints, plain, size:2 or choice:a|b")
    if len(row) == 2:
        return name, word
    return name, word, placed(where, lambda: param_of((name, word)).check(row[2]))


def _module_port(value: object, where: str) -> str:
    entry: str = text("an argument's name, with ? or * behind it")(value, where)
    name = entry[:-1] if entry.endswith(("?", "*")) else entry
    argument(name, where)
    return entry


_MODULE = frozen(
    UserModule, source=lambda value, where: placed(where, lambda: check_source(value)),
    inputs=each(_module_port, most=32), outputs=each(argument, 1, 32),
    params=each(_module_row, most=100), calls=each(_module_row, most=100), help=text(longest=300),
    sha256=text("a sha256", r"[0-9a-f]{0,64}"),
)  # fmt: skip


def check_module(value: object, where: str) -> UserModule:
    """A Python module's form, normalized; no name stands twice in it."""
    module: UserModule = _MODULE(value, where)
    arguments = [str(row[0]) for row in module.params]
    ports = [name.rstrip("?*") for name in module.inputs] + [str(row[0]) for row in module.calls]
    for names in ([*arguments, *(str(row[0]) for row in module.calls)], ports, module.outputs):
        if len(set(names)) < len(names):
            raise UserError(f"{where}: a name stands twice.", "Give each argument its own name.")
    if any(name.endswith("*") for name in module.inputs[:-1]):
        raise UserError(f"{where}: only the last input may grow.", "Put it last.")
    return module


def module_name(value: object, where: str) -> str:
    """The name of a Python module in the project, which is a class in the code."""
    return str(placed(where, lambda: check_name(value)))


MODULES = pairs(module_name, check_module, most=1000)


def check_param(project: Project, node: Node, name: str, value: object) -> object:
    """The normalized value for a node's param.

    Raises UserError where its kind has no such param or does not allow the value.
    """
    where = f"Node “{node.name}”"
    params = project.params_of(node.kind)
    if params is None:
        is_block = node.kind.removeprefix("block.") in project.definitions
        check = block_value if is_block and node.kind.startswith("block.") else param_value
        return check(value, f"{where}, {PARAM_NAME(name, where)}")
    param = next((item for item in params if item.name == name), None)
    if param is None:
        known = ", ".join(item.name for item in params) or "none"
        raise UserError(f"{where}: “{node.kind}” has no param {shown(name)}.", f"It has: {known}.")
    if isinstance(value, Formula):
        return param_value(value, f"{where}, {name}")
    return placed(f"{where}, {name}", lambda: param.check(value))


def check_node(project: Project, node: Node) -> Node:
    """The node with its values normalized. Raises UserError for whatever is not allowed."""
    check_id(node.id)
    check_name(node.name)
    where = f"Node “{node.name}”"
    return Node(
        node.id,
        KIND_NAME(node.kind, f"{where}, kind"),
        node.name,
        {name: check_param(project, node, name, value) for name, value in node.params.items()},
        check_settings(node.settings, where),
        _LINE(node.title, f"{where}, title"),
        HELP(node.note, f"{where}, note"),
        like(Int())(node.order, f"{where}, order"),
    )


def field_names(cls: type) -> tuple[str, ...]:
    """The names of a dataclass's fields, in order."""
    return tuple(item.name for item in fields(cls))
