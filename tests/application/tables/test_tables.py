"""What someone looks at is saved whole, by the person who may see it, and the journal knows."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pysqlite3.dbapi2 as sqlite
import pytest

import main
from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.import_catalogue import ImportResult, RowChange
from pos.application.catalogue.import_tables import imported
from pos.application.catalogue.incomplete_rows import IncompleteRow
from pos.application.catalogue.tables import incomplete_products, products
from pos.application.ports.catalogue_ports import FieldChange
from pos.application.ports.journal_ports import JournalFilter
from pos.application.ports.pricing_ports import Among
from pos.application.ports.return_ports import ANY, ReceiptFilter
from pos.application.ports.stock_ports import MovementFilter
from pos.application.pricing.change_prices import RepriceRequest
from pos.application.pricing.tables import due_labels, promotions, rates, repriced
from pos.application.purchasing.tables import orders, posted_deliveries, posted_delivery, suppliers
from pos.application.receipts.tables import history
from pos.application.reports.journal_formatter import EXPORTS
from pos.application.reports.journal_tables import journal
from pos.application.reports.tables import behind, slow
from pos.application.sales.tables import parked
from pos.application.settings.options import Options
from pos.application.shifts.tables import shift
from pos.application.shop.shop import Shop
from pos.application.staff.tables import staff
from pos.application.stock.count_tables import counts
from pos.application.stock.tables import expiring, gathered, lots, low, movements
from pos.application.tables.listing import Listing
from pos.application.tables.save_tables import proposed_name
from pos.application.tables.table_cells import shares_of
from pos.application.tables.table_files import UnknownFileKind
from pos.application.visitors.tables import purchases
from pos.application.workshop import tables as workshop_tables
from pos.domain.money import Money
from pos.domain.period import Period
from pos.domain.pickup.customer_order import OrderState
from pos.domain.pricing.price_change import PriceChange
from pos.domain.reports.report_slice import ReportSlice
from pos.domain.staff.staff import NotAllowed, Person
from pos.domain.visitors.document import read_typed
from pos.ui.catalogue.imports.import_words import reject_text
from tests.faults.corpus.canaries import words_of_pdf
from tests.horgos import CNY

DAYS = Period(date(2026, 11, 17), date(2026, 11, 24))
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CONSOLE = Person.at_the_console("ops")
CSV = "csv"
Make = Callable[[Shop], Listing]

DEARER = RepriceRequest(Among(), PriceChange(percent=Decimal(7)))
LISTINGS: dict[str, Make] = {
    "movements": lambda s: movements(s.read_stock, MovementFilter()),
    "expiring": lambda s: expiring(s.read_stock, 4000),
    "lots": lambda s: lots(s.read_stock),
    "low": lambda s: low(s.low_stock),
    "gathered": lambda s: gathered(s.low_stock(CONSOLE), {}),
    "products": lambda s: products(s.browse),
    "gaps": lambda s: incomplete_products(s.missing_data),
    "receipts": lambda s: history(s.find_receipts, "", ReceiptFilter(ANY)),
    "journal": lambda s: journal(s.read_journal, JournalFilter()),
    "behind": lambda s: behind(s.drill_down_receipts, [ReportSlice("method", "cash")], DAYS, None, None),
    "slow": lambda s: slow(s.slow_products, DAYS.first, DAYS.last),
    "orders": lambda s: orders(s.deliveries.orders, None),
    "suppliers": lambda s: suppliers(s.deliveries.suppliers),
    "deliveries": lambda s: posted_deliveries(s.deliveries),
    "delivery": lambda s: posted_delivery(s.deliveries, 1),
    "counts": lambda s: counts(s.count_stock),
    "rates": lambda s: rates(s.show_rate_board),
    "promotions": lambda s: promotions(s.promotions),
    "staff": lambda s: staff(s.staff),
    "labels": lambda s: due_labels(lambda reader, after: s.list_labels.new(reader.person, after), "new"),
    "reprice": lambda s: repriced(s.office.change_prices, DEARER),
    "recipes": lambda s: workshop_tables.recipes(s.workshop.recipes),
    "batches": lambda s: workshop_tables.batches(s.workshop.batches),
    "processing": lambda s: workshop_tables.processing(s.workshop.ledger, by_batch=True),
    "workshop": lambda s: workshop_tables.report(s.workshop.report, DAYS.first, DAYS.last),
}


@dataclass(frozen=True)
class Kept:
    """A shop that has traded for some days, and a folder for files."""

    shop: Shop
    folder: Path

    def saved(self, make: Make, person: Person = CONSOLE, kind: str = "xlsx", language: str = "en") -> Path:
        """The file of a listing."""
        listing = make(self.shop)
        path = self.folder / f"{listing.key}-{language}.{kind}"
        self.shop.save_tables(listing, person, path, self.shop.translators[language])
        return path

    def count(self, sql: str) -> int:
        """What a count of our own says."""
        with closing(sqlite.connect(self.folder / "shop" / "shop.db")) as connection:
            return int(connection.execute(sql).fetchone()[0])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Made once: nothing here changes more than the journal."""
    folder = tmp_path_factory.mktemp("traded")
    shop = main.build(Options(data=folder / "shop", demo=True, at=NOON), quick_pins=True, demo_size=400, demo_past=8)
    yield Kept(shop, folder)
    shop.close()


def people_of(kept: Kept) -> dict[str, Person]:
    """Who works there, by the name of the sign-in."""
    return {one.name: one for one in kept.shop.sign_in.people()}


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    """The rows of a saved workbook below the names of its columns, without those of the sums."""
    sheet = openpyxl.load_workbook(path, data_only=True).active
    assert sheet is not None
    first, last = (int("".join(char for char in part if char.isdigit())) for part in sheet.auto_filter.ref.split(":"))
    return list(sheet.iter_rows(min_row=first + 1, max_row=last, values_only=True))


@pytest.mark.parametrize("name", sorted(LISTINGS))
@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
def test_every_list_is_a_file_of_every_kind(kept: Kept, name: str, kind: str) -> None:
    path = kept.saved(LISTINGS[name], kind=kind, language="zh")

    assert path.stat().st_size > 30


@pytest.mark.parametrize(("language", "name"), [("en", "Valid before"), ("ru", "Действует до"), ("zh", "失效时间")])
def test_the_file_of_promotions_says_before_which_instant_they_hold(kept: Kept, language: str, name: str) -> None:
    path = kept.saved(LISTINGS["promotions"], kind="csv", language=language)

    assert name in path.read_text("utf-8-sig").splitlines()[0].split(",")


def test_all_rows_are_in_the_file_not_only_the_first_page(kept: Kept) -> None:
    assert len(rows_of(kept.saved(LISTINGS["products"]))) == kept.count("SELECT count(*) FROM product") > 200
    assert len(rows_of(kept.saved(LISTINGS["movements"]))) == kept.count("SELECT count(*) FROM stock_move") > 500
    sold = kept.count("SELECT count(*) FROM sale")
    assert len(rows_of(kept.saved(LISTINGS["receipts"]))) == sold > 200
    entries = kept.count("SELECT count(*) FROM journal")
    assert len(rows_of(kept.saved(LISTINGS["journal"]))) == entries + 1


def test_the_stream_of_a_demo_has_orders_in_all_states_and_some_with_a_deposit(kept: Kept) -> None:
    counted = {
        state: kept.count(f"SELECT count(*) FROM customer_order WHERE state = '{state.value}'") for state in OrderState
    }

    assert sum(counted.values()) == 40
    assert min(counted.values()) >= 3
    assert kept.count("SELECT count(*) FROM deposit_entry WHERE kind = 'taken'") == 3
    assert kept.count("SELECT count(*) FROM deposit_entry WHERE kind = 'used'") == 1


def test_what_came_back_counts_below_zero(kept: Kept) -> None:
    rows = rows_of(kept.saved(LISTINGS["receipts"]))

    assert {row[1] for row in rows} == {"Sale", "Return"}
    assert all(row[4] <= 0 and row[5] < 0 for row in rows if row[1] == "Return")
    total = kept.count("SELECT sum(CASE kind WHEN 'return' THEN -total_minor ELSE total_minor END) FROM sale")
    assert sum(round(row[4] * 100) for row in rows) == total


def test_an_import_says_what_it_changes_and_what_it_does_not_take(kept: Kept) -> None:
    fields = [FieldChange("price", "12.50 CNY", "13.00 CNY"), FieldChange("shelf", None, "B")]
    change = RowChange(2, "4870", "Tea", is_new=False, fields=fields)
    reject = Reject(3, "x", "=1+1", "bad_code", "letters")
    lacking = IncompleteRow(2, "4870", "Tea", ("category", "gross_kg"))
    result = ImportResult(4, 0, 3, 0, 1, 0, ())
    path = kept.saved(lambda s: imported("goods.csv", [change], [reject], [lacking], result, s.reason_text))
    book = openpyxl.load_workbook(path)

    assert book.sheetnames == ["What changes", "Rejected rows", "Missing data"]
    rows = [[cell.value for cell in row][1:] for row in book["What changes"].iter_rows(min_row=11)]
    assert rows == [["4870", "Tea", "Price", "12.50 CNY", "13.00 CNY"], ["4870", "Tea", "Shelf", None, "B"]]
    assert [cell.value for cell in book["What changes"][8]][:2] == ["Only", "the first 1"]
    assert [cell.value for cell in book["Rejected rows"][11]][:3] == [3, "x", "=1+1"]
    assert [cell.value for cell in book["Missing data"][11]] == [2, "4870", "Tea", "category, gross weight, kg"]


REJECTS = (
    Reject(2, "4870", "", "bad_check_digit", "expected 5"),
    Reject(3, "4,87E+12", "", "bad_code", "spreadsheet_number"),
    Reject(4, "ab", "", "bad_code", "character"),
    Reject(5, "4871", "", "duplicate", "4871"),
    Reject(6, "4872", "", "encoding", "byte 0xE4 is not utf-8"),
    Reject(7, "4873", "", "wrong_currency", "USD, not CNY"),
    Reject(8, "4874", "", "cell_too_long", "over 65536 characters"),
    Reject(9, "4875", "", "not_a_number", "net_g: 12"),
)


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_a_rejected_row_is_saved_with_the_reason_that_the_window_gives(kept: Kept, language: str) -> None:
    tr, reason = kept.shop.translators[language], kept.shop.reason_text
    path = kept.saved(lambda s: imported("goods.csv", (), REJECTS, (), None, s.reason_text), language=language)
    sheet = openpyxl.load_workbook(path).worksheets[1]
    last = sheet.iter_rows(min_row=sheet.max_row - len(REJECTS) + 1)
    saved = [[str(cell.value or "") for cell in row][3:] for row in last]

    shown = [reject_text(one, reason, tr) for one in REJECTS]
    assert saved == [[one.middle, one.detail] for one in shown]
    if language != "en":
        assert not re.findall("[a-z_]{3,}", " ".join(text for row in saved for text in row))


def test_the_values_of_an_import_are_saved_in_the_words_of_the_reader(kept: Kept) -> None:
    fields = [FieldChange("category", None, "food.sweets"), FieldChange("by_weight", "no", "yes")]
    change = RowChange(2, "4870", "Tea", is_new=False, fields=fields)
    path = kept.saved(lambda s: imported("goods.csv", [change], (), (), None, s.reason_text), language="ru")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    last = [[cell.value for cell in row][3:] for row in sheet.iter_rows(min_row=sheet.max_row - 1)]
    assert last == [["Категория", None, "Сладости"], ["Весовой", "нет", "да"]]


def test_a_shelf_that_is_called_no_is_not_translated(kept: Kept) -> None:
    change = RowChange(2, "4870", "Tea", is_new=False, fields=[FieldChange("shelf", "yes", "no")])
    path = kept.saved(lambda s: imported("goods.csv", [change], (), (), None, s.reason_text), language="ru")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[sheet.max_row]][4:] == ["yes", "no"]


def test_the_list_of_what_a_way_out_lacks_names_it_as_the_page_does(kept: Kept) -> None:
    path = kept.saved(lambda s: incomplete_products(s.missing_data, "cn-horgos"), language="ru")
    heading = openpyxl.load_workbook(path).worksheets[0].iter_rows(max_row=6, values_only=True)
    assert ("Только", "В Китай") in [row[:2] for row in heading]


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_the_cash_of_several_days_is_saved_with_what_must_be_known_to_read_it(kept: Kept, kind: str) -> None:
    """Its last shift is open: what is counted does not come to what is expected, and nothing is missing."""
    made = kept.shop.report_files.day(CONSOLE, kind, kept.shop.translators["en"], DAYS.first, None, DAYS.last)
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(BytesIO(made))["Cash in the drawers"]
        said = " ".join(str(cell) for row in sheet.iter_rows(max_row=4, values_only=True) for cell in row)
    else:
        said = " ".join(words_of_pdf(made).split())
    assert "Sums over the shifts: cash left for the next shift counts in both." in said
    assert "Counted and difference: closed shifts only." in said


def test_what_is_saved_is_what_the_search_means(kept: Kept) -> None:
    path = kept.saved(lambda s: products(s.browse, "honey", scope="food"), kind="csv")

    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert all("honey" in row["Product"].lower() for row in rows)


def test_the_journal_says_who_took_what_along(kept: Kept) -> None:
    kept.saved(lambda s: products(s.browse, "tea"), kind="pdf")

    entry = next(iter(kept.shop.read_journal.newest(JournalFilter(("export",)), CONSOLE, 1)))
    assert (entry.person, dict(entry.details)) == (CONSOLE.name, {"what": "products", "form": "pdf", "text": "tea"})
    sentence = kept.shop.read_journal.formatter(kept.shop.translators["en"], CONSOLE).sentence(entry)
    assert sentence == "Exported to a file: the list of products."


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_who_may_not_see_it_may_not_save_it(kept: Kept, name: str) -> None:
    people = people_of(kept)

    with pytest.raises(NotAllowed):
        kept.saved(LISTINGS[name], people["amina"])
    assert LISTINGS[name](kept.shop).key in EXPORTS


def test_a_name_that_says_no_kind_is_refused_before_the_journal_hears_of_it(kept: Kept) -> None:
    before = kept.count("SELECT count(*) FROM journal")

    with pytest.raises(UnknownFileKind):
        kept.saved(LISTINGS["lots"], kind="doc")
    assert kept.count("SELECT count(*) FROM journal") == before


def test_a_proposed_name_is_one_that_every_system_takes() -> None:
    assert (
        proposed_name("Sales: by/hour?", 'Границa "Восток" <1>', NOON)
        == "Границa Восток 1 - Sales by hour - 2026-11-24"
    )
    assert proposed_name("Lots", "..", NOON) == "Lots - 2026-11-24"


def test_who_may_not_see_what_the_drawer_should_hold_gets_nothing_to_work_it_out_from(kept: Kept) -> None:
    people = people_of(kept)

    def header(person: Person) -> str:
        path = kept.saved(lambda s: shift(lambda reader: s.read_shift(reader.person), "close_shift"), person, "csv")
        return path.read_text(encoding="utf-8-sig").splitlines()[0]

    assert "Expected" in header(people["manager"])
    assert header(people["amina"]) == "Currency"


def test_no_file_says_who_a_visitor_is(kept: Kept) -> None:
    shop, amina = kept.shop, people_of(kept)["amina"]
    document = read_typed("passport", "E87654321", "CHN", "1990-01-01", NOON.date())
    basket = shop.new_checkout()
    basket.identify(document)
    basket.leave_to("CN")
    basket.add(shop.browse(CONSOLE, "honey").goods[0].product.id, 1)
    shop.park_sale(basket.order(amina), "for later", amina)
    account = shop.visits.show(document, amina)
    listings: list[Make] = [
        lambda s: purchases(account, s.regimes),
        lambda s: parked(s.parked_sales, s.owed_money),
        lambda s: history(s.find_receipts, "", ReceiptFilter(ANY), document),
    ]
    for make in listings:
        text = kept.saved(make, people_of(kept)["manager"], CSV).read_text(encoding="utf-8-sig")
        assert "87654321" not in text
        assert "4321" not in text


def test_the_shares_of_a_table_add_up_to_one_at_the_tenth_of_a_per_cent_that_is_shown() -> None:
    each = shares_of([Money(1, CNY)] * 3)

    assert each == [Decimal("0.334"), Decimal("0.333"), Decimal("0.333")]
    assert shares_of([Money(0, CNY)] * 2) == [None, None]
