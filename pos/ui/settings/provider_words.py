"""The names of the fields that a payment provider needs, and its row among the settings."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.outside_partners.set_up_provider import ProviderShown
from pos.application.text.names import name_of
from pos.application.text.partner_words import PARTNER_REASONS, PROVIDERS
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled
from pos.domain.outside_partners.answers import Declined, Lost

PROVIDER_ROW = "provider."
"""The beginning of the name of a row, which no setting has."""
DOES = N_("What this till needs to ask the provider for money. It is kept on this till alone.")

FIELD_TITLES: Mapping[str, str] = {
    "app_id": N_("App ID"),
    "merchant_id": N_("Merchant number"),
    "merchant_serial": N_("Serial number of the API certificate"),
    "merchant_key": N_("Private key of the merchant (file)"),
    "public_key_id": N_("ID of the public key"),
    "public_key": N_("Public key of the provider (file)"),
    "platform_certificates": N_("Certificates of the platform (file)"),
    "store_id": N_("Number of the shop at the provider"),
    "app_key": N_("Private key of the application (file)"),
    "alipay_public_key": N_("Public key of the provider (file)"),
    "address": N_("Address of the terminal"),
    "till_name": N_("Name of this till on the terminal"),
}


def provider_name(row: str) -> str:
    """The provider of a row; empty for another row."""
    return row.removeprefix(PROVIDER_ROW) if row.startswith(PROVIDER_ROW) else ""


def state_text(shown: ProviderShown, tr: Translator) -> str:
    """Whether it can be asked."""
    if not shown.kept:
        return tr("not set up")
    return tr("set up") if shown.is_set_up else tr("not complete")


def failure_text(name: str, answer: Declined | Lost, tr: Translator) -> str:
    """Why a try came to nothing."""
    what = answer.reason if isinstance(answer, Declined) else answer.what
    return labelled(tr, name_of(PROVIDERS, name, tr), name_of(PARTNER_REASONS, what, tr))
