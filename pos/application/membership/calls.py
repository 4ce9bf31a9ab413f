"""Calls of the center that tell what happened, with their JSON. It is kept as it is sent: the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pos.application.center.requests import (
    DeclaredGoods,
    Departure,
    DocumentLink,
    EntryDays,
    MovedLines,
    Person,
    ReservationRequest,
    ReturnedUnits,
    SaleConfirmation,
    UnitsBack,
    UnseenSale,
    VisitorLookup,
)
from pos.domain.center.ledger import LedgerGoods, Reassessed

CONFIRM, UNSEEN, RETURN, MOVE, DEPARTURE, DECLARED, ENTRIES, LINK = (
    "sale", "unseen_sale", "return", "move", "departure", "declared", "entries", "link",
)  # fmt: skip

_ADDRESSES = {
    UNSEEN: "/v1/sales",
    RETURN: "/v1/returns",
    MOVE: "/v1/moves",
    DEPARTURE: "/v1/departures",
    DECLARED: "/v1/declared",
    ENTRIES: "/v1/entries",
    LINK: "/v1/links",
}
KINDS = (CONFIRM, *_ADDRESSES)
"""The kinds of calls that a till sends after its own step."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its `kind`, the `key` under which it is booked once, and its body."""

    kind: str
    key: str
    body: str

    @property
    def address(self) -> str:
        """The path; of a confirmation it names the reservation, which the adapter quotes."""
        return _ADDRESSES.get(self.kind, "")


def lookup_body(lookup: VisitorLookup) -> str:
    """Of POST /v1/visitors."""
    return _text({"identities": list(lookup.identities), "person": _person(lookup.person), "regime": lookup.regime})


def reservation_body(request: ReservationRequest) -> str:
    """Of POST /v1/reservations."""
    body: dict[str, Any] = {
        "key": request.key,
        "sale": request.sale,
        "seconds": request.seconds,
        "rules": {"regime": request.rules.regime, "digest": request.rules.digest},
        "evaluator": request.evaluator,
        "clock": request.clock.isoformat(),
        "rates": _rates_of([line for share in request.visitors for line in share.lines]),
        "visitors": [
            {
                "reference": share.reference,
                "if_version": share.if_version,
                "person": _person(share.person),
                "verdict": share.verdict.word,
                "lines": _lines(share.lines),
            }
            for share in request.visitors
        ],
        "returns": _units(request.returns),
        "reassessed": _dutiable(request.reassessed),
        "approved": request.is_approved,
    }
    if request.replaces is not None:
        body["replaces"] = request.replaces
    return _text(body)


def confirmation(sale: SaleConfirmation) -> Call:
    """The sale of a reservation was recorded."""
    lines = [line for share in sale.visitors for line in share.lines]
    body = {
        "rates": _rates_of(lines),
        "visitors": [{"reference": share.reference, "lines": _lines(share.lines)} for share in sale.visitors],
    }
    return Call(CONFIRM, sale.key, _text(body))


def unseen_sale(sale: UnseenSale) -> Call:
    """A sale was recorded while the center was away."""
    body = {
        "key": sale.key,
        "sale": sale.sale,
        "at": sale.at.isoformat(),
        "regime": sale.regime,
        "rates": _rates_of([line for share in sale.visitors for line in share.lines]),
        "visitors": [
            {
                "identities": list(share.identities),
                "person": _person(share.person),
                "lines": _lines(share.lines),
            }
            for share in sale.visitors
        ],
    }
    return Call(UNSEEN, sale.key, _text(body))


def units_returned(returned: ReturnedUnits) -> Call:
    """Goods came back."""
    body = {"key": returned.key, "at": returned.at.isoformat(), "units": _units(returned.units)}
    return Call(RETURN, returned.key, _text(body | _judged_again(returned.reassessed)))


def lines_moved(moved: MovedLines) -> Call:
    """Lines go to another visitor."""
    body = {
        "key": moved.key,
        "from_visitor": moved.from_visitor,
        "to_visitor": moved.to_visitor,
        "lines": [{"sale": each.sale, "line": each.line} for each in moved.lines],
    }
    return Call(MOVE, moved.key, _text(body | _judged_again(moved.reassessed)))


def visitor_departed(left: Departure) -> Call:
    """A visitor left."""
    instants = {name: getattr(left, name).isoformat() for name in ("first", "last", "at")}
    return Call(
        DEPARTURE, left.key, _text({"key": left.key, "visitor": left.visitor, "regime": left.regime, **instants})
    )


def goods_declared(declared: DeclaredGoods) -> Call:
    """A visitor declared goods."""
    body: dict[str, Any] = {
        "key": declared.key,
        "visitor": declared.visitor,
        "regime": declared.regime,
        "at": declared.at.isoformat(),
        "rates": _rates_of(declared.lines),
        "lines": _lines(declared.lines),
    }
    if declared.carried_out_at is not None:
        body["carried_out_at"] = declared.carried_out_at.isoformat()
    return Call(DECLARED, declared.key, _text(body))


def days_entered(entries: EntryDays) -> Call:
    """A visitor entered on these days."""
    days = [day.isoformat() for day in entries.days]
    body: dict[str, Any] = {"key": entries.key, "visitor": entries.visitor, "days": days}
    return Call(ENTRIES, entries.key, _text(body | ({"taken_back": True} if entries.taken_back else {})))


def documents_linked(link: DocumentLink) -> Call:
    """Two documents are one person."""
    body = {"key": link.key, "first": list(link.first), "second": list(link.second)}
    return Call(LINK, link.key, _text(body))


def amount_text(number: Fraction | Decimal) -> str:
    """An exact number with at most nine decimals, as the API writes money, measures and rates."""
    exact = Fraction(number)
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):.9f}"
    return text.rstrip("0").rstrip(".")


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _person(person: Person) -> dict[str, Any]:
    known: dict[str, Any] = {"entries": [day.isoformat() for day in person.entries]}
    if person.birth_date is not None:
        known["birth_date"] = person.birth_date.isoformat()
    if person.born_from is not None:
        known["born_from"] = person.born_from.isoformat()
    if person.residence is not None:
        known["residence"] = person.residence
    return known


def _rates_of(lines: Sequence[LedgerGoods]) -> dict[str, Any]:
    """All lines of one step have the rates of one instant."""
    rates = lines[0].rates
    per_unit = {code: amount_text(rate) for code, rate in sorted(rates.per_unit.items())}
    return {"base": rates.base, "per_unit": per_unit}


def _lines(lines: Sequence[LedgerGoods]) -> list[dict[str, Any]]:
    return [_line(line) for line in lines]


def _line(line: LedgerGoods) -> dict[str, Any]:
    goods, of = line.goods, line.goods.attributes
    measures = {"ml": of.ml, "abv": of.abv, "net_g": of.net_g, "gross_kg": of.gross_kg}
    counts = {"sticks": of.sticks, "pieces": of.pieces, "variant": of.variant}
    return {
        "line": line.line,
        "category": goods.category,
        "quantity": goods.quantity,
        "unit_price": amount_text(goods.unit_price),
        "currency": goods.currency,
        "discount": amount_text(goods.discount),
        "taxed_units": goods.taxed_units,
        **{name: amount_text(value) for name, value in measures.items() if value is not None},
        **{name: value for name, value in counts.items() if value is not None},
    }


def _judged_again(reassessed: Sequence[Reassessed]) -> dict[str, Any]:
    """Only where there is any: a center of an earlier version knows of none."""
    return {"reassessed": _dutiable(reassessed)} if reassessed else {}


def _dutiable(reassessed: Sequence[Reassessed]) -> list[dict[str, Any]]:
    return [{"sale": each.sale, "line": each.line, "taxed_units": each.taxed} for each in reassessed]


def _units(units: Sequence[UnitsBack]) -> list[dict[str, Any]]:
    return [{"sale": each.id.sale, "line": each.id.line, "units": each.units} for each in units]
