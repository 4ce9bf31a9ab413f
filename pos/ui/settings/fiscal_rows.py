"""What the settings show of the fiscal register: its login at this till, and the receipts that wait or were refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos.application.fiscal.fiscal_words import counts_text
from pos.application.fiscal.send_to_register import SentToRegister
from pos.application.text.translator import N_, Translator
from pos.domain.fiscal.document import FiscalDocument

LOGIN_ROW, RECEIPTS_ROW = "fiscal.login", "fiscal.receipts"
"""The names of the two rows, which no setting has."""
TITLES: Mapping[str, str] = {
    LOGIN_ROW: N_("Login of the fiscal register"),
    RECEIPTS_ROW: N_("Fiscal receipts to look at"),
}
SENTENCES: Mapping[str, str] = {
    LOGIN_ROW: N_("What this till needs to register receipts. It is kept on this till alone."),
    RECEIPTS_ROW: N_("What waits for the fiscal register, what it has refused and why, and what can be done."),
}
FIELD_TITLES: Mapping[str, str] = {
    "api_key": N_("Key of the integrator"),
    "login": N_("Login"),
    "password": N_("Password"),
}


@dataclass(frozen=True, slots=True)
class FiscalShown:
    """What was read: the fields that are `lacking` (None where this till can keep none), and how things stand."""

    lacking: Sequence[str] | None
    documents: Sequence[FiscalDocument]
    state: SentToRegister


def value_text(row: str, shown: FiscalShown, tr: Translator) -> str:
    """The value of a row in a few words."""
    if row == LOGIN_ROW:
        return tr("not complete") if shown.lacking else tr("set up")
    return counts_text(shown.state.counts, tr) or tr("none")


def rows_shown(shown: FiscalShown | None) -> tuple[str, ...]:
    """The rows of a shop with a register; none in any other."""
    if shown is None:
        return ()
    return (RECEIPTS_ROW,) if shown.lacking is None else (LOGIN_ROW, RECEIPTS_ROW)
