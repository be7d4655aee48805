"""Writes the signatures of torch.nn into tables that need no torch: `python .ci/catalog.py`.

With `--check` it writes nothing and says whether the tables are those of the installed torch.
"""

from __future__ import annotations

import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import torch
from torch import nn

KINDS = Path(__file__).resolve().parent.parent / "graphcore" / "kinds"
WIDTH = 100

# Containers and foundations of other classes, which are no layers, and a name that is deprecated.
NO_LAYERS = frozenset(
    """Container DataParallel Module ModuleDict ModuleList NLLLoss2d ParameterDict ParameterList
    RNNBase RNNCellBase Sequential""".split()
)
# Arguments that are deprecated, or say where tensors live, or take what no project can hold.
NO_PARAMS = frozenset(
    """device dtype size_average reduce min_value max_value process_group custom_encoder
    custom_decoder options norm encoder_layer decoder_layer""".split()
)
NAMES = {int: "int", float: "float", bool: "bool", str: "str", torch.Tensor: "tensor"}


def classes() -> Iterator[tuple[str, type[nn.Module]]]:
    """The usable classes of torch.nn by name."""
    for name in sorted(dir(nn)):
        found = getattr(nn, name)
        is_layer = isinstance(found, type) and issubclass(found, nn.Module)
        if is_layer and name not in NO_LAYERS and not name.startswith("Lazy"):
            yield name, found


def is_loss(name: str) -> bool:
    """Whether a class compares a prediction with a target (rather than being a layer)."""
    return name.endswith("Loss") and not name.endswith("WithLoss")


def function_of(cls: type[nn.Module], name: str) -> Callable[..., Any]:
    """The method, or the overload of it that says most."""
    method = getattr(cls, name)
    return next(iter(typing.get_overloads(method)), method)


def params(cls: type[nn.Module]) -> Iterator[tuple[object, ...]]:
    """Name, type and (where there is one) default of each argument of the constructor."""
    function = function_of(cls, "__init__")
    if function is nn.Module.__init__:
        return
    hints = typing.get_type_hints(function)
    for argument in list(inspect.signature(function).parameters.values())[1:]:
        if argument.name in NO_PARAMS or argument.name.startswith("_"):
            continue
        if argument.kind in (argument.VAR_POSITIONAL, argument.VAR_KEYWORD):
            continue
        kind = type_of(hints.get(argument.name), argument.default)
        if argument.default is argument.empty:
            yield argument.name, kind
        else:
            yield argument.name, kind, plain(argument.default, kind)


def plain(default: object, kind: str) -> object:
    """The default as a value that can be written down; a function becomes its name."""
    if isinstance(default, types.FunctionType):
        return default.__name__
    if kind.rstrip("?") == "float" and isinstance(default, int):
        return float(default)
    return default


def type_of(hint: object, default: object) -> str:
    """A hint in one word: `int`, `float?` (or None), `size2` (one for both axes, or two), …

    Without a hint the default's type counts; nothing is known of a default that is None.
    """
    if hint is None:
        known = isinstance(default, bool | int | float | str)
        return NAMES[type(default)] if known else "int?" if default is None else "int"
    members = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    optional = type(None) in members or default is None
    found = [_word(m) for m in members if m is not type(None)]
    return _joined([word for word in found if word]) + "?" * optional


def _word(hint: object) -> str:
    if hint in NAMES:
        return NAMES[typing.cast(type, hint)]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return "|".join(map(str, inner))
    if origin is tuple and inner:
        axes = 0 if inner[-1] is Ellipsis else len(inner)
        return f"{'floats' if float in get_args(inner[0]) + inner else 'size'}{axes}"
    if hint is torch.Size or origin in (list, Sequence, tuple):
        return "ints"
    return ""  # a function, which a project can't hold


def _joined(words: Sequence[str]) -> str:
    if "ints" in words:
        return "ints"
    many = next((word for word in words if word.startswith(("size", "floats"))), None)
    if many is not None:
        return f"{many}|str" if "str" in words else many if len(words) > 1 else "ints"
    return words[0] if words else "function"


def ports(cls: type[nn.Module]) -> Iterator[str]:
    """The tensors that `forward` takes, `?` at those that may be left out."""
    function = function_of(cls, "forward")
    hints = typing.get_type_hints(function)
    for argument in list(inspect.signature(function).parameters.values())[1:]:
        if torch.Tensor in _leaves(hints.get(argument.name)):
            yield argument.name + "?" * (argument.default is None)


def flags(cls: type[nn.Module]) -> Iterator[tuple[object, ...]]:
    """Name, type and default of what `forward` takes beside tensors."""
    function = function_of(cls, "forward")
    hints = typing.get_type_hints(function)
    for argument in list(inspect.signature(function).parameters.values())[1:]:
        hint = hints.get(argument.name)
        if torch.Tensor not in _leaves(hint) and argument.default is not argument.empty:
            yield argument.name, type_of(hint, argument.default), argument.default


def _leaves(hint: object) -> set[object]:
    inner = get_args(hint)
    return set().union(*map(_leaves, inner)) if inner else {hint}


def entry(name: str, cls: type[nn.Module]) -> str:
    """One class as a line (or lines) of the table."""
    parts = [_listed(map(repr, ports(cls))), _listed(map(_literal, params(cls)))]
    calls = _listed(map(_literal, flags(cls)))
    if calls != "()":
        parts.append(calls)
    line = f'    "{name}": Signature({", ".join(parts)}),'.replace("'", '"')
    if len(line) <= WIDTH:
        return line
    items = [f"        {part},".replace("'", '"') for part in parts]
    wrapped = [text for item in items for text in _wrapped(item)]
    return "\n".join([f'    "{name}": Signature(', *wrapped, "    ),"])


def _wrapped(line: str) -> list[str]:
    """A tuple that is too long for a line, one item a line."""
    if len(line) <= WIDTH:
        return [line]
    split = "), (" if "((" in line else ", "
    items = line.strip()[1:-2].rstrip(",").replace(split, split.replace(", ", "\n")).splitlines()
    return ["        (", *(f"            {item}," for item in items), "        ),"]


def _listed(items: Iterator[str] | map[str]) -> str:
    found = list(items)
    return f"({', '.join(found)}{',' * (len(found) == 1)})"


def _literal(values: tuple[object, ...]) -> str:
    return f"({', '.join(map(repr, values))})"


def table(title: str, variable: str, names: Sequence[tuple[str, type[nn.Module]]]) -> str:
    """The text of a file with the signatures of these classes."""
    version = torch.__version__.partition("+")[0]
    lines = [
        f'"""{title}, as torch {version} has them. Written by .ci/catalog.py; not by hand.',
        "",
        "graphcore/kinds/signature.py says how to read a row.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from graphcore.kinds.signature import Signature",
        "",
        f'TORCH = "{version}"',
        "",
        f"{variable}: dict[str, Signature] = {{",
        *(entry(name, cls) for name, cls in names),
        "}",
    ]
    return "\n".join(lines) + "\n"


def tables() -> dict[str, str]:
    """The text of each generated file by its name."""
    found = list(classes())
    layers = [(name, cls) for name, cls in found if not is_loss(name)]
    losses = [(name, cls) for name, cls in found if is_loss(name)]
    return {
        "torch_layers.py": table("Layers of torch.nn", "LAYERS", layers),
        "torch_losses.py": table("Losses of torch.nn", "LOSSES", losses),
    }


def main(words: Sequence[str]) -> int:
    """Write the files, or with --check say which differ; the exit status."""
    status = 0
    for name, text in tables().items():
        path = KINDS / name
        if "--check" not in words:
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            sys.stderr.write(f"{name} is not what torch {torch.__version__} has.\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
