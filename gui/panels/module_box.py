"""What the inspector says of a Python module: where it lies, whether it may run, what changed."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from graphcore.errors import UserError
from graphcore.project import trust
from graphcore.project.module_edits import SetModule
from graphcore.project.module_forms import read_form
from graphcore.project.modules import UserModule
from graphcore.project.user_files import digest, read_file
from gui.analyser import Analyser
from gui.document import Document
from gui.panels.tiles import label


class ModuleBox(QWidget):
    """The class behind a node; it is trusted here, and its form read anew."""

    def __init__(
        self, document: Document, analyser: Analyser, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._analyser = document, analyser
        self._name = ""
        self._source = label("", wraps=True)
        self._state = label("", "secondary", wraps=True)
        self._message = label("", "error", wraps=True)
        self._trust = QPushButton(self.tr("Trust"), self)
        self._trust.setToolTip(trust.MEANING)
        self._reload = QPushButton(self.tr("Reload"), self)
        self._reload.setToolTip(self.tr("Read ports and options from the file again"))
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._trust)
        buttons.addWidget(self._reload)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(self.tr("Python module"), "heading"))
        for widget in (self._source, self._state, self._message):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self._trust.clicked.connect(self._on_trust_clicked)
        self._reload.clicked.connect(self._on_reload_clicked)

    def show_module(self, name: str) -> None:
        """Show how this module stands now."""
        module = self._document.project.modules.get(name)
        if module is None:
            return
        if name != self._name:
            self._message.clear()
        self._name = name
        self._source.setText(self.tr("{0} of {1}").format(module.class_name, module.place))
        asking = self._analyser.asking
        may_trust = asking is not None and bool(asking.untrusted)
        self._trust.setVisible(may_trust)
        self._reload.setVisible(module.is_file)
        self._state.setText(self._said(module))
        self._message.setVisible(bool(self._message.text()))

    def _said(self, module: UserModule) -> str:
        asking = self._analyser.asking
        if asking is None:
            return self.tr("It is being looked at.")
        if module.place in asking.files.missing:
            return asking.files.missing[module.place]
        found = asking.files.digests.get(module.place, "")
        changed = ""
        if module.sha256 and found and module.sha256 != found:
            changed = " " + self.tr("The file has changed; Reload reads its options again.")
        if asking.untrusted:
            return self.tr("Not trusted yet, so it does not run.") + changed
        return self.tr("Trusted; it runs in a process of its own.") + changed

    def _on_trust_clicked(self) -> None:
        asking = self._analyser.asking
        if asking is None:
            return
        try:
            trust.trust(asking.files)
        except UserError as error:
            self._say(error)
        self._analyser.refresh()

    def _on_reload_clicked(self) -> None:
        path, module = self._document.path, self._document.project.modules[self._name]
        try:
            content = read_file(path.parent if path else None, module.place)
            text = content.decode("utf-8", "replace")
            fresh = read_form(text, module.source, digest(content)).module
            self._message.clear()
            if fresh == module:
                self._analyser.refresh()
            else:
                words = self.tr("Reload {}").format(self._name)
                self._document.do(SetModule(self._name, fresh), words)
        except UserError as error:
            self._say(error)

    def _say(self, error: UserError) -> None:
        self._message.setText(str(error))
        self._message.show()
