"""Sentences of refusals about customs declarations."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

DECLARATIONS: Mapping[str, str] = {
    "adult_not_chosen": N_(
        "Receipt {receipt}: visitors under {age} have goods to declare ({visitors}). "
        "Choose who declares them: {adults}."
    ),
    "goods_of_another": N_(
        "Receipt {receipt}: the goods of visitor {visitor} count for another visitor. "
        "Fill in their declaration by hand."
    ),
    "goods_are_sent": N_("Receipt {receipt}: the goods are sent. A traveller does not declare them."),
    "no_adult_to_declare": N_(
        "Receipt {receipt}: the goods to declare belong to visitors under {age} ({visitors}), and no adult is on it. "
        "An adult fills in their declaration by hand."
    ),
    "no_declaration_paper": N_("The till has no customs declaration for the destination {destination}."),
    "not_an_adult": N_("Visitor {visitor} cannot declare for others: they are under {age}, or not on this receipt."),
    "nothing_to_declare": N_("Receipt {receipt}: visitor {visitor} has nothing to declare."),
    "other_document": N_(
        "Document {document} belongs to no visitor of receipt {receipt}. Scan the visitor's own document."
    ),
    "visitor_erased": N_(
        "Receipt {receipt}: the data of visitor {visitor} is erased. There is no declaration any more."
    ),
}
