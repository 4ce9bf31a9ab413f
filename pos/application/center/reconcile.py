"""A shop's books of allowances against the center's: each difference by its name, explained or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pos.application.center.ledgers import plain_regimes
from pos.application.center.ports import BookedLine, CenterContext, ShopAtCenter
from pos.application.center.refusals import MemberNotKnown
from pos.application.reports.export_center_books import FORMAT
from pos.application.text.json_object import JsonObject, parse_json
from pos.domain.center.ledger import LineId
from pos.domain.center.reservation import ReservationState
from pos.domain.center.retention import kept_for
from pos.domain.errors import BadField

_MOST_LINES = 1_000_000
_MOST_UNITS = 1_000_000
_AROUND = timedelta(days=2)
"""How far the instants of one line may lie apart: the center's is that of the reservation."""
_NEAR_THE_END = timedelta(hours=3)
"""Before the end of the file a reservation may be of a sale after it; the two sides of a border differ by hours."""


class DifferenceKind(StrEnum):
    """What differs."""

    NOT_AT_CENTER = "not_at_center"
    NOT_IN_SHOP = "not_in_shop"
    UNITS = "units"
    RETURNED = "returned"
    CATEGORY = "category"
    REGIME = "regime"
    INSTANT = "instant"


class Explanation(StrEnum):
    """Why a difference is none of the books."""

    IN_DOUBT = "in_doubt"
    """The center has the goods reserved, and the till has not confirmed the sale yet."""
    RELEASED = "released"
    """A person released the reservation, and the till has not confirmed the sale yet."""
    ERASED = "erased"
    """Older than what the center keeps."""
    BEFORE_MEMBERSHIP = "before_membership"
    """Sold before the shop took part."""
    RETURNED_AFTER_DEPARTURE = "returned_after_departure"
    """It came back after it had left: flagged, and not given back."""
    NEAR_THE_END = "near_the_end"
    """Reserved so shortly before the end of the file that the sale may lie behind it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that differs: what the shop has and what the center has of it, and why, where it is known."""

    kind: DifferenceKind
    line: LineId
    shop: str | None
    center: str | None
    explained: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many lines were in the file and at the center, and what differs."""

    in_shop: int
    at_center: int
    differences: Sequence[Difference]

    @property
    def is_explained(self) -> bool:
        """Whether nothing is left to be looked at."""
        return all(each.explained is not None for each in self.differences)


@dataclass(frozen=True, slots=True)
class _Books:
    since: datetime
    until: datetime
    lines: Mapping[LineId, BookedLine]


@dataclass(frozen=True, slots=True)
class ReconcileShop:
    """Reads everything in one state of the database; changes nothing. Raises MemberNotKnown and BadField."""

    context: CenterContext

    def __call__(self, member: str, text: str) -> Reconciled:
        books = _read(text)
        with self.context.store.reading() as work:
            shop = work.audit.shop(member, books.since - _AROUND, books.until + _AROUND)
        if shop is None:
            raise MemberNotKnown(member)
        kept_since = self.context.now() - kept_for(plain_regimes(self.context).values())
        differences = sorted(_differences(books, shop, kept_since), key=lambda each: (each.line, each.kind))
        within = [line for line in shop.lines.values() if books.since <= line.at < books.until]
        return Reconciled(len(books.lines), len(within), differences)


def _differences(books: _Books, shop: ShopAtCenter, kept_since: datetime) -> Iterator[Difference]:
    for line, sold in books.lines.items():
        booked = shop.lines.get(line)
        if booked is None:
            why = _why_not_at_center(sold, shop.reserved.get(line.sale), shop.since, kept_since)
            yield Difference(DifferenceKind.NOT_AT_CENTER, line, str(sold.units), None, why)
        else:
            yield from _of_line(line, sold, booked, shop)
    for line, booked in shop.lines.items():
        if line not in books.lines and books.since <= booked.at < books.until:
            near = Explanation.NEAR_THE_END if booked.at >= books.until - _NEAR_THE_END else None
            yield Difference(DifferenceKind.NOT_IN_SHOP, line, None, str(booked.units), near)


def _of_line(line: LineId, sold: BookedLine, booked: BookedLine, shop: ShopAtCenter) -> Iterator[Difference]:
    if sold.units != booked.units:
        yield Difference(DifferenceKind.UNITS, line, str(sold.units), str(booked.units))
    if sold.category != booked.category:
        yield Difference(DifferenceKind.CATEGORY, line, sold.category, booked.category)
    if sold.regime != booked.regime:
        yield Difference(DifferenceKind.REGIME, line, sold.regime, booked.regime)
    if abs(sold.at - booked.at) > _AROUND:
        yield Difference(DifferenceKind.INSTANT, line, sold.at.isoformat(), booked.at.isoformat())
    if sold.returned != booked.returned:
        late = Explanation.RETURNED_AFTER_DEPARTURE if line in shop.returned_after_departure else None
        yield Difference(DifferenceKind.RETURNED, line, str(sold.returned), str(booked.returned), late)


def _why_not_at_center(
    sold: BookedLine, reserved: ReservationState | None, member_since: datetime, kept_since: datetime
) -> Explanation | None:
    if reserved is ReservationState.OPEN:
        return Explanation.IN_DOUBT
    if reserved is ReservationState.RELEASED:
        return Explanation.RELEASED
    if sold.at < member_since:
        return Explanation.BEFORE_MEMBERSHIP
    return Explanation.ERASED if sold.at < kept_since else None


def _read(text: str) -> _Books:
    """The file of a shop. Raises BadField."""
    table = JsonObject(parse_json(text), "")
    if table.text("format") != FORMAT:
        raise table.bad("format", "not_one_of")
    since, until = table.instant("from"), table.instant("until")
    table.instant("made_at")
    listed = table.items("lines")
    table.done()
    if len(listed) > _MOST_LINES:
        raise BadField("lines", "too_large", str(len(listed)))
    lines: dict[LineId, BookedLine] = {}
    for number, each in enumerate(listed):
        line = JsonObject(each, f"lines[{number}]")
        key = LineId(line.text("sale"), _whole(line, "line"))
        if key in lines:
            raise line.bad("line", "given_twice")
        lines[key] = BookedLine(
            line.instant("at"), line.text("regime"), line.text("category"), _whole(line, "units"),
            _whole(line, "returned"),
        )  # fmt: skip
        line.done()
    return _Books(since, until, lines)


def _whole(line: JsonObject, field: str) -> int:
    number = line.whole(field, _MOST_UNITS)
    if number is None:
        raise line.bad(field, "missing")
    return number
