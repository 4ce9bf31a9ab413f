"""What is paid at a terminal that registers it itself is sent to no register, and no part of a sale counts twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.application.outside_partners.counted_charges import tender_of
from pos.application.sales.complete_sale import Payment
from pos.application.sales.take_payment import PaymentInProgress
from pos.domain.fiscal.document import NotRefusedByRegister, Standing
from pos.domain.fiscal.terminals import BackAtTerminal, PaidBesideTerminal
from pos.domain.money import Money
from pos.domain.sales.sale import Sale
from pos.payments.typed_terminal import TypedTerminal
from tests.application.outside_partners.test_refunds_at_providers import brought_back
from tests.application.returns.test_void_sale import void
from tests.application.sales.test_exchange import coming, exchange
from tests.builders import a_rate_table, cash_for, qr
from tests.fiscal.shops import FiscalTill, a_fiscal_till
from tests.horgos import CNY, KZT
from tests.payments.desk import Desk, Line
from tests.shops import BAG, CHOCOLATE, SWEETS


@dataclass
class Counter:
    """A till with a register, and a terminal that registers what is paid there."""

    till: FiscalTill
    desk: Desk

    def paid_at_terminal(self, *codes: str) -> Sale:
        """A sale whose money a person saw at the terminal."""
        checkout = self.till.shop.basket(*codes)
        approved = self.desk.decide(self.desk.pay(checkout).number, done=True, reference="7")
        return self.desk.finish(checkout, approved)

    def standing(self, receipt: str) -> Standing:
        return self.till.standing(receipt)


@pytest.fixture
def counter(shop_folder: Path) -> Iterator[Counter]:
    with a_fiscal_till(shop_folder) as till:
        till.shop.set("fiscal_terminals", "terminal,kaspi")
        yield Counter(till, Desk(till.shop, Line(TypedTerminal())))


def test_a_sale_at_the_terminal_its_return_and_its_void_are_told_to_no_register(counter: Counter) -> None:
    till = counter.till
    at_terminal, voided = counter.paid_at_terminal(SWEETS, SWEETS), counter.paid_at_terminal(SWEETS)
    told = till.shop.sell(CHOCOLATE)
    back = brought_back(counter.desk, at_terminal, "r-1")
    gone = void(till.shop, voided.receipt)
    sent = till.send()
    assert [(one.operation) for one in till.server.tickets()] == ["sale"]
    assert (sent.counts.registered, sent.counts.at_terminal, sent.counts.waiting) == (1, 4, 0)
    for receipt in (at_terminal.receipt, voided.receipt, back.receipt, gone.receipt):
        assert counter.standing(receipt) is Standing.AT_TERMINAL
    assert counter.standing(told.receipt) is Standing.REGISTERED
    document = till.document(at_terminal.receipt)
    assert (document.attempt.partner, str(document.attempt.amount)) == ("terminal", "6988.80")
    with pytest.raises(NotRefusedByRegister):
        till.receipts.give_up(at_terminal.receipt, "why", till.shop.person("manager"))
    assert [line for line in till.shop.verify() if line.startswith("fiscal")] == []
    with till.shop.raw(writing=True) as store:
        store.execute("UPDATE sale_payment SET provider = NULL, tender = 'x' WHERE provider = 'terminal'")
    assert any("nothing was paid there" in line for line in till.shop.verify())


def test_a_part_at_the_terminal_is_refused_before_the_sale_is_recorded(counter: Counter) -> None:
    till, desk = counter.till, counter.desk
    checkout = till.shop.basket(SWEETS)
    order = checkout.order(till.shop.person("amina"))
    approved = desk.decide(desk.pay(checkout, Money(1000, CNY)).number, done=True, reference="7")
    rest = order.cart.total - approved.amount
    with pytest.raises(PaidBesideTerminal):
        till.shop.complete_sale.from_counter(order, Payment((tender_of(approved), cash_for(rest))))
    assert till.shop.rows("SELECT count(*) FROM fiscal_document") == [(0,)]
    till.shop.set("fiscal_terminals", "none")
    sale = till.shop.complete_sale.from_counter(order, Payment((tender_of(approved), cash_for(rest))))
    assert counter.standing(sale.receipt) is Standing.WAITING


def test_goods_of_the_terminal_come_back_there_and_not_in_exchange(counter: Counter) -> None:
    sale = counter.paid_at_terminal(SWEETS)
    with pytest.raises(BackAtTerminal):
        exchange(counter.till.shop, "x", [coming(sale.receipt)], BAG)
    assert counter.till.shop.rows("SELECT count(*) FROM fiscal_document") == [(1,)]


def payment(counter: Counter, minor: int = 5000) -> PaymentInProgress:
    shop = counter.till.shop
    begun = PaymentInProgress.of(
        Money(minor, CNY), a_rate_table(), shop.settings().cash(), shop.now(), timedelta(hours=48)
    )
    return replace(begun, terminals=shop.settings().registering_terminals())


def test_no_terminal_is_asked_for_a_part_and_no_cash_taken_beside_it(counter: Counter) -> None:
    begun = payment(counter)
    begun.by("card").asking("terminal", Money(2000, CNY))
    in_part = replace(begun, tenders=(replace(qr("20"), provider="terminal"),))
    in_part.by("card").asking("terminal", Money(3000, CNY))
    for refused in (
        lambda: in_part.adding(Money(3000, CNY)),
        lambda: in_part.by("qr").asking("wechat", Money(3000, CNY)),
        lambda: begun.adding(Money(1000, CNY)).by("card").asking("terminal", Money(4000, CNY)),
        lambda: replace(begun, is_exchange=True).by("card").asking("terminal", Money(5000, CNY)),
    ):
        with pytest.raises(PaidBesideTerminal):
            refused()
    begun.adding(Money(1000, CNY)).by("qr").asking("wechat", Money(4000, CNY))
    replace(in_part, terminals=frozenset()).adding(Money(3000, CNY))


def test_what_a_terminal_of_whole_units_cannot_take_may_be_paid_in_cash(counter: Counter) -> None:
    begun = payment(counter, 1250)  # 918.75 tenge
    begun = replace(begun, cash=replace(begun.cash, steps={**begun.cash.steps, "KZT": 100}))
    there = replace(begun, tenders=(replace(qr("918", KZT), provider="kaspi"),))
    assert there.settlement().left.minor == 1
    assert there.adding(Money(100, KZT)).view().is_settled
    with pytest.raises(PaidBesideTerminal):
        replace(begun, tenders=(replace(qr("917", KZT), provider="kaspi"),)).adding(Money(200, KZT))


def test_what_no_coin_can_pay_beside_such_a_terminal_is_rounded(counter: Counter) -> None:
    begun = payment(counter, 1250)  # 918.75 tenge; the smallest coin is 5
    there = replace(begun, tenders=(replace(qr("918", KZT), provider="kaspi"),))
    in_part = replace(begun, tenders=(replace(qr("917", KZT), provider="kaspi"),))
    assert (there.view().is_settled, str(there.settlement().rounding)) == (True, "-0.01")
    assert in_part.settlement().left.minor == 2
    with pytest.raises(PaidBesideTerminal):
        in_part.adding(Money(500, KZT))


def test_nothing_of_it_has_an_effect_without_a_register(counter: Counter) -> None:
    counter.till.shop.set("fiscal_register", "none")
    assert counter.till.shop.settings().registering_terminals() == frozenset()
