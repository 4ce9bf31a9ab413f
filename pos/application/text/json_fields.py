"""Parse fields of a JSON request into typed values: each error names its field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos.application.text.iso_dates import iso_day
from pos.application.text.json_object import Unreadable
from pos.domain.catalogue.barcode import GS
from pos.domain.catalogue.piece import check_grams
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency
from pos.domain.staff.rights import PERMISSIONS
from pos.domain.visitors.document import BadDocument, Document, read_mrz, read_typed

_KEY = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_LONGEST_CODE = 200


@dataclass(frozen=True, slots=True)
class RequestApproval:
    """The approving person, their PIN, and the permissions (None: those required)."""

    user: str
    pin: str
    permissions: tuple[str, ...] | None

    def __repr__(self) -> str:
        """The text without the PIN."""
        return f"RequestApproval({self.user!r}, {self.permissions!r})"


def read_object(value: object, field: str, known: Sequence[str]) -> Mapping[str, Any]:
    """An object with these fields and no others."""
    if not isinstance(value, dict):
        raise BadField(field, "not_an_object", quoted(value))
    for name in value:
        if name not in known:
            shown_name = quoted(name) or '""'
            raise BadField(shown_name if field in ("sale", "return") else f"{field}.{shown_name}", "unknown_field")
    return value


def read_list(parent: Mapping[str, Any], name: str, prefix: str, longest: int) -> list[Any]:
    """A list in an object, empty if absent."""
    items = parent.get(name, [])
    if not isinstance(items, list):
        raise BadField(prefix + name, "not_a_list", quoted(items))
    if len(items) > longest:
        raise BadField(prefix + name, "too_long", str(len(items)))
    return items


def read_text(value: object, field: str, longest: int = 64, *, secret: bool = False) -> str:
    """A text of printable characters; the refusal of a `secret` one does not quote it."""
    if value is None:
        raise BadField(field, "missing")
    if not isinstance(value, str) or not value.strip() or len(value) > longest or not value.isprintable():
        raise BadField(field, "not_a_text", "" if secret else quoted(value))
    return value


def quoted(value: object) -> str:
    """The value of a field, short and on one line, for a refusal."""
    text = value.digits if isinstance(value, Unreadable) else str(value)
    return "".join(char if char.isprintable() else "?" for char in text[:40])


@contextmanager
def unrepeated() -> Iterator[None]:
    """Refuse without quoting the value: it may be a document number."""
    try:
        yield
    except BadField as error:
        prefix, dot, name = error.field.rpartition(".")
        is_plain = error.what != "unknown_field" or name.replace("_", "").isalpha()
        raise BadField(error.field if is_plain or not dot else prefix, error.what) from None


def read_key(value: object) -> str:
    """The key that makes a sale or a return idempotent."""
    text = read_text(value, "key")
    if not _KEY.fullmatch(text):
        raise BadField("key", "not_a_key", text)
    return text


def read_document(value: object, field: str, today: date) -> Document:
    """A visitor's document from a file: `mrz` lines, or typed fields. Raises a BadInput under `field`."""
    if value is None:
        raise BadField(field, "missing")
    try:
        with unrepeated():
            document = read_object(value, field, ("mrz", "kind", "number", "country", "birth_date"))
            return _document(document, field, today)
    except BadDocument as error:
        raise BadDocument(error.line, f"{field}.{error.field}", error.what) from None


def _document(document: Mapping[str, Any], field: str, today: date) -> Document:
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


def read_goods_code(value: object, field: str) -> str:
    """A code as scanned, with the separators of a GS1 code."""
    if isinstance(value, str) and GS in value:
        read_text(value.replace(GS, "."), field, _LONGEST_CODE)
        return value
    return read_text(value, field, _LONGEST_CODE)


def read_grams(value: object, field: str) -> int | None:
    """The weight of a piece sold by weight; None if absent."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadField(field, "not_a_whole_number", quoted(value))
    return check_grams(value, field)


def read_notes(given: object, of: Currency, field: str) -> dict[int, int]:
    """Notes by value in units, {"100": 5}, as minor units. Raises a BadField below `field`."""
    if not isinstance(given, dict):
        raise BadField(field, "not_an_object", quoted(given))
    notes: dict[int, int] = {}
    for value, count in given.items():
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= 100_000:
            raise BadField(f"{field}.{quoted(value)}", "not_a_whole_number", quoted(count))
        minor = Money.parse(value, of, field).minor
        if minor in notes:
            raise BadField(f"{field}.{quoted(value)}", "duplicate", quoted(value))
        notes[minor] = count
    return notes


def read_approval(value: object) -> RequestApproval:
    """An `approve` of a request. Raises a BadField."""
    approval = read_object(value, "approve", ("user", "pin", "acts"))
    permissions = approval.get("acts")
    if permissions is not None:
        permissions = read_list(approval, "acts", "approve.", len(PERMISSIONS))
        for i, permission in enumerate(permissions):
            if permission not in PERMISSIONS:
                raise BadField(f"approve.acts[{i}]", "unknown", quoted(permission))
        permissions = tuple(permissions)
    return RequestApproval(
        read_text(approval.get("user"), "approve.user"),
        read_text(approval.get("pin"), "approve.pin", secret=True),
        permissions,
    )


def read_whole(value: object, field: str) -> int:
    """A whole number. Raises BadField."""
    if value is None:
        raise BadField(field, "missing")
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadField(field, "not_a_whole_number", str(value)[:40])
    return value


def read_line_text(value: object, field: str) -> str:
    """One line of text, empty if absent. Raises BadField."""
    if value is None:
        return ""
    if not isinstance(value, str) or not value.isprintable():
        raise BadField(field, "not_a_text", str(value)[:40])
    return value


def read_day(value: object, field: str) -> date | None:
    """A day such as 2027-05-31, None if absent. Raises BadField."""
    if value is None or value == "":
        return None
    try:
        return iso_day(value, any_year=True)
    except ValueError:
        raise BadField(field, "not_a_date", str(value)[:40]) from None


def read_cost(value: object, field: str, price: Currency) -> Money | None:
    """A cost as {"amount", "currency"} or, in the price currency, as "3.50"; None if absent."""
    if value is None:
        return None
    if isinstance(value, str):
        return Money.parse(value, price, field)
    cost: Any = read_object(value, field, ("amount", "currency"))
    return Money.parse(cost.get("amount"), currency(cost.get("currency"), f"{field}.currency"), f"{field}.amount")
