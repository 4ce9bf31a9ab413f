"""What is typed or pressed right behind a scan is of the goods that were scanned."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.purchasing.receiving_clerk import CHOCOLATE, NOBODYS, SWEETS, Clerk, counts
from tests.ui.slow_store import SlowStore


def test_a_quantity_typed_before_a_scan_counts_for_it(clerk: Clerk) -> None:
    clerk.order((SWEETS, 9))
    clerk.begin()
    clerk.type("5*")
    clerk.scan(SWEETS)
    clerk.wait()
    clerk.scan(SWEETS)
    clerk.wait()
    assert clerk.rows() == [f"{SWEETS} | 9 | 6 | counting, 3 to go"]


def test_two_quick_scans_and_the_key_pressed_twice_begin_one_delivery(clerk: Clerk) -> None:
    clerk.till.window.show_screen("receive")
    clerk.wait()
    clerk.page.scanned(SWEETS)
    clerk.page.scanned(SWEETS)  # before the store has answered
    clerk.page.key_handlers["without_order"]()
    clerk.wait()

    assert counts(clerk) == [2]
    assert len(clerk.shop.deliveries.receive.start(clerk.ruslan).counting) == 1


def test_a_typed_count_reckons_with_a_scan_that_is_counted_meanwhile(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_F4)
        slow.type("5")
        slow.press(Qt.Key.Key_Return)

    assert clerk.rows()[0].startswith(f"{SWEETS} | 24 | 5 | ")


def test_a_line_is_closed_for_the_goods_that_were_scanned_last(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_F7)
    closed = {row.split(" | ")[0]: row.split(" | ")[3] for row in clerk.rows()}

    assert (closed[SWEETS], closed[CHOCOLATE]) == ("counting, 23 to go", "23 short, closed")


def test_a_count_is_typed_for_the_goods_that_were_scanned_last(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_F4)
        slow.type("24")
        slow.press(Qt.Key.Key_Return)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_F4)
        slow.type("1")
    clerk.type("2")
    clerk.press(Qt.Key.Key_Return)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_F4)
        slow.press(Qt.Key.Key_Escape)
    asked = clerk.page.count_page.panel.ask.isVisible()
    counted = {row.split(" | ")[0]: row.split(" | ")[2] for row in clerk.rows()}

    assert (counted, asked) == ({SWEETS: "12", CHOCOLATE: "25"}, False)


def test_a_count_typed_behind_a_code_that_no_one_knows_is_of_no_other_goods(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan("4006381333931")
        slow.press(Qt.Key.Key_F4)
        slow.type("24")
        slow.press(Qt.Key.Key_Return)
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F12):
        with SlowStore(clerk) as slow:
            slow.scan("4006381333931")
            slow.press(key)

    assert clerk.rows() == [f"{SWEETS} | 24 | 1 | counting, 23 to go"]
    assert clerk.page.posted.view is None


def test_the_cost_behind_a_scan_and_a_piece_more_are_of_the_goods_that_were_scanned(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        clerk.page.count_page.panel.more.click()
        slow.press(Qt.Key.Key_F5)
    asked = clerk.page.count_page.panel.ask.field.accessibleName()
    clerk.type("3")
    clerk.press(Qt.Key.Key_Return)
    counted = {row.split(" | ")[0]: row.split(" | ")[2] for row in clerk.rows()}

    assert counted == {SWEETS: "1", CHOCOLATE: "2"}
    assert asked.startswith(clerk.shop.find.show(CHOCOLATE).product.name)


def test_a_piece_more_and_an_undo_are_of_the_scan_before_them(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    control = Qt.KeyboardModifier.ControlModifier
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        clerk.page.count_page.panel.corrected.emit(1)
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_Z, control)
        slow.scan(CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.scan("4006381333931")
        slow.press(Qt.Key.Key_Z, control)

    assert {row.split(" | ")[0]: row.split(" | ")[2] for row in clerk.rows()} == {SWEETS: "2", CHOCOLATE: "1"}


def test_no_line_of_before_is_closed_or_divided_for_a_code_that_no_one_knows(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F8):
        with SlowStore(clerk) as slow:
            slow.scan(NOBODYS)
            slow.press(key)

    assert [row.split(" | ")[3] for row in clerk.rows()] == ["counting, 23 to go", "waiting"]


def test_the_line_that_is_chosen_behind_a_scan_is_the_one_that_is_closed(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_Down)
        slow.press(Qt.Key.Key_F7)
    closed = {row.split(" | ")[0]: row.split(" | ")[3] for row in clerk.rows()}

    assert (closed[SWEETS], closed[CHOCOLATE]) == ("counting, 22 to go", "24 short, closed")


def test_a_count_and_a_cost_are_of_the_line_that_is_chosen_behind_a_scan(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(CHOCOLATE)
    chocolate = clerk.shop.find.show(CHOCOLATE).product.name
    asked = []
    for key, figure in ((Qt.Key.Key_F4, "24"), (Qt.Key.Key_F5, "3")):
        clerk.scan(SWEETS)
        with SlowStore(clerk) as slow:
            slow.scan(SWEETS)
            slow.press(Qt.Key.Key_Down)
            slow.press(key)
            asked.append(clerk.page.count_page.panel.ask.field.accessibleName())
            slow.type(figure)
        clerk.press(Qt.Key.Key_Return)
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_Down)
        clerk.page.count_page.panel.more.click()
    clerk.scan(SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_Down)
        slow.press(Qt.Key.Key_F4)
    clerk.type("12")
    clerk.press(Qt.Key.Key_Return)
    costs = [str(row.cost) for row in clerk.page.count_page.rows.rows]

    assert [one.startswith(chocolate) for one in asked] == [True, True]
    assert counts(clerk) == [8, 12]
    assert [cost == "3.00" for cost in costs] == [False, True]


def test_a_question_behind_a_scan_does_not_take_what_is_typed_behind_the_next_one(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    field, seen = clerk.page.count_page.panel.ask.field, []
    field.textChanged.connect(lambda text: seen.append((field.accessibleName(), text)))
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_F4)
        slow.press(Qt.Key.Key_Escape)
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_F4)
        slow.type("7")
    clerk.press(Qt.Key.Key_Return)

    assert counts(clerk) == [7, 1]
    assert not [text for name, text in seen if name.startswith(clerk.shop.find.show(CHOCOLATE).product.name)]


def test_a_lot_typed_behind_a_key_whose_line_is_not_there_yet_counts_no_goods(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24), (CHOCOLATE, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    before = clerk.rows()
    with SlowStore(clerk) as slow:
        slow.scan(NOBODYS)
        slow.press(Qt.Key.Key_F8)
        slow.type("20")
    clerk.wait(60)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait(60)

    assert clerk.rows() == before
