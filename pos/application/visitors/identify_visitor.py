"""Create a visitor from a travel document: masked, hashed with the shop's key, without the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pos.application.ports.store import Secrets
from pos.domain.errors import Refused
from pos.domain.visitors.declared_purchases import Declared
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import Visitor

Shown = Visitor | Document
"""A visitor to look up: a known visitor, or a document just read."""


@dataclass(eq=False)
class UnknownVisitor(Refused):
    """The shop has never seen this document; `document` is its masked number."""

    fact = "unknown_visitor"

    document: str


def visitor_of(
    document: Document,
    label: str,
    secrets: Secrets,
    residence: str | None = None,
    entries: Sequence[date] = (),
    declared: Sequence[Declared] = (),
) -> Visitor:
    """Create a visitor from a document; the number itself is not kept."""
    return Visitor(
        label=label,
        key=secrets.identity(document.identity),
        document_key="" if document.own_identity is None else secrets.identity(document.own_identity),
        perhaps=tuple(map(secrets.identity, document.perhaps)),
        identities=_identities(document, secrets),
        kind=document.kind,
        country=document.country,
        nationality=document.nationality or document.country,
        masked=document.masked,
        name=document.masked_name,
        birth_date=document.birth_date,
        born_from=document.born_from,
        residence=residence or document.residence,
        expiry=document.expiry,
        entries=tuple(entries),
        declared=tuple(declared),
    )


def _identities(document: Document, secrets: Secrets) -> tuple[str, ...]:
    """The same numbers as the shop's own keys, for the center."""
    own = () if document.own_identity is None else (document.own_identity,)
    numbers = (document.identity, *own, *document.perhaps)
    return tuple(dict.fromkeys(each for number in numbers for each in secrets.member_identities(number)))


def visitor_shown(shown: Shown, secrets: Secrets, label: str = "A") -> Visitor:
    """The visitor for `shown`, under this label."""
    if isinstance(shown, Document):
        return visitor_of(shown, label, secrets)
    return replace(shown, label=label)
