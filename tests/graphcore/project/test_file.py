"""The project file: it reads well, keeps everything, and no file harms anything."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.project import reading, templates
from graphcore.project.definitions import Definition, DefinitionParam
from graphcore.project.edits import AddDefinition, Connect, Rename, Set, SetParam
from graphcore.project.file import load, parse, save, to_text
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.module_edits import SetModule
from graphcore.project.modules import UserModule
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.project.project import Note, Project
from graphcore.project.weights import WeightsSource
from tests.build import add, chain, digits_cnn, wire


def full_project() -> Project:
    """A project that uses everything the file can hold."""
    project = digits_cnn()
    inner = Graph(
        [Node(NodeId("i"), "io.Input", "x"), Node(NodeId("o"), "io.Output", "y", order=1)],
        [Wire(NodeId("i"), "output", NodeId("o"), "input")],
    )
    content = Definition(inner, {"width": DefinitionParam((1, 2), "How wide.")}, "A block.")
    gate = UserModule(
        "my_layers.py:Gate", ("x", "mask?"), ("output",),
        (("dim", "int"), ("mode", "choice:a|b", "a"), ("names", "text", "a b")),
        (("scale", "float?", None),), "A gate.", "ab",
    )  # fmt: skip
    edits = [
        SetModule("Gate", gate),
        AddDefinition("Residual", content),
        Set(("layout", "Residual", "i"), (0, 24)),
        Set(("about",), "Line one.\nÄ “quoted” line."),
        Set(("bends", "main", "loss.target"), ((10, 200), (900, 200))),
        Set(("nodes", "main", "conv", "settings", "freeze"), True),
        Set(("nodes", "main", "loss", "settings", "weight"), 0.5),
        Set(("nodes", "main", "conv", "note"), "First."),
        Set(("nodes", "main", "conv", "title"), "Edges"),
        Set(("notes", "n1"), Note("main", -24, 0, 480, 240, "Head")),
        Set(("weights",), (WeightsSource("a.safetensors", sha256="ab", map={"a.b": "c.d"}),)),
        Set(("plan",), Plan(
            (ObjectivePlan("main", Optimizer("SGD", {"lr": 0.1, "betas": (0.9, 0.99)}),
                           Schedule("cosine", {"warmup": 2}), "head.*", 2),),
            epochs=3, device="cuda:1", metrics=("accuracy",))),
    ]  # fmt: skip
    for edit in edits:
        edit.apply(project)
    add(project, "block.Residual", "res", width=Formula("2 * 3"))
    add(project, "user.Gate", "gate", dim=Formula("label.classes"), mode="b")
    add(project, "user.Wavelet", "odd", depth=3, nested={"a": [1, "=b"]}, text="=x")
    Connect(Wire(NodeId("res"), "y", NodeId("odd"), "anything")).apply(project)
    return project


def test_it_reads_well_in_a_diff() -> None:
    text = to_text(digits_cnn())
    lines = text.splitlines()
    assert lines[1] == '  "schema": 1,'
    conv = next(line for line in lines if '"id": "conv"' in line)
    assert conv.strip() == (
        '{"id": "conv", "kind": "nn.Conv2d", "name": "conv", "params":'
        ' {"out_channels": 16, "kernel_size": 3, "padding": 1}},'
    )
    assert '        ["conv", "output", "relu", "input"],' in lines
    assert '{"out_features": "=label.classes"}' in text
    assert '"type": "float32[1, 8, 8]"' in text
    keys = list(json.loads(text))
    assert keys == ["schema", "title", "about", "definitions", "data", "plan", "weights", "notes",
                    "layout"]  # fmt: skip
    before, after = digits_cnn(), digits_cnn()
    SetParam(NodeId("conv"), "out_channels", 32).apply(after)
    changed = set(to_text(before).splitlines()) ^ set(to_text(after).splitlines())
    assert len(changed) == 2


def test_everything_comes_back() -> None:
    project = full_project()
    again = parse(to_text(project))
    assert again == project
    assert to_text(again) == to_text(project)
    assert again.definitions["main"].graph.nodes[NodeId("head")].params["out_features"] == Formula(
        "label.classes"
    )


def test_an_unknown_kind_is_kept_unchanged() -> None:
    text = to_text(full_project())
    odd = next(line for line in text.splitlines() if '"odd"' in line)
    assert odd in to_text(parse(text)).splitlines()
    assert '"nested": {"a": [1, "=b"]}' in odd
    assert parse(text).kind("user.Wavelet").role == "unknown"


def test_order_of_editing_leaves_no_trace() -> None:
    one, two = digits_cnn(), digits_cnn()
    conv = NodeId("conv")
    for project, names in ((one, ("stride", "bias")), (two, ("bias", "stride"))):
        for name in names:
            SetParam(conv, name, {"stride": 2, "bias": False}[name]).apply(project)
    assert to_text(one) == to_text(two)


def test_orders_are_numbered_anew() -> None:
    project = Project()
    for order, name in ((40, "b"), (7, "a")):
        project.graph.nodes[NodeId(name)] = Node(NodeId(name), "nn.ReLU", name, order=order)
    again = parse(to_text(project))
    assert [(n.name, n.order) for n in again.graph.ordered()] == [("a", 0), ("b", 1)]


# Saving


def test_save_keeps_one_backup(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    project = digits_cnn()
    save(project, path)
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == ["a.netwright"]
    Rename(NodeId("conv"), "edges").apply(project)
    save(project, path)
    assert load(path) == project
    assert load(tmp_path / "a.netwright~") == digits_cnn()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.netwright", "a.netwright~"]


def _raise(number: int) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("function", ["replace", "fsync"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_failed_save_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int
) -> None:
    path = tmp_path / "a.netwright"
    save(digits_cnn(), path)
    old = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, function, _raise(number))
        with pytest.raises(UserError, match="could not be saved"):
            save(full_project(), path)
    assert path.read_bytes() == old
    assert [item.name for item in tmp_path.iterdir()] == ["a.netwright"]


def test_a_failure_at_the_last_moment_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.netwright"
    save(digits_cnn(), path)
    real = os.replace

    def refuse_final(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise OSError(errno.EIO, "broken disk")
        real(source, target)

    monkeypatch.setattr(os, "replace", refuse_final)
    with pytest.raises(UserError, match="broken disk"):
        save(full_project(), path)
    assert load(path) == digits_cnn()
    assert load(tmp_path / "a.netwright~") == digits_cnn()


def test_saving_where_there_is_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not be saved"):
        save(Project(), tmp_path / "gone" / "a.netwright")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.netwright", tmp_path / "link.netwright"
    save(Project(), path)
    link.symlink_to(path)
    save(digits_cnn(), link)
    assert link.is_symlink()
    assert load(path) == digits_cnn()


# Files that are not what they should be


def refused(text: str) -> UserError:
    """The error that a text gets, within a second of work (others may keep the cores busy)."""
    start = time.process_time()
    with pytest.raises(UserError) as caught:
        parse(text, "x.netwright")
    assert time.process_time() - start < 1.0
    assert caught.value.message.startswith("“x.netwright” can't be opened. ")
    assert len(caught.value.message) < 400
    assert caught.value.hint
    return caught.value


Change = Callable[[dict[str, Any]], None]


def changed(change: Change) -> str:
    """The text of the digits with one change."""
    data = json.loads(to_text(digits_cnn()))
    change(data)
    return json.dumps(data)


def _main(data: dict[str, Any]) -> dict[str, Any]:
    main: dict[str, Any] = data["definitions"]["main"]
    return main


def _conv(data: dict[str, Any]) -> dict[str, Any]:
    conv: dict[str, Any] = _main(data)["nodes"][1]
    return conv


def _param(name: str, value: object) -> Change:
    return lambda data: _conv(data)["params"].update({name: value})


def _extra_wire(*ends: object) -> Change:
    return lambda data: _main(data)["wires"].append(list(ends))


def _nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def _blocks(inner: str) -> Change:
    """Two definitions of which the first holds the second and the second holds `inner`."""

    def change(data: dict[str, Any]) -> None:
        for name, kind in (("one", "block.two"), ("two", inner)):
            node = {"id": "n", "kind": kind, "name": "n1"}
            data["definitions"][name] = {"nodes": [node], "wires": []}

    return change


HOSTILE: dict[str, tuple[Change, str]] = {
    "bad param": (_param("kernel_size", "abc"), "“conv”, kernel_size: 'abc'"),
    "code in a param": (_param("out_channels", "__import__('os')"), "“conv”, out_channels"),
    "infinite param": (_param("out_channels", float("inf")), "“conv”, out_channels: inf"),
    "NaN param": (_param("out_channels", float("nan")), "“conv”, out_channels: nan"),
    "huge param": (_param("out_channels", 10**400), "“conv”, out_channels"),
    "deep param": (_param("kernel_size", _nested(200)), "“conv”, kernel_size"),
    "unknown param": (_param("kernels", 3), "no param 'kernels'"),
    "keyword as name": (lambda d: _conv(d).update(name="class"), "“class”"),
    "name of nn.Module": (lambda d: _conv(d).update(name="forward"), "“forward”"),
    "look-alike letters": (lambda d: _conv(d).update(name="соnv"), "can't be a node's name"),
    "name with code": (lambda d: _conv(d).update(name="a = 1; b"), "can't be a node's name"),
    "name is a number": (lambda d: _conv(d).update(name=3), "nodes.1 has no name"),
    "no id": (lambda d: _conv(d).pop("id"), "nodes.1 has no id"),
    "dotted id": (lambda d: _conv(d).update(id="a.b"), "'a.b' can't be a node's id"),
    "same id": (lambda d: _conv(d).update(id="relu"), "two nodes have the id “relu”"),
    "same name": (lambda d: _conv(d).update(name="relu"), "two nodes are named “relu”"),
    "kind with code": (lambda d: _conv(d).update(kind="os.system('x')"), "“conv”, kind"),
    "unknown key": (lambda d: _conv(d).update(colour="red"), "has “colour”"),
    "unknown section": (lambda d: d.update(extra=1), "has “extra”"),
    "wrong setting": (lambda d: _conv(d).update(settings={"freeze": 1}), "“conv”.freeze: 1"),
    "unknown setting": (lambda d: _conv(d).update(settings={"frozen": True}), "has “frozen”"),
    "node is a list": (lambda d: _main(d)["nodes"].append([]), "nodes.7"),
    "nodes is a number": (lambda d: _main(d).update(nodes=4), "nodes: 4"),
    "definition is a number": (lambda d: d["definitions"].update(main=4), "definitions.main: 4"),
    "definition with a bad name": (lambda d: d["definitions"].update({"a b": {}}), "'a b'"),
    "unknown node": (_extra_wire("conv", "output", "ghost", "input"), "id “ghost”"),
    "unknown output": (_extra_wire("conv", "side", "relu", "input"), "no output “side”"),
    "unknown input": (_extra_wire("conv", "output", "relu", "side"), "no input “side”"),
    "into the data": (_extra_wire("conv", "output", "data", "image"), "no input “image”"),
    "two into one": (_extra_wire("conv", "output", "relu", "input"), "two wires end in"),
    "short wire": (_extra_wire("conv", "output"), "wires.7"),
    "circle": (
        lambda d: _main(d)["wires"].__setitem__(0, ["relu", "output", "conv", "input"]),
        "close a circle",
    ),
    "block with a record as param": (
        lambda d: (_blocks("nn.ReLU")(d), _conv(d).update(kind="block.one", params={"a": {}})),
        "“conv”, a: {}",
    ),
    "block's param that is a keyword": (
        lambda d: d["definitions"].update(one={"params": {"class": {"default": 1}}}),
        "“class” has a meaning",
    ),
    "block's param that is self": (
        lambda d: d["definitions"].update(one={"params": {"self": {"default": 1}}}),
        "“self” has a meaning",
    ),
    "block's param that is text": (
        lambda d: d["definitions"].update(one={"params": {"a": {"default": "b"}}}),
        "definitions.one.params.a.default: 'b'",
    ),
    "no epochs": (lambda d: d["plan"].update(epochs=0), "plan.epochs: 0"),
    "a billion epochs": (lambda d: d["plan"].update(epochs=10**9), "plan.epochs"),
    "plan is a list": (lambda d: d.update(plan=[]), "plan: []"),
    "device with code": (lambda d: d["plan"].update(device="cuda; rm"), "plan.device"),
    "two objectives alike": (
        lambda d: d["plan"].update(objectives=d["plan"]["objectives"] * 2),
        "plan.objectives: two have the same name",
    ),
    "field without type": (lambda d: d["data"]["fields"][0].pop("type"), "lacks “type”"),
    "field with a bad type": (
        lambda d: d["data"]["fields"][0].update(type="float32[-1]"),
        "data.fields.0.type",
    ),
    "field with half a letter as type": (
        lambda d: d["data"]["fields"][0].update(type="\ud800"),
        "data.fields.0.type: “?”",
    ),
    "field that is a keyword": (
        lambda d: d["data"]["fields"][0].update(name="class"),
        "data.fields.0.name: “class”",
    ),
    "no sample to train on": (
        lambda d: d["data"]["split"].update(validation=0.9, test=0.9),
        "leave no samples",
    ),
    "place of nothing": (
        lambda d: d["layout"]["main"]["positions"].update(ghost=[0, 0]),
        "no node 'ghost'",
    ),
    "bends of nothing": (
        lambda d: d["layout"]["main"]["bends"].update({"relu.ghost": [[0, 0]]}),
        "no wire into 'relu.ghost'",
    ),
    "place far out": (
        lambda d: d["layout"]["main"]["positions"].update(conv=[10**12, 0]),
        "layout.main.positions.conv",
    ),
    "half a pixel": (
        lambda d: d["layout"]["main"]["positions"].update(conv=[0.5, 0]),
        "layout.main.positions.conv",
    ),
    "lone surrogate": (lambda d: d.update(title="\ud800"), "title"),
    "block in itself": (_blocks("block.one"), "contains itself"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_wrong_value_is_told_with_its_place(name: str) -> None:
    change, expected = HOSTILE[name]
    assert expected in refused(changed(change)).message


def test_no_schema_and_future_schemas_are_told() -> None:
    assert "not a Netwright project" in refused("{}").message
    assert "not a Netwright project" in refused("[1, 2]").message
    assert "not a Netwright project" in refused('{"schema": true}').message
    assert "newer Netwright" in refused('{"schema": 2}').message
    assert "newer Netwright" in refused('{"schema": ' + "9" * 19 + "}").message
    assert "Netwright" in refused('{"schema": ' + "9" * 100_000 + "}").message


def test_an_older_schema_is_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SCHEMA", 2)
    migrations = {1: lambda data: {**data, "title": data["title"].upper()}}
    monkeypatch.setattr(reading, "MIGRATIONS", migrations)
    assert parse('{"schema": 1, "title": "old"}').title == "OLD"


def test_broken_text_is_told() -> None:
    text = to_text(digits_cnn())
    for at in range(0, len(text) - 2, 97):
        refused(text[:at])
    assert "line 3" in refused(text[:30]).message
    assert "stands twice" in refused('{"schema": 1, "title": "a", "title": "b"}').message
    assert refused('{"schema": 1, "title": ' + "[" * 500_000).hint
    assert refused('{"schema": 1, "title": ' + '{"a":' * 500_000).hint
    assert "plan.seed" in refused('{"schema": 1, "plan": {"seed": 1e400}}').message
    assert "plan.seed" in refused('{"schema": 1, "plan": {"seed": 1' + "0" * 10**5 + "}}").message
    assert "plan.seed" in refused('{"schema": 1, "plan": {"seed": -Infinity}}').message


def test_files_that_are_too_large_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.netwright"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20)
    start = time.process_time()
    with pytest.raises(UserError, match="too large"):
        load(path)
    assert time.process_time() - start < 1.0


def test_sixteen_megabytes_of_nonsense_are_told_soon() -> None:
    nonsense = ",".join(["[]"] * (5 * 2**20))
    refused(f'{{"schema": 1, "title": [{nonsense}]}}')
    numbers = ",".join(["1"] * (7 * 2**20))
    refused(f'{{"schema": 1, "title": [{numbers}]}}')
    node = f'{{"id": "a", "kind": "user.b", "name": "a", "params": {{"p": [[{nonsense}]]}}}}'
    refused(f'{{"schema": 1, "definitions": {{"main": {{"nodes": [{node}]}}}}}}')
    refused('{"schema": 1, "title": [' + ",".join(["[0,0]"] * 399_000) + "]}")
    refused('{"schema": 1, "title": [' + ",".join(["123456"] * 1_199_000) + "]}")


def _many_nodes(count: int) -> str:
    nodes = ",".join(f'{{"id":"n{i}","kind":"nn.ReLU","name":"n{i}"}}' for i in range(count))
    return f'{{"schema":1,"definitions":{{"main":{{"nodes":[{nodes}],"wires":[]}}}}}}'


def test_a_billion_layers_are_told_at_once() -> None:
    assert "more than" in refused(_many_nodes(60_000)).message
    nested: dict[str, Any] = {}
    for i in range(40):
        inner = f"block.b{i + 1}" if i < 39 else "nn.ReLU"
        nodes = [{"id": f"n{k}", "kind": inner, "name": f"n{k}"} for k in range(10)]
        nested[f"b{i}"] = {"nodes": nodes}
    message = refused(json.dumps({"schema": 1, "definitions": nested})).message
    assert "unfolds to more than" in message


def test_deeply_nested_definitions_open() -> None:
    nested = {
        f"b{i}": {"nodes": [{"id": "n", "kind": f"block.b{i + 1}", "name": "n"}]}
        for i in range(900)
    }
    assert len(parse(json.dumps({"schema": 1, "definitions": nested})).definitions) == 901


def test_what_is_not_a_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.netwright", Path("/dev/zero")):
        with pytest.raises(UserError, match="no project file"):
            load(path)
    binary = tmp_path / "b.netwright"
    binary.write_bytes(b'{"schema": 1, "title": "\xff\xfe"}')
    with pytest.raises(UserError, match="not text"):
        load(binary)


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    path.write_bytes(b"\xef\xbb\xbf" + to_text(digits_cnn()).encode())
    assert load(path) == digits_cnn()


def test_opening_never_runs_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    formula = "=__import__('os').system('x')"
    monkeypatch.setattr(os, "system", lambda _: pytest.fail("code of the file was run"))
    project = parse(changed(_param("out_channels", formula)))
    assert project.graph.nodes[NodeId("conv")].params["out_channels"] == Formula(formula[1:])


def test_a_large_project_opens_and_saves_quickly(tmp_path: Path) -> None:
    project = parse(_many_nodes(10_000))
    start = time.process_time()
    save(project, tmp_path / "a.netwright")
    assert load(tmp_path / "a.netwright") == project
    assert time.process_time() - start < 2.0


# Properties

JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
    st.sampled_from(["=a", "conv", "relu", "nn.Linear", "input", "tensors.999999999",
                     10**400, -1]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, inner in items:
        found.append((*path, key))
        if isinstance(inner, dict | list):
            found += _places(inner, (*path, key))
    return found


FULL = to_text(full_project())
PLACES = _places(json.loads(FULL))


@settings(max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from("sdk"), JUNK), max_size=3))
def test_a_mutated_file_opens_or_is_refused(
    changes: list[tuple[tuple[Any, ...], str, Any]],
) -> None:
    data = json.loads(FULL)
    for path, how, value in changes:
        holder = data
        for key in path[:-1]:
            try:
                holder = holder[key]
            except (KeyError, IndexError, TypeError):
                break
        _mutate(holder, path[-1], how, value)
    start = time.process_time()
    with contextlib.suppress(UserError):  # any other error fails the test
        project = parse(json.dumps(data))
        assert parse(to_text(project)) == project
    assert time.process_time() - start < 1.0


def _mutate(holder: Any, key: Any, how: str, value: Any) -> None:
    if isinstance(holder, dict):
        if how == "s":
            holder[key] = value
        elif how == "d":
            holder.pop(key, None)
        else:
            holder[str(value)] = holder.pop(key, None)
    elif isinstance(holder, list) and isinstance(key, int) and key < len(holder):
        if how == "s":
            holder[key] = value
        elif how == "d":
            del holder[key]
        else:
            holder.insert(key, holder[-1])


@given(st.data())
def test_random_projects_come_back(data: st.DataObject) -> None:
    project = Project()
    kinds = st.sampled_from(["nn.ReLU", "nn.Linear", "ops.add", "ops.constant", "user.odd"])
    for _ in range(data.draw(st.integers(0, 8))):
        add(project, data.draw(kinds), at=data.draw(st.tuples(POSITION, POSITION)))
    nodes = list(project.graph.nodes)
    for i, source in enumerate(nodes):
        for target in nodes[i + 1 :]:
            if data.draw(st.booleans()) and "odd" not in source + target:
                _try(lambda s=source, t=target: wire(project, s, t))  # type: ignore[misc]
    Set(("title",), data.draw(st.text(st.characters(exclude_categories=["Cs"])))).apply(project)
    assert parse(to_text(project)) == project


POSITION = st.integers(-1000, 1000)


def _try(act: Callable[[], object]) -> None:
    try:
        act()
    except (UserError, StopIteration):
        return


# Templates


def test_templates_are_listed_and_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "resource", lambda relative: tmp_path / relative)
    assert templates.names() == []
    with pytest.raises(UserError, match="no template “a”"):
        templates.open_template("a")
    (tmp_path / "templates").mkdir()
    project = Project(title="A", about="Of an a.")
    chain(project, "nn.Linear", "nn.ReLU")
    save(project, tmp_path / "templates" / "a.netwright")
    assert templates.names() == [("a", "A", "Of an a.")]
    assert templates.open_template("a") == project
    assert templates.open_template("a") is not templates.open_template("a")
