"""Bring the translations up to date with the text of the window: `make translations`.

Reads gui/ by ast, since lupdate doesn't see our tables. What is translated stays; what nobody says
any more goes. `self.tr` asks the contexts of its class and of all classes below, at last that of
QObject, so text that isn't said by `self` is filed there.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de", "zh_CN")
# Tables whose text is translated where it is shown: every text in them that is for people.
TABLES = {
    "MENUS": "menus", "_COLORS": "menus", "_CHANGES": "switches", "_ALWAYS": "shortcuts",
    "COMMANDS": "commands", "_STRETCHES": "commands", "_SIDES": "commands", "PANELS": "panels",
    "LOOKS": "runs", "COLUMNS": "runs", "_ACTIONS": "RunsPanel", "TITLES": "quantities",
}  # fmt: skip
# Names of keys, which stand in tables beside text.
_KEYS = ("Tab", "Del", "Esc", "Home", "Return", "Ins", "End", "F11")
Found = set[tuple[str, str]]


def texts(root: Path = ROOT / "gui") -> Found:
    """Every text of the window with its context."""
    found: Found = set()
    for path in sorted(root.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.update(_said(tree, "QObject", _own_words(tree)))
    return found


def _own_words(tree: ast.Module) -> dict[str, str]:
    """The module's short words for translating, each with its context."""
    own: dict[str, str] = {}
    for node in ast.walk(tree):
        name = getattr(node, "name", "")
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        if isinstance(node, ast.FunctionDef | ast.Assign) and name in ("_say", "_tr", "say"):
            text = ast.unparse(node)
            if "QCoreApplication.translate" in text and (words := _constants(node)):
                own[name] = words[-1]
    return own


def _said(node: ast.AST, context: str, own: dict[str, str]) -> Iterator[tuple[str, str]]:
    match node:
        case ast.ClassDef(name=name):
            context = name
        case ast.Call():
            yield from _call(node, context, own)
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            if name in TABLES and node.value is not None:
                yield from (
                    (TABLES[name], text) for text in _constants(node.value) if _is_text(text)
                )
    for child in ast.iter_child_nodes(node):
        yield from _said(child, context, own)


def _call(call: ast.Call, context: str, own: dict[str, str]) -> Iterator[tuple[str, str]]:
    words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    name = ast.unparse(call.func).rsplit(".", 1)[-1]
    if name == "NoAnswer":  # made without Qt, and translated where it is shown
        yield from (("answers", text) for text in words)
    if not words or len(words) != len(call.args):
        return
    if name == "tr" and len(words) == 1:
        yield (context if ast.unparse(call.func) == "self.tr" else "QObject", words[0])
    elif len(words) == 2 and name in ("translate", "QT_TRANSLATE_NOOP", "say", "tr"):
        yield words[0], words[1]
    elif name in own and len(words) == 1:
        yield own[name], words[0]


def _constants(node: ast.AST) -> list[str]:
    return [
        n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]


def _is_text(text: str) -> bool:
    """Not a name, an icon or keys."""
    is_keys = "+" in text and " " not in text
    is_class = " " not in text and text != "Panel" and text.endswith("Panel")
    is_word = text.lstrip("&")[:1].isupper() and len(text) > 2 and text not in _KEYS
    return is_word and not is_keys and not is_class


def known(language: str) -> dict[tuple[str, str], str]:
    """What is translated into that language."""
    path = FOLDER / f"netwright_{language}.ts"
    if not path.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): said
        for context in ET.parse(path).getroot().iter("context")
        for message in context.iter("message")
        if (said := message.findtext("translation", ""))
    }


def written(language: str, found: Found, said: dict[tuple[str, str], str]) -> str:
    """The file for one language, sorted and without places, so that only text changes it."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    for name in sorted({context for context, _ in found}):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for text in sorted(text for other, text in found if other == name):
            message = ET.SubElement(context, "message")
            ET.SubElement(message, "source").text = text
            translation = ET.SubElement(message, "translation")
            translation.text = said.get((name, text))
            if not translation.text:
                translation.set("type", "unfinished")
    ET.indent(root)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    return head + ET.tostring(root, encoding="unicode") + "\n"


def subset(font: str) -> None:
    """The glyphs that the Chinese text needs, out of a font that has them; needs fonttools."""
    text = "".join(known("zh_CN").values()) + "简体中文"
    wanted = sorted({f"U+{ord(letter):04X}" for letter in text if ord(letter) > 0x2E00})
    target = ROOT / "resources" / "fonts" / "DroidSansFallback-Subset.ttf"
    command = [sys.executable, "-m", "fontTools.subset", font, f"--output-file={target}",
               f"--unicodes={','.join(wanted)}", "--name-IDs=*", "--no-hinting"]  # fmt: skip
    subprocess.run(command, check=True)
    print(f"{len(wanted)} glyphs, {target.stat().st_size / 1024:.0f} KB")


def main() -> None:
    found = texts()
    for language in LANGUAGES:
        said = known(language)
        path = FOLDER / f"netwright_{language}.ts"
        path.write_text(written(language, found, said), encoding="utf-8")
        line = ["pyside6-lrelease", "-silent", str(path), "-qm", str(path.with_suffix(".qm"))]
        subprocess.run([str(Path(sys.executable).with_name(line[0])), *line[1:]], check=True)
        left = len(found - said.keys())
        print(f"{language}: {len(found)} texts, {left} not translated yet")
    if len(sys.argv) > 1:
        subset(sys.argv[1])


if __name__ == "__main__":
    main()
