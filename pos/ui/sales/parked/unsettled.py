"""Money at payment providers about which something is to be done: its row, and what a person may answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pos.application.outside_partners.settle_attempts import UnsettledMoney
from pos.application.shop.shop import Shop
from pos.application.text.formatting import money_text
from pos.application.text.names import name_of
from pos.application.text.partner_words import ATTEMPT_STATES, PARTNER_REASONS, PROVIDERS
from pos.application.text.translator import N_, Translator
from pos.domain.outside_partners.attempt import AttemptKind, AttemptState
from pos.domain.staff.staff import Person
from pos.ui.sales.parked.row_text import ParkedRowText, RowContext

_REFUND = N_("Refund")
_AGAIN = N_("Ask for the refund again")
_BY_HAND = N_("Mark as refunded")
_PAID, _NOT_PAID = N_("It was paid"), N_("It was not paid")
_BACK, _NOT_BACK = N_("It was refunded"), N_("It was not refunded")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a button does about the money of a row: its words, and the step for the person at the till."""

    text: str
    step: Callable[[Person], object]


def answers(one: UnsettledMoney, shop: Shop) -> tuple[Answer | None, Answer | None]:
    """What may be answered, by the first and by the second key; None where nothing is to be answered."""
    attempt, number = one.attempt, one.attempt.number
    if attempt.may_be_decided and (attempt.kind is AttemptKind.CHARGE or one.needs_person or attempt.lost):
        words = (_PAID, _NOT_PAID) if attempt.kind is AttemptKind.CHARGE else (_BACK, _NOT_BACK)
        yes, no = (
            Answer(text, partial(shop.decide_attempt, number, done=done)) for text, done in zip(words, (True, False))
        )
        return yes, None if attempt.paid is not None else no
    if one.owed is not None:
        give_back = shop.give_back_charge
        return Answer(_BY_HAND, partial(give_back.by_hand, number)), Answer(_AGAIN, partial(give_back.again, number))
    if attempt.is_offered:
        return Answer(_REFUND, partial(shop.undo_charge, number)), None
    return None, None


def unsettled_row(one: UnsettledMoney, context: RowContext, tr: Translator) -> ParkedRowText:
    """A charge or a refund that is not settled, and why."""
    attempt = one.attempt
    day, time = context.when(attempt.begun_at, tr)
    is_refund = attempt.kind is AttemptKind.REFUND
    kind = tr.context("attempt", "Refund") if is_refund else tr("Payment")
    state = name_of(ATTEMPT_STATES, attempt.state.value, tr)
    if one.owed is not None:
        state = tr("to refund")
    elif attempt.is_offered:
        state = tr("paid, without a sale")
    elif attempt.state is AttemptState.DONE:
        state = tr("goes back")
    return ParkedRowText(
        icon="credit-card" if attempt.method == "card" else "qr-code",
        day=day,
        time=time,
        title=" · ".join(part for part in (name_of(PROVIDERS, attempt.partner, tr), kind, attempt.reference) if part),
        remark=name_of(PARTNER_REASONS, attempt.reason, tr) if attempt.reason in PARTNER_REASONS else "",
        pieces="",
        amount=money_text(one.owed or attempt.paid or attempt.amount, tr.language),
        state_icon="eye" if one.needs_person else "hourglass",
        state=state,
        whose=context.whose(attempt.till, attempt.cashier),
        token="over" if one.needs_person else "muted",
    )
