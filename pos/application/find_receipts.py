"""Find a receipt whose number nobody has: by day, amount, goods or visitor, newest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pos.application.at_work import reading_as
from pos.application.look_up import journal_look_up
from pos.application.ports import Clock, Secrets, Store, UnitOfWork
from pos.application.return_ports import ReceiptPage, Sought
from pos.application.settings import Settings
from pos.application.sought_days import read_day
from pos.domain.document import Document
from pos.domain.sale import NoSuchReceipt, read_receipt_number
from pos.domain.staff import Person

_AMOUNT = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")
_MOST_GOODS = 200
_LONGEST = 100
_PAGE = 20


@dataclass(frozen=True, slots=True)
class FindReceipts:
    """Search the sales of the whole shop, a page at a time. Needs the right `return`."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    secrets: Secrets
    till: str

    def __call__(self, text: str, person: Person, before: int | None = None, limit: int = _PAGE) -> ReceiptPage:
        """Sales that have every word of `text`: a number, a day, an amount, goods; without a word the latest.

        A word that can mean several things is sought as each of them. `before` is the `next` of a page.
        """
        today = self.now().astimezone(self.settings().zone).date()
        with reading_as(self.store, person, "return") as work:
            sought = tuple(_sought(work, text[:_LONGEST], today))
            return work.returns.found(sought, None, limit, before)

    def of_visitor(
        self, document: Document, person: Person, before: int | None = None, limit: int = _PAGE
    ) -> ReceiptPage:
        """The sales to the visitor of a document; none of a stranger. That he was looked up stands in the journal."""
        key = self.secrets.identity(document.identity)
        if before is None:
            journal_look_up(self.store, self.now(), self.till, person, "return", key)
        with reading_as(self.store, person, "return") as work:
            return work.returns.found((), key, limit, before)


def _sought(work: UnitOfWork, text: str, today: date) -> Iterator[Sought]:
    goods: list[str] = []
    for word in text.split():
        found = _number(word) or _day(word, today) or _figure(work, word)
        if found is None:
            goods.append(word)
        else:
            yield found
    if goods:
        yield Sought(products=_products(work, " ".join(goods)))


def _number(word: str) -> Sought | None:
    try:
        return Sought(receipt=read_receipt_number(word))
    except NoSuchReceipt:
        return None


def _day(word: str, today: date) -> Sought | None:
    found = read_day(word, today)
    return None if found is None else Sought(day=found, amount=_minor(word) if _AMOUNT.fullmatch(word) else None)


def _figure(work: UnitOfWork, word: str) -> Sought | None:
    if not _AMOUNT.fullmatch(word):
        return None
    whole = int(word) if word.isdecimal() else None
    return Sought(number=whole, amount=_minor(word), products=_products(work, word) if whole is not None else ())


def _minor(word: str) -> int:
    return int(Decimal(word.replace(",", ".")) * 100)  # all five currencies have two decimals


def _products(work: UnitOfWork, text: str) -> tuple[int, ...]:
    return tuple(work.products.find_ids(text, _MOST_GOODS))
