"""A visitor as a file names him: a document, alone or with what is to be done about him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos.application.text.json_fields import RequestApproval, read_approval, read_document, unrepeated
from pos.application.text.json_object import JsonObject, shown
from pos.domain.errors import BadField
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import DESTINATIONS


@dataclass(frozen=True, slots=True)
class VisitorTicket:
    """Whose paper, and where told: when he left, to which side, and who approves."""

    document: Document
    at: datetime | None = None
    destination: str | None = None
    approval: RequestApproval | None = None


def read_visitor_ticket(found: object, today: date) -> VisitorTicket:
    """A bare document, or an object of `document`, `at`, `destination`, `approve`; raises a BadInput with the field."""
    if not isinstance(found, dict) or "document" not in found:
        return VisitorTicket(read_document(found, "document", today))
    with unrepeated():
        return _read(JsonObject(found, ""), today)


def _read(table: JsonObject, today: date) -> VisitorTicket:
    document = read_document(table.take("document"), "document", today)
    at = None if table.optional("at") is None else table.instant("at")
    destination = table.optional("destination")
    if destination is not None and destination not in DESTINATIONS:
        raise BadField("destination", "unknown", shown(destination))
    approve = table.optional("approve")
    table.done()
    return VisitorTicket(
        document,
        at,
        None if destination is None else str(destination),
        None if approve is None else read_approval(approve),
    )
