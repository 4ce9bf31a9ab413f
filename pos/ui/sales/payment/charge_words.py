"""What the cashier reads of money that a payment provider is asked for: what is waited for, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from pos.application.text.formatting import money_text, time_text
from pos.application.text.names import name_of
from pos.application.text.partner_words import PARTNER_REASONS, PROVIDERS
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, paragraph
from pos.domain.outside_partners.attempt import AttemptState, PartnerAttempt
from pos.domain.outside_partners.payment_code import SCHEMES
from pos.domain.outside_partners.providers import TYPED_TERMINAL
from pos.ui.widgets.cards.verdict_card import VerdictView
from pos.ui.widgets.drawing.tone import Tone

_WAITED_FOR: Mapping[str, str] = {
    "pin": N_("The customer enters the PIN on the phone"),
    "card": N_("The customer puts the card to the terminal"),
    "customer": N_("The customer pays at the terminal"),
    "confirmation": N_("The customer confirms on the phone"),
    "cancel_on_device": N_("Cancel the payment on the terminal"),
}
"""What the customer or the cashier has to do, by the hint of the provider."""
_WAITING = N_("Waiting for the customer")


def provider_text(name: str, tr: Translator) -> str:
    """A payment provider, or the scheme of a payment code, by its name."""
    return name_of(PROVIDERS, name, tr)


def reason_text(attempt: PartnerAttempt, tr: Translator) -> str:
    """Why it came to nothing or is not known; empty for nothing."""
    if attempt.reason not in PARTNER_REASONS:
        return ""
    return labelled(tr, tr("Reason"), tr(PARTNER_REASONS[attempt.reason]))


def charge_view(attempt: PartnerAttempt, tr: Translator, zone: tzinfo) -> VerdictView:
    """What is known of an open charge, and what to do about it."""
    provider = provider_text(attempt.partner, tr)
    match attempt.state:
        case AttemptState.WAITING:
            tone = Tone.NEARLY if attempt.reason == "cancel_on_device" else Tone.INFO
            return VerdictView(tone, tr(_WAITED_FOR.get(attempt.reason, _WAITING)), "hourglass")
        case AttemptState.UNKNOWN:
            began = time_text(attempt.begun_at.astimezone(zone))
            said = (
                reason_text(attempt, tr),
                tr("{provider} is asked again and again, since {time}.", provider=provider, time=began),
                tr("Do not take the money in another way before the answer, or cancel."),
            )
            lines = tuple(line for line in said if line)
            return VerdictView(Tone.NEARLY, tr("Not known whether it is paid"), "circle-question-mark", lines)
        case AttemptState.ASK_PERSON if attempt.partner == TYPED_TERMINAL:
            what = tr("Enter the amount on the terminal. Then say what the terminal shows.")
            return VerdictView(Tone.INFO, tr("Take the money on the terminal"), "credit-card", (what,))
        case AttemptState.ASK_PERSON:
            return VerdictView(Tone.NEARLY, tr("Look: is it paid?"), "eye", look_lines(attempt, tr, zone))
    return VerdictView(Tone.INFO, tr("Asking {provider} …", provider=provider), "hourglass")


def look_lines(attempt: PartnerAttempt, tr: Translator, zone: tzinfo) -> tuple[str, ...]:
    """Where a person looks for a payment that its provider cannot tell about, and what is noted."""
    provider, amount = provider_text(attempt.partner, tr), money_text(attempt.amount, tr.language)
    time = time_text(attempt.begun_at.astimezone(zone))
    if attempt.paid is not None:
        paid = money_text(attempt.paid, tr.language)
        first = tr("{provider} names {paid} in place of {amount}.", provider=provider, paid=paid, amount=amount)
    else:
        first = reason_text(attempt, tr)
    if attempt.partner in SCHEMES:
        where = tr("Look in the shop's app or portal of {provider} for {amount} at {time}.",
                   provider=provider, amount=amount, time=time)  # fmt: skip
    else:
        where = tr("Look at the terminal, or in the portal of {provider}, for {amount} at {time}.",
                   provider=provider, amount=amount, time=time)  # fmt: skip
    return tuple(line for line in (first, where, tr("Your name is noted.")) if line)


def declined_text(attempt: PartnerAttempt, tr: Translator) -> str:
    """That a provider has not taken the money, and why."""
    provider, amount = provider_text(attempt.partner, tr), money_text(attempt.amount, tr.language)
    said = tr("{provider}: {amount} not paid.", provider=provider, amount=amount)
    return paragraph(tr, [part for part in (said, reason_text(attempt, tr)) if part])
