"""Find a receipt without its number: by day, amount, goods or visitor, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from pos.application.access.authorize import authorize, authorized_read
from pos.application.ports.return_ports import FoundReceiptPage, ReceiptFilter, Sought
from pos.application.ports.store import Store, UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.text.search_days import days_meant, read_days
from pos.application.visitors.identify_visitor import visitor_of
from pos.application.visitors.lock_visitors import lock_visitors
from pos.domain.period import Period
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import Visitor

_AMOUNT = re.compile(r"\d{1,9}(?:[.,]\d{1,3})?")
_SHORT_NUMBER = re.compile(r"([A-Z][A-Z0-9]{0,7})-([0-9]{1,5})")
"""A receipt number without its zeros, or its beginning."""
_TIMES = re.compile(r"(\d{1,2}):(\d{2})(?:[-–](\d{1,2}):(\d{2}))?")
_AROUND = timedelta(minutes=15)
_SHORTEST_PART = 3
_MOST_DAYS = 31
_MOST_GOODS = 200
HISTORY_RIGHT = "reports"
_LONGEST = 100
_PAGE = 20


class FindReceipts(UseCase):
    """Search the sales of the whole shop, one page at a time. Needs the permission `return`."""

    def __call__(self, text: str, person: Person, before: int | None = None, limit: int = _PAGE) -> FoundReceiptPage:
        """Sales that match every word of `text`: a number, a day, an amount, goods; without words the latest.

        A word with several meanings is searched in all of them: 11.12 is two days and an amount. `before` is the `next`
        of a page.
        """
        with authorized_read(self.store, person, "return") as work:
            sought = tuple(_sought(work, text[:_LONGEST], self.today))
            return work.returns.find(sought, None, limit, before)

    def of_visitor(
        self, document: Document, person: Person, before: int | None = None, limit: int = _PAGE
    ) -> FoundReceiptPage:
        """The sales to the visitor of a document; none for an unknown visitor. The journal records the lookup."""
        return self._of_visitor(document, ReceiptFilter(), person, "return", before, limit)

    def history(
        self,
        text: str,
        filter_: ReceiptFilter,
        person: Person,
        before: int | None = None,
        limit: int = _PAGE,
        document: Document | None = None,
    ) -> FoundReceiptPage:
        """Sales and returns for a person with the permission `reports`: by words as above, also by part of a number.

        Two days (20.11-24.11) are a period, a time (14:30 or 14:00-15:00) is that of the days, or of today. With a
        `document` those of its visitor; the journal records the lookup. Raises NotAllowed, and DayDoubt for two days
        that can be read in two ways.
        """
        if document is not None:
            return self._of_visitor(document, filter_, person, HISTORY_RIGHT, before, limit)
        zone, today = self.settings().zone, self.today
        filter_, rest = _timed(text[:_LONGEST], filter_, today, zone)
        with authorized_read(self.store, person, HISTORY_RIGHT) as work:
            return work.returns.find(tuple(_sought(work, rest, today, part=True)), None, limit, before, filter_)

    def people(self, person: Person) -> Mapping[str, str]:
        """Present and former staff by sign-in name, whose receipts can be searched. Raises NotAllowed."""
        with authorized_read(self.store, person, HISTORY_RIGHT) as work:
            return work.people.names()

    def _of_visitor(
        self,
        document: Document,
        filter_: ReceiptFilter,
        person: Person,
        right: str,
        before: int | None,
        limit: int,
    ) -> FoundReceiptPage:
        visitor = visitor_of(document, "A", self.secrets)
        if before is None:
            log_visitor_lookup(self.store, self.now(), self.till, person, right, visitor)
        with authorized_read(self.store, person, right) as work:
            return work.returns.find((), visitor.keys, limit, before, filter_)


def _timed(text: str, filter_: ReceiptFilter, today: date, zone: tzinfo) -> tuple[ReceiptFilter, str]:
    """The filter with the period and the time of day among the words, and the other words."""
    rest: list[str] = []
    hours: tuple[time, time] | None = None
    for word in text.split():
        times = _times(word)
        if times is not None and hours is None:
            hours = times
            continue
        days = None if days_meant(word, today) else read_days(word, today)
        if days is not None:
            filter_ = replace(filter_, days=days)
        else:
            rest.append(word)
    if hours is None:
        return filter_, " ".join(rest)
    if filter_.days is None:
        each = next((meant for meant in (days_meant(word, today) for word in rest) if meant), (today,))
    else:
        count = min((filter_.days.last - filter_.days.first).days + 1, _MOST_DAYS)
        each = tuple(filter_.days.last - timedelta(days=n) for n in range(count))
    within = tuple((datetime.combine(day, hours[0], zone), datetime.combine(day, hours[1], zone)) for day in each)
    return replace(filter_, days=filter_.days or Period(min(each), max(each)), within=within), " ".join(rest)


def _times(word: str) -> tuple[time, time] | None:
    """A time of day: a span of it (14:00-15:00), or a quarter of an hour before and after an instant (14:30)."""
    match = _TIMES.fullmatch(word)
    if match is None:
        return None
    try:
        first = time(int(match[1]), int(match[2]))
        last = None if match[3] is None else time(int(match[3]), int(match[4]))
    except ValueError:
        return None
    if last is None:
        at = datetime.combine(date.min + timedelta(days=1), first)
        early, late = at - _AROUND, at + _AROUND
        return (
            early.time() if early.day == at.day else time.min,
            late.time() if late.day == at.day else time.max,
        )
    return (first, last) if first < last else None


def _sought(work: UnitOfWork, text: str, today: date, *, part: bool = False) -> Iterator[Sought]:
    goods: list[str] = []
    for word in text.split():
        term = _number(word) or _day(word, today) or _figure(work, word, part=part)
        term = term or _short_number(work, word, part=part)
        if term is None:
            goods.append(word)
        else:
            yield term
    if goods:
        yield Sought(products=_products(work, " ".join(goods)))


def _short_number(work: UnitOfWork, word: str, *, part: bool) -> Sought | None:
    """T1-123 for T1-000123; `part`: also all numbers that begin so. Goods may have such a code, too."""
    match = _SHORT_NUMBER.fullmatch(word.upper())
    if match is None:
        return None
    beginning = (match[1], match[2]) if part else None
    return Sought(receipt=(match[1], int(match[2])), beginning=beginning, products=_products(work, word))


def _number(word: str) -> Sought | None:
    try:
        return Sought(receipt=read_receipt_number(word))
    except NoSuchReceipt:
        return None


def _day(word: str, today: date) -> Sought | None:
    days = days_meant(word, today)
    return Sought(days=days, amount=_amount(word) if _AMOUNT.fullmatch(word) else None) if days else None


def _figure(work: UnitOfWork, word: str, *, part: bool = False) -> Sought | None:
    if not _AMOUNT.fullmatch(word):
        return None
    whole = int(word) if word.isdecimal() else None
    return Sought(
        number=whole,
        ending=word if part and whole is not None and len(word) >= _SHORTEST_PART else "",
        amount=_amount(word),
        products=_products(work, word) if whole is not None else (),
    )


def _amount(word: str) -> Decimal:
    return Decimal(word.replace(",", "."))


def _products(work: UnitOfWork, text: str) -> tuple[int, ...]:
    return tuple(work.products.find_ids(text, _MOST_GOODS))


LOOK_UP = "look_up"


def log_visitor_lookup(store: Store, at: datetime, till: str, person: Person, right: str, visitor: Visitor) -> None:
    """Log the person and the visitor, by row number; an unknown visitor has none. Raises NotAllowed."""
    with store.begin() as work:
        person = authorize(work, person, right)
        if work.visitors.adds_numbers(visitor):
            lock_visitors(work, (visitor,), at, till, person.name)
        known = work.visitors.known(visitor.keys)
        details = {"visitor": None if known is None else known.locked.visitor, "about": "receipts"}
        work.journal.write(at, till, person.name, LOOK_UP, details)
        work.commit()
