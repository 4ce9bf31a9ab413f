"""Charges that a sale counts as its tenders, and refunds that a return owes at their providers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pos.application.outside_partners.follow_up import add_refund, refund_of, refunds_left
from pos.application.outside_partners.refusals import ChargeNotPaid
from pos.application.ports.store import UnitOfWork
from pos.domain.money import Money
from pos.domain.outside_partners.attempt import NUMBER_LONG, AttemptKind, PartnerAttempt
from pos.domain.payment.pending_refund import PaymentRefunded
from pos.domain.payment.tender import NOT_BY_WIRE, Tender
from pos.domain.returns.goods_return import GoodsReturn, Refund, RefundByProvider


def tender_of(charge: PartnerAttempt) -> Tender:
    """The tender of a charge that is done. Raises ChargeNotPaid for any other."""
    if not charge.is_tender:
        raise ChargeNotPaid(charge.partner, charge.amount)
    return Tender(charge.method, charge.amount, charge.reference, id=charge.number, provider=charge.partner)


def charges_of(work: UnitOfWork, key: str, tenders: Sequence[Tender]) -> Sequence[PartnerAttempt]:
    """The charges behind the tenders of a sale, by their ids, which no one else changes before it is recorded.

    Raises PaymentRefunded where one is given back, and ChargeNotPaid where one is not done, or of another sale.
    """
    charges, refunded = [], set()
    for tender in tenders:
        charge = work.attempts.locked(tender.id) if _may_be_charge(tender) else None
        if charge is None and not tender.provider:
            continue
        if charge is None or charge.about != key:
            raise ChargeNotPaid(tender.provider, tender.amount)
        if charge.is_undo_asked:
            refunded.add(charge.number)
        elif not charge.is_offered or charge.amount != tender.amount or charge.method != tender.method:
            raise ChargeNotPaid(charge.partner, tender.amount)
        charges.append(charge)
    if refunded:
        raise PaymentRefunded(refunded)
    return charges


def with_providers(tenders: Sequence[Tender], charges: Sequence[PartnerAttempt]) -> tuple[Tender, ...]:
    """The tenders, each of a charge with the name of its provider: a file of the till may have lost it."""
    partners = {charge.number: charge.partner for charge in charges}
    return tuple(replace(one, provider=partners.get(one.id, "")) for one in tenders)


def money_is_here(work: UnitOfWork, key: str, tender: Tender) -> bool:
    """Whether the money of a tender has come for this sale and is not back; of a typed one a person said so."""
    charge = work.attempts.with_number(tender.id) if _may_be_charge(tender) else None
    return not tender.provider if charge is None else charge.is_offered and charge.about == key


def _may_be_charge(tender: Tender) -> bool:
    return len(tender.id) == NUMBER_LONG


def count_charges(work: UnitOfWork, charges: Sequence[PartnerAttempt], receipt: str) -> None:
    """The sale with this receipt is paid with these charges."""
    for charge in charges:
        work.attempts.put(replace(charge, document=receipt))


def owe_refunds(work: UnitOfWork, back: GoodsReturn, at: datetime) -> Sequence[PartnerAttempt]:
    """Write down, with a return, what goes back through the providers by which its sale was paid.

    By the same way and in the same currency, oldest charge first, up to what came and has not gone back. What is left
    over was typed by hand, and goes back by hand.
    """
    by_wire = _by_wire(back.refunds)
    if back.reverses is None or not by_wire:
        return ()
    charges = _charges_behind(work, back.reverses)
    for charge in charges:
        work.attempts.locked(charge.number)
    owed = []
    for charge, part in _parts(work, charges, by_wire):
        about = {"about": back.key, "document": back.receipt, "cashier": back.cashier, "shift": back.shift}
        new = refund_of(charge, part, at, **about, till=back.till)
        added = add_refund(work, new)
        assert added, "a return is recorded once, and takes of each charge once for each way"
        owed.append(new)
    return owed


def goes_back_by_itself(work: UnitOfWork, receipt: str, refunds: Sequence[Refund]) -> tuple[RefundByProvider, ...]:
    """What of these refunds of a sale would go back through the providers by which it was paid."""
    by_wire = _by_wire(refunds)
    parts = _parts(work, _charges_behind(work, receipt), by_wire) if by_wire else ()
    return tuple(RefundByProvider(charge.partner, charge.method, part) for charge, part in parts)


def _by_wire(refunds: Sequence[Refund]) -> Sequence[Refund]:
    return [refund for refund in refunds if refund.method not in NOT_BY_WIRE]


def _charges_behind(work: UnitOfWork, receipt: str) -> Sequence[PartnerAttempt]:
    return [one for one in work.attempts.of_document(receipt) if one.kind is AttemptKind.CHARGE]


def _parts(
    work: UnitOfWork, charges: Sequence[PartnerAttempt], refunds: Sequence[Refund]
) -> Sequence[tuple[PartnerAttempt, Money]]:
    """The charges, each with what of these refunds goes back out of it; a return has one refund for each way."""
    parts = []
    for refund in refunds:
        rest = refund.amount
        for charge, here in refunds_left(charges, work):
            if (charge.method, charge.amount.currency) != (refund.method, rest.currency) or not rest:
                continue
            part = Money(min(here.minor, rest.minor), rest.currency)
            parts.append((charge, part))
            rest = rest - part
    return parts
