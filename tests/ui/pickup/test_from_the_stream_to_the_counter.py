"""An evening's stream and the morning after: claims by keys, packed by the list, handed out to a party, paid."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.application.pickup.deposits import DepositDraft
from pos.application.pickup.stream import StreamLine
from pos.domain.money import Money
from pos.domain.pickup.customer_order import OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.quota.rule import Verdict
from tests.horgos import CNY
from tests.ui.pickup.conftest import CHOCOLATE, COGNAC, SWEETS, Counter


def test_twenty_claims_are_packed_by_the_list_and_one_is_picked_up_by_a_party_over_the_limit(counter: Counter) -> None:
    person = counter.till.session.person
    assert person is not None
    lines = [StreamLine(number, goods) for number, goods in enumerate((CHOCOLATE, SWEETS, COGNAC), 1)]
    counter.shop.pickup.stream.put(lines, person)
    counter.show("take_orders")
    for number in range(19):
        counter.call_out(str(1 + number % 2), f"{1000 + number}")
    counter.call_out("3x4", "Zhang 7777")
    counter.wait()
    claims = counter.taking.claims.all
    assert len([claim for claim in claims if claim.order is not None]) == 20

    # packed by the list: each line that is fetched belongs to an order that is ready afterwards
    fetched = counter.shop.print_pickups.pick_lines(person)
    assert len(fetched) == 20
    counter.show("pickup")
    for place, code in enumerate(dict.fromkeys(line.order.code for line in fetched)):
        if place < 2:  # through the window
            counter.scan(PickupCode(code).qr)
            counter.press(Qt.Key.Key_F5)
            for line in counter.order(code).lines:
                for _ in range(line.quantity):
                    counter.scan(line.code)
            counter.type(f"P-{place}")
            counter.press(Qt.Key.Key_Return)
        else:
            counter.shop.pickup.steps.pack(code, f"P-{place}", person)
    assert all(line.is_packed for line in counter.shop.print_pickups.pick_lines(person))

    # a party of three comes for four bottles: too many for one, within for all
    order = claims[-1].order
    assert order is not None
    counter.shop.pickup.deposits.take(order.code, DepositDraft("cash", Money(50_000, CNY)), person, "deposit-1")
    counter.show("checkout")
    counter.show_passport()
    counter.scan(PickupCode(order.code).qr)
    assert counter.view.verdict > Verdict.NOTE
    counter.show_companions(2)
    counter.press(Qt.Key.Key_F9)
    counter.until(lambda: len({row[1] for row in counter.carriers()}) > 1)
    assert counter.view.shown_verdict <= Verdict.UNKNOWN
    counter.open_payment()
    payment = counter.payment.payment
    assert payment is not None
    assert [(tender.method, str(tender.amount)) for tender in payment.tenders] == [("deposit", "500.00")]
    counter.wait(600)
    counter.press(Qt.Key.Key_F12)
    counter.wait(600)

    gone = counter.order(order.code)
    assert gone.state is OrderState.PICKED_UP
    assert sum(line.picked for line in gone.lines) == 4
    assert gone.deposit is not None
    assert not gone.deposit.open
