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
PARCELS: Mapping[str, str] = {
    "parcel_buyer": N_("Goods to be sent need one buyer with a document, and no second one."),
    "no_parcel_regime": N_("The shop has no rules for parcels to this destination. Choose them in the settings."),
    "not_a_parcel_regime": N_("The rules “{regime}” are for goods that a visitor carries, not for parcels."),
    "parcel_too_light": N_("The goods weigh {goods} kg, and the parcel only {parcel} kg. Weigh it with its packing."),
    "no_parcels": N_("From {first} to {last} no goods were sold that leave China in a parcel."),
    "draft_lacks": N_("Receipt {receipt}: {name} ({code}) has no {lacks}. Nothing was written. Further goods: {more}."),
    "draft_field": N_("Receipt {receipt}: {field} of the draft is not valid: {reason}. Nothing was written."),
    "too_many_lines": N_(
        "Receipt {receipt}: too many lines for an order ({lines}, at most {most}). Nothing was written."
    ),
}
