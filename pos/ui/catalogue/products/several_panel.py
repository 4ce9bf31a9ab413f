"""The panel that gives several products one value: its fields, and what they would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from pos.application.catalogue.change_several import IN_STOCK, PRICED, SeveralPreview
from pos.application.catalogue.vat_words import vat_doubt
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import noted, paragraph, parted
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.product_fields import BELOW_NET, BY_NAME, SEVERAL
from pos.ui.catalogue.products.section import offer
from pos.ui.catalogue.products.several_value import SeveralValue
from pos.ui.look.theme import Size, Space
from pos.ui.quota.quota_words import missing_text
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Aligned, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel, Words
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

_FIELD = 220
"""The least width of a field with another one beside it."""
_NAMED = 3
"""How many products are named in a sentence."""


class SeveralPanel(Surface):
    """`changed`: another field or value. `submitted`: make the change. `closed`: leave it. Enter moves on."""

    changed = Signal()
    submitted = Signal()
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        theme, key = session.theme, session.actions.key_text
        self.title = TextLabel(role=Role.TITLE, wrap=True)
        self.close_button = IconButton(theme, icon="x", key=key("back"), height=Size.SMALL_BUTTON)
        self.button = IconButton(
            theme, icon="check", key=key("save_product"), kind=ButtonKind.PRIMARY, height=Size.BUTTON
        )
        self.summary, self.warning = (TextLabel(role=Role.LABEL, wrap=True) for _ in range(2))
        self.warning.set_tone(Tone.NEARLY)
        self.values = {name: SeveralValue(theme, BY_NAME[name], session.country) for name in SEVERAL}
        self._shown: SeveralPreview | None = None
        self._count = 0
        for value in self.values.values():
            value.changed.connect(self.changed)
            for part in (value.box, value.editor):
                part.installEventFilter(self)
        self.close_button.clicked.connect(self.closed)
        self.button.clicked.connect(self.submitted)
        self._lay_out()

    def read(self) -> dict[str, Any]:
        """The values of the fields that are switched on. Raises BadField naming the field."""
        tr = self._session.translator
        return {name: value.read(tr) for name, value in self.values.items() if value.is_on}

    def begin(self) -> None:
        """Focus the first field."""
        self.values[SEVERAL[0]].box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Switch every field off."""
        for value in self.values.values():
            value.clear()
        self.present(0, None)

    def offer_suppliers(self, names: Sequence[str]) -> None:
        """Offer the known suppliers."""
        editor = self.values["supplier"].editor
        assert isinstance(editor, QComboBox)
        offer(editor, names)

    def present(self, count: int, preview: SeveralPreview | None) -> None:
        """Show for so many marked products what would change; None while it is not known."""
        self._count, self._shown = count, preview
        self._word(self._session.translator)

    def complain(self, field: str, words: Words) -> bool:
        """Show an error beneath its field; False if it is of no field here."""
        if field not in self.values:
            return False
        self.values[field].complain(words)
        return True

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; typed values stay."""
        self.close_button.present(tr("Close"))
        for value in self.values.values():
            value.retranslate(tr)
        self._word(tr)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter moves to the next value, from the last one to the button."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in ENTERS:
            return False
        values = list(self.values.values())
        position = next((n for n, one in enumerate(values) if watched in (one.box, one.editor)), None)
        if position is None:
            return False
        if watched is values[position].box:
            values[position].focus()
        elif position + 1 < len(values):
            values[position + 1].box.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.button.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    # ── words and layout ─────────────────────────────────────────────────────────────────────────────────────

    def _word(self, tr: Translator) -> None:
        shown, number = self._shown, self._number
        count = tr.plural("{n} product", "{n} products", self._count, n=number(self._count))
        self.title.setText(tr("Change several: {products}", products=count))
        previews = {one.name: one for one in shown.fields} if shown is not None else {}
        for name, value in self.values.items():
            value.explain(previews.get(name), tr)
        n = 0 if shown is None else shown.products
        changing = tr.plural("Change {n} product", "Change {n} products", n, n=number(n))
        self.button.present(changing if n else tr("Change several"))
        self.button.setEnabled(n > 0)
        summary = self._summary(tr)
        self.summary.setText(summary)
        self.summary.setVisible(bool(summary))
        warning = "" if shown is None else paragraph(tr, self._warnings(shown, tr))
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))

    def _summary(self, tr: Translator) -> str:
        if not any(value.is_on for value in self.values.values()):
            return tr("Tick what is to change. Every other field stays as it is.")
        return tr("No product changes.") if self._shown is not None and not self._shown.products else ""

    def _warnings(self, shown: SeveralPreview, tr: Translator) -> Iterator[str]:
        for one in shown.fields:
            if one.name == "vat" and one.after:
                yield vat_doubt(Decimal(one.after), self._session.today, tr)
        if n := shown.lacking_count:
            lacking = [(product, missing_text(missing, tr)) for product, missing in shown.lacking]
            yield tr.plural(
                "{n} product comes to Missing data: {named}.",
                "{n} products come to Missing data: {named}.",
                n,
                n=self._number(n),
                named=self._named(lacking, n, tr),
            )
        if n := shown.left_count:
            reasons = {
                PRICED: tr("has a price"),
                IN_STOCK: tr("has stock"),
                BELOW_NET: tr("gross weight below net weight"),
            }
            yield tr.plural(
                "{n} product stays as it is: {named}.",
                "{n} products stay as they are: {named}.",
                n,
                n=self._number(n),
                named=self._named([(one.product, reasons[one.reason]) for one in shown.left], n, tr),
            )
        if n := shown.gone:
            yield tr.plural(
                "{n} product is no longer in the catalogue.",
                "{n} products are no longer in the catalogue.",
                n,
                n=self._number(n),
            )

    def _named(self, products: Sequence[tuple[Product, str]], n: int, tr: Translator) -> str:
        """The first of `n` products, each with the reason beside its name."""
        named = (noted(tr, product.name_in(tr.language), reason) for product, reason in products[:_NAMED])
        more = n - _NAMED
        others = tr.plural("{n} more", "{n} more", more, n=self._number(more)) if more > 0 else ""
        return parted(tr, (*named, others))

    def _number(self, n: int) -> str:
        return number_text(n, self._session.language)

    def _lay_out(self) -> None:
        fields = QWidget()
        names = list(SEVERAL)
        pairs = [names[at : at + 2] for at in range(0, len(names), 2)]
        rows = [Cells(*(self.values[name] for name in pair), least=_FIELD) for pair in pairs]
        vbox(*rows, Stretch(), spacing=Space.S, margins=(Space.M, Space.S, Space.M, Space.S), parent=fields)
        head = hbox(
            Stretched(self.title),
            Aligned(self.close_button, Qt.AlignmentFlag.AlignTop),
            spacing=Space.M,
            margins=(Space.M, Space.M, Space.M, Space.S),
        )
        foot = vbox(
            self.summary, self.warning, self.button, spacing=Space.S, margins=(Space.M, Space.S, Space.M, Space.M)
        )
        vbox(head, Stretched(ScrolledFields(fields)), Line(), foot, spacing=0, margins=(1, 1, 1, 1), parent=self)
