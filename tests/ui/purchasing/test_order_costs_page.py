"""The clerk sees what orders cost, types what a piece costs by keys or by finger, and copies the text to send."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.application.purchasing.delivery_note import DeliveryNote
from pos.domain.money import CURRENCIES, Money
from pos.domain.purchasing.order_totals import OrderTotals
from pos.ui.purchasing.orders.lists import HAND, LOW, OPEN
from pos.ui.purchasing.orders.screen import OrdersScreen
from pos.ui.purchasing.receive.screen import ReceiveScreen
from tests.builders import CONSOLE, money
from tests.ui.at_the_counter import close_till, open_bare_till
from tests.ui.purchasing.test_orders_page import CHOCOLATE, COGNAC, SWEETS, Clerk
from tests.ui.reader import listening
from tests.ui.slow_store import SlowStore


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """The clerk, signed in; chocolate came at 7.50 from its supplier, cognac never came."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "clerk")
    opened.till.window.plug(OrdersScreen(opened.till.session))
    hand = Clerk(opened.till, opened.shop, qtbot)
    deliveries = hand.shop.deliveries
    number = deliveries.receive.begin(CONSOLE).receipt.number
    line = deliveries.receive.scan(number, CHOCOLATE, CONSOLE).rows[0].line
    assert line is not None
    deliveries.receive.set_cost(number, line.no, money("7.50"), CONSOLE)
    deliveries.receive.set_delivery_note(number, DeliveryNote(supplier="C Sweets"), CONSOLE)
    deliveries.post(number, CONSOLE)
    hand.run_out()
    known = {one.name: one.id for one in deliveries.suppliers.all(CONSOLE)}
    connection = sqlite.connect(hand.shop.folder / "shop.db")
    connection.execute("UPDATE product SET supplier_id = ? WHERE code = ?", (known["C Sweets"], CHOCOLATE))
    connection.commit()
    connection.close()
    yield hand
    close_till(opened)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def costs(clerk: Clerk) -> list[str]:
    """What the pieces of each row cost."""
    rows = clerk.page.rows
    return [plain(rows.text(index).costs[0]) for index in range(rows.rowCount())]


def total(clerk: Clerk) -> str:
    return plain(clerk.page.panel._total.text())


def lines(clerk: Clerk) -> list[str]:
    """What the lines of the shown order cost."""
    panel = clerk.page.open_orders.panel
    return [plain(panel.lines.item(row).text()).split("\n")[1] for row in range(panel.lines.count())]


def tap(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def pieces(clerk: Clerk) -> list[int]:
    return [int(row.split(" | ")[2]) for row in clerk.rows()]


def test_a_row_proposes_what_the_last_delivery_cost_and_says_what_is_unknown(clerk: Clerk) -> None:
    clerk.look()
    first, _second = pieces(clerk)

    assert costs(clerk) == [
        f"{first} × ¥ 7.50 = {_money(first * 750)}",
        "cost unknown",
    ]
    assert total(clerk) == f"Total: at least {_money(first * 750)} (1 line without a cost)"
    assert plain(clerk.page.panel._last_text.text()).endswith("(R-000001): ¥ 7.50")
    assert str(clerk.page.rows.index(1, 0).data()).endswith("cost unknown")


def test_a_cost_that_is_known_of_another_supplier_only_is_not_called_one_that_no_delivery_says(clerk: Clerk) -> None:
    """*No delivery says what it costs*: C Sweets had delivered it at ¥ 7.50."""
    with sqlite.connect(clerk.shop.folder / "shop.db") as connection:
        connection.execute(
            "UPDATE product SET supplier_id = (SELECT id FROM supplier WHERE name = 'B Sweets') WHERE code = ?",
            (CHOCOLATE,),
        )
    connection.close()
    clerk.look()

    assert costs(clerk)[0] == "cost unknown"
    assert clerk.page.panel._last_text.text() == "No delivery of this supplier says what it costs: B Sweets."


def _money(minor: int, symbol: str = "¥") -> str:
    return f"{symbol} {minor // 100:,}.{minor % 100:02}"


def test_a_cost_is_typed_by_keys_and_ordered(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_Down)
    first, second = pieces(clerk)
    clerk.press(Qt.Key.Key_F4)
    clerk.type("250.5")
    clerk.press(Qt.Key.Key_Return)
    whole = first * 750 + second * 25050
    assert costs(clerk)[1] == f"{second} × ¥ 250.50 = {_money(second * 25050)}"
    assert total(clerk) == f"Total: {_money(whole)}"
    clerk.press(Qt.Key.Key_F12)

    totals = {view.supplier: view.totals for view in clerk.shop.deliveries.orders.listed(CONSOLE)}
    assert totals["A Wines"] == OrderTotals((money("250.50") * second,), 0)
    assert totals["C Sweets"] == OrderTotals((money("7.50") * first,), 0)
    clerk.page.choose(LOW)
    assert clerk.page._costs[LOW] == {}


def test_a_cost_is_given_by_finger_in_another_currency(clerk: Clerk) -> None:
    clerk.look()
    panel = clerk.page.panel
    (first, _) = pieces(clerk)
    tap(panel.cost_button)
    panel.cost.amount.push("4")
    usd = list(CURRENCIES).index("USD")
    panel.cost.currency.setCurrentIndex(usd)
    panel.cost.currency.activated.emit(usd)
    tap(panel.cost.save)
    clerk.wait()

    assert costs(clerk)[0] == f"{first} × $ 4.00 = {_money(first * 400, '$')}"
    assert panel.cost_button.isVisible()


def test_an_emptied_cost_is_unknown_and_not_0(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F4)
    clerk.press(Qt.Key.Key_Backspace)
    clerk.press(Qt.Key.Key_Return)
    assert costs(clerk)[0] == "cost unknown"
    assert total(clerk) == "Total: unknown"
    clerk.press(Qt.Key.Key_Up)
    clerk.press(Qt.Key.Key_F4)
    clerk.type("0")
    clerk.press(Qt.Key.Key_Return)

    assert costs(clerk)[0].endswith("× ¥ 0.00 = ¥ 0.00")


def test_esc_keeps_the_cost_that_was_there(clerk: Clerk) -> None:
    clerk.look()
    before = costs(clerk)
    clerk.press(Qt.Key.Key_F4)
    clerk.type("99")
    clerk.press(Qt.Key.Key_Escape)

    assert costs(clerk) == before
    assert not clerk.page.panel.cost.is_open


def test_a_cost_without_its_enter_is_ordered_and_one_that_cannot_be_read_holds_the_order(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F4)
    clerk.type("1.000")
    clerk.press(Qt.Key.Key_F12)
    assert clerk.page.panel.cost.complaint.startswith("Unit cost")
    assert clerk.orders() == []
    clerk.page.panel.cost.amount.clear()
    clerk.type("8")
    clerk.press(Qt.Key.Key_F12)

    totals = {view.supplier: view for view in clerk.shop.deliveries.orders.listed(CONSOLE)}
    assert totals["C Sweets"].totals.amounts == (money("8.00") * totals["C Sweets"].ordered,)


def test_f4_behind_a_quantity_without_its_enter_takes_it_and_asks_for_the_cost(clerk: Clerk) -> None:
    """The quantity lost the cursor to the cost, which closed it: 3.2 was typed to nowhere, and 7.50 was ordered."""
    clerk.look()
    clerk.type("5")
    clerk.press(Qt.Key.Key_F4)
    clerk.type("3.2")
    clerk.press(Qt.Key.Key_Return)

    assert costs(clerk)[0] == "5 × ¥ 3.20 = ¥ 16.00"


def test_f4_asks_for_the_cost_while_the_cursor_is_in_the_quantity(clerk: Clerk) -> None:
    clerk.look()
    (first, _) = pieces(clerk)
    clerk.page.panel.quantity.setFocus()
    clerk.press(Qt.Key.Key_F4)
    clerk.type("3.2")
    clerk.press(Qt.Key.Key_Return)

    assert costs(clerk)[0] == f"{first} × ¥ 3.20 = {_money(first * 320)}"


def test_a_tap_on_the_cost_behind_a_quantity_without_its_enter_takes_it_and_asks_for_the_cost(clerk: Clerk) -> None:
    clerk.look()
    clerk.type("5")
    tap(clerk.page.panel.cost_button)
    clerk.type("3.2")
    clerk.press(Qt.Key.Key_Return)

    assert costs(clerk)[0] == "5 × ¥ 3.20 = ¥ 16.00"


def test_f4_behind_a_quantity_that_cannot_be_read_asks_for_no_cost(clerk: Clerk) -> None:
    clerk.look()
    clerk.type("5x")
    clerk.press(Qt.Key.Key_F4)

    assert not clerk.page.panel.cost.is_open
    assert clerk.page.panel.quantity.hasFocus()


def test_a_cost_that_is_typed_is_of_its_goods_when_others_are_scanned(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F4)
    clerk.type("3")
    clerk.scan(COGNAC)

    assert clerk.page._costs == {LOW: {}, HAND: {clerk.shop.find.show(SWEETS).product.id: money("3.00")}}
    assert costs(clerk) == ["1 × ¥ 3.00 = ¥ 3.00", "cost unknown"]


def test_the_list_of_open_orders_has_totals_and_a_line_gets_another_cost(clerk: Clerk) -> None:
    clerk.look()
    first, second = pieces(clerk)
    clerk.press(Qt.Key.Key_F12)
    rows = clerk.page.open_orders.rows
    assert [plain(rows.text(row).total) for row in range(2)] == [
        next(
            text
            for text in ("cost unknown", _money(first * 750))
            if (text == "cost unknown") == ("A Wines" in rows.text(row).name)
        )
        for row in range(2)
    ]
    names = [rows.text(row).name for row in range(2)]
    clerk.page.open_orders.table.choose(next(row for row in range(2) if "A Wines" in names[row]))
    clerk.wait()
    clerk.press(Qt.Key.Key_F4)
    clerk.type("200")
    clerk.press(Qt.Key.Key_Return)

    assert lines(clerk) == [f"{second} × ¥ 200.00 = {_money(second * 20000)}"]
    assert plain(clerk.page.open_orders.panel._total.text()) == f"Total: {_money(second * 20000)}"
    wines = next(row for row in range(2) if "A Wines" in rows.text(row).name)
    assert plain(rows.text(wines).total) == _money(second * 20000)


def test_a_line_s_cost_that_another_clerk_has_changed_is_not_overwritten_unseen(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    view = next(one for one in clerk.shop.deliveries.orders.listed(CONSOLE) if one.supplier == "A Wines")
    clerk.page.open_orders.table.choose(
        next(row for row in range(2) if "A Wines" in clerk.page.open_orders.rows.text(row).name)
    )
    clerk.wait()
    tap(clerk.page.open_orders.panel.buttons["order_cost"])
    clerk.shop.deliveries.orders.set_cost(view.number, COGNAC, money("5.00"), CONSOLE)
    clerk.type("9")
    clerk.press(Qt.Key.Key_Return)

    assert clerk.news.startswith("Another person has changed this")
    assert clerk.shop.deliveries.orders.show(view.number, CONSOLE).order.lines[0].cost == money("5.00")


def test_a_cost_typed_without_enter_is_of_its_order_when_another_order_is_chosen(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    opened = clerk.page.open_orders
    number = opened.panel._view.order.number if opened.panel._view else 0
    clerk.press(Qt.Key.Key_F4)
    clerk.page.open_orders.panel.cost.amount.clear()
    clerk.type("6")
    opened.table.choose(1 - opened.table.current_row)
    clerk.wait()

    assert clerk.shop.deliveries.orders.show(number, CONSOLE).order.lines[0].cost == money("6.00")
    other = next(one for one in clerk.shop.deliveries.orders.listed(CONSOLE) if one.number != number)
    assert money("6.00") not in [
        line.cost for line in clerk.shop.deliveries.orders.show(other.number, CONSOLE).order.lines
    ]


def test_the_text_of_an_order_is_copied_to_be_sent(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    QGuiApplication.clipboard().setText("before")
    clerk.press(Qt.Key.Key_F9)
    name = clerk.page.open_orders.panel._name.text()

    assert clerk.news == f"{name} is copied: paste it into a letter or a message."
    text = QGuiApplication.clipboard().text()
    assert text.startswith(f"Purchase order {name} · ")
    assert "Total pieces" in text


def test_an_order_that_another_clerk_has_discarded_is_not_copied(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    QGuiApplication.clipboard().setText("before")
    view = clerk.page.open_orders.panel._view
    assert view is not None
    clerk.shop.deliveries.orders.drop(view.order.number, CONSOLE)
    tap(clerk.page.open_orders.panel.buttons["copy_order"])
    clerk.wait()

    assert clerk.news.endswith("cannot be changed any more (discarded).")
    assert QGuiApplication.clipboard().text() == "before"


def test_a_cost_typed_while_an_order_is_being_made_is_for_the_next_one(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_Delete)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        clerk.page._keep_cost(clerk.page.rows.rows[0], money("9.00"))
    clerk.page.choose(LOW)

    assert list(clerk.page._costs[LOW].values()) == [money("9.00")]
    assert clerk.page.tabs.choice() != OPEN
    assert isinstance(clerk.page._costs[LOW][clerk.page.rows.rows[0].product.id], Money)


def test_a_cost_that_is_typed_when_another_page_is_opened_is_there_afterwards(clerk: Clerk) -> None:
    clerk.till.window.plug(ReceiveScreen(clerk.till.session))
    clerk.look()
    clerk.press(Qt.Key.Key_F4)
    clerk.type("8.25")
    clerk.till.window.show_screen("receive")
    clerk.wait()
    assert isinstance(clerk.till.window.page, ReceiveScreen)
    clerk.look()

    assert costs(clerk)[0].split(" × ")[1].startswith("¥ 8.25 = ")
    assert not clerk.page.panel.cost.is_open


def test_a_letter_in_a_cost_is_refused_in_words(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F4)
    with listening(monkeypatch, clerk.wait) as reader:
        clerk.type("x")
        assert reader.heard()[-1] == "Only digits and one decimal separator are allowed."

    assert clerk.page.panel.cost.complaint == "Only digits and one decimal separator are allowed."
