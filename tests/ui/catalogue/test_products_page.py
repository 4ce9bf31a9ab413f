"""The clerk looks through the catalogue and changes it, with the scanner and the keys alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import main
from pos.application.catalogue.browse_catalogue import BrowseCatalogue
from pos.application.ports.catalogue_ports import EVERYTHING, LACKING
from pos.application.ports.pricing_ports import DatedPrice
from pos.application.shop.shop import Shop
from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.errors import BadField, Collided
from pos.domain.money import CNY, Money
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import STORE_ROOM
from pos.ui.catalogue.products import picture_file, product_extras
from pos.ui.catalogue.products.picture_file import read_picture
from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.look.sounds import Sound
from pos.ui.shell.application import TillWindow
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.builders import CONSOLE
from tests.ui.at_the_counter import NOT_COMPLETE, VOLUME_UNKNOWN, Heard, a_demo_shop
from tests.ui.conftest import Hand
from tests.ui.keyboard import Typing
from tests.ui.slow_store import SlowStore

COGNAC, UNKNOWN, OTHER = "4870204321111", "4006381333931", "4006381333948"
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Clerk(Hand):
    """Someone on the page of the catalogue."""

    shop: Shop
    heard: Heard

    @property
    def page(self) -> ProductsScreen:
        page = self.till.window.page
        assert isinstance(page, ProductsScreen)
        return page

    def wait(self) -> None:
        """Until lists and forms have come, after what waits for a pause in the typing."""
        for _ in range(3):
            self.typing.time.pass_by(70, super().wait)

    def look(self, who: str = "manager") -> None:
        self.till.session.take_person(self.person(who))
        self.till.window.show_screen("products")
        self.wait()

    def person(self, name: str) -> Person:
        return next(person for person in self.shop.sign_in.people() if person.name == name)

    def scanned(self, code: str) -> None:
        self.page.scanned(code)
        self.wait()

    def rows(self) -> list[str]:
        rows = self.page.side.rows
        return [rows.text(index).code for index in range(rows.rowCount())]

    def field(self, name: str) -> QLineEdit:
        for section in self.page.form.sections.values():
            row = section.row_of(name)
            if row is not None and isinstance(row.field, QLineEdit):
                return row.field
        raise AssertionError(name)

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.field(name).setText(text)

    def save(self) -> None:
        self.press(Qt.Key.Key_F12)
        self.wait()

    def card(self, code: str) -> ProductCard:
        return self.shop.edit_product.card(code, CONSOLE)[1]


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[Clerk]:
    shop = a_demo_shop(tmp_path / "shop")
    till = TillWindow(
        qapp, shop, main.RESOURCES, state, tmp_path / "border-pos.log", lambda session: [ProductsScreen(session)]
    )
    till.show()
    hand = Clerk(till, qtbot)
    hand.shop, hand.heard = shop, Heard()
    till.session.sounds = hand.heard  # type: ignore[assignment] # hears what a player would play
    qtbot.waitUntil(lambda: till.window.screen_at("products") is not None, timeout=30_000)
    qtbot.waitUntil(lambda: till.window.page is not None and till.is_idle, timeout=30_000)
    till.window.activateWindow()
    till.session.take_settings(shop.settings())
    hand.look()
    yield hand
    till.close()
    shop.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_list_shows_the_newest_goods_and_the_form_the_chosen_one(clerk: Clerk) -> None:
    assert clerk.rows()[:2] == [NOT_COMPLETE, VOLUME_UNKNOWN]
    assert clerk.page.form.shown is not None
    assert clerk.page.form.shown.card.code == NOT_COMPLETE

    clerk.press(Qt.Key.Key_Down)
    clerk.wait()
    assert clerk.page.form.shown.card.code == VOLUME_UNKNOWN
    assert clerk.page.form.customs.missing.text.startswith("Missing: ")


def test_goods_in_the_store_room_alone_are_not_said_to_be_without_stock(clerk: Clerk) -> None:
    pieces = clerk.shop.find.show(COGNAC).on_hand
    draft = StockDocumentDraft("transfer", (StockDocumentLine(pieces, COGNAC),), to=STORE_ROOM)
    clerk.shop.move_stock(CONSOLE, draft)
    clerk.scanned(COGNAC)

    assert clerk.page.form.subtitle.text().endswith(f" {pieces} on hand")
    rows = clerk.page.side.rows
    shown = next(rows.text(index) for index in range(rows.rowCount()) if rows.text(index).code == COGNAC)
    assert shown.state in (f"{pieces} on hand", f"reorder: {pieces} left")


def test_what_is_typed_is_found_and_a_filter_holds_for_it(clerk: Clerk) -> None:
    clerk.page.side.box.set_text("brandy reg")
    clerk.page.side.ask()
    clerk.wait()
    assert clerk.rows() == [VOLUME_UNKNOWN]

    clerk.page.side._filter("unpriced")
    clerk.wait()
    assert clerk.rows() == []
    assert clerk.page.side.empty.accessibleName() == "Nothing found"


def test_goods_of_before_do_not_stay_under_a_filter_that_cannot_be_read(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_asked: object) -> None:
        raise Collided("10.0.0.5")

    side, listed = clerk.page.side, clerk.rows()
    with monkeypatch.context() as patch:
        patch.setattr(BrowseCatalogue, "__call__", busy)
        side.filters.chosen.emit(LACKING)
        clerk.wait()
    assert (clerk.rows(), side.count.text(), side.empty.isVisible()) == ([], "", False)
    side.filters.chosen.emit(EVERYTHING)
    clerk.wait()
    assert clerk.rows() == listed


def test_enter_opens_no_product_of_the_list_before_what_is_typed(clerk: Clerk) -> None:
    side = clerk.page.side
    side.begin()
    with SlowStore(clerk) as slow:
        slow.type("cognac")
        QTest.qWait(300)
        slow.press(Qt.Key.Key_Return)
        assert side.box.field.hasFocus()
    assert clerk.rows() != []
    clerk.press(Qt.Key.Key_Return)
    assert not side.box.field.hasFocus()


def test_a_scan_opens_its_product_and_an_unknown_code_begins_a_new_one(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    assert clerk.page.form.shown is not None
    assert clerk.page.form.shown.card.code == COGNAC

    clerk.scanned(UNKNOWN)
    assert clerk.heard.sounds[-1] is Sound.UNKNOWN
    assert clerk.page.form.is_new
    clerk.fill(name="Pencils, 12", price="18.50")
    clerk.save()

    made = clerk.card(UNKNOWN)
    assert (made.name, str(made.price)) == ("Pencils, 12", "18.50")
    assert clerk.rows()[0] == UNKNOWN
    assert not clerk.page.form.is_changed


def test_a_new_product_without_a_code_gets_a_number_of_the_shop(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F4)
    clerk.wait()
    clerk.fill(name="Honey of the house")
    clerk.save()

    shown = clerk.page.form.shown
    assert shown is not None
    assert shown.card.code.startswith("20")
    assert shown.card.codes[0].kind == "shop"


def test_a_new_product_is_counted_at_once(clerk: Clerk) -> None:
    before = clerk.page.side.count.text()
    clerk.scanned(UNKNOWN)
    clerk.fill(name="Pencils, 12")
    clerk.save()

    after = clerk.page.side.count.text()
    clerk.page.side.ask()
    clerk.wait()
    assert after == clerk.page.side.count.text() != before


def test_fields_are_changed_by_keys_and_the_form_says_what_is_not_saved(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.form.choose("supply")
    clerk.page.form.begin()
    clerk.press(Qt.Key.Key_Return)  # past the supplier
    clerk.type("24")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("A-3")
    assert clerk.page.form.unsaved.text().startswith("Not saved: ")
    assert clerk.page.waiting()
    clerk.save()

    assert (clerk.card(COGNAC).reorder_point, clerk.card(COGNAC).shelf) == (24, "A-3")
    assert clerk.page.form.unsaved.text() == ""
    assert any("A-3" in text for text in clerk.page.form.history.texts())


def test_what_is_wrong_is_said_at_its_field_in_its_section(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(abv="140")
    clerk.save()

    assert clerk.page.form.section == "customs"
    assert any("140" in text for text in clerk.page.form.complaints())
    assert clerk.heard.sounds[-1] is Sound.REFUSE
    clerk.fill(abv="41.5")
    clerk.save()
    assert str(clerk.card(COGNAC).attributes.abv) == "41.5"


def test_a_code_of_another_product_is_refused_by_its_name(clerk: Clerk) -> None:
    name = clerk.card(COGNAC).name
    clerk.scanned(VOLUME_UNKNOWN)
    clerk.press(Qt.Key.Key_F5)
    clerk.page.form.codes.lines[-1].code.setText(COGNAC)
    clerk.save()

    assert any(name in text for text in clerk.page.form.complaints())
    assert len(clerk.card(VOLUME_UNKNOWN).codes) == 1


def test_a_scanned_product_stays_on_show_though_the_list_is_read_again(clerk: Clerk) -> None:
    shown = [clerk.page.form.shown]
    Typing(clerk.till).burst(f"{COGNAC}\r")
    clerk.wait()
    shown.append(clerk.page.form.shown)
    clerk.page.side.ask()
    clerk.wait()
    shown.append(clerk.page.form.shown)
    clerk.till.window.show_screen("labels")
    clerk.till.window.show_screen("products")
    clerk.wait()
    shown.append(clerk.page.form.shown)

    assert [one is not None and one.card.code == COGNAC for one in shown] == [False, True, True, True]


def test_a_row_that_has_just_become_the_chosen_one_is_not_opened_in_place_of_the_scanned_product(clerk: Clerk) -> None:
    """It is looked at 60 ms later: between the question for the scanned product and its answer."""
    clerk.look()
    side = clerk.page.side
    scanned = side.rows.row(3)
    assert scanned is not None
    with SlowStore(clerk):
        side.table.choose(side.table.current_row + 1)
        clerk.page.open(scanned.product.id)
        clerk.typing.time.pass_by(70, QApplication.processEvents)

    shown = clerk.page.form.shown
    assert shown is not None
    assert shown.listed is not None
    assert shown.listed.product.id == scanned.product.id


def test_a_scan_of_an_unknown_code_joins_the_codes_on_show(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.form.choose("codes")
    clerk.scanned(OTHER)
    clerk.save()

    assert [pack.code for pack in clerk.card(COGNAC).codes][-1] == OTHER


def test_unsaved_changes_stay_until_they_are_saved_or_dropped_by_two_esc(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(shelf="B-9")
    clerk.scanned(VOLUME_UNKNOWN)
    assert clerk.page.form.shown is not None
    assert clerk.page.form.shown.card.code == COGNAC
    assert clerk.heard.sounds[-1] is Sound.REFUSE

    window = clerk.till.window
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.news
    window.toggle_help()  # the question dies with its page
    assert clerk.news == ""
    window.toggle_help()
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.form.is_changed
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()
    assert not clerk.page.waiting()
    assert clerk.card(COGNAC).shelf != "B-9"


def test_stock_and_price_beside_unsaved_changes_are_those_of_now_and_the_changes_stay(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(shelf="B-9")
    shown = clerk.page.form.shown
    assert shown is not None
    assert shown.listed is not None
    product, owned = shown.listed.product, shown.listed.owned
    window = clerk.till.window
    window.toggle_help()
    one = StockDocumentLine(1, product=product.id)
    clerk.shop.move_stock(clerk.person("clerk"), StockDocumentDraft("waste", [one], reason="damaged"))
    clerk.shop.set_price(product.id, Money(47000, CNY), clerk.person("manager"))
    window.toggle_help()
    clerk.wait()

    form = clerk.page.form
    assert f"{owned - 1} on hand" in form.subtitle.text()
    assert form.worth.text() == "¥\u00a0470.00"
    assert form.changed_names() == ["Shelf"]
    clerk.save()
    assert clerk.card(COGNAC).shelf != "B-9"  # asked, since another changed the price meanwhile
    clerk.save()
    assert clerk.card(COGNAC).shelf == "B-9"
    assert clerk.card(COGNAC).price == Money(47000, CNY)


def test_who_saves_second_sees_what_the_other_changed_and_keeps_what_they_typed(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(name="Old cognac")
    key, card = clerk.shop.edit_product.card(COGNAC, CONSOLE)
    clerk.shop.edit_product(key, card, replace(card, shelf="C-1"), clerk.person("clerk"))
    clerk.save()

    assert any("Shelf" in text for text in clerk.page.form.complaints())
    assert (clerk.field("name").text(), clerk.field("shelf").text()) == ("Old cognac", "C-1")
    clerk.save()
    assert (clerk.card(COGNAC).name, clerk.card(COGNAC).shelf) == ("Old cognac", "C-1")


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


def test_who_is_no_clerk_any_more_is_reported_and_goes_where_they_still_may(clerk: Clerk) -> None:
    clerk.look("clerk")
    clerk.shop.staff.give_role(clerk.person("manager"), "clerk", "cashier")
    clerk.scanned(COGNAC)

    person = clerk.till.session.person
    assert person is not None
    assert person.role == "cashier"
    assert clerk.screen_id != "products"
    assert clerk.news


def test_a_picture_is_made_small_and_shown_in_the_list(clerk: Clerk, tmp_path: Path) -> None:
    large = QImage(1200, 600, QImage.Format.Format_RGB32)
    large.fill(Qt.GlobalColor.darkCyan)
    large.save(str(tmp_path / "shelf.jpg"))
    clerk.scanned(COGNAC)
    clerk.page.extras.take_picture(tmp_path / "shelf.jpg")
    clerk.wait()
    clerk.save()

    key = clerk.shop.find.show(COGNAC).product.id
    stored = QImage.fromData(clerk.shop.edit_product.pictures([key])[key])
    assert (stored.width(), stored.height()) == (256, 128)
    assert clerk.page.side.thumbnails.pixmap(key) is not None


def test_what_is_no_picture_or_too_much_of_one_is_refused_unread(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(b"not a picture")
    wide = QImage(30_000, 1, QImage.Format.Format_Mono)
    wide.save(str(tmp_path / "wide.png"))
    good = QImage(10, 10, QImage.Format.Format_RGB32)
    good.save(str(tmp_path / "good.png"))

    for name, what in (("a.png", "not_a_picture"), ("wide.png", "too_large"), ("none.png", "not_readable")):
        with pytest.raises(BadField) as refused:
            read_picture(tmp_path / name)
        assert refused.value.what == what
    monkeypatch.setattr(picture_file, "LARGEST_FILE", 20)
    with pytest.raises(BadField):
        read_picture(tmp_path / "good.png")


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
def test_another_language_changes_every_word_and_nothing_that_was_typed(clerk: Clerk, language: str) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(shelf="E-5")
    before = clerk.page.form.title.text()
    clerk.till.session.speak(language)

    assert clerk.field("shelf").text() == "E-5"
    assert clerk.page.form.title.text() != before or language == "en"


def test_figures_beside_a_typed_one_are_written_in_the_other_language_and_the_product_is_saved(clerk: Clerk) -> None:
    clerk.till.session.speak("kk")
    clerk.scanned(COGNAC)
    assert clerk.field("gross_kg").text() == "1,350"
    clerk.fill(shelf="E-5")
    clerk.till.session.speak("en")
    assert (clerk.field("gross_kg").text(), clerk.field("price").text()) == ("1.350", "450.00")
    assert clerk.page.form.changed_names() == ["Shelf"]
    clerk.press(Qt.Key.Key_F12)
    assert clerk.page.form.complaints() == []
    product = clerk.shop.find.show(COGNAC).product
    assert (product.shelf, str(product.attributes.gross_kg)) == ("E-5", "1.350")


def test_a_file_that_is_no_picture_is_not_complained_of_beside_the_one_that_was_taken(
    clerk: Clerk, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(b"not a picture")
    good = QImage(10, 10, QImage.Format.Format_RGB32)
    good.save(str(tmp_path / "good.png"))
    clerk.scanned(COGNAC)
    clerk.page.extras.take_picture(tmp_path / "a.png")
    clerk.wait()
    complaints = clerk.page.form.complaints()
    clerk.page.extras.take_picture(tmp_path / "good.png")
    clerk.wait()

    assert (len(complaints), clerk.page.form.complaints()) == (1, [])


def test_no_scan_waits_for_a_picture_that_takes_long(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by: list[str] = []

    def read(path: Path) -> bytes:
        read_by.append(threading.current_thread().name)
        return read_picture(path)

    monkeypatch.setattr(product_extras, "read_picture", read)
    good = QImage(10, 10, QImage.Format.Format_RGB32)
    good.save(str(tmp_path / "good.png"))
    clerk.scanned(COGNAC)
    clerk.page.extras.take_picture(tmp_path / "good.png")
    clerk.wait()
    stores: list[str] = []
    clerk.till.session.run(lambda: threading.current_thread().name, stores.append)
    clerk.wait()
    assert len(read_by) == 1
    assert read_by != stores


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


def test_a_row_that_cannot_be_chosen_is_not_shown_as_chosen(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.fill(shelf="B-9")
    side = clerk.page.side
    here = side.table.current_row
    other = side.rows.index(0 if here else 1, 0)
    QTest.mouseClick(side.table.viewport(), Qt.MouseButton.LeftButton, pos=side.table.visualRect(other).center())
    clerk.wait()
    QTest.qWait(5)
    assert [one.row() for one in side.table.selectedIndexes()] == [here]


def test_what_is_typed_before_the_store_answers_is_not_shown_over(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    key = clerk.shop.find.show(COGNAC).product.id
    clerk.page.open(key)  # as coming back to the page does
    clerk.fill(name="Cognac of the mountains")
    clerk.wait()

    assert clerk.field("name").text() == "Cognac of the mountains"


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


def test_what_is_typed_while_a_product_is_being_saved_stays_and_is_not_saved_yet(clerk: Clerk) -> None:
    clerk.scanned(NOT_COMPLETE)
    clerk.fill(name="Something saved")
    gate = threading.Event()
    clerk.till.session.background.run(gate.wait, lambda _done: None, lambda _error: None)
    clerk.typing.press(Qt.Key.Key_F12)
    clerk.fill(name="Something newer")
    gate.set()
    clerk.wait()
    kept, is_changed, stored = clerk.field("name").text(), clerk.page.form.is_changed, clerk.card(NOT_COMPLETE).name
    clerk.save()

    assert (kept, is_changed, stored) == ("Something newer", True, "Something saved")
    assert (clerk.card(NOT_COMPLETE).name, clerk.page.form.is_changed) == ("Something newer", False)


def test_a_picture_chosen_while_another_is_saved_is_shown_and_still_to_be_saved(clerk: Clerk, tmp_path: Path) -> None:
    for name, colour in (("red", Qt.GlobalColor.red), ("blue", Qt.GlobalColor.blue)):
        picture = QImage(10, 10, QImage.Format.Format_RGB32)
        picture.fill(colour)
        picture.save(str(tmp_path / f"{name}.png"))
    clerk.scanned(COGNAC)
    clerk.page.extras.take_picture(tmp_path / "red.png")
    clerk.wait()
    red = clerk.page.form.new_picture
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        clerk.page.extras.take_picture(tmp_path / "blue.png")
    key = clerk.shop.find.show(COGNAC).product.id
    shown, stored = clerk.page.form.new_picture, clerk.shop.edit_product.pictures([key])[key]
    clerk.save()

    assert (stored == red, shown not in (None, red)) == (True, True)
    assert clerk.shop.edit_product.pictures([key])[key] == shown


def test_an_unknown_code_scanned_at_one_product_is_not_given_to_another(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.form.choose("codes")
    clerk.wait()
    product = clerk.shop.find.show(NOT_COMPLETE).product.id
    with SlowStore(clerk):
        clerk.page.open(product)
        clerk.page.scanned(UNKNOWN)
    codes = [line.code.text() for line in clerk.page.form.codes.lines]

    assert (NOT_COMPLETE in codes, UNKNOWN in codes) == (True, False)


def test_a_new_product_is_added_once_however_often_its_key_is_pressed(clerk: Clerk) -> None:
    clerk.scanned(UNKNOWN)
    clerk.fill(name="New")
    before = clerk.shop.browse(CONSOLE).result_count
    with SlowStore(clerk) as slow:
        for _ in range(3):
            slow.press(Qt.Key.Key_F12)

    assert clerk.card(UNKNOWN).name == "New"
    assert (clerk.page.form.is_changed, clerk.shop.browse(CONSOLE).result_count) == (
        False,
        None if before is None else before + 1,
    )


def test_a_number_of_the_shop_is_given_once_however_often_its_key_is_pressed(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.form.choose("codes")
    before = len(clerk.page.form.codes.lines)
    with SlowStore(clerk):
        for _ in range(2):
            clerk.page.key_handlers["own_code"]()

    assert len(clerk.page.form.codes.lines) == before + 1


def test_a_product_without_a_category_is_not_changed_by_another_language(clerk: Clerk) -> None:
    clerk.scanned(COGNAC)
    clerk.page.begin_new(UNKNOWN)
    clerk.fill(name="New")
    clerk.save()
    clerk.page.open(clerk.shop.find.show(UNKNOWN).product.id)
    clerk.wait()
    assert clerk.card(UNKNOWN).category is None
    clerk.till.session.speak("ru")
    clerk.wait()
    assert (clerk.page.form.is_changed, clerk.page.form.unsaved.text()) == (False, "")


def test_that_nothing_was_found_is_not_said_of_what_is_still_sought(clerk: Clerk) -> None:
    clerk.look()
    side = clerk.page.side
    clerk.type("no such goods")
    clerk.wait()
    nothing = side.count.text(), side.empty.isVisible()
    with SlowStore(clerk):
        side.box.clear()
        side.ask()
        meanwhile = side.count.text(), side.empty.isVisible()

    assert nothing == ("0 products", True)
    assert meanwhile == ("", False)
    assert side.rows.rowCount() > 0


def test_the_catalogue_is_not_called_empty_before_it_is_read(clerk: Clerk) -> None:
    here = ProductsScreen(clerk.till.session)
    here.retranslate(clerk.till.session.translator)
    with SlowStore(clerk):
        here.entered()
        side = here.side
        here.retranslate(clerk.till.session.translator)
        said = side.count.text(), side.empty.isVisibleTo(side)
    here.deleteLater()

    assert said == ("", False)


def test_a_price_typed_after_f8_replaces_the_one_that_stands_there(clerk: Clerk) -> None:
    clerk.look()
    clerk.scanned(COGNAC)
    for _ in range(2):  # from the field of a code to that of the price
        clerk.press(Qt.Key.Key_F8)
    clerk.type("470")
    assert clerk.field("price").text() == "470"
