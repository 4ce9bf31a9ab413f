"""Drafts for China's single window: what is in them, what is refused before, and that they are the same again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.access.journal_export import JournalExport
from pos.application.reports.single_window import (
    LeftOut,
    NoParcels,
    SingleWindow,
    SingleWindowDrafts,
    files_of,
    guid_of,
)
from pos.domain.errors import BadField
from pos.domain.receipt_number import NoSuchReceipt
from pos.domain.reports.single_window import (
    MOST_LINES,
    DraftAgainstSchema,
    DraftField,
    DraftLacks,
    FieldKind,
    MessageField,
    OrderDraft,
    TooManyLines,
    check_draft,
    number_text,
    quantity_in,
)
from pos.domain.staff.staff import NotAllowed
from pos.exports.single_window.draft_schema import check_against_schema
from pos.exports.single_window.draft_xml import NAMESPACE, draft_xml
from pos.exports.whole_file import writing_bytes
from tests.application.sales.test_parcels import sending, sent, to_china
from tests.draft_schemas import write_schemas
from tests.shops import CHOCOLATE, SWEETS, DemoShop, a_ticket

__all__ = ["sending"]  # the fixture of a shop that sends parcels

SETTINGS = {
    "single_window_platform_code": "3100996101", "single_window_platform_name": "平台公司",
    "single_window_company_code": "6540996102", "single_window_company_name": "霍尔果斯商店",
    "single_window_freight": "12.50",
}  # fmt: skip
BEIJING = ZoneInfo("Asia/Shanghai")
CEB = f"{{{NAMESPACE}}}"


@pytest.fixture
def declaring(sending: DemoShop) -> DemoShop:
    for name, text in SETTINGS.items():
        sending.set(name, text)
    return sending


def window_of(shop: DemoShop) -> SingleWindow:
    logged = JournalExport(shop.store, shop.now, shop.till)
    return SingleWindow(shop.context, logged, draft_xml, check_against_schema, writing_bytes)


def of_today(shop: DemoShop) -> SingleWindowDrafts:
    today = shop.now().date()
    return window_of(shop).of_days(shop.person("manager"), today, today)


def test_a_draft_has_the_fields_of_the_messages_in_their_order(declaring: DemoShop, tmp_path: Path) -> None:
    sale = declaring.ring_sale(sent())
    drafts = window_of(declaring).of_receipt(declaring.person("manager"), sale.receipt)

    orders, money = window_of(declaring).save(drafts, tmp_path)

    assert [orders.name, money.name] == ["draft-ceb303-T1-000001-1.xml", "draft-ceb403-T1-000001-1.xml"]
    head = ET.parse(orders).getroot().find(f"{CEB}Order/{CEB}OrderHead")
    line = ET.parse(orders).getroot().find(f"{CEB}Order/{CEB}OrderList")
    received = ET.parse(money).getroot().find(f"{CEB}Receipts")
    assert head is not None
    assert line is not None
    assert received is not None
    assert [one.tag.removeprefix(CEB) for one in head] == [
        "guid", "appType", "appTime", "appStatus", "orderType", "orderNo", "ebpCode", "ebpName", "ebcCode", "ebcName",
        "goodsValue", "freight", "currency", "note",
    ]  # fmt: skip
    told = {one.tag.removeprefix(CEB): one.text for one in [*head, *line]}
    assert told["guid"] == guid_of(declaring.secrets.public_name, sale.receipt, "303")
    assert told | {"guid": ""} == {
        "guid": "", "appType": "1", "appTime": sale.at.astimezone(BEIJING).strftime("%Y%m%d%H%M%S"),
        "appStatus": "1", "orderType": "E", "orderNo": "T1-000001", "ebpCode": "3100996101", "ebpName": "平台公司",
        "ebcCode": "6540996102", "ebcName": "霍尔果斯商店", "goodsValue": "25", "freight": "12.5", "currency": "142",
        "note": "草稿，未申报", "gnum": "1", "itemNo": CHOCOLATE, "itemName": sale.lines[0].names["zh"],
        "itemDescribe": told["itemDescribe"], "barCode": CHOCOLATE, "unit": sale.lines[0].details["unit"],
        "qty": "2", "price": "12.5", "totalPrice": "25",
    }  # fmt: skip
    paid = {one.tag.removeprefix(CEB): one.text for one in received}
    assert (paid["orderNo"], paid["charge"], paid["payName"], "payCode" in paid) == ("T1-000001", "25", "现金", False)
    assert paid["guid"] != told["guid"]


def test_a_second_export_is_the_same_to_the_byte_and_nothing_of_the_buyer_is_in_it(
    declaring: DemoShop, tmp_path: Path
) -> None:
    declaring.ring_sale(sent())
    first = [path.read_bytes() for path in window_of(declaring).save(of_today(declaring), tmp_path)]
    declaring.now.at += timedelta(hours=1)
    again = [path.read_bytes() for path in window_of(declaring).save(of_today(declaring), tmp_path)]

    assert first == again
    for content in first:
        text = content.decode()
        assert "DRAFT: not signed, not declared" in text
        assert not any(told in text for told in ("Айгерим", "Абая", "Kazpost", "ZHANG", "E0000"))


def test_what_goes_to_china_was_voided_or_came_back_is_left_out_and_named(declaring: DemoShop) -> None:
    declaring.ring_sale(a_ticket())
    good = declaring.ring_sale(sent("p-1"))
    home = declaring.ring_sale(to_china("p-2"))
    back = declaring.ring_sale(sent("p-3"))
    declaring.return_by_ticket({"key": "b-1", "receipt": back.receipt, "cashier": "amina", "reason": "broken",
                                "lines": [{"line": 0, "quantity": 1, "to": "shelf"}],
                                "refund": {"currency": "CNY", "method": "cash"}})  # fmt: skip

    drafts = of_today(declaring)

    assert [one.receipt for one in drafts.orders] == [good.receipt]
    assert drafts.left_out == (LeftOut(home.receipt, "to_china"), LeftOut(back.receipt, "came_back"))
    with pytest.raises(BadField, match="to_china"):
        window_of(declaring).of_receipt(declaring.person("manager"), home.receipt)


def test_a_sale_that_is_carried_a_receipt_that_is_none_and_a_day_without_parcels_are_refused(
    declaring: DemoShop,
) -> None:
    carried = declaring.ring_sale(a_ticket())
    window, manager = window_of(declaring), declaring.person("manager")
    with pytest.raises(BadField, match="not_to_be_sent"):
        window.of_receipt(manager, carried.receipt)
    with pytest.raises(NoSuchReceipt):
        window.of_receipt(manager, "T1-000099")
    with pytest.raises(NoParcels):
        of_today(declaring)
    with pytest.raises(NotAllowed):
        window.of_receipt(declaring.person("amina"), carried.receipt)


def test_goods_that_lack_a_unit_are_refused_by_name_and_field_before_anything_is_written(
    declaring: DemoShop,
) -> None:
    with declaring.store.begin() as work:
        work.connection.exec_driver_sql(f"UPDATE product SET unit = NULL WHERE code = '{SWEETS}'")
        work.commit()
    lines = [{"code": CHOCOLATE, "quantity": 2}, {"code": SWEETS, "quantity": 1}]
    sale = declaring.ring_sale(sent(lines=lines, payments=[{"method": "cash", "currency": "CNY", "amount": "73.00"}]))

    with pytest.raises(DraftLacks) as refused:
        of_today(declaring)

    assert (refused.value.receipt, refused.value.code, refused.value.lacks) == (sale.receipt, SWEETS, "unit")
    assert not declaring.rows("SELECT 1 FROM journal WHERE act = 'export'")


def test_a_shop_that_has_not_said_who_it_is_gets_no_draft(sending: DemoShop) -> None:
    sending.ring_sale(sent())
    with pytest.raises(BadField) as refused:
        of_today(sending)
    assert (refused.value.field, refused.value.what) == ("single_window_platform_code", "missing")


def test_the_journal_says_who_exported_drafts_and_of_what(declaring: DemoShop) -> None:
    declaring.ring_sale(sent())
    of_today(declaring)
    [(person, details)] = declaring.rows("SELECT person, details FROM journal WHERE act = 'export'")
    assert person == "manager"
    assert '"single_window"' in details


def a_draft(receipt: str = "T1-000001", lines: int = 1, head: Mapping[str, str] = MappingProxyType({})) -> OrderDraft:
    common = {
        "guid": guid_of("shop", receipt, "303"), "appType": "1", "appTime": "20261130120000", "appStatus": "1",
        "orderNo": receipt, "ebpCode": "1", "ebpName": "p", "ebcCode": "2", "ebcName": "c", "currency": "142",
        "note": "",
    }  # fmt: skip
    line = {
        "gnum": "1", "itemNo": "1", "itemName": "糖", "itemDescribe": "", "barCode": "", "unit": "007",
        "currency": "142", "qty": "1", "price": "1", "totalPrice": "1",
    }  # fmt: skip
    money = {"payCode": "", "payName": "现金", "payNo": "", "charge": "1", "accountingDate": "20261130120000"}
    return OrderDraft(
        receipt,
        {**common, "orderType": "E", "goodsValue": "1", "freight": "0", **head},
        tuple({**line, "gnum": str(number)} for number in range(1, lines + 1)),
        {**common, **money},
    )


def test_an_order_has_at_most_ninety_nine_lines() -> None:
    check_draft(a_draft(lines=MOST_LINES))
    with pytest.raises(TooManyLines):
        check_draft(a_draft(lines=MOST_LINES + 1))


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("ebpCode", "", "missing"), ("ebpCode", "1" * 19, "too_long"), ("ebcName", "c" * 101, "too_long"),
        ("orderNo", "n" * 61, "too_long"), ("guid", "short", "too_short"),
        ("appTime", "2026-11-30 120", "not_a_number"),
        ("currency", "CNY", "not_a_number"), ("goodsValue", "1.123456", "not_a_number"),
        ("goodsValue", "123456789012345", "not_a_number"), ("freight", "-1", "not_a_number"),
        ("note", "a\nb", "not_a_text"),
    ],
)  # fmt: skip
def test_a_field_that_is_not_as_documented_is_refused_by_its_name(field: str, value: str, what: str) -> None:
    with pytest.raises(DraftField) as refused:
        check_draft(a_draft(head={field: value}))
    assert (refused.value.field, refused.value.what) == (field, what)


def test_a_file_has_at_most_a_hundred_orders() -> None:
    orders = tuple(a_draft(f"T1-{number:06}") for number in range(1, 251))
    files = files_of(SingleWindowDrafts("shop", "20261130", orders))
    assert [(one.name, len(one.orders)) for one in files if one.message == "303"] == [
        ("draft-ceb303-20261130-1.xml", 100), ("draft-ceb303-20261130-2.xml", 100), ("draft-ceb303-20261130-3.xml", 50),
    ]  # fmt: skip
    assert len({one.guid for one in files}) == len(files) == 6


def test_a_guid_is_in_capitals_and_of_one_shop_receipt_and_message() -> None:
    guids = {guid_of(shop, receipt, message) for shop in "ab" for receipt in ("T1-000001", "T1-000002") for message in
             ("303", "403")}  # fmt: skip
    assert len(guids) == 8
    assert all(len(guid) == 36 and guid == guid.upper() for guid in guids)


def test_a_quantity_is_counted_in_the_unit_of_the_customs_list() -> None:
    assert quantity_in("007", 3, None) == 3
    assert quantity_in("035", 3, Decimal(250)) == Decimal("0.75")
    assert quantity_in("036", 3, Decimal(250)) == 750
    assert quantity_in("095", 2, Decimal(700)) == Decimal("1.4")
    assert quantity_in("127", 24, None) == 2


@given(st.decimals(0, 10**9, places=7))
def test_a_number_has_at_most_five_decimals_and_is_one_that_the_message_takes(value: Decimal) -> None:
    text = number_text(value)
    assert abs(Decimal(text) - value) <= Decimal("0.000005")
    assert MessageField("x", 20, FieldKind.NUMBER).fault_in(text) == ""


def test_a_draft_that_does_not_hold_to_the_schema_of_the_shop_is_not_written_and_without_one_it_says_so(
    declaring: DemoShop, tmp_path: Path
) -> None:
    declaring.ring_sale(sent())
    out, schemas = tmp_path / "out", tmp_path / "schemas"
    out.mkdir()
    unchecked = window_of(declaring).save(of_today(declaring), out)
    assert all("not checked against the schema" in path.read_text(encoding="utf-8") for path in unchecked)
    for path in unchecked:
        path.unlink()

    declaring.set("single_window_schema", str(write_schemas(schemas, longest_number=8)))
    with pytest.raises(DraftAgainstSchema) as refused:
        window_of(declaring).save(of_today(declaring), out)
    assert (refused.value.element, refused.value.value) == ("orderNo", "T1-000001")
    assert list(out.iterdir()) == []

    write_schemas(schemas)
    checked = window_of(declaring).save(of_today(declaring), out)
    assert len(checked) == 2
    assert not any("not checked" in path.read_text(encoding="utf-8") for path in checked)
