"""The clerk sees what runs out, orders it from its suppliers, and keeps the open orders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pypdfium2
import pysqlite3.dbapi2 as sqlite
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.domain.errors import BadField
from pos.domain.stock.stock import Movement
from pos.ui.purchasing.orders.lists import HAND, LOW, OPEN, SUPPLIERS
from pos.ui.purchasing.orders.screen import OrdersScreen
from pos.ui.purchasing.receive.screen import ReceiveScreen
from pos.ui.session.rail_entries import RAIL_ENTRIES, entries_for
from tests.builders import CONSOLE
from tests.ui.at_the_counter import Hand, close_till, open_bare_till
from tests.ui.fakes_shop import AMINA, RUSLAN
from tests.ui.slow_store import SlowStore

COGNAC, CHOCOLATE, SWEETS = "4870204321111", "4870204320145", "4870204320060"


class Clerk(Hand):
    """The stock clerk on the page of orders; cognac and chocolate run out, at two suppliers."""

    @property
    def page(self) -> OrdersScreen:
        page = self.till.window.page
        assert isinstance(page, OrdersScreen)
        return page

    @property
    def news(self) -> str:
        notice = self.till.window.work.notices.notice
        return "" if notice is None else notice.text

    def look(self) -> None:
        self.till.window.show_screen("orders")
        self.wait()

    def rows(self) -> list[str]:
        """Code, state, and how many to order."""
        page = self.page
        texts = [page.rows.text(index) for index in range(page.rows.rowCount())]
        return [f"{text.code.split(' · ')[0]} | {text.state} | {text.order}" for text in texts]

    def orders(self) -> list[str]:
        """The open orders."""
        model = self.page.open_orders.rows
        return [f"{model.text(index).name} | {model.text(index).state}" for index in range(model.rowCount())]

    def run_out(self) -> None:
        """Nothing has a point but what is low now: 28 pieces of cognac sold in two weeks, one is left."""
        store, at = self.shop.issue_receipt.store, self.shop.now()
        with store.begin() as work:
            suppliers = [work.suppliers.add(name).id for name in ("A Wines", "B Sweets")]
            for code, left in ((COGNAC, 1), (CHOCOLATE, 0)):
                product = work.products.by_code(code, at)
                assert product is not None
                there = work.stock.on_hand(product.id)
                for days in range(13, -1, -1):
                    moves = [Movement(product.id, -2, "sale")]
                    work.stock.record(moves, at - timedelta(days=days, minutes=1), "amina")
                work.stock.record([Movement(product.id, left - there + 28, "waste")], at, "amina")
            work.commit()
        connection = sqlite.connect(self.shop.folder / "shop.db")
        connection.execute("UPDATE product SET reorder_point = NULL, supplier_id = NULL")
        connection.execute("DELETE FROM product_code WHERE kind = 'carton'")
        connection.execute("UPDATE product SET supplier_id = ? WHERE code = ?", (suppliers[0], COGNAC))
        connection.execute(
            "UPDATE product SET supplier_id = ?, reorder_point = 5 WHERE code = ?", (suppliers[1], CHOCOLATE)
        )
        connection.commit()
        connection.close()


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """The clerk, signed in."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "clerk")
    opened.till.window.plug(OrdersScreen(opened.till.session))
    hand = Clerk(opened.till, opened.shop, qtbot)
    hand.run_out()
    yield hand
    close_till(opened)


def test_what_runs_out_is_a_picture_the_most_urgent_first(clerk: Clerk) -> None:
    clerk.look()

    codes = [row.split(" | ")[:2] for row in clerk.rows()]
    assert codes == [[CHOCOLATE, "out of stock"], [COGNAC, "less than a day left"]]
    assert str(clerk.page.rows.index(0, 0).data()).startswith("Dark chocolate")


def test_an_order_is_made_of_what_runs_out_for_each_supplier(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_Plus)
    pieces = [int(row.split(" | ")[2]) for row in clerk.rows()]
    clerk.press(Qt.Key.Key_F12)

    assert clerk.news.startswith("Orders created: O-000001, O-000002.")
    assert clerk.page.tabs.choice() == OPEN
    assert clerk.orders() == [
        f"O-000002 · A Wines | {pieces[1]} of {pieces[1]} still to come",
        f"O-000001 · B Sweets | {pieces[0]} of {pieces[0]} still to come",
    ]
    clerk.page.choose(LOW)
    assert clerk.rows() == []
    assert clerk.page.empty.accessibleName() == "Nothing to order"


def test_a_quantity_is_typed_and_one_supplier_ordered_from_alone(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_Return)
    clerk.type("many")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.page.panel.row.complaint.startswith("To order, pieces")
    clerk.page.panel.quantity.selectAll()
    clerk.type("50")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.rows()[0] == f"{CHOCOLATE} | out of stock | 50"
    clerk.press(Qt.Key.Key_F8)
    clerk.press(Qt.Key.Key_F8)
    assert [row.split(" | ")[0] for row in clerk.rows()] == [CHOCOLATE]
    clerk.press(Qt.Key.Key_F12)

    assert clerk.orders() == ["O-000001 · B Sweets | 50 of 50 still to come"]


def test_a_quantity_is_ordered_as_it_stands_in_its_field_also_without_enter(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_Return)
    clerk.type("many")
    clerk.press(Qt.Key.Key_F12)
    assert clerk.orders() == []
    assert clerk.page.panel.row.complaint.startswith("To order, pieces")
    clerk.page.panel.quantity.selectAll()
    clerk.type("50")
    clerk.press(Qt.Key.Key_F12)

    assert "O-000001 · B Sweets | 50 of 50 still to come" in clerk.orders()


def test_a_quantity_that_is_typed_on_its_row_is_ordered(clerk: Clerk) -> None:
    clerk.look()
    clerk.type("50")
    assert clerk.page.panel.quantity.text() == "50"
    clerk.press(Qt.Key.Key_F12)

    assert "O-000001 · B Sweets | 50 of 50 still to come" in clerk.orders()


def test_a_quantity_that_is_typed_stays_where_its_field_is_left_and_esc_gives_it_up(clerk: Clerk) -> None:
    clerk.look()
    before = clerk.rows()[0]
    clerk.press(Qt.Key.Key_Return)
    clerk.page.panel.quantity.selectAll()
    clerk.type("50")
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.rows()[0] == before
    clerk.press(Qt.Key.Key_Return)
    clerk.page.panel.quantity.selectAll()
    clerk.type("50")
    clerk.page.table.setFocus()
    clerk.wait()
    assert clerk.rows()[0] == f"{CHOCOLATE} | out of stock | 50"


def test_del_pressed_twice_removes_one_product_from_an_order_by_hand(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(SWEETS)
    clerk.scan(COGNAC)
    clerk.page.table.choose(0)
    clerk.page.table.setFocus()
    clerk.press(Qt.Key.Key_Delete)
    clerk.typing.press_again(Qt.Key.Key_Delete)
    clerk.wait()
    assert [row.split(" | ")[0] for row in clerk.rows()] == [COGNAC]


def test_scanned_goods_are_ordered_by_hand(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(SWEETS)
    clerk.scan(SWEETS)
    clerk.scan("6901028075763")
    assert clerk.news == "No product has the code 6901028075763."
    assert clerk.page.tabs.choice() == HAND
    assert clerk.rows() == [f"{SWEETS} | enough | 2"]
    assert clerk.page.waiting() == "1 product to order"

    clerk.press(Qt.Key.Key_F12)
    assert clerk.orders() == ["O-000001 · no supplier | 2 of 2 still to come"]
    assert clerk.page.waiting() == ""


def test_an_order_is_printed_and_written_for_its_supplier(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert clerk.news == "Order saved to O-000002.pdf."
    clerk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    folder = clerk.shop.folder / "orders"
    assert len(pypdfium2.PdfDocument(folder / "O-000002.pdf")) == 1
    assert COGNAC in (folder / "O-000002.csv").read_text(encoding="utf-8-sig")


def test_an_order_is_dropped_when_asked_twice(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F6)
    assert clerk.news == "Discard O-000002? Press F6 again to confirm."
    assert len(clerk.orders()) == 2
    clerk.press(Qt.Key.Key_F6)

    assert [name.split(" · ")[0] for name in clerk.orders()] == ["O-000001"]
    assert clerk.news == "Order O-000002 discarded."


def test_an_open_order_is_received_where_deliveries_are_counted(clerk: Clerk) -> None:
    receive = ReceiveScreen(clerk.till.session)
    clerk.till.window.plug(receive)
    clerk.look()
    clerk.page.open_orders.receive_requested.connect(receive.begin)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    clerk.wait(100)

    page = clerk.till.window.page
    assert isinstance(page, ReceiveScreen)
    assert page.delivery.number is not None


def test_an_order_comes_from_a_file(clerk: Clerk, tmp_path: Path) -> None:
    file = tmp_path / "order.csv"
    file.write_text(f"code,pieces\n{SWEETS},24\n", encoding="utf-8")
    clerk.look()
    clerk.page.order_file(file)
    clerk.wait()
    assert clerk.orders() == ["O-000001 · no supplier | 24 of 24 still to come"]

    file.write_text("code,pieces\nNOSUCH,24\n", encoding="utf-8")
    clerk.page.order_file(file)
    clerk.wait()
    assert "NOSUCH" in clerk.news
    assert len(clerk.orders()) == 1


def test_a_figure_with_a_comma_in_it_is_no_order_of_its_first_part(clerk: Clerk, tmp_path: Path) -> None:
    file = tmp_path / "order.csv"
    file.write_text(f"code,pieces\n{SWEETS},1,000\n", encoding="utf-8")
    clerk.look()
    clerk.page.order_file(file)
    clerk.wait()
    assert clerk.news == "row 2: more cells than the header."
    assert clerk.orders() == []

    file.write_text(f"code,pieces\n{SWEETS},24,,\n", encoding="utf-8")
    clerk.page.order_file(file)
    clerk.wait()
    assert clerk.orders() == ["O-000001 · no supplier | 24 of 24 still to come"]


def test_the_order_that_is_printed_next_is_the_one_just_created(clerk: Clerk, tmp_path: Path) -> None:
    file = tmp_path / "order.csv"
    file.write_text(f"code,pieces\n{SWEETS},24\n", encoding="utf-8")
    clerk.look()
    for _order in range(2):
        clerk.page.order_file(file)
        clerk.wait()
    clerk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert clerk.page.open_orders.panel._name.text() == "O-000002"
    assert [path.name for path in (clerk.shop.folder / "orders").glob("*.pdf")] == ["O-000002.pdf"]


def test_the_clerk_finds_the_orders_and_the_cashier_does_not() -> None:
    built = {entry.key for entry in RAIL_ENTRIES}

    assert "orders" in {entry.key for entry in entries_for(RUSLAN, built)}
    assert "orders" not in {entry.key for entry in entries_for(AMINA, built)}


def test_what_is_typed_of_a_supplier_stays_with_it_and_overrules_no_other_clerk_unseen(clerk: Clerk) -> None:
    clerk.look()
    clerk.page.choose(SUPPLIERS)
    here = clerk.page.suppliers
    names = [one.name for one in here.all]
    here.table.choose(names.index("A Wines"))
    here.panel.name.setText("Wines of Almaty")
    here.table.choose(names.index("B Sweets"))
    beside = here.panel.name.text()
    here.table.choose(names.index("A Wines"))
    back = here.panel.name.text()
    wines = here.all[names.index("A Wines")]
    clerk.shop.deliveries.suppliers.rename(wines.id, "A Wines", CONSOLE, "+7 727 000")
    here.save()
    clerk.wait()
    first = [(one.name, one.contact) for one in clerk.shop.deliveries.suppliers.all(CONSOLE) if one.id == wines.id]
    shown = here.panel.name.text(), here.panel.contact.text()
    here.save()
    clerk.wait()

    assert (beside, back) == ("B Sweets", "Wines of Almaty")
    assert first == [("A Wines", "+7 727 000")]
    assert shown == ("Wines of Almaty", "+7 727 000")
    known = [(one.name, one.contact) for one in clerk.shop.deliveries.suppliers.all(CONSOLE) if one.id == wines.id]
    assert known == [("Wines of Almaty", "+7 727 000")]


def test_a_supplier_gets_another_name_by_keys_and_nothing_is_ordered_under_the_old_one(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    for _ in range(2):
        clerk.press(Qt.Key.Key_Right)
    assert clerk.page.tabs.choice() == SUPPLIERS
    names = [row.split(" | ")[0] for row in clerk.page.suppliers.rows.texts()]
    clerk.page.suppliers.table.choose(names.index("A Wines"))

    clerk.press(Qt.Key.Key_Return)
    clerk.type("b sweets")
    clerk.press(Qt.Key.Key_F12)
    assert "b sweets" in clerk.page.suppliers.panel.rows["supplier"].complaint
    clerk.page.suppliers.panel.name.selectAll()
    clerk.type("Wines of Almaty")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("+7 727 000")
    clerk.press(Qt.Key.Key_Return)

    assert clerk.news == "Wines of Almaty saved."
    assert "Wines of Almaty | +7 727 000" in clerk.page.suppliers.rows.texts()
    for _ in range(2):
        clerk.press(Qt.Key.Key_Left)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.orders()[0].startswith("O-000001 · Wines of Almaty")
    known = [one.name for one in clerk.shop.deliveries.suppliers.all(CONSOLE)]
    assert sorted(known) == sorted("Wines of Almaty" if name == "A Wines" else name for name in names)
    connection = sqlite.connect(clerk.shop.folder / "shop.db")
    entries = connection.execute("SELECT person, details FROM journal WHERE act = 'rename_supplier'").fetchall()
    connection.close()
    assert [person for person, _ in entries] == ["clerk"]
    assert "A Wines" in entries[0][1]


def test_an_order_whose_end_was_declined_with_esc_is_asked_about_again(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    orders = clerk.orders()
    for key in (Qt.Key.Key_F6, Qt.Key.Key_Escape, Qt.Key.Key_F6):
        clerk.press(key)
        clerk.typing.wait(450)

    assert clerk.orders() == orders
    assert "Press F6 again" in clerk.news


def test_a_name_that_was_typed_and_left_stays_as_it_was(clerk: Clerk) -> None:
    clerk.look()
    clerk.page.choose(SUPPLIERS)
    before = clerk.page.suppliers.rows.texts()

    clerk.press(Qt.Key.Key_Return)
    clerk.type("nobody")
    clerk.press(Qt.Key.Key_Escape)
    clerk.press(Qt.Key.Key_F12)

    assert clerk.page.suppliers.rows.texts() == before


def test_a_page_of_the_clerk_asks_nothing_in_the_name_of_the_cashier_after_them(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)  # an order, whose lines are read when it is shown
    page, window, session = clerk.page, clerk.till.window, clerk.till.session
    window.lock()
    clerk.wait()
    clerk.sign_in("amina")
    notices: list[object] = []
    session.notified.connect(notices.append)
    for language in ("zh", "ru", "en"):
        session.speak(language)
        clerk.wait(50)
    assert notices == []

    session.speak("zh")
    window.lock()
    clerk.sign_in("clerk")
    clerk.look()
    assert page.table.accessibleName() == session.translator("Low-stock products")


def test_what_came_of_a_step_of_someone_who_has_left_is_not_reported_to_the_next(clerk: Clerk) -> None:
    session, waits = clerk.till.session, Event()
    notices: list[object] = []
    session.notified.connect(notices.append)

    def refused() -> None:
        waits.wait(30)
        raise BadField("code", "missing")

    session.run(refused, lambda _done: None)
    session.take_person(next(one for one in clerk.shop.sign_in.people() if one.name == "amina"))
    waits.set()
    clerk.wait()
    assert notices == []


def test_a_quantity_that_is_dropped_holds_no_order(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_Return)
    clerk.type("77")
    clerk.press(Qt.Key.Key_Escape)
    clerk.press(Qt.Key.Key_F12)

    assert clerk.news.startswith("Orders created: O-000001, O-000002.")


def test_goods_scanned_while_an_order_is_being_made_are_still_to_be_ordered(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    sent = int(clerk.rows()[0].split(" | ")[2])
    with SlowStore(clerk) as slow:
        slow.scan(COGNAC)
        slow.press(Qt.Key.Key_F12)
        slow.press(Qt.Key.Key_F12)
    clerk.page.choose(HAND)

    assert [row.split(" | ")[0] for row in clerk.rows()] == [COGNAC]
    assert [row.split(" | ")[1] for row in clerk.orders()] == [f"{sent} of {sent} still to come"]


def test_a_manual_order_that_is_made_late_is_not_made_again_from_another_list(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(COGNAC)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        clerk.page.choose(SUPPLIERS)
        slow.press(Qt.Key.Key_Down)
    shown = clerk.page.tabs.choice()
    clerk.page.choose(HAND)

    assert (shown, clerk.rows(), len(clerk.orders())) == (SUPPLIERS, [], 1)


def test_the_order_of_the_row_before_is_not_printed_for_the_one_that_is_chosen(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Down)
        slow.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert list((clerk.shop.folder / "orders").glob("*.pdf")) == []
    clerk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert [path.name for path in (clerk.shop.folder / "orders").glob("*.pdf")] == ["O-000001.pdf"]


def test_a_supplier_typed_while_it_is_saved_stays_and_is_not_saved_yet(clerk: Clerk) -> None:
    clerk.look()
    clerk.page.choose(SUPPLIERS)
    clerk.press(Qt.Key.Key_Return)
    panel = clerk.page.suppliers.panel
    clerk.type("A1")
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        slow.press(Qt.Key.Key_F12)
        slow.type("2")
    slow.type("3")
    names = [one.name for one in clerk.page.suppliers.all]

    assert ("A1" in names, panel.name.text()) == (True, "A123")


def test_a_quantity_that_is_typed_is_of_its_goods_when_others_are_scanned(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_Return)
    clerk.type("7")
    clerk.scan(COGNAC)
    clerk.type("5")
    clerk.scan(CHOCOLATE)
    pieces = {row.split(" | ")[0]: row.split(" | ")[2] for row in clerk.rows()}
    assert (pieces[SWEETS], pieces[COGNAC]) == ("7", "5")


def test_goods_scanned_again_while_the_cursor_is_in_their_quantity_are_more(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_Return)
    clerk.scan(SWEETS)
    assert clerk.page.panel.quantity.text() == "2"
    clerk.press(Qt.Key.Key_F12)
    assert clerk.orders() == ["O-000001 · no supplier | 2 of 2 still to come"]


@pytest.mark.parametrize("tab", [LOW, HAND])
def test_goods_that_are_ordered_are_not_ordered_again_while_the_lists_are_read(clerk: Clerk, tab: str) -> None:
    clerk.look()
    if tab == HAND:
        clerk.scan(COGNAC)
    session, gate, n = clerk.till.session, Event(), 1 if tab == HAND else 2
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        session.background.run(gate.wait, lambda _done: None, lambda _error: None)
        slow.press(Qt.Key.Key_Down)
        slow._gate.set()
        clerk._qtbot.waitUntil(lambda: clerk.news.startswith("Orders created"))
        slow.press(Qt.Key.Key_Down)
        slow.press(Qt.Key.Key_F12)
        slow.press(Qt.Key.Key_F12)
        gate.set()
    assert len(clerk.orders()) == n


def test_a_quantity_of_low_stock_is_for_one_order_and_goods_left_out_come_back_after_it(clerk: Clerk) -> None:
    clerk.look()
    chocolate, cognac = (row.split(" | ")[2] for row in clerk.rows())
    clerk.press(Qt.Key.Key_Delete)
    assert clerk.rows()[0] == f"{CHOCOLATE} | out of stock | 0"
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Return)
    clerk.type("1")
    clerk.press(Qt.Key.Key_F12)
    assert [order.split(" | ")[1] for order in clerk.orders()] == ["1 of 1 still to come"]
    clerk.page.choose(LOW)

    assert [row.split(" | ")[2] for row in clerk.rows()] == [chocolate, str(int(cognac) - 1)]


def test_a_quantity_typed_while_orders_are_made_is_for_the_next_one(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_Delete)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        slow.press(Qt.Key.Key_Plus)
    assert len(clerk.orders()) == 1

    clerk.page.choose(LOW)
    assert clerk.rows() == [f"{CHOCOLATE} | out of stock | 1"]


def test_the_stock_of_a_manual_order_is_that_of_now(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(CHOCOLATE)
    assert clerk.rows()[0].split(" | ")[1] == "out of stock"
    clerk.till.window.show_screen("checkout")
    store, at = clerk.shop.issue_receipt.store, clerk.shop.now()
    with store.begin() as work:
        product = work.products.by_code(CHOCOLATE, at)
        assert product is not None
        work.stock.record([Movement(product.id, 500, "receipt")], at, "amina")
        work.commit()
    clerk.look()

    assert clerk.page.tabs.choice() == HAND
    assert clerk.rows()[0].split(" | ")[1] == "250 days left"


def test_goods_that_were_scanned_for_a_manual_order_keep_their_quantity_among_low_stock(clerk: Clerk) -> None:
    clerk.look()
    proposed = clerk.rows()
    clerk.press(Qt.Key.Key_Return)
    clerk.type("7")
    clerk.press(Qt.Key.Key_Return)
    typed = clerk.rows()
    assert typed[0] == proposed[0].rpartition(" | ")[0] + " | 7"

    clerk.scan(CHOCOLATE)
    clerk.scan(CHOCOLATE)
    assert clerk.rows()[0].rpartition(" | ")[2] != "7"
    clerk.page.choose(LOW)
    assert clerk.rows() == typed
    clerk.press(Qt.Key.Key_Delete)
    clerk.page.choose(HAND)
    assert not clerk.rows()[0].endswith(" | 0")
    clerk.wait(500)
    clerk.press(Qt.Key.Key_Delete)
    assert clerk.rows() == []


def test_a_quantity_without_its_enter_stays_in_its_list_when_the_same_goods_are_scanned(clerk: Clerk) -> None:
    clerk.look()
    proposed = clerk.rows()[0].rpartition(" | ")[2]
    clerk.press(Qt.Key.Key_Return)
    clerk.type("7")
    clerk.scan(CHOCOLATE)

    assert [row.rpartition(" | ")[2] for row in clerk.rows()] == [proposed]
    assert clerk.page.panel.quantity.text() == proposed
    clerk.page.choose(LOW)
    assert clerk.rows()[0].endswith(" | 7")


def test_a_quantity_typed_while_the_list_is_read_again_is_typed_to_its_end(clerk: Clerk) -> None:
    clerk.look()
    clerk.till.window.show_screen("checkout")
    clerk.wait()
    with SlowStore(clerk) as slow:
        clerk.till.window.show_screen("orders")
        slow.press(Qt.Key.Key_Down)
        slow.type("5")
    slow.type("0")
    clerk.press(Qt.Key.Key_Return)

    assert clerk.rows()[1] == f"{COGNAC} | less than a day left | 50"


def test_a_quantity_is_of_the_goods_it_was_typed_for_also_where_their_row_has_moved(clerk: Clerk) -> None:
    clerk.look()
    clerk.till.window.show_screen("checkout")
    clerk.wait()
    chocolate = clerk.shop.find.show(CHOCOLATE).product.id
    with clerk.shop.issue_receipt.store.begin() as work:  # a delivery at another till
        work.stock.record([Movement(chocolate, 500, "receipt")], clerk.shop.now(), "amina")
        work.commit()
    with SlowStore(clerk) as slow:
        clerk.till.window.show_screen("orders")
        slow.press(Qt.Key.Key_Down)
        slow.type("5")
    slow.type("0")
    clerk.press(Qt.Key.Key_Return)

    assert clerk.rows() == [f"{COGNAC} | less than a day left | 50"]


def test_an_order_that_is_still_read_has_none_of_the_lines_of_the_one_before_beside_it(clerk: Clerk) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    panel = clerk.page.open_orders.panel
    before = panel._name.text()
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Down)
        meanwhile = panel._name.text()

    assert (before, meanwhile, panel._name.text()) == ("O-000002", "", "O-000001")


def test_what_another_clerk_has_ordered_meanwhile_is_not_ordered_once_more_unseen(clerk: Clerk) -> None:
    clerk.look()
    orders = clerk.shop.deliveries.orders
    orders.make(OrderDraft([OrderDraftLine(COGNAC, 60)], "A Wines"), CONSOLE)
    clerk.press(Qt.Key.Key_F12)

    assert clerk.news == "Another person has changed this in the meantime. Check it and save again."
    assert [view.number for view in orders.listed(CONSOLE)] == [1]
    assert [row.split(" | ")[0] for row in clerk.rows()] == [CHOCOLATE]
    clerk.wait(450)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.orders()[0].startswith("O-000002 · B Sweets")


def test_scanned_goods_that_another_clerk_has_ordered_meanwhile_are_shown_before_they_are_ordered(clerk: Clerk) -> None:
    clerk.look()
    clerk.scan(SWEETS)
    orders = clerk.shop.deliveries.orders
    orders.make(OrderDraft([OrderDraftLine(SWEETS, 6)]), CONSOLE)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news.startswith("Another person has changed this")
    assert len(orders.listed(CONSOLE)) == 1
    clerk.wait(450)
    clerk.press(Qt.Key.Key_F12)

    assert [view.outstanding for view in orders.listed(CONSOLE)] == [1, 6]


@pytest.mark.parametrize("shift", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier])
def test_an_order_that_another_clerk_has_discarded_is_not_printed_for_its_supplier(
    clerk: Clerk, shift: Qt.KeyboardModifier
) -> None:
    clerk.look()
    clerk.press(Qt.Key.Key_F12)
    clerk.shop.deliveries.orders.drop(2, CONSOLE)
    key = Qt.Key.Key_S if shift else Qt.Key.Key_P
    clerk.press(key, Qt.KeyboardModifier.ControlModifier | shift)

    assert clerk.news == "Order O-000002 cannot be changed any more (discarded)."
    assert list((clerk.shop.folder / "orders").glob("O-000002.*")) == []
    assert [name.split(" · ")[0] for name in clerk.orders()] == ["O-000001"]
