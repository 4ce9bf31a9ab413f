"""Sequences of bad luck at a center, each the shortest that shows one guard. What is wrong comes back in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from pos.application.center.record_changes import RecordReturn
from pos.application.center.refusals import KeyClosed, LineNotKnown, StricterVerdict
from pos.application.center.requests import ReservationRequest, ReturnedUnits, UnitsBack
from pos.domain.center.ledger import LineId, Reassessed
from pos.domain.errors import RuleBroken
from tests.center.shops import Center, TillAtCenter, digest, perfume

Sequence = Callable[[Center, str], Iterator[str]]
"""Tried with a visitor of its own."""


def a_slow_payment_keeps_what_it_reserved(center: Center, visitor: str) -> Iterator[str]:
    """Its time is over, another shop sells, and then it is paid."""
    slow, other = center.till("A1"), center.till("B1")
    asked = slow.request(slow.look_up(visitor), perfume("5000"), seconds=20)
    slow.reserve(asked)
    center.clock.pass_by(seconds=60)
    if _is_reserved(other, visitor):
        yield "what was reserved was free again when its time was over"
    slow.confirm(asked)


def what_was_given_back_never_comes(center: Center, visitor: str) -> Iterator[str]:
    """A till gives up before its request arrives."""
    till = center.till("A1")
    asked = till.request(till.look_up(visitor), perfume("5000"))
    till.give_back(asked)
    if not _refuses(KeyClosed, lambda: till.reserve(asked)):
        yield "a request that was given up before it came was reserved"


def a_second_send_has_no_new_time(center: Center, visitor: str) -> Iterator[str]:
    """The answer is lost, and asked for later."""
    till = center.till("A1")
    asked = till.request(till.look_up(visitor), perfume("5000"), seconds=60)
    first = till.reserve(asked)
    center.clock.pass_by(seconds=50)
    again = till.reserve(asked)
    center.clock.pass_by(seconds=20)
    (held,) = center.till("B1").look_up(visitor).reservations
    if again.ends_at != first.ends_at or not held.in_doubt:
        yield "a request that came twice was given new time"


def a_sale_that_is_told_twice_is_one(center: Center, visitor: str) -> Iterator[str]:
    """Told, returned, and told again, as its first answer was lost."""
    till = center.till("A1")
    asked = till.request(till.look_up(visitor), perfume("1000", 2))
    till.reserve(asked)
    first = till.confirm(asked)
    back = ReturnedUnits(f"{visitor} back", center.clock(), (UnitsBack(LineId(asked.sale, 1), 1),))
    RecordReturn(center.context)(till.caller, back, digest(back))
    if till.confirm(asked) != first:
        yield "a sale that was told twice had two answers"
    if [line.goods.quantity for line in till.look_up(visitor).lines] != [1]:
        yield "a sale that was told twice undid a return"


def a_shop_knows_no_sale_of_another(center: Center, visitor: str) -> Iterator[str]:
    """What a look-up tells of another shop's lines and reservations."""
    till, other = center.till("A1"), center.till("B1")
    till.sell(visitor, perfume("1000"))
    till.reserve(till.request(till.look_up(visitor), perfume("1000")))
    seen = other.look_up(visitor)
    if any(line.id.sale or line.shop for line in seen.lines) or any(each.sale for each in seen.reservations):
        yield "a shop was shown the sale of another"


def no_shop_rewrites_another(center: Center, visitor: str) -> Iterator[str]:
    """A till names a line of another shop, whose key it has heard of, as free of duty now, or as coming back."""
    till, other = center.till("A1"), center.till("B1")
    asked = till.request(till.look_up(visitor), perfume("100", 1, 1))
    _sold(till, asked)
    line = LineId(asked.sale, 1)
    effects: dict[str, Any] = {"reassessed": (Reassessed(*line, 0),), "returns": (UnitsBack(line, 1),)}
    for name, effect in effects.items():
        asked = replace(other.request(other.look_up(visitor), perfume("10")), **{name: effect})
        if not _refuses(LineNotKnown, partial(_sold, other, asked)):
            yield f"a shop said of another's sale what of it is {name}"
    center.clock.pass_by(minutes=1)
    if [each.goods.taxed_units for each in till.look_up(visitor).lines if each.id == line] != [1]:
        yield "a sale changed the sums of another shop"


OF_TIME: tuple[Sequence, ...] = (
    a_slow_payment_keeps_what_it_reserved,
    what_was_given_back_never_comes,
    a_second_send_has_no_new_time,
    a_sale_that_is_told_twice_is_one,
)
OF_SHOPS: tuple[Sequence, ...] = (a_shop_knows_no_sale_of_another, no_shop_rewrites_another)


def tried(center: Center, sequences: tuple[Sequence, ...]) -> list[str]:
    """What is wrong, of each sequence."""
    found: list[str] = []
    for sequence in sequences:
        center.clock.pass_by(minutes=1)
        found += sequence(center, sequence.__name__)
    return found


def _is_reserved(till: TillAtCenter, visitor: str) -> bool:
    return not _refuses(StricterVerdict, lambda: till.reserve(till.request(till.look_up(visitor), perfume("5000"))))


def _sold(till: TillAtCenter, request: ReservationRequest) -> None:
    till.reserve(request)
    till.confirm(request)


def _refuses(kind: type[RuleBroken], step: Callable[[], object]) -> bool:
    try:
        step()
    except kind:
        return True
    return False
