"""The command blocks: the library of a person's own blocks."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from graphcore.cli.terminal import DONE, UsageError, complain, say, table
from graphcore.project import file, library
from graphcore.project.bringing import bring, renew
from graphcore.project.definitions import MAIN
from graphcore.project.library import LibraryBlock
from graphcore.project.likeness import digest


def show_all(arguments: argparse.Namespace) -> int:
    """List the blocks; files that can't be read are told of on stderr."""
    blocks, broken = library.read_library()
    if arguments.json:
        say(json.dumps([_record(block) for block in blocks], indent=2, ensure_ascii=False))
    elif blocks:
        rows = [("BLOCK", "NODES", "PARAMS", "HELP")]
        for line in table([*rows, *map(_row, blocks)], right=(1,)):
            say(line)
    else:
        say(f"There are no blocks of yours yet in {library.library_folder()}.")
        say("netwright blocks add PROJECT BLOCK saves one.")
    for found in broken:
        complain(found.message)
    return DONE


def _row(block: LibraryBlock) -> tuple[str, str, str, str]:
    definition = block.definition
    first = definition.help.partition("\n")[0]
    return block.name, str(len(definition.graph.nodes)), ", ".join(definition.params), first[:60]


def _record(block: LibraryBlock) -> dict[str, object]:
    kind = block.part.kind(f"block.{block.name}")
    definition = block.definition
    return {
        "name": block.name, "file": str(block.path), "help": definition.help,
        "inputs": [port.name for port in kind.inputs],
        "outputs": [port.name for port in kind.outputs],
        "params": {name: str(param.default) for name, param in definition.params.items()},
        "nodes": len(definition.graph.nodes),
        "made_of": sorted(block.part.definitions.keys() - {MAIN, block.name}),
    }  # fmt: skip


def show(arguments: argparse.Namespace) -> int:
    """Say what a block takes, yields and is made of; `block` names one or is a file."""
    block = _block(arguments.block)
    record = _record(block)
    if arguments.json:
        say(json.dumps(record, indent=2, ensure_ascii=False))
        return DONE
    for key, value in record.items():
        match value:
            case dict():
                text = ", ".join(f"{name} = {default}" for name, default in value.items())
            case list():
                text = ", ".join(map(str, value))
            case _:
                text = str(value)
        if text:
            say(f"{key.replace('_', ' '):8} {text}")
    return DONE


def _block(name: str) -> LibraryBlock:
    """The block of that name, or the one in a file that somebody gave."""
    is_file = name.endswith(library.BLOCK_SUFFIX)
    return library.read_block(Path(name)) if is_file else library.find_block(name)


def add(arguments: argparse.Namespace) -> int:
    """Save a project's block, or the one in a block file, to the library."""
    if arguments.project.suffix == library.BLOCK_SUFFIX:
        given = library.read_block(arguments.project)
        project, name = given.part, arguments.block or given.name
    else:
        project, name = file.load(arguments.project), arguments.block
        if name is None:
            known = ", ".join(sorted(project.definitions.keys() - {MAIN})) or "none"
            raise UsageError("Which block?", f"The project has: {known}.")
    saved = library.save_block(project, name, replace=arguments.replace)
    say(f"{saved.name} is among your blocks: {saved.path}")
    return DONE


def put(arguments: argparse.Namespace) -> int:
    """Add a block's definition to a project; one that is there already is said to be."""
    project, block = file.load(arguments.project), _block(arguments.block)
    brought = bring(project, block.part)
    name = brought.names[block.name]
    if not brought.edit.edits:
        say(f"{arguments.project} holds this block already; it is called {name}.")
        return DONE
    brought.edit.apply(project)
    file.save(project, arguments.project)
    why = f", since it has another {block.name}" if name != block.name else ""
    say(f"{arguments.project} holds the block {name} now{why}.")
    return DONE


def update(arguments: argparse.Namespace) -> int:
    """Make a project's block what it is in the library."""
    project, block = file.load(arguments.project), _block(arguments.block)
    edit = renew(project, block.part, block.name)
    if digest(project, block.name) == block.digest:
        say(f"{block.name} is the same in {arguments.project} and among your blocks.")
        return DONE
    edit.apply(project)
    file.save(project, arguments.project)
    say(f"{block.name} in {arguments.project} is what it is among your blocks now.")
    return DONE


def rename(arguments: argparse.Namespace) -> int:
    """Give a block of the library another name."""
    renamed = library.rename_block(arguments.block, arguments.new)
    say(f"{arguments.block} is called {renamed.name} now.")
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Take blocks out of the library; the first that is not there ends it."""
    found = [library.find_block(name) for name in arguments.blocks]
    for block in found:
        library.delete_block(block)
        say(f"{block.name} is gone from your blocks; its file is kept as {block.path}~.")
    return DONE
