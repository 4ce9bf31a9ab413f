"""The clerk prints what has become untrue on the shelf, and only what came out of the printer counts as printed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from pos.application.catalogue.import_catalogue import ImportCatalogue
from pos.application.catalogue.undo_import import UndoImport
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.ports.pricing_ports import Among, LabelSheet
from pos.application.pricing.change_prices import ChangePrices, RepriceRequest
from pos.application.pricing.label_queue import DueLabel, ListLabels, NoSuchGoodsReceipt
from pos.application.pricing.print_labels import PrintLabels
from pos.application.pricing.promotions import PromotionDraft
from pos.domain.catalogue.barcode import BadCheckDigit
from pos.domain.catalogue.product import Attributes
from pos.domain.catalogue.product_card import PackCode
from pos.domain.catalogue.product_fields import BY_NAME, LABEL_DETAILS, NAMES, ON_LABEL, Kind
from pos.domain.errors import BadField, PrinterError
from pos.domain.money import Money
from pos.domain.pricing.label import Label, LabelLot, NoPriceToPrint, NothingToLabel, TooManyLabels
from pos.domain.pricing.price_change import PriceChange
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from pos.domain.stock.stock import Movement
from pos.exports.catalogue_files import read_catalogue
from tests.builders import CONSOLE, MONDAY
from tests.horgos import CNY
from tests.shops import BAG, CHOCOLATE, COGNAC, INCOMPLETE, SWEETS, DemoShop

JUICE = "4870000000012"
_NONE = Attributes()


@dataclass
class FolderOfLabels:
    """Stands for the label printer: keeps what it was given, and jams when asked to."""

    folder: Path
    jams: bool = False
    drawn: list[Label] = field(default_factory=list)

    def draw(self, labels: Sequence[Label], paper: str, start: int = 1) -> LabelSheet:
        self.drawn = list(labels)
        return LabelSheet(b"%PDF", 1)

    def write(self, sheet: LabelSheet, name: str) -> Path:
        return self.folder / name

    def print_file(self, path: Path) -> None:
        if self.jams:
            raise PrinterError("not_printed", "labels", "jam")

    def picture(self, sheet: LabelSheet, page: int, dots_per_inch: int) -> tuple[int, int, bytes]:
        return 1, 1, b"\xff"

    def preview(self, label: Label, paper: str, dots_per_inch: int) -> tuple[int, int, bytes]:
        return 1, 1, b"\xff"

    def papers(self) -> tuple[str, ...]:
        return ("a4",)


class Clerk:
    """The steps of labels over the demo shop."""

    def __init__(self, shop: DemoShop) -> None:
        self.shop = shop
        self.printer = FolderOfLabels(shop.folder)
        self.queue = ListLabels(shop.context)
        self.printing = PrintLabels(shop.context, self.printer)

    def prints(self, *codes: str, who: str = "clerk") -> None:
        self.printing([self.queue.of_code(code, CONSOLE) for code in codes], self.shop.person(who), "a4")

    def due(self) -> list[tuple[str, tuple[str, ...]]]:
        """The codes that the shelf is wrong about, and why."""
        return [(due.label.code, due.changes) for due in self.queue.changed(CONSOLE).labels]

    def change(self, code: str, price: int | None = None, **names: str) -> None:
        """A new price or name in the catalogue, by whatever way."""
        with self.shop.store.begin() as work:
            product = work.products.by_code(code, self.shop.now())
            assert product is not None
            money = None if price is None else Money(price, CNY)
            row = GoodsRow(code, "", names, None, money, _NONE, None)
            work.products.change(product.id, row, self.shop.now(), "manager")
            work.commit()

    def packs(self, code: str, *packs: tuple[str, int]) -> None:
        """Codes of several pieces on the product's form."""
        edit = self.shop.edit_product
        key, card = edit.card(code, CONSOLE)
        codes = (*card.codes, *(PackCode(one, "carton", pieces) for one, pieces in packs))
        edit(key, card, replace(card, codes=codes), self.shop.person("clerk"))

    def price_from(self, code: str, price: int, days: int) -> None:
        """A price that holds from a day on."""
        shop = self.shop
        product = shop.find.show(code).product
        shop.set_price(product.id, Money(price, CNY), shop.person("manager"), shop.now() + timedelta(days=days))


@pytest.fixture
def clerk(shop: DemoShop) -> Clerk:
    """The stock clerk of the demo shop."""
    return Clerk(shop)


def test_a_label_is_due_when_its_price_or_a_name_on_it_has_changed(clerk: Clerk) -> None:
    clerk.prints(COGNAC, CHOCOLATE, SWEETS)
    assert clerk.due() == []

    clerk.change(COGNAC, price=47_000)
    clerk.change(CHOCOLATE, ru="Шоколад горький")
    clerk.change(SWEETS, en="A name that stands on no label", kk="Бұл да")
    assert sorted(clerk.due()) == [(CHOCOLATE, ("name",)), (COGNAC, ("price",))]

    clerk.prints(COGNAC)
    assert clerk.due() == [(CHOCOLATE, ("name",))]
    clerk.change(CHOCOLATE, ru=clerk.queue.of_code(CHOCOLATE, CONSOLE).printed.names[1])  # type: ignore[union-attr] # printed
    assert clerk.due() == []


@pytest.mark.parametrize("name", ON_LABEL)
def test_a_field_on_the_label_makes_it_due_whether_a_form_a_file_or_an_undo_changed_it(clerk: Clerk, name: str) -> None:
    shop, edit = clerk.shop, clerk.shop.edit_product
    why = "name" if name in NAMES else "text"
    typed, filed = ("GE", "AM") if BY_NAME[name].kind is Kind.COUNTRY else ("Told by the form", "Told by a file")
    shop.set("label_fields", ",".join(LABEL_DETAILS))
    shop.set("label_languages", name.removeprefix("name_") if name in NAMES[1:] else "en")
    key, card = edit.card(CHOCOLATE, CONSOLE)
    bare = edit(key, card, replace(card, names={}), shop.person("clerk"))
    with shop.raw(writing=True) as connection:  # the trigger of the store knows the names only
        connection.execute("DROP TRIGGER IF EXISTS label_of_changed_product")

    clerk.prints(CHOCOLATE)
    edit(key, bare, bare.having({name: typed}), shop.person("clerk"))
    assert clerk.due() == [(CHOCOLATE, (why,))]

    clerk.prints(CHOCOLATE)
    file = io.BytesIO(f"code,{name}\n{CHOCOLATE},{filed}\n".encode())
    step = ImportCatalogue(shop.context)
    step(read_catalogue(file, "goods.csv"), shop.person("manager"), lambda _reject: None)
    assert clerk.due() == [(CHOCOLATE, (why,))]

    clerk.prints(CHOCOLATE)
    UndoImport(shop.context)(shop.person("manager"))
    assert clerk.due() == [(CHOCOLATE, (why,))]


def test_a_detail_on_the_label_makes_it_due_when_it_changes_and_when_it_is_gone(clerk: Clerk) -> None:
    shop, edit = clerk.shop, clerk.shop.edit_product
    shop.set("label_fields", "brand,model,origin")
    key, card = edit.card(CHOCOLATE, CONSOLE)
    card = edit(key, card, card.having({"brand": "Aksu", "model": "A  1", "origin": None}), shop.person("clerk"))
    clerk.prints(CHOCOLATE)
    assert clerk.printer.drawn[0].details == (("brand", "Aksu"), ("model", "A 1"))
    assert clerk.due() == []

    card = edit(key, card, card.having({"origin": "KZ"}), shop.person("clerk"))
    assert clerk.due() == [(CHOCOLATE, ("text",))]
    clerk.prints(CHOCOLATE)
    assert clerk.due() == []

    edit(key, card, card.having({"brand": None, "model": None, "origin": None}), shop.person("clerk"))
    assert clerk.due() == [(CHOCOLATE, ("text",))]


def test_other_languages_of_labels_make_every_label_due_whose_names_they_change(clerk: Clerk) -> None:
    clerk.prints(COGNAC, CHOCOLATE)
    clerk.change(CHOCOLATE, zh="Same in all", kk="Same in all", ru="Same in all", en="Same in all")
    clerk.prints(CHOCOLATE)
    clerk.shop.set("label_languages", "en,zh")
    assert clerk.due() == [(COGNAC, ("name",))]

    clerk.shop.set("label_languages", "zh,ru")
    assert clerk.due() == []


def test_a_promotion_makes_labels_due_when_it_begins_and_when_it_ends(clerk: Clerk) -> None:
    shop, boss = clerk.shop, clerk.shop.person("manager")
    clerk.prints(COGNAC, CHOCOLATE)
    begins = shop.now() + timedelta(hours=2)
    added = shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), scope="alcohol", since=begins), boss)
    assert clerk.due() == []

    shop.now.move(hours=3)
    assert clerk.due() == [(COGNAC, ("promotion",))]
    clerk.prints(COGNAC)
    label = clerk.printer.drawn[0]
    assert (str(label.price), str(label.regular)) == ("405.00", "450.00")
    assert clerk.due() == []

    shop.promotions.end(added.id, boss)
    shop.now.move(minutes=1)
    assert clerk.due() == [(COGNAC, ("promotion_over",))]


def test_a_price_from_a_day_makes_the_label_due_on_that_day_and_not_before(clerk: Clerk) -> None:
    clerk.price_from(COGNAC, 43_000, days=2)
    clerk.prints(COGNAC)
    assert clerk.due() == []

    clerk.shop.now.move(days=2, minutes=1)
    assert clerk.due() == [(COGNAC, ("price",))]
    clerk.prints(COGNAC)
    assert (str(clerk.printer.drawn[0].price), clerk.due()) == ("430.00", [])


def test_many_prices_in_one_step_make_all_their_labels_due_at_midnight_of_the_shop_and_no_others(clerk: Clerk) -> None:
    shop, midnight = clerk.shop, datetime(2026, 3, 3, tzinfo=clerk.shop.settings().zone)
    clerk.prints(CHOCOLATE, SWEETS, COGNAC)
    change = ChangePrices(shop.context)
    change(shop.person("manager"), RepriceRequest(Among("food"), PriceChange(Decimal(10)), midnight))

    shop.now.at = midnight - timedelta(seconds=1)
    assert clerk.due() == []
    shop.now.at = midnight
    assert sorted(clerk.due()) == sorted([(CHOCOLATE, ("price",)), (SWEETS, ("price",))])


def test_new_goods_are_those_that_are_here_with_a_price_and_never_had_a_label(clerk: Clerk) -> None:
    first = clerk.queue.new(CONSOLE, limit=3)
    assert [due.changes for due in first.labels] == [("new",)] * 3
    clerk.prints(*(due.label.code for due in first.labels))

    after = clerk.queue.new(CONSOLE, limit=600).labels
    here = clerk.shop.rows(
        "SELECT count(*) FROM product JOIN stock ON product_id = id WHERE owned > 0 AND price_minor > 0"
    )
    assert len(after) == here[0][0] - 3
    assert not {due.label.code for due in after} & {due.label.code for due in first.labels}


def test_pages_follow_each_other_without_a_gap(clerk: Clerk) -> None:
    codes = [due.label.code for due in clerk.queue.new(CONSOLE, limit=7).labels]
    clerk.prints(*codes)
    for code in codes:
        clerk.change(code, zh="新名字")

    listed, after = [], 0
    while True:
        page = clerk.queue.changed(CONSOLE, after, limit=3)
        listed += [due.label.code for due in page.labels]
        if page.next is None:
            break
        after = page.next
    assert listed == codes


def test_labels_that_did_not_come_out_are_not_remembered(clerk: Clerk) -> None:
    clerk.prints(COGNAC)
    clerk.change(COGNAC, price=47_000)
    clerk.printer.jams = True
    with pytest.raises(PrinterError):
        clerk.prints(COGNAC)

    assert clerk.due() == [(COGNAC, ("price",))]


def test_a_price_that_changes_while_the_labels_are_printed_leaves_them_due(clerk: Clerk) -> None:
    wanted = [clerk.queue.of_code(COGNAC, CONSOLE)]
    handing = partial(clerk.change, COGNAC, price=47_000)
    clerk.printing(wanted, clerk.shop.person("clerk"), "a4", handing=lambda _file: handing())

    assert clerk.due() == [(COGNAC, ("price",))]


def test_the_journal_names_who_printed_what(clerk: Clerk) -> None:
    due = replace(clerk.queue.of_code(COGNAC, CONSOLE), copies=3)
    printed = clerk.printing([due], clerk.shop.person("clerk"), "a4")

    assert (printed.labels, len(clerk.printer.drawn)) == (3, 3)
    rows = clerk.shop.rows("SELECT person, details FROM journal WHERE act = 'print_labels'")
    assert [person for person, _ in rows] == ["clerk"]
    assert COGNAC in rows[0][1]
    assert clerk.shop.verify() == []


def test_a_carton_has_its_own_label_with_the_price_of_all_its_pieces(clerk: Clerk) -> None:
    clerk.packs(CHOCOLATE, ("10036000291459", 6), ("4870204320152", 12))
    clerk.prints(CHOCOLATE)
    carton = clerk.queue.of_code("10036000291459", CONSOLE)
    label = carton.label

    assert (label.code, label.pieces, str(label.price)) == ("10036000291459", 6, "75.00")
    assert label.unit_price == clerk.queue.of_code(CHOCOLATE, CONSOLE).label.unit_price
    assert carton.changes == ()  # what hangs on the shelf is the label of a bar, at the price of a bar
    pack = carton.of_next_pack()
    assert (pack.label.code, pack.label.pieces, str(pack.label.price)) == ("4870204320152", 12, "150.00")
    assert pack.of_next_pack() == clerk.queue.of_code(CHOCOLATE, CONSOLE)
    clerk.prints("10036000291459")
    assert clerk.due() == []


def test_a_promotion_is_on_the_label_of_a_carton_too(clerk: Clerk) -> None:
    clerk.packs(CHOCOLATE, ("10036000291459", 6))
    wanted = PromotionDraft("Spring", percent=Decimal(10), code=CHOCOLATE)
    clerk.shop.promotions.add(wanted, clerk.shop.person("manager"))
    label = clerk.queue.of_code("10036000291459", CONSOLE).label

    assert (str(label.price), str(label.regular)) == ("67.50", "75.00")


def test_the_only_lot_on_hand_is_known_and_of_several_the_clerk_chooses(clerk: Clerk) -> None:
    def came(lot: str, expiry: date | None, location: str = "store") -> None:
        """Five pieces of a juice, of this lot or of none."""
        with clerk.shop.store.begin() as work:
            held = work.products.by_code(JUICE, MONDAY)
            row = GoodsRow(JUICE, "Juice", {}, "drink", Money(1_200, CNY), _NONE, None)
            key = work.products.add(row, MONDAY) if held is None else held.id
            of = work.stock.lot(key, lot, expiry, "KZ-118", MONDAY).id if lot else None
            work.stock.record([Movement(key, 5, "opening", location, of, 500)], MONDAY, "demo")
            work.commit()

    came("LATE", date(2027, 9, 1))
    came("LATE", date(2027, 9, 1), location="floor")
    only = clerk.queue.of_code(JUICE, CONSOLE)
    assert only.only_lot == LabelLot("LATE", date(2027, 9, 1))
    assert (only.label.lot, only.of_lot(only.only_lot).label.lot) == ("", "LATE")

    came("SOON", date(2026, 12, 9))
    due = clerk.queue.of_code(JUICE, CONSOLE)
    assert due.only_lot is None
    due_lots = []
    for _ in range(3):
        due = due.of_next_lot()
        due_lots.append((due.label.lot, due.label.expiry))
    assert due_lots == [("SOON", date(2026, 12, 9)), ("LATE", date(2027, 9, 1)), ("", None)]


def test_where_some_pieces_are_of_no_lot_no_lot_is_taken_for_that_of_all(clerk: Clerk) -> None:
    with clerk.shop.store.begin() as work:
        key = work.products.add(GoodsRow(JUICE, "Juice", {}, "drink", Money(1_200, CNY), _NONE, None), MONDAY)
        lot = work.stock.lot(key, "L1", None, "", MONDAY).id
        work.stock.record([Movement(key, 5, "opening", "floor", one, 500) for one in (lot, None)], MONDAY, "demo")
        work.commit()
    due = clerk.queue.of_code(JUICE, CONSOLE)

    assert (due.only_lot, due.lots) == (None, (LabelLot("L1"),))


def test_what_cannot_be_labelled_says_so(clerk: Clerk) -> None:
    with clerk.shop.raw(writing=True) as connection:
        unpriced = (INCOMPLETE,)
        connection.execute("UPDATE product SET price_minor = NULL, price_currency = NULL WHERE code = ?", unpriced)
    for code, refusal in (("4870204329999", BadCheckDigit), ("NOSUCH", UnknownCode), (INCOMPLETE, NoPriceToPrint)):
        with pytest.raises(refusal):
            clerk.queue.of_code(code, CONSOLE)
    with pytest.raises(NoSuchGoodsReceipt):
        clerk.queue.of_receipt("R-000099", CONSOLE)
    with pytest.raises(BadField):
        clerk.queue.of_receipt("last one", CONSOLE)
    due = clerk.queue.of_code(BAG, CONSOLE)
    nothing: list[DueLabel] = []
    none, many = replace(due, copies=0), replace(due, copies=999)
    for wanted, why in ((nothing, NothingToLabel), ([none], BadField), ([many] * 11, TooManyLabels)):
        with pytest.raises(why):
            clerk.printing(wanted, clerk.shop.person("clerk"), "a4")
    with pytest.raises(NotAllowed):
        clerk.prints(BAG, who="amina")


def test_a_delivery_is_labelled_as_many_times_as_pieces_came(clerk: Clerk) -> None:
    with clerk.shop.raw(writing=True) as connection:
        connection.execute(
            "INSERT INTO goods_receipt (id, number, state, place, delivery_note, entry, at, person, content, posted_at)"
            " VALUES (1, 12, 'posted', 'floor', '', '', 0, 'clerk', '{}', 0)"
        )
        for line, code in enumerate((CHOCOLATE, SWEETS, CHOCOLATE)):
            connection.execute(
                "INSERT INTO receipt_line (receipt_id, line_no, product_id, lot_code, counted)"
                " SELECT 1, ?, product_id, ?, 4 FROM product_code WHERE code = ?",
                (line, str(line), code),
            )
    labels = clerk.queue.of_receipt("R-000012", CONSOLE)

    assert [(due.label.code, due.copies) for due in labels] == [(CHOCOLATE, 8), (SWEETS, 4)]
    assert isinstance(labels[0], DueLabel)
    by_lot = [(due.label.code, due.label.lot, due.copies) for due in clerk.queue.of_receipt("R-12", CONSOLE, lots=True)]
    assert by_lot == [(CHOCOLATE, "0", 4), (SWEETS, "1", 4), (CHOCOLATE, "2", 4)]
    counted = replace(labels[0], copies=5)  # by hand, from 8
    for due, expected in ((labels[0], [("0", 4), ("2", 4)]), (counted, [("0", 4), ("2", 1)])):
        assert [(one.label.lot, one.copies) for one in due.of_known_lots()] == expected
