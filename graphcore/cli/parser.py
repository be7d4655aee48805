"""Which commands there are and what they take. Imports nothing that takes time."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from graphcore.cli.terminal import say

Command = Callable[[argparse.Namespace], int]

STATUSES = """exit status: 0 done, 1 the project has a problem of severity error, 2 wrong usage,
3 the world said no (a file is missing, the disk is full, …), 70 a mistake of Netwright's,
130 interrupted by Ctrl+C and 143 by SIGTERM, the state of a run saved"""
WORDS = """With --json, a program that starts this one may write lines to its stdin: pause, resume,
save (the state, and go on), stop, attend (from now on the end of stdin ends the run, state saved)
and leave (nobody listens any more, and the run goes on). Every run also obeys the first four when
they are appended to asked.txt in its folder."""


class _Version(argparse.Action):
    """Says the version, which is looked up only when somebody asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        say(f"netwright {version()}")
        parser.exit()


def make_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `command` of what it parses is to be called."""
    parser = argparse.ArgumentParser(
        prog="netwright",
        description="Design neural networks by drawing them. "
        "Without a command, or with a project file, the window opens.",
        epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say the version")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_drawing(commands)
    _add_training(commands)
    _add_using(commands)
    _add_blocks(commands)
    doctor = _command(commands, "doctor", "say what is installed and what could go wrong")
    doctor.set_defaults(command=_lazily("doctor", "doctor"))
    return parser


Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: Commands, name: str, about: str) -> argparse.ArgumentParser:  # type: ignore[valid-type]
    description = about[0].upper() + about[1:] + "."
    return commands.add_parser(name, help=about, description=description)  # type: ignore[attr-defined,no-any-return]


def _lazily(module: str, function: str) -> Command:
    """The command, imported when it is called: `--help` should not wait for what it needs."""

    def command(arguments: argparse.Namespace) -> int:
        run: Command = getattr(import_module(f"graphcore.cli.{module}"), function)
        return run(arguments)

    return command


def _add_drawing(commands: Commands) -> None:  # type: ignore[valid-type]
    new = _command(commands, "new", "make a project from a template; without one, list them")
    new.add_argument("template", nargs="?", metavar="TEMPLATE")
    new.add_argument("-o", "--output", type=Path, metavar="FILE", help="the project to write")
    new.set_defaults(command=_lazily("drawing", "new"))

    layout = _command(commands, "layout", "lay out every drawing of a project in tidy rows")
    _add_project(layout)
    layout.add_argument("-o", "--output", type=Path, metavar="FILE",
                        help="the project to write; else the same file")  # fmt: skip
    layout.add_argument("--size", type=int, nargs=2, default=(1600, 1000),
                        metavar=("WIDTH", "HEIGHT"), help="of the window to fit")  # fmt: skip
    layout.set_defaults(command=_lazily("layout", "layout"))

    read = _command(commands, "read-code", "draw PyTorch code: nn.Sequential or a plain class")
    read.add_argument("code", type=Path, metavar="FILE", help="a .py file, read and never run")
    _add_output(read, "PROJECT")
    read.set_defaults(command=_lazily("layout", "read"))

    check = _command(commands, "check", "say shapes, parameters, cost and problems")
    check.add_argument("projects", nargs="+", type=Path, metavar="PROJECT")
    _add_trust(check)
    _add_json(check, "say it as JSON")
    check.set_defaults(command=_lazily("drawing", "check"))

    code = _command(commands, "code", "print the PyTorch code")
    _add_project(code)
    code.add_argument("-o", "--output", type=Path, metavar="FILE", help="write it to a file")
    _add_trust(code)
    code.set_defaults(command=_lazily("drawing", "code"))

    find = _command(commands, "find", "say which nodes have a name, kind, shape or problem")
    _add_project(find)
    find.add_argument("text", nargs="+", metavar="TEXT", help="such as conv, 16x8x8, error")
    _add_trust(find)
    _add_json(find, "say it as JSON")
    find.set_defaults(command=_lazily("finding", "find"))

    render = _command(commands, "render", "draw the canvas as .png, .svg or .pdf (needs Qt)")
    _add_project(render)
    _add_output(render, "FILE.png")
    render.add_argument("--theme", choices=("dark", "light"), default="dark")
    render.add_argument("--scale", type=_scale, default=1.0, help="pixels a point, 0.25 to 8")
    render.add_argument("--transparent", action="store_true", help="no ground behind the cards")
    render.add_argument("--block", default="", metavar="PATH", help="what is in a block: stage1")
    render.add_argument("--nodes", nargs="+", default=(), metavar="NAME", help="only these nodes")
    render.set_defaults(command=_lazily("drawing", "render"))


def _add_training(commands: Commands) -> None:  # type: ignore[valid-type]
    train = _command(commands, "train", "train; Ctrl+C or SIGTERM saves the state and ends")
    train.epilog = WORDS
    _add_project(train)
    train.add_argument("--epochs", metavar="N", help="how often all samples are seen")
    train.add_argument("--device", metavar="D", help="auto, cpu, cuda, cuda:1 or mps")
    train.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", dest="settings",
        help="another value of the plan, such as optimizer.lr=0.01; may be given often",
    )  # fmt: skip
    train.add_argument("--run-dir", type=Path, metavar="D", help="the folder of this run")
    train.add_argument(
        "--resume", nargs="?", const="", metavar="RUN",
        help="go on with a run that ended early: an id or a folder; else the newest",
    )  # fmt: skip
    train.add_argument(
        "--folder", type=Path, metavar="D",
        help="where relative names in the project start; else where it lies",
    )  # fmt: skip
    train.add_argument(
        "--free-cores", type=int, default=0, metavar="N",
        help="cores left to other programs where the plan doesn't say how many",
    )  # fmt: skip
    train.add_argument("--random", nargs="?", type=int, const=512, default=0, metavar="SAMPLES",
                       help="train a copy on numbers at random, for speed")  # fmt: skip
    _add_sizes(train)
    _add_trust(train)
    _add_json(train, "say every event as a line of JSON")
    train.set_defaults(command=_lazily("training", "train"))

    speed = _command(commands, "speed", "try how fast a drawing trains, on numbers at random")
    _add_project(speed)
    speed.add_argument("--batch", type=int, default=0, metavar="N",
                       help="samples of a step; else as many as fit")  # fmt: skip
    speed.add_argument("--steps", type=int, default=8, metavar="N", help="steps to time")
    speed.add_argument("--device", metavar="D", help="auto, cpu, cuda, cuda:1 or mps")
    _add_sizes(speed)
    speed.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings",
                       help="another value of the plan; may be given often")  # fmt: skip
    _add_trust(speed)
    _add_json(speed, "say it as JSON")
    speed.set_defaults(command=_lazily("speed", "speed"))

    runs = _command(commands, "runs", "list runs, newest first")
    runs.add_argument("project", nargs="?", type=Path, metavar="PROJECT",
                      help="whose runs; else this folder's and untitled ones")  # fmt: skip
    _add_json(runs, "say it as JSON")
    runs.set_defaults(command=_lazily("training", "runs"))


def _add_using(commands: Commands) -> None:  # type: ignore[valid-type]
    evaluate = _command(commands, "evaluate", "measure a run on the samples held back")
    _add_project(evaluate)
    _add_weights(evaluate)
    _add_trust(evaluate)
    _add_json(evaluate, "say it as JSON")
    evaluate.set_defaults(command=_lazily("using", "evaluate"))

    predict = _command(commands, "predict", "say what a run predicts for inputs, as JSON")
    _add_project(predict)
    _add_weights(predict)
    predict.add_argument("--input", type=Path, required=True, metavar="FILE",
                         help="raw values: .npz, .npy, .csv, .png or another picture")  # fmt: skip
    _add_trust(predict)
    predict.set_defaults(command=_lazily("using", "predict"))

    export = _command(commands, "export", "export the model, loaded back and compared")
    _add_project(export)
    export.add_argument("--to", required=True, metavar="FORMAT", help="torchscript")
    _add_weights(export)
    export.add_argument("--untrained", action="store_true", help="export initial weights")
    _add_output(export, "FILE")
    _add_trust(export)
    _add_json(export, "say the certificate as JSON")
    export.set_defaults(command=_lazily("using", "export"))


def _add_blocks(commands: Commands) -> None:  # type: ignore[valid-type]
    blocks = _command(commands, "blocks", "list your own blocks, which serve all projects")
    _add_json(blocks, "say it as JSON")
    blocks.set_defaults(command=_lazily("blocks", "show_all"))
    verbs = blocks.add_subparsers(title="what to do with them", metavar="VERB")

    add = _command(verbs, "add", "save a project's block to your blocks")
    add.add_argument("project", type=Path, metavar="PROJECT", help="a project or a .netblock file")
    add.add_argument("block", nargs="?", metavar="BLOCK", help="which of the project's blocks")
    add.add_argument("--replace", action="store_true", help="also where you have another of it")
    add.set_defaults(command=_lazily("blocks", "add"))

    rows = (("show", "say what a block takes, yields and is made of"),
            ("put", "put a block into a project"),
            ("update", "make a project's block what it is among your blocks"),
            ("rename", "give a block another name"))  # fmt: skip
    for verb, about in rows:
        parser = _command(verbs, verb, about)
        if verb in ("put", "update"):
            _add_project(parser)
        parser.add_argument("block", metavar="BLOCK", help="its name, or a .netblock file")
        parser.set_defaults(command=_lazily("blocks", verb))
        if verb == "show":
            _add_json(parser, "say it as JSON")
        if verb == "rename":
            parser.add_argument("new", metavar="NEW")

    remove = _command(verbs, "remove", "take blocks away; their files are kept with a ~ behind")
    remove.add_argument("blocks", nargs="+", metavar="BLOCK")
    remove.set_defaults(command=_lazily("blocks", "remove"))


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", type=Path, metavar="PROJECT", help="a .netwright file")


def _add_output(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar=name)


def _add_json(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("--json", action="store_true", help=help)


def _add_weights(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", metavar="RUN", help="an id or a folder; else the newest run")
    parser.add_argument("--weights", choices=("best", "last"), default="best")


def _add_sizes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", action="append", default=[], metavar="INPUT=DIMS", dest="sizes",
                        help="another size, such as photo=3,64,64 or T=128")  # fmt: skip


def _add_trust(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trust", action="store_true",
                        help="run the project's own Python files, now and from now on")  # fmt: skip


def _scale(text: str) -> float:
    value = float(text)
    if not 0.25 <= value <= 8:
        raise argparse.ArgumentTypeError(f"{text} is not between 0.25 and 8")
    return value


def version() -> str:
    """The version that is installed; in a clone that never was, the one it says of itself."""
    try:
        return version_of("netwright")
    except PackageNotFoundError:
        return _version_of_clone()


def _version_of_clone() -> str:
    import tomllib

    try:
        text = (Path(__file__).resolve().parents[2] / "pyproject.toml").read_text("utf-8")
        return str(tomllib.loads(text)["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return "unknown"
