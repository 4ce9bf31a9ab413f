"""Two tills at one order, or at the last piece, at the same instant: one of them has it, the other knows why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Barrier as Gate
from threading import Thread
from typing import Any

from pos.application.pickup.find_orders import FindOrders
from pos.application.ports.pickup_ports import OrderFilter
from pos.domain.errors import RuleBroken
from pos.domain.pickup.customer_order import AlreadyPickedUp, OrderState
from pos.domain.sales.sale import Sale
from tests.application.pickup.orders import (
    claim,
    deposits,
    on_hand,
    opened,
    order_of,
    pay_ahead,
    settle_up,
    state_of,
    steps,
)
from tests.application.sales.test_hold_sale import held
from tests.builders import money
from tests.other_programs import other_programs
from tests.shops import CHOCOLATE, LAST_ONE, DemoShop

RACES, BETWEEN_PROCESSES = 4, 6


def both(*calls: Callable[[], Any]) -> list[Any]:
    """What comes of calls that begin at one instant, each in a thread of its own; of a refusal the refusal."""
    ready, came = Gate(len(calls)), dict[int, Any]()

    def run(index: int, call: Callable[[], Any]) -> None:
        ready.wait()
        try:
            came[index] = call()
        except RuleBroken as refused:
            came[index] = refused

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [came[index] for index in range(len(calls))]


def test_of_two_claims_for_the_last_piece_one_is_held_and_the_other_waits(shop: DemoShop) -> None:
    other = shop.other_till()
    for _ in range(RACES):
        one, two = both(partial(claim, shop, LAST_ONE), partial(claim, other, LAST_ONE))
        assert sorted((one.state.value, two.state.value)) == ["confirmed", "waiting"]
        assert held(shop, LAST_ONE) == 1
        first, second = (one, two) if one.state.value == "confirmed" else (two, one)
        steps(shop).cancel(first.code, "", shop.person("amina"))
        assert state_of(shop, second) == "confirmed"
        steps(other).cancel(second.code, "", other.person("amina"))
    assert shop.verify() == []


def test_the_same_claim_sent_twice_at_once_is_one_order(shop: DemoShop) -> None:
    one, two = both(*[partial(claim, shop, CHOCOLATE, key="k-1")] * 2)
    assert one.code == two.code
    assert held(shop, CHOCOLATE) == 1


def test_an_order_that_two_tills_hand_out_at_once_is_sold_once(shop: DemoShop) -> None:
    other = shop.other_till()
    shop.set("sell_without_visitor", "yes")
    for _ in range(RACES):
        order = claim(shop, CHOCOLATE)
        here, there = opened(shop, order, visitor=False), opened(other, order, visitor=False)
        came = both(partial(settle_up, shop, here), partial(settle_up, other, there))
        assert sorted(type(one).__name__ for one in came) == ["AlreadyPickedUp", "Sale"]
        receipt = next(one.receipt for one in came if isinstance(one, Sale))
        refused = next(one for one in came if isinstance(one, AlreadyPickedUp))
        assert (refused.receipt, order_of(shop, order.code).receipt) == (receipt, receipt)
    assert held(shop, CHOCOLATE) == 0
    assert shop.verify() == []


def test_a_deposit_is_taken_and_given_back_once(shop: DemoShop) -> None:
    other = shop.other_till()
    order = claim(shop, CHOCOLATE)
    came = both(*(partial(pay_ahead, till, order, money("10"), "card") for till in (shop, other)))
    assert sorted(type(one).__name__ for one in came) == ["CustomerOrder", "DepositTaken"]
    back = both(
        partial(deposits(shop).give_back, order.code, shop.person("amina")),
        partial(deposits(other).give_back, order.code, other.person("amina")),
    )
    assert sorted(type(one).__name__ for one in back) == ["GivenBack", "NoDeposit"]
    assert shop.verify() == []


def claim_the_last(shop: DemoShop, together: Barrier) -> list[str]:
    """Claim the last piece at the same instants as another program; the till T1 empties the queue between two."""
    states = []
    for _ in range(BETWEEN_PROCESSES):
        together.wait(60)
        states.append(claim(shop, LAST_ONE).state.value)
        together.wait(60)
        if shop.till == "T1":
            empty(shop)
    return states


def another_program(folder: Path, address: str, together: Barrier, came: Queue[list[str]]) -> None:
    shop = DemoShop(folder, "T2", address=address)
    came.put(claim_the_last(shop, together))
    shop.close()


def empty(shop: DemoShop) -> None:
    """A waiting order goes first, so that none moves up."""
    for state in (OrderState.WAITING, OrderState.CONFIRMED):
        for order in FindOrders(shop.context).listed(shop.person("amina"), OrderFilter((state,)), 10):
            steps(shop).cancel(order.code, "", shop.person("amina"))


def test_of_two_programs_that_claim_the_last_piece_one_holds_it(shop: DemoShop) -> None:
    on_hand(shop, LAST_ONE, 1)
    shop.other_till().close()
    programs = other_programs()
    together, came = programs.Barrier(2), programs.Queue()
    where = shop.for_another_program()
    other = programs.Process(target=another_program, args=(*where, together, came), daemon=True)
    other.start()
    states = [claim_the_last(shop, together), came.get(timeout=120)]
    other.join(60)
    assert {tuple(sorted(pair)) for pair in zip(*states)} == {("confirmed", "waiting")}
    assert held(shop, LAST_ONE) == 0
    assert shop.verify() == []
