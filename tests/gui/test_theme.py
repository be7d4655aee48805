"""The look: contrasts, icons, the style sheet and switching it live."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QIcon, QImage, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui import assets, theme
from gui.canvas.note_item import NoteStyle

THEMES = [theme.DARK, theme.LIGHT, theme.DARK_SAFE, theme.LIGHT_SAFE]
SURFACES = ["window", "panel", "raised", "hover", "canvas", "node"]

both = pytest.mark.parametrize("look", THEMES, ids=["dark", "light", "dark-safe", "light-safe"])
every_icon = pytest.mark.parametrize("name", assets.icon_names())


def has_ink(image: QImage) -> bool:
    """Whether anything is drawn."""
    size = range(0, image.width()), range(0, image.height())
    return any(image.pixelColor(x, y).alpha() > 0 for x in size[0] for y in size[1])


@both
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", ["text", "secondary", "tertiary"])
def test_text_is_readable_on_every_surface(look: theme.Theme, text: str, surface: str) -> None:
    assert theme.contrast(getattr(look, text), getattr(look, surface)) >= 4.5


@both
@pytest.mark.parametrize("state", ["ok", "warn", "error"])
def test_states_are_readable(look: theme.Theme, state: str) -> None:
    for surface in ("window", "panel", "raised", "node"):
        assert theme.contrast(getattr(look, state), getattr(look, surface)) >= 4.5


@both
def test_text_on_the_accent_is_readable(look: theme.Theme) -> None:
    for accent in (look.accent, look.accent_hover, look.accent_pressed):
        assert theme.contrast(look.on_accent, accent) >= 4.5


@both
def test_accent_and_disabled_text_can_be_seen(look: theme.Theme) -> None:
    for surface in SURFACES:
        assert theme.contrast(look.accent, getattr(look, surface)) >= 3
    for surface in ("window", "panel"):
        assert theme.contrast(look.disabled, getattr(look, surface)) >= 3


@both
@pytest.mark.parametrize("family", theme.FAMILIES)
def test_families_can_be_seen_on_the_canvas(look: theme.Theme, family: str) -> None:
    for surface in (look.canvas, look.node, look.panel):
        assert theme.contrast(look.family_color(family), surface) >= 3


@both
def test_an_unknown_family_is_grey(look: theme.Theme) -> None:
    assert look.family_color("no such family") == look.families["merge"]


def test_contrast_of_black_and_white_is_21() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#123456", "#123456") == pytest.approx(1)


def test_mix_lies_between_its_colours() -> None:
    assert theme.mix("#FFFFFF", "#000000", 0.5) == "#808080"
    assert theme.mix("#6E8BFF", "#000000", 1.0) == "#6E8BFF"


@pytest.mark.parametrize("family", theme.FAMILIES)
def test_every_family_has_an_icon(family: str) -> None:
    assert family in assets.icon_names()


@every_icon
def test_every_icon_parses_and_takes_a_colour(name: str) -> None:
    content = assets.path("icons", f"{name}.svg").read_bytes()
    root = ElementTree.fromstring(content)
    assert root.get("viewBox") is not None
    assert QSvgRenderer(QByteArray(content)).isValid()
    if name == assets.APP_ICON:
        return
    assert root.get("viewBox") == "0 0 24 24"
    assert b"currentColor" in content
    assert not re.search(rb'(?:stroke|fill)="#', content)


@every_icon
def test_every_icon_is_drawn(qapp: QApplication, name: str) -> None:
    assert has_ink(assets.pixmap(name, "#FF0000", 16, 1.0).toImage())


def test_a_pixmap_is_crisp_and_coloured(qapp: QApplication) -> None:
    drawn = assets.pixmap("stop", "#FF0000", 16, 2.0)
    assert drawn.size() == QSize(32, 32)
    assert drawn.deviceIndependentSize().toSize() == QSize(16, 16)
    assert drawn.toImage().pixelColor(16, 16).name() == "#ff0000"


def test_an_icon_has_every_size_and_a_paler_disabled_form(qapp: QApplication) -> None:
    icon = assets.icon("stop", "#FF0000", 20)
    large = icon.pixmap(QSize(24, 24), 3.0).toImage()
    assert large.size() == QSize(72, 72)
    assert large.pixelColor(36, 36).name() == "#ff0000"
    pale = icon.pixmap(QSize(24, 24), 1.0, QIcon.Mode.Disabled).toImage().pixelColor(12, 12)
    assert pale.name() == "#ff0000"
    assert 0 < pale.alpha() < 200
    own = assets.icon("stop", "#FF0000", disabled="#00FF00")
    shown = own.pixmap(QSize(24, 24), 1.0, QIcon.Mode.Disabled).toImage()
    assert shown.pixelColor(12, 12).name() == "#00ff00"


def test_an_icon_that_does_not_exist_is_told() -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        assets.tinted("no-such-icon", "#FFFFFF")


def test_the_shipped_fonts_are_used(qapp: QApplication) -> None:
    families = assets.load_fonts()
    assert "Inter" in families
    assert "JetBrains Mono" in families
    for weight in (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold):
        used = QFontInfo(theme.font(13, weight))
        assert used.family().startswith("Inter")
        assert used.weight() == weight
    assert QFontInfo(theme.code_font()).family() == "JetBrains Mono"
    assert len(list(assets.path("fonts").glob("*LICENSE*"))) == 3


@both
def test_the_style_sheet_has_no_unresolved_token(qapp: QApplication, look: theme.Theme) -> None:
    sheet = theme.style_sheet(look)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    urls = re.findall(r"url\(([^)]*)\)", sheet)
    assert urls
    for url in urls:
        assert QSvgRenderer(url).isValid(), url


@both
def test_the_style_sheet_and_palette_use_the_tokens(qapp: QApplication, look: theme.Theme) -> None:
    sheet = theme.style_sheet(look)
    for token in ("window", "panel", "raised", "hover", "text", "secondary", "accent"):
        assert getattr(look, token) in sheet
    colors = theme.palette(look)
    assert colors.color(QPalette.ColorRole.Window).name().upper() == look.window
    assert colors.color(QPalette.ColorRole.HighlightedText).name().upper() == look.on_accent


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[theme.Appearance]:
    """An appearance that is dark to begin with, and leaves the application as it was."""
    before = qapp.font(), qapp.palette(), qapp.style().objectName(), qapp.styleSheet()
    made = theme.Appearance(qapp, "dark")
    yield made
    made.choose("system")
    made.setParent(None)
    made.deleteLater()
    qapp.setStyleSheet(before[3])
    qapp.setStyle(before[2])
    qapp.setPalette(before[1])
    qapp.setFont(before[0])


def test_switching_is_told_and_shown(
    qtbot: QtBot, qapp: QApplication, appearance: theme.Appearance
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    assert appearance.theme is theme.DARK
    assert qapp.palette().text().color().name().upper() == theme.DARK.text
    with qtbot.waitSignal(appearance.changed) as told:
        appearance.choose("light")
    assert told.args == [theme.LIGHT]
    assert appearance.theme is theme.LIGHT
    assert appearance.choice == "light"
    assert qapp.palette().text().color().name().upper() == theme.LIGHT.text
    assert qapp.styleSheet() == theme.style_sheet(theme.LIGHT)
    field.ensurePolished()
    assert field.palette().text().color().name().upper() == theme.LIGHT.text


def test_choosing_the_same_look_again_tells_nothing(
    qtbot: QtBot, appearance: theme.Appearance
) -> None:
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.choose("dark")


def test_system_follows_the_system(
    qtbot: QtBot, qapp: QApplication, appearance: theme.Appearance
) -> None:
    appearance.choose("system")
    assert appearance.choice == "system"
    tell = qapp.styleHints().colorSchemeChanged
    tell.emit(Qt.ColorScheme.Light)
    assert appearance.theme is theme.LIGHT
    tell.emit(Qt.ColorScheme.Dark)
    assert appearance.theme is theme.DARK


def test_a_chosen_look_does_not_follow_the_system(
    qtbot: QtBot, qapp: QApplication, appearance: theme.Appearance
) -> None:
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert appearance.theme is theme.DARK


@both
def test_yellow_paper_is_yellow(look: theme.Theme) -> None:
    """And no ochre, beige or brown, as a colour that is dark on a light ground would be."""
    paper = NoteStyle(look, "yellow").sticky.color()
    assert 44 <= paper.hsvHue() <= 62
    assert look.is_dark or paper.hslSaturationF() > 0.8
    assert theme.contrast(look.text, paper.name()) >= 4.5
