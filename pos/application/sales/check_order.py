"""Check what may be sold: the window runs these checks before payment, the sale's transaction runs them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pos.application.catalogue.resolve_scan import check_scanned_data
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.application.sales.required_approvals import PERMISSIONS_OVER, over_rules, required_approvals
from pos.application.settings.settings import Settings
from pos.domain.border import border_in_force
from pos.domain.catalogue.piece import PieceInBasket, SerialNumberTwice
from pos.domain.errors import BadField, Refused
from pos.domain.quota.assess import Assessment
from pos.domain.quota.rule import Regime, UnknownRegime, Verdict
from pos.domain.sales.cart import EmptyCart
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.goods_for_sale import check_complete
from pos.domain.sales.parcel import NoParcelRegime, NotAParcelRegime, ParcelBuyer
from pos.domain.staff.staff import (
    Approvable,
    Approval,
    ApprovalNotAllowed,
    ApprovalRequirement,
    ApprovalUnclear,
    ApprovesHimself,
    Person,
    permissions_of,
)
from pos.domain.stock.stock_policy import StockPolicy


@dataclass(eq=False)
class NoVisitor(Refused):
    """No document was presented, and this shop does not sell without one."""

    fact = "no_visitor"


@dataclass(eq=False)
class NoDestination(Refused):
    """The visitor's destination is not set."""

    fact = "no_destination"


@dataclass(eq=False)
class AnotherRegime(Refused):
    """A file names other rules than those that the shop applies to this destination."""

    fact = "another_regime"

    regime: str
    shop: str


@dataclass(eq=False)
class QuotaExceeded(Approvable):
    """The basket exceeds a visitor's allowance: the worst `verdict`, the visitor's label, the `rules` exceeded.

    An approval lifts it unless the visitor may not carry the goods at all.
    """

    fact = "quota_exceeded"

    verdict: str
    visitor: str
    rules: tuple[str, ...]

    @property
    def need(self) -> ApprovalRequirement | None:
        return next(
            (
                ApprovalRequirement(permission)
                for over, permission in PERMISSIONS_OVER.items()
                if over.word == self.verdict
            ),
            None,
        )


@dataclass(eq=False)
class QuotaUnknown(Refused):
    """The allowance cannot be evaluated because `attributes` are missing, and this shop refuses such a sale."""

    fact = "quota_unknown"

    visitor: str
    attributes: tuple[str, ...]


def check_may_send(view: CheckoutView, settings: Settings, regimes: Mapping[str, Regime]) -> None:
    """Refuse to send a basket of which it is known already that it cannot be sent; what is missing is asked for later.

    Raises EmptyCart, ParcelBuyer, BadField, and for the destination as `check_parcel_regime`.
    """
    if not view.lines:
        raise EmptyCart
    if len(view.visitors) > 1:
        raise ParcelBuyer
    if view.back.receipts:
        raise BadField("parcel", "not_with_returns")
    if view.destination is not None:
        check_parcel_regime(settings, regimes, view.destination)
    elif not any(settings.parcel_regimes.values()):
        raise NoParcelRegime("")


def check_parcel_regime(settings: Settings, regimes: Mapping[str, Regime], destination: str) -> str:
    """The id of the shop's rules for parcels to a side. Raises NoParcelRegime, UnknownRegime and NotAParcelRegime."""
    named = settings.parcel_regime_for(destination)
    if not named:
        raise NoParcelRegime(destination)
    if named not in regimes:
        raise UnknownRegime(named)
    if not regimes[named].parcels:
        raise NotAParcelRegime(named)
    return named


def check_order(order: SaleOrder, settings: Settings, at: datetime) -> None:
    """Refuse an order that lacks what every sale at an instant needs, regardless of the allowance."""
    order.cart.check_not_empty()
    if order.parcel is not None and len(order.visitors) != 1:
        raise ParcelBuyer
    if order.parcel is not None and order.exchange is not None:
        raise BadField("parcel", "not_with_returns")
    if order.parcel is not None and order.recipient is None:
        raise BadField("parcel.recipient", "missing")
    if not order.visitors and not settings.sell_without_visitor:
        raise NoVisitor
    if order.visitors and order.destination is None:
        raise NoDestination
    if order.destination is not None and order.destination not in border_in_force().sides:
        raise BadField("destination", "unknown", order.destination[:40])
    labels = {visitor.label for visitor in order.visitors}
    pieces: set[tuple[int, str]] = set()
    policy = settings.stock_policy(at)
    for index, line in enumerate(order.cart.lines):
        check_complete(line.product, is_open=line.has_open_price or line.agreed is not None)
        _check_piece(line, policy, pieces)
        if labels and line.carrier not in labels:
            # A line without a carrier would count for no visitor.
            what = "missing" if line.carrier is None else "unknown"
            raise BadField(f"lines[{index}].carrier", what, line.carrier or "")


def _check_piece(line: CartLine, policy: StockPolicy, pieces: set[tuple[int, str]]) -> None:
    """Refuse a row without its marking code or its weight, and a serialised item that is in two rows."""
    product, piece = line.product, line.piece
    if policy.marked or product.by_weight:
        check_scanned_data(product, piece, policy)
    if piece.is_single and line.quantity > 1:
        raise SerialNumberTwice(product.code, line.quantity)
    if piece.serial is not None:
        if (product.id, piece.serial) in pieces:
            raise PieceInBasket(product.code, piece.serial)
        pieces.add((product.id, piece.serial))


def check_approvals(
    order: SaleOrder, quota: Mapping[str, Assessment], conditions: SaleConditions
) -> set[ApprovalRequirement]:
    """Refuse what may not be sold this way, before any money is taken; return the approvals that were needed.

    The window checks this when the payment opens, and the sale's own transaction checks it again.
    """
    for label, assessment in quota.items():
        _check_verdict(label, assessment, order, conditions)
    needed = required_approvals(order, quota, conditions)
    _check_approval(needed, conditions.approval, conditions.person, order)
    return needed


def _check_verdict(label: str, assessment: Assessment, order: SaleOrder, conditions: SaleConditions) -> None:
    """Refuse a basket over the allowance that no approval can permit, or that was not ordered to be sold so.

    `unknown` sells with a mark unless the shop refuses; `duty` sells as dutiable where the order says so; both `duty`
    and `review` need the role or an approval; `refuse` is never sold.
    """
    verdict = assessment.verdict
    if verdict > Verdict.UNKNOWN:
        is_reviewed = conditions.person.may("review") or conditions.approval is not None
        _check_sellable(label, assessment, order, is_reviewed)
    if conditions.settings.refuse_unknown and (verdict == Verdict.UNKNOWN or assessment.unknown):
        raise QuotaUnknown(label, tuple(dict.fromkeys(unknown.attribute for unknown in assessment.unknown)))


def _check_sellable(label: str, assessment: Assessment, order: SaleOrder, is_reviewed: bool) -> None:
    """Refuse what is never sold, what was not ordered as dutiable, and what was not approved.

    One rule may ask for duty while another, the worst, asks for a review: each must be answered.
    """
    verdicts = {assessment.verdict, *(result.verdict for result in assessment.rules)}
    as_dutiable = Verdict.DUTY not in verdicts or order.over_quota == "duty"
    reviewed = Verdict.REVIEW not in verdicts or is_reviewed
    if Verdict.REFUSE in verdicts or not as_dutiable or not reviewed:
        raise QuotaExceeded(assessment.verdict.word, label, over_rules(assessment))


def _check_approval(
    needed: set[ApprovalRequirement], approval: Approval | None, cashier: Person, order: SaleOrder
) -> None:
    """Require an approval by name and figures, from a person whose role permits it, for each act beyond the cashier's
    role.
    """
    if not needed:
        return
    permissions, needs = sorted(permissions_of(needed)), sorted(needed, key=lambda need: need.permission)
    if approval is None or approval.key != order.key:
        raise needs[0].refusal(cashier.name)
    if approval.permissions is None and len(permissions) > 1:
        raise ApprovalUnclear(tuple(permissions))
    for need in needs:
        if not approval.names(need):
            raise need.refusal(cashier.name)
        if approval.by.name == cashier.name:
            raise ApprovesHimself(need.permission, cashier.name)
        if not approval.by.may(need.permission):
            raise ApprovalNotAllowed(need.permission, approval.by.name)
    limit = approval.by.discount_limit
    if "discount" in permissions and order.cart.most_given_away > limit:
        raise ApprovalNotAllowed("discount", approval.by.name)
