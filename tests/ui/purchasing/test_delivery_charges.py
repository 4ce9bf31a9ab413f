"""Charges of a delivery, and bills that come after it was posted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.application.purchasing.landed_cost_adjustments import AdjustLandedCost
from pos.application.purchasing.tables import posted_delivery
from pos.application.tables.listing import ListReader
from pos.application.text.translator import Translator
from pos.domain.errors import Collided
from pos.domain.purchasing.goods_receipt import Charge
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from tests.builders import money
from tests.ui.at_the_counter import VOLUME_UNKNOWN
from tests.ui.purchasing.receiving_clerk import CHOCOLATE, SWEETS, Clerk
from tests.ui.slow_store import SlowStore


def test_a_bill_that_came_late_is_booked_on_a_receipt_of_the_past_by_keys_alone(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_Right)
    assert clerk.page.start_page.rows.texts() == ["R-000001 | 1 piece"]
    clerk.press(Qt.Key.Key_Return)
    with clerk.shop.issue_receipt.store.reading() as work:
        before = work.stock.worth(clerk.shop.find.show(SWEETS).product.id).value

    clerk.press(Qt.Key.Key_F9)
    clerk.type("x")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.last_sound() is Sound.REFUSE
    clerk.press(Qt.Key.Key_Backspace)
    clerk.type("12.50")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.late() == []
    clerk.press(Qt.Key.Key_Return)

    assert clerk.late() == ["freight 12.50"]
    with clerk.shop.issue_receipt.store.reading() as work:
        after = work.stock.worth(clerk.shop.find.show(SWEETS).product.id).value
    assert before is not None
    assert after == before + 1250
    assert "12.50 on goods in stock" in clerk.till.window.work.notices.accessibleName()
    clerk.press(Qt.Key.Key_F9)
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.posted_page.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.start_page.isVisible()


def test_the_file_of_a_delivery_names_the_charges_that_came_after_it(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    shop, person = clerk.shop, clerk.till.session.person
    assert person is not None
    for kind in ("freight", "duty"):
        shop.deliveries.late_charge(1, Charge(kind, money("12.50")), person)

    reader = ListReader(person, Translator.english(), shop.settings(), shop.now())
    [table] = posted_delivery(shop.deliveries, 1).make(reader)

    assert ("Late invoice", "Freight ¥\u00a012.50, Duty ¥\u00a012.50") in table.properties


def test_charges_that_are_typed_and_not_saved_are_not_posted_away(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F9)
    delivery_note = clerk.page.count_page.delivery_note
    freight, _ = delivery_note.charges["freight"]
    freight.setFocus()
    clerk.type("100")
    clerk.press(Qt.Key.Key_F9)
    again = freight.text()
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    posted = clerk.page.posted.view
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()

    assert (again, posted) == ("100", None)
    view = clerk.page.posted.view
    assert view is not None
    assert [str(charge.amount) for charge, _ in view.posted.charges] == ["100.00"]


def test_a_late_bill_for_goods_of_unknown_cost_is_said_to_raise_nothing(clerk: Clerk) -> None:
    clerk.scan(VOLUME_UNKNOWN)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    clerk.type("12.50")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Return)

    said = clerk.till.window.work.notices.accessibleName()
    assert "0.00 on goods no longer in stock" in said
    assert "12.50 is on goods in stock of unknown cost" in said


def test_a_late_charge_that_is_typed_is_not_left_behind_by_the_next_delivery(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    clerk.press(Qt.Key.Key_F9)
    clerk.type("100")
    clerk.press(Qt.Key.Key_F9)
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    clerk.order((CHOCOLATE, 1))
    clerk.page.begin(2)  # from the page of the orders
    clerk.wait()
    assert clerk.page.posted.page.form.amount.text() == "100"
    assert clerk.page.posted.view is not None
    for _ in range(2):
        clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert [text.split()[-1] for text in clerk.late()] == ["100.00"]


def test_a_late_charge_that_is_typed_stays_when_the_rest_of_the_order_is_given_up(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    clerk.press(Qt.Key.Key_F9)
    clerk.type("100")
    for _ in range(2):
        clerk.press(Qt.Key.Key_F7)
    clerk.wait()
    form = clerk.page.posted.page.form

    assert clerk.shop.deliveries.orders.show(1, clerk.ruslan).order.state == "closed"
    assert clerk.page.posted_page.rest_button.isHidden()
    assert (form.isVisible(), form.amount.text(), form.amount.hasFocus()) == (True, "100", True)
    for _ in range(2):
        clerk.press(Qt.Key.Key_Return)
    clerk.wait()
    assert [text.split()[-1] for text in clerk.late()] == ["100.00"]


def test_the_question_of_a_late_charge_falls_with_its_page_and_the_charge_goes_on_where_it_was(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    clerk.type("30")
    clerk.press(Qt.Key.Key_Return)
    page, form = clerk.page.screen_id, clerk.page.posted_page.form
    clerk.till.window.lock()
    clerk.sign_in("clerk")
    clerk.till.window.show_screen(page)
    clerk.wait()
    typed = form.amount.text()
    clerk.press(Qt.Key.Key_Return)
    asked = list(clerk.late())
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    assert (typed, asked) == ("30", [])
    assert [text.split()[-1] for text in clerk.late()] == ["30.00"]


def test_an_order_that_was_closed_on_another_page_is_not_still_open_on_that_of_its_delivery(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    clerk.type("30")
    page, person = clerk.page.posted_page, clerk.till.session.person
    assert person is not None
    before = page.rest_button.isHidden()
    clerk.till.window.toggle_help()
    clerk.shop.deliveries.orders.close(1, person)
    clerk.till.window.toggle_help()
    clerk.wait()

    assert (before, page.rest_button.isHidden()) == (False, True)
    assert (page.form.isVisible(), page.form.amount.text()) == (True, "30")


def test_a_charge_typed_while_another_is_being_booked_stays(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    form = clerk.page.posted_page.form
    clerk.type("30")
    clerk.press(Qt.Key.Key_Return)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Return)
        slow.fill(form.amount, "40")

    assert (form.isVisible(), form.amount.text()) == (True, "40")
    assert len(clerk.late()) == 1


def test_a_late_charge_that_is_typed_is_not_scanned_away_by_the_next_delivery(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    clerk.type("100")
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F3)
    form = clerk.page.posted.page.form
    assert (form.isVisible(), form.amount.text(), clerk.last_sound()) == (True, "100", Sound.REFUSE)
    assert clerk.page.delivery.number is None


def test_a_late_charge_that_is_not_booked_is_reported_though_its_form_was_closed_meanwhile(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_charge: object) -> None:
        raise Collided("10.0.0.5")

    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    clerk.type("30")
    clerk.press(Qt.Key.Key_Return)
    monkeypatch.setattr(AdjustLandedCost, "__call__", busy)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Return)
        slow.press(Qt.Key.Key_Escape)
    notice = clerk.till.window.work.notices.notice

    assert clerk.late() == []
    assert notice is not None
    assert notice.text.endswith("The database is busy with another till. Try again.")


def test_a_charge_that_cannot_be_is_named_in_the_language_of_the_reader(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.till.session.speak("ru")
    clerk.press(Qt.Key.Key_F9)
    form = clerk.page.count_page.delivery_note
    said = []
    for typed in ("много", "0"):
        form.charges["freight"][0].setText(typed)
        form.save.click()
        clerk.wait()
        said.append(form._wrong.text())

    assert [text.startswith("Доставка: ") for text in said] == [True, True], said


def test_a_late_bill_that_another_clerk_has_booked_meanwhile_is_shown_before_it_is_booked_again(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    clerk.type("12.50")
    clerk.press(Qt.Key.Key_Return)
    clerk.shop.deliveries.late_charge(1, Charge("freight", money("12.50")), clerk.ruslan)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    view, form = clerk.page.posted.view, clerk.page.posted_page.form
    assert view is not None
    assert clerk.late() == ["freight 12.50"]
    assert form._said.text() == "Another person has changed this in the meantime. Check it and save again."
    assert form.amount.text() == "12.50"
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()
    assert clerk.late() == ["freight 12.50", "freight 12.50"]


@pytest.mark.parametrize("width", [800, 1024, 1366])
@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_a_long_sum_of_a_charge_is_shown_whole(clerk: Clerk, width: int, language: str) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.till.session.speak(language)
    clerk.till.window.resize(width, 768)
    clerk.press(Qt.Key.Key_F9)
    clerk.wait()

    amounts = [field for field, _ in clerk.page.count_page.delivery_note.charges.values()]
    room = [field.width() - field.fontMetrics().horizontalAdvance("1234567.89") for field in amounts]
    assert min(room) >= 2 * Space.S
