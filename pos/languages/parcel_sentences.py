"""Sentences of refusals about goods that are sent and drafts for the single window, by the names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

PARCEL_FIELDS: Mapping[str, str] = {
    "parcel": N_("To be sent"),
    "parcel.delivery_service": N_("Delivery service"),
    "parcel.weight_kg": N_("Weight of the parcel"),
    "parcel.recipient": N_("Recipient"),
    "parcel.address": N_("Address"),
}
SCHEMA_REASONS: Mapping[str, str] = {
    "element_missing": N_("it lacks"),
    "element_unexpected": N_("in its place should stand"),
    "longer_than_allowed": N_("the text is too long"),
    "shorter_than_allowed": N_("the text is too short"),
    "not_of_the_length": N_("the text has another length"),
    "not_of_the_pattern": N_("the text has another form"),
    "not_in_the_list": N_("the text is not in its list"),
    "not_as_the_schema": N_("the text is not allowed"),
}
"""What is wrong with an element, before its text or what should stand there."""

SCHEMA_TROUBLES: Mapping[str, str] = {
    "schema_gone": N_("The schema {where} cannot be read ({detail}). Nothing was written. Check the settings."),
    "schema_not_in_folder": N_(
        "The folder {where} has no schema (.xsd) with {detail} in its name. Nothing was written. Check the settings."
    ),
    "schema_not_valid": N_("{where} is no schema that the till can use ({detail}). Nothing was written."),
    "schema_of_another": N_("The schema {where} is not that of message {detail}. Nothing was written."),
    "schema_too_slow": N_("The check against the schema {where} takes too long. Nothing was written."),
}

PARCELS: Mapping[str, str] = {
    "parcel_buyer": N_("Goods to be sent need one buyer with a document, and no second one."),
    "no_parcel_regime": N_("The shop has no rules for parcels to this destination. Choose them in the settings."),
    "no_parcel_regime_at_all": N_("The shop has no rules for goods that are sent. Choose them in the settings."),
    "not_a_parcel_regime": N_("The rules “{regime}” are for goods that a visitor carries, not for parcels."),
    "parcel_too_light": N_("The goods weigh {goods} kg, and the parcel only {parcel} kg. Weigh it with its packing."),
    "no_parcels": N_("From {first} to {last} no goods were sold that leave China in a parcel."),
    "draft_lacks": N_("Receipt {receipt}: {name} ({code}) has no {lacks}. Nothing was written. Further goods: {more}."),
    "draft_field": N_("Receipt {receipt}: {field} of the draft is not valid: {reason}. Nothing was written."),
    "draft_against_schema": N_(
        "{file}, line {line}: {element} is not as the schema says; {reason}: {value}. Nothing was written."
    ),
    "too_many_lines": N_(
        "Receipt {receipt}: too many lines for an order ({lines}, at most {most}). Nothing was written."
    ),
}
