"""Colours, type and the style of every widget, dark and light."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import Template
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from gui import assets

Choice = Literal["system", "dark", "light"]
Colors = Literal["standard", "safe"]

FONT_FAMILIES = (
    "Inter",
    "Droid Sans Fallback",
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans",
    "Noto Sans CJK SC",
    "sans-serif",
)
CODE_FAMILIES = ("JetBrains Mono", "Cascadia Mono", "Menlo", "DejaVu Sans Mono", "monospace")

# The colour that a family of kinds takes; a family of its own has its own name here.
_FAMILY_COLORS: Mapping[str, str] = MappingProxyType(
    {
        "data": "data",
        "input": "data",
        "output": "data",
        "convolution": "convolution",
        "block": "convolution",
        "normalization": "normalization",
        "dropout": "normalization",
        "attention": "normalization",
        "activation": "activation",
        "pooling": "pooling",
        "recurrent": "pooling",
        "linear": "linear",
        "embedding": "linear",
        "merge": "merge",
        "shape": "merge",
        "math": "merge",
        "constant": "merge",
        "loss": "loss",
    }
)
FAMILIES = tuple(_FAMILY_COLORS)


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of one appearance, as `#RRGGBB`; `shadow` is the opacity of black.

    Cards under an overlay take `overlay`, the more of it the larger their figure is.
    """

    name: str
    window: str
    panel: str
    raised: str
    hover: str
    line: str
    strong_line: str
    text: str
    secondary: str
    tertiary: str
    disabled: str
    on_accent: str
    accent: str
    accent_hover: str
    accent_pressed: str
    ok: str
    warn: str
    error: str
    canvas: str
    dots: str
    node: str
    wire: str
    guide: str
    overlay: str
    shadow: float
    families: Mapping[str, str]

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on dark surfaces."""
        return self.name == "dark"

    def family_color(self, family: str) -> str:
        """The colour of a family of kinds; the grey of `merge` for one that is unknown."""
        return self.families[_FAMILY_COLORS.get(family, "merge")]


DARK = Theme(
    name="dark",
    window="#15171C",
    panel="#1B1E25",
    raised="#242933",
    hover="#2D3340",
    line="#2B303B",
    strong_line="#3A4150",
    text="#E8EBF2",
    secondary="#9DA6B6",
    tertiary="#949DAE",
    disabled="#717A8A",
    on_accent="#0E1016",
    accent="#6E8BFF",
    accent_hover="#869EFF",
    accent_pressed="#6381F5",
    ok="#3CC493",
    warn="#E9AE55",
    error="#F0716F",
    canvas="#111317",
    dots="#242832",
    node="#1E222A",
    wire="#566072",
    guide="#FF7A45",
    overlay="#2CC7B0",
    shadow=0.43,
    families=MappingProxyType(
        {
            "data": "#4DB6E2",
            "convolution": "#6E8BFF",
            "normalization": "#A98BFF",
            "activation": "#EFB04F",
            "pooling": "#39BFAE",
            "linear": "#EE82AE",
            "merge": "#93A0B5",
            "loss": "#F0716F",
        }
    ),
)

LIGHT = Theme(
    name="light",
    window="#F3F4F7",
    panel="#FFFFFF",
    raised="#F1F3F7",
    hover="#E6EAF2",
    line="#E3E6EC",
    strong_line="#CDD3DE",
    text="#1B2130",
    secondary="#5C6678",
    tertiary="#606979",
    disabled="#848C9B",
    on_accent="#FFFFFF",
    accent="#4A68F0",
    accent_hover="#3D5BE4",
    accent_pressed="#3350D2",
    ok="#117650",
    warn="#85570B",
    error="#BC3830",
    canvas="#F7F8FA",
    dots="#DFE3EA",
    node="#FFFFFF",
    wire="#A9B2C1",
    guide="#E8590C",
    overlay="#0E8F80",
    shadow=0.14,
    families=MappingProxyType(
        {
            "data": "#1B90C1",
            "convolution": "#5C7CFF",
            "normalization": "#926CFF",
            "activation": "#BB760C",
            "pooling": "#299688",
            "linear": "#EA4689",
            "merge": "#7687A3",
            "loss": "#F04A48",
        }
    ),
)

# For people who see colours in another way. `tests/gui/test_safe_colors.py` holds them apart as
# protanopia, deuteranopia and tritanopia see them; every surface stays as it is.
DARK_SAFE = replace(
    DARK,
    ok="#5CE1E6",
    warn="#FFD23F",
    families=MappingProxyType(
        {
            "data": "#58D2FF",
            "convolution": "#646CEF",
            "normalization": "#A98DFF",
            "activation": "#F1AF45",
            "pooling": "#11B4AD",
            "linear": "#DBD0B3",
            "merge": "#8671A0",
            "loss": "#F36E68",
        }
    ),
)
LIGHT_SAFE = replace(
    LIGHT,
    ok="#005A75",
    warn="#4A3200",
    error="#BF3716",
    families=MappingProxyType(
        {
            "data": "#2D4E99",
            "convolution": "#8029DD",
            "normalization": "#9A69FD",
            "activation": "#C27400",
            "pooling": "#1F93A6",
            "linear": "#FF2588",
            "merge": "#833E59",
            "loss": "#B83008",
        }
    ),
)


def color(value: str, opacity: float = 1.0) -> QColor:
    """A token as a colour to paint with, seen through to a degree."""
    made = QColor(value)
    made.setAlphaF(opacity)
    return made


def mix(over: str, under: str, share: float) -> str:
    """The opaque colour seen where `over` lies on `under` with an opacity of `share`."""
    pairs = zip(_channels(over), _channels(under), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 counts it."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _channels(value: str) -> tuple[int, int, int]:
    made = QColor(value)
    return made.red(), made.green(), made.blue()


def _luminance(value: str) -> float:
    channels = (channel / 255 for channel in _channels(value))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def font(size: int = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font of the program, `size` in pixels, unhinted so that it scales smoothly."""
    return _font(FONT_FAMILIES, size, weight)


def figure_font(size: int = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font of the program with figures of equal width, for numbers that change or align."""
    made = font(size, weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def code_font(size: int = 12) -> QFont:
    """The font of generated code and of anything that must line up."""
    made = _font(CODE_FAMILIES, size, QFont.Weight.Normal)
    made.setStyleHint(QFont.StyleHint.Monospace)
    made.setFixedPitch(True)
    return made


def _font(families: tuple[str, ...], size: int, weight: QFont.Weight) -> QFont:
    made = QFont(list(families))
    made.setPixelSize(size)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def palette(theme: Theme) -> QPalette:
    """The palette of a theme, with its own colours for what is disabled."""
    role, made = QPalette.ColorRole, QPalette()
    colors = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.PlaceholderText: theme.tertiary,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Link: theme.accent,
        role.LinkVisited: theme.families["normalization"],
        role.Light: theme.hover,
        role.Midlight: theme.raised,
        role.Mid: theme.line,
        role.Dark: theme.strong_line,
        role.Shadow: theme.canvas,
    }
    for key, value in colors.items():
        made.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.hover))
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme; the pictures in it come coloured from `assets.tinted`."""
    tokens = {name: getattr(theme, name) for name in _TOKENS}
    tokens |= {
        "selected": mix(theme.accent, theme.panel, 0.20 if theme.is_dark else 0.13),
        "accent_line": mix(theme.accent, theme.panel, 0.55),
        "handle": mix(theme.tertiary, theme.panel, 0.45 if theme.is_dark else 0.40),
        "handle_hover": mix(theme.tertiary, theme.panel, 0.75),
        "box": mix(theme.tertiary, theme.panel, 0.75 if theme.is_dark else 0.85),
        "menu": mix(theme.raised, theme.panel, 0.6) if theme.is_dark else theme.panel,
    }
    pictures = {
        f"{name.replace('-', '_')}_{tone}": assets.tinted(name, getattr(theme, tone))
        for name in ("chevron-down", "chevron-up", "chevron-right", "chevron-left")
        for tone in ("secondary", "text", "disabled")
    }
    pictures |= {
        "tick": assets.tinted("tick", theme.on_accent),
        "tick_disabled": assets.tinted("tick", theme.disabled),
        "dash": assets.tinted("dash", theme.on_accent),
        "tick_menu": assets.tinted("tick", theme.accent),
        "bullet": assets.tinted("bullet", theme.on_accent),
        "bullet_disabled": assets.tinted("bullet", theme.disabled),
        "close": assets.tinted("close", theme.secondary),
        "close_hover": assets.tinted("close", theme.text),
        "float": assets.tinted("float", theme.secondary),
        "more": assets.tinted("chevron-right", theme.secondary),
    }
    return Template(_SHEET).substitute(tokens | pictures)


class Appearance(QObject):
    """The look in use, switched live for the whole application; `changed` carries the theme."""

    changed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        choice: Choice = "system",
        parent: QObject | None = None,
        colors: Colors = "standard",
    ) -> None:
        super().__init__(parent or app)
        self._app = app
        self._choice: Choice = choice
        self._colors: Colors = colors
        self._theme: Theme | None = None
        self._scheme = app.styleHints().colorScheme()
        assets.load_fonts()
        app.setStyle("Fusion")
        app.setFont(font())
        app.setWindowIcon(assets.icon(assets.APP_ICON, size=256))
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self.choose(choice)

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        assert self._theme is not None
        return self._theme

    @property
    def choice(self) -> Choice:
        """What was chosen: `system` follows the system's dark or light setting."""
        return self._choice

    @property
    def colors(self) -> Colors:
        """`standard`, or `safe` for people who see colours in another way."""
        return self._colors

    def choose_colors(self, colors: Colors) -> None:
        """Switches the colours of families and states for the whole application."""
        self._colors = colors
        self._apply()

    def choose(self, choice: Choice) -> None:
        """Switches the whole application, and the title bars that the system draws."""
        self._choice = choice
        hints = self._app.styleHints()
        match choice:
            case "dark":
                hints.setColorScheme(Qt.ColorScheme.Dark)
            case "light":
                hints.setColorScheme(Qt.ColorScheme.Light)
            case "system":
                hints.unsetColorScheme()
        self._scheme = hints.colorScheme()
        self._apply()

    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        self._apply()

    def _apply(self) -> None:
        theme = self._wanted()
        if theme == self._theme:
            return
        self._theme = theme
        self._app.setPalette(palette(theme))
        self._app.setStyleSheet(style_sheet(theme))
        self.changed.emit(theme)

    def _wanted(self) -> Theme:
        dark, light = (DARK, LIGHT) if self._colors == "standard" else (DARK_SAFE, LIGHT_SAFE)
        match self._choice:
            case "dark":
                return dark
            case "light":
                return light
        # A system without such a setting gets the dark theme.
        return light if self._scheme == Qt.ColorScheme.Light else dark


_TOKENS = tuple(name for name in Theme.__slots__ if name not in ("name", "shadow", "families"))

_SHEET = """
QWidget { color: $text; }
QWidget:disabled { color: $disabled; }
QMainWindow, QDialog { background: $window; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QDialog#commands { background: $panel; border: 1px solid $strong_line; }
QWidget#panel { background: $panel; border-radius: 10px; }
QFrame#card { background: $raised; border: 0; border-radius: 8px; }
QLabel, QCheckBox, QRadioButton { background: transparent; }
QLabel[role="title"] { font-size: 15px; font-weight: 500; }
QLabel[role="stat"] { font-size: 14px; font-weight: 500; }
QLabel[role="secondary"] { font-size: 12px; color: $secondary; }
QLabel[role="caption"] { font-size: 11px; color: $tertiary; }
QLabel[role="heading"] { font-size: 11px; font-weight: 500; color: $tertiary; }
QLabel[role="ok"] { color: $ok; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="error"] { color: $error; }
QLabel[role]:disabled { color: $disabled; }

QMainWindow::separator { background: $window; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: $accent_line; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: 6px; }
QSplitter::handle:vertical { height: 6px; }
QSplitter::handle:hover { background: $accent_line; border-radius: 2px; }
QDockWidget { color: $secondary; font-size: 12px; font-weight: 500;
  titlebar-close-icon: url($close); titlebar-normal-icon: url($float); }
QDockWidget::title { background: $window; padding: 7px 10px; text-align: left; }
QDockWidget > QAbstractButton { icon-size: 16px; }
QDockWidget::close-button, QDockWidget::float-button { background: transparent; border: 0;
  border-radius: 4px; subcontrol-position: right center; subcontrol-origin: padding;
  width: 22px; height: 22px; right: 6px; }
QDockWidget::float-button { right: 30px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $hover; }
QToolBar { background: $window; border: 0; padding: 6px 8px; spacing: 4px; }
QToolButton#qt_toolbar_ext_button { padding: 0; border: 0; }
QToolBar::separator { background: $line; width: 1px; height: 1px; margin: 6px 4px; }
QStatusBar { background: $window; color: $secondary; font-size: 12px; }
QStatusBar QLabel { color: $secondary; font-size: 12px; padding: 0 6px; }
QStatusBar::item { border: 0; }

QPushButton { background: $raised; border: 1px solid $strong_line; border-radius: 6px;
  padding: 0 12px; min-height: 28px; outline: 0; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selected; border-color: $accent_line; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { background: transparent; border-color: $line; color: $disabled; }
QPushButton:flat { background: transparent; border-color: transparent; }
QPushButton:flat:hover { background: $hover; }
QPushButton:flat:focus { border-color: $accent; }
QPushButton::menu-indicator { image: url($chevron_down_secondary); width: 12px; height: 12px;
  right: 8px; subcontrol-position: right center; subcontrol-origin: padding; }
QPushButton#primary { background: $accent; border: 1px solid $accent; color: $on_accent;
  font-weight: 500; padding: 0 16px; }
QPushButton#primary:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton#primary:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton#primary:focus { border: 2px solid $text; padding: 0 15px; min-height: 26px; }
QPushButton#primary:disabled { background: $hover; border-color: $hover; color: $disabled; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
  padding: 4px; outline: 0; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $selected; }
QToolButton:checked { background: $selected; border-color: $accent_line; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton[popupMode="1"] { padding-right: 18px; }
QToolButton[popupMode="2"] { padding-right: 14px; }
QToolButton::menu-button { border: 0; width: 16px; }
QToolButton::menu-arrow, QToolButton::menu-indicator { image: url($chevron_down_secondary);
  width: 12px; height: 12px; }
QToolButton::menu-indicator { subcontrol-position: right center; right: 2px; }

QLineEdit, QAbstractSpinBox, QComboBox { background: $raised; border: 1px solid $strong_line;
  border-radius: 6px; padding: 0 8px; min-height: 28px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $box; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on {
  border: 1px solid $accent; background: $panel; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  background: transparent; border-color: $line; color: $disabled; }
QLineEdit[state="error"], QAbstractSpinBox[state="error"], QComboBox[state="error"] {
  border: 1px solid $error; }
/* Qt ignores the left padding of a spin box, so its numbers stand at the right. */
QAbstractSpinBox { padding: 0; min-height: 28px; max-height: 28px;
  qproperty-alignment: 'AlignRight | AlignVCenter'; }
QAbstractSpinBox QLineEdit { background: transparent; border: 0; padding: 0; min-height: 0; }
QComboBox QLineEdit { background: transparent; border: 0; padding: 0; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border;
  background: transparent; border: 0; width: 20px; border-radius: 3px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url($chevron_up_secondary); width: 11px; height: 11px; }
QAbstractSpinBox::down-arrow { image: url($chevron_down_secondary); width: 11px; height: 11px; }
QAbstractSpinBox::up-arrow:hover { image: url($chevron_up_text); }
QAbstractSpinBox::down-arrow:hover { image: url($chevron_down_text); }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off {
  image: url($chevron_up_disabled); }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off {
  image: url($chevron_down_disabled); }
QComboBox { padding-right: 4px; combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url($chevron_down_secondary); width: 14px; height: 14px; }
QComboBox::down-arrow:disabled { image: url($chevron_down_disabled); }
QComboBox QAbstractItemView { background: $menu; border: 1px solid $strong_line;
  border-radius: 0; padding: 4px; outline: 0; min-height: 0;
  selection-background-color: $selected; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $selected; color: $text;
  border: 1px solid transparent; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 22px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator, QGroupBox::indicator {
  width: 16px; height: 16px; border: 1px solid $box; border-radius: 4px; background: $raised; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked {
  background: $accent; border-color: $accent; image: url($tick); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
  background: $accent; border-color: $accent; image: url($dash); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent;
  image: url($bullet); }
QCheckBox:focus, QRadioButton:focus { color: $text; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 1px solid $accent; }
QCheckBox::indicator:checked:focus, QRadioButton::indicator:checked:focus,
QCheckBox::indicator:indeterminate:focus { border: 1px solid $text; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled,
QAbstractItemView::indicator:disabled { background: transparent; border-color: $strong_line; }
QCheckBox::indicator:checked:disabled { image: url($tick_disabled); }
QRadioButton::indicator:checked:disabled { image: url($bullet_disabled); }
QGroupBox { border: 1px solid $line; border-radius: 8px; margin-top: 10px; padding: 12px 8px 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: $secondary; }

QAbstractItemView { background: transparent; border: 0; outline: 0;
  alternate-background-color: $raised; selection-background-color: $selected;
  selection-color: $text; }
QTreeView::item, QListView::item { min-height: 28px; border: 1px solid transparent;
  border-radius: 6px; padding: 0 4px; }
QTableView { gridline-color: $line; }
QTableView::item { padding: 0 8px; border: 1px solid transparent; }
QTreeView::item:hover, QListView::item:hover, QTableView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {
  background: $selected; color: $text; }
QTreeView::item:focus, QListView::item:focus, QTableView::item:focus {
  border: 1px solid $accent; }
QTreeView::item:disabled, QListView::item:disabled, QTableView::item:disabled {
  color: $disabled; }
/* Qt paints a selected row's background under the branches too; only the item shall have it. */
QTreeView, QTreeView::branch { background: $panel; }
QTreeView::branch:has-children:closed { image: url($chevron_right_secondary); padding: 2px; }
QTreeView::branch:has-children:open { image: url($chevron_down_secondary); padding: 2px; }
QHeaderView { background: transparent;
  qproperty-defaultAlignment: 'AlignLeft | AlignVCenter'; }
QHeaderView::section { background: transparent; color: $secondary; border: 0;
  border-bottom: 1px solid $line; padding: 0 12px; min-height: 28px; font-size: 11px;
  font-weight: 500; }
QHeaderView::section:hover { color: $text; }
QHeaderView::down-arrow { image: url($chevron_down_secondary); width: 12px; }
QHeaderView::up-arrow { image: url($chevron_up_secondary); width: 12px; }
QTableCornerButton::section { background: transparent; border: 0; }

QTabWidget::pane { border: 0; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $secondary; border: 1px solid transparent;
  border-radius: 6px; padding: 0 12px; min-height: 26px; margin: 3px 4px 3px 0; }
QMainWindow > QTabBar::tab { padding: 0 8px; font-size: 12px; min-height: 24px; }
QTabBar::tab:hover { background: $hover; color: $text; }
QTabBar::tab:selected { background: $selected; color: $text; }
QTabBar::tab:focus { border-color: $accent; }
QTabBar::tab:disabled { color: $disabled; }
QTabBar::close-button { image: url($close); subcontrol-position: right; }
QTabBar::close-button:hover { image: url($close_hover); }
QTabBar QToolButton { background: $panel; border: 0; border-radius: 4px; padding: 0; }

QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $handle; border-radius: 2px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 30px; }
QScrollBar::handle:horizontal { min-width: 30px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $handle_hover;
  border-radius: 3px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
QProgressBar { background: $hover; border: 0; border-radius: 3px; min-height: 6px;
  max-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider { min-height: 22px; }
QSlider::groove:horizontal { background: $hover; height: 4px; border-radius: 2px; }
QSlider::groove:vertical { background: $hover; width: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal, QSlider::add-page:vertical { background: $accent;
  border-radius: 2px; }
QSlider::handle { background: $accent; border: 2px solid $panel; border-radius: 8px; width: 12px;
  height: 12px; }
QSlider::handle:horizontal { margin: -6px 0; }
QSlider::handle:vertical { margin: 0 -6px; }
QSlider::handle:hover { background: $accent_hover; }
QSlider:focus::handle, QSlider::handle:focus { border-color: $text; }
QSlider::handle:disabled, QSlider::sub-page:disabled, QSlider::add-page:vertical:disabled {
  background: $disabled; }

QPlainTextEdit, QTextEdit { background: $panel; border: 1px solid $line; border-radius: 6px;
  padding: 4px; selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid $accent; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget#content { background: transparent; }
QToolTip { background: $menu; color: $text; border: 1px solid $strong_line; padding: 4px 6px;
  font-size: 12px; }
QMenuBar { background: $window; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 5px; }
QMenuBar::item:selected { background: $hover; }
QListView#offers { background: $menu; border: 1px solid $strong_line; min-width: 160px; }
QMenu { background: $menu; border: 1px solid $strong_line; padding: 5px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 5px; border: 1px solid transparent; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; }
QMenu::indicator:checked { image: url($tick_menu); }
QMenu::right-arrow { image: url($more); width: 12px; height: 12px; right: 6px; }
"""
