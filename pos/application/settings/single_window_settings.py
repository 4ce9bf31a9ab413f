"""The settings of drafts for the single window of cross-border e-commerce."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pos.application.settings.option import setting
from pos.application.settings.pickup_settings import PickupSettings
from pos.application.settings.setting_kinds import PriceAmount, SchemaPath, Written
from pos.application.text.translator import N_


@dataclass(frozen=True, slots=True)
class SingleWindowSettings(PickupSettings):
    """A part of `Settings`."""

    single_window_platform_code: str = setting(
        "", Written(18), "shop", N_("Single window: platform code"),
        N_("The customs code of the e-commerce platform in drafts for the single window."),
    )  # fmt: skip
    single_window_platform_name: str = setting(
        "", Written(100), "shop", N_("Single window: platform name"),
        N_("The name of the e-commerce platform in drafts for the single window."),
    )  # fmt: skip
    single_window_company_code: str = setting(
        "", Written(18), "shop", N_("Single window: company code"),
        N_("The customs code of the e-commerce company in drafts for the single window."),
    )  # fmt: skip
    single_window_company_name: str = setting(
        "", Written(100), "shop", N_("Single window: company name"),
        N_("The name of the e-commerce company in drafts for the single window."),
    )  # fmt: skip
    single_window_freight: Decimal = setting(  # noqa: RUF009 # a decimal never changes
        Decimal(0), PriceAmount(99_999), "shop", N_("Single window: freight"),
        N_("The freight of one order in drafts for the single window, in the price currency."),
    )  # fmt: skip
    single_window_schema: str = setting("", SchemaPath(), "shop", N_("Single window: schema"),
        N_("The shop's copy of the XML schema (XSD) of the drafts: a file or a folder. Empty: no check."))  # fmt: skip
