"""A shop's books of allowances against the center's: every difference is named, and explained or not."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from pos.application.center.erase_old import EraseOld
from pos.application.center.reconcile import DifferenceKind, Explanation, Reconciled, ReconcileShop
from pos.application.center.record_changes import RecordReturn
from pos.application.center.refusals import MemberNotKnown
from pos.application.center.release_reservation import ReleaseReservation
from pos.application.center.requests import ReturnedUnits, UnitsBack
from pos.domain.center.ledger import LineId
from pos.domain.errors import BadField
from tests.center.shops import NOON, Center, digest, perfume

BEGIN = NOON.replace(hour=0)


def sold(sale: str, at: datetime = NOON, **changes: Any) -> dict[str, Any]:
    line = {"sale": sale, "line": 1, "at": at.isoformat(), "regime": "cn-horgos", "category": "perfume", "units": 1}
    return {**line, "returned": 0, **changes}


def books(*lines: dict[str, Any], days: int = 1, **changes: Any) -> str:
    """A file as a shop exports it."""
    until = BEGIN + timedelta(days=days)
    file = {"format": "border-pos center books 1", "from": BEGIN.isoformat(), "until": until.isoformat()}
    return json.dumps({**file, "made_at": until.isoformat(), "lines": lines, **changes})


def reconcile(center: Center, *lines: dict[str, Any], days: int = 1) -> Reconciled:
    return ReconcileShop(center.context)("A", books(*lines, days=days))


def named(found: Reconciled) -> list[tuple[str, str, str | None]]:
    return [(each.line.sale, each.kind.value, each.explained and each.explained.value) for each in found.differences]


def give_back(center: Center, sale: str) -> None:
    back = ReturnedUnits(f"back-{sale}", center.clock(), (UnitsBack(LineId(sale, 1), 1),))
    till = center.till("A1")
    RecordReturn(center.context)(till.caller, back, digest(back))


def test_books_that_agree_have_no_difference(center: Center) -> None:
    center.till("A1").sell("passport", perfume("10"))
    center.till("A1").sell("other", perfume("10", 3))
    center.till("B1").sell("passport", perfume("10"))
    give_back(center, "A-1-2")
    found = reconcile(center, sold("A-1-1"), sold("A-1-2", units=3, returned=1))
    assert (found.in_shop, found.at_center, named(found), found.is_explained) == (2, 2, [], True)


def test_what_differs_is_named(center: Center) -> None:
    for name in ("passport", "other", "third", "fourth"):
        center.till("A1").sell(name, perfume("10", 2))
    found = reconcile(
        center,
        sold("A-1-1", units=3),
        sold("A-1-2", units=2, category="toy"),
        sold("A-1-3", units=2, returned=1),
        sold("never-told"),
    )
    assert named(found) == [
        ("A-1-1", "units", None),
        ("A-1-2", "category", None),
        ("A-1-3", "returned", None),
        ("A-1-4", "not_in_shop", None),
        ("never-told", "not_at_center", None),
    ]
    assert not found.is_explained


def test_what_has_a_reason_is_explained(center: Center) -> None:
    till = center.till("A1")
    waiting, freed = (till.request(till.look_up(name), perfume("10")) for name in ("passport", "other"))
    till.reserve(waiting)
    till.reserve(freed)
    ReleaseReservation(center.context)(center.key_of("A1", freed), "the till burnt", "owner")
    till.sell("third", perfume("10"))
    center.clock.pass_by(hours=19)
    till.sell("late", perfume("10"))  # 23:00, the file ends at midnight
    give_back(center, "A-1-3")
    found = reconcile(
        center,
        sold(waiting.sale),
        sold(freed.sale),
        sold("A-1-3", returned=1),
        sold("before", BEGIN + timedelta(hours=1)),
    )
    assert {sale: why for sale, _, why in named(found)} == {
        waiting.sale: Explanation.IN_DOUBT,
        freed.sale: Explanation.RELEASED,
        "A-1-3": Explanation.RETURNED_AFTER_DEPARTURE,
        "before": Explanation.BEFORE_MEMBERSHIP,
        "A-1-4": Explanation.NEAR_THE_END,
    }
    assert found.is_explained


def test_what_the_center_has_erased_is_no_difference_of_the_books(center: Center) -> None:
    center.till("A1").sell("passport", perfume("10"))
    center.clock.pass_by(days=500)
    EraseOld(center.context)("owner")
    found = reconcile(center, sold("A-1-1"), days=1)
    assert named(found) == [("A-1-1", DifferenceKind.NOT_AT_CENTER, Explanation.ERASED)]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        books(sold("x"), sold("x")),
        books(sold("x", units="1")),
        books(sold("x", name="Perfume")),
        books(format="another"),
        books(lines=5),
    ],
)
def test_a_file_that_is_none_is_refused(center: Center, text: str) -> None:
    with pytest.raises(BadField):
        ReconcileShop(center.context)("A", text)
    with pytest.raises(MemberNotKnown):
        ReconcileShop(center.context)("Nowhere", books())
