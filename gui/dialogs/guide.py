"""The documentation that comes with the program."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from gui import assets


class GuideDialog(QDialog):
    """The guide, readable beside the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Netwright guide"))
        page = QTextBrowser()
        page.setOpenExternalLinks(True)
        page.setSearchPaths([str(assets.path("help"))])
        page.setSource(QUrl("guide.md"))
        page.setStyleSheet("padding: 12px; border: 0;")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(page)
        self.resize(680, 620)
