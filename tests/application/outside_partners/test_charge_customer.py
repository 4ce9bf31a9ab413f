"""A customer pays by their phone: once, whatever the line does, and their goods stay reserved meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos.application.outside_partners.counted_charges import tender_of
from pos.application.outside_partners.refusals import ChargeNotPaid, ChargeStillOpen, ProviderNotSetUp
from pos.application.ports.partner_ports import PracticeOutcome
from pos.application.sales.complete_sale import Payment
from pos.domain.money import Money
from pos.domain.outside_partners.answers import Answer, Declined
from pos.domain.outside_partners.attempt import AttemptSettled, AttemptState, PartnerIsAsked
from pos.domain.payment.pending_refund import PaymentRefunded
from pos.domain.request_key import KeyReused
from pos.domain.sales.parking import GoodsReserved
from pos.domain.stock.stock import OutOfStock
from pos.payments.practice_provider import PracticeProvider
from tests.builders import cash_for
from tests.horgos import CNY
from tests.payments.desk import CODE, Desk, Killed
from tests.shops import CHOCOLATE, LAST_ONE, SWEETS, DemoShop


def test_a_customer_who_pays_at_once_has_their_receipt_and_the_provider_is_named(desk: Desk) -> None:
    checkout = desk.shop.basket(SWEETS)

    charge = desk.pay(checkout)
    sale = desk.finish(checkout, charge)

    assert charge.state is AttemptState.DONE
    assert [(paid.tender.method, paid.tender.provider) for paid in sale.paid] == [("qr", "wechat")]
    assert desk.now(charge.number).document == sale.receipt
    assert desk.open() == []


def test_the_row_is_on_disk_before_the_provider_hears_of_it(desk: Desk) -> None:
    desk.line.faults.append("kill_before")
    with pytest.raises(Killed):
        desk.pay(desk.shop.basket(SWEETS))

    [open_one] = desk.open()
    assert (open_one.attempt.state, open_one.attempt.code_tail) == (AttemptState.SENT, CODE.digits[-4:])
    assert CODE.digits not in str(desk.shop.tables())


def test_an_answer_that_was_lost_after_the_deed_is_asked_for_and_pays_the_sale(desk: Desk) -> None:
    desk.line.faults.append("after")
    checkout = desk.shop.basket(SWEETS)
    lost = desk.pay(checkout)
    assert lost.state is AttemptState.UNKNOWN

    [done] = desk.turns(2)

    assert done.is_tender
    assert desk.finish(checkout, done).paid[0].tender.id == lost.number
    assert desk.line.calls == ["charge", "ask"]


def test_while_an_attempt_is_open_no_second_one_is_made_for_the_same_money(
    desk: Desk, customer: PracticeProvider
) -> None:
    customer.choose(PracticeOutcome.WAITS)
    checkout = desk.shop.basket(SWEETS)
    first = desk.pay(checkout)

    with pytest.raises(ChargeStillOpen):
        desk.charge(desk.request(checkout))

    desk.undo(first.number)
    assert desk.charge(desk.request(checkout)).tries == 2
    assert desk.line.calls == ["charge"]


def test_a_sale_is_paid_in_cash_after_an_undo_and_the_late_money_goes_back_by_itself(
    desk: Desk, customer: PracticeProvider
) -> None:
    customer.choose(PracticeOutcome.WAITS)
    checkout = desk.shop.basket(SWEETS)
    first = desk.pay(checkout)
    desk.undo(first.number)
    sale = desk.shop.pay(checkout)
    customer.choose(PracticeOutcome.PAYS)
    customer._charges[first.number].paid = True  # the customer was quicker than the undo

    desk.turns(3)

    late = desk.now(first.number)
    assert (late.state, late.is_given_back, late.document) == (AttemptState.DONE, True, "")
    assert sum(one.minor for one in customer._refunds.values()) == 4800
    assert [paid.tender.method for paid in sale.paid] == ["cash"]
    assert desk.open() == []
    acts = [row[0] for row in desk.shop.rows("SELECT act FROM journal ORDER BY id")]
    assert [one for one in acts if "charge" in one] == ["undo_charge", "charge", "owe_charge", "refund_charge"]
    assert desk.shop.verify() == []


def test_after_a_restart_what_is_open_is_asked_first_and_offered(desk: Desk) -> None:
    desk.line.faults.append("kill_after")
    checkout = desk.shop.basket(SWEETS)
    with pytest.raises(Killed):
        desk.pay(checkout)
    desk.shop.now.move(hours=2)
    desk.restart()

    [done] = desk.worker.turn()

    assert done.is_offered
    assert desk.line.calls == ["charge", "ask"]
    assert desk.finish(checkout, done).total == done.amount


def test_money_for_which_there_is_no_sale_is_given_back_when_a_person_says_so(
    desk: Desk, customer: PracticeProvider
) -> None:
    charge = desk.pay(desk.shop.basket(SWEETS))

    desk.undo(charge.number)
    desk.turns(2)

    assert desk.now(charge.number).is_given_back
    assert len(customer._refunds) == 1
    assert desk.open() == []


def test_money_that_is_given_back_pays_for_nothing(desk: Desk) -> None:
    checkout = desk.shop.basket(SWEETS)
    charge = desk.pay(checkout)
    desk.undo(charge.number)

    with pytest.raises(PaymentRefunded):
        desk.finish(checkout, charge)
    with pytest.raises(ChargeNotPaid):
        tender_of(desk.now(charge.number))


def test_a_charge_pays_one_sale_and_no_other(desk: Desk) -> None:
    charge = desk.pay(desk.shop.basket(SWEETS))
    other = desk.shop.basket(SWEETS)

    with pytest.raises(ChargeNotPaid):
        desk.finish(other, charge)

    assert desk.shop.owed_money.all() == []  # it is still offered for its own sale


def test_a_charge_that_waits_pays_for_nothing(desk: Desk, customer: PracticeProvider) -> None:
    customer.choose(PracticeOutcome.WAITS)
    checkout = desk.shop.basket(SWEETS)
    waiting = desk.pay(checkout)
    order = checkout.order(desk.shop.person("amina"))
    tender = replace(tender_of(replace(waiting, state=AttemptState.DONE, paid=waiting.amount)))

    with pytest.raises(ChargeNotPaid):
        desk.shop.complete_sale.from_counter(order, Payment((tender,)))

    assert desk.shop.owed_money.all() == []


def test_a_recorded_sale_is_neither_charged_nor_undone(desk: Desk) -> None:
    checkout = desk.shop.basket(SWEETS)
    charge = desk.pay(checkout)
    desk.finish(checkout, charge)

    with pytest.raises(AttemptSettled):
        desk.undo(charge.number)
    with pytest.raises(KeyReused):
        desk.charge(desk.request(checkout))


def test_a_till_that_forgot_the_name_of_the_provider_still_records_it(desk: Desk) -> None:
    checkout = desk.shop.basket(SWEETS)
    charge = desk.pay(checkout)
    nameless = replace(tender_of(charge), provider="")

    order = checkout.order(desk.shop.person("amina"))
    sale = desk.shop.complete_sale.from_counter(order, Payment((nameless,)))

    assert sale.paid[0].tender.provider == "wechat"
    assert desk.open() == []


def test_a_part_is_paid_by_phone_and_the_rest_in_cash(desk: Desk) -> None:
    checkout = desk.shop.basket(SWEETS)
    charge = desk.pay(checkout, Money(1000, CNY))

    sale = desk.finish(checkout, charge, cash=Money(3800, CNY))

    assert [paid.tender.provider for paid in sale.paid] == ["wechat", ""]


def test_the_last_piece_stays_reserved_as_long_as_the_provider_may_take(
    desk: Desk, customer: PracticeProvider, shop: DemoShop
) -> None:
    customer.choose(PracticeOutcome.WAITS)
    customer.rhythm = replace(customer.rhythm, time_over=3600)
    checkout = shop.basket(LAST_ONE)
    waiting = desk.pay(checkout)
    shop.now.move(minutes=shop.settings().hold_minutes + 30)
    shop.set("sell_without_visitor", "yes")
    other = shop.other_till()
    with pytest.raises(GoodsReserved):
        other.sell(LAST_ONE, visitor=False)
    customer.choose(PracticeOutcome.PAYS)
    desk.worker.turn()

    sale = desk.finish(checkout, desk.now(waiting.number))

    assert sale.total == waiting.amount
    other.close()


def test_a_refused_sale_leaves_its_money_in_the_list_and_the_provider_gives_it_back(
    desk: Desk, customer: PracticeProvider, shop: DemoShop
) -> None:
    checkout = shop.basket(LAST_ONE)
    charge = desk.pay(checkout)
    shop.hold_sale.release(checkout.order(desk.shop.person("amina")).key)
    shop.set("sell_without_visitor", "yes")
    other = shop.other_till()
    other.sell(LAST_ONE, visitor=False)
    with pytest.raises(OutOfStock):
        desk.finish(checkout, charge)
    [owed] = shop.owed_money.all()
    assert owed.tender == charge.number

    shop.owed_money.settle(owed, shop.person("manager"))
    assert shop.owed_money.all() == [owed]  # the provider is asked first
    assert shop.owed_money.refunded(charge.about) == {charge.number}
    desk.turns(2)

    assert shop.owed_money.all() == []
    assert len(customer._refunds) == 1
    other.close()


def test_a_provider_that_is_not_set_up_takes_nothing(desk: Desk) -> None:
    checkout = desk.shop.basket(CHOCOLATE)
    desk.shop.set("provider_qr", "")
    with pytest.raises(ProviderNotSetUp):
        desk.charge(replace(desk.request(checkout), provider="alipay"))

    desk.shop.set("provider_qr", "wechat")

    assert desk.offered("qr", CNY) == ["wechat"]
    assert desk.offered("card", CNY) == []


def test_a_person_decides_only_what_the_provider_cannot_say(desk: Desk, customer: PracticeProvider) -> None:
    customer.choose(PracticeOutcome.LINE_LOST)
    checkout = desk.shop.basket(SWEETS)
    lost = desk.pay(checkout)
    with pytest.raises(PartnerIsAsked):
        desk.decide(lost.number, done=True)

    desk.turns(400, every=20)
    assert desk.now(lost.number).state is AttemptState.ASK_PERSON
    decided = desk.decide(lost.number, done=False)

    assert decided.decision is not None
    assert (decided.decision.person, decided.state) == ("amina", AttemptState.UNDONE)
    assert desk.open() == []
    assert desk.shop.pay(checkout).paid[0].tender == cash_for(lost.amount)


def test_a_refund_that_is_refused_stays_with_a_person(
    desk: Desk, customer: PracticeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    charge = desk.pay(desk.shop.basket(SWEETS))
    desk.undo(charge.number)
    [refund] = next(one.refunds for one in desk.open() if one.attempt == desk.now(charge.number))
    desk.shop.now.move(seconds=1)
    _refuse_refunds(desk, monkeypatch)
    desk.worker.turn()

    [here] = desk.open()
    assert here.owed == charge.amount
    manager = desk.shop.person("manager")
    again = desk.give_back.again(charge.number, manager)
    assert again.number != refund.number
    desk.worker.turn()
    desk.give_back.by_hand(charge.number, manager)

    assert desk.now(charge.number).is_given_back
    assert desk.open() == []
    with pytest.raises(AttemptSettled):
        desk.give_back.by_hand(charge.number, manager)
    assert customer._refunds == {}


def _refuse_refunds(desk: Desk, patch: pytest.MonkeyPatch) -> None:
    def refund(*_: object) -> Answer:
        return Declined("no_money")

    patch.setattr(desk.line.of, "refund", refund)


def test_time_over_undoes_what_nobody_pays(desk: Desk, customer: PracticeProvider) -> None:
    customer.choose(PracticeOutcome.WAITS)
    waiting = desk.pay(desk.shop.basket(SWEETS))

    desk.turns(70, every=2)

    undone = desk.now(waiting.number)
    assert (undone.state, undone.undo_by) == (AttemptState.UNDONE, "")
    assert undone.settled_at is not None
    assert undone.settled_at - undone.begun_at < timedelta(seconds=66)
