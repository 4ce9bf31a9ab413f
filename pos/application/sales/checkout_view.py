"""View of the sale in progress for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pos.application.ports.visitor_ports import LedgerLine
from pos.application.quota.evaluate_quota import LineQuota
from pos.application.quota.open_questions import QUESTIONS
from pos.application.quota.quota_advice import Question
from pos.application.sales.exchange_returns import NO_RETURNS, ExchangeReturns
from pos.application.sales.scan_warnings import News
from pos.application.settings.settings import Settings
from pos.domain.money import Money
from pos.domain.payment.tender import ALL_CURRENCIES
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.rates import NoRate, RateTable
from pos.domain.quota.assess import Assessment
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.sales.cart_line import CartLine
from pos.domain.visitors.visitor import Visitor


class LineView(NamedTuple):
    """One row of the basket. `judged` is the quota's evaluation of it, None without a visitor."""

    line: CartLine
    judged: LineQuota | None

    @property
    def id(self) -> int:
        """The id by which the row is changed."""
        return self.line.id


class OtherSide(NamedTuple):
    """Goods meant to leave by another destination; `destination` is "" where no set of rules covers it any more."""

    destination: str
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class VisitorView:
    """A visitor as the panel shows them: age in full years, warnings, today's visits known to this shop.

    `pending`: goods bought before are still to be carried out. `asks_entries`: a limit on the current goods depends on
    the visitor's days of entry, which have not been asked today.
    """

    visitor: Visitor
    age: int | None
    expired: bool
    visits_today: int
    pending: bool = False
    asks_entries: bool = False
    held: int = 0
    """Pieces of their allowance reserved by other sales, parked or being paid."""
    other_side: tuple[OtherSide, ...] = ()
    """Goods bought for another destination and not yet carried out: they count for the current destination."""
    oldest: int | None = None
    """The maximum age, where only a part of the birth date is known."""
    open: tuple[str, ...] = ()
    """The open questions about this visitor that decide the verdict, asked before payment; see QUESTIONS."""


@dataclass(frozen=True, slots=True)
class CheckoutView:
    """All that the screen shows of the sale in progress; drop a view with an older `sequence`."""

    sequence: int
    key: str
    lines: tuple[LineView, ...]
    last: int | None
    total: Money
    others: tuple[Money, ...]
    """The total in the shop's other currencies, at cash steps; currencies without a rate are left out."""
    pieces: int
    visitors: tuple[VisitorView, ...]
    chosen: str | None
    """The label of the visitor to whom the next scan goes."""
    destination: str | None
    regime: Regime | None
    quota: Mapping[str, Assessment]
    """By visitor label; empty without a visitor, a destination or a regime."""
    shown: Mapping[str, Assessment]
    """The verdicts that may be shown: while an open question decides, none is better than unknown."""
    question: Question | None
    """The request for duty, goods to remove and a better split. None where `quota` is empty."""
    can_undo: bool
    basket: Discount | None = None
    """The discount on the whole basket."""
    basket_off: Money | None = None
    """The amount of that discount."""
    note: str = ""
    again: str | None = None
    """The label of a visitor whose document was scanned a second time: they are now chosen, nothing else changed."""

    back: ExchangeReturns = NO_RETURNS
    """Goods that come back with the sale and pay for it."""
    strangers: tuple[str, ...] = ()
    """The labels of visitors without goods when another arrived, while it is open whether they shop together."""
    news: News = ()
    """Notices about the step that produced this view."""

    @property
    def due(self) -> Money:
        """The amount due for the basket less the returned goods; negative where money goes back."""
        return self.back.due(self.total)

    def shown_verdict_of(self, row: LineView) -> Verdict | None:
        """The worst verdict that may be shown among the rules that a row counts for; None without an evaluation."""
        if row.judged is None or row.line.carrier is None:
            return None
        eaten = {use.rule for use in row.judged.eaten}
        judged = (result.verdict for result in self.shown[row.line.carrier].rules if result.rule.id in eaten)
        return max(judged, default=Verdict.OK)

    @property
    def verdict(self) -> Verdict:
        """The worst verdict among the visitors, regardless of open questions."""
        return max((assessment.verdict for assessment in self.quota.values()), default=Verdict.OK)

    @property
    def shown_verdict(self) -> Verdict:
        """The worst verdict that may be shown: at best unknown while an open question decides."""
        return max((assessment.verdict for assessment in self.shown.values()), default=Verdict.OK)

    @property
    def open_questions(self) -> tuple[tuple[str, str], ...]:
        """The questions to ask before payment: the visitor's label, and the subject."""
        asked = [(one.visitor.label, about) for one in self.visitors for about in one.open]
        return tuple(sorted(asked, key=lambda one: list(QUESTIONS).index(one[1])))


def other_currencies(total: Money, rates: RateTable, settings: Settings) -> tuple[Money, ...]:
    """A total in the shop's other currencies, at their cash steps; currencies without a rate are left out."""
    cash = settings.cash()
    shown = []
    for currency in ALL_CURRENCIES:
        if currency == total.currency:
            continue
        try:
            shown.append(cash.asked(total.units / rates.taking(currency), currency))
        except NoRate:
            continue
    return tuple(shown)
