"""Nothing stands as certain while a question that decides it is open, and no answer or side outlives its visitor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pos.application.returns.return_draft import ReturnDraft
from pos.application.sales.basket_json import basket_from_json, basket_json
from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.domain.errors import BadField
from pos.domain.pricing.discount import Discount
from pos.domain.quota.rule import Verdict
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import NotAllowed, Person
from pos.domain.visitors.document import Document, read_typed
from tests.application.visitors.test_record_departure import steps
from tests.builders import money
from tests.shops import CARTON, CHOCOLATE, COGNAC, SWEETS, DemoShop

TODAY = date(2026, 3, 2)


def document(number: int, country: str = "CHN", born: str | None = "1990-01-01") -> Document:
    letter = "N" if country == "KAZ" else "E"
    return read_typed("passport", f"{letter}{80000000 + number}", country, born, TODAY)


def kazakh(number: int = 1) -> Document:
    return document(number, "KAZ")


def open_about(view: CheckoutView) -> list[tuple[str, str]]:
    return list(view.open_questions)


def journal(shop: DemoShop, event: str) -> Sequence[tuple[object, ...]]:
    return shop.rows(f"SELECT details FROM journal WHERE act = '{event}' ORDER BY id")


# ── the side ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_side_that_was_not_pressed_goes_with_its_visitor(shop: DemoShop) -> None:
    checkout = shop.checkout()
    first = checkout.identify(kazakh())
    alone = checkout.dismiss_visitor("A")
    then = checkout.identify(document(2))

    assert (first.destination, alone.destination, then.destination) == ("KZ", None, "CN")
    assert then.regime is not None
    assert then.regime.destination == "CN"
    assert open_about(then) == []


def test_a_document_from_the_other_side_asks_where_a_side_was_pressed(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(kazakh())
    checkout.leave_to("KZ")
    checkout.dismiss_visitor("A")
    view = checkout.identify(document(2))
    label = view.visitors[0].visitor.label

    assert (view.destination, open_about(view)) == ("KZ", [(label, "destination")])
    assert view.shown_verdict is Verdict.UNKNOWN
    assert view.shown[label].open == ("destination",)


def test_a_document_of_neither_side_is_not_judged_by_a_side_pressed_for_a_visitor_who_has_gone(shop: DemoShop) -> None:
    russian = read_typed("passport", "730123456", "RUS", "1990-01-01", TODAY)
    checkout = shop.checkout()
    checkout.identify(document(1))
    checkout.leave_to("KZ")
    beside_an_idle_one = checkout.identify(russian)
    companion = checkout.shop_together()
    checkout.dismiss_visitor("B")
    checkout.dismiss_visitor("A")
    alone = checkout.identify(russian)
    answered = checkout.answer("A", "destination", "CN", shop.person("amina"))

    assert open_about(beside_an_idle_one) == [("B", "destination")]
    assert open_about(companion) == [], "they leave with the visitor for whom the side was pressed"
    assert (open_about(alone), alone.shown_verdict) == ([("A", "destination")], Verdict.UNKNOWN)
    assert (answered.destination, open_about(answered)) == ("CN", [])


def test_a_companion_from_the_other_side_is_asked_about_and_the_answer_stands_in_the_journal(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(kazakh())
    asked = checkout.identify(document(2))
    said = checkout.answer("B", "destination", "KZ", shop.person("amina"))
    undone = checkout.undo()

    assert open_about(asked) == [("B", "destination")]
    assert (open_about(said), said.destination) == ([], "KZ")
    assert open_about(undone) == [("B", "destination")]
    assert len(journal(shop, "answer_destination")) == 1
    assert "E80000002" not in str(journal(shop, "answer_destination"))


def test_who_was_there_when_the_side_was_pressed_is_asked_no_more_and_who_comes_later_is(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(document(1))
    pressed = checkout.leave_to("KZ")
    later = checkout.identify(document(2))

    assert open_about(pressed) == []
    assert open_about(later) == [("B", "destination")]
    assert open_about(checkout.leave_to("KZ")) == []


def test_a_parked_side_comes_back_as_it_was_said(shop: DemoShop) -> None:
    def resumed(checkout: Checkout) -> CheckoutView:
        with shop.store.reading() as work:
            text = basket_json(checkout.unchecked_order("amina"), TODAY)
            basket = basket_from_json(text, lambda product: work.products.by_id(product, shop.now()))
        again = shop.checkout()
        again.resume(basket)
        again.void(1, shop.person("amina"))
        again.dismiss_visitor("A")
        return again.identify(kazakh(3))

    taken, pressed = shop.checkout(), shop.checkout()
    for checkout in (taken, pressed):
        checkout.identify(document(1))
        checkout.scan(SWEETS)
    pressed.leave_to("CN")

    assert (resumed(taken).destination, open_about(resumed(taken))) == ("KZ", [])
    assert (resumed(pressed).destination, len(open_about(resumed(pressed)))) == ("CN", 1)


def test_an_answer_that_is_no_side_is_refused(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(document(1))
    for about, answer in (("destination", "DE"), ("weather", "")):
        with pytest.raises(BadField):
            checkout.answer("A", about, answer, shop.person("amina"))


# ── the days of entry ────────────────────────────────────────────────────────────────────────────────────────


def answer_entries(shop: DemoShop, checkout: Checkout, *days: date) -> CheckoutView:
    """What the window does with an answer."""
    visitor, person = checkout.view().visitors[0].visitor, shop.person("amina")
    known = steps(shop).record_entry_dates(visitor, days, person)
    return checkout.take_entries(visitor.label, days, known, person.name)


def test_goods_that_the_days_of_entry_decide_about_are_amber_until_these_are_reported(shop: DemoShop) -> None:
    view = shop.basket(CARTON).view()

    assert open_about(view) == [("A", "entries")]
    assert (view.verdict, view.shown_verdict) == (Verdict.OK, Verdict.UNKNOWN)
    assert view.shown_verdict_of(view.lines[0]) is Verdict.UNKNOWN
    tobacco = view.shown["A"].rule("tobacco")
    value = view.shown["A"].rule("value")
    assert tobacco is not None
    assert value is not None
    assert (tobacco.open, value.open) == (True, False)


def test_goods_about_which_no_day_decides_are_green(shop: DemoShop) -> None:
    view = shop.basket(CHOCOLATE, SWEETS).view()

    assert open_about(view) == []
    assert view.shown_verdict is Verdict.OK
    assert view.shown == view.quota


def test_what_is_red_anyway_stays_red_and_is_asked_all_the_same(shop: DemoShop) -> None:
    view = shop.basket(CARTON, CARTON, CARTON, COGNAC).view()

    assert view.shown_verdict is Verdict.DUTY
    assert open_about(view) == [("A", "entries")]


def test_undo_brings_the_question_back_and_takes_the_answer_out_of_the_books(shop: DemoShop) -> None:
    checkout = shop.basket(CARTON)
    days = (TODAY - timedelta(days=3), TODAY)
    answered = answer_entries(shop, checkout, *days)
    undone = checkout.undo()
    with shop.store.reading() as work:
        known = work.visitors.known(shop.visitor().key)

    assert (answered.shown_verdict, open_about(answered)) == (Verdict.DUTY, [])
    assert (undone.shown_verdict, open_about(undone)) == (Verdict.UNKNOWN, [("A", "entries")])
    assert known is not None
    assert (known.entries, known.asked_on) == ((), None)
    assert len(journal(shop, "entries")) == len(journal(shop, "take_back_entries")) == 1
    assert shop.verify() == []


def test_undo_of_no_brings_the_question_back_and_leaves_the_days_of_before(shop: DemoShop) -> None:
    visitor, before = shop.visitor(), TODAY - timedelta(days=40)
    steps(shop).record_entry_dates(visitor, (before,), shop.person("amina"))
    shop.now.move(days=1)
    checkout = shop.basket(CARTON)
    asked = open_about(checkout.view())
    answered = answer_entries(shop, checkout)
    undone = checkout.undo()
    with shop.store.reading() as work:
        known = work.visitors.known(visitor.key)

    assert (asked, open_about(answered), open_about(undone)) == ([("A", "entries")], [], [("A", "entries")])
    assert answered.shown_verdict is Verdict.OK
    assert known is not None
    assert (known.entries, known.asked_on) == ((before,), TODAY)


def test_an_undo_of_something_else_leaves_the_answer(shop: DemoShop) -> None:
    checkout = shop.basket(CARTON)
    answer_entries(shop, checkout)
    checkout.scan(SWEETS)

    assert open_about(checkout.undo()) == []
    assert journal(shop, "take_back_entries") == []


# ── the date of birth ────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_date_of_birth_it_is_asked_once_and_goods_stay_not_known(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(document(1, born=None))
    checkout.scan(COGNAC)
    answer_entries(shop, checkout)
    asked = checkout.view()
    unanswered = checkout.answer("A", "birth_date", "", shop.person("amina"))

    assert open_about(asked) == [("A", "birth_date")]
    assert (unanswered.shown_verdict, open_about(unanswered)) == (Verdict.UNKNOWN, [])
    assert len(journal(shop, "answer_birth_date")) == 1


def test_the_document_shown_again_tells_the_date_of_birth(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(document(1, born=None))
    checkout.scan(COGNAC)
    view = checkout.identify(document(1))

    assert view.again == "A"
    assert view.visitors[0].age == 36
    assert ("A", "birth_date") not in open_about(view)


# ── who stands there without goods ───────────────────────────────────────────────────────────────────────────


def test_a_second_document_beside_a_visitor_without_goods_asks(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(document(1))
    asked = checkout.identify(document(2))
    alone = checkout.part_strangers()
    back = checkout.undo()
    together = checkout.shop_together()
    later = checkout.identify(document(3))

    assert asked.strangers == ("A",)
    assert ([v.visitor.label for v in alone.visitors], alone.strangers) == (["B"], ())
    assert back.strangers == ("A",)
    assert together.strangers == later.strangers == ()


def test_a_companion_of_a_visitor_with_goods_is_one(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS)
    assert checkout.identify(document(2)).strangers == ()


def test_goods_given_to_both_answer_the_question(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(document(1))
    checkout.identify(document(2))
    checkout.scan(SWEETS)
    view = checkout.give(1, "A")
    assert view.strangers == ()


def test_a_new_sale_has_neither_visitor_nor_goods_nor_side_and_undo_brings_all_back(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS, CHOCOLATE)
    checkout.leave_to("KZ")
    cleared = checkout.clear(shop.person("amina"))
    back = checkout.undo()

    assert (cleared.lines, cleared.visitors, cleared.destination) == ((), (), None)
    assert (back.pieces, len(back.visitors), back.destination) == (2, 1, "KZ")
    assert len(journal(shop, "void")) == 2


def test_what_was_given_to_a_basket_goes_with_its_last_row_and_comes_back_with_it(shop: DemoShop) -> None:
    manager = shop.person("manager")
    checkout = shop.basket(COGNAC)
    checkout.discount_basket(Discount(percent=Decimal(50)), manager)
    checkout.note(None, "for the director")
    line = checkout.view().lines[0].id
    emptied = checkout.void(line, manager)
    undone = checkout.undo()
    checkout.void(line, manager)
    checkout.identify(document(3))
    other = checkout.scan(CHOCOLATE)

    assert (emptied.basket, emptied.note) == (None, "")
    assert (undone.basket is not None, undone.note) == (True, "for the director")
    assert (other.basket, other.note, other.total) == (None, "", other.lines[0].line.gross)


def test_what_comes_after_a_new_sale_has_a_key_of_its_own_and_cannot_be_undone_into_the_last_one(
    shop: DemoShop,
) -> None:
    checkout = shop.basket(SWEETS)
    before = checkout.view().key
    checkout.clear(shop.person("amina"))
    view = checkout.identify(kazakh())

    assert (view.key != before, view.destination) == (True, "KZ")
    assert [v.visitor.label for v in checkout.undo().visitors] == []


@pytest.mark.parametrize(
    ("refused", "of"),
    [
        (lambda checkout, _amina: checkout.scan("9999999999994"), UnknownCode),
        (lambda checkout, _amina: checkout.add(10**6), UnknownCode),
        (lambda checkout, amina: checkout.add_at(money("9.00"), SWEETS, 1, amina), NotAllowed),
    ],
    ids=["an unknown code", "goods that are gone", "a price that needs an approval"],
)
def test_a_step_that_is_refused_after_a_new_sale_leaves_undo_what_it_brings_back(
    shop: DemoShop, refused: Callable[[Checkout, Person], object], of: type[Exception]
) -> None:
    checkout, amina = shop.basket(SWEETS, CHOCOLATE), shop.person("amina")
    before = checkout.view()
    checkout.clear(amina)
    with pytest.raises(of):
        refused(checkout, amina)
    offered = checkout.view().can_undo
    back = checkout.undo()

    assert (offered, back.key) == (True, before.key)
    assert (back.lines, back.visitors) == (before.lines, before.visitors)


def test_the_figures_of_an_approval_are_worked_out_without_beginning_the_sale(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS)
    key = checkout.view().key
    checkout.clear(shop.person("amina"))
    _, proposed = checkout.cart_at(money("9.00"), CHOCOLATE, 1)

    assert (proposed.pieces, checkout.view().key, checkout.view().lines) == (1, key, ())
    assert checkout.undo().pieces == 1


# ── an exchange ──────────────────────────────────────────────────────────────────────────────────────────────


def in_hand(shop: DemoShop, sale: Sale) -> ReturnDraft:
    return ReturnDraft.of(shop.return_goods.look(sale.receipt), {}).everything()


def test_an_exchange_brings_its_own_visitor_and_who_has_no_goods_takes_no_part(shop: DemoShop) -> None:
    first = shop.sell(CHOCOLATE)  # of Zhang Wei, to China
    checkout = shop.checkout()
    checkout.identify(kazakh())
    view = checkout.bring_back(in_hand(shop, first), "exchange")
    scanned = checkout.scan(SWEETS)

    assert [v.visitor.key for v in view.visitors] == [shop.visitor().key]
    assert (view.destination, open_about(view), view.strangers) == ("CN", [], ())
    assert [row.line.carrier for row in scanned.lines] == ["A"]
    undone = (checkout.undo(), checkout.undo())[1]
    assert undone.destination == "KZ"


def test_who_shows_the_document_before_the_exchange_of_their_own_goods_keeps_what_it_said(shop: DemoShop) -> None:
    first = shop.sell(CHOCOLATE)
    checkout = shop.basket()
    view = checkout.bring_back(in_hand(shop, first), "exchange")

    assert [v.visitor.birth_date for v in view.visitors] == [shop.visitor().birth_date]


def test_an_exchange_leaves_a_basket_with_its_carrier(shop: DemoShop) -> None:
    first = shop.sell(CHOCOLATE)
    checkout = shop.checkout()
    checkout.identify(kazakh())
    checkout.scan(SWEETS)
    view = checkout.bring_back(in_hand(shop, first), "exchange")

    assert [v.visitor.country for v in view.visitors] == ["KAZ"]
    assert view.back.pieces == 1


def test_an_exchange_without_a_visitor_on_its_receipt_has_none(shop: DemoShop) -> None:
    shop.set("sell_without_visitor", "yes")
    first = shop.sell(CHOCOLATE, visitor=False)
    checkout = shop.checkout()
    checkout.identify(kazakh())
    view = checkout.bring_back(in_hand(shop, first), "exchange")

    assert (view.visitors, view.destination) == ((), None)
