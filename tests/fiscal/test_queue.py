"""What a shop sells, takes back and moves in cash is registered once and in its order, whatever happens to the line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pos.domain.fiscal.document import DocumentKind, NoFiscalDocument, NotRefusedByRegister, Standing
from pos.domain.staff.staff import NotAllowed
from tests.application.returns.test_return_goods import record_return
from tests.application.returns.test_void_sale import void
from tests.application.sales.test_exchange import coming, exchange
from tests.application.shifts.test_close_shift import right_count
from tests.builders import card, cash, money, qr
from tests.fiscal.fake_webkassa import OTHER_CASHBOX
from tests.fiscal.shops import FiscalTill, a_fiscal_till
from tests.fiscal.tickets import a_ticket
from tests.horgos import KZT
from tests.shops import BAG, CHOCOLATE, COGNAC, SWEETS, DemoShop


@pytest.fixture
def till(shop_folder: Path) -> Iterator[FiscalTill]:
    with a_fiscal_till(shop_folder) as made:
        yield made


def kinds(till: FiscalTill) -> list[str]:
    """What the register has, in its order."""
    return [one.operation for one in till.server.tickets()]


def test_a_sale_waits_with_its_transaction_and_is_registered_afterwards(till: FiscalTill) -> None:
    sale = till.shop.sell(CHOCOLATE, SWEETS)
    assert till.standing(sale.receipt) is Standing.WAITING
    assert till.server.seen == []
    sent = till.send()
    assert (sent.counts.registered, sent.counts.waiting, sent.problem) == (1, 0, "")
    document = till.document(sale.receipt)
    assert document.gives is not None
    assert document.gives.number == till.server.tickets()[0].check
    assert document.gives.address.startswith("https://ofd.example/")
    assert str(document.attempt.amount) == "4404.40"
    assert till.server.total("sale") == Decimal("4404.40")
    assert till.shop.verify() == []


def test_a_shop_without_a_register_writes_nothing_down(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)
    assert shop.rows("SELECT count(*) FROM fiscal_document") == [(0,)]
    assert shop.rows("SELECT count(*) FROM partner_attempt") == [(0,)]


def test_a_return_a_void_and_an_exchange_are_registered_with_what_they_are_of(till: FiscalTill) -> None:
    shop = till.shop
    first = shop.sell(CHOCOLATE, CHOCOLATE, SWEETS)
    back = record_return(shop, first.receipt, (0, 1))
    second = shop.sell(SWEETS, tenders=(card("48"),))
    gone = void(shop, second.receipt)
    swapped = exchange(shop, "x", [coming(first.receipt, 1)], COGNAC, payments=[
        {"method": "cash", "currency": "CNY", "amount": "402.00"}])  # fmt: skip
    till.send()
    assert kinds(till) == ["sale", "return", "sale", "return", "return", "sale"]
    assert till.server.total("sale") - till.server.total("return") == Decimal("33670.00"), "one chocolate, one cognac"
    checks = {one.check: one for one in till.server.tickets("sale")}
    of = {one.basis for one in till.server.tickets("return")}
    assert of <= set(checks)
    for receipt in (back.receipt, gone.receipt, swapped.receipt, swapped.returns[0].receipt):
        assert till.standing(receipt) is Standing.REGISTERED
    assert till.in_books() == (till.server.total("sale"), till.server.total("return"))
    assert shop.verify() == []


@pytest.mark.parametrize("fault", ["cut_after", "broken_after", "garbage", "huge", "redirect", "cut_before", "broken"])
def test_an_answer_is_lost_and_the_sale_is_registered_once_under_its_number(till: FiscalTill, fault: str) -> None:
    sale = till.shop.sell(CHOCOLATE)
    number = till.document(sale.receipt).number
    till.server.faults.append(fault)
    assert till.send().counts.waiting == 1
    assert till.document(sale.receipt).is_unsettled
    assert till.send().counts.waiting == 1, "it is not asked about before it is due"
    till.shop.now.move(seconds=6)
    assert till.send().counts.registered == 1
    assert [one.number for one in till.server.tickets()] == [number]


def test_nothing_is_sent_before_it_is_known_what_became_of_the_one_before(till: FiscalTill) -> None:
    till.shop.sell(CHOCOLATE)
    till.server.faults.append("cut_after")
    till.send()
    till.shop.sell(SWEETS)
    till.server.faults.extend(["broken"] * 3)
    for _ in range(3):
        till.shop.now.move(minutes=10)
        assert till.send().counts.waiting == 2
        assert len(till.server.tickets()) == 1
    till.shop.now.move(minutes=10)
    assert till.send().counts.registered == 2


def test_twenty_receipts_of_a_day_without_a_line_follow_in_their_order(till: FiscalTill) -> None:
    till.server.__exit__(None, None, None)
    receipts = [till.shop.sell(BAG).receipt for _ in range(20)]
    sent = till.send()
    assert (sent.counts.waiting, sent.problem) == (20, "no_line")
    address = till.server.address
    till.server.__enter__()
    till.shop.set("fiscal_address", till.server.address)
    till.makes.pop().close_line()
    assert address != till.server.address
    till.shop.now.move(hours=2)
    assert till.send().counts.registered == 20
    assert [one.body["ExternalOrderNumber"] for one in till.server.tickets()] == receipts


def test_a_shift_of_yesterday_is_closed_at_nine_in_the_morning_and_the_queue_goes_on(till: FiscalTill) -> None:
    till.shop.sell(CHOCOLATE)
    till.send()
    till.shop.sell(SWEETS)
    till.shop.now.move(hours=26)
    till.server.desk.open_for = 26
    assert till.send().counts.registered == 2
    assert till.server.desk.closed == 1
    assert [one.shift for one in till.server.tickets()] == [16, 17]


def test_the_register_says_that_its_shift_is_too_long_although_we_do_not_know(till: FiscalTill) -> None:
    till.shop.sell(CHOCOLATE)
    till.server.desk.is_open, till.server.desk.open_for = True, 30
    assert till.send().counts.registered == 1
    assert till.server.desk.closed == 1


def test_the_shift_is_closed_after_23_hours_also_where_nothing_waits(till: FiscalTill) -> None:
    till.shop.sell(CHOCOLATE)
    till.send()
    till.shop.now.move(hours=22)
    till.send()
    assert till.server.desk.closed == 0
    till.shop.now.move(hours=1)
    till.send()
    assert till.server.desk.closed == 1


def test_the_last_till_closes_the_shift_behind_what_waits_and_its_z_waits_for_nothing(till: FiscalTill) -> None:
    other = till.shop.other_till()
    till.shop.sell(CHOCOLATE)
    till.send()
    till.shop.sell(SWEETS)
    till.server.faults.append("cut_before")
    till.shop.close_shift(till.shop.person("amina"), right_count(till.shop))
    assert till.shop.rows("SELECT count(*) FROM fiscal_document WHERE kind = 'close'") == [(0,)]
    other.close_shift(other.person("amina"), right_count(other))
    till.send()
    assert till.server.desk.closed == 0
    till.shop.now.move(minutes=1)
    till.send()
    assert till.server.desk.closed == 1
    assert len(till.server.tickets("sale")) == 2
    other.close()


def test_two_tills_share_a_cashbox_and_a_third_has_its_own(till: FiscalTill) -> None:
    till.shop.set("till_fiscal_cashboxes", f"T3={OTHER_CASHBOX}")
    second, third = (FiscalTill(till.shop.other_till(name), till.server) for name in ("T2", "T3"))
    till.shop.sell(CHOCOLATE)
    second.shop.sell(SWEETS)
    third.shop.sell(COGNAC)
    second.send()
    assert [one.body["ExternalOrderNumber"] for one in till.server.desk.booked] == ["T1-000001", "T2-000001"]
    assert till.server.desks[OTHER_CASHBOX].booked == []
    third.send()
    assert len(till.server.desks[OTHER_CASHBOX].booked) == 1
    for other in (second, third):
        other.makes[0].close_line()
        other.shop.close()


def test_while_one_program_calls_a_cashbox_no_other_one_does(till: FiscalTill) -> None:
    sale = till.shop.sell(CHOCOLATE)
    with till.shop.store.begin() as work:
        assert work.fiscal.hold("SWK00032685", "another", till.shop.now(), till.shop.now() + timedelta(minutes=3))
        work.commit()
    till.send()
    assert till.standing(sale.receipt) is Standing.WAITING
    assert till.server.seen == []
    till.shop.now.move(minutes=3)
    till.send()
    assert till.standing(sale.receipt) is Standing.REGISTERED


def test_cash_of_a_drawer_is_told_in_the_money_of_the_register(till: FiscalTill) -> None:
    shop = till.shop
    shop.move_cash(shop.person("manager"), "in", money("100"), "Change")
    shop.move_cash(shop.person("manager"), "drop", money("1000", KZT), "Safe")
    till.server.faults.append("cut_after")
    till.send()
    shop.now.move(minutes=1)
    till.send()
    assert [(one.operation, str(one.total)) for one in till.server.tickets()] == [("in", "7280"), ("out", "1000")]


def test_a_refusal_stops_nothing_behind_it_and_a_person_tries_again_or_gives_up(till: FiscalTill) -> None:
    manager = till.shop.person("manager")
    first, second, third = (till.shop.sell(BAG) for _ in range(3))
    till.server.rejects.extend([9, 9])
    sent = till.send()
    assert (sent.counts.registered, sent.counts.refused) == (1, 2)
    document = till.document(first.receipt)
    assert (document.attempt.reason, document.problem) == ("validation", "9 Отказ 9")
    again = till.receipts.again(first.receipt, manager)
    assert again.number != document.number
    till.send()
    assert till.standing(first.receipt) is Standing.REGISTERED
    gone = till.receipts.give_up(second.receipt, "Registered at the portal", manager)
    assert gone.given_up is not None
    for receipt, standing in ((first, "registered"), (second, "given_up"), (third, "registered")):
        with pytest.raises(NotRefusedByRegister) as refused:
            till.receipts.again(receipt.receipt, manager)
        assert refused.value.standing == standing
    with pytest.raises(NotAllowed):
        till.receipts.give_up(second.receipt, "why", till.shop.person("amina"))
    acts = till.shop.rows("SELECT act FROM journal WHERE act LIKE 'fiscal%' ORDER BY id")
    assert [act for (act,) in acts] == ["fiscal_refused", "fiscal_refused", "fiscal_again", "fiscal_given_up"]
    assert till.shop.verify() == []


def test_a_return_waits_for_its_sale_and_is_refused_once_that_is_given_up(till: FiscalTill) -> None:
    manager, shop = till.shop.person("manager"), till.shop
    sale = shop.sell(CHOCOLATE)
    back = record_return(shop, sale.receipt, (0, 1))
    later = shop.sell(SWEETS)
    till.server.rejects.append(9)
    till.send()
    assert [till.standing(one.receipt) for one in (sale, back, later)] == [
        Standing.REFUSED, Standing.WAITING, Standing.REGISTERED,
    ]  # fmt: skip
    till.receipts.give_up(sale.receipt, "Registered by hand", manager)
    till.send()
    assert till.standing(back.receipt) is Standing.REFUSED
    assert till.document(back.receipt).attempt.reason == "no_basis"
    assert till.server.tickets("return") == []


def test_goods_of_a_sale_from_before_the_register_come_back_without_a_fiscal_receipt(shop_folder: Path) -> None:
    before = DemoShop(shop_folder)
    sale = before.sell(CHOCOLATE, CHOCOLATE)
    before.close()
    with a_fiscal_till(shop_folder) as till:
        back = record_return(till.shop, sale.receipt, (0, 1))
        assert till.document(back.receipt).attempt.reason == "no_basis"
        till.send()
        assert till.server.seen == []
        with pytest.raises(NoFiscalDocument):
            till.receipts.again(sale.receipt, till.shop.person("manager"))


def test_a_register_that_takes_nothing_holds_everything_and_says_why(till: FiscalTill) -> None:
    sale = till.shop.sell(CHOCOLATE)
    till.server.rejects.append(18)
    sent = till.send()
    assert (sent.problem, sent.detail) == ("offline_too_long", "18 Отказ 18")
    assert till.standing(sale.receipt) is Standing.WAITING
    assert not till.document(sale.receipt).is_unsettled
    till.shop.now.move(seconds=6)
    assert till.send().problem == ""
    assert till.standing(sale.receipt) is Standing.REGISTERED


def test_a_sale_waits_for_the_register_for_as_long_as_the_shop_wants(till: FiscalTill) -> None:
    sale = till.shop.sell(CHOCOLATE)
    document = till.receipts.wait(sale.receipt)
    assert document is not None
    assert document.standing is Standing.WAITING
    till.shop.set("fiscal_wait_seconds", "5")
    document = till.receipts.wait(sale.receipt)
    assert document is not None
    assert document.standing is Standing.REGISTERED


def test_each_kind_of_money_is_told_apart(till: FiscalTill) -> None:
    till.shop.sell(COGNAC, tenders=(card("100"), qr("150"), cash("20000", KZT)))
    till.send()
    (booked,) = till.server.tickets("sale")
    assert {one["PaymentType"]: str(one["Sum"]) for one in booked.body["Payments"]} == {
        0: "20000", 1: "7280", 4: "10920",
    }  # fmt: skip


def test_what_is_no_receipt_is_named_by_its_number_in_the_list(till: FiscalTill) -> None:
    manager = till.shop.person("manager")
    till.shop.move_cash(manager, "in", money("100"), "Change")
    till.server.rejects.append(8)
    till.send()
    (document,) = till.receipts.listed(manager)
    assert (document.kind, document.name) == (DocumentKind.CASH_IN, "#1")
    till.receipts.again("#1", manager)
    till.send()
    assert till.receipts.listed(manager) == []


def test_the_line_and_the_cashbox_are_tried_by_a_person(till: FiscalTill) -> None:
    assert till.receipts.check(till.shop.person("manager")) is None
    till.receipts.close_shift(till.shop.person("manager"))
    till.send()
    assert till.server.tickets() == []


def test_a_cashbox_that_another_shop_uses_too_is_told_when_its_shift_is_closed(till: FiscalTill) -> None:
    shop, register = till.shop, till.register()
    shop.sell(CHOCOLATE)
    till.send()
    assert register is not None
    register.register(till.shop.settings().fiscal_cashbox, a_ticket())
    till.receipts.close_shift(shop.person("manager"))
    assert till.send().problem == "shared"
    assert shop.rows("SELECT count(*) FROM journal WHERE act = 'fiscal_shared'") == [(1,)]
    shop.sell(CHOCOLATE)
    assert till.send().problem == "", "what is sent goes on"
    refused = shop.sell(SWEETS)
    till.server.rejects.append(9)
    till.send()
    till.receipts.give_up(refused.receipt, "Registered by hand", shop.person("manager"))
    register.register(till.shop.settings().fiscal_cashbox, a_ticket())
    till.receipts.close_shift(shop.person("manager"))
    assert till.send().problem == "", "what a person registers by hand is no other shop"
