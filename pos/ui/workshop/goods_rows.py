"""Goods of a recipe with their pieces: a row of each, with the field of its pieces and the button that removes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.application.text.formatting import read_count
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.application.workshop.goods_lines import GoodsLine
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.into_view import come_into_view
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.tab_order import set_tab_order_at
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.input_hints import DIGITS
from pos.ui.widgets.fields.key_positions import ENTERS

_PIECES = 96


@dataclass(frozen=True, slots=True)
class TypedGoods:
    """A product, and its pieces as they are typed."""

    product: Product
    pieces: str


class GoodsRows(QWidget):
    """Rows of goods; `changed` is emitted for other goods or pieces, `entered` by Enter in a field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._spare: list[_Row] = []
        self.rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)

    @property
    def goods(self) -> Sequence[TypedGoods]:
        """What stands in the rows."""
        return [TypedGoods(row.product, row.pieces.text().strip()) for row in self.rows if row.product is not None]

    @property
    def content(self) -> tuple[str, ...]:
        """The same as text."""
        return tuple(f"{one.product.id}:{one.pieces}" for one in self.goods)

    def put(self, product: Product, pieces: int) -> None:
        """Add pieces of a product; the cursor comes into its field."""
        row = next((one for one in self.rows if one.product is not None and one.product.id == product.id), None)
        if row is None:
            row = self._row()
            row.present(product, str(pieces), self._session.translator)
        else:
            typed = row.pieces.text().strip()
            row.pieces.setText(str(pieces + (int(typed) if typed.isascii() and typed.isdigit() else 0)))
        row.pieces.setFocus(Qt.FocusReason.OtherFocusReason)
        row.pieces.selectAll()
        come_into_view(row)
        self.changed.emit()

    def fill(self, goods: Sequence[tuple[Product, int]]) -> None:
        """Show these goods instead."""
        while self.rows:
            self._drop(self.rows[-1])
        for product, pieces in goods:
            self._row().present(product, str(pieces), self._session.translator)
        self.changed.emit()

    def read(self, field: str) -> tuple[GoodsLine, ...]:
        """The lines of the rows. Raises BadField naming `field` and the line; the row says what is wrong."""
        lines = []
        for index, row in enumerate(self.rows):
            if row.product is None:
                continue
            try:
                if not row.pieces.text().strip():
                    raise BadField(f"{field}[{index}].quantity", "missing")
                pieces = read_count(row.pieces.text(), self._session.language, field=f"{field}[{index}].quantity")
                if not pieces:
                    raise BadField(f"{field}[{index}].quantity", "not_positive", "0")
            except BadField as error:
                self.complain(index, error)
                raise
            lines.append(GoodsLine(pieces, product=row.product.id))
        return tuple(lines)

    def complain(self, index: int, error: BadField) -> None:
        """Say what is wrong with a row."""

        def words() -> str:
            tr = self._session.translator
            return self._session.wording(BadField(tr("Pieces"), error.what, error.value))

        if 0 <= index < len(self.rows):
            self.rows[index].complain(words)

    def clear_errors(self) -> None:
        """Clear all errors."""
        for row in self.rows:
            row.complain(None)

    def retranslate(self, tr: Translator) -> None:
        """Name the goods in another language."""
        for row in self.rows:
            if row.product is not None:
                row.present(row.product, row.pieces.text(), tr)

    def _row(self) -> _Row:
        row = self._spare.pop() if self._spare else _Row(self._session, self._drop_by_hand, self.changed, self.entered)
        self._column.addWidget(row)
        row.show()
        self.rows.append(row)
        set_tab_order_at(self, [part for one in self.rows for part in (one.pieces, one.remove)])
        return row

    def _drop(self, row: _Row) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.product = None
        self._spare.append(row)

    def _drop_by_hand(self, row: _Row) -> None:
        self._drop(row)
        self.changed.emit()
        self.entered.emit()


class _Row(QWidget):
    def __init__(self, session: Session, drop: Callable[[_Row], None], changed: object, entered: object) -> None:
        super().__init__()
        self.product: Product | None = None
        self._name = TextLabel(role=Role.STRONG, wrap=True)
        self._code = TextLabel(role=Role.LABEL)
        self._wrong = Complaint(Role.SMALL)
        self.pieces = _Pieces()
        self.pieces.setInputMethodHints(DIGITS)
        self.pieces.setMaxLength(9)
        self.pieces.setFixedSize(_PIECES, Size.BUTTON)
        self.pieces.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.remove = IconButton(session.theme, icon="x", height=Size.SMALL_BUTTON, name="x")
        self.remove.clicked.connect(lambda: drop(self))
        self.pieces.textEdited.connect(lambda _text: self._wrong.say(None))
        self.pieces.textChanged.connect(changed)
        self.pieces.entered.connect(entered)
        words = vbox(self._name, self._code, spacing=0, margins=0)
        line = hbox(Stretched(words), self.pieces, self.remove, spacing=Space.S, margins=0)
        vbox(line, self._wrong, spacing=2, margins=0, parent=self)

    def present(self, product: Product, pieces: str, tr: Translator) -> None:
        """Show a product with its pieces."""
        self.product = product
        name = product.name_in(tr.language)
        self._name.setText(name)
        self._code.setText(product.code)
        if self.pieces.text() != pieces:
            self.pieces.setText(pieces)
        self.pieces.setAccessibleName(listed(tr, [name, tr("Pieces")]))
        self.remove.present("", name=tr("Remove {goods}", goods=name))
        self._wrong.reword()
        self.pieces.setAccessibleDescription(self._wrong.text())

    def complain(self, words: Words | None) -> None:
        """Say what is wrong; None: nothing."""
        self._wrong.say(words)
        self.pieces.setAccessibleDescription(self._wrong.text())
        if words is not None:
            self.pieces.setFocus(Qt.FocusReason.OtherFocusReason)


class _Pieces(QLineEdit):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTERS:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
