"""Every page and report of a shop, read as its window, its commands and its files read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from pos.application.catalogue import tables as catalogue
from pos.application.ports.journal_ports import ChainWalk, JournalFilter
from pos.application.ports.pricing_ports import Among
from pos.application.ports.return_ports import RETURN, ReceiptFilter
from pos.application.ports.stock_ports import MovementFilter
from pos.application.pricing import tables as pricing
from pos.application.pricing.change_prices import RepriceRequest
from pos.application.purchasing import tables as purchasing
from pos.application.receipts.tables import history
from pos.application.reports import tables as reports
from pos.application.reports.journal_tables import journal
from pos.application.sales import tables as sales
from pos.application.shifts.tables import shift
from pos.application.shop.shop import Shop
from pos.application.staff.tables import staff
from pos.application.stock import count_tables
from pos.application.stock import tables as stock
from pos.application.tables.listing import Listing, ListReader
from pos.application.text.translator import Translator
from pos.application.visitors.tables import purchases
from pos.application.workshop import tables as workshop
from pos.domain.period import Period
from pos.domain.pricing.price_change import PriceChange
from pos.domain.reports.report_slice import ReportSlice
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import Document
from tests.shops import COGNAC

Read = Callable[[], object]
"""Reads a page; the answer can be compared with another reading of it."""

_FILES = ("receipts", "journal", "products", "movements")
_WORDS = Translator.english()
DEARER = RepriceRequest(Among(), PriceChange(percent=Decimal(7)))
"""Every price by so much."""
STATEMENT = Path(__file__).parents[1] / "exports" / "statements" / "wechat-sample.csv"


@dataclass(frozen=True)
class Pages:
    """The pages of one shop over the days of its trade; nothing but reading happens after `entered`."""

    shop: Shop
    folder: Path
    days: Period
    entered: datetime
    document: Document

    @property
    def manager(self) -> Person:
        """The person who may see all of them."""
        return next(one for one in self.shop.sign_in.people() if one.name == "manager")

    def all(self) -> Mapping[str, Read]:
        """Every page by a name for the test."""
        lists = self._lists()
        return {
            **self._figures(),
            **self._pages(),
            **{f"list of {name}": partial(self._whole, one) for name, one in lists.items()},
            **{f"file of {name}": partial(self._file, lists[name]) for name in _FILES},
            **{f"first of {name}": partial(self._begun, one) for name, one in lists.items()},
        }

    def rows_of(self, name: str) -> list[tuple[Any, ...]]:
        """The rows of the first table of a list, by its name."""
        return [tuple(row) for row in self._lists()[name]().make(self._reader())[0].rows]

    # ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _figures(self) -> dict[str, Read]:
        shop, manager, first, last = self.shop, self.manager, self.days.first, self.days.last
        files = shop.report_files
        return {
            "day": lambda: shop.report_day(manager, last),
            "days": lambda: shop.report_day(manager, first, None, last),
            "days of a till": lambda: shop.report_day(manager, first, "T2", last),
            "days of a person": lambda: shop.report_day(manager, first, None, last, "amina"),
            "month": lambda: files.report_month(manager, last),
            "X": lambda: shop.read_shift(manager),
            "X of another till": lambda: shop.read_shift(manager, "T2"),
            "Z": lambda: [shop.issue_shift.find(manager, 1, till=till) for till in ("T1", "T2")],
            "drawer": shop.read_shift.drawer,
            "day as CSV": lambda: files.day(manager, "csv", _WORDS, first, None, last),
            "day as JSON": lambda: files.day(manager, "json", _WORDS, first, None, last),
            "month as CSV": lambda: files.month(manager, "csv", _WORDS, last),
            "month as JSON": lambda: files.month(manager, "json", _WORDS, last),
            "customs of each day": lambda: [shop.export_customs.of_day(manager, day) for day in self._every_day()],
            "customs file": self._customs,
            "provider's file": lambda: shop.reconcile_provider(manager, "wechat", STATEMENT),
            "chains": self._chains,
        }

    def _every_day(self) -> list[date]:
        return [date.fromordinal(n) for n in range(self.days.first.toordinal(), self.days.last.toordinal() + 1)]

    def _customs(self) -> object:
        out = self.folder / "customs.csv"
        self.shop.export_customs(self.manager, self.days.first, self.days.last, out)
        return out.read_bytes()

    def _chains(self) -> object:
        shop, manager = self.shop, self.manager
        walk = ChainWalk()
        while not walk.is_done:
            walk = shop.read_journal.walk(walk, manager)
        newest = shop.read_journal(JournalFilter(until=self.entered), manager).entries[0]
        return walk.all_faults, shop.read_journal.is_whole(newest, manager)

    # ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _pages(self) -> dict[str, Read]:
        shop, manager = self.shop, self.manager
        product = shop.find.show(COGNAC).product
        return {
            "product": lambda: shop.find.show(product.code),
            "product's card": lambda: shop.edit_product.card_of(product.id, manager),
            "product's history": lambda: shop.edit_product.history(product.id, manager),
            "product's prices": lambda: shop.set_price.board(product.id, manager),
            "product's stock": lambda: shop.read_stock.of(manager, product.id),
            "search": lambda: shop.find("honey"),
            "missing data": lambda: shop.missing_data.count(manager, 0, 10_000),
            "rates": lambda: shop.show_rate_board(manager),
            "rules": lambda: [(one.regime.id, one.changes) for one in shop.show_regimes().regimes],
            "first steps": lambda: shop.office.first_steps(manager),
            "settings": shop.settings,
            "price changes": lambda: shop.office.change_prices.pending(manager),
            "reprice": lambda: shop.office.change_prices.tally(manager, DEARER),
            "receipt": lambda: shop.show_sale(self._newest()),
            "returnable": lambda: shop.return_goods.look(self._newest()),
            "visitor": self._visitor,
            "order": lambda: shop.deliveries.orders.show(1, manager),
        }

    def _newest(self) -> str:
        [newest, *_] = self.shop.find_receipts.history("", ReceiptFilter(), self.manager).receipts
        return newest.receipt

    def _visitor(self) -> object:
        account = self.shop.visits.show(self.document, self.manager)
        return account, self._whole(lambda: purchases(account, self.shop.regimes))

    # ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _lists(self) -> dict[str, Callable[[], Listing]]:
        shop, manager, days = self.shop, self.manager, self.days
        came = shop.deliveries
        labels = shop.list_labels
        return {
            "receipts": lambda: history(shop.find_receipts, "", ReceiptFilter(days=days)),
            "returns": lambda: history(shop.find_receipts, "", ReceiptFilter(RETURN, days=days)),
            "behind": lambda: reports.behind(shop.drill_down_receipts, [ReportSlice("sale")], days, None, None),
            "slow": lambda: reports.slow(shop.slow_products, days.last, days.last),
            "journal": lambda: journal(shop.read_journal, JournalFilter(until=self.entered)),
            "shift": lambda: shift(lambda reader: shop.read_shift(reader.person), "close_shift"),
            "parked": lambda: sales.parked(shop.parked_sales, shop.owed_money),
            "people": lambda: staff(shop.staff),
            "rates": lambda: pricing.rates(shop.show_rate_board),
            "promotions": lambda: pricing.promotions(shop.promotions),
            "changed labels": lambda: pricing.due_labels(
                lambda reader, after: labels.changed(reader.person, after), ""
            ),
            "new labels": lambda: pricing.due_labels(lambda reader, after: labels.new(reader.person, after), "new"),
            "products": lambda: catalogue.products(shop.browse),
            "found products": lambda: catalogue.products(shop.browse, "honey"),
            "gaps": lambda: catalogue.incomplete_products(shop.missing_data),
            "movements": lambda: stock.movements(shop.read_stock, MovementFilter()),
            "expiring": lambda: stock.expiring(shop.read_stock, 400),
            "lots": lambda: stock.lots(shop.read_stock),
            "low": lambda: stock.low(shop.low_stock),
            "counts": lambda: count_tables.counts(shop.count_stock),
            "sheet": lambda: count_tables.sheet(shop.count_stock, 1, 1),
            "differences": lambda: count_tables.differences(shop.post_count, 1),
            "recipes": lambda: workshop.recipes(shop.workshop.recipes, withdrawn=True),
            "batches": lambda: workshop.batches(shop.workshop.batches),
            "processed goods": lambda: workshop.processing(shop.workshop.ledger),
            "workshop": lambda: workshop.report(shop.workshop.report, days.first, days.last),
            "orders": lambda: purchasing.orders(came.orders, None),
            "suppliers": lambda: purchasing.suppliers(came.suppliers),
            "deliveries": lambda: purchasing.posted_deliveries(came),
            "delivery": lambda: purchasing.posted_delivery(came, came.posted.listed(manager)[0].number),
        }

    def _reader(self) -> ListReader:
        names = {one.name: one.title for one in self.shop.sign_in.people()}
        return ListReader(self.manager, _WORDS, self.shop.settings(), self.shop.now(), names)

    def _whole(self, listing: Callable[[], Listing]) -> object:
        tables = listing().make(self._reader())
        return [(one.key, [tuple(row) for row in one.rows], list(one.properties)) for one in tables]

    def _begun(self, listing: Callable[[], Listing]) -> object:
        """The first rows alone: a list that is left, a file whose disk is full."""
        return [list(islice(one.rows, 3)) for one in listing().make(self._reader())]

    def _file(self, listing: Callable[[], Listing]) -> object:
        """A list as a CSV, as the window and a command write it."""
        out = self.folder / "list.csv"
        rows = self.shop.save_tables(listing(), self.manager, out, _WORDS)
        return rows, out.read_bytes()
