"""Drafts for the single window held against a schema of the shop: samples, in files of this computer alone."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from pos.application.reports.single_window import MONEY, ORDERS, DraftFile
from pos.domain.errors import InfrastructureError
from pos.domain.reports.single_window import DraftAgainstSchema, OrderDraft
from pos.exports.single_window.draft_schema import LONGEST_SCHEMA, check_against_schema
from pos.exports.single_window.draft_xml import draft_xml
from tests.draft_schemas import message_xsd, types_xsd, write_schemas

GUID = str(UUID(int=7)).upper()
_COMMON = {
    "guid": GUID, "appType": "1", "appTime": "20261124124431", "appStatus": "1", "ebpCode": "1", "ebpName": "平台",
    "ebcCode": "2", "ebcName": "商店", "orderNo": "T1-000001", "currency": "142", "note": "草稿",
}  # fmt: skip
ORDER = OrderDraft(
    "T1-000001",
    {**_COMMON, "orderType": "E", "goodsValue": "25", "freight": "12.5"},
    ({
        "gnum": "1", "itemNo": "8", "itemName": "巧克力", "itemDescribe": "", "barCode": "", "unit": "007",
        "currency": "142", "qty": "2", "price": "12.5", "totalPrice": "25",
    },),
    {**_COMMON, "charge": "25", "accountingDate": "20261124124431", "payCode": "", "payName": "现金", "payNo": ""},
)  # fmt: skip


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_schemas(tmp_path_factory.mktemp("schemas"))


def draft(message: str = ORDERS, *changes: tuple[str, str]) -> bytes:
    content = draft_xml(DraftFile("draft.xml", message, GUID, (ORDER, ORDER)), True)
    for before, after in changes:
        assert before.encode() in content
        content = content.replace(before.encode(), after.encode(), 1)
    return content


def hold(where: Path, content: bytes, message: str = ORDERS) -> None:
    check_against_schema(str(where), message, "draft.xml", content)


def trouble_of(where: Path, message: str = ORDERS) -> str:
    with pytest.raises(InfrastructureError) as trouble:
        hold(where, draft(message), message)
    assert trouble.value.where
    return trouble.value.what


@pytest.mark.parametrize("message", [ORDERS, MONEY])
def test_a_draft_holds_though_what_the_declarant_adds_is_not_there_yet(schemas: Path, message: str) -> None:
    hold(schemas, draft(message), message)
    hold(schemas / f"CEB{message}Message.xsd", draft(message), message)


@pytest.mark.parametrize(
    ("before", "after", "element", "what", "value"),
    [
        ("<ceb:currency>142", "<ceb:currency>999", "currency", "not_in_the_list", "999"),
        ("<ceb:appTime>2026", "<ceb:appTime>", "appTime", "not_of_the_pattern", "1124124431"),
        (f"<ceb:guid>{GUID}", "<ceb:guid>7", "guid", "not_of_the_length", "7"),
        ("T1-000001<", "T1-" + "0" * 60 + "<", "orderNo", "longer_than_allowed", "T1-" + "0" * 37),
        ("T1-000001<", "<", "orderNo", "shorter_than_allowed", ""),
        ("<ceb:freight>12.5", "<ceb:freight>dear", "freight", "not_as_the_schema", "dear"),
        ("<ceb:ebcName>商店</ceb:ebcName>", "", "goodsValue", "element_unexpected", "ebcName"),
        ("<ceb:totalPrice>25</ceb:totalPrice>", "", "OrderList", "element_missing", "totalPrice"),
    ],
)
def test_the_first_element_that_does_not_hold_is_named_with_its_line(
    schemas: Path, before: str, after: str, element: str, what: str, value: str
) -> None:
    content = draft(ORDERS, (before, after))
    with pytest.raises(DraftAgainstSchema) as refused:
        hold(schemas, content)
    found = refused.value
    assert (found.file, found.element, found.what, found.value) == ("draft.xml", element, what, value)
    assert f"<ceb:{element}" in content.decode().splitlines()[found.line - 1]


def test_a_schema_that_is_gone_or_of_another_message_or_none_is_named(schemas: Path, tmp_path: Path) -> None:
    assert trouble_of(tmp_path / "gone.xsd") == "schema_gone"
    assert trouble_of(tmp_path) == "schema_not_in_folder"
    assert trouble_of(schemas / "CEB303Message.xsd", MONEY) == "schema_of_another"
    for text in ("<rates/>", "no XML", "", types_xsd()[:-30], message_xsd("303")):  # the last lacks what it includes
        file = tmp_path / "none.xsd"
        file.write_text(text, encoding="utf-8")
        assert trouble_of(file) == "schema_not_valid"


def test_a_schema_is_read_from_its_folder_only_and_has_no_document_type(schemas: Path, tmp_path: Path) -> None:
    for include in (
        "http://127.0.0.1:9/types.xsd", f"../{schemas.name}/types.xsd", (schemas / "types.xsd").as_uri(),
    ):  # fmt: skip
        file = tmp_path / "CEB303.xsd"
        file.write_text(message_xsd("303", include=include), encoding="utf-8")
        assert trouble_of(file) == "schema_not_valid"
    entity = '<!DOCTYPE x [<!ENTITY a "b">]>\n<xs:schema'
    (tmp_path / "CEB303.xsd").write_text(types_xsd().replace("<xs:schema", entity, 1), encoding="utf-8")
    assert trouble_of(tmp_path / "CEB303.xsd") == "schema_not_valid"


def test_a_schema_too_large_and_a_check_without_an_end_are_left(schemas: Path, tmp_path: Path) -> None:
    write_schemas(tmp_path)
    (tmp_path / "types.xsd").write_text(types_xsd() + " " * LONGEST_SCHEMA, encoding="utf-8")
    assert trouble_of(tmp_path) == "schema_not_valid"
    with pytest.raises(InfrastructureError) as trouble:
        check_against_schema(str(schemas), ORDERS, "draft.xml", draft(), patience=0)
    assert trouble.value.what == "schema_too_slow"


def test_a_schema_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    hold(tmp_path, draft())
    write_schemas(tmp_path, longest_number=8)
    with pytest.raises(DraftAgainstSchema):
        hold(tmp_path, draft())
    (tmp_path / "CEB303Message.xsd").write_text(message_xsd("403"), encoding="utf-8")
    assert trouble_of(tmp_path) == "schema_of_another"
