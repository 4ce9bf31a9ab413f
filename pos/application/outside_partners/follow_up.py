"""What follows in the shop's books from what became of an attempt, in the same transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from pos.application.outside_partners.refusals import NoSuchAttempt
from pos.application.ports.store import UnitOfWork
from pos.domain.money import Money
from pos.domain.outside_partners.attempt import (
    NUMBER_BYTES,
    AttemptKind,
    AttemptState,
    PartnerAttempt,
    attempt_number,
    left_of,
)

SETTLED = "charge"
"""Journal act of a charge of which the outcome is known."""
REFUNDED = "refund_charge"
"""Journal act of a refund of which the outcome is known."""
OWED = "owe_charge"
"""Journal act of money that came and has to go back."""


def new_number() -> str:
    """A number that was never used before."""
    return attempt_number(secrets.token_bytes(NUMBER_BYTES))


def locked_attempt(work: UnitOfWork, number: str) -> PartnerAttempt:
    """The attempt, which no one else changes now; the charge of a refund is locked before it. Raises NoSuchAttempt."""
    seen = work.attempts.with_number(number)
    if seen is not None and seen.original:
        work.attempts.locked(seen.original)
    attempt = work.attempts.locked(number)
    if attempt is None:
        raise NoSuchAttempt(number)
    return attempt


def save(work: UnitOfWork, before: PartnerAttempt, after: PartnerAttempt, at: datetime, by: str) -> None:
    """Write what is known of an attempt by now, and what follows from it. `by` is who acted, in the journal."""
    if after != before:
        work.attempts.put(after)
    if after.kind is AttemptKind.CHARGE:
        _after_charge(work, before, after, at, by)
    elif after.kind is AttemptKind.REFUND:
        _after_refund(work, before, after, at, by)


def facts_of(attempt: PartnerAttempt) -> dict[str, object]:
    """What the journal says of an attempt."""
    moved = attempt.paid if attempt.paid is not None and attempt.paid != attempt.amount else attempt.amount
    facts: dict[str, object] = {
        "number": attempt.number,
        "provider": attempt.partner,
        "currency": moved.currency.code,
        "amount": str(moved),
        "state": attempt.state.value,
        "reference": attempt.reference,
        "key": attempt.about,
        "tender": attempt.original,
    }
    return {name: value for name, value in facts.items() if value}


def refund_of(charge: PartnerAttempt, amount: Money, at: datetime, **about: object) -> PartnerAttempt:
    """A refund that is owed out of a charge, not asked for yet; `about` overrides what it is for."""
    new = PartnerAttempt(
        number=new_number(),
        kind=AttemptKind.REFUND,
        partner=charge.partner,
        till=charge.till,
        about=charge.about,
        tries=1,
        amount=amount,
        begun_at=at,
        method=charge.method,
        cashier=charge.cashier,
        shift=charge.shift,
        original=charge.number,
        next_at=at,
    )
    return replace(new, **about)  # type: ignore[arg-type] # fields by their names


def add_refund(work: UnitOfWork, refund: PartnerAttempt) -> bool:
    """Write a refund down that is asked for soon; False while another one is open for the same money."""
    tries = sum(one.about == refund.about for one in work.attempts.refunds_of(refund.original))
    return work.attempts.add(replace(refund, tries=tries + 1))


def _after_charge(work: UnitOfWork, before: PartnerAttempt, after: PartnerAttempt, at: datetime, by: str) -> None:
    if before.is_open and not after.is_open:
        work.journal.write(at, after.till, by or after.cashier, SETTLED, facts_of(after))
    if not after.is_undo_asked:
        return
    refunds = work.attempts.refunds_of(after.number)
    owed = None if refunds else after.owed()  # one that was refused is asked for again by a person alone
    if owed is not None and add_refund(work, refund_of(after, owed, at)):
        work.journal.write(at, after.till, by or after.cashier, OWED, facts_of(after))


def _after_refund(work: UnitOfWork, before: PartnerAttempt, after: PartnerAttempt, at: datetime, by: str) -> None:
    if not before.is_open or after.is_open:
        return
    work.journal.write(at, after.till, by or after.cashier, REFUNDED, facts_of(after))
    charge = work.attempts.with_number(after.original)
    if charge is not None and not charge.document and is_back(charge, work.attempts.refunds_of(charge.number)):
        close(work, charge, at, by or after.cashier)


def is_back(charge: PartnerAttempt, refunds: Iterable[PartnerAttempt]) -> bool:
    """Whether all that came of a charge has gone back."""
    done = [one for one in refunds if one.state is AttemptState.DONE]
    return charge.paid is not None and left_of(charge.paid, done) is None


def close(work: UnitOfWork, charge: PartnerAttempt, at: datetime, by: str) -> None:
    """All that came has gone back: so has the tender that was to be given back for a refused sale."""
    work.attempts.put(replace(charge, is_given_back=True))
    for owed, is_open in work.owed.of_sale(charge.about):
        if is_open and owed.tender == charge.number and work.owed.settle(owed.key, owed.no, by, at):
            details = {"key": owed.key, "no": owed.no, "tender": owed.tender, "method": owed.method}
            money = {"currency": owed.amount.currency.code, "amount": str(owed.amount)}
            work.journal.write(at, charge.till, by, "settle_tender", {**details, **money, "how": "given_back"})


def refunds_left(charges: Iterable[PartnerAttempt], work: UnitOfWork) -> Sequence[tuple[PartnerAttempt, Money]]:
    """Charges that a receipt counts, each with what of it has neither gone back nor is on its way."""
    left = []
    for charge in charges:
        if charge.kind is AttemptKind.CHARGE and charge.state is AttemptState.DONE and charge.paid is not None:
            here = left_of(charge.paid, work.attempts.refunds_of(charge.number))
            if here is not None:
                left.append((charge, here))
    return left
