"""What forward computes besides calling layers: operations of the catalog, else an Expression."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from graphcore.errors import UserError
from graphcore.importers.patterns import recognized
from graphcore.importers.values import (
    Dotted,
    Filled,
    Later,
    Layer,
    Shape,
    Sym,
    Unknown,
    Wired,
    refused,
)
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.line_text import dotted
from graphcore.kinds.line_words import FUNCTIONS, METHODS, TYPES
from graphcore.parsing import parse_expression

if TYPE_CHECKING:
    from graphcore.importers.reading import Reader

_FACTS = ("shape", "device", "dtype", "ndim")
_SIGNS: Mapping[str, type[ast.operator]] = {
    "add": ast.Add, "sub": ast.Sub, "mul": ast.Mult, "multiply": ast.Mult, "div": ast.Div,
    "divide": ast.Div, "true_divide": ast.Div, "subtract": ast.Sub, "matmul": ast.MatMult,
    "bmm": ast.MatMult, "mm": ast.MatMult, "pow": ast.Pow,
}  # fmt: skip
_ALIASES = {
    "torch.long": "torch.int64",
    "torch.float": "torch.float32",
    "torch.int": "torch.int32",
    "torch.double": "torch.float64",
    "torch.half": "torch.float16",
}
_TORCH = {"concat": "cat", "concatenate": "cat", "swapdims": "transpose", "swapaxes": "transpose",
          "absolute": "abs", "clip": "clamp"}  # fmt: skip


def tree_of(reader: Reader, node: ast.AST, value: object) -> ast.expr:
    """A value as part of an expression over values. Raises UserError with its line."""
    match value:
        case Wired() if reader.sketch is not None:
            return reader.sketch.tree(value)
        case Layer() if value.kind.name == "nn.Parameter" and reader.sketch is not None:
            return reader.sketch.tree(reader.sketch.learned(value))
        case Later(tree=tree):
            return tree
        case Shape(tree=tree):
            return ast.Attribute(tree, "shape", ast.Load())
        case Dotted(name=name) if _ALIASES.get(name, name) in TYPES:
            return parse_expression(_ALIASES.get(name, name))
        case float() if math.isinf(value):
            return ast.Call(ast.Name("float"), [ast.Constant("inf" if value > 0 else "-inf")], [])
        case int() | float() if value < 0:
            return ast.UnaryOp(ast.USub(), ast.Constant(-value))
        case None | bool() | int() | float() | str() | Sym():
            return ast.Constant(value)  # type: ignore[arg-type]
        case tuple():
            return ast.Tuple([tree_of(reader, node, item) for item in value], ast.Load())
        case list():
            return ast.List([tree_of(reader, node, item) for item in value], ast.Load())
        case Unknown():
            raise reader.classes.unknown(node, value)
        case Filled(way=way, shape=shape, factor=1.0):
            return parse_expression(f"torch.{way}({', '.join(map(repr, shape))})")
    text = ast.unparse(node)[:60]
    raise refused(node, f"“{text}”", "Use layers, operators and functions of torch.")


def computed(
    reader: Reader, node: ast.AST, tree: ast.expr, wish: str = "", count: int = 0
) -> object:
    """The value of an expression over values; a node, or a size that is known later."""
    tree = _usual(tree, count)
    if not _is_tensor(tree):
        return Later(tree)
    if reader.sketch is None:
        hint = "Compute it in forward, or learn it as an nn.Parameter of zeros, ones or randn."
        raise refused(node, "A tensor that __init__ computes", hint)
    for spelling in _spellings(tree):
        found = recognized(spelling, count)
        if found is not None:
            outputs = reader.sketch.operation(found, wish)
            return outputs[0] if len(outputs) == 1 else tuple(outputs)
    if not any(_operands(tree)):
        return Later(tree, is_tensor=True)
    return _expression(reader, node, tree, wish)


def materialized(reader: Reader, node: ast.AST, value: object, wish: str = "") -> object:
    """The value as one that can be wired: what was only known later becomes a node."""
    match value:
        case Later(tree=tree, is_tensor=True):
            return _expression(reader, node, _beside(tree), wish)
        case Layer() if value.kind.name == "nn.Parameter" and reader.sketch is not None:
            return reader.sketch.learned(value)
    return value


def _beside(tree: ast.expr) -> ast.expr:
    """`torch.zeros(2, x.shape[0], 5)` where x is: the same on whatever device it runs on."""
    match tree:
        case ast.Call(func=func, args=args) if dotted(func) in ("torch.zeros", "torch.ones"):
            heads = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id != "torch"]
            if heads and all(word.arg == "device" for word in tree.keywords):
                sizes = args[0] if isinstance(args[0], ast.Tuple) else ast.Tuple(args, ast.Load())
                name = f"new_{dotted(func).removeprefix('torch.')}"
                dtype = parse_expression("torch.float32")
                made = ast.Attribute(heads[0], name, ast.Load())
                return ast.Call(made, [sizes], [ast.keyword("dtype", dtype)])
    return tree


def _expression(reader: Reader, node: ast.AST, tree: ast.expr, wish: str) -> Wired:
    sketch, kind = reader.sketch, CATALOG["ops.Expression"]
    assert sketch is not None
    text = ast.unparse(_Bare().visit(tree))
    try:
        params = {"line": kind.params[0].check(text)}
    except UserError as error:
        raise refused(node, f"“{ast.unparse(node)[:60]}”", error.hint) from error
    made = sketch.put(kind.name, params, wish)
    for port in kind.ports(params)[0]:
        sketch.wire(sketch.values[port.name], made, port.name)
    return sketch.outputs(made)[0]


class _Bare(ast.NodeTransformer):
    """Params of a block as their numbers: a line of an Expression knows values alone."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        value: object = node.value
        return ast.Constant(value.value) if isinstance(value, Sym) else node


def _is_tensor(tree: ast.expr) -> bool:
    match tree:
        case ast.Name():
            return True
        case ast.Attribute(attr=name):
            return name not in _FACTS
        case ast.Subscript(value=value):
            return _is_tensor(value)
        case ast.BinOp(left=left, right=right):
            return _is_tensor(left) or _is_tensor(right)
        case ast.UnaryOp(operand=operand):
            return _is_tensor(operand)
        case ast.Compare(left=left, comparators=[right]):
            return _is_tensor(left) or _is_tensor(right)
        case ast.Call(func=ast.Name()):
            return False
        case ast.Call(func=func):
            whole = dotted(func)
            name = func.attr if isinstance(func, ast.Attribute) else ""
            sort = FUNCTIONS[whole] if whole in FUNCTIONS else METHODS.get(name, "tensor")
            return sort != "number"
    return False


def _operands(tree: ast.AST) -> Iterator[ast.Name]:
    """The tensors whose numbers, not only sizes, an expression reads."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Attribute) and child.attr in _FACTS:
            continue
        if isinstance(child, ast.Name) and child.id not in ("torch", "F", "float", "int"):
            yield child
        yield from _operands(child)


def _usual(tree: ast.expr, count: int) -> ast.expr:
    """The same in the spelling that the catalog has."""
    match tree:
        case ast.Call(func=ast.Attribute(attr=name, value=owner) as func, args=args):
            words = [ast.keyword("dim", w.value) if w.arg == "axis" else w for w in tree.keywords]
            if name in _TORCH:
                func = ast.Attribute(owner, _TORCH[name], ast.Load())
            if name == "view" and not (args and dotted(args[0]) in TYPES):
                func = ast.Attribute(owner, "reshape", ast.Load())
            if (
                dotted(func) == "torch.einsum"
                and len(args) > 1
                and not isinstance(args[1], ast.List | ast.Tuple)
            ):
                args = [args[0], ast.List(args[1:], ast.Load())]
            if dotted(func) == "torch.arange":
                args, words = _counted(args, words)
            if name in ("triu", "tril") and words:
                args, words = [*args, words[0].value], words[1:]
            if name == "split" and count > 1:
                args = _even(args, count, dotted(func).startswith("torch."))
            return ast.Call(func, args, words)
    return tree


def _counted(
    args: list[ast.expr], words: list[ast.keyword]
) -> tuple[list[ast.expr], list[ast.keyword]]:
    """arange without what it does anyway: from 0, in whole numbers."""
    if len(args) == 2 and isinstance(args[0], ast.Constant) and args[0].value == 0:
        args = args[1:]
    whole = ("torch.long", "torch.int64")
    return args, [w for w in words if not (w.arg == "dtype" and dotted(w.value) in whole)]


def _even(args: list[ast.expr], count: int, is_function: bool) -> list[ast.expr]:
    """`split(8)` with the size of each part written out."""
    place = 1 if is_function else 0
    if len(args) > place and isinstance(args[place], ast.Constant):
        sizes = ast.Tuple([args[place]] * count, ast.Load())
        return [*args[:place], sizes, *args[place + 1 :]]
    return args


def _spellings(tree: ast.expr) -> Iterator[ast.expr]:
    """The expression itself, then others that mean the same: `torch.f(x)` is `x.f()`."""
    yield tree
    match tree:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="torch"), attr=name), args=[first, *rest]
        ):
            yield from _as_sign(name, first, rest, tree.keywords)
            if not isinstance(first, ast.Constant):
                yield ast.Call(ast.Attribute(first, name, ast.Load()), rest, tree.keywords)
        case ast.Call(func=ast.Attribute(value=ast.expr() as first, attr=name), args=rest):
            yield from _as_sign(name, first, rest, tree.keywords)
            yield ast.Call(parse_expression(f"torch.{name}"), [first, *rest], tree.keywords)


def _as_sign(
    name: str, first: ast.expr, rest: list[ast.expr], words: list[ast.keyword]
) -> Iterator[ast.expr]:
    if name in _SIGNS and len(rest) == 1 and not words:
        yield ast.BinOp(first, _SIGNS[name](), rest[0])
