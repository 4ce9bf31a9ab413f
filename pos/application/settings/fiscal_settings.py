"""The settings of the fiscal register, and from which day which goods are sold by their marking codes."""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from pos.application.settings.option import setting
from pos.application.settings.setting_kinds import (
    DatedScopes,
    Names,
    OneOf,
    TillNames,
    WebAddress,
    WholeNumber,
    Written,
)
from pos.application.settings.single_window_settings import SingleWindowSettings
from pos.application.text.translator import N_
from pos.domain.fiscal.registers import LONGEST_CASHBOX, NO_REGISTER, REGISTER_KINDS, RegisterKind
from pos.domain.outside_partners.providers import CARD_PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class FiscalSettings(SingleWindowSettings):
    """A part of `Settings`: with no register chosen, nothing of it has any effect."""

    fiscal_register: str = setting(
        NO_REGISTER, OneOf((NO_REGISTER, *REGISTER_KINDS)), "shop", N_("Fiscal register"),
        N_("The service with which receipts are registered. Its login is kept at each till."),
    )  # fmt: skip
    fiscal_address: str = setting(
        "", WebAddress(), "shop", N_("Address of the fiscal register"),
        N_("Where the fiscal register answers. Empty for its usual address."),
    )  # fmt: skip
    fiscal_cashbox: str = setting(
        "", Written(LONGEST_CASHBOX), "shop", N_("Cashbox number"),
        N_("The number of the cashbox at the fiscal register, such as SWK00032685."),
    )  # fmt: skip
    till_fiscal_cashboxes: tuple[str, ...] = setting(
        (), TillNames(LONGEST_CASHBOX), "shop", N_("Cashbox numbers by till"), N_("Tills with a cashbox of their own.")
    )
    fiscal_wait_seconds: int = setting(
        0, WholeNumber(0, 30), "shop", N_("Wait for the fiscal register (seconds)"),
        N_("How long a receipt waits for its fiscal number. 0: it is printed at once, and the fiscal receipt follows."),
    )  # fmt: skip
    fiscal_terminals: tuple[str, ...] = setting(
        (), Names(CARD_PROVIDERS, or_none=True), "shop", N_("Terminals that register the fiscal receipt"),
        N_("A sale paid there wholly is not sent to the fiscal register. It works with a fiscal register only."),
    )  # fmt: skip
    marking_from: tuple[str, ...] = setting(
        lambda border: tuple(f"{one.category}={one.since.isoformat()}" for one in border.marking), DatedScopes(),
        "stock", N_("Marking code from a day on"),
        N_("From which day goods are sold by their marking codes, in a shop with a fiscal register."),
    )  # fmt: skip

    @property
    def register_kind(self) -> RegisterKind | None:
        """The fiscal register of the shop; None without one."""
        return REGISTER_KINDS.get(self.fiscal_register)

    @property
    def cashboxes_of_tills(self) -> Mapping[str, str]:
        """The cashboxes of those tills that have one of their own."""
        return dict(pair.split("=", 1) for pair in self.till_fiscal_cashboxes)

    def registering_terminals(self) -> frozenset[str]:
        """The payment providers that register the fiscal receipt themselves; none in a shop without a register."""
        return frozenset(() if self.register_kind is None else self.fiscal_terminals)

    def cashbox_of(self, till: str) -> str:
        """The cashbox of a till; empty where none is set."""
        return self.cashboxes_of_tills.get(till, self.fiscal_cashbox)

    def marked_since(self, today: date) -> tuple[str, ...]:
        """The categories that are sold by their marking codes on a day because of the register."""
        if self.register_kind is None:
            return ()
        pairs = (pair.split("=", 1) for pair in self.marking_from)
        return tuple(category for category, since in pairs if date.fromisoformat(since) <= today)


@cache
def _names() -> frozenset[str]:
    return frozenset(one.name for one in fields(FiscalSettings))


def is_apart(field: Field[Any]) -> bool:
    """Whether a field of `Settings` is declared in a file of its own: they stand behind the others of their group."""
    return field.name in _names()
