"""Steps at the counter that are several calls of the application; they run on the store's thread."""

from __future__ import annotations

from pos.application.checkout import Checkout, CheckoutView
from pos.application.complete_sale import NoDestination, NoVisitor, QuotaExceeded, QuotaUnknown
from pos.application.settings import Settings
from pos.domain.quota.assess import Assessment
from pos.domain.quota.rule import Verdict
from pos.domain.staff import Approval, Person


def is_approved(approval: Approval | None, act: str) -> bool:
    """Whether somebody has allowed the act for the sale at hand."""
    return approval is not None and act in (approval.acts or ())


def check_payable(checkout: Checkout, settings: Settings, person: Person, approval: Approval | None) -> CheckoutView:
    """Refuse, before any money changes hands, what CompleteSale would refuse after it."""
    order = checkout.order(person)
    view = checkout.view()
    if not order.visitors and not settings.sell_without_visitor:
        raise NoVisitor
    if order.visitors and order.destination is None:
        raise NoDestination
    for label, assessment in view.quota.items():
        _check_verdict(label, assessment, settings, person, approval)
    return view


def _check_verdict(
    label: str, assessment: Assessment, settings: Settings, person: Person, approval: Approval | None
) -> None:
    verdict = assessment.verdict
    if verdict == Verdict.UNKNOWN and settings.refuse_unknown:
        raise QuotaUnknown(label, tuple(dict.fromkeys(gap.attribute for gap in assessment.unknown)))
    if verdict <= Verdict.UNKNOWN:
        return
    if verdict == Verdict.DUTY and (person.may("over_quota") or is_approved(approval, "over_quota")):
        return
    if verdict == Verdict.REVIEW and is_approved(approval, "review"):
        return
    over = tuple(result.rule.id for result in assessment.rules if result.verdict > Verdict.UNKNOWN)
    raise QuotaExceeded(verdict.word, label, over)


def leave_behind(checkout: Checkout, label: str, person: Person) -> CheckoutView:
    """Take out of the basket what the advice for a visitor names."""
    view = checkout.view()
    judgement = view.judged.get(label)
    if judgement is None or judgement.advice is None:
        return view
    carried = [row.line for row in view.lines if row.line.carrier == label]
    for place, units in judgement.advice.units:
        line = carried[place]
        if units < line.quantity:
            view = checkout.set_quantity(line.id, line.quantity - units)
        else:
            view = checkout.void(line.id, person)
    return view
