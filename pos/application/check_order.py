"""What may be sold: the checks of an order that the window asks before payment and the sale's transaction again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.application.goods_for_sale import check_complete
from pos.application.order import Order
from pos.application.settings import Settings
from pos.domain.errors import BadField, Refused
from pos.domain.quota.assess import Assessment
from pos.domain.quota.rule import Verdict
from pos.domain.staff import DISCOUNT_LIMIT, Approval, ApprovalNotAllowed, ApprovalUnclear, NotAllowed, Person
from pos.domain.visitor import DESTINATIONS


@dataclass(eq=False)
class NoVisitor(Refused):
    """No document was shown, and this shop does not sell without."""


@dataclass(eq=False)
class NoDestination(Refused):
    """Nobody said to which side the visitor leaves."""


@dataclass(eq=False)
class QuotaExceeded(Refused):
    """The basket is over what a visitor may carry: the worst `verdict`, the visitor's label, the `rules` over."""

    verdict: str
    visitor: str
    rules: tuple[str, ...]


@dataclass(eq=False)
class QuotaUnknown(Refused):
    """The allowance cannot be judged for want of `attributes`, and this shop refuses such a sale."""

    visitor: str
    attributes: tuple[str, ...]


def check_order(order: Order, settings: Settings) -> None:
    """Refuse an order that lacks what every sale needs, whatever its quota."""
    order.cart.check_not_empty()
    if not order.visitors and not settings.sell_without_visitor:
        raise NoVisitor
    if order.visitors and order.destination is None:
        raise NoDestination
    if order.destination is not None and order.destination not in DESTINATIONS:
        raise BadField("destination", "unknown", order.destination[:40])
    labels = {visitor.label for visitor in order.visitors}
    for place, line in enumerate(order.cart.lines):
        check_complete(line.product)
        if labels and line.carrier not in labels:
            # What nobody carries would be judged for nobody.
            what = "missing" if line.carrier is None else "unknown"
            raise BadField(f"lines[{place}].carrier", what, line.carrier or "")


def check_acts(
    order: Order,
    quota: Mapping[str, Assessment],
    settings: Settings,
    cashier: Person,
    approval: Approval | None,
) -> set[str]:
    """Refuse what may not be sold so, before any money is taken for it; the acts that had to be approved.

    The window asks this when the payment opens, and the sale's own transaction asks it again.
    """
    needed = _discounts_above_limit(order, cashier) | _prices_by_hand(order, cashier)
    for label, assessment in quota.items():
        needed |= _acts_for_verdict(label, assessment, settings, order, cashier, approval)
    _check_approval(needed, approval, cashier, order)
    return needed


def _acts_for_verdict(
    label: str,
    assessment: Assessment,
    settings: Settings,
    order: Order,
    cashier: Person,
    approval: Approval | None,
) -> set[str]:
    """Refuse a basket over the allowance, or name the act that must be approved for it.

    `unknown` sells with a mark unless the shop refuses; `duty` sells as dutiable where the order says so and the
    role or an approval allows it; `review` needs an approval; `refuse` is never sold.
    """
    verdict = assessment.verdict
    if verdict > Verdict.UNKNOWN:
        _check_sellable(label, assessment, order, approval)
    if settings.refuse_unknown and (verdict == Verdict.UNKNOWN or assessment.unknown):
        raise QuotaUnknown(label, tuple(dict.fromkeys(gap.attribute for gap in assessment.unknown)))
    verdicts = {verdict, *(result.verdict for result in assessment.rules)}
    needed = {"review"} if Verdict.REVIEW in verdicts else set()
    if Verdict.DUTY in verdicts and not cashier.may("over_quota"):
        needed.add("over_quota")
    return needed


def _check_sellable(label: str, assessment: Assessment, order: Order, approval: Approval | None) -> None:
    """Refuse what is never sold, what nobody asked to sell as dutiable, and what nobody approved.

    One rule may ask for duty while another, the worst, asks for a review: each must be answered.
    """
    verdicts = {assessment.verdict, *(result.verdict for result in assessment.rules)}
    as_dutiable = Verdict.DUTY not in verdicts or order.over_quota == "duty"
    reviewed = Verdict.REVIEW not in verdicts or approval is not None
    if Verdict.REFUSE in verdicts or not as_dutiable or not reviewed:
        over = tuple(r.rule.id for r in assessment.rules if r.verdict > Verdict.UNKNOWN)
        raise QuotaExceeded(assessment.verdict.word, label, over)


def _discounts_above_limit(order: Order, cashier: Person) -> set[str]:
    limit = DISCOUNT_LIMIT[cashier.role]
    return {"discount"} if order.cart.most_given_away > limit else set()


def _prices_by_hand(order: Order, cashier: Person) -> set[str]:
    by_hand = any(line.catalogue is not None for line in order.cart.lines)
    return {"price"} if by_hand and not cashier.may("price") else set()


def _check_approval(needed: set[str], approval: Approval | None, cashier: Person, order: Order) -> None:
    """Every act beyond the cashier's role must be allowed by name, for this sale, by somebody whose role may."""
    if not needed:
        return
    if approval is None or approval.key != order.key:
        raise NotAllowed(min(needed), cashier.name)
    if approval.acts is None and len(needed) > 1:
        raise ApprovalUnclear(tuple(sorted(needed)))
    for act in sorted(needed):
        if approval.acts is not None and act not in approval.acts:
            raise NotAllowed(act, cashier.name)
        if not approval.by.may(act):
            raise ApprovalNotAllowed(act, approval.by.name)
    limit = DISCOUNT_LIMIT[approval.by.role]
    if "discount" in needed and order.cart.most_given_away > limit:
        raise ApprovalNotAllowed("discount", approval.by.name)
