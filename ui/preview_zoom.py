"""The buttons that set the preview's zoom."""

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui.labels import quiet_label
from ui.preview_view import PageView
from ui.theme import TIGHT


class ZoomBar(QWidget):
    """Smaller, the zoom in per cent, larger, and as wide as the view."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._smaller = _button(self, "\N{MINUS SIGN}", "Mindre (Ctrl+-)", "zoom-out")
        self._larger = _button(self, "+", "Större (Ctrl++)", "zoom-in")
        self._fit = _button(self, "Hela bredden", "Hela sidans bredd (Ctrl+0)", "zoom-fit")
        self._fit.setCheckable(True)
        self._percent = quiet_label("", self)
        self._percent.setObjectName("zoom")
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("400 %"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TIGHT)
        for widget in (self._smaller, self._percent, self._larger, self._fit):
            row.addWidget(widget)
        self._smaller.clicked.connect(view.zoom_out)
        self._larger.clicked.connect(view.zoom_in)
        self._fit.clicked.connect(view.fit_width)
        view.zoom_changed.connect(self._show)
        self._show(view.zoom)

    def _show(self, zoom: float) -> None:
        self._percent.setText(f"{zoom:.0%}".replace("%", "\N{NO-BREAK SPACE}%"))
        self._fit.setChecked(self._view.fits_width)


def _button(parent: QWidget, text: str, tip: str, name: str) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition(" (")[0])
    button.setObjectName(name)
    button.setAutoRaise(True)
    return button
