"""Calls in pasted code: layers constructed and called, functions followed, values computed."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from graphcore.errors import UserError
from graphcore.importers.computing import computed, materialized, tree_of
from graphcore.importers.layers import constructed, functional, is_layer
from graphcore.importers.numbers import KNOWN, bounded, formula_of
from graphcore.importers.values import (
    Bound,
    Chain,
    Dotted,
    Filled,
    Later,
    Layer,
    Listed,
    Made,
    Partial,
    Shape,
    Sym,
    Wired,
    plain,
    refused,
)
from graphcore.kinds.catalog import CATALOG
from graphcore.parsing import parse_expression

if TYPE_CHECKING:
    from graphcore.importers.reading import Reader

Words = Mapping[str, object]
_NN, _F = "torch.nn.", "torch.nn.functional."
_FILLS = ("zeros", "ones", "randn", "rand", "empty")
_INITS = {("zeros", 1.0): "zeros", ("ones", 1.0): "ones", ("randn", 1.0): "normal",
          ("rand", 1.0): "uniform", ("randn", 0.02): "small", ("empty", 1.0): "zeros"}  # fmt: skip
_SAME = frozenset({"to", "cuda", "cpu", "eval", "train", "float", "requires_grad_"})
_PASSED = frozenset({"contiguous", "cuda", "cpu"})
_OF_LISTS = frozenset({"append", "extend", "insert", "pop", "copy", "index", "items", "values",
                       "keys", "get", "update", "lower", "upper", "startswith", "endswith",
                       "replace", "split", "join"})  # fmt: skip
_TYPES: Mapping[str, tuple[type, ...]] = {
    "int": (int,), "float": (float,), "str": (str,), "bool": (bool,), "list": (list,),
    "tuple": (tuple,), "dict": (dict,), "torch.Tensor": (Wired, Later),
}  # fmt: skip


def called(reader: Reader, node: ast.Call, wish: str = "", count: int = 0) -> object:
    """What a call comes to. Raises UserError with its line."""
    match node.func:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=name):
            args, words = _arguments(reader, node)
            return reader.classes.above(reader, node, name, args, words)
        case ast.Attribute(value=inner, attr=name):
            owner = reader.value(inner)
            args, words = _arguments(reader, node)
            return _method(reader, node, owner, name, args, words, wish, count)
    callee = reader.value(node.func)
    args, words = _arguments(reader, node)
    return invoked(reader, node, callee, args, words, wish, count)


def _arguments(reader: Reader, node: ast.Call) -> tuple[list[object], dict[str, object]]:
    words = dict[str, object]()
    for word in node.keywords:
        value = reader.value(word.value)
        if word.arg is not None:
            words[word.arg] = value
        elif isinstance(value, dict):
            words |= value
        else:
            raise refused(node, "**", "Write each argument out.")
    return reader.items(node.args), words


def _method(
    reader: Reader, node: ast.Call, owner: object, name: str, args: list[object], words: Words,
    wish: str, count: int,
) -> object:  # fmt: skip
    match owner:
        case Wired() | Later():
            return _of_tensor(reader, node, owner, name, args, words, wish, count)
        case Layer() if owner.kind.name == "nn.Parameter" and reader.sketch is not None:
            value = reader.sketch.learned(owner)
            return _of_tensor(reader, node, value, name, args, words, wish, count)
        case Chain() | Listed() if name in ("append", "extend", "insert", "add_module", "items",
                                            "values", "keys", "update"):  # fmt: skip
            return _of_layers(reader, owner, name, args)
        case Layer() | Chain() | Made() | Listed() if name in _SAME:
            return owner
        case Layer() | Chain() | Made() if name == "forward" and owner is not reader.owner:
            return invoked(reader, node, owner, args, words, wish, count)
        case list() | dict() | str() if name in _OF_LISTS:
            return _of_python(node, owner, name, args)
        case Made():
            found = reader.classes.own_call(reader, node, owner, name, args)
            if found is not None:
                return found[0]
    callee = reader.attribute(node, owner, name)
    return invoked(reader, node, callee, args, words, wish, count)


def _of_python(node: ast.AST, owner: object, name: str, args: list[object]) -> object:
    bare = [plain(item) if isinstance(item, Sym) and name != "append" else item for item in args]
    try:
        found = getattr(owner, name)(*bare)
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise refused(node, f"“{ast.unparse(node)[:60]}”", "Write out what it gives.") from error
    bounded(owner)
    if isinstance(found, str | list):
        bounded(found)
    return list(found) if name in ("items", "values", "keys") else found


def _of_layers(reader: Reader, owner: Chain | Listed, name: str, args: list[object]) -> object:
    match name, args:
        case "append", [item]:
            owner.items.append((str(len(owner.items)), item))
        case "add_module", [str() as key, item]:
            owner.items.append((key, item))
            reader.classes.name(item, key)
        case "insert", [place, item]:
            owner.items.insert(int(plain(place)), ("", item))  # type: ignore[call-overload]
        case "extend", [list() | tuple() as items]:
            for item in items:
                _of_layers(reader, owner, "append", [item])
        case "extend", [Chain() | Listed() as others]:
            owner.items += bounded(others.items)
        case "update", [dict() as items]:
            owner.items += items.items()
        case _:
            bounded(owner.items)
            part = {"keys": 0, "values": 1}.get(name)
            return [row if part is None else row[part] for row in owner.items]
    return owner


def _of_tensor(
    reader: Reader, node: ast.Call, owner: Wired | Later, name: str, args: list[object],
    words: Words, wish: str, count: int,
) -> object:  # fmt: skip
    tree = tree_of(reader, node, owner)
    if name == "size":
        shape = Shape(tree)
        place = plain(args[0]) if args else words.get("dim")
        if place is None:
            return shape
        if isinstance(place, int):
            return reader.sizes_of(tree, place)
    if name in _PASSED or (name == "to" and _is_only_device(args, words)):
        return owner
    if name.endswith("_") and not name.endswith("__"):
        raise refused(node, f"“.{name}”, which writes in place,", f"Write x = x.{name[:-1]}(…).")
    if name in ("view", "reshape") and _flattens(tree, args) and isinstance(owner, Wired):
        layer = constructed(node, "Flatten", (), {})
        assert reader.sketch is not None
        return reader.sketch.layer(node, layer, [owner], {}, wish)
    func = ast.Attribute(tree, name, ast.Load())
    return computed(reader, node, _call_tree(reader, node, func, args, words), wish, count)


def _is_only_device(args: Sequence[object], words: Words) -> bool:
    given = [*args, *words.values()]
    return len(given) == 1 and (
        isinstance(given[0], str)
        or (isinstance(given[0], Later) and ast.unparse(given[0].tree).endswith(".device"))
    )


def _flattens(tree: ast.expr, args: Sequence[object]) -> bool:
    """`x.view(x.size(0), -1)`"""
    match args:
        case [Later(tree=size), -1]:
            return ast.unparse(size) == f"{ast.unparse(tree)}.shape[0]"
    return False


def _call_tree(
    reader: Reader, node: ast.AST, func: ast.expr, args: Sequence[object], words: Words
) -> ast.Call:
    listed = [tree_of(reader, node, item) for item in args]
    named = [ast.keyword(name, tree_of(reader, node, item)) for name, item in words.items()]
    return ast.Call(func, listed, named)


def invoked(
    reader: Reader, node: ast.AST, callee: object, args: Sequence[object], words: Words,
    wish: str = "", count: int = 0,
) -> object:  # fmt: skip
    """A call of something with these arguments."""
    match callee:
        case Dotted(name=name):
            return _named(reader, node, name, args, words, wish, count)
        case ast.ClassDef():
            return reader.classes.constructed(reader, node, callee, args, words)
        case Bound():
            return reader.classes.followed(reader, node, callee, args, words)
        case Partial():
            every = (*callee.arguments, *args)
            return invoked(
                reader, node, callee.callee, every, {**dict(callee.words), **words}, wish, count
            )
        case Layer() | Chain() | Made() if reader.sketch is not None:
            return applied(reader, node, callee, args, words, wish)
    raise refused(node, f"“{ast.unparse(node)[:60]}”", "Call a layer that __init__ constructs.")


def _ready(reader: Reader, node: ast.AST, value: object) -> object:
    """An argument with whatever is computed from sizes made a node of its own."""
    if isinstance(value, tuple | list):
        return type(value)(_ready(reader, node, item) for item in value)
    return materialized(reader, node, value)


def applied(
    reader: Reader, node: ast.AST, layer: object, args: Sequence[object], words: Words,
    wish: str = "",
) -> object:  # fmt: skip
    """A layer, a chain of them or an instance of a pasted class, upon values."""
    given = [_ready(reader, node, item) for item in args]
    named = {name: materialized(reader, node, item) for name, item in words.items()}
    assert reader.sketch is not None
    match layer:
        case Layer():
            return reader.sketch.layer(node, layer, given, named, wish)
        case Made():
            return reader.classes.placed(reader, node, layer, given, named, wish=wish)
        case Chain(items=items):
            return _in_turn(reader, node, [item for _, item in items], given)
    raise refused(node, f"“{ast.unparse(node)[:60]}”", "Call a layer that __init__ constructs.")


def _in_turn(
    reader: Reader, node: ast.AST, items: Sequence[object], given: Sequence[object]
) -> object:
    if len(given) != 1:
        raise refused(node, "A Sequential with several inputs", "Give it one.")
    value = given[0]
    for _, alike in groupby(items, lambda item: item.key if isinstance(item, Made) else id(item)):
        layers = list(alike)
        first = layers[0]
        if isinstance(first, Made) and len({*map(id, layers)}) == len(layers) > 1:
            value = reader.classes.placed(reader, node, first, [value], {}, len(layers))
        else:
            for layer in layers:
                value = applied(reader, node, layer, [value], {})
    return value


def repeated(reader: Reader, line: ast.For) -> bool:
    """`for layer in self.layers: x = layer(x)` with like instances, as one repeated block."""
    match line:
        case ast.For(
            target=ast.Name(id=turn),
            body=[
                ast.Assign(
                    targets=[ast.Name(id=name)],
                    value=ast.Call(func=ast.Name(id=callee), args=[ast.Name(id=given), *others]),
                )
            ],
        ) if turn == callee and name == given and reader.sketch is not None:
            layers = reader.many(line.iter)
            if not layers or len({*map(id, layers)}) < len(layers):
                return False
            keys = {item.key if isinstance(item, Made) else "" for item in layers}
            if len(keys) != 1 or "" in keys or _reads(others, name):
                return False
            call = line.body[0].value  # type: ignore[attr-defined]
            args, words = _arguments(reader, call)
            first = layers[0]
            assert isinstance(first, Made)
            found = reader.classes.placed(reader, call, first, args, words, len(layers))
            reader.names[name] = found
            return True
    return False


def _reads(nodes: Sequence[ast.expr], name: str) -> bool:
    return any(
        isinstance(item, ast.Name) and item.id == name for node in nodes for item in ast.walk(node)
    )


def _named(
    reader: Reader, node: ast.AST, name: str, args: Sequence[object], words: Words, wish: str,
    count: int,
) -> object:  # fmt: skip
    if name.startswith(_F):
        return _function(reader, node, f"F.{name.removeprefix(_F)}", args, words, wish, count)
    if name.startswith(_NN):
        return _module(reader, node, name.removeprefix(_NN), args, words)
    if name.startswith("torch.") and name not in KNOWN:
        return _function(reader, node, name, args, words, wish, count)
    match name, list(args):
        case "functools.partial", [callee, *rest]:
            return Partial(callee, tuple(rest), tuple(words.items()))
        case "isinstance", [value, kinds]:
            return _is_of(reader, node, value, kinds)
        case "hasattr", [owner, str() as attribute]:
            return reader.classes.has(owner, attribute)
        case "getattr", [owner, str() as attribute, *_]:
            return reader.attribute(_expression(node), owner, attribute)
    if name in KNOWN:
        return _known(node, name, args, words)
    hint = "Use layers and functions of torch, or paste its code too."
    raise refused(node, f"“{name[:40]}”", hint)


def _expression(node: ast.AST) -> ast.expr:
    assert isinstance(node, ast.expr)
    return node


def _as_list(value: object) -> object:
    return [item for _, item in value.items] if isinstance(value, Chain | Listed) else value


def _known(node: ast.AST, name: str, args: Sequence[object], words: Words) -> object:
    args = [_as_list(item) for item in args]
    arrives = any(isinstance(item, Wired | Later | Shape) for item in args)
    if arrives and name not in ("len", "tuple", "list", "zip", "enumerate", "reversed"):
        raise refused(node, f"“{name}” of what arrives", "Use a function of torch.")
    try:
        return KNOWN[name](*args, **words)
    except UserError:
        raise
    except (TypeError, ValueError, ArithmeticError) as error:
        raise refused(node, f"“{ast.unparse(node)[:60]}”", "Write out what it gives.") from error


def _is_of(reader: Reader, node: ast.AST, value: object, kinds: object) -> bool:
    listed = kinds if isinstance(kinds, tuple) else (kinds,)
    found = False
    for kind in listed:
        match kind:
            case Dotted(name=name) if name in _TYPES:
                found = found or isinstance(plain(value), _TYPES[name])
            case Dotted(name=name) if name.startswith(_NN):
                title = name.removeprefix(_NN)
                found = found or (isinstance(value, Layer) and value.kind.title == title)
            case ast.ClassDef():
                found = found or (isinstance(value, Made) and value.cls is kind)
            case _:
                raise refused(node, "This isinstance", "Write the way that is taken.")
    return found


# -- torch.nn --------------------------------------------------------------------------------------


def _module(
    reader: Reader, node: ast.AST, title: str, args: Sequence[object], words: Words
) -> object:
    match title, list(args):
        case "Sequential", [dict() as named]:
            return _named_chain(reader, named.items())
        case "Sequential", items:
            return Chain([(str(place), item) for place, item in enumerate(items)])
        case (("ModuleList" | "ParameterList"), items):
            return Listed([(str(place), item) for place, item in enumerate(_listed(items))])
        case "ModuleDict", [dict() as named]:
            for name, item in named.items():
                reader.classes.name(item, str(name))
            return Listed([(str(name), item) for name, item in named.items()], has_names=True)
        case "ModuleDict", []:
            return Listed(has_names=True)
        case "Parameter", [value, *_]:
            return _parameter(node, value)
        case "Module", _:
            raise refused(node, "nn.Module itself", "Use a class of its own.")
    if title.startswith("init."):
        return None
    return constructed(node, title, args, words)


def _named_chain(reader: Reader, rows: object) -> Chain:
    chain = Chain()
    for name, item in rows:  # type: ignore[attr-defined]
        chain.items.append((str(name), item))
        reader.classes.name(item, str(name))
    return chain


def _listed(items: Sequence[object]) -> Sequence[object]:
    match items:
        case [list() | tuple() as only]:
            return only
        case [Chain() | Listed() as only]:
            return [item for _, item in only.items]
    return items


def _parameter(node: ast.AST, value: object) -> Layer:
    hint = "Begin with torch.zeros, ones, rand or randn of its sizes."
    if not isinstance(value, Filled):
        raise refused(node, "This Parameter", hint)
    way = _INITS.get((value.way, round(value.factor, 6)))
    if way is None:
        raise refused(node, "This Parameter's beginning", hint[:-1] + ", or 0.02 times randn.")
    kind = CATALOG["nn.Parameter"]
    shape, param = formula_of(value.shape), kind.params[0]
    found = param.check(shape) if isinstance(shape, tuple) else shape
    return Layer(kind, {"shape": found, "init": way})


# -- functions -------------------------------------------------------------------------------------


def _function(
    reader: Reader, node: ast.AST, name: str, args: Sequence[object], words: Words, wish: str,
    count: int,
) -> object:  # fmt: skip
    short = name.removeprefix("torch.")
    if short in _FILLS and reader.sketch is None:
        return _filled(node, short, args, words)
    if args and reader.sketch is not None and is_layer(name):
        first = materialized(reader, node, args[0])
        if isinstance(first, Wired):
            _refuse_dropout(node, name, words)
            layer = functional(name, args[1:], words)
            if layer is not None:
                return reader.sketch.layer(node, layer, [first], {}, wish)
    func = parse_expression(name)
    return computed(reader, node, _call_tree(reader, node, func, args, words), wish, count)


def _refuse_dropout(node: ast.AST, name: str, words: Words) -> None:
    drops = "dropout" in name and "product" not in name
    if drops and words.get("training") != Dotted("self.training"):
        raise refused(node, f"“{name}” without training=self.training", "Use nn.Dropout.")


def _filled(node: ast.AST, way: str, args: Sequence[object], words: Words) -> Filled:
    sizes = args[0] if len(args) == 1 and isinstance(args[0], list | tuple) else args
    if not all(isinstance(plain(item), int) for item in sizes):
        raise refused(node, "A tensor of these sizes", "Write whole numbers.")
    return Filled(way, tuple(sizes))
