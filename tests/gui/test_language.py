"""The window in German and Chinese."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from gui import assets
from gui.dialogs.preferences import PreferencesDialog
from gui.language import speak, spoken
from gui.theme import Appearance
from tests.gui.conftest import OpenWindow

LANGUAGES = ("de", "zh_CN")
_FILE = Path(__file__).parents[2] / ".ci" / "translations.py"


@cache
def texts() -> set[tuple[str, str]]:
    """What the window says, as `make translations` finds it."""
    spec = importlib.util.spec_from_file_location("translations", _FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.texts()


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    installed = speak(qapp, "de")
    yield
    for translator in installed:
        qapp.removeTranslator(translator)


def _said(language: str) -> dict[tuple[str, str], str]:
    translator = QTranslator()
    assert translator.load(f"netwright_{language}", str(assets.path("translations")))
    return {(where, text): translator.translate(where, text) for where, text in texts()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_text_of_the_window_is_translated(language: str) -> None:
    """Where this fails: `make translations`, fill in what is unfinished, and again."""
    left = [place for place, said in _said(language).items() if not said]
    assert not left


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_and_mnemonics_of_its_text(language: str) -> None:
    for (where, text), said in _said(language).items():
        assert sorted(re.findall(r"\{\w*\}", said)) == sorted(re.findall(r"\{\w*\}", text)), said
        assert ("&" in text.replace("&&", "")) == ("&" in said.replace("&&", "")), (where, said)
        assert text.endswith("…") == said.endswith("…"), said


def test_chinese_has_its_glyphs_wherever_it_runs(session_look: Appearance) -> None:
    file = next(assets.path("fonts").glob("DroidSansFallback*.ttf"))
    font = QRawFont(str(file), 14)
    letters = {letter for said in _said("zh_CN").values() for letter in said if letter > "\u2e00"}
    missing = {letter for letter in letters if not font.supportsCharacter(ord(letter))}
    assert not missing
    assert "Droid Sans Fallback" in QFontDatabase.families()


def test_the_window_speaks_german(german: None, open_window: OpenWindow) -> None:
    window = open_window()
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert menus[:2] == ["Datei", "Bearbeiten"]
    assert "Rückgängig" in window.commands["edit.undo"].text()


def test_the_choice_of_the_device_speaks_german(german: None, open_window: OpenWindow) -> None:
    window = open_window()
    assert window.tool_bar.device.currentText() == "Automatisch"
    shown = [label.text() for label in window.statusBar().findChildren(QLabel)]
    assert "Automatisch" in shown


def test_a_language_is_chosen_and_remembered(open_window: OpenWindow) -> None:
    window = open_window()
    assert window.preferences.language == "system"
    dialog = PreferencesDialog(window)
    box = next(b for b in dialog.findChildren(QComboBox) if b.findText("Deutsch") > 0)
    box.setCurrentIndex(box.findText("Deutsch"))
    box.activated.emit(box.currentIndex())
    assert type(window.preferences)().language == "de"
    dialog.deleteLater()


def test_the_language_of_the_system_is_taken_where_it_is_ours() -> None:
    assert spoken("system", QLocale("de_AT")) == "de"
    assert spoken("system", QLocale("zh_CN")) == "zh_CN"
    assert spoken("system", QLocale("zh_TW")) == "en"
    assert spoken("zh_CN", QLocale("de_DE")) == "zh_CN"
