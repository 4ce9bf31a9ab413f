"""Reading options of a file: encoding, sheet, delimiter, decimal mark; each as detected or as chosen by the user."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from pos.application.catalogue.catalogue_files import FileLook, ReadAs
from pos.application.text.translator import Translator
from pos.ui.look.theme import Space
from pos.ui.page.form_page import FormRow
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.see_through import Packed
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

_ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030", "cp1251": "Windows-1251"}


class OptionsPanel(QWidget):
    """`read_otherwise`: the file must be read again with other options; `signed`: another decimal mark was chosen."""

    read_otherwise = Signal()
    signed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = TextLabel(role=Role.TITLE, wrap=True)
        self.about = TextLabel(role=Role.LABEL, wrap=True)
        self.encoding, self.sheet = FormRow(ComboBox()), FormRow(ComboBox())
        self.delimiter, self.decimal = FormRow(ComboBox()), FormRow(ComboBox())
        column = vbox(
            self.title,
            self.about,
            self.encoding,
            self.sheet,
            self.delimiter,
            self.decimal,
            spacing=Space.M,
            margins=0,
        )
        vbox(ScrolledFields(Packed(column)), margins=0, parent=self)
        for row in (self.encoding, self.sheet, self.delimiter):
            _box(row).activated.connect(lambda _index: self.read_otherwise.emit())
        _box(self.decimal).activated.connect(lambda _index: self.signed.emit())

    def present(self, look: FileLook, decimal: str, tr: Translator) -> None:
        """Show the reading options of a file."""
        self.title.setText(look.name)
        self.encoding.present(tr("Encoding"))
        self.sheet.present(tr.context("workbook", "Sheet"))
        self.delimiter.present(tr("Separator"))
        self.decimal.present(tr("Decimal separator"))
        self.encoding.setVisible(bool(look.encoding))
        self.delimiter.setVisible(bool(look.encoding))
        self.sheet.setVisible(len(look.sheets) > 1)
        _fill(self.encoding, _ENCODINGS, look.encoding)
        _fill(self.sheet, {name: name for name in look.sheets}, look.sheet)
        parted = {",": f"{tr('comma')} ,", ";": f"{tr('semicolon')} ;", "\t": tr("tab")}
        _fill(self.delimiter, parted, look.delimiter)
        separators = {"": tr("automatic per column"), ".": f"{tr('point')} 12.50", ",": f"{tr('comma')} 12,50"}
        _fill(self.decimal, separators, decimal)

    def how(self) -> ReadAs:
        """The chosen reading options."""
        is_text = not self.encoding.isHidden()
        sheet = "" if is_text else str(_box(self.sheet).currentData() or "")
        if not is_text:
            return ReadAs(sheet=sheet)
        return ReadAs(str(_box(self.encoding).currentData() or ""), str(_box(self.delimiter).currentData() or ""))

    def decimal_separator(self) -> str:
        """The chosen decimal mark; empty to detect it for each column."""
        return str(_box(self.decimal).currentData() or "")


def _box(row: FormRow) -> QComboBox:
    assert isinstance(row.field, QComboBox)
    return row.field


def _fill(row: FormRow, choices: dict[str, str], chosen: str) -> None:
    box = _box(row)
    box.blockSignals(True)
    box.clear()
    for key, text in choices.items():
        box.addItem(text, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
