"""The report of customer orders: by channel, by hour, those that were not picked up, and the deposits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pos.application.access.authorize import authorized_read
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pickup.deposit import DepositSums
from pos.domain.pickup.order_figures import OrderFigures, together
from pos.domain.staff.staff import Person

RIGHT = "reports"
_MOST_DAYS = 366
_MOST_NO_SHOWS = 1_000


@dataclass(frozen=True, slots=True)
class PickupReport:
    """Of the orders that were claimed from `first` to `last`; the deposits are those that moved on these days.

    `by_hour` is by the hour of the claim on the shop's clock. `no_shows` are those whose time was over.
    """

    first: date
    last: date
    currency: Currency
    by_channel: tuple[tuple[str, OrderFigures], ...]
    by_hour: tuple[tuple[int, OrderFigures], ...]
    no_shows: tuple[CustomerOrder, ...]
    deposits: DepositSums
    owed: tuple[Money, ...]
    """What is left of deposits now, by currency, on whatever day it was taken."""

    @property
    def whole(self) -> OrderFigures:
        """All channels together."""
        return together((figures for _, figures in self.by_channel), Money.zero(self.currency))


class ReportOrders(UseCase):
    """Sums straight from the orders."""

    def __call__(self, person: Person, first: date | None = None, last: date | None = None) -> PickupReport:
        """The report of some days, of today without a first one. Raises NotAllowed, BadField."""
        settings, now = self.settings(), self.now()
        first = first or now.astimezone(settings.zone).date()
        last = last or first
        if last < first or (last - first).days >= _MOST_DAYS:
            raise BadField("last", "out_of_range", last.isoformat())
        since = datetime.combine(first, time(0), settings.zone)
        until = datetime.combine(last + timedelta(days=1), time(0), settings.zone)
        with authorized_read(self.store, person, RIGHT) as work:
            by_channel = work.pickups.figures_by_channel(since, until, settings.price)
            by_quarter = work.pickups.figures_by_quarter(since, until, settings.price)
            no_shows = work.pickups.no_shows(since, until, _MOST_NO_SHOWS)
            deposits = work.pickups.deposit_sums(first, last)
            owed = work.pickups.owed_sums()
        hours: dict[int, OrderFigures] = {}
        for quarter, figures in by_quarter:
            hour = quarter.astimezone(settings.zone).hour
            hours[hour] = hours[hour].plus(figures) if hour in hours else figures
        return PickupReport(
            first,
            last,
            settings.price,
            tuple(sorted(by_channel.items(), key=lambda one: (-one[1].orders, one[0]))),
            tuple(sorted(hours.items())),
            tuple(no_shows),
            deposits,
            _in_order(owed),
        )


def _in_order(sums: Sequence[Money]) -> tuple[Money, ...]:
    return tuple(sorted(sums, key=lambda one: one.currency.place))
