"""The language of the window: what a person chose, else the system's."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gui import assets

Language = Literal["system", "en", "de", "zh_CN"]
# Each in its own words, so that whoever can't read the window finds theirs.
NAMES: dict[Language, str] = {"en": "English", "de": "Deutsch", "zh_CN": "简体中文"}


def speak(app: QCoreApplication, choice: Language) -> list[QTranslator]:
    """Let windows that are made from now on speak that language, Qt's own buttons too.

    Numbers stay as they are in Python: a comma would end a size or a param. Answers with what
    QCoreApplication.removeTranslator takes.
    """
    installed: list[QTranslator] = []
    name = spoken(choice, QLocale.system())
    for prefix, folder in (("qtbase", _qt_folder()), ("netwright", _own_folder())):
        translator = QTranslator(app)
        if translator.load(f"{prefix}_{name}", folder):
            app.installTranslator(translator)
            installed.append(translator)
    return installed


def spoken(choice: Language, system: QLocale) -> str:
    """The language to speak; English where the system's is none of ours."""
    if choice != "system":
        return choice
    match system.language():
        case QLocale.Language.German:
            return "de"
        case QLocale.Language.Chinese if system.script() == QLocale.Script.SimplifiedHanScript:
            return "zh_CN"
    return "en"


def _own_folder() -> str:
    return str(assets.path("translations"))


def _qt_folder() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
