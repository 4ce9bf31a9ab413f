"""The pages behind the sign-in: the groups in which they are built, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.application.shop.clerk_use_cases import ClerkUseCases
from pos.application.shop.manager_use_cases import ManagerUseCases
from pos.application.shop.office_use_cases import OfficeUseCases
from pos.ui.input import actions
from pos.ui.session.rail_entries import RAIL_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pos.application.shop.shop import Shop
    from pos.domain.staff.staff import Person
    from pos.ui.session.session import Session


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages that are built together by `pages(session, built)` of a `module`, which is imported beside the window
    first.

    `screen_ids` are those of the pages. The first groups are `for_all`: built before the sign-in. The others are built
    as soon as a user signs in who may enter one of them: a till used only by cashiers never has them. `preload` builds
    the use cases that the pages need beside those of the cashier. An `urgent` group is built even while a user is
    signing in, for whom all others wait; a `rare` one only when a user goes there.
    """

    module: str
    screen_ids: tuple[str, ...]
    preload: Callable[[Shop], object] = lambda _shop: None
    for_all: bool = False
    urgent: bool = False
    rare: bool = False

    def is_for(self, person: Person | None) -> bool:
        """Whether it has a page that `person` may open; None is the time before the sign-in."""
        return self.for_all or (person is not None and any(map(person.may, _rights(self.screen_ids))))


def _rights(screen_ids: Collection[str]) -> frozenset[str]:
    return frozenset(entry.permission for entry in RAIL_ENTRIES if entry.key in screen_ids and entry.permission)


def pages_at_work(_session: Session) -> tuple[PageGroup, ...]:
    """All groups, that of the checkout first."""
    return (
        PageGroup("pos.ui.shell.checkout_pages", (actions.CHECKOUT,), for_all=True, urgent=True),
        PageGroup(
            "pos.ui.shell.payment_pages",
            (actions.PAYMENT, actions.PAID, actions.PARKED),
            for_all=True,
            urgent=True,
        ),
        PageGroup(
            "pos.ui.shell.counter_pages",
            (
                actions.RETURNS, actions.VOID_SALE, actions.SEARCH, actions.SHIFT, actions.VISITORS,
                actions.DECLARATION,
            ),
            lambda shop: (shop.office, shop.visits),
            for_all=True,
        ),
        PageGroup(
            "pos.ui.shifts.ending_pages",
            (actions.OTHER_CASHIERS_SHIFT, actions.CLOSE_SHIFT, actions.HAND_OVER),
            for_all=True,
            rare=True,
        ),
        PageGroup("pos.ui.returns.blind_pages", (actions.BLIND_RETURN,), for_all=True, rare=True),
        PageGroup(
            "pos.ui.pickup.pages",
            (actions.PICKUP, actions.TAKE_ORDERS),
            lambda shop: (shop.pickup, shop.print_pickups),
        ),
        PageGroup(
            "pos.ui.shell.goods_pages",
            (
                actions.GAPS, actions.PRODUCTS, actions.LABELS, actions.RECEIVE, actions.ORDERS, actions.COUNT,
                actions.STOCK, actions.WORKSHOP, actions.IMPORT, actions.REPRICE, actions.QUICK_KEYS,
            ),
            lambda shop: shop.preload(ClerkUseCases, OfficeUseCases),
        ),
        PageGroup(
            "pos.ui.shell.manager_pages",
            (
                actions.PRICES, actions.STAFF, actions.RATES, actions.REPORTS, actions.HISTORY, actions.JOURNAL,
                actions.ORDER_REPORT, actions.CUSTOMS, actions.RECONCILIATION, actions.REGIMES, actions.SETTINGS,
                actions.WELCOME,
            ),
            lambda shop: shop.preload(ManagerUseCases, OfficeUseCases),
        ),
    )  # fmt: skip
