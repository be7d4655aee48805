"""The params of a block: exposed, renamed and taken back, with all that follows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate, names_of, substituted
from graphcore.project.definitions import MAIN, DefinitionParam
from graphcore.project.edits import MISSING, Edit, SetDefinitionParams, SetParam, Together
from graphcore.project.graph import NodeId, check_name
from graphcore.project.project import Project


def instances(project: Project, name: str) -> list[tuple[str, NodeId]]:
    """Every node that is a block of that definition, with the definition that it stands in."""
    return [
        (where, node.id)
        for where, definition in project.definitions.items()
        for node in definition.graph.nodes.values()
        if node.kind == f"block.{name}"
    ]


def expose(project: Project, definition: str, node: NodeId, param: str, value: object) -> Edit:
    """A node's param as a param of the block around it, with this value where nothing is chosen.

    Raises UserError in the main drawing, and for a value that no formula can stand for.
    """
    if definition == MAIN:
        raise UserError("Only params inside a block can be exposed.", "Make a block first.")
    if not can_be_exposed(value):
        raise UserError(f"“{param}” can't be exposed: it is no number.", "Leave it as it is.")
    found = project.definitions[definition]
    name, number = param, 2
    if name in found.params:
        name = f"{found.graph.nodes[node].name}_{param}"
    while name in found.params:
        name, number = f"{param}{number}", number + 1
    params = {**found.params, name: DefinitionParam(value)}
    return Together((
        SetDefinitionParams(definition, params),
        SetParam(node, param, Formula(name), definition),
    ))  # fmt: skip


def can_be_exposed(value: object) -> bool:
    """Whether a formula can stand for such a value: a number or a tuple of whole numbers."""
    match value:
        case bool():
            return False
        case int() | float():
            return True
        case tuple():
            return bool(value) and all(type(item) is int for item in value)
    return False


def add_param(project: Project, definition: str, wish: str = "width", default: object = 1) -> Edit:
    """One more param of a block, named as wished or with a number behind."""
    params = project.definitions[definition].params
    name, number = wish, 2
    while name in params:
        name, number = f"{wish}{number}", number + 1
    return SetDefinitionParams(definition, {**params, name: DefinitionParam(default)})


def set_default(project: Project, definition: str, name: str, default: object) -> Edit:
    """Another value for what no instance chooses."""
    params = project.definitions[definition].params
    return SetDefinitionParams(definition, {**params, name: replace(params[name], default=default)})


def rename_param(project: Project, definition: str, name: str, new: str) -> Edit:
    """Another name for a block's param; formulas inside and values at instances follow.

    Raises UserError where the name is taken or can't stand in the code.
    """
    params = project.definitions[definition].params
    if new == name:
        return Together(())
    try:
        check_name(new)
    except UserError as error:
        raise UserError(
            f"“{new[:40]}” can't be a param's name.",
            "Use letters A-Z, digits and _, and no word of Python's or torch's own.",
        ) from error
    if new in params:
        raise UserError(f"There is a param “{new}” already.", "Use another name.")
    renamed = {new if key == name else key: param for key, param in params.items()}
    edits: list[Edit] = [SetDefinitionParams(definition, renamed)]
    edits += _refilled(project, definition, name, {name: Formula(new)})
    for where, node in instances(project, definition):
        value = project.definitions[where].graph.nodes[node].params.get(name, MISSING)
        if value is not MISSING:
            edits.append(SetParam(node, name, MISSING, where))
            edits.append(SetParam(node, new, value, where))
    return Together(tuple(edits))


def raise_param(project: Project, definition: str, name: str) -> Edit:
    """A block's param before the one that came before it: in the inspector and in the code."""
    params = project.definitions[definition].params
    names = list(params)
    at = names.index(name)
    if at == 0:
        return Together(())
    names[at - 1 : at + 1] = name, names[at - 1]
    return SetDefinitionParams(definition, {key: params[key] for key in names})


def remove_param(project: Project, definition: str, name: str) -> Edit:
    """A block's param gone: formulas inside take its default, instances forget their values."""
    params = project.definitions[definition].params
    edits: list[Edit] = [
        *_refilled(project, definition, name, {name: params[name].default}),
        SetDefinitionParams(definition, {k: p for k, p in params.items() if k != name}),
    ]
    edits += [
        SetParam(node, name, MISSING, where)
        for where, node in instances(project, definition)
        if name in project.definitions[where].graph.nodes[node].params
    ]
    return Together(tuple(edits))


def _refilled(
    project: Project, definition: str, name: str, values: Mapping[str, object]
) -> Iterator[Edit]:
    """Formulas inside that use a name, with what now stands for it."""
    for node in project.definitions[definition].graph.nodes.values():
        for param, value in node.params.items():
            if isinstance(value, Formula) and name in names_of(value):
                filled = substituted(value, values)
                new = filled if names_of(filled) else evaluate(filled, {})
                yield SetParam(node.id, param, new, definition)
