"""Money taken by card or QR for a sale that is refused all the same is the customer's until someone gives it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db.sales.pending_refunds import SqlPendingRefunds
from db.shifts.z_rows import report_from, report_text
from pos.application.ports.journal_ports import JournalFilter
from pos.application.reports.journal_fields import entry_fields
from pos.application.reports.shift_json import shift_json
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.complete_sale import Payment
from pos.application.sales.order import SaleOrder
from pos.application.text.translator import Translator
from pos.domain.errors import BadField, RuleBroken
from pos.domain.payment.pending_refund import PaymentRefunded, TenderSettled
from pos.domain.payment.tender import Tender, Underpaid
from pos.domain.request_key import KeyReused
from pos.domain.staff.staff import NotAllowed, PersonDisabled, WrongPin
from pos.domain.stock.stock import OutOfStock
from pos.domain.visitors.document import read_typed
from pos.languages.catalogue import load_translators
from tests.application.sales.test_hold_sale import an_order, basket_of_another
from tests.application.sales.test_park_sale import count
from tests.application.sales.test_two_tills_one_visitor import passport
from tests.builders import MONDAY, card, cash, money, qr
from tests.horgos import KZT
from tests.shops import CARTON, CHOCOLATE, LAST_ONE, MANAGERS_PIN, ZHANG_WEI, DemoShop, a_ticket

TRANSLATIONS = Path(__file__).parents[3] / "resources" / "translations"


def refused_at_the_end(shop: DemoShop, *tenders: Tender) -> SaleOrder:
    """An order whose last piece went over another counter while its customer paid."""
    order = an_order(shop, LAST_ONE)
    other = shop.other_till()
    other.sell(LAST_ONE)
    other.close()
    with pytest.raises(RuleBroken):
        shop.complete_sale.from_counter(order, Payment(tenders))
    return order


def owed(shop: DemoShop) -> list[tuple[str, str, str]]:
    return [(one.method, str(one.amount), one.why) for one in shop.owed_money.all()]


def put_one_more_on_the_shelf(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        product = work.products.by_code(LAST_ONE, shop.now())
        assert product is not None
        work.stock.move(product.id, 1, "opening", MONDAY, "demo")
        work.commit()


def another_cashiers(shop: DemoShop) -> None:
    """The allowance of Zhang Wei counts no purchase of before."""
    with shop.raw(writing=True) as store:
        store.execute("UPDATE product SET category = 'other' WHERE code = ?", (LAST_ONE,))


@pytest.fixture(autouse=True)
def plain_goods(shop: DemoShop) -> None:
    another_cashiers(shop)


def test_what_was_taken_by_card_and_qr_is_to_be_given_back_and_cash_is_in_the_hand(shop: DemoShop) -> None:
    order = refused_at_the_end(shop, card("100"), replace(qr("27"), reference="4417"), cash("100"))

    assert owed(shop) == [("card", "100.00", "out_of_stock"), ("qr", "27.00", "out_of_stock")]
    [first, second] = shop.owed_money.all()
    assert (first.key, first.no, first.till, first.person, second.reference) == (order.key, 0, "T1", "amina", "4417")
    assert shop.rows("SELECT count(*) FROM sale WHERE till = 'T1'") == [(0,)]
    assert shop.verify() == []


def test_the_same_refusal_again_owes_it_once_and_a_further_card_is_added(shop: DemoShop) -> None:
    first, second, same = card("100"), card("127"), card("100")
    order = refused_at_the_end(shop, first, second)
    for tenders in ((second, first), (card("27"), first, same)):
        with pytest.raises(OutOfStock):
            shop.complete_sale.from_counter(order, Payment(tenders))

    assert [amount for _, amount, _ in owed(shop)] == ["100.00", "127.00", "27.00", "100.00"]
    assert shop.verify() == []


def test_a_sale_that_is_made_after_all_settles_what_it_is_paid_with_and_nothing_else(shop: DemoShop) -> None:
    first, second, third = card("100"), card("100"), qr("27")
    order = refused_at_the_end(shop, first, second, third)
    put_one_more_on_the_shelf(shop)

    shop.complete_sale.from_counter(order, Payment((first, cash("127"))))

    assert owed(shop) == [("card", "100.00", "out_of_stock"), ("qr", "27.00", "out_of_stock")]
    assert shop.rows("SELECT method, settled_by FROM owed_tender WHERE settled_by IS NOT NULL") == [("card", "amina")]
    assert shop.verify() == []


def test_what_is_refunded_while_its_sale_is_recorded_pays_for_nothing(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid = card("227")
    order = refused_at_the_end(shop, paid)
    put_one_more_on_the_shelf(shop)
    [before] = shop.owed_money.all()
    shop.owed_money.settle(before, shop.person("manager"))
    with monkeypatch.context() as patch:  # as a server's till has read it
        patch.setattr(SqlPendingRefunds, "of_sale", lambda *_asked: [(before, True)])
        with pytest.raises(PaymentRefunded):
            shop.complete_sale.from_counter(order, Payment((paid,)))

    assert shop.rows("SELECT person FROM journal WHERE act = 'settle_tender'") == [("manager",)]
    assert shop.rows("SELECT count(*) FROM sale WHERE till = 'T1'") == [(0,)]
    assert shop.verify() == []


def test_someone_gives_it_back_once(shop: DemoShop) -> None:
    refused_at_the_end(shop, card("227"))
    [one] = shop.owed_money.all()
    with pytest.raises(NotAllowed):
        shop.owed_money.settle(one, shop.person("clerk"))

    shop.owed_money.settle(one, shop.person("manager"))

    assert owed(shop) == []
    with pytest.raises(TenderSettled):
        shop.owed_money.settle(one, shop.person("manager"))
    [(person, details)] = shop.rows("SELECT person, details FROM journal WHERE act = 'settle_tender'")
    assert person == "manager"
    assert '"how":"given_back"' in details
    assert shop.verify() == []


def test_a_payment_that_does_not_add_up_owes_nothing(shop: DemoShop) -> None:
    order = an_order(shop, CHOCOLATE)
    with pytest.raises(Underpaid):
        shop.complete_sale.from_counter(order, Payment((card("5"),)))
    with pytest.raises(RuleBroken):
        shop.complete_sale.from_counter(order, Payment((card("50"),)))
    assert owed(shop) == []


def test_a_ticket_of_a_file_owes_it_as_the_window_does(shop: DemoShop) -> None:
    paid = [{"method": "card", "currency": "CNY", "amount": "780.00"}]
    with pytest.raises(QuotaExceeded):
        shop.ring_sale(a_ticket(lines=[{"code": CARTON, "quantity": 3}], payments=paid))

    assert owed(shop) == [("card", "780.00", "quota_exceeded")]


def test_so_does_a_ticket_that_is_refused_before_its_sale_begins(shop: DemoShop) -> None:
    paid = [{"method": "qr", "currency": "CNY", "amount": "25.00"}]
    approve = {"user": "manager", "pin": "111222"}
    with pytest.raises(WrongPin):
        shop.ring_sale(a_ticket(payments=paid, approve=approve))
    assert owed(shop) == [("qr", "25.00", "wrong_pin")]

    shop.ring_sale(a_ticket(payments=paid, approve={**approve, "pin": MANAGERS_PIN}))
    assert owed(shop) == []
    assert shop.verify() == []


def test_a_card_is_owed_too_when_the_cashier_was_disabled_while_it_was_read(shop: DemoShop) -> None:
    order = an_order(shop, CHOCOLATE)
    shop.hold_sale(order)
    shop.staff.disable(shop.person("manager"), "amina")
    with pytest.raises(PersonDisabled):
        shop.complete_sale.from_counter(order, Payment((card("12.50"),)))
    assert owed(shop) == [("card", "12.50", "person_disabled")]
    assert shop.verify() == []


def test_and_when_two_visitors_turned_out_to_be_one_person(shop: DemoShop) -> None:
    checkout = basket_of_another(shop, CHOCOLATE, number=1)
    checkout.identify(read_typed("passport", passport(2), "CHN", "1990-01-01", shop.now().date()))
    order = checkout.order(shop.person("amina"))
    shop.hold_sale(order)
    with shop.store.begin() as work:
        locked = work.visitors.lock(order.visitors, shop.now())
        work.visitors.link(locked["B"], locked["A"])
        work.commit()
    with pytest.raises(BadField):
        shop.complete_sale.from_counter(order, Payment((card("12.50"),)))
    assert owed(shop) == [("card", "12.50", "bad_field")]


def test_a_ticket_with_a_mistake_in_it_owes_nothing(shop: DemoShop) -> None:
    visitors = [{"id": label, "document": {"mrz": list(ZHANG_WEI)}} for label in "AB"]
    paid = [{"method": "card", "currency": "CNY", "amount": "25.00"}]
    with pytest.raises(BadField):
        shop.ring_sale(a_ticket(visitors=visitors, payments=paid))
    assert owed(shop) == []


def test_a_card_that_was_given_back_since_the_payment_was_opened_sells_nothing_and_is_owed_once(shop: DemoShop) -> None:
    paid, other = card("227"), card("227")
    order = refused_at_the_end(shop, paid)
    put_one_more_on_the_shelf(shop)
    [first] = shop.owed_money.all()
    shop.owed_money.settle(first, shop.person("manager"))
    with pytest.raises(PaymentRefunded):
        shop.complete_sale.from_counter(order, Payment((paid,)))

    assert owed(shop) == []
    assert shop.owed_money.refunded(order.key) == {paid.id}
    shop.complete_sale.from_counter(order, Payment((other,)))
    assert shop.rows("SELECT count(*) FROM sale WHERE till = 'T1'") == [(1,)]


def test_a_card_that_was_given_back_is_not_called_marked_for_refund_by_another_refusal(shop: DemoShop) -> None:
    """The goods are still gone; what matters first is that the customer has their money."""
    paid = card("227")
    order = refused_at_the_end(shop, paid)
    shop.owed_money.settle(shop.owed_money.all()[0], shop.person("manager"))
    with pytest.raises(PaymentRefunded):
        shop.complete_sale.from_counter(order, Payment((paid,)))

    assert owed(shop) == []
    with pytest.raises(OutOfStock):
        shop.complete_sale.from_counter(order, Payment((card("227"),)))
    assert owed(shop) == [("card", "227.00", "out_of_stock")]


def test_a_further_card_of_a_payment_of_which_one_was_given_back_is_to_be_given_back_too(shop: DemoShop) -> None:
    paid, further = card("200"), card("27")
    order = refused_at_the_end(shop, paid, cash("27"))
    put_one_more_on_the_shelf(shop)
    shop.owed_money.settle(shop.owed_money.all()[0], shop.person("manager"))
    with pytest.raises(PaymentRefunded):
        shop.complete_sale.from_counter(order, Payment((paid, further)))

    assert owed(shop) == [("card", "27.00", "payment_refunded")]
    shop.complete_sale.from_counter(order, Payment((card("200"), further)))
    assert owed(shop) == []
    assert shop.verify() == []


def test_a_card_of_before_is_still_to_be_given_back_where_another_of_its_amount_pays(shop: DemoShop) -> None:
    order = refused_at_the_end(shop, card("227"))
    put_one_more_on_the_shelf(shop)

    shop.complete_sale.from_counter(order, Payment((card("227"),)))

    assert owed(shop) == [("card", "227.00", "out_of_stock")]
    assert shop.verify() == []


def test_a_ticket_that_names_a_card_that_was_given_back_sells_nothing(shop: DemoShop) -> None:
    ticket = a_ticket(
        lines=[{"code": CARTON, "quantity": 3}],
        payments=[{"method": "card", "currency": "CNY", "amount": "390.00"}] * 2,
    )
    with pytest.raises(QuotaExceeded):
        shop.ring_sale(ticket)
    assert owed(shop) == [("card", "390.00", "quota_exceeded")] * 2
    shop.owed_money.settle(shop.owed_money.all()[0], shop.person("manager"))
    with_refunded = [ticket["payments"][0], {"method": "cash", "currency": "CNY", "amount": "130.00"}]
    two = {**ticket, "lines": [{"code": CARTON, "quantity": 2}]}
    with pytest.raises(PaymentRefunded):
        shop.ring_sale({**two, "payments": with_refunded})

    shop.ring_sale({**two, "payments": [{"method": "card", "currency": "CNY", "amount": "260.00"}] * 2})

    assert owed(shop) == [("card", "390.00", "quota_exceeded")]
    assert shop.verify() == []


def test_x_and_z_name_what_is_still_to_be_given_back(shop: DemoShop) -> None:
    refused_at_the_end(shop, card("100"), replace(qr("5000", KZT), reference="4417"), cash("100"))
    shop.now.move(minutes=1)
    manager = shop.person("manager")

    x = shop.read_shift(manager)
    shop.owed_money.settle(shop.owed_money.all()[0], manager)
    z = shop.close_shift(manager, count(shop)).report

    assert [(one.method, one.amount) for one in x.owed] == [("card", money("100")), ("qr", money("5000", KZT))]
    assert [one.reference for one in z.owed] == ["4417"]
    assert report_from(report_text(z)) == replace(z, anchor="")
    [answer] = shift_json(z)["to_give_back"]
    assert (answer["method"], answer["currency"], answer["amount"]) == ("qr", "KZT", "5000.00")
    assert z.at - z.owed[0].at == timedelta(minutes=1)
    assert shop.verify() == []


def test_a_z_of_before_owes_nothing(shop: DemoShop) -> None:
    z = shop.close_shift(shop.person("manager"), count(shop)).report
    assert report_from(report_text(z).replace('"owed":[],', "")) == replace(z, anchor="")


def test_what_a_cashier_took_who_was_disabled_meanwhile_is_to_be_given_back(shop: DemoShop) -> None:
    order = an_order(shop, LAST_ONE)
    shop.hold_sale(order)
    shop.staff.disable(shop.person("manager"), "amina")

    with pytest.raises(PersonDisabled):
        shop.complete_sale.from_counter(order, Payment((card("227"),)))

    assert owed(shop) == [("card", "227.00", "person_disabled")]
    assert shop.verify() == []


@pytest.mark.parametrize("who", ["clerk", "li"])
def test_who_may_not_ring_up_for_their_leaves_nothing_to_give_back(shop: DemoShop, who: str) -> None:
    """Or anyone could have money given back by card that no one took."""
    ticket = a_ticket(payments=[{"method": "card", "currency": "CNY", "amount": "5000"}])
    before = shop.tables()

    with pytest.raises(NotAllowed):
        shop.ring_sale(ticket, shop.person(who))

    assert shop.tables() == before


def test_a_card_for_a_basket_that_was_sold_as_another_one_is_to_be_given_back(shop: DemoShop) -> None:
    order = an_order(shop, CHOCOLATE)
    dearer = replace(order, cart=order.cart.with_quantity(order.cart.lines[0].id, 2))
    sold_for, taken = card("25.00"), card("12.50")
    sold = shop.complete_sale.from_counter(dearer, Payment((sold_for,)))
    for _again in range(2):
        with pytest.raises(KeyReused):
            shop.complete_sale.from_counter(order, Payment((taken,)))
    assert owed(shop) == [("card", "12.50", "key_reused")]

    noted = replace(order, cart=order.cart.with_note(None, "again"))
    with pytest.raises(KeyReused):  # with the card that the sale was paid with
        shop.complete_sale.from_counter(noted, Payment((sold_for, qr("3.00"))))
    assert owed(shop) == [("card", "12.50", "key_reused"), ("qr", "3.00", "key_reused")]
    with pytest.raises(KeyReused):  # with another one of its amount
        shop.complete_sale.from_counter(replace(noted, cart=noted.cart.with_note(None, "3")), Payment((card("25.00"),)))
    assert owed(shop)[-1] == ("card", "25.00", "key_reused")
    assert (sold.number, shop.verify()) == (1, [])


def how_it_ended(shop: DemoShop, language: str) -> tuple[str, dict[str, str]]:
    """The newest entry about money that was owed, as the journal shows it: its sentence and its facts."""
    manager = shop.person("manager")
    translators = {"en": Translator.english(), **load_translators(TRANSLATIONS)}
    listed = shop.read_journal.newest(JournalFilter(), manager, 1_000)
    entry = next(one for one in listed if one.event == "settle_tender")
    formatter = shop.read_journal.formatter(translators[language], manager)
    return formatter.sentence(entry), dict(entry_fields(entry, formatter))


def test_the_journal_says_that_owed_money_was_given_back(shop: DemoShop) -> None:
    refused_at_the_end(shop, card("227"))
    [one] = shop.owed_money.all()
    shop.owed_money.settle(one, shop.person("manager"))

    sentence, facts = how_it_ended(shop, "en")
    assert sentence.startswith("Payment of a failed sale refunded: ")
    assert facts["How"] == "refunded to the customer"


def test_the_journal_does_not_call_money_refunded_that_has_paid_for_the_sale_after_all(shop: DemoShop) -> None:
    paid = card("227")
    order = refused_at_the_end(shop, paid)
    put_one_more_on_the_shelf(shop)
    shop.complete_sale.from_counter(order, Payment((paid,)))

    sentence, facts = how_it_ended(shop, "en")
    assert sentence.startswith("Payment to be refunded was used for the sale: ")
    assert facts["How"] == "used for the sale"
    assert how_it_ended(shop, "ru")[0].startswith("Оплата, подлежавшая возврату, зачтена за продажу: ")
