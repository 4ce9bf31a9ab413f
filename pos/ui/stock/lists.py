"""The three lists of the stock page: what moved, what expires, and the accounts of lots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from pos.application.listing import Listing
from pos.application.movement_ports import MovementRow, Wanted
from pos.application.names import STOCK_PLACES, STOCK_REASONS
from pos.application.read_stock import ExpiringLot, ProductStock
from pos.application.tables.stock import expiring, lots, movements
from pos.application.words import N_, Words
from pos.domain.staff import Person
from pos.domain.stock import LotBalance
from pos.ui.session import Session
from pos.ui.stock.choices import Narrowing
from pos.ui.stock.line_table import LineRow
from pos.ui.stock.list_page import ListPage
from pos.ui.stock.pager import PAGE
from pos.ui.stock.stock_words import expiring_row, lot_row, movement_row, places_text
from pos.ui.theme import Space
from pos.ui.widgets.columns import Column
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel

ON_HAND = "on_hand"

_MOVES = (Column(share=1), Column(96, right=True), Column(150), Column(112), Column(112), Column(152))
_EXPIRY = (Column(share=1), Column(150), Column(120), Column(130), Column(190, right=True))
_LOTS = (
    Column(share=1), Column(104), Column(120),
    Column(64, right=True), Column(64, right=True), Column(72, right=True), Column(72, right=True),
    Column(64, right=True), Column(72, right=True),
)  # fmt: skip


class WhereItLies(Surface):
    """What lies where of one product."""

    def __init__(self) -> None:
        super().__init__(Ground.CARD)
        self.setFixedWidth(264)
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._text = TextLabel(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addStretch(1)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def present(self, found: ProductStock | None, words: Words) -> None:
        """Show it; nothing for no product."""
        self.setVisible(found is not None)
        if found is not None:
            self._title.setText(found.product.name_in(words.language))
            self._text.setText(places_text(found, words))


class MovesPage(ListPage):
    """Movements, the newest first; of a product with what lies where of it, of a lot, or of a paper."""

    def __init__(self, session: Session) -> None:
        self.where = WhereItLies()
        self.found: ProductStock | None = None
        self.lot: LotBalance | None = None
        self.document = ""
        self.reasons = Narrowing(N_("All reasons"), STOCK_REASONS)
        self.places = Narrowing(N_("All places"), STOCK_PLACES)
        hints = [("stock_reason", self.reasons.step), ("stock_place", self.places.step)]
        boxes = (self.reasons, self.places)
        super().__init__(session, _MOVES, lambda row: row.id, hints, self.where, boxes)
        for box in boxes:
            box.narrowed.connect(self.read)

    def read(self) -> None:
        """Ask anew for what is on show."""
        self.show_all(self.found, self.lot, self.document)

    def show_all(self, found: ProductStock | None = None, lot: LotBalance | None = None, document: str = "") -> None:
        """Ask for the movements of a product, a lot or a paper; of everything without."""
        self.found, self.lot, self.document = found, lot, document
        wanted, read = self.wanted, self.session.shop.read_stock

        def ask(person: Person, after: Any) -> Sequence[MovementRow]:
            return read.movements(person, wanted, PAGE, after)

        self.pager.begin(ask)

    @property
    def wanted(self) -> Wanted:
        """What is on show."""
        product = None if self.found is None else self.found.product.id
        lot = None if self.lot is None else self.lot.lot.id
        return Wanted(product, lot, self.reasons.key, self.document, self.places.key)

    def listing(self) -> Listing:
        """What is on show, as a table."""
        language = self.session.language
        of = "" if self.found is None else self.found.product.name_in(language)
        if self.lot is not None:
            of = f"{self.lot.name_in(language)} · {self.lot.lot.code}"
        return movements(self.session.shop.read_stock, self.wanted, of)

    def placeholder(self, words: Words) -> str:
        """Override ListPage.placeholder."""
        return words("Scan a product, or type a document number (C-000001)")

    def widen(self) -> None:
        """Ask for all movements there are."""
        self.reasons.widen()
        self.places.widen()
        self.show_all()

    def name_columns(self, words: Words) -> None:
        """Override ListPage.name_columns."""
        self.reasons.retranslate(words, words("Reason"))
        self.places.retranslate(words, words("Where"))
        self.header.name(
            words("Product"), words("Pieces"), words("Reason"), words("Where"), words("Linked document"), words("When")
        )
        self.table.setAccessibleName(words("Movements"))

    def row_of(self, one: MovementRow, words: Words) -> LineRow:
        """Override ListPage.row_of."""
        return movement_row(one, self.session.settings, self.session.names, words)

    def say_empty(self, words: Words) -> None:
        """Override ListPage.say_empty."""
        self.where.present(self.found, words)
        self.empty.present("arrow-right-left", words("No movements"), words("Press Esc to show all movements."))

    def said(self, words: Words) -> str:
        """Override ListPage.said."""
        if self.document:
            return words("Document {document}", document=self.document)
        if self.lot is not None:
            entry = self.lot.lot.entry or words("no document")
            return f"{self.lot.name_in(words.language)} · {self.lot.lot.code} · {entry}"
        return ""


class ExpiryPage(ListPage):
    """Lots that end soon; each is set aside or written off by one key."""

    def __init__(self, session: Session, hints: Sequence[tuple[str, Callable[[], None]]]) -> None:
        super().__init__(session, _EXPIRY, lambda one: (one.balance.lot.expiry, one.balance.lot.id), hints)
        self.box.hide()

    def read(self) -> None:
        """Ask anew."""
        read = self.session.shop.read_stock

        def ask(person: Person, after: Any) -> Sequence[ExpiringLot]:
            return read.expiring(person, None, PAGE, after)

        self.pager.begin(ask)

    def listing(self) -> Listing:
        """What is on show, as a table."""
        return expiring(self.session.shop.read_stock)

    def placeholder(self, _words: Words) -> str:
        """Override ListPage.placeholder."""
        return ""

    def name_columns(self, words: Words) -> None:
        """Override ListPage.name_columns."""
        self.header.name(words("Product"), words("Lot"), words("Last day"), words("State"), words("On hand"))
        self.table.setAccessibleName(words("Expiry"))

    def row_of(self, one: ExpiringLot, words: Words) -> LineRow:
        """Override ListPage.row_of."""
        return expiring_row(one, words)

    def say_empty(self, words: Words) -> None:
        """Override ListPage.say_empty."""
        days = self.session.settings.expiry_warning_days
        hint = words("No lots on hand expire within {n} days.", n=str(days))
        self.empty.present("hourglass", words("No expiring lots"), hint)


class LotsPage(ListPage):
    """The accounts of lots; Enter shows the movements of one."""

    def __init__(self, session: Session, hints: Sequence[tuple[str, Callable[[], None]]]) -> None:
        self.found: ProductStock | None = None
        self.entry = ""
        self.kept = Narrowing(N_("All lots"), {ON_HAND: N_("In stock only")})
        more = [("stock_on_hand", self.kept.step), *hints]
        super().__init__(session, _LOTS, lambda one: one.lot.id, more, narrowing=[self.kept])
        self.kept.narrowed.connect(self.read)

    @property
    def on_hand(self) -> bool:
        """Whether only lots that are on hand are on show."""
        return self.kept.key == ON_HAND

    def read(self) -> None:
        """Ask anew for what is on show."""
        self.show_all(self.found, self.entry)

    def show_all(self, found: ProductStock | None = None, entry: str = "") -> None:
        """Ask for the lots of a product or of a document of entry; for all without."""
        self.found, self.entry = found, entry
        product = None if found is None else found.product.id
        read, on_hand = self.session.shop.read_stock, self.on_hand

        def ask(person: Person, after: Any) -> Sequence[LotBalance]:
            return read.lots(person, product, entry, on_hand=on_hand, limit=PAGE, after=after or 0)

        self.pager.begin(ask)

    def listing(self) -> Listing:
        """What is on show, as a table."""
        product = None if self.found is None else self.found.product
        of = "" if product is None else product.name_in(self.session.language)
        read, number = self.session.shop.read_stock, None if product is None else product.id
        return lots(read, number, self.entry, on_hand=self.on_hand, of=of)

    def widen(self) -> None:
        """Ask for all lots there are."""
        self.kept.widen()
        self.show_all()

    def placeholder(self, words: Words) -> str:
        """Override ListPage.placeholder."""
        return words("Scan a product, or type an import document")

    def name_columns(self, words: Words) -> None:
        """Override ListPage.name_columns."""
        self.kept.retranslate(words, words("Lots shown"))
        self.header.name(
            words("Product"),
            words("Lot"),
            words("Import document"),
            words("Received"),
            words("Sold"),
            words("Returned"),
            words("Destroyed"),
            words("Counts ±"),
            words("On hand"),
        )
        self.table.setAccessibleName(words("Lots"))

    def row_of(self, one: LotBalance, words: Words) -> LineRow:
        """Override ListPage.row_of."""
        return lot_row(one, words)

    def say_empty(self, words: Words) -> None:
        """Override ListPage.say_empty."""
        self.empty.present("layers", words("No lots"), words("Lots are created at receiving. Press Esc to show all."))

    def said(self, words: Words) -> str:
        """Override ListPage.said."""
        if self.found is not None:
            return self.found.product.name_in(words.language)
        return words("Import document {entry}", entry=self.entry) if self.entry else ""
