"""A piece with a marking code is sold once, and free again when it has come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.application.returns.blind_return import BlindLine, BlindOrder
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.serial_numbers import FindPiece, FoundPiece
from pos.devices.gs1 import read_scan
from pos.domain.catalogue.piece import (
    AlreadyReturned,
    AsksMarkingCode,
    CartonSerial,
    PieceHeld,
    PieceInBasket,
    PieceSold,
    SerialNumberTwice,
)
from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval
from pos.domain.visitors.document import read_typed
from tests.application.sales.test_complete_sale import at_once
from tests.builders import cash_for
from tests.goods_codes import marked, with_carton
from tests.horgos import CNY
from tests.shops import BAG, CARTON, CHOCOLATE, SWEETS, DemoShop, a_ticket, quantities


def sell(till: DemoShop, *codes: str) -> Sale:
    return till.pay(till.basket(*codes, visitor=False))


@pytest.fixture
def open_shop(shop: DemoShop) -> DemoShop:
    """A shop that sells without a document."""
    shop.set("sell_without_visitor", "yes")
    return shop


def bring_back(till: DemoShop, sale: Sale, line: int = 0, key: str = "back") -> None:
    order = ReturnOrder(key, sale.receipt, (ReturnLine(line, 1, "shelf"),), "cash", CNY, "wrong", "amina")
    till.return_by_ticket.from_counter(order)


def test_a_piece_is_a_row_for_itself_and_stands_on_the_sale(open_shop: DemoShop) -> None:
    checkout = open_shop.basket(CHOCOLATE, marked(CHOCOLATE, "A1"), marked(CHOCOLATE, "A2"), CHOCOLATE, visitor=False)

    assert quantities(checkout.view()) == [(CHOCOLATE, 2), (CHOCOLATE, 1), (CHOCOLATE, 1)]
    sale = open_shop.pay(checkout)

    assert [line.serial for line in sale.lines] == [None, "A1", "A2"]
    with open_shop.store.reading() as work:
        assert work.sales.with_key(sale.key) == sale
    assert open_shop.verify() == []


def test_one_piece_scanned_twice_is_reported_at_the_second_scan(open_shop: DemoShop) -> None:
    checkout = open_shop.basket(marked(serial="A1"), visitor=False)

    with pytest.raises(PieceInBasket):
        checkout.scan(marked(serial="A1"))
    with pytest.raises(SerialNumberTwice):
        checkout.set_quantity(1, 2)
    with pytest.raises(SerialNumberTwice):
        checkout.scan(marked(serial="A2"), 2)

    assert quantities(checkout.view()) == [(CARTON, 1)]


def test_a_piece_that_was_sold_is_reported_with_its_receipt_at_every_till(open_shop: DemoShop) -> None:
    sale = sell(open_shop, marked(serial="A1"))
    other = open_shop.other_till()

    with pytest.raises(PieceSold) as refused:
        other.basket(visitor=False).scan(marked(serial="A1"))

    assert (refused.value.receipt, refused.value.at, refused.value.serial) == (sale.receipt, sale.at, "A1")
    assert sell(other, marked(CHOCOLATE, "A1")).pieces == 1  # another article may have the same number


def test_of_two_baskets_with_one_piece_the_second_is_refused_before_it_is_recorded(open_shop: DemoShop) -> None:
    other = open_shop.other_till()
    mine, theirs = (till.basket(marked(serial="A1"), visitor=False) for till in (open_shop, other))
    order = theirs.order(other.person("amina"))
    sale = open_shop.pay(mine)
    before = open_shop.tables()

    with pytest.raises(PieceSold) as refused:
        other.hold_sale(order)
    assert refused.value.receipt == sale.receipt
    with pytest.raises(PieceSold):
        other.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))

    assert open_shop.tables() == before


def test_a_piece_in_a_basket_that_is_parked_or_being_paid_is_held_for_it(open_shop: DemoShop) -> None:
    other = open_shop.other_till()
    paying, parked, third = (open_shop.basket(marked(serial="A1"), visitor=False) for _ in range(3))
    order = paying.order(open_shop.person("amina"))
    open_shop.hold_sale(order)

    with pytest.raises(PieceHeld) as refused:
        other.basket(visitor=False).scan(marked(serial="A1"))
    assert refused.value.till == "T1"
    with pytest.raises(PieceHeld):
        open_shop.park_sale(parked.unchecked_order("amina"), "", open_shop.person("amina"))
    with pytest.raises(PieceHeld):
        other.hold_sale(third.order(other.person("amina")))
    open_shop.hold_sale(order)  # its own sale may ask again, and is made
    assert open_shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),))).pieces == 1


def test_two_tills_want_one_piece_at_one_instant_and_one_gets_it(open_shop: DemoShop) -> None:
    other = open_shop.other_till()
    for race in range(20):
        code = marked(CHOCOLATE, f"R{race}")
        baskets = [till.basket(code, visitor=False) for till in (open_shop, other)]

        came = at_once([partial(till.pay, basket) for till, basket in zip((open_shop, other), baskets)])

        assert sorted(type(outcome).__name__ for outcome in came) == ["PieceSold", "Sale"]
    assert open_shop.verify() == []
    other.close()


def test_a_hold_that_has_lapsed_holds_no_piece(open_shop: DemoShop) -> None:
    open_shop.hold_sale(open_shop.basket(marked(serial="A1"), visitor=False).order(open_shop.person("amina")))
    open_shop.now.move(minutes=60)

    assert sell(open_shop.other_till(), marked(serial="A1")).pieces == 1


def test_a_piece_that_came_back_is_sold_again(open_shop: DemoShop) -> None:
    first = sell(open_shop, marked(serial="A1"))
    bring_back(open_shop, first)
    second = sell(open_shop, marked(serial="A1"))

    assert second.lines[0].serial == "A1"
    with pytest.raises(PieceSold):
        sell(open_shop, marked(serial="A1"))
    assert open_shop.verify() == []


def test_an_exchange_sells_the_very_piece_that_comes_back(open_shop: DemoShop) -> None:
    first = sell(open_shop, marked(CHOCOLATE, serial="A1"))
    ticket = a_ticket(
        visitors=[],
        returns=[{"receipt": first.receipt, "line": 0, "quantity": 1}],
        lines=[{"code": marked(CHOCOLATE, "A1")}, {"code": BAG}],
        payments=[{"method": "cash", "currency": "CNY", "amount": "1.00"}],
    )

    assert open_shop.ring_sale(ticket).lines[0].serial == "A1"
    assert open_shop.verify() == []


def blind(shop: DemoShop, key: str, code: str, price: str = "1.00") -> Any:
    approval = Approval(shop.person("manager"), frozenset({"blind_return"}), key)
    order = BlindOrder(key, (BlindLine(code, 1, Money.parse(price, CNY)),), CNY, "no receipt", "amina")
    return shop.blind_return.from_counter(order, approval)


def test_a_scan_without_a_receipt_frees_the_piece_and_its_receipt_brings_nothing_more(open_shop: DemoShop) -> None:
    sale = sell(open_shop, marked(CHOCOLATE, "A1"))

    back = blind(open_shop, "b-1", marked(CHOCOLATE, "A1"))

    assert back.lines[0].serial == "A1"
    with pytest.raises(AlreadyReturned) as refused:
        bring_back(open_shop, sale)
    assert refused.value.receipt == back.receipt
    with pytest.raises(AlreadyReturned):
        blind(open_shop, "b-2", marked(CHOCOLATE, "A1"))
    assert sell(open_shop, marked(CHOCOLATE, "A1")).pieces == 1
    with pytest.raises(PieceSold):
        bring_back(open_shop, sale)  # it is another person's now
    assert open_shop.verify() == []


def test_marked_goods_are_sold_by_their_marking_code_alone(open_shop: DemoShop) -> None:
    open_shop.set("marked_categories", "tobacco")
    checkout = open_shop.basket(CHOCOLATE, visitor=False)
    with open_shop.store.reading() as work:
        carton = work.products.by_code(CARTON, open_shop.now())
    assert carton is not None

    with pytest.raises(AsksMarkingCode):
        checkout.scan(CARTON)
    with pytest.raises(AsksMarkingCode):
        checkout.add(carton.id)
    assert quantities(checkout.view()) == [(CHOCOLATE, 1)]
    with pytest.raises(AsksMarkingCode):
        open_shop.ring_sale(a_ticket(lines=[{"code": CARTON}]))
    assert quantities(checkout.scan(marked())) == [(CHOCOLATE, 1), (CARTON, 1)]


def test_a_carton_with_a_number_of_its_own_is_opened(open_shop: DemoShop) -> None:
    with_carton(open_shop, SWEETS, "14870204320067", 6)

    with pytest.raises(CartonSerial):
        open_shop.basket(visitor=False).scan(marked("14870204320067", "C1"))


def test_a_marking_code_finds_the_receipt_that_sold_it(open_shop: DemoShop) -> None:
    sale = sell(open_shop, CHOCOLATE, marked(serial="A1"))
    find = FindPiece(open_shop.context, read_scan)

    assert find(marked(serial="A1")) == FoundPiece(sale.receipt, 1)
    assert find(marked(serial="A2")) is None
    assert find(CHOCOLATE) is None


def test_a_file_with_one_piece_in_two_lines_is_refused(open_shop: DemoShop) -> None:
    lines = [{"code": marked(CHOCOLATE, "A1")}, {"code": marked(CHOCOLATE, "A1")}]

    with pytest.raises(PieceInBasket):
        open_shop.ring_sale(a_ticket(lines=lines))


def test_a_piece_is_kept_when_the_basket_is_parked(open_shop: DemoShop) -> None:
    checkout = open_shop.basket(CHOCOLATE, marked(CHOCOLATE, "A1"), visitor=False)
    amina = open_shop.person("amina")
    open_shop.park_sale(checkout.unchecked_order("amina"), "", amina)

    [parked] = open_shop.parked_sales.all()
    resumed = open_shop.parked_sales.resume(parked.basket.key, amina)

    assert [line.piece.serial for line in resumed.basket.cart.lines] == [None, "A1"]


def test_verify_names_a_piece_that_someone_freed_in_the_file(open_shop: DemoShop) -> None:
    sale = sell(open_shop, marked(serial="A1"))
    with open_shop.raw(writing=True) as store:
        store.execute("UPDATE piece SET back_in = sale_id")
    assert open_shop.verify() == [f"piece A1 on line 0 of {sale.receipt}: no return brought it back"]
    with open_shop.raw(writing=True) as store:
        store.execute("DELETE FROM piece")
    assert open_shop.verify() == [f"line 0 of {sale.receipt}: its piece A1 is not kept"]


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_piece_is_never_sold_twice_and_always_free_after_its_return(
    open_shop: DemoShop, data: st.DataObject
) -> None:
    tills = [open_shop, open_shop.other_till()]
    baskets: list[Checkout] = [till.basket(visitor=False) for till in tills]
    with open_shop.store.reading() as work:
        goods = work.products.by_code(BAG, open_shop.now())
        assert goods is not None
        out = {serial: work.pieces.sold(goods.id, serial) for serial in "ABC"}
    sold: dict[str, Sale] = {}
    for serial, known in out.items():
        if known is None:
            continue
        original = open_shop.return_goods.look(known.receipt).sale
        sold[serial] = replace(original, lines=tuple(x for x in original.lines if x.line == known.line))
    for number in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, 1))
        serial = data.draw(st.sampled_from("ABC"))
        match data.draw(st.sampled_from(["scan", "pay", "return", "undo"])):
            case "scan":
                inside = serial in [row.line.piece.serial for row in baskets[at].view().lines]
                try:
                    baskets[at].scan(marked(BAG, serial))
                except (PieceSold, PieceInBasket):
                    assert serial in sold or inside
                else:
                    assert serial not in sold
                    assert not inside
            case "pay":
                rows = [row.line.piece.serial or "" for row in baskets[at].view().lines]
                if rows:
                    try:
                        sale = tills[at].pay(baskets[at])
                    except Refused:
                        assert set(rows) & set(sold)
                    else:
                        assert not set(rows) & set(sold)
                        for line in sale.lines:
                            sold[line.serial or ""] = replace(sale, lines=(line,))
                    baskets[at] = tills[at].basket(visitor=False)
            case "return":
                if serial in sold:
                    sale = sold.pop(serial)
                    bring_back(tills[at], sale, sale.lines[0].line, f"{sale.key[:20]}-{number}-{serial}-{at}")
            case "undo":
                if baskets[at].view().can_undo:
                    baskets[at].undo()
    assert open_shop.verify() == []


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_piece_is_lost_or_doubled_by_scan_undo_split_give_and_park(shop: DemoShop, data: st.DataObject) -> None:
    amina, checkout = shop.person("amina"), shop.basket(visitor=True)
    checkout.identify(read_typed("passport", "E77777777", "CHN", "1990-01-01", date(2026, 3, 2)))
    states: list[list[str]] = [[]]
    for _ in range(data.draw(st.integers(1, 10))):
        rows = checkout.view().lines
        inside = list(states[-1])
        match data.draw(st.sampled_from(["scan", "scan", "undo", "split", "give", "void", "park"])):
            case "scan":
                serial = data.draw(st.sampled_from("ABCDE"))
                if serial in inside:
                    with pytest.raises(PieceInBasket):
                        checkout.scan(marked(BAG, serial))
                else:
                    checkout.scan(marked(BAG, serial))
                    states.append([*inside, serial])
            case "undo" if len(states) > 1:
                checkout.undo()
                states.pop()
            case "split" if rows:
                checkout.split()
                states.append(inside)
            case "give" if rows:
                checkout.give(data.draw(st.sampled_from(rows)).id, data.draw(st.sampled_from("AB")))
                states.append(inside)
            case "void" if rows:
                row = data.draw(st.sampled_from(rows))
                checkout.void(row.id, amina)
                states.append([serial for serial in inside if serial != row.line.piece.serial])
            case "park" if rows:
                shop.park_sale(checkout.unchecked_order("amina"), "", amina)
                checkout = shop.checkout()
                [parked] = shop.parked_sales.all()
                checkout.resume(shop.parked_sales.resume(parked.basket.key, amina).basket)
                states = [inside]
        now = checkout.view().lines
        assert sorted(row.line.piece.serial or "" for row in now) == sorted(states[-1])
        assert all(row.line.quantity == 1 and str(row.line.unit_price) == "1.00" for row in now)
    assert shop.verify() == []
