"""One supplier: its name in the shop, and its contact."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.purchasing.supplier import LONGEST_CONTACT, LONGEST_NAME, Supplier, SupplierKnown
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.page.form_page import FormRow, complain_at
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel, Words
from pos.ui.widgets.fields.key_positions import ENTERS


class SupplierPanel(Surface):
    """Presents a Supplier. `saved` asks to save the typed values, `left` discards them."""

    saved = Signal()
    left = Signal()

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__(Ground.CARD)
        self._supplier: Supplier | None = None
        self._typed: dict[int, tuple[str | None, str | None]] = {}
        """Name and contact that are typed and not saved, by supplier, while another one is on show."""
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.name, self.contact = QLineEdit(), QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.contact.setMaxLength(LONGEST_CONTACT)
        self.rows = {"supplier": FormRow(self.name), "contact": FormRow(self.contact)}
        self.save = IconButton(theme, icon="save", key=key, kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self.save.clicked.connect(self.saved)
        vbox(
            self._title,
            self._hint,
            *self.rows.values(),
            Stretch(),
            self.save,
            spacing=12,
            margins=(Space.M, Space.M, Space.M, Space.M),
            parent=self,
        )

    def present(self, supplier: Supplier | None, tr: Translator) -> None:
        """Show another supplier, or None; what is typed stays with its supplier."""
        before = self._supplier
        if supplier != before:
            if before is not None:
                typed = (self.name.text(), before.name), (self.contact.text(), before.contact)
                name, contact = (None if text.strip() == saved else text for text, saved in typed)
                self._typed[before.id] = name, contact
            self._supplier = supplier
            self._show()
        self._title.setText(tr("Choose a supplier.") if supplier is None else supplier.name)
        for part in (self.save, self.name, self.contact):
            part.setEnabled(supplier is not None)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self._hint.setText(tr("Posted documents keep the old name."))
        self.rows["supplier"].present(tr("Supplier name"))
        self.rows["contact"].present(tr("Contact"))
        self.save.present(tr("Save"))

    def begin(self) -> None:
        """Focus the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def complain(self, error: Exception, words: Words) -> bool:
        """Show an error beneath its field; False if it concerns none of the fields."""
        field = "supplier" if isinstance(error, SupplierKnown) else error.field if isinstance(error, BadField) else ""
        return complain_at(self.rows, field, words)

    def clear_errors(self) -> None:
        """Clear all errors."""
        for row in self.rows.values():
            row.excuse()

    def undo(self) -> None:
        """Discard typed values."""
        if self._supplier is not None:
            self._typed.pop(self._supplier.id, None)
        self._show()

    def _show(self) -> None:
        known = self._supplier
        saved = ("", "") if known is None else (known.name, known.contact)
        typed = (None, None) if known is None else self._typed.pop(known.id, (None, None))
        for field, text, new in zip((self.name, self.contact), saved, typed):
            field.setText(text if new is None or new.strip() == text else new)
        self.clear_errors()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves from the name to the contact, then saves; Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in ENTERS:
            super().keyPressEvent(event)
        elif self.name.hasFocus():
            self.contact.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.saved.emit()
