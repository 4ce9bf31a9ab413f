"""What goes back in cash leaves the drawer, note by note, and stands on the Z."""

from __future__ import annotations

from tests.application.returns.test_return_goods import record_return
from tests.builders import card, cash, money
from tests.horgos import CNY
from tests.shops import CHOCOLATE, SWEETS, DemoShop


def test_a_refund_in_cash_is_on_the_z_and_out_of_the_drawer(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS, tenders=(cash("50"),))
    by_card = shop.sell(CHOCOLATE, tenders=(card("12.50"),))
    record_return(shop, sale.receipt, (0, 1))
    record_return(shop, by_card.receipt, (0, 1), refund={"method": "card", "currency": "CNY"})

    report = shop.read_shift(shop.person("manager"))

    assert (report.sales.amount, report.returns.amount, report.returns.count) == (money("60.50"), money("60.50"), 2)
    assert [(r.method, r.amount) for r in report.refunds] == [("cash", money("48")), ("card", money("12.50"))]
    yuan = report.cash[0]
    assert (yuan.currency, yuan.refunds, yuan.expected) == (CNY, money("48"), money("2000"))
    held = shop.read_shift.drawer()
    assert held is not None
    assert sum(value * count for value, count in held["CNY"].items()) == 200_000
    count = {code: {value: max(pieces, 0) for value, pieces in notes.items()} for code, notes in held.items()}
    z = shop.close_shift(shop.person("amina"), count)
    assert z.report.grand_total == money("60.50"), "a return sets nothing back"
    assert shop.verify() == []
