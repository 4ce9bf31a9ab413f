"""Seals against the books that they seal, and against those that are kept off-site."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

from db.tables.sales import sale
from db.tables.shop import journal, z_report
from pos.application.maintenance.seal_books import BEGIN_SEALS
from pos.application.ports.maintenance_ports import ANCHOR, BookSeal, ExternalAnchor, IsSigned
from pos.domain.receipt_number import receipt_number
from pos.domain.shifts.shift_report import z_name


class Digests(Protocol):
    """The content of the books as seals cover it."""

    def walk(self) -> Iterator[BookSeal]: ...

    def digest_of_sales(self, till: str, first: int, last: int) -> str: ...

    def digest_of_entries(self, till: str, first: int, last: int) -> str: ...


@dataclass(slots=True)
class _Till:
    """How far the check of a till's seals has come."""

    number: int = 0
    hash: str = ""
    sale: int = 0
    entry: int = 0
    summed: int = 0
    total: int = 0
    zs: set[int] = field(default_factory=set)


def seal_mismatches(
    connection: Connection, digests: Digests, is_signed: IsSigned, outside: Sequence[ExternalAnchor]
) -> Iterator[str]:
    """Each mismatch as one line that names the seal, and the part of the books."""
    tills: dict[str, _Till] = {}
    here: dict[tuple[str, int], str] = {}
    of_z: dict[tuple[str, int], str] = {}
    for one in digests.walk():
        here[one.till, one.number] = one.content
        if one.z_number is not None:
            of_z[one.till, one.z_number] = one.hash
        yield from _seal(connection, digests, is_signed, one, tills.setdefault(one.till, _Till()))
    begun = select(journal.c.till).where(journal.c.act == BEGIN_SEALS).distinct().order_by(journal.c.till)
    for till in connection.execute(begun).scalars():
        if till not in tills:
            yield f"seals of {till}: they are gone, the journal knows that there were some"
    yield from _unsealed_zs(connection, tills)
    for kept in outside:
        yield from _kept(kept, is_signed, here, of_z)


def _seal(connection: Connection, digests: Digests, is_signed: IsSigned, one: BookSeal, walked: _Till) -> Iterator[str]:
    name = f"seal {one.number} {one.till}"
    if one.number != walked.number + 1:
        yield f"{name}: seal {walked.number + 1} is missing before it"
    before, walked.number, walked.hash = walked.hash, one.number, one.hash
    if not is_signed(_raw(one.signature), one.content.encode()):
        yield f"{name}: the shop's key has not signed it"
        return
    try:
        content = json.loads(one.content)
        z_number = (content["z"] or {}).get("number")
        if (content["till"], content["number"], z_number) != (one.till, one.number, one.z_number):
            yield f"{name}: it is another seal"
            return
        if content["before"] != before:
            yield f"{name}: does not follow the seal before it"
        yield from _ranges(digests, name, one.till, content, walked)
        yield from _heads(connection, name, content)
        yield from _total(connection, name, content, walked)
        if content["z"] is not None:
            walked.zs.add(one.z_number or 0)
            yield from _z(connection, name, one.till, content["z"])
    except (ValueError, KeyError, TypeError, AttributeError):
        yield f"{name}: it does not say what a till writes"


def _ranges(digests: Digests, name: str, till: str, content: Mapping[str, Any], walked: _Till) -> Iterator[str]:
    sales, entries = content["sales"], content["journal"]
    if (sales["from"], entries["from"]) != (walked.sale + 1, walked.entry + 1):
        yield f"{name}: it does not begin where the seal before it ends"
    walked.sale, walked.entry = sales["to"], entries["to"]
    if digests.digest_of_sales(till, sales["from"], sales["to"]) != sales["sha256"]:
        span = f"{receipt_number(till, sales['from'])} to {receipt_number(till, sales['to'])}"
        yield f"{name}: of the sales {span} one was changed, added or taken away"
    if digests.digest_of_entries(till, entries["from"], entries["to"]) != entries["sha256"]:
        span = f"{entries['from']} to {entries['to']}"
        yield f"{name}: of the journal's entries {span} one was changed, added or taken away"


def _heads(connection: Connection, name: str, content: Mapping[str, Any]) -> Iterator[str]:
    """Each till's position is still confirmed by its sale and its entry of that number: each guards the others."""
    heads = {
        till: (one["number"], one["mac"], one["entries"], one["journal_mac"]) for till, one in content["others"].items()
    }
    mine, entry = content["head"], content["journal_head"]
    heads[content["till"]] = (mine["number"], mine["mac"], entry["number"], entry["mac"])
    for till, (number, mac, entries, journal_mac) in sorted(heads.items()):
        same_number = (sale.c.till == till, sale.c.number == number)
        if number and connection.execute(select(sale.c.mac).where(*same_number)).scalar_one_or_none() != mac:
            yield f"{name}: the sale {receipt_number(till, number)} is not there as it was then"
        here = (journal.c.till == till, journal.c.number == entries)
        if entries and connection.execute(select(journal.c.mac).where(*here)).scalar_one_or_none() != journal_mac:
            yield f"{name}: the entry {entries} of the journal of {till} is not there as it was then"


def _total(connection: Connection, name: str, content: Mapping[str, Any], walked: _Till) -> Iterator[str]:
    """The grand total in a seal equals the sum of the sales up to it."""
    head = content["head"]
    between = (sale.c.number > walked.summed, sale.c.number <= head["number"])
    summed = select(func.coalesce(func.sum(sale.c.total_minor), 0)).where(
        sale.c.till == content["till"], sale.c.kind == "sale", *between
    )
    walked.total += int(connection.execute(summed).scalar_one())
    walked.summed = head["number"]
    if walked.total != head["grand_total"]:
        yield f"{name}: the grand total was {head['grand_total']}, the sales come to {walked.total}"


def _z(connection: Connection, name: str, till: str, sealed_z: Mapping[str, Any]) -> Iterator[str]:
    there = select(z_report.c.mac).where(z_report.c.till == till, z_report.c.number == sealed_z["number"])
    if connection.execute(there).scalar_one_or_none() != sealed_z["mac"]:
        yield f"{name}: the Z {z_name(till, sealed_z['number'])} is not there as it was then"


def _unsealed_zs(connection: Connection, tills: Mapping[str, _Till]) -> Iterator[str]:
    """Since a till seals its Zs, each Z has a seal."""
    for till, walked in sorted(tills.items()):
        if not walked.zs:
            continue
        first = min(walked.zs)
        later = select(z_report.c.number).where(z_report.c.till == till, z_report.c.number >= first)
        for number in connection.execute(later.order_by(z_report.c.number)).scalars():
            if number not in walked.zs:
                yield f"Z {z_name(till, number)}: it has no seal"


def _kept(
    kept: ExternalAnchor, is_signed: IsSigned, here: Mapping[tuple[str, int], str], of_z: Mapping[tuple[str, int], str]
) -> Iterator[str]:
    if kept.anchor:
        assert kept.z_number is not None, "paper has the anchors of Zs"
        own_seal, z = of_z.get((kept.till, kept.z_number)), z_name(kept.till, kept.z_number)
        if own_seal is None:
            yield f"Z {z}: its printout is kept, and the books end before it: they are older, or were cut off"
        elif own_seal[:ANCHOR] != kept.anchor:
            yield f"Z {z}: its printout has another anchor than the books: the books were rewritten"
        return
    name = f"seal {kept.number} {kept.till}"
    if not is_signed(_raw(kept.signature), kept.content.encode()):
        yield f"{name}, kept outside: the shop's key has not signed it"
        return
    content = here.get((kept.till, kept.number or 0))
    if content is None:
        yield f"{name}: it is kept outside, and the books end before it: they are older, or were cut off"
    elif content != kept.content:
        yield f"{name}: the one that is kept outside says something else: the books were rewritten"


def _raw(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except (ValueError, binascii.Error):
        return b""
