"""The three lists of the stock page: movements, expiring lots, and lot balances."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pos.application.ports.stock_ports import MovementFilter, MovementRow
from pos.application.stock.read_stock import ExpiringLot, ProductStock
from pos.application.stock.tables import expiring, lots, movements
from pos.application.tables.listing import Listing
from pos.application.text.names import STOCK_LOCATIONS, STOCK_REASONS
from pos.application.text.translator import N_, Translator
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import LotBalance
from pos.ui.look.theme import Space
from pos.ui.page.list_page import ListPage
from pos.ui.page.pager import PAGE
from pos.ui.session.rail_figures import EXPIRING_LOTS
from pos.ui.session.session import Session
from pos.ui.stock.stock_words import expiring_row, locations_text, lot_row, movement_row
from pos.ui.widgets.drawing.layouts import Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineRow

ON_HAND = "on_hand"

_MOVES = (
    RowColumn(share=1),
    RowColumn(96, right=True),
    RowColumn(150, drops=4),
    RowColumn(112, drops=3),
    RowColumn(112, drops=1),
    RowColumn(152, drops=2),
)
_EXPIRY = (RowColumn(share=1), RowColumn(140), RowColumn(112), RowColumn(156, drops=1), RowColumn(176, right=True))
_LOTS = (
    RowColumn(share=1), RowColumn(104), RowColumn(120, drops=1),
    RowColumn(64, right=True, drops=5), RowColumn(64, right=True, drops=6), RowColumn(72, right=True, drops=2),
    RowColumn(72, right=True, drops=4), RowColumn(112, right=True, drops=3), RowColumn(72, right=True),
)  # fmt: skip


_PLACES = 264
"""The width of the card with the places, in pixels."""


class WhereItLies(Surface):
    """Stock of one product by place."""

    def __init__(self) -> None:
        super().__init__(Ground.CARD)
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._text = TextLabel(wrap=True)
        vbox(self._title, self._text, Stretch(), margins=(Space.M, Space.M, Space.M, Space.M), parent=self)

    @property
    def text(self) -> str:
        """The text on show."""
        return self._text.text()

    def present(self, product_stock: ProductStock | None, tr: Translator) -> None:
        """Show a product; nothing for None."""
        self.setVisible(product_stock is not None)
        if product_stock is not None:
            self._title.setText(product_stock.product.name_in(tr.language))
            self._text.setText(locations_text(product_stock, tr))


class MovesPage(ListPage):
    """Movements, newest first; for a product with its stock by place, for a lot, or for a document."""

    beside_width = _PLACES

    newest_first = True

    def __init__(self, session: Session) -> None:
        self.where = WhereItLies()
        self.product_stock: ProductStock | None = None
        self.lot: LotBalance | None = None
        self.document = ""
        self.reasons = Narrowing(N_("All reasons"), STOCK_REASONS)
        self.locations = Narrowing(N_("All places"), STOCK_LOCATIONS)
        hints = [("stock_reason", self.reasons.step), ("stock_place", self.locations.step)]
        boxes = (self.reasons, self.locations)
        super().__init__(session, _MOVES, lambda row: row.id, hints, self.where, boxes)
        for box in boxes:
            box.narrowed.connect(self.read)

    def read(self) -> None:
        """Read the list on show again, and where the product lies by now."""
        self.show_all(self.product_stock, self.lot, self.document)
        before, read = self.product_stock, self.session.shop.read_stock
        if before is None:
            return

        def renew(now: ProductStock) -> None:
            if self.product_stock is before:
                self.product_stock = now
                self.where.present(now, self.session.translator)

        self.session.run_as(lambda person: read.of(person, before.product.id), renew)

    def show_all(
        self, product_stock: ProductStock | None = None, lot: LotBalance | None = None, document: str = ""
    ) -> None:
        """Read the movements of a product, a lot or a document; of everything by default."""
        self.product_stock, self.lot, self.document = product_stock, lot, document
        filters, read = self.filters, self.session.shop.read_stock

        def ask(person: Person, after: Any) -> Sequence[MovementRow]:
            return read.movements(person, filters, PAGE, after)

        self.pager.begin(ask, filters)

    @property
    def filters(self) -> MovementFilter:
        """The current filter."""
        product = None if self.product_stock is None else self.product_stock.product.id
        lot = None if self.lot is None else self.lot.lot.id
        return MovementFilter(product, lot, self.reasons.key, self.document, self.locations.key)

    def listing(self) -> Listing:
        """The list as a table."""
        language = self.session.language
        of = "" if self.product_stock is None else self.product_stock.product.name_in(language)
        if self.lot is not None:
            of = f"{self.lot.name_in(language)} · {self.lot.lot.code}"
        return movements(self.session.shop.read_stock, self.filters, of)

    def placeholder(self, tr: Translator) -> str:
        return tr("Scan a product, or type a document number (C-000001)")

    def widen(self) -> None:
        """Reset the filter."""
        self.reasons.widen()
        self.locations.widen()
        self.show_all()

    def name_columns(self, tr: Translator) -> None:
        self.reasons.retranslate(tr, tr("Reason"))
        self.locations.retranslate(tr, tr("Where"))
        self.header.name(tr("Product"), tr("Pieces"), tr("Reason"), tr("Where"), tr("Linked document"), tr("When"))
        self.table.setAccessibleName(tr("Movements"))

    def row_of(self, one: MovementRow, tr: Translator) -> LineRow:
        return movement_row(one, self.session.settings, self.session.names, tr)

    def say_empty(self, tr: Translator) -> None:
        self.where.present(self.product_stock, tr)
        self.empty.present("arrow-right-left", tr("No movements"), tr("Press Esc to show all movements."))

    def said(self, tr: Translator) -> str:
        if self.document:
            return tr("Document {document}", document=self.document)
        if self.lot is not None:
            entry = self.lot.lot.entry or tr("no document")
            return f"{self.lot.name_in(tr.language)} · {self.lot.lot.code} · {entry}"
        return ""


class ExpiryPage(ListPage):
    """Expiring lots; one key sets a lot aside, another writes it off."""

    def __init__(self, session: Session, hints: Sequence[tuple[str, Callable[[], None]]]) -> None:
        super().__init__(session, _EXPIRY, lambda one: (one.balance.lot.expiry, one.balance.lot.id), hints)
        self.box.hide()
        self.pager.answered.connect(lambda: session.figures.take(EXPIRING_LOTS, len(self.pager.rows)))

    def read(self) -> None:
        """Read the list again."""
        read = self.session.shop.read_stock

        def ask(person: Person, after: Any) -> Sequence[ExpiringLot]:
            return read.expiring(person, None, PAGE, after)

        self.pager.begin(ask)

    def listing(self) -> Listing:
        """The list as a table."""
        return expiring(self.session.shop.read_stock)

    def placeholder(self, _tr: Translator) -> str:
        return ""

    def name_columns(self, tr: Translator) -> None:
        self.header.name(tr("Product"), tr("Lot"), tr("Last day"), tr("State"), tr("On hand"))
        self.table.setAccessibleName(tr("Expiry"))

    def row_of(self, one: ExpiringLot, tr: Translator) -> LineRow:
        return expiring_row(one, tr)

    def say_empty(self, tr: Translator) -> None:
        days = self.session.settings.expiry_warning_days
        hint = tr.plural("No lots on hand expire within {n} day.", "No lots on hand expire within {n} days.", days)
        self.empty.present("hourglass", tr("No expiring lots"), hint)


class LotsPage(ListPage):
    """Balances of lots; Enter shows the movements of one."""

    def __init__(self, session: Session, hints: Sequence[tuple[str, Callable[[], None]]]) -> None:
        self.product_stock: ProductStock | None = None
        self.entry = ""
        self.kept = Narrowing(N_("All lots"), {ON_HAND: N_("In stock only")})
        more = [("stock_on_hand", self.kept.step), *hints]
        super().__init__(session, _LOTS, lambda one: one.lot.id, more, narrowing=[self.kept])
        self.kept.narrowed.connect(self.read)

    @property
    def on_hand(self) -> bool:
        """Whether only lots on hand are listed."""
        return self.kept.key == ON_HAND

    def read(self) -> None:
        """Read the list on show again."""
        self.show_all(self.product_stock, self.entry)

    def show_all(self, product_stock: ProductStock | None = None, entry: str = "") -> None:
        """Read the lots of a product or of an import document; all by default."""
        self.product_stock, self.entry = product_stock, entry
        product = None if product_stock is None else product_stock.product.id
        read, on_hand = self.session.shop.read_stock, self.on_hand

        def ask(person: Person, after: Any) -> Sequence[LotBalance]:
            return read.lots(person, product, entry, on_hand=on_hand, limit=PAGE, after=after or 0)

        self.pager.begin(ask, (product, entry, on_hand))

    def listing(self) -> Listing:
        """The list as a table."""
        product = None if self.product_stock is None else self.product_stock.product
        of = "" if product is None else product.name_in(self.session.language)
        read, number = self.session.shop.read_stock, None if product is None else product.id
        return lots(read, number, self.entry, on_hand=self.on_hand, of=of)

    def widen(self) -> None:
        """Reset the filter."""
        self.kept.widen()
        self.show_all()

    def placeholder(self, tr: Translator) -> str:
        return tr("Scan a product, or type an import document")

    def name_columns(self, tr: Translator) -> None:
        self.kept.retranslate(tr, tr("Lots shown"))
        self.header.name(
            tr("Product"),
            tr("Lot"),
            tr("Import document"),
            tr("Received"),
            tr("Sold"),
            tr("Returned"),
            tr("Written off"),
            tr("Counts ±"),
            tr("On hand"),
        )
        self.table.setAccessibleName(tr("Lots"))

    def row_of(self, one: LotBalance, tr: Translator) -> LineRow:
        return lot_row(one, tr)

    def say_empty(self, tr: Translator) -> None:
        self.empty.present("layers", tr("No lots"), tr("Lots are created at receiving. Press Esc to show all."))

    def said(self, tr: Translator) -> str:
        if self.product_stock is not None:
            return self.product_stock.product.name_in(tr.language)
        return tr("Import document {entry}", entry=self.entry) if self.entry else ""
