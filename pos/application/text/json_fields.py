"""Fields of a JSON request, read into typed values: each fault names its field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos.application.text.json_object import Unreadable
from pos.domain.catalogue.barcode import GS
from pos.domain.catalogue.piece import check_grams
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.domain.staff.staff import ACTS
from pos.domain.visitors.document import BadDocument, Document, read_mrz, read_typed

_KEY = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_LONGEST_CODE = 200


@dataclass(frozen=True, slots=True)
class RequestApproval:
    """Who approves, with which PIN, and which acts (None: the one that needs it)."""

    user: str
    pin: str
    acts: tuple[str, ...] | None

    def __repr__(self) -> str:
        """Without the PIN."""
        return f"RequestApproval({self.user!r}, {self.acts!r})"


def read_object(found: object, field: str, known: Sequence[str]) -> Mapping[str, Any]:
    """An object of a file with these fields and no others."""
    if not isinstance(found, dict):
        raise BadField(field, "not_an_object", quoted(found))
    for name in found:
        if name not in known:
            told = quoted(name) or '""'
            raise BadField(told if field in ("sale", "return") else f"{field}.{told}", "unknown_field")
    return found


def read_list(parent: Mapping[str, Any], name: str, prefix: str, longest: int) -> list[Any]:
    """A list in an object of a file, empty where it is absent."""
    found = parent.get(name, [])
    if not isinstance(found, list):
        raise BadField(prefix + name, "not_a_list", quoted(found))
    if len(found) > longest:
        raise BadField(prefix + name, "too_long", str(len(found)))
    return found


def read_text(found: object, field: str, longest: int = 64, *, secret: bool = False) -> str:
    """A text of printable signs; a `secret` one is named in no refusal."""
    if found is None:
        raise BadField(field, "missing")
    if not isinstance(found, str) or not found.strip() or len(found) > longest or not found.isprintable():
        raise BadField(field, "not_a_text", "" if secret else quoted(found))
    return found


def quoted(found: object) -> str:
    """What stands in a field, short and on one line, as a refusal quotes it."""
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
        raise BadField(field, "not_a_whole_number", quoted(found))
    return check_grams(found, field)


def read_notes(found: object, of: Currency, field: str) -> dict[int, int]:
    """Notes by their value in units, {"100": 5}, as minor units; raises a BadField below `field`."""
    if not isinstance(found, dict):
        raise BadField(field, "not_an_object", quoted(found))
    notes: dict[int, int] = {}
    for value, count in found.items():
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= 100_000:
            raise BadField(f"{field}.{quoted(value)}", "not_a_whole_number", quoted(count))
        minor = Money.parse(value, of, field).minor
        if minor in notes:
            raise BadField(f"{field}.{quoted(value)}", "duplicate", quoted(value))
        notes[minor] = count
    return notes


def read_approval(found: object) -> RequestApproval:
    """An `approve` of a file; raises a BadField."""
    approval = read_object(found, "approve", ("user", "pin", "acts"))
    acts = approval.get("acts")
    if acts is not None:
        acts = read_list(approval, "acts", "approve.", len(ACTS))
        for i, act in enumerate(acts):
            if act not in ACTS:
                raise BadField(f"approve.acts[{i}]", "unknown", quoted(act))
        acts = tuple(acts)
    return RequestApproval(
        read_text(approval.get("user"), "approve.user"),
        read_text(approval.get("pin"), "approve.pin", secret=True),
        acts,
    )
