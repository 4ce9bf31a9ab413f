"""Several visitors in one sale: who carries what, the split, and the sale that comes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.checkout import BasketChanged, Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.visitors.identify_visitor import visitor_of
from pos.domain.errors import BadField
from pos.domain.pricing.discount import Discount
from pos.domain.quota.rule import Verdict
from pos.domain.visitors.document import Document, read_typed
from pos.domain.visitors.visitor import NoSuchVisitor, PartyFull
from tests.builders import money
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, SWEETS, ZHANG_WEI, DemoShop, a_ticket

BORN = "1990-01-01"


def document(number: int, country: str = "CHN", born: str = BORN) -> Document:
    return read_typed("passport", f"E7{number:07d}", country, born, date(2026, 3, 2))


def a_party(shop: DemoShop, size: int, *codes: str) -> Checkout:
    """A checkout with so many visitors from China; the goods were scanned before their companions came."""
    checkout = shop.basket(*codes)
    for number in range(size - 1):
        checkout.identify(document(number))
    return checkout


def carried(view: CheckoutView) -> list[tuple[str, int, str | None]]:
    return [(row.line.product.code, row.line.quantity, row.line.carrier) for row in view.lines]


def test_a_second_document_is_a_companion_and_takes_the_next_scans(shop: DemoShop) -> None:
    checkout = shop.basket(CHOCOLATE)
    checkout.identify(document(1))
    view = checkout.scan(SWEETS)

    assert [v.visitor.label for v in view.visitors] == ["A", "B"]
    assert (view.chosen, carried(view)) == ("B", [(CHOCOLATE, 1, "A"), (SWEETS, 1, "B")])
    assert set(view.quota) == {"A", "B"}


def test_a_document_shown_again_chooses_its_visitor_and_is_reported(shop: DemoShop) -> None:
    checkout = a_party(shop, 3)
    view = checkout.identify(shop.document())

    assert (view.again, view.chosen, len(view.visitors)) == ("A", "A", 3)
    assert carried(checkout.scan(BAG)) == [(BAG, 1, "A")]
    assert checkout.view().again is None


def test_the_chosen_visitor_takes_the_scan(shop: DemoShop) -> None:
    checkout = a_party(shop, 2)
    checkout.choose("A")
    assert carried(checkout.scan(BAG)) == [(BAG, 1, "A")]
    with pytest.raises(NoSuchVisitor):
        checkout.choose("C")


def test_forty_documents_are_a_tour_and_one_more_is_too_many(shop: DemoShop) -> None:
    checkout = a_party(shop, 40)
    labels = [v.visitor.label for v in checkout.view().visitors]
    assert (labels[25], labels[26], labels[39], len(set(labels))) == ("Z", "AA", "AN", 40)
    with pytest.raises(PartyFull):
        checkout.identify(document(99))


def test_three_pieces_of_five_are_moved_by_hand_and_back(shop: DemoShop) -> None:
    checkout = a_party(shop, 2)
    checkout.choose("A")
    checkout.scan(CHOCOLATE, 5)
    moved = checkout.give(1, "B", 3)
    assert carried(moved) == [(CHOCOLATE, 2, "A"), (CHOCOLATE, 3, "B")]
    assert moved.total == money("62.50")
    assert carried(checkout.give(2, "A")) == [(CHOCOLATE, 5, "A")]
    with pytest.raises(BadField):
        checkout.give(1, "B", 6)


def test_a_discounted_row_shared_costs_what_it_cost(shop: DemoShop) -> None:
    checkout = a_party(shop, 3)
    checkout.choose("A")
    checkout.scan(CHOCOLATE, 7)
    amina = shop.person("amina")
    before = checkout.discount(1, Discount(Decimal("3.33")), amina).total
    for label, pieces in (("B", 2), ("C", 3)):
        checkout.give(1, label, pieces)

    assert checkout.view().total == before
    assert [row.line.quantity for row in checkout.view().lines] == [2, 3, 2]
    assert shop.pay(checkout).total == before


def test_split_shares_the_cartons_so_that_no_one_is_over(shop: DemoShop) -> None:
    checkout = a_party(shop, 3, CARTON)
    before = checkout.set_quantity(1, 6)
    assert before.verdict is Verdict.DUTY

    view = checkout.split()

    assert carried(view) == [(CARTON, 2, "A"), (CARTON, 2, "B"), (CARTON, 2, "C")]
    assert view.verdict <= Verdict.NOTE
    assert view.total == before.total
    assert carried(checkout.split()) == carried(view)
    assert checkout.undo().verdict <= Verdict.NOTE
    assert carried(checkout.undo()) == [(CARTON, 6, "A")]


def test_until_split_is_pressed_the_verdict_is_that_of_the_hands_shown(shop: DemoShop) -> None:
    checkout = a_party(shop, 2, CARTON)
    view = checkout.set_quantity(1, 3)
    assert (view.quota["A"].verdict, view.quota["B"].verdict) == (Verdict.DUTY, Verdict.OK)

    assert view.advice_request is not None
    advice = view.advice_request.answer()
    assert advice.verdict is Verdict.DUTY
    assert advice.split is not None
    assert advice.split.verdict <= Verdict.NOTE
    assert advice.leave == ()  # sharing is enough
    assert (advice.sequence, advice.proved) == (view.sequence, True)


def test_a_party_that_is_over_together_is_shown_what_to_leave_and_the_rest_is_shared(shop: DemoShop) -> None:
    checkout = a_party(shop, 2, CARTON)
    view = checkout.set_quantity(1, 5)
    assert view.advice_request is not None
    advice = view.advice_request.answer()
    assert advice.leave == ((1, 1),)

    after = checkout.leave_behind(dict(advice.leave), shop.person("amina"))

    assert sorted(carried(after), key=str) == [(CARTON, 2, "A"), (CARTON, 2, "B")]
    assert after.verdict <= Verdict.NOTE
    [(person, details)] = shop.rows("SELECT person, details FROM journal WHERE act = 'void'")
    assert person == "amina"
    assert '"quantity":1' in details
    assert carried(checkout.undo()) == [(CARTON, 5, "A")]


def test_the_rest_is_shared_as_the_advice_has_worked_it_out(shop: DemoShop) -> None:
    checkout = a_party(shop, 3, CARTON)
    view = checkout.set_quantity(1, 8)
    assert view.advice_request is not None
    *_, advice = (one for one in view.advice_request.answers() if one is not None)
    assert advice.leave == ((1, 2),)
    assert advice.within is not None

    after = checkout.leave_behind(dict(advice.leave), shop.person("amina"), advice.within)

    assert after.verdict <= Verdict.NOTE
    assert sorted((label, n) for _, n, label in carried(after)) == sorted(advice.within[1])


def test_a_split_worked_out_for_another_basket_is_not_taken(shop: DemoShop) -> None:
    checkout = a_party(shop, 2, CARTON)
    request = checkout.set_quantity(1, 3).advice_request
    assert request is not None
    shares = request.shares_of(request.best())
    checkout.scan(CHOCOLATE)
    with pytest.raises(BasketChanged):
        checkout.share_out(request, shares)


def test_who_goes_leaves_their_goods_to_the_others(shop: DemoShop) -> None:
    checkout = a_party(shop, 2)
    checkout.scan(CHOCOLATE)
    checkout.choose("A")
    checkout.scan(CHOCOLATE)
    assert carried(checkout.dismiss_visitor("B")) == [(CHOCOLATE, 2, "A")]
    assert carried(checkout.dismiss_visitor("A")) == [(CHOCOLATE, 2, None)]


def test_a_minor_never_carries_the_cognac(shop: DemoShop) -> None:
    checkout = shop.basket(COGNAC, COGNAC)
    checkout.identify(document(1, born="2012-05-05"))
    assert carried(checkout.split()) == [(COGNAC, 2, "A")]
    assert checkout.give(1, "B").quota["B"].verdict is Verdict.REFUSE
    with pytest.raises(QuotaExceeded):
        shop.pay(checkout)


def test_the_sale_of_a_party_stands_in_each_ones_ledger(shop: DemoShop) -> None:
    checkout = a_party(shop, 3, CARTON)
    checkout.set_quantity(1, 6)
    checkout.split()
    sale = shop.pay(checkout)

    assert [(line.quantity, line.carrier) for line in sale.lines] == [(2, "A"), (2, "B"), (2, "C")]
    assert set(sale.quota) == {"A", "B", "C"}
    assert shop.verify() == []
    alone = shop.checkout()
    alone.identify(document(1))
    assert alone.scan(CARTON).verdict is Verdict.DUTY


def test_a_random_party_is_shared_without_losing_a_piece_or_a_fen(shop: DemoShop) -> None:
    dice, amina = Random(11), shop.person("amina")
    for _ in range(12):
        checkout = a_party(shop, dice.randint(2, 4))
        for _ in range(dice.randint(1, 6)):
            checkout.scan(dice.choice((BAG, CHOCOLATE, SWEETS, CARTON, COGNAC)), dice.randint(1, 4))
        view = checkout.view()
        if dice.random() < 0.5:
            view = checkout.discount(dice.choice(view.lines).id, Discount(Decimal(dice.randint(1, 10))), amina)
        pieces = {row.line.product.code: 0 for row in view.lines}
        for row in view.lines:
            pieces[row.line.product.code] += row.line.quantity
        shared = checkout.split()
        pieces_shared = dict.fromkeys(pieces, 0)
        for row in shared.lines:
            pieces_shared[row.line.product.code] += row.line.quantity
        assert (shared.total, pieces_shared) == (view.total, pieces)
        assert shared.verdict <= view.verdict


def ring(shop: DemoShop, *lines: dict[str, object], amount: str) -> list[tuple[int, str, int, str]]:
    """Ring up lines for two visitors from a file; the lines of the answer."""
    other = {"kind": "passport", "number": "E70000001", "country": "CHN", "birth_date": BORN}
    visitors = [{"id": "A", "document": {"mrz": list(ZHANG_WEI)}}, {"id": "B", "document": other}]
    payments = [{"method": "cash", "currency": "CNY", "amount": amount}]
    sale = shop.ring_sale(a_ticket(visitors=visitors, lines=list(lines), payments=payments))
    return [(line.line, line.code, line.quantity, line.carrier or "") for line in sale.lines]


def test_of_a_line_without_a_carrier_the_split_decides(shop: DemoShop) -> None:
    rung = ring(shop, {"code": CARTON, "quantity": 4}, amount="1040.00")
    assert rung == [(0, CARTON, 2, "A"), (1, CARTON, 2, "B")]
    assert shop.verify() == []


def test_what_someone_carries_stays_with_them_and_the_rest_goes_round_it(shop: DemoShop) -> None:
    mine: dict[str, object] = {"code": CARTON, "quantity": 2, "carrier": "A"}
    rung = ring(shop, mine, {"code": CARTON, "quantity": 2}, {"code": CHOCOLATE, "quantity": 1}, amount="1052.50")
    assert rung[:2] == [(0, CARTON, 2, "A"), (1, CARTON, 2, "B")]
    assert rung[2] in [(2, CHOCOLATE, 1, "A"), (2, CHOCOLATE, 1, "B")]


def test_a_party_that_is_over_together_is_refused_as_one_visitor_is(shop: DemoShop) -> None:
    with pytest.raises(QuotaExceeded):
        ring(shop, {"code": CARTON, "quantity": 5}, amount="1300.00")
    assert shop.rows("SELECT count(*) FROM sale") == [(0,)]


def test_payment_opens_on_what_another_till_has_sold_meanwhile(shop: DemoShop) -> None:
    checkout = shop.basket(CARTON, CARTON)
    other = shop.other_till()
    other.sell(CARTON)
    assert checkout.view().verdict <= Verdict.NOTE
    assert checkout.read_again().verdict is Verdict.DUTY
    other.close()


def test_payment_does_not_open_for_one_person_by_two_documents(shop: DemoShop) -> None:
    checkout = a_party(shop, 2, CHOCOLATE)
    with shop.store.begin() as work:
        one = work.visitors.lock((shop.visitor("A"), visitor_of(document(0), "B", shop.secrets)), shop.now())
        work.visitors.link(one["B"], one["A"])
        work.commit()
    with pytest.raises(BadField) as refused:
        shop.hold_sale(checkout.order(shop.person("amina")))
    assert (refused.value.field, refused.value.value) == ("visitors[1].document", "B")
