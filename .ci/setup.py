"""Make the environment in .venv and install what the machine lacks; quick when nothing changed.

    python3 .ci/setup.py run     what `make run` needs
    python3 .ci/setup.py test    that, the checkers and a virtual screen

Runs under any Python 3 with the standard library alone. It looks for Python 3.11, 3.12 or 3.13,
asks pip how much it would fetch, says so, and lets pip do it. The variables PYTHON (the Python to
use) and TORCH=installed (take the torch which that Python already has) choose how .venv is made;
later calls keep to it without them. Where packages come from is pip's own setting.
"""

from __future__ import annotations

import concurrent.futures
import ctypes
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
# The first that can make an environment is taken. All three pass the tests; a small CPU build of
# torch is most often to be had for 3.11.
VERSIONS = ((3, 11), (3, 12), (3, 13))

# What Qt's wheels expect of the system, by the names the linker asks for. Where two Debian packages
# are named, the first is Debian 13's and the second Debian 12's.
QT_LIBRARIES = {
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libbrotlidec.so.1": ("libbrotli1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    "libstdc++.so.6": ("libstdc++6",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-util.so.1": ("libxcb-util1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libzstd.so.1": ("libzstd1",),
}
TEST_PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}
# Only a torch with GPU libraries makes the download larger than this.
LARGE_MB = 1000
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")

PROBE = """
import json, struct, sys, sysconfig
try:
    import ensurepip, venv
    can_make = True
except ImportError:
    can_make = False
try:
    from importlib.metadata import version
    # An environment made from an environment sees only what lies below both.
    torch = version("torch") if sys.prefix == sys.base_prefix else None
except Exception:
    torch = None
print(json.dumps({
    "version": list(sys.version_info[:3]),
    "path": sys.executable,
    "can_make": can_make,
    "usual": struct.calcsize("P") == 8 and not sysconfig.get_config_var("Py_GIL_DISABLED"),
    "torch": torch,
}))
"""


class SetupError(Exception):
    """The set-up cannot go on; the message says what to do."""


def main() -> int:
    tier = sys.argv[1] if len(sys.argv) > 1 else "run"
    if tier not in ("run", "test"):
        sys.exit("usage: setup.py run|test")
    try:
        install_system_packages(missing_system_packages(tier))
        set_up(tier)
    except SetupError as problem:
        print(f"\nSet-up stopped: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up interrupted. The next `make` goes on from here.", file=sys.stderr)
        return 130
    return 0


def set_up(tier: str) -> None:
    """Leave a working .venv behind, or raise SetupError."""
    if is_fresh(tier):
        return
    started = time.monotonic()
    python = environment_python()
    say(f"Python {dotted(python['version'])} in .venv, made from {python['path']}")
    pip("--quiet", *pinned("pip", "setuptools"))
    target = [".[dev]" if tier == "test" else "."]
    with tempfile.TemporaryDirectory() as folder:
        wanted = ["--no-build-isolation", "--constraint", write_constraints(folder), "--editable"]
        say_download_size(wanted + target, folder)
        pip(*wanted, *target)
    for name in ("run", "test") if tier == "test" else ("run",):
        stamp(name).write_text(fingerprint(), encoding="utf-8")
    say(f"Ready in {time.monotonic() - started:.0f} s. The next time takes no time at all.")


# What was done before


def stamp(tier: str) -> Path:
    return VENV / f"netwright-{tier}.stamp"


def is_fresh(tier: str) -> bool:
    try:
        if not VENV_PYTHON.exists() or stamp(tier).read_text(encoding="utf-8") != fingerprint():
            return False
    except OSError:
        return False
    return not is_choice_given() or is_as_chosen(probe(str(VENV_PYTHON)))


def fingerprint() -> str:
    """What the environment depends on: these files, this place, and the Python inside."""
    digest = hashlib.sha256()
    for path in (ROOT / "pyproject.toml", CONSTRAINTS, Path(__file__), VENV / "pyvenv.cfg"):
        digest.update(path.read_bytes())
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


# The system


def missing_system_packages(tier: str) -> list[tuple[str, ...]]:
    """Return the Debian packages that are missing, each as its possible names."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [names for library, names in QT_LIBRARIES.items() if not can_load(library)]
    if not any(has_fonts(folder) for folder in FONT_FOLDERS):
        missing.append(("fonts-dejavu-core",))
    if tier == "test":
        missing += [(name,) for program, name in TEST_PROGRAMS.items() if not shutil.which(program)]
    if not VENV_PYTHON.exists() and not any(python["can_make"] for python in found_pythons()):
        for python in found_pythons():
            if python["path"].startswith("/usr/bin/"):
                missing.append((f"python{dotted(python['version'][:2])}-venv",))
                break
    return missing


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts(folder: str) -> bool:
    for _place, _folders, files in os.walk(os.path.expanduser(folder)):
        if any(name.lower().endswith((".ttf", ".otf", ".ttc")) for name in files):
            return True
    return False


def install_system_packages(missing: list[tuple[str, ...]]) -> None:
    if not missing:
        return
    if not shutil.which("apt-get"):
        names = " ".join(names[0] for names in missing)
        raise SetupError(f"the system lacks what Debian calls {names}. Install it and try again.")
    if os.geteuid() != 0:
        names = " ".join(apt_name(names) for names in missing)
        raise SetupError(
            "some system packages are missing. Install them with the next line and try again:\n\n"
            f"    sudo apt-get update && sudo apt-get install --no-install-recommends {names}\n"
        )
    apt("update", check=False)
    chosen = [apt_name(names) for names in missing]
    say(f"Installing system packages: {' '.join(chosen)}")
    apt("install", "--yes", "--no-install-recommends", *chosen)


def apt_name(names: tuple[str, ...]) -> str:
    """Return the first of the names that this Debian knows."""
    for name in names[:-1]:
        if run(["apt-cache", "show", name], capture_output=True).returncode == 0:
            return name
    return names[-1]


def apt(command: str, *arguments: str, check: bool = True) -> None:
    line = ["apt-get", "--quiet", "-o", "DPkg::Lock::Timeout=300", command, *arguments]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = run(line, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if check and done.returncode:
        raise SetupError(f"this command failed: {shlex.join(line)}")


# Python


def environment_python() -> dict:
    """Make .venv, or keep it if its Python will do. Return what is known of that Python."""
    present = probe(str(VENV_PYTHON))
    if present and is_usable(present) and is_as_chosen(present):
        return present
    system_site = os.environ.get("TORCH") == "installed"
    pythons = [python for python in found_pythons() if python["can_make"]]
    if not pythons:
        seen = ", ".join(dotted(python["version"]) for python in found_pythons())
        raise SetupError(
            "Netwright needs Python 3.11, 3.12 or 3.13 with venv, and none was found"
            + (f" (there is {seen}, without venv)" if seen else "")
            + ". Install one, or name it: make setup PYTHON=/path/to/python3"
        )
    python = pythons[0]
    if system_site and not python["torch"]:
        raise SetupError(f"TORCH=installed was asked for, but {python['path']} has no torch.")
    if python["torch"] and not system_site:
        say(
            f"{python['path']} has torch {python['torch']} already; with TORCH=installed this"
            " set-up takes that one instead of fetching its own."
        )
    say(f"Making .venv with {python['path']}")
    options = ["--clear"] + (["--system-site-packages"] if system_site else [])
    done = run([python["path"], "-m", "venv", *options, str(VENV)])
    if done.returncode:
        raise SetupError(f"{python['path']} could not make an environment in {VENV}.")
    return python


def found_pythons() -> list[dict]:
    """Return the Pythons that will do, best first; PYTHON names the only one to look at."""
    wished = os.environ.get("PYTHON")
    names = [wished] if wished else [f"python{dotted(version)}" for version in VERSIONS]
    if not wished:
        names += ["python3", sys.executable]
        names += [f"/usr/bin/python{dotted(version)}" for version in VERSIONS]
    found = []
    for name in names:
        python = probe(name) if shutil.which(name) else None
        if python and is_usable(python) and python not in found:
            found.append(python)
    return found


def probe(name: str) -> dict | None:
    """Return what the Python of this name says of itself, or None if it does not start."""
    done = run([name, "-c", PROBE], capture_output=True, text=True)
    try:
        return json.loads(done.stdout) if done.returncode == 0 else None
    except ValueError:
        return None


def is_usable(python: dict) -> bool:
    return tuple(python["version"][:2]) in VERSIONS and python["usual"]


def is_choice_given() -> bool:
    return bool(os.environ.get("PYTHON") or os.environ.get("TORCH"))


def is_as_chosen(present: dict | None) -> bool:
    """Tell whether .venv was made the way PYTHON and TORCH ask for; unset, they ask for nothing."""
    wished = os.environ.get("PYTHON")
    if wished and (probe(wished) or {}).get("version") != (present or {}).get("version"):
        return False
    return os.environ.get("TORCH") != "installed" or has_system_site()


def has_system_site() -> bool:
    text = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").lower()
    return "include-system-site-packages = true" in text


# Packages


def pinned(*names: str) -> list[str]:
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.split("==")[0] in names]


def write_constraints(folder: str) -> str:
    """Return the path of the constraints, without torch where the installed one is wanted."""
    if not has_system_site():
        return str(CONSTRAINTS)
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    path = Path(folder) / "constraints.txt"
    path.write_text("\n".join(line for line in lines if not line.startswith("torch==")))
    return str(path)


def pip(*arguments: str) -> None:
    line = [str(VENV_PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    if run([*line, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
        raise SetupError("pip could not install the packages; its own words are above.")


def say_download_size(arguments: list[str], folder: str) -> None:
    """Ask pip what it would fetch and tell the sum; a guess where the sizes are not to be had."""
    report = Path(folder) / "report.json"
    line = [str(VENV_PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    line += ["--quiet", "--dry-run", "--report", str(report), *arguments]
    done = run(line, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode or not report.exists():
        return  # pip will say why when it is asked in earnest
    entries = json.loads(report.read_text(encoding="utf-8"))["install"]
    urls = [entry["download_info"]["url"] for entry in entries]
    remote = [url for url in urls if not url.startswith("file:")]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        sizes = list(pool.map(size_of, remote))
    if not remote:
        say(f"{len(urls)} packages to install, nothing to download.")
    elif any(size is None for size in sizes):
        say("About 300 MB to download, or 3 GB where torch comes with GPU libraries.")
    else:
        megabytes = sum(size or 0 for size in sizes) / 1e6
        say(f"{len(remote)} packages to download, {megabytes:,.0f} MB (less what pip has cached).")
        if megabytes > LARGE_MB:
            say(
                "Most of that is torch with its GPU libraries. For a CPU build of a tenth the size,"
                " stop here, set PIP_EXTRA_INDEX_URL to torch's own index and try again."
            )


def size_of(url: str) -> int | None:
    try:
        request = urllib.request.Request(url, method="HEAD")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.headers["Content-Length"])
    except (OSError, ValueError, TypeError):
        return None


# Small words


def run(line: list[str], **options) -> subprocess.CompletedProcess:
    try:
        return subprocess.run(line, check=False, **options)
    except OSError as problem:
        return subprocess.CompletedProcess(line, 127, "", str(problem))


def dotted(version: list[int] | tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
