"""Words of customer orders: channels, states, what becomes of a deposit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo

from pos.application.text.formatting import date_text, instant_text, money_text
from pos.application.text.names import name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import noted
from pos.domain.money import Currency
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.deposit import GIVE_BACK

CHANNELS: Mapping[str, str] = {
    "douyin": N_("Douyin"),
    "wechat": N_("WeChat"),
    "kuaishou": N_("Kuaishou"),
    "telegram": N_("Telegram"),
    "instagram": N_("Instagram"),
    "phone": N_("Phone"),
    "counter": N_("Counter"),
    "other": N_("Another channel"),
}
"""Where customer orders come from, in the order in which they are chosen."""

ORDER_STATES: Mapping[str, str] = {
    "claimed": N_("claimed"),
    "waiting": N_("in the queue"),
    "confirmed": N_("confirmed"),
    "ready": N_("ready for pick-up"),
    "picked_up": N_("picked up"),
    "cancelled": N_("cancelled"),
    "expired": N_("not picked up in time"),
}
"""How far a customer order is, inside a sentence."""

DEPOSIT_STEPS: Mapping[str, str] = {
    "taken": N_("Deposits taken"),
    "used": N_("Deposits used"),
    "returned": N_("Deposits returned"),
    "kept": N_("Deposits kept"),
}
"""What became of deposits, summed."""

IMPORTED: Mapping[str, str] = {
    "taken": N_("Order taken"),
    "known": N_("Taken before"),
    "refused": N_("Not taken"),
}
"""What became of a row of a file."""

NO_SHOW: Mapping[str, str] = {
    "give_back": N_("The buyer gets it back"),
    "keep": N_("The shop keeps it"),
    "credit": N_("It pays for another order"),
}
"""What becomes of a deposit when no one comes."""

NO_SHOW_TERMS: Mapping[str, str] = {
    "give_back": N_("If the order is not picked up in time, the buyer gets the deposit back."),
    "keep": N_("If the order is not picked up in time, the shop keeps the deposit."),
    "credit": N_("If the order is not picked up in time, the deposit pays for another order."),
}
"""The same as a sentence that is said to the buyer."""


def buyer_text(order: CustomerOrder, tr: Translator) -> str:
    """Name and last digits of the phone; for an order of neither the channel."""
    buyer = order.buyer
    return " ".join(part for part in (buyer.name, buyer.shown) if part) or name_of(CHANNELS, order.channel, tr)


def deposit_terms(order: CustomerOrder) -> str:
    """By which terms the buyer does not get back what is left of the deposit; empty where they do. They hold as long as
    the order can be picked up, and after its time was over.
    """
    deposit, is_bound = order.deposit, order.is_open or order.state is OrderState.EXPIRED
    if deposit is None or not deposit.open or not is_bound or deposit.no_show == GIVE_BACK:
        return ""
    return NO_SHOW_TERMS[deposit.no_show]


def total_text(order: CustomerOrder, price: Currency, tr: Translator) -> str:
    """The sum in the price currency, and as it was agreed where that was in others."""
    total, sums = order.total(price), order.agreed_sums()
    text = money_text(total, tr.language)
    if any(one.currency != price for one in sums):
        text = noted(tr, text, " + ".join(money_text(one, tr.language) for one in sums))
    return text


def until_name(order: CustomerOrder) -> str:
    """What the instant means until which an order stands; a claim and one in the queue hold nothing."""
    return N_("Waits until") if order.state in (OrderState.CLAIMED, OrderState.WAITING) else N_("Held until")


def held_until_text(until: datetime, zone: tzinfo, language: str) -> str:
    """Until when an order is held: of midnight the day that ends then."""
    local = until.astimezone(zone)
    if local.time() == time(0):
        return date_text(local.date() - timedelta(days=1), language)
    return instant_text(until, zone, language)
