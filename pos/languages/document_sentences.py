"""Names of the fields of a travel document, and reasons for which a document is refused."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

DOCUMENT_FIELDS: Mapping[str, str] = {
    "birth_date": N_("Date of birth"),
    "iin": N_("IIN"),
    "issuer": N_("Issuing country"),
    "names": N_("Name of holder"),
    "nationality": N_("Nationality"),
    "optional": N_("Personal number"),
    "sex": N_("Sex"),
    "zone": N_("Machine-readable zone"),
}

DOCUMENT_REASONS: Mapping[str, str] = {
    "format": N_("this number does not fit the document type"),
    "never_issued": N_("such a number is never issued"),
    "not_mrz_lines": N_("it is not one to three lines of text"),
    "same_person": N_("it belongs to another visitor of this sale"),
    "visa": N_("a visa is not a travel document"),
}
