"""Sales whose goods are sent: whose they are, by which rules they are judged, and what is kept of the address."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.declarations.read_declarations import read_declarations
from pos.application.maintenance.erase_visitors import EraseVisitors
from pos.application.receipts.issue_receipt import ShowSale
from pos.application.sales.check_order import NoDestination, QuotaExceeded
from pos.application.sales.sale_json import sale_json
from pos.application.settings.set_setting import SetSetting
from pos.domain.catalogue.product import Attributes
from pos.domain.declarations.forms import GoodsAreSent
from pos.domain.declarations.papers import is_to_declare
from pos.domain.errors import BadField
from pos.domain.quota.measure import Goods
from pos.domain.sales.parcel import (
    NoParcelRegime,
    NotAParcelRegime,
    Parcel,
    ParcelBuyer,
    ParcelTooLight,
    Recipient,
    weighed_together,
)
from pos.domain.sales.sale import Sale
from tests.printing import sales
from tests.printing.row_texts import rows_text
from tests.shops import MANAGERS_PIN, ZHANG_WEI, DemoShop, a_ticket

ADDRESS = "улица Абая, дом семь"
PARCEL = {"delivery_service": "Kazpost", "weight_kg": "2.350", "recipient": "Айгерим Сеитова", "address": ADDRESS}
APPROVED = {"user": "manager", "pin": MANAGERS_PIN}


def sent(key: str = "p-1", to: object = "KZ", **changed: Any) -> dict[str, Any]:
    """Two bars of chocolate to be sent."""
    return a_ticket(**{"key": key, "destination": to, "parcel": PARCEL, **changed})


def to_china(key: str = "p-1", **changed: Any) -> dict[str, Any]:
    """The same to China, where every parcel is taxed."""
    return sent(key, "CN", over_quota="duty", approve=APPROVED, **changed)


@pytest.fixture
def sending(shop: DemoShop) -> DemoShop:
    """A shop that sends parcels to both sides."""
    shop.set("parcel_regime_kz", "kz-parcel")
    shop.set("parcel_regime_cn", "cn-cross-border")
    return shop


def recipient_of(shop: DemoShop, sale: Sale) -> Recipient | None:
    return ShowSale(shop.context).recipient(sale, shop.person("amina"))


def figures(sale: Sale, rule: str) -> Any:
    return next(one for one in sale.quota["A"]["rules"] if one["rule"] == rule)


def test_goods_to_be_sent_are_judged_by_the_rules_for_parcels_and_weigh_what_the_parcel_weighs(
    sending: DemoShop,
) -> None:
    sale = sending.ring_sale(sent())

    assert sale.regime == "kz-parcel"
    assert sale.quota["A"]["verdict"] == "ok"
    assert figures(sale, "weight")["current"] == "2.350"
    assert ShowSale(sending.context)(sale.receipt).parcel == sale.parcel
    assert sending.verify() == []


def test_a_parcel_to_china_is_taxed_and_its_answer_says_what_is_not_checked(sending: DemoShop) -> None:
    with pytest.raises(QuotaExceeded):
        sending.ring_sale(sent(to="CN"))

    sale = sending.ring_sale(to_china("p-2"))

    assert sale.quota["A"]["verdict"] == "duty"
    assert sale.quota["A"]["duty"]["units"][0]["rate"] == "0.091"
    assert sale.quota["A"]["not_checked"] == ["positive_list"]


def test_what_is_sent_and_what_is_carried_do_not_count_for_each_other(sending: DemoShop) -> None:
    carried = sending.ring_sale(a_ticket())
    parcel = sending.ring_sale(to_china("p-2"))
    again = sending.ring_sale(a_ticket(key="k-2"))
    second = sending.ring_sale(to_china("p-3"))

    worth = figures(carried, "value")["current"]
    assert figures(parcel, "year")["used"] == "0.00"
    assert figures(again, "value")["pending"] == worth
    assert figures(second, "year")["used"] == worth
    assert figures(second, "year")["pending"] == "0.00"
    assert sending.verify() == []


def test_a_parcel_has_one_buyer_with_a_document(sending: DemoShop) -> None:
    second = {"id": "B", "document": {"kind": "passport", "number": "E12345678", "country": "CHN"}, "residence": "CN"}
    first = {"id": "A", "document": {"mrz": list(ZHANG_WEI)}, "residence": "CN"}
    lines = [{**sent()["lines"][0], "carrier": "A"}]
    for visitors in ([], [first, second]):
        with pytest.raises(ParcelBuyer):
            sending.ring_sale(sent(visitors=visitors, lines=lines if visitors else sent()["lines"]))


def test_a_shop_sends_only_where_it_has_rules_for_parcels(shop: DemoShop) -> None:
    with pytest.raises(NoParcelRegime):
        shop.ring_sale(sent())
    with pytest.raises(NoDestination):
        shop.ring_sale(sent(to=...))
    shop.set("parcel_regime_kz", "kz-horgos")
    with pytest.raises(NotAParcelRegime):
        shop.ring_sale(sent("p-2"))


def test_the_settings_take_rules_for_parcels_only_for_parcels(shop: DemoShop) -> None:
    manager = shop.person("manager")
    for name, rules in (("parcel_regime_kz", "kz-horgos"), ("parcel_regime_kz", "cn-cross-border"),
                        ("regime_kz", "kz-parcel")):  # fmt: skip
        with pytest.raises(BadField):
            SetSetting(shop.context)(manager, name, rules)
    SetSetting(shop.context)(manager, "parcel_regime_kz", "kz-parcel")
    SetSetting(shop.context)(manager, "parcel_regime_kz", "")


@pytest.mark.parametrize(
    ("changed", "field", "what"),
    [
        ({"weight_kg": "0"}, "parcel.weight_kg", "out_of_range"),
        ({"weight_kg": "100.001"}, "parcel.weight_kg", "out_of_range"),
        ({"weight_kg": 2}, "parcel.weight_kg", "not_a_weight"),
        ({"weight_kg": None}, "parcel.weight_kg", "missing"),
        ({"recipient": ""}, "parcel.recipient", "not_a_text"),
        ({"address": "x" * 301}, "parcel.address", "not_a_text"),
        ({"delivery_service": None}, "parcel.delivery_service", "missing"),
    ],
)
def test_a_slip_in_a_parcel_is_named_by_its_field(
    sending: DemoShop, changed: dict[str, Any], field: str, what: str
) -> None:
    with pytest.raises(BadField) as refused:
        sending.ring_sale(sent(parcel={**PARCEL, **changed}))
    assert (refused.value.field, refused.value.what) == (field, what)
    assert refused.value.value == "" or not field.endswith(("recipient", "address"))


def test_goods_that_come_back_are_no_part_of_a_sale_to_be_sent(sending: DemoShop) -> None:
    sold = sending.ring_sale(a_ticket())
    back = [{"receipt": sold.receipt, "line": 0, "quantity": 1, "to": "shelf"}]
    with pytest.raises(BadField, match="not_with_returns"):
        sending.ring_sale(sent("p-2", returns=back))


def test_the_address_is_shown_with_the_sale_and_is_nowhere_else(sending: DemoShop) -> None:
    sale = sending.ring_sale(sent())
    recipient = recipient_of(sending, sale)

    assert recipient is not None
    shown = sale_json(sale, None, recipient=recipient)["parcel"]
    assert shown == {**PARCEL}
    assert ADDRESS not in json.dumps(sale_json(sale, None), default=str, ensure_ascii=False)
    tables = sending.tables()
    assert [name for name, rows in tables.items() if ADDRESS in str(rows)] == ["parcel_address"]


def test_the_address_is_erased_after_its_days_and_the_sale_stays(sending: DemoShop) -> None:
    sale = sending.ring_sale(sent())
    erase = EraseVisitors(sending.context, sending.store, lambda _: None)

    sending.now.at += timedelta(days=29)
    erase.step()
    assert recipient_of(sending, sale) is not None

    sending.now.at += timedelta(days=2)
    erase.step()
    assert recipient_of(sending, sale) is None
    assert ShowSale(sending.context)(sale.receipt).parcel == sale.parcel
    assert sending.verify() == []


def test_a_parcel_of_the_running_shift_can_be_voided_and_gives_the_year_back(sending: DemoShop) -> None:
    sale = sending.ring_sale(to_china())
    sending.void_by_ticket({"key": "v-1", "receipt": sale.receipt, "cashier": "amina", "reason": "wrong address",
                            "approve": {"user": "manager", "pin": MANAGERS_PIN}})  # fmt: skip
    again = sending.ring_sale(to_china("p-2"))
    assert figures(again, "year")["used"] == "0.00"
    assert sending.verify() == []


def test_goods_heavier_than_their_parcel_are_refused() -> None:
    heavy = Goods("a", "toy", 3, Fraction(1), "CNY", attributes=Attributes(gross_kg=Decimal("0.800")))
    with pytest.raises(ParcelTooLight) as refused:
        weighed_together([heavy], Parcel("Kazpost", 2350))
    assert (refused.value.goods, refused.value.parcel) == (Decimal("2.4"), Decimal("2.35"))


WEIGHTS = st.none() | st.decimals("0", "3", places=3)


@given(st.lists(st.tuples(WEIGHTS, st.integers(1, 9)), min_size=1, max_size=6), st.integers(0, 40_000))
def test_the_parts_of_a_parcel_weigh_what_it_weighs(parts: list[tuple[Decimal | None, int]], packing: int) -> None:
    known = sum((weight * n for weight, n in parts if weight is not None), Decimal(0))
    grams = int(known * 1000) + packing
    goods = [Goods("a", "toy", n, Fraction(1), "CNY", attributes=Attributes(gross_kg=weight)) for weight, n in parts]

    weights = [(one.attributes.gross_kg, one.quantity) for one in weighed_together(goods, Parcel("Kazpost", grams))]

    total = sum((weight * n for weight, n in weights if weight is not None), Decimal(0))
    assert Decimal(0) <= Decimal(grams) / 1000 - total < Decimal("1e-9")
    assert all(new is not None and (old is None or new >= old - Decimal("1e-12")) for (new, _), (old, _)
               in zip(weights, parts, strict=True))  # fmt: skip


def test_no_traveller_declares_what_is_sent(sending: DemoShop) -> None:
    sale = sending.ring_sale(to_china())
    assert sale.quota["A"]["duty"] is not None
    assert not is_to_declare(sale)
    with sending.store.reading() as work, pytest.raises(GoodsAreSent):
        read_declarations(work, sale.receipt, sending.regimes())


def test_the_receipt_of_a_parcel_tells_the_buyer_to_declare_nothing(sending: DemoShop) -> None:
    sale = sending.ring_sale(to_china())
    printed = rows_text(sales.rows_of(sale, sales.the_shop("zh", "ru"), 0))

    assert "应税 2 件" in printed
    assert "须缴税" in printed
    assert not [word for word in ("申报", "декларир") if word in printed]
