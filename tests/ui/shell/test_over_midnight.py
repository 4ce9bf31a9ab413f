"""Pages that are left open over midnight say of today what it is by now, and their keys concern the new day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.pricing_ports import Among
from pos.application.pricing.change_prices import RepriceRequest
from pos.application.pricing.promotions import PromotionDraft
from pos.application.pricing.set_rates import RateDraft
from pos.domain.money import Money
from pos.domain.pricing.price_change import PriceChange
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import read_mrz
from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.page.screen import Screen
from pos.ui.pricing.promotions.screen import PromotionsScreen
from pos.ui.pricing.rates.rate_words import age_text
from pos.ui.pricing.rates.screen import RatesScreen
from pos.ui.pricing.reprice.screen import RepriceScreen
from pos.ui.reports.customs.screen import CustomsScreen
from pos.ui.reports.journal.screen import JournalScreen
from pos.ui.reports.screen import ReportsScreen
from pos.ui.sales.search.screen import SearchScreen
from pos.ui.stock.screen import StockScreen
from pos.ui.visitors.screen import VisitorsScreen
from tests.horgos import CNY, USD
from tests.ui.at_the_counter import PASSPORT, Hand, close_till, open_till
from tests.ui.night import Night, at_night

Key = Qt.Key
TODAY = date(2026, 11, 24)
MIDNIGHT = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> Night:
    return at_night(monkeypatch)


@pytest.fixture
def boss(night: Night, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager, ten minutes before midnight; honey has been sold to a visitor."""
    hand = open_till(qapp, qtbot, tmp_path)
    hand.show_passport()
    hand.scan(hand.goods("food.honey").code)
    hand.sell()
    hand.sign_in("manager")
    hand.till.clock.start()
    yield hand
    close_till(hand)


def look(hand: Hand, screen: Screen) -> None:
    hand.till.window.plug(screen)
    hand.till.window.show_screen(screen.screen_id)
    hand.wait()


def pass_midnight(hand: Hand, night: Night) -> None:
    night.pass_midnight()
    hand.till.clock.start()
    hand.wait()


def person(hand: Hand) -> Person:
    assert hand.till.session.person is not None
    return hand.till.session.person


def test_figures_of_before_midnight_are_yesterdays(boss: Hand, night: Night) -> None:
    page = ReportsScreen(boss.till.session)
    look(boss, page)
    before = page.bar.periods.currentText(), page.report is not None and page.report.sales.count
    pass_midnight(boss, night)
    after = page.bar.periods.currentText()
    boss.press(Key.Key_F4)

    assert (before, after) == (("Today", 1), "Yesterday")
    assert (page.bar.periods.currentText(), page.report is not None and page.report.sales.count) == ("Today", 0)


def test_what_was_taken_out_before_midnight_is_neither_shown_nor_exported_as_todays(boss: Hand, night: Night) -> None:
    boss.shop.visits.record_departure(read_mrz(PASSPORT.split("\n"), TODAY), person(boss))
    page = CustomsScreen(boss.till.session)
    look(boss, page)
    page.list.periods.setCurrentIndex(0)
    page.read()
    boss.wait()
    before = len(page.list.carry_outs)
    pass_midnight(boss, night)

    assert (before, len(page.list.carry_outs)) == (1, 0)


def test_the_journal_of_today_is_that_of_the_new_day(boss: Hand, night: Night) -> None:
    page = JournalScreen(boss.till.session)
    look(boss, page)
    page.list.periods.setCurrentIndex(page.list.periods.findData("today"))
    page.list.read()
    boss.wait()
    before = bool(page.list.pager.rows)
    pass_midnight(boss, night)

    assert (before, page.list.pager.rows) == (True, [])


def test_a_promotion_that_begins_at_midnight_is_said_to_be_in_force(boss: Hand, night: Night) -> None:
    boss.shop.promotions.add(PromotionDraft("Night", percent=Decimal(10), since=MIDNIGHT), person(boss))
    page = PromotionsScreen(boss.till.session)
    look(boss, page)
    before = page.rows.text(0).spoken
    pass_midnight(boss, night)

    assert page.rows.text(0).spoken != before


def test_a_promotion_is_from_today_on_a_till_that_has_run_for_days(boss: Hand, night: Night) -> None:
    page = PromotionsScreen(boss.till.session)
    look(boss, page)
    boss.till.window.show_screen("checkout")
    boss.wait()
    night.pass_midnight()
    look(boss, page)
    boss.press(Key.Key_F4)
    boss.type("Night")
    page.form.value.field.setFocus()
    boss.type("10")
    boss.press(Key.Key_F12)
    boss.press(Key.Key_F12)
    (made,) = boss.shop.promotions.all(person(boss))

    assert made.since >= MIDNIGHT


def test_new_prices_are_from_tomorrow_on_a_page_that_is_open_over_midnight(boss: Hand, night: Night) -> None:
    page = RepriceScreen(boss.till.session)
    look(boss, page)
    before = page.form.instant.date()
    pass_midnight(boss, night)

    assert page.form.instant.date() == before.addDays(1)


def test_a_price_from_midnight_on_is_shown_from_then_on(boss: Hand, night: Night) -> None:
    honey = boss.goods("food.honey")
    boss.shop.set_price(honey.id, Money(45_000, CNY), person(boss), MIDNIGHT)
    page = SearchScreen(boss.till.session)
    look(boss, page)
    boss.scan(honey.code)
    before = page.rows.text(0).price
    pass_midnight(boss, night)

    assert before != "¥\u00a0450.00"
    assert page.rows.text(0).price == "¥\u00a0450.00"


def test_a_price_that_begins_at_midnight_stands_beside_one_that_is_half_typed(boss: Hand, night: Night) -> None:
    honey = boss.goods("food.honey")
    boss.shop.set_price(honey.id, Money(45_000, CNY), person(boss), MIDNIGHT)
    page = ProductsScreen(boss.till.session)
    look(boss, page)
    page.open(honey.id)
    boss.wait()
    page.form.price.price.setText("455")
    before = page.form.worth.text()
    pass_midnight(boss, night)

    assert before != "¥\u00a0450.00"
    assert (page.form.worth.text(), page.form.price.price.text()) == ("¥\u00a0450.00", "455")


def test_a_price_from_midnight_on_is_shown_by_the_list_and_the_form_of_the_products(boss: Hand, night: Night) -> None:
    page, honey = ProductsScreen(boss.till.session), boss.goods("food.honey")
    boss.shop.set_price(honey.id, Money(9_900, CNY), person(boss), MIDNIGHT)
    look(boss, page)
    page.scanned(honey.code)
    boss.wait()
    before = page.form.price.price.text()
    pass_midnight(boss, night)
    row = page.side.rows.text(page.side.rows.index_of(honey.id))

    assert before == str(honey.price)
    assert (row.price, page.form.price.price.text()) == ("¥\u00a099.00", "99.00")


def test_a_product_that_is_being_changed_at_midnight_is_not_read_over(boss: Hand, night: Night) -> None:
    page, honey = ProductsScreen(boss.till.session), boss.goods("food.honey")
    boss.shop.set_price(honey.id, Money(9_900, CNY), person(boss), MIDNIGHT)
    look(boss, page)
    page.scanned(honey.code)
    boss.wait()
    page.form.price.price.setText("88.00")
    pass_midnight(boss, night)

    assert page.form.price.price.text() == "88.00"


# ── within the day ───────────────────────────────────────────────────────────────────────────────────────────

SOON = datetime(2026, 11, 24, 15, 55, tzinfo=UTC)


def pass_some_minutes(hand: Hand, night: Night) -> None:
    night.pass_some_minutes()
    hand.till.clock.start()
    hand.wait()


def test_rates_from_an_instant_within_the_day_are_in_force_from_then_on(boss: Hand, night: Night) -> None:
    boss.shop.set_rate.all(person(boss), [RateDraft(USD, Decimal(7), Decimal(8), since=SOON)], anyway=True)
    page = RatesScreen(boss.till.session)
    look(boss, page)

    def dollars() -> tuple[str, str]:
        board = page._board_shown
        assert board is not None
        line = next(line for line in board.lines if line.currency == USD)
        assert line.current is not None
        return str(line.current.rate.buy), age_text(board.at - line.current.rate.since, boss.till.session.translator)

    before = dollars()
    pass_some_minutes(boss, night)

    assert before[0] != "7"
    assert dollars() == ("7", "1 min")


def test_a_database_that_is_away_is_not_reported_again_each_minute(boss: Hand, night: Night) -> None:
    session = boss.till.session
    look(boss, RatesScreen(session))
    session.is_away = True
    asked: list[str] = []
    session.stepped.connect(lambda _begun: asked.append("step"))
    session.answered.connect(lambda: asked.append("answer"))
    pass_some_minutes(boss, night)
    while_away = list(asked)
    session.is_away = False
    pass_some_minutes(boss, night)

    assert while_away == []
    assert "answer" in asked


def test_a_price_from_an_instant_within_the_day_is_shown_from_then_on(boss: Hand, night: Night) -> None:
    page, honey = ProductsScreen(boss.till.session), boss.goods("food.honey")
    boss.shop.set_price(honey.id, Money(9_900, CNY), person(boss), SOON)
    look(boss, page)
    page.scanned(honey.code)
    boss.wait()
    before = page.form.price.price.text()
    pass_some_minutes(boss, night)
    row = page.side.rows.text(page.side.rows.index_of(honey.id))

    assert before == str(honey.price)
    assert (row.price, page.form.price.price.text()) == ("¥\u00a099.00", "99.00")


def test_a_promotion_from_an_instant_within_the_day_is_said_to_be_in_force(boss: Hand, night: Night) -> None:
    boss.shop.promotions.add(PromotionDraft("Night", percent=Decimal(10), since=SOON), person(boss))
    page = PromotionsScreen(boss.till.session)
    look(boss, page)
    before = page.rows.text(0).spoken
    pass_some_minutes(boss, night)

    assert page.rows.text(0).spoken != before


def test_prices_in_bulk_that_are_in_force_by_now_are_not_offered_to_be_cancelled(boss: Hand, night: Night) -> None:
    change = boss.shop.office.change_prices
    made = change(person(boss), RepriceRequest(Among(scope="food.honey"), PriceChange(percent=Decimal(10)), SOON))
    page = RepriceScreen(boss.till.session)
    look(boss, page)
    before = [one.no for one in page._pending]
    pass_some_minutes(boss, night)

    assert before == [made.no]
    assert list(page._pending) == []


# ── over midnight ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_basket_behind_another_page_is_judged_by_the_new_day_for_its_customer(boss: Hand, night: Night) -> None:
    boss.sign_in("amina")
    boss.scan(boss.goods("toy").code)
    boss.scan(PASSPORT)
    look(boss, SearchScreen(boss.till.session))
    before = boss.view
    pass_midnight(boss, night)

    assert boss.till.session.screen_id == "search"
    assert before.is_of_another_day(boss.shop.now(), boss.till.session.settings.zone)
    assert not boss.view.is_of_another_day(boss.shop.now(), boss.till.session.settings.zone)


def test_a_visitor_on_show_at_midnight_has_the_allowance_of_the_new_day(boss: Hand, night: Night) -> None:
    page = VisitorsScreen(boss.till.session)
    look(boss, page)
    boss.till.window.document_scanned(PASSPORT)
    boss.wait()
    before = [gauge.accessibleDescription() for gauge in page.person.gauges()]
    pass_midnight(boss, night)

    assert [gauge.accessibleDescription() for gauge in page.person.gauges()] != before


def test_a_lot_whose_last_day_is_over_has_expired(boss: Hand, night: Night) -> None:
    page = StockScreen(boss.till.session)
    look(boss, page)
    page.show_list("expiry")
    boss.wait()
    before = [row.split(" | ")[3] for row in page.expiry.rows.texts()]
    pass_midnight(boss, night)

    assert [row.split(" | ")[3] for row in page.expiry.rows.texts()] != before
