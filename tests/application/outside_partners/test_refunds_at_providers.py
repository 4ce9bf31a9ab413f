"""Goods that come back: their money goes through the provider that took it, up to what came, once."""

from __future__ import annotations

from pos.application.ports.partner_ports import PracticeOutcome
from pos.application.receipts.issue_receipt import ShowSale
from pos.application.returns.return_order import Back, ReturnLine, ReturnOrder
from pos.application.returns.return_order import Exchange as ExchangeOrder
from pos.domain.money import Money
from pos.domain.outside_partners.attempt import AttemptKind, AttemptState, PartnerAttempt
from pos.domain.payment.tender import Tender
from pos.domain.returns.goods_return import GoodsReturn, RefundByProvider
from pos.domain.sales.sale import Sale
from pos.payments.practice_provider import PracticeProvider
from tests.application.returns.test_void_sale import void as voided
from tests.application.sales.test_exchange import coming, exchange
from tests.horgos import CNY
from tests.payments.desk import Desk
from tests.shops import CHOCOLATE, SWEETS


def sold(desk: Desk, *codes: str, by_phone: str = "") -> tuple[Sale, PartnerAttempt]:
    checkout = desk.shop.basket(*codes)
    amount = Money.parse(by_phone, CNY) if by_phone else None
    charge = desk.pay(checkout, amount)
    total = checkout.order(desk.shop.person("amina")).cart.total
    rest = total - charge.amount
    return desk.finish(checkout, charge, cash=rest if rest else None), charge


def brought_back(desk: Desk, sale: Sale, key: str, pieces: int = 1, method: str = "qr") -> GoodsReturn:
    order = ReturnOrder(key, sale.receipt, (ReturnLine(0, pieces),), method, CNY, "unwanted", "amina")
    return desk.shop.return_goods(order, key)


def refunds(desk: Desk, charge: PartnerAttempt) -> list[PartnerAttempt]:
    with desk.shop.store.reading() as work:
        return [one for one in work.attempts.refunds_of(charge.number) if one.kind is AttemptKind.REFUND]


def test_a_piece_that_comes_back_is_refunded_by_the_provider_under_its_own_number(
    desk: Desk, customer: PracticeProvider
) -> None:
    sale, charge = sold(desk, SWEETS, SWEETS)

    back = brought_back(desk, sale, "r-1")
    again = brought_back(desk, sale, "r-1")
    [owed] = refunds(desk, charge)
    assert (owed.state, owed.document, owed.amount) == (AttemptState.NEW, back.receipt, Money(4800, CNY))
    desk.turns(1)

    assert again == back
    [done] = refunds(desk, charge)
    assert (done.number, done.state) == (owed.number, AttemptState.DONE)
    assert customer._refunds == {owed.number: Money(4800, CNY)}
    assert desk.open() == []


def test_all_that_comes_back_is_what_came_and_the_rest_is_cash(desk: Desk, customer: PracticeProvider) -> None:
    sale, charge = sold(desk, SWEETS, SWEETS, by_phone="60.00")

    first = brought_back(desk, sale, "r-1")
    second = brought_back(desk, sale, "r-2")
    desk.turns(1)

    assert sum(one.minor for one in customer._refunds.values()) == 6000
    assert [(one.method, str(one.amount)) for back in (first, second) for one in back.refunds] == [
        ("qr", "48.00"), ("qr", "12.00"), ("cash", "36.00"),
    ]  # fmt: skip
    assert {one.state for one in refunds(desk, charge)} == {AttemptState.DONE}


def test_a_void_goes_back_by_itself_and_the_cashier_reverses_nothing(desk: Desk, customer: PracticeProvider) -> None:
    sale, _ = sold(desk, SWEETS)

    void = voided(desk.shop, sale.receipt)
    desk.turns(1)

    assert void.to_reverse == ()
    assert sum(one.minor for one in customer._refunds.values()) == sale.total.minor
    assert desk.shop.verify() == []


def test_a_refund_whose_answer_was_lost_is_the_same_refund(desk: Desk, customer: PracticeProvider) -> None:
    sale, charge = sold(desk, SWEETS)
    for fault in ("after", "before"):
        desk.line.faults.append(fault)
    brought_back(desk, sale, "r-1")

    desk.turns(400, every=20)

    assert [one.state for one in refunds(desk, charge)] == [AttemptState.DONE]
    assert len(customer._refunds) == 1


def test_a_refund_is_asked_for_again_after_the_till_was_off(desk: Desk, customer: PracticeProvider) -> None:
    sale, charge = sold(desk, SWEETS)
    customer.choose(PracticeOutcome.LINE_LOST)
    brought_back(desk, sale, "r-1")
    desk.turns(5)
    customer.choose(PracticeOutcome.PAYS)
    desk.shop.now.move(hours=8)
    desk.restart()

    desk.turns(3)

    assert [one.state for one in refunds(desk, charge)] == [AttemptState.DONE]


def test_of_an_exchange_it_is_known_before_and_after_what_goes_back_by_itself(desk: Desk) -> None:
    sale, _ = sold(desk, SWEETS, CHOCOLATE)
    proposed = desk.shop.propose_exchange(
        ExchangeOrder((Back(sale.receipt, (ReturnLine(0, 1),), "unwanted"),), "qr", CNY), Money.parse("12.50", CNY)
    )
    done = exchange(desk.shop, "x-1", [coming(sale.receipt)], CHOCOLATE)
    back = RefundByProvider("wechat", "qr", Money.parse("35.50", CNY))

    assert [one.by_provider for one in proposed] == [(back,)]
    assert [one.by_provider for one in done.returns] == [(back,)]
    assert [one.by_provider for one in ShowSale(desk.shop.context)(done.receipt).returns] == [(back,)]


def test_of_two_receipts_in_an_exchange_each_has_what_goes_back_by_itself(desk: Desk) -> None:
    first, _ = sold(desk, SWEETS)
    second, _ = sold(desk, CHOCOLATE)
    typed = desk.shop.sell(SWEETS, tenders=(Tender("qr", Money.parse("48.00", CNY), "slip"),))
    backs = [Back(sale.receipt, (ReturnLine(0, 1),), "unwanted") for sale in (typed, first, second)]
    proposed = desk.shop.propose_exchange(ExchangeOrder(tuple(backs), "qr", CNY), Money.parse("1.00", CNY))

    assert [
        [(str(refund.amount), [str(part.amount) for part in parts]) for refund, parts in one.money_back]
        for one in proposed
    ] == [[("47.00", [])], [("48.00", ["48.00"])], [("12.50", ["12.50"])]]
