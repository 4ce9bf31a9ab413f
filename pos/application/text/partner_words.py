"""Partners outside the shop in words: who they are, what is known of an attempt, and why it came to nothing."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

PROVIDERS: Mapping[str, str] = {
    "wechat": N_("WeChat Pay"),
    "alipay": N_("Alipay"),
    "unionpay": N_("UnionPay"),
    "kaspi": N_("Kaspi"),
    "terminal": N_("Card terminal"),
    "practice": N_("Practice payment"),
}
"""Payment providers by the names that tenders, reports and settings give them, and the schemes of payment codes."""

ATTEMPT_STATES: Mapping[str, str] = {
    "new": N_("to be sent"),
    "sent": N_("sent"),
    "waiting": N_("waiting for the customer"),
    "unknown": N_("outcome unknown"),
    "undoing": N_("being cancelled"),
    "ask_person": N_("to be checked by a person"),
    "done": N_("done"),
    "refused": N_("declined"),
    "undone": N_("cancelled"),
}

PARTNER_REASONS: Mapping[str, str] = {
    "code_expired": N_("the payment code has expired; the customer shows a new one"),
    "code_unknown": N_("the payment code is not accepted; the customer shows a new one"),
    "no_money": N_("not enough money"),
    "limit": N_("over a limit of the customer"),
    "by_customer": N_("the customer has cancelled"),
    "by_partner": N_("the provider declines"),
    "account": N_("the account cannot be used"),
    "already_refunded": N_("already refunded"),
    "too_much_refunded": N_("more than is left of the payment"),
    "not_set_up": N_("not set up at this till"),
    "busy": N_("the provider is busy; try again"),
    "no_line": N_("no connection"),
    "time_over": N_("no answer in time"),
    "certificate": N_("the certificate is not the known one"),
    "signature": N_("the answer is not signed by the provider"),
    "partner_broken": N_("the provider has a fault"),
    "not_understood": N_("the answer cannot be read"),
    "too_long": N_("the answer is too long"),
    "signed_out": N_("the till is not signed in at the provider"),
    "by_person": N_("read the terminal and enter what it says"),
    "another_sum": N_("the provider names another amount"),
    "pin": N_("the customer enters their PIN"),
    "card": N_("the customer presents their card"),
    "customer": N_("the customer acts at the terminal"),
    "confirmation": N_("the customer confirms on their phone"),
    "cancel_on_device": N_("cancel on the terminal"),
}
"""Why an attempt was declined or lost, and what it waits for, inside a sentence."""
