"""What an expression of pasted code comes to while it is read: numbers, layers, wires."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphcore.errors import UserError
from graphcore.kinds.kind import Kind
from graphcore.project.graph import NodeId


def refused(node: ast.AST, what: str, hint: str) -> UserError:
    """The error that names the line."""
    return UserError(f"Line {getattr(node, 'lineno', 1)}: {what} can't be read.", hint)


@dataclass(frozen=True, slots=True)
class Wired:
    """An output of a node."""

    node: NodeId
    port: str


@dataclass(frozen=True, slots=True, eq=False)
class Later:
    """What is known only when it runs: a size (`x.shape[0]`), or a tensor made of sizes alone."""

    tree: ast.expr
    is_tensor: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """All sizes of a tensor at once."""

    tree: ast.expr


@dataclass(frozen=True, slots=True)
class Sym:
    """A number that a block's params come to: its value here, and how it is computed."""

    value: int | float | bool
    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An argument that nothing gives; a layer may still read it off its input."""

    name: str


@dataclass(frozen=True, slots=True)
class Dotted:
    """A name of torch, or of what Python has: `torch.nn.Conv2d`."""

    name: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A tensor for a Parameter to begin with: `torch.zeros(…)` times a factor."""

    way: str
    shape: tuple[object, ...]
    factor: float = 1.0


@dataclass(slots=True, eq=False)
class Layer:
    """A layer of the catalog. `given` is what was written, also where the input says it again."""

    kind: Kind
    params: Mapping[str, object]
    name: str = ""
    given: Mapping[str, object] = field(default_factory=dict)
    owner: object = None


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight of a layer by its name, such as `weight`."""

    layer: Layer
    name: str


@dataclass(slots=True, eq=False)
class Chain:
    """Layers one after the other: nn.Sequential."""

    items: list[tuple[str, object]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Listed:
    """Layers that the code picks from: nn.ModuleList, nn.ModuleDict."""

    items: list[tuple[str, object]] = field(default_factory=list)
    has_names: bool = False


@dataclass(slots=True, eq=False)
class Made:
    """An instance of a pasted class: what it was constructed with, and what `__init__` kept."""

    cls: ast.ClassDef
    arguments: Mapping[str, object]
    held: dict[str, object] = field(default_factory=dict)
    name: str = ""
    owner: object = None
    ties: list[tuple[ast.stmt, Weight, Weight]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Equal for instances that are alike."""
        return f"{self.cls.name}({alike(self.arguments)})"


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A method with the instance it belongs to; None for a function or a lambda."""

    code: ast.FunctionDef | ast.Lambda
    owner: Made | None = None
    scope: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Partial:
    """What functools.partial gives."""

    callee: object
    arguments: tuple[object, ...]
    words: tuple[tuple[str, object], ...]


def alike(value: object) -> str:
    """A text that is the same for arguments that mean the same."""
    match value:
        case Mapping():
            return ", ".join(f"{name}={alike(item)}" for name, item in value.items())
        case list() | tuple():
            return f"({', '.join(map(alike, value))})"
        case ast.ClassDef(name=name):
            return name
        case Layer(kind=kind, params=params):
            return f"{kind.name}({alike(params)})"
        case Bound() | Made() | Chain() | Listed():
            return f"{type(value).__name__} {id(value)}"
    return repr(value)


def plain(value: object) -> object:
    """The value itself where it is computed from params."""
    match value:
        case Sym(value=number):
            return number
        case tuple():
            return tuple(map(plain, value))
        case list():
            return [plain(item) for item in value]
    return value
