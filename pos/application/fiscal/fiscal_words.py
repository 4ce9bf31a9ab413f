"""Fiscal receipts in words: how far one is, why it was refused, why the register takes nothing, and what to do then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pos.application.text.translator import N_, Translator
from pos.application.text.typography import noted
from pos.domain.fiscal.document import DocumentKind, Standing

if TYPE_CHECKING:
    from pos.domain.shifts.report_details import FiscalCounts

STANDINGS: Mapping[Standing, str] = {
    Standing.WAITING: N_("Waiting for the register"),
    Standing.REGISTERED: N_("Registered"),
    Standing.REFUSED: N_("Refused by the register"),
    Standing.GIVEN_UP: N_("Not registered by the program"),
    Standing.AT_TERMINAL: N_("Registered by the terminal"),
}
KINDS: Mapping[DocumentKind, str] = {
    DocumentKind.SALE: N_("Sale"),
    DocumentKind.RETURN: N_("Return"),
    DocumentKind.CASH_IN: N_("Cash paid in"),
    DocumentKind.CASH_OUT: N_("Cash paid out"),
    DocumentKind.DEPOSIT: N_("Deposit"),
    DocumentKind.DEPOSIT_BACK: N_("Deposit undone"),
    DocumentKind.CLOSE: N_("Close of the register's shift"),
}
PROBLEMS: Mapping[str, str] = {
    "validation": N_("the register finds a mistake in the receipt"),
    "no_cash": N_("the register counts less cash than is paid out"),
    "basis": N_("the register does not know the sale that is returned"),
    "no_basis": N_("the sale that is returned was never registered"),
    "no_rate": N_("the shop has no rate for the register's currency"),
    "cashbox": N_("the register does not accept the cashbox"),
    "not_set_up": N_("the login of the register is missing or wrong"),
    "offline_too_long": N_("the register has had no line to the tax operator for too long"),
    "busy": N_("the register is busy with another request"),
    "shared": N_("the register counts receipts that this shop has not made"),
    "no_line": N_("no connection to the register"),
    "time_over": N_("the register did not answer in time"),
    "certificate": N_("the register's certificate is not trusted"),
    "partner_broken": N_("the register has a fault"),
    "not_understood": N_("the register's answer cannot be read"),
    "too_long": N_("the register's answer cannot be read"),
}
"""By the names of REJECT_REASONS, HOLD_REASONS, SHARED and LOST_REASONS."""
REMEDIES: Mapping[str, str] = {
    "validation": N_("Correct what the register names in its cabinet, then send the receipt again."),
    "no_cash": N_("Pay in cash at the register, then send the receipt again."),
    "basis": N_("Look for the sale in the register's cabinet; register the return there, then set it aside here."),
    "no_basis": N_("Register the return in the register's cabinet, then set it aside here."),
    "no_rate": N_("Register the receipt in the register's cabinet, then set it aside here."),
    "cashbox": N_("Check the cashbox number in the settings, and the cashbox in the register's cabinet."),
    "not_set_up": N_("Enter login, password and key of the register at this till."),
    "shared": N_("Two shops must not share a cashbox. Look in the register's cabinet who else sells with it."),
    "offline_too_long": N_("Call the register's hotline. What waits is sent once it has a line again."),
}
"""What a person can do; the rest goes on by itself."""


def standing_text(standing: Standing, tr: Translator) -> str:
    """How far a document is."""
    return tr(STANDINGS[standing])


def kind_text(kind: DocumentKind, tr: Translator) -> str:
    """What a document is."""
    return tr(KINDS[kind])


def problem_text(problem: str, detail: str, tr: Translator) -> str:
    """Why something was refused or waits, with the register's own words where there are any; empty for nothing."""
    if not problem:
        return ""
    said = tr(PROBLEMS[problem]) if problem in PROBLEMS else problem
    return noted(tr, said, detail) if detail else said


def remedy_text(problem: str, tr: Translator) -> str:
    """What a person can do about it; empty where it goes on by itself."""
    return tr(REMEDIES[problem]) if problem in REMEDIES else ""


def counts_of(counts: FiscalCounts) -> Sequence[tuple[str, int]]:
    """The counts of a shift by their names in English: what is registered, and the others without zeros."""
    others = (
        (N_("Fiscal receipts waiting"), counts.waiting),
        (N_("Fiscal receipts refused"), counts.refused),
        (N_("Fiscal receipts set aside"), counts.given_up),
        (N_("Fiscal receipts of the terminal"), counts.at_terminal),
    )
    return [(N_("Fiscal receipts registered"), counts.registered), *(one for one in others if one[1])]


def counts_text(counts: FiscalCounts, tr: Translator) -> str:
    """What waits and what was refused, in a few words; empty where everything is registered."""
    parts = []
    if counts.waiting:
        parts.append(tr.plural("{n} fiscal receipt waits", "{n} fiscal receipts wait", counts.waiting))
    if counts.refused:
        parts.append(tr.plural("{n} fiscal receipt refused", "{n} fiscal receipts refused", counts.refused))
    return tr(", ").join(parts)
