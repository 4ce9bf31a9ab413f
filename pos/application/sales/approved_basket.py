"""Turn the current basket into an order: find the approvals it needs and whether it may be paid."""

from __future__ import annotations

from dataclasses import replace

from pos.application.sales.check_order import check_approvals, check_order, check_parcel_regime
from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.application.sales.required_approvals import required_approvals
from pos.domain.quota.rule import UnknownRegime
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person


def is_approved(approval: Approval | None, permission: str) -> bool:
    """Whether the approval covers this act for the current sale."""
    return approval is not None and permission in (approval.permissions or ())


def approvals_at(checkout: Checkout, view: CheckoutView, conditions: SaleConditions) -> set[ApprovalRequirement]:
    """The approvals that the current basket needs beyond the role of its person."""
    return required_approvals(checkout.order_unseen(conditions.person), view.quota, conditions)


def together(before: Approval | None, given: Approval) -> Approval:
    """Merge the new approval with what the same person has already approved for this sale."""
    if before is None or before.by.name != given.by.name or before.key != given.key:
        return given
    if before.granted is None or given.granted is None or before.at is None or given.at is None:
        return given
    permissions = (before.permissions or frozenset()) | (given.permissions or frozenset())
    return replace(given, permissions=permissions, granted=before.granted | given.granted, at=min(before.at, given.at))


def order_of(checkout: Checkout, person: Person, approval: Approval | None) -> SaleOrder:
    """The basket as an order. Over the allowance it is sold as dutiable if the role or an approval permits it."""
    order = checkout.order(person)
    may = person.may("over_quota") or is_approved(approval, "over_quota")
    return replace(order, over_quota="duty") if may else order


def check_payable(checkout: Checkout, conditions: SaleConditions) -> CheckoutView:
    """Refuse before any money changes hands what CompleteSale would refuse afterwards, by the same rules."""
    order = order_of(checkout, conditions.person, conditions.approval)
    check_order(order, conditions.settings, conditions.at)
    if order.parcel is not None and order.destination is not None:
        check_parcel_regime(conditions.settings, checkout.regimes, order.destination)
    view = checkout.read_again()
    if view.too_light is not None:
        raise view.too_light
    if order.visitors and view.regime is None:
        raise UnknownRegime(order.regime or "")
    check_approvals(order, view.quota, conditions)
    return view
