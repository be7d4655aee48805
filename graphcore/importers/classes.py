"""The classes and functions of a pasted text: instances made, followed, and drawn as blocks."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from graphcore.errors import UserError
from graphcore.importers.drawn import Drawn, handed_out
from graphcore.importers.numbers import formula_of
from graphcore.importers.reading import Reader, ReturnedError
from graphcore.importers.sketch import Sketch, fitting
from graphcore.importers.values import (
    Bound,
    Chain,
    Dotted,
    Layer,
    Listed,
    Made,
    Sym,
    Unknown,
    plain,
    refused,
)
from graphcore.kinds.formula import Formula, names_of
from graphcore.project.definitions import Definition, DefinitionParam
from graphcore.project.edits import AddDefinition
from graphcore.project.graph import REPEAT_INDEX
from graphcore.project.project import Project
from graphcore.project.structure import free_block_name

MOST_STEPS = 400_000
DEEPEST = 24
_CHAIN = "nn.Sequential of itself"
_ROOTS = {
    "torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional", "math": "math",
    "partial": "functools.partial", "OrderedDict": "collections.OrderedDict", "copy": "copy",
    "Tensor": "torch.Tensor", "functools": "functools", "collections": "collections",
}  # fmt: skip
_OF_MODULES = frozenset({"add_module", "register_module", "register_parameter",
                         "register_buffer"})  # fmt: skip
_LISTING = frozenset({"modules", "named_modules", "parameters", "named_parameters", "children"})
_WAYS = re.compile(r" From [\w, ]+ to [\w, ]+\.$")


class Classes:
    """Everything that a text defines, and the blocks that were drawn of it so far."""

    def __init__(self, project: Project, tree: ast.Module) -> None:
        self.project = project
        self.classes = {n.name: n for n in tree.body if isinstance(n, ast.ClassDef)}
        self.outer: dict[str, object] = {}
        self.left_out: dict[int, str] = {}
        self._steps = 0
        self._drawn: dict[str, list[str]] = {}
        self._defaults: dict[tuple[str, str], object] = {}

    # -- names -----------------------------------------------------------------------------------

    def step(self, node: ast.AST) -> None:
        """Count one step. Raises UserError where reading would take too long."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise refused(node, "Code that takes so many steps", "Paste a smaller part.")

    def named(self, name: str) -> object:
        """What a name means outside of all classes; None for one that nothing defines."""
        if name in self.outer:
            return self.outer[name]
        if name in self.classes:
            return self.classes[name]
        return Dotted(_ROOTS[name]) if name in _ROOTS else None

    def imported(self, line: ast.Import | ast.ImportFrom) -> dict[str, object]:
        """The names that an import brings, which nothing is loaded for."""
        found = dict[str, object]()
        for item in line.names:
            if isinstance(line, ast.ImportFrom):
                found[item.asname or item.name] = Dotted(f"{line.module}.{item.name}")
            elif item.asname:
                found[item.asname] = Dotted(item.name)
            else:
                found[item.name.partition(".")[0]] = Dotted(item.name.partition(".")[0])
        return found

    def unknown(self, node: ast.AST, value: Unknown) -> UserError:
        """What is said where a number is needed that nothing gives."""
        hint = f"Give it a default in __init__: {value.name}=64."
        return refused(node, f"“{value.name}”, which has no value,", hint)

    def name(self, value: object, name: str) -> None:
        """A layer is called as what it is kept in."""
        match value:
            case Layer() | Made() if not value.name:
                value.name = name
            case Listed(items=items):
                for key, item in items:
                    self.name(item, key if not key.isdigit() else f"{name}_{key}")

    def leave_out(self, line: ast.AST) -> None:
        """Remember a line that sets initial weights only."""
        number = getattr(line, "lineno", 1)
        self.left_out[number] = ast.unparse(line).splitlines()[0][:80]

    def is_beside(self, reader: Reader, call: ast.Call) -> bool:
        """Whether a call draws nothing: it prints, warns, or sets initial weights."""
        text = ast.unparse(call.func)
        if text in ("print", "warnings.warn") or text.startswith(("logging.", "logger.")):
            return True
        head = text.partition(".")[0]
        known = reader.names.get(head) or self.named(head)
        is_init = "init." in text or text.rpartition(".")[2].startswith("manual_seed")
        if isinstance(known, Dotted) and (is_init or not known.name.startswith(
            ("torch", "math", "functools", "collections")
        )):  # fmt: skip
            self.leave_out(call)
            return True
        name = text.removeprefix("self.")
        is_own = reader.owner is not None and (
            name in reader.owner.held or self.method(reader.owner.cls, name) is not None
        )
        is_foreign = name.isidentifier() and not is_own and name not in _OF_MODULES
        if name != text and reader.sketch is None and (is_foreign or name.endswith("_")):
            self.leave_out(call)
            return True
        return False

    def is_harmless(self, line: ast.With) -> bool:
        """Whether what is inside may be read as if `with` were not there."""
        return all("autocast" in ast.unparse(item.context_expr) for item in line.items)

    # -- instances -------------------------------------------------------------------------------

    def constructed(
        self,
        reader: Reader,
        node: ast.AST,
        cls: ast.ClassDef,
        args: Sequence[object],
        words: Mapping[str, object],
        *,
        may_lack: bool = False,
    ) -> Made:
        """An instance of a pasted class; its __init__ is followed with these arguments."""
        self._check_depth(node, reader)
        made = Made(cls, {})
        code = self.method(cls, "__init__")
        self._class_values(reader, made)
        if code is None and self._is_chain(cls):
            made.held[_CHAIN] = Chain([(str(place), item) for place, item in enumerate(args)])
            return made
        if code is None:
            made.held |= words
            return made
        given = self.bound(reader, node, code, args, words, may_lack=may_lack)
        made.arguments = given
        scope = {name: self._as_param(name, value) for name, value in given.items()}
        self.follow(code, {**scope, "self": made}, None, made, reader.depth + 1)
        return made

    def has_forward(self, cls: ast.ClassDef) -> bool:
        """Whether instances can be called upon values."""
        return self.method(cls, "forward") is not None or self._is_chain(cls)

    def _check_depth(self, node: ast.AST, reader: Reader) -> None:
        if reader.depth > DEEPEST:
            raise refused(node, "What is nested so deeply", "Paste a smaller part.")

    def _as_param(self, name: str, value: object) -> object:
        number = plain(value)
        if isinstance(number, int | float) and name != REPEAT_INDEX:
            return Sym(number, name)
        return value

    def _class_values(self, reader: Reader, made: Made) -> None:
        for cls in reversed(self._line(made.cls)):
            for line in cls.body:
                match line:
                    case ast.Assign(targets=[ast.Name(id=name)], value=value):
                        made.held[name] = reader.value(value)
                    case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                        made.held[name] = reader.value(value)

    def of_class(self, reader: Reader, node: ast.AST, cls: ast.ClassDef, name: str) -> object:
        """What a class holds outside of its methods, such as `expansion`."""
        made = Made(cls, {})
        self._class_values(reader, made)
        if name in made.held:
            return made.held[name]
        code = self.method(cls, name)
        if code is not None:
            return Bound(code)
        raise refused(node, f"“{cls.name}.{name}”", "Name what the class has.")

    def _line(self, cls: ast.ClassDef) -> list[ast.ClassDef]:
        """A class and those of the text that it builds on."""
        found, waiting = list[ast.ClassDef](), [cls]
        while waiting:
            one = waiting.pop(0)
            if one not in found:
                found.append(one)
                names = [ast.unparse(base) for base in one.bases]
                waiting += [self.classes[name] for name in names if name in self.classes]
        return found

    def method(self, cls: ast.ClassDef, name: str) -> ast.FunctionDef | None:
        """A method of a class, or of one that it builds on."""
        for one in self._line(cls):
            for line in one.body:
                if isinstance(line, ast.FunctionDef) and line.name == name:
                    return line
        return None

    def _is_chain(self, cls: ast.ClassDef) -> bool:
        bases = [ast.unparse(base) for one in self._line(cls) for base in one.bases]
        return any(base.endswith("Sequential") for base in bases)

    def above(
        self,
        reader: Reader,
        node: ast.AST,
        name: str,
        args: Sequence[object],
        words: Mapping[str, object],
    ) -> object:
        """`super().name(…)`: that of the class above, where the text has it."""
        made = reader.owner
        if made is None:
            raise refused(node, "super outside of a class", "Paste the whole class.")
        at = reader.names.get("__class__", made.cls)
        line = self._line(made.cls)
        for cls in line[line.index(at) + 1 :] if at in line else ():
            code = next((m for m in cls.body if isinstance(m, ast.FunctionDef) and m.name == name),
                        None)  # fmt: skip
            if code is not None:
                given = self.bound(reader, node, code, args, words)
                names = {**given, "self": made, "__class__": cls}
                return self.follow(code, names, reader.sketch, made, reader.depth + 1)
        if name == "__init__" and self._is_chain(made.cls) and args:
            items = [(str(place), item) for place, item in enumerate(args)]
            named = args[0]
            if isinstance(named, dict):
                items = list(named.items())
            made.held[_CHAIN] = Chain(items)
        if name == "forward" and _CHAIN in made.held:
            return self.applied_chain(reader, node, made, args)
        return None

    def applied_chain(
        self, reader: Reader, node: ast.AST, made: Made, args: Sequence[object]
    ) -> object:
        from graphcore.importers.calls import applied

        return applied(reader, node, made.held.get(_CHAIN, Chain()), args, {})

    def attribute(self, reader: Reader, node: ast.expr, made: Made, name: str) -> object:
        """What an instance has under a name."""
        if name in made.held:
            return made.held[name]
        if name == "training":
            return Dotted("self.training")
        code = self.method(made.cls, name)
        if code is not None:
            is_static = any(ast.unparse(item) == "staticmethod" for item in code.decorator_list)
            if any(ast.unparse(item) == "property" for item in code.decorator_list):
                return self.followed(reader, node, Bound(code, made), (), {})
            return Bound(code, None if is_static else made)
        chain = made.held.get(_CHAIN)
        if isinstance(chain, Chain) and name in dict(chain.items):
            return dict(chain.items)[name]
        raise refused(node, f"“{ast.unparse(node)[:60]}”", "Construct it in __init__.")

    def has(self, owner: object, name: str) -> bool:
        """hasattr."""
        match owner:
            case Made():
                return name in owner.held or self.method(owner.cls, name) is not None
            case Dotted():
                return True
        return False

    def own_call(
        self, reader: Reader, node: ast.Call, made: Made, name: str, args: list[object]
    ) -> tuple[object] | None:
        """What nn.Module itself has; None where the text defines it."""
        if self.method(made.cls, name) is not None or name in made.held:
            return None
        match name, args:
            case (("add_module" | "register_module" | "register_parameter"), [str() as key, value]):
                made.held[key] = value
                self.name(value, key)
                chain = made.held.get(_CHAIN)
                if self._is_chain(made.cls):
                    chain = made.held.setdefault(_CHAIN, Chain())
                if isinstance(chain, Chain):
                    chain.items.append((key, value))
                return (None,)
            case "register_buffer", [str(), None, *_]:
                return (None,)
            case "register_buffer", _:
                hint = "Compute it in forward, or learn it as an nn.Parameter."
                raise refused(node, "A buffer", hint)
            case "apply", _:
                self.leave_out(node)
                return (None,)
        if name in _LISTING:
            self.leave_out(node)
            return ([],)
        return None

    # -- functions -------------------------------------------------------------------------------

    def followed(
        self,
        reader: Reader,
        node: ast.AST,
        bound: Bound,
        args: Sequence[object],
        words: Mapping[str, object],
    ) -> object:
        """What a function or a method of the text gives for these arguments."""
        self._check_depth(node, reader)
        given = self.bound(reader, node, bound.code, args, words, has_self=bound.owner is not None)
        names = {**bound.scope, **given}
        sketch = reader.sketch
        if isinstance(bound.code, ast.Lambda):
            inner = Reader(self, names, sketch, bound.owner or reader.owner, reader.depth + 1)
            return inner.value(bound.code.body)
        owner = bound.owner or reader.owner
        if bound.owner is not None:
            names["self" if not bound.code.args.args else bound.code.args.args[0].arg] = owner
        return self.follow(bound.code, names, sketch, owner, reader.depth + 1)

    def follow(
        self,
        code: ast.FunctionDef,
        names: dict[str, object],
        sketch: Sketch | None,
        owner: Made | None,
        depth: int,
    ) -> object:
        if owner is not None and "__class__" not in names:
            holders = [one for one in self._line(owner.cls) if code in one.body]
            names["__class__"] = holders[0] if holders else owner.cls
        try:
            Reader(self, names, sketch, owner, depth).run(code.body)
        except ReturnedError as found:
            return found.value
        return None

    def bound(
        self,
        reader: Reader,
        node: ast.AST,
        code: ast.FunctionDef | ast.Lambda,
        args: Sequence[object],
        words: Mapping[str, object],
        *,
        has_self: bool | None = None,
        may_lack: bool = False,
    ) -> dict[str, object]:
        """The arguments by name, with defaults; Unknown for what may lack."""
        is_method = isinstance(code, ast.FunctionDef) if has_self is None else has_self
        names = [item.arg for item in (*code.args.posonlyargs, *code.args.args)][is_method:]
        found = dict(zip(names, args, strict=False))
        rest = tuple(args[len(names) :])
        others = {name: value for name, value in words.items() if name not in names}
        only = [item.arg for item in code.args.kwonlyargs]
        found |= {name: value for name, value in words.items() if name in names}
        found |= {name: others.pop(name) for name in only if name in others}
        if code.args.vararg is not None:
            found[code.args.vararg.arg] = rest
        elif rest:
            raise refused(node, f"{len(args)} arguments here", f"It takes {len(names)}.")
        if code.args.kwarg is not None:
            found[code.args.kwarg.arg] = others
        elif others:
            raise refused(node, f"“{next(iter(others))}”, which is not taken,", "Leave it out.")
        defaults = self.defaults(code)
        for name in (*names, *only):
            if name not in found and name in defaults:
                found[name] = Reader(self, {}, None, None, reader.depth + 1).value(defaults[name])
            elif name not in found and may_lack:
                found[name] = Unknown(name)
            elif name not in found:
                raise refused(node, f"A call without “{name}”", "Give it a value.")
        return {name: found[name] for name in (*names, *only, *found) if name in found}

    def defaults(self, code: ast.FunctionDef | ast.Lambda) -> dict[str, ast.expr]:
        """The default of each argument that has one."""
        names = [item.arg for item in (*code.args.posonlyargs, *code.args.args)]
        found = dict(zip(names[::-1], code.args.defaults[::-1], strict=False))
        for item, value in zip(code.args.kwonlyargs, code.args.kw_defaults, strict=True):
            if value is not None:
                found[item.arg] = value
        return found

    # -- blocks ----------------------------------------------------------------------------------

    def placed(
        self,
        reader: Reader,
        node: ast.AST,
        made: Made,
        args: Sequence[object],
        words: Mapping[str, object],
        turns: int = 0,
        wish: str = "",
    ) -> object:
        """An instance called upon values: one node of its block."""
        self._check_depth(node, reader)
        sketch = reader.sketch
        assert sketch is not None
        shares = sketch.owned(node, made)
        drawn = Drawn(self, made, Sketch(self.project, made))
        result = drawn.read(reader, node, args, words)
        name = self._definition(drawn)
        settings: dict[str, object] = {"shares": shares} if shares else {}
        if turns:
            settings["repeat"] = turns
        own = re.sub(r"_\d+$", "", made.name) if turns else made.name
        wish = (wish if shares else own or wish) or made.cls.name[:1].lower() + made.cls.name[1:]
        block = sketch.put(f"block.{name}", self._values(name, made), wish, settings)
        sketch.own(made, block)
        sketch.written[block.id] = drawn.guesses()
        for slot, value in drawn.inputs.items():
            sketch.wire(value, block, slot)
        return handed_out(result, drawn.outputs, block)

    def _values(self, name: str, made: Made) -> dict[str, object]:
        found = dict[str, object]()
        for param, row in self.project.definitions[name].params.items():
            value = formula_of(made.arguments[param])
            if value != row.default or type(value) is not type(row.default):
                found[param] = value
        return found

    def _definition(self, drawn: Drawn) -> str:
        """The name of the block that looks like this; a new one where there is none yet."""
        made, graph = drawn.made, drawn.sketch.graph
        stem = made.cls.name
        for name in self._drawn.setdefault(stem, []):
            if self.project.definitions[name].graph == graph:
                return name
        name = free_block_name(self.project, fitting(stem) or "Block1")
        used = {n for node in graph.nodes.values() for value in node.params.values()
                if isinstance(value, Formula) for n in names_of(value)}  # fmt: skip
        params = {
            param: DefinitionParam(self._default(made, param))
            for param in made.arguments if param in used
        }  # fmt: skip
        said = (ast.get_docstring(made.cls) or "").strip().split("\n\n")[0].replace("\n", " ")
        definition = Definition(graph, params, _WAYS.sub("", said)[:200])
        AddDefinition(name, definition).apply(self.project)
        self._drawn[stem].append(name)
        return name

    def _default(self, made: Made, param: str) -> object:
        """The constructor's default; what the first instance has where there is none."""
        key = (made.cls.name, param)
        if key not in self._defaults:
            code = self.method(made.cls, "__init__")
            tree = self.defaults(code).get(param) if code is not None else None
            value = plain(made.arguments[param])
            if isinstance(tree, ast.Constant) and isinstance(tree.value, int | float):
                value = tree.value
            self._defaults[key] = value
        return self._defaults[key]
