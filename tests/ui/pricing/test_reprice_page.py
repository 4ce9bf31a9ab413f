"""Many prices at the real window: looked at as one types, set by the keys alone, withdrawn as one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.pricing import change_prices
from pos.application.text.formatting import money_text, plain_text
from pos.ui.pricing.reprice import screen
from pos.ui.pricing.reprice.screen import RepriceScreen
from pos.ui.widgets.buttons.segmented import SegmentButton
from tests.ui.at_the_counter import NOON, Hand, close_till, open_bare_till
from tests.ui.slow_store import SlowStore

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the page of many prices."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    opened.till.window.plug(RepriceScreen(opened.till.session))
    opened.till.window.show_screen("reprice")
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> RepriceScreen:
    here = hand.till.window.screen_at("reprice")
    assert isinstance(here, RepriceScreen)
    return here


def ask(hand: Hand, text: str, scope: str = "food") -> None:
    """Type by how much, for a branch of goods."""
    form = page(hand).form
    form.category.setCurrentIndex(form.category.findData(scope))
    form.begin()
    hand.type(text)
    page(hand).ask()
    hand.wait()


def news(hand: Hand) -> str:
    notice = page(hand).news.notice
    return "" if notice is None else notice.text


def question(hand: Hand) -> str:
    notice = hand.till.window.work.notices.notice
    return "" if notice is None else notice.text


def dated(hand: Hand) -> int:
    store: Any = hand.shop.issue_receipt.store  # the port knows no SQL
    with store.reading() as work:
        return int(work.connection.exec_driver_sql("SELECT count(*) FROM product_price").scalar_one())


def test_what_would_change_is_on_show_and_set_from_tomorrow_by_the_keys_and_withdrawn_as_one(hand: Hand) -> None:
    here = page(hand)
    assert here.form.value.hasFocus()
    assert here._pages.currentIndex() == 1  # by how much?
    ask(hand, "10")
    tally = here._tally
    assert tally is not None
    assert here.rows.rowCount() == min(tally.goods, 100) > 1
    assert here.form.button.isEnabled()
    first = here.rows.text(0)
    assert first.spoken == f"{first.name}, {first.code}: {first.old}, new {first.new}"

    hand.press(Key.Key_F12)

    assert dated(hand) == tally.goods
    assert news(hand).startswith(f"{tally.goods} new prices from 25 Nov 2026 00:00")
    assert here.coming.text().startswith(f"From 25 Nov 2026 00:00, new prices: {tally.goods}")
    hand.press(Key.Key_F6)
    asked = f"Cancel {tally.goods} scheduled prices from 25 Nov 2026 00:00? Press F6 again to confirm."
    assert (dated(hand), question(hand)) == (tally.goods, asked)
    hand.press(Key.Key_F6)
    assert (dated(hand), news(hand)) == (0, f"{tally.goods} scheduled prices cancelled.")
    assert here.withdraw_button.isHidden()


def test_every_row_of_a_long_change_is_reached_a_page_at_a_time(hand: Hand) -> None:
    ask(hand, "5", "*")
    here = page(hand)
    assert here._tally is not None
    assert here._tally.goods > 100
    for _ in range(10):
        here.table.choose(here.rows.rowCount())
        hand.wait()
    assert here.rows.rowCount() == here._tally.goods


def test_the_choice_of_a_supplier_who_was_renamed_meanwhile_is_not_one_of_all_goods(hand: Hand) -> None:
    suppliers, person = hand.shop.deliveries.suppliers, hand.till.session.person
    assert person is not None
    one = suppliers.all(person)[0]
    form = page(hand).form
    form.supplier.setCurrentIndex(form.supplier.findData(one.name))
    ask(hand, "5", "")
    hand.till.window.toggle_help()
    suppliers.rename(one.id, "Aport Ltd", person, one.contact, one)
    hand.till.window.toggle_help()
    hand.wait(300)

    assert (form.supplier.currentData(), page(hand).rows.rowCount()) == (one.name, 0)
    assert form.supplier.findData("Aport Ltd") > 0


@pytest.mark.parametrize(("typed", "kind"), [("900", "percent"), ("-90", "percent"), ("9999", "amount")])
def test_prices_of_ten_times_those_before_are_asked_about_with_how_many_and_an_example(
    hand: Hand, typed: str, kind: str
) -> None:
    here = page(hand)
    here.form.kinds.select(kind)
    ask(hand, typed)
    tally = here._tally
    assert tally is not None
    assert 1 < tally.unlikely <= tally.goods
    example = tally.example
    assert example is not None
    hand.press(Key.Key_F12)

    old, new = (money_text(one, "en") for one in (example.good.price, example.new))
    assert dated(hand) == 0
    goods = example.good.name_in("en")
    said = f"{tally.unlikely} prices would change tenfold or more, such as {goods}: {new} instead of {old}."
    assert plain_text(news(hand)).endswith(plain_text(said))
    hand.press(Key.Key_F12)
    assert dated(hand) == tally.goods


def test_more_prices_than_one_step_takes_are_refused_and_not_asked_about_before(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_prices, "MOST", 10)
    monkeypatch.setattr(screen, "MOST", 10)
    ask(hand, "900")
    here = page(hand)
    assert here._tally is not None
    assert (here._tally.goods, here._tally.unlikely) == (11, 11)

    hand.press(Key.Key_F12)
    assert (news(hand), dated(hand)) == ("At most 10 prices can be changed at once. Choose fewer products.", 0)


def test_a_slip_that_is_asked_about_is_forgotten_when_another_change_is_typed(hand: Hand) -> None:
    ask(hand, "900")
    hand.press(Key.Key_F12)
    assert "tenfold" in news(hand)
    ask(hand, "9")
    assert news(hand) == ""
    hand.press(Key.Key_F12)
    assert dated(hand) > 1


def test_what_holds_at_once_is_asked_about_once_more(hand: Hand) -> None:
    here = page(hand)
    here.form.when.present(here.form.when._shown, "now")
    ask(hand, "-5")
    hand.press(Key.Key_F12)
    assert dated(hand) == 0
    assert "valid immediately" in news(hand)
    hand.press(Key.Key_F12)

    assert dated(hand) > 1
    assert here.coming.isHidden()


def test_a_start_that_is_typed_and_not_entered_is_shown_before_it_counts(hand: Hand) -> None:
    here = page(hand)
    here.form.instant.setDate(QDate(2026, 12, 25))
    ask(hand, "10")
    here.form.instant.setFocus()
    here.form.instant.setSelectedSection(here.form.instant.Section.DaySection)
    hand.type("3")
    hand.press(Key.Key_F12)
    first = dated(hand)
    hand.press(Key.Key_F12)

    assert first == 0
    assert here.coming.text().startswith("From 3 Dec 2026 00:00, new prices: ")


def test_prices_that_another_manager_has_changed_meanwhile_are_shown_before_they_change_again(hand: Hand) -> None:
    here = page(hand)
    here.form.when.present(here.form.when._shown, "now")
    ask(hand, "10")
    before, wanted = here.rows.text(0).new, here._request
    assert wanted is not None
    person = hand.till.session.person
    assert person is not None
    hand.shop.office.change_prices(person, wanted)
    already = dated(hand)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)

    assert dated(hand) == already
    assert news(hand) == "Another person has changed this in the meantime. Check it and save again."
    assert here.rows.text(0).old == before


def test_nothing_is_set_while_what_is_typed_has_not_been_counted(hand: Hand) -> None:
    ask(hand, "10")
    here = page(hand)
    here.form.begin()
    here.form.value.setText("50")
    here.ask()  # as the pause in the typing does; the store has not answered
    here.submit()
    hand.wait()

    assert dated(hand) == 0


def test_what_cannot_be_is_said_beneath_its_field_and_nothing_is_offered(hand: Hand) -> None:
    ask(hand, "many")
    here = page(hand)
    assert here.form.rows["value"].complaint
    assert not here.form.button.isEnabled()
    hand.press(Key.Key_Escape)
    ask(hand, "-95")
    assert "Change, %" in here.form.rows["value"].complaint
    hand.press(Key.Key_F12)
    assert dated(hand) == 0


def test_the_button_offers_nothing_where_one_price_cannot_be(hand: Hand) -> None:
    here = page(hand)
    here.form.kinds.findChildren(SegmentButton)[1].click()
    ask(hand, "-12.50")
    tally = here._tally
    assert tally is not None
    assert 0 < tally.impossible < tally.goods
    offered, enabled = here.form.button.text(), here.form.button.isEnabled()
    summary = here.form.summary.text()
    hand.press(Key.Key_F12)

    assert (offered, enabled) == ("Apply new prices", False)
    assert summary.startswith(f"Changes: {tally.goods - tally.impossible}.")
    assert summary.endswith(f"Not possible: {tally.impossible}. Nothing is applied until they are left out.")
    assert "the reduction is larger than the price" in news(hand)
    assert dated(hand) == 0


def test_from_when_prices_are_valid_stands_above_the_button_whatever_is_scrolled_away(hand: Hand) -> None:
    here = page(hand)
    ask(hand, "-5")
    tomorrow = hand.till.session.today + timedelta(days=1)
    later = plain_text(here.form.summary.text())
    here.form.when.present(here.form.when._shown, "now")
    here.ask()
    hand.wait()
    at_once = plain_text(here.form.summary.text())

    assert f"Valid from {tomorrow.day} {tomorrow:%b %Y} 00:00." in later, later
    assert "Valid immediately." in at_once


def test_a_clerk_and_a_cashier_have_no_such_page(hand: Hand) -> None:
    for name in ("clerk", "amina"):
        hand.sign_in(name)
        hand.till.window.show_screen("reprice")
        assert hand.screen_id != "reprice"


def test_a_question_about_prices_falls_as_soon_as_another_change_is_typed(hand: Hand) -> None:
    here = page(hand)
    here.form.when.present(here.form.when._shown, "now")
    ask(hand, "-5")
    hand.press(Key.Key_F12)
    assert "valid immediately" in news(hand)
    here.form.begin()
    hand.typing.press("7")  # and F12 before the window has asked what would change
    hand.typing.press(Key.Key_F12)
    hand.wait()

    assert here.form.value.text() != "-5"
    assert dated(hand) == 0


def test_enter_presses_the_button_of_the_question_about_prices(hand: Hand) -> None:
    here = page(hand)
    here.form.when.present(here.form.when._shown, "now")
    ask(hand, "-5")
    hand.press(Key.Key_F12)
    assert dated(hand) == 0
    hand.press(Key.Key_Return)
    assert dated(hand) > 1


def test_prices_are_set_once_however_often_enter_is_pressed_while_the_store_is_busy(hand: Hand) -> None:
    here = page(hand)
    here.form.when.present(here.form.when._shown, "now")
    ask(hand, "-5")
    hand.press(Key.Key_F12)
    said = plain_text(here.form.summary.text())
    with SlowStore(hand) as slow:
        for key in (Key.Key_Return, Key.Key_Return, Key.Key_F12, Key.Key_F12):
            slow.press(key)

    assert said.startswith(f"Changes: {dated(hand)}.")


def test_a_key_pressed_twice_withdraws_one_change_of_prices(hand: Hand) -> None:
    for scope in ("food", "cosmetics"):
        ask(hand, "10", scope)
        hand.press(Key.Key_F12)
    pending = len(page(hand)._pending)
    hand.press(Key.Key_F6)
    hand.typing.press_again(Key.Key_F6)
    hand.wait()
    asked = len(page(hand)._pending)
    hand.press(Key.Key_F6)
    hand.typing.press_again(Key.Key_F6)
    hand.wait()
    assert (pending, asked, len(page(hand)._pending)) == (2, 2, 1)
    assert "again to confirm" in question(hand)  # of the other one


def test_a_change_of_prices_that_another_manager_has_withdrawn_is_offered_no_more(hand: Hand) -> None:
    for scope in ("food", "cosmetics"):
        ask(hand, "10", scope)
        hand.press(Key.Key_F12)
    person = hand.till.session.person
    assert person is not None
    first, second = page(hand)._pending
    hand.press(Key.Key_F6)
    hand.shop.office.change_prices.withdraw(person, first.no)
    hand.press(Key.Key_F6)

    assert news(hand) == f"There is no scheduled price change with number {first.no}."
    assert list(page(hand)._pending) == [second]


def test_the_key_of_new_prices_answers_no_question_about_scheduled_ones(hand: Hand) -> None:
    ask(hand, "10", "food")
    hand.press(Key.Key_F12)
    planned = dated(hand)
    ask(hand, "20", "cosmetics")
    hand.press(Key.Key_F6)
    asked = question(hand)
    hand.press(Key.Key_F12)
    still = len(page(hand)._pending)
    hand.press(Key.Key_Escape)

    assert asked.startswith("Cancel ")
    assert (still, question(hand)) == (2, "")
    assert dated(hand) > planned


def test_esc_at_the_question_about_scheduled_prices_keeps_the_form(hand: Hand) -> None:
    ask(hand, "10", "food")
    hand.press(Key.Key_F12)
    planned = dated(hand)
    ask(hand, "20", "cosmetics")
    hand.press(Key.Key_F6)
    hand.press(Key.Key_Escape)

    assert (question(hand), page(hand).form.value.text(), dated(hand)) == ("", "20", planned)


def test_a_question_about_scheduled_prices_is_of_the_change_that_comes_first(hand: Hand) -> None:
    ask(hand, "10", "food")
    hand.press(Key.Key_F12)
    one = page(hand)._pending[0]
    assert page(hand).withdraw_button.text() == f"Cancel {one.goods} scheduled prices"
    hand.press(Key.Key_F6)
    asked = question(hand)
    manager = next(each for each in hand.shop.sign_in.people() if each.name == "manager")
    hand.shop.office.change_prices.withdraw(manager, one.no)
    hand.till.window.show_screen("checkout")
    hand.till.window.show_screen("reprice")
    hand.wait()

    assert asked.startswith(f"Cancel {one.goods} scheduled prices from ")
    assert (question(hand), page(hand).withdraw_button.isHidden()) == ("", True)


def test_the_start_of_new_prices_is_tomorrow_also_on_a_till_that_was_left_on(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [0]
    monkeypatch.setattr(main, "_clock", lambda _at: lambda: NOON + timedelta(days=days[0]))
    hand = open_bare_till(qapp, qtbot, tmp_path, "manager")
    hand.till.window.plug(RepriceScreen(hand.till.session))
    hand.till.window.show_screen("reprice")
    hand.wait()
    starts = []
    for now in (1, 2):
        hand.till.window.show_screen("checkout")
        days[0] = now
        hand.till.window.show_screen("reprice")
        hand.wait()
        starts.append(page(hand).form.instant.date())
    close_till(hand)

    assert starts == [QDate(2026, 11, 26), QDate(2026, 11, 27)]


def test_a_start_that_was_given_up_with_esc_refuses_no_start_that_stands_there(hand: Hand) -> None:
    form = page(hand).form
    ask(hand, "10")
    form.instant.setFocus()
    form.instant.setSelectedSection(form.instant.Section.YearSection)
    hand.type("510")
    hand.press(Key.Key_F12)
    refused = form.rows["from"].complaint
    hand.press(Key.Key_Escape)
    ask(hand, "10")
    hand.press(Key.Key_F12)

    assert "510" in refused
    assert form.rows["from"].complaint == ""
    assert dated(hand) > 0
