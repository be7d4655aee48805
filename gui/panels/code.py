"""The code panel: the text that is trained and exported, live."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import assets
from gui.analyser import Analyser
from gui.document import Document
from gui.panels.code_view import CodeView
from gui.panels.panel import Panel
from gui.panels.tiles import label, set_role
from gui.selection import Selection
from gui.theme import Appearance

if TYPE_CHECKING:
    from gui.notices import Notices

COPIED_MS = 1500


class CodePanel(Panel):
    """Generated code; selecting a node marks its lines, clicking a line selects its node."""

    def __init__(
        self, *, document: Document, analyser: Analyser, selection: Selection,
        appearance: Appearance, notices: Notices | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("code", parent)
        self._document, self._analyser, self._selection = document, analyser, selection
        selection.place.watch(document)
        self._appearance, self._notices = appearance, notices
        self._view = CodeView(appearance.theme, self)
        self._view.setAccessibleName(self.tr("Generated code"))
        self._about = label("", "secondary")
        self._copy = QPushButton(self.tr("Copy"), self)
        self._copy.setToolTip(self.tr("Copy the whole file; it runs in a bare interpreter."))
        self._save = QPushButton(self.tr("Save as .py…"), self)
        self._save.setToolTip(self.tr("Save the whole file."))
        self._find = QToolButton(self)
        self._find.setToolTip(self.tr("Find in the code (Ctrl+F)"))
        self._find.setAccessibleName(self.tr("Find in the code"))
        self._bar = FindBar(self._view, self)
        self._calm = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._empty = label(
            self.tr("The code of the drawing appears here, line by line, as you draw."),
            "secondary", wraps=True,
        )  # fmt: skip
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 0, 0)
        top.setSpacing(6)
        top.addWidget(self._about, 1)
        for button in (self._find, self._copy, self._save):
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._bar)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._view, 1)

    def _connect(self) -> None:
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self._on_save_clicked)
        self._find.clicked.connect(self.open_find)
        self._calm.timeout.connect(lambda: self._copy.setText(self.tr("Copy")))
        self._view.line_clicked.connect(self._on_line_clicked)
        self._analyser.analysed.connect(self.mark_stale)
        self._selection.changed.connect(self._on_selection_changed)
        self._appearance.changed.connect(self._on_theme_changed)
        shortcut = QShortcut(QKeySequence.StandardKey.Find, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open_find)

    def refresh(self) -> None:
        code = self._analyser.code
        self._view.show_text(code.text)
        lines = code.text.count("\n")
        self._about.setText(self.tr("{0} lines of Python").format(lines) if code.text else "")
        self._empty.setVisible(not code.text)
        self._view.setVisible(bool(code.text))
        for button in (self._copy, self._save, self._find):
            button.setEnabled(bool(code.text))
        self._mark(scroll=False)

    def show_line(self, line: int) -> None:
        """Bring a line (from 1) into sight."""
        if self.isVisible():
            self.refresh()
        self._view.show_line(line)

    def copy(self) -> None:
        """Put the whole file into the clipboard."""
        QGuiApplication.clipboard().setText(self._analyser.code.text)
        self._copy.setText(self.tr("Copied"))
        self._calm.start()

    def save(self, path: Path) -> None:
        """Write the whole file."""
        try:
            path.write_text(self._analyser.code.text, encoding="utf-8")
        except OSError as error:
            self._tell(
                self.tr("“{0}” could not be written: {1}.").format(path.name, error.strerror),
                self.tr("Choose another place."),
            )

    def open_find(self) -> None:
        """Show the bar that finds a text in the code."""
        self._bar.open()

    def _mark(self, *, scroll: bool) -> None:
        code, analysis = self._analyser.code, self._analyser.analysis
        lines = self._selection.place.lines(code, analysis, self._selection.nodes)
        if tuple(sorted(lines)) != self._view.marked or scroll:
            self._view.mark_lines(lines, scroll=scroll)

    def _on_selection_changed(self) -> None:
        if self.isVisible():
            self._mark(scroll=True)
        else:
            self.mark_stale()

    def _on_line_clicked(self, line: int) -> None:
        path = self._analyser.code.lines.get(line, "")
        node = self._selection.place.reveal(path) if path else None
        if node is not None:
            self._selection.select([node])

    def _on_save_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the code"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("py")
        dialog.setNameFilter(self.tr("Python files (*.py)"))
        path = self._document.path
        dialog.selectFile(str(path.with_suffix(".py")) if path else "model.py")
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        dialog.open()

    def _on_theme_changed(self) -> None:
        look = self._appearance.theme
        self._view.set_theme(look)
        for button, icon in ((self._copy, "copy"), (self._save, "save"), (self._find, "search")):
            button.setIcon(assets.icon(icon, look.secondary, 16))
            button.setIconSize(QSize(16, 16))
        self._bar.set_icons(look.secondary)

    def _tell(self, message: str, hint: str) -> None:
        if self._notices is not None:
            self._notices.tell(message, hint, severity="error")


class FindBar(QWidget):
    """A line that finds what is typed; Enter goes on, Shift+Enter back, Escape closes."""

    def __init__(self, view: CodeView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(self.tr("Find in the code"))
        self._line.setAccessibleName(self.tr("Find in the code"))
        self._count = QLabel(self)
        self._count.setProperty("role", "secondary")
        self._next, self._back, self._close = (QToolButton(self) for _ in range(3))
        self._next.setToolTip(self.tr("Next (Enter)"))
        self._back.setToolTip(self.tr("Previous (Shift+Enter)"))
        self._close.setToolTip(self.tr("Close (Escape)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._count)
        for button in (self._back, self._next, self._close):
            layout.addWidget(button)
        self.hide()
        self._line.textChanged.connect(lambda: self._search(anew=True))
        self._next.clicked.connect(lambda: self._search())
        self._back.clicked.connect(lambda: self._search(backward=True))
        self._close.clicked.connect(self.close_bar)

    def open(self) -> None:
        """Show it with the cursor in it."""
        self.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def close_bar(self) -> None:
        """Hide it and go back to the code."""
        self.hide()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_icons(self, color: str) -> None:
        """Take the colour of a theme."""
        pairs = ((self._back, "chevron-up"), (self._next, "chevron-down"), (self._close, "close"))
        for button, icon in pairs:
            button.setIcon(assets.icon(icon, color, 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_bar()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self._search(backward=bool(shift))
            case _:
                super().keyPressEvent(event)

    def _search(self, *, backward: bool = False, anew: bool = False) -> None:
        text = self._line.text()
        is_found = self._view.find_text(text, backward=backward, anew=anew)
        number = self._view.toPlainText().lower().count(text.lower()) if text else 0
        words = self.tr("{0} places").format(number) if is_found else self.tr("Not there")
        self._count.setText(words if text else "")
        set_role(self._count, "secondary" if is_found or not text else "warn")
