"""Texts of a promotion: discount, products, period and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from pos.application.pricing.promotions import Reach
from pos.application.text.formatting import date_text, instant_text, money_text, number_text, percent_text
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import Translator
from pos.domain.pricing.promotion import Promotion

_ICONS = {"percent": "badge-percent", "amount": "tag", "bundle": "gift"}


@dataclass(frozen=True, slots=True)
class PromotionText:
    """The text of one row; `token` is the colour of its state."""

    id: int
    icon: str
    name: str
    what: str
    period: str
    state: str
    token: str
    is_over: bool
    has_begun: bool

    @classmethod
    def of(cls, promotion: Promotion, now: datetime, zone: tzinfo, tr: Translator) -> PromotionText:
        """Describe a promotion and its state at `now`."""
        over = promotion.is_over(now)
        if over:
            state, token = tr.context("promotion", "ended"), "muted"
        elif promotion.runs_at(now):
            state, token = tr("running"), "within"
        else:
            state, token = tr("scheduled"), "nearly"
        return cls(
            id=promotion.id,
            icon=_ICONS[promotion.kind],
            name=promotion.name,
            what=f"{takes_off(promotion, tr)} · {goods(promotion, tr)}",
            period=_period(promotion, zone, tr),
            state=state,
            token=token,
            is_over=over,
            has_begun=promotion.has_begun(now),
        )

    @property
    def spoken(self) -> str:
        """The accessible text of the row."""
        return f"{self.name}, {self.what}, {self.period}, {self.state}"


def takes_off(promotion: Promotion, tr: Translator) -> str:
    """The discount of a promotion: −10 %, −¥ 5.00 each, take 3, pay 2."""
    language = tr.language
    if promotion.percent is not None:
        return percent_text(-promotion.percent, language)
    if promotion.amount is not None:
        return tr("{amount} each", amount=money_text(-promotion.amount, language))
    return tr("take {take}, pay {pay}", take=promotion.take, pay=promotion.pay)


def reach_lines(reach: Reach, tr: Translator) -> tuple[str, ...]:
    """The number of products in a promotion, and an example of its effect."""
    count = tr.plural("{n} product", "{n} products", reach.goods, n=number_text(reach.goods, tr.language))
    example = reach.example
    if example is None:
        return (count,)
    name, language = example.name_in(tr.language), tr.language
    before, after = money_text(example.before, language), money_text(example.after, language)
    if example.pieces > 1:
        name = tr("{n} × {name}", n=example.pieces, name=name)
    return count, tr("for example {name}: {before} → {after}", name=name, before=before, after=after)


def goods(promotion: Promotion, tr: Translator) -> str:
    """The scope of a promotion: a category, or the code of a product."""
    return promotion.code or name_of(CATEGORIES, promotion.scope, tr)


def _period(promotion: Promotion, zone: tzinfo, tr: Translator) -> str:
    since = _day(promotion.since, zone, tr)
    ends = [end for end in (promotion.until, promotion.ended_at) if end is not None]
    if not ends:
        return tr("from {day}", day=since)
    end = min(ends)
    local = end.astimezone(zone)
    if promotion.ended_at != end and local.time() == time(0):
        return f"{since} – {date_text((local - local.resolution).date(), tr.language)}"
    return f"{since} – {instant_text(end, zone, tr.language)}"


def days_of(promotion: Promotion, zone: tzinfo) -> tuple[date, date | None]:
    """The first and the last day of a promotion in the shop; None for one without an end."""
    since = promotion.since.astimezone(zone).date()
    if promotion.until is None:
        return since, None
    return since, (promotion.until.astimezone(zone) - timedelta(microseconds=1)).date()


def _day(instant: datetime, zone: tzinfo, tr: Translator) -> str:
    return date_text(instant.astimezone(zone).date(), tr.language)
