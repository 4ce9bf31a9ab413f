"""Two tills in two shops want the last of one visitor's allowance: exactly one gets it, in whatever order they act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from threading import Barrier

import psycopg
import pytest

from pos.application.center.refusals import LedgerMoved, StricterVerdict
from pos.application.center.requests import ReservationRequest
from tests.center.shops import Center, TillAtCenter, perfume

STEPS = 3
ORDERS = sorted(set(permutations("A" * STEPS + "B" * STEPS)))
"""Every order in which the steps of two tills can follow one another."""


def a_sale(till: TillAtCenter, document: str, won: list[str]) -> Iterator[None]:
    """Look up, judge and reserve, again where the ledger has moved on, and confirm. A step each time it goes on."""
    seen, asked = till.look_up(document), None
    while asked is None:
        yield
        asked = till.request(seen, perfume("5000"))
        try:
            till.reserve(asked)
        except LedgerMoved as moved:
            (seen,), asked = moved.ledgers, None
        except StricterVerdict:
            return
    yield
    till.confirm(asked)
    won.append(till.caller.shop_name)


def test_in_every_order_of_their_steps_exactly_one_wins(center: Center) -> None:
    for number, order in enumerate(ORDERS):
        center.clock.pass_by(minutes=1)  # or a till looks up too many visitors in a moment
        won: list[str] = []
        sales = {shop: a_sale(center.till(f"{shop}1"), f"visitor {number}", won) for shop in "AB"}
        for shop in (*order, *"AB" * STEPS):  # what is left of a sale that had to judge again comes last
            next(sales[shop], None)
        assert len(won) == 1, order
        (line,) = center.till("A2").look_up(f"visitor {number}").lines
        assert line.goods.unit_price == 5000


@pytest.mark.parametrize("rounds", [6])
def test_at_the_same_instant_exactly_one_wins(center: Center, rounds: int) -> None:
    tills = [center.till(name) for name in ("A1", "A2", "B1", "B2")]
    for number in range(rounds):
        center.clock.pass_by(minutes=1)
        requests = [till.request(till.look_up(f"visitor {number}"), perfume("5000")) for till in tills]
        won = at_once(tills, requests)
        assert len(won) == 1
        assert len(center.till("A1").look_up(f"visitor {number}").reservations) == 1


def at_once(tills: Sequence[TillAtCenter], requests: Sequence[ReservationRequest]) -> list[str]:
    """Who has reserved, of tills that ask at once and judge again where the ledger has moved on."""
    start = Barrier(len(tills))

    def ask(till: TillAtCenter, request: ReservationRequest) -> str | None:
        start.wait()
        while True:
            try:
                till.reserve(request)
            except LedgerMoved as moved:
                request = till.request(moved.ledgers[0], perfume("5000"))
            except StricterVerdict:
                return None
            else:
                return till.caller.shop_name

    with ThreadPoolExecutor(len(tills)) as pool:
        return [shop for shop in pool.map(ask, tills, requests) if shop is not None]


def test_a_document_that_is_linked_while_its_row_is_waited_for_is_the_person_it_was_linked_to(center: Center) -> None:
    till = center.till("A1")
    passport, card = (till.look_up(document).reference for document in ("passport", "card"))

    def wait_for_it() -> int:
        with center.store.begin() as work:
            return work.visitors.lock([card])[card].id

    with ThreadPoolExecutor(1) as pool:
        with center.store.begin() as work:
            both = work.visitors.lock([passport, card])
            waiting = pool.submit(wait_for_it)
            while not lock_is_waited_for(center):
                pass
            work.visitors.link(both[passport], both[card])
            work.commit()
        assert waiting.result(10) == both[passport].id


def lock_is_waited_for(center: Center) -> bool:
    with psycopg.connect(center.url) as connection:
        row = connection.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return bool(row and row[0])
