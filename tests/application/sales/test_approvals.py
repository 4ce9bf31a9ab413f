"""An approval allows just what was shown to the person who gave it: this act, these figures, once,
for a few minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from pos.application.returns.record_return import refund_requirement
from pos.application.returns.return_order import Back, Exchange, ReturnLine, ReturnOrder
from pos.application.sales import required_approvals as required_approvals_of_sales
from pos.application.sales.approved_basket import check_payable
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.application.sales.required_approvals import required_approvals
from pos.application.shifts.move_cash import cash_requirement
from pos.application.text.translator import Translator
from pos.domain.pricing.discount import Discount
from pos.domain.quota.assess import Assessment
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import (
    Approvable,
    Approval,
    ApprovalNotAllowed,
    ApprovalRequirement,
    ApprovesHimself,
    DiscountAboveLimit,
    NotAllowed,
    PersonDisabled,
    need_behind,
)
from pos.languages.refusals import refusal_text
from tests.builders import card, cash_for, money
from tests.horgos import CNY
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, MANAGERS_PIN, SWEETS, DemoShop


def order_at(shop: DemoShop, checkout: Checkout, cashier: str = "amina") -> SaleOrder:
    return replace(checkout.order(shop.person(cashier)), over_quota="duty")


def needed(shop: DemoShop, checkout: Checkout, cashier: str = "amina") -> set[ApprovalRequirement]:
    return required_approvals(order_at(shop, checkout, cashier), checkout.view().quota, conditions_of(shop, cashier))


def conditions_of(shop: DemoShop, cashier: str = "amina") -> SaleConditions:
    return SaleConditions(shop.now(), shop.settings(), shop.person(cashier))


def allowed(shop: DemoShop, needs: Collection[ApprovalRequirement], key: str, by: str = "manager") -> Approval:
    """What the panel of the window gives after the PIN."""
    permissions = sorted({need.permission for need in needs})
    return shop.sign_in.allowed(shop.person(by), permissions, key, needs)


def pay(shop: DemoShop, checkout: Checkout, approval: Approval | None, cashier: str = "amina") -> Sale:
    order = order_at(shop, checkout, cashier)
    return shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)), approval)


def discounted(shop: DemoShop, percent: str = "15") -> Checkout:
    """Two bottles of cognac, with more off than a cashier gives."""
    checkout = shop.basket(COGNAC)
    row = checkout.set_quantity(checkout.view().lines[0].id, 2).lines[0].id
    checkout.discount(row, Discount(percent=Decimal(percent)), shop.person("manager"))
    return checkout


def test_what_is_approved_is_the_article_the_quantity_the_price_and_the_percentage(shop: DemoShop) -> None:
    (need,) = needed(shop, discounted(shop))

    assert (need.permission, need.text()) == ("discount", "4870204321111 2 × 450.00 −135.00 CNY (15 %)")


def test_a_discount_above_the_limit_says_by_how_much(shop: DemoShop) -> None:
    checkout = shop.basket(COGNAC)
    with pytest.raises(DiscountAboveLimit) as refused:
        checkout.discount(checkout.view().lines[0].id, Discount(percent=Decimal(15)), shop.person("amina"))
    assert refusal_text(refused.value, Translator.english()) == (
        "A discount of 15 % is above the 10 % limit of amina. A manager can approve it."
    )
    with pytest.raises(DiscountAboveLimit) as refused:
        checkout.discount_basket(Discount(amount=money("45.01")), shop.person("amina"))
    assert refusal_text(refused.value, Translator.english()).startswith("A discount of 10.01 % is above the 10 % limit")
    checkout.discount_basket(Discount(amount=money("45.00")), shop.person("amina"))


def test_an_unrelated_row_leaves_a_discount_approved(shop: DemoShop) -> None:
    checkout = discounted(shop)
    approval = allowed(shop, needed(shop, checkout), checkout.view().key)
    checkout.scan(SWEETS)

    sale = pay(shop, checkout, approval)

    assert sale.approved_by == "manager"
    (entry,) = shop.rows("SELECT person, details FROM journal WHERE act = 'approve'")
    assert entry[0] == "manager"
    assert '"figures":["4870204321111 2 × 450.00 −135.00 CNY (15 %)"],"for":"amina"' in str(entry[1])
    assert shop.verify() == []


@pytest.mark.parametrize("change", ["quantity", "percent", "another row of the same"])
def test_a_changed_row_is_asked_about_again(shop: DemoShop, change: str) -> None:
    checkout = discounted(shop)
    approval = allowed(shop, needed(shop, checkout), checkout.view().key)
    manager, row = shop.person("manager"), checkout.view().lines[0].id
    if change == "quantity":
        checkout.set_quantity(row, 1)
    elif change == "percent":
        checkout.discount(row, Discount(percent=Decimal(16)), manager)
    else:
        checkout.discount(checkout.scan(COGNAC).lines[-1].id, Discount(percent=Decimal(15)), manager)

    with pytest.raises(NotAllowed):
        pay(shop, checkout, approval)
    assert pay(shop, checkout, allowed(shop, needed(shop, checkout), checkout.view().key)).approved_by == "manager"


def test_a_changed_price_is_asked_about_again(shop: DemoShop) -> None:
    checkout = discounted(shop)
    approval = allowed(shop, needed(shop, checkout), checkout.view().key)
    order = order_at(shop, checkout)
    line = replace(order.cart.lines[0], unit_price=money("449.00"))
    dearer = replace(order, cart=replace(order.cart, lines=(line,)))

    with pytest.raises(NotAllowed):
        shop.complete_sale.from_counter(dearer, Payment((cash_for(dearer.cart.total),)), approval)


def test_rows_shared_over_visitors_need_no_new_approval_of_their_discount(shop: DemoShop) -> None:
    checkout = discounted(shop)
    whole = needed(shop, checkout)
    checkout.identify(shop.document())
    row = checkout.view().lines[0]
    moved = checkout.view()
    assert moved.lines[0].line.quantity == 2
    halves = row.line.discount.part(row.line.gross, 0, 1, 2) if row.line.discount else None
    rest = row.line.discount.part(row.line.gross, 1, 1, 2) if row.line.discount else None
    order = order_at(shop, checkout)
    lines = (
        replace(row.line, quantity=1, discount=halves),
        replace(row.line, id=99, quantity=1, discount=rest, carrier="B"),
    )

    shared = replace(order, cart=replace(order.cart, lines=lines))

    assert required_approvals(shared, {}, conditions_of(shop)) == whole


def over(shop: DemoShop) -> Checkout:
    """One carton more than the allowance of a day."""
    return shop.basket(CARTON, CARTON, CARTON)


def test_what_goes_out_as_dutiable_is_approved_as_it_is_carried(shop: DemoShop) -> None:
    checkout = over(shop)
    (need,) = needed(shop, checkout)
    assert need.text().startswith("CN A: tobacco #")

    assert pay(shop, checkout, allowed(shop, {need}, checkout.view().key)).lines[0].taxed == 1


@pytest.mark.parametrize("change", ["another article", "one more", "one less of four", "destination"])
def test_any_change_of_the_basket_is_asked_about_again(shop: DemoShop, change: str) -> None:
    checkout = over(shop)
    if change == "one less of four":
        checkout.scan(CARTON)
    before = needed(shop, checkout)
    approval = allowed(shop, before, checkout.view().key)
    if change == "another article":
        checkout.scan(CHOCOLATE)
    elif change == "one more":
        checkout.scan(CARTON)
    elif change == "one less of four":
        checkout.set_quantity(checkout.view().lines[0].id, 3)
    else:
        checkout.leave_to("KZ")
        assert needed(shop, checkout) != before
        return

    with pytest.raises(NotAllowed):
        pay(shop, checkout, approval)


def test_two_acts_are_approved_by_one_person_at_once(shop: DemoShop) -> None:
    checkout = over(shop)
    checkout.discount(checkout.view().lines[0].id, Discount(percent=Decimal(20)), shop.person("manager"))

    sale = pay(shop, checkout, allowed(shop, needed(shop, checkout), checkout.view().key))

    assert sale.approved_by == "manager"
    assert [event for (event,) in shop.rows("SELECT act FROM journal WHERE act = 'approve'")] == ["approve"]


@dataclass(frozen=True, slots=True)
class LateRequirement(ApprovalRequirement):
    """Cognac in the evening, of a shop that asks its manager about it."""

    def refusal(self, person: str) -> Approvable:
        return TooLate(self.permission, person)


@dataclass(eq=False)
class TooLate(NotAllowed):
    """Too late for cognac."""

    fact = "too_late"


def evening(order: SaleOrder, _quota: Mapping[str, Assessment], conditions: SaleConditions) -> set[ApprovalRequirement]:
    late = conditions.at.astimezone(conditions.settings.zone).hour >= 18 and not conditions.person.may("review")
    return {LateRequirement("review")} if late and any(x.product.code == COGNAC for x in order.cart.lines) else set()


def test_one_more_rule_in_the_list_is_asked_from_the_payment_to_the_record(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(required_approvals_of_sales, "RULES", (*required_approvals_of_sales.RULES, evening))
    amina, checkout = shop.person("amina"), shop.basket(COGNAC)
    assert needed(shop, checkout) == set()  # it is noon
    shop.now.move(minutes=60 * 8)

    def payable(approval: Approval | None) -> object:
        return check_payable(checkout, SaleConditions(shop.now(), shop.settings(), amina, approval))

    def held(approval: Approval | None) -> object:
        return shop.hold_sale(order_at(shop, checkout), approval)

    def paid(approval: Approval | None) -> object:
        return pay(shop, checkout, approval)

    for step in (payable, held, paid):
        with pytest.raises(TooLate) as refused:
            step(None)
        assert need_behind(refused.value) == ApprovalRequirement("review")
    approval = allowed(shop, needed(shop, checkout), checkout.view().key)
    assert [bool(step(approval)) for step in (payable, held, paid)] == [True] * 3
    assert shop.rows("SELECT person FROM journal WHERE act = 'approve'") == [("manager",)]


def test_an_approval_lifts_a_quota_that_is_exceeded_but_not_a_ban() -> None:
    permissions = {
        verdict: need_behind(QuotaExceeded(verdict, "A", ("tobacco",))) for verdict in ("duty", "review", "refuse")
    }

    assert permissions == {
        "duty": ApprovalRequirement("over_quota"), "review": ApprovalRequirement("review"), "refuse": None
    }  # fmt: skip
    assert need_behind(ValueError("disk")) is None


def test_no_one_approves_what_they_do_themselves(shop: DemoShop) -> None:
    checkout = discounted(shop)
    with pytest.raises(ApprovesHimself) as refused:
        pay(shop, checkout, allowed(shop, needed(shop, checkout), checkout.view().key, by="amina"))
    assert refused.value.facts() == {"act": "discount", "person": "amina"}

    amina, drawer = shop.person("amina"), shop.open_shift.current()
    assert drawer is not None
    with pytest.raises(ApprovesHimself):
        shop.open_drawer(amina, "coin", allowed(shop, {ApprovalRequirement("no_sale")}, drawer.key, by="amina"))


def test_a_manager_at_the_till_needs_no_one(shop: DemoShop) -> None:
    checkout = discounted(shop)

    assert needed(shop, checkout, "manager") == set()
    assert pay(shop, checkout, None, "manager").approved_by is None


def test_an_approval_holds_for_ten_minutes_and_not_from_the_future(shop: DemoShop) -> None:
    checkout = discounted(shop)
    approval = allowed(shop, needed(shop, checkout), checkout.view().key)

    for minutes in (10.1, -20.2):
        shop.now.move(minutes=minutes)
        with pytest.raises(NotAllowed):
            pay(shop, checkout, approval)
    shop.now.move(minutes=20)
    assert pay(shop, checkout, approval).approved_by == "manager"


def test_an_approval_is_for_one_sale_and_is_used_up_by_it(shop: DemoShop) -> None:
    first, second = discounted(shop), discounted(shop)
    approval = allowed(shop, needed(shop, first), first.view().key)
    sale = pay(shop, first, approval)

    assert pay(shop, first, approval).receipt == sale.receipt  # asked twice, sold once
    assert shop.rows("SELECT count(*) FROM journal WHERE act = 'approve'") == [(1,)]
    with pytest.raises(NotAllowed):
        pay(shop, second, approval)
    with pytest.raises(NotAllowed):
        pay(shop, second, replace(approval, key=second.view().key))


def test_cash_is_approved_by_amount_and_currency_and_once(shop: DemoShop) -> None:
    amina, drawer = shop.person("amina"), shop.open_shift.current()
    assert drawer is not None
    approval = allowed(shop, {cash_requirement("out", money("10"))}, drawer.key)
    with pytest.raises(NotAllowed):
        shop.move_cash(amina, "out", money("10.50"), "courier", approval=approval)

    shop.move_cash(amina, "out", money("10"), "courier", approval=approval)

    with pytest.raises(NotAllowed):
        shop.move_cash(amina, "out", money("10"), "courier", approval=approval)
    assert shop.rows("SELECT count(*) FROM cash_move WHERE kind = 'out'") == [(1,)]
    assert shop.verify() == []


def test_cash_for_a_card_is_approved_for_these_goods(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE, SWEETS, tenders=(card("60.50"),))
    back = ReturnOrder("r-1", sale.receipt, (ReturnLine(0, 1),), "cash", CNY, "broken", "amina")
    here = shop.return_goods.look(sale.receipt)
    approval = allowed(shop, {refund_requirement(here, back, money("12.50"))}, "r-1")
    both = replace(back, lines=(ReturnLine(0, 1), ReturnLine(1, 1)))

    with pytest.raises(NotAllowed):
        shop.return_by_ticket.from_counter(both, approval)

    assert shop.return_by_ticket.from_counter(back, approval).approved_by == "manager"


def test_who_approved_must_still_work_here(shop: DemoShop) -> None:
    shop.staff.give_role(shop.person("manager"), "li", "manager")
    checkout = discounted(shop)
    approval = allowed(shop, needed(shop, checkout), checkout.view().key, by="li")
    shop.staff.disable(shop.person("manager"), "li")

    with pytest.raises(PersonDisabled):
        pay(shop, checkout, approval)


def test_a_payment_opens_only_with_an_approval_that_the_sale_will_take(shop: DemoShop) -> None:
    """No money is taken for what is refused at the end: the hold asks about the approval as the sale does."""
    boss = shop.person("manager")
    shop.staff.give_role(boss, "li", "manager")
    checkout = discounted(shop)
    order = order_at(shop, checkout)
    approval = allowed(shop, needed(shop, checkout), order.key, by="li")
    shop.hold_sale(order, approval)

    shop.staff.give_role(boss, "li", "cashier")
    with pytest.raises(ApprovalNotAllowed):
        shop.hold_sale(order, approval)
    shop.staff.disable(boss, "li")
    with pytest.raises(PersonDisabled):
        shop.hold_sale(order, approval)
    late = allowed(shop, needed(shop, checkout), order.key)
    shop.now.move(minutes=10.1)
    with pytest.raises(NotAllowed):
        shop.hold_sale(order, late)


def test_in_an_exchange_cash_for_a_card_is_approved_for_these_goods_too(shop: DemoShop) -> None:
    sale = shop.sell(CHOCOLATE, SWEETS, tenders=(card("60.50"),))
    order = shop.basket(BAG).order(shop.person("amina"))

    def bringing(*lines: int) -> SaleOrder:
        back = Back(sale.receipt, tuple(ReturnLine(line, 1) for line in lines), "broken")
        return replace(order, exchange=Exchange((back,), "cash", CNY))

    here = shop.return_goods.look(sale.receipt)
    chocolate = ReturnOrder("", sale.receipt, (ReturnLine(0, 1),), "cash", CNY, "broken", "amina")
    approval = allowed(shop, {refund_requirement(here, chocolate, money("12.50"))}, order.key)

    with pytest.raises(NotAllowed):
        shop.complete_sale.from_counter(bringing(0, 1), Payment(()), approval)

    made = shop.complete_sale.from_counter(bringing(0), Payment(()), approval)
    assert [back.approved_by for back in made.returns] == ["manager"]
    assert shop.verify() == []


def test_of_two_tills_that_use_one_approval_at_once_one_does(shop: DemoShop) -> None:
    amina, drawer = shop.person("amina"), shop.open_shift.current()
    assert drawer is not None
    approval = shop.sign_in.approve("manager", MANAGERS_PIN, ["no_sale"], drawer.key)
    beside = DemoShop(shop.folder, "T1", shop.now)

    def opened(till: DemoShop) -> bool:
        try:
            till.open_drawer(amina, "a coin fell in", approval)
        except NotAllowed:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(opened, (shop, beside)))
    beside.close()

    assert sorted(done) == [False, True]
    assert shop.rows("SELECT count(*) FROM journal WHERE act = 'no_sale'") == [(1,)]


def test_the_approval_of_a_file_covers_the_acts_that_it_names_for_its_key(shop: DemoShop) -> None:
    checkout = over(shop)
    checkout.discount(checkout.view().lines[0].id, Discount(percent=Decimal(20)), shop.person("manager"))
    approval = shop.sign_in.approve("manager", MANAGERS_PIN, ["discount", "over_quota"], checkout.view().key)

    assert pay(shop, checkout, approval).approved_by == "manager"


def test_what_customs_reviews_is_sold_by_a_manager_or_by_their_approval(shop: DemoShop) -> None:
    (code,) = shop.rows(
        "SELECT product.code FROM product JOIN stock ON stock.product_id = product.id"
        " WHERE category = 'electronics.phone' AND on_hand >= 3 LIMIT 1"
    )[0]
    checkout = shop.basket(*[str(code)] * 3)
    checkout.leave_to("KZ")
    assert "review" in {need.permission for need in needed(shop, checkout)}
    with pytest.raises(QuotaExceeded):
        pay(shop, checkout, None)

    assert needed(shop, checkout, "manager") == set()
    assert pay(shop, checkout, None, "manager").approved_by is None
