"""Sentences of refusals about fiscal receipts, by the names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

FISCAL: Mapping[str, str] = {
    "no_fiscal_register": N_("This till has no fiscal register. Choose one in the settings of the shop."),
    "no_fiscal_document": N_("The fiscal register has received nothing of {receipt}."),
    "paid_beside_terminal": N_("{provider} registers its payments itself. Pay the whole sale there, or none of it."),
    "back_at_terminal": N_("{provider} has registered {receipt}. Refund it there: not in cash, and not in exchange."),
    "not_refused_by_register": N_("The fiscal register has not refused {receipt}. There is nothing to decide."),
    "still_no_rate": N_("{receipt} has no rate for the currency of the fiscal register. Set it aside with a reason."),
}
