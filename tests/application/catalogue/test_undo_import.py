"""The last import is taken back: as far as no one has used or changed what it brought, and not a step further."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.application.catalogue import undo_import
from pos.application.catalogue.import_catalogue import ImportCatalogue, ImportIsUndone, ImportResult
from pos.application.catalogue.undo_import import NothingImported, UndoImport, UndoResult
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.pricing.set_price import SetPrice
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import Money
from pos.domain.staff.staff import NotAllowed
from pos.domain.stock.stock import OutOfStock
from pos.exports.catalogue_files import read_catalogue
from tests.horgos import CNY
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop
from tests.stocks import Clerk

_OF_ONE_PRODUCT = ("product", "product_code", "stock", "stock_move")
TEA, SALT, SOAP = "4006381333931", "4870001000127", "4870001000134"


def imports(shop: DemoShop, content: str) -> ImportResult:
    step = ImportCatalogue(shop.context)
    table = read_catalogue(io.BytesIO(content.encode()), "goods.csv")
    return step(table, shop.person("manager"), lambda _reject: None)


def undo(shop: DemoShop, by: str = "manager") -> UndoResult:
    return UndoImport(shop.context)(shop.person(by))


def product(shop: DemoShop, code: str) -> Product:
    return shop.find.show(code).product


def is_known(shop: DemoShop, code: str) -> bool:
    with shop.store.reading() as work:
        return bool(work.products.codes_known([code]))


def codes_of(shop: DemoShop, text: str) -> list[str]:
    return [one.product.code for one in shop.find(text, 20)]


def catalogue(shop: DemoShop) -> dict[str, list[tuple[object, ...]]]:
    tables = shop.tables()
    return {name: tables[name] for name in _OF_ONE_PRODUCT}


def left(result: UndoResult) -> list[tuple[str, str, str]]:
    return [(one.code, one.field, one.reason) for one in result.left]


FILE = f"""code,name,name_ru,price,category,on_hand,codes
{TEA},Samovar tea,Чай самоварный,12.50,food.other,7,SAMOVAR-1
{SALT},Salt of the steppe,,3.00,food.other,,
{CHOCOLATE},,Плитка заново,13.00,,,BAR-1
{SWEETS},,,49.00,,,
"""


def test_an_import_is_taken_back_whole_when_nothing_has_happened_since(shop: DemoShop) -> None:
    before = catalogue(shop)
    imports(shop, FILE)
    assert codes_of(shop, "самоварный") == [TEA]

    result = undo(shop)

    assert (result.removed, result.restored, result.products, result.kept) == (2, 4, 2, 0)
    assert catalogue(shop) == before
    assert codes_of(shop, "самоварный") == codes_of(shop, "заново") == codes_of(shop, "BAR-1") == []
    assert codes_of(shop, CHOCOLATE) == [CHOCOLATE]
    assert list(shop.verify()) == []


def test_what_was_sold_parked_or_changed_since_stays_and_is_named_with_the_reason(shop: DemoShop) -> None:
    imports(shop, FILE.replace(",,,\n", f",,,\n{SOAP},Soap of Turpan,,5.00,other,3,\n", 1))
    shop.sell(TEA)
    shop.park_sale(shop.basket(SOAP).order(shop.person("amina")), "later", shop.person("amina"))
    shop.fill_in(product(shop, SALT).id, shop.person("manager"), price=Money(350, CNY))
    shop.fill_in(product(shop, SWEETS).id, shop.person("manager"), price=Money(5000, CNY))

    result = undo(shop)

    assert (result.removed, result.restored) == (0, 3)
    assert sorted(left(result)) == sorted(
        [(TEA, "", "sold"), (SALT, "", "changed"), (SOAP, "", "held"), (SWEETS, "price", "changed")]
    )
    assert product(shop, SWEETS).price == Money(5000, CNY)
    assert product(shop, CHOCOLATE).price == Money(1250, CNY)
    assert shop.find.show(TEA).on_hand == 6
    assert list(shop.verify()) == []


def test_goods_that_were_moved_after_they_came_stay(shop: DemoShop) -> None:
    imports(shop, FILE)
    with shop.store.begin() as work:
        work.stock.move(product(shop, TEA).id, -1, "waste", shop.now(), "clerk")
        work.commit()

    assert left(undo(shop)) == [(TEA, "", "moved")]


def test_the_history_tells_what_an_import_changed_and_that_it_was_undone(shop: DemoShop) -> None:
    imports(shop, FILE)
    question = "SELECT field, before, after, person, import_id FROM product_change WHERE product_id = ? ORDER BY id"
    chocolate = product(shop, CHOCOLATE)
    rows = shop.rows(question, chocolate.id)
    assert [row for row in rows if row[0] in ("price", "code")] == [
        ("price", "12.50 CNY", "13.00 CNY", "manager", 1),
        ("code", None, "BAR-1", "manager", 1),
    ]

    undo(shop, "manager")

    assert shop.rows(question, chocolate.id)[len(rows) :] == [
        (name, after, before, "manager", 1) for name, before, after, _, _ in rows
    ]
    assert [row[0] for row in shop.rows("SELECT act FROM journal ORDER BY number")][-1] == "undo_import"


def test_an_edit_by_hand_has_its_history_too(shop: DemoShop) -> None:
    shop.fill_in(product(shop, CHOCOLATE).id, shop.person("manager"), price=Money(1400, CNY))

    assert shop.rows("SELECT field, before, after, person, import_id FROM product_change") == [
        ("price", "12.50 CNY", "14.00 CNY", "manager", None)
    ]


def test_a_price_that_followed_a_dated_one_goes_back_to_it(shop: DemoShop) -> None:
    chocolate, boss = product(shop, CHOCOLATE).id, shop.person("manager")
    set_price = SetPrice(shop.context)
    set_price(chocolate, Money(1500, CNY), boss)
    shop.now.move(hours=1)
    imports(shop, f"code,price\n{CHOCOLATE},11.00\n")
    assert product(shop, CHOCOLATE).price == Money(1100, CNY)
    shop.now.move(hours=1)

    assert (undo(shop).restored, product(shop, CHOCOLATE).price) == (1, Money(1500, CNY))
    assert list(shop.verify()) == []


def test_two_imports_are_undone_one_after_the_other(shop: DemoShop) -> None:
    before = catalogue(shop)
    imports(shop, FILE)
    after_one = catalogue(shop)
    imports(shop, f"code,price\n{TEA},14.00\n{CHOCOLATE},15.00\n")

    assert undo(shop).restored == 2
    assert catalogue(shop) == after_one
    assert undo(shop).removed == 2
    assert catalogue(shop) == before
    with pytest.raises(NothingImported):
        undo(shop)


def test_an_import_that_changed_nothing_is_not_the_one_that_is_undone(shop: DemoShop) -> None:
    first = imports(shop, FILE)
    imports(shop, FILE)

    assert undo(shop).run.id == first.run
    runs = UndoImport(shop.context).recent(shop.person("clerk"))
    assert [(run.state, run.counts["created"], run.undone_by) for run in runs] == [
        ("done", 0, None),
        ("undone", 2, "manager"),
    ]


def test_a_cancelled_import_can_be_undone_and_so_can_one_that_was_cut_off(shop: DemoShop) -> None:
    before = catalogue(shop)
    step = ImportCatalogue(shop.context)
    for is_cancelled in (True, False):
        table = read_catalogue(io.BytesIO(FILE.encode()), "goods.csv")
        run = step.begin(table, shop.person("clerk"), lambda _reject: None)
        run.step(2)
        if is_cancelled:
            run.end()
        with shop.store.reading() as work:
            last = work.imports.last()
        assert last is not None
        assert last.state == ("cancelled" if is_cancelled else "running")
        assert undo(shop).removed == 2
        assert catalogue(shop) == before


def test_an_undo_that_was_cut_off_is_started_again(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_import, "BATCH", 1)
    before = catalogue(shop)
    imports(shop, FILE)
    step = UndoImport(shop.context)
    for batches in (1, 2, 4):
        under_way = step.begin(shop.person("manager"))
        for _ in range(batches):
            under_way.step()

    assert left(undo(shop)) == []
    assert catalogue(shop) == before


def test_an_import_that_is_undone_while_it_goes_on_ends(shop: DemoShop) -> None:
    before = catalogue(shop)
    step = ImportCatalogue(shop.context)
    run = step.begin(read_catalogue(io.BytesIO(FILE.encode()), "g.csv"), shop.person("clerk"), lambda _reject: None)
    run.step(1)
    undo(shop)

    with pytest.raises(ImportIsUndone):
        run.step(1)
    run.end()
    assert catalogue(shop) == before


def test_undoing_an_import_is_for_those_who_may_change_the_catalogue(shop: DemoShop) -> None:
    imports(shop, FILE)
    with pytest.raises(NotAllowed):
        undo(shop, "amina")


def test_a_supplier_and_a_carton_go_back_too(shop: DemoShop) -> None:
    row = GoodsRow(
        COGNAC, "", {}, None, None, Attributes(), None, supplier_name="Almaty Sweets", cartons=(("BOX-6", 6),)
    )
    other = GoodsRow(COGNAC, "", {}, None, None, Attributes(), None, cartons=(("BOX-6", 12),))
    cognac = product(shop, COGNAC)
    for number, goods in enumerate((row, other), start=1):
        with shop.store.begin() as work:
            run = work.imports.begin("g.csv", shop.now(), "clerk")
            assert run == number
            work.products.change_many([(cognac.id, goods)], shop.now(), "clerk", run)
            work.commit()
    assert product(shop, "BOX-6").id == cognac.id
    packs = "SELECT kind, quantity FROM product_code WHERE code = 'BOX-6'"
    assert shop.rows(packs) == [("carton", 12)]

    undo(shop)
    assert shop.rows(packs) == [("carton", 6)]
    undo(shop)
    assert product(shop, COGNAC) == cognac
    assert not is_known(shop, "BOX-6")


CODES = st.sampled_from([TEA, SALT, SOAP, CHOCOLATE, SWEETS, COGNAC])
ROWS = st.lists(st.tuples(CODES, st.sampled_from(["", "Tea", "Salt"]), st.integers(1, 5)), min_size=1, max_size=8)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(ROWS, min_size=1, max_size=4))
def test_undoing_every_import_brings_back_what_was_there(
    shop: DemoShop, files: Sequence[Sequence[tuple[str, str, int]]]
) -> None:
    before = catalogue(shop)
    changed = 0
    for rows in files:
        result = imports(shop, "code,name,price\n" + "".join(f"{code},{name},{price}\n" for code, name, price in rows))
        changed += bool(result.created or result.updated)

    for _ in range(changed):
        assert undo(shop).kept == 0

    assert catalogue(shop) == before


def test_a_basket_with_goods_that_were_taken_back_never_sells_others(shop: DemoShop) -> None:
    imports(shop, f"code,name,price,category,on_hand\n{TEA},Samovar tea,12.50,food.other,7\n")
    basket, was = shop.basket(TEA), product(shop, TEA).id
    undo(shop)
    imports(shop, f"code,name,price,category,on_hand\n{SALT},Salt of the steppe,3.00,food.other,9\n")

    with pytest.raises(OutOfStock):
        shop.pay(basket)

    assert product(shop, SALT).id != was, "its number names other goods now"
    assert shop.find.show(SALT).on_hand == 9


def test_a_stock_take_that_is_going_on_knows_what_was_sold_after_an_undo(shop: DemoShop) -> None:
    clerk = Clerk(shop)
    imports(shop, f"code,name,price,category,on_hand\n{TEA},Samovar tea,12.50,food.other,7\n")
    count = clerk.begins(CHOCOLATE)
    sheet, before = clerk.sheet(count), clerk.on_floor(CHOCOLATE)
    undo(shop)
    shop.sell(CHOCOLATE)

    clerk.counts(count, sheet, CHOCOLATE, before - 1)
    clerk.finishes(count, sheet)

    assert clerk.differences(count) == []


def test_prices_that_a_file_changed_are_put_back_by_the_person_who_may_change_prices(shop: DemoShop) -> None:
    imports(shop, FILE)

    with pytest.raises(NotAllowed):
        undo(shop, "clerk")
    assert product(shop, CHOCOLATE).price == Money(1300, CNY)


def test_pieces_that_came_in_past_the_import_are_named(shop: DemoShop) -> None:
    imports(shop, FILE)
    assert list(shop.verify()) == []
    with shop.raw(writing=True) as store:
        (tea, at) = store.execute("SELECT id, created_at FROM product WHERE code = ?", (TEA,)).fetchone()
        store.execute("UPDATE stock_move SET quantity = quantity - 2 WHERE product_id = ?", (tea,))
        store.execute("UPDATE stock SET on_hand = on_hand - 2, owned = owned - 2 WHERE product_id = ?", (tea,))
    (line,) = shop.verify()
    assert line.startswith("import 1: ")
    with shop.raw(writing=True) as store:
        came = (
            "INSERT INTO stock_move(product_id, quantity, reason, at, person, place) VALUES (?, 2, 'opening', ?, ?, ?)"
        )
        store.execute(came, (tea, at, "manager", "floor"))
        store.execute("UPDATE stock SET on_hand = on_hand + 2, owned = owned + 2 WHERE product_id = ?", (tea,))

    assert [one for one in shop.verify() if one.endswith(f"2 of {TEA}, opening: nothing is behind it")]
