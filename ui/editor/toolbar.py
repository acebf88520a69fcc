"""The toolbar: only the formatting that is allowed. One serves whichever editor is used."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QComboBox, QToolBar, QToolButton, QWidget

from ui.editor.commands import Commands
from ui.editor.lines import Kind
from ui.editor.section_editor import SectionEditor
from ui.icons import icon

_LEVELS = (("Brödtext", 0), ("Underrubrik", 2), ("Underrubrik, mindre", 3))


class EditorToolbar(QToolBar):
    """Buttons for the editor that it was attached to last."""

    def __init__(self, resources: Path, parent: QWidget | None = None) -> None:
        super().__init__("Textformat", parent)
        self._resources = resources
        self._editor: SectionEditor | None = None
        self._icons: dict[QToolButton, str] = {}
        self.setAccessibleName("Textformat")
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self._level = QComboBox(self)
        self._level.setAccessibleName("Styckeformat")
        self._level.setToolTip("Brödtext eller underrubrik")
        for text, level in _LEVELS:
            self._level.addItem(text, level)
        self._level.activated.connect(self._choose_level)
        self.addWidget(self._level)
        self.addSeparator()
        self._bold = self._button("bold", "Fet", "Ctrl+B", Commands.toggle_bold)
        self._italic = self._button("italic", "Kursiv", "Ctrl+I", Commands.toggle_italic)
        self._link = self._button("link", "Länk…", "Ctrl+K", Commands.edit_link)
        self.addSeparator()
        self._bullets = self._button(
            "list", "Punktlista", "- och blanksteg", Commands.toggle_bullets
        )
        self._numbers = self._button(
            "list-ordered", "Numrerad lista", "1. och blanksteg", Commands.toggle_numbers
        )
        self._quote = self._button("text-quote", "Citat", "", Commands.toggle_quote)
        self.addSeparator()
        self._table = self._button("table", "Tabell…", "", Commands.ask_for_table)
        self._image = self._button("image", "Bild…", "", None)
        for button in (self._bold, self._italic, self._bullets, self._numbers, self._quote):
            button.setCheckable(True)
        self._draw_icons()
        self.setEnabled(False)

    def attach(self, editor: SectionEditor) -> None:
        """Serve this editor from now on, until it is gone."""
        if editor is self._editor:
            return
        self.release()
        self._editor = editor
        editor.state_changed.connect(self._show_state)
        editor.destroyed.connect(self._detach)
        self.setEnabled(True)
        self._show_state()

    def release(self) -> None:
        """Serve no editor: the cursor is somewhere else."""
        if self._editor is not None:
            self._editor.state_changed.disconnect(self._show_state)
            self._editor.destroyed.disconnect(self._detach)
            self._detach()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icons anew for light or dark."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icons()

    def _button(
        self, name: str, text: str, keys: str, do: Callable[[Commands], None] | None
    ) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"format-{name}")
        button.setAccessibleName(text.rstrip("…"))
        button.setToolTip(f"{text.rstrip('…')} ({keys})" if keys else text.rstrip("…"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._do(do))
        self._icons[button] = name
        self.addWidget(button)
        return button

    def _do(self, do: Callable[[Commands], None] | None) -> None:
        if self._editor is None:
            return
        self._editor.setFocus()
        if do is None:
            self._editor.images.choose()
        else:
            do(self._editor.commands)
        self._show_state()

    @Slot(int)
    def _choose_level(self, index: int) -> None:
        if self._editor is not None:
            self._editor.commands.set_level(self._level.itemData(index))
            self._editor.setFocus()
            self._show_state()

    @Slot()
    def _detach(self) -> None:
        self._editor = None
        self.setEnabled(False)

    @Slot()
    def _show_state(self) -> None:
        if self._editor is None:
            return
        state = self._editor.commands.state
        self._level.setCurrentIndex(self._level.findData(state.level))
        self._bold.setChecked(state.bold)
        self._italic.setChecked(state.italic)
        self._bullets.setChecked(state.kind is Kind.BULLETS)
        self._numbers.setChecked(state.kind is Kind.NUMBERS)
        self._quote.setChecked(state.quote)
        for widget in (self._level, self._bullets, self._numbers):
            widget.setEnabled(not state.in_table)

    def _draw_icons(self) -> None:
        for button, name in self._icons.items():
            button.setIcon(icon(name, self._resources, self.palette()))
