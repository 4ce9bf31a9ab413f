"""Which acts of a basket need an approval, with the figures to which the approval is bound."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

from pos.application.membership.look_up_at_center import NO_DOCUMENT
from pos.application.membership.refusals import SELL_UNSEEN, CenterAway, UnseenRequirement
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.domain.money import Money, total
from pos.domain.pricing.discount import Discount
from pos.domain.quota.assess import Assessment
from pos.domain.quota.rule import Verdict
from pos.domain.sales.approval_requirements import (
    BasketDiscountRequirement,
    DiscountRequirement,
    PriceRequirement,
    QuotaRequirement,
)
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.staff.staff import ApprovalRequirement, Person

PERMISSIONS_OVER = {Verdict.DUTY: "over_quota", Verdict.REVIEW: "review"}
"""The act that an approval of a verdict allows; there is none for `refuse`."""

APPROVE = "approve"
"""Of the setting `center_away`: a person may let a sale go on that the center does not see."""

SaleRule = Callable[[SaleOrder, Mapping[str, Assessment], SaleConditions], Iterable[ApprovalRequirement]]
"""What a rule needs approved of an order under conditions, regardless of who may have approved it."""


def required_approvals(
    order: SaleOrder, quota: Mapping[str, Assessment], conditions: SaleConditions
) -> set[ApprovalRequirement]:
    """What of this order exceeds the cashier's role, regardless of who may have approved it."""
    return {need for rule in RULES for need in rule(order, quota, conditions)}


def pricing_approvals(cart: Cart, cashier: Person) -> set[ApprovalRequirement]:
    """The discounts and manual prices in a basket that exceed the cashier's role."""
    return {*_discount_needs(cart, cashier), *_price_needs(cart, cashier)}


def _discount_needs(cart: Cart, cashier: Person) -> set[ApprovalRequirement]:
    """The discounts above the cashier's limit: one for each article, price and percentage, and the basket discount.

    Rows that are split over visitors need no new approval; an additional row of the same goods does.
    """
    limit = cashier.discount_limit
    if cart.most_given_away <= limit:
        return set()
    alike: dict[tuple[str, Money, Decimal | None], list[tuple[CartLine, Discount]]] = {}
    for line in cart.lines:
        if line.discount is not None and cart.given_away(line) * 100 > limit:
            key = line.product.code, line.unit_price, line.discount.percent
            alike.setdefault(key, []).append((line, line.discount))
    basket = cart.basket
    whole = set() if basket is None else {BasketDiscountRequirement("discount", basket.percent, basket.amount)}
    return whole | {
        DiscountRequirement(
            "discount",
            code,
            sum(line.quantity for line, _ in rows),
            price,
            percent,
            total((discount.off(line.gross) for line, discount in rows), price.currency),
        )
        for (code, price, percent), rows in alike.items()
    }


def _price_needs(cart: Cart, cashier: Person) -> set[ApprovalRequirement]:
    """The manual prices that the cashier may not set, one for each article and price."""
    if cashier.may("price"):
        return set()
    pieces: Counter[tuple[str, Money, Money]] = Counter()
    for line in cart.lines:
        if line.catalogue is not None:
            pieces[(line.product.code, line.catalogue, line.unit_price)] += line.quantity
    return {
        PriceRequirement("price", code, count, catalogue, price) for (code, catalogue, price), count in pieces.items()
    }


def over_rules(assessment: Assessment) -> tuple[str, ...]:
    return tuple(result.rule.id for result in assessment.rules if result.verdict > Verdict.UNKNOWN)


def _quota_needs(
    order: SaleOrder, quota: Mapping[str, Assessment], conditions: SaleConditions
) -> set[ApprovalRequirement]:
    """`duty` and `review`, each bound to the whole basket: any change needs a new evaluation and approval."""
    needs: set[ApprovalRequirement] = set()
    for verdict, permission in PERMISSIONS_OVER.items():
        over = [label for label, assessment in quota.items() if verdict in _verdicts(assessment)]
        if over and not conditions.person.may(permission):
            exceeded = tuple((label, over_rules(quota[label])) for label in over)
            needs.add(QuotaRequirement(permission, order.destination or "", exceeded, _digest(order)))
    return needs


def _unseen_needs(
    order: SaleOrder, quota: Mapping[str, Assessment], conditions: SaleConditions
) -> set[ApprovalRequirement]:
    """A sale that the center of the shop does not see, where the shop lets a person approve it."""
    if not order.unseen or not quota:
        return set()
    if conditions.settings.center_away != APPROVE or order.unseen == NO_DOCUMENT:  # of whom nothing could be sent
        raise CenterAway(order.unseen)
    if conditions.person.may(SELL_UNSEEN):
        return set()
    return {UnseenRequirement(SELL_UNSEEN, order.unseen, _digest(order))}


RULES: tuple[SaleRule, ...] = (
    lambda order, _quota, conditions: pricing_approvals(order.cart, conditions.person),
    _quota_needs,
    _unseen_needs,
)
"""Asked when the payment opens, when it is reserved, and when the sale is recorded."""


def _verdicts(assessment: Assessment) -> Sequence[Verdict]:
    return [assessment.verdict, *(result.verdict for result in assessment.rules)]


def _digest(order: SaleOrder) -> str:
    carried: list[object] = [order.destination, order.regime]
    carried += [[v.label, v.key, [str(day) for day in v.entries], [str(x) for x in v.declared]] for v in order.visitors]
    carried += [[x.product.code, x.quantity, str(x.unit_price), str(x.off), x.carrier] for x in order.cart.lines]
    if order.parcel is not None:
        carried.append({"parcel": order.parcel.grams})
    return sha256(json.dumps(carried, ensure_ascii=True).encode()).hexdigest()[:16]
