"""Reads what the center answers: ledgers, reservations and problem documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from pos.application.center.refusals import (
    ClockDiffers,
    CredentialUnknown,
    KeyClosed,
    KeyReused,
    LedgerMoved,
    LineNotKnown,
    PersonsDiffer,
    ReservationNotKnown,
    RulesDiffer,
    StricterVerdict,
    TooManyLookups,
    VisitorNotKnown,
)
from pos.application.center.requests import Booked, Reserved, ReservedLines, VisitorLedger
from pos.application.membership.offered import OfferedRate, OfferedRules
from pos.application.membership.refusals import CallNotTaken, CenterAway
from pos.domain.catalogue.product import Attributes
from pos.domain.center.ledger import LedgerGoods, LineId, StandingLine
from pos.domain.errors import RuleBroken
from pos.domain.quota.measure import Goods, QuotaRates
from pos.domain.quota.rule import UnknownRegime

T = TypeVar("T")

NOT_UNDERSTOOD = "not_understood"
_TYPE = "urn:border-pos:center:"
_OWN, _OTHER = 1, 0
"""A till knows of a line only whether it is its shop's own."""

_REFUSALS: Mapping[str, type[RuleBroken]] = {
    kind.fact: kind
    for kind in (
        ClockDiffers, CredentialUnknown, KeyClosed, KeyReused, LineNotKnown, PersonsDiffer, ReservationNotKnown,
        RulesDiffer, StricterVerdict, TooManyLookups, UnknownRegime, VisitorNotKnown,
    )
}  # fmt: skip
_DIGITS = 64
"""Of a SHA-256 in hex."""
_MEASURES = ("ml", "abv", "net_g", "gross_kg")
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""What is over after a while, with the same call again."""


def understood(read: Callable[[Any], T], content: Any) -> T:
    """What `read` makes of an answer. Raises CenterAway for one that a program of this version cannot read."""
    try:
        return read(content)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise CenterAway(NOT_UNDERSTOOD) from error


def problem_of(status: int, content: Any) -> RuleBroken:
    """The refusal that a problem document says, or CenterAway for anything that is none."""
    name = content.get("type") if isinstance(content, dict) else None
    if not isinstance(name, str) or not name.startswith(_TYPE):
        return CenterAway(NOT_UNDERSTOOD)
    name = name.removeprefix(_TYPE)[:60]
    if name == LedgerMoved.fact:
        return LedgerMoved([understood(visitor_ledger, each) for each in understood(_listed, content.get("visitors"))])
    kind = _REFUSALS.get(name)
    if kind is not None:
        return kind(*(_fact(content.get(each.name), str(each.type)) for each in fields(kind)))  # type: ignore[arg-type]  # a dataclass, as all refusals are
    return CenterAway(name) if status in _LATER else CallNotTaken(name)


def visitor_ledger(content: Any) -> VisitorLedger:
    """The answer to a look-up."""
    return VisitorLedger(
        _text(content["reference"]),
        _whole(content["version"]),
        _instant(content["at"]),
        tuple(_standing(each) for each in _listed(content["lines"])),
        tuple(_reserved(each) for each in _listed(content["reservations"])),
        tuple(date.fromisoformat(day) for day in _listed(content["entries"])),
    )


def offered_rules(content: Any) -> Sequence[OfferedRules]:
    """The regimes in force at the center."""
    return [_offered(each) for each in _listed(content)]


def offered_rates(content: Any) -> Sequence[OfferedRate]:
    """The customs rates of the center's day."""
    return [_rate(each) for each in _listed(content["rates"])]


def reservation(content: Any) -> Reserved:
    """The answer to a reservation."""
    return Reserved(_text(content["key"]), _instant(content["until"]), _versions(content["versions"]))


def booked(content: Any) -> Booked:
    """The answer to what happened."""
    return Booked(_versions(content["versions"]), tuple(map(_text, _listed(content["flags"]))))


def _standing(line: Any) -> StandingLine:
    own = line["own"] is True
    goods = _goods(line)
    id_ = LineId(_text(line["sale"]), _whole(line["line"])) if own else LineId("", 0)
    left = None if line["carried_out_at"] is None else _instant(line["carried_out_at"])
    return StandingLine(
        id_,
        _OWN if own else _OTHER,
        _text(line["regime"]),
        _instant(line["at"]),
        left,
        goods.goods,
        goods.rates,
        line["declared"] is True,
    )


def _reserved(each: Any) -> ReservedLines:
    return ReservedLines(
        each["own"] is True,
        _text(each["regime"]),
        _instant(each["at"]),
        _instant(each["until"]),
        each["in_doubt"] is True,
        tuple(_goods(line) for line in _listed(each["lines"])),
        _text(each.get("sale") or ""),
    )


def _offered(each: Any) -> OfferedRules:
    digest, since = _text(each["digest"]), each["since"]
    if len(digest) != _DIGITS:
        raise ValueError("no digest")
    return OfferedRules(_text(each["id"]), digest, None if since is None else date.fromisoformat(since))


def _rate(each: Any) -> OfferedRate:
    per_unit = Decimal(_text(each["per_unit"]))
    if not (per_unit.is_finite() and per_unit > 0):
        raise ValueError("a rate that is no rate")
    return OfferedRate(_text(each["currency"]), _text(each["base"]), per_unit, date.fromisoformat(each["day"]))


def _goods(line: Any) -> LedgerGoods:
    known: dict[str, Any] = {name: Decimal(line[name]) for name in _MEASURES if line[name] is not None}
    known |= {name: _whole(line[name]) for name in ("sticks", "pieces") if line[name] is not None}
    attributes = Attributes(**known, variant=line["variant"])
    goods = Goods(
        "",
        _text(line["category"]),
        _whole(line["quantity"]),
        Fraction(line["unit_price"]),
        _text(line["currency"]),
        Fraction(line["discount"]),
        attributes,
        _whole(line["taxed_units"]),
    )
    rates = {_text(code): Fraction(rate) for code, rate in line["rates"]["per_unit"].items()}
    if any(rate <= 0 for rate in rates.values()):
        raise ValueError("a rate that is no rate")
    return LedgerGoods(line["line"] or 0, goods, QuotaRates(_text(line["rates"]["base"]), rates))


def _versions(content: Any) -> Mapping[str, int]:
    return {_text(reference): _whole(version) for reference, version in content.items()}


def _fact(value: Any, kind: str) -> Any:
    """A figure of a refusal: of the type that it has here, whatever came."""
    if kind == "int":
        return value if isinstance(value, int) else 0
    return value[:200] if isinstance(value, str) else ""


def _listed(value: Any) -> Sequence[Any]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("no whole number")
    return value


def _instant(value: Any) -> datetime:
    instant = datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone")
    return instant
