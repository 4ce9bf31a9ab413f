"""Read a visitor from a request file: a document, alone or with an instruction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos.application.text.json_fields import RequestApproval, read_approval, read_document, unrepeated
from pos.application.text.json_object import JsonObject, shown
from pos.domain.border import border_in_force
from pos.domain.errors import BadField
from pos.domain.visitors.document import Document


@dataclass(frozen=True, slots=True)
class VisitorTicket:
    """A document, and where given: time of departure, destination, approval."""

    document: Document
    at: datetime | None = None
    destination: str | None = None
    approval: RequestApproval | None = None


def read_visitor_ticket(value: object, today: date) -> VisitorTicket:
    """A bare document, or an object of `document`, `at`, `destination`, `approve`; raises a BadInput with the field."""
    if not isinstance(value, dict) or "document" not in value:
        return VisitorTicket(read_document(value, "document", today))
    with unrepeated():
        return _read(JsonObject(value, ""), today)


def _read(table: JsonObject, today: date) -> VisitorTicket:
    document = read_document(table.take("document"), "document", today)
    at = None if table.optional("at") is None else table.instant("at")
    destination = table.optional("destination")
    if destination is not None and destination not in border_in_force().sides:
        raise BadField("destination", "unknown", shown(destination))
    approve = table.optional("approve")
    table.done()
    return VisitorTicket(
        document,
        at,
        None if destination is None else str(destination),
        None if approve is None else read_approval(approve),
    )
