"""The drawing on paper: a preview first, then a printer, or a PDF where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QMainWindow,
    QToolBar,
    QToolButton,
)

from gui import assets, paging, theme
from gui.canvas.posing import posing
from gui.dialogs.fitting import open_fitted
from gui.picture import paint_drawing, with_legend

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    from gui.main_window import MainWindow

_POINTS_AN_INCH = 72.0
_FOOT = 22.0
_FOOT_LETTERS = 8
_ICONS = (
    "fit-width", "fit", "zoom-out", "zoom-in", "portrait", "landscape", "first", "chevron-left",
    "chevron-right", "last", "page", "pages", "pages-all", "settings", "print",
)  # fmt: skip
"""For the buttons of Qt's toolbar, in their order: its own are grey and of another style."""


class Printing(QObject):
    """Shows the preview, and paints the pages that it and the printer ask for.

    `is_one` says whether all of the drawing goes on one sheet, however small its letters become.
    Qt's part for printers is loaded with the first preview.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.is_one = True
        self._printer: QPrinter | None = None
        self._dialog: QPrintPreviewDialog | None = None
        window.appearance.changed.connect(self._paint_icons)

    def ask(self) -> None:
        """Show how the drawing comes out on paper."""
        from PySide6.QtPrintSupport import QPrintPreviewDialog

        self.is_one = True
        self._printer = self.new_printer()  # the dialog only borrows it
        dialog = QPrintPreviewDialog(self._printer, self._window)
        dialog.setWindowTitle(self.tr("Print the drawing"))
        dialog.paintRequested.connect(self.paint)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.resize(self._window.size() * 0.85)
        self._add_choice(dialog)
        self._name_parts(dialog)
        self._paint_icons()
        open_fitted(dialog)

    def new_printer(self) -> QPrinter:
        """The system's printer, one that writes a PDF where it has none; the sheet fits."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if not QPrinterInfo.availablePrinterNames():
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setDocName(self._window.files.title)
        printer.setCreator("Netwright")
        turned = QPageLayout.Orientation
        area = self._window.canvas.picture_area()
        printer.setPageOrientation(turned.Landscape if paging.is_wide(area) else turned.Portrait)
        return printer

    def paint(self, printer: QPrinter) -> None:
        """Paint every page, in the light theme: paper is white and ink is dear."""
        canvas = self._window.canvas
        light = theme.LIGHT_SAFE if self._window.appearance.colors == "safe" else theme.LIGHT
        with posing(canvas.canvas, light, None) as drawn:
            area = with_legend(canvas, drawn)
            painter = QPainter(printer)
            unit = printer.resolution() / _POINTS_AN_INCH
            painter.scale(unit, unit)
            painter.setRenderHints(canvas.renderHints())
            paper = printer.pageLayout().paintRectPoints()
            room = QSizeF(paper.width(), paper.height() - _FOOT)
            parts = paging.sheets(area, room, is_one=self.is_one)
            for number, part in enumerate(parts, 1):
                if number > 1:
                    printer.newPage()
                painter.save()
                whole = QRectF(QPointF(), room)
                painter.setClipRect(whole)
                paint_drawing(canvas, painter, whole, part, area)
                painter.restore()
                self._paint_foot(painter, QSizeF(paper.size()), number, len(parts))
            painter.end()

    def _paint_foot(self, painter: QPainter, paper: QSizeF, number: int, count: int) -> None:
        foot = QRectF(0, paper.height() - _FOOT, paper.width(), _FOOT)
        painter.setFont(theme.font(_FOOT_LETTERS))
        painter.setPen(QColor(theme.LIGHT.secondary))
        sides, bottom = Qt.AlignmentFlag, Qt.AlignmentFlag.AlignBottom
        date = QLocale().toString(QDate.currentDate(), QLocale.FormatType.ShortFormat)
        painter.drawText(foot, int(sides.AlignLeft | bottom), self._window.files.title)
        painter.drawText(foot, int(sides.AlignHCenter | bottom), date)
        if count > 1:
            page = self.tr("{0} of {1}").format(number, count)
            painter.drawText(foot, int(sides.AlignRight | bottom), page)

    def _add_choice(self, dialog: QPrintPreviewDialog) -> None:
        from PySide6.QtPrintSupport import QPrintPreviewWidget

        box = QComboBox()
        box.addItem(self.tr("One sheet"), True)
        box.addItem(self.tr("As many as it takes to read"), False)
        box.setAccessibleName(self.tr("Sheets"))
        preview = dialog.findChild(QPrintPreviewWidget)
        bar = dialog.findChild(QToolBar)
        assert preview is not None
        assert bar is not None
        bar.setIconSize(QSize(20, 20))
        bar.addWidget(box)
        dialog.setMinimumWidth(bar.sizeHint().width())

        def on_activated() -> None:
            self.is_one = box.currentData()
            preview.updatePreview()

        box.activated.connect(on_activated)

    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None

    def _paint_icons(self) -> None:
        """The program's icons in the colours of the theme, and paper on a ground of it."""
        if self._dialog is None:
            return
        look = self._window.appearance.theme
        bar = self._dialog.findChild(QToolBar)
        assert bar is not None
        buttons = [action for action in bar.actions() if not action.icon().isNull()]
        if len(buttons) == len(_ICONS):  # as in every Qt 6 so far
            for button, name in zip(buttons, _ICONS, strict=True):
                button.setIcon(assets.icon(name, look.text, 20))
        for more in self._dialog.findChildren(QToolButton, "qt_toolbar_ext_button"):
            more.setIcon(assets.icon("chevron-right", look.text, 14))
        for view in self._dialog.findChildren(QGraphicsView):
            view.scene().setBackgroundBrush(QColor(look.hover))

    def _name_parts(self, dialog: QPrintPreviewDialog) -> None:
        """What Qt leaves without a name for people who can't see it."""
        for part in (*dialog.findChildren(QMainWindow), *dialog.findChildren(QToolBar)):
            part.setAccessibleName(dialog.windowTitle())
        for button in dialog.findChildren(QToolButton, "qt_toolbar_ext_button"):
            button.setAccessibleName(self.tr("More"))
        for line in dialog.findChildren(QLineEdit):
            is_zoom = isinstance(line.parent(), QComboBox)
            line.setAccessibleName(self.tr("Zoom") if is_zoom else self.tr("Page"))
