"""The day voucher in the reader's language: what each posting is, and what each account is called."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pos.application.text.formatting import percent_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled
from pos.domain.reports.accounts import FREE, Account
from pos.domain.reports.voucher import Posting

POSTINGS: Mapping[str, str] = {
    "sales": N_("Sales"),
    "vat_of_sales": N_("VAT on sales"),
    "returns": N_("Returned goods"),
    "vat_of_returns": N_("VAT on returned goods"),
    "voided_sales": N_("Voided sales"),
    "vat_of_voided_sales": N_("VAT on voided sales"),
    "payment": N_("Payments"),
    "change": N_("Change"),
    "refund": N_("Refunded"),
    "rounding": N_("Rounding"),
    "spread": N_("Exchange gain or loss"),
    "float": N_("Float"),
    "in": N_("Cash paid in"),
    "out": N_("Cash paid out"),
    "drop": N_("Cash to the safe"),
    "hand_over": N_("Difference at a hand-over"),
    "difference": N_("Difference at the close"),
    "counted": N_("Counted at the close, to the safe"),
    "revaluation": N_("Revaluation at the close"),
    "deposit_taken": N_("Deposit taken"),
    "deposit_returned": N_("Deposit returned"),
    "deposit_kept": N_("Deposit kept"),
}
"""What a posting is, by its kind."""

_OF_DEPOSITS = ("deposit_taken", "deposit_returned", "deposit_kept")

ACCOUNTS: Mapping[str, str] = {
    "customers": N_("Customers"),
    "revenue": N_("Sales revenue"),
    "returns": N_("Returned goods"),
    "vat": N_("VAT payable"),
    "cash": N_("Cash in the drawer"),
    "safe": N_("Safe"),
    "card": N_("Card settlements"),
    "qr": N_("QR settlements"),
    "deposits": N_("Deposits of customers"),
    "kept_deposits": N_("Deposits kept"),
    "paid_in": N_("Cash paid in"),
    "paid_out": N_("Cash paid out"),
    "rounding": N_("Rounding"),
    "exchange": N_("Exchange gain or loss"),
    "difference": N_("Count differences"),
}
"""What an account is called, by its kind."""


def posting_text(posting: Posting, tr: Translator) -> str:
    """What a posting is, with how it was paid or the reason that was given."""
    text = name_of(POSTINGS, posting.kind, tr)
    if posting.kind in ("payment", "change", "refund", "spread") or posting.kind in _OF_DEPOSITS:
        text = f"{text} · {name_of(METHODS, posting.method, tr)}"
    if posting.reason:
        text = labelled(tr, text, posting.reason)
    return text if posting.value is not None else f"{text} · {tr('no rate on file')}"


def account_text(account: Account, tr: Translator) -> str:
    """What an account is called, with its currency or VAT rate."""
    name = name_of(ACCOUNTS, account.kind, tr)
    if not account.part:
        return name
    if account.part == FREE:
        return f"{name} · {tr('free of VAT')}"
    if account.part.isalpha():
        return f"{name} · {account.part}"
    return f"{name} · {percent_text(Decimal(account.part), tr.language)}"
