"""A sale is recorded whole or not at all, once for its key, and never beyond the stock or the allowance."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pypdfium2
import pytest

from pos.application.sales.check_order import NoDestination, NoVisitor, QuotaExceeded, QuotaUnknown
from pos.application.sales.complete_sale import Payment
from pos.application.sales.order import SaleOrder
from pos.application.settings.options import Options
from pos.application.visitors.identify_visitor import visitor_of
from pos.domain.errors import BadField, Refused, RuleBroken
from pos.domain.payment.tender import OverpaidWithoutCash, Tender, Underpaid
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.rates import NoRate
from pos.domain.quota.rule import UnknownRegime
from pos.domain.request_key import KeyReused
from pos.domain.sales.cart import Cart, EmptyCart
from pos.domain.sales.goods_for_sale import IncompleteProduct
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift import NoOpenShift
from pos.domain.staff.staff import Approval, ApprovalNotAllowed, ApprovalUnclear, NotAllowed, UnknownPerson
from pos.domain.stock.stock import OutOfStock
from pos.domain.visitors.document import read_typed
from tests.builders import card, cash, cash_for, money, qr
from tests.horgos import CNY, KZT, RUB, USD
from tests.shops import (
    BAG,
    CARTON,
    CHOCOLATE,
    COGNAC,
    LAST_ONE,
    SWEETS,
    ZHANG_WEIS_NUMBER,
    DemoShop,
)

RACES = 20


def an_order(shop: DemoShop, *codes: str, **changed: object) -> SaleOrder:
    order = shop.basket(*codes).order(shop.person("amina"))
    return replace(order, **changed)  # type: ignore[arg-type] # any field


def paid(order: SaleOrder) -> Payment:
    return Payment((cash_for(order.cart.total),))


def cheaper(order: SaleOrder, percent: int) -> SaleOrder:
    return replace(order, cart=order.cart.with_discount(1, Discount(percent=Decimal(percent))))


def approved(shop: DemoShop, order: SaleOrder, *permissions: str, by: str = "manager") -> Approval:
    return Approval(shop.person(by), frozenset(permissions) if permissions else None, order.key)


def sell_exactly(till: DemoShop, order: SaleOrder) -> Sale:
    return till.complete_sale.from_counter(order, paid(order))


def at_once(calls: Sequence[Callable[[], Sale]]) -> list[Sale | RuleBroken]:
    """What comes of calls that begin at one instant, each in a thread of its own."""
    ready = threading.Barrier(len(calls))
    came: list[Sale | RuleBroken | None] = [None] * len(calls)

    def run(index: int, call: Callable[[], Sale]) -> None:
        ready.wait()
        try:
            came[index] = call()
        except RuleBroken as refused:
            came[index] = refused

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(outcome is not None for outcome in came)
    return [outcome for outcome in came if outcome is not None]


# ── what cannot be sold ──────────────────────────────────────────────────────────────────────────────────────────

Attempt = tuple[SaleOrder, Payment, Approval | None]


def _plain(shop: DemoShop, *codes: str, **changed: object) -> Attempt:
    order = an_order(shop, *codes, **changed)
    return order, paid(order), None


def _without_a_shift(shop: DemoShop) -> Attempt:
    return _plain(shop, CHOCOLATE, till="T9")


def _empty(shop: DemoShop) -> Attempt:
    order = an_order(shop, CHOCOLATE, cart=Cart(CNY))
    return order, Payment(()), None


def _no_visitor(shop: DemoShop) -> Attempt:
    order = shop.basket(CHOCOLATE, visitor=False).order(shop.person("amina"))
    return order, paid(order), None


def _over(shop: DemoShop) -> Attempt:
    return _plain(shop, CARTON, CARTON, CARTON)


def _unknown_measure(shop: DemoShop) -> Attempt:
    with shop.raw(writing=True) as store:
        store.execute("UPDATE product SET ml = NULL WHERE code = ?", (COGNAC,))
    shop.set("refuse_unknown", "yes")
    return _plain(shop, COGNAC)


def _sold_meanwhile(shop: DemoShop) -> Attempt:
    attempt = _plain(shop, LAST_ONE)
    shop.other_till().sell(LAST_ONE)
    return attempt


def _twice_the_same_person(shop: DemoShop) -> Attempt:
    order = an_order(shop, CARTON, CARTON, CARTON, visitors=(shop.visitor("A"), shop.visitor("B")))
    one, two = replace(order.cart.lines[0], quantity=2), replace(order.cart.lines[0], id=2, quantity=1, carrier="B")
    order = replace(order, cart=replace(order.cart, lines=(one, two)))
    return order, paid(order), None


def _without_carrier(shop: DemoShop) -> Attempt:
    order = an_order(shop, CARTON)
    lines = tuple(replace(line, carrier=None) for line in order.cart.lines)
    return replace(order, cart=replace(order.cart, lines=lines)), paid(order), None


def _incomplete_since(shop: DemoShop) -> Attempt:
    order = an_order(shop, CHOCOLATE)
    line = replace(order.cart.lines[0], product=replace(order.cart.lines[0].product, category=None))
    return replace(order, cart=replace(order.cart, lines=(line,))), paid(order), None


def _paid(*tenders: Tender, change: object = None) -> Callable[[DemoShop], Attempt]:
    return lambda shop: (an_order(shop, SWEETS), Payment(tenders, change), None)  # type: ignore[arg-type] # a currency


def _too_cheap(
    percent: int, approval: Callable[[DemoShop, SaleOrder], Approval | None]
) -> Callable[[DemoShop], Attempt]:
    def attempt(shop: DemoShop) -> Attempt:
        order = cheaper(an_order(shop, SWEETS), percent)
        return order, paid(order), approval(shop, order)

    return attempt


def _two_permissions(*permissions: str) -> Callable[[DemoShop], Attempt]:
    def attempt(shop: DemoShop) -> Attempt:
        order = cheaper(an_order(shop, CARTON, CARTON, CARTON, over_quota="duty"), 20)
        return order, paid(order), approved(shop, order, *permissions)

    return attempt


CANNOT: list[tuple[str, Callable[[DemoShop], Attempt], type[RuleBroken]]] = [
    ("no open shift", _without_a_shift, NoOpenShift),
    ("an empty basket", _empty, EmptyCart),
    ("without a document", _no_visitor, NoVisitor),
    ("nobody said to which side", lambda s: _plain(s, CHOCOLATE, destination=None), NoDestination),
    ("a side that is none", lambda s: _plain(s, CHOCOLATE, destination="US"), BadField),
    ("rules that nobody has written", lambda s: _plain(s, CHOCOLATE, regime="mars"), UnknownRegime),
    ("over the allowance", _over, QuotaExceeded),
    ("not known, where the shop refuses it", _unknown_measure, QuotaUnknown),
    ("the last one is gone", _sold_meanwhile, OutOfStock),
    ("nothing paid", _paid(), Underpaid),
    ("too little paid", _paid(cash("47.90")), Underpaid),
    ("more by card than it costs", _paid(card("48.01")), OverpaidWithoutCash),
    ("more by card, and cash beside it", _paid(card("60"), cash("10")), OverpaidWithoutCash),
    ("a cashier's discount of 11 per cent", _too_cheap(11, lambda *_: None), NotAllowed),
    ("approved by somebody who may not", _too_cheap(11, lambda s, o: approved(s, o, by="clerk")), ApprovalNotAllowed),
    ("approved by another cashier", _too_cheap(11, lambda s, o: approved(s, o, by="li")), ApprovalNotAllowed),
    ("approved for another act", _too_cheap(11, lambda s, o: approved(s, o, "review")), NotAllowed),
    (
        "approved for another sale",
        _too_cheap(11, lambda s, _: Approval(s.person("manager"), None, "another")),
        NotAllowed,
    ),
    ("two acts and none of them named", _two_permissions(), ApprovalUnclear),
    ("two acts and one of them named", _two_permissions("discount"), NotAllowed),
    ("a stranger at the till", lambda s: _plain(s, CHOCOLATE, cashier="nobody"), UnknownPerson),
    ("a stock clerk at the till", lambda s: _plain(s, CHOCOLATE, cashier="clerk"), NotAllowed),
    ("one person who came twice", _twice_the_same_person, BadField),
    ("goods without a carrier", _without_carrier, BadField),
    ("goods that lost their category", _incomplete_since, IncompleteProduct),
]


@pytest.mark.parametrize(("attempt", "refusal"), [c[1:] for c in CANNOT], ids=[c[0] for c in CANNOT])
def test_a_refused_sale_changes_nothing_and_its_key_is_free_again(
    shop: DemoShop, attempt: Callable[[DemoShop], Attempt], refusal: type[RuleBroken]
) -> None:
    order, payment, approval = attempt(shop)
    before = shop.tables()

    with pytest.raises(refusal):
        shop.complete_sale.from_counter(order, payment, approval)

    assert shop.tables() == before
    assert shop.verify() == []
    good = replace(an_order(shop, CHOCOLATE), key=order.key)
    assert shop.complete_sale.from_counter(good, paid(good)).key == order.key


def test_cash_that_no_coins_make_is_not_taken(shop: DemoShop) -> None:
    order = an_order(shop, SWEETS)
    before = shop.tables()

    for tenders in ((cash("48.00"), cash("12.50", KZT)), (cash("48.05"),)):
        with pytest.raises(BadField) as refused:
            shop.complete_sale.from_counter(order, Payment(tenders))
        assert (refused.value.field, refused.value.what) == (f"payments[{len(tenders) - 1}].amount", "no_coins")

    assert shop.tables() == before
    assert shop.complete_sale.from_counter(order, Payment((cash("50.00"),))).key == order.key


def test_a_file_may_pay_to_the_fen(shop: DemoShop) -> None:
    sale = shop.complete_sale(an_order(shop, SWEETS), Payment((cash("48.05"),)), "a file")

    assert [str(one.tender.amount) for one in sale.paid] == ["48.05"]
    assert shop.verify() == []


def test_money_without_a_rate_is_refused_and_changes_nothing(shop: DemoShop) -> None:
    with shop.raw(writing=True) as store:
        store.execute("DROP TRIGGER rate_is_never_deleted")
        store.execute("DELETE FROM rate WHERE currency = 'RUB'")
    order = an_order(shop, SWEETS)
    before = shop.tables()

    for payment in (Payment((cash("5000", RUB),)), Payment((cash("100"),), RUB)):
        with pytest.raises(NoRate):
            shop.complete_sale.from_counter(order, payment)

    assert shop.tables() == before


def test_someone_who_works_here_no_longer_sells_nothing(shop: DemoShop) -> None:
    order = an_order(shop, CHOCOLATE)
    with shop.raw(writing=True) as store:
        store.execute("UPDATE person SET active = false WHERE name = 'amina'")

    with pytest.raises(UnknownPerson):
        shop.complete_sale.from_counter(order, paid(order))


# ── what a sale leaves behind ────────────────────────────────────────────────────────────────────────────────────


def test_one_sale_moves_stock_cash_quota_and_journal_together(shop: DemoShop) -> None:
    order = an_order(shop, CARTON, CARTON, COGNAC)
    tenders = (cash("50000", KZT), card("200"), qr("150"), cash("20", USD))

    sale = shop.complete_sale.from_counter(order, Payment(tenders, KZT))

    assert (sale.receipt, str(sale.total), sale.pieces) == ("T1-000001", "970.00", 3)
    assert shop.rows("SELECT on_hand FROM stock JOIN product ON id = product_id WHERE code = ?", CARTON) == [(148,)]
    assert shop.rows("SELECT quantity, reason FROM stock_move WHERE sale_id = 1 ORDER BY line_no") == [
        (-2, "sale"),
        (-1, "sale"),
    ]
    assert shop.rows("SELECT quantity, taxed, regime FROM quota_entry ORDER BY line_no") == [
        (2, 0, "cn-horgos"),
        (1, 0, "cn-horgos"),
    ]
    moves = shop.rows("SELECT kind, currency, amount_minor FROM cash_move WHERE sale_id = 1 ORDER BY id")
    taken = [("tender", t.amount.currency.code, t.amount.minor) for t in tenders if t.method == "cash"]
    given = [("change", c.amount.currency.code, -c.amount.minor) for c in sale.change]
    assert moves == taken + given
    assert given
    assert shop.rows("SELECT act, person FROM journal ORDER BY number DESC LIMIT 1") == [("sale", "amina")]
    assert shop.rows("SELECT kind, state, copies FROM outbox") == [("receipt", "pending", 0)]
    assert shop.rows("SELECT sold, refunded FROM refundable ORDER BY line_no") == [(2, 0), (1, 0)]
    assert shop.verify() == []


def test_the_worked_example_is_recorded_to_the_tiyn(shop: DemoShop) -> None:
    shop.set_rate(shop.person("manager"), CNY, Decimal("72.40"), Decimal("73.50"), None, None)
    order = an_order(shop, BAG, COGNAC, CARTON, SWEETS, SWEETS, CHOCOLATE, CHOCOLATE, *[BAG] * 6)
    order = replace(order, cart=order.cart.with_discount(1, Discount(amount=money("0.60"))))

    sale = shop.complete_sale.from_counter(order, Payment((cash("50000", KZT), card("120"), qr("80")), KZT))

    assert str(sale.total) == "837.40"
    assert [(part.amount, part.notes) for part in sale.change] == [
        (money("3150", KZT), {200000: 1, 100000: 1, 10000: 1, 5000: 1})
    ]
    assert sale.rounding == money("0.01")
    assert shop.verify() == []


def test_numbers_are_gapless_even_when_sales_between_are_refused(shop: DemoShop) -> None:
    numbers = []
    for step in range(6):
        if step % 2:
            with pytest.raises(Refused):
                shop.sell(BAG, tenders=(cash("0.50"),))
        else:
            numbers.append(shop.sell(BAG).number)
    other = shop.other_till()

    assert numbers == [1, 2, 3]
    assert other.sell(BAG).receipt == "T2-000001"
    assert shop.sell(BAG).receipt == "T1-000004"
    assert shop.rows("SELECT till, next_no, grand_total_minor FROM register ORDER BY till") == [
        ("T1", 5, 400),
        ("T2", 2, 100),
    ]


def test_a_recorded_sale_is_read_back_as_it_was(shop: DemoShop) -> None:
    order = an_order(shop, CARTON, COGNAC)
    sale = shop.complete_sale.from_counter(order, Payment((cash("800"), cash("20", USD))))

    with shop.store.reading() as work:
        sale_read = work.sales.by_number("T1", 1)
        by_key, last = work.sales.with_key(order.key), work.sales.last_of("T1")

    assert sale_read == by_key == last
    assert sale_read is not None
    forgotten = tuple(replace(v, birth_date=None, expiry=None, entries=()) for v in sale.visitors)
    assert replace(sale_read, quota={}) == replace(sale, quota={}, visitors=forgotten)
    assert sale_read.quota["A"]["verdict"] == sale.quota["A"]["verdict"]


def test_a_sale_over_the_allowance_goes_out_as_dutiable_when_a_manager_allows_it(shop: DemoShop) -> None:
    order = an_order(shop, CARTON, CARTON, CARTON, over_quota="duty")
    with pytest.raises(NotAllowed):
        shop.complete_sale.from_counter(order, paid(order))

    sale = shop.complete_sale.from_counter(order, paid(order), approved(shop, order))

    assert [line.taxed for line in sale.lines] == [1]
    assert shop.rows("SELECT quantity, taxed FROM quota_entry") == [(3, 1)]
    assert sale.approved_by == "manager"
    events = shop.rows("SELECT act, person, details FROM journal ORDER BY number DESC LIMIT 2")
    assert [(event, person) for event, person, _ in events] == [("approve", "manager"), ("sale", "amina")]
    allowed = json.loads(events[0][2])
    assert allowed.pop("figures")[0].startswith("CN A: tobacco #")
    assert allowed == {"acts": ["over_quota"], "receipt": "T1-000001", "for": "amina"}
    assert shop.verify() == []


def test_a_manager_at_the_till_sells_as_dutiable_on_their_own_right(shop: DemoShop) -> None:
    order = an_order(shop, CARTON, CARTON, CARTON, over_quota="duty", cashier="manager")

    assert shop.complete_sale.from_counter(order, paid(order)).approved_by is None


def test_an_approval_that_nothing_needed_is_not_written_down(shop: DemoShop) -> None:
    order = an_order(shop, CHOCOLATE)

    sale = shop.complete_sale.from_counter(order, paid(order), approved(shop, order))

    assert sale.approved_by is None
    assert shop.rows("SELECT count(*) FROM journal WHERE act = 'approve'") == [(0,)]


def test_two_acts_that_are_named_are_both_allowed(shop: DemoShop) -> None:
    order = cheaper(an_order(shop, CARTON, CARTON, CARTON, over_quota="duty"), 20)

    sale = shop.complete_sale.from_counter(order, paid(order), approved(shop, order, "discount", "over_quota"))

    assert (str(sale.total), str(sale.discounts), sale.approved_by) == ("624.00", "156.00", "manager")


def test_a_minor_is_never_sold_tobacco_no_matter_who_approves(shop: DemoShop) -> None:
    child = read_typed("passport", "E00000007", "CHN", "2012-01-01", date(2026, 3, 2))
    order = replace(an_order(shop, CARTON), visitors=(visitor_of(child, "A", shop.secrets, "CN"),), over_quota="duty")
    before = shop.tables()

    with pytest.raises(QuotaExceeded) as refused:
        shop.complete_sale.from_counter(order, paid(order), approved(shop, order, "over_quota", "review"))

    assert refused.value.verdict == "refuse"
    assert shop.tables() == before


def test_what_is_not_known_sells_with_a_mark_where_the_shop_does_not_refuse_it(shop: DemoShop) -> None:
    with shop.raw(writing=True) as store:
        store.execute("UPDATE product SET ml = NULL WHERE code = ?", (COGNAC,))

    assert shop.sell(COGNAC).quota["A"]["verdict"] == "unknown"


def test_a_shop_may_sell_without_a_document_and_then_judges_nothing(shop: DemoShop) -> None:
    shop.set("sell_without_visitor", "yes")

    sale = shop.sell(CARTON, CARTON, CARTON, visitor=False)

    assert (sale.regime, sale.quota, sale.visitors, sale.destination) == (None, {}, (), "")
    assert shop.rows("SELECT * FROM quota_entry") == []
    assert shop.verify() == []


def test_a_basket_that_costs_nothing_is_a_sale(shop: DemoShop) -> None:
    order = cheaper(an_order(shop, CHOCOLATE, cashier="manager"), 100)

    sale = shop.complete_sale.from_counter(order, Payment(()))

    assert (str(sale.total), sale.paid, sale.change) == ("0.00", (), ())
    assert shop.verify() == []


def test_yesterdays_purchases_do_not_eat_todays_allowance(shop: DemoShop) -> None:
    shop.sell(CARTON, CARTON)
    shop.now.move(hours=16)

    assert shop.sell(CARTON, CARTON).number == 2


# ── the same key ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_order_again_is_the_same_sale_and_changes_nothing(shop: DemoShop) -> None:
    order = an_order(shop, CARTON, CARTON)
    first = shop.complete_sale.from_counter(order, paid(order))
    before = shop.tables()
    shop.now.move(days=3)

    again = shop.complete_sale.from_counter(order, paid(order))

    assert (again.receipt, again.at, again.mac) == (first.receipt, first.at, first.mac)
    assert shop.tables() == before


def test_the_same_key_with_other_content_is_bad_input(shop: DemoShop) -> None:
    order = an_order(shop, CHOCOLATE)
    shop.complete_sale.from_counter(order, paid(order))
    before = shop.tables()

    others = [
        (replace(order, cart=order.cart.with_quantity(1, 2)), paid(order)),
        (replace(order, cashier="li"), paid(order)),
        (replace(order, destination="KZ"), paid(order)),
        (replace(order, over_quota="duty"), paid(order)),
        (replace(order, till="T2"), paid(order)),
        (order, Payment((cash("12.50"),), USD)),
        (order, Payment((cash("20"),))),
    ]
    for other, payment in others:
        with pytest.raises(KeyReused) as refused:
            shop.complete_sale.from_counter(other, payment)
        assert refused.value.key == order.key

    assert shop.tables() == before


def test_a_card_taken_under_the_key_of_another_sale_is_to_be_given_back(shop: DemoShop) -> None:
    order = an_order(shop, CHOCOLATE)
    shop.complete_sale.from_counter(order, paid(order))

    with pytest.raises(KeyReused):
        shop.complete_sale.from_counter(order, Payment((card("12.50"),)))

    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]
    assert shop.rows("SELECT act FROM journal ORDER BY id DESC LIMIT 1") == [("owe_tender",)]
    assert shop.verify() == []


def test_one_order_sent_twice_at_once_is_one_sale(shop: DemoShop) -> None:
    for _ in range(RACES):
        order = an_order(shop, BAG)

        came = at_once([partial(sell_exactly, shop, order)] * 2)

        assert [type(outcome) for outcome in came] == [Sale, Sale]
        assert len({outcome.receipt for outcome in came if isinstance(outcome, Sale)}) == 1

    assert shop.rows("SELECT count(*), max(number) FROM sale") == [(RACES, RACES)]
    assert shop.verify() == []


def test_two_tills_want_the_last_bottle_and_one_gets_it(shop: DemoShop) -> None:
    other = shop.other_till()
    for _ in range(RACES):
        with shop.raw(writing=True) as store:
            store.execute(
                "UPDATE stock SET on_hand = 1 WHERE product_id = (SELECT id FROM product WHERE code = ?)", (BAG,)
            )
        orders = [an_order(shop, BAG), an_order(other, BAG)]

        came = at_once([partial(sell_exactly, till, order) for till, order in zip((shop, other), orders)])

        assert sorted(type(outcome).__name__ for outcome in came) == ["OutOfStock", "Sale"]
    other.close()


def test_two_tills_never_sell_more_than_one_visitors_allowance(shop: DemoShop) -> None:
    other = shop.other_till()
    tills = (shop, other)
    for race in range(30):
        document = read_typed("passport", f"E7{race:07d}", "CHN", "1990-01-01", date(2026, 3, 2))
        person = (visitor_of(document, "A", shop.secrets, "CN"),)
        first = an_order(shop, CARTON, visitors=person)
        shop.complete_sale.from_counter(first, paid(first))
        orders = [an_order(till, CARTON, visitors=person) for till in tills]

        came = at_once([partial(sell_exactly, till, order) for till, order in zip(tills, orders)])

        assert sorted(type(outcome).__name__ for outcome in came) == ["QuotaExceeded", "Sale"]
    assert shop.rows("SELECT max(n) FROM (SELECT sum(quantity) AS n FROM quota_entry GROUP BY visitor_id) each") == [
        (2,)
    ]
    assert shop.verify() == []
    other.close()


# ── personal data ────────────────────────────────────────────────────────────────────────────────────────────────


def written_forms(secret: str) -> list[bytes]:
    """The forms in which a text may lie in a file."""
    plain = secret.encode()
    forms = [plain, plain.lower(), secret.encode("utf-16-le"), secret.encode("utf-16-be"), plain.hex().encode()]
    # Base64 of a text in the middle of another: three alignments, without the characters that its neighbours share.
    forms += [base64.b64encode(b"\0" * skip + plain)[4 if skip else 0 : -4] for skip in range(3)]
    return [form for form in forms if len(form) >= 6]


def test_no_document_number_lies_anywhere_after_a_sale(shop: DemoShop) -> None:
    import main

    shop.basket(CHOCOLATE)
    receipt = shop.sell(CARTON, COGNAC).receipt
    with pytest.raises(QuotaExceeded):
        shop.sell(CARTON, CARTON, CARTON)
    printing = main.build(Options(data=shop.folder, demo=True), quick_pins=True)
    drawn = printing.issue_receipt(receipt)
    printing.close()

    files = [path for path in shop.folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"shop.db", "shop.db-wal", "keys.json", drawn.path.name}
    shown = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(drawn.path))
    for secret in (ZHANG_WEIS_NUMBER, "19850505", "850505", "ZHANG<<WEI"):
        traces = [path.name for path in files for form in written_forms(secret) if form in path.read_bytes()]
        assert traces == [], secret
        assert secret not in shown
    assert "1985-05-05" not in Path(shop.folder / "shop.db").read_bytes().decode("latin-1")
