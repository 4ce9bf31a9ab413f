"""Drafts of messages 303 and 403 as XML: docs/parcels.md says what is in them.

They bear no signature and no transfer (`BaseTransfer`): those are the declarant's.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from pos.application.reports.single_window import MONEY, DraftFile
from pos.domain.reports.single_window import MONEY_RECEIVED, ORDER_HEAD, ORDER_LINE, MessageField, Values
from pos.exports.safe_text import escaped

NAMESPACE = "http://www.chinaport.gov.cn/ceb"
VERSION = "1.0"
DRAFT = " 草稿 DRAFT: not signed, not declared"
UNCHECKED = ", 未按报文规范校验 not checked against the schema"


def draft_xml(file: DraftFile, is_checked: bool = False, stamp: str = "") -> bytes:
    """The file; `stamp` marks a training. Equal drafts are equal to the byte."""
    remark = f"{DRAFT}{'' if is_checked else UNCHECKED} "
    root = ET.Element(f"ceb:CEB{file.message}Message", {"xmlns:ceb": NAMESPACE, "guid": file.guid, "version": VERSION})
    root.append(ET.Comment(f"{remark}{stamp} " if stamp else remark))
    for order in file.orders:
        if file.message == MONEY:
            _put(ET.SubElement(root, "ceb:Receipts"), MONEY_RECEIVED, order.money)
            continue
        one = ET.SubElement(root, "ceb:Order")
        _put(ET.SubElement(one, "ceb:OrderHead"), ORDER_HEAD, order.head)
        for line in order.lines:
            _put(ET.SubElement(one, "ceb:OrderList"), ORDER_LINE, line)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _put(parent: ET.Element, fields: Sequence[MessageField], values: Values) -> None:
    """The elements in the order of the message; what is empty and not required is left out."""
    for one in fields:
        if text := values[one.name]:
            ET.SubElement(parent, f"ceb:{one.name}").text = escaped(text)
