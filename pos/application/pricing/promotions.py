"""Promotions: added for a period, changed until they begin, listed, ended. Recorded sales keep their discounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.ports.pricing_ports import Among, PricedGood
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.money import Money
from pos.domain.pricing.promotion import NoSuchPromotion, Promotion
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person

PERMISSION = "price"
"""The permission for promotions."""
_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class PromotionDraft:
    """A draft of a promotion; it starts now without `since`, and covers all goods without `scope` or `code`."""

    name: str
    percent: Decimal | None = None
    amount: Money | None = None
    take: int | None = None
    pay: int | None = None
    scope: str | None = None
    code: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def of(cls, promotion: Promotion) -> PromotionDraft:
        """A promotion as it was drafted."""
        scope = None if promotion.code is not None else promotion.scope
        return cls(
            promotion.name,
            promotion.percent,
            promotion.amount,
            promotion.take,
            promotion.pay,
            scope,
            promotion.code,
            promotion.since,
            promotion.until,
        )


@dataclass(frozen=True, slots=True)
class Example:
    """The price of a product without and with the promotion: for one piece, or for the minimum quantity."""

    names: tuple[tuple[str, str], ...]
    pieces: int
    before: Money
    after: Money

    def name_in(self, language: str) -> str:
        """The product name in a language, else the one on file."""
        names = dict(self.names)
        return names.get(language) or names[""]


@dataclass(frozen=True, slots=True)
class Reach:
    """The number of priced products covered by a promotion, and its effect on the product of the median price."""

    goods: int
    example: Example | None = None


class Promotions(UseCase):
    """Manages the promotions of the shop; each step needs the permission `price` and is logged in the journal."""

    def all(self, person: Person) -> Sequence[Promotion]:
        """Every promotion: active and future ones first, the newest on top."""
        with authorized_read(self.store, person, PERMISSION) as work:
            promotions = work.promotions.all()
        now = self.now()
        return sorted(promotions, key=lambda promotion: (promotion.is_over(now), -promotion.id))

    def one(self, number: int, person: Person) -> Promotion:
        """A promotion by its number. Raises NoSuchPromotion."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return _stored(work, number)

    def add(self, draft: PromotionDraft, person: Person) -> Promotion:
        """Record a promotion that begins now or later. Raises BadField, UnknownCode, NotAllowed."""
        at = self.now()
        promotion = _promotion(draft, at)
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            _product(work, promotion, at)
            added = work.promotions.add(promotion, person.name)
            work.journal.write(at, self.till, person.name, "add_promotion", promotion_json(added))
            work.commit()
        return added

    def change(self, number: int, draft: PromotionDraft, person: Person, seen: Promotion | None = None) -> Promotion:
        """Record a promotion that has not begun as the draft has it; it keeps its number.

        Raises NoSuchPromotion, PromotionOver, PromotionBegun, BadField, UnknownCode and NotAllowed; MovedMeanwhile
        where it is not as the person has `seen` it any more.
        """
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            before = _stored(work, number)
            before.check_changeable(at)
            changed = replace(_promotion(draft, at), id=number)
            if seen is not None and before != seen:
                raise MovedMeanwhile
            _product(work, changed, at)
            if not work.promotions.change(before, changed):
                raise MovedMeanwhile
            was, now = promotion_json(before), promotion_json(changed)
            differs = {name: value for name, value in was.items() if value != now[name]}
            work.journal.write(at, self.till, person.name, "change_promotion", {**now, "before": differs})
            work.commit()
        return changed

    def reach(self, draft: PromotionDraft, person: Person) -> Reach:
        """What `add` or `change` would cover; nothing is written. Raises BadField, UnknownCode, NotAllowed."""
        at = self.now()
        promotion = _promotion(draft, at)
        with authorized_read(self.store, person, PERMISSION) as work:
            product, since = _product(work, promotion, at), max(promotion.since, at)
            ids = None if product is None else [product.id]
            among, after, goods = Among(promotion.scope if product is None else "*"), 0, list[PricedGood]()
            while page := work.priced.page(among, ids, since, after, _PAGE):
                goods += page
                after = page[-1].id
        if not goods:
            return Reach(0)
        middle = sorted(goods, key=lambda good: (good.price.minor, good.id))[len(goods) // 2]
        return Reach(len(goods), _example(promotion, middle))

    def end(self, number: int, person: Person) -> Promotion:
        """End a promotion now, before its end. Raises NoSuchPromotion, PromotionOver, NotAllowed."""
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            promotion = _stored(work, number)
            promotion.check_running(at)
            work.promotions.end(number, at)
            work.journal.write(
                at, self.till, person.name, "end_promotion", {"promotion": number, "name": promotion.name}
            )
            work.commit()
        return replace(promotion, ended_at=at)


def _stored(work: UnitOfWork, number: int) -> Promotion:
    """Raises NoSuchPromotion."""
    promotion = work.promotions.by_id(number)
    if promotion is None:
        raise NoSuchPromotion(number)
    return promotion


def _promotion(draft: PromotionDraft, at: datetime) -> Promotion:
    """The promotion of the draft. Raises BadField."""
    promotion = Promotion(
        id=0,
        name=draft.name.strip(),
        since=(draft.since or at).astimezone(UTC),  # as the store answers it
        until=None if draft.until is None else draft.until.astimezone(UTC),
        scope=draft.scope or "*",
        code=None if draft.code is None else read_code(draft.code, "code").canonical,
        percent=draft.percent,
        amount=draft.amount,
        take=draft.take,
        pay=draft.pay,
    )
    promotion.check()
    if draft.since is not None and draft.since < at:
        raise BadField("from", "in_the_past", draft.since.isoformat())
    if promotion.is_over(at):
        raise BadField("to", "in_the_past", (draft.until or at).isoformat())
    return promotion


def _product(work: UnitOfWork, promotion: Promotion, at: datetime) -> Product | None:
    """The single product covered; None for a category. Raises UnknownCode."""
    if promotion.code is None:
        return None
    product = work.products.by_code(promotion.code, at)
    if product is None:
        raise UnknownCode(promotion.code)
    return product


def _example(promotion: Promotion, good: PricedGood) -> Example:
    pieces, paid = promotion.take or 1, promotion.pay or 1
    off = promotion.off_a_piece(good.price)
    return Example(good.names, pieces, good.price * pieces, (good.price - off) * paid)


def promotion_json(promotion: Promotion) -> dict[str, object]:
    """A promotion as JSON for the command line and the journal."""

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
