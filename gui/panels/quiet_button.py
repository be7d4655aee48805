"""Buttons that stay in the background: small words beside a small icon, at the left edge."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from gui import assets
from gui.theme import Theme


def dress_quietly(button: QToolButton, icon: str, look: Theme) -> None:
    """Give a button its icon and the quiet look; again when the theme changes."""
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    assets.put_beside(button, icon, look.secondary, 12)
    button.setStyleSheet(
        f"QToolButton {{ font-size: 11px; padding: 3px 6px 3px 2px; color: {look.secondary}; }}"
        "QToolButton:checked { background: transparent; border-color: transparent; }"
        f"QToolButton:focus, QToolButton:checked:focus {{ border-color: {look.accent}; }}"
    )
