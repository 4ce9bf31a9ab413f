"""A basket that is sent: its steps at the counter, what it needs before money is taken, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.maintenance.erase_visitors import EraseVisitors
from pos.application.ports.journal_ports import JournalFilter
from pos.application.quota.open_questions import WEIGHT
from pos.application.sales.approved_basket import check_payable
from pos.application.sales.basket_json import basket_from_json, basket_json, without_recipient
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.checkout import Checkout
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField, RuleBroken
from pos.domain.quota.assess import Assessment
from pos.domain.quota.rule import Verdict
from pos.domain.sales.cart import EmptyCart
from pos.domain.sales.parcel import NoParcelRegime, NotAParcelRegime, Parcel, ParcelBuyer, ParcelTooLight, Recipient
from pos.domain.visitors.document import read_typed
from tests.application.sales.test_coming_back import bring_back, in_hand
from tests.application.sales.test_hold_sale import basket_of_another
from tests.application.sales.test_parcels import ADDRESS, figures, recipient_of
from tests.builders import MONDAY, a_cart, a_rate_table
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop

BY_POST = Parcel("Kazpost", 2350)
AIGERIM = Recipient("Айгерим Сеитова", ADDRESS)


@pytest.fixture
def sending(shop: DemoShop) -> DemoShop:
    """A shop that sends parcels to both sides."""
    shop.set("parcel_regime_kz", "kz-parcel")
    shop.set("parcel_regime_cn", "cn-cross-border")
    return shop


def sent(till: DemoShop, *codes: str, to: str = "KZ", grams: int = BY_POST.grams) -> Checkout:
    checkout = till.basket(*(codes or (CHOCOLATE, CHOCOLATE)))
    checkout.leave_to(to)
    checkout.send(replace(BY_POST, grams=grams), AIGERIM)
    return checkout


def judged(checkout: Checkout) -> Assessment:
    return checkout.view().shown["A"]


def payable(till: DemoShop, checkout: Checkout, person: str = "amina") -> None:
    check_payable(checkout, SaleConditions(till.now(), till.settings(), till.person(person)))


def refused_for(till: DemoShop, checkout: Checkout) -> RuleBroken:
    with pytest.raises(RuleBroken) as refused:
        payable(till, checkout)
    return refused.value


def test_goods_to_be_sent_are_judged_at_once_by_the_rules_for_parcels_and_undo_takes_it_back(
    sending: DemoShop,
) -> None:
    checkout = sending.basket(CHOCOLATE, CHOCOLATE)
    carried = checkout.leave_to("KZ")

    view = checkout.send(BY_POST, AIGERIM)

    assert (view.parcel, view.recipient) == (BY_POST, AIGERIM)
    assert view.regime is not None
    assert view.regime.id == "kz-parcel"
    weight = next(one for one in view.quota["A"].rules if one.rule.id == "weight")
    assert round(float(weight.current or 0), 6) == 2.35
    assert view.advice_request is not None
    assert view.advice_request.answer().judged["A"].assessment.verdict is Verdict.OK

    back = checkout.undo()
    assert (back.parcel, back.regime) == (None, carried.regime)
    assert [one.verdict for one in back.quota.values()] == [one.verdict for one in carried.quota.values()]


def test_a_parcel_is_changed_and_removed_each_by_one_step(sending: DemoShop) -> None:
    checkout = sent(sending)
    heavier = replace(BY_POST, grams=40_000)

    checkout.send(heavier, AIGERIM)
    assert judged(checkout).verdict is Verdict.DUTY  # above 31 kg
    same = checkout.send(heavier, AIGERIM).last_step
    assert checkout.last_step == same

    checkout.carry()
    assert checkout.view().parcel is None
    assert checkout.carry().last_step == same + 1
    assert checkout.undo().parcel == heavier
    assert checkout.undo().parcel == BY_POST
    assert checkout.undo().parcel is None


def test_the_destination_decides_by_which_rules_a_parcel_is_judged(sending: DemoShop) -> None:
    checkout = sent(sending)
    assert judged(checkout).regime.id == "kz-parcel"

    checkout.leave_to("CN")

    assert judged(checkout).regime.id == "cn-cross-border"
    assert judged(checkout).verdict is Verdict.DUTY


def test_goods_to_be_sent_are_sold_at_the_counter_as_by_a_file(sending: DemoShop) -> None:
    sale = sending.pay(sent(sending))

    assert (sale.parcel, sale.regime) == (BY_POST, "kz-parcel")
    assert figures(sale, "weight")["current"] == "2.350"
    assert recipient_of(sending, sale) == AIGERIM
    assert [name for name, rows in sending.tables().items() if ADDRESS in str(rows)] == ["parcel_address"]


def test_goods_that_are_not_there_yet_or_a_side_without_rules_are_not_sent(shop: DemoShop) -> None:
    with pytest.raises(EmptyCart):
        shop.checkout().send(BY_POST, AIGERIM)
    nowhere = shop.basket(CHOCOLATE, visitor=False)
    with pytest.raises(NoParcelRegime):
        nowhere.send(BY_POST, AIGERIM)
    checkout = shop.basket(CHOCOLATE)
    with pytest.raises(NoParcelRegime):
        checkout.send(BY_POST, AIGERIM)
    shop.set("parcel_regime_cn", "cn-horgos")
    with pytest.raises(NotAParcelRegime):
        checkout.send(BY_POST, AIGERIM)
    assert checkout.view().parcel is None


def test_where_nothing_is_sent_to_the_other_side_it_is_said_before_money_is_taken(shop: DemoShop) -> None:
    shop.set("parcel_regime_kz", "kz-parcel")
    checkout = sent(shop)

    checkout.leave_to("CN")

    assert checkout.view().quota == {}
    assert isinstance(refused_for(shop, checkout), NoParcelRegime)


def test_a_parcel_belongs_to_one_visitor_and_needs_one_before_payment(sending: DemoShop) -> None:
    checkout = sending.basket(CHOCOLATE, visitor=False)
    checkout.send(BY_POST, AIGERIM)
    assert isinstance(refused_for(sending, checkout), ParcelBuyer)

    checkout.identify(sending.document())
    second = read_typed("passport", "E87654321", "CHN", "1990-01-01", sending.now().date())
    before = checkout.view()
    with pytest.raises(ParcelBuyer):
        checkout.identify(second)
    assert checkout.view().visitors == before.visitors

    checkout.carry()
    checkout.identify(second)
    with pytest.raises(ParcelBuyer):
        checkout.send(BY_POST, AIGERIM)


def test_goods_added_to_a_parcel_that_weighs_less_ask_for_its_weight_before_payment(sending: DemoShop) -> None:
    product = sending.find.show(CHOCOLATE).product
    sending.fill_in(product.id, sending.person("manager"), attributes=Attributes(gross_kg=Decimal("1.2")))
    checkout = sent(sending, CHOCOLATE)

    view = checkout.scan(CHOCOLATE)

    assert view.too_light is not None
    assert (view.too_light.goods, view.too_light.parcel) == (Decimal("2.4"), Decimal("2.35"))
    assert (view.quota["A"].verdict, view.shown["A"].verdict) == (Verdict.OK, Verdict.UNKNOWN)
    assert view.open_questions == (("A", WEIGHT),)
    assert isinstance(refused_for(sending, checkout), ParcelTooLight)
    with pytest.raises(ParcelTooLight):
        checkout.send(BY_POST, AIGERIM)
    assert checkout.send(replace(BY_POST, grams=2600), AIGERIM).open_questions == ()
    payable(sending, checkout)


def test_a_parcel_to_china_is_refused_or_approved_before_money_is_taken(sending: DemoShop) -> None:
    checkout = sent(sending, to="CN")
    assert isinstance(refused_for(sending, checkout), QuotaExceeded)
    payable(sending, checkout, "manager")

    several = sent(sending, *[COGNAC] * 12, to="CN", grams=20_000)  # 5,400 yuan in several pieces
    with pytest.raises(QuotaExceeded) as refused:
        payable(sending, several, "manager")
    assert (refused.value.verdict, refused.value.need) == ("refuse", None)


def test_a_parcel_goes_with_the_last_of_its_goods_and_stays_with_the_rest(sending: DemoShop) -> None:
    checkout = sent(sending, CHOCOLATE, SWEETS)
    amina = sending.person("amina")
    first, second = checkout.view().lines

    assert checkout.void(first.id, amina).parcel == BY_POST
    assert checkout.void(second.id, amina).parcel is None
    assert checkout.undo().parcel == BY_POST
    assert checkout.clear(amina).parcel is None


def test_goods_that_come_back_and_a_parcel_exclude_each_other(sending: DemoShop) -> None:
    sold = sending.sell(SWEETS)
    hand = in_hand(sending, sold, (0, 1))
    checkout = sent(sending)
    with pytest.raises(BadField, match="not_with_returns"):
        bring_back(checkout, hand)
    assert checkout.view().parcel == BY_POST


def test_a_parked_parcel_keeps_its_year_and_counts_for_nothing_that_is_carried(sending: DemoShop) -> None:
    parked = sent(sending, to="CN")
    done = sending.park_sale(parked.order(sending.person("amina")), "", sending.person("amina"))
    assert done.unheld == ()

    carried = sending.basket(CHOCOLATE).view()
    assert (carried.visitors[0].held, carried.quota["A"].rules[0].pending) == (0, 0)
    year = next(one for one in sent(sending, to="CN").view().quota["A"].rules if one.rule.id == "year")
    assert year.used == parked.view().total.units

    [waiting] = sending.parked_sales.all()
    assert waiting.basket.parcel == BY_POST
    resumed = sending.parked_sales.resume(waiting.basket.key, sending.person("li"))
    checkout = sending.checkout()
    view = checkout.resume(resumed.basket)
    assert (view.parcel, view.recipient, view.regime and view.regime.id) == (BY_POST, AIGERIM, "cn-cross-border")


def test_while_a_parcel_is_paid_for_its_worth_counts_in_the_year_at_another_till(sending: DemoShop) -> None:
    first = sent(sending, to="CN")
    order = replace(first.order(sending.person("manager")), over_quota="duty", cashier="amina")
    approval = sending.sign_in.approve("manager", "314159", None, order.key)
    sending.hold_sale(order, approval)
    assert ADDRESS not in str(sending.rows("SELECT basket FROM hold"))

    year = next(one for one in sent(sending, to="CN").view().quota["A"].rules if one.rule.id == "year")
    assert year.used == order.cart.total.units
    other = basket_of_another(sending, CHOCOLATE)
    assert other.send(BY_POST, AIGERIM).visitors[0].held == 0


def test_the_address_of_a_parked_sale_is_erased_after_its_days_and_is_asked_for_again(sending: DemoShop) -> None:
    order = sent(sending).order(sending.person("amina"))
    sending.park_sale(order, "", sending.person("amina"))
    sending.now.at += timedelta(days=31)
    EraseVisitors(sending.context, sending.store, lambda _: None).step()

    assert ADDRESS not in str(sending.tables())
    page = sending.read_journal(JournalFilter(events=("erase_addresses",)), sending.person("manager"))
    assert [entry.details["addresses"] for entry in page.entries] == [1]
    resumed = sending.parked_sales.resume(order.key, sending.person("amina")).basket
    checkout = sending.checkout()
    assert checkout.resume(resumed).parcel == BY_POST
    refused = refused_for(sending, checkout)
    assert isinstance(refused, BadField)
    assert (refused.field, refused.what, refused.value) == ("parcel.recipient", "missing", "")
    assert checkout.send(BY_POST, AIGERIM).recipient == AIGERIM


TEXTS = st.text("aA7 ,.Жә中“", min_size=1, max_size=12)


@given(TEXTS, st.integers(1, 100_000), TEXTS, TEXTS)
def test_a_saved_basket_has_the_parcel_that_it_had(service: str, grams: int, name: str, address: str) -> None:
    order = SaleOrder(
        "k", "T1", "amina", a_cart(), (), "KZ", "kz-parcel", a_rate_table(),
        parcel=Parcel(service, grams), recipient=Recipient(name, address),
    )  # fmt: skip
    text = basket_json(order, MONDAY.date())
    back = basket_from_json(text, lambda _id: None)
    erased = basket_from_json(without_recipient(text), lambda _id: None)
    assert (back.parcel, back.recipient) == (order.parcel, order.recipient)
    assert (erased.parcel, erased.recipient) == (order.parcel, None)
