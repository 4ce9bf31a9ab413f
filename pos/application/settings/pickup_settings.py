"""The settings of customer orders: how long they are held, what becomes of a deposit, how long a phone is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from pos.application.settings.option import setting
from pos.application.settings.setting_kinds import OneOf, TimeOfDay, WholeNumber, YesNo
from pos.application.text.translator import N_
from pos.domain.pickup.deposit import GIVE_BACK, NO_SHOW

WHEN_TAKEN, AT_SALE = "when_taken", "at_sale"


@dataclass(frozen=True, slots=True)
class PickupSettings:
    """A part of `Settings`: without an order nothing of it has any effect."""

    pickup_confirms: bool = setting(
        True, YesNo(), "stock", N_("Hold goods of customer orders at once"),
        N_("A customer order holds its goods as soon as it is taken. Otherwise only when it is confirmed."),
    )  # fmt: skip
    pickup_hold_days: int = setting(
        3, WholeNumber(0, 60), "stock", N_("Hold customer orders for (days)"),
        N_("Until which day goods are held for a customer order. 0: until the shop closes today."),
    )  # fmt: skip
    closing_time: str = setting(
        "24:00", TimeOfDay(), "shop", N_("Closing time"),
        N_("When the shop closes. Customer orders are held until then on their last day."),
    )  # fmt: skip
    deposit_no_show: str = setting(
        GIVE_BACK, OneOf(NO_SHOW), "money", N_("Deposit of an order not picked up"),
        N_("What becomes of the deposit on a customer order that is not picked up. It holds for new deposits."),
    )  # fmt: skip
    deposit_fiscal: str = setting(
        WHEN_TAKEN, OneOf((WHEN_TAKEN, AT_SALE)), "money", N_("Register deposits"),
        N_("When the fiscal register receives the deposit on a customer order."),
    )  # fmt: skip
    buyer_phone_days: int = setting(
        30, WholeNumber(1, 366), "visitors", N_("Keep phones of customer orders for (days)"),
        N_("How many days the whole phone number of a buyer is kept after the order is closed."),
    )  # fmt: skip

    @property
    def closing(self) -> time | None:
        """The closing time; None is midnight at the end of the day."""
        return None if self.closing_time == "24:00" else time.fromisoformat(self.closing_time)
