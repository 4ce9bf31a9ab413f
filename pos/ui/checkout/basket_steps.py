"""Steps at the counter that are several calls of the application; they run on the store's thread."""

from __future__ import annotations

from dataclasses import replace

from pos.application.check_order import check_acts, check_order
from pos.application.checkout import Checkout
from pos.application.checkout_view import CheckoutView
from pos.application.complete_sale import UnknownRegime
from pos.application.order import Order
from pos.application.settings import Settings
from pos.domain.staff import Approval, Person


def is_approved(approval: Approval | None, act: str) -> bool:
    """Whether somebody has allowed the act for the sale at hand."""
    return approval is not None and act in (approval.acts or ())


def order_of(checkout: Checkout, person: Person, approval: Approval | None) -> Order:
    """The basket as an order; over the allowance it is sold as dutiable by whoever may, or with an approval."""
    order = checkout.order(person)
    may = person.may("over_quota") or is_approved(approval, "over_quota")
    return replace(order, over_quota="duty") if may else order


def check_payable(checkout: Checkout, settings: Settings, person: Person, approval: Approval | None) -> CheckoutView:
    """Refuse, before any money changes hands, what CompleteSale would refuse after it, by the same rules."""
    order = order_of(checkout, person, approval)
    check_order(order, settings)
    view = checkout.read_again()
    if order.visitors and view.regime is None:
        raise UnknownRegime(order.regime or "")
    check_acts(order, view.quota, settings, person, approval)
    return view
