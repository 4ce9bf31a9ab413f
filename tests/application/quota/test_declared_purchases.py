"""What a visitor says to have bought elsewhere: read from a ticket, counted in this sale and in the next."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.application.quota.check_quota import check_quota
from pos.application.quota.declared_purchases import MOST_DECLARED
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.sale_json import sale_json
from pos.application.sales.sale_request import read_sale_request
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadInput
from pos.domain.quota.measure import NoQuotaRate
from tests.application.visitors.test_record_departure import leaves, steps
from tests.builders import MONDAY, money
from tests.horgos import CNY, USD
from tests.shops import BAG, CARTON, CHOCOLATE, MANAGERS_PIN, SWEETS, DemoShop, a_ticket

BOUGHT = "2026-03-02T10:00:00+08:00"


def a_line(**changed: Any) -> dict[str, Any]:
    """A bottle of perfume for 900 yuan."""
    line = {"name": "Perfume", "category": "perfume", "quantity": 1, "unit_price": "900.00", "currency": "CNY"}
    line.update(changed)
    return {name: value for name, value in line.items() if value is not ...}


def an_item(*lines: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """One purchase elsewhere, this morning."""
    item = {"at": BOUGHT, "carried_out_at": None, "lines": list(lines) or [a_line()], **changed}
    return {name: value for name, value in item.items() if value is not ...}


def a_declaration(*items: Any, **changed: Any) -> dict[str, Any]:
    """A bar of chocolate for Zhang Wei, who declares these."""
    ticket = a_ticket(**changed)
    ticket["visitors"][0]["declared"] = list(items)
    return ticket


def test_a_declaration_is_read_line_by_line() -> None:
    lines = (
        a_line(quantity=2, discount="0.05", taxed_units=1),
        a_line(name=..., category="alcohol.spirit", unit_price="40.5", currency="USD", ml=700, abv="40", variant="x"),
    )

    ticket = read_sale_request(a_declaration(an_item(*lines, carried_out_at=BOUGHT)), MONDAY.date(), CNY, MONDAY)

    perfume, spirit = ticket.visitors[0].declared
    assert (perfume.name, perfume.quantity, perfume.taxed, perfume.discount) == ("Perfume", 2, 1, money("0.05"))
    assert (perfume.at, perfume.carried_out_at) == (MONDAY.replace(hour=2), MONDAY.replace(hour=2))
    assert (spirit.name, spirit.unit_price, spirit.discount) == ("", money("40.50", USD), money("0", USD))
    assert spirit.attributes == Attributes(ml=Decimal(700), abv=Decimal(40), variant="x")


DECLARED = "visitors[0].declared"
BAD: list[tuple[Any, str, str]] = [
    (1, "[0]", "not_an_object"),
    (an_item(at=...), "[0].at", "missing"),
    (an_item(at="2026-03-02"), "[0].at", "not_an_instant"),
    (an_item(at="2026-03-02T10:00:00"), "[0].at", "without_a_zone"),
    (an_item(at="2026-03-02T12:00:01+08:00"), "[0].at", "in_the_future"),
    (an_item(carried_out_at="2026-03-02T12:00:01+08:00"), "[0].carried_out_at", "in_the_future"),
    (an_item(carried_out_at="2026-03-02T09:59:59+08:00"), "[0].carried_out_at", "mismatch"),
    (an_item(shop="x"), "[0].shop", "unknown_field"),
    (an_item(lines=...), "[0].lines", "missing"),
    (an_item(*[a_line()] * (MOST_DECLARED + 1)), "[0].lines", "too_long"),
    (an_item(a_line(), a_line(category="perfumes")), "[0].lines[1].category", "unknown_category"),
    (an_item(a_line(quantity=0)), "[0].lines[0].quantity", "not_positive"),
    (an_item(a_line(quantity="1")), "[0].lines[0].quantity", "not_a_whole_number"),
    (an_item(a_line(quantity=-1)), "[0].lines[0].quantity", "negative"),
    (an_item(a_line(unit_price="1.005")), "[0].lines[0].unit_price", "too_many_decimals"),
    (an_item(a_line(unit_price="-1")), "[0].lines[0].unit_price", "negative"),
    (an_item(a_line(discount="900.01")), "[0].lines[0].discount", "above_the_line"),
    (an_item(a_line(discount="0.001")), "[0].lines[0].discount", "too_many_decimals"),
    (an_item(a_line(currency="GBP")), "[0].lines[0].currency", "unknown_currency"),
    (an_item(a_line(taxed_units=2)), "[0].lines[0].taxed_units", "above_the_line"),
    (an_item(a_line(name="a\nb")), "[0].lines[0].name", "not_a_text"),
    (an_item(a_line(name="a" * 201)), "[0].lines[0].name", "too_long"),
    (an_item(a_line(variant="a" * 41)), "[0].lines[0].variant", "too_long"),
    (an_item(a_line(variant="\u202e")), "[0].lines[0].variant", "not_a_text"),
    (an_item(a_line(tax=1)), "[0].lines[0].tax", "unknown_field"),
]


@pytest.mark.parametrize(("item", "field", "what"), BAD, ids=[f"{field}-{what}" for _, field, what in BAD])
def test_a_bad_declaration_is_named_by_its_field(item: object, field: str, what: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_sale_request(a_declaration(item), MONDAY.date(), CNY, MONDAY)

    facts = refused.value.facts()
    assert (facts["field"], facts.get("what", refused.value.fact)) == (DECLARED + field, what)


def test_a_declaration_is_a_list_and_not_a_life() -> None:
    for declared, what in (
        ("all", "not_a_list"),
        ([an_item()] * (MOST_DECLARED + 1), "too_long"),
        ([an_item(*[a_line()] * MOST_DECLARED)] * 10 + [an_item()], "too_long"),  # other tills wait while it is judged
    ):
        ticket = a_ticket()
        ticket["visitors"][0]["declared"] = declared
        with pytest.raises(BadInput) as refused:
            read_sale_request(ticket, MONDAY.date(), CNY, MONDAY)
        assert (refused.value.facts()["field"], refused.value.facts()["what"]) == (DECLARED, what)


scraps = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["CNY", "1.00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["at", "carried_out_at", "lines", *a_line(ml=1, variant="x", taxed_units=0)]), scraps)
def test_whatever_stands_in_a_declaration_is_read_or_refused(name: str, value: object) -> None:
    item = an_item(**{name: value}) if name in an_item() else an_item(a_line(**{name: value}))

    with suppress(BadInput):
        read_sale_request(a_declaration(item), MONDAY.date(), CNY, MONDAY)


# ── rung up ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_declared_uses_the_allowance_as_quota_check_says(shop: DemoShop) -> None:
    items = [
        an_item(a_line(quantity=2, discount="1.00"), a_line(category="other", unit_price="5500.00")),
        an_item(a_line(currency="USD", unit_price="10.00"), at="2026-03-02T11:00:00+08:00"),
    ]

    answer = sale_json(shop.ring_sale(a_declaration(*items)), None)

    with shop.store.reading() as work:
        product = work.products.by_code(CHOCOLATE, shop.now())
    assert product is not None
    scenario = {
        "regime": "cn-horgos",
        "at": answer["at"],
        "visitor": {"birth_date": "1985-05-05", "residence": "CN", "entries": []},
        "rates": answer["quota_rates"],
        "history": items,
        "basket": [
            {"category": product.category, "quantity": 2, "unit_price": "12.50", "currency": "CNY"}
            | {name: value for name, value in _attributes(product.attributes).items() if value is not None}
        ],
    }
    assert json.loads(json.dumps(answer["quota"]["A"])) == json.loads(json.dumps(check_quota(scenario, shop.regimes())))
    assert shop.verify() == []


def _attributes(attributes: Any) -> dict[str, Any]:
    names = ("ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")
    return {name: getattr(attributes, name) for name in names}


def test_at_the_second_sale_of_the_day_the_declared_goods_still_count(shop: DemoShop) -> None:
    cartons = a_line(category="tobacco.cigarette", quantity=2, unit_price="100.00", sticks=200)
    shop.ring_sale(a_declaration(an_item(cartons)))
    shop.now.move(minutes=5)

    with pytest.raises(QuotaExceeded):
        shop.ring_sale(_another("k-2", CARTON, "260.00"))
    second = shop.ring_sale(_another("k-3", SWEETS, "48.00"))

    [value] = [rule for rule in second.quota["A"]["rules"] if rule["rule"] == "value"]
    assert (value["pending"], value["current"]) == ("225.00", "273.00")
    assert shop.verify() == []


DUTY: dict[str, Any] = {"over_quota": "duty", "approve": {"user": "manager", "pin": MANAGERS_PIN}}


def _another(key: str, code: str, amount: str) -> dict[str, Any]:
    payment = {"method": "cash", "currency": "CNY", "amount": amount}
    return a_ticket(key=key, lines=[{"code": code}], payments=[payment])


def test_what_is_declared_leaves_with_the_visitor(shop: DemoShop) -> None:
    last_month = "2026-02-20T10:00:00+08:00"
    shop.ring_sale(a_declaration(an_item(), an_item(at=last_month, carried_out_at=last_month)))

    gone = leaves(shop)

    assert [(line.receipt, line.key is not None and line.key.declared) for line in gone.left[0].lines] == [
        ("T1-000001", True),
        ("T1-000001", False),
    ]
    purchases = steps(shop).show(shop.document(), shop.person("amina")).purchases
    assert [line.carried_out_at for line in purchases] == [datetime(2026, 2, 20, 2, 0, tzinfo=UTC), MONDAY, MONDAY]
    assert shop.verify() == []


def test_what_was_bought_long_ago_and_left_lately_counts_at_the_second_sale_too(shop: DemoShop) -> None:
    left = "2026-03-02T11:00:00+08:00"
    shop.ring_sale(a_declaration(an_item(at="2024-03-02T10:00:00+08:00", carried_out_at=left)) | DUTY)
    shop.now.move(minutes=5)

    second = shop.ring_sale(_another("k-2", SWEETS, "48.00") | DUTY)

    [value] = [rule for rule in second.quota["A"]["rules"] if rule["rule"] == "value"]
    assert (value["used"], value["available"]) == ("900.00", "0.00")


def test_a_declared_price_without_a_rate_is_bad_input_and_sells_nothing(shop: DemoShop) -> None:
    with shop.raw(writing=True) as store:
        store.execute("DROP TRIGGER rate_is_never_deleted")
        store.execute("DELETE FROM rate WHERE currency = 'USD'")

    with pytest.raises(NoQuotaRate):
        shop.ring_sale(a_declaration(an_item(a_line(currency="USD"))))
    assert shop.rows("SELECT count(*) FROM sale") == [(0,)]


def test_the_same_ticket_is_the_same_sale_though_the_clock_was_set_back_behind_its_declaration(shop: DemoShop) -> None:
    ticket = a_declaration(an_item())
    sale = shop.ring_sale(ticket)
    shop.now.move(hours=-5)

    assert shop.ring_sale(ticket).receipt == sale.receipt
    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]


def test_the_same_key_with_another_declaration_is_another_ticket(shop: DemoShop) -> None:
    shop.ring_sale(a_declaration(an_item()))

    with pytest.raises(BadInput) as refused:
        shop.ring_sale(a_declaration(an_item(a_line(quantity=2))))
    assert refused.value.fact == "key_reused"


def test_who_declares_too_much_is_over_before_they_buy(shop: DemoShop) -> None:
    with pytest.raises(QuotaExceeded) as refused:
        shop.ring_sale(a_declaration(an_item(a_line(unit_price="8000.00")), lines=[{"code": BAG}]))
    assert refused.value.rules == ("value",)
