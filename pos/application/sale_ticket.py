"""A sale as a file tells it: JSON read into typed values, every mistake named by its field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pos.application.declared_purchases import MOST_DECLARED, read_declared
from pos.application.iso_dates import iso_day
from pos.application.quota_scenario import Unreadable
from pos.domain.barcode import GS
from pos.domain.cart import LONGEST_NOTE, MOST_OF_ONE_LINE, check_note
from pos.domain.declared import Declared
from pos.domain.discount import Discount
from pos.domain.document import BadDocument, Document, read_mrz, read_typed
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency
from pos.domain.piece import check_grams
from pos.domain.staff import ACTS
from pos.domain.tender import METHODS, Tender, check_tender
from pos.domain.visitor import DESTINATIONS

_KEY = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_MOST_LINES = 2000
_LONGEST_CODE = 200


@dataclass(frozen=True, slots=True)
class TicketVisitor:
    """A visitor of the ticket: his document, residence, known days of entry and what he bought elsewhere."""

    label: str
    document: Document
    residence: str | None
    entries: tuple[date, ...]
    declared: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class TicketLine:
    """So many of a code, perhaps at a discount. Without a `carrier` the split over the visitors decides."""

    code: str
    quantity: int
    discount: Discount | None
    carrier: str | None
    price: Money | None = None
    note: str = ""
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class TicketApproval:
    """Who approves, with which PIN, and which acts (None: the one that needs it)."""

    user: str
    pin: str
    acts: tuple[str, ...] | None

    def __repr__(self) -> str:
        """Without the PIN."""
        return f"TicketApproval({self.user!r}, {self.acts!r})"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One sale to be rung up."""

    key: str
    cashier: str
    destination: str | None
    regime: str | None
    visitors: tuple[TicketVisitor, ...]
    lines: tuple[TicketLine, ...]
    payments: tuple[Tender, ...]
    change_currency: Currency | None
    over_quota: str
    approval: TicketApproval | None
    discount: Discount | None = None
    note: str = ""


def read_ticket(found: object, today: date, price: Currency, now: datetime) -> Ticket:
    """Read one element of a `sale ring` file; raises a BadInput that names the field.

    `today` is the shop's day at the instant `now`, `price` the currency of its prices.
    """
    sale = read_object(found, "sale", _SALE_FIELDS)
    destination = sale.get("destination")
    if destination is not None and destination not in DESTINATIONS:
        raise BadField("destination", "unknown", _shown(destination))
    over = sale.get("over_quota", "refuse")
    if over not in ("refuse", "duty"):
        raise BadField("over_quota", "unknown", _shown(over))
    visitors = tuple(
        _visitor(v, f"visitors[{i}]", today, now) for i, v in enumerate(read_list(sale, "visitors", "", 40))
    )
    goods = read_list(sale, "lines", "", _MOST_LINES)
    labels = [visitor.label for visitor in visitors]
    if len(set(labels)) != len(labels):
        raise BadField("visitors", "duplicate", next(x for x in labels if labels.count(x) > 1))
    change = sale.get("change_currency")
    return Ticket(
        key=read_key(sale.get("key")),
        cashier=read_text(sale.get("cashier"), "cashier"),
        destination=destination,
        regime=None if sale.get("regime") is None else read_text(sale["regime"], "regime"),
        visitors=visitors,
        lines=tuple(_line(line, f"lines[{i}]", labels, price) for i, line in enumerate(goods)),
        payments=tuple(_payment(p, f"payments[{i}]") for i, p in enumerate(read_list(sale, "payments", "", 50))),
        change_currency=None if change is None else currency(change, "change_currency"),
        over_quota=over,
        approval=None if sale.get("approve") is None else read_approval(sale["approve"]),
        discount=None if sale.get("discount") is None else _discount(sale["discount"], "discount", price),
        note=_note(sale.get("note"), "note"),
    )


_SALE_FIELDS = (
    "key", "cashier", "destination", "regime", "visitors", "lines", "payments", "change_currency", "over_quota",
    "approve", "discount", "note", "returns", "refund",
)  # fmt: skip


def read_object(found: object, field: str, known: Sequence[str]) -> Mapping[str, Any]:
    """An object of a file with these fields and no others."""
    if not isinstance(found, dict):
        raise BadField(field, "not_an_object", _shown(found))
    for name in found:
        if name not in known:
            told = _shown(name) or '""'
            raise BadField(told if field in ("sale", "return") else f"{field}.{told}", "unknown_field")
    return found


def read_list(parent: Mapping[str, Any], name: str, prefix: str, longest: int) -> list[Any]:
    """A list in an object of a file, empty where it is absent."""
    found = parent.get(name, [])
    if not isinstance(found, list):
        raise BadField(prefix + name, "not_a_list", _shown(found))
    if len(found) > longest:
        raise BadField(prefix + name, "too_long", str(len(found)))
    return found


def read_text(found: object, field: str, longest: int = 64, *, secret: bool = False) -> str:
    """A text of printable signs; a `secret` one is named in no refusal."""
    if found is None:
        raise BadField(field, "missing")
    if not isinstance(found, str) or not found.strip() or len(found) > longest or not found.isprintable():
        raise BadField(field, "not_a_text", "" if secret else _shown(found))
    return found


def _shown(found: object) -> str:
    text = found.digits if isinstance(found, Unreadable) else str(found)
    return "".join(sign if sign.isprintable() else "?" for sign in text[:40])


@contextmanager
def unrepeated() -> Iterator[None]:
    """Refuse without repeating what stood in the field: it may be the number of somebody's paper."""
    try:
        yield
    except BadField as error:
        place, dot, name = error.field.rpartition(".")
        is_plain = error.what != "unknown_field" or name.replace("_", "").isalpha()
        raise BadField(error.field if is_plain or not dot else place, error.what) from None


def read_key(found: object) -> str:
    """The key that makes a sale or a return idempotent."""
    text = read_text(found, "key")
    if not _KEY.fullmatch(text):
        raise BadField("key", "not_a_key", text)
    return text


def _day(found: object, field: str) -> date:
    try:
        return iso_day(found)
    except ValueError:
        raise BadField(field, "not_a_date", _shown(found)) from None


def _visitor(found: object, field: str, today: date, now: datetime) -> TicketVisitor:
    with unrepeated():
        visitor = read_object(found, field, ("id", "document", "residence", "entries", "declared"))
        label = read_text(visitor.get("id"), f"{field}.id", 4)
    declared = read_list(visitor, "declared", f"{field}.", MOST_DECLARED)
    residence = visitor.get("residence")
    if residence is not None and (not isinstance(residence, str) or not re.fullmatch("[A-Z]{2}", residence)):
        raise BadField(f"{field}.residence", "not_a_country")
    entries = read_list(visitor, "entries", f"{field}.", 400)
    return TicketVisitor(
        label=label,
        document=read_document(visitor.get("document"), f"{field}.document", today),
        residence=residence,
        entries=_entries(entries, f"{field}.entries"),
        declared=read_declared(declared, f"{field}.declared", now),
    )


def _entries(found: Sequence[object], field: str) -> tuple[date, ...]:
    with unrepeated():
        return tuple(_day(entry, f"{field}[{i}]") for i, entry in enumerate(found))


def read_document(found: object, field: str, today: date) -> Document:
    """A visitor's paper as files give it: `mrz` lines, or a typed document. Raises a BadInput under `field`."""
    if found is None:
        raise BadField(field, "missing")
    try:
        with unrepeated():
            document = read_object(found, field, ("mrz", "kind", "number", "country", "birth_date"))
            return _paper(document, field, today)
    except BadDocument as error:
        raise BadDocument(error.line, f"{field}.{error.field}", error.what) from None


def _paper(document: Mapping[str, Any], field: str, today: date) -> Document:
    if "mrz" in document:
        lines = document["mrz"]
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines) or not 1 <= len(lines) <= 3:
            raise BadField(f"{field}.mrz", "not_mrz_lines")
        return read_mrz(lines, today)
    return read_typed(
        read_text(document.get("kind"), f"{field}.kind"),
        read_text(document.get("number"), f"{field}.number"),
        None if document.get("country") is None else read_text(document["country"], f"{field}.country"),
        None if document.get("birth_date") is None else read_text(document["birth_date"], f"{field}.birth_date"),
        today,
    )


def _line(found: object, field: str, labels: Sequence[str], price: Currency) -> TicketLine:
    line = read_object(found, field, ("code", "quantity", "discount", "carrier", "price", "note", "grams"))
    quantity = line.get("quantity", 1)
    if isinstance(quantity, bool) or not isinstance(quantity, int):
        raise BadField(f"{field}.quantity", "not_a_whole_number", _shown(quantity))
    if not 1 <= quantity <= MOST_OF_ONE_LINE:
        raise BadField(f"{field}.quantity", "out_of_range", str(quantity))
    carrier = line.get("carrier")
    if carrier is not None and carrier not in labels:
        raise BadField(f"{field}.carrier", "unknown", _shown(carrier)[:4])
    return TicketLine(
        code=read_goods_code(line.get("code"), f"{field}.code"),
        quantity=quantity,
        discount=None if line.get("discount") is None else _discount(line["discount"], f"{field}.discount", price),
        carrier=labels[0] if len(labels) == 1 else carrier,
        price=None if line.get("price") is None else Money.parse(line["price"], price, f"{field}.price"),
        note=_note(line.get("note"), f"{field}.note"),
        grams=read_grams(line.get("grams"), f"{field}.grams"),
    )


def read_goods_code(found: object, field: str) -> str:
    """A code as it was scanned: of a GS1 code the separators stand in it too."""
    if isinstance(found, str) and GS in found:
        read_text(found.replace(GS, "."), field, _LONGEST_CODE)
        return found
    return read_text(found, field, _LONGEST_CODE)


def read_grams(found: object, field: str) -> int | None:
    """What a piece of goods by weight weighs; None where nothing is told."""
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int):
        raise BadField(field, "not_a_whole_number", _shown(found))
    return check_grams(found, field)


def _note(found: object, field: str) -> str:
    return "" if found is None or found == "" else check_note(read_text(found, field, LONGEST_NOTE), field)


def _discount(found: object, field: str, price: Currency) -> Discount:
    discount = read_object(found, field, ("percent", "amount"))
    if len(discount) != 1:
        raise BadField(field, "percent_or_amount")
    if "amount" in discount:
        return Discount(amount=Money.parse(discount["amount"], price, f"{field}.amount"))
    percent = discount["percent"]
    if not isinstance(percent, str) or not _DECIMAL.fullmatch(percent):
        raise BadField(f"{field}.percent", "not_a_number", _shown(percent))
    return Discount(percent=Decimal(percent))


def _payment(found: object, field: str) -> Tender:
    payment = read_object(found, field, ("method", "currency", "amount", "reference", "notes"))
    method = payment.get("method")
    if method not in METHODS:
        raise BadField(f"{field}.method", "missing" if method is None else "unknown", _shown(method))
    money = Money.parse(
        payment.get("amount"), currency(payment.get("currency"), f"{field}.currency"), f"{field}.amount"
    )
    reference = payment.get("reference", "")
    if reference != "":
        reference = read_text(reference, f"{field}.reference")
    notes = payment.get("notes")
    tender = Tender(
        method, money, reference, None if notes is None else read_notes(notes, money.currency, f"{field}.notes")
    )
    check_tender(tender, field)
    return tender


def read_notes(found: object, of: Currency, field: str) -> dict[int, int]:
    """Notes by their value in units, {"100": 5}, as minor units; raises a BadField below `field`."""
    if not isinstance(found, dict):
        raise BadField(field, "not_an_object", _shown(found))
    notes: dict[int, int] = {}
    for value, count in found.items():
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= 100_000:
            raise BadField(f"{field}.{_shown(value)}", "not_a_whole_number", _shown(count))
        minor = Money.parse(value, of, field).minor
        if minor in notes:
            raise BadField(f"{field}.{_shown(value)}", "duplicate", _shown(value))
        notes[minor] = count
    return notes


def read_approval(found: object) -> TicketApproval:
    """An `approve` of a file; raises a BadField."""
    approval = read_object(found, "approve", ("user", "pin", "acts"))
    acts = approval.get("acts")
    if acts is not None:
        acts = read_list(approval, "acts", "approve.", len(ACTS))
        for i, act in enumerate(acts):
            if act not in ACTS:
                raise BadField(f"approve.acts[{i}]", "unknown", _shown(act))
        acts = tuple(acts)
    return TicketApproval(
        read_text(approval.get("user"), "approve.user"),
        read_text(approval.get("pin"), "approve.pin", secret=True),
        acts,
    )
