"""One field of a change of several products: whether it changes, its new value, and what that does."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from pos.application.catalogue.change_several import FieldPreview
from pos.application.catalogue.field_values import value_words
from pos.application.catalogue.typed_codes import Country
from pos.application.settings.setting_words import choice_text
from pos.application.text.formatting import number_text
from pos.application.text.names import PRODUCT_FIELDS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.catalogue.product_fields import Kind, ProductField
from pos.ui.catalogue.products.section import editor_of, read_editor
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.category_box import CategoryBox
from pos.ui.widgets.fields.code_boxes import CountryBox, UnitBox

YES, NO = "yes", "no"


class SeveralValue(QWidget):
    """A field is switched on by its box, and by typing or choosing. `changed`: the box or the value has changed."""

    changed = Signal()

    def __init__(self, theme: Theme, field: ProductField, country: Country) -> None:
        super().__init__()
        self.field = field
        self.box = QCheckBox()
        self.editor: QLineEdit | QComboBox | Segmented
        self.effect = TextLabel(role=Role.SMALL, wrap=True)
        self._complaint = Complaint(Role.SMALL)
        if field.kind is Kind.YES_NO:
            self.editor = Segmented(theme, "")
            self.editor.chosen.connect(self._typed)
        else:
            self.editor = editor_of(field, country)
            if isinstance(self.editor, QLineEdit):
                self.editor.textEdited.connect(self._typed)
            else:
                self.editor.activated.connect(self._typed)
                if (edit := self.editor.lineEdit()) is not None:
                    edit.textEdited.connect(self._typed)
        if isinstance(self.editor, QComboBox):
            self.editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.editor.setMinimumContentsLength(5)
        self.box.clicked.connect(self._switched)
        vbox(self.box, self.editor, self.effect, self._complaint, spacing=Space.XS, margins=0, parent=self)
        self.explain(None, Translator.english())

    @property
    def is_on(self) -> bool:
        """Whether the field is to change."""
        return self.box.isChecked()

    def read(self, tr: Translator) -> Any:
        """The new value; None removes. Raises BadField naming the field."""
        if isinstance(self.editor, Segmented):
            return self.editor.choice() == YES
        return read_editor(self.field, self.editor, tr.language)

    def clear(self) -> None:
        """Switch it off and forget its value."""
        self.box.setChecked(False)
        if isinstance(self.editor, QLineEdit):
            self.editor.clear()
        elif isinstance(self.editor, QComboBox):
            self.editor.setCurrentIndex(-1 if self.editor.isEditable() else 0)
            if self.editor.isEditable():
                self.editor.setEditText("")
        else:
            self.editor.select(YES)
        self._excuse()

    def complain(self, words: Words) -> None:
        """Show what is wrong with the value."""
        self._complaint.say(words)
        self.editor.setAccessibleDescription(self._complaint.text())

    def _excuse(self) -> None:
        self._complaint.say(None)
        self.editor.setAccessibleDescription("")

    def explain(self, preview: FieldPreview | None, tr: Translator) -> None:
        """Show how many products change in it, with an example."""
        self.effect.setText("" if preview is None else _words(preview, tr))
        self.effect.setVisible(preview is not None)

    def focus(self) -> None:
        """Put the cursor in its value."""
        if isinstance(self.editor, Segmented):
            self.editor.focus_chosen()
        else:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self, tr: Translator) -> None:
        name = name_of(PRODUCT_FIELDS, self.field.name, tr)
        self.box.setText(name)
        self.editor.setAccessibleName(name)
        if isinstance(self.editor, CategoryBox | CountryBox | UnitBox):
            self.editor.retranslate(tr)
        if isinstance(self.editor, Segmented):
            segments = [Segment(YES, choice_text(YES, tr)), Segment(NO, choice_text(NO, tr))]
            self.editor.present(segments, self.editor.choice() or YES)
        elif isinstance(self.editor, QLineEdit):
            self.editor.setPlaceholderText(tr("empty: removed"))
        elif (edit := self.editor.lineEdit()) is not None:
            edit.setPlaceholderText(tr("empty: removed"))
        self._complaint.reword()
        self.editor.setAccessibleDescription(self._complaint.text())

    def _typed(self, _value: object = None) -> None:
        self.box.setChecked(True)
        self._excuse()
        self.changed.emit()

    def _switched(self, is_on: bool) -> None:
        self._excuse()
        if is_on:
            self.focus()
        self.changed.emit()


def _words(preview: FieldPreview, tr: Translator) -> str:
    if preview.example is None:
        return tr("No product changes.")
    before, after = (
        "—" if text is None else value_words(preview.name, text, tr) for text in (preview.before, preview.after)
    )
    count = tr.plural(
        "{n} product changes.", "{n} products change.", preview.products, n=number_text(preview.products, tr.language)
    )
    name = preview.example.name_in(tr.language)
    return paragraph(tr, (count, tr("{name}: {before} → {after}", name=name, before=before, after=after)))
