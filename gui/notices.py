"""What the program has to say to the person: bars above the canvas, never a modal dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from gui import assets
from gui.theme import Appearance, Theme, mix

Severity = Literal["info", "warning", "error"]
Choice = tuple[str, Callable[[], None]]

MOST_BARS = 3
INFO_STAYS_MS = 8000
_SIDE, _EDGE, _GAP, _ICON = 12, 6, 8, 18
_LEAST = 48
_WORDS = 280
"""The text has this much room beside the buttons at least, or all it needs; else they go below."""
_ICONS = {"info": "info", "warning": "warning", "error": "error"}


class Notices(QScrollArea):
    """A stack of at most three bars, the newest at the bottom; info goes away by itself.

    What lies below keeps `kept` of the height; where the bars need more than the rest, they scroll.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAccessibleName(self.tr("Notices"))
        self._shown: list[NoticeBar] = []
        self.kept = 0
        content = QWidget()
        content.setObjectName("content")
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_bar = self.verticalScrollBar()
        scroll_bar.rangeChanged.connect(lambda _, bottom: scroll_bar.setValue(bottom))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        appearance.changed.connect(self._on_theme_changed)

    def tell(
        self,
        message: str,
        hint: str = "",
        severity: Severity = "info",
        choices: Sequence[Choice] = (),
        *,
        stays: bool = False,
    ) -> None:
        """Show a sentence, what to do about it, and buttons that do it.

        The same message is shown once, however often it is told. One that `stays` has no cross
        and makes no room for others: one of its choices must be taken.
        """
        for bar in list(self._shown):
            if bar.message == message:
                self._drop(bar)
        passing = [bar for bar in self._shown if not bar.stays]
        for old in passing[: max(0, len(self._shown) - MOST_BARS + 1)]:
            self._drop(old)
        bar = NoticeBar(message, hint, severity, choices, self._appearance.theme)
        bar.stays = stays
        bar.close_button.setVisible(not stays)
        bar.close_button.clicked.connect(lambda: self._drop(bar))
        for button in bar.choice_buttons:
            button.clicked.connect(lambda: self._drop(bar))
        self._layout.addWidget(bar)
        self._shown.append(bar)
        bar.show()  # the layout would do so later, and count it only then
        self.show()
        self.fit()
        if severity == "info" and not choices:
            QTimer.singleShot(INFO_STAYS_MS, bar, lambda: self._drop(bar))

    def tell_error(self, error: UserError) -> None:
        """Show what the world said no to."""
        self.tell(error.message, error.hint, "error")

    def clear(self) -> None:
        """Take every bar away but those that stay."""
        for bar in list(self._shown):
            if not bar.stays:
                self._drop(bar)

    def _drop(self, bar: NoticeBar) -> None:
        if bar in self._shown:
            self._shown.remove(bar)
            self._layout.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
            self.setVisible(bool(self._shown))
            self.fit()

    def fit(self) -> None:
        """As high as the bars are, or as there is room for."""
        holder = self.parentWidget()
        room = max(_LEAST, holder.height() - self.kept) if holder is not None else _LEAST
        wanted = max(0, self._layout.heightForWidth(self.width()))
        self.setFixedHeight(min(wanted, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _on_theme_changed(self, theme: Theme) -> None:
        for bar in list(self._shown):
            bar.paint_with(theme)


class NoticeBar(QFrame):
    """One notice: icon, message, hint, the ways out, and a cross."""

    def __init__(
        self,
        message: str,
        hint: str,
        severity: Severity,
        choices: Sequence[Choice],
        theme: Theme,
    ) -> None:
        super().__init__()
        self.message, self._severity = message, severity
        self.stays = False
        self.setObjectName("notice")
        self.setAccessibleName(f"{message} {hint}".strip())
        self._icon = QLabel(self)
        self._icon.setFixedSize(18, 18)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setText(f"{message} {hint}".strip())
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choice_buttons = [self._choice_button(*choice) for choice in choices]
        self.close_button = QToolButton(self)
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setToolTip(self.tr("Close this notice"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.paint_with(theme)

    def paint_with(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        tone = {"info": theme.accent, "warning": theme.warn, "error": theme.error}[self._severity]
        self._icon.setPixmap(
            assets.pixmap(_ICONS[self._severity], tone, 18, self.devicePixelRatioF())
        )
        self.close_button.setIcon(assets.icon("close", theme.secondary, 16))
        self.setStyleSheet(
            f"QFrame#notice {{ background: {mix(tone, theme.panel, 0.13)};"
            f" border: 1px solid {mix(tone, theme.panel, 0.45)}; border-radius: 8px; }}"
        )

    def _choice_button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(lambda: act())
        return button

    # Where everything is: the buttons beside the text, or below it in as many rows as they need

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._spots(width)[1]

    def sizeHint(self) -> QSize:
        width = 2 * _WORDS
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        widest = max((b.sizeHint().width() for b in self.choice_buttons), default=0)
        return QSize(_SIDE + max(widest, 60) + _EDGE, 32)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _place(self) -> None:
        for part, spot in self._spots(self.width())[0]:
            part.setGeometry(spot)

    def _spots(self, width: int) -> tuple[list[tuple[QWidget, QRect]], int]:
        """Where each part is in a bar of that width, and how high the bar is then."""
        cross = self.close_button.sizeHint() if not self.stays else QSize()
        left, right = _SIDE + _ICON + _GAP, width - _EDGE - max(0, cross.width())
        across = sum(button.sizeHint().width() + _GAP for button in self.choice_buttons)
        needs = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 2
        is_beside = not across or right - left - across >= min(needs, _WORDS)
        room = max(1, right - _GAP - left - (across if is_beside else 0))
        words = self._text.heightForWidth(room)
        beside = [b.sizeHint().height() for b in self.choice_buttons] if is_beside else []
        high = max(words, cross.height(), _ICON, *beside)
        line = _Line(_EDGE, high)
        spots: list[tuple[QWidget, QRect]] = [
            (self._icon, line.spot(_SIDE, QSize(_ICON, _ICON))),
            (self._text, line.spot(left, QSize(room, words))),
        ]
        if not self.stays:
            spots.append((self.close_button, line.spot(right, cross)))
        if is_beside:
            at = right - across
            for button in self.choice_buttons:
                spots.append((button, line.spot(at, button.sizeHint())))
                at += button.sizeHint().width() + _GAP
            return spots, high + 2 * _EDGE
        below, bottom = self._rows(width, left, _EDGE + high + _EDGE)
        return [*spots, *below], bottom + _EDGE + 2

    def _rows(
        self, width: int, left: int, top: int
    ) -> tuple[list[tuple[QWidget, QRect]], int]:  # fmt: skip
        """The buttons under the text, or from the edge on where one is too wide for that."""
        sizes = [button.sizeHint() for button in self.choice_buttons]
        right = width - _EDGE
        if max(size.width() for size in sizes) > right - left:
            left = _SIDE
        spots, at, high = list[tuple[QWidget, QRect]](), left, sizes[0].height()
        for button, size in zip(self.choice_buttons, sizes, strict=True):
            if at > left and at + size.width() > right:
                at, top = left, top + high + _EDGE
            spots.append(
                (button, QRect(QPoint(at, top), QSize(min(size.width(), right - at), high)))
            )
            at += size.width() + _GAP
        return spots, top + high


class _Line(NamedTuple):
    """A line of a bar, in whose middle things stand."""

    top: int
    height: int

    def spot(self, left: int, size: QSize) -> QRect:
        return QRect(QPoint(left, self.top + (self.height - size.height()) // 2), size)
