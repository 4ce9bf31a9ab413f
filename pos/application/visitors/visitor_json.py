"""JSON of a visitor for the command line: masked documents, purchases, remaining allowance by regime."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pos.application.ports.visitor_ports import IdDocument, KnownVisitor, LedgerLine
from pos.application.quota.check_quota import result_of
from pos.application.visitors.move_quota import MovedQuota
from pos.application.visitors.record_departure import Departure
from pos.application.visitors.record_gate import GateResult
from pos.application.visitors.show_visitor import VisitorAccount
from pos.domain.quota.evaluation import Evaluation


def visitor_answer(account: VisitorAccount) -> dict[str, Any]:
    """The output of `visitor show`."""
    known = account.known
    return {
        "document": account.visitor.masked,
        "country": account.visitor.country,
        "known": known is not None,
        "first_seen": None if known is None else known.first_seen.isoformat(),
        "last_seen": None if known is None else known.last_seen.isoformat(),
        "papers": [] if known is None else [_document_json(document) for document in known.id_documents],
        "entries": [] if known is None else [day.isoformat() for day in known.entries],
        "asked_on": None if known is None or known.asked_on is None else known.asked_on.isoformat(),
        "regimes": {name: {"regime": name, **result_of(judgement)} for name, judgement in account.judged.items()},
        "at_most": {name: _most(judgement) for name, judgement in account.judged.items()},
        "held": account.held,
        "purchases": [_purchase(line) for line in account.purchases],
    }


def documents_answer(known: KnownVisitor) -> dict[str, Any]:
    """The output of `visitor link` and `visitor part`: all documents of the person."""
    return {"papers": [_document_json(document) for document in known.id_documents]}


def departure_answer(departure: Departure) -> dict[str, Any]:
    """The output of `visitor left`: what left, by regime; empty if nothing was pending."""
    return {
        "document": departure.visitor.masked,
        "at": departure.at.isoformat(),
        "left": {under.regime.id: {"lines": len(under.lines), "units": under.units} for under in departure.left},
    }


def gate_answer(result: GateResult) -> dict[str, Any]:
    """The output of `visitor left --gate`."""
    return asdict(result) | {"rejects": [reject._asdict() for reject in result.rejects]}


def moved_answer(moved: MovedQuota) -> dict[str, Any]:
    """The output of `visitor move`: the lines, and the evaluation of the right visitor's pending goods."""
    return {
        "receipt": moved.receipt,
        "document": moved.visitor.masked,
        "lines": [line.key.line for line in moved.lines if line.key is not None],
        "quota": {"regime": moved.regime.id, **result_of(moved.judgement)},
    }


def _most(judgement: Evaluation) -> list[str]:
    """The rules whose `left` is the most that can be, until the visitor has been asked about the days of entry."""
    return [one.rule.id for one in judgement.assessment.rules if one.open]


def _document_json(document: IdDocument) -> dict[str, Any]:
    return {"kind": document.kind, "country": document.country, "document": document.masked, "own": document.own}


def _purchase(line: LedgerLine) -> dict[str, Any]:
    return {
        "receipt": line.receipt,
        "at": line.at.isoformat(),
        "regime": line.regime,
        "carried_out_at": None if line.carried_out_at is None else line.carried_out_at.isoformat(),
        "declared": line.key is not None and line.key.declared,
        "moved": line.moved.value,
        "voided_by": line.voided_by or None,
        "name": line.name,
        "category": line.category,
        "quantity": line.quantity,
        "taxed": line.taxed,
        "unit_price": str(line.unit_price),
        "discount": str(line.discount),
        "currency": line.unit_price.currency.code,
    }
