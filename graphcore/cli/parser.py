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
WORDS = """With --json, a program that starts this one may write lines to its stdin: pause, pause
free (the state leaves the GPU meanwhile), resume, save (the state, and go on), evaluate (on the
samples held back, now), set KEY=VALUE or set KEY*=FACTOR (of the plan: optimizer.lr, schedule.name,
clip_norm, epochs, patience …), probe PATH:PORT and unprobe PATH:PORT (look at a value and its
gradient a few times a second; * for the spread of all), stop, stop epoch (when the epoch is over),
go on (not after all);
attend (from now on the end of stdin ends the run, state saved) and leave (nobody listens any more,
and the run goes on). Every run also obeys all but the last two when they are appended to asked.txt
in its folder."""


OVERLAYS = ("shape", "parameters", "flops", "memory", "time", "gradient")


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
    layout.add_argument("--down", action="store_true", help="from top to bottom, in columns")
    layout.set_defaults(command=_lazily("layout", "layout"))

    fold = _command(commands, "fold", "make what is drawn several times in a row one block")
    _add_project(fold)
    fold.add_argument("-o", "--output", type=Path, metavar="FILE",
                      help="the project to write; else the same file")  # fmt: skip
    fold.add_argument("--dry-run", action="store_true", help="only say what would be folded")
    fold.set_defaults(command=_lazily("folding", "command"))

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
    render.add_argument(
        "--overlay",
        choices=OVERLAYS,
        default="",
        help="a figure on each card; time and gradient are measured",
    )
    _add_trust(render)
    render.set_defaults(command=_lazily("drawing", "render"))


def _add_training(commands: Commands) -> None:  # type: ignore[valid-type]
    train = _command(commands, "train", "train; Ctrl+C or SIGTERM saves the state and ends")
    train.epilog = WORDS
    train.add_argument("project", nargs="?", type=Path, metavar="PROJECT",
                       help="a .netwright file; a run that is named needs none")  # fmt: skip
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
        "--again", metavar="RUN",
        help="a new run with the project, the threads and the device of that one",
    )  # fmt: skip
    train.add_argument(
        "--folder", type=Path, metavar="D",
        help="where relative names in the project start; else where it lies",
    )  # fmt: skip
    train.add_argument(
        "--free-cores", type=_none_or_more, default=0, metavar="N",
        help="cores left to other programs where the plan doesn't say how many",
    )  # fmt: skip
    train.add_argument("--random", nargs="?", type=int, const=512, default=0, metavar="SAMPLES",
                       help="train a copy on numbers at random, for speed")  # fmt: skip
    _add_steering(train)
    _add_sizes(train)
    train.add_argument("--nproc", type=int, metavar="N",
                       help="train with N processes together, each on its share of a batch of N "
                       "times the size; torchrun starts them on several machines")  # fmt: skip
    _add_trust(train)
    _add_json(train, "say every event as a line of JSON")
    train.set_defaults(command=_lazily("training", "train"))

    slurm = _command(commands, "slurm", "write a job that trains on machines of a cluster")
    _add_project(slurm)
    slurm.add_argument("--nodes", type=int, default=1, metavar="N", help="machines")
    slurm.add_argument("--gpus", type=int, default=1, metavar="N", help="GPUs of each; 0: none")
    slurm.add_argument("--cpus", type=int, default=8, metavar="N", help="cores of each process")
    slurm.add_argument("--time", default="24:00:00", metavar="T", help="the longest it may take")
    slurm.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings",
                       help="another value of the plan; may be given often")  # fmt: skip
    slurm.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it")
    slurm.set_defaults(command=_lazily("together", "slurm"))

    speed = _command(commands, "speed", "try how fast a drawing trains, on numbers at random")
    _add_project(speed)
    speed.add_argument("--batch", type=int, default=0, metavar="N",
                       help="samples of a step; else as many as fit")  # fmt: skip
    speed.add_argument("--steps", type=int, default=8, metavar="N", help="steps to time")
    speed.add_argument("--device", metavar="D", help="auto, cpu, cuda, cuda:1 or mps")
    speed.add_argument(
        "--nodes",
        action="store_true",
        help="say instead what each node takes in a forward pass, and its gradient",
    )
    _add_sizes(speed)
    speed.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings",
                       help="another value of the plan; may be given often")  # fmt: skip
    _add_trust(speed)
    _add_json(speed, "say it as JSON")
    speed.set_defaults(command=_lazily("speed", "speed"))

    _add_runs(commands)


def _add_steering(train: argparse.ArgumentParser) -> None:
    train.add_argument("--from", metavar="RUN", dest="source",
                       help="begin with the last weights of that run, where they fit")  # fmt: skip
    train.add_argument("--probe", action="append", default=[], metavar="PATH:PORT", dest="probes",
                       help="look at this value now and then; may be given often")  # fmt: skip
    train.add_argument("--seeds", type=_count, default=1, metavar="N",
                       help="N runs with one seed after the other, and their spread")  # fmt: skip
    train.add_argument("--find-batch", action="store_true",
                       help="train nothing; try which batch is the largest that fits")  # fmt: skip
    train.add_argument("--most-memory", type=_count, default=0, metavar="MIB",
                       help="what --find-batch may take on the CPU; else what is free")  # fmt: skip


def _add_using(commands: Commands) -> None:  # type: ignore[valid-type]
    evaluate = _command(commands, "evaluate", "measure a run on the samples held back")
    _add_project(evaluate)
    _add_weights(evaluate)
    evaluate.add_argument("--confusion", action="store_true",
                          help="also say how often which class was taken for which")  # fmt: skip
    for ends in ("worst", "best"):
        evaluate.add_argument(f"--{ends}", type=_count, default=0, metavar="N",
                              help=f"also name the N samples with the {ends} answers")  # fmt: skip
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


def _add_runs(commands: Commands) -> None:  # type: ignore[valid-type]
    runs = _command(commands, "runs", "list runs, newest first; compare or export some")
    runs.epilog = "Of one run it is said what is known, of several what differs between them."
    runs.add_argument("runs", nargs="*", metavar="RUN",
                      help="ids, beginnings of ids, folders, or one .netwright file")  # fmt: skip
    runs.add_argument("--csv", type=Path, metavar="FILE", help="write every curve as a table")
    runs.add_argument("--tensorboard", type=Path, metavar="D",
                      help="write every curve for TensorBoard into a folder")  # fmt: skip
    runs.add_argument("--weights", nargs="?", const="", metavar="NODE",
                      help="say what its weights are like, of one node or of all")  # fmt: skip
    runs.add_argument("--which", choices=("last", "best"),
                      help="with --weights: its last ones (the default), or its best")  # fmt: skip
    runs.add_argument("--name", help="call the run so; empty takes its name away")
    runs.add_argument("--note", metavar="TEXT", help="write this beside the run")
    for word, about in (("tag", "put a tag on it"), ("untag", "take a tag away")):
        runs.add_argument(f"--{word}", action="append", default=[], metavar="TAG",
                          help=f"{about}; may be given often")  # fmt: skip
    runs.add_argument("--favourite", action=argparse.BooleanOptionalAction,
                      help="star it, or not")  # fmt: skip
    runs.add_argument("--delete", action="store_true",
                      help="move it into the folder `trash` beside the others")  # fmt: skip
    runs.add_argument("--restore", action="store_true", help="take it out of the trash")
    _add_json(runs, "say it as JSON")
    runs.set_defaults(command=_lazily("runs", "runs"))


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


def _none_or_more(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is less than 0")
    return value


def _count(text: str) -> int:
    value = int(text) if text.isdecimal() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 on")
    return value


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
