"""A till with all its pages, and how each place of its window is read.

A reader gives the figure as it stands there, in any language of the till, or None where the place does not say the
fact now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

from pos.application.catalogue.find_product import FoundProduct
from pos.application.ports.return_ports import ReceiptFilter
from pos.domain.catalogue.product import Product
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person
from pos.ui.catalogue.products.product_list import ListText
from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.pickup.screen import PickupScreen
from pos.ui.pickup.take_screen import TakeOrdersScreen
from pos.ui.pricing.labels.screen import CHOSEN, LabelsScreen
from pos.ui.purchasing.orders.screen import OrdersScreen
from pos.ui.receipts.screen import HistoryScreen
from pos.ui.reports.screen import ReportsScreen
from pos.ui.sales.customer.view_models import DisplayedBasket, DisplayView, Paying
from pos.ui.sales.parked.screen import ParkedScreen
from pos.ui.sales.search.found_row import FoundModel
from pos.ui.sales.search.screen import SearchScreen
from pos.ui.stock.screen import StockScreen
from pos.ui.visitors.screen import VisitorsScreen
from pos.ui.widgets.cards.quota_gauge import GaugeState, GaugeView, QuotaGauge
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.line_table import Cell
from tests.ui.at_the_counter import Hand

P = TypeVar("P")
_FLOOR = ("Shop floor", "卖场", "Торговый зал", "Сауда залы")
_A_LOOK = 100
"""Milliseconds."""
_HARM = (GaugeState.WITHIN, GaugeState.NEARLY, GaugeState.SPENT, GaugeState.OPEN, GaugeState.UNKNOWN, GaugeState.OVER)
_WORST = (Tone.WITHIN, Tone.NEARLY, Tone.OVER)


def digits(text: str) -> str:
    """A figure without its unit and its marks, which each language writes in its own way."""
    found = re.sub(r"\D", "", text)
    return f"{'-' if re.search('[-−]', text) else ''}{int(found)}" if found else ""


class Till(Hand):
    """Someone who looks at all places; prices and stock are those of the goods with `code`."""

    code = ""
    document = ""
    """The document that was scanned last."""
    repriced = ""
    """The key of a basket in whose time prices changed: its rows keep those of before."""

    def at(self, screen_id: str, kind: type[P]) -> P:
        """A page, shown or not."""
        page = self.till.window.screen_at(screen_id)
        assert isinstance(page, kind)
        return page

    def goes_to(self, page: str) -> bool:
        """Show a page, `page: part` for a part of it; False where the person may not open it."""
        screen_id = page.partition(":")[0]
        if self.screen_id != screen_id:
            self.till.window.show_screen(screen_id)
        self.wait(_A_LOOK)  # the customer's display follows a moment later, and the form the row that is chosen
        return self.screen_id == screen_id

    @property
    def manager(self) -> Person:
        """Who may do and see everything."""
        return next(person for person in self.shop.sign_in.people() if person.name == "manager")

    @property
    def product(self) -> Product:
        """The goods as the store has them."""
        return self.shop.find.show(self.code).product

    @property
    def search(self) -> SearchScreen:
        """The price check."""
        return self.at("search", SearchScreen)

    @property
    def products(self) -> ProductsScreen:
        """The catalogue."""
        return self.at("products", ProductsScreen)

    @property
    def display(self) -> DisplayView | None:
        """What the customer sees."""
        shown = self.till.looking_on.display
        return None if shown is None or shown.window is None else shown.window.view


# ── price and stock ──────────────────────────────────────────────────────────────────────────────────────────────


def scan_for_price(till: Till) -> None:
    """Only where the goods are not on show: where they are, the page has to follow by itself."""
    if _found(till.search.rows, till) is None:
        till.search.scanned(till.code)
        till.wait()


def checked_price(till: Till) -> str | None:
    """What the price check says."""
    return _price(till.search.rows, till)


def checked_stock(till: Till) -> str | None:
    """How many lie on the floor, by the price check."""
    return _stock(till.search.rows, till)


def type_the_code(till: Till) -> None:
    """Into the field of the checkout, as far as it takes to see what is found."""
    scan = till.checkout.page.scan
    if scan.popup.isHidden():
        scan.box.set_text(till.code)
        scan.box.typed.emit(till.code)
        till.wait(500)


def searched_price(till: Till) -> str | None:
    """The price in what the field of the checkout finds."""
    return _price(till.checkout.page.scan.popup.rows, till)


def searched_for_a_new_basket(till: Till) -> str | None:
    """The same, where the basket has known no other price."""
    return None if till.view.key == till.repriced else searched_price(till)


def searched_stock(till: Till) -> str | None:
    """The stock in what the field of the checkout finds."""
    return _stock(till.checkout.page.scan.popup.rows, till)


def _found(rows: FoundModel, till: Till) -> int | None:
    return next((index for index in range(rows.rowCount()) if rows.text(index).code.startswith(till.code)), None)


def _price(rows: FoundModel, till: Till) -> str | None:
    index = _found(rows, till)
    return None if index is None else digits(rows.text(index).price)


def _stock(rows: FoundModel, till: Till) -> str | None:
    index = _found(rows, till)
    return None if index is None else digits(rows.text(index).stock) or "0"


def row_of_a_new_basket(till: Till) -> str | None:
    """One piece without a discount by hand, in a basket that has known no other price."""
    view, rows = till.view, till.checkout.page.rows.rows
    mine = [row for row in view.lines if row.line.product.code == till.code]
    if len(mine) != 1 or mine[0].line.quantity != 1 or mine[0].line.discount is not None:
        return None
    if view.basket is not None or view.key == till.repriced:
        return None
    return next(digits(rows.row(at).total) for at in range(rows.rowCount()) if rows.row(at).id == mine[0].id)


def price_in_the_store(till: Till) -> str | None:
    """With the promotion that takes something off one piece now."""
    return _promoted_price(till.shop.find.show(till.code))


def price_in_the_sale(till: Till) -> str | None:
    """With the promotion that the open basket takes, which is the one of its beginning."""
    return _promoted_price(till.shop.find.show(till.code, till.view.offers))


def _promoted_price(found: FoundProduct) -> str | None:
    price = found.product.price
    return None if price is None else str((price if found.promoted is None else price - found.promoted.amount).minor)


def open_product(till: Till) -> None:
    """Only where another product is in the form."""
    shown = till.products.form.shown
    if shown is None or shown.card.code != till.code:
        till.products.scanned(till.code)
        till.wait()


def in_the_list_of_products(figure: Callable[[ListText], str]) -> Callable[[Till], str | None]:
    """A figure of the row beside the form, where that row is loaded."""

    def read(till: Till) -> str | None:
        rows = till.products.side.rows
        index = rows.index_of(till.product.id)
        return None if index < 0 else digits(figure(rows.text(index)))

    return read


def on_the_sheet(figure: Callable[[Sequence[Cell]], str]) -> Callable[[Till], str]:
    """A figure of the first row of the sheet of the stream."""
    return lambda till: digits(figure(till.at("take_orders", TakeOrdersScreen).sheet.rows.rows[0].cells))


def type_the_number(till: Till) -> None:
    """The number of the first goods, into the field for a claim."""
    page = till.at("take_orders", TakeOrdersScreen)
    page.goods.setText("1")
    page.goods.textEdited.emit("1")
    till.wait()


def beside_the_claim(part: int) -> Callable[[Till], str]:
    """A part of what is said of the goods whose number is typed: name, price, free pieces."""

    def read(till: Till) -> str:
        page = till.at("take_orders", TakeOrdersScreen)
        said = page.hint.text().split(" · ")[part]
        page.emptied()
        return digits(said)

    return read


def on_the_tab(which: str) -> Callable[[Till], str]:
    """How many orders a tab of the board counts."""

    def read(till: Till) -> str:
        tabs = till.at("pickup", PickupScreen).tabs
        return next(str(one.segment.badge.count) for one in tabs._buttons if one.segment.key == which)

    return read


def in_the_section_of_stock(*, on_floor: bool) -> Callable[[Till], str]:
    """The sum of the last of four columns, the first of which is the place."""

    def read(till: Till) -> str:
        texts = till.products.form.stock.texts()
        rows = [texts[start : start + 4] for start in range(4, len(texts), 4)]
        return str(sum(int(digits(row[3])) for row in rows if row[0].startswith(_FLOOR) or not on_floor))

    return read


def look_at_moves(till: Till) -> None:
    """Scan the goods once; then the page has to follow by itself."""
    page = till.at("stock", StockScreen)
    if page.moves.product_stock is None:
        page.show_list("moves")
        page.scanned(till.code)
        till.wait()


def _letters(text: str) -> str:
    return re.sub(r"[\W\d]", "", text)


def beside_the_movements(*, on_floor: bool) -> Callable[[Till], str]:
    """The sum of the lines `place: pieces` of the card."""

    def read(till: Till) -> str:
        held = _letters(till.till.session.translator("{n} held for customers", n=""))
        lines = till.at("stock", StockScreen).moves.where.text.splitlines()
        lines = [line for line in lines if _letters(line) != held]  # it is of the floor, and no place of its own
        places = [re.fullmatch(r"(.+?)[:：]\s*([\d\s,]+)", line) for line in lines]
        return str(sum(int(digits(one[2])) for one in places if one and (one[1].startswith(_FLOOR) or not on_floor)))

    return read


def among_slow_sellers(till: Till) -> str | None:
    """The stock of the goods in the report, where they have not been sold on its days."""
    page, name = till.at("reports", ReportsScreen), till.product.name_in(till.till.session.language)
    rows = page.day.glance.slow.rows.slices
    return next((digits(row.cells[1]) for row in rows if row.name == name), None)


def order_by_hand(till: Till) -> None:
    """The goods stand on the list of an order; then the list has to follow by itself."""
    page = till.at("orders", OrdersScreen)
    if not page.waiting():
        page.scanned(till.code)
        till.wait()


def on_the_order(till: Till) -> str | None:
    """The pieces that can be sold, beside what is to be ordered."""
    rows = till.at("orders", OrdersScreen).rows
    details = [
        rows.text(index).detail for index in range(rows.rowCount()) if rows.text(index).code.startswith(till.code)
    ]
    return next((digits(detail.partition(" · ")[0]) for detail in details if detail), None)


def choose_label(till: Till) -> None:
    """A label for the goods is chosen once."""
    page = till.at("labels", LabelsScreen)
    if not page._chosen:
        page.scanned(till.code)
        till.wait()


def on_the_label(which: str) -> Callable[[Till], str | None]:
    """The price in one of the lists of labels; the page stays at the chosen ones."""

    def read(till: Till) -> str | None:
        page = till.at("labels", LabelsScreen)
        if page._which != which:
            page.choose(which)
            till.wait()
        rows = [page.rows.text(index) for index in range(page.rows.rowCount())]
        said = next((digits(row.price) for row in rows if row.code.startswith(till.code)), None)
        if which != CHOSEN:
            page.choose(CHOSEN)
            till.wait()
        return said

    return read


# ── the sale ─────────────────────────────────────────────────────────────────────────────────────────────────────


def in_the_bar(till: Till) -> str:
    """The total under the basket."""
    return digits(till.checkout.total._total.text())


def sum_of_the_rows(till: Till) -> str:
    """What the rows come to, less the discount on the basket."""
    rows = till.checkout.page.rows.rows
    off = int(digits(till.checkout.page.foot.texts[2]) or 0)
    return str(sum(int(digits(rows.row(index).total)) for index in range(rows.rowCount())) + off)


def on_display(read: Callable[[DisplayedBasket], str | None]) -> Callable[[Till], str | None]:
    """What the customer sees of the basket."""
    return lambda till: read(till.display) if isinstance(till.display, DisplayedBasket) else None


def to_pay_on_display(till: Till) -> str | None:
    """What the customer is to pay."""
    return digits(till.display.due.amount) if isinstance(till.display, Paying) else None


def total_of_the_newest(till: Till) -> str | None:
    """The receipt as the store has it."""
    newest = newest_in_the_store(till)
    recorded = None if newest is None else till.shop.show_sale.recorded(newest, till.manager)
    return str(recorded.total.minor) if isinstance(recorded, Sale) else None


def newest_in_the_store(till: Till) -> str | None:
    """The number of the newest receipt."""
    receipts = till.shop.find_receipts.history("", ReceiptFilter(kind=""), till.manager).receipts
    return receipts[0].receipt if receipts else None


def newest_in_history(till: Till) -> str | None:
    """The number in the first row."""
    rows = till.at("history", HistoryScreen).finder.rows
    return rows.text(0).receipt if rows.rowCount() else None


def sold_today(till: Till) -> str | None:
    """How many receipts the report of today counts; in the morning it shows the last day."""
    report = till.at("reports", ReportsScreen).report
    return None if report is None or report.first != till.till.session.today else str(report.sales.count)


def parked_rows(till: Till) -> str:
    """How many baskets wait."""
    model = till.at("parked", ParkedScreen).baskets.model()
    assert model is not None
    return str(model.rowCount())


# ── the allowance ────────────────────────────────────────────────────────────────────────────────────────────────


def tightest(gauges: Iterable[GaugeView]) -> str:
    """The limit of which least is left. A figure that is still open is not shown everywhere."""

    def tightness(view: GaugeView) -> tuple[int, Fraction]:
        return _HARM.index(view.state), Fraction(view.earlier + view.now, view.limit) if view.limit else Fraction(0)

    known = [view for view in gauges if view.limit]
    if not known:
        return "none"
    view = max(known, key=tightness)
    figure = "" if view.state is GaugeState.OPEN else digits(view.figure)
    return f"{view.state.value}: {view.earlier} and {view.now} of {view.limit}, {figure}"


def left_on_the_panel(till: Till) -> str | None:
    """Of one visitor the tightest limit; of a party that of each letter."""
    view, panel = till.view, till.checkout.panel
    if not view.quota:
        return None
    if len(view.visitors) == 1:
        return tightest(_views(panel.gauges()))
    cards = [card.view for card in panel.party.cards() if card.view is not None]
    return str({card.label: tightest(card.gauges[:1]) for card in cards})


def left_on_display(basket: DisplayedBasket) -> str | None:
    """The same as the customer sees it."""
    if not basket.holders:
        return None
    if not basket.holders[0].letter:
        bars = basket.holders[0].bars
        is_only_trouble = bool(bars) and not any(view.limit for view in bars)  # prohibitions leave no room for limits
        return None if is_only_trouble else tightest(bars)
    return str({holder.letter: tightest(holder.bars) for holder in basket.holders})


def left_without_goods(till: Till) -> str | None:
    """What is left before the first goods, where the visitor has stated no purchases elsewhere."""
    view = till.view
    is_bare = len(view.visitors) == 1 and not view.lines and not view.visitors[0].visitor.declared
    return left_on_the_panel(till) if is_bare else None


def show_the_document(till: Till) -> None:
    """The page forgets a visitor when it is left."""
    if till.document:
        till.at("visitors", VisitorsScreen).document_scanned(till.document)
        till.wait()


def left_at_visitors(till: Till) -> str | None:
    """What the page of visitors says of the limits that the checkout shows, if it is the same visitor."""
    page, view = till.at("visitors", VisitorsScreen), till.view
    account = page.controller.account
    if left_without_goods(till) is None or account is None or view.regime is None:
        return None
    if account.visitor.key != view.visitors[0].visitor.key:
        return None
    page.person.choose(view.regime.id)
    titles = {gauge.title for gauge in _views(till.checkout.panel.gauges())}
    return tightest(gauge for gauge in _views(page.person.gauges()) if gauge.title in titles)


def _views(gauges: Sequence[QuotaGauge]) -> list[GaugeView]:
    return [gauge._view for gauge in gauges if gauge._view is not None]


def verdict_of_the_card(till: Till) -> str | None:
    """By its colour."""
    card = till.checkout.panel.verdict._view
    return None if card is None or not till.view.quota else card.tone.value


def parcel_on_the_card(till: Till) -> str:
    """The weight, in grams."""
    card = till.checkout.panel.parcel
    return digits(card.words[1].rpartition(" · ")[2]) if card.isVisible() else "carried"


def parcel_on_display(basket: DisplayedBasket) -> str:
    """The weight, where a row says that the goods are sent."""
    sent = [row.total for row in basket.rows if "Kazpost" in row.name]
    return digits(sent[0]) if sent else "carried"


def verdict_on_display(basket: DisplayedBasket) -> str | None:
    """The worst of the visitors, by its colour."""
    tones = [holder.tone for holder in basket.holders]
    return max(tones, key=_WORST.index).value if tones else None


def verdict_of_the_notice(till: Till) -> str | None:
    """A sentence about the allowance is of the basket on show."""
    notice = till.checkout.page.news.notice
    if notice is None or not till.view.quota:
        return None
    if "within the allowance" in notice.text:
        return Tone.WITHIN.value
    return Tone.OVER.value if "over the allowance" in notice.text else None


def verdict_of_the_tour(till: Till) -> str | None:
    """One of its sentences says that the basket is over the allowance."""
    tour = till.till.looking_on.tour
    return Tone.OVER.value if tour is not None and tour.is_on and tour.step == "advice" else None


def whom_it_would_fit(till: Till) -> str | None:
    """The letters before the sentences of the price check."""
    fit = till.search.fit
    return None if fit.isHidden() or not till.view.quota else str([said[0] for said in fit.sentences])
