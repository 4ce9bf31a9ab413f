"""The codes of a product: kind, pieces per scan, and whose number it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pos.application.text.formatting import read_count
from pos.application.text.names import CODE_KINDS, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.product_card import CARTON, SUPPLIERS, UNIT, PackCode, ProductCard
from pos.domain.errors import BadField
from pos.ui.catalogue.products.section import Section
from pos.ui.look.theme import Size, Space
from pos.ui.page.form_page import FormRow
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.tab_order import set_tab_order_at
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.input_hints import DIGITS

_KIND, _PIECES, _SUPPLIER = 176, 84, 150
_COUNTED = (CARTON, SUPPLIERS)


class CodesSection(Section):
    """A line for each code; the first is the main code. `number_requested`: a number of the shop is requested."""

    number_requested = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._translator = session.translator
        self.lines: list[CodeLine] = []
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        key = session.actions.key_text
        self.add_button = IconButton(session.theme, icon="plus", key=key("add_code"), height=Size.SMALL_BUTTON)
        self.number_button = IconButton(session.theme, icon="tag", key=key("own_code"), height=Size.SMALL_BUTTON)
        self.add_button.clicked.connect(lambda _checked: self.add(""))
        self.number_button.clicked.connect(self.number_requested)
        self._column = QVBoxLayout()
        self._column.setSpacing(Space.S)
        self._column.addStretch(1)
        holder = Surface(Ground.PANEL)
        holder.setLayout(self._column)
        self._column.setContentsMargins(0, 0, Space.S, 0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(holder)
        buttons = hbox(self.add_button, self.number_button, Stretch(), spacing=Space.S)
        vbox(self._hint, Stretched(self._area), buttons, spacing=12, margins=0, parent=self)

    def present(self, card: ProductCard, tr: Translator) -> None:
        self._translator = tr
        for line in self.lines[len(card.codes) :]:
            self._column.removeWidget(line)
            line.deleteLater()
        del self.lines[len(card.codes) :]
        for line, pack in zip(self.lines, card.codes):  # creating a line costs more than filling it
            line.present(pack)
        for pack in card.codes[len(self.lines) :]:
            self._append(pack)

    def add(self, code: str, kind: str = UNIT) -> None:
        """Add a further code, empty if none is given; a code that exists already is shown."""
        for line in self.lines:
            if code and line.code.text().strip() == code:
                line.code.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        line = self._append(PackCode(code, kind))
        self.changed.emit()
        (line.pieces if code and kind in _COUNTED else line.code).setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, card: ProductCard, tr: Translator) -> ProductCard:
        typed = [(line, line.code.text().strip()) for line in self.lines]
        packs = [line.read(index, tr.language) for index, (line, code) in enumerate(typed) if code]
        return replace(card, codes=tuple(packs))

    def retranslate(self, tr: Translator) -> None:
        self._translator = tr
        self._hint.setText(tr("Scan or type an additional code. The main code is for a single item."))
        self.add_button.present(tr("Add a code"))
        self.number_button.present(tr("Assign shop code"))
        for line in self.lines:
            line.retranslate(tr)

    def row_of(self, field: str) -> FormRow | None:
        """The row of a field; `codes[2].pieces` is in the third line."""
        if not field.startswith("codes") or not self.lines:
            return None
        index = field.partition("[")[2].partition("]")[0]
        filled = [line for line in self.lines if line.code.text().strip()] or self.lines
        line = filled[min(int(index) if index.isdecimal() else 0, len(filled) - 1)]
        return line.row

    def fields(self) -> Sequence[QWidget]:
        return [field for line in self.lines for field in line.fields()]

    def clear_errors(self) -> None:
        for line in self.lines:
            line.row.excuse()

    def _append(self, pack: PackCode) -> CodeLine:
        line = CodeLine(self._session, pack, is_first=not self.lines)
        line.retranslate(self._translator)
        line.changed.connect(self.changed)
        line.gone.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._column.insertWidget(self._column.count() - 1, line)
        set_tab_order_at(self._area, [part for one in self.lines for part in one.parts()])
        return line

    def _remove(self, line: CodeLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.deleteLater()
        for index, one in enumerate(self.lines):
            one.set_first(index == 0)
        self.changed.emit()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)


class CodeLine(QWidget):
    """One code. `changed` and `gone` (the cross) report changes to it."""

    changed = Signal()
    gone = Signal()

    def __init__(self, session: Session, pack: PackCode, *, is_first: bool) -> None:
        super().__init__()
        self._is_first = is_first
        self.code = QLineEdit()
        self.code.setMaxLength(64)
        self.kind = ComboBox()
        for kind in CODE_KINDS:
            self.kind.addItem("", kind)
        self.kind.setFixedWidth(_KIND)
        self.pieces = QLineEdit()
        self.pieces.setInputMethodHints(DIGITS)
        self.pieces.setMaxLength(4)
        self.pieces.setFixedWidth(_PIECES)
        self.pieces.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.supplier = QLineEdit()
        self.supplier.setMaxLength(80)
        self.supplier.setFixedWidth(_SUPPLIER)
        self.remove = IconButton(session.theme, icon="x", kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON)
        self.remove.gives_way = True
        self.remove.clicked.connect(self.gone)
        inside = QWidget()
        hbox(
            Stretched(self.code),
            self.kind,
            self.pieces,
            self.supplier,
            self.remove,
            spacing=Space.S,
            margins=0,
            parent=inside,
        )
        inside.setFocusProxy(self.code)
        self.row = FormRow(inside)
        vbox(self.row, margins=0, parent=self)
        for field in (self.code, self.pieces, self.supplier):
            field.textChanged.connect(self.changed)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.row.label.hide()
        self.present(pack)

    def present(self, pack: PackCode) -> None:
        """Show another code."""
        self.code.setText(pack.code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(pack.kind)))
        self.pieces.setText(str(pack.quantity) if pack.quantity > 1 else "")
        self.supplier.setText(pack.supplier or "")
        self.row.excuse()
        self._show_parts()

    def set_first(self, is_first: bool) -> None:
        """Mark it as the main code, or not."""
        self._is_first = is_first
        self._show_parts()

    def read(self, index: int, language: str) -> PackCode:
        """The typed code. Raises BadField."""
        kind = str(self.kind.currentData())
        where = f"codes[{index}].pieces"
        pieces = 1
        if kind in _COUNTED:
            if not self.pieces.text().strip() and kind == CARTON:
                raise BadField(where, "missing")
            pieces = read_count(self.pieces.text().strip() or "1", language, field=where)
        supplier = self.supplier.text().strip() if kind == SUPPLIERS else ""
        return PackCode(self.code.text().strip(), kind, pieces, supplier or None)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.code.setPlaceholderText(tr("Code"))
        self.code.setAccessibleName(tr("Code"))
        self.kind.setAccessibleName(tr("Code type"))
        for index in range(self.kind.count()):
            self.kind.setItemText(index, name_of(CODE_KINDS, str(self.kind.itemData(index)), tr))
        self.pieces.setPlaceholderText(tr("pieces"))
        self.pieces.setAccessibleName(tr("Pieces per pack"))
        self.supplier.setPlaceholderText(tr("Supplier"))
        self.supplier.setAccessibleName(tr("Supplier"))
        self.remove.present("", name=tr("Remove code"))
        self.row.reword()

    def fields(self) -> list[QWidget]:
        """The fields that Enter steps through."""
        return [part for part in (self.code, self.kind, self.pieces, self.supplier) if part.isVisibleTo(self)]

    def parts(self) -> tuple[QWidget, ...]:
        """All widgets in Tab order, from left to right."""
        return self.code, self.kind, self.pieces, self.supplier, self.remove

    def _kind_chosen(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        kind = str(self.kind.currentData())
        self.pieces.setVisible(kind in _COUNTED)
        self.supplier.setVisible(kind == SUPPLIERS)
