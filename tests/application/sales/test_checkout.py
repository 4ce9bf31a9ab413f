"""The basket at the counter, over a real store: each step gives a new view, or is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pos.application.pricing.promotions import PromotionDraft
from pos.application.sales.checkout import Checkout, NothingToUndo
from pos.application.sales.checkout_view import CheckoutView
from pos.application.visitors.visits import VisitorUseCases
from pos.domain.catalogue.barcode import BadCheckDigit
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField, StoreError
from pos.domain.pricing.discount import Discount
from pos.domain.quota.measure import NoQuotaRate
from pos.domain.quota.rule import Verdict
from pos.domain.sales.cart import EmptyCart, NoSuchLine
from pos.domain.sales.goods_for_sale import IncompleteProduct, UnknownCode
from pos.domain.staff.staff import NotAllowed
from pos.domain.stock.stock import OutOfStock
from pos.domain.visitors.declared_purchases import Declared
from pos.domain.visitors.document import read_typed
from pos.exports import gate_csv
from tests.builders import MONDAY, money
from tests.shops import (
    BAG,
    CARTON,
    CHOCOLATE,
    COGNAC,
    INCOMPLETE,
    LAST_ONE,
    PODS,
    SOLD_OUT,
    SWEETS,
    WATCH,
    ZHANG_WEIS_NUMBER,
    DemoShop,
    quantities,
)


def test_a_scan_is_a_row_and_a_second_scan_one_more_piece(shop: DemoShop) -> None:
    checkout = shop.checkout()

    checkout.scan(SWEETS)
    checkout.scan(CHOCOLATE)
    view = checkout.scan(SWEETS)

    assert quantities(view) == [(SWEETS, 2), (CHOCOLATE, 1)]
    assert (str(view.total), view.pieces, view.last) == ("108.50", 3, view.lines[0].id)


def test_the_total_is_shown_in_the_other_currencies_at_their_cash_steps(shop: DemoShop) -> None:
    view = shop.basket(SWEETS).view()

    # 48 yuan at 72.80: 3,494.40 tenge is asked as 3,495.
    assert str(view.others[0]) == "3495.00"
    assert [other.currency.code for other in view.others] == ["KZT", "USD", "EUR", "RUB"]


REFUSALS: list[tuple[str, Callable[[DemoShop, Checkout], object], type[Exception]]] = [
    ("a code that no product bears", lambda _, c: c.scan("4006381333931"), UnknownCode),
    ("a code whose check digit is wrong", lambda _, c: c.scan(SWEETS[:-1] + "9"), BadCheckDigit),
    ("a product that nobody has completed", lambda _, c: c.scan(INCOMPLETE), IncompleteProduct),
    ("a product that is sold out", lambda _, c: c.scan(SOLD_OUT), OutOfStock),
    ("more than are on hand", lambda _, c: c.scan(WATCH, 7), OutOfStock),
    ("no pieces at all", lambda _, c: c.scan(SWEETS, 0), BadField),
    ("an id that no product has", lambda _, c: c.add(10**9), UnknownCode),
    ("a quantity beyond the stock", lambda _, c: c.set_quantity(1, 9_000), OutOfStock),
    ("a quantity of nothing", lambda _, c: c.set_quantity(1, 0), BadField),
    ("a row that is not there", lambda _, c: c.set_quantity(77, 1), NoSuchLine),
    ("a discount above a cashier's", lambda s, c: c.discount(1, Discount(Decimal(11)), s.person("amina")), NotAllowed),
    ("a discount above the row", lambda s, c: c.discount(1, Discount(Decimal(101)), s.person("manager")), BadField),
    ("a discount below nothing", lambda s, c: c.discount(1, Discount(Decimal(-1)), s.person("manager")), BadField),
    ("a void of no row", lambda s, c: c.void(77, s.person("amina")), NoSuchLine),
    ("a side that the center does not have", lambda _, c: c.leave_to("US"), BadField),
]


@pytest.mark.parametrize(("step", "refusal"), [r[1:] for r in REFUSALS], ids=[r[0] for r in REFUSALS])
def test_a_refused_step_changes_nothing(
    shop: DemoShop, step: Callable[[DemoShop, Checkout], object], refusal: type[Exception]
) -> None:
    checkout = shop.basket(CHOCOLATE, WATCH)
    before, stored = checkout.view(), shop.tables()

    with pytest.raises(refusal):
        step(shop, checkout)

    assert the_same(checkout.view(), before)
    assert shop.tables() == stored


def test_pieces_in_other_rows_count_for_the_stock(shop: DemoShop) -> None:
    checkout = shop.basket(LAST_ONE)
    checkout.discount(1, Discount(Decimal(5)), shop.person("amina"))

    with pytest.raises(OutOfStock) as refused:
        checkout.scan(LAST_ONE)

    assert (refused.value.code, refused.value.wanted, refused.value.on_hand) == (LAST_ONE, 2, 1)


def test_every_view_bears_a_higher_number_than_the_one_before(shop: DemoShop) -> None:
    checkout = shop.checkout()
    views = [
        checkout.view(),
        checkout.scan(SWEETS),
        checkout.identify(shop.document()),
        checkout.leave_to("KZ"),
        checkout.set_quantity(1, 3),
        checkout.undo(),
        checkout.start_new(),
        checkout.view(),
    ]

    numbers = [view.sequence for view in views]
    assert numbers == sorted(set(numbers))


def the_same(one: CheckoutView, other: CheckoutView) -> bool:
    """Whether two views show the same sale; each has its own number and advice request."""
    return replace(one, sequence=0, advice_request=None) == replace(other, sequence=0, advice_request=None)


def test_undo_walks_back_step_by_step_to_the_empty_basket(shop: DemoShop) -> None:
    checkout = shop.checkout()
    seen = [checkout.view()]
    steps: list[Callable[[], object]] = [
        lambda: checkout.scan(CHOCOLATE),
        lambda: checkout.scan(CARTON),
        lambda: checkout.identify(shop.document()),
        lambda: checkout.set_quantity(2, 4),
        lambda: checkout.discount(1, Discount(Decimal(5)), shop.person("amina")),
        lambda: checkout.leave_to("KZ"),
        lambda: checkout.void(1, shop.person("amina")),
        lambda: checkout.dismiss_visitor("A"),
    ]
    for step in steps:
        step()
        seen.append(checkout.view())

    for expected in reversed(seen[:-1]):
        view = checkout.undo()
        assert the_same(view, expected)
    with pytest.raises(NothingToUndo):
        checkout.undo()


def test_undo_of_a_companion_gives_the_scans_back_to_whom_they_went(shop: DemoShop) -> None:
    checkout = shop.checkout()
    for number in ("E10000011", "E10000012", "E10000013"):
        checkout.identify(read_typed("passport", number, "CHN", None, MONDAY.date()))
    chosen = checkout.undo().chosen
    checkout.identify(read_typed("passport", "E10000014", "CHN", None, MONDAY.date()))
    checkout.choose("A")
    by_hand = checkout.undo().chosen

    assert (chosen, by_hand) == ("B", "A")


def test_a_step_is_taken_back_by_its_number_only_while_it_is_the_last(shop: DemoShop) -> None:
    checkout = shop.basket(CHOCOLATE, SWEETS, visitor=False)
    voided = checkout.void(1, shop.person("amina"))
    noted = checkout.note(2, "gift")

    same = checkout.undo(voided.last_step)
    assert the_same(same, replace(noted, sequence=0))
    assert checkout.undo(noted.last_step).last_step == voided.last_step
    assert [row.line.product.code for row in checkout.undo(voided.last_step).lines] == [CHOCOLATE, SWEETS]


def test_no_step_ever_has_the_number_of_another(shop: DemoShop) -> None:
    checkout = shop.checkout()
    numbers = [checkout.view().last_step]
    for _ in range(2):
        numbers.append(checkout.scan(SWEETS).last_step)
        checkout.undo()
        numbers.append(checkout.scan(CHOCOLATE).last_step)
        assert checkout.start_new().last_step == 0

    assert len(set(numbers)) == len(numbers)


def test_a_void_is_written_down_with_who_did_it(shop: DemoShop) -> None:
    checkout = shop.basket(CHOCOLATE, SWEETS)

    view = checkout.void(1, shop.person("amina"))

    assert quantities(view) == [(SWEETS, 1)]
    [(person, details)] = shop.rows("SELECT person, details FROM journal WHERE act = 'void'")
    assert person == "amina"
    assert f'"code":"{CHOCOLATE}"' in details


def test_a_passport_names_the_visitor_and_the_side_and_the_basket_is_judged(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.scan(CARTON, 3)

    view = checkout.identify(shop.document())

    [shown] = view.visitors
    assert (shown.visitor.name, shown.age, shown.expired, shown.visits_today) == ("ZHANG W••", 40, False, 0)
    assert (view.destination, view.regime and view.regime.id) == ("CN", "cn-horgos")
    assert view.quota["A"].verdict == Verdict.DUTY
    assert view.shown_verdict_of(view.lines[0]) == Verdict.DUTY
    assert ZHANG_WEIS_NUMBER not in repr(view)


def test_within_the_allowance_what_a_search_would_find_is_known_without_one(shop: DemoShop) -> None:
    checkout = shop.basket(CARTON)
    within = checkout.view()
    over = checkout.scan(CARTON, 2)

    assert within.advice_request is not None
    assert over.advice_request is not None
    assert within.advice_request.known(within.quota) == within.advice_request.answer()
    assert over.advice_request.known(over.quota) is None


def test_what_is_scanned_after_the_passport_is_the_visitors_too(shop: DemoShop) -> None:
    checkout = shop.basket(CARTON)
    view = checkout.scan(CARTON, 2)

    assert [row.line.carrier for row in view.lines] == ["A"]
    assert view.quota["A"].verdict == Verdict.DUTY


def test_the_other_side_judges_the_same_basket_by_its_own_rules(shop: DemoShop) -> None:
    checkout = shop.basket(CARTON, CARTON)

    to_china = checkout.view()
    to_kazakhstan = checkout.leave_to("KZ")

    assert to_china.quota["A"].verdict < Verdict.DUTY
    assert to_kazakhstan.regime is not None
    assert to_kazakhstan.regime.id == "kz-horgos"
    assert to_kazakhstan.quota["A"].verdict >= Verdict.DUTY  # 200 cigarettes there, 400 here
    assert checkout.leave_to("CN").quota["A"].verdict == to_china.quota["A"].verdict


def test_what_was_bought_this_morning_counts_this_afternoon(shop: DemoShop) -> None:
    shop.sell(CARTON, CARTON)
    shop.now.move(hours=2)

    view = shop.basket(CARTON).view()

    tobacco = view.quota["A"].rule("tobacco")
    assert tobacco is not None
    assert (tobacco.pending, tobacco.verdict) == (1, Verdict.DUTY)  # the whole allowance is pending
    assert view.visitors[0].visits_today == 1


def test_what_has_left_to_the_other_side_was_bought_today_all_the_same(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.now.move(minutes=10)
    VisitorUseCases.over(shop.context, gate_csv.reading).record_departure(shop.document(), shop.person("amina"), None)
    shop.now.move(hours=2)
    basket = shop.basket(CARTON)

    to_kazakhstan = basket.leave_to("KZ")
    [visitor] = to_kazakhstan.visitors

    assert visitor.visits_today == 1
    assert (visitor.other_side, visitor.pending) == ((), False)
    value = to_kazakhstan.quota["A"].rule("value")
    assert value is not None
    assert value.pending == 0  # the sweets are gone, and counted where they left


def test_what_was_bought_elsewhere_is_no_purchase_of_today_here(shop: DemoShop) -> None:
    basket = shop.basket(SWEETS)
    elsewhere = Declared(shop.now(), "sweets", "food.sweets", 1, money("20.00"), money("0.00"))
    basket.declare("A", lambda _before: (elsewhere,))
    shop.pay(basket)
    shop.now.move(hours=1)

    [visitor] = shop.basket(CHOCOLATE).view().visitors

    assert (visitor.visits_today, visitor.pending) == (1, True)


def test_a_passport_read_again_reads_the_ledger_again(shop: DemoShop) -> None:
    checkout = shop.basket(CARTON)
    shop.other_till().sell(CARTON, CARTON)

    assert checkout.identify(shop.document()).quota["A"].verdict == Verdict.DUTY


def test_a_document_shown_again_with_another_birth_date_is_known_as_such(shop: DemoShop) -> None:
    document = shop.document()
    checkout = shop.checkout()
    checkout.identify(document)
    same = checkout.identify(document)
    assert document.birth_date is not None
    other = checkout.identify(replace(document, birth_date=document.birth_date - timedelta(days=1)))

    assert (same.again, same.is_born_otherwise) == ("A", False)
    assert (other.again, other.is_born_otherwise) == ("A", True)
    assert other.visitors[0].visitor.birth_date == document.birth_date


def test_without_a_visitor_nothing_is_judged(shop: DemoShop) -> None:
    checkout = shop.basket(CARTON, CARTON, CARTON)

    view = checkout.dismiss_visitor("A")

    assert (view.visitors, view.quota, view.advice_request) == ((), {}, None)
    assert all(row.line.carrier is None and row.judged is None for row in view.lines)


def test_a_third_country_says_nothing_of_the_side(shop: DemoShop) -> None:
    document = read_typed("passport", "X1234567", "USA", "1990-01-01", date(2026, 3, 2))

    view = shop.basket(CHOCOLATE, visitor=False)
    shown = view.identify(document)

    assert (shown.destination, shown.regime, shown.quota) == (None, None, {})
    assert view.leave_to("KZ").quota["A"].verdict == Verdict.OK


def test_an_expired_passport_warns_and_sells(shop: DemoShop) -> None:
    shop.now.move(days=9 * 365)

    checkout = shop.basket(CHOCOLATE)

    assert checkout.view().visitors[0].expired
    assert shop.pay(checkout).receipt == "T1-000001"


def test_a_new_basket_has_a_key_of_its_own_and_the_rates_of_now(shop: DemoShop) -> None:
    checkout = shop.basket(CHOCOLATE)
    first = checkout.view()
    shop.set_rate(shop.person("manager"), first.total.currency, Decimal(70), Decimal(71), None, None)

    assert str(checkout.rates.rates["CNY"].sell) == "72.80"
    fresh = checkout.start_new()

    assert fresh.key != first.key
    assert (fresh.lines, fresh.visitors, fresh.destination, fresh.can_undo) == ((), (), None, False)
    assert str(checkout.rates.rates["CNY"].sell) == "71"


def test_a_till_that_waited_sells_at_the_rates_of_the_first_scan(shop: DemoShop) -> None:
    checkout = shop.checkout()
    waiting = checkout.view()
    boss = shop.person("manager")
    shop.set_rate(boss, waiting.total.currency, Decimal(70), Decimal(71), None, None)

    begun = checkout.scan(CHOCOLATE)
    shop.set_rate(boss, waiting.total.currency, Decimal(72), Decimal(73), None, None)
    checkout.scan(CHOCOLATE)

    assert begun.key == waiting.key
    assert str(checkout.rates.rates["CNY"].sell) == "71"


def test_a_basket_of_which_all_was_taken_out_goes_on_at_the_rates_and_promotions_of_now(shop: DemoShop) -> None:
    """The last customer bought nothing, and the till stood until the next day."""
    boss = shop.person("manager")
    checkout = shop.basket(CHOCOLATE, visitor=False)
    key = checkout.view().key
    empty = checkout.void(checkout.view().lines[0].line.id, boss)
    shop.set_rate(boss, empty.total.currency, Decimal(70), Decimal(71), None, None)
    shop.promotions.add(PromotionDraft("Spring", percent=Decimal(50)), boss)

    begun = checkout.scan(CHOCOLATE)

    assert str(checkout.rates.rates["CNY"].sell) == "71"
    assert begun.total.minor * 2 == begun.lines[0].line.unit_price.minor
    checkout.undo()
    back = checkout.undo()
    assert (back.key, [one.line.product.code for one in back.lines]) == (key, [CHOCOLATE])


def test_an_empty_basket_is_no_order(shop: DemoShop) -> None:
    with pytest.raises(EmptyCart):
        shop.checkout().order(shop.person("amina"))


def test_a_discount_is_taken_away_again(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS)

    assert checkout.discount(1, Discount(Decimal(10)), shop.person("amina")).total == money("43.20")
    assert checkout.discount(1, None, shop.person("amina")).total == money("48.00")


def test_a_store_that_is_lost_in_the_middle_of_a_step_leaves_the_basket_as_it_was(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = shop.basket(BAG, visitor=False)
    checkout.scan(COGNAC)
    document, amina, settings = shop.document(), shop.person("amina"), shop.settings()
    before = checkout.view()

    def lost() -> object:
        raise StoreError("unreachable")

    with monkeypatch.context() as away:
        away.setattr(checkout, "_settings", lambda: settings)
        away.setattr(shop.store, "reading", lost)
        away.setattr(shop.store, "begin", lost)
        steps: list[Callable[[], object]] = [
            lambda: checkout.scan(SWEETS),
            lambda: checkout.set_quantity(1, 2),
            lambda: checkout.void(1, amina),
            lambda: checkout.identify(document),
        ]
        for step in steps:
            with pytest.raises(StoreError):
                step()

    assert the_same(checkout.view(), before)
    assert checkout.undo().pieces == 1


def test_what_is_filled_in_later_is_judged_and_the_price_of_the_scan_stays(shop: DemoShop) -> None:
    basket = shop.basket(PODS)
    before = basket.view()
    product = before.lines[0].line.product
    shop.fill_in(product.id, shop.person("manager"), price=money("1.00"), attributes=Attributes(ml=Decimal(4)))
    after = basket.refresh(product.id)
    assert (before.quota["A"].verdict, after.quota["A"].verdict) == (Verdict.UNKNOWN, Verdict.OK)
    assert after.total == before.total


def without_rate(shop: DemoShop, currency: str) -> tuple[object, ...]:
    """A shop that has not entered this rate yet; the row of it, to be entered later."""
    row: tuple[object, ...]
    with shop.raw(writing=True) as store:
        [row] = store.execute("SELECT * FROM rate WHERE currency = ?", (currency,)).fetchall()
        store.execute("DROP TRIGGER rate_is_never_deleted")
        store.execute("DELETE FROM rate WHERE currency = ?", (currency,))
    return row


def test_a_document_whose_allowance_needs_a_missing_rate_is_refused_and_changes_nothing(shop: DemoShop) -> None:
    without_rate(shop, "EUR")
    checkout = shop.checkout()
    before = checkout.scan(SWEETS)

    for _ in range(2):
        with pytest.raises(NoQuotaRate) as refused:
            checkout.identify(read_typed("passport", "N12345678", "KAZ", "1985-05-05", shop.now().date()))
        assert refused.value.currency == "EUR"
    after = checkout.view()
    scanned = checkout.scan(SWEETS)

    assert (after.visitors, after.lines, after.last_step, after.can_undo) == ((), before.lines, before.last_step, True)
    assert quantities(scanned) == [(SWEETS, 2)]
    assert checkout.clear(shop.person("amina")).lines == ()


def test_a_rate_that_is_entered_meanwhile_judges_the_sale_in_hand(shop: DemoShop) -> None:
    row = without_rate(shop, "EUR")
    checkout = shop.checkout()
    checkout.scan(SWEETS)
    with pytest.raises(NoQuotaRate):
        checkout.identify(read_typed("passport", "N12345678", "KAZ", "1985-05-05", shop.now().date()))
    with shop.raw(writing=True) as store:
        store.execute(f"INSERT INTO rate VALUES ({', '.join('?' * len(row))})", row)

    view = checkout.identify(read_typed("passport", "N12345678", "KAZ", "1985-05-05", shop.now().date()))

    assert [one.visitor.nationality for one in view.visitors] == ["KAZ"]
    assert view.quota["A"].verdict is Verdict.OK
