"""A schema for drafts of the single window, written for these tests in the shape that is described for its messages.

It is a sample: no schema of an authority stands here.
"""

from __future__ import annotations

from pathlib import Path

NAMESPACE = "http://www.chinaport.gov.cn/ceb"

_OPEN = f'''<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ceb="{NAMESPACE}" targetNamespace="{NAMESPACE}"
    elementFormDefault="qualified">
'''
_TEXT = '<xs:simpleType name="{name}"><xs:restriction base="xs:string">{facets}</xs:restriction></xs:simpleType>\n'
_HEAD = ("guid", "appType", "appTime", "appStatus")
_PARTIES = ("ebpCode", "ebpName", "ebcCode", "ebcName")
_ORDER = (*_HEAD, "orderType", "orderNo", *_PARTIES, "goodsValue", "freight", "currency", "note?")
_LINE = ("gnum", "itemNo", "itemName", "itemDescribe?", "barCode?", "unit", "currency", "qty", "price", "totalPrice")
_MONEY = (
    *_HEAD, *_PARTIES, "orderNo", "payCode?", "payName", "payNo?", "charge", "currency", "accountingDate", "note?",
)  # fmt: skip
_KINDS = {
    "guid": "Guid", "appTime": "Time", "accountingDate": "Time", "appType": "Digit", "appStatus": "Digit",
    "orderNo": "Number60", "currency": "Currency", "goodsValue": "Money", "freight": "Money", "charge": "Money",
    "qty": "Money", "price": "Money", "totalPrice": "Money", "unit": "Digits3",
}  # fmt: skip


def types_xsd(longest_number: int = 60) -> str:
    """The types that both messages include."""
    return (
        _OPEN
        + _TEXT.format(name="Guid", facets='<xs:length value="36"/>')
        + _TEXT.format(name="Time", facets='<xs:pattern value="[0-9]{14}"/>')
        + _TEXT.format(name="Digit", facets='<xs:pattern value="[0-9]"/>')
        + _TEXT.format(name="Digits3", facets='<xs:pattern value="[0-9]{3}"/>')
        + _TEXT.format(name="Number60", facets=f'<xs:minLength value="1"/><xs:maxLength value="{longest_number}"/>')
        + _TEXT.format(name="Currency", facets='<xs:enumeration value="142"/><xs:enumeration value="502"/>')
        + '<xs:simpleType name="Money"><xs:restriction base="xs:decimal"><xs:fractionDigits value="5"/>'
        "</xs:restriction></xs:simpleType>\n</xs:schema>\n"
    )


def message_xsd(message: str, *, include: str = "types.xsd") -> str:
    """The schema of message 303 or 403, which wants the transfer of the declarant behind the orders."""
    if message == "303":
        order = _element("OrderHead", _ORDER) + _element("OrderList", _LINE, 'maxOccurs="99"')
        inner = f'<xs:element name="Order" maxOccurs="100"><xs:complexType><xs:sequence>{order}'
        inner += "</xs:sequence></xs:complexType></xs:element>"
    else:
        inner = _element("Receipts", _MONEY, 'maxOccurs="100"')
    return (
        f'{_OPEN}<xs:include schemaLocation="{include}"/>\n'
        f'<xs:element name="CEB{message}Message"><xs:complexType><xs:sequence>{inner}'
        '<xs:element name="BaseTransfer"/></xs:sequence><xs:attribute name="guid" type="ceb:Guid" use="required"/>'
        '<xs:attribute name="version" type="xs:string" use="required"/></xs:complexType></xs:element>\n</xs:schema>\n'
    )


def _element(name: str, fields: tuple[str, ...], times: str = "") -> str:
    inner = "".join(
        f'<xs:element name="{one.rstrip("?")}" type="{_kind(one.rstrip("?"))}"'
        f"{' minOccurs=' + chr(34) + '0' + chr(34) if one.endswith('?') else ''}/>"
        for one in fields
    )
    content = f"<xs:complexType><xs:sequence>{inner}</xs:sequence></xs:complexType>"
    return f'<xs:element name="{name}" {times}>{content}</xs:element>'


def _kind(name: str) -> str:
    return f"ceb:{_KINDS[name]}" if name in _KINDS else "xs:string"


def write_schemas(folder: Path, *, longest_number: int = 60) -> Path:
    """The schemas of both messages, each with the types beside it."""
    folder.mkdir(exist_ok=True)
    (folder / "types.xsd").write_text(types_xsd(longest_number), encoding="utf-8")
    for message in ("303", "403"):
        (folder / f"CEB{message}Message.xsd").write_text(message_xsd(message), encoding="utf-8")
    return folder
