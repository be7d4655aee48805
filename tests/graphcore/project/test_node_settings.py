"""A node's own settings by hand: switches, shared weights, silence, and where paths lead."""

from __future__ import annotations

import pytest

from graphcore.errors import UserError
from graphcore.project.edits import Edit, RemoveNode, Rename, Set, Together
from graphcore.project.graph import NodeId
from graphcore.project.lending import handed_over, possible_owners, shared, why_not_shared
from graphcore.project.paths import spot_of
from graphcore.project.project import Project
from graphcore.project.silencing import Silence, silence, silenced, unsilence
from graphcore.project.switches import is_on, switched, why_not
from tests.build import add, digits_cnn
from tests.graphcore.code.test_blocks import network


def done(project: Project, edit: Edit) -> Project:
    """The project after the edit; taking it back gives what was before."""
    before = project.copy()
    back = edit.apply(project)
    after = project.copy()
    again = back.apply(project)
    assert project == before
    again.apply(project)
    assert project == after
    return project


def settings(project: Project, name: str) -> dict[str, object]:
    node = project.graph.by_name(name)
    assert node is not None
    return dict(node.settings)


def set_(name: str, key: str, value: object) -> Set:
    return Set(("nodes", "main", name, "settings", key), value)


def three() -> Project:
    """Three convolutions, of which the later two use the weights of the first."""
    project = Project()
    for name, width in (("first", 8), ("second", 4), ("third", 4)):
        add(project, "nn.Conv2d", name, out_channels=width)
    add(project, "nn.ReLU", "relu")
    for name in ("second", "third"):
        set_(name, "shares", "first").apply(project)
    return project


def test_a_switch_turns_on_where_it_makes_sense_and_off_again() -> None:
    project = digits_cnn()
    every = list(project.graph.nodes)
    done(project, switched(project, every, "bypass"))
    on = {node.name for node in project.graph.nodes.values() if node.is_bypassed}
    assert on == {"conv", "relu", "pool", "flatten", "head"}
    assert is_on(project, every, "bypass", "main")
    done(project, switched(project, every, "bypass"))
    assert not any(node.settings for node in project.graph.nodes.values())


def test_some_on_means_all_on() -> None:
    project = digits_cnn()
    set_("conv", "freeze", True).apply(project)
    done(project, switched(project, [NodeId("conv"), NodeId("head")], "freeze"))
    assert settings(project, "conv") == settings(project, "head") == {"freeze": True}


@pytest.mark.parametrize(
    ("name", "switch", "words"),
    [
        ("loss", "bypass", "Mute it"),
        ("data", "mute", "hands values on"),
        ("data", "freeze", "hands values on"),
        ("loss", "freeze", "no weights to freeze"),
        ("relu", "freeze", "no weights to freeze"),
        ("head", "freeze", ""),
        ("conv", "bypass", ""),
        ("loss", "mute", ""),
    ],
)
def test_where_a_switch_makes_no_sense_it_says_why(name: str, switch: str, words: str) -> None:
    project = digits_cnn()
    said = why_not(project, project.graph.nodes[NodeId(name)], switch)  # type: ignore[arg-type]
    assert words in said
    assert bool(said) == bool(words)
    if words:
        with pytest.raises(UserError, match=words):
            switched(project, [NodeId(name)], switch)  # type: ignore[arg-type]


def test_only_layers_of_one_kind_share() -> None:
    project = three()
    nodes = project.graph.nodes
    assert [n.name for n in possible_owners(project, nodes[NodeId("third")])] == ["first"]
    assert possible_owners(project, nodes[NodeId("relu")]) == []
    assert "one kind" in why_not_shared(project, [NodeId("first"), NodeId("relu")])
    done(project, Together(tuple(set_(n, "shares", "third") for n in ("first", "second"))))
    done(project, shared(project, [NodeId("third"), NodeId("first"), NodeId("second")]))
    assert settings(project, "first") == {}
    assert settings(project, "third") == settings(project, "second") == {"shares": "first"}


def test_who_shares_follows_a_rename() -> None:
    project = three()
    set_("relu", "ties", {"weight": "first.weight", "bias": "first"}).apply(project)
    done(project, Rename(NodeId("first"), "stem"))
    assert settings(project, "second") == {"shares": "stem"}
    assert settings(project, "relu") == {"ties": {"weight": "stem.weight", "bias": "stem"}}


def test_a_rename_taken_back_leaves_alone_who_named_nobody() -> None:
    project = three()
    set_("third", "shares", "ghost").apply(project)
    done(project, Rename(NodeId("first"), "ghost"))
    assert settings(project, "second") == {"shares": "ghost"}


def test_the_first_sharer_takes_over_when_the_owner_goes() -> None:
    project = three()
    set_("first", "freeze", True).apply(project)
    set_("relu", "ties", {"weight": "first.weight"}).apply(project)
    gone = {NodeId("first")}
    done(project, Together((*handed_over(project, gone), RemoveNode(NodeId("first")))))
    assert project.graph.nodes[NodeId("second")].params["out_channels"] == 8
    assert settings(project, "second") == {"freeze": True}
    assert settings(project, "third") == {"shares": "second"}
    assert settings(project, "relu") == {}


def test_ties_move_to_the_first_that_was_tied() -> None:
    project = three()
    for name in ("second", "third"):
        set_(name, "shares", "third").apply(project)
        set_(name, "ties", {"weight": "first.weight"}).apply(project)
    edits = handed_over(project, {NodeId("first")})
    done(project, Together(tuple(edits)))
    assert "ties" not in settings(project, "second")
    assert settings(project, "third")["ties"] == {"weight": "second.weight"}


def test_a_rule_is_silenced_once_and_told_again() -> None:
    project = digits_cnn()
    one = Silence("main", NodeId("conv"), "padding_only")
    done(project, silence(project, one))
    done(project, silence(project, Silence("main", NodeId("conv"), "no-name")))
    done(project, silence(project, one))
    assert settings(project, "conv") == {"silenced": ("no-name", "padding_only")}
    assert [each.rule for each in silenced(project)] == ["no-name", "padding_only"]
    done(project, unsilence(project, one))
    done(project, unsilence(project, Silence("main", NodeId("conv"), "no-name")))
    assert settings(project, "conv") == {}


def test_paths_lead_through_blocks_and_turns() -> None:
    project = network().project
    block = next(n for n in project.graph.nodes.values() if n.kind.startswith("block."))
    inner = project.definitions[block.kind.removeprefix("block.")].graph
    deep = next(n for n in inner.nodes.values() if n.kind.startswith("block."))
    spot = spot_of(project, f"{block.name}.1.{deep.name}.conv1")
    assert spot is not None
    assert (spot.definition, spot.node) == (deep.kind.removeprefix("block."), "conv1")
    assert (spot.steps, spot.turns) == ((block.id, deep.id), (1, 0))
    assert spot_of(project, "nobody") is None
    assert spot_of(project, f"{block.name}.nobody") is None
    assert spot_of(project, "") is None
