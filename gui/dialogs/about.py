"""What this program is."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import assets


def versions() -> str:
    """The versions of what matters, a line each; torch is asked without importing it."""
    from importlib.metadata import PackageNotFoundError, version  # slow, seldom needed

    lines = []
    for name, package in (
        ("Netwright", "netwright"),
        ("PyTorch", "torch"),
        ("PySide6", "PySide6_Essentials"),
        ("pyqtgraph", "pyqtgraph"),
        ("networkx", "networkx"),
    ):
        try:
            lines.append(f"{name} {version(package)}")
        except PackageNotFoundError:
            lines.append(f"{name} from a source folder")
    return "\n".join([*lines, f"Python {platform.python_version()} on {platform.system()}"])


WIDTH = 460


class AboutDialog(QDialog):
    """Name, promise, versions and licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Netwright"))
        picture = QLabel()
        picture.setPixmap(assets.icon(assets.APP_ICON, size=72).pixmap(72, 72))
        title = QLabel("Netwright")
        title.setProperty("role", "title")
        text = QLabel(
            self.tr(
                "Design neural networks by drawing them. The drawing is PyTorch code; "
                "it is trained, watched and exported here.\n\n"
                "Free software under the MIT licence. It sends nothing anywhere."
            )
        )
        text.setWordWrap(True)
        facts = QLabel(versions())
        facts.setProperty("role", "secondary")
        facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy versions"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (title, text, facts, buttons):
            column.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 20, 16)
        row.setSpacing(20)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setMinimumWidth(WIDTH)
        # Qt takes no heed of wrapped lines there, and would cut them.
        self.resize(WIDTH, row.totalHeightForWidth(WIDTH))
