"""What a line costs and why: by hand, by promotions, on the whole basket, and who may say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from pos.application.pricing.promotions import PromotionDraft
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.sale_json import sale_json
from pos.domain.errors import BadField, RuleBroken
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import Promotion
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, ApprovalNotAllowed, NotAllowed
from tests.builders import cash_for, money
from tests.shops import BAG, CHOCOLATE, COGNAC, MANAGERS_PIN, SWEETS, DemoShop, a_ticket


def per_cent(text: str) -> Discount:
    return Discount(percent=Decimal(text))


def promote(shop: DemoShop, name: str = "Spring", **wanted: Any) -> Promotion:
    return shop.promotions.add(PromotionDraft(name, **wanted), shop.person("manager"))


def tax(shop: DemoShop, code: str, rate: str | None) -> None:
    with shop.raw(writing=True) as store:
        store.execute("UPDATE product SET vat = ? WHERE code = ?", (rate, code))


def pay(shop: DemoShop, checkout: Checkout, *permissions: str, by: str = "manager") -> Sale:
    order = checkout.order(shop.person("amina"))
    approval = Approval(shop.person(by), frozenset(permissions), order.key) if permissions else None
    payment = Payment((cash_for(order.cart.total),))
    return shop.complete_sale.from_counter(order, payment, approval)


def record_return(shop: DemoShop, sale: Sale, line: int, quantity: int, key: str) -> GoodsReturn:
    wanted = {"line": line, "quantity": quantity}
    ticket = {
        "key": key,
        "receipt": sale.receipt,
        "lines": [wanted],
        "refund": {"currency": "CNY", "method": "cash"},
        "reason": "did not fit",
        "cashier": "amina",
    }
    return shop.return_by_ticket(ticket)


def journal(shop: DemoShop, event: str) -> list[tuple[Any, ...]]:
    return shop.rows("SELECT person, details FROM journal WHERE act = ? ORDER BY id", event)


def assert_kept(shop: DemoShop, sale: Sale) -> None:
    """The store gives it back as it was sold."""
    with shop.store.reading() as work:
        kept = work.sales.by_number(sale.till, sale.number)
    assert kept is not None
    assert (kept.lines, kept.basket, kept.note, kept.total) == (sale.lines, sale.basket, sale.note, sale.total)


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_amount_off_a_row_counts_by_its_share_of_it(shop: DemoShop) -> None:
    checkout, amina = shop.basket(SWEETS), shop.person("amina")

    assert checkout.discount(1, Discount(amount=money("4.80")), amina).total == money("43.20")
    with pytest.raises(NotAllowed):
        checkout.discount(1, Discount(amount=money("4.81")), amina)


def test_a_row_and_the_basket_count_together_against_the_limit_of_a_role(shop: DemoShop) -> None:
    checkout, amina = shop.basket(SWEETS, CHOCOLATE), shop.person("amina")
    checkout.discount(1, per_cent("6"), amina)

    assert checkout.discount_basket(per_cent("4"), amina).total == money("55.32")
    with pytest.raises(NotAllowed):
        checkout.discount_basket(per_cent("5"), amina)
    with pytest.raises(NotAllowed):
        checkout.discount(1, per_cent("8"), amina)
    assert checkout.view().total == money("55.32")
    assert checkout.discount_basket(per_cent("50"), shop.person("manager")).total < money("30.00")


@pytest.mark.parametrize(
    ("change", "permission"),
    [
        (lambda c, m: c.discount_basket(per_cent("11"), m), "discount"),
        (lambda c, m: c.discount(1, Discount(amount=money("5.00")), m), "discount"),
        (lambda c, m: c.set_price(1, money("40.00"), m), "price"),
    ],
)
def test_what_a_cashier_may_not_give_is_sold_with_an_approval_only(
    shop: DemoShop, change: Callable[..., object], permission: str
) -> None:
    checkout = shop.basket(SWEETS)
    change(checkout, shop.person("manager"))
    before = shop.tables()

    with pytest.raises(NotAllowed) as refused:
        pay(shop, checkout)
    assert refused.value.act == permission
    with pytest.raises(ApprovalNotAllowed):
        pay(shop, checkout, permission, by="clerk")
    assert shop.tables() == before
    assert pay(shop, checkout, permission).approved_by == "manager"
    assert shop.verify() == []


def test_a_cashier_gives_no_price_and_the_manager_does(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS)

    with pytest.raises(NotAllowed) as refused:
        checkout.set_price(1, money("40.00"), shop.person("amina"))
    assert refused.value.act == "price"
    assert checkout.set_price(1, money("40.00"), shop.person("manager")).total == money("40.00")
    assert checkout.set_price(1, None, shop.person("amina")).total == money("48.00")


def test_a_price_by_hand_stands_in_the_journal_with_the_one_on_file(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS, SWEETS)
    checkout.set_price(1, money("40.00"), shop.person("manager"))

    sale = pay(shop, checkout, "price")

    assert (sale.lines[0].unit_price, sale.lines[0].catalogue) == (money("40.00"), money("48.00"))
    [(person, details)] = journal(shop, "price")
    assert person == "amina"
    assert '"catalogue":"48.00"' in details
    assert '"price":"40.00"' in details
    [(approver, allowed)] = journal(shop, "approve")
    assert (approver, '"price"' in allowed) == ("manager", True)


def test_undo_takes_back_each_of_these_steps(shop: DemoShop) -> None:
    checkout, manager = shop.basket(SWEETS), shop.person("manager")
    views = [checkout.view()]
    views.append(checkout.discount(1, Discount(amount=money("4.00")), manager))
    views.append(checkout.set_price(1, money("40.00"), manager))
    views.append(checkout.discount_basket(per_cent("10"), manager))
    views.append(checkout.note(1, "gift"))
    views.append(checkout.note(None, "collects it tomorrow"))

    for before in reversed(views[:-1]):
        after = checkout.undo()
        assert ([row.line for row in after.lines], after.total) == ([row.line for row in before.lines], before.total)
        assert (after.basket, after.note) == (before.basket, before.note)


def test_notes_are_kept_with_the_sale(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS, CHOCOLATE)
    checkout.note(1, "the box is damaged")
    checkout.note(None, "collects it tomorrow")

    sale = pay(shop, checkout)

    assert [line.note for line in sale.lines] == ["the box is damaged", ""]
    assert sale.note == "collects it tomorrow"
    assert_kept(shop, sale)
    assert shop.verify() == []


def test_a_discount_on_an_empty_basket_is_refused(shop: DemoShop) -> None:
    with pytest.raises(RuleBroken):
        shop.checkout().discount_basket(per_cent("5"), shop.person("amina"))


def test_the_quota_sees_the_price_that_is_paid(shop: DemoShop) -> None:
    promote(shop, percent=Decimal(20), code=COGNAC)
    checkout = shop.basket(COGNAC)
    checkout.discount_basket(per_cent("10"), shop.person("amina"))

    sale = pay(shop, checkout)

    assert sale.total == money("324.00")
    value = next(rule for rule in sale.quota["A"]["rules"] if rule["rule"] == "value")
    assert value["left"] == "7676.00"


# ── promotions ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_promotion_is_taken_off_by_itself_and_frozen_with_the_sale(shop: DemoShop) -> None:
    spring = promote(shop, percent=Decimal(10), scope="food")
    sale = shop.sell(SWEETS, BAG)
    shop.promotions.end(spring.id, shop.person("manager"))

    assert_kept(shop, sale)
    assert [[(p.name, p.pieces, str(p.amount)) for p in line.promotions] for line in sale.lines] == [
        [("Spring", 1, "4.80")],
        [],
    ]
    assert shop.sell(SWEETS).total == money("48.00")
    report = shop.report_day()
    assert report["promotions"] == [{"promotion": spring.id, "name": "Spring", "pieces": 1, "amount": "4.80"}]
    assert report["discounts"] == "4.80"
    assert shop.verify() == []


def test_a_sale_ends_by_the_promotions_under_which_it_began(shop: DemoShop) -> None:
    promote(shop, percent=Decimal(10), until=shop.now() + timedelta(hours=1))
    checkout = shop.basket(SWEETS)
    shop.now.move(hours=2)

    assert checkout.scan(SWEETS).total == money("86.40")
    assert checkout.start_new().total == money("0")
    assert checkout.scan(SWEETS).total == money("48.00")


def test_goods_are_sought_at_the_price_at_which_the_sale_that_has_begun_takes_them(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS)
    promote(shop, percent=Decimal(10))
    begun = checkout.view().offers
    checkout.clear(shop.person("amina"))

    assert [one.promoted for one in shop.find(SWEETS, offers=begun)] == [None]
    assert checkout.view().offers is None
    assert [one.promoted is not None for one in shop.find(SWEETS)] == [True]


def test_a_promotion_that_begins_later_does_not_work_yet(shop: DemoShop) -> None:
    promote(shop, percent=Decimal(10), since=shop.now() + timedelta(hours=1))
    assert shop.basket(SWEETS).view().total == money("48.00")

    shop.now.move(hours=1)
    assert shop.basket(SWEETS).view().total == money("43.20")


def test_the_limit_of_a_role_is_about_what_hands_give_not_about_promotions(shop: DemoShop) -> None:
    promote(shop, percent=Decimal(50))
    checkout = shop.basket(SWEETS)
    checkout.discount_basket(per_cent("10"), shop.person("amina"))

    assert pay(shop, checkout).total == money("21.60")


def test_a_file_rings_up_promotions_discounts_prices_and_notes_as_the_window_does(shop: DemoShop) -> None:
    promote(shop, "3 for 2", take=3, pay=2, code=CHOCOLATE)
    ticket = a_ticket(
        lines=[
            {"code": CHOCOLATE, "quantity": 3, "discount": {"percent": "0"}},
            {"code": SWEETS, "quantity": 1, "price": "40.00", "note": "the box is damaged"},
        ],
        discount={"amount": "5.00"},
        note="collects it tomorrow",
        payments=[{"method": "cash", "currency": "CNY", "amount": "60.00"}],
        approve={"user": "manager", "pin": MANAGERS_PIN, "acts": ["price"]},
    )

    answer = sale_json(shop.ring_sale(ticket), None)

    assert [line["amount"] for line in answer["lines"]] == ["23.08", "36.92"]
    assert answer["total"]["amount"] == "60.00"
    assert answer["discount"] == {"percent": None, "amount": "5.00"}
    chocolate, sweets = answer["lines"]
    assert [one["name"] for one in chocolate["promotions"]] == ["3 for 2"]
    assert (sweets["catalogue_price"], sweets["unit_price"], sweets["note"]) == ("48.00", "40.00", "the box is damaged")
    assert answer["note"] == "collects it tomorrow"
    assert shop.verify() == []


# ── tax ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_line_freezes_its_rate_and_the_report_has_a_sum_for_each(shop: DemoShop) -> None:
    tax(shop, SWEETS, "12")
    tax(shop, BAG, "16")
    sale = shop.sell(SWEETS, SWEETS, BAG, CHOCOLATE)
    tax(shop, SWEETS, None)

    assert [(line.vat, str(line.tax)) for line in sale.lines] == [
        (Decimal(12), "10.29"),
        (Decimal(16), "0.14"),
        (None, "None"),
    ]
    assert shop.report_day()["tax"] == [{"rate": "12", "amount": "10.29"}, {"rate": "16", "amount": "0.14"}]
    assert sale_json(sale, None)["tax"] == shop.report_day()["tax"]
    assert shop.verify() == []


def test_a_return_gives_the_share_of_the_tax_back_and_in_the_end_all_of_it(shop: DemoShop) -> None:
    tax(shop, SWEETS, "12")
    checkout = shop.basket(SWEETS, SWEETS, SWEETS)
    checkout.discount_basket(per_cent("7"), shop.person("amina"))
    sale = pay(shop, checkout)

    back = [record_return(shop, sale, 0, 1, f"back-{n}") for n in range(3)]

    assert sum(one.total.minor for one in back) == sale.total.minor
    assert [str(one.lines[0].tax) for one in back] == ["4.78", "4.79", "4.78"]
    assert shop.report_day()["tax"] == [{"rate": "12", "amount": "0.00"}]
    with shop.store.reading() as work:
        assert work.returns.by_number("T1", back[0].number) == back[0]
    assert shop.verify() == []


# ── a day of everything ──────────────────────────────────────────────────────────────────────────────────────


def test_after_a_day_of_everything_the_books_agree_and_what_came_back_was_paid(shop: DemoShop) -> None:
    dice, manager = Random(11), shop.person("manager")
    promote(shop, "Sweet", percent=Decimal("12.5"), scope="food")
    promote(shop, "2 for 1", take=2, pay=1, code=CHOCOLATE)
    promote(shop, "Less", amount=money("0.30"))
    for code, rate in ((SWEETS, "12"), (COGNAC, "16"), (BAG, "0")):
        tax(shop, code, rate)
    for number in range(25):
        checkout = shop.checkout()
        checkout.identify(shop.document())
        for _ in range(dice.randint(1, 5)):
            checkout.scan(dice.choice((BAG, CHOCOLATE, SWEETS)), dice.randint(1, 3))
        row = dice.choice(checkout.view().lines)
        match dice.randint(0, 4):
            case 0:
                checkout.discount(row.id, per_cent(str(dice.randint(1, 99))), manager)
            case 1:
                checkout.set_price(row.id, money(f"{dice.randint(1, 40)}.37"), manager)
            case 2:
                checkout.discount_basket(Discount(amount=money("0.77")), manager)
            case 3:
                checkout.discount_basket(per_cent("33.3"), manager)
        order = checkout.order(manager)
        sale = shop.complete_sale.from_counter(
            order, Payment((cash_for(order.cart.total),) if order.cart.total else ())
        )
        if dice.random() < 0.5:
            back = [
                record_return(shop, sale, line.line, 1, f"b-{number}-{line.line}-{piece}")
                for line in sale.lines
                for piece in range(line.quantity)
            ]
            assert sum(one.total.minor for one in back) == sale.total.minor

    assert shop.verify() == []


# ── the promotions themselves ────────────────────────────────────────────────────────────────────────────────


def test_promotions_need_the_right_of_prices_and_stand_in_the_journal(shop: DemoShop) -> None:
    amina, manager = shop.person("amina"), shop.person("manager")
    with pytest.raises(NotAllowed):
        shop.promotions.add(PromotionDraft("Mine", percent=Decimal(99)), amina)
    with pytest.raises(NotAllowed):
        shop.promotions.all(amina)
    added = promote(shop, percent=Decimal(10))
    with pytest.raises(NotAllowed):
        shop.promotions.end(added.id, amina)

    shop.promotions.end(added.id, manager)

    assert [person for person, _ in journal(shop, "add_promotion")] == ["manager"]
    assert [person for person, _ in journal(shop, "end_promotion")] == ["manager"]


def test_those_that_hold_come_first_and_the_youngest_on_top(shop: DemoShop) -> None:
    manager = shop.person("manager")
    first, second, third = (promote(shop, name, percent=Decimal(5)) for name in ("A", "B", "C"))
    shop.promotions.end(third.id, manager)

    assert [one.name for one in shop.promotions.all(manager)] == ["B", "A", "C"]
    assert [one.id for one in shop.promotions.all(manager)] == [second.id, first.id, third.id]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"percent": Decimal(101)}, "percent"),
        ({"scope": "toys", "percent": Decimal(5)}, "category"),
        ({"take": 3, "pay": 3}, "take"),
        ({"code": "4006381333931", "percent": Decimal(5)}, "code"),
        ({}, "percent"),
    ],
)
def test_what_can_be_no_promotion_is_refused_and_nothing_is_written(
    shop: DemoShop, wanted: dict[str, Any], field: str
) -> None:
    before = shop.tables()
    with pytest.raises(RuleBroken) as refused:
        promote(shop, **wanted)
    assert refused.value.facts()["field"] == field
    assert shop.tables() == before


def test_a_promotion_is_not_added_for_a_time_that_has_passed_and_not_ended_twice(shop: DemoShop) -> None:
    now, manager = shop.now(), shop.person("manager")
    with pytest.raises(BadField):
        promote(shop, percent=Decimal(5), since=now - timedelta(days=2), until=now - timedelta(days=1))
    added = promote(shop, percent=Decimal(5))
    shop.promotions.end(added.id, manager)
    for number in (added.id, 99):
        with pytest.raises(RuleBroken):
            shop.promotions.end(number, manager)


def test_what_a_promotion_would_reach_is_known_before_it_starts(shop: DemoShop) -> None:
    manager, before = shop.person("manager"), shop.tables()
    everything = shop.promotions.reach(PromotionDraft("Spring", percent=Decimal(10)), manager)
    assert everything.goods > 1
    assert everything.example is not None
    assert everything.example.after < everything.example.before

    sweets = shop.promotions.reach(PromotionDraft("Three", take=3, pay=2, code=SWEETS), manager)
    assert sweets.goods == 1
    assert sweets.example is not None
    assert (sweets.example.pieces, sweets.example.before, sweets.example.after) == (3, money("144"), money("96"))

    with pytest.raises(BadField):
        shop.promotions.reach(PromotionDraft("Spring", percent=Decimal(101)), manager)
    assert shop.tables() == before


def test_the_price_that_is_checked_is_the_one_that_a_single_piece_is_sold_at(shop: DemoShop) -> None:
    promotion = promote(shop, percent=Decimal("12.5"), code=COGNAC)
    sold = shop.basket(COGNAC).view().total
    for found in (shop.find.show(COGNAC), shop.find(COGNAC)[0]):
        assert found.product.price is not None
        assert found.promoted is not None
        assert found.product.price - found.promoted.amount == sold
    assert shop.find.show(CHOCOLATE).promoted is None

    shop.promotions.end(promotion.id, shop.person("manager"))
    shop.now.move(minutes=1)
    assert shop.find.show(COGNAC).promoted is None


def test_what_comes_off_a_weighing_whatever_it_weighs_is_not_taken_off_the_kilogram(shop: DemoShop) -> None:
    with shop.raw(writing=True) as store:
        store.execute("UPDATE product SET by_weight = 1 WHERE code = ?", (SWEETS,))
    promote(shop, amount=money("5"), code=SWEETS)
    assert shop.find.show(SWEETS).promoted is None
