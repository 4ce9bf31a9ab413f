"""The pages behind the sign-in: in which groups they are built, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.ui.input import actions
from pos.ui.session.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Collection

    from pos.domain.staff.staff import Person
    from pos.ui.session.session import Session


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages that are built together by `pages(session, built)` of a `module`, which is read beside the window first.

    `places` are those of the pages. The first groups are `for_all`: built before anybody has signed in. The others are
    built as soon as somebody is there who may enter one of their places: a till at which only cashiers work never has
    them. `steps` names the fields of the Shop that the pages ask for and that are better made before they do. What is
    `urgent` is built even while somebody is on her way in, for whom everything else waits; what is `rare` not before
    somebody goes there.
    """

    module: str
    places: tuple[str, ...]
    steps: tuple[str, ...] = ()
    for_all: bool = False
    urgent: bool = False
    rare: bool = False

    def is_for(self, person: Person | None) -> bool:
        """Whether it has a page that the person, or nobody yet, may want."""
        return self.for_all or (person is not None and any(map(person.may, _rights(self.places))))


def _rights(places: Collection[str]) -> frozenset[str]:
    return frozenset(place.act for place in PLACES if place.key in places and place.act)


def pages_at_work(_session: Session) -> tuple[PageGroup, ...]:
    """All groups, that of the checkout first."""
    return (
        PageGroup("pos.ui.shell.checkout_pages", (actions.CHECKOUT,), ("new_checkout",), for_all=True, urgent=True),
        PageGroup(
            "pos.ui.shell.payment_pages",
            (actions.PAYMENT, actions.PAID, actions.PARKED),
            for_all=True,
            urgent=True,
        ),
        PageGroup(
            "pos.ui.shell.counter_pages",
            (actions.RETURNS, actions.SEARCH, actions.SHIFT, actions.VISITORS),
            ("office", "visits"),
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
            "pos.ui.shell.goods_pages",
            (
                actions.GAPS, actions.PRODUCTS, actions.LABELS, actions.RECEIVE, actions.ORDERS, actions.COUNT,
                actions.STOCK, actions.IMPORT, actions.REPRICE,
            ),
            ("edit_product", "browse"),
        ),
        PageGroup(
            "pos.ui.shell.manager_pages",
            (
                actions.PRICES, actions.STAFF, actions.RATES, actions.REPORTS, actions.HISTORY, actions.JOURNAL,
                actions.CUSTOMS, actions.REGIMES, actions.SETTINGS, actions.WELCOME,
            ),
            ("report_day", "staff"),
        ),
    )  # fmt: skip
