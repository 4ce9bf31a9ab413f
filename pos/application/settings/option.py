"""One setting as it is declared and as people see it: kind, group, title and a sentence that describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pos.application.settings.setting_kinds import CashStep, Kind, ParcelRegimeId, RegimeId
from pos.application.text.translator import N_
from pos.domain.border import Border, border_in_force
from pos.domain.errors import BadInput


@dataclass(eq=False)
class UnknownSetting(BadInput):
    """No setting has this name."""

    fact = "unknown_setting"

    name: str


Group = Literal["shop", "money", "quota", "till", "devices", "stock", "staff", "visitors", "backup"]
"""The groups of settings, in order."""


def setting(default: Any, read: Kind, group: Group, title: str, sentence: str, *, of_rates: bool = False) -> Any:
    """`default` is a value, or a function of the border that decides it. `of_rates`: a border of one currency has no
    use for it.
    """
    metadata = {"read": read, "group": group, "title": title, "sentence": sentence, "of_rates": of_rates}
    if callable(default):
        return field(default_factory=lambda: default(border_in_force()), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Option:
    """One setting as people see it. `of` is the currency or the country that it is for, where there is one for each."""

    name: str
    kind: Kind
    group: Group
    title: str
    sentence: str
    of: str = ""


STEP, REGIME, PARCELS = "step_", "regime_", "parcel_regime_"
"""How the names of settings begin that there are for each currency, or for each destination."""


def options_of_border(border: Border) -> Mapping[str, Sequence[Option]]:
    """The settings for each currency and each destination, by how their names begin."""
    return {
        STEP: [
            Option(
                f"{STEP}{code.lower()}", CashStep(one), "money", N_("Cash rounding, {currency}"),
                N_("The smallest cash amount in this currency."), code,
            )
            for code, one in border.currencies.items()
        ],
        REGIME: [
            Option(
                f"{REGIME}{country.lower()}", RegimeId(country), "quota", N_("Rules for {country}"),
                N_("Allowance rules for visitors leaving to this side."), country,
            )
            for country in border.sides
        ],
        PARCELS: [
            Option(
                f"{PARCELS}{country.lower()}", ParcelRegimeId(country), "quota", N_("Rules for parcels: {country}"),
                N_("Rules for goods that the shop sends to this side. Empty: it sends none."), country,
            )
            for country in border.sides
        ],
    }  # fmt: skip
