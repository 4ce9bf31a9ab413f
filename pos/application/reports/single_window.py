"""Drafts for China's single window, made from sales whose goods are sent; a declarant checks and declares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from pos.application.access.authorize import authorized_read
from pos.application.access.find_sale import sale_with_receipt
from pos.application.access.journal_export import JournalExport
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.tables.table_files import WriteWhole
from pos.domain.catalogue.barcode import CodeKind, read_code
from pos.domain.catalogue.paper_needs import WANTED, Paper
from pos.domain.errors import BadField, BadInput
from pos.domain.payment.tender import Paid
from pos.domain.reports.single_window import (
    APP_STATUS,
    APP_TYPE,
    CUSTOMS_CURRENCIES,
    MOST_ORDERS,
    ORDER_TYPE,
    DraftLacks,
    OrderDraft,
    check_draft,
    measured_by,
    number_text,
    quantity_in,
)
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.staff.staff import Person

RIGHT = "reports"
CHINA = "CN"
DRAFTS = UUID("0b6a3d0e-0a3c-5a58-9c0e-4d6f3b0d9a51")
"""The namespace of the guids of drafts."""

ORDERS, MONEY = "303", "403"
"""The messages of a draft."""

NOTE = "草稿，未申报"
"""Every draft says that it is one: *draft, not declared*."""

_CLOCK = ZoneInfo("Asia/Shanghai")
"""The single window's clock: times in its messages have no zone."""
_PAID_BY = {"cash": "现金", "card": "银行卡", "qr": "扫码支付"}
_SEVERAL = "多种方式"
_SETTINGS = {
    "ebpCode": "single_window_platform_code", "ebpName": "single_window_platform_name",
    "ebcCode": "single_window_company_code", "ebcName": "single_window_company_name",
}  # fmt: skip


@dataclass(eq=False)
class NoParcels(BadInput):
    """On none of the days goods were sold that are sent out of China."""

    fact = "no_parcels"

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sale of the days of which there is no draft, and why: `to_china`, `voided` or `came_back`."""

    receipt: str
    why: str


@dataclass(frozen=True, slots=True)
class SingleWindowDrafts:
    """Drafts by receipt, and the sales of the days that were left out; `name` is that of the files."""

    shop: str
    name: str
    orders: tuple[OrderDraft, ...]
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftFile:
    """The drafts of one file: `message` 303 or 403, its guid, and its orders."""

    name: str
    message: str
    guid: str
    orders: tuple[OrderDraft, ...]


WriteDraft = Callable[[DraftFile, bool], bytes]
"""The bytes of a file of drafts, which say whether it is held against a schema."""

CheckDraft = Callable[[str, str, str, bytes], None]
"""Holds a file of drafts against a schema: where that is, message, name and content. Raises DraftAgainstSchema."""


@dataclass(frozen=True, slots=True)
class SingleWindow(UseCase):
    """Makes drafts of messages 303 and 403. Needs the permission `reports`; the journal says who exported them."""

    journal_export: JournalExport
    write_draft: WriteDraft
    check_draft: CheckDraft
    whole: WriteWhole

    def of_days(self, person: Person, first: date, last: date) -> SingleWindowDrafts:
        """The drafts of some business days, both included; logs the export.

        Raises NoParcels, DraftLacks, DraftField, TooManyLines, BadField, NotAllowed.
        """
        with authorized_read(self.store, person, RIGHT) as work:
            sales = work.sales.sent_on(first, last)
            why = {sale.receipt: _left_out(work, sale) for sale in sales}
        left_out = tuple(LeftOut(receipt, reason) for receipt, reason in why.items() if reason)
        orders = self._drafts([sale for sale in sales if not why[sale.receipt]])
        if not orders:
            raise NoParcels(first, last)
        until = None if last == first else last.isoformat()
        self.journal_export(person, RIGHT, "single_window", day=first.isoformat(), last=until, orders=len(orders))
        name = f"{first:%Y%m%d}" if last == first else f"{first:%Y%m%d}-{last:%Y%m%d}"
        return SingleWindowDrafts(self.secrets.public_name, name, orders, left_out)

    def of_receipt(self, person: Person, receipt: str) -> SingleWindowDrafts:
        """The draft of one sale; logs the export. Raises NoSuchReceipt, and as `of_days`."""
        with authorized_read(self.store, person, RIGHT) as work:
            sale = sale_with_receipt(work, receipt)
            why = _left_out(work, sale)
        if why:
            raise BadField("receipt", why, sale.receipt)
        orders = self._drafts([sale])
        self.journal_export(person, RIGHT, "single_window", receipt=sale.receipt)
        return SingleWindowDrafts(self.secrets.public_name, sale.receipt, orders)

    @property
    def schema(self) -> str:
        """Where the shop has the schema that drafts must hold to; empty where they are not checked."""
        return self.settings().single_window_schema

    def save(self, drafts: SingleWindowDrafts, folder: Path) -> tuple[Path, ...]:
        """Write the files into a folder that is there, once all of them hold to the schema of the shop, if it has one.

        Raises BadField, DraftAgainstSchema, InfrastructureError.
        """
        if not folder.is_dir():
            raise BadField("out", "not_a_folder", folder.name[:40])
        schema = self.schema
        contents = [(file, self.write_draft(file, bool(schema))) for file in files_of(drafts)]
        for file, content in contents if schema else ():
            self.check_draft(schema, file.message, file.name, content)
        written = []
        for file, content in contents:
            path = folder / file.name
            with self.whole(path) as stream:
                stream.write(content)
            written.append(path)
        return tuple(written)

    def _drafts(self, sales: Sequence[Sale]) -> tuple[OrderDraft, ...]:
        """A checked draft of each sale: of all of them, or of none."""
        settings = self.settings()
        if not sales:
            return ()
        _check_settings(settings)
        _check_goods(sales)
        drafts = tuple(_draft(sale, settings, self.secrets.public_name) for sale in sales)
        for draft in drafts:
            check_draft(draft)
        return drafts


def files_of(drafts: SingleWindowDrafts) -> list[DraftFile]:
    """The files of drafts: orders and money apart, with at most as many orders as a file may have."""
    parts = [drafts.orders[start : start + MOST_ORDERS] for start in range(0, len(drafts.orders), MOST_ORDERS)]
    return [
        DraftFile(
            f"draft-ceb{message}-{drafts.name}-{number}.xml",
            message,
            guid_of(drafts.shop, " ".join(one.receipt for one in part), message),
            part,
        )
        for number, part in enumerate(parts, start=1)
        for message in (ORDERS, MONEY)
    ]


def guid_of(shop: str, receipt: str, message: str) -> str:
    """The guid of a draft: the same at each export, and of no other shop, receipt or message."""
    return str(uuid5(DRAFTS, f"{shop}/{receipt}/{message}")).upper()


def _left_out(work: UnitOfWork, sale: Sale) -> str:
    """Why there is no draft of a sale; empty where there is one. Message 303 is for goods that leave China."""
    if sale.parcel is None:
        return "not_to_be_sent"
    if sale.destination == CHINA:
        return "to_china"
    if sale.voided_by is not None:
        return "voided"
    return "came_back" if work.returns.reversing(sale.till, sale.number) else ""


def _check_settings(settings: Settings) -> None:
    for name in _SETTINGS.values():
        if not settings.text(name):
            raise BadField(name, "missing")


def _check_goods(sales: Sequence[Sale]) -> None:
    """Refuse goods that lack what message 303 wants, before anything is written."""
    lacking = [(sale, line, lacks) for sale in sales for line in sale.lines if (lacks := _lacking(line))]
    if lacking:
        sale, line, lacks = lacking[0]
        goods = {each.code for _, each, _ in lacking}
        raise DraftLacks(sale.receipt, line.code, line.name, lacks, len(goods) - 1)


def _lacking(line: SaleLine) -> str:
    """The first field that the paper wants and the line does not have; empty where it has all."""
    known = {**line.details, **{f"name_{language}": name for language, name in line.names.items()}}
    for fields in WANTED[Paper.SINGLE_WINDOW]:
        if not any(known.get(name) for name in fields):
            return fields[0]
    needed = measured_by(line.details["unit"])
    return needed if needed and not _measure(line, needed) else ""


def _measure(line: SaleLine, name: str) -> Decimal | None:
    if name == "net_g" and line.grams is not None:
        return Decimal(line.grams)
    measure: Decimal | None = getattr(line.attributes, name) if name else None
    return measure


def _draft(sale: Sale, settings: Settings, shop: str) -> OrderDraft:
    code = sale.total.currency.code
    if code not in CUSTOMS_CURRENCIES:
        raise BadField("price_currency", "no_customs_code", code)
    currency = CUSTOMS_CURRENCIES[code]
    at = sale.at.astimezone(_CLOCK).strftime("%Y%m%d%H%M%S")
    parties = {field: settings.text(name) for field, name in _SETTINGS.items()}
    worth = sum((Decimal(str(line.amount)) for line in sale.lines), Decimal(0))
    common = {"appType": APP_TYPE, "appTime": at, "appStatus": APP_STATUS, "note": NOTE, "currency": currency}
    order = {"orderNo": sale.receipt, **parties}
    return OrderDraft(
        sale.receipt,
        {
            **common,
            **order,
            "guid": guid_of(shop, sale.receipt, ORDERS),
            "orderType": ORDER_TYPE,
            "goodsValue": number_text(worth),
            "freight": number_text(settings.single_window_freight),
        },
        tuple(_line(number, line, currency) for number, line in enumerate(sale.lines, start=1)),
        {
            **common,
            **order,
            "guid": guid_of(shop, sale.receipt, MONEY),
            "charge": number_text(worth),
            "accountingDate": at,
            **_paid(sale.paid),
        },
    )


def _line(number: int, line: SaleLine, currency: str) -> Mapping[str, str]:
    unit = line.details["unit"]
    quantity = quantity_in(unit, line.quantity, _measure(line, measured_by(unit)))
    amount = Decimal(str(line.amount))
    known = [line.details.get(name, "") for name in ("brand", "model")]
    return {
        "gnum": str(number),
        "itemNo": line.code,
        "itemName": line.names["zh"],
        "itemDescribe": " ".join(part for part in known if part),
        "barCode": "" if read_code(line.code).kind is CodeKind.OWN else line.code,
        "unit": unit,
        "currency": currency,
        "qty": number_text(quantity),
        "price": number_text(amount / quantity),
        "totalPrice": number_text(amount),
    }


def _paid(paid: Sequence[Paid]) -> Mapping[str, str]:
    """How the money came. The company that took a payment is known to the declarant, not to the till."""
    methods = list(dict.fromkeys(one.tender.origin or one.tender.method for one in paid))
    single = len(paid) == 1 and paid[0].tender.origin is None
    return {
        "payCode": "",
        "payName": _PAID_BY.get(methods[0], _SEVERAL) if len(methods) == 1 else _SEVERAL,
        "payNo": paid[0].tender.reference if single else "",
    }
