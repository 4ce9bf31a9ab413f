"""The rail by keys and with its badges: what is seen there is what opens, and what its page says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import main
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.application.text.translator import LANGUAGE_NAMES
from pos.domain.errors import StoreUnavailable
from pos.domain.staff.staff import Person
from pos.ui.input.actions import INSIDE, RAIL_KEYS
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.orders.screen import OrdersScreen
from pos.ui.session.rail_entries import RAIL_ENTRIES
from pos.ui.session.rail_figures import RailFigures
from pos.ui.shell.pages_at_work import pages_at_work
from pos.ui.shell.reach.rail_badges import badge_of, read_figure
from pos.ui.shell.services import figure_reader
from pos.ui.widgets.buttons.badge import NO_BADGE, Badge, count_text
from pos.ui.widgets.buttons.segmented import SegmentButton
from tests.ui.at_the_counter import CARTON, NOON, Hand, a_demo_shop, a_past, close_till, open_till, whole_window

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
FIGURES = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6, Key.Key_7, Key.Key_8, Key.Key_9)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The pages of a sale: the rail has *Checkout* and *Parked*."""
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


@pytest.fixture
def cashier(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """All pages of a cashier."""
    opened = open_till(qapp, qtbot, tmp_path, screens=pages_at_work)
    yield opened
    close_till(opened)


@pytest.fixture
def office(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Hand) as opened:
        opened.sign_in("manager")
        yield opened


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_keys_follow_the_rail_that_the_cashier_sees(cashier: Hand) -> None:
    places = cashier.till.window.work.rail.places
    assert places[:3] == ["checkout", "returns", "parked"]
    for key, place in zip(FIGURES, places):
        cashier.press(key, CONTROL)
        assert cashier.screen_id == place


def test_a_key_of_the_rail_opens_its_page_while_a_question_is_open(cashier: Hand) -> None:
    cashier.show_passport()
    cashier.scan(CARTON)
    cashier.press(Key.Key_F12)
    assert cashier.checkout.page.question.isVisible()
    cashier.press(Key.Key_3, CONTROL)
    assert cashier.screen_id == "parked"
    assert [one.visitor.entries for one in cashier.view.visitors] == [()], "no answer was given"


def test_a_manager_opens_a_group_of_pages_by_its_place(office: Hand) -> None:
    places = office.till.window.work.rail.places
    assert "goods" in places
    office.press(FIGURES[places.index("goods")], CONTROL)
    assert office.screen_id == "products"


def test_a_key_beyond_the_last_item_opens_nothing_and_is_heard(hand: Hand) -> None:
    assert len(hand.till.window.work.rail.places) < 9
    hand.press(Key.Key_9, CONTROL)
    assert hand.screen_id == "checkout"
    assert hand.heard.sounds[-1] is Sound.NOTE


def test_an_item_tells_its_key_to_a_pointer(cashier: Hand) -> None:
    rail = cashier.till.window.work.rail
    tips = {key: item.toolTip() for key in (*rail.places, "help") if (item := rail.item(key)) is not None}
    assert tips["parked"] == "Parked (Ctrl+3)"
    assert tips["help"] == "Help (F1)"


def test_help_shows_them_in_one_line(hand: Hand) -> None:
    hand.press(Key.Key_F1)
    page = hand.till.window.page
    assert page is not None
    said = [label.text() for label in page.findChildren(QLabel) if not label.isHidden()]
    assert said.count("Pages of the rail, in their order") == 1


def test_a_question_at_the_checkout_is_answered_by_no_key_of_the_rail(hand: Hand) -> None:
    actions = hand.till.session.actions
    answers = {actions.key_text(f"answer_{n}") for n in (1, 2, 3)}
    assert answers == {"Shift+F1", "Shift+F2", "Shift+F3"}
    taken = {key for screen_id in INSIDE for one in actions.at(screen_id) for key in (one.key, *one.also)
             if one.id not in RAIL_KEYS}  # fmt: skip
    assert not taken & {actions.key_text(key) for key in RAIL_KEYS}


# ── badges ───────────────────────────────────────────────────────────────────────────────────────────────────────

SOON = 3_000
"""Milliseconds after which everything that is due has been read."""


def badge(hand: Hand, place: str) -> Badge:
    item = hand.till.window.work.rail.item(place)
    assert item is not None
    return item.item.badge


def spoken(hand: Hand, place: str) -> str:
    item = hand.till.window.work.rail.item(place)
    assert item is not None
    return item.accessibleName()


def park(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    assert hand.rows() == []


def test_parked_sales_are_counted_as_soon_as_they_are_parked_and_resumed(hand: Hand) -> None:
    assert badge(hand, "parked") == NO_BADGE
    assert spoken(hand, "parked") == "Parked"
    park(hand)
    park(hand)
    hand.wait(SOON)
    assert badge(hand, "parked").count == 2
    assert spoken(hand, "parked") == "Parked: 2 parked sales"
    hand.press(Key.Key_2, CONTROL)
    hand.press(Key.Key_Return)
    assert hand.screen_id == "checkout"
    hand.wait(SOON)
    assert spoken(hand, "parked") == "Parked: 1 parked sale"


def test_what_another_till_parks_is_counted_within_a_minute(hand: Hand) -> None:
    hand.wait(SOON)
    elsewhere = main.build(Options(data=hand.shop.folder, till="T2", demo=True, at=NOON), quick_pins=True)
    other = next(one for one in elsewhere.sign_in.people() if one.role == "manager")
    elsewhere.open_shift(other, {})
    checkout = elsewhere.new_checkout()
    checkout.scan(hand.goods("food.sweets").code)
    elsewhere.park_sale(checkout.order(other), "for later", other)
    elsewhere.close()
    hand.wait(SOON)
    assert badge(hand, "parked") == NO_BADGE
    hand.till.session.minute_began.emit(NOON)
    hand.wait(SOON)
    assert spoken(hand, "parked") == "Parked: 1 parked sale"


def test_a_page_that_reads_its_list_takes_the_badge_along(hand: Hand) -> None:
    """Before the figure is read again: page and badge never differ."""
    park(hand)
    hand.press(Key.Key_2, CONTROL)
    assert hand.screen_id == "parked"
    assert badge(hand, "parked").count == 1
    hand.press(Key.Key_Delete)
    hand.press(Key.Key_Delete)
    assert badge(hand, "parked") == NO_BADGE


def test_what_is_not_known_has_no_badge(hand: Hand) -> None:
    park(hand)
    hand.wait(SOON)
    assert badge(hand, "parked").count == 1
    session = hand.till.session
    session.note_trouble(StoreUnavailable("shop.db"))
    assert badge(hand, "parked") == NO_BADGE
    session.store_answers()
    hand.wait(SOON)
    assert badge(hand, "parked").count == 1


def test_a_figure_that_takes_long_delays_no_scan(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, threads = Event(), list[Thread]()

    def wait(_shop: Shop, _person: Person) -> int:
        threads.append(current_thread())
        gate.wait()
        return 7

    monkeypatch.setattr(figure_reader, "READ_FIGURES", (read_figure("parked_sales", "parked", wait),))
    hand.till.session.figures.take("refunds", 0)
    reader = hand.till.figures
    reader.read_soon()
    hand.until(lambda: bool(threads))
    goods = hand.goods("food.sweets")
    hand.typing.burst(f"{goods.code}\r")
    hand.until(lambda: len(hand.rows()) == 1)
    assert not reader.is_idle
    gate.set()
    hand.wait()
    assert badge(hand, "parked").count == 7
    assert threads[0] not in (main_thread(), hand.till.background._thread)


def test_an_unexpected_error_of_a_figure_is_reported_once(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    broke: list[Exception] = []
    hand.till.session.broke.connect(broke.append)
    monkeypatch.setattr(
        figure_reader, "READ_FIGURES", (read_figure("parked_sales", "parked", lambda _shop, _person: 1 // 0),)
    )
    for _ in range(2):
        hand.till.figures.read_soon()
        hand.wait(SOON)
    assert len(broke) == 1
    assert badge(hand, "parked") == NO_BADGE


def test_an_older_answer_does_not_take_the_place_of_what_a_page_has_read_since(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, asked = Event(), list[int]()

    def wait(_shop: Shop, _person: Person) -> int:
        asked.append(1)
        gate.wait()
        return 7

    monkeypatch.setattr(figure_reader, "READ_FIGURES", (read_figure("parked_sales", "parked", wait),))
    hand.till.figures.read_soon()
    hand.until(lambda: bool(asked))
    for figure, count in (("parked_sales", 2), ("refunds", 0)):
        hand.till.session.figures.take(figure, count)
    gate.set()
    hand.wait()
    assert badge(hand, "parked").count == 2


def test_a_press_is_not_lost_when_a_figure_changes_under_it(hand: Hand) -> None:
    item = hand.till.window.work.rail.item("parked")
    assert item is not None
    QTest.mousePress(item, Qt.MouseButton.LeftButton)
    hand.till.session.figures.take("parked_sales", 3)
    QTest.mouseRelease(item, Qt.MouseButton.LeftButton)
    hand.wait()
    assert hand.screen_id == "parked"


def test_the_figures_of_a_person_go_with_them(hand: Hand) -> None:
    park(hand)
    hand.wait(SOON)
    hand.till.window.lock()
    assert hand.till.session.figures.of("parked_sales") is None


def test_what_waits_is_that_of_the_pages_and_stands_together_at_the_group(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop", a_past), Hand) as office:
        office.sign_in("manager")
        office.wait(SOON)
        manager, shop = office.till.session.person, office.shop
        assert manager is not None
        low, lots = len(shop.low_stock(manager)), len(shop.read_stock.expiring(manager, None, 100))
        incomplete, started = len(shop.missing_data(manager).products), shop.workshop.batches.started(manager, 100)
        assert low
        assert lots
        assert incomplete
        assert started
        assert badge(office, "goods").count == low + lots + incomplete + started
        office.till.window.show_screen("orders")
        office.wait()
        page = office.till.window.page
        assert isinstance(page, OrdersScreen)
        assert page.tabs.findChildren(SegmentButton)[0].text() == f"Low stock · {low}"
        tabs = {tab.segment.key: tab for tab in office.till.window.work.tabs.findChildren(SegmentButton)}
        assert tabs["orders"].segment.badge.count == low
        assert tabs["orders"].accessibleName() == f"Orders: {low} products low in stock"
        assert tabs["gaps"].accessibleName() == f"Missing data: {incomplete} products to fill in"
        assert tabs["labels"].segment.badge == NO_BADGE


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_a_badge_says_what_it_counts(hand: Hand, language: str) -> None:
    session = hand.till.session
    session.speak(language)
    figures, tr = RailFigures(), session.translator
    for figure, count in (("parked_sales", 2), ("left_baskets", 1), ("refunds", 120)):
        assert badge_of("parked", RAIL_ENTRIES, figures, tr) == NO_BADGE, "all of it is known or nothing is shown"
        figures.take(figure, count)
    shown = badge_of("parked", RAIL_ENTRIES, figures, tr)
    assert shown.count == 123
    assert shown.is_urgent
    assert "3" in shown.words
    assert "99+" in shown.words
    assert count_text(shown.count) == "99+"


def test_a_figure_that_took_long_is_not_read_at_each_sale(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def slow(_shop: Shop, _person: Person) -> int:
        read.append(1)
        hand.typing.wait(0.2)
        return len(read)

    hand.wait(SOON)
    monkeypatch.setattr(figure_reader, "READ_FIGURES", (read_figure("parked_sales", "parked", slow),))
    park(hand)
    hand.wait(SOON)
    park(hand)
    hand.wait(SOON)
    assert len(read) == 1, "it rests forty times as long as it took"
    hand.wait(8_000)
    assert len(read) == 2
    hand.till.session.minute_began.emit(NOON)
    hand.wait(SOON)
    assert len(read) == 3, "a minute does not wait"
