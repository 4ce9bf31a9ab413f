"""What the screen shows of the sale in progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import NamedTuple

from pos.application.membership.center_answer import NO_CENTER, CenterAnswer
from pos.application.ports.visitor_ports import LedgerLine
from pos.application.quota.evaluate_quota import LineQuota
from pos.application.quota.open_questions import QUESTIONS
from pos.application.quota.quota_advice import AdviceRequest
from pos.application.returns.exchange_returns import NO_RETURNS, ExchangeReturns
from pos.application.sales.scan_warnings import ScanWarnings
from pos.domain.money import Money
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import Offers
from pos.domain.quota.assess import Assessment
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.parcel import Parcel, ParcelTooLight, Recipient
from pos.domain.visitors.visitor import Visitor


class LineView(NamedTuple):
    """One row of the basket. `judged` is what the quota says of it, None without a visitor."""

    line: CartLine
    judged: LineQuota | None

    @property
    def id(self) -> int:
        """The id by which the row is changed."""
        return self.line.id


class OtherSide(NamedTuple):
    """Goods that were to leave by another way out; `destination` is "" where its rules no longer exist."""

    destination: str
    lines: tuple[LedgerLine, ...]


class EarlierUnknown(NamedTuple):
    """Goods bought before, here or elsewhere, and the attributes that the rules lack of them."""

    line: LedgerLine
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitorView:
    """A visitor as the panel shows them: age in full years today, warnings, visits known to this shop today, which
    are None while no rules say what to look for.

    `pending`: goods bought before are still to be carried out, `asks_entries` that a limit on the goods at
    hand depends on the days of entry, which were not asked for today; `limited_by_entries` that it depends on them,
    asked for or not.
    """

    visitor: Visitor
    age: int | None
    expired: bool
    visits_today: int | None
    pending: bool = False
    asks_entries: bool = False
    limited_by_entries: bool = False
    held: int = 0
    """Pieces that other sales, parked or being paid, hold of the allowance."""
    other_side: tuple[OtherSide, ...] = ()
    """What was bought to leave by another way out and is still here: it counts for the one that is chosen now."""
    oldest: int | None = None
    """The age at most, where only a part of the birth date is known."""
    open: tuple[str, ...] = ()
    """The open questions about this visitor on which the verdict hangs, asked before payment; see QUESTIONS."""
    center: CenterAnswer = NO_CENTER
    """What the center has said of them: where no fresh answer is here, no verdict is better than unknown."""
    unknown_earlier: tuple[EarlierUnknown, ...] = ()
    """The goods of their ledger of which not everything is known that the rules need."""


@dataclass(frozen=True, slots=True)
class CheckoutView:
    """Everything the screen shows of the sale in progress; an older `sequence` is to be dropped."""

    sequence: int
    key: str
    at: datetime
    """The instant by which it is judged."""
    lines: tuple[LineView, ...]
    last: int | None
    total: Money
    others: tuple[Money, ...]
    """The total in the other currencies of the counter, at cash steps; without those that have no rate."""
    pieces: int
    visitors: tuple[VisitorView, ...]
    chosen: str | None
    """The label of the visitor to whom the next scan goes."""
    destination: str | None
    regime: Regime | None
    quota: Mapping[str, Assessment]
    """By visitor label; empty without a visitor, a destination or a regime."""
    shown: Mapping[str, Assessment]
    """The same as it may be shown: where an open question decides, no verdict is better than not known."""
    advice_request: AdviceRequest | None
    """What is still to be found out: duty, what to leave, a better split. None where `quota` is empty."""
    can_undo: bool
    last_step: int
    """The number of the step that undo takes back; 0 for none. No two steps of a till have the same."""
    basket: Discount | None = None
    """The discount on the whole basket."""
    basket_off: Money | None = None
    """What it takes off."""
    note: str = ""
    again: str | None = None
    """The label of a visitor whose document was shown a second time: it only chose that visitor."""
    is_born_otherwise: bool = False
    """Whether it was shown `again` with another birth date than before, which counts only where `is_birth_replaced`."""
    is_birth_replaced: bool = False

    back: ExchangeReturns = NO_RETURNS
    """What comes back with the sale and pays for it."""
    strangers: tuple[str, ...] = ()
    """The labels of visitors without goods when another came, while it is open whether they shop together."""
    offers: Offers | None = None
    """The promotions by which a sale that has begun goes on; an empty one begins by those of its first scan."""
    parcel: Parcel | None = None
    """How the goods are sent; None where they are carried."""
    recipient: Recipient | None = None
    """To whom; None also where it was erased, and has to be asked for again."""
    too_light: ParcelTooLight | None = None
    """The goods weigh more than their parcel: it has to be weighed again before payment."""
    pickups: tuple[CustomerOrder, ...] = ()
    """The customer orders that the sale picks up, as they were when they were opened."""
    warnings: ScanWarnings = ()
    """What the scan that made it warns of."""

    def is_of_another_day(self, now: datetime, zone: tzinfo) -> bool:
        """Whether a day has begun since, in the zone of the shop or of the rules: ages and limits go by days."""
        zones = (zone,) if self.regime is None else (zone, self.regime.zone)
        return any(self.at.astimezone(one).date() != now.astimezone(one).date() for one in zones)

    @property
    def due(self) -> Money:
        """What is to be paid for the basket less what comes back; below zero where money goes back."""
        return self.back.due(self.total)

    @property
    def back_rounding(self) -> Money:
        """By how much `due` is more than its rows make: what comes back counts as what was paid for it, and coins do
        not pay every price.
        """
        return self.back.worth(self.total.currency) - self.back.credit(self.total.currency)

    def shown_verdict_of(self, row: LineView) -> Verdict | None:
        """The worst verdict among the rules that a row counts for, as it may be shown; None where nothing is judged."""
        if row.judged is None or row.line.carrier is None:
            return None
        eaten = {use.rule for use in row.judged.eaten}
        judged = (result.verdict for result in self.shown[row.line.carrier].rules if result.rule.id in eaten)
        return max(judged, default=Verdict.OK)

    @property
    def verdict(self) -> Verdict:
        """The worst verdict among the visitors, whatever is still to be asked."""
        return max((assessment.verdict for assessment in self.quota.values()), default=Verdict.OK)

    @property
    def shown_verdict(self) -> Verdict:
        """The same as it may be shown: at best not known while an open question decides."""
        return max((assessment.verdict for assessment in self.shown.values()), default=Verdict.OK)

    @property
    def open_questions(self) -> tuple[tuple[str, str], ...]:
        """What is to be asked before payment: the label of a visitor, and about what."""
        asked = [(one.visitor.label, about) for one in self.visitors for about in one.open]
        return tuple(sorted(asked, key=lambda one: list(QUESTIONS).index(one[1])))
