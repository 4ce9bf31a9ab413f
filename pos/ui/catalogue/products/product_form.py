"""The form of one product: picture, name and price on top, its sections beneath, and what is not saved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QLineEdit, QScrollArea, QStackedWidget, QWidget

from pos.application.text.formatting import each_text, number_text
from pos.application.text.names import CATEGORIES, PRODUCT_FIELDS, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.product_card import ChangedMeanwhile, ProductCard
from pos.domain.catalogue.product_fields import FormSection
from pos.domain.errors import BadField, RuleBroken
from pos.ui.catalogue.products.codes_section import CodesSection
from pos.ui.catalogue.products.customs_section import CustomsSection, missing_words
from pos.ui.catalogue.products.papers_section import PapersSection
from pos.ui.catalogue.products.price_section import PriceSection
from pos.ui.catalogue.products.product_tile import ProductTile
from pos.ui.catalogue.products.read_only_sections import HistorySection, StockSection
from pos.ui.catalogue.products.section import FieldSection, Section
from pos.ui.catalogue.products.shown_product import ShownProduct
from pos.ui.look.icons import category_icon
from pos.ui.look.picture_reader import of_the_store
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import Aligned, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.sent_fields import content_of

_NAMES, _CODES, _PRICE, _CUSTOMS, _PAPERS, _SUPPLY, _STOCK, _HISTORY = (
    "names", "codes", "price", "customs", "papers", "supply", "stock", "history",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormContent:
    """What stands in the form: the texts of its fields, the future price, a new picture."""

    texts: tuple[str, ...]
    later: str
    picture: bytes | None


class ProductForm(Surface):
    """Emits `save_requested`, `picture_requested` and the signals of its sections. Enter moves to the next field."""

    save_requested = Signal()
    picture_requested = Signal()
    edited = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        self.shown: ShownProduct | None = None
        self.titles: dict[str, str] = {}
        self.new_picture: bytes | None = None
        self._plain: tuple[str, ...] = ()
        self._is_filling = False
        self._complaint = Complaint(Role.SMALL_STRONG)
        self.names = FieldSection(session, FormSection.NAMES)
        self.names.body.addStretch(1)
        self.codes = CodesSection(session)
        self.price = PriceSection(session)
        self.customs = CustomsSection(session)
        self.papers = PapersSection(session)
        self.supply = FieldSection(session, FormSection.SUPPLY)
        self.supply.body.addStretch(1)
        self.stock = StockSection(session)
        self.history = HistorySection(session)
        self.sections: dict[str, Section] = {
            _NAMES: self.names, _CODES: self.codes, _PRICE: self.price, _CUSTOMS: self.customs,
            _PAPERS: self.papers, _SUPPLY: self.supply, _STOCK: self.stock, _HISTORY: self.history,
        }  # fmt: skip
        self.tile = ProductTile(session.theme)
        self.title = TextLabel(role=Role.TITLE, wrap=True)
        self.subtitle = TextLabel(role=Role.LABEL, wrap=True)
        self.warning = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self.warning.set_tone(Tone.NEARLY)
        self.worth = TextLabel(role=Role.SECTION)
        key = session.actions.key_text
        self.picture = IconButton(session.theme, icon="upload", key=key("product_picture"), height=Size.SMALL_BUTTON)
        self.save = IconButton(session.theme, icon="save", key=key("save_product"), kind=ButtonKind.PRIMARY)
        self.unsaved = TextLabel(role=Role.LABEL, wrap=True)
        self.tabs = Segmented(session.theme, "", even=False)
        self.pages = QStackedWidget()
        self.picture.clicked.connect(self.picture_requested)
        self.save.clicked.connect(self.save_requested)
        self.tabs.chosen.connect(self.choose)
        for section in self.sections.values():
            section.changed.connect(self._changed)
            self.pages.addWidget(section)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = Surface(Ground.PANEL)
        vbox(self.pages, margins=0, parent=holder)
        self._area.setWidget(holder)
        self._section = _NAMES
        self._lay_out()

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def present(self, shown: ShownProduct, unsaved: ProductCard | None = None) -> None:
        """Show a product; `unsaved` is the card with unsaved changes, if any."""
        tr = self._session.translator
        self.shown, self.new_picture = shown, None
        self._fill(shown.card, tr)
        self._plain = self._typed()
        if unsaved is not None:
            self._fill(unsaved, tr)
        self._is_filling = True
        self.price.present_board(shown.board, tr)
        self._is_filling = False
        self._present_known(shown, tr)

    @property
    def content(self) -> FormContent:
        """What stands in the form now."""
        return FormContent(self._typed(), self.price.later.text(), self.new_picture)

    def follow(self, shown: ShownProduct, saved: FormContent, *, is_planned: bool) -> None:
        """Show a product that was `saved`, with what was typed since. `is_planned`: its future price was saved too."""
        tr, now = self._session.translator, self.content
        self.shown, self._plain = shown, saved.texts
        if now.picture is saved.picture:
            self.new_picture = None
        self._is_filling = True
        self.price.present_board(shown.board, tr, keeping=not is_planned or now.later != saved.later)
        self._is_filling = False
        self._present_known(shown, tr)

    def renew(self, now: ShownProduct) -> None:
        """Show what no one types, as the price in force and the stock, as it is by now; unsaved changes stay."""
        if self.shown is None or not self.is_still(now):
            return
        tr = self._session.translator
        self.shown = replace(now, card=self.shown.card)
        self._is_filling = True
        self.price.present_board(now.board, tr, keeping=True)
        self._is_filling = False
        self._present_read(now, tr)

    def _present_known(self, shown: ShownProduct, tr: Translator) -> None:
        self.clear_errors()
        self._present_read(shown, tr)

    def _present_read(self, shown: ShownProduct, tr: Translator) -> None:
        self.stock.present_stock(shown.lies, tr)
        self.history.present_changes(shown.changes, tr, has_more=shown.has_more)
        self.customs.present_lacking(shown.lacking, self.titles, tr)
        self.papers.present_product(None if shown.listed is None else shown.listed.product, tr)
        self._present_head(tr)

    def _fill(self, card: ProductCard, tr: Translator) -> None:
        self._is_filling = True
        for section in self.sections.values():
            section.present(card, tr)
        self._is_filling = False

    def read(self) -> ProductCard:
        """The typed product. Raises BadField."""
        assert self.shown is not None, "a form on show has a product"
        card = self.shown.card
        for section in self.sections.values():
            card = section.read(card, self._session.translator)
        return card

    def is_still(self, shown: ShownProduct | None) -> bool:
        """Whether the form shows the same product as it did then, perhaps read again since."""
        now = self.shown
        if now is None or shown is None or now is shown:
            return now is shown
        return now.listed is not None and shown.listed is not None and now.listed.product.id == shown.listed.product.id

    @property
    def is_new(self) -> bool:
        """Whether the product is not in the catalogue yet."""
        return self.shown is not None and self.shown.listed is None

    @property
    def is_changed(self) -> bool:
        """Whether there are unsaved changes."""
        return self.is_card_changed or (self.shown is not None and self.price.is_planning)

    @property
    def is_card_changed(self) -> bool:
        """Whether the product itself has unsaved changes, not only a future price."""
        return self.shown is not None and (self.new_picture is not None or self._typed() != self._plain)

    def changed_names(self) -> list[str]:
        """The names of the changed fields."""
        tr = self._session.translator
        if self.shown is None:
            return []
        try:
            unsaved = self.read()
        except BadField:
            return [tr("an invalid value")]
        fields = [name for name, _, _ in self.shown.card.changes_to(unsaved)]
        if unsaved.price != self.shown.card.price:
            fields.append("price")
        if self.new_picture is not None:
            fields.append("picture")
        names = [name_of(PRODUCT_FIELDS, name, tr) for name in dict.fromkeys(fields)]
        return [*names, tr("Schedule a price")] if self.price.is_planning else names

    def take_picture(self, png: bytes) -> None:
        """Set the picture to save with the product; nothing is said any more of a file that was none."""
        self.clear_errors()
        self.new_picture = png
        self.tile.present(QPixmap.fromImage(of_the_store(png)), "package")
        self._changed()

    def complain(self, error: RuleBroken) -> None:
        """Show an error at its field, in its section; elsewhere beneath the sections."""
        self.clear_errors()
        field = str(error.facts().get("field", ""))
        self._session.report_if_hidden(self, _named(error, self._session.translator))

        def words() -> str:
            return self._session.wording(_named(error, self._session.translator))

        for key, section in self.sections.items():
            row = section.row_of(field)
            if row is not None and not isinstance(error, ChangedMeanwhile):
                self.choose(key)
                row.complain(words)
                row.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._complaint.say(words)

    def clear_errors(self) -> None:
        """Clear all errors."""
        self._complaint.say(None)
        for section in self.sections.values():
            section.clear_errors()

    def complaints(self) -> list[str]:
        """The errors on show."""
        rows = (row for section in self.sections.values() for row in section.findChildren(QWidget))
        said = [str(getattr(row, "complaint", "")) for row in rows]
        return [text for text in (*said, self._complaint.text()) if text]

    # ── navigation ───────────────────────────────────────────────────────────────────────────────────────────

    def choose(self, key: str) -> None:
        """Show a section."""
        self._section = key
        self.pages.setCurrentWidget(self.sections[key])
        self._present_tabs(self._session.translator)

    @property
    def section(self) -> str:
        """The section on show."""
        return self._section

    def step(self, by: int) -> None:
        """Show the next section (1) or the previous one (-1), and focus its first field."""
        keys = list(self.sections)
        self.choose(keys[(keys.index(self._section) + by) % len(keys)])
        self.begin()

    def begin(self) -> None:
        """Focus the first field of the section on show."""
        fields = self._open_fields()
        target = fields[0] if fields else self.tabs
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(target, QLineEdit):  # the page that was turned may have given it the focus, and selected nothing
            target.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter moves to the next field, from the last one to the button."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._area.ensureWidgetVisible(watched)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in ENTERS:
            return False
        fields = self._open_fields()
        position = next((n for n, field in enumerate(fields) if field is watched), -1)
        if position < 0:
            return False
        following: QWidget = fields[position + 1] if position + 1 < len(fields) else self.save
        following.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _open_fields(self) -> list[QWidget]:
        fields = [field for field in self.sections[self._section].fields() if field.isEnabled()]
        for field in fields:
            field.removeEventFilter(self)
            field.installEventFilter(self)
        return fields

    # ── texts ────────────────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; typed values stay."""
        if self.shown is not None and not self.is_changed:  # another language writes figures with another decimal mark
            self._fill(self.shown.card, tr)
            self._plain = self._typed()
        elif self.shown is not None:
            self._rewrite(self.shown.card, tr)
        for section in self.sections.values():
            section.retranslate(tr)
        self.picture.present(tr("Picture"))
        self.save.present(tr("Save"))
        self.tabs.setAccessibleName(tr("Sections"))
        self._present_head(tr)

    def _rewrite(self, card: ProductCard, tr: Translator) -> None:
        """Write the figures that no one changed in another language, beside those that are typed."""
        before, plain = self._typed(), list(self._plain)
        self._is_filling = True
        for section in (self.price, self.customs, self.papers):
            section.rewrite(card, tr)
        self._is_filling = False
        after = self._typed()
        for back in range(1, len(after) + 1):  # from the end: codes before them may have come or gone
            if before[-back] != after[-back]:
                plain[-back] = after[-back]
        self._plain = tuple(plain)

    def _present_head(self, tr: Translator) -> None:
        self._present_tabs(tr)
        shown = self.shown
        if shown is None:
            return
        card, listed = shown.card, shown.listed
        if self.new_picture is None:  # else the one on show is still to be saved
            picture = None if shown.picture is None else QPixmap.fromImage(shown.picture)
            self.tile.present(picture, category_icon(card.category or ""))
        if listed is None:
            self.title.setText(tr("New product"))
            self.subtitle.setText(card.code if card.codes else "")
            self.worth.setText("")
            self.warning.hide()
        else:
            product = listed.product
            self.title.setText(product.name_in(tr.language))
            category = name_of(CATEGORIES, product.category, tr) if product.category else tr("no category")
            stock = tr("{n} on hand", n=number_text(listed.owned, tr.language))
            self.subtitle.setText(f"{product.code} · {category} · {stock}")
            price = product.price
            self.worth.setText("—" if price is None else each_text(price, tr.language, by_weight=product.by_weight))
            said, _ = missing_words(shown.lacking, self.titles, tr)
            self.warning.setText(said)
            self.warning.setVisible(bool(said))
        self._say_unsaved()

    def _present_tabs(self, tr: Translator) -> None:
        lacking = self.shown is not None and bool(self.shown.lacking)
        titles = {
            _NAMES: tr("Names"), _CODES: tr("Codes"), _PRICE: tr("Price"),
            _CUSTOMS: tr.context("section", "Customs"), _PAPERS: tr("Papers"),
            _SUPPLY: tr("Order"), _STOCK: tr("Stock"), _HISTORY: tr("History"),
        }  # fmt: skip
        mark = "circle-question-mark" if lacking else ""
        segments = [Segment(key, text, mark if key == _CUSTOMS else "") for key, text in titles.items()]
        self.tabs.present(segments, self._section)

    def _changed(self) -> None:
        if not self._is_filling:
            self._say_unsaved()
            self.edited.emit()

    def _say_unsaved(self) -> None:
        tr = self._session.translator
        names = self.changed_names() if self.is_changed else []
        self.unsaved.setText(tr("Not saved: {fields}", fields=tr(", ").join(names)) if names else "")
        self.save.setEnabled(self.is_changed or self.is_new)

    def _typed(self) -> tuple[str, ...]:
        """The contents of all fields."""
        texts: list[str] = []
        for section in (self.names, self.codes, self.price, self.customs, self.papers, self.supply):
            texts.append(str(len(section.fields())))
            fields = self.codes_fields() if section is self.codes else section.fields()
            texts += content_of(fields)
        return tuple(texts)

    def codes_fields(self) -> list[QWidget]:
        """The fields of every code, shown or not."""
        return [part for line in self.codes.lines for part in (line.code, line.kind, line.pieces, line.supplier)]

    def _lay_out(self) -> None:
        words = vbox(self.title, self.subtitle, self.warning, spacing=2)
        head = hbox(
            Aligned(self.tile, Qt.AlignmentFlag.AlignTop),
            Stretched(words),
            spacing=Space.M,
            margins=(Space.M, Space.M, Space.M, 0),
        )
        side = vbox(
            Aligned(self.worth, Qt.AlignmentFlag.AlignRight),
            Aligned(self.picture, Qt.AlignmentFlag.AlignRight),
            spacing=Space.XS,
        )
        head.addLayout(side)
        middle = vbox(
            self.tabs, Stretched(self._area), self._complaint, spacing=Space.M, margins=(Space.M, 12, Space.M, 12)
        )
        foot = hbox(Stretched(self.unsaved), self.save, spacing=Space.M, margins=(Space.M, 10, Space.M, 12))
        vbox(head, Stretched(middle), Line(), foot, spacing=0, margins=(1, 1, 1, 1), parent=self)


def _named(error: RuleBroken, tr: Translator) -> RuleBroken:
    """The same error with the form's name of the field."""
    if not isinstance(error, BadField):
        return error
    field = {"later": "price"}.get(error.field, error.field)
    if field.startswith("codes"):
        field = "pieces" if field.endswith("pieces") else "code"
    if field == "from":
        return replace(error, field=tr("Valid from"))
    return replace(error, field=name_of(PRODUCT_FIELDS, field, tr))
