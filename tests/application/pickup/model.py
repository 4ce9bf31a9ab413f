"""An independent model of customer orders: pieces are counted one by one, money in whole minor units and fractions.

It shares no code with the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

HELD = ("confirmed", "ready")
OPEN = ("claimed", "waiting", *HELD)


CASH_STEPS = {"CNY": 10, "KZT": 500}
"""Minor units of the smallest sum that is asked for in cash."""


def half_up(value: Fraction) -> int:
    return int((2 * value + 1) // 2)


@dataclass
class Paid:
    """A deposit: `rate` is fen for one minor unit of its money."""

    by: str
    money: str
    rate: Fraction
    no_show: str
    left: int = 0
    worth: int = 0


@dataclass
class Order:
    """One order; `price` is what a piece costs in fen."""

    goods: Mapping[str, int]
    price: Mapping[str, int]
    claimed: int
    until: int
    state: str = "claimed"
    was: str = "confirmed"
    deposit: Paid | None = None
    picked: Counter[str] = field(default_factory=Counter)


@dataclass
class Model:
    """What lies on the shelf, what is in the drawer, and every order by its code."""

    shelf: Counter[str] = field(default_factory=Counter)
    drawer: Counter[str] = field(default_factory=Counter)
    sums: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Taken, used, returned and kept: by what, by which way, in which money."""
    orders: dict[str, Order] = field(default_factory=dict)

    def held(self) -> Counter[str]:
        return sum((Counter(one.goods) for one in self.orders.values() if one.state in HELD), Counter())

    def free(self, code: str, before: int | None = None) -> int:
        """Neither held, nor claimed by an earlier order."""
        claimed = sum(
            one.goods.get(code, 0)
            for one in self.orders.values()
            if one.state == "claimed" and (before is None or one.claimed < before)
        )
        return self.shelf[code] - self.held()[code] - claimed

    def claims(self, code: str, order: Order, now: int, *, confirms: bool) -> str:
        self.moves_up(now, order.goods)
        fits = all(self.free(one) >= count for one, count in order.goods.items())
        order.state = "waiting" if not fits else "confirmed" if confirms else "claimed"
        self.orders[code] = order
        return order.state

    def confirms(self, code: str, now: int) -> str:
        order = self.orders[code]
        self.moves_up(now, order.goods)
        order.state = "nothing"
        fits = all(self.free(one, order.claimed) >= count for one, count in order.goods.items())
        order.state = "confirmed" if fits else "waiting"
        return order.state

    def moves_up(self, now: int, codes: Iterable[str] | None = None) -> None:
        """Orders that wait for these goods get them, in the order of the claims, as far as they are free."""
        wanted = None if codes is None else set(codes)
        queue = [one for one in self.orders.values() if one.state == "waiting" and one.until > now]
        for order in sorted(queue, key=lambda one: one.claimed):
            if wanted is not None and wanted.isdisjoint(order.goods):
                continue
            if all(self.free(one, order.claimed) >= count for one, count in order.goods.items()):
                order.state = "confirmed"

    def ends(self, now: int) -> None:
        """What an idle till does: first those with goods held, then the others, then the whole queue."""
        for states in (HELD, OPEN):
            over = [one for one in self.orders.values() if one.state in states and one.until <= now]
            for order in over:
                order.state = "expired"
            if over:
                self.moves_up(now, {code for order in over for code in order.goods})
        self.moves_up(now)
        for order in self.orders.values():
            if order.state == "expired" and order.deposit is not None and order.deposit.no_show == "keep":
                self._goes("kept", order.deposit, order.deposit.left, order.deposit.worth)

    def cancels(self, code: str, now: int) -> None:
        self.orders[code].state = "cancelled"
        self.moves_up(now, self.orders[code].goods)

    def pays_ahead(self, code: str, deposit: Paid, amount: int) -> None:
        deposit.left, deposit.worth = amount, half_up(amount * deposit.rate)
        self.orders[code].deposit = deposit
        self.sums["taken", deposit.by, deposit.money] += amount
        if deposit.by == "cash":
            self.drawer[deposit.money] += amount

    def gives_back(self, code: str) -> int:
        deposit = self.orders[code].deposit
        assert deposit is not None
        amount = deposit.left
        if deposit.by == "cash":
            self.drawer[deposit.money] -= amount
        self._goes("returned", deposit, amount, deposit.worth)
        return amount

    def _goes(self, step: str, deposit: Paid, amount: int, worth: int) -> None:
        if amount:
            self.sums[step, deposit.by, deposit.money] += amount
            deposit.left -= amount
            deposit.worth -= worth

    def picks_up(self, code: str, picked: Mapping[str, int], now: int) -> tuple[int, int, int]:
        """The total in fen, and what of the deposit pays for it: in its money and in fen; in cash to its step."""
        order = self.orders[code]
        order.was, order.state = order.state, "picked_up"
        order.picked = Counter(picked)
        self.shelf -= Counter(picked)
        total = sum(order.price[one] * count for one, count in picked.items())
        used = worth = 0
        if order.deposit is not None and order.deposit.left and total:
            deposit = order.deposit
            used, worth = deposit.left, deposit.worth
            if worth > total:
                step = CASH_STEPS[deposit.money] if deposit.by == "cash" else 1
                used = min(half_up(total / deposit.rate / step) * step, deposit.left)
                worth = half_up(used * deposit.rate)
            self._goes("used", deposit, used, worth)
        if left := {one for one, count in order.goods.items() if picked.get(one, 0) < count}:
            self.moves_up(now, left)
        return total, used, worth

    def voids(self, code: str, used: int, worth: int, until: int, now: int) -> None:
        order = self.orders[code]
        for one, count in order.picked.items():
            self.shelf[one] += count
        order.until = max(order.until, until)
        order.state = "nothing"
        fits = all(self.free(one, order.claimed) >= count for one, count in order.goods.items())
        order.state = order.was if fits else "waiting"
        if order.deposit is not None and used:
            self.sums["used", order.deposit.by, order.deposit.money] -= used
            order.deposit.left += used
            order.deposit.worth += worth
        self.moves_up(now, order.picked)
