"""Promotions: added for a time, listed, ended. What a sale took off by one stays as it was sold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from pos.application.at_work import at_work, reading_as
from pos.application.goods_for_sale import UnknownCode
from pos.application.ports import Clock, Store
from pos.application.settings import Settings
from pos.domain.barcode import read_code
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.promotion import NoSuchPromotion, Promotion, PromotionOver
from pos.domain.staff import Person

ACT = "price"
"""The right that promotions need."""


@dataclass(frozen=True, slots=True)
class WantedPromotion:
    """A promotion to be added; from now on without `since`, on all goods without `scope` or `code`."""

    name: str
    percent: Decimal | None = None
    amount: Money | None = None
    take: int | None = None
    pay: int | None = None
    scope: str | None = None
    code: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Promotions:
    """The promotions of the shop; each act needs the right `price` and stands in the journal."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    till: str

    def all(self, person: Person) -> Sequence[Promotion]:
        """Every promotion: those that hold or will first, the youngest of them on top."""
        with reading_as(self.store, person, ACT) as work:
            found = work.promotions.all()
        now = self.now()
        return sorted(found, key=lambda promotion: (promotion.is_over(now), -promotion.id))

    def add(self, wanted: WantedPromotion, person: Person) -> Promotion:
        """Record a promotion. Raises BadField, UnknownCode, NotAllowed."""
        at = self.now()
        code = None if wanted.code is None else read_code(wanted.code, "code").canonical
        promotion = Promotion(
            id=0,
            name=wanted.name.strip(),
            since=wanted.since or at,
            until=wanted.until,
            scope=wanted.scope or "*",
            code=code,
            percent=wanted.percent,
            amount=wanted.amount,
            take=wanted.take,
            pay=wanted.pay,
        )
        promotion.check()
        if promotion.is_over(at):
            raise BadField("to", "in_the_past", (promotion.until or at).isoformat())
        with self.store.begin() as work:
            person = at_work(work, person, ACT)
            if code is not None and work.products.by_code(code, at) is None:
                raise UnknownCode(code)
            added = work.promotions.add(promotion, person.name)
            work.journal.write(at, self.till, person.name, "add_promotion", promotion_answer(added))
            work.commit()
        return added

    def end(self, number: int, person: Person) -> Promotion:
        """End a promotion now, before its time. Raises NoSuchPromotion, PromotionOver, NotAllowed."""
        at = self.now()
        with self.store.begin() as work:
            person = at_work(work, person, ACT)
            promotion = work.promotions.by_id(number)
            if promotion is None:
                raise NoSuchPromotion(number)
            if promotion.is_over(at):
                raise PromotionOver(number)
            work.promotions.end(number, at)
            work.journal.write(
                at, self.till, person.name, "end_promotion", {"promotion": number, "name": promotion.name}
            )
            work.commit()
        return replace(promotion, ended_at=at)


def promotion_answer(promotion: Promotion) -> dict[str, object]:
    """A promotion as the command line and the journal tell it."""

    def instant(at: datetime | None) -> str | None:
        return None if at is None else at.isoformat()

    amount = promotion.amount
    return {
        "promotion": promotion.id,
        "name": promotion.name,
        "percent": None if promotion.percent is None else format(promotion.percent, "f"),
        "amount": None if amount is None else {"amount": str(amount), "currency": amount.currency.code},
        "take": promotion.take,
        "pay": promotion.pay,
        "category": promotion.scope if promotion.code is None else None,
        "code": promotion.code,
        "from": instant(promotion.since),
        "to": instant(promotion.until),
        "ended": instant(promotion.ended_at),
    }
