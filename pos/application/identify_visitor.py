"""A visitor from a travel document: masked, hashed with the shop's key, without the number itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pos.application.ports import Secrets
from pos.domain.document import Document
from pos.domain.visitor import Visitor


def visitor_of(
    document: Document, label: str, secrets: Secrets, residence: str | None = None, entries: Sequence[date] = ()
) -> Visitor:
    """A visitor from a document; the number itself stays behind."""
    return Visitor(
        label=label,
        key=secrets.identity(document.identity),
        kind=document.kind,
        country=document.country,
        nationality=document.nationality or document.country,
        masked=document.masked,
        name=document.masked_name,
        birth_date=document.birth_date,
        residence=residence or document.residence,
        expiry=document.expiry,
        entries=tuple(entries),
    )
