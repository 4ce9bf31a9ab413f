"""Sentences of refusals about payment providers, by the names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

PARTNERS: Mapping[str, str] = {
    "attempt_settled": N_("Nothing is left to do about this payment: it is {state}."),
    "partner_is_asked": N_("The provider is still asked about this payment. Wait for its answer."),
    "money_is_there": N_("The provider has {paid}. It cannot be noted as not paid."),
    "charge_still_open": N_("{provider} was asked for {amount}. Wait for the answer, or cancel that payment."),
    "account_in_use": N_(
        "{provider}: {attempts} payments or refunds are not settled yet. Settle them first, then use another account."
    ),
    "provider_not_set_up": N_("{provider} is not set up at this till."),
    "provider_takes_not": N_("{provider} does not take {currency}."),
    "provider_takes_whole": N_("{provider} takes whole units only: {payable} of {amount}."),
    "charge_not_paid": N_("{provider} has not confirmed the payment of {amount} for this sale."),
    "refund_under_way": N_("{provider} was asked to refund {amount}. Wait for the answer."),
    "not_a_statement": N_(
        "This is not a file of {provider}. Choose its file of a day as it is downloaded there, saved as CSV."
    ),
    "statement_of_another": N_("This is a file of {whose}, not of {provider}."),
    "no_such_attempt": N_("There is no payment with the number {number}."),
}
