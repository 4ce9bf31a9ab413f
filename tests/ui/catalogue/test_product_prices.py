"""Prices on the page of products: of now, for later, and of before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.application.ports.pricing_ports import DatedPrice
from pos.domain.money import Money
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.builders import CONSOLE
from tests.horgos import CNY
from tests.ui.at_the_counter import VOLUME_UNKNOWN
from tests.ui.catalogue.catalogue_clerk import COGNAC, UNKNOWN, Clerk
from tests.ui.conftest import Hand


def test_a_price_for_later_is_listed_and_withdrawn(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    form = clerk.page.form
    form.choose("price")
    form.price.later.setText("480")
    form.price.set_later()
    clerk.wait()
    key = clerk.shop.find.show(COGNAC).product.id
    [coming] = clerk.shop.set_price.board(key, CONSOLE).coming
    assert str(coming.price) == "480.00"
    assert coming.since.astimezone(clerk.shop.settings().zone).hour == 0

    form.price.withdrawn.emit(coming)
    form.price.withdrawn.emit(coming)
    clerk.wait()
    assert not clerk.shop.set_price.board(key, CONSOLE).coming


def test_one_tap_on_a_scheduled_price_asks_before_it_is_cancelled_and_names_it(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    form = clerk.page.form
    form.choose("price")
    for price, day in (("480", 3), ("490", 4)):
        form.price.later.setText(price)
        form.price.set_instant(clerk.shop.now() + timedelta(days=day))
        form.price.set_later()
        clerk.wait()
    key = clerk.shop.find.show(COGNAC).product.id

    def tap(line: int) -> str:
        QTest.mouseClick(
            [one for one in form.price.findChildren(IconButton) if one.text() == "Cancel this price"][line],
            Qt.MouseButton.LeftButton,
        )
        clerk.wait()
        return clerk.news

    def coming() -> list[str]:
        return [str(one.price) for one in clerk.shop.set_price.board(key, CONSOLE).coming]

    assert "480.00 from" in tap(0)
    assert coming() == ["480.00", "490.00"]
    assert "490.00 from" in tap(1)  # a tap on another price is no answer
    assert coming() == ["480.00", "490.00"]
    clerk.typing.time.pass_by(450, clerk.wait)  # a double tap is one press
    tap(1)
    assert coming() == ["480.00"]


def test_the_price_history_says_which_price_is_in_force(clerk: Clerk) -> None:
    key, boss = clerk.shop.find.show(COGNAC).product.id, clerk.person("manager")
    for price in (47000, 48000):
        clerk.shop.set_price(key, Money(price, CNY), boss)
    clerk.scanned(COGNAC)
    clerk.page.form.choose("price")
    prices = clerk.page.form.price
    said = [label.text() for label in prices.findChildren(TextLabel) if label.isVisibleTo(prices)]
    past = said[said.index("Price history") :]

    in_force = [past[at - 1] for at, text in enumerate(past) if text.endswith(" · in force")]
    assert in_force == ["¥\u00a0480.00"]
    assert "¥\u00a0470.00" in past


def test_every_price_there_ever_was_is_reached_a_page_at_a_time(clerk: Clerk) -> None:
    key, now, boss = clerk.shop.find.show(COGNAC).product.id, clerk.shop.now(), clerk.person("manager")
    with clerk.shop.set_price.store.begin() as work:
        for day in range(80):
            since = now - timedelta(days=80 - day)
            work.prices.set(key, DatedPrice(Money(40_000 + 100 * day, CNY), since, boss.name, since))
        work.commit()
    clerk.scanned(COGNAC)
    clerk.page.form.choose("price")
    prices = clerk.page.form.price

    def shown_prices() -> list[str]:
        labels = [label for label in prices.findChildren(TextLabel) if label.isVisibleTo(prices)]
        return [label.text() for label in labels if label.text().startswith("¥")]

    assert shown_prices() == [f"¥\u00a0{479 - ago}.00" for ago in range(6)]
    for _ in range(3):
        assert prices.earlier.isVisible()
        prices.earlier.setFocus()
        clerk.press(Qt.Key.Key_Space)
    assert shown_prices() == [*(f"¥\u00a0{479 - ago}.00" for ago in range(80)), "¥\u00a0450.00 initially"]
    assert not prices.earlier.isVisible()
    clerk.till.session.speak("ru")
    clerk.wait()
    assert len(shown_prices()) == 80  # the one at first begins with its word there


def test_a_clerk_sees_prices_and_sets_none(clerk: Clerk) -> None:
    clerk.look("clerk")
    clerk.scanned(COGNAC)

    assert not clerk.page.form.price.price.isEnabled()
    clerk.fill(shelf="D-4")
    clerk.save()
    assert clerk.card(COGNAC).shelf == "D-4"


def test_a_clerk_gives_new_goods_their_first_price_and_then_no_other(clerk: Clerk) -> None:
    clerk.look("clerk")
    clerk.scanned(UNKNOWN)
    clerk.fill(name="Steppe honey", price="38")
    clerk.save()

    assert str(clerk.card(UNKNOWN).price) == "38.00"
    assert not clerk.page.form.price.price.isEnabled()


def test_a_price_for_later_that_is_typed_is_never_lost(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    form = clerk.page.form
    form.choose("price")
    form.price.later.setText("470")
    assert form.save.isEnabled()
    clerk.scanned(VOLUME_UNKNOWN)  # another product waits until this one is saved or dropped
    assert form.shown is not None
    assert form.shown.card.code == COGNAC
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.news
    assert form.price.later.text() == "470"

    now = clerk.shop.now()
    form.price.set_instant(now.replace(year=now.year - 1))  # it cannot hold from a day that is over
    clerk.save()
    assert form.price.later.text() == "470"
    assert form.complaints()

    form.price.set_instant(now.replace(year=now.year + 1))
    clerk.save()
    key = clerk.shop.find.show(COGNAC).product.id
    [coming] = clerk.shop.set_price.board(key, CONSOLE).coming
    assert str(coming.price) == "470.00"
    assert form.price.later.text() == ""
    assert not form.is_changed


def test_a_price_that_looks_like_a_slip_is_asked_about_once(clerk: Clerk) -> None:
    clerk.look("manager")
    clerk.scanned(COGNAC)
    clerk.page.form.choose("price")
    clerk.fill(price="4500")
    clerk.save()
    asked, before = clerk.news, str(clerk.card(COGNAC).price)
    clerk.save()

    assert asked == "¥\xa04,500.00 instead of ¥\xa0450.00? Press the same key again to confirm."
    assert (before, str(clerk.card(COGNAC).price)) == ("450.00", "4500.00")


def test_another_price_in_place_of_a_slip_is_asked_about_again_and_a_likely_one_is_not(clerk: Clerk) -> None:
    clerk.look("manager")
    clerk.scanned(COGNAC)
    form = clerk.page.form
    form.choose("price")
    asked = []
    for slip in ("20261205", "4.50"):
        form.price.later.setText(slip)
        form.price.set_later()
        clerk.wait()
        asked.append(clerk.news.partition("?")[0])
    assert asked == ["¥\xa020,261,205.00 instead of ¥\xa0450.00", "¥\xa04.50 instead of ¥\xa0450.00"]
    key = clerk.shop.find.show(COGNAC).product.id
    assert not clerk.shop.set_price.board(key, CONSOLE).coming

    form.price.later.setText("470")
    form.price.set_later()
    clerk.wait()
    assert [str(one.price) for one in clerk.shop.set_price.board(key, CONSOLE).coming] == ["470.00"]


def test_a_start_of_a_price_that_is_typed_and_not_entered_is_taken(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    form = clerk.page.form
    form.choose("price")
    form.price.later.setText("470")
    form.price.set_instant(datetime(2026, 12, 25))  # noqa: DTZ001 # as the clock of the shop shows it
    form.price.instant.setFocus()
    form.price.instant.setSelectedSection(form.price.instant.Section.DaySection)
    clerk.type("3")
    shown = form.price.instant.text()
    clerk.save()

    key = clerk.shop.find.show(COGNAC).product.id
    [coming] = clerk.shop.set_price.board(key, CONSOLE).coming
    assert shown == "2026-12-3 00:00"
    assert coming.since == datetime(2026, 12, 2, 16, tzinfo=UTC)


def test_a_price_for_later_outlives_what_another_one_has_saved_of_the_product(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    key, card = clerk.shop.edit_product.card(COGNAC, CONSOLE)
    clerk.shop.edit_product(key, card, replace(card, shelf="B7"), CONSOLE)
    clerk.fill(shelf="A1")
    clerk.page.form.price.later.setText("470")
    clerk.save()

    assert clerk.page.form.complaints()
    assert clerk.page.form.price.later.text() == "470"


@pytest.mark.parametrize("by_key", [True, False])
def test_a_price_that_another_one_has_scheduled_for_the_same_time_is_shown_before_it_is_replaced(
    clerk: Clerk, by_key: bool
) -> None:
    clerk.scanned(COGNAC)
    form, key = clerk.page.form, clerk.shop.find.show(COGNAC).product.id
    at = datetime(2026, 12, 1)  # noqa: DTZ001 # as the clock of the shop shows it
    form.price.set_instant(at)
    clerk.shop.set_price(key, Money(45_000, CNY), clerk.person("manager"), datetime(2026, 11, 30, 16, tzinfo=UTC))
    form.price.later.setText("470")

    def schedule() -> list[str]:
        clerk.save() if by_key else form.price.set_later()
        clerk.wait()
        return [str(one.price) for one in clerk.shop.set_price.board(key, CONSOLE).coming]

    first, typed, said = schedule(), form.price.later.text(), form.complaints()
    again = schedule()

    assert (first, typed, again) == (["450.00"], "470", ["470.00"])
    assert said[0].startswith("Another person has changed this in the meantime.")


def test_a_price_that_another_one_has_set_meanwhile_is_shown_before_it_is_overruled(clerk: Clerk) -> None:
    """The second half of a double press agreed to overrule it, before it could be read."""
    clerk.scanned(COGNAC)
    key = clerk.shop.find.show(COGNAC).product.id
    clerk.shop.set_price(key, Money(46_000, CNY), clerk.person("manager"))
    clerk.fill(price="470")
    clerk.typing.press(Qt.Key.Key_F12)
    Hand.wait(clerk)
    clerk.typing.press_again(Qt.Key.Key_F12)
    clerk.wait()
    first, said = clerk.shop.find.show(COGNAC).product.price, clerk.page.form.complaints()
    clerk.save()

    assert first == Money(46_000, CNY)
    assert said
    assert clerk.shop.find.show(COGNAC).product.price == Money(47_000, CNY)


def test_a_price_typed_after_f8_replaces_the_one_that_stands_there(clerk: Clerk) -> None:
    clerk.look()
    clerk.scanned(COGNAC)
    for _ in range(2):  # from the field of a code to that of the price
        clerk.press(Qt.Key.Key_F8)
    clerk.type("470")
    assert clerk.field("price").text() == "470"
