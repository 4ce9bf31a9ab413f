"""Retail sales of shifts as CommerceML 2.10, the exchange format of 1C; docs/files.md says what is in it.

Names and order of the elements are those of the schema 2.10 that 1C publishes (urn:1C.ru:commerceml_2). It has no
kind of document for retail sales: goods sold are "Отпуск товара", goods that came back "Возврат товара", each with a
remark that says what it is. Not tried in 1C.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from pos.application.shifts.accounting_files import RetailDocument, RetailReport
from pos.domain.catalogue.barcode import CodeKind, read_code
from pos.domain.money import Currency, Money, total
from pos.domain.reports.shift_books import SoldGoods
from pos.domain.shifts.shift_report import ShiftReport
from pos.exports.safe_text import escaped

NAMESPACE = "urn:1C.ru:commerceml_2"
VERSION = "2.10"
DOCUMENTS = UUID("85a19d8d-1c6e-5d56-b06f-55cd3552ac77")
"""The namespace of the documents' ids."""

SOLD, RETURNED = "Отпуск товара", "Возврат товара"
_REMARK = {SOLD: "Отчёт о розничных продажах", RETURNED: "Возвраты от розничных покупателей"}
_VAT, _FREE = "НДС", "Без НДС"
_PIECE = {"Код": "796", "НаименованиеПолное": "Штука", "МеждународноеСокращение": "PCE"}
"""A piece by the classifier of units (ОКЕИ)."""
_LANGUAGE = "ru"


def document_id(shop: str, z: str, operation: str) -> UUID:
    """The id of a document: the same at each export, and of no other shop, shift or kind of document."""
    return uuid5(DOCUMENTS, f"{shop}/{z}/{operation}")


def commerceml(document: RetailDocument, stamp: str = "") -> bytes:
    """The file: for each Z a document of what was sold, and one of what came back where anything did.

    `stamp` begins the remark of each document of a training. The time of the file is that of the last Z in it, so that
    a second export is the same to the byte.
    """
    made = max(_closed(one.z, document.zone) for one in document.reports)
    head = {"xmlns": NAMESPACE, "ВерсияСхемы": VERSION, "ДатаФормирования": made.strftime("%Y-%m-%dT%H:%M:%S")}
    root = ET.Element("КоммерческаяИнформация", head)
    for report in document.reports:
        sold = [one for one in report.goods if one.kind == "sale"]
        back = [one for one in report.goods if one.kind != "sale"]
        for operation, goods in ((SOLD, sold), (RETURNED, back)):
            if goods or operation == SOLD:
                _document(root, document, report, operation, goods, stamp)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _document(
    root: ET.Element,
    document: RetailDocument,
    report: RetailReport,
    operation: str,
    goods: Sequence[SoldGoods],
    stamp: str,
) -> None:
    z, price = report.z, report.z.price
    name, closed = z.z_name or "", _closed(report.z, document.zone)
    one = ET.SubElement(root, "Документ")
    _put(one, "Ид", str(document_id(document.shop, name, operation)))
    _put(one, "Номер", name)
    _put(one, "Дата", closed.date().isoformat())
    _put(one, "ХозОперация", operation)
    _put(one, "Роль", "Продавец")
    _put(one, "Валюта", price.code)
    _put(one, "Курс", "1")
    _put(one, "Сумма", str(total((each.amount for each in goods), price)))
    _put(one, "Время", closed.time().isoformat("seconds"))
    _put(one, "Комментарий", " · ".join(part for part in (stamp, _REMARK[operation], name) if part))
    _taxes(one, goods, price)
    if goods:
        items = ET.SubElement(one, "Товары")
        for each in goods:
            _goods(items, each, price)


def _goods(items: ET.Element, goods: SoldGoods, price: Currency) -> None:
    item = ET.SubElement(items, "Товар")
    _put(item, "Ид", goods.code)
    if read_code(goods.code).kind is not CodeKind.OWN:
        _put(item, "Штрихкод", goods.code)
    _put(item, "Артикул", goods.code)
    _put(item, "Наименование", goods.names.get(_LANGUAGE) or goods.name)
    ET.SubElement(item, "БазоваяЕдиница", _PIECE).text = "шт"
    rate = ET.SubElement(ET.SubElement(item, "СтавкиНалогов"), "СтавкаНалога")
    _put(rate, "Наименование", _VAT)
    _put(rate, "Ставка", _rate(goods.vat))
    _put(item, "ЦенаЗаЕдиницу", str(Money.rounded(goods.price, price)))
    _put(item, "Количество", str(goods.quantity))
    _put(item, "Сумма", str(goods.amount))
    _taxes(item, [goods], price)
    if goods.discount:
        discount = ET.SubElement(ET.SubElement(item, "Скидки"), "Скидка")
        _put(discount, "Наименование", "Скидка")
        _put(discount, "Сумма", str(goods.discount))
        _put(discount, "УчтеноВСумме", "true")


def _taxes(parent: ET.Element, goods: Iterable[SoldGoods], price: Currency) -> None:
    """The tax in the sums, by rate; nothing for goods free of it."""
    sums: dict[Decimal, Money] = {}
    for one in goods:
        if one.vat is not None:
            sums[one.vat] = sums.get(one.vat, Money.zero(price)) + one.tax
    if not sums:
        return
    taxes = ET.SubElement(parent, "Налоги")
    for rate, amount in sorted(sums.items()):
        tax = ET.SubElement(taxes, "Налог")
        _put(tax, "Наименование", _VAT)
        _put(tax, "УчтеноВСумме", "true")
        _put(tax, "Сумма", str(amount))
        _put(tax, "Ставка", _rate(rate))


def _rate(vat: Decimal | None) -> str:
    return _FREE if vat is None else f"{vat.normalize() + 0:f}"


def _closed(z: ShiftReport, zone: tzinfo) -> datetime:
    assert z.closed_at is not None, "a Z says when"
    return z.closed_at.astimezone(zone)


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = escaped(text)
